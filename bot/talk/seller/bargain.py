"""A customer asks for a lower price: the seller names one and until when, or says that there is
none.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.shop.deal import Deal, deadline, deadlines, is_odd, moved, rate_of, total_vnd, usual_vnd
from bot.shop.problems import NotOnShelf, NotYourDeal
from bot.shop.product import Product, is_priced
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Moment, Money, Say
from bot.talk.buyer.cart import bare_unit
from bot.talk.turn import BACK, Routes, Turn, act, for_seller
from bot.understand.pieces import Price
from bot.understand.price_answers import read_price, waits
from bot.understand.quantities import Ask, Read, read_amount
from bot.usecases import bargains

DONE = (Choice("new", "choice-seller-orders"), Choice("k", "choice-stock"), BACK)
MOST_READINGS = 4
MOST_WAITING = 4
MOST_VND = 1_000_000_000
"""More than any one line of an order may cost."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A deal that waits for her price, with the amount the price is for (base units, 0 open)."""

    deal: Deal
    product: Product
    amount: int

    def fields(self, turn: Turn, vnd: int = 0) -> dict[str, Field]:
        """Name, amount, usual price; with `vnd` that price and what it is per unit."""
        product, amount = self.product, self.amount
        priced: dict[str, Field] = {
            "money": Money(vnd),
            "rate": rate_of(product, amount, vnd),
        }
        usual = Money(usual_vnd(product, turn.prices(product.id), amount))
        known: dict[str, Field] = {"name": product.name["vi"], "amount": product.amount(amount)}
        return known | {"usual": usual} | (priced if vnd else {})


async def _asked(turn: Turn, deal_id: str, amount: str = "") -> Asked:
    """Raises NotYourDeal, NotOnShelf, and DealOver if it no longer waits for an answer."""
    deal = await turn.shop.records.deal(deal_id)
    if deal is None or deal.seller != turn.session.seller:
        raise NotYourDeal()
    deal = await _newest(turn, deal)
    product = turn.product(deal.product)
    if product is None or not is_priced(product, turn.prices(product.id)):
        raise NotOnShelf()
    moved(deal, "offer", turn.now)
    return Asked(deal, product, deal.amount or int(amount or 0))


async def _newest(turn: Turn, deal: Deal) -> Deal:
    """The wish that took the place of this one, if she answers an older letter."""
    if deal.state != "lapsed" or deal.until:
        return deal
    of_hers = await turn.shop.records.wishes_of_seller(deal.seller)
    same = [d for d in of_hers if (d.customer, d.product) == (deal.customer, deal.product)]
    return same[-1] if same else deal


async def price(turn: Turn, deal_id: str, amount: str = "", odd: str = "") -> list[Say]:
    """Ask for her price, or read it; first the amount where the customer named none. odd: the
    price she is asked about, which yes confirms.
    """
    asked = await _asked(turn, deal_id, amount)
    if not asked.amount:
        return _amount_question(turn, asked.deal)
    if not turn.words:
        return _price_question(turn, asked, "seller-deal-price-number")
    if odd and turn.shop.commands.agrees(turn.words):
        return _until(turn, asked, int(odd))
    found = read_price(turn.words)
    if found is None and waits(turn.words):
        return _price_question(turn, asked, "seller-deal-wait")
    totals = _totals(asked, found.readings if found else (), _usual(turn, asked))
    if found is None or not totals:
        return _price_question(turn, asked, "seller-deal-unclear-number")
    if len(totals) > 1 or found.why:
        return _which(turn, asked, totals)
    return _weighed(turn, asked, totals[0])


def _usual(turn: Turn, asked: Asked) -> int:
    return usual_vnd(asked.product, turn.prices(asked.product.id), asked.amount)


def _price_question(turn: Turn, asked: Asked, id_: str) -> list[Say]:
    turn.ask(f"dp:{asked.deal.id}:{asked.amount}")
    no_less = Choice(f"dn:{asked.deal.id}", "choice-deal-no-less")
    return [Say(id_, asked.fields(turn), choices=(no_less, BACK))]


def _totals(asked: Asked, readings: tuple[Price, ...], usual: int) -> tuple[int, ...]:
    """What the whole amount would cost by each reading; a plain sum that is also a likely price
    per unit is read both ways.
    """
    found: list[int] = []
    unit = rate_of(asked.product, asked.amount, 0).per.n
    for one in readings:
        if one.per is None:
            found.append(one.vnd)
            each = total_vnd(one.vnd, unit, asked.amount)
            if not is_odd(each, usual) and (each <= usual or is_odd(one.vnd, usual)):
                found.append(each)
        elif one.per.base == asked.product.base and one.per.n:
            found.append(total_vnd(one.vnd, one.per.n, asked.amount))
    kept = [n for n in dict.fromkeys(found) if 0 < n <= MOST_VND]
    return tuple(sorted(kept, key=lambda n: is_odd(n, usual)))[:MOST_READINGS]


def _which(turn: Turn, asked: Asked, totals: tuple[int, ...]) -> list[Say]:
    choices = [
        Choice(_button("dv", asked, vnd), "choice-deal-vnd", asked.fields(turn, vnd))
        for vnd in totals
    ]
    again = Choice(f"dp:{asked.deal.id}:{asked.amount}", "choice-deal-again")
    turn.ask(f"dp:{asked.deal.id}:{asked.amount}")  # or another price, typed
    return [Say("seller-deal-which", asked.fields(turn), choices=(*choices, again, BACK))]


def _button(route: str, asked: Asked, vnd: int) -> str:
    return f"{route}:{asked.deal.id}:{asked.amount}:{vnd}"


def _weighed(turn: Turn, asked: Asked, vnd: int) -> list[Say]:
    """A price far from the usual one is asked back before it is sent."""
    if not is_odd(vnd, _usual(turn, asked)):
        return _until(turn, asked, vnd)
    choices = (
        Choice(f"{_button('dv', asked, vnd)}:yes", "choice-deal-sure"),
        Choice(f"dp:{asked.deal.id}:{asked.amount}", "choice-deal-again"),
        BACK,
    )
    turn.ask(f"dp:{asked.deal.id}:{asked.amount}:{vnd}")  # yes, or another price, typed
    return [Say("seller-deal-odd", asked.fields(turn, vnd), choices=choices)]


async def chosen(turn: Turn, deal_id: str, amount: str, vnd: str, sure: str = "") -> list[Say]:
    """A price picked by button; sure: she was asked back already."""
    asked = await _asked(turn, deal_id, amount)
    return (_until if sure else _weighed)(turn, asked, int(vnd))


def _until(turn: Turn, asked: Asked, vnd: int) -> list[Say]:
    """Repeats the price, and asks until when it stands."""
    choices = tuple(
        Choice(
            f"{_button('du', asked, vnd)}:{days}",
            "choice-deal-until",
            {"until": Moment(deadline(turn.now, days))},
        )
        for days in deadlines(turn.now)
    )
    again = Choice(f"dp:{asked.deal.id}:{asked.amount}", "choice-deal-again")
    fields = asked.fields(turn, vnd)
    return [Say("seller-deal-until", fields, choices=(*choices, again, BACK))]


async def until(turn: Turn, deal_id: str, amount: str, vnd: str, days: str) -> list[Say]:
    """The last answer: the customer is told now; a second tap shows the same."""
    if int(days) not in (0, 1, 3):
        raise KeyError(days)
    who, now, end = await turn.who(), turn.now, deadline(turn.now, int(days))
    deal = await turn.shop.ledger.put(
        lambda b: bargains.offer(b, deal_id, int(amount), int(vnd), end, who, now)
    )
    fields: dict[str, Field] = {"money": Money(deal.vnd), "until": Moment(deal.until)}
    waiting = await _waiting(turn)
    return [Say("seller-deal-sent", fields, choices=(*waiting, *DONE))]


async def no_less(turn: Turn, deal_id: str) -> list[Say]:
    who, now = await turn.who(), turn.now
    await turn.shop.ledger.put(lambda b: bargains.refuse(b, deal_id, who, now))
    return [Say("seller-deal-refused", choices=(*await _waiting(turn), *DONE))]


async def _waiting(turn: Turn) -> tuple[Choice, ...]:
    """Other customers who still wait for a price of hers, oldest first."""
    found = []
    for deal in (await turn.shop.records.wishes_of_seller(turn.session.seller))[:MOST_WAITING]:
        talk, product = await turn.shop.records.thread(deal.thread), turn.product(deal.product)
        if product is not None:
            fields: dict[str, Field] = {
                "name": product.name["vi"],
                "customer": talk.customer_name if talk else "",
            }
            found.append(Choice(f"dp:{deal.id}", "choice-deal-waiting", fields))
    return tuple(found)


def _amount_question(
    turn: Turn, deal: Deal, id_: str = "seller-deal-how-much-number"
) -> list[Say]:
    turn.ask(f"dq:{deal.id}")
    return [Say(id_, {"text": deal.said}, choices=(BACK,))]


async def how_much(turn: Turn, deal_id: str) -> list[Say]:
    """How much the customer's own words ("cả xe") come to, by the seller."""
    asked = await _asked(turn, deal_id)
    if not turn.words:
        return _amount_question(turn, asked.deal)
    got = read_amount(turn.words, asked.product.base, bare=bare_unit(asked.product))
    turn.words = ""
    if isinstance(got, Read):
        return await price(turn, deal_id, str(got.amount))
    meant = got.candidates if isinstance(got, Ask) else ()
    choices = tuple(
        Choice(f"dp:{deal_id}:{n}", "choice-meant", {"amount": asked.product.amount(n)})
        for n in meant
    )
    [again] = _amount_question(turn, asked.deal)
    return [Say(again.id, again.fields, choices=(*choices, BACK))]


ROUTES: Routes = {
    "dp": for_seller(act(price), Right.PRICE),
    "dq": for_seller(act(how_much), Right.PRICE),
    "dv": for_seller(act(chosen), Right.PRICE),
    "du": for_seller(act(until), Right.PRICE),
    "dn": for_seller(act(no_less), Right.PRICE),
}
