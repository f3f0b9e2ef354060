"""Every refusal the shop can give, in one tree.

A `Problem` is an answer, not a failure: it carries the id of the sentence that explains it and the
fields for that sentence. It is raised in `shop/` and `usecases/` and caught once, in the desk.
"""

from __future__ import annotations

from bot.shop.says import Field


class Problem(Exception):
    """A refusal. `id` is the message id (`problem-…`) under which every language explains it."""

    id = "problem"

    def __init__(self, **fields: Field) -> None:
        super().__init__(self.id, fields)
        self.fields = fields


class SoldOut(Problem):
    """Less is free than was asked for. Fields: product (id), name, left (Amount)."""

    id = "problem-sold-out"


class OutOfSeason(Problem):
    """The season is over for a fresh product. Fields: product, name, months."""

    id = "problem-out-of-season"


class NotOnShelf(Problem):
    """No such product is on the shelf (any more)."""

    id = "problem-not-on-shelf"


class AmountTooSmall(Problem):
    """Fields: name, least (Amount)."""

    id = "problem-amount-too-small"


class AmountNotSold(Problem):
    """No packs and no loose step make this amount. Fields: name, near (Amount)."""

    id = "problem-amount-not-sold"


class AmountTooLarge(Problem):
    """Beyond 10 tonnes in one line."""

    id = "problem-amount-too-large"


class EmptyCart(Problem):
    id = "problem-empty-cart"


class CartChanged(Problem):
    """Prices or fees moved since the summary was read; it must be read again."""

    id = "problem-cart-changed"


class CheckoutOld(Problem):
    """The summary that was pressed is no longer the one in hand."""

    id = "problem-checkout-old"


class NoSuchOrder(Problem):
    id = "problem-no-such-order"


class NotYourOrder(Problem):
    id = "problem-not-your-order"


class WrongMove(Problem):
    """The order is not in a state that allows this. Fields: code, state (Word)."""

    id = "problem-wrong-move"


class NeedsCall(Problem):
    """The address is not complete yet; the seller calls first. Fields: code."""

    id = "problem-needs-call"


class TooManyOpenOrders(Problem):
    """The phone or network address already holds as many unaccepted orders as it may.

    Fields: most.
    """

    id = "problem-too-many-open-orders"


class FeeOpen(Problem):
    """The fee is not agreed yet: the seller names it, the customer says yes. Fields: code."""

    id = "problem-fee-open"


class LinkSpent(Problem):
    """A one-time link that was used, replaced or has run out."""

    id = "problem-link-spent"


class TooOften(Problem):
    """Asked too many times; try later. Fields: minutes."""

    id = "problem-too-often"


class NotYourDeal(Problem):
    """No such deal, or it belongs to somebody else."""

    id = "problem-not-your-deal"


class DealOver(Problem):
    """The deal is in no state that allows this: answered, declined, replaced. Fields: product."""

    id = "problem-deal-over"


class DealLate(Problem):
    """The price stood until a time that is past. Fields: product."""

    id = "problem-deal-late"


class DealSpent(Problem):
    """The price was for one order, which is placed. Fields: product."""

    id = "problem-deal-spent"


class NotSeller(Problem):
    id = "problem-not-seller"


class NotTrainer(Problem):
    """Only who is bound as a trainer may teach the shop."""

    id = "problem-not-trainer"


class NotLent(Problem):
    """Nobody records for the shop who did not agree to lend it her voice."""

    id = "problem-not-lent"


class NoSuchSentence(Problem):
    """The sentence was taught, passed over or exported already."""

    id = "problem-no-such-sentence"


class StockBelowHeld(Problem):
    """A number that cannot be a stock level."""

    id = "problem-bad-stock"


class NotAllowed(Problem):
    """Hers, but this right was not given to her."""

    id = "problem-not-allowed"


class GivesTooMuch(Problem):
    """Nobody grants more than she holds."""

    id = "problem-gives-too-much"


class LastOwner(Problem):
    """The last owner's rights cannot be taken."""

    id = "problem-last-owner"


class Blocked(Problem):
    """The seller, or the shop, wants to hear no more from this person."""

    id = "problem-blocked"


class NotThatMuch(Problem):
    """Less is free than should be written off or given back."""

    id = "problem-not-that-much"


class UndoTooLate(Problem):
    """Sold or changed again meanwhile."""

    id = "problem-undo-too-late"


class NothingToUndo(Problem):
    id = "problem-nothing-to-undo"


class NoSuchHousehold(Problem):
    id = "problem-no-such-household"


class NotYourHousehold(Problem):
    id = "problem-not-your-household"


class BadMoney(Problem):
    """Not a sum that can be booked."""

    id = "problem-bad-money"


class LivePast(Problem):
    """A live in the past, or more than a year ahead."""

    id = "problem-live-past"


class NoBank(Problem):
    """The shop has no bank account in use."""

    id = "problem-no-bank"
