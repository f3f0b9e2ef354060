"""The chat page: one HTML with style, script and words inside, made at start for each language.

One request instead of ten is seconds on a line with 400 ms delay. The sources in `page/` stay
plain files: joining them is all that is done.
"""

from __future__ import annotations

import gzip
import html
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from aiohttp import web

from bot.web.cookies import Cookies, Profile, new_person

MODULES: Final = ("words.js", "store.js", "push.js", "view.js", "line.js", "media.js", "main.js")
"""In the order in which they need each other."""
MASTER: Final = "vi"
LANGUAGE_COOKIE: Final = "tieng"
_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_PLACE = re.compile(r"\{\{([a-z-]+)\}\}")


@dataclass(frozen=True, slots=True)
class Page:
    """The page in one language; `policy` allows exactly its own script and style."""

    plain: bytes
    squeezed: bytes
    etag: str
    policy: str


class Pages:
    """Serves the page. Showing it never touches the desk: a link preview spends nothing."""

    def __init__(self, pages: Mapping[str, Page], cookies: Cookies) -> None:
        self._pages = pages
        self._cookies = cookies

    async def customer(self, request: web.Request) -> web.Response:
        return self._show(request, "khach")

    async def seller(self, request: web.Request) -> web.Response:
        return self._show(request, "ban")

    def _show(self, request: web.Request, profile: Profile) -> web.Response:
        """Gives a newcomer a cookie and renews the others'."""
        page = self._pages.get(language_of(request)) or self._pages[MASTER]
        response = _respond(request, page)
        person = self._cookies.person(request, profile) or new_person()
        self._cookies.give(response, profile, person)
        return response


def language_of(request: web.Request) -> str:
    """As the page's script keeps it: `hmn@rpa` comes as `hmn%40rpa`."""
    return unquote(request.cookies.get(LANGUAGE_COOKIE, MASTER))


def _respond(request: web.Request, page: Page) -> web.Response:
    headers = {
        "ETag": f'"{page.etag}"',
        "Cache-Control": "private, no-cache",
        "Vary": "Accept-Encoding, Cookie",
        "Content-Security-Policy": page.policy,
        "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
    }
    if any(tag.value == page.etag for tag in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    body = page.plain
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        body, headers["Content-Encoding"] = page.squeezed, "gzip"
    return web.Response(body=body, content_type="text/html", charset="utf-8", headers=headers)


def read_pages(locales: Path) -> dict[str, Page]:
    """The page in every language that has a `web.json`; what it lacks is Vietnamese.

    Raises FileNotFoundError or ValueError if the Vietnamese words are missing or broken.
    """
    master = words_of(locales / MASTER / "web.json")
    found = {path.parent.name: words_of(path) for path in locales.glob("*/web.json")}
    return {lang: _assemble(lang, {**master, **words}) for lang, words in found.items()}


def words_of(path: Path) -> dict[str, str]:
    words = json.loads(path.read_text("utf-8"))
    if not isinstance(words, dict) or not all(isinstance(w, str) for w in words.values()):
        raise ValueError(f"{path}: expected an object of sentences by id")
    return words


def _assemble(lang: str, words: Mapping[str, str]) -> Page:
    style = source("style.css")
    script = "".join(flat(source(name)) for name in MODULES)
    data = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    parts = {"lang": lang.partition("@")[0], "locale": lang, "style": style, "script": script}
    parts |= {"words": data} | {f"w-{key}": html.escape(word) for key, word in words.items()}
    return packed(filled(source("index.html"), parts), policy_for(style, script))


def filled(template: str, parts: Mapping[str, str]) -> bytes:
    """Each `{{name}}` replaced by the part of that name. Raises KeyError for one that is none."""
    return _PLACE.sub(lambda match: parts[match[1]], template).encode()


def packed(plain: bytes, policy: str) -> Page:
    etag = sha256(plain + policy.encode()).hexdigest()[:24]
    return Page(plain, gzip.compress(plain, 9, mtime=0), etag, policy)


def flat(module: str) -> str:
    """A module as part of one script: all modules share one scope, so their names must differ."""
    return _EXPORT.sub("", _IMPORT.sub("", module))


def source(name: str) -> str:
    return files("bot.web").joinpath("page", name).read_text("utf-8")


def policy_for(style: str, script: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src 'self' blob: data:",
            "media-src 'self' blob:",
            "connect-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
