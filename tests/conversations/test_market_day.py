"""A market day from the first kilo to the last đồng, by sentences and by pictures and digits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.usecases.households import account
from tests.conversations.stage import LAI_CHAU, Message, Stage
from tests.conversations.typed import ids

OWNER = "owner"
GOODS = "sam-dat"


@pytest.fixture
def packed(tmp_path: Path) -> str:
    """A photo of a parcel."""
    path = tmp_path / "packed.jpg"
    Image.new("RGB", (640, 480), (120, 90, 40)).save(path)
    return str(path)


async def books_balance(stage: Stage) -> None:
    """Every lot: brought + counted = free + held + sold + spoiled + given back, none below zero;
    what is held and sold is what orders hold and were sold.
    """
    lots = await stage.parts.records.rows("lots")
    takes = await stage.parts.records.rows("takes")
    for lot in lots:
        gone = lot["held"] + lot["sold"] + lot["spoiled"] + lot["returned"]
        assert lot["brought"] + lot["counted"] - gone >= 0, lot
        mine = [t for t in takes if t["lot"] == lot["id"]]
        assert lot["held"] == sum(t["amount"] for t in mine if not t["sold"]), lot
        assert lot["sold"] == sum(t["amount"] for t in mine if t["sold"]), lot


async def household(stage: Stage, name: str) -> dict[str, Any]:
    known = await stage.parts.records.rows("households")
    return next(h for h in known if h["name"] == name)


async def left_for(stage: Stage, name: str) -> int:
    id_ = (await household(stage, name))["id"]
    sums = await stage.parts.records.read(lambda b: account(b, id_))
    return sums.left


async def buys(stage: Stage, person: str, amount: str, pay: str, phone: str) -> str:
    await stage.tap(person, f"q:{GOODS}")
    await stage.say(person, amount, "đặt hàng")
    summary = await stage.fill_form(person, phone)
    choice = next(i for i in ids(summary) if i.startswith("co:") and i.endswith(pay))
    done = await stage.tap(person, choice)
    assert done["id"] == "placed"
    return str((await stage.rows("orders"))[-1]["code"])


def to(messages: list[Message], person: str) -> list[Message]:
    return [m for m in messages if m["to"] == person]


async def pack_with_photo(stage: Stage, code: str, photo: str) -> list[Message]:
    """She opens the order, taps "gói xong" and sends the photo; all that came of it."""
    await stage.tap(LAI_CHAU, f"so:{code}")
    await stage.tap(LAI_CHAU, f"gx:{code}")
    told = await stage.play(person=LAI_CHAU, photo=photo)
    last = to(told, LAI_CHAU)[-1]
    skip = [c["id"] for c in last["choices"] if "skip" in c["id"]]
    return told + (await stage.play(person=LAI_CHAU, tap=skip[0]) if skip else [])


async def test_a_market_day_by_sentences(stage: Stage, packed: str) -> None:
    await stage.say(OWNER, "/taikhoan", "Vietcombank 0123456789 SUNG THI MAU", "1")
    # a household brings produce, the seller sets stock and price by sentences
    await stage.say(LAI_CHAU, "sâm đất hết rồi")
    brought = await stage.say(LAI_CHAU, "nhập 200kg sâm đất nhà chị Mỷ giá 8k", "1")
    assert brought["id"] == "household-brought"
    assert (await stage.stock(GOODS))["free"] == 200_000
    assert (await stage.say(LAI_CHAU, "sâm đất 45k một cân"))["id"] == "price-set"
    step = await stage.say(LAI_CHAU, "sâm đất từ 10 cân 38k")
    assert step["id"].startswith("price-set")
    assert (await stage.say(LAI_CHAU, "hỏng 3 cân sâm đất"))["id"].startswith("stock-")
    assert (await stage.stock(GOODS))["free"] == 197_000
    # three customers buy, one by QR; one cancels
    first = await buys(stage, "an", "12kg", ":yes", "0912345678")
    second = await buys(stage, "binh", "5kg", ":bank", "0912345679")
    third = await buys(stage, "chi", "3kg", ":yes", "0912345670")
    orders = {o["code"]: o for o in await stage.rows("orders")}
    assert sum(x["vnd"] for x in orders[first]["lines"]) <= 12 * 38_000
    await stage.tap("chi", f"cx:{third}")
    assert (await stage.tap("chi", f"cx:{third}:yes"))["id"] == "cancelled"
    assert (await stage.stock(GOODS))["free"] == 180_000
    await books_balance(stage)
    # the transfer arrives, booked by hand
    asked = await stage.tap(LAI_CHAU, f"pd:{second}")
    paid = await stage.play(person=LAI_CHAU, tap=next(i for i in ids(asked) if i.count(":") == 3))
    assert [m["id"] for m in to(paid, "binh")] == ["payment-received-all"]
    # both parcels are packed on camera, and each buyer sees her own
    for code, person in ((first, "an"), (second, "binh")):
        assert (await stage.tap(LAI_CHAU, f"so:{code}:confirm"))["id"] == "seller-order-moved"
        told = await pack_with_photo(stage, code, packed)
        proofs = [m for m in told if m["picture"].startswith("media/") and m["to"] == person]
        assert len(proofs) == 1
        assert {m["to"] for m in told} == {LAI_CHAU, person}
    await books_balance(stage)
    # money owed adds up to the đồng: 17 kg sold at 8.000đ
    assert await left_for(stage, "chị Mỷ") == 17 * 8_000
    assert (await stage.say(LAI_CHAU, "trả nhà chị Mỷ 100k"))["id"] == "household-pay-booked"
    assert await left_for(stage, "chị Mỷ") == 36_000
    owed = await stage.say(LAI_CHAU, "còn nợ nhà chị Mỷ bao nhiêu")
    assert "36.000đ" in owed["text"]
    report = await stage.say(LAI_CHAU, "hôm nay bán được bao nhiêu")
    assert "17 kg" in report["text"] or report["picture"]


class Hand:
    """Someone who only presses digits and sends pictures; sees what came last."""

    def __init__(self, stage: Stage, person: str) -> None:
        self.stage, self.person = stage, person
        self.got: list[Message] = []
        self.last: Message = {}

    async def type(self, digits: str) -> Message:
        assert digits.isdigit()
        return self._seen(await self.stage.play(person=self.person, text=digits))

    async def photo(self, path: str) -> Message:
        return self._seen(await self.stage.play(person=self.person, photo=path))

    async def press(self, *starts: str) -> Message:
        """The digit of the first choice whose id starts so, one menu after the other."""
        for start in starts:
            await self.type(self.digit(start))
        return self.last

    def digit(self, start: str) -> str:
        choices = [c for c in self.last["choices"] if not c.get("url")]
        if start == "back":
            return "0"
        plain = [c["id"] for c in choices if c["id"] != "back"]
        at = next((i for i, id_ in enumerate(plain, 1) if id_.startswith(start)), 99)
        assert at <= 9, (start, plain)
        return str(at)

    def _seen(self, messages: list[Message]) -> Message:
        self.got = messages
        mine = [m for m in to(messages, self.person) if m["choices"]]
        self.last = mine[-1] if mine else self.last
        return self.last


async def known_buyer(stage: Stage, person: str, phone: str) -> None:
    """Someone who bought before: name, address and consent are there."""
    code = await buys(stage, person, "1kg", ":yes", phone)
    await stage.tap(person, f"cx:{code}:yes")


async def buys_by_digits(stage: Stage, person: str, pack: str, pay: str) -> str:
    hand = Hand(stage, person)
    hand.last = await stage.tap(person, "home")
    await hand.press("m", "cat:veg-egg", f"p:{GOODS}", f"add:{GOODS}:{pack}", "co", "set:note")
    done = await hand.press(next(c["id"] for c in hand.last["choices"] if c["id"].endswith(pay)))
    assert done["id"] == "placed"
    return str((await stage.rows("orders"))[-1]["code"])


async def test_the_same_day_by_pictures_and_digits(stage: Stage, packed: str) -> None:
    await stage.say(OWNER, "/taikhoan", "Vietcombank 0123456789 SUNG THI MAU", "1")
    for person, phone in (("an", "0912345678"), ("binh", "0912345679"), ("chi", "0912345670")):
        await known_buyer(stage, person, phone)
    seller = Hand(stage, LAI_CHAU)
    seller.last = await stage.tap(LAI_CHAU, "home")
    before = (await stage.stock(GOODS))["free"]
    # a household brings produce: whose, what, how much, for how much
    await seller.press("ct", "hn", "hih:ho-mau-1", f"hip:{GOODS}")
    await seller.type("200")
    assert (await seller.type("8000"))["id"] == "household-priced"
    assert (await stage.stock(GOODS))["free"] == before + 200_000
    # stock by the picture of the product: ten more, one less, the last one taken back
    seller.last = await stage.tap(LAI_CHAU, "home")
    await seller.press("k", "kc")
    while f"kc:{GOODS}:p" not in seller.last["choices"][0]["id"]:
        await seller.press("kc:" + following(seller.last))
    assert seller.last["picture"] == f"product/{GOODS}"
    await seller.press(f"kc:{GOODS}:t", f"kc:{GOODS}:m")
    assert (await stage.stock(GOODS))["free"] == before + 209_000
    await seller.press("undo:")
    assert (await stage.stock(GOODS))["free"] == before + 210_000
    # three customers buy, one by QR; one cancels
    first = await buys_by_digits(stage, "an", "10kg", ":yes")
    second = await buys_by_digits(stage, "binh", "5kg", ":bank")
    third = await buys_by_digits(stage, "chi", "3kg", ":yes")
    chi = Hand(stage, "chi")
    chi.last = await stage.tap("chi", "home")
    await chi.press("o", f"o:{third}", f"cx:{third}")
    assert (await chi.press(f"cx:{third}:yes"))["id"] == "cancelled"
    await books_balance(stage)
    # the transfer arrives; both parcels are packed on camera, each buyer sees her own
    seller.last = await stage.tap(LAI_CHAU, "home")
    await seller.press("new", f"so:{second}", f"pd:{second}", f"pd:{second}:")
    assert [m["id"] for m in to(seller.got, "binh")] == ["payment-received-all"]
    for code, person in ((first, "an"), (second, "binh")):
        seller.last = await stage.tap(LAI_CHAU, "home")
        await seller.press("new", f"so:{code}", f"so:{code}:confirm", f"gx:{code}")
        await seller.photo(packed)
        told = seller.got
        if any(c["id"].startswith("gw:") for c in seller.last["choices"]):
            await seller.press("gw:")
            told = told + seller.got
        proofs = [m for m in told if m["picture"].startswith("media/") and m["to"] == person]
        assert len(proofs) == 1
    await books_balance(stage)
    # the oldest lot goes first; what is owed adds up to the đồng
    [sold] = {t["lot"] for t in await stage.parts.records.rows("takes") if t["sold"]}
    assert sold == f"{GOODS}:1"
    owed = await left_for(stage, "Hộ mẫu 1")
    assert owed == 15 * 8_000
    seller.last = await stage.tap(LAI_CHAU, "home")
    await seller.press("ct", "hh:ho-mau-1", "hpm:ho-mau-1:pay")
    await seller.type("100000")
    assert await left_for(stage, "Hộ mẫu 1") == owed - 100_000


def following(card: Message) -> str:
    """The next product a card leads to."""
    ids_ = [c["id"].split(":") for c in card["choices"] if c["id"].startswith("kc:")]
    return next(i[1] for i in ids_ if len(i) == 2)
