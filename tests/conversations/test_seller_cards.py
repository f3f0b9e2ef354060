"""A seller who does not read keeps her stock by pictures and digits."""

from __future__ import annotations

import pytest

from tests.conversations.stage import LAI_CHAU, SON_LA, Message, Stage
from tests.conversations.typed import ids


async def free(stage: Stage, product: str) -> int:
    level: int = (await stage.stock(product))["free"]
    return level


def titles(message: Message) -> list[str]:
    return [c["title"] for c in message["choices"]]


async def cards(stage: Stage) -> Message:
    """From her door to the first picture, by digits."""
    await stage.say(LAI_CHAU, "menu")
    listed = await stage.tap(LAI_CHAU, "k")
    return await stage.say(LAI_CHAU, str(ids(listed).index("kc") + 1))


async def test_a_card_is_a_picture_with_the_same_digits_every_time(stage: Stage) -> None:
    card = await cards(stage)
    assert card["id"] == "stock-card"
    assert card["picture"] == "product/rau-cai-meo"
    assert titles(card)[:4] == ["➕ 1 bó", "➖ 1 bó", "➕ 10 bó", "Hết"]
    following = await stage.say(LAI_CHAU, "7")
    assert following["picture"] == "product/sam-dat"
    assert titles(following)[:4] == ["➕ 1 kg", "➖ 1 kg", "➕ 10 kg", "Hết"]
    assert len(ids(following)) <= 9


async def test_a_whole_day_by_digits_alone(stage: Stage) -> None:
    await cards(stage)
    for digit, left in (("1", 61), ("1", 62), ("2", 61), ("3", 71), ("4", 0), ("8", 71)):
        await stage.say(LAI_CHAU, digit)
        assert await free(stage, "rau-cai-meo") == left
    await stage.say(LAI_CHAU, "5", "40")
    assert await free(stage, "rau-cai-meo") == 40
    again = await stage.tap(LAI_CHAU, "k")
    assert again["picture"] == "product/rau-cai-meo"


async def test_a_double_tap_of_one_button_is_one_change(stage: Stage) -> None:
    card = await cards(stage)
    plus, minus = ids(card)[:2]
    for _ in range(2):
        shown = await stage.tap(LAI_CHAU, plus)
    assert await free(stage, "rau-cai-meo") == 61
    await stage.tap(LAI_CHAU, minus)
    assert await free(stage, "rau-cai-meo") == 60
    await stage.tap(LAI_CHAU, ids(shown)[0])
    await stage.tap(LAI_CHAU, ids(shown)[0])
    assert await free(stage, "rau-cai-meo") == 61


async def test_none_stays_none(stage: Stage) -> None:
    card = await cards(stage)
    shown = await stage.tap(LAI_CHAU, ids(card)[3])
    assert shown["id"] == "stock-card-none"
    for n in (1, 3):
        assert (await stage.tap(LAI_CHAU, ids(shown)[n]))["id"] == "stock-card-none"
    assert await free(stage, "rau-cai-meo") == 0


@pytest.mark.parametrize(
    ("product", "one", "ten"),
    [
        ("trung-ga-den", "➕ 1 quả", "➕ 10 quả"),
        ("ga-den", "➕ 1 con", "➕ 10 con"),
        ("mat-ong-rung", "➕ 500 ml", "➕ 5 lít"),
        ("bach-tra", "➕ 50 g", "➕ 500 g"),
    ],
)
async def test_steps_are_those_of_the_goods(
    stage: Stage, product: str, one: str, ten: str
) -> None:
    card = await stage.tap(LAI_CHAU, f"kc:{product}")
    assert (titles(card)[0], titles(card)[2]) == (one, ten)


async def test_the_undo_of_a_card_shows_the_card_again(stage: Stage) -> None:
    await cards(stage)
    await stage.say(LAI_CHAU, "4")
    got = [m for m in await stage.play(person=LAI_CHAU, text="8") if m["to"] == LAI_CHAU]
    assert [m["id"] for m in got] == ["stock-undone", "stock-card"]
    await stage.say(LAI_CHAU, "1")
    assert await free(stage, "rau-cai-meo") == 61


async def test_the_list_comes_back_by_a_button(stage: Stage) -> None:
    card = await cards(stage)
    assert ids(card)[7] == "kt"
    assert (await stage.say(LAI_CHAU, "8"))["id"] == "stock-list"
    assert (await stage.tap(LAI_CHAU, "k"))["id"] == "stock-list"


@pytest.mark.parametrize("op", ["p", "m", "t", "z"])
async def test_nobody_else_presses_her_buttons(stage: Stage, op: str) -> None:
    card = await stage.tap(LAI_CHAU, "kc:sam-dat")
    mark = ids(card)[0].split(":")[-1]
    for person in (SON_LA, "an"):
        await stage.tap(person, f"kc:sam-dat:{op}:{mark}")
    assert await free(stage, "sam-dat") == 600_000


@pytest.mark.parametrize(
    "choice", ["kc:sam-dat:x:1", "kc:no-such", "kc:sam-dat:p:1:2:3", "kc::p:1"]
)
async def test_an_odd_button_changes_nothing(stage: Stage, choice: str) -> None:
    assert await stage.tap(LAI_CHAU, choice)
    assert await free(stage, "sam-dat") == 600_000


async def test_every_button_is_short_enough(stage: Stage) -> None:
    for product in ("thit-lon-den-gac-bep", "sam-dat"):
        card = await stage.tap(LAI_CHAU, f"kc:{product}")
        assert all(len(i.encode()) <= 40 for i in ids(card))
