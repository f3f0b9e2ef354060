"""The packing desk: what to pack, the sheet with its codes, the proof, the way it leaves, and the
parcel that comes back.
"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from bot.shop.roles import HELPER, Grant, Right
from tests.conversations.stage import LAI_CHAU, SON_LA, Message, Stage
from tests.conversations.typed import ids
from tests.pictures.makers import TOLD, film, photo

KIND = {"photo": ".jpg", "video": ".mp4"}


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    path = tmp_path / "parcel.jpg"
    path.write_bytes(photo((800, 600)))
    return path


def another(folder: Path) -> Path:
    path = folder / "another.jpg"
    path.write_bytes(photo((640, 480)))
    return path


async def accepted(stage: Stage, person: str = "an", phone: str = "0912345678") -> str:
    code = await stage.buy(person, "sam-dat", "2kg", phone)
    await stage.tap(LAI_CHAU, f"so:{code}:confirm")
    return code


async def sends(stage: Stage, path: Path, text: str = "", **more: str) -> list[Message]:
    kind = "video" if path.suffix == ".mp4" else "photo"
    words = {"text": text} if text else {}
    return await stage.play(person=LAI_CHAU, **{kind: str(path)}, **words, **more)


def got(messages: list[Message], person: str) -> list[str]:
    return [m["id"] for m in messages if m["to"] == person]


async def state(stage: Stage) -> str:
    return str((await stage.rows("orders"))[-1]["state"])


async def test_the_list_says_what_to_pack_by_product_and_by_order(stage: Stage) -> None:
    first = await accepted(stage)
    second = await stage.buy("binh", "sam-dat", "3kg", "0987654321")
    listed = await stage.say(LAI_CHAU, "/goi")
    total, one, two = listed["text"].splitlines()[1:]
    assert total == "• Sâm đất: 5 kg, 2 gói"
    assert "chưa nhận" in two
    assert "chưa nhận" not in one
    assert [i for i in ids(listed) if i.startswith("so:")] == [f"so:{first}", f"so:{second}"]
    assert "goi" in ids(await stage.say(LAI_CHAU, "đơn mới"))
    assert (await stage.say(LAI_CHAU, "đơn cần gói"))["id"] == "packing"
    assert (await stage.say(SON_LA, "gói hàng"))["id"] == "packing-none"


async def test_every_label_of_the_sheet_reads_back_as_its_order(stage: Stage) -> None:
    codes = {await accepted(stage), await stage.buy("binh", "mang-kho", "500g", "0987654321")}
    mine = {o["code"] for o in await stage.rows("orders") if o["seller"] == LAI_CHAU[7:]}
    await stage.say(LAI_CHAU, "gói hàng")
    made = [m for m in await stage.play(person=LAI_CHAU, tap="phieu") if m["to"] == LAI_CHAU]
    found = []
    for page in (m["picture"] for m in made if m["picture"]):
        data, mime = await stage.parts.media.read(page)
        assert mime == "image/png"
        found += [x.text for x in zxingcpp.read_barcodes(Image.open(io.BytesIO(data)))]
    assert mine <= codes
    assert set(found) == mine


async def test_a_photo_proves_the_packing_and_reaches_this_buyer_once(
    stage: Stage, shot: Path
) -> None:
    await accepted(stage, "binh", "0987654321")
    code = await accepted(stage)
    asked = await stage.tap(LAI_CHAU, f"gx:{code}")
    assert (asked["id"], ids(asked)[0]) == ("pack-photo", f"so:{code}:pack")
    told = await sends(stage, shot)
    assert got(told, "binh") == []
    [letter] = [m for m in told if m["to"] == "an"]
    assert letter["id"] == "order-told-pack"
    assert letter["text"].splitlines() == [
        f"📦 Đơn {code[:2]} {code[2:5]} {code[5:8]} {code[8:]} đã gói xong lúc 09:00 "
        "Chủ nhật 22/11, sắp gửi đi.",
        "Bên trong có:",
        "• Sâm đất: 2 kg",
        "Cả gói nặng khoảng 2,2 kg.",
    ]
    data, _ = await stage.parts.media.read(letter["picture"])
    assert Image.open(io.BytesIO(data)).height > 600, "a band with code and time beneath"
    assert not any(secret in data for secret in TOLD)
    [kept] = [r for r in await stage.parts.records.rows("media") if r["kind"] == "proof"]
    assert kept["owner"] == "rehearse:an"
    assert kept["delete_after"] - kept["kept_at"] == 180 * 24 * 3600


async def test_the_same_photo_again_is_one_proof_and_another_photo_one_more(
    stage: Stage, shot: Path, tmp_path: Path
) -> None:
    code = await accepted(stage)
    await stage.tap(LAI_CHAU, f"gx:{code}")
    first = await sends(stage, shot, event="e1")
    assert got(first, "an") == ["order-told-pack"]
    assert got(await sends(stage, shot, event="e1"), "an") == []
    assert got(await sends(stage, shot), "an") == []
    more = await sends(stage, another(tmp_path))
    assert got(more, "an") == ["order-proof-more"]
    assert len(await stage.parts.records.rows("proofs")) == 2
    assert [c["kind"] for c in await stage.parts.records.rows("changes")].count("proof") == 2
    seen = [m for m in await stage.play(person="an", tap=f"of:{code}") if m["picture"]]
    assert len(seen) == 2
    assert f"of:{code}" in ids(await stage.tap("an", f"o:{code}"))


@pytest.mark.parametrize("caption", ["gói xong {code}", "gói xong", "xong đơn {code} 2,5kg"])
async def test_a_caption_is_enough(stage: Stage, shot: Path, caption: str) -> None:
    code = await accepted(stage)
    await stage.say(LAI_CHAU, "kho")
    told = await sends(stage, shot, caption.format(code=code))
    assert got(told, "an") == ["order-told-pack"]
    weighed = "Cả gói cân được 2,5 kg." in told[-1]["text"]
    assert weighed == ("kg" in caption)


async def test_among_several_orders_she_chooses(stage: Stage, shot: Path) -> None:
    await accepted(stage)
    code = await accepted(stage, "binh", "0987654321")
    await stage.say(LAI_CHAU, "kho")
    [which] = await sends(stage, shot, "gói xong rồi em")
    assert which["id"] == "pack-which"
    told = await stage.play(person=LAI_CHAU, tap=f"gx:{code}")
    assert (got(told, "binh"), got(told, "an")) == (["order-told-pack"], [])
    twice = await stage.play(person=LAI_CHAU, tap=f"gx:{code}")
    assert got(twice, "binh") == []


async def test_a_picture_that_was_left_is_not_sent_later(stage: Stage, shot: Path) -> None:
    await accepted(stage)
    code = await accepted(stage, "binh", "0987654321")
    await stage.say(LAI_CHAU, "kho")
    await sends(stage, shot, "gói xong rồi em")
    await stage.say(LAI_CHAU, "kho")
    assert (await stage.tap(LAI_CHAU, f"gx:{code}"))["id"] == "pack-photo"
    assert await stage.parts.records.rows("proofs") == []


async def test_a_picture_out_of_the_blue_may_be_of_a_parcel(stage: Stage, shot: Path) -> None:
    await accepted(stage)
    await stage.say(LAI_CHAU, "kho")
    [what] = await sends(stage, shot)
    assert what["id"] == "goods-what-photo"
    told = await stage.play(person=LAI_CHAU, tap="gxb")
    assert got(told, "an") == ["order-told-pack"]


async def test_a_video_comes_with_its_picture_and_a_link(stage: Stage, tmp_path: Path) -> None:
    stage.parts.public_url = "https://cho.example.vn"
    code = await accepted(stage)
    path = tmp_path / "parcel.mp4"
    path.write_bytes(film())
    await stage.tap(LAI_CHAU, f"gx:{code}")
    [letter] = [m for m in await sends(stage, path) if m["to"] == "an"]
    assert letter["picture"]
    [link] = [c["url"] for c in letter["choices"]]
    data, mime = await stage.parts.media.read(link.removeprefix("https://cho.example.vn/"))
    assert mime == "video/mp4"
    assert not any(secret in data for secret in TOLD)


async def test_what_is_no_photo_packs_nothing_and_the_question_stays(
    stage: Stage, shot: Path, tmp_path: Path
) -> None:
    code = await accepted(stage)
    await stage.tap(LAI_CHAU, f"gx:{code}")
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(b"no picture at all")
    assert got(await sends(stage, bad), LAI_CHAU) == ["problem-not-a-photo"]
    assert await state(stage) == "confirmed"
    assert got(await sends(stage, shot), "an") == ["order-told-pack"]


async def test_by_digits_alone_without_a_photo_but_weighed(stage: Stage) -> None:
    code = await accepted(stage)
    shown = await stage.say(LAI_CHAU, "/goi", "2")
    assert shown["id"] == "seller-order"
    await stage.say(LAI_CHAU, "1", "2", "3")
    told = await stage.play(person=LAI_CHAU, text="1")
    [letter] = [m for m in told if m["to"] == "an"]
    assert (letter["id"], letter["picture"]) == ("order-told-pack", "")
    assert "Cả gói cân được 3 kg." in letter["text"]
    assert await state(stage) == "packed"
    assert code


async def test_a_sentence_about_other_goods_leaves_the_question(stage: Stage) -> None:
    code = await accepted(stage)
    await stage.tap(LAI_CHAU, f"gx:{code}")
    assert (await stage.say(LAI_CHAU, "sâm đất còn 500kg"))["id"] == "stock-set"
    assert await state(stage) == "confirmed"


async def test_strangers_and_helpers_without_the_right_pack_nothing(
    stage: Stage, shot: Path
) -> None:
    code = await accepted(stage)
    seller = LAI_CHAU[7:]
    grant = Grant("rehearse:co", seller, "helper", int(HELPER & ~Right.ORDERS), "x", 1)
    await stage.parts.ledger.put(lambda b: b.save_grant(grant))
    helper = replace(await stage.parts.records.person("rehearse:co"), seller=seller)
    await stage.parts.ledger.put(lambda b: b.save_person(helper))
    for choice in (f"gx:{code}", f"gd:{code}", f"gh:{code}", f"rt:{code}", f"so:{code}:pack"):
        assert (await stage.tap(SON_LA, choice))["id"] == "problem-not-your-order"
        assert (await stage.tap("co", choice))["id"] == "problem-not-allowed"
    for choice in ("goi", "phieu", "new"):
        assert (await stage.tap("an", choice))["id"] == "problem-not-seller"
    await stage.play(person=SON_LA, photo=str(shot), text=f"gói xong {code}")
    assert await state(stage) == "confirmed"
    assert (await stage.tap("binh", f"of:{code}"))["id"] == "problem-not-your-order"


async def test_whose_goods_go_is_chosen_by_a_button_and_told_on_the_order(stage: Stage) -> None:
    code = await accepted(stage)
    assert f"gh:{code}" not in ids(await stage.tap(LAI_CHAU, f"so:{code}"))
    await stage.say(LAI_CHAU, "nhập 200kg sâm đất nhà chị Mỷ giá 8k", "1")
    assert f"gh:{code}" in ids(await stage.tap(LAI_CHAU, f"so:{code}"))
    homes = await stage.tap(LAI_CHAU, f"gh:{code}")
    chosen = next(c["id"] for c in homes["choices"] if "Mỷ" in c["title"])
    assert "chị Mỷ, 2 kg" in (await stage.tap(LAI_CHAU, chosen))["text"]
    await stage.tap(LAI_CHAU, f"so:{code}:pack")
    assert "chị Mỷ, 2 kg" in (await stage.tap(LAI_CHAU, f"so:{code}"))["text"]
    lots = await stage.parts.records.rows("lots")
    assert sum(x["sold"] for x in lots if x["household"] == chosen.rpartition(":")[2]) == 2000
