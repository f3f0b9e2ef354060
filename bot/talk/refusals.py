"""A refusal with the next best thing to do."""

from __future__ import annotations

from bot.shop.problems import Problem, SoldOut
from bot.shop.says import Choice, Say
from bot.talk.turn import BACK, Turn


def refused(turn: Turn, problem: Problem) -> list[Say]:
    """A refusal with the next best thing to do."""
    choices = _what_is_left(turn, problem) if isinstance(problem, SoldOut) else ()
    choices = (*choices, *NEXT_BEST.get(problem.id, ()), BACK)
    return [Say(problem.id, problem.fields, choices=choices)]


def _what_is_left(turn: Turn, problem: SoldOut) -> tuple[Choice, ...]:
    """Take the rest, or be told when there is more."""
    product = str(problem.fields["product"])
    rest = (Choice(f"rest:{product}:{turn.nonce()}", "choice-take-rest"),)
    some_left = turn.level(product).free > 0
    return (*(rest if some_left else ()), Choice(f"ask:{product}", "choice-remind"))


NEXT_BEST: dict[str, tuple[Choice, ...]] = {
    "problem-empty-cart": (Choice("m", "choice-market"),),
    "problem-sold-out": (Choice("cart", "choice-cart"), Choice("m", "choice-market")),
    "problem-out-of-season": (Choice("cart", "choice-cart"), Choice("m", "choice-market")),
    "problem-not-on-shelf": (Choice("m", "choice-market"),),
    "problem-no-such-order": (Choice("o", "choice-orders"), Choice("talk", "choice-talk")),
    "problem-not-your-order": (Choice("o", "choice-orders"),),
    "problem-wrong-move": (Choice("o", "choice-orders"),),
    "problem-too-many-open-orders": (Choice("o", "choice-orders"), Choice("talk", "choice-talk")),
    "problem-too-often": (Choice("talk", "choice-talk"),),
    "problem-link-spent": (Choice("home", "choice-home"),),
}
