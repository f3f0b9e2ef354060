"""Spoken → calls: one message stays one, limits are kept, words stay plain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.calls import length, menu, split
from bot.channels.telegram.render import Attached, keyboard, render, wordless
from bot.words.spoken import Spoken, Title

PHOTO = Attached("product/che", "photo-1")
VOICE = Attached("clip/hello", "voice-1")
BUY = Title("buy:che:1", "Lấy 300 g", "1")


def test_words_and_buttons_are_one_plain_message() -> None:
    (call,) = render(9, Spoken("offer", "Chè <b>Shan</b> *tuyết* _1_", (BUY,)))
    assert call.method == "sendMessage"
    assert call.params == {
        "chat_id": 9,
        "text": "Chè <b>Shan</b> *tuyết* _1_",
        "reply_markup": {
            "inline_keyboard": [[{"text": "1 Lấy 300 g", "callback_data": "buy:che:1"}]]
        },
    }


def test_short_titles_pair_up_and_long_ones_stand_alone() -> None:
    titles = ("Chè", "Gạo", "Mật ong", "Một tên hàng rất dài để đọc", "Măng", "Quay lại")
    keys = ("1", "2", "3", "4", "5", "0")
    rows = keyboard(tuple(Title(k, t, k) for k, t in zip(keys, titles, strict=True)))
    assert [[button["callback_data"] for button in row] for row in rows] == [
        ["1", "2"],
        ["3"],
        ["4"],
        ["5", "0"],
    ]


def test_a_link_is_a_button_unless_telegram_would_refuse_it() -> None:
    clip = Title("", "Xem phim", "", "https://example.vn/clip")
    local = Title("", "Trang web", "2", "http://localhost:8080/x")
    (call,) = render(9, Spoken("links", "Mời xem", (clip, local)))
    assert call.params["reply_markup"]["inline_keyboard"] == [
        [{"text": "Xem phim", "url": "https://example.vn/clip"}]
    ]
    assert call.params["text"] == "Mời xem\n2 Trang web: http://localhost:8080/x"


def test_a_picture_carries_the_words() -> None:
    (call,) = render(9, Spoken("card", "Chè", (BUY,)), PHOTO)
    assert (call.method, call.params["photo"], call.params["caption"]) == (
        "sendPhoto",
        "photo-1",
        "Chè",
    )
    assert call.params["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "buy:che:1"


def test_words_too_long_for_a_caption_follow_the_picture_with_the_buttons() -> None:
    photo, words = render(9, Spoken("card", "a" * 1025, (BUY,)), PHOTO)
    assert photo.params == {"chat_id": 9, "photo": "photo-1"}
    assert words.method == "sendMessage"
    assert "reply_markup" in words.params


def test_caption_length_is_counted_in_utf16_units() -> None:
    assert len(render(9, Spoken("card", "é" * 1024), PHOTO)) == 1
    assert len(render(9, Spoken("card", "🌿" * 512), PHOTO)) == 1
    assert len(render(9, Spoken("card", "🌿" * 513), PHOTO)) == 2


def test_a_clip_carries_the_words_too() -> None:
    (call,) = render(9, Spoken("hello", "Chào", (BUY,)), voice=VOICE)
    assert (call.method, call.params["voice"], call.params["caption"]) == (
        "sendVoice",
        "voice-1",
        "Chào",
    )


def test_picture_and_clip_are_two_messages_with_the_buttons_on_the_last() -> None:
    voice, photo = render(9, Spoken("card", "Chè", (BUY,)), PHOTO, VOICE)
    assert voice.params == {"chat_id": 9, "voice": "voice-1"}
    assert photo.method == "sendPhoto"
    assert "reply_markup" in photo.params


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_blank_words_are_never_sent(text: str) -> None:
    (call,) = render(9, Spoken("empty", text, (BUY,)))
    assert call.params["text"] == "…"


def test_long_words_break_at_paragraph_then_line_then_space() -> None:
    assert split("a" * 50 + "\n\n" + "b" * 60, 100) == ["a" * 50, "b" * 60]
    assert split("a" * 50 + "\n" + "b" * 60, 100) == ["a" * 50, "b" * 60]
    assert split("a" * 50 + " " + "b" * 60, 100) == ["a" * 50, "b" * 60]
    assert split("a" * 150, 100) == ["a" * 100, "a" * 50]
    assert split("a\n\n" + "b" * 60 + "\n" + "c" * 60, 100)[0] == "a\n\n" + "b" * 60


def test_buttons_stand_on_the_last_part_only() -> None:
    calls = render(9, Spoken("long", "dòng chữ\n" * 1000, (BUY,)))
    assert len(calls) == 3
    assert ["reply_markup" in call.params for call in calls] == [False, False, True]


@given(st.text(max_size=300), st.integers(min_value=2, max_value=40))
def test_parts_fit_and_nothing_but_blanks_is_lost(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(part.strip() and length(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_refused_picture_leaves_its_words() -> None:
    (call,) = render(9, Spoken("card", "Chè", (BUY,)), PHOTO)
    words = wordless(call)
    assert words is not None
    assert words.params == {
        "chat_id": 9,
        "text": "Chè",
        "reply_markup": call.params["reply_markup"],
    }
    bare = render(9, Spoken("card", "a" * 2000), PHOTO)[0]
    assert wordless(bare) is None


def test_the_command_menu_belongs_to_one_chat() -> None:
    call = menu(9, [("gio", "Giỏ hàng"), ("don", "Đơn của tôi")])
    assert call.params["scope"] == {"type": "chat", "chat_id": 9}
    assert call.params["commands"][0] == {"command": "gio", "description": "Giỏ hàng"}


def test_what_is_read_aloud_comes_first_and_the_buttons_last() -> None:
    sound = (Attached("media/1", "voice-2"), Attached("media/2", "voice-3"))
    one, two, photo = render(9, Spoken("card", "Chè", (BUY,)), PHOTO, sound=sound)
    assert one.params == {"chat_id": 9, "voice": "voice-2"}
    assert two.params == {"chat_id": 9, "voice": "voice-3"}
    assert (photo.method, photo.params["caption"]) == ("sendPhoto", "Chè")
    assert "reply_markup" in photo.params
    *_, clip, words = render(9, Spoken("card", "a" * 1025, (BUY,)), None, VOICE, sound)
    assert (clip.params["voice"], words.method) == ("voice-1", "sendMessage")
    assert "reply_markup" in render(9, Spoken("hi", "Chào", (BUY,)), sound=sound)[-1].params
