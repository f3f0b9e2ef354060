"""A seller who tells her stock in her own words: said back first, then done once."""

from __future__ import annotations

import pytest

from tests.conversations.stage import LAI_CHAU, SON_LA, Message, Stage
from tests.conversations.typed import asked, ids


def yes_of(message: Message) -> str:
    return next(i for i in ids(message) if i.startswith("tell:"))


async def free(stage: Stage, *products: str) -> list[int]:
    return [(await stage.stock(product))["free"] for product in products]


async def test_several_goods_in_one_sentence_are_told_and_done_by_yes_once(stage: Stage) -> None:
    before = await free(stage, "thit-lon-den-gac-bep", "trung-ga-den")
    told = await stage.say(LAI_CHAU, "thịt gác bếp còn 20kg, trứng hết")
    assert told["id"] == "stock-told"
    assert "32 kg → 20 kg" in told["text"]
    assert "200 quả → 0 quả" in told["text"]
    assert await free(stage, "thit-lon-den-gac-bep", "trung-ga-den") == before
    assert (await stage.say(LAI_CHAU, "có"))["id"] == "stock-told-done"
    assert await free(stage, "thit-lon-den-gac-bep", "trung-ga-den") == [20_000, 0]


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
        ("hỏng 900 cân sâm đất", "sam-dat", 0),
    ],
)
async def test_stock_is_set_raised_and_lowered(
    stage: Stage, said: str, product: str, left: int
) -> None:
    before = await free(stage, product)
    assert (await stage.say(LAI_CHAU, said))["id"] == "stock-told"
    assert await free(stage, product) == before
    assert (await stage.say(LAI_CHAU, "dung"))["id"] == "stock-told-done"
    assert await free(stage, product) == [left]


async def test_yes_twice_changes_stock_once(stage: Stage) -> None:
    told = await stage.say(LAI_CHAU, "thêm 50 ký sâm đất")
    for _ in range(2):
        await stage.tap(LAI_CHAU, yes_of(told))
    await stage.say(LAI_CHAU, "đồng ý", "ừ")
    assert await free(stage, "sam-dat") == [650_000]


async def test_an_old_yes_does_not_confirm_what_was_told_later(stage: Stage) -> None:
    first = await stage.say(LAI_CHAU, "thêm 50 ký sâm đất")
    await stage.say(LAI_CHAU, "trứng hết")
    await stage.tap(LAI_CHAU, yes_of(first))
    assert await free(stage, "sam-dat", "trung-ga-den") == [600_000, 200]


@pytest.mark.parametrize("said", ["đơn mới", "không", "thôi", "kho", "chưa đúng", "giỏ", "đừng"])
async def test_what_is_no_yes_changes_nothing(stage: Stage, said: str) -> None:
    await stage.say(LAI_CHAU, "thêm 50 ký sâm đất")
    assert "stock-told-done" not in await asked(stage, LAI_CHAU, said)
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


async def test_what_is_clear_is_told_beside_what_is_asked(stage: Stage) -> None:
    said = await asked(stage, LAI_CHAU, "thịt lợn còn 5kg, sâm đất còn 100kg, mắc khén hết")
    assert sorted(said) == ["stock-no-such", "stock-told", "stock-which"]
    assert said[-1] == "stock-told"
    await stage.say(LAI_CHAU, "có")
    assert await free(stage, "sam-dat", "thit-lon-den-tuoi", "mac-khen") == [
        100_000, 30_000, 12_000
    ]  # fmt: skip


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
