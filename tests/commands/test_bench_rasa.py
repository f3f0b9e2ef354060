"""What `python -m bot rasa --compare` counts, on answers made up for it."""

from __future__ import annotations

import json

import pytest

from bot.commands.bench_rasa_report import (
    Heard,
    RasaCost,
    agreement,
    best_guess,
    bolder,
    count,
    figures,
    print_rasa_report,
)
from bot.understand.understander import Band, Parsed


def said(intent: str, score: float, band: Band) -> Parsed:
    return Parsed(intent, score, band, ((intent, score), ("thank", 0.1)))


HEARD = [
    Heard("customer", "greet", said("greet", 0.9, "act"), said("greet", 0.9, "act")),
    Heard("customer", "greet", said("help", 0.9, "act"), said("greet", 0.9, "act")),
    Heard("customer", "ask_price", said("ask_price", 0.5, "ask"), said("ask_price", 0.95, "act")),
    Heard("customer", "ask_stock", said("ask_stock", 0.4, "ask"), said("ask_stock", 0.5, "ask")),
    Heard("customer", "thank", said("ask_stock", 0.3, "ask"), said("greet", 0.95, "act")),
    Heard("customer", "order", said("order", 0.5, "ask"), said("order", 0.99, "act")),
    Heard("seller", "report", said("report", 0.1, "reject"), None),
    Heard("customer", "", said("ask_price", 0.45, "ask"), said("ask_price", 0.95, "act")),
    Heard("customer", "", said("ask_price", 0.1, "reject"), said("ask_price", 0.3, "ask")),
]


def test_counts() -> None:
    told = count((h.meant, h.local) for h in HEARD if h.meant)
    assert (told.messages, told.acted, told.wrong) == (7, 2, 1)
    assert (told.asked, told.best3, told.refused) == (4, 4, 1)


def test_with_rasa_a_question_is_spared_and_a_mistake_is_counted() -> None:
    told = figures(HEARD)
    own, both = told["own model"], told["own model + Rasa"]
    assert both["in scope"].asked == own["in scope"].asked - 1
    assert both["in scope"].wrong == own["in scope"].wrong
    assert both["out of scope"].wrong == own["out of scope"].wrong + 1
    assert told["if agreeing were enough"]["in scope"].asked == own["in scope"].asked - 2


@pytest.mark.parametrize(("wrong", "acted"), [(1, 3), (2, 5), (3, 6)])
def test_bolder_makes_no_more_mistakes_than_it_may(wrong: int, acted: int) -> None:
    told = count(bolder(HEARD, wrong))
    assert told.wrong == wrong
    assert told.acted == acted


def test_how_often_both_say_the_same_where_the_own_model_is_sure() -> None:
    assert agreement(HEARD) == 0.5
    assert agreement([]) == 0.0
    assert best_guess(HEARD)["own_in_doubt"] == 0.75


def test_the_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    cost = RasaCost("config", 1.0, 2.0, waits=[5.0, 7.0, 30.0])
    print_rasa_report(HEARD, cost, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["data"].startswith("synthetic")
    assert told["counts"]["own model"]["in scope"]["asked"] == 4
    assert (told["rasa"]["p50_ms"], told["rasa"]["p99_ms"]) == (7.0, 30.0)
