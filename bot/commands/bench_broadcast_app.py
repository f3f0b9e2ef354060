"""A stand-in for Telegram that takes its time, blocks, orders silence, and notes what arrived: a
program of its own, so that nothing else keeps it from looking at the clock.

What counts is the moment a whole request is here: from then on a real app would show the message,
whether the sender lives to read the answer or not.
"""

from __future__ import annotations

import asyncio
import gc
import random
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from time import monotonic

import msgspec
from aiohttp import web

BLOCKED = 0.03
CALLS_A_FLOOD = 1500
"""One call of so many is answered with 429."""
DELAYS = (0.02, 0.08)
"""Seconds an answer takes, from and to."""
SILENCES = (1, 2, 3)
"""Seconds of silence it orders (`retry_after`)."""
UNDER_WAY = 0.5
"""Seconds after such an order in which calls that were on their way already may still come."""
NEARLY_OVER = 0.05
MARKS = ("broadcast", "reminder", "order")
"""One of these words stands in the text of every letter: its kind."""


class Seen(msgspec.Struct):
    """What reached it. Moments are `time.monotonic`, which all processes of a machine share.

    calls: the moment of every call, those that were refused too; the app counts them all.
    arrived: messages by `chat kind`. first: the moment of the first of these. intruders: calls
    into a silence that everybody could know of. ordered: how often it ordered silence.
    stood_still: seconds at most in which it noted nothing, because others had the processor.
    """

    calls: list[float] = []
    arrived: dict[str, int] = {}
    first: dict[str, float] = {}
    intruders: int = 0
    ordered: int = 0
    stood_still: float = 0.0

    def times(self, chat: int, kind: str) -> int:
        return self.arrived.get(f"{chat} {kind}", 0)


@dataclass(slots=True)
class StandIn:
    """Listens on 127.0.0.1 in the caller's event loop. blocked: chats that answer 403. floods:
    which calls, counted from 1, are answered with 429.
    """

    blocked: Collection[int]
    floods: Collection[int]
    seen: Seen = field(default_factory=Seen)
    _dice: random.Random = field(default_factory=lambda: random.Random(7))
    _silent: tuple[float, float] = (0.0, 0.0)

    async def serve(self) -> None:
        """Until cancelled; says on standard output where."""
        runner = web.ServerRunner(web.Server(self._hear, access_log=None))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        print("ready", runner.addresses[0][1], flush=True)
        while True:
            began = monotonic()
            await asyncio.sleep(0.01)
            if self.seen.calls:
                self.seen.stood_still = max(self.seen.stood_still, monotonic() - began - 0.01)

    async def _hear(self, request: web.BaseRequest) -> web.Response:
        if request.path == "/count":
            return web.json_response(len(self.seen.calls))
        if request.path == "/seen":
            return web.Response(body=msgspec.json.encode(self.seen))
        form = await request.post()
        return await self._call(int(str(form["chat_id"])), str(form.get("text", "")))

    async def _call(self, chat: int, text: str) -> web.Response:
        seen = self.seen
        self._note(monotonic())
        if len(seen.calls) in self.floods:
            return self._flood()
        if chat in self.blocked:
            await asyncio.sleep(self._dice.uniform(*DELAYS))
            return _refusal(403, "Forbidden: bot was blocked by the user")
        key = f"{chat} {next(mark for mark in MARKS if mark in text)}"
        seen.arrived[key] = seen.arrived.get(key, 0) + 1
        seen.first.setdefault(key, seen.calls[-1])
        await asyncio.sleep(self._dice.uniform(*DELAYS))
        return web.json_response({"ok": True, "result": self._message(chat)})

    def _note(self, now: float) -> None:
        self.seen.calls.append(now)
        begins, ends = self._silent
        self.seen.intruders += begins < now < ends

    def _flood(self) -> web.Response:
        seconds, now = self._dice.choice(SILENCES), monotonic()
        self._silent = (now + UNDER_WAY, now + seconds - NEARLY_OVER)
        self.seen.ordered += 1
        return _refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)

    def _message(self, chat: int) -> dict[str, object]:
        return {
            "message_id": len(self.seen.calls),
            "date": 1_795_000_000,
            "chat": {"id": chat, "type": "private"},
            "text": ".",
        }


def blocked_of(people: int, seed: int) -> frozenset[int]:
    """Who blocked us: the same for the same seed."""
    dice = random.Random(seed)
    return frozenset(dice.sample(range(1, people + 1), round(people * BLOCKED)))


def floods_of(people: int, seed: int) -> frozenset[int]:
    dice = random.Random(seed + 1)
    calls = range(people // 20, people)
    return frozenset(dice.sample(calls, max(1, people // CALLS_A_FLOOD)))


def _refusal(status: int, description: str, **parameters: int) -> web.Response:
    body = {"ok": False, "error_code": status, "description": description}
    return web.json_response({**body, "parameters": parameters}, status=status)


def worst_second(moments: Sequence[float]) -> int:
    """The most calls within any second that begins with a call."""
    worst, first = 0, 0
    for last, moment in enumerate(moments):
        while moments[first] <= moment - 1.0:
            first += 1
        worst = max(worst, last - first + 1)
    return worst


if __name__ == "__main__":
    gc.disable()
    numbers = [int(word) for word in sys.argv[1:]]
    asyncio.run(StandIn(blocked_of(*numbers), floods_of(*numbers)).serve())
