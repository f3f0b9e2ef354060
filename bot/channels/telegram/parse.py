"""aiogram `Update` → Heard. Reads attributes only, so importing this costs no aiogram.

Only private chats are heard. Group chats, channel posts, edits and service notes are left alone;
what a person sent but we cannot use comes through as `unsupported`, so that it is answered.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

from bot.channels.telegram.calls import MAX_DOWNLOAD, MAX_VOICE_SECONDS, person_of
from bot.talk.heard import Heard, HeardKind

if TYPE_CHECKING:
    from aiogram.types import CallbackQuery, Message, Update

log = structlog.get_logger(__name__)

Keep = Callable[[str, str, str], Awaitable[str]]
"""(file id, person, `photo`, `voice` or `video`) → `media/<sha256>`; empty if that failed."""

UNUSABLE = (
    "sticker",
    "animation",
    "video_note",
    "audio",
    "document",
    "dice",
    "poll",
    "story",
    "game",
    "checklist",
    "paid_media",
    "live_photo",
    "rich_message",
    "invoice",
    "giveaway",
)
"""Things people send that the shop cannot use, in the order they are looked for (an animation also
has a document). Anything else without words is a note of the app itself (pinned, joined …)."""


async def parse(update: Update, keep: Keep, now: int) -> list[Heard]:
    """What a person said in this update: one Heard, or none. Never raises on odd updates."""
    try:
        if update.callback_query is not None:
            return _tap(update.update_id, update.callback_query, now)
        if update.message is not None and update.message.chat.type == "private":
            return await _message(update.update_id, update.message, keep, now)
    except Exception:
        log.exception("telegram-update-unreadable", update=update.update_id)
        if update.message is not None:
            chat = update.message.chat.id
            return [_heard(update.update_id, chat, "unsupported", now, "unreadable")]
    return []


@dataclass(frozen=True, slots=True)
class News:
    """What has to be known of an update before it is read.

    chat: the private chat it belongs to, 0 if none; updates of one chat keep their order.
    query: the button press to acknowledge, else empty. left: True if the person blocked the bot,
    False if they came back, None if this says neither. heard: already read (a rescued update).
    """

    update_id: int
    chat: int = 0
    query: str = ""
    left: bool | None = None
    update: Update | None = None
    heard: Heard | None = None


def news_of(update: Update) -> News:
    """The outside of a well-formed update."""
    query = update.callback_query
    if query is not None:
        chat = query.from_user.id if _private(query) else 0
        return News(update.update_id, chat, query.id, update=update)
    change = update.my_chat_member
    event = update.message or change
    if event is None or event.chat.type != "private":
        return News(update.update_id)
    left = change.new_chat_member.status == "kicked" if change is not None else None
    return News(update.update_id, event.chat.id, "", left, update)


class _Chat(msgspec.Struct):
    id: int
    type: str = "private"


class _OddMessage(msgspec.Struct):
    chat: _Chat


class _OddQuery(msgspec.Struct):
    id: str
    by: _Chat = msgspec.field(name="from")
    data: str = ""


class _Number(msgspec.Struct):
    update_id: int


class _Odd(msgspec.Struct):
    """The least an update can be answered by, for shapes newer than our library."""

    update_id: int
    message: _OddMessage | None = None
    callback_query: _OddQuery | None = None


def rescue(raw: bytes | msgspec.Raw, now: int) -> News:
    """The news in an update the library refused. Raises ValueError if it is no update at all."""
    try:
        odd = msgspec.json.decode(raw, type=_Odd)
    except msgspec.ValidationError:
        return News(msgspec.json.decode(raw, type=_Number).update_id)
    query, message = odd.callback_query, odd.message
    if query is not None:
        heard = _heard(odd.update_id, query.by.id, "tap", now, query.data)
        return News(odd.update_id, query.by.id, query.id, heard=heard)
    if message is None or message.chat.type != "private":
        return News(odd.update_id)
    heard = _heard(odd.update_id, message.chat.id, "unsupported", now, "unreadable")
    return News(odd.update_id, message.chat.id, heard=heard)


def _private(query: CallbackQuery) -> bool:
    """A button under a message of ours in a private chat, however old the message."""
    return query.message is None or query.message.chat.type == "private"


def _heard(
    update_id: int,
    chat: int,
    kind: HeardKind,
    now: int,
    text: str = "",
    media: str = "",
    place: tuple[float, float] | None = None,
) -> Heard:
    return Heard("tg", person_of(chat), str(update_id), kind, text, media, place, at=now)


def _tap(update_id: int, query: CallbackQuery, now: int) -> list[Heard]:
    """In a private chat the chat id is the person's own id, which is there for any old message."""
    if not _private(query):
        return []
    return [_heard(update_id, query.from_user.id, "tap", now, query.data or "")]


async def _message(update_id: int, message: Message, keep: Keep, now: int) -> list[Heard]:
    chat = message.chat.id
    if message.text is not None:
        return [_heard(update_id, chat, "text", now, message.text)]
    if message.photo or message.voice or message.video:
        return [await _kept(update_id, message, keep, now)]
    if message.contact is not None:
        return [_heard(update_id, chat, "contact", now, _phone(message.contact))]
    if message.location is not None:
        place = (message.location.latitude, message.location.longitude)
        return [_heard(update_id, chat, "place", now, place=place)]
    name = next((name for name in UNUSABLE if getattr(message, name, None) is not None), "")
    return [_heard(update_id, chat, "unsupported", now, name)] if name else []


async def _kept(update_id: int, message: Message, keep: Keep, now: int) -> Heard:
    """A photo (its largest size), a voice note or a video, downloaded; `unsupported` if that
    failed, or if Telegram says that it is too large, before anything is downloaded.
    """
    chat, words = message.chat.id, message.caption or ""
    kind: HeardKind = "photo" if message.photo else ("voice" if message.voice else "video")
    file: Any = message.photo[-1] if message.photo else (message.voice or message.video)
    if too_large(kind, file):
        return _heard(update_id, chat, "unsupported", now, f"{kind}-too-large")
    media = await keep(file.file_id, person_of(chat), kind)
    if not media:
        return _heard(update_id, chat, "unsupported", now, kind)
    return _heard(update_id, chat, kind, now, words, media)


def too_large(kind: HeardKind, file: Any) -> bool:
    """By what Telegram says of a file: 20 MB is all a bot may fetch, an hour of voice too much."""
    size, seconds = file.file_size or 0, getattr(file, "duration", 0) or 0
    return size > MAX_DOWNLOAD or (kind == "voice" and seconds > MAX_VOICE_SECONDS)


def _phone(contact: Any) -> str:
    """The number as digits; Telegram leaves the + off its own users' international numbers."""
    number = "".join(letter for letter in contact.phone_number if letter in "+0123456789")
    international = number and number[0] not in "+0"
    return f"+{number}" if international else number
