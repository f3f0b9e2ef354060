"""New prices go to the ledger; packs that are now dearer than by weight are pointed out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from hashlib import blake2b

from bot.shop.changes import Change
from bot.shop.people import Person
from bot.shop.problems import NothingToUndo
from bot.shop.product import Prices, Product, price_steps
from bot.shop.says import Choice, Field, Money, Rate, Say
from bot.talk.seller.counting import DONE, LAST, names_of
from bot.talk.seller.price_lines import price_lines
from bot.talk.seller.pricing import Priced, dearer_packs, in_proportion
from bot.talk.seller.stock import hers
from bot.talk.turn import BACK, Turn
from bot.usecases import stock
from bot.usecases.ports import Books


async def book_prices(turn: Turn, priced: Sequence[Priced], base: str = "") -> list[Say]:
    """All of them, or none; each before → after, with a button that takes all back. base: names
    the change, if a button carried a name; `<id>.0` if more of the same message follows.
    """
    priced = list(priced) if base and "." not in base else [p for p in priced if _news(turn, p)]
    if not priced:
        return [Say("price-same", choices=(Choice("gl:0", "choice-prices"), BACK))]
    base, who, now = base or turn.change_id(), await turn.who(), turn.now
    ids = names_of(base, len(priced))
    base = ids[0].partition(".")[0]
    done = await turn.shop.ledger.put(partial(_set_all, priced, ids, who, now))
    turn.session.form.pop(DONE, None)
    turn.session.form[LAST] = base
    turn.ask("")
    return [booked(turn, done, base)]


def _news(turn: Turn, priced: Priced) -> bool:
    """False if it costs that already."""
    now = turn.prices(priced.product).vnd
    return any(now.get(key, 0) != vnd for key, vnd in priced.vnd.items())


def _set_all(
    priced: Sequence[Priced], ids: Sequence[str], who: Person, now: int, books: Books
) -> list[Change]:
    return [
        stock.set_prices(books, p.product, p.vnd, who, now, id_)
        for p, id_ in zip(priced, ids, strict=True)
    ]


def booked(turn: Turn, done: Sequence[Change], base: str) -> Say:
    own = {p.id: p for p in hers(turn)}
    lines: list[Say] = []
    more: list[Choice] = []
    for change in done:
        product = own[change.subject]
        lines += price_lines(product, change.effect.prices_before, change.effect.prices_after)
        beside = _beside(turn.prices(product.id), product, change)
        lines += beside
        if any(s.id == "price-packs-dearer" for s in beside):
            more.append(Choice(f"gk:{change.id}", "choice-price-packs-along"))
    first, *rest = lines
    undo = Choice(f"undo:{base}", "choice-undo")
    choices = (*more[:1], Choice("gl:0", "choice-prices"), undo, Choice("k", "choice-stock"), BACK)
    return Say(first.id, first.fields, tuple(rest), choices)


def _beside(prices: Prices, product: Product, change: Change) -> list[Say]:
    """Packs and steps that stay as they are, and now cost more than the goods by weight."""
    after, loose = change.effect.prices_after, product.loose
    if loose is None or not after.get(""):
        return []
    rate = Rate(prices.vnd[""], product.amount(loose.per))
    says = []
    for offer in dearer_packs(product, prices):
        pack: dict[str, Field] = {"amount": product.amount(offer.amount)}
        pack |= {"money": Money(prices.vnd[offer.id]), "rate": rate}
        says.append(Say("price-packs-dearer", pack))
    for least, vnd in price_steps(prices):
        if vnd >= prices.vnd[""]:
            step: dict[str, Field] = {"amount": product.amount(least), "rate": rate}
            says.append(Say("price-step-idle", step))
    return says


async def packs_along(turn: Turn, change_id: str) -> list[Say]:
    """The packs that are now dearer move as the loose price did; the same button again does
    nothing more. Raises NothingToUndo for a change that is not there or not hers.
    """
    change = await turn.shop.records.read(lambda books: books.change(change_id))
    product = next((p for p in hers(turn) if change and p.id == change.subject), None)
    if change is None or product is None or not change.effect.prices_before.get(""):
        raise NothingToUndo()
    base = blake2b(f"packs {change_id}".encode(), digest_size=8).hexdigest()
    done = await turn.shop.records.read(lambda books: books.change(base))
    if done is not None:
        return [booked(turn, [done], base)]
    new = in_proportion(product, turn.prices(product.id), change.effect.prices_before[""])
    if not new:
        return [Say("price-packs-fine", choices=(Choice("gl:0", "choice-prices"), BACK))]
    return await book_prices(turn, [Priced(product.id, new)], base=base)
