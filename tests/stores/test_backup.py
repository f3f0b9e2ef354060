"""Making backups on real stores: an embedded server, SQLite, a tar on the disk."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import tarfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from bot.stores import backup_problems as problems
from bot.stores.backup_restore import restore
from bot.stores.backup_sessions import copy_sessions, load_sessions
from bot.stores.redis import RedisSessions, connect
from bot.stores.redis_files import try_lock
from bot.stores.redis_server import EmbeddedServer, ensure_server
from bot.stores.sql.migrate import HEAD
from tests.stores.shop_copy import at_home, back_up, make
from tests.usecases.market import NOW, PRODUCTS, Market, open_market

# what Redis holds


@pytest.fixture
async def client(server: EmbeddedServer) -> AsyncIterator[Redis]:
    async with connect(server.url) as client:
        yield client


async def test_every_kind_of_key_comes_back_with_its_time(client: Redis, tmp_path: Path) -> None:
    odd = bytes(range(256))
    await client.set("session:{tg:1}", odd, px=900_000)
    await client.hset("turn:{tg:1}", mapping={"fence": 7, "line": 2})
    await client.zadd("answers:{tg:1}", {"e1": 1_795_312_800.5, "e2": 2})
    await client.xadd("stream:{tg:1}", {"b": "một"}, id="1-0")
    await client.xadd("stream:{tg:1}", {"b": "hai"}, id="2-0")
    await client.rpush("list:{x}", "a", "b", "a")
    await client.sadd("set:{x}", "a", "b")
    await client.set("lock:{tg:1}", 7, px=10_000)
    await client.set("someone-elses", "key")
    await client.set("count:{gone}", 3, px=60)
    assert await copy_sessions(client, tmp_path / "copy") == 7
    await client.flushdb()
    await client.set("session:{tg:1}", "of today")
    await asyncio.sleep(0.07)
    assert await load_sessions(client, tmp_path / "copy") == 6

    assert await client.get("session:{tg:1}") == odd
    assert 800_000 < await client.pttl("session:{tg:1}") <= 900_000
    assert await client.hgetall("turn:{tg:1}") == {b"fence": b"7", b"line": b"2"}
    assert await client.pttl("turn:{tg:1}") == -1
    scores = await client.zrange("answers:{tg:1}", 0, -1, withscores=True)
    assert scores == [(b"e2", 2.0), (b"e1", 1_795_312_800.5)]
    entries = [(b"1-0", {b"b": "một".encode()}), (b"2-0", {b"b": b"hai"})]
    assert await client.xrange("stream:{tg:1}") == entries
    assert await client.lrange("list:{x}", 0, -1) == [b"a", b"b", b"a"]
    assert await client.smembers("set:{x}") == {b"a", b"b"}
    assert await client.exists("lock:{tg:1}", "someone-elses", "count:{gone}") == 0


async def test_talks_go_on_from_a_copy_taken_while_they_were_held(
    client: Redis, tmp_path: Path
) -> None:
    """Numbers of a stream and its messages fit, so that the next message finds its number."""
    sessions, enough = RedisSessions(client), asyncio.Event()

    async def say(person: str, event: str) -> None:
        opened = await sessions.open(person, event)
        await sessions.close(opened, b"cart", b"answer", stream=[b"line"])

    async def talks(who: int) -> None:
        """New people all the time, who each say a few things."""
        for n in range(10_000):
            for event in range(3):
                await say(f"web:{who}-{n}", f"e{event}")
            if enough.is_set():
                return

    talking = asyncio.gather(*(talks(who) for who in range(8)))
    await asyncio.sleep(0.3)
    await copy_sessions(client, tmp_path / "copy")
    enough.set()
    await talking
    await client.flushdb()
    await load_sessions(client, tmp_path / "copy")
    names = {key.partition(b":{")[2][:-1].decode() for key in await client.keys("turn:*")}
    assert len(names) > 20
    for person in names:
        await say(person, "after the restore")
        lines = [line.n for line in await sessions.replay(person, 0)]
        assert lines == list(range(1, len(lines) + 1))
    await sessions.aclose()


# a whole shop


@pytest.fixture
async def market(tmp_path: Path) -> AsyncIterator[Market]:
    (tmp_path / "var").mkdir()
    async with open_market(tmp_path / "var" / "shop.db") as market:
        (tmp_path / "var" / "secret").write_text("khoá của chợ")
        yield market


async def test_a_backup_taken_while_orders_are_placed_is_whole(
    market: Market, tmp_path: Path
) -> None:
    enough = asyncio.Event()

    async def sell() -> None:
        """Orders come all the time; nine of ten are refused again."""
        for n in range(10_000):
            for order in await market.place(market.checkout(f"p{n}", {"b": 1, "c": 1})):
                if n % 10:
                    await market.move(order.code, "refuse", order.seller)
            if enough.is_set():
                return

    selling = asyncio.ensure_future(sell())
    made = [await back_up(tmp_path / "var", NOW + n) for n in range(3)]
    enough.set()
    await selling
    counts = []
    for n, backup in enumerate(made):
        place = at_home(tmp_path / f"new{n}")
        await restore(backup.path, place, NOW)
        async with open_market(place.data_dir / "shop.db") as copy:
            counts.append(await _whole_orders(copy))
    assert 0 < counts[0] < counts[1] < counts[2]


async def _whole_orders(market: Market) -> int:
    """How many; each has its lines, and what they hold is what the lots say is held."""
    orders = await market.records.all_orders()
    held = dict.fromkeys(PRODUCTS, 0)
    for order in orders:
        assert order.lines
        for line in order.lines if order.state == "placed" else ():
            held[line.product] += line.amount
    for product, (came, free, in_lots, sold) in (await market.lot_sums()).items():
        assert (came, in_lots, sold) == (free + held[product], held[product], 0)
    return len(orders)


async def test_an_empty_directory_holds_the_same_afterwards(tmp_path: Path) -> None:
    path = await make(tmp_path)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "backups").mkdir()
    done = await restore(path, at_home(tmp_path / "new"), NOW)
    assert (done.manifest.schema, done.manifest.made_at, done.sessions) == (HEAD, NOW, 1)
    new = tmp_path / "new"
    assert (new / "secret").read_text() == "khoá của chợ"
    assert (new / "media" / "ab" / "abc").read_bytes() == b"picture" * 100
    async with open_market(new / "shop.db") as market:
        assert len(await market.records.all_orders()) == 1
    server = await ensure_server(new)
    async with connect(server.url) as client:
        assert await client.get("session:{tg:1}") == "giỏ hàng".encode()
    await server.stop()
    for found in new.rglob("*"):
        if found.is_file() and "redis" not in found.parts and "shop.db-" not in found.name:
            assert stat.S_IMODE(found.stat().st_mode) == 0o600, found
    assert {p.name for p in new.iterdir()} == {"shop.db", "secret", "media", "redis", "backups"}


async def test_one_file_private_and_nothing_else_is_left(tmp_path: Path) -> None:
    (tmp_path / "var" / "backups").mkdir(parents=True)
    (tmp_path / "var" / "backups" / "shop-20260101-030000.tar.part").write_text("of a killed one")
    path = await make(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {p.name for p in path.parent.iterdir()} == {path.name, "backup.lock"}
    with tarfile.open(path) as tar:
        names = tar.getnames()
    files = ["files/media/ab/abc", "files/secret"]
    assert sorted(names) == [*files, "manifest.json", "sessions.jsonl", "shop.db"]


async def test_two_at_once_do_not_mix(tmp_path: Path) -> None:
    path = await make(tmp_path)
    lock = try_lock(path.parent / "backup.lock")
    assert lock is not None
    with pytest.raises(problems.BackupBusy):
        await back_up(tmp_path / "var")
    os.close(lock)
    assert (await back_up(tmp_path / "var")).path != path


async def test_an_ill_database_is_said_and_pushes_no_good_backup_out(tmp_path: Path) -> None:
    good = await make(tmp_path)
    database = tmp_path / "var" / "shop.db"
    pages = database.read_bytes()
    database.write_bytes(pages[:8192] + b"rot" * 20_000 + pages[68_192:])
    with pytest.raises((problems.DatabaseIll, sqlite3.DatabaseError)):
        await back_up(tmp_path / "var")
    assert [p.name for p in good.parent.glob("shop-*")] == [good.name]
