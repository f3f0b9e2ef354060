"""The tables of what sellers do: rights, changes, households, payments, packing, new goods.

Kept beside `tables.py`, in the same metadata. Money is đồng, times are seconds UTC.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, String, Table

from bot.stores.sql.tables import _id, _int, _long, _text, metadata

grants = Table(
    "grants",
    metadata,
    _id("person"),
    Column("seller", String(100), primary_key=True),
    _text("role", 12),
    _int("rights"),
    _text("by"),
    _int("at"),
    _text("name", 60),
    Index("grants_seller", "seller"),
)

blocks = Table(
    "blocks",
    metadata,
    _id("person"),
    Column("seller", String(100), primary_key=True),
    _text("by"),
    _int("at"),
)

changes = Table(
    "changes",
    metadata,
    _id("id", 40),
    _int("at"),
    _text("who"),
    _text("seller"),
    _text("kind", 12),
    _text("subject"),
    _long("words"),
    Column("effect", JSON),
    _int("undone_at"),
    _text("undone_by"),
    _int("seq"),
    Index("changes_seq", "seq"),
    Index("changes_seller", "seller", "at"),
    Index("changes_who", "who", "at"),
    Index("changes_subject", "subject", "at"),
)

households = Table(
    "households",
    metadata,
    _id("id"),
    _text("seller"),
    _text("name", 200),
    _text("village", 200),
    _text("account"),
    Column("public", Boolean, nullable=False),
    _int("at"),
    Index("households_seller", "seller"),
    Index("households_account", "account"),
)

household_payments = Table(
    "household_payments",
    metadata,
    _id("id", 40),
    _text("household"),
    _text("seller"),
    _text("kind", 12),
    _int("vnd"),
    _text("who"),
    _int("at"),
    _long("reason"),
    _text("corrects", 40),
    Index("household_payments_household", "household", "at"),
)

statements = Table(
    "statements",
    metadata,
    _id("id", 40),
    _text("household"),
    _text("seller"),
    _int("at"),
    *(_int(n) for n in ("owed", "advanced", "paid")),
    _text("answer", 12),
    _long("words"),
    _int("answered_at"),
    Index("statements_household", "household", "at"),
)

bank_accounts = Table(
    "bank_accounts",
    metadata,
    _id("id", 40),
    _text("bin", 6),
    _text("number", 19),
    _text("holder", 100),
    _text("by"),
    _int("at"),
    _int("from_at"),
    _text("service", 8),
    _int("stopped_at"),
    _text("stopped_by"),
)

payments = Table(
    "payments",
    metadata,
    _id("id", 40),
    _text("code", 12),
    _int("vnd"),
    _text("why", 12),
    _text("who"),
    _int("at"),
    _long("note"),
    Index("payments_code", "code"),
    Index("payments_at", "at"),
)

shipments = Table(
    "shipments",
    metadata,
    _id("code", 12),
    _text("who"),
    _int("at"),
    _text("carrier"),
    _text("tracking", 60),
    _text("plate", 20),
    _text("driver", 20),
    _int("departs_at"),
)

proofs = Table(
    "proofs",
    metadata,
    _id("id", 40),
    _text("code", 12),
    _text("media", 80),
    _text("kind", 8),
    _text("who"),
    _int("at"),
    _int("grams"),
    Index("proofs_code", "code"),
)

born_products = Table(
    "born_products",
    metadata,
    _id("id"),
    _text("seller"),
    _text("state", 12),
    Column("told", JSON),
    _int("at"),
    Index("born_products_state", "state"),
)
