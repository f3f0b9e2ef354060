"""A seller who tells her stock in her own words: what is certain is booked at once and can be
taken back; what is odd, guessed or open is said back or asked first, then done once.
"""

from __future__ import annotations

import pytest

from tests.conversations.stage import LAI_CHAU, SON_LA, Message, Stage
from tests.conversations.typed import asked, ids


def yes_of(message: Message) -> str:
    return next(i for i in ids(message) if i.startswith("tell:"))


async def free(stage: Stage, *products: str) -> list[int]:
    return [(await stage.stock(product))["free"] for product in products]


async def test_several_goods_in_one_sentence_are_booked_at_once_with_one_way_back(
    stage: Stage,
) -> None:
    before = await free(stage, "thit-lon-den-gac-bep", "trung-ga-den")
    done = await stage.say(LAI_CHAU, "thịt gác bếp còn 20kg, trứng hết")
    assert done["text"].splitlines() == [
        "✓ Thịt lợn đen gác bếp: 32 kg → 20 kg",
        "✓ Trứng gà đen: 200 quả → 0 quả (hết)",
    ]
    assert await free(stage, "thit-lon-den-gac-bep", "trung-ga-den") == [20_000, 0]
    [undo] = [i for i in ids(done) if i.startswith("undo:")]
    for _ in range(2):
        await stage.tap(LAI_CHAU, undo)
        assert await free(stage, "thit-lon-den-gac-bep", "trung-ga-den") == before


@pytest.mark.parametrize(
    ("said", "product", "left"),
    [
        ("thêm 50 ký sâm đất", "sam-dat", 650_000),
        ("them 50 ky sam dat nua", "sam-dat", 650_000),
        ("hỏng 3 cân sâm đất", "sam-dat", 597_000),
        ("bot 2 con ga den di", "ga-den", 22),
        ("sâm đất còn 200", "sam-dat", 200_000),
        ("gà đen hết rồi", "ga-den", 0),
        ("mat ong rung con 5 lit", "mat-ong-rung", 5000),
        ("mật ong rừng còn 5 lít", "mat-ong-rung", 5000),
    ],
)
async def test_stock_is_set_raised_and_lowered_at_once(
    stage: Stage, said: str, product: str, left: int
) -> None:
    done = await stage.say(LAI_CHAU, said)
    assert done["id"].startswith("stock-set")
    assert await free(stage, product) == [left]
    await stage.say(LAI_CHAU, "có", "1", "0")
    assert await free(stage, product) == [left]


@pytest.mark.parametrize(
    "said",
    [
        "sâm đất còn 6100 cân",
        "thêm 5600 cân sâm đất",
        "bớt 900 cân sâm đất",
        "sâm đất còn 20 cân phải không?",
        "chị Lan còn nợ 20 cân sâm đất",
        "khách Hà Nội đòi bớt 20 cân sâm đất",
    ],
)
async def test_what_is_odd_asked_or_has_other_words_is_not_booked_before_a_yes(
    stage: Stage, said: str
) -> None:
    assert await asked(stage, LAI_CHAU, said)
    assert await free(stage, "sam-dat") == [600_000]


async def test_ten_times_as_much_is_said_back_and_booked_by_her_yes(stage: Stage) -> None:
    assert (await stage.say(LAI_CHAU, "sâm đất còn 6100 cân"))["id"] == "stock-told"
    assert (await stage.say(LAI_CHAU, "đúng"))["id"] == "stock-set"
    assert await free(stage, "sam-dat") == [6_100_000]


async def test_goods_that_were_none_may_come_in_any_amount(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "trứng hết", "trứng còn 400 quả")
    assert await free(stage, "trung-ga-den") == [400]


@pytest.mark.parametrize("verb", ["hỏng", "thối", "dập"])
async def test_what_went_bad_is_booked_as_spoiled(stage: Stage, verb: str) -> None:
    done = await stage.say(LAI_CHAU, f"{verb} 3 cân sâm đất")
    assert done["text"] == "✓ Sâm đất: hỏng 3 kg, 600 kg → 597 kg"
    lots = await stage.parts.records.read(lambda books: books.lots("sam-dat"))
    assert sum(lot.spoiled for lot in lots) == 3000
    await stage.say(LAI_CHAU, "hoàn tác")
    lots = await stage.parts.records.read(lambda books: books.lots("sam-dat"))
    assert sum(lot.spoiled for lot in lots) == 0


async def test_more_spoiled_than_there_is_is_asked(stage: Stage) -> None:
    asked_back = await stage.say(LAI_CHAU, "hỏng 900 cân sâm đất")
    assert asked_back["id"] == "stock-spoil-too-much"
    assert await free(stage, "sam-dat") == [600_000]
    await stage.say(LAI_CHAU, "1", "có")
    assert await free(stage, "sam-dat") == [0]


async def test_more_spoiled_than_there_is_may_be_set_right_by_a_number(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "hỏng 900 cân sâm đất", "9 cân")
    assert await free(stage, "sam-dat") == [591_000]


async def test_yes_twice_changes_stock_once(stage: Stage) -> None:
    told = await stage.say(LAI_CHAU, "thêm 5600 ký sâm đất")
    for _ in range(2):
        await stage.tap(LAI_CHAU, yes_of(told))
    await stage.say(LAI_CHAU, "đồng ý", "ừ")
    assert await free(stage, "sam-dat") == [6_200_000]


async def test_an_old_yes_does_not_confirm_what_was_told_later(stage: Stage) -> None:
    first = await stage.say(LAI_CHAU, "thêm 5600 ký sâm đất")
    await stage.say(LAI_CHAU, "trứng còn 2100 quả")
    await stage.tap(LAI_CHAU, yes_of(first))
    assert await free(stage, "sam-dat", "trung-ga-den") == [600_000, 200]


async def test_who_waits_is_told_and_who_told_hears_how_many(stage: Stage) -> None:
    for person in ("an", "binh"):
        await stage.tap(person, "ask:trung-ga-den")
    gone = await stage.say(LAI_CHAU, "trứng hết")
    assert "2 khách đang chờ, có lại" in gone["text"]
    back = await stage.play(person=LAI_CHAU, text="trứng còn 30 quả")
    assert any("2 khách đang chờ được báo rồi" in m["text"] for m in back if m["to"] == LAI_CHAU)
    letters = [x for x in await stage.rows("letters") if x["kind"] == "restock"]
    assert len(letters) == 2


@pytest.mark.parametrize("said", ["đơn mới", "không", "thôi", "kho", "chưa đúng", "giỏ", "đừng"])
async def test_what_is_no_yes_changes_nothing(stage: Stage, said: str) -> None:
    await stage.say(LAI_CHAU, "thêm 5600 ký sâm đất")
    assert "stock-set" not in await asked(stage, LAI_CHAU, said)
    assert await free(stage, "sam-dat") == [600_000]


@pytest.mark.parametrize(
    ("seller", "said", "product"),
    [
        (LAI_CHAU, "mắc khén còn 5kg", "mac-khen"),
        (LAI_CHAU, "thịt trâu gác bếp hết", "thit-trau-gac-bep"),
        (SON_LA, "hỏng 3 cân sâm đất", "sam-dat"),
    ],
)
async def test_another_sellers_goods_are_refused(
    stage: Stage, seller: str, said: str, product: str
) -> None:
    before = await free(stage, product)
    assert await asked(stage, seller, said) == ["stock-no-such"]
    await stage.say(seller, "có")
    assert await free(stage, product) == before


@pytest.mark.parametrize("said", ["thịt lợn còn 5kg", "gà còn 5"])
async def test_a_name_that_fits_several_of_hers_is_asked(stage: Stage, said: str) -> None:
    got = await stage.say(LAI_CHAU, said)
    assert got["id"] == "stock-which"
    assert len([i for i in ids(got) if i.startswith("kp:")]) == 2


async def test_what_is_clear_is_booked_beside_what_is_asked(stage: Stage) -> None:
    said = await asked(stage, LAI_CHAU, "thịt lợn còn 5kg, sâm đất còn 100kg, mắc khén hết")
    assert sorted(said) == ["stock-no-such", "stock-set", "stock-which"]
    assert said[0] == "stock-set"
    assert await free(stage, "sam-dat", "thit-lon-den-tuoi", "mac-khen") == [
        100_000, 30_000, 12_000
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "nearest", "left"),
    [
        ("trứn gà còn 30 quả", "trung-ga-den", 30),
        ("sân đất còn 100kg", "sam-dat", 100_000),
        ("/kho sân đắt 100kg", "sam-dat", 100_000),
    ],
)
async def test_an_unknown_name_is_asked_with_the_nearest_three(
    stage: Stage, said: str, nearest: str, left: int
) -> None:
    before = await free(stage, nearest)
    got = await stage.say(LAI_CHAU, said)
    offered = [i for i in ids(got) if i.startswith("kp:")]
    if got["id"] == "stock-no-such":
        assert len(offered) == 3
        [mine] = [i for i in offered if i.split(":")[1] == nearest]
        assert await free(stage, nearest) == before
        await stage.tap(LAI_CHAU, mine)
    assert await free(stage, nearest) == before
    await stage.say(LAI_CHAU, "có")
    assert await free(stage, nearest) == [left]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("hồng bảo lâm còn 5kg", 5000),
        ("hong bao lam con 5kg", 5000),
        ("hồng bảo lâm hỏng 5kg", 35_000),
        ("hong bao lam hong 5kg", 35_000),
    ],
)
async def test_a_name_that_sounds_like_a_verb_is_only_a_name(
    stage: Stage, said: str, left: int
) -> None:
    await stage.say("seller:nguoi-ban-lang-son", said, "có")
    assert await free(stage, "hong-bao-lam") == [left]


async def test_sold_so_much_is_never_so_much_left(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "sâm đất bán hết 5kg", "có")
    assert (await free(stage, "sam-dat"))[0] in (595_000, 0, 600_000)


async def test_two_verbs_in_one_sentence_are_never_mixed_up(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "thêm 50 ký sâm đất, gà đen còn 5 con")
    await stage.say(LAI_CHAU, "có")
    assert (await free(stage, "sam-dat", "ga-den")) in ([650_000, 5], [600_000, 24], [650_000, 24])


@pytest.mark.parametrize(
    "said",
    ["sâm đất còn 20000 kg", "sâm đất còn -5 kg", "sâm đất còn vài cân", "thêm 2 con sâm đất"],
)
async def test_amounts_that_cannot_be_counted_change_nothing(stage: Stage, said: str) -> None:
    await stage.say(LAI_CHAU, said, "có")
    assert await free(stage, "sam-dat") == [600_000]


async def test_a_customer_cannot_tell_stock(stage: Stage) -> None:
    await stage.say("an", "sâm đất còn 200kg", "có")
    await stage.tap("an", "tell:1:yes")
    assert await free(stage, "sam-dat") == [600_000]
