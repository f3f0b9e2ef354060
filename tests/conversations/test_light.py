"""Little data: no picture and no sound until asked, and the last state in few words."""

from __future__ import annotations

from tests.conversations.stage import Message, Stage


def ids(message: Message) -> list[str]:
    return [c["id"] for c in message["choices"]]


def has_media(message: Message) -> bool:
    return bool(message.get("picture") or message.get("clip") or message.get("sound"))


async def test_nothing_to_see_until_it_is_asked_for(stage: Stage) -> None:
    assert has_media(await stage.say("an", "sâm đất"))
    await stage.say("an", "ít dữ liệu")
    for words in ("sâm đất", "hàng đang mùa", "mật ong", "giỏ"):
        got = [m for m in await stage.play(person="an", text=words) if m["to"] == "an"]
        assert not any(map(has_media, got)), words
    card = await stage.say("an", "sâm đất")
    assert ids(card)[-2:] == ["see", "back"]
    shown = await stage.say("an", "xem hình, nghe")
    assert shown["id"] == "media-shown"
    assert has_media(shown)
    assert (await stage.say("an", "1"))["id"] == "cart-added"
    await stage.say("an", "xem đủ")
    assert has_media(await stage.say("an", "sâm đất"))


async def test_the_wish_is_kept_where_the_talk_is_not(stage: Stage) -> None:
    await stage.say("an", "ít dữ liệu")
    await stage.parts.sessions.forget("rehearse:an")
    assert not has_media(await stage.say("an", "sâm đất"))


async def test_a_screen_with_nothing_to_see_offers_nothing(stage: Stage) -> None:
    await stage.say("an", "ít dữ liệu")
    assert "see" not in ids(await stage.say("an", "giỏ"))
    assert (await stage.tap("an", "see"))["id"] == "cart-empty"


ROAD = [
    "chào shop", "hàng đang mùa", "sâm đất", "2 kg", "giỏ", "đặt hàng", "1", "0912345678",
    "Sùng Thị Mỷ", "12 Láng Hạ, Hà Nội", "1", "1", "đơn", "1", "live", "giúp", "tiếng Mông",
]  # fmt: skip


async def test_the_last_state_in_at_most_three_hundred_letters(stage: Stage) -> None:
    for lang in ("vi", "hmn@rpa", "hmn@chv"):
        person = f"p-{lang[-3:]}"
        await stage.tap(person, f"lang:{lang}")
        for words in ROAD:
            before = await stage.say(person, words)
            [got] = [m for m in await stage.play(person=person, text="gửi lại") if "text" in m]
            titles = [f"{c.get('key', '')} {c['title']}" for c in got["choices"]]
            assert len("\n".join((got["text"], *titles))) <= 300, (lang, words)
            assert not has_media(got)
            assert set(ids(got)) <= set(ids(before)), words
        assert len(await stage.rows("orders")) >= 1
