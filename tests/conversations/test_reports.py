"""What was sold, as she asks for it: figures first, one picture, and the owner's whole."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from bot.shop.roles import HELPER, Grant
from bot.usecases import rights
from tests.conversations.stage import LAI_CHAU, NOVEMBER, SON_LA, Message, Stage, open_stage

OWNER = "owner"
PNG = b"\x89PNG\r\n\x1a\n"


def ids(message: Message) -> list[str]:
    return [c["id"] for c in message["choices"]]


async def sold(stage: Stage, person: str, product: str, amount: str, phone: str) -> str:
    code = await stage.buy(person, product, amount, phone)
    for verb in ("confirm", "pack"):
        await stage.tap(LAI_CHAU, f"so:{code}:{verb}")
    return code


async def size_of(stage: Stage, picture: str) -> tuple[int, int]:
    data, mime = await stage.parts.media.read(picture)
    assert (mime, data[:8]) == ("image/png", PNG)
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


async def test_before_anything_is_sold_there_is_one_kind_sentence(stage: Stage) -> None:
    for said in ("hôm nay bán được bao nhiêu", "/baocao mùa này", "/baocao tuần trước theo nhà"):
        got = await stage.say(LAI_CHAU, said)
        assert got["id"] in ("report-none-today", "report-none")
        assert (got["picture"], got["text"].count("\n")) == ("", 0)


async def test_a_day_in_figures_and_one_picture(stage: Stage) -> None:
    await stage.play(now="2026-11-15T08:30")
    await sold(stage, "cu", "sam-dat", "5kg", "0912345670")
    await stage.play(now="2026-11-15T20:00")
    await sold(stage, "dung", "sam-dat", "4kg", "0912345674")  # later than this hour
    await stage.play(now=NOVEMBER)
    await sold(stage, "an", "sam-dat", "2kg", "0912345671")
    await sold(stage, "binh", "ga-den", "1", "0912345672")
    await stage.buy("chi", "sam-dat", "3kg", "0912345673")
    got = await stage.say(LAI_CHAU, "hôm nay bán được bao nhiêu")
    assert got["text"].split("\n") == [
        "470.000đ · 2 đơn hôm nay",
        "Cùng ngày tuần trước, đến giờ này: 195.000đ, 1 đơn",
        "Gà đen: 1 con, 390.000đ",
        "Sâm đất: 2 kg, 80.000đ",
        "1 đơn chưa gói: 120.000đ",
    ]
    width, height = await size_of(stage, got["picture"])
    assert (width, height > 400) == (720, True)
    week = await stage.say(LAI_CHAU, "1")
    assert week["text"].startswith("470.000đ · 2 đơn tuần này")
    home = await stage.tap(LAI_CHAU, "bc:week:household")
    assert "Hộ mẫu" in home["text"]
    assert "ban" not in ids(home)
    assert not any("live" in id_ for id_ in ids(home)), "there are no lives yet"
    season = await stage.say(LAI_CHAU, "/baocao mùa này")
    assert season["text"].split("\n")[0] == "825.000đ · 4 đơn mùa này (120 ngày, từ 26/7)"


async def test_what_is_not_packed_is_no_turnover_and_what_comes_back_is_none_any_more(
    stage: Stage,
) -> None:
    code = await stage.buy("an", "sam-dat", "2kg")
    got = await stage.say(LAI_CHAU, "/baocao")
    assert (got["id"], got["picture"]) == ("report-only-open", "")
    assert "1 đơn đang chờ gói: 80.000đ" in got["text"]
    for verb in ("confirm", "pack", "ship"):
        await stage.tap(LAI_CHAU, f"so:{code}:{verb}")
    assert (await stage.say(LAI_CHAU, "/baocao"))["text"].startswith("80.000đ · 1 đơn")
    other = await sold(stage, "binh", "ga-den", "1", "0912345672")
    await stage.parts.ledger.put(_returned(stage, code))
    got = await stage.say(LAI_CHAU, "/baocao")
    assert got["text"].startswith("390.000đ · 1 đơn")
    assert "Đã trừ 1 đơn khách trả lại: 80.000đ" in got["text"]
    assert other != code


def _returned(stage: Stage, code: str):  # type: ignore[no-untyped-def]
    from bot.usecases import orders

    def run(books):  # type: ignore[no-untyped-def]
        by = books.person(f"rehearse:{LAI_CHAU}")
        return orders.move_by_seller(books, code, "return", by, stage.parts.now(), how="shelf")

    return run


async def test_an_order_that_was_paid_counts_before_it_is_packed(stage: Stage) -> None:
    code = await stage.buy("an", "sam-dat", "2kg")
    [order] = [r for r in await stage.rows("orders") if r["code"] == code]
    total = (await stage.parts.records.order(code)).total_vnd  # type: ignore[union-attr]
    assert order["state"] == "placed"
    await stage.tap(LAI_CHAU, f"pd:{code}:{total - 1000}:m1")
    assert (await stage.say(LAI_CHAU, "/baocao"))["id"] == "report-only-open"
    await stage.tap(LAI_CHAU, f"pd:{code}:1000:m2")
    assert (await stage.say(LAI_CHAU, "/baocao"))["text"].startswith("80.000đ · 1 đơn")


@pytest.mark.parametrize(
    ("said", "id_"),
    [
        ("hôm nay bán được bao nhiêu", "report-today"),
        ("tuần này bán được bao nhiêu rồi em", "report-week"),
        ("mùa này thu được bao nhiêu tiền", "report-season"),
        ("hom nay ban duoc bao nhieu", "report-today"),
        ("/baocao hôm nay theo nhà", "report-today"),
        ("báo cáo", "report-today"),
    ],
)
async def test_it_is_asked_for_in_ones_own_words(stage: Stage, said: str, id_: str) -> None:
    await sold(stage, "an", "sam-dat", "2kg", "0912345671")
    assert (await stage.say(LAI_CHAU, said))["id"] == id_


async def test_each_sees_what_she_may(stage: Stage) -> None:
    await sold(stage, "an", "sam-dat", "2kg", "0912345671")
    assert (await stage.say(SON_LA, "/baocao"))["id"] == "report-none-today"
    for person in ("khach", SON_LA):
        for route in ("bcx", "bcx:week:seller", "bcf:today"):
            assert (await stage.tap(person, route))["id"].startswith("problem-not-"), route
    assert (await stage.say("khach", "/baocao"))["id"] == "problem-not-seller"
    assert (await stage.tap("khach", "bc"))["id"] == "problem-not-seller"
    grant = Grant("rehearse:phu", "nguoi-ban-lai-chau", "helper", int(HELPER), "shop", 1)
    await stage.parts.ledger.put(lambda b: rights.seat(b, grant, 1))
    for said in ("/baocao", "hôm nay bán được bao nhiêu"):
        assert (await stage.say("phu", said))["id"] == "problem-not-allowed"


async def test_the_owner_sees_the_whole_shop(stage: Stage) -> None:
    await sold(stage, "an", "sam-dat", "2kg", "0912345671")
    got = await stage.say(OWNER, "/baocao")
    assert got["text"].startswith("80.000đ · 1 đơn hôm nay")
    by_seller = await stage.tap(OWNER, "bcx:today:seller")
    assert "Người bán Lai Châu (mẫu): 80.000đ" in by_seller["text"]
    assert {"bcx:week:seller", "bcx:today:household", "bcf:today"} <= set(ids(by_seller))
    assert by_seller["picture"] != got["picture"]


async def test_the_owners_file_opens_in_excel_and_names_no_customer(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "var", public_url="https://cho.example/") as stage:
        assert (await stage.tap(OWNER, "bcf:today"))["id"] == "report-file-empty"
        code = await sold(stage, "an", "sam-dat", "2kg", "0912345671")
        await stage.buy("binh", "ga-den", "1", "0912345672")
        got = await stage.tap(OWNER, "bcf:today")
        assert got["id"] == "report-file"
        [link] = [c["url"] for c in got["choices"] if "url" in c]
        ref = link.removeprefix("https://cho.example/")
        data, mime = await stage.parts.media.read(ref)
        assert (mime, data[:3]) == ("text/csv", b"\xef\xbb\xbf")
        text = data.decode("utf-8-sig")
        assert "0912345671" not in text
        assert "Sùng" not in text
        rows = list(csv.DictReader(io.StringIO(text)))
        assert rows[0]["Mã đơn"] == code
        assert [r["Tiền hàng (đồng)"] for r in rows] == ["80000", "390000"]
        assert [r["Tính vào tiền bán (đồng)"] for r in rows] == ["80000", "0"]
        assert rows[0]["Giờ đặt"] == "2026-11-22 09:00:00"
        [kept] = [r for r in await stage.parts.records.rows("media") if r["mime"] == "text/csv"]
        assert kept["delete_after"] - kept["kept_at"] == 7 * 24 * 3600


async def test_without_an_address_the_owner_is_told_what_to_type(stage: Stage) -> None:
    await stage.buy("an", "sam-dat", "2kg")
    got = await stage.tap(OWNER, "bcf:today")
    assert got["id"] == "report-file-nowhere"
    assert "export sales" in got["text"]


async def test_a_report_nobody_offered_is_an_old_button(stage: Stage) -> None:
    got = await stage.tap(LAI_CHAU, "bc:for-ever:household")
    assert got["id"] in ("old-menu", "seller-home", "report-none-today")
    assert (await stage.tap(LAI_CHAU, "bc:today:live"))["id"] == "report-none-today"
