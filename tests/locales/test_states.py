"""A line of signs and holes alone speaks the listener's language through what fills it."""

from __future__ import annotations

from bot.shop.says import Code, Money, Say, Word
from bot.words.book import load_books
from bot.words.speak import Speaker
from tests.source import ROOT


def test_an_orders_state_is_said_in_mong() -> None:
    speaker = Speaker(load_books(ROOT / "locales"))
    fields = {"code": Code("ZJ4K2P9QJ"), "state": Word("state-packed"), "total": Money(85_000)}
    assert (
        speaker.speak(Say("order-short", fields), "hmn@rpa").text
        == "ZJ 4K2 P9Q J: ntim lawm, 85.000đ"
    )
    assert "đã gói" in speaker.speak(Say("order-short", fields), "vi").text
