"""What every request must pass and every response must carry."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # links carry one-time codes
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """For `app.on_response_prepare`: a handler's own value stays."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def refuse(status: int, code: str, **headers: str) -> web.Response:
    """An error as JSON. `code` is for the page's script, never shown to people."""
    plain = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.json_response({"error": code}, status=status, headers=plain)


def try_later() -> web.Response:
    return refuse(503, "try-later", Retry_After="1")


def from_our_page(request: web.Request, public_host: str) -> bool:
    """Whether a POST comes from our own page and not from another site in the same browser.

    A form or image of another site can send neither JSON nor `X-Talk` without asking us first
    (CORS), and a browser tells the truth about Origin.
    """
    if request.content_type != "application/json" and "X-Talk" not in request.headers:
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc in (request.host, public_host)


class TooLarge(Exception):
    """The body is larger than this route takes."""


async def body_of(request: web.Request, most: int) -> bytes:
    """The body, at most `most` bytes. Raises TooLarge, without reading on, if there is more."""
    if (request.content_length or 0) > most:
        raise TooLarge
    parts = bytearray()
    async for chunk in request.content.iter_any():
        parts += chunk
        if len(parts) > most:
            raise TooLarge
    return bytes(parts)


def saves_data(request: web.Request) -> bool:
    """Whether the browser asks for little data, by its own header or by the page's word."""
    return request.headers.get("Save-Data", "") == "on" or "light" in request.query
