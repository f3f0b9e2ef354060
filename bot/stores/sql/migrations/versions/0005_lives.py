"""Lives, claims, followers and broadcasts"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for part in (_lives, _items, _claims, _comments, _followers, _broadcasts, _reach):
        part()
    op.drop_index("letters_due", "letters")
    op.create_index("letters_lane", "letters", ["state", "kind", "after", "id"])
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("letters", "once_key", type_=sa.String(300, collation="C"))


def _lives() -> None:
    op.create_table(
        "lives",
        sa.Column("id", sa.String(20), nullable=False),
        _text("seller", 100),
        _int("starts_at"),
        _text("state", 12),
        _text("by", 100),
        _int("at"),
        _text("title", 200),
        _text("link", 300),
        _text("buys", 12),
        _int("hold_seconds"),
        _int("parcels"),
        _int("started_at"),
        _int("ended_at"),
        _int("moved"),
        _text("told", 300),
        _int("tick"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("lives_seller", "lives", ["seller", "starts_at"])
    op.create_index("lives_state", "lives", ["state", "starts_at"])


def _items() -> None:
    op.create_table(
        "live_items",
        sa.Column("live", sa.String(20), nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        _text("product", 100),
        _text("offer", 40),
        _int("unit"),
        _int("at"),
        _int("cap"),
        _int("per_buyer"),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("live", "code"),
    )
    op.create_table(
        "live_notes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        _text("live", 20),
        _int("at"),
        _text("kind", 20),
        _int("number"),
        _text("code", 8),
        _text("product", 100),
        _int("amount"),
        _int("vnd"),
        _long("words"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("live_notes_live", "live_notes", ["live", "id"])


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("id", sa.String(12), nullable=False),
        _text("live", 20),
        _text("seller", 100),
        _int("number"),
        _text("code", 8),
        _text("product", 100),
        _text("offer", 40),
        _int("n"),
        _int("amount"),
        _int("vnd"),
        _text("person", 100),
        _text("state", 12),
        _int("at"),
        _int("until"),
        _text("name", 200),
        _text("comment", 100),
        _text("order", 12),
        _int("warned"),
        _int("wanted"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("claims_live", "claims", ["live", "person"])
    op.create_index("claims_number", "claims", ["live", "number"])
    op.create_index("claims_code", "claims", ["live", "code", "state", "number", "amount"])
    op.create_index("claims_person", "claims", ["person", "state"])
    op.create_index("claims_queue", "claims", ["product", "state", "at"])
    op.create_index("claims_until", "claims", ["state", "until"])


def _comments() -> None:
    op.create_table(
        "guests",
        sa.Column("id", sa.String(100), nullable=False),
        _text("platform", 20),
        _text("name", 200),
        _int("at"),
        _text("phone", 80),
        _text("person", 100),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("guests_person", "guests", ["person"])
    op.create_index("guests_phone", "guests", ["phone"])
    op.create_table(
        "comments",
        sa.Column("id", sa.String(100), nullable=False),
        _text("live", 20),
        _text("platform", 20),
        _text("guest", 100),
        _text("name", 200),
        _long("text"),
        _text("kind", 12),
        _int("at"),
        _text("why", 40),
        _int("done_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("comments_guest", "comments", ["guest"])
    op.create_index("comments_live", "comments", ["live", "kind", "done_at"])


def _followers() -> None:
    op.create_table(
        "follows",
        sa.Column("person", sa.String(100), nullable=False),
        sa.Column("seller", sa.String(100), nullable=False),
        sa.Column("live", sa.String(20), nullable=False),
        _text("version", 40),
        _text("lang", 20),
        _int("at"),
        sa.PrimaryKeyConstraint("person", "seller", "live"),
    )
    op.create_index("follows_seller", "follows", ["seller", "live"])


def _broadcasts() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.String(20), nullable=False),
        _text("seller", 100),
        _text("by", 100),
        _int("at"),
        _text("state", 12),
        _long("words"),
        _text("picture", 120),
        _text("clip", 120),
        _text("lang", 20),
        _int("place"),
        _text("product", 100),
        _int("until"),
        _int("started_at"),
        _int("ended_at"),
        _int("total"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("broadcasts_seller", "broadcasts", ["seller", "at"])
    op.create_index("broadcasts_state", "broadcasts", ["state"])
    op.create_table(
        "broadcast_opens",
        sa.Column("broadcast", sa.String(20), nullable=False),
        sa.Column("person", sa.String(100), nullable=False),
        _int("at"),
        sa.PrimaryKeyConstraint("broadcast", "person"),
    )


def _reach() -> None:
    op.create_table(
        "push_addresses",
        sa.Column("id", sa.String(64), nullable=False),
        _text("person", 100),
        _long("endpoint"),
        _text("p256dh", 200),
        _text("auth", 60),
        _int("at"),
        _text("page", 10),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("push_addresses_person", "push_addresses", ["person"])
    op.create_table(
        "unreachable",
        sa.Column("person", sa.String(100), nullable=False),
        _text("why", 200),
        _int("at"),
        sa.PrimaryKeyConstraint("person"),
    )


def _text(name: str, size: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=size), server_default="", nullable=False)


def _long(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _int(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), server_default="0", nullable=False)
