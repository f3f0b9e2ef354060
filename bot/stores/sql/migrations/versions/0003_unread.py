"""Sentences not understood, and who may teach them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "unread_sentences",
        sa.Column("id", sa.String(length=40), nullable=False),
        *(_text(name, size) for name, size in (("text", 200), ("folded", 200), ("role", 12))),
        *(_int(name) for name in ("count", "first_at", "last_at")),
        *(_text(name, size) for name, size in (("source", 20), ("state", 12), ("intent", 40))),
        *(_text(name, 100) for name in ("product", "alias", "assigned_by")),
        *(_int(name) for name in ("assigned_at", "exported_at")),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("role", "text"),
    )
    op.create_index("unread_open", "unread_sentences", ["state", "count"])
    op.add_column(
        "people", sa.Column("trainer", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def _text(name: str, size: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=size), server_default="", nullable=False)


def _int(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), server_default="0", nullable=False)
