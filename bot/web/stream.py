"""A person's numbered stream as server-sent events: first what was missed, then what comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

from aiohttp import web

from bot.channels.web.render import caught_up, line_json
from bot.talk.ports import Line, Sessions, StoreDown
from bot.web.cookies import Cookies, profile_of
from bot.web.guard import saves_data, try_later
from bot.web.meters import Meters

PING_SECONDS = 25.0
"""Proxies and phone networks close a line that is silent for 30 to 60 s."""
PING = b"event: ping\ndata: {}\n\n"
"""An event and not a comment: a page that hears none for a minute knows its line is dead."""
RESET = b"event: reset\ndata: {}\n\n"
READY = b"event: ready\ndata: {}\n\n"
MOST_REPLAYED = 30
"""Lines a page gets that kept nothing itself: more would take too long on a poor line."""

HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
}

News = asyncio.Queue[tuple[Line, str] | None]


class Streams:
    """GET /chat/stream?as=…&after=N&page=…; `ping` seconds between signs of life."""

    def __init__(
        self, sessions: Sessions, cookies: Cookies, meters: Meters, *, ping: float = PING_SECONDS
    ) -> None:
        self._sessions = sessions
        self._cookies = cookies
        self._meters = meters
        self._ping = ping
        self._open: set[asyncio.Task[object]] = set()

    async def close(self, _: web.Application) -> None:
        """End all streams, so that the server can stop; pages reconnect by themselves."""
        for task in tuple(self._open):
            task.cancel()

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """204 tells a page without a valid cookie that there is nothing to listen to yet."""
        person = self._cookies.person(request, profile_of(request.query.get("as", "")))
        if not person:
            return web.Response(status=204)
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            with self._meters.streams.track_inprogress():
                return await self._run(request, person)
        except StoreDown:
            return try_later()
        finally:
            self._open.discard(task)

    async def _run(self, request: web.Request, person: str) -> web.StreamResponse:
        """A store that is down before the first byte is a 503; later it ends the stream."""
        after, page = _after(request), request.query.get("page", "")
        listening = self._sessions.listen(person)
        news: News = asyncio.Queue()
        pump = asyncio.create_task(_pump(listening, news))
        try:
            missed = await self._sessions.replay(person, after)
            response = web.StreamResponse(headers=HEADERS)
            await response.prepare(request)
            light = saves_data(request)
            out = _Out(response, person, self._sessions, page, light=light)
            with suppress(StoreDown, ConnectionError):
                await out.first(missed, after)
                await self._follow(out, news)
            return response
        finally:
            pump.cancel()
            await _leave(listening)

    async def _follow(self, out: _Out, news: News) -> None:
        """Live lines until the store ends them; silence is a chance to see that nothing was
        missed.
        """
        while True:
            try:
                item = await asyncio.wait_for(news.get(), self._ping)
            except TimeoutError:
                await out.catch_up()
                await out.write(PING)
                continue
            if item is None:
                return
            await out.live(*item)


async def _pump(listening: AsyncIterator[tuple[Line, str]], news: News) -> None:
    """Listener → queue, so that waiting for news with a time limit never cuts the listener
    itself.
    """
    with suppress(StoreDown):
        async for item in listening:
            news.put_nowait(item)
    news.put_nowait(None)


async def _leave(listening: AsyncIterator[tuple[Line, str]]) -> None:
    """Tell the store that nobody listens here any more, else it goes on filling a queue."""
    leave = getattr(listening, "aclose", None)
    if leave is not None:
        await leave()


class _Out:
    """What one page has been sent. `last` is the highest number it has or was told to skip."""

    def __init__(
        self,
        response: web.StreamResponse,
        person: str,
        sessions: Sessions,
        page: str,
        *,
        light: bool = False,
    ) -> None:
        self._response = response
        self._person = person
        self._sessions = sessions
        self._page = page
        self._light = light
        self._last = 0

    async def first(self, missed: tuple[Line, ...], after: int) -> None:
        """The replay, then `ready`. `reset` says that numbers start anew (the talk was erased)."""
        begun_anew = bool(missed) and missed[0].n <= after
        parts = [RESET] if begun_anew else []
        if after and not begun_anew:
            parts += [_data(line.n, body) for line, body in self._folded(missed)]
        else:
            parts += [_event(line) for line in missed[-MOST_REPLAYED:]]
        self._last = missed[-1].n if missed else after
        await self.write(b"".join([*parts, READY]))

    def _folded(self, missed: tuple[Line, ...]) -> Iterator[tuple[Line, bytes]]:
        """After a cut in the line one message and not one for each event; its number is the last
        one's.
        """
        bodies = caught_up(missed, light=self._light)
        return zip(missed[-len(bodies) :], bodies, strict=True) if bodies else iter(())

    async def live(self, line: Line, page: str) -> None:
        """Skips what this page itself caused: it comes as the answer to its POST."""
        if line.n == 1 and self._last > 1:
            self._last = 0
            if page != self._page:
                await self.write(RESET)
        if line.n > self._last + 1:
            await self.catch_up(before=line.n)
        if line.n <= self._last:
            return
        self._last = line.n
        if not page or page != self._page:
            await self.write(_event(line))

    async def catch_up(self, before: int = 0) -> None:
        """Send what was missed since `last` (up to `before`); the page ignores what it has
        already.
        """
        for line in await self._sessions.replay(self._person, self._last):
            if line.n > self._last and (not before or line.n < before):
                self._last = line.n
                await self.write(_event(line))

    async def write(self, data: bytes) -> None:
        await self._response.write(data)


def _event(line: Line) -> bytes:
    """JSON has no raw line breaks, so one `data:` line is enough."""
    return _data(line.n, line_json(line))


def _data(n: int, body: bytes) -> bytes:
    return b"id: %d\ndata: %b\n\n" % (n, body)


def _after(request: web.Request) -> int:
    """The larger of `after` and Last-Event-ID (a browser's own reconnect); 0 for nonsense."""
    given = (request.query.get("after", ""), request.headers.get("Last-Event-ID", ""))
    return max(int(text) if text.isascii() and text.isdigit() else 0 for text in given)
