"""The numbered stream: order, replay after a cut, and nothing twice."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, CookieJar

from bot.talk.ports import Line, StoreDown
from bot.words.spoken import Spoken
from tests.web.page import OTHER_PAGE, Events, listening, numbers, post
from tests.web.small_shop import SmallShop, serve

REPLY = Spoken("welcome", "Chào")


@pytest.fixture
async def person(shop: SmallShop, client: ClientSession) -> str:
    """Someone who said something once (line 1)."""
    await client.get("/")
    await post(client, {"text": "/start"})
    return shop.desk.heard[0].person


async def test_missed_lines_come_first_and_in_order(
    shop: SmallShop, client: ClientSession, person: str
) -> None:
    for i in range(4):
        await shop.desk.speak_first(person, f"answer-{i}", REPLY)
    async with listening(client, after=2) as events:
        assert numbers(await events.until_ready()) == [3, 4, 5]
        await shop.desk.speak_first(person, "letter-live")
        name, line = await events.next()
        assert (name, line["n"], line["id"], line["kind"]) == (
            "message", 6, "order-confirmed", "order",
        )  # fmt: skip


async def test_of_several_letters_one_message_is_made(
    shop: SmallShop, client: ClientSession, person: str
) -> None:
    """Answers to the person's own messages stay; what the shop said first comes at once."""
    await shop.desk.speak_first(person, "answer", REPLY)
    for i in range(3):
        await shop.desk.speak_first(person, f"letter-{i}", told(i, "tin " * 60))
    async with listening(client, after=1) as events:
        (_, answer), (_, last) = await events.until_ready()
    assert (answer["n"], answer.get("kind", "reply")) == (2, "reply")
    assert (last["n"], last["text"][:5]) == (5, "Tin 2")
    assert [text[:5] for text in last["missed"]] == ["Tin 0", "Tin 1"]
    async with listening(client, after=1, Save_Data="on") as events:
        got = await events.until_ready()
    assert len(json.dumps(got[-1][1], ensure_ascii=False).encode()) < 1000
    assert [text[-1] for text in got[-1][1]["missed"]] == ["…", "…"]


async def test_one_letter_and_a_page_that_kept_nothing_are_as_ever(
    shop: SmallShop, client: ClientSession, person: str
) -> None:
    await shop.desk.speak_first(person, "letter-1")
    async with listening(client, after=1) as events:
        [(_, line)] = await events.until_ready()
        assert "missed" not in line
    await shop.desk.speak_first(person, "letter-2")
    async with listening(client, after=0) as events:
        assert numbers(await events.until_ready()) == [1, 2, 3]


def told(n: int, more: str) -> Spoken:
    return Spoken("order-confirmed", f"Tin {n} {more}", kind="order")


async def test_a_browsers_own_reconnect_is_honoured(
    shop: SmallShop, client: ClientSession, person: str
) -> None:
    await shop.desk.speak_first(person, "letter-1")
    async with listening(client, Last_Event_ID="1") as events:
        assert numbers(await events.until_ready()) == [2]


async def test_what_a_page_caused_comes_to_the_other_pages_only(
    shop: SmallShop, client: ClientSession, person: str
) -> None:
    async with listening(client, 1) as mine, listening(client, 1, OTHER_PAGE) as other:
        await mine.until_ready()
        await other.until_ready()
        await post(client, {"text": "alo"})
        await shop.desk.speak_first(person, "letter-1")
        assert (await other.next())[1]["n"] == 2
        assert (await other.next())[1]["n"] == 3
        assert (await mine.next())[1]["n"] == 3


async def test_a_line_and_an_answer_have_one_shape(
    shop: SmallShop, client: ClientSession, person: str
) -> None:
    _, answer, _ = await post(client, {"tap": "m"})
    async with listening(client, after=1) as events:
        assert [data for _, data in await events.until_ready()] == answer["messages"]


async def test_an_empty_page_gets_the_newest_thirty(
    shop: SmallShop, client: ClientSession, person: str
) -> None:
    for i in range(50):
        await shop.desk.speak_first(person, f"letter-{i}")
    async with listening(client) as events:
        assert numbers(await events.until_ready()) == list(range(22, 52))


async def test_a_page_that_is_ahead_is_told_to_begin_anew(
    shop: SmallShop, client: ClientSession, person: str
) -> None:
    async with listening(client, after=70) as events:
        replayed = await events.until_ready()
    assert replayed[0][0] == "reset"
    assert numbers(replayed) == [1]


@pytest.mark.parametrize("after", ["abc", "-5", "٣"])
async def test_a_senseless_number_is_the_beginning(
    client: ClientSession, person: str, after: str
) -> None:
    async with client.get("/chat/stream", params={"after": after}) as response:
        assert numbers(await Events(response).until_ready()) == [1]


async def test_without_a_cookie_there_is_nothing_to_listen_to(shop: SmallShop) -> None:
    async with ClientSession(shop.url) as client, client.get("/chat/stream") as response:
        assert response.status == 204


async def test_proxies_are_told_not_to_hold_it_back(client: ClientSession, person: str) -> None:
    async with client.get("/chat/stream") as response:
        assert response.headers["X-Accel-Buffering"] == "no"
        assert response.headers["Cache-Control"] == "no-store"


async def test_silence_is_broken_by_signs_of_life() -> None:
    async with (
        serve(SmallShop(ping=0.05)) as shop,
        ClientSession(shop.url, cookie_jar=CookieJar(unsafe=True)) as client,
    ):
        await client.get("/")
        async with listening(client) as events:
            await events.until_ready()
            assert (await events.next())[0] == "ping"


async def test_it_ends_when_the_store_ends_it(
    shop: SmallShop, client: ClientSession, person: str
) -> None:
    async with listening(client, after=1) as events:
        await events.until_ready()
        await shop.sessions.aclose()
        with pytest.raises(EOFError):
            await events.next()


async def test_a_store_that_is_down_is_a_503(
    shop: SmallShop, client: ClientSession, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def down(person: str, after: int) -> tuple[Line, ...]:
        raise StoreDown

    monkeypatch.setattr(shop.sessions, "replay", down)
    async with client.get("/chat/stream") as response:
        assert (response.status, response.headers["Retry-After"]) == (503, "1")


async def test_a_line_the_store_did_not_announce_is_fetched(
    shop: SmallShop, client: ClientSession, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Announcements can get lost with a connection; numbers tell."""
    real = shop.sessions.listen

    def forgetful(person: str) -> AsyncIterator[tuple[Line, str]]:
        return _without(real(person), 2)

    monkeypatch.setattr(shop.sessions, "listen", forgetful)
    async with listening(client, after=1) as events:
        await events.until_ready()
        await shop.desk.speak_first(person, "letter-2")
        await shop.desk.speak_first(person, "letter-3")
        assert [(await events.next())[1]["n"] for _ in range(2)] == [2, 3]


async def _without(
    lines: AsyncIterator[tuple[Line, str]], n: int
) -> AsyncIterator[tuple[Line, str]]:
    async for line, page in lines:
        if line.n != n:
            yield line, page


async def test_a_page_that_left_is_not_kept_in_the_store() -> None:
    async with (
        serve(SmallShop(ping=0.05)) as shop,
        ClientSession(shop.url, cookie_jar=CookieJar(unsafe=True)) as client,
    ):
        await client.get("/")
        async with listening(client) as events:
            await events.until_ready()
            assert any(shop.sessions._listeners.values())
        for _ in range(100):
            if not any(shop.sessions._listeners.values()):
                break
            await asyncio.sleep(0.05)
        assert not any(shop.sessions._listeners.values())
