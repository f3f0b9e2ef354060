"""What a claimant is told first: her turn came, her hold ends soon, it ended."""

from __future__ import annotations

from bot.shop.claim import Claim
from bot.shop.product import Product
from bot.shop.says import Choice, Field, Letter, Moment, Money, Say
from bot.usecases.ports import Books


def fields_of(claim: Claim, product: Product) -> dict[str, Field]:
    """What every sentence about a claim may name."""
    return {
        "number": f"{claim.number:03d}",
        "code": claim.code,
        "name": product.name["vi"],
        "amount": product.amount(claim.amount),
        "money": Money(claim.vnd),
        "at": Moment(claim.at),
        "until": Moment(claim.until),
    }


def your_turn(books: Books, claim: Claim, product: Product, now: int) -> None:
    """Goods became free for her; one digit takes them, another passes the turn on."""
    say = Say(
        "claim-your-turn",
        fields_of(claim, product),
        choices=(
            Choice(f"cy:{claim.id}", "choice-claim-take"),
            Choice(f"cp:{claim.id}", "choice-claim-pass"),
        ),
        picture=f"product/{claim.product}",
    )
    _post(books, claim, "turn", say, now, claim.until)


def ends_soon(books: Books, claim: Claim, product: Product, now: int) -> None:
    confirmed = claim.state == "confirmed"
    first = (
        Choice("co", "choice-claim-order")
        if confirmed
        else Choice(f"cy:{claim.id}", "choice-claim-right")
    )
    say = Say(
        "claim-ends-soon-confirmed" if confirmed else "claim-ends-soon",
        fields_of(claim, product),
        choices=(first, Choice(f"cc:{claim.id}", "choice-claim-cancel")),
    )
    _post(books, claim, "soon", say, now, claim.until)


def expired(books: Books, claim: Claim, product: Product, now: int) -> None:
    choices = (Choice(f"live:{claim.live}", "choice-live-see"), Choice("home", "choice-home"))
    say = Say("claim-expired", fields_of(claim, product), choices=choices)
    _post(books, claim, "expired", say, now, now + 24 * 3600)


def called_off(books: Books, claim: Claim, product: Product, now: int) -> None:
    """The seller or the helper cancelled it, or the whole live."""
    choices = (Choice(f"p:{claim.product}", "choice-see"), Choice("home", "choice-home"))
    say = Say("claim-called-off", fields_of(claim, product), choices=choices)
    _post(books, claim, "off", say, now, now + 24 * 3600)


def _post(books: Books, claim: Claim, what: str, say: Say, now: int, until: int) -> None:
    """Nobody can write to who only writes comments; the helper sees those on the board."""
    if claim.is_guests:
        return
    once = f"claim:{claim.id}:{what}:{claim.until}:{claim.person}"
    books.post(Letter(claim.person, say, "order", now, until, once))
