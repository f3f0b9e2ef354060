"""GET /live/<id>.ics: a live for the calendar of a phone that cannot be called."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.shop.calendar import Entry, calendar
from bot.usecases.ports import Clock
from bot.web.guard import refuse
from bot.web.page import language_of

LIVE = r"[A-Za-z0-9_-]{1,20}"
SHORT = "public, max-age=60"
"""A live may be moved; a calendar that asks again soon has the new hour."""


class Calendars:
    """find: the live of an id in a language, None if there is none."""

    def __init__(self, find: Callable[[str, str], Awaitable[Entry | None]], clock: Clock) -> None:
        self._find = find
        self._clock = clock

    def attach(self, app: web.Application) -> None:
        app.router.add_get(f"/live/{{live:{LIVE}}}.ics", self.get)

    async def get(self, request: web.Request) -> web.Response:
        live = request.match_info["live"]
        entry = await self._find(live, language_of(request))
        if entry is None:
            return refuse(404, "no-such-live")
        headers = {
            "Cache-Control": SHORT,
            "Vary": "Cookie",
            "Content-Disposition": f'inline; filename="live-{live}.ics"',
        }
        return web.Response(
            body=calendar(entry, self._clock.now()),
            content_type="text/calendar", charset="utf-8", headers=headers,
        )  # fmt: skip
