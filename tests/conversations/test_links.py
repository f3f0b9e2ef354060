"""QR pictures and links: of the shop, of goods, of a live; and what their codes open."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from bot.shop.claim import Guest
from bot.shop.links import claim_code, mark_of
from bot.shop.product import Pick
from bot.usecases import claims as claiming
from tests.conversations import lives_customer as c
from tests.conversations.stage import LAI_CHAU, NOVEMBER, Message, Stage, open_stage

WEB, BOT = "https://cho.example.vn", "ChoPhienBot"


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Stage]:
    """On the web and in Telegram."""
    async with open_stage(tmp_path / "var", public_url=WEB) as stage:
        stage.parts.found_at["tg"] = BOT
        yield stage


def ids(message: Message) -> list[str]:
    return [choice["id"] for choice in message["choices"]]


async def scanned(stage: Stage, message: Message) -> str:
    data, mime = await stage.parts.media.read(message["picture"])
    assert mime == "image/png"
    image = Image.open(io.BytesIO(data))
    assert image.size == (1080, 1080)
    [found] = zxingcpp.read_barcodes(image.convert("L").reduce(2))
    return str(found.text)


async def sent(stage: Stage, tap: str) -> list[Message]:
    return await stage.play(person=LAI_CHAU, tap=tap)


async def test_a_seller_chooses_of_what(shop: Stage) -> None:
    for said in ("/qr", "mã qr", "link shop"):
        got = await shop.say(LAI_CHAU, said)
        assert got["id"] == "links"
    assert ids(got)[0] == "lks"
    assert not [x for x in ids(got) if x.startswith("lkl:")], "no live is planned"
    await c.planned(shop, c.MEAT)
    got = await shop.say(LAI_CHAU, "/qr")
    assert ids(got)[:2] == ["lks", "lkl:live000001"]
    goods = [x for x in ids(got) if x.startswith("lkp:")]
    more = await shop.tap(LAI_CHAU, "lk:1")
    further = [x for x in ids(more) if x.startswith("lkp:")]
    assert goods
    assert further
    assert not set(goods) & set(further)


@pytest.mark.parametrize(
    ("tap", "path", "start"),
    [
        ("lks", "/", ""),
        (f"lkp:{c.MEAT}", f"/p/{c.MEAT}", f"?start=p-{c.MEAT}"),
        ("lkl:live000001", "/p/l-live000001", "?start=l-live000001"),
    ],
)
async def test_every_picture_holds_the_link_beneath_it(
    shop: Stage, tap: str, path: str, start: str
) -> None:
    await c.planned(shop, c.MEAT, title="Tối nay có thịt gác bếp")
    web, telegram, last = await sent(shop, tap)
    links = (f"{WEB}{path}", f"https://t.me/{BOT}{start}")
    for message, link in zip((web, telegram), links, strict=True):
        assert link in message["text"]
        assert await scanned(shop, message) == link
    assert (web["id"], telegram["id"], last["id"]) == ("link-web", "link-tg", "links-sent")
    assert len(last["text"].splitlines()) <= 5


async def test_the_page_to_print_is_behind_a_link(shop: Stage) -> None:
    *_, last = await sent(shop, "lks")
    pages = [choice for choice in last["choices"] if choice["id"].startswith("url:")]
    assert [p["id"] for p in pages] == ["url:web", "url:tg"]
    for page in pages:
        assert page["url"].startswith(f"{WEB}/media/")
        data, mime = await shop.parts.media.read(page["url"].removeprefix(f"{WEB}/"))
        assert (mime, data[:5]) == ("application/pdf", b"%PDF-")


async def test_goods_named_behind_the_command_are_at_hand(shop: Stage) -> None:
    web, *_ = await shop.play(person=LAI_CHAU, text="/qr thịt gác bếp")
    assert await scanned(shop, web) == f"{WEB}/p/{c.MEAT}"
    assert (await shop.say(LAI_CHAU, "/qr điện thoại"))["id"] == "links"


async def test_what_is_not_hers_has_no_picture(shop: Stage) -> None:
    await c.planned(shop, "hat-doi", seller=c.OTHER, id_="live000002")
    assert (await shop.tap(LAI_CHAU, "lkl:live000002"))["id"] == "problem-no-such-live"
    assert (await shop.tap(LAI_CHAU, "lkl:nothing"))["id"] == "problem-no-such-live"
    for product in ("hat-doi", "nothing"):
        got = await shop.tap(LAI_CHAU, f"lkp:{product}")
        assert got["id"].startswith("problem-"), got
    assert (await shop.tap("an", "lks"))["id"] == "problem-not-seller"


async def test_on_a_platform_nobody_is_pointed_elsewhere_unwarned(shop: Stage) -> None:
    await c.planned(shop, c.MEAT, buys="platform")
    got = await sent(shop, "lkl:live000001")
    assert "link-not-on-platform" in [m["id"] for m in got]


async def test_a_customer_gets_the_address_and_where_to_pay(shop: Stage) -> None:
    got = await shop.say("an", "/qr")
    assert (got["id"], WEB in got["text"]) == ("shop-link", True)
    assert "o" in ids(got)


async def test_without_any_address_that_is_said(stage: Stage) -> None:
    assert (await stage.tap(LAI_CHAU, "lks"))["id"] == "links-nowhere"
    assert (await stage.say("an", "/qr"))["id"] == "shop-link-none"


async def test_in_telegram_alone_there_is_a_picture_and_no_page(stage: Stage) -> None:
    """A page is behind the web address, which this shop has none of."""
    stage.parts.found_at["tg"] = BOT
    telegram, last = await sent(stage, "lks")
    assert await scanned(stage, telegram) == f"https://t.me/{BOT}"
    assert not [x for x in ids(last) if x.startswith("url:")]


async def test_a_link_no_picture_holds_is_told_in_words(tmp_path: Path) -> None:
    far = "https://cho.example.vn/" + "a" * 3000
    async with open_stage(tmp_path / "var", NOVEMBER, public_url=far) as stage:
        web, last = await sent(stage, "lks")
        assert (web["id"], web["picture"], last["id"]) == ("link-web", "", "links-sent")
        assert not [x for x in ids(last) if x.startswith("url:")]


# what codes open


async def test_a_code_opens_its_place(shop: Stage) -> None:
    await c.planned(shop, c.MEAT)
    product = await shop.say("an", f"/start p-{c.MEAT}")
    assert product["id"].startswith("card"), product
    for payload in ("l-live000001", "p-l-live000001"):
        live = await shop.say("an", f"/start {payload}")
        assert "fo:" in " ".join(ids(live)), live


@pytest.mark.parametrize(
    "payload",
    ["x", "-", "p-", "l-", "p-nothing", "c-", "%%%%", "l-" + "a" * 80, "p-s-", "sâm đất",
     "c-0a1b2c3d4e", "c-0a1b2c3d4e-zzzzzzzzzzzz"],
)  # fmt: skip
async def test_a_code_of_nothing_opens_the_door(shop: Stage, payload: str) -> None:
    got = await shop.say("an", f"/start {payload}")
    assert got["id"] in ("welcome", "home"), got


async def test_a_live_or_claim_that_is_not_there_is_said(shop: Stage) -> None:
    assert (await shop.say("an", "/start l-nothing"))["id"] == "problem-no-such-live"
    code = claim_code("c-0a1b2c3d4e", shop.parts.hashed)
    assert (await shop.say("an", f"/start {code}"))["id"] == "problem-no-such-claim"


async def test_only_the_claims_own_mark_joins_it(shop: Stage) -> None:
    """The link is given to whoever wrote the comment; nobody can guess another's."""
    await c.on_air(shop, c.ROOT)
    guest, now = "guest:tiktok:0123456789abcdef", shop.parts.shop.now()
    wish = claiming.Wish(
        "c-0000000001", "live000001", "A1", Pick("", 2000), guest, "Mỷ", sure=True
    )
    await c.put(shop, lambda b: b.save_guest(Guest(guest, "tiktok", "Mỷ", now)))
    made = await c.put(shop, lambda b: claiming.claim(b, wish, now))
    hashed = shop.parts.hashed
    other = mark_of("c-0000000002", hashed)
    forged = await shop.say("an", f"/start {made.claim.id}-{other}")
    assert forged["id"] == "problem-no-such-claim"
    assert (await c.claims(shop))[0].person == guest
    asked = await shop.say("an", f"/start {claim_code(made.claim.id, hashed)}")
    assert (await c.claims(shop))[0].person == guest, "a preview opens links too"
    await shop.tap("an", ids(asked)[0])
    [claim] = await c.claims(shop)
    assert claim.person == c.me("an")
    again = await shop.say("binh", f"/start {claim_code(made.claim.id, hashed)}")
    assert again["id"] == "problem-no-such-claim", "it is an's now"
