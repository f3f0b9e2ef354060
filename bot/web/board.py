"""The live board: its page, its stream, and what a helper does on it.

The token in the address is the key: it stands in no log, and nothing here sets a cookie.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import msgspec
from aiohttp import web

from bot.shop.board import Act, Board, Done, for_viewers
from bot.web.board_page import Shown
from bot.web.board_watch import BoardDesk, Watch, Watches, changes
from bot.web.guard import TooLarge, body_of, from_our_page, refuse
from bot.web.page import Page
from bot.web.stream import HEADERS, PING

MOST_BODY = 64 * 1024
MOST_KEY = 64
PING_SECONDS = 10.0
"""A page that hears nothing for a while says that its line is cut; short, because a live is."""
TOKEN = r"[A-Za-z0-9_-]{1,64}"
GONE = b"event: gone\ndata: {}\n\n"

_encode = msgspec.json.encode
_act = msgspec.json.Decoder(Act).decode


class Boards:
    """One for the whole web side. pages: by what they show."""

    def __init__(
        self,
        desk: BoardDesk,
        pages: dict[Shown, Page],
        public_host: str = "",
        *,
        ping: float = PING_SECONDS,
    ) -> None:
        self._desk = desk
        self._pages = pages
        self._host = public_host
        self._ping = ping
        self._open: set[asyncio.Task[object]] = set()
        self.watches = Watches(desk)

    def attach(self, app: web.Application) -> None:
        app.add_routes(
            [
                web.get(f"/b/{{token:{TOKEN}}}", self.page),
                web.get(f"/b/{{token:{TOKEN}}}/stream", self.stream),
                web.post(f"/b/{{token:{TOKEN}}}/do", self.do),
            ]
        )
        app.on_shutdown.append(self.close)

    async def close(self, _: web.Application) -> None:
        """End all streams, so that the server can stop; pages reconnect by themselves."""
        for task in tuple(self._open):
            task.cancel()

    async def page(self, request: web.Request) -> web.Response:
        """404 with words for people if the link opens nothing."""
        opened = await self._desk.open(request.match_info["token"])
        page = self._pages[opened.role if opened else "gone"]
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": page.policy}
        body = page.plain
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            body, headers["Content-Encoding"] = page.squeezed, "gzip"
        return web.Response(
            status=200 if opened else 404,
            body=body, content_type="text/html", charset="utf-8", headers=headers,
        )  # fmt: skip

    # what is seen

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: first everything, then what changes; `gone` when the link is."""
        token = request.match_info["token"]
        response = web.StreamResponse(headers=HEADERS)
        opened = await self._desk.open(token)
        await response.prepare(request)
        if opened is None:
            await response.write(GONE)
            return response
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        watch = self.watches.hold(opened.live)
        try:
            with suppress(ConnectionError):
                await self._follow(response, watch, token)
        finally:
            self.watches.let_go(opened.live)
            self._open.discard(task)
        return response

    async def _follow(self, response: web.StreamResponse, watch: Watch, token: str) -> None:
        """A slow line gets the newest, not everything between; the link is looked at each time."""
        shown: Board | None = None
        while True:
            changed, board = watch.changed, watch.board
            if board is not None:
                opened = await self._desk.open(token)
                if opened is None:
                    await response.write(GONE)
                    return
                board = board if opened.role == "help" else for_viewers(board)
                if told := changes(shown, board):
                    await response.write(b"data: %b\n\n" % _encode(told))
                shown = board
            try:
                await asyncio.wait_for(changed.wait(), self._ping)
            except TimeoutError:
                await response.write(PING)

    # what is done

    async def do(self, request: web.Request) -> web.Response:
        """JSON of an `Act` in, `{"ok": true, …}` out; 409 with a sentence if it was refused."""
        opened = await self._desk.open(request.match_info["token"])
        if opened is None:
            return refuse(404, "no-such-board")
        if opened.role != "help" or not from_our_page(request, self._host):
            return refuse(403, "look-only")
        try:
            act = _act(await body_of(request, MOST_BODY))
        except TooLarge:
            return refuse(413, "too-large")
        except msgspec.MsgspecError:
            return refuse(400, "bad-act")
        if not act.key.isascii() or not 0 < len(act.key) <= MOST_KEY:
            return refuse(400, "bad-key")
        return _answer(await self._desk.do(opened, act))


def _answer(done: Done) -> web.Response:
    headers = {"Cache-Control": "no-store"}
    if done.refused:
        body: dict[str, Any] = {"ok": False, "say": done.refused}
        return web.json_response(body, status=409, headers=headers)
    fresh = [t for t in done.taken if not t.again]
    kinds = ("claim", "question", "doubt", "other")
    body = {"ok": True, "again": len(done.taken) - len(fresh)}
    body |= {kind: sum(t.kind == kind for t in fresh) for kind in kinds}
    body["claims"] = [[c.number, c.code, c.state] for t in done.taken for c in t.claims]
    return web.json_response(body, headers=headers)
