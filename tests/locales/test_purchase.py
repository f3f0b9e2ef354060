"""A purchase in Mông from the first word to the delivery: every screen as the customer gets it."""

from __future__ import annotations

from pathlib import Path

from bot.channels.telegram.calls import MAX_CAPTION
from bot.words.book import load_books
from tests.conversations.stage import LAI_CHAU, Message, Stage, open_stage

MONG = "hmn@rpa"
LOCALES = Path(__file__).parents[2] / "locales"
NO_WORDS = {"order-short", "placed-order"}


class Customer:
    """Does things in the shop and keeps everything that was shown to her."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.seen: list[Message] = []

    async def does(self, **line: str) -> Message:
        got = await self.stage.play(person="mai", **line)
        self.seen += [m for m in got if m["to"] == "mai"]
        return self.seen[-1]

    async def seller(self, **line: str) -> None:
        got = await self.stage.play(person=LAI_CHAU, **line)
        self.seen += [m for m in got if m["to"] == "mai"]


async def buys(customer: Customer) -> str:
    """Through the market, a mistake, the cart and the form; returns the order's code."""
    await customer.does(tap=f"lang:{MONG}")
    for choice in ("m", "cat:meat:0", "p:ga-den", "q:ga-den"):
        await customer.does(tap=choice)
    for text in ("0", "rất nhiều", "2 tus"):
        await customer.does(text=text)
    for choice in ("cart", "l:ga-den", "co", "agree:no", "co", "agree:order"):
        await customer.does(tap=choice)
    for text in ("0123", "0912345678", "Vàng Thị Mai", "12 Láng Hạ, Hà Nội", "1"):
        await customer.does(text=text)
    placed = await customer.does(text="yog")
    assert placed["id"] == "placed"
    return str((await customer.stage.rows("orders"))[-1]["code"])


async def test_every_screen_of_a_purchase_is_in_mong(tmp_path: Path) -> None:
    books = load_books(LOCALES)
    async with open_stage(tmp_path / "var") as stage:
        customer = Customer(stage)
        code = await buys(customer)
        for choice in ("o", f"o:{code}", f"cx:{code}"):
            await customer.does(tap=choice)
        for verb in ("confirm", "pack", "ship", "deliver"):
            await customer.seller(tap=f"so:{code}:{verb}")
    shown = {m["id"] for m in customer.seen}
    assert {"consent", "summary", "placed", "order-told-ship", "cancel-sure"} <= shown
    assert {id for id in shown - NO_WORDS if id not in books.own[MONG]} == set()
    for message in customer.seen:
        texts = [message["text"], *(c["title"] for c in message["choices"])]
        assert not any("{" in t or "…" in t or "  " in t for t in texts), message
        assert len(message["text"]) <= MAX_CAPTION, message["id"]


async def test_the_shop_takes_the_amount_it_gives_as_an_example(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "var") as stage:
        customer = Customer(stage)
        await customer.does(tap=f"lang:{MONG}")
        asked = await customer.does(tap="q:ga-den")
        assert "2 tus" in asked["text"]
        assert (await customer.does(text="2 tus"))["id"] == "cart-added"
        assert "780.000đ" in customer.seen[-1]["text"]


async def test_consent_and_total_are_also_shown_in_vietnamese(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "var") as stage:
        customer = Customer(stage)
        await buys(customer)
    texts = {m["id"]: m["text"] for m in customer.seen}
    assert "Koj puas pom zoo?" in texts["consent"]
    assert "Gõ “xoá dữ liệu” là shop xoá." in texts["consent"]
    assert "Tag nrho:" in texts["summary"]
    assert "trả khi nhận hàng (COD)" in texts["summary"]
