"""What the chat page is told of a message."""

from __future__ import annotations

import msgspec

from bot.channels.terminal.channel import as_text
from bot.channels.web.render import answer_json, shown
from bot.talk.ports import Answer
from bot.words.spoken import Spoken, Title

REFS = ("media/" + "a" * 64, "media/" + "b" * 64)


def test_sound_is_told_by_its_addresses_in_order() -> None:
    assert shown(Spoken("hi", "Chào", sound=REFS), 3).sound == tuple(f"/{ref}" for ref in REFS)
    answer = Answer("web:1", "e", (Spoken("hi", "Chào", sound=REFS), Spoken("no", "Thôi")))
    first, second = msgspec.json.decode(answer_json(answer))["messages"]
    assert first["sound"] == [f"/{ref}" for ref in REFS]
    assert "sound" not in second  # who reads pays nothing for it


def test_a_terminal_names_what_would_be_heard() -> None:
    said = as_text(Spoken("hi", "Chào", (Title("m", "Mua", "1"),), sound=REFS[:1]))
    assert said.splitlines() == [f"🔊 {REFS[0]}", "Chào", "1 Mua"]
