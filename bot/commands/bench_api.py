"""A stand-in for the Bot API, as fast as it can be: it says yes, counts, and keeps the buttons.

It checks nothing (the tests' stand-in does that); it only has to cost a bench little and to tell
afterwards what really reached people.
"""

from __future__ import annotations

import re
from collections import Counter

import msgspec
from aiohttp import web

SHOWS = frozenset({"sendMessage", "sendPhoto", "sendVoice"})
"""Methods that put one message before somebody."""

_CHAT = re.compile(rb'"chat_id"(?::|\r\n(?:[^\r\n]+\r\n)*\r\n)\s*(\d+)')
_BUTTON = re.compile(rb'"callback_data":\s*"([^"]+)"')
_encode = msgspec.json.Encoder().encode
_PICTURE = [{"file_id": "p", "file_unique_id": "p", "width": 800, "height": 800}]


class FastApi:
    """Listens on 127.0.0.1 in the caller's event loop."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        """Calls by (token, method)."""
        self.buttons: dict[int, list[str]] = {}
        """The callback data under the last message of a chat (JSON and multipart calls only)."""
        self.url = ""
        self._runner = web.ServerRunner(web.Server(self._call, access_log=None))

    async def start(self) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self._runner.cleanup()

    def shown(self, token: str) -> int:
        """Messages this bot's people got."""
        return sum(self.counts[token, method] for method in SHOWS)

    async def _call(self, request: web.BaseRequest) -> web.Response:
        body = await request.read()
        token, _, method = request.path.removeprefix("/bot").rpartition("/")
        self.counts[token, method] += 1
        result: object = True
        if method in SHOWS:
            result = self._message(method, body, self.counts[token, method])
        answer = _encode({"ok": True, "result": result})
        return web.Response(body=answer, content_type="application/json")

    def _message(self, method: str, body: bytes, number: int) -> dict[str, object]:
        found = _CHAT.search(body)
        chat = int(found.group(1)) if found else 1
        self.buttons[chat] = [b.decode() for b in _BUTTON.findall(body)]
        message: dict[str, object] = {
            "message_id": number,
            "date": 1_795_000_000,
            "chat": {"id": chat, "type": "private"},
        }
        if method == "sendMessage":
            return message | {"text": "."}
        return message | {"photo": _PICTURE}
