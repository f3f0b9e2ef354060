"""The first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _consents()
    _erasures()
    _letters()
    _links()
    _lots()
    _media()
    _order_lines()
    _orders()
    _people()
    _platform_media()
    _prices()
    _restock_asks()
    _revision()
    _stock_moves()
    _takes()
    _threads()
    _first_revision()


def _consents() -> None:
    op.create_table(
        "consents",
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("lang", sa.String(length=20), server_default="", nullable=False),
        sa.Column("at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("person", "kind", "version"),
    )


def _erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("receipt", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("receipt"),
    )


def _letters() -> None:
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("to", sa.String(length=100), server_default="", nullable=False),
        sa.Column("say", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=12), server_default="", nullable=False),
        sa.Column("after", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("until", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("once_key", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=12), server_default="", nullable=False),
        sa.Column("lease_until", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("tries", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("sent_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("once_key"),
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.create_index("letters_due", ["state", "after", "id"], unique=False)
        batch_op.create_index("letters_to", ["to", "kind", "sent_at"], unique=False)


def _links() -> None:
    op.create_table(
        "links",
        sa.Column("hashed", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=120), server_default="", nullable=False),
        sa.Column("until", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("once", sa.Boolean(), nullable=False),
        sa.Column("spent_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("hashed"),
    )
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.create_index("links_purpose", ["purpose"], unique=False)


def _lots() -> None:
    op.create_table(
        "lots",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("product", sa.String(length=100), server_default="", nullable=False),
        sa.Column("household", sa.String(length=100), server_default="", nullable=False),
        sa.Column("at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("brought", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("counted", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("held", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("sold", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("spoiled", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("returned", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("lots", schema=None) as batch_op:
        batch_op.create_index("lots_product", ["product"], unique=False)


def _media() -> None:
    op.create_table(
        "media",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("mime", sa.String(length=80), server_default="", nullable=False),
        sa.Column("size", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("owner", sa.String(length=100), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=20), server_default="", nullable=False),
        sa.Column("kept_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("delete_after", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )


def _order_lines() -> None:
    op.create_table(
        "order_lines",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(length=100), server_default="", nullable=False),
        sa.Column("offer", sa.String(length=40), server_default="", nullable=False),
        sa.Column("n", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("amount", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("vnd", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("code", "line"),
    )


def _orders() -> None:
    op.create_table(
        "orders",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("checkout", sa.String(length=40), server_default="", nullable=False),
        sa.Column("person", sa.String(length=100), server_default="", nullable=False),
        sa.Column("seller", sa.String(length=100), server_default="", nullable=False),
        sa.Column("state", sa.String(length=12), server_default="", nullable=False),
        sa.Column("name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("phone", sa.String(length=80), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("province", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("place", sa.String(length=100), server_default="", nullable=False),
        sa.Column("voice", sa.String(length=100), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("fee_vnd", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("method", sa.String(length=40), server_default="", nullable=False),
        sa.Column("days_least", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("days_most", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("placed_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("changed_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("needs_call", sa.Boolean(), nullable=False),
        sa.Column("holding", sa.Boolean(), nullable=False),
        sa.Column("quote", sa.String(length=10), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("origin", sa.String(length=100), server_default="", nullable=False),
        sa.Column("seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.create_index("orders_checkout", ["checkout"], unique=False)
        batch_op.create_index("orders_origin", ["origin", "state"], unique=False)
        batch_op.create_index("orders_seq", ["seq"], unique=False)
        batch_op.create_index("orders_person", ["person", "placed_at"], unique=False)
        batch_op.create_index("orders_phone", ["phone", "state"], unique=False)
        batch_op.create_index("orders_seller", ["seller", "state"], unique=False)
        batch_op.create_index("orders_state", ["state", "placed_at"], unique=False)


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("seller", sa.String(length=100), server_default="", nullable=False),
        sa.Column("lang", sa.String(length=20), server_default="", nullable=False),
        sa.Column("receiver", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("erase_after_orders", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index("people_seller", ["seller"], unique=False)


def _platform_media() -> None:
    op.create_table(
        "platform_media",
        sa.Column("ref", sa.String(length=120), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("bot", sa.String(length=60), nullable=False),
        sa.Column("platform_id", sa.String(length=300), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("ref", "channel", "bot"),
    )


def _prices() -> None:
    op.create_table(
        "prices",
        sa.Column("product", sa.String(length=100), nullable=False),
        sa.Column("offer", sa.String(length=40), nullable=False),
        sa.Column("vnd", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("product", "offer"),
    )


def _restock_asks() -> None:
    op.create_table(
        "restock_asks",
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("product", sa.String(length=100), nullable=False),
        sa.Column("at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("person", "product"),
    )
    with op.batch_alter_table("restock_asks", schema=None) as batch_op:
        batch_op.create_index("restock_asks_product", ["product"], unique=False)


def _revision() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _stock_moves() -> None:
    op.create_table(
        "stock_moves",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("product", sa.String(length=100), server_default="", nullable=False),
        sa.Column("lot", sa.String(length=100), server_default="", nullable=False),
        sa.Column("why", sa.String(length=20), server_default="", nullable=False),
        sa.Column("amount", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("who", sa.String(length=100), server_default="", nullable=False),
        sa.Column("at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("order", sa.String(length=12), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("stock_moves", schema=None) as batch_op:
        batch_op.create_index("stock_moves_product", ["product", "at"], unique=False)


def _takes() -> None:
    op.create_table(
        "takes",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("lot", sa.String(length=100), nullable=False),
        sa.Column("product", sa.String(length=100), server_default="", nullable=False),
        sa.Column("amount", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("sold", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", "lot"),
    )


def _threads() -> None:
    op.create_table(
        "threads",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("customer", sa.String(length=100), server_default="", nullable=False),
        sa.Column("seller", sa.String(length=100), server_default="", nullable=False),
        sa.Column("product", sa.String(length=100), server_default="", nullable=False),
        sa.Column("customer_name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.create_index("threads_customer", ["customer"], unique=False)


def _first_revision() -> None:
    op.execute("INSERT INTO revision (id, n) VALUES (1, 0)")
