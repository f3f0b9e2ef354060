"""The web application: chat page and routes, media, health.

Put together from parts that are handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from aiohttp import web
from prometheus_client import REGISTRY, CollectorRegistry

from bot.settings import Settings
from bot.talk.ports import Desk, Sessions
from bot.usecases.ports import Clock, Media
from bot.web.chat import MOST_VIDEO, Chat
from bot.web.cookies import Cookies
from bot.web.files import Files, Twin, no_twin
from bot.web.guard import add_headers
from bot.web.health import Health, Probe
from bot.web.meters import Meters
from bot.web.page import Pages, read_pages
from bot.web.stream import PING_SECONDS, Streams

CODE = r"[A-Za-z0-9_-]{1,64}"
NO_PROBES: Mapping[str, Probe] = {}

Attach = Callable[[web.Application], None]
"""Adds routes of another part to the same application (a webhook, a live board)."""


def make_web(
    desk: Desk,
    sessions: Sessions,
    media: Media,
    settings: Settings,
    secret: str,
    *,
    clock: Clock,
    probes: Mapping[str, Probe] = NO_PROBES,
    attach: tuple[Attach, ...] = (),
    registry: CollectorRegistry = REGISTRY,
    metrics_token: str = "",
    twin: Twin = no_twin,
    ping: float = PING_SECONDS,
) -> web.Application:
    """The whole web side of a shop.

    secret: signs cookies and hashes addresses. probes: what /healthz looks at, by name.
    twin: finds or makes the AAC of an Ogg file.
    Serve it with `access_log=None`: addresses of personal links are secrets.
    """
    public = urlsplit(settings.public_url)
    cookies = Cookies(secret, secure=public.scheme == "https", proxies=settings.proxies)
    meters = Meters(registry)
    chat = Chat(desk, sessions, media, clock, cookies, meters, public_host=public.netloc)
    streams = Streams(sessions, cookies, meters, ping=ping)
    pages = Pages(read_pages(settings.locales_dir), cookies)
    health = Health(probes, meters, token=metrics_token)
    app = web.Application(client_max_size=MOST_VIDEO)
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(streams.close)
    app.add_routes(_routes(pages, chat, streams, Files(media, twin), health))
    for add in attach:
        add(app)
    return app


def _routes(
    pages: Pages, chat: Chat, streams: Streams, media: Files, health: Health
) -> list[web.RouteDef]:
    return [
        web.post("/chat/say", chat.say),
        web.get("/chat/stream", streams.stream),
        web.post("/chat/media", chat.send_media),
        web.get("/media/{ref:.+}", media.get),
        web.get("/", pages.customer),
        web.get("/ban", pages.seller),
        web.get(f"/p/{{code:{CODE}}}", pages.customer),
        web.get(f"/r/{{code:{CODE}}}", pages.customer),
        web.get(f"/s/{{code:{CODE}}}", pages.seller),
        web.get("/robots.txt", _robots),
        web.get("/healthz", health.healthz),
        web.get("/metrics", health.metrics),
    ]


async def _robots(_: web.Request) -> web.Response:
    return web.Response(text="User-agent: *\nDisallow: /\n")
