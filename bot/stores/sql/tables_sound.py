"""The tables of recorded clips and of voice notes kept with orders."""

from __future__ import annotations

from sqlalchemy import Index, Table

from bot.stores.sql.tables import _flag, _id, _int, _long, _text, metadata

clips = Table(
    "clips",
    metadata,
    _id("id", 130),
    _text("sound", 8),
    _text("ref", 100),
    _int("ms"),
    _text("speaker"),
    _int("at"),
    _flag("synthetic"),
    _long("said"),
    Index("clips_speaker", "speaker"),
)

voices = Table(
    "voices",
    metadata,
    _id("person"),
    _text("name", 60),
    _text("dialect", 40),
    _text("version", 40),
    _int("at"),
)

clips_wanted = Table(
    "clips_wanted",
    metadata,
    _id("id", 130),
    _text("sound", 8),
    _int("times"),
    _int("at"),
)

order_voices = Table(
    "order_voices",
    metadata,
    _id("id", 20),
    _text("code", 20),
    _text("ref", 100),
    _text("person"),
    _int("at"),
    _long("heard"),
    Index("order_voices_code", "code"),
    Index("order_voices_person", "person"),
)
