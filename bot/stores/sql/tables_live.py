"""The tables of lives, claims, followers and broadcasts.

Kept beside `tables.py`, in the same metadata. Money is đồng, times are seconds UTC.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from bot.stores.sql.tables import _flag, _id, _int, _long, _text, metadata

lives = Table(
    "lives",
    metadata,
    _id("id", 20),
    _text("seller"),
    _int("starts_at"),
    _text("state", 12),
    _text("by"),
    _int("at"),
    _text("title", 200),
    _text("link", 300),
    _text("buys", 12),
    *(_int(n) for n in ("hold_seconds", "parcels", "started_at", "ended_at", "moved")),
    _text("told", 300),
    _int("tick"),
    Index("lives_seller", "seller", "starts_at"),
    Index("lives_state", "state", "starts_at"),
)

live_items = Table(
    "live_items",
    metadata,
    _id("live", 20),
    Column("code", String(8), primary_key=True),
    _text("product"),
    _text("offer", 40),
    *(_int(n) for n in ("unit", "at", "cap", "per_buyer")),
    _flag("off"),
)

claims = Table(
    "claims",
    metadata,
    _id("id", 12),
    _text("live", 20),
    _text("seller"),
    _int("number"),
    _text("code", 8),
    _text("product"),
    _text("offer", 40),
    *(_int(n) for n in ("n", "amount", "vnd")),
    _text("person"),
    _text("state", 12),
    *(_int(n) for n in ("at", "until")),
    _text("name", 200),
    _text("comment", 100),
    _text("order", 12),
    _int("warned"),
    _int("wanted"),
    Index("claims_live", "live", "person"),
    Index("claims_number", "live", "number"),
    Index("claims_code", "live", "code", "state", "number", "amount"),
    Index("claims_queue", "product", "state", "at"),
    Index("claims_until", "state", "until"),
    Index("claims_person", "person", "state"),
)

live_notes = Table(
    "live_notes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _text("live", 20),
    _int("at"),
    _text("kind", 20),
    _int("number"),
    _text("code", 8),
    _text("product"),
    _int("amount"),
    _int("vnd"),
    _long("words"),
    Index("live_notes_live", "live", "id"),
)

guests = Table(
    "guests",
    metadata,
    _id("id"),
    _text("platform", 20),
    _text("name", 200),
    _int("at"),
    _text("phone", 80),
    _text("person"),
    Index("guests_phone", "phone"),
    Index("guests_person", "person"),
)

comments = Table(
    "comments",
    metadata,
    _id("id"),
    _text("live", 20),
    _text("platform", 20),
    _text("guest"),
    _text("name", 200),
    _long("text"),
    _text("kind", 12),
    _int("at"),
    _text("why", 40),
    _int("done_at"),
    Index("comments_live", "live", "kind", "done_at"),
    Index("comments_guest", "guest"),
)

follows = Table(
    "follows",
    metadata,
    _id("person"),
    Column("seller", String(100), primary_key=True),
    Column("live", String(20), primary_key=True),
    _text("version", 40),
    _text("lang", 20),
    _int("at"),
    Index("follows_seller", "seller", "live"),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    _id("id", 20),
    _text("seller"),
    _text("by"),
    _int("at"),
    _text("state", 12),
    _long("words"),
    _text("picture", 120),
    _text("clip", 120),
    _text("lang", 20),
    _int("place"),
    _text("product"),
    *(_int(n) for n in ("until", "started_at", "ended_at", "total")),
    Index("broadcasts_seller", "seller", "at"),
    Index("broadcasts_state", "state"),
)

broadcast_opens = Table(
    "broadcast_opens",
    metadata,
    _id("broadcast", 20),
    Column("person", String(100), primary_key=True),
    _int("at"),
)

push_addresses = Table(
    "push_addresses",
    metadata,
    _id("id", 64),
    _text("person"),
    _long("endpoint"),
    _text("p256dh", 200),
    _text("auth", 60),
    _int("at"),
    _text("page", 10),
    Index("push_addresses_person", "person"),
)

unreachable = Table(
    "unreachable",
    metadata,
    _id("person"),
    _text("why", 200),
    _int("at"),
)
