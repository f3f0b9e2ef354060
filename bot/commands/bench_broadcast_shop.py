"""The shop `bench broadcast` sends from: followers, one broadcast, reminders, news of orders; and
what stands in SQL of it afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot.app import Parts
from bot.settings import Settings
from bot.shop.follow import Broadcast
from bot.shop.people import Person
from bot.shop.roles import SELLER, Grant
from bot.shop.says import Letter, LetterKind, Say
from bot.stores.sql import tables, tables_live
from bot.stores.sql.engine import make_engine
from bot.usecases import broadcasts, following
from bot.usecases.ports import Books

BROADCAST = "bench00001"
HOST = "web:bench-host"
FOLLOWERS_AT_ONCE = 500
REMINDED, ORDERED = 10, 100
"""One follower of so many is reminded of a live, one of so many hears of an order, meanwhile."""
FINAL = ("sent", "blocked", "uncertain", "expired", "stopped")
Row = Mapping[str, Any]


def settings_of(env: Mapping[str, str]) -> Settings:
    """The shop of this environment, for this process."""
    return replace(
        Settings(),
        data_dir=Path(env["DATA_DIR"]),
        catalog_dir=Path(env["CATALOG_DIR"]),
        intents_dir=Path(env["INTENTS_DIR"]),
        locales_dir=Path(env["LOCALES_DIR"]),
        models_dir=env["MODELS_DIR"],
        redis_url=env["REDIS_URL"],
        telegram_per_second=float(env["TELEGRAM_PER_SECOND"]),
        log_level="WARNING",
    )


def person(chat: int) -> str:
    return f"tg:{chat}"


async def found(parts: Parts, people: int) -> None:
    """So many followers of the first seller, and her broadcast, drafted."""
    seller = next(iter(parts.catalogue.current.sellers))
    for first in range(1, people + 1, FOLLOWERS_AT_ONCE):
        some = range(first, min(first + FOLLOWERS_AT_ONCE, people + 1))
        await parts.ledger.put(partial(_follow, some, seller, parts.now()))
    wish = Broadcast(BROADCAST, seller, HOST, parts.now(), "draft", words="bench broadcast")
    await parts.ledger.put(lambda b: broadcasts.draft(b, wish, _host(seller, parts.now())))


def _follow(chats: Sequence[int], seller: str, now: int, books: Books) -> None:
    for chat in chats:
        following.follow(books, person(chat), seller, "vi", now)


def _host(seller: str, now: int) -> Person:
    grant = Grant(HOST, seller, "seller", int(SELLER), "shop", now)
    return Person(HOST, seller=seller, grants=(grant,))


async def begin(parts: Parts) -> None:
    """She says yes; the first letters are written."""
    seller = next(iter(parts.catalogue.current.sellers))
    host, now = _host(seller, parts.now()), parts.now()
    await parts.ledger.put(lambda b: broadcasts.send(b, BROADCAST, host, lambda s: s, now))


async def remind(parts: Parts, chats: Sequence[int]) -> None:
    """Reminders to these, in one command, as the clock writes them."""
    letters = [_letter("reminder", chat, parts.now()) for chat in chats]
    await parts.ledger.put(lambda b: b.post_all(letters))


async def news(parts: Parts, chat: int) -> None:
    """Something about an order."""
    letter = _letter("order", chat, parts.now())
    await parts.ledger.put(lambda b: b.post(letter))


def _letter(kind: LetterKind, chat: int, now: int) -> Letter:
    """Its words name its kind, which is how the stand-in knows it."""
    say = Say("broadcast", {"seller": "bench", "words": f"bench {kind}"})
    return Letter(person(chat), say, kind, now, 0, f"bench:{kind}:{chat}")


def open_letters(settings: Settings) -> int:
    """How many letters have not come to an end; and the broadcast itself counts as one."""
    engine = make_engine(settings.sql_url, writer=False)
    x, about = tables.letters.c, tables_live.broadcasts.c
    with engine.connect() as conn:
        query = select(func.count()).where(x.to.like("tg:%"), x.state.not_in(FINAL))
        letters = int(conn.execute(query).scalar_one())
        open_ones = select(func.count()).where(about.state.not_in(("done",)))
        broadcast = int(conn.execute(open_ones).scalar_one())
    engine.dispose()
    return letters + broadcast


def letters_in(settings: Settings) -> list[Row]:
    """Every letter to a follower: `to`, `kind`, `state`, `why`."""
    engine = make_engine(settings.sql_url, writer=False)
    x = tables.letters.c
    query = select(x.to, x.kind, x.state, x.why).where(x.to.like("tg:%")).order_by(x.id)
    with engine.connect() as conn:
        rows: list[Row] = [dict(row) for row in conn.execute(query).mappings()]
    engine.dispose()
    return rows
