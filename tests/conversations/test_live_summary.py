"""After a live: few lines and a picture, for no claim, for one and for ten thousand; the log."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.shop.claim import Claim
from bot.shop.live import Live, LiveNote
from bot.usecases import lives
from bot.usecases.ports import Books
from tests.conversations import lives_customer as c
from tests.conversations.stage import LAI_CHAU, SON_LA, Message, Stage, open_stage

PNG = b"\x89PNG\r\n\x1a\n"
WEB = "https://cho.example.vn"
SUM, LOG = "lsum:live000001", "llog:live000001"


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path / "var", public_url=WEB) as stage:
        yield stage


def ids(message: Message) -> list[str]:
    return [choice["id"] for choice in message["choices"]]


async def summary(stage: Stage) -> tuple[Message, Message]:
    """The figures, and what is left to do."""
    figures, left = await stage.play(person=LAI_CHAU, tap=SUM)
    return figures, left


async def height(stage: Stage, message: Message) -> int:
    data, mime = await stage.parts.media.read(message["picture"])
    assert (mime, data[:8]) == ("image/png", PNG)
    assert int.from_bytes(data[16:20], "big") == 720
    return int.from_bytes(data[20:24], "big")


async def bought(stage: Stage, person: str, words: str, phone: str) -> str:
    """Claimed, confirmed and ordered; the order's code."""
    held = await stage.say(person, words)
    await stage.tap(person, c.choice(held, "cy:"))
    await stage.tap(person, "co")
    await stage.fill_form(person, phone)
    assert (await stage.say(person, "1"))["id"] == "placed"
    return str((await stage.rows("orders"))[-1]["code"])


async def log_of(stage: Stage) -> list[dict[str, str]]:
    told = await stage.tap(LAI_CHAU, LOG)
    assert told["id"] == "live-log-file"
    [link] = [x["url"] for x in told["choices"] if x["id"] == "file"]
    data, mime = await stage.parts.media.read(link.removeprefix(f"{WEB}/"))
    assert mime == "text/csv"
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


async def test_nobody_claimed(shop: Stage) -> None:
    live = await c.on_air(shop, c.ROOT)
    await c.do(shop, lives.end, live)
    figures, left = await summary(shop)
    assert (figures["id"], figures["picture"]) == ("live-summary-none", "")
    assert left["id"] == "live-after-clear"
    assert LOG in ids(left)


async def test_one_claim_that_waits(shop: Stage) -> None:
    live = await c.on_air(shop, c.ROOT)
    await shop.say("an", "chốt A1 2kg")
    await c.do(shop, lives.end, live)
    figures, left = await summary(shop)
    first, *lines = figures["text"].split("\n")
    assert "1 lượt chốt, 1 người mua" in first
    assert first.endswith("0đ"), "nobody confirmed anything"
    assert [x for x in lines if "80.000đ" in x]
    assert await height(shop, figures) > 300
    assert "live-after" in left["id"]
    assert "cl:live000001" in ids(left)


async def test_a_live_with_everything_in_five_lines(shop: Stage) -> None:
    live = await c.on_air(shop, c.ROOT, c.MEAT)
    await c.item(shop, "A2", cap=2000)
    await shop.tap("an", "fo:nguoi-ban-lai-chau:live000001")
    await bought(shop, "an", "chốt A1 2kg", "0912345671")
    sure = await shop.say("binh", "chốt A1 1kg")
    await shop.tap("binh", c.choice(sure, "cy:"))
    await shop.say("chi", "chốt A2 2kg")
    queued = await shop.say("dung", "chốt A2 1kg")
    assert queued["id"] == "claim-queued"
    await c.do(shop, lives.end, live)
    figures, _ = await summary(shop)
    text = figures["text"].split("\n")
    assert len(text) <= 5
    assert "4 lượt chốt, 3 người mua" in text[0]
    assert text[0].endswith("120.000đ"), "what is ordered and what is sure"
    assert any("1 đơn" in x and "80.000đ" in x for x in text[1:]), text
    assert any("550.000đ" in x and "A2 Thịt lợn đen gác bếp 1 kg" in x for x in text[1:]), text
    assert any(x.startswith("Thêm 1 người") for x in text[1:]), text
    assert await height(shop, figures) > 500


async def test_an_order_that_is_called_off_is_no_sale(shop: Stage) -> None:
    live = await c.on_air(shop, c.ROOT)
    code = await bought(shop, "an", "chốt A1 2kg", "0912345671")
    await c.do(shop, lives.end, live)
    before, _ = await summary(shop)
    assert "80.000đ" in before["text"].split("\n")[0]
    await shop.tap("an", f"cx:{code}:yes")
    [order] = await shop.rows("orders")
    assert (order["code"], order["state"]) == (code, "cancelled")
    after, _ = await summary(shop)
    assert after["text"].split("\n")[0].endswith(" 0đ")
    assert "Đã thành" not in after["text"]


async def test_ten_thousand_claims(shop: Stage) -> None:
    live = await c.on_air(shop, c.ROOT, c.MEAT)
    live = await c.do(shop, lives.end, live)

    def storm(books: Books) -> None:
        for n in range(1, 10_001):
            code, product = ("A1", c.ROOT) if n % 4 else ("A2", c.MEAT)
            at = live.started_at
            state = "confirmed" if n <= 1000 else "queued"
            person = f"web:{n}"
            books.save_claim(
                Claim(f"c-{n:010d}", live.id, live.seller, n, code, product, "", 1000, 1000,
                      40_000, person, state, at, wanted=1000)
            )  # fmt: skip
            kind = "claimed" if n <= 1000 else "queued"
            books.note(LiveNote(live.id, at, kind, n, code, product, 1000, 40_000))

    await c.put(shop, storm)
    figures, left = await summary(shop)
    text = figures["text"]
    assert "10000 lượt chốt, 1000 người mua" in text
    assert "khách đã chắc 40.000.000đ" in text
    assert "A1 Sâm đất 6.750 kg, A2 Thịt lợn đen gác bếp 2.250 kg" in text
    assert "10000 lượt trong một phút" in text
    assert len(text.split("\n")) <= 5
    assert await height(shop, figures) > 400
    assert left["id"] == "live-after"
    assert len(await log_of(shop)) > 10_000


async def test_a_live_of_another_is_nobodys_business(shop: Stage) -> None:
    await c.on_air(shop, c.ROOT)
    for tap in (SUM, LOG):
        assert (await shop.tap(SON_LA, tap))["id"] == "problem-no-such-live"
        assert (await shop.tap("an", tap))["id"] == "problem-not-seller"
    assert (await shop.tap(LAI_CHAU, "lsum:nothing"))["id"] == "problem-no-such-live"


# the log


async def test_the_log_has_every_step_with_time_code_amount_and_money(shop: Stage) -> None:
    live = await c.planned(shop, c.ROOT)
    live = await c.do(shop, lives.start, live)
    await shop.say("an", "chốt A1 2kg 0912345678")
    await c.item(shop, "A1", off=True)
    await c.do(shop, lives.end, live)
    rows = await log_of(shop)
    what = [row["Việc"] for row in rows]
    assert what[0].startswith("Hẹn live 2026-11-22 10:00")
    assert what[1:] == ["Mã, giá và mức tối đa", "Lên sóng", "Chốt", "Thôi nhận mã", "Xong live"]
    claimed = rows[3]
    assert (claimed["Số"], claimed["Mã"], claimed["Hàng"]) == ("1", "A1", "Sâm đất")
    assert (claimed["Lượng"], claimed["Đơn vị"]) == ("2000", "g")
    assert claimed["Tiền (đồng)"] == "80000"
    assert (claimed["Lúc"], claimed["Giờ UTC"]) == ("2026-11-22 09:00:00", "2026-11-22T02:00:00Z")
    assert "0912" not in str(rows)
    assert "rehearse" not in str(rows)


async def test_no_cell_is_a_formula(shop: Stage) -> None:
    """Names of goods are what sellers write."""
    goods = shop.parts.catalogue.current.products
    evil = '=HYPERLINK("http://evil.example";"Na")'
    object.__setattr__(goods[c.ROOT], "name", {**goods[c.ROOT].name, "vi": evil})
    await c.on_air(shop, c.ROOT)
    rows = await log_of(shop)
    cells = [cell for row in rows for cell in row.values()]
    assert f"'{evil}" in cells
    assert not [cell for cell in cells if cell[:1] in ("=", "@", "+")]


async def test_without_an_address_there_is_no_file(stage: Stage) -> None:
    await c.on_air(stage, c.ROOT)
    assert (await stage.tap(LAI_CHAU, LOG))["id"] == "report-file-nowhere"


# what was sold in lives


async def sold_in_a_live(stage: Stage, live: Live) -> str:
    code = await bought(stage, "an", "chốt A1 2kg", "0912345671")
    await c.do(stage, lives.end, live)
    for verb in ("confirm", "pack"):
        await stage.tap(LAI_CHAU, f"so:{code}:{verb}")
    return code


async def test_a_report_by_live(shop: Stage) -> None:
    none = await shop.tap(LAI_CHAU, "bc:today:product")
    assert not [x for x in ids(none) if x.endswith(":live")], "no lives, no cut"
    live = await c.on_air(shop, c.ROOT, title="Sâm đất tối nay")
    await sold_in_a_live(shop, live)
    code = await shop.buy("binh", "ga-den", "1", "0912345672")
    for verb in ("confirm", "pack"):
        await shop.tap(LAI_CHAU, f"so:{code}:{verb}")
    whole = await shop.tap(LAI_CHAU, "bc:today:product")
    assert "bc:today:live" in ids(whole)
    got = await shop.tap(LAI_CHAU, "bc:today:live")
    lines = got["text"].split("\n")
    assert "Sâm đất tối nay: 80.000đ" in lines
    assert "Ngoài live: 390.000đ" in lines
    assert await height(shop, got) > 200


async def test_the_owner_has_it_too_and_words_ask_for_it(shop: Stage) -> None:
    await sold_in_a_live(shop, await c.on_air(shop, c.ROOT, title="Sâm đất tối nay"))
    owners = await shop.tap("owner", "bcx:today:live")
    assert "Sâm đất tối nay: 80.000đ" in owners["text"]
    said = await shop.say(LAI_CHAU, "báo cáo hôm nay theo live")
    assert "Sâm đất tối nay: 80.000đ" in said["text"]


async def test_a_live_without_a_title_is_called_by_its_hour(shop: Stage) -> None:
    await sold_in_a_live(shop, await c.on_air(shop, c.ROOT))
    got = await shop.tap(LAI_CHAU, "bc:today:live")
    assert "09:00 Chủ nhật 22/11: 80.000đ" in got["text"].replace("\n9:00", "\n09:00")
