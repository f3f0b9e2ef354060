"""Sound: how a person wants the shop, recorded clips, voice notes of orders"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for name in ("voice", "light"):
        flag: sa.Column[bool] = sa.Column(
            name, sa.Boolean(), server_default=sa.false(), nullable=False
        )
        op.add_column("people", flag)
    _clips()
    _voices_of_orders()


def _clips() -> None:
    op.create_table(
        "clips",
        sa.Column("id", sa.String(130), nullable=False),
        _text("sound", 8),
        _text("ref", 100),
        _int("ms"),
        _text("speaker", 100),
        _int("at"),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("clips_speaker", "clips", ["speaker"])
    op.create_table(
        "voices",
        sa.Column("person", sa.String(100), nullable=False),
        _text("name", 60),
        _text("dialect", 40),
        _text("version", 40),
        _int("at"),
        sa.PrimaryKeyConstraint("person"),
    )
    op.create_table(
        "clips_wanted",
        sa.Column("id", sa.String(130), nullable=False),
        _text("sound", 8),
        _int("times"),
        _int("at"),
        sa.PrimaryKeyConstraint("id"),
    )


def _voices_of_orders() -> None:
    op.create_table(
        "order_voices",
        sa.Column("id", sa.String(20), nullable=False),
        _text("code", 20),
        _text("ref", 100),
        _text("person", 100),
        _int("at"),
        sa.Column("heard", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("order_voices_code", "order_voices", ["code"])
    op.create_index("order_voices_person", "order_voices", ["person"])


def _text(name: str, size: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=size), server_default="", nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)


def _int(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), server_default="0", nullable=False)
