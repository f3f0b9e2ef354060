"""What is made of a second opinion, as tables."""

from __future__ import annotations

import pytest

from bot.understand.inventory import INTENTS
from bot.understand.rasa import HARMLESS, QUESTION, SURE, as_sent, of_role, settle
from bot.understand.understander import MOST_RANKED, Band, Bands, Parsed, Thresholds

BANDS = Bands(customer=Thresholds(act=0.6, ask=0.25), seller=Thresholds(act=0.7, ask=0.3))
WEAK = SURE - 0.01

CHANGES = (
    "order change_cart checkout cancel_order change_details remind_me stop_reminders complain "
    "bargain delete_my_data affirm deny set_stock add_stock reduce_stock sold_out set_price "
    "order_confirm order_packed order_shipped order_delivered household_in pay_household "
    "schedule_live move_live cancel_live broadcast undo new_product block_person unblock_person "
    "invite_helper money_received give_back set_bank"
)
"""What must not happen because two machines agree."""


def parsed(intent: str, score: float, band: Band = "ask") -> Parsed:
    return Parsed(intent, score, band, ((intent, score), ("thank", 0.1)))


@pytest.mark.parametrize(
    ("local", "second", "band"),
    [
        (parsed("ask_price", 0.4), parsed("ask_price", SURE), "act"),
        (parsed("ask_price", 0.4), parsed("ask_price", WEAK), "ask"),
        (parsed("ask_price", 0.4), parsed("ask_stock", 1.0), "ask"),
        (parsed("ask_price", 0.4), None, "ask"),
        (parsed("cancel_order", 0.4), parsed("cancel_order", 1.0), "ask"),
        (parsed("ask_price", 0.1, "reject"), parsed("ask_price", 1.0), "reject"),
        (parsed("ask_price", 0.9, "act"), parsed("ask_stock", 1.0), "act"),
        (Parsed(), parsed("ask_price", 1.0), "reject"),
    ],
)
def test_settled(local: Parsed, second: Parsed | None, band: Band) -> None:
    settled = settle(local, second)
    assert settled.band == band
    assert (settled.intent, settled.score, settled.ranking) == (
        local.intent, local.score, local.ranking,
    )  # fmt: skip


def test_nothing_is_changed_because_two_agree() -> None:
    assert set(CHANGES.split()) | HARMLESS == set(INTENTS)
    for intent in CHANGES.split():
        local = parsed(intent, 0.59)
        assert settle(local, parsed(intent, 1.0)) == local


RANKING = [("set_stock", 0.5), ("nlu_fallback", 0.3), ("ask_stock", 0.15), ("greet", 0.05)]


@pytest.mark.parametrize(
    ("role", "share", "intent", "score", "band"),
    [
        ("customer", 1.0, "ask_stock", 0.75, "act"),
        ("customer", 0.8, "ask_stock", 0.48, "ask"),
        ("customer", 0.5, "ask_stock", 0.1875, "reject"),
        ("seller", 1.0, "set_stock", 0.5 / 0.55, "act"),
    ],
)
def test_only_what_the_role_may_mean_by_our_own_bands(
    role: str, share: float, intent: str, score: float, band: Band
) -> None:
    said = of_role(RANKING, role, BANDS, share)  # type: ignore[arg-type]
    assert said is not None
    assert (said.intent, said.band) == (intent, band)
    assert said.score == pytest.approx(score)
    assert "nlu_fallback" not in dict(said.ranking)


@pytest.mark.parametrize(
    "ranking", [[], [("nlu_fallback", 1.0)], [("set_stock", 1.0)], [("order", 0.0)]]
)
def test_nothing_left_is_no_opinion(ranking: list[tuple[str, float]]) -> None:
    assert of_role(ranking, "customer", BANDS) is None


def test_a_ranking_is_cut_and_in_order() -> None:
    names = [name for name, roles in INTENTS.items() if "customer" in roles]
    said = of_role([(name, n / 100) for n, name in enumerate(names)], "customer", BANDS)
    assert said is not None
    assert [name for name, _ in said.ranking] == names[::-1][:MOST_RANKED]


def test_a_question_mark_is_sent_as_a_word() -> None:
    assert as_sent(["còn", "hàng", "?"]) == f"còn hàng {QUESTION}"
