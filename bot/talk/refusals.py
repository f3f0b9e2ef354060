"""A refusal with the next best thing to do."""

from __future__ import annotations

from bot.shop.live_problems import BuyOnPlatform
from bot.shop.problems import (
    DealLate,
    DealOver,
    DealSpent,
    NotSeller,
    OutOfSeason,
    Problem,
    SoldOut,
)
from bot.shop.says import Amount, Choice, Say
from bot.talk.turn import BACK, Turn


def refused(turn: Turn, problem: Problem, *, as_seller: bool = False) -> list[Say]:
    """A refusal with the next best thing to do, for whoever was refused."""
    if isinstance(problem, NotSeller) and not turn.session.seller:
        return [_for_whom(turn, problem)]
    if as_seller and turn.session.seller:
        return [Say(problem.id, problem.fields, choices=(*SELLER_NEXT, BACK))]
    if isinstance(problem, SoldOut):
        return [_sold_out(turn, problem)]
    choices = NEXT_BEST.get(problem.id, ())
    if isinstance(problem, DealLate | DealOver | DealSpent):
        product = str(problem.fields["product"])
        choices = (Choice(f"dc:{product}", "choice-usual-price"), *choices)
    if isinstance(problem, BuyOnPlatform) and (link := str(problem.fields.get("link", ""))):
        choices = (Choice("watch", "choice-live-watch", url=link), *choices)
    if isinstance(problem, OutOfSeason):
        choices = (*_without(str(problem.fields["product"])), *choices)
    return [Say(problem.id, problem.fields, choices=(*choices, BACK))]


def _for_whom(turn: Turn, problem: NotSeller) -> Say:
    """Who may act for some seller is asked for which; a customer is told so."""
    if turn.me is None or not turn.me.grants:
        return Say(problem.id, choices=(Choice("home", "choice-home"),))
    return Say("act-for-first", choices=(Choice("af", "choice-act-for"), BACK))


def _sold_out(turn: Turn, problem: SoldOut) -> Say:
    """Take the rest, or be told when there is more."""
    product, left = str(problem.fields["product"]), problem.fields["left"]
    some = isinstance(left, Amount) and left.n > 0
    rest = (Choice(f"rest:{product}:{turn.nonce()}", "choice-take-rest"),) if some else ()
    choices = (*rest, *_without(product), *NEXT_BEST[SoldOut.id], BACK)
    return Say(problem.id if some else "problem-none-left", problem.fields, choices=choices)


def _without(product: str) -> tuple[Choice, ...]:
    return (Choice(f"ask:{product}", "choice-remind"), Choice(f"rm:{product}", "choice-remove"))


SELLER_NEXT = (Choice("new", "choice-seller-orders"), Choice("k", "choice-stock"))

LIVES = (Choice("lives", "choice-lives"),)

NEXT_BEST: dict[str, tuple[Choice, ...]] = {
    "problem-empty-cart": (Choice("m", "choice-market"),),
    "problem-sold-out": (Choice("cart", "choice-cart"), Choice("m", "choice-market")),
    "problem-out-of-season": (Choice("cart", "choice-cart"), Choice("m", "choice-market")),
    "problem-not-on-shelf": (Choice("cart", "choice-cart"), Choice("m", "choice-market")),
    "problem-deal-late": (Choice("cart", "choice-cart"), Choice("m", "choice-market")),
    "problem-deal-over": (Choice("cart", "choice-cart"), Choice("m", "choice-market")),
    "problem-deal-spent": (Choice("o", "choice-orders"), Choice("cart", "choice-cart")),
    "problem-not-your-deal": (Choice("cart", "choice-cart"), Choice("m", "choice-market")),
    "problem-no-such-order": (Choice("o", "choice-orders"), Choice("talk", "choice-talk")),
    "problem-not-your-order": (Choice("o", "choice-orders"),),
    "problem-wrong-move": (Choice("o", "choice-orders"),),
    "problem-too-many-open-orders": (Choice("o", "choice-orders"), Choice("talk", "choice-talk")),
    "problem-too-often": (Choice("talk", "choice-talk"),),
    "problem-not-trainer": (Choice("home", "choice-home"),),
    "problem-no-such-sentence": (Choice("unread", "choice-unread"),),
    "problem-no-such-live": LIVES,
    "problem-live-over": (*LIVES, Choice("cl", "choice-claims")),
    "problem-buy-on-platform": LIVES,
    "problem-no-such-code": LIVES,
    "problem-no-such-claim": (Choice("cl", "choice-claims"), *LIVES),
    "problem-claim-over": (Choice("cl", "choice-claims"), *LIVES),
    "problem-too-much-for-one": (Choice("cl", "choice-claims"), *LIVES),
    "problem-link-spent": (Choice("home", "choice-home"),),
}
