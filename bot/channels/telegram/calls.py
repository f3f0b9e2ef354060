"""Bot API calls as plain values, before any library sees them, and the lengths Telegram counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK_BYTES = 64
MAX_UPLOAD_PHOTO = 10 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_VOICE_SECONDS = 600
"""Longer notes are not fetched at all; what is used of one is told by whoever uses it."""

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
"""What we ask Telegram for. Everything else would be ignored anyway."""


@dataclass(frozen=True, slots=True)
class Upload:
    """The bytes of a file that Telegram does not have yet."""

    name: str
    data: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Call:
    """One Bot API call: method and parameters named as in the Bot API, values ready for JSON.

    files: uploads by parameter name (then the parameter is not in `params`).
    ref: the media reference whose file id comes back with the answer, empty if none is new.
    """

    method: str
    params: Mapping[str, Any]
    files: Mapping[str, Upload] = field(default_factory=dict)
    ref: str = ""

    @property
    def media(self) -> str:
        """`photo` or `voice` if the call shows a file, else empty."""
        return {"sendPhoto": "photo", "sendVoice": "voice"}.get(self.method, "")


def person_of(chat: int) -> str:
    """The shop's name for a private chat."""
    return f"tg:{chat}"


def chat_of(person: str) -> int:
    """The chat id in a person id. Raises ValueError for a person of another channel."""
    channel, _, chat = person.partition(":")
    if channel != "tg":
        raise ValueError(f"not a Telegram person: {person!r}")
    return int(chat)


def acknowledge(query_id: str) -> Call:
    """Takes the clock off a pressed button."""
    return Call("answerCallbackQuery", {"callback_query_id": query_id})


def menu(chat: int, commands: Sequence[tuple[str, str]]) -> Call:
    """The command list behind the menu button of one chat: (name, description) pairs.

    Per chat, because buyers and sellers have different commands, and because Telegram's language
    codes have two letters and Mông has three.
    """
    items = [{"command": name, "description": about[:256]} for name, about in commands]
    return Call("setMyCommands", {"commands": items, "scope": {"type": "chat", "chat_id": chat}})


def length(text: str) -> int:
    """Characters as Telegram's own counters count them: UTF-16 units (an emoji is two).

    The Bot API says only "characters"; UTF-16 units are never fewer than what it counts.
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int = MAX_TEXT) -> list[str]:
    """Parts of at most `limit`, cut at a paragraph, else a line, else a space, else anywhere.

    Empty for blank text, because Telegram refuses blank messages.
    """
    parts = []
    text = text.strip()
    while length(text) > limit:
        head = _fitting(text, limit)
        cut = _break(head)
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*parts, text] if text else parts


def _fitting(text: str, limit: int) -> str:
    head = text[:limit]
    while (over := length(head) - limit) > 0:
        head = head[: len(head) - (over + 1) // 2]
    return head


def _break(head: str) -> int:
    """Where to cut: not in the first quarter, or a short title would stand alone."""
    for mark in ("\n\n", "\n", " "):
        cut = head.rfind(mark, len(head) // 4)
        if cut > 0:
            return cut
    return len(head)
