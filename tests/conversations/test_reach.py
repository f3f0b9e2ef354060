"""Somebody an app could not deliver to writes again: that is all it takes to be reached."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.conversations.stage import open_stage


async def test_one_message_is_enough_to_be_reached_again(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        reach, outbox = stage.parts.reach, stage.parts.truth.outbox
        await reach.told("rehearse:an", lost=True)
        await reach.told("rehearse:binh", lost=True)
        await stage.say("an", "chào chợ")
        assert reach.why("rehearse:an") == ""
        while len(await outbox.unreachable()) > 1:
            await asyncio.sleep(0.01)
        assert [u.person for u in await outbox.unreachable()] == ["rehearse:binh"]
