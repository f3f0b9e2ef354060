"""Redis goes away in the middle of a talk: no order is lost, and it heals by itself."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from bot.talk.heard import Heard
from bot.talk.ports import Busy, StoreDown
from tests.conversations.stage import Stage, open_stage


async def _hear_until_back(stage: Stage, heard: Heard) -> str:
    """As an app does: send the same event again until it is answered."""
    for _ in range(100):
        try:
            return (await stage.parts.desk.hear(heard)).messages[-1].id
        except (StoreDown, Busy):
            await asyncio.sleep(0.1)
    raise AssertionError("Redis did not come back")


async def test_redis_killed_mid_talk(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "var") as stage:
        code = await stage.buy("an", "sam-dat", "2kg")
        await stage.tap("an", "q:sam-dat")
        await stage.say("an", "3kg")
        await asyncio.sleep(1.2)  # the server writes its log every second
        os.kill(_redis_pid(tmp_path), signal.SIGKILL)
        at = stage.parts.now()
        heard = Heard("rehearse", "rehearse:an", "after-the-kill", "text", "giỏ", at=at)
        assert await _hear_until_back(stage, heard) == "cart"
        assert [o["code"] for o in await stage.rows("orders")] == [code]


def _redis_pid(folder: Path) -> int:
    """The server whose command line names this test's folder."""
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = process.read_bytes()
        except OSError:
            continue
        if str(folder).encode() in line and b"valkey" in line.split(b"\0")[0]:
            return int(process.parent.name)
    pytest.skip("needs /proc to find the embedded server")


async def test_a_lost_session_keeps_language_and_role(tmp_path: Path) -> None:
    """What Redis forgets SQL still knows: the language, and whose seller this account is."""
    async with open_stage(tmp_path / "var") as stage:
        seller = "seller:nguoi-ban-lai-chau"
        assert (await stage.say(seller, "/kho sâm đất 5"))["id"] == "stock-set"
        await stage.parts.sessions.forget(f"rehearse:{seller}")
        assert (await stage.say(seller, "đơn mới"))["id"] == "seller-orders-none"


async def _said(stage: Stage, text: str) -> str:
    heard = Heard(
        "rehearse", "rehearse:an", stage.parts.shop.ids.short(), "text", text, at=stage.parts.now()
    )
    return (await stage.parts.desk.hear(heard)).messages[-1].id


async def test_a_turn_never_blocks_the_loop(tmp_path: Path) -> None:
    """Every flow of a purchase, with a monitor that would notice a call that blocks for long.

    SQL runs in threads; a writer that is stuck for half a second must not stop other talks.
    """
    async with open_stage(tmp_path / "var") as stage:
        gate = asyncio.Event()
        loop = asyncio.get_running_loop()

        def stuck(books: object) -> None:
            asyncio.run_coroutine_threadsafe(gate.wait(), loop).result(10)

        slow = asyncio.ensure_future(stage.parts.ledger.put(stuck))
        said = [await _said(stage, text) for text in ("alo", "1", "1", "1", "giỏ", "đơn")]
        assert said == ["welcome", "market-today", "category", "card", "cart-empty", "orders-none"]
        assert not slow.done()
        gate.set()
        await slow
