"""The webhook end to end: real HTTP in, real HTTP out, trouble on order."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.telegram import turns
from bot.channels.telegram.webhook import SECRET_HEADER, webhook_secret
from bot.talk.heard import Heard
from bot.talk.ports import Answer, Busy, StoreDown
from bot.words.spoken import Spoken, Title
from tests.channels.telegram.bot_api import TOKEN
from tests.channels.telegram.conftest import NOW, House
from tests.channels.telegram.shop import CHAT, PERSON, Drawer, TinyDesk, member, message, tap

ONE, TWO, THREE = Spoken("1", "một"), Spoken("2", "hai"), Spoken("3", "ba")


@pytest.fixture(autouse=True)
def _no_breath(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "BREATH", 0.0)


async def test_a_tap_is_acknowledged_heard_answered_and_marked(house: House) -> None:
    house.desk.messages = [Spoken("x", "Đã thêm", (Title("cart", "Giỏ", "1"),))]
    assert await house.status(tap(1, "buy:1")) == 200
    assert house.desk.heard == [Heard("tg", PERSON, "1", "tap", "buy:1", at=NOW)]
    (ack,) = house.api.taken("answerCallbackQuery")
    assert ack.params == {"callback_query_id": "q1"}
    assert house.api.texts(CHAT) == ["Đã thêm"]
    assert house.desk.marks == {"1": 1}


@pytest.mark.parametrize("text", ["/start", "/start bat-ky", "/kho sam-dat 20", "x" * 5000, "😀"])
async def test_any_text_is_answered(house: House, text: str) -> None:
    assert await house.status(message(1, text=text)) == 200
    assert house.desk.heard[0].text == text
    assert house.api.texts(CHAT) == ["Chào bạn"]


@pytest.mark.parametrize("secret", ["", "wrong", "quiet-secret2", "bí mật"])
async def test_a_wrong_secret_is_refused_before_anything_is_read(
    house: House, secret: str
) -> None:
    headers = {SECRET_HEADER: secret.encode().decode("latin-1")} if secret else {}
    async with house.client.post(house.url, data=b"not even json", headers=headers) as response:
        assert response.status == 401
    assert house.desk.heard == []


async def test_what_is_no_update_is_refused(house: House) -> None:
    assert await house.status({"hello": 1}) == 400
    assert await house.status("text") == 400


def test_the_secret_fits_telegrams_header() -> None:
    secret = webhook_secret("key", TOKEN)
    assert secret != webhook_secret("other", TOKEN)
    assert len(secret) == 64
    assert secret.isalnum()


async def test_a_redelivery_sends_nothing_twice(house: House) -> None:
    house.desk.messages = [ONE, TWO]
    assert await house.status(message(1, text="a")) == 200
    assert await house.status(message(1, text="a")) == 200
    assert house.api.texts() == ["một", "hai"]
    assert len(house.desk.heard) == 1


async def test_the_same_update_twice_at_once_is_answered_once(house: House) -> None:
    house.desk.messages = [ONE, TWO]
    update = message(1, text="a")
    statuses = await asyncio.gather(*(house.status(update) for _ in range(5)))
    assert set(statuses) == {200}
    assert house.api.texts() == ["một", "hai"]


async def test_telegram_down_in_the_middle_then_up_sends_only_what_is_missing(
    house: House,
) -> None:
    house.desk.messages = [ONE, TWO, THREE]

    class FallsAfterOne:
        """Telegram goes down once the first message of update 2 is through."""

        def __init__(self) -> None:
            self.inner = house.listener.post.say

        async def __call__(self, call: object) -> None:
            await self.inner(call)  # type: ignore[arg-type]
            if house.api.texts() == ["một"]:
                house.api.fail("sendMessage", 502, "Bad Gateway", times=99)

    house.listener.post.say = FallsAfterOne()  # type: ignore[method-assign]
    response = await house.post(message(2, text="a"))
    assert response.status == 503
    assert int(response.headers["Retry-After"]) >= 1
    assert (house.api.texts(), house.desk.marks["2"]) == (["một"], 1)
    house.api.heal()
    assert await house.status(message(2, text="a")) == 200
    assert (house.api.texts(), house.desk.marks["2"]) == (["một", "hai", "ba"], 3)


@pytest.mark.parametrize("status", [0, 500, 502])
async def test_one_stumble_is_ridden_out(house: House, status: int) -> None:
    house.api.fail("sendMessage", status, "restart")
    assert await house.status(message(1, text="a")) == 200
    assert house.api.texts() == ["Chào bạn"]


async def test_an_answer_that_is_not_the_bot_apis_counts_as_down(house: House) -> None:
    house.api.fail("sendMessage", 504, "x", times=2)
    assert await house.status(message(1, text="a")) == 503
    assert await house.status(message(1, text="a")) == 200
    assert house.api.texts() == ["Chào bạn"]


async def test_a_long_429_is_left_to_the_redelivery_and_silences_the_token(house: House) -> None:
    house.api.fail("sendMessage", 429, "Too Many Requests: retry after 30", retry_after=30)
    response = await house.post(message(1, text="a"))
    assert response.status == 503
    assert int(response.headers["Retry-After"]) >= 29
    assert house.pace.paused() > 25
    assert await house.status(message(2, 901, text="b")) == 503
    assert len(house.api.seen) == 1  # nobody else was sent anything either


async def test_a_short_429_is_sat_out(house: House) -> None:
    house.api.fail("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    assert await house.status(message(1, text="a")) == 200
    assert house.api.texts() == ["Chào bạn"]


async def test_who_blocked_the_bot_is_noted_and_not_tried_again(house: House) -> None:
    house.desk.messages = [ONE, TWO]
    house.api.fail("sendMessage", 403, "Forbidden: bot was blocked by the user")
    assert await house.status(message(1, text="a")) == 200
    assert house.left == [(PERSON, True)]
    assert await house.status(message(1, text="a")) == 200
    assert house.api.texts() == []


async def test_a_chat_that_is_not_there_counts_as_blocked(house: House) -> None:
    house.api.fail("sendMessage", 400, "Bad Request: chat not found")
    assert await house.status(message(1, text="a")) == 200
    assert house.left == [(PERSON, True)]


async def test_a_400_is_skipped_and_the_rest_goes_out(house: House) -> None:
    house.desk.messages = [ONE, TWO]
    house.api.fail("sendMessage", 400, "Bad Request: can't parse entities")
    assert await house.status(message(1, text="a")) == 200
    assert (house.api.texts(), house.desk.marks["1"]) == (["hai"], 2)


@pytest.mark.parametrize("trouble", [Busy(), StoreDown()])
async def test_a_desk_that_cannot_now_asks_for_a_resend(house: House, trouble: Exception) -> None:
    house.desk.trouble = [trouble]
    response = await house.post(tap(1))
    assert response.status == 503
    assert "Retry-After" in response.headers
    assert len(house.api.taken("answerCallbackQuery")) == 1
    assert await house.status(tap(1)) == 200
    assert house.api.texts() == ["Chào bạn"]


async def test_a_bug_at_the_desk_is_not_resent_for_a_day(house: House) -> None:
    house.desk.trouble = [RuntimeError("bug")]
    assert await house.status(tap(1)) == 200
    assert len(house.api.taken("answerCallbackQuery")) == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "Bad Request: query is too old and response timeout expired"),
        (500, "Internal Server Error"),
        (403, "Forbidden"),
        (0, ""),
    ],
)
async def test_a_press_that_cannot_be_acknowledged_is_answered_all_the_same(
    house: House, status: int, words: str
) -> None:
    house.api.fail("answerCallbackQuery", status, words)
    assert await house.status(tap(1)) == 200
    assert house.api.texts() == ["Chào bạn"]
    assert house.left == []


async def test_redis_leaving_after_the_answer_does_not_bring_it_twice(house: House) -> None:
    house.desk.mark_trouble = [StoreDown()]
    assert await house.status(message(1, text="a")) == 200
    assert house.api.texts() == ["Chào bạn"]


async def test_leaving_and_coming_back_are_told(house: House) -> None:
    assert await house.status(member(1, "kicked")) == 200
    assert await house.status(member(2, "member")) == 200
    assert house.left == [(PERSON, True), (PERSON, False)]
    assert house.desk.heard == []


async def test_groups_and_edits_get_nothing(house: House) -> None:
    assert await house.status(message(1, -5, "group", text="a")) == 200
    edited = {"update_id": 2, "edited_message": message(2, text="b")["message"]}
    assert await house.status(edited) == 200
    assert (house.desk.heard, house.api.seen) == ([], [])


async def test_an_update_newer_than_the_library_is_answered(house: House) -> None:
    assert await house.status(message(1, text={"rich": "words"})) == 200
    assert house.desk.heard[0].kind == "unsupported"
    assert house.api.texts() == ["Chào bạn"]


async def test_a_voice_note_is_downloaded_and_kept(house: House) -> None:
    house.api.files["note"] = b"OggS-voice"
    note = {"file_id": "note", "file_unique_id": "u", "duration": 1}
    assert await house.status(message(1, voice=note)) == 200
    (heard,) = house.desk.heard
    assert heard.kind == "voice"
    assert house.drawer.kept[heard.media] == (b"OggS-voice", "audio/ogg", PERSON)


async def test_a_file_that_cannot_be_had_is_unsupported_not_silence(house: House) -> None:
    gone = {"file_id": "gone", "file_unique_id": "u", "duration": 1}
    assert await house.status(message(1, voice=gone)) == 200
    house.api.files["big"] = b"x" * (20 * 2**20 + 1)
    big = {"file_id": "big", "file_unique_id": "u", "duration": 1}
    assert await house.status(message(2, voice=big)) == 200
    assert [(heard.kind, heard.text) for heard in house.desk.heard] == [
        ("unsupported", "voice"),
        ("unsupported", "voice"),
    ]
    assert len(house.api.texts()) == 2
    assert house.drawer.kept == Drawer().kept


async def test_a_picture_is_uploaded_once_for_everybody(house: House) -> None:
    house.shelf.files["product/che"] = (b"\xff\xd8picture", "image/jpeg")
    house.desk.messages = [Spoken("card", "Chè", (Title("b", "Lấy", "1"),), "product/che")]
    updates = [message(n, 900 + n, text="a") for n in range(1, 7)]
    assert set(await asyncio.gather(*map(house.status, updates))) == {200}
    photos = house.api.taken("sendPhoto")
    assert len(photos) == 6
    assert [photo.files for photo in photos if photo.files] == [{"photo": b"\xff\xd8picture"}]
    assert all(photo.params["caption"] == "Chè" for photo in photos)
    assert all("inline_keyboard" in photo.params["reply_markup"] for photo in photos)
    assert house.shelf.reads == 1
    assert house.shelf.ids == {("tg", "4242", "product/che"): "photo-0"}


async def test_a_clip_is_a_voice_message(house: House) -> None:
    house.shelf.files["clip/hello"] = (b"OggS", "audio/ogg")
    house.desk.messages = [Spoken("hi", "Chào", clip="clip/hello")]
    assert await house.status(message(1, text="a")) == 200
    (voice,) = house.api.taken("sendVoice")
    assert (voice.files, voice.params["caption"]) == ({"voice": b"OggS"}, "Chào")


SAID = ("media/one", "media/two")


async def test_a_message_is_read_aloud_before_its_buttons(house: House) -> None:
    """Each clip is uploaded once, however many hear it."""
    house.shelf.files |= {ref: (b"OggS" + ref.encode(), "audio/ogg") for ref in SAID}
    house.desk.messages = [Spoken("hi", "Chào", (Title("m", "Mua", "1"),), sound=SAID)]
    for n in (1, 2):
        assert await house.status(message(n, 900 + n, text="a")) == 200
    methods = [seen.method for seen in house.api.taken()]
    assert methods == ["sendVoice", "sendVoice", "sendMessage"] * 2
    voices = house.api.taken("sendVoice")
    sent = [voice.files.get("voice") for voice in voices]
    assert sent == [b"OggSmedia/one", b"OggSmedia/two", None, None]
    assert not any({"caption", "reply_markup"} & set(voice.params) for voice in voices)
    assert all("reply_markup" in words.params for words in house.api.taken("sendMessage"))


async def test_sound_that_cannot_be_sent_costs_no_words(house: House) -> None:
    """Who takes no voice messages, and a file that is gone."""
    house.shelf.files["media/one"] = (b"OggS", "audio/ogg")
    house.desk.messages = [Spoken("hi", "Chào", (Title("m", "Mua", "1"),), sound=SAID)]
    house.api.fail("sendVoice", 400, "Bad Request: VOICE_MESSAGES_FORBIDDEN")
    assert await house.status(message(1, text="a")) == 200
    assert [seen.method for seen in house.api.taken()] == ["sendMessage"]


async def test_a_lost_picture_leaves_the_words(house: House) -> None:
    house.desk.messages = [Spoken("card", "Chè", picture="product/none")]
    assert await house.status(message(1, text="a")) == 200
    assert house.api.texts() == ["Chè"]


async def test_a_file_id_telegram_forgot_is_replaced_by_words_then_uploaded(house: House) -> None:
    house.shelf.files["product/che"] = (b"picture", "image/jpeg")
    house.shelf.ids["tg", "4242", "product/che"] = "of-another-bot"
    house.desk.messages = [Spoken("card", "Chè", picture="product/che")]
    assert await house.status(message(1, text="a")) == 200
    assert [seen.method for seen in house.api.taken()] == ["sendMessage"]
    assert await house.status(message(2, text="a")) == 200
    assert house.api.taken("sendPhoto")[0].files == {"photo": b"picture"}
    assert await house.status(message(3, text="a")) == 200
    assert [bool(photo.files) for photo in house.api.taken("sendPhoto")] == [True, False]
    assert house.shelf.ids["tg", "4242", "product/che"] == "photo-0"


async def test_a_person_who_takes_no_voice_gets_the_words(house: House) -> None:
    house.shelf.files["clip/hello"] = (b"OggS", "audio/ogg")
    house.desk.messages = [Spoken("hi", "Chào", (Title("m", "Mua", "1"),), clip="clip/hello")]
    house.api.fail("sendVoice", 400, "Bad Request: VOICE_MESSAGES_FORBIDDEN")
    assert await house.status(message(1, text="a")) == 200
    (words,) = house.api.taken("sendMessage")
    assert words.params["text"] == "Chào"
    assert "reply_markup" in words.params


async def test_answers_of_one_person_leave_in_order_and_others_do_not_wait(house: House) -> None:
    class Echo(TinyDesk):
        async def hear(self, heard: Heard) -> Answer:
            answer = await super().hear(heard)
            said = (Spoken("e", f"{heard.text} a"), Spoken("e", f"{heard.text} b"))
            return Answer(answer.person, answer.event_id, said, answer.sent)

    house.listener._turns._desk = Echo()
    house.api.fail("sendMessage", 500, "slow", delay=0.05)
    first = asyncio.create_task(house.status(message(1, text="1")))
    while not house.listener._turns._lanes:
        await asyncio.sleep(0)
    rest = [house.status(message(n, text=str(n))) for n in (2, 3)]
    assert set(await asyncio.gather(first, *rest)) == {200}
    texts = house.api.texts(CHAT)
    assert texts[:2] == ["1 a", "1 b"]
    assert {tuple(texts[2:4]), tuple(texts[4:6])} == {("2 a", "2 b"), ("3 a", "3 b")}
    assert house.listener._turns._lanes == {}


async def test_set_up_tells_telegram_where_and_what(house: House) -> None:
    assert (await house.listener.me()).username == "cho_phien_bot"
    await house.listener.set_webhook("https://cho.example/hook", 32)
    assert house.api.webhook == {
        "url": "https://cho.example/hook",
        "secret_token": "quiet-secret",
        "allowed_updates": ["message", "callback_query", "my_chat_member"],
        "max_connections": 32,
    }


async def test_a_menu_is_set_once_for_a_chat(house: House) -> None:
    buyer, seller = [("gio", "Giỏ hàng")], [("don", "Đơn mới")]
    for commands in (buyer, buyer, seller):
        await house.listener.set_menu(PERSON, commands)
    menus = [seen.params["commands"][0]["command"] for seen in house.api.taken("setMyCommands")]
    assert menus == ["gio", "don"]


async def test_a_wrong_token_asks_for_patience(house: House) -> None:
    house.api.token = "other"
    response = await house.post(message(1, text="a"))
    assert response.status == 503
    assert int(response.headers["Retry-After"]) >= 30
