"""Captured shapes of updates → what the person said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiogram.types import Update

from bot.channels.telegram.parse import News, news_of, parse, rescue
from bot.talk.heard import Heard
from tests.channels.telegram.shop import CHAT, PERSON, member, message, tap

NOW = 1795000123
SIZES = [
    {"file_id": "small", "file_unique_id": "u1", "width": 90, "height": 60},
    {"file_id": "large", "file_unique_id": "u2", "width": 1280, "height": 900, "file_size": 9999},
]
VOICE = {"file_id": "v", "file_unique_id": "u3", "duration": 2, "mime_type": "audio/ogg"}
STICKER = {
    "file_id": "s",
    "file_unique_id": "u4",
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
    "emoji": "👍",
}
DOCUMENT = {"file_id": "d", "file_unique_id": "u5", "file_name": "a.pdf"}
ANIMATION = {"file_id": "g", "file_unique_id": "u6", "width": 1, "height": 1, "duration": 1}


async def _keep(file_id: str, person: str, kind: str) -> str:
    return f"media/{kind}-{file_id}-of-{person}"


async def _lose(file_id: str, person: str, kind: str) -> str:
    return ""


async def _hear(body: dict[str, Any], keep: Any = _keep) -> list[Heard]:
    return await parse(Update.model_validate_json(json.dumps(body)), keep, NOW)


@pytest.mark.parametrize(
    "text", ["chốt A1 2kg", "/start", "/start khoai-sam_1", "/kho sam-dat 20"]
)
async def test_text_and_commands_are_text(text: str) -> None:
    assert await _hear(message(7, text=text)) == [Heard("tg", PERSON, "7", "text", text, at=NOW)]


async def test_a_tap_brings_the_choice_id() -> None:
    assert await _hear(tap(8, "co:x1:yes")) == [
        Heard("tg", PERSON, "8", "tap", "co:x1:yes", at=NOW)
    ]


async def test_a_tap_under_a_message_too_old_to_see() -> None:
    old = tap(8, "co:x1:yes")
    old["callback_query"]["message"] = {
        "chat": {"id": CHAT, "type": "private"},
        "message_id": 5,
        "date": 0,
    }
    assert [heard.text for heard in await _hear(old)] == ["co:x1:yes"]


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ("84912345678", "+84912345678"),
        ("+84 912 345 678", "+84912345678"),
        ("0912345678", "0912345678"),
    ],
)
@pytest.mark.parametrize("owner", [{"user_id": CHAT}, {"user_id": 5}, {}])
async def test_own_and_forwarded_contacts_bring_the_phone_number(
    given: str, number: str, owner: dict[str, int]
) -> None:
    contact = {"phone_number": given, "first_name": "Mẹ"} | owner
    assert await _hear(message(9, contact=contact)) == [
        Heard("tg", PERSON, "9", "contact", number, at=NOW)
    ]


async def test_a_location_is_a_place() -> None:
    spot = {"latitude": 22.36, "longitude": 103.25}
    (heard,) = await _hear(message(10, location=spot))
    assert (heard.kind, heard.place) == ("place", (22.36, 103.25))


async def test_the_largest_photo_is_kept_with_its_caption() -> None:
    (heard,) = await _hear(message(11, photo=SIZES, caption="chè mới"))
    assert (heard.kind, heard.media, heard.text) == (
        "photo",
        f"media/photo-large-of-{PERSON}",
        "chè mới",
    )


async def test_a_video_is_kept_with_its_caption() -> None:
    (heard,) = await _hear(message(11, video=ANIMATION, caption="hồng giòn 30k"))
    kept = f"media/video-{ANIMATION['file_id']}-of-{PERSON}"
    assert (heard.kind, heard.media, heard.text) == ("video", kept, "hồng giòn 30k")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ({"video": ANIMATION | {"file_size": 60_000_000}}, "video-too-large"),
        ({"voice": VOICE | {"file_size": 20_971_521}}, "voice-too-large"),
        ({"voice": VOICE | {"duration": 3600}}, "voice-too-large"),
    ],
)
async def test_what_is_too_large_is_not_even_fetched(content: Any, name: str) -> None:
    async def never(file_id: str, person: str, kind: str) -> str:
        raise AssertionError(file_id)

    (heard,) = await _hear(message(12, **content), never)
    assert (heard.kind, heard.text) == ("unsupported", name)


async def test_a_voice_note_is_kept() -> None:
    (heard,) = await _hear(message(12, voice=VOICE))
    assert (heard.kind, heard.media) == ("voice", f"media/voice-v-of-{PERSON}")


@pytest.mark.parametrize(
    ("content", "name"), [({"photo": SIZES}, "photo"), ({"voice": VOICE}, "voice")]
)
async def test_what_cannot_be_downloaded_is_said_to_be_unusable(content: Any, name: str) -> None:
    (heard,) = await _hear(message(13, **content), _lose)
    assert (heard.kind, heard.text) == ("unsupported", name)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ({"sticker": STICKER}, "sticker"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "dice"),
        ({"document": DOCUMENT}, "document"),
        ({"animation": ANIMATION, "document": DOCUMENT}, "animation"),
        ({"video_note": DOCUMENT | {"length": 1, "duration": 1}}, "video_note"),
        ({"audio": DOCUMENT | {"duration": 1}}, "audio"),
    ],
)
async def test_what_the_shop_cannot_use_comes_with_its_name(content: Any, name: str) -> None:
    (heard,) = await _hear(message(14, **content))
    assert (heard.kind, heard.text) == ("unsupported", name)


@pytest.mark.parametrize(
    "body",
    [
        message(15, -100, "supergroup", text="chào cả nhà"),
        {"update_id": 15, "edited_message": message(15, text="sửa")["message"]},
        {"update_id": 15, "channel_post": message(15, -5, "channel", text="tin")["message"]},
        message(15, pinned_message=message(2, text="ghim")["message"]),
        member(15, "kicked"),
        {"update_id": 15},
        {"update_id": 15, "from_the_future": {"a": 1}},
    ],
)
async def test_what_is_not_for_us_is_left_alone(body: dict[str, Any]) -> None:
    assert await _hear(body) == []


async def test_a_button_in_a_group_is_acknowledged_but_not_heard() -> None:
    body = tap(16)
    body["callback_query"]["message"]["chat"] = {"id": -7, "type": "group", "title": "Chợ"}
    assert await _hear(body) == []
    news = news_of(Update.model_validate(body))
    assert (news.query, news.chat) == ("q16", 0)


def test_leaving_and_coming_back() -> None:
    gone = news_of(Update.model_validate(member(17, "kicked")))
    back = news_of(Update.model_validate(member(18, "member")))
    assert (gone.chat, gone.left, back.left) == (CHAT, True, False)


def test_an_update_newer_than_the_library_is_answered_all_the_same() -> None:
    odd = message(19, text=["not", "a", "string"])
    news = rescue(json.dumps(odd).encode(), NOW)
    assert news == News(
        19, CHAT, heard=Heard("tg", PERSON, "19", "unsupported", "unreadable", at=NOW)
    )
    press = tap(20, "co:1")
    press["callback_query"]["chat_instance"] = {}
    news = rescue(json.dumps(press).encode(), NOW)
    assert news == News(20, CHAT, "q20", heard=Heard("tg", PERSON, "20", "tap", "co:1", at=NOW))
    assert rescue(b'{"update_id":21,"message":{"chat":"?"}}', NOW) == News(21)
    with pytest.raises(ValueError, match="update_id"):
        rescue(b'{"hello":1}', NOW)


async def test_a_trap_in_the_update_is_not_silence() -> None:
    async def trap(file_id: str, person: str, kind: str) -> str:
        raise RuntimeError("a bug in the media store")

    (heard,) = await _hear(message(22, voice=VOICE), trap)
    assert (heard.kind, heard.text) == ("unsupported", "unreadable")
