"""Speaking first, end to end against the stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from msgspec import structs

from bot.channels.base import Channel, TryLater, Undeliverable, Unsure
from bot.channels.pace import LocalPace
from bot.channels.telegram.speak import TelegramSpeaker
from bot.words.spoken import Spoken, Title
from tests.channels.telegram.bot_api import TOKEN, BotApi
from tests.channels.telegram.shop import CHAT, PERSON, Shelf

NEWS = Spoken("order-packed", "Đơn <ZJ4K2> đã gói", (Title("o:1", "Xem đơn", "1"),), kind="order")


class Speaking:
    def __init__(self, api: BotApi) -> None:
        self.api = api
        self.pace = LocalPace(float("inf"), chat_gap=0)
        self.shelf = Shelf(product_che=(b"picture", "image/jpeg"))
        self.speaker = TelegramSpeaker(TOKEN, pace=self.pace, pictures=self.shelf, api=api.url)


@pytest.fixture
async def shop(api: BotApi) -> AsyncIterator[Speaking]:
    shop = Speaking(api)
    async with shop.speaker:
        yield shop


async def test_it_keeps_the_channel_promise(shop: Speaking) -> None:
    channel: Channel = shop.speaker
    assert (channel.name, channel.may_send(PERSON, "reminder", 0)) == ("tg", "")
    assert channel.abilities.max_text == 4096


async def test_words_and_buttons_arrive_plain(shop: Speaking) -> None:
    await shop.speaker.send(PERSON, NEWS)
    (seen,) = shop.api.taken()
    assert seen.method == "sendMessage"
    assert seen.params == {
        "chat_id": CHAT,
        "text": "Đơn <ZJ4K2> đã gói",
        "reply_markup": {"inline_keyboard": [[{"text": "1 Xem đơn", "callback_data": "o:1"}]]},
    }


async def test_a_picture_is_uploaded_once(shop: Speaking) -> None:
    for chat in (1, 2, 3):
        await shop.speaker.send(f"tg:{chat}", Spoken("card", "Chè", picture="product/che"))
    photos = shop.api.taken("sendPhoto")
    assert [bool(photo.files) for photo in photos] == [True, False, False]
    assert shop.shelf.ids == {("tg", "4242", "product/che"): "photo-0"}


async def test_too_many_requests_silences_the_whole_token(shop: Speaking) -> None:
    shop.api.fail("sendMessage", 429, "Too Many Requests: retry after 17", retry_after=17)
    with pytest.raises(TryLater) as first:
        await shop.speaker.send(PERSON, NEWS)
    assert (first.value.seconds, first.value.whole) == (17, True)
    with pytest.raises(TryLater) as second:
        await shop.speaker.send("tg:901", NEWS)
    assert second.value.whole
    assert 15 < second.value.seconds <= 17
    assert len(shop.api.seen) == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: something about this message"),
    ],
)
async def test_what_will_never_work_is_undeliverable(
    shop: Speaking, status: int, words: str
) -> None:
    shop.api.fail("sendMessage", status, words)
    with pytest.raises(Undeliverable):
        await shop.speaker.send(PERSON, NEWS)
    assert len(shop.api.seen) == 1


@pytest.mark.parametrize("status", [500, 502])
async def test_a_broken_telegram_is_tried_later(shop: Speaking, status: int) -> None:
    shop.api.fail("sendMessage", status, "Bad Gateway")
    with pytest.raises(TryLater) as later:
        await shop.speaker.send(PERSON, NEWS)
    assert not isinstance(later.value, Unsure)
    await shop.speaker.send(PERSON, NEWS)
    assert len(shop.api.texts()) == 1


async def test_a_line_that_breaks_on_the_way_is_unsure(shop: Speaking) -> None:
    shop.api.fail("sendMessage", 0)
    with pytest.raises(Unsure):
        await shop.speaker.send(PERSON, NEWS)


async def test_no_connection_at_all_is_sure_not_to_have_arrived(shop: Speaking) -> None:
    await shop.api.stop()
    with pytest.raises(TryLater) as later:
        await shop.speaker.send(PERSON, NEWS)
    assert not isinstance(later.value, Unsure)


async def test_a_wrong_token_is_a_wait_for_everybody(shop: Speaking) -> None:
    shop.api.token = "other"
    with pytest.raises(TryLater) as later:
        await shop.speaker.send(PERSON, NEWS)
    assert later.value.whole


async def test_a_refused_picture_leaves_the_words(shop: Speaking) -> None:
    shop.api.fail("sendPhoto", 400, "Bad Request: IMAGE_PROCESS_FAILED")
    await shop.speaker.send(PERSON, Spoken("card", "Chè", picture="product/che"))
    assert shop.api.texts() == ["Chè"]


async def test_the_end_of_a_long_message_is_insisted_on(shop: Speaking) -> None:
    shop.api.fail("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    await shop.speaker.send(PERSON, Spoken("card", "chữ " * 500, picture="product/che"))
    assert [seen.method for seen in shop.api.taken()] == ["sendPhoto", "sendMessage"]


async def test_every_send_takes_a_slot(shop: Speaking) -> None:
    shop.pace.pause(0.05)
    before = shop.pace.paused()
    assert before > 0
    await shop.speaker.send(PERSON, NEWS)
    assert shop.pace.paused() == 0
    assert len(shop.api.texts()) == 1


SAID = ("media/one", "media/two")


async def test_a_letter_is_read_aloud_before_its_words(shop: Speaking) -> None:
    shop.shelf.files |= dict.fromkeys(SAID, (b"OggS", "audio/ogg"))
    for chat in (1, 2):
        await shop.speaker.send(f"tg:{chat}", structs.replace(NEWS, sound=SAID))
    seen = shop.api.taken()
    assert [call.method for call in seen] == ["sendVoice", "sendVoice", "sendMessage"] * 2
    assert [bool(call.files) for call in seen] == [True, True, False] + [False] * 3
    assert "reply_markup" in seen[-1].params


async def test_sound_telegram_refuses_costs_no_words(shop: Speaking) -> None:
    shop.shelf.files |= dict.fromkeys(SAID, (b"OggS", "audio/ogg"))
    for _ in SAID:
        shop.api.fail("sendVoice", 400, "Bad Request: VOICE_MESSAGES_FORBIDDEN")
    await shop.speaker.send(PERSON, structs.replace(NEWS, sound=SAID))
    assert [call.method for call in shop.api.taken()] == ["sendMessage"]
    shop.shelf.ids["tg", "4242", SAID[0]] = "of-another-bot"
    shop.speaker._album._known.clear()
    await shop.speaker.send(PERSON, structs.replace(NEWS, sound=SAID[:1]))
    await shop.speaker.send(PERSON, structs.replace(NEWS, sound=SAID[:1]))
    taken = [call.method for call in shop.api.taken()]
    assert taken == ["sendMessage", "sendMessage", "sendVoice", "sendMessage"]
    shop.api.fail("sendVoice", 403, "Forbidden: bot was blocked by the user")
    with pytest.raises(Undeliverable):
        await shop.speaker.send(PERSON, structs.replace(NEWS, sound=SAID))
