"""Words in the middle of placing an order: not now, wait, corrections, other goods, questions."""

from __future__ import annotations

import pytest

from tests.conversations.stage import LAI_CHAU, Message, Stage
from tests.conversations.typed import FORM, asked, cart, ids

REFUSALS = (
    "đừng đặt",
    "dung dat",
    "không đặt nữa",
    "chưa đặt vội",
    "để em hỏi chồng đã",
    "ok để mai",
    "không mua nữa",
    "thôi không mua nữa",
)


async def _at(stage: Stage, step: str) -> Message:
    """With 2 kg of yacon, at this question of the form or at the summary."""
    steps = ("cart", "consent", "phone", "name", "address", "note", "summary")
    lines = ("2kg sâm đất", "đặt hàng", "đồng ý", *FORM)
    return await stage.say("an", *lines[: steps.index(step) + 1])


@pytest.mark.parametrize("said", REFUSALS)
@pytest.mark.parametrize("step", ["cart", "note", "summary"])
async def test_not_now_never_goes_on(stage: Stage, step: str, said: str) -> None:
    await _at(stage, step)
    assert (await stage.say("an", said))["id"] == "order-put-off"
    assert await cart(stage) == {"Sâm đất": "2 kg"}
    assert not await stage.rows("orders")


@pytest.mark.parametrize("step", ["phone", "name", "address"])
async def test_not_now_is_heard_at_every_question(stage: Stage, step: str) -> None:
    await _at(stage, step)
    assert (await stage.say("an", "thôi không mua nữa"))["id"] == "order-put-off"
    assert (await stage.say("an", "đặt hàng"))["id"] == f"ask-{step}"


async def test_yes_after_not_now_shows_the_cart(stage: Stage) -> None:
    await _at(stage, "summary")
    assert (await stage.say("an", "đừng đặt", "ok"))["id"] == "cart"


@pytest.mark.parametrize("step", ["name", "address", "note"])
async def test_waiting_asks_the_same_again(stage: Stage, step: str) -> None:
    await _at(stage, step)
    assert await asked(stage, "an", "đợi chút nhé") == ["form-waits", f"ask-{step}"]


@pytest.mark.parametrize("step", ["phone", "name", "address", "note"])
async def test_a_person_is_there_at_every_question(stage: Stage, step: str) -> None:
    await _at(stage, step)
    assert (await stage.say("an", "cho gặp người bán"))["id"] == "talk-ask"
    assert (await stage.say("an", "đặt hàng"))["id"] == f"ask-{step}"


async def test_no_number_is_answered(stage: Stage) -> None:
    await _at(stage, "phone")
    got = await stage.say("an", "không có số")
    assert (got["id"], ids(got)[0]) == ("phone-none", "talk")
    assert await asked(stage, "an", "giao tối được không chị") == [
        "answer-ship-where-cart", "ask-phone"
    ]  # fmt: skip


@pytest.mark.parametrize("back", ["quay lại", "0"])
async def test_back_leaves_the_form(stage: Stage, back: str) -> None:
    await _at(stage, "name")
    assert await asked(stage, "an", back) == ["ask-phone"]
    assert await asked(stage, "an", back) == ["cart"]


@pytest.mark.parametrize("step", ["phone", "name", "address", "note"])
async def test_goods_in_the_form_go_into_the_cart(stage: Stage, step: str) -> None:
    await _at(stage, step)
    said = "cho chị thêm 1kg măng khô nữa"
    assert await asked(stage, "an", said) == ["cart-added", f"ask-{step}"]
    assert await cart(stage) == {"Sâm đất": "2 kg", "Măng khô": "1 kg"}


@pytest.mark.parametrize(
    "detour", ["có gì bán", "phí ship bao nhiêu", "số điện thoại có bị lộ không"]
)
@pytest.mark.parametrize(("step", "again"), [("consent", "consent"), ("summary", "summary")])
async def test_yes_after_a_detour_shows_the_order_again(
    stage: Stage, step: str, again: str, detour: str
) -> None:
    await _at(stage, step)
    await stage.say("an", detour)
    assert (await stage.say("an", "ok em"))["id"] == again
    assert not await stage.rows("orders")


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("sai tên rồi, tên là Lan Anh", "Người nhận: Lan Anh, 0912345678"),
        ("đổi tên thành Lan Anh", "Người nhận: Lan Anh, 0912345678"),
        ("ok mà đổi số điện thoại thành 0987654321", "Sùng Thị Mỷ, 0987654321"),
        ("0987654321", "Sùng Thị Mỷ, 0987654321"),
        ("giao về 45 Trần Phú, Hà Đông, Hà Nội nhé", "Địa chỉ: 45 Trần Phú, Hà Đông, Hà Nội ("),
        ("45 Trần Phú, Lạng Sơn", "Địa chỉ: 45 Trần Phú, Lạng Sơn (Lạng Sơn)"),
        ("giao sau 5h chiều, đừng gọi giờ trưa", "Dặn: giao sau 5h chiều, đừng gọi giờ trưa"),
    ],
)
async def test_the_summary_is_corrected_by_words(stage: Stage, said: str, stands: str) -> None:
    await _at(stage, "summary")
    got = await stage.say("an", said)
    assert got["id"] == "summary"
    assert stands in got["text"]


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("số điện thoại sai rồi", "ask-phone"),
        ("đổi địa chỉ", "ask-address"),
        ("sửa lại tên giúp em", "ask-name"),
        ("không", "fix"),
        ("sai rồi", "fix"),
        ("2kg", "cart-edit"),
        ("không có gì", "summary"),
        ("dạ không ạ", "summary"),
        ("bao lâu thì nhận được", "answer-ship-cart"),
        ("bao giờ hàng tới", "answer-ship-cart"),
    ],
)
async def test_other_words_at_the_summary(stage: Stage, said: str, question: str) -> None:
    await _at(stage, "summary")
    assert (await stage.say("an", said))["id"] == question
    assert await cart(stage) == {"Sâm đất": "2 kg"}
    assert not await stage.rows("orders")


async def test_when_it_comes_is_answered_in_the_form(stage: Stage) -> None:
    await _at(stage, "address")
    said = await asked(stage, "an", "bao lâu thì tới nơi?")
    assert said == ["answer-ship-where-cart", "ask-address"]


async def test_a_name_said_later_is_the_name(stage: Stage) -> None:
    await _at(stage, "address")
    assert (await stage.say("an", "em tên Mai"))["id"] == "ask-address"
    got = await stage.say("an", "12 Láng Hạ, Hà Nội", "không")
    assert "Người nhận: Mai, 0912345678" in got["text"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("em tên Hạnh", "Hạnh"),
        ("tên em là Hạnh ạ", "Hạnh"),
        ("mình là Hạnh", "Hạnh"),
        ("chị Hạnh nhé", "chị Hạnh"),
        ("Nguyễn Thị Hạnh - 0912345678", "Nguyễn Thị Hạnh"),
    ],
)
async def test_only_the_name_is_the_name(stage: Stage, said: str, name: str) -> None:
    await _at(stage, "name")
    got = await stage.say("an", said, "12 Láng Hạ, Hà Nội", "không")
    assert f"Người nhận: {name}, 0912345678" in got["text"]


@pytest.mark.parametrize("said", ["ok", "thôi", "có"])
async def test_yes_or_no_is_nobodys_name(stage: Stage, said: str) -> None:
    await _at(stage, "name")
    assert (await stage.say("an", said))["id"] in ("name-unclear", "order-put-off")


@pytest.mark.parametrize("said", ["ok", "dạ vâng", "không", "cod"])
async def test_yes_is_no_note(stage: Stage, said: str) -> None:
    await _at(stage, "note")
    got = await stage.say("an", said)
    assert got["id"] == "summary"
    assert "Dặn" not in got["text"]


async def test_a_province_said_first_is_not_asked_again(stage: Stage) -> None:
    await _at(stage, "address")
    got = await asked(stage, "an", "Hà Nội")
    assert got == ["address-unclear"]
    assert await asked(stage, "an", "số 5 ngõ 6 phố Vọng") == ["ask-note"]
    assert "số 5 ngõ 6 phố Vọng (Hà Nội)" in (await stage.say("an", "không"))["text"]


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("Hoà Bình", "Bản Hang Kia số 3, Hoà Bình (Phú Thọ)"),
        ("Phú Thọ", "Bản Hang Kia số 3 (Phú Thọ)"),
        ("12 Láng Hạ, Hà Nội", "12 Láng Hạ, Hà Nội (Hà Nội)"),
    ],
)
async def test_the_words_for_the_province_stay_readable(
    stage: Stage, said: str, address: str
) -> None:
    await _at(stage, "address")
    assert (await stage.say("an", "Bản Hang Kia số 3"))["id"] == "ask-province"
    assert f"Địa chỉ: {address}" in (await stage.say("an", said, "không"))["text"]


@pytest.mark.parametrize(
    "address",
    ["to 3 phuong Doi Can, Tuyen Quang", "số 2 ngõ 10 Láng Hạ, Hà Nội", "bản Lao Chải 2, Lào Cai"],
)
async def test_an_address_stays_an_address(stage: Stage, address: str) -> None:
    await _at(stage, "address")
    assert (await stage.say("an", address))["id"] == "ask-note"


async def test_sellers_are_not_read_as_customers(stage: Stage) -> None:
    assert (await stage.say(LAI_CHAU, "chưa đặt vội"))["id"] != "order-put-off"
