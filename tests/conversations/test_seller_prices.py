"""A seller changes prices in her own words: at once and undoable, odd ones asked back; customers
see and pay the new ones.
"""

from __future__ import annotations

import pytest

from tests.conversations.stage import LAI_CHAU, SON_LA, Stage
from tests.conversations.typed import ids


async def prices(stage: Stage, product: str) -> dict[str, int]:
    found = await stage.parts.records.read(lambda books: books.prices(product))
    return {key: vnd for key, vnd in found.vnd.items() if vnd}


SAM = {"": 40_000, "3kg": 120_000, "5kg": 195_000, "10kg": 370_000}
TEA = {"50g": 75_000, "100g": 150_000}


@pytest.mark.parametrize(
    ("said", "product", "new"),
    [
        ("sâm đất 45k một cân", "sam-dat", {"": 45_000}),
        ("sam dat 45k 1 can", "sam-dat", {"": 45_000}),
        ("giá sâm đất 45", "sam-dat", {"": 45_000}),
        ("/gia sâm đất 45", "sam-dat", {"": 45_000}),
        ("/gia sam-dat 45k", "sam-dat", {"": 45_000}),
        ("sâm đất gói 3kg 110k", "sam-dat", {"3kg": 110_000}),
        ("sâm đất từ 20 cân 36k", "sam-dat", {"from:20000": 36_000}),
        (
            "sâm đất 45k một cân, từ 20 cân 42k",
            "sam-dat",
            {"": 45_000, "from:20000": 42_000},
        ),
        ("giảm giá sâm đất 5k", "sam-dat", {"": 35_000}),
        ("tăng giá sâm đất 5k", "sam-dat", {"": 45_000}),
        ("trứng 70k một chục", "trung-ga-den", {"10qua": 70_000}),
        ("gà đen 400k một con", "ga-den", {"1con": 400_000}),
        ("bạch trà hộp 50g 80k", "bach-tra", {"50g": 80_000}),
    ],
)
async def test_a_price_is_set_at_once_and_taken_back(
    stage: Stage, said: str, product: str, new: dict[str, int]
) -> None:
    before = await prices(stage, product)
    done = await stage.say(LAI_CHAU, said)
    assert done["id"].startswith("price-set"), done
    assert "→" in done["text"] or "từ" in done["text"]
    assert await prices(stage, product) == before | new
    [undo] = [i for i in ids(done) if i.startswith("undo:")]
    for _ in range(2):
        assert (await stage.tap(LAI_CHAU, undo))["id"].startswith("price-undone")
        assert await prices(stage, product) == before


async def test_a_percent_moves_every_price_of_the_goods(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "giảm giá sâm đất 10%")
    assert await prices(stage, "sam-dat") == {
        "": 36_000, "3kg": 108_000, "5kg": 176_000, "10kg": 333_000
    }  # fmt: skip


async def test_several_prices_in_one_sentence_are_taken_back_together(stage: Stage) -> None:
    eggs, hens = await prices(stage, "trung-ga-den"), await prices(stage, "ga-den")
    await stage.say(LAI_CHAU, "trứng 7k một quả, gà đen 400k một con")
    assert (await prices(stage, "trung-ga-den"))[""] == 7000
    assert (await prices(stage, "ga-den"))["1con"] == 400_000
    await stage.say(LAI_CHAU, "hoàn tác")
    assert (await prices(stage, "trung-ga-den"), await prices(stage, "ga-den")) == (eggs, hens)


@pytest.mark.parametrize(
    ("said", "first"),
    [("sâm đất 450k một cân", "45.000đ/kg"), ("sâm đất 4k một cân", "40.000đ/kg")],
)
async def test_an_odd_price_is_asked_back_with_its_readings(
    stage: Stage, said: str, first: str
) -> None:
    asked = await stage.say(LAI_CHAU, said)
    assert asked["id"] == "price-odd"
    assert asked["choices"][0]["title"] == first
    assert len([i for i in ids(asked) if i.startswith("gy:")]) == 2
    assert await prices(stage, "sam-dat") == SAM
    done = await stage.say(LAI_CHAU, "2")
    assert done["id"] == "price-set"
    assert (await prices(stage, "sam-dat"))[""] in (450_000, 4000)


async def test_a_price_said_in_dong_is_read_as_thousands_or_asked(stage: Stage) -> None:
    asked = await stage.say(LAI_CHAU, "giá sâm đất 45đ")
    assert (await prices(stage, "sam-dat"))[""] in (40_000, 45_000)
    assert asked["id"] in ("price-set", "price-odd")


async def test_a_bare_number_may_be_stock_or_price(stage: Stage) -> None:
    asked = await stage.say(LAI_CHAU, "sâm đất 45")
    assert asked["choices"][0]["title"] == "Giá 45.000đ/kg"
    assert (await prices(stage, "sam-dat"), (await stage.stock("sam-dat"))["free"]) == (
        SAM,
        600_000,
    )
    await stage.say(LAI_CHAU, "1")
    assert (await prices(stage, "sam-dat"))[""] == 45_000


async def test_a_price_per_kilo_of_packs_asks_which_pack(stage: Stage) -> None:
    asked = await stage.say(LAI_CHAU, "bạch trà 1tr600 một cân")
    assert asked["id"] == "price-which-pack"
    assert [c["title"] for c in asked["choices"]][:3] == [
        "Mọi gói, tính theo giá đó", "50 g: 80.000đ", "100 g: 160.000đ"
    ]  # fmt: skip
    assert await prices(stage, "bach-tra") == TEA
    await stage.say(LAI_CHAU, "1")
    assert await prices(stage, "bach-tra") == {"50g": 80_000, "100g": 160_000}


async def test_the_same_choice_twice_is_one_change(stage: Stage) -> None:
    asked = await stage.say(LAI_CHAU, "bạch trà 1tr600 một cân")
    for _ in range(2):
        await stage.tap(LAI_CHAU, ids(asked)[1])
    assert await prices(stage, "bach-tra") == TEA | {"50g": 80_000}
    changes = await stage.parts.records.rows("changes")
    assert len([c for c in changes if c["kind"] == "price"]) == 1


async def test_an_old_choice_of_a_price_does_nothing(stage: Stage) -> None:
    first = await stage.say(LAI_CHAU, "bạch trà 1tr600 một cân")
    await stage.say(LAI_CHAU, "sâm đất 450k một cân")
    assert (await stage.tap(LAI_CHAU, ids(first)[0]))["id"] in ("old-menu", "seller-home")
    assert (await prices(stage, "bach-tra"), await prices(stage, "sam-dat")) == (TEA, SAM)


async def test_packs_stay_and_may_follow_by_a_button(stage: Stage) -> None:
    done = await stage.say(LAI_CHAU, "sâm đất 30k một cân")
    assert "Gói 3 kg 120.000đ giờ đắt hơn bán lẻ" in done["text"]
    assert await prices(stage, "sam-dat") == SAM | {"": 30_000}
    [along] = [i for i in ids(done) if i.startswith("gk:")]
    for _ in range(2):
        await stage.tap(LAI_CHAU, along)
        assert await prices(stage, "sam-dat") == {
            "": 30_000, "3kg": 90_000, "5kg": 146_000, "10kg": 278_000
        }  # fmt: skip
    await stage.say(LAI_CHAU, "hoàn tác")
    assert await prices(stage, "sam-dat") == SAM | {"": 30_000}


async def test_another_seller_cannot_move_the_packs(stage: Stage) -> None:
    done = await stage.say(LAI_CHAU, "sâm đất 30k một cân")
    [along] = [i for i in ids(done) if i.startswith("gk:")]
    [undo] = [i for i in ids(done) if i.startswith("undo:")]
    assert (await stage.tap(SON_LA, along))["id"] == "problem-nothing-to-undo"
    assert (await stage.tap(SON_LA, undo))["id"] == "problem-not-seller"
    assert await prices(stage, "sam-dat") == SAM | {"": 30_000}


async def test_a_step_that_is_no_cheaper_is_refused(stage: Stage) -> None:
    refused = await stage.say(LAI_CHAU, "sâm đất từ 20 cân 40k")
    assert refused["id"] == "price-step-not-lower"
    assert await prices(stage, "sam-dat") == SAM


@pytest.mark.parametrize(
    "said", ["bỏ giá từ 20 cân", "bỏ giá sâm đất từ 20 cân", "bo gia tu 20 can"]
)
async def test_a_step_is_dropped(stage: Stage, said: str) -> None:
    await stage.say(LAI_CHAU, "sâm đất từ 20 cân 36k")
    assert (await stage.say(LAI_CHAU, said))["id"] == "price-set-step-gone"
    assert await prices(stage, "sam-dat") == SAM
    assert (await stage.say(LAI_CHAU, said))["id"] == "price-no-step"


@pytest.mark.parametrize(
    "said",
    [
        "khách trả 45k sâm đất",
        "sâm đất 45k được không?",
        "hôm qua bán sâm đất 45k",
        "sâm đất từ 20 cân 45k phải không em",
        "sâm đất gói 4kg 150k",
        "gà đen 200k một cân",
        "mắc khén 45k một lạng",
    ],
)
async def test_what_is_not_plainly_a_price_of_hers_changes_none(stage: Stage, said: str) -> None:
    before = [await prices(stage, p) for p in ("sam-dat", "ga-den", "mac-khen", "mac-ca")]
    assert await stage.say(LAI_CHAU, said)
    assert before == [await prices(stage, p) for p in ("sam-dat", "ga-den", "mac-khen", "mac-ca")]


async def test_an_unknown_name_is_offered_the_nearest_three(stage: Stage) -> None:
    asked = await stage.say(LAI_CHAU, "sân đất 45k một cân")
    assert asked["id"] == "price-no-such"
    assert asked["choices"][0]["title"] == "Sâm đất: 45.000đ/kg"
    assert len([i for i in ids(asked) if i.startswith(("gy:", "gp:"))]) == 3
    await stage.say(LAI_CHAU, "1")
    assert (await prices(stage, "sam-dat"))[""] == 45_000


async def test_a_price_is_asked_for_and_answered(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "/gia", "2")
    assert (await stage.say(LAI_CHAU, "45"))["id"] == "price-set"
    assert await prices(stage, "sam-dat") == SAM | {"": 45_000}
    assert (await stage.say(LAI_CHAU, "/gia sâm đất"))["id"] == "price-ask-number"
    assert (await stage.say(LAI_CHAU, "trứng còn 30 quả"))["id"] == "stock-set"


async def test_customers_see_the_step_and_pay_it(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "sâm đất từ 20 cân 36k")
    shown = [
        await stage.tap("an", "p:sam-dat"),
        await stage.say("an", "sâm đất giá bao nhiêu"),
    ]
    assert all("Từ 20 kg: 36.000đ/kg" in m["text"] for m in shown)
    listed = await stage.tap("an", "cat:veg-egg:0")
    assert "Sâm đất: 40.000đ/kg (từ 20 kg: 36.000đ/kg)" in listed["text"]
    await stage.tap("an", "q:sam-dat")
    await stage.say("an", "20kg")
    assert "720.000đ" in (await stage.say("an", "giỏ"))["text"]
    await stage.tap("binh", "q:sam-dat")
    await stage.say("binh", "8kg")
    assert "315.000đ" in (await stage.say("binh", "giỏ"))["text"]  # packs of 3 and 5 kg


async def test_a_pack_that_reaches_a_step_is_offered_at_what_it_costs(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "sâm đất từ 10 cân 33k")
    card = await stage.tap("an", "p:sam-dat")
    assert "Lấy 10 kg – 330.000đ" in [c["title"] for c in card["choices"]]
    await stage.tap("an", "q:sam-dat")
    await stage.say("an", "10kg")
    assert "330.000đ" in (await stage.say("an", "giỏ"))["text"]


@pytest.mark.parametrize(
    ("said", "left", "new"),
    [
        ("sâm đất còn 100kg, giá 45k một cân", 100_000, {"": 45_000}),
        ("hỏng 3 cân sâm đất, gà đen 400k một con", 597_000, {}),
    ],
)
async def test_stock_and_price_of_one_sentence_are_done_and_taken_back_together(
    stage: Stage, said: str, left: int, new: dict[str, int]
) -> None:
    hens = await prices(stage, "ga-den")
    await stage.say(LAI_CHAU, said)
    assert ((await stage.stock("sam-dat"))["free"], await prices(stage, "sam-dat")) == (
        left,
        SAM | new,
    )
    await stage.say(LAI_CHAU, "hoàn tác")
    assert ((await stage.stock("sam-dat"))["free"], await prices(stage, "sam-dat")) == (
        600_000,
        SAM,
    )
    assert await prices(stage, "ga-den") == hens


async def test_a_price_beside_goods_that_came_in_is_asked(stage: Stage) -> None:
    """It may be what they cost her."""
    asked = await stage.say(LAI_CHAU, "nhập 50kg sâm đất, giá 38k")
    assert asked["id"] == "price-told"
    assert await prices(stage, "sam-dat") == SAM
    await stage.say(LAI_CHAU, "có")
    assert await prices(stage, "sam-dat") == SAM | {"": 38_000}


async def test_a_customer_sets_no_price(stage: Stage) -> None:
    for said in ("sâm đất 4k một cân", "/gia sâm đất 45k", "hoàn tác", "đổi giá"):
        await stage.say("an", said)
    await stage.tap("an", "gp:sam-dat")
    await stage.say("an", "45k")
    assert await prices(stage, "sam-dat") == SAM


async def test_her_own_cart_and_form_stay_as_they_were(stage: Stage) -> None:
    """She buys from another seller, and tells stock and a price in between."""
    await stage.tap(LAI_CHAU, "q:mac-khen")
    await stage.say(LAI_CHAU, "500g", "đặt hàng")
    await stage.tap(LAI_CHAU, "agree:order")
    await stage.say(LAI_CHAU, "0912345678")
    await stage.say(LAI_CHAU, "/kho sâm đất 100kg", "/gia sâm đất 45k", "/hoantac")
    assert ((await stage.stock("sam-dat"))["free"], await prices(stage, "sam-dat")) == (
        100_000,
        SAM,
    )
    assert "Mắc khén" in (await stage.say(LAI_CHAU, "giỏ"))["text"]
    await stage.tap(LAI_CHAU, "co")
    summary = await stage.say(LAI_CHAU, "Sùng Thị Mỷ", "12 Láng Hạ, Hà Nội", "không")
    assert summary["id"].startswith("summary"), summary
    assert "0912" in summary["text"]
