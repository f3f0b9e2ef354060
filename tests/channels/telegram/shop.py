"""A tiny desk, picture shelf and media store, and the updates people make."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from bot.talk.heard import Heard
from bot.talk.ports import Answer
from bot.usecases.ports import Kept
from bot.words.spoken import Spoken

CHAT = 900
PERSON = f"tg:{CHAT}"


class TinyDesk:
    """Answers from a list, remembers what it answered and how much of it was sent."""

    def __init__(self, *messages: Spoken) -> None:
        self.messages: Sequence[Spoken] = messages or (Spoken("hello", "Chào bạn"),)
        self.heard: list[Heard] = []
        self.trouble: list[Exception] = []
        self.marks: dict[str, int] = {}
        self.mark_trouble: list[Exception] = []

    async def hear(self, heard: Heard) -> Answer:
        if self.trouble:
            raise self.trouble.pop(0)
        repeat = heard.event_id in self.marks
        if not repeat:
            self.heard.append(heard)
            self.marks[heard.event_id] = 0
        sent = self.marks[heard.event_id]
        return Answer(heard.person, heard.event_id, tuple(self.messages), sent, repeat=repeat)

    async def deliver(self, person: str, letter: Any, event_id: str) -> Answer:
        raise AssertionError("the listener delivers no letters")

    async def sent(self, answer: Answer, count: int) -> None:
        if self.mark_trouble:
            raise self.mark_trouble.pop(0)
        self.marks[answer.event_id] = count


class Shelf:
    """Pictures and clips in memory; counts how often bytes were read."""

    def __init__(self, **files: tuple[bytes, str]) -> None:
        self.files = {name.replace("_", "/"): file for name, file in files.items()}
        self.ids: dict[tuple[str, str, str], str] = {}
        self.reads = 0

    async def bytes_of(self, ref: str) -> tuple[bytes, str]:
        self.reads += 1
        return self.files[ref]

    async def platform_id(self, channel: str, bot: str, ref: str) -> str:
        return self.ids.get((channel, bot, ref), "")

    async def remember(self, channel: str, bot: str, ref: str, platform_id: str) -> None:
        self.ids[channel, bot, ref] = platform_id


class Drawer:
    """A media store in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[bytes, str, str]] = {}

    async def keep(self, data: bytes, mime: str, *, owner: str, kind: str) -> Kept:
        ref = f"media/{hashlib.sha256(data).hexdigest()}"
        self.kept[ref] = (data, mime, owner)
        return Kept(ref, mime, len(data))

    async def read(self, ref: str) -> tuple[bytes, str]:
        data, mime, _ = self.kept[ref]
        return data, mime


def _who(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "Mẫu", "language_code": "vi"}


def message(
    number: int, chat: int = CHAT, kind: str = "private", **content: Any
) -> dict[str, Any]:
    """An update with a message, shaped as Telegram sends it."""
    body = {
        "message_id": number,
        "date": 1795000000,
        "chat": {"id": chat, "type": kind, "first_name": "Mẫu"},
        "from": _who(chat if chat > 0 else CHAT),
    }
    return {"update_id": number, "message": body | content}


def tap(number: int, data: str = "buy:1", chat: int = CHAT) -> dict[str, Any]:
    """An update with a pressed button under a message of ours."""
    under = message(number, chat, text="Chọn món")["message"]
    return {
        "update_id": number,
        "callback_query": {
            "id": f"q{number}",
            "from": _who(chat),
            "chat_instance": "1",
            "data": data,
            "message": under,
        },
    }


def member(number: int, status: str, chat: int = CHAT) -> dict[str, Any]:
    """An update that says the person blocked the bot (`kicked`) or came back (`member`)."""
    bot = {"id": 4242, "is_bot": True, "first_name": "Chợ Phiên"}
    new = {"status": status, "user": bot} | ({"until_date": 0} if status == "kicked" else {})
    old = "member" if status == "kicked" else "kicked"
    before = {"status": old, "user": bot} | ({"until_date": 0} if old == "kicked" else {})
    change = {
        "chat": {"id": chat, "type": "private"},
        "from": _who(chat),
        "date": 1795000000,
        "old_chat_member": before,
        "new_chat_member": new,
    }
    return {"update_id": number, "my_chat_member": change}
