"""Each library's types check what the other sends, and both against Telegram's limits."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import aiogram.methods
import pytest
from aiogram.types import BufferedInputFile
from telegram import Bot, BotCommandScope, InlineKeyboardMarkup
from telegram.constants import (
    FileSizeLimit,
    InlineKeyboardButtonLimit,
    MessageLimit,
)

from bot.channels.telegram import calls
from bot.channels.telegram.calls import Call, Upload, acknowledge, length, menu
from bot.channels.telegram.render import Attached, render
from bot.words.spoken import Spoken, Title

LONGEST_ID = "c" * 40
CHOICES = (
    Title("a:1", "Một", "1"),
    Title(LONGEST_ID, "Rất dài " * 9, "2"),
    Title("", "Phim", "", "https://example.vn"),
    Title("0", "Quay lại", "0"),
)
MEDIA = (
    None,
    Attached("product/che", "known-id"),
    Attached("product/che", upload=Upload("che.jpg", b"picture", "image/jpeg")),
)


def _calls() -> Iterator[Call]:
    yield acknowledge("q1")
    yield menu(9, [("gio", "Giỏ hàng")])
    for words in ("Chào", "", "<b>&*_[" * 300, "🌿dòng\n" * 3000):
        for photo in MEDIA:
            for voice in MEDIA:
                yield from render(9, Spoken("x", words, CHOICES), photo, voice)
    yield from render(9, Spoken("x", "Chào", CHOICES), None, None, [m for m in MEDIA if m])


EVERY = list(_calls())


def _given(call: Call) -> dict[str, Any]:
    return {**call.params, **call.files}


def test_every_method_is_covered() -> None:
    assert {call.method for call in EVERY} == {
        "sendMessage",
        "sendPhoto",
        "sendVoice",
        "answerCallbackQuery",
        "setMyCommands",
    }


@pytest.mark.parametrize("method", sorted({call.method for call in EVERY}))
def test_python_telegram_bot_takes_the_parameters(method: str) -> None:
    typed = getattr(Bot, re.sub("[A-Z]", lambda m: f"_{m[0].lower()}", method))
    signature = inspect.signature(typed)
    for call in EVERY:
        if call.method == method:
            bound = signature.bind(None, **_given(call))  # TypeError if one is missing or unknown
            assert set(bound.arguments) - {"self"} == set(_given(call))


@pytest.mark.parametrize("method", sorted({call.method for call in EVERY}))
def test_aiogram_reads_every_parameter_unchanged(method: str) -> None:
    typed = getattr(aiogram.methods, method[0].upper() + method[1:])
    for call in EVERY:
        if call.method == method:
            files = {n: BufferedInputFile(up.data, up.name) for n, up in call.files.items()}
            read = typed.model_validate({**call.params, **files})
            assert not read.model_extra
            kept = read.model_dump(mode="json", exclude_unset=True, exclude=set(files))
            assert kept == dict(call.params)


def test_python_telegram_bot_reads_keyboards_and_scopes_unchanged() -> None:
    markups = [call.params["reply_markup"] for call in EVERY if "reply_markup" in call.params]
    assert markups
    for markup in markups:
        assert InlineKeyboardMarkup.de_json(markup).to_dict() == markup
    scope = menu(9, [])
    assert BotCommandScope.de_json(scope.params["scope"]).to_dict() == scope.params["scope"]


def test_limits_are_the_ones_the_library_knows() -> None:
    assert calls.MAX_TEXT == MessageLimit.MAX_TEXT_LENGTH
    assert calls.MAX_CAPTION == MessageLimit.CAPTION_LENGTH
    assert calls.MAX_CALLBACK_BYTES == InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
    assert calls.MAX_DOWNLOAD <= FileSizeLimit.FILESIZE_DOWNLOAD * 1.05
    assert calls.MAX_UPLOAD_PHOTO <= FileSizeLimit.PHOTOSIZE_UPLOAD * 1.05


def test_no_call_passes_a_limit() -> None:
    for call in EVERY:
        assert length(call.params.get("text", "")) <= MessageLimit.MAX_TEXT_LENGTH
        assert length(call.params.get("caption", "")) <= MessageLimit.CAPTION_LENGTH
        rows = call.params.get("reply_markup", {}).get("inline_keyboard", [])
        for button in (button for row in rows for button in row):
            data = button.get("callback_data", "x").encode()
            assert 1 <= len(data) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
