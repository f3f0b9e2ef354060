"""Deals: a price for one customer"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "deals",
        sa.Column("id", sa.String(length=40), nullable=False),
        *(_text(name, size) for name, size in (("customer", 100), ("seller", 100))),
        _text("product", 100),
        _int("amount"),
        *(sa.Column(n, sa.Text(), server_default="", nullable=False) for n in ("said", "words")),
        _int("wished_vnd"),
        _text("thread", 40),
        _int("vnd"),
        _int("until"),
        _text("state", 12),
        _int("at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("deals_customer", "deals", ["customer"])
    op.create_index("deals_state", "deals", ["state", "at"])


def _text(name: str, size: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=size), server_default="", nullable=False)


def _int(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), server_default="0", nullable=False)
