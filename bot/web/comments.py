"""POST /live/<id>/comments: where readers of a platform plug in (docs/live-comments.md).

The key is the token of the live's helper link.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol

import msgspec
from aiohttp import web

from bot.shop.board import Pass
from bot.shop.comments import Posted, Taken
from bot.shop.problems import Problem
from bot.talk.ports import StoreDown
from bot.web.guard import TooLarge, body_of, refuse

MOST_BODY = 64 * 1024
MOST_COMMENTS = 200
POSTS_PER_MINUTE = 120
"""Requests with one token; a reader that has more to say puts more into each."""
WRONG_PER_MINUTE = 30
"""Requests with a wrong token from one network address."""
EARLIEST, LATEST = 946_684_800, 4_102_444_800
"""Seconds UTC between the years 2000 and 2100; milliseconds are not among them."""
CODE = r"[A-Za-z0-9_-]{1,64}"
CLOSED = {"problem-live-over": "live-over", "problem-buy-on-platform": "buy-on-platform"}
"""Refusals that stay: the reader need not try again."""


class CommentsDesk(Protocol):
    """What is asked of the shop: see `bot.talk.seller.board`."""

    async def open(self, token: str) -> Pass | None: ...

    async def post(self, opened: Pass, posted: Sequence[Posted]) -> tuple[Taken, ...]: ...


class Limiter(Protocol):
    async def count(self, key: str, seconds: int) -> int: ...


class Origin(Protocol):
    def __call__(self, request: web.Request) -> str: ...


class _Comment(msgspec.Struct, forbid_unknown_fields=True):
    platform: str
    author: str
    text: str
    time: int | float | str = 0
    id: str | int = ""


_one_or_many = msgspec.json.Decoder(_Comment | list[_Comment]).decode


class Comments:
    """One for the whole web side; keeps nothing."""

    def __init__(self, desk: CommentsDesk, limiter: Limiter, origin: Origin) -> None:
        self._desk = desk
        self._limiter = limiter
        self._origin = origin

    def attach(self, app: web.Application) -> None:
        app.add_routes([web.post(f"/live/{{live:{CODE}}}/comments", self.post)])

    async def post(self, request: web.Request) -> web.Response:
        """One answer for one comment, `{"answers": […]}` for a list, in its order."""
        opened = await self._opened(request)
        if isinstance(opened, web.Response):
            return opened
        if not hmac.compare_digest(opened.live.encode(), request.match_info["live"].encode()):
            return refuse(404, "other-live")
        if await self._too_often(f"comments:{opened.live}", POSTS_PER_MINUTE):
            return refuse(429, "too-often", Retry_After="10")
        try:
            given = _one_or_many(await body_of(request, MOST_BODY))
            many = given if isinstance(given, list) else [given]
            posted = [_posted(one) for one in many]
        except TooLarge:
            return refuse(413, "too-large")
        except (msgspec.MsgspecError, ValueError) as error:
            return _bad(str(error))
        if len(posted) > MOST_COMMENTS:
            return refuse(413, "too-many")
        return await self._taken(opened, posted, single=not isinstance(given, list))

    async def _opened(self, request: web.Request) -> Pass | web.Response:
        """What the helper's token opens; 401 for none, 403 for one that is only to look."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        bearer = scheme.lower() == "bearer" and token.isascii() and 0 < len(token) <= 64
        opened = await self._desk.open(token.strip()) if bearer else None
        if opened is None:
            wrong = f"comments:wrong:{self._origin(request)}"
            if await self._too_often(wrong, WRONG_PER_MINUTE):
                return refuse(429, "too-often", Retry_After="60")
            return refuse(401, "token", WWW_Authenticate="Bearer")
        return opened if opened.role == "help" else refuse(403, "look-only")

    async def _too_often(self, key: str, most: int) -> bool:
        """Claims do not wait for a store that is away."""
        with suppress(StoreDown):
            return await self._limiter.count(key, 60) > most
        return False

    async def _taken(
        self, opened: Pass, posted: Sequence[Posted], *, single: bool
    ) -> web.Response:
        try:
            taken = await self._desk.post(opened, posted)
        except Problem as problem:
            return refuse(409, CLOSED.get(problem.id, "refused"))
        answers = [answer_of(t) for t in taken]
        body = answers[0] if single else {"answers": answers}
        return web.json_response(body, headers={"Cache-Control": "no-store"})


def _posted(one: _Comment) -> Posted:
    """Raises ValueError for a time nobody can mean."""
    if not one.text.strip():
        raise ValueError("text is empty")
    return Posted(one.platform, one.author, one.text, _seconds(one.time), str(one.id))


def _seconds(time: float | str) -> int:
    """Seconds UTC of a number or an ISO 8601 moment with its zone; 0: not said."""
    if not time:
        return 0
    if isinstance(time, str):
        moment = datetime.fromisoformat(time)
        if moment.tzinfo is None:
            raise ValueError("time needs a zone, as 2026-11-23T20:15:00+07:00")
        time = moment.timestamp()
    if not EARLIEST <= time <= LATEST:
        raise ValueError("time is seconds since 1970 UTC, or ISO 8601")
    return int(time)


def _bad(detail: str) -> web.Response:
    return web.json_response({"error": "bad-comment", "detail": detail}, status=400)


def answer_of(taken: Taken) -> dict[str, Any]:
    """JSON of what became of a comment; documented in docs/live-comments.md."""
    answer: dict[str, Any] = {"id": taken.posted.id, "kind": taken.kind, "again": taken.again}
    if taken.why:
        answer["why"] = taken.why
    if taken.claims:
        answer["claims"] = [
            {
                "number": c.number,
                "code": c.code,
                "amount": c.amount,
                "vnd": c.vnd,
                "state": c.state,
                "until": c.until if c.holds else 0,
                "place": taken.place_of(c.id),
            }
            for c in taken.claims
        ]
    return answer
