"""The same claim again: a double tap, a redelivery, a crash; the same code again, corrections."""

from __future__ import annotations

import pytest

from bot.talk.ports import StoreDown
from tests.conversations.lives_customer import (
    MEAT,
    ROOT,
    choice,
    claims,
    on_air,
    titles,
)
from tests.conversations.stage import Stage


async def states(stage: Stage) -> list[tuple[str, int, str]]:
    """(code, base units, state) by number."""
    return [(c.code, c.amount, c.state) for c in await claims(stage)]


# by a press


async def test_a_press_claims_one_and_a_double_tap_is_one_claim(stage: Stage) -> None:
    await on_air(stage)
    card = await stage.tap("an", "live:live000001")
    press = choice(card, "ca:live000001:A2")
    first, second = await stage.tap("an", press), await stage.tap("an", press)
    assert first["text"] == second["text"]
    assert first["id"] == "claim-held"
    assert await states(stage) == [("A2", 1000, "held")]
    other = await stage.tap("an", "live:live000001")  # another card, another press
    assert (await stage.tap("an", choice(other, "ca:live000001:A2")))["id"] == "claim-known"


async def test_the_same_event_again_is_the_same_claim(stage: Stage) -> None:
    await on_air(stage)
    first = await stage.play(person="an", text="A1", event="e1")
    again = await stage.play(person="an", text="A1", event="e1")
    assert [m["text"] for m in first] == [m["text"] for m in again]
    assert again[0]["repeat"]
    assert len(await claims(stage)) == 1


class FailsOnce:
    """A session store that goes away at the worst moment: the answer is not kept."""

    def __init__(self, inner: object) -> None:
        self._inner = inner
        self.failed = False

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    async def close(self, *args: object, **more: object) -> object:
        if not self.failed:
            self.failed = True
            raise StoreDown
        return await self._inner.close(*args, **more)  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", ["A1 x2", "A1 x2, A2 3kg", "A1 thêm 2"])
async def test_a_crash_between_claim_and_answer_loses_and_doubles_nothing(
    stage: Stage, words: str
) -> None:
    await on_air(stage)
    desk = stage.parts.desk
    kept = desk._sessions
    desk._sessions = FailsOnce(kept)  # type: ignore[assignment]
    with pytest.raises(StoreDown):
        await stage.play(person="an", text=words, event="e1")
    before = await claims(stage)
    assert before
    assert all(c.state == "held" for c in before)
    got = await stage.play(person="an", text=words, event="e1")  # the channel sends it again
    assert got[-1]["id"] in ("claim-held", "claims-noted")
    assert "001" in got[-1]["text"]
    assert await claims(stage) == before
    desk._sessions = kept


# the same code again, corrections


async def test_the_same_claim_again_is_asked_not_doubled(stage: Stage) -> None:
    await on_air(stage)
    await stage.say("an", "A1")
    got = await stage.say("an", "A1 x2")
    assert got["id"] == "claim-known"
    assert await states(stage) == [("A1", 1000, "held")]
    ways = ["A1: lấy thêm 2 kg", "A1: đổi thành 2 kg", "A1: giữ nguyên 1 kg"]
    assert list(titles(got).values())[:3] == ways


@pytest.mark.parametrize(
    ("digit", "after"),
    [
        ("1", [("A1", 1000, "held"), ("A1", 2000, "held")]),
        ("2", [("A1", 2000, "held")]),
        ("3", [("A1", 1000, "held")]),
    ],
)
async def test_more_instead_or_as_it_is_once_however_often_pressed(
    stage: Stage, digit: str, after: list[tuple[str, int, str]]
) -> None:
    await on_air(stage)
    await stage.say("an", "A1")
    asked = await stage.say("an", "A1 x2")
    assert (await stage.say("an", digit))["id"] == "claim-held"
    await stage.tap("an", asked["choices"][int(digit) - 1]["id"])
    assert await states(stage) == after


async def test_words_change_add_and_take_back(stage: Stage) -> None:
    await on_air(stage)
    await stage.say("an", "A1", "A1 sửa 3")
    assert await states(stage) == [("A1", 3000, "held")]
    await stage.say("an", "A1 thêm 1")
    assert await states(stage) == [("A1", 3000, "held"), ("A1", 1000, "held")]
    which = await stage.say("an", "huỷ A1")
    assert which["id"] == "claim-cancel-which"
    await stage.say("an", "1")
    assert [s for *_, s in await states(stage)] == ["cancelled", "held"]
    gone = await stage.say("an", "A1-")
    assert gone["id"] == "claim-cancelled"
    assert (await stage.say("an", "A2 thôi"))["id"] == "claim-none-of-code"
    assert (await stage.stock(MEAT))["held"] == 0


async def test_a_cancelled_claim_can_be_taken_back_once(stage: Stage) -> None:
    await on_air(stage)
    gone = await stage.say("an", "A1 2kg", "thôi")
    assert gone["id"] == "claim-cancelled"
    for _ in range(2):
        assert (await stage.tap("an", choice(gone, "cu:")))["id"] == "claim-held"
    assert await states(stage) == [("A1", 2000, "cancelled"), ("A1", 2000, "held")]


async def test_no_button_is_longer_than_an_app_takes(stage: Stage) -> None:
    """The longest ids there can be: 20 letters of a live, ten tonnes, a split pack."""
    live = "l" * 20
    await on_air(stage, MEAT, ROOT, "ga-den", id_=live)
    seen = [await stage.tap("an", step) for step in ("lives", f"live:{live}", "home")]
    for words in ("A2 100kg", "A2 99kg", "A3 2", "A3 3", "A1 2kg, A2 5kg, A3", "giỏ", "A1 thôi"):
        seen.append(await stage.say("an", words))
    ids = [c["id"] for got in seen for c in got["choices"]]
    assert any(i.startswith("cm:") for i in ids)
    assert [i for i in ids if len(i.encode()) > 40 or not i.isascii()] == []
