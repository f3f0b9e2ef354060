"""A live looked at once for all its viewers in this process: decisions/0014."""

from __future__ import annotations

import asyncio
from typing import Any, Protocol

import structlog

from bot.shop.board import Act, Board, Done, Pass

log = structlog.get_logger()

GAP_SECONDS = 0.4
"""Between two looks at the number that says whether anything changed."""
FADING_SECONDS = 5.0
"""Claims of the last minute grow old without anything happening."""
TROUBLE_SECONDS = 2.0
HEAD = ("live", "state", "title", "total", "minute", "queue", "asking")


class BoardDesk(Protocol):
    """What the page asks the shop: see `bot.talk.seller.board`."""

    async def open(self, token: str) -> Pass | None: ...

    async def tick(self, live_id: str) -> tuple[object, ...]: ...

    async def read(self, live_id: str) -> Board: ...

    async def do(self, opened: Pass, act: Act) -> Done: ...


class Watch:
    """Looks as long as somebody holds it. board: the newest, None before the first look."""

    def __init__(self, desk: BoardDesk, live_id: str, gap: float) -> None:
        self._desk = desk
        self._live = live_id
        self._gap = gap
        self._read_at = 0.0
        self.board: Board | None = None
        self.changed = asyncio.Event()
        self.viewers = 0
        self.task: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Until cancelled. A database that is away for a while is waited for."""
        seen: tuple[object, ...] | None = None
        while True:
            try:
                seen = await self._look(seen)
            except Exception:
                log.exception("board-not-read", live=self._live)
                seen = None
                await asyncio.sleep(TROUBLE_SECONDS)
            await asyncio.sleep(self._gap)

    async def _look(self, seen: tuple[object, ...] | None) -> tuple[object, ...]:
        """The number first: what changes after it was read is seen at the next look."""
        tick = await self._desk.tick(self._live)
        now = asyncio.get_running_loop().time()
        fading = self.board is not None and self.board.minute and now > self._read_at
        if tick != seen or fading:
            self._read_at = now + FADING_SECONDS
            self.board = await self._desk.read(self._live)
            self._wake()
        return tick

    def _wake(self) -> None:
        """Also when the figures are the same: a link may have been taken back."""
        old, self.changed = self.changed, asyncio.Event()
        old.set()


class Watches:
    """The lives that are looked at now."""

    def __init__(self, desk: BoardDesk, gap: float = GAP_SECONDS) -> None:
        self._desk = desk
        self._gap = gap
        self._by_live: dict[str, Watch] = {}

    def hold(self, live_id: str) -> Watch:
        """Must be let go."""
        watch = self._by_live.get(live_id)
        if watch is None:
            watch = self._by_live[live_id] = Watch(self._desk, live_id, self._gap)
            watch.task = asyncio.create_task(watch.run())
        watch.viewers += 1
        return watch

    def let_go(self, live_id: str) -> None:
        watch = self._by_live[live_id]
        watch.viewers -= 1
        if not watch.viewers:
            del self._by_live[live_id]
            assert watch.task is not None
            watch.task.cancel()

    @property
    def lives(self) -> int:
        return len(self._by_live)


def changes(old: Board | None, new: Board) -> dict[str, Any]:
    """What a page that shows `old` must be told; all of it if it shows nothing yet."""
    told: dict[str, Any] = {} if old else {"full": True}
    if not old or any(getattr(old, k) != getattr(new, k) for k in HEAD):
        told["head"] = {k: getattr(new, k) for k in HEAD}
    known_codes = frozenset(old.codes) if old else frozenset()
    known_claims = frozenset(old.claims) if old else frozenset()
    known_asks = frozenset(old.asks) if old else frozenset()
    told["codes"] = [c for c in new.codes if c not in known_codes]
    told["claims"] = [c for c in new.claims if c not in known_claims]
    told["asks"] = [a for a in new.asks if a not in known_asks]
    here = frozenset(_ids(new))
    told["gone"] = [id_ for id_ in _ids(old) if id_ not in here] if old else []
    return {k: v for k, v in told.items() if v}


def _ids(board: Board) -> list[str]:
    return [*(c.id for c in board.claims), *(a.id for a in board.asks)]
