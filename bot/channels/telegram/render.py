"""Spoken → Bot API calls. Plain text without parse_mode: `<b>` or `*` in a name is just a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.channels.telegram.calls import MAX_CAPTION, MAX_TEXT, Call, Upload, length, split
from bot.words.spoken import Spoken, Title

SHORT = 16
"""Titles up to this many characters stand two in a row on a 360-pixel screen without being cut."""

NO_WORDS = "…"
"""Telegram refuses a message without words, even one with buttons."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture or clip: what Telegram already knows it by, else its bytes to upload."""

    ref: str
    file_id: str = ""
    upload: Upload | None = None


def render(
    chat: int,
    spoken: Spoken,
    photo: Attached | None = None,
    voice: Attached | None = None,
    sound: Sequence[Attached] = (),
) -> list[Call]:
    """The calls that show one message, in order; the buttons are on the last one.

    sound: the message read aloud; it comes first, so that picture, words and buttons stay below.
    A picture or clip carries the words as its caption when they fit, so one message stays one.
    """
    text, keyboard = _words(spoken)
    calls = [_media("sendVoice", chat, read) for read in sound]
    if photo and voice:
        calls.append(_media("sendVoice", chat, voice))
    shown = ("sendPhoto", photo) if photo else ("sendVoice", voice)
    if shown[1] is None:
        return [*calls, *_texts(chat, text or NO_WORDS, keyboard)]
    if length(text) <= MAX_CAPTION:
        calls.append(_media(shown[0], chat, shown[1], text, keyboard))
        return calls
    calls.append(_media(shown[0], chat, shown[1]))
    return calls + _texts(chat, text, keyboard)


def wordless(call: Call) -> Call | None:
    """What to send instead of a picture or clip Telegram refused: its words, None if none."""
    text = call.params.get("caption", "")
    if not text and "reply_markup" not in call.params:
        return None
    params = {"chat_id": call.params["chat_id"], "text": text or NO_WORDS}
    if "reply_markup" in call.params:
        params["reply_markup"] = call.params["reply_markup"]
    return Call("sendMessage", params)


def keyboard(choices: tuple[Title, ...]) -> list[list[dict[str, str]]]:
    """Rows of inline buttons: short titles two in a row, long ones alone, order kept."""
    rows: list[list[dict[str, str]]] = []
    open_row = False
    for choice in choices:
        button = _button(choice)
        short = len(button["text"]) <= SHORT
        if short and open_row:
            rows[-1].append(button)
            open_row = False
        else:
            rows.append([button])
            open_row = short
    return rows


def _words(spoken: Spoken) -> tuple[str, dict[str, Any] | None]:
    """Text and reply markup; a link that cannot be a button goes under the text."""
    links = [c for c in spoken.choices if c.url and not _linkable(c.url)]
    if not links:
        buttons = keyboard(spoken.choices)
        return spoken.text, {"inline_keyboard": buttons} if buttons else None
    text = "\n".join([spoken.text, *(f"{_label(link)}: {link.url}" for link in links)])
    buttons = keyboard(tuple(c for c in spoken.choices if c not in links))
    return text, {"inline_keyboard": buttons} if buttons else None


def _linkable(url: str) -> bool:
    """Telegram refuses the whole message over a button to a host without a dot (`localhost`)."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")


def _label(choice: Title) -> str:
    return f"{choice.key} {choice.title}" if choice.key else choice.title


def _button(choice: Title) -> dict[str, str]:
    if choice.url:
        return {"text": _label(choice), "url": choice.url}
    return {"text": _label(choice), "callback_data": choice.id}


def _texts(chat: int, text: str, markup: dict[str, Any] | None) -> list[Call]:
    if len(text) <= MAX_TEXT // 2 and text.strip():  # cannot be too long in UTF-16 either
        params: dict[str, Any] = {"chat_id": chat, "text": text}
        if markup:
            params["reply_markup"] = markup
        return [Call("sendMessage", params)]
    parts = split(text) or [NO_WORDS]
    calls = [Call("sendMessage", {"chat_id": chat, "text": part}) for part in parts[:-1]]
    last: dict[str, Any] = {"chat_id": chat, "text": parts[-1]}
    if markup:
        last["reply_markup"] = markup
    return [*calls, Call("sendMessage", last)]


def _media(
    method: str,
    chat: int,
    attached: Attached,
    caption: str = "",
    markup: dict[str, Any] | None = None,
) -> Call:
    params: dict[str, Any] = {"chat_id": chat}
    if caption:
        params["caption"] = caption
    if markup:
        params["reply_markup"] = markup
    field = "photo" if method == "sendPhoto" else "voice"
    if attached.upload is None:
        return Call(method, params | {field: attached.file_id}, ref=attached.ref)
    return Call(method, params, {field: attached.upload}, attached.ref)
