"""A small strict stand-in for the Bot API, over real HTTP on 127.0.0.1.

It checks what Telegram checks (required parameters, lengths, 64 bytes of callback data, known
file ids), refuses what Telegram only ignores (unknown parameters), records every call, and fails
on order. `python -m tests.channels.telegram.bot_api --port 8081` runs it alone for a benchmark and
prints its address; GET `/counts` then tells how many calls of each method were taken.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "4242:stand-in"
BOT = {"id": 4242, "is_bot": True, "first_name": "Chợ Phiên", "username": "cho_phien_bot"}

WORDS = {
    "text",
    "caption",
    "callback_query_id",
    "photo",
    "voice",
    "file_id",
    "url",
    "secret_token",
}
KNOWN: dict[str, tuple[set[str], set[str]]] = {
    "getMe": (set(), set()),
    "getUpdates": (set(), {"offset", "limit", "timeout", "allowed_updates"}),
    "setWebhook": (
        {"url"},
        {"secret_token", "allowed_updates", "max_connections", "drop_pending_updates"},
    ),
    "deleteWebhook": (set(), {"drop_pending_updates"}),
    "sendMessage": ({"chat_id", "text"}, {"reply_markup"}),
    "sendPhoto": ({"chat_id", "photo"}, {"caption", "reply_markup"}),
    "sendVoice": ({"chat_id", "voice"}, {"caption", "reply_markup"}),
    "answerCallbackQuery": ({"callback_query_id"}, {"text"}),
    "setMyCommands": ({"commands"}, {"scope", "language_code"}),
    "getFile": ({"file_id"}, set()),
}


class Bad(Exception):
    """A 400 with Telegram's words."""


@dataclass
class Seen:
    """A call that was taken (`status` 200) or refused."""

    method: str
    params: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)
    status: int = 200


@dataclass
class Fault:
    status: int
    description: str
    retry_after: int | None = None
    delay: float = 0.0
    times: int = 1


class BotApi:
    """One bot's Bot API. `fail` orders trouble; `push` makes an update for getUpdates."""

    def __init__(self, token: str = TOKEN, *, keep_calls: bool = True) -> None:
        self.token = token
        self.seen: list[Seen] = []
        self.counts: Counter[str] = Counter()
        self.files: dict[str, bytes] = {}
        self.webhook: dict[str, Any] = {}
        self.updates: deque[dict[str, Any]] = deque()
        self.asked: list[int | None] = []
        self.url = ""
        self._keep_calls = keep_calls
        self._faults: dict[str, deque[Fault]] = {}
        self._message = 0
        self._arrived = asyncio.Event()
        self._runner: web.AppRunner | None = None

    # What a test orders and looks at

    def fail(self, method: str, status: int, description: str = "", **more: Any) -> None:
        """The next `times` calls of a method fail; status 0 breaks the line instead."""
        fault = Fault(status, description, **more)
        self._faults.setdefault(method, deque()).append(fault)

    def heal(self) -> None:
        self._faults.clear()

    def push(self, update: dict[str, Any]) -> None:
        self.updates.append(update)
        self._arrived.set()

    def taken(self, *methods: str) -> list[Seen]:
        """Successful calls in order, of these methods if any are named."""
        return [s for s in self.seen if s.status == 200 and (not methods or s.method in methods)]

    def texts(self, chat: int | None = None) -> list[str]:
        """The words that reached a chat, captions included."""
        sent = self.taken("sendMessage", "sendPhoto", "sendVoice")
        mine = [s for s in sent if chat is None or s.params["chat_id"] == chat]
        return [s.params.get("text", s.params.get("caption", "")) for s in mine]

    # Serving

    async def start(self, port: int = 0) -> str:
        app = web.Application(client_max_size=50 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        app.router.add_get("/counts", self._counted)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self.url

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _counted(self, request: web.Request) -> web.Response:
        return web.json_response(self.counts)

    async def _file(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return web.Response(status=401)
        data = self.files.get(request.match_info["path"].removeprefix("files/"))
        return web.Response(status=404) if data is None else web.Response(body=data)

    async def _call(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return _error(401, "Unauthorized")
        method = request.match_info["method"]
        if method not in KNOWN:
            return _error(404, "Not Found: method not found")
        params, files = await _params(request)
        seen = Seen(method, params, files)
        if fault := self._next_fault(method):
            return await self._break(request, fault, seen)
        try:
            _check(method, params, files)
            result = await self._do(method, params, files)
        except Bad as bad:
            seen.status = 400
            self._note(seen)
            return _error(400, f"Bad Request: {bad}")
        if isinstance(result, web.Response):
            return result
        self._note(seen)
        return web.json_response({"ok": True, "result": result})

    def _note(self, seen: Seen) -> None:
        if seen.status == 200:
            self.counts[seen.method] += 1
        if self._keep_calls:
            self.seen.append(seen)

    def _next_fault(self, method: str) -> Fault | None:
        queue = self._faults.get(method)
        if not queue:
            return None
        queue[0].times -= 1
        return queue[0] if queue[0].times else queue.popleft()

    async def _break(self, request: web.Request, fault: Fault, seen: Seen) -> web.Response:
        await asyncio.sleep(fault.delay)
        seen.status = fault.status
        self._note(seen)
        if fault.status == 0:
            assert request.transport is not None
            request.transport.abort()
        return _error(fault.status or 500, fault.description, fault.retry_after)

    async def _do(self, method: str, params: dict[str, Any], files: dict[str, bytes]) -> Any:
        if method in ("sendMessage", "sendPhoto", "sendVoice"):
            return self._sent(method, params, files)
        if method == "getUpdates":
            return await self._updates(params)
        if method == "getFile":
            return self._described(params["file_id"])
        if method == "setWebhook":
            self.webhook = params
        if method == "deleteWebhook":
            self.webhook = {}
        return BOT if method == "getMe" else True

    def _sent(self, method: str, params: dict[str, Any], files: dict[str, bytes]) -> Any:
        self._message += 1
        chat = params["chat_id"]
        message: dict[str, Any] = {
            "message_id": self._message,
            "date": 1795000000,
            "chat": {"id": chat, "type": "private"},
            "from": BOT,
        }
        if method == "sendMessage":
            return message | {"text": params["text"]}
        name = "photo" if method == "sendPhoto" else "voice"
        file_id = self._file_id(name, params, files)
        shown = {"file_id": file_id, "file_unique_id": f"u-{file_id}"}
        if name == "voice":
            return message | {"voice": shown | {"duration": 1}}
        small = shown | {"file_id": f"{file_id}-small", "width": 90, "height": 90}
        return message | {"photo": [small, shown | {"width": 800, "height": 800}]}

    def _file_id(self, name: str, params: dict[str, Any], files: dict[str, bytes]) -> str:
        if name in files:
            file_id = f"{name}-{len(self.files)}"
            self.files[file_id] = files[name]
            return file_id
        if params[name] not in self.files:
            raise Bad("wrong file identifier/HTTP URL specified")
        return str(params[name])

    def _described(self, file_id: str) -> dict[str, Any]:
        if file_id not in self.files:
            raise Bad("wrong file_id or the file is temporarily unavailable")
        size = len(self.files[file_id])
        if size > 20 * 2**20:
            raise Bad("file is too big")
        return {
            "file_id": file_id,
            "file_unique_id": f"u-{file_id}",
            "file_size": size,
            "file_path": f"files/{file_id}",
        }

    async def _updates(self, params: dict[str, Any]) -> Any:
        if self.webhook:
            about = "Conflict: can't use getUpdates method while webhook is active"
            return _error(409, about)
        offset = params.get("offset")
        self.asked.append(offset)
        while offset is not None and self.updates and self.updates[0]["update_id"] < offset:
            self.updates.popleft()
        if not self.updates and params.get("timeout"):
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), min(params["timeout"], 5))
            except TimeoutError:
                return []
        return list(self.updates)[: params.get("limit", 100)]


def _error(status: int, description: str, retry_after: int | None = None) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if retry_after is not None:
        body["parameters"] = {"retry_after": retry_after}
    return web.json_response(body, status=status)


async def _params(request: web.Request) -> tuple[dict[str, Any], dict[str, bytes]]:
    """JSON as it is; forms and multipart with their JSON-serialised values read."""
    if request.content_type == "application/json":
        return json.loads(await request.read()), {}
    params: dict[str, Any] = {}
    files: dict[str, bytes] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = value.file.read()
        else:
            params[name] = _value(name, str(value))
    for name, value in list(params.items()):
        if isinstance(value, str) and value.startswith("attach://"):
            files[name] = files.pop(value.removeprefix("attach://"))
            del params[name]
    return params, files


def _value(name: str, text: str) -> Any:
    return text if name in WORDS else json.loads(text)


def _check(method: str, params: dict[str, Any], files: dict[str, bytes]) -> None:
    required, optional = KNOWN[method]
    given = set(params) | set(files)
    for name in sorted(required - given):
        raise Bad(f"{name} is empty")
    for name in sorted(given - required - optional):
        raise Bad(f"unknown parameter {name}")
    _check_words(params, "text" in required)
    if not isinstance(params.get("chat_id", 0), int):
        raise Bad("chat_id is no number")
    for row in params.get("reply_markup", {}).get("inline_keyboard", []):
        for button in row:
            _check_button(button)
    for command in params.get("commands", []):
        _check_command(command)


def _check_words(params: dict[str, Any], needed: bool) -> None:
    if needed and not params["text"].strip():
        raise Bad("message text is empty")
    if _length(params.get("text", "")) > 4096:
        raise Bad("message is too long")
    if _length(params.get("caption", "")) > 1024:
        raise Bad("message caption is too long")


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _check_button(button: dict[str, Any]) -> None:
    if not button.get("text"):
        raise Bad("inline keyboard button text is empty")
    if len(set(button) - {"text"}) != 1:
        raise Bad("inline keyboard button must have exactly one action")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise Bad("BUTTON_DATA_INVALID")
    if "url" in button and "." not in button["url"].split("/")[2]:
        raise Bad("inline keyboard button URL is invalid: Wrong HTTP URL")


def _check_command(command: dict[str, str]) -> None:
    name = command["command"]
    plain = name.replace("_", "").isalnum() and name.isascii() and name == name.lower()
    if not (1 <= len(name) <= 32 and plain):
        raise Bad("BOT_COMMAND_INVALID")
    if not 1 <= len(command["description"]) <= 256:
        raise Bad("BOT_COMMAND_DESCRIPTION_INVALID")


async def _serve(port: int, token: str) -> None:
    api = BotApi(token, keep_calls=False)
    sys.stdout.write(f"{await api.start(port)}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--token", default=TOKEN)
    given = options.parse_args()
    asyncio.run(_serve(given.port, given.token))
