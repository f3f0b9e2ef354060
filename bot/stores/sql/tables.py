"""The tables. Migrations make them; a test compares both. Money is đồng, times are seconds UTC."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

metadata = MetaData()


def _id(name: str, size: int = 100) -> Column[str]:
    return Column(name, String(size), primary_key=True)


def _text(name: str, size: int = 100) -> Column[str]:
    return Column(name, String(size), nullable=False, server_default="")


def _long(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _int(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default="0")


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


lots = Table(
    "lots",
    metadata,
    _id("id"),
    _text("product"),
    _text("household"),
    _int("at"),
    *(_int(n) for n in ("brought", "counted", "held", "sold", "spoiled", "returned")),
    *(_int(n) for n in ("cost_vnd", "cost_per")),
    Index("lots_product", "product"),
    Index("lots_household", "household"),
)

prices = Table(
    "prices",
    metadata,
    _id("product"),
    Column("offer", String(40), primary_key=True),
    _int("vnd"),
)

stock_moves = Table(
    "stock_moves",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _text("product"),
    _text("lot"),
    _text("why", 20),
    _int("amount"),
    _text("who"),
    _int("at"),
    _text("order", 12),
    Index("stock_moves_product", "product", "at"),
)

orders = Table(
    "orders",
    metadata,
    _id("code", 12),
    _text("checkout", 40),
    _text("person"),
    _text("seller"),
    _text("state", 12),
    _text("name", 200),
    _text("phone", 80),
    _long("address"),
    _int("province"),
    _text("place"),
    _text("voice"),
    _long("note"),
    _int("fee_vnd"),
    _text("method", 40),
    _int("days_least"),
    _int("days_most"),
    _int("placed_at"),
    _int("changed_at"),
    _flag("needs_call"),
    _flag("holding"),
    _text("quote", 10),
    _long("reason"),
    _text("origin"),
    _int("seq"),
    Column("pay", String(8), nullable=False, server_default="cod"),
    _int("paid_vnd"),
    Index("orders_checkout", "checkout"),
    Index("orders_person", "person", "placed_at"),
    Index("orders_seller", "seller", "state"),
    Index("orders_phone", "phone", "state"),
    Index("orders_origin", "origin", "state"),
    Index("orders_state", "state", "placed_at"),
    Index("orders_seq", "seq"),
)

order_lines = Table(
    "order_lines",
    metadata,
    _id("code", 12),
    Column("line", Integer, primary_key=True),
    _text("product"),
    _text("offer", 40),
    _int("n"),
    _int("amount"),
    _int("vnd"),
)

takes = Table(
    "takes",
    metadata,
    _id("code", 12),
    Column("lot", String(100), primary_key=True),
    _text("product"),
    _int("amount"),
    _flag("sold"),
)

_PEOPLES_FLAGS = ("trainer", "voice", "light")

people = Table(
    "people",
    metadata,
    _id("id"),
    _text("seller"),
    _text("lang", 20),
    Column("receiver", JSON),
    _int("created_at"),
    _flag("erase_after_orders"),
    *(Column(n, Boolean, nullable=False, server_default=false()) for n in _PEOPLES_FLAGS),
    Index("people_seller", "seller"),
)

consents = Table(
    "consents",
    metadata,
    _id("person"),
    Column("kind", String(20), primary_key=True),
    Column("version", String(40), primary_key=True),
    _text("lang", 20),
    _int("at"),
)

asks = Table(
    "restock_asks",
    metadata,
    _id("person"),
    Column("product", String(100), primary_key=True),
    _int("at"),
    Index("restock_asks_product", "product"),
)

links = Table(
    "links",
    metadata,
    _id("hashed", 64),
    _text("purpose", 120),
    _int("until"),
    _flag("once"),
    _int("spent_at"),
    Index("links_purpose", "purpose"),
)

threads = Table(
    "threads",
    metadata,
    _id("id", 40),
    _text("customer"),
    _text("seller"),
    _text("product"),
    _text("customer_name", 200),
    _flag("open"),
    _int("at"),
    Index("threads_customer", "customer"),
)

deals = Table(
    "deals",
    metadata,
    _id("id", 40),
    _text("customer"),
    _text("seller"),
    _text("product"),
    _int("amount"),
    _long("said"),
    _long("words"),
    _int("wished_vnd"),
    _text("thread", 40),
    _int("vnd"),
    _int("until"),
    _text("state", 12),
    _int("at"),
    Index("deals_customer", "customer"),
    Index("deals_state", "state", "at"),
)

unread_sentences = Table(
    "unread_sentences",
    metadata,
    _id("id", 40),
    *(_text(name, size) for name, size in (("text", 200), ("folded", 200), ("role", 12))),
    *(_int(name) for name in ("count", "first_at", "last_at")),
    *(_text(name, size) for name, size in (("source", 20), ("state", 12), ("intent", 40))),
    *(_text(name) for name in ("product", "alias", "assigned_by")),
    *(_int(name) for name in ("assigned_at", "exported_at")),
    UniqueConstraint("role", "text"),
    Index("unread_open", "state", "count"),
)

BYTEWISE = String(300).with_variant(String(300, collation="C"), "postgresql")
"""Ordered byte by byte, as SQLite does, so that keys that begin alike stand together."""

letters = Table(
    "letters",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _text("to"),
    _long("say"),
    _text("kind", 12),
    _int("after"),
    _int("until"),
    Column("once_key", BYTEWISE, nullable=False, unique=True),
    _text("state", 12),
    _int("lease_until"),
    _int("tries"),
    _int("sent_at"),
    _long("why"),
    Index("letters_lane", "state", "kind", "after", "id"),
    Index("letters_to", "to", "kind", "sent_at"),
)

media = Table(
    "media",
    metadata,
    _id("sha256", 64),
    _text("mime", 80),
    _int("size"),
    _text("owner"),
    _text("kind", 20),
    _int("kept_at"),
    _int("delete_after"),
)

platform_media = Table(
    "platform_media",
    metadata,
    _id("ref", 120),
    Column("channel", String(20), primary_key=True),
    Column("bot", String(60), primary_key=True),
    _text("platform_id", 300),
)

erasures = Table(
    "erasures",
    metadata,
    _id("receipt", 40),
    _int("at"),
)

revision = Table(
    "revision",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _int("n"),
)
