"""Posting a message: who is heard, what is answered, what is refused."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar

from bot.settings import Settings
from bot.talk.ports import Busy, StoreDown
from tests.web.page import PAGE, post
from tests.web.small_shop import LOCALES, SmallShop, serve


async def test_an_answer_is_numbered_and_has_no_empty_fields(
    shop: SmallShop, client: ClientSession
) -> None:
    status, answer, _ = await post(client, {"text": "/start"})
    assert status == 200
    [welcome] = answer["messages"]
    assert (welcome["n"], welcome["id"]) == (1, "welcome")
    assert welcome["choices"][0] == {
        "id": "m", "title": "Xem hàng đang mùa", "key": "1", "url": "",
    }  # fmt: skip
    assert not {"picture", "clip", "kind"} & set(welcome)


async def test_a_card_has_addresses_of_this_server(client: ClientSession) -> None:
    _, answer, _ = await post(client, {"tap": "m"})
    card = answer["messages"][0]
    assert card["picture"] == "/media/product/thit-lon-den-gac-bep"
    assert card["clip"] == "/media/" + "c" * 64


async def test_the_same_id_again_is_answered_and_not_heard_again(
    shop: SmallShop, client: ClientSession
) -> None:
    body = {"id": str(uuid.uuid4()), "text": "alo"}
    await client.get("/")
    _, first, _ = await post(client, body)
    _, second, _ = await post(client, body)
    assert second["repeat"] is True
    assert [m["text"] for m in second["messages"]] == [m["text"] for m in first["messages"]]
    assert len(shop.desk.heard) == 1


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ({"text": "sâm đất"}, "text", "sâm đất"),
        ({"tap": "co:abc:yes"}, "tap", "co:abc:yes"),
        ({"contact": "0912345678"}, "contact", "0912345678"),
        ({"place": [21.03, 105.85]}, "place", ""),
        ({"text": "a" * 6000}, "text", "a" * 6000),
    ],
)
async def test_every_kind_is_heard(
    shop: SmallShop, client: ClientSession, body: dict[str, Any], kind: str, text: str
) -> None:
    status, _, _ = await post(client, body)
    heard = shop.desk.heard[0]
    assert (status, heard.kind, heard.text, heard.page) == (200, kind, text, PAGE)
    assert heard.place == (tuple(body["place"]) if kind == "place" else None)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"text": "x", "id": "1"}, "bad-id"),
        ({"text": "x", "id": str(uuid.uuid4()) + "\n"}, "bad-id"),
        ({"text": "x", "page": "../.."}, "bad-id"),
        ({}, "one-of-text-tap-contact-place"),
        ({"text": "x", "tap": "y"}, "one-of-text-tap-contact-place"),
        ({"place": [91, 0]}, "bad-place"),
        ({"text": 5}, "bad-json"),
    ],
)
async def test_what_the_page_never_sends_is_refused(
    shop: SmallShop, client: ClientSession, body: dict[str, Any], error: str
) -> None:
    status, answer, _ = await post(client, body)
    assert (status, answer) == (400, {"error": error})
    assert shop.desk.heard == []


async def test_a_body_that_is_no_json_or_too_large(shop: SmallShop, client: ClientSession) -> None:
    json = {"Content-Type": "application/json"}
    async with client.post("/chat/say", data=b"{\xff", headers=json) as broken:
        assert broken.status == 400
    async with client.post("/chat/say", data=b"x" * 17_000, headers=json) as large:
        assert (large.status, await large.json()) == (413, {"error": "too-large"})
    assert shop.desk.heard == []


@pytest.mark.parametrize("down", [Busy, StoreDown])
async def test_a_closed_store_asks_to_come_again_and_then_hears(
    shop: SmallShop, client: ClientSession, down: type[Busy] | type[StoreDown]
) -> None:
    body = {"id": str(uuid.uuid4()), "text": "alo"}
    shop.desk.down = down
    status, answer, response = await post(client, body)
    assert (status, answer, response.headers["Retry-After"]) == (503, {"error": "try-later"}, "1")
    shop.desk.down = None
    assert (await post(client, body))[0] == 200


# ---- another site in the same browser


async def test_another_site_cannot_speak_for_the_person(
    shop: SmallShop, client: ClientSession
) -> None:
    foreign = {"Origin": "https://evil.example"}
    assert (await post(client, {"text": "x"}, headers=foreign))[0] == 403
    body = {"id": str(uuid.uuid4()), "page": PAGE, "text": "x"}
    async with client.post("/chat/say", data=body) as form:
        assert (form.status, await form.json()) == (403, {"error": "other-site"})
    assert shop.desk.heard == []


async def test_our_own_page_and_public_address_may_speak(tmp_path: Path) -> None:
    settings = Settings(locales_dir=LOCALES, public_url="https://cho.example")
    async with serve(SmallShop(), settings) as shop, ClientSession(shop.url) as client:
        for origin in (shop.url, "https://cho.example"):
            assert (await post(client, {"text": "x"}, headers={"Origin": origin}))[0] == 200


# ---- who it is


async def test_one_browser_is_a_customer_and_a_seller(
    shop: SmallShop, client: ClientSession
) -> None:
    await client.get("/")
    await client.get("/ban")
    await post(client, {"text": "a"})
    await post(client, {"text": "b"}, profile="ban")
    await post(client, {"text": "c"})
    buyer, seller, again = (heard.person for heard in shop.desk.heard)
    assert buyer == again != seller
    assert buyer.startswith("web:")
    assert len(buyer) == len("web:") + 22


async def test_a_forged_cookie_is_a_new_person(shop: SmallShop, client: ClientSession) -> None:
    async with client.get("/") as response:
        mine = response.cookies["khach"].value
    person, mac = mine.rsplit(".", 1)
    forged = (
        person,
        f"web:someone-else.{mac}",
        f"{person}.{'A' * len(mac)}",
        f"{person}.",
        "ữ.x",
    )
    for value in forged:
        await _says_with(shop, f"khach={value}")
    await _says_with(shop, f"ban={mine}", profile="ban")  # a customer's cookie is not a seller's
    assert person not in {heard.person for heard in shop.desk.heard}
    await _says_with(shop, f"khach={mine}")
    assert shop.desk.heard[-1].person == person


async def _says_with(shop: SmallShop, cookie: str, profile: str = "khach") -> None:
    async with ClientSession(shop.url, cookie_jar=CookieJar(unsafe=True)) as client:
        headers = {"Cookie": cookie}
        assert (await post(client, {"text": "x"}, profile=profile, headers=headers))[0] == 200


async def test_the_cookie_is_out_of_reach_and_for_https_only_there(shop: SmallShop) -> None:
    async with ClientSession(shop.url) as client, client.get("/") as response:
        cookie = response.cookies["khach"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")
    assert cookie["max-age"] == str(365 * 24 * 3600)
    settings = Settings(locales_dir=LOCALES, public_url="https://cho.example")
    async with (
        serve(SmallShop(), settings) as safe,
        ClientSession(safe.url) as client,
        client.get("/") as response,
    ):
        assert response.cookies["khach"]["secure"]


async def test_a_return_link_makes_this_browser_another_person(
    shop: SmallShop, client: ClientSession
) -> None:
    await client.get("/")
    _, answer, _ = await post(client, {"tap": "become:web:friend"})
    assert answer["moved"] is True
    assert "n" not in answer["messages"][0]  # her stream has other numbers
    await post(client, {"text": "alo"})
    assert shop.desk.heard[-1].person == "web:friend"


async def test_the_network_address_is_told_as_a_hash(
    shop: SmallShop, client: ClientSession
) -> None:
    await post(client, {"text": "a"})
    await post(client, {"text": "b"})
    one, two = (heard.origin for heard in shop.desk.heard)
    assert one == two != ""
    assert "127" not in one
