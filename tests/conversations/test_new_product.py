"""A seller puts new goods on the shelf from inside the chat: by words, by one photo with a
caption, by digits and her voice alone; the customer sees, hears and buys them.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.shop.roles import EVERY
from bot.talk.heard import Heard
from tests.conversations.stage import LAI_CHAU, SON_LA, Message, Stage, open_stage
from tests.pictures import makers

OWNER = "owner"
NEWCOMER = "seller:nguoi-ban-moi"


def ids(message: Message) -> list[str]:
    return [c["id"] for c in message["choices"]]


def put(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


async def send(stage: Stage, person: str, **line: Any) -> list[Message]:
    return [m for m in await stage.play(person=person, **line) if m["to"] == person]


async def test_by_words_one_question_after_another(stage: Stage) -> None:
    first = await stage.say(LAI_CHAU, "đăng hàng mới")
    assert first["id"] == "goods-photo"
    asked = [first["id"]]
    for words in ("1", "Hồng giòn Mộc Châu", "30", "1", "50", "1"):
        asked.append((await stage.say(LAI_CHAU, words))["id"])
    assert asked[1:] == [
        "goods-name", "goods-price-number", "goods-unit", "goods-amount-number",
        "goods-category", "goods-summary",
    ]  # fmt: skip
    done = await stage.say(LAI_CHAU, "1")
    assert done["id"] == "goods-up"
    card = await stage.tap("an", "p:hong-gion-moc-chau")
    assert card["id"] == "card"
    assert "30.000đ/kg" in card["text"]
    assert "50 kg" in card["text"]
    assert "Để được" not in card["text"], "nobody said how long it keeps"
    listed = await stage.tap("an", "cat:fruit:0")
    assert "p:hong-gion-moc-chau" in ids(listed)


async def test_one_photo_with_a_caption_says_it_all(stage: Stage, tmp_path: Path) -> None:
    photo = put(tmp_path, "hong.jpg", makers.photo((3000, 2000)))
    said = "hồng giòn 30k một cân, có 50kg, gói 2kg 55k"
    [asked] = await send(stage, LAI_CHAU, photo=photo, text=said)
    assert asked["id"] == "goods-category"
    summary = await stage.say(LAI_CHAU, "1")
    assert summary["id"] == "goods-summary"
    assert "2 kg: 55.000đ" in summary["text"]
    data, _ = await stage.parts.media.read(summary["picture"])
    shown = Image.open(io.BytesIO(data))
    assert max(shown.size) == 1280
    assert not shown.getexif(), "where she lives is nobody's business"
    assert (await stage.say(LAI_CHAU, "1"))["id"] == "goods-up"
    card = await stage.tap("an", "p:hong-gion")
    assert card["picture"] == "product/hong-gion"
    small, mime = await stage.parts.media.read("product/hong-gion")
    assert mime == "image/jpeg"
    assert Image.open(io.BytesIO(small)).width == 320
    assert any(c.startswith("add:hong-gion:2000g:") for c in ids(card))


async def test_by_pictures_digits_and_voice_alone(stage: Stage, tmp_path: Path) -> None:
    photo = put(tmp_path, "rau.jpg", makers.photo())
    voice = put(tmp_path, "rau.ogg", makers.speech(2))
    door = await stage.say(LAI_CHAU, "chào")
    assert "np" in ids(door)
    await stage.tap(LAI_CHAU, "np")
    [name] = await send(stage, LAI_CHAU, photo=photo)
    assert name["id"] == "goods-name"
    [price] = await send(stage, LAI_CHAU, voice=voice)
    assert price["id"] == "goods-price-number"
    assert "Hàng mới 1" in price["text"]
    unit = await stage.say(LAI_CHAU, "15")
    assert "15.000đ" in unit["text"]
    weight = await stage.say(LAI_CHAU, "6")
    assert weight["id"] == "goods-weight"
    summary = await stage.say(LAI_CHAU, "2", "40", "2")
    assert (summary["id"], summary["clip"] != "") == ("goods-summary", True)
    assert (await stage.say(LAI_CHAU, "1"))["id"] == "goods-up"
    card = await stage.tap("an", "p:hang-moi-1")
    assert card["clip"] == summary["clip"]
    told = await stage.tap("an", "ans:about:hang-moi-1")
    assert told["clip"] == summary["clip"], told
    await stage.tap(LAI_CHAU, "ngn:hang-moi-1")
    renamed = await stage.say(LAI_CHAU, "Cải mèo")
    assert "Hàng mới 1 → Cải mèo" in renamed["text"]
    assert "Cải mèo" in (await stage.say("an", "cải mèo"))["text"]


async def test_the_customer_buys_it(stage: Stage) -> None:
    await _up(stage, LAI_CHAU, "Hồng giòn", "30", "50")
    code = await stage.buy("an", "hong-gion", "2kg")
    [order] = await stage.rows("orders")
    assert (order["code"], order["seller"]) == (code, "nguoi-ban-lai-chau")
    assert order["lines"] == [{"product": "hong-gion", "grams": 2000, "vnd": 60_000}]
    assert (await stage.stock("hong-gion"))["free"] == 48_000
    await stage.tap(LAI_CHAU, "ngh:hong-gion")
    gone = await stage.tap("binh", "p:hong-gion")
    assert gone["id"] == "problem-not-on-shelf"
    packed = [await stage.tap(LAI_CHAU, f"so:{code}:{v}") for v in ("confirm", "pack")]
    assert [m["id"] for m in packed] == ["seller-order-moved"] * 2, "orders go on"
    await stage.tap(LAI_CHAU, "ngs:hong-gion")
    assert (await stage.tap("binh", "p:hong-gion"))["id"] == "card"
    assert (await stage.stock("hong-gion"))["sold"] == 2_000


async def _up(stage: Stage, seller: str, name: str, vnd: str, kilos: str) -> Message:
    await stage.say(seller, "đăng hàng mới", "1", name, vnd, "1", kilos)
    await stage.say(seller, "1")
    return await stage.say(seller, "1")


async def test_a_double_tap_is_one_product(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "đăng hàng mới", "1", "Hồng giòn", "30", "1", "50")
    summary = await stage.say(LAI_CHAU, "1")
    up = ids(summary)[0]
    desk, at = stage.parts.desk, stage.parts.now()
    person = f"rehearse:{LAI_CHAU}"
    taps = [desk.hear(Heard("rehearse", person, f"t{i}", "tap", up, at=at)) for i in range(3)]
    answers = await asyncio.gather(*taps)
    assert [a.messages[-1].id for a in answers] == ["goods-up"] * 3
    born = await stage.parts.records.rows("born_products")
    assert [row["id"] for row in born] == ["hong-gion"]
    lots = [x for x in await stage.parts.records.rows("lots") if x["product"] == "hong-gion"]
    assert [x["brought"] for x in lots] == [50_000]


async def test_the_same_name_again_is_another_product(stage: Stage) -> None:
    await _up(stage, LAI_CHAU, "Hồng giòn", "30", "50")
    done = await _up(stage, SON_LA, "Hồng giòn", "28", "20")
    assert "p:hong-gion-2" in ids(done)


async def test_leaving_and_coming_back_keeps_the_draft(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "đăng hàng mới", "1", "Hồng giòn", "30")
    told = await stage.say(LAI_CHAU, "sâm đất còn 20kg")
    assert told["id"] == "stock-set", told
    back = await stage.say(LAI_CHAU, "đăng hàng mới")
    assert back["id"] == "goods-unit"
    assert "30.000đ" in back["text"]
    before = await stage.say(LAI_CHAU, "1", "quay lại")
    assert before["id"] == "goods-unit", "0 goes one question back"


async def test_one_sentence_without_a_photo(stage: Stage) -> None:
    asked = await stage.say(
        LAI_CHAU, "chị muốn đăng hàng mới: rượu ngô 60k một lít, có 100 lít, chai 500ml 35k"
    )
    assert asked["id"] == "goods-photo"
    summary = await stage.say(LAI_CHAU, "1", "6")
    assert "Rượu ngô · 60.000đ/lít · có 100 lít" in summary["text"]
    assert "500 ml: 35.000đ" in summary["text"]


async def test_a_guess_that_is_chosen_keeps_the_words(stage: Stage) -> None:
    said = "thổ cẩm túi thêu tay 150k một cái có 5 cái"
    await stage.say(LAI_CHAU, said)
    assert (await stage.tap(LAI_CHAU, "gs:new_product"))["id"] == "goods-photo"
    weight = await stage.say(LAI_CHAU, "1")
    assert (weight["id"], "cái" in weight["text"]) == ("goods-weight", True)


async def test_other_goods_in_a_caption_begin_anew(stage: Stage, tmp_path: Path) -> None:
    photo = put(tmp_path, "hong.jpg", makers.photo())
    await stage.say(LAI_CHAU, "đăng hàng mới", "1", "Hồng giòn", "30", "1")
    await stage.say(LAI_CHAU, "50")
    said = await send(stage, LAI_CHAU, photo=photo, text="cam sành 20k một cân, có 90kg")
    assert said[0]["id"] == "goods-instead"
    summary = await stage.say(LAI_CHAU, "1")
    assert "Cam sành · 20.000đ/kg · có 90 kg" in summary["text"]


async def test_zero_goes_back_question_by_question(stage: Stage) -> None:
    seen = [await stage.say(LAI_CHAU, *words) for words in (["đăng hàng mới", "1", "Hồng"], ["0"])]
    assert [m["id"] for m in seen] == ["goods-price-number", "goods-name"]
    back = [(await stage.say(LAI_CHAU, "0"))["id"] for _ in range(2)]
    assert back == ["goods-photo", "seller-home"]


async def test_what_is_wrong_on_the_summary_is_mended_there(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "đăng hàng mới", "1", "Hồng giòn", "30", "1", "50")
    summary = await stage.say(LAI_CHAU, "1")
    assert "np:price" in ids(summary)
    fixed = await stage.say(LAI_CHAU, "2", "35k một cân")
    assert "35.000đ/kg" in fixed["text"]
    fixed = await stage.say(LAI_CHAU, "3", "7 yến")
    assert "70 kg" in fixed["text"]
    gone = await stage.tap(LAI_CHAU, ids(fixed)[-2])
    assert gone["id"] == "goods-dropped"
    assert await stage.parts.records.rows("born_products") == []


async def test_a_refused_file_is_asked_for_again(stage: Stage, tmp_path: Path) -> None:
    await stage.say(LAI_CHAU, "đăng hàng mới")
    await send(stage, LAI_CHAU, photo=put(tmp_path, "bad", b"no picture"))
    [name] = await send(stage, LAI_CHAU, photo=put(tmp_path, "good.jpg", makers.photo()))
    assert name["id"] == "goods-name"


async def test_goods_of_hers_are_offered_before_new_ones(stage: Stage) -> None:
    near = await stage.say(LAI_CHAU, "đăng hàng mới", "1", "sâm đất")
    assert (near["id"], ids(near)[0]) == ("goods-near", "npm:sam-dat")
    more = await stage.say(LAI_CHAU, "1")
    assert more["id"] == "goods-more-number"
    done = await stage.say(LAI_CHAU, "20")
    assert done["id"] == "stock-set"
    assert (await stage.stock("sam-dat"))["free"] == 620_000


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("photo", b"not a picture at all", "problem-not-a-photo"),
        ("photo", b"\xff\xd8\xff" + bytes(15_000_001), "problem-photo-too-large"),
        ("video", bytes(20_000_001), "problem-video-too-large"),
        ("video", b"\0\0\0\x18ftypmp42" + bytes(99), "problem-not-a-video"),
        ("voice", b"OggS" + bytes(99), "problem-not-a-voice"),
    ],
)
async def test_bad_files_are_refused_in_one_sentence(
    stage: Stage, tmp_path: Path, kind: str, data: bytes, said: str
) -> None:
    await stage.say(LAI_CHAU, "đăng hàng mới")
    got = await send(stage, LAI_CHAU, **{kind: put(tmp_path, "file", data)})
    assert got[0]["id"] == said
    assert "{" not in got[0]["text"]
    assert (await stage.say(LAI_CHAU, "đăng hàng mới"))["id"] == "goods-photo"


async def test_an_hour_of_voice_is_refused(stage: Stage, tmp_path: Path) -> None:
    await stage.say(LAI_CHAU, "đăng hàng mới", "1")
    voice = put(tmp_path, "hour.ogg", makers.long_speech(3600))
    [said, *_] = await send(stage, LAI_CHAU, voice=voice)
    assert said["id"] == "problem-voice-too-long"


async def test_a_video_gives_the_picture_too(stage: Stage, tmp_path: Path) -> None:
    film = put(tmp_path, "na.mp4", makers.film(2))
    [asked] = await send(stage, LAI_CHAU, video=film, text="hồng giòn 30k một cân có 5kg")
    assert asked["id"] == "goods-category"
    summary = await stage.say(LAI_CHAU, "1")
    assert "Có đoạn phim" in summary["text"]
    data, mime = await stage.parts.media.read(summary["picture"])
    assert (mime, data[:2]) == ("image/jpeg", b"\xff\xd8")


async def test_a_photo_out_of_the_blue_is_asked_about(stage: Stage, tmp_path: Path) -> None:
    await _up(stage, LAI_CHAU, "Hồng giòn", "30", "50")
    await stage.say(LAI_CHAU, "chào")
    photo = put(tmp_path, "hong.jpg", makers.photo())
    [asked] = await send(stage, LAI_CHAU, photo=photo)
    assert (asked["id"], ids(asked)[:2]) == ("goods-what-photo", ["np", "ngl"])
    await stage.tap(LAI_CHAU, "ngl")
    new = await stage.tap(LAI_CHAU, "ng:hong-gion")
    assert new["id"] == "goods-new-photo"
    assert (await stage.parts.media.read("product/hong-gion"))[1] == "image/jpeg"
    await send(stage, LAI_CHAU, photo=photo)
    assert (await stage.tap(LAI_CHAU, "np"))["id"] == "goods-name", "the photo is the first step"


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """The shop's catalogue and one seller more, who has no goods yet."""
    folder = tmp_path / "catalog"
    shutil.copytree("catalog", folder)
    sellers = folder / "sellers.yaml"
    text = sellers.read_text("utf-8")
    block = text[text.index("nguoi-ban-lai-chau:") :].split("\nnguoi-ban-")[0]
    more = block.replace("nguoi-ban-lai-chau:", "nguoi-ban-moi:")
    sellers.write_text(f"{text.rstrip()}\n\n{more}\n", "utf-8")
    return folder


async def test_a_new_sellers_first_goods_wait_for_the_owner(tmp_path: Path, catalog: Path) -> None:
    async with open_stage(tmp_path / "var", catalog_dir=catalog) as stage:
        await stage.say(NEWCOMER, "đăng hàng mới", "1", "Hồng giòn", "30", "1", "50", "1")
        all_of = await stage.play(person=NEWCOMER, text="1")
        waits = next(m for m in all_of if m["to"] == NEWCOMER)
        letter = next(m for m in all_of if m["to"] == OWNER)
        assert (waits["id"], letter["id"]) == ("goods-waits", "goods-to-approve")
        assert (await stage.tap("an", "p:hong-gion"))["id"] == "problem-not-on-shelf"
        assert (await stage.tap(LAI_CHAU, "nga:hong-gion"))["id"] == "problem-not-seller"
        assert (await stage.tap(NEWCOMER, "nga:hong-gion"))["id"] == "problem-not-seller"
        all_of = await stage.play(person=OWNER, tap="nga:hong-gion")
        assert {m["to"]: m["id"] for m in all_of} == {
            OWNER: "goods-is-approved", NEWCOMER: "goods-approved",
        }  # fmt: skip
        again = await stage.play(person=OWNER, tap="nga:hong-gion")
        assert [m["id"] for m in again] == ["goods-is-approved"]
        assert (await stage.tap("an", "p:hong-gion"))["id"] == "card"
        assert (await _up(stage, NEWCOMER, "Cam sành", "20", "9"))["id"] == "goods-up"


async def test_the_owner_says_no_and_why(tmp_path: Path, catalog: Path) -> None:
    async with open_stage(tmp_path / "var", catalog_dir=catalog) as stage:
        await _up(stage, NEWCOMER, "Hồng giòn", "30", "50")
        await stage.tap(OWNER, "ngr:hong-gion")
        all_of = await stage.play(person=OWNER, text="ảnh chụp tối quá")
        told = next(m for m in all_of if m["to"] == NEWCOMER)
        assert told["id"] == "goods-refused"
        assert "ảnh chụp tối quá" in told["text"]
        assert (await stage.tap("an", "p:hong-gion"))["id"] == "problem-not-on-shelf"


async def test_without_an_owner_nobody_has_to_wait(tmp_path: Path, catalog: Path) -> None:
    async with open_stage(tmp_path / "var", catalog_dir=catalog) as stage:
        await stage.parts.ledger.put(lambda b: b.drop_grant("rehearse:owner", EVERY))
        assert (await _up(stage, NEWCOMER, "Hồng giòn", "30", "50"))["id"] == "goods-up"


async def test_customers_cannot_put_goods_up(stage: Stage) -> None:
    for choice in ("np", "npgo:1", "ngl", "nga:sam-dat", "ngh:sam-dat"):
        said = await stage.tap("an", choice)
        assert said["id"] in ("problem-not-seller", "problem-not-allowed"), choice
    assert await stage.parts.records.rows("born_products") == []


async def test_nobody_hides_anothers_goods(stage: Stage) -> None:
    await _up(stage, LAI_CHAU, "Hồng giòn", "30", "50")
    assert (await stage.tap(SON_LA, "ngh:hong-gion"))["id"] == "problem-not-seller"
    assert (await stage.tap("an", "p:hong-gion"))["id"] == "card"


async def test_one_question_a_day_at_nine(stage: Stage) -> None:
    await _up(stage, LAI_CHAU, "Hồng giòn", "30", "50")
    await _up(stage, LAI_CHAU, "Cam sành", "20", "9")
    assert await stage.play(now="2026-11-22T20:00") == []
    assert await stage.play(now="2026-11-23T08:59") == []
    [asked] = await stage.play(now="2026-11-23T09:00")
    assert (asked["to"], asked["id"]) == (LAI_CHAU, "goods-ask-season")
    assert await stage.play(now="2026-11-23T21:00") == []
    await stage.tap(LAI_CHAU, f"{ids(asked)[1]}")
    last = await stage.tap(LAI_CHAU, ids(asked)[0].rpartition(":")[0] + ":8")
    done = await stage.tap(LAI_CHAU, next(c for c in ids(last) if c.endswith(":10")))
    assert done["id"] == "goods-answered"
    [asked] = await stage.play(now="2026-11-24T09:30")
    assert asked["id"] == "goods-ask-season", "the other product has waited longer"
    await stage.tap(LAI_CHAU, ids(asked)[-1])
    [asked] = await stage.play(now="2026-11-25T09:30")
    assert asked["id"] == "goods-ask-origin"
    product = ids(asked)[0].split(":")[1]
    await stage.tap(LAI_CHAU, f"nq:{product}:or")
    assert (await stage.say(LAI_CHAU, "bản Tà Phình, Lai Châu"))["id"] == "goods-answered"
    assert "Tà Phình" in (await stage.tap("an", f"p:{product}"))["text"]
    for code, value in (("sl", "7"), ("sc", "1")):
        assert (await stage.tap(LAI_CHAU, f"nq:{product}:{code}:{value}"))["id"] == (
            "goods-answered"
        )
    kept = stage.parts.catalogue.current.products[product]
    assert (kept.shelf_life_days, kept.shipping_class) == (7, "sturdy_fresh")
    season = stage.parts.catalogue.current.products["cam-sanh"].season
    other = stage.parts.catalogue.current.products["hong-gion"].season
    assert (8, 9, 10) in {s.months for s in (season, other) if s}


async def test_the_photo_as_it_came_goes_within_a_day(stage: Stage, tmp_path: Path) -> None:
    """It may hold the place it was taken at; only the cleaned one is kept for good."""
    path = tmp_path / "goods.jpg"
    Image.new("RGB", (900, 700), (90, 120, 60)).save(path)
    came = hashlib.sha256(path.read_bytes()).hexdigest()
    await stage.play(person=LAI_CHAU, photo=str(path), text="hồng giòn 30k một cân, có 50kg")
    rows = {r["sha256"]: r for r in await stage.parts.records.rows("media")}
    assert rows[came]["delete_after"] - rows[came]["kept_at"] <= 24 * 3600 + 60
    assert [r for r in rows.values() if r["kind"] == "goods" and not r["delete_after"]]
