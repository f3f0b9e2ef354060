"""Who talks in `bench turns`: browsers and chats, over one lean keep-alive connection per talk.

aiohttp's client would cost more than the server that is measured, on the same machine.
"""

from __future__ import annotations

import asyncio
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from bot.commands.bench_api import FastApi


class Stuck(Exception):
    """Somebody could not go on: not shown what the flow taps next, or not answered."""


class Line:
    """One keep-alive HTTP/1.1 connection that posts JSON. Reads what aiohttp's server writes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, port: int) -> Line:
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def post(self, head: bytes, body: bytes) -> tuple[bytes, bytes]:
        """Response head and body. Raises Stuck unless the status is 200."""
        self._writer.write(b"%bContent-Length: %d\r\n\r\n%b" % (head, len(body), body))
        try:
            got, answer = await self._response()
        except (OSError, EOFError) as error:
            raise Stuck(f"the line broke: {error}") from None
        if not got.startswith(b"HTTP/1.1 200"):
            raise Stuck(f"{got.splitlines()[0].decode()} {answer[:200]!r}")
        if b"\r\nContent-Encoding: gzip" in got:
            answer = zlib.decompress(answer, wbits=31)
        return got, answer

    async def _response(self) -> tuple[bytes, bytes]:
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = int(_header(head, b"\r\nContent-Length: ") or 0)
        return head, await self._reader.readexactly(length)

    def close(self) -> None:
        self._writer.close()


def _header(head: bytes, name: bytes) -> bytes:
    return head.partition(name)[2].partition(b"\r\n")[0]


class _Choice(msgspec.Struct):
    id: str


class _Message(msgspec.Struct):
    id: str
    choices: list[_Choice] = []


class _Answer(msgspec.Struct):
    messages: list[_Message]


_answer = msgspec.json.Decoder(_Answer).decode
_encode = msgspec.json.Encoder().encode


class Person(Protocol):
    """Somebody with a talk; `number` makes her phone hers."""

    number: int

    def offered(self) -> Sequence[str]:
        """The choice ids shown last."""

    async def turn(self, line: Line, tapped: bool, text: str, shows: str) -> None:
        """One turn, answered. Raises Stuck."""


@dataclass(slots=True)
class WebPerson:
    """A browser: its own cookie, gzip, the headers a phone sends."""

    number: int
    host: str
    counted: list[str]
    """Every message that came, by id; shared."""
    cookie: bytes = b""
    choices: list[str] = field(default_factory=list)
    shown: str = ""
    """The message shown last, by id."""

    def offered(self) -> Sequence[str]:
        return self.choices

    async def turn(self, line: Line, tapped: bool, text: str, shows: str) -> None:
        await self.say(line, tapped, text, str(uuid.uuid4()))
        if self.shown != shows:
            raise Stuck(f"{text!r} showed {self.shown}, not {shows}")

    async def say(self, line: Line, tapped: bool, text: str, event: str) -> None:
        """Whatever it is answered with. Raises Stuck if it is with nothing."""
        page = f"00000000-0000-4000-8000-{self.number:012x}"
        said = {"id": event, "page": page, "tap" if tapped else "text": text}
        head, body = await line.post(self._head(), _encode(said))
        if cookie := _header(head, b"\r\nSet-Cookie: "):
            self.cookie = b"Cookie: %b\r\n" % cookie.partition(b";")[0]
        messages = _answer(body).messages
        self.counted += [m.id for m in messages]
        if not messages:
            raise Stuck(f"{text!r} was not answered")
        self.shown = messages[-1].id
        self.choices = [choice.id for choice in messages[-1].choices]

    def _head(self) -> bytes:
        return b"POST /chat/say?as=khach HTTP/1.1\r\nHost: %b\r\n%b%b" % (
            self.host.encode(), self.cookie, _BROWSER.replace(b"HOST", self.host.encode()),
        )  # fmt: skip


_BROWSER = (
    b"Content-Type: application/json\r\nAccept: */*\r\nAccept-Encoding: gzip, deflate\r\n"
    b"Accept-Language: vi-VN,vi;q=0.9\r\nOrigin: http://HOST\r\nReferer: http://HOST/\r\n"
    b"User-Agent: Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0.0.0 Mobile Safari/537.36\r\n"
)


@dataclass(slots=True)
class ChatPerson:
    """A chat of a bot behind a webhook; what it is shown is read from the stand-in."""

    number: int
    head: bytes
    api: FastApi
    fixed: tuple[str, ...] = ()
    """What is taken as shown where the stand-in cannot know (the echo)."""
    turns: int = 0

    @property
    def chat(self) -> int:
        return 1_000_000 + self.number

    def offered(self) -> Sequence[str]:
        return self.fixed or self.api.buttons.get(self.chat, ())

    async def turn(self, line: Line, tapped: bool, text: str, shows: str) -> None:
        self.turns += 1
        number = self.chat * 100 + self.turns
        await line.post(self.head, _encode(_update(number, self.chat, tapped, text)))


def webhook_head(port: int, secret: str) -> bytes:
    """The request head Telegram's servers send, up to the length."""
    return (
        f"POST /telegram HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"Accept-Encoding: gzip, deflate\r\nX-Telegram-Bot-Api-Secret-Token: {secret}\r\n"
    ).encode()


_KEYBOARD = {
    "inline_keyboard": [
        [{"text": f"{row} {side}", "callback_data": f"{row}:{side}"} for side in ("a", "b")]
        for row in range(3)
    ]
}


def _update(number: int, chat: int, tapped: bool, text: str) -> dict[str, object]:
    """As Telegram sends it: a press brings the message it was made under."""
    who = {"id": chat, "is_bot": False, "first_name": "Thử", "language_code": "vi"}
    bot = {"id": 4242, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
    message: dict[str, object] = {
        "message_id": number,
        "date": 1_795_000_000,
        "chat": {"id": chat, "type": "private", "first_name": "Thử"},
    }
    if not tapped:
        return {"update_id": number, "message": message | {"from": who, "text": text}}
    under = message | {"from": bot, "text": "Thử " * 40, "reply_markup": _KEYBOARD}
    query = {"id": str(number), "from": who, "chat_instance": "1", "data": text}
    return {"update_id": number, "callback_query": query | {"message": under}}
