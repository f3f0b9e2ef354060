"""A seller's stock in her own words: "thịt gác bếp còn 20kg, trứng hết". Said back, then done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import msgspec

from bot.shop.people import Person
from bot.shop.product import Product
from bot.shop.says import Choice, Field, Say
from bot.shop.stock import Level
from bot.talk.seller.stock import hers
from bot.talk.turn import BACK, Routes, Turn, act, for_seller
from bot.understand.fitting import stock_amount
from bot.understand.pairing import Wish
from bot.understand.signs import stock_part_verb
from bot.understand.understood import Understood
from bot.usecases import stock
from bot.usecases.ports import Books

MOST_LINES = 8
TOLD = "told"
"""Where the session's form keeps what waits for her yes."""
MARK = "told-mark"


class Told(msgspec.Struct, frozen=True):
    """A product's stock is `n` base units from now on; or `n` more or less if it is a shift."""

    product: str
    n: int
    shift: bool = False

    def after(self, free: int) -> int:
        return max(0, free + self.n) if self.shift else self.n


@dataclass(frozen=True, slots=True)
class Unclear:
    """Goods that could be several of hers, or an amount that cannot be counted."""

    products: tuple[Product, ...]
    said: str


_told = msgspec.json.Decoder(list[Told])


async def tell(turn: Turn) -> list[Say]:
    """What was understood, before → after, with a yes; what was not, asked by name."""
    got = turn.understood
    if got is None:
        raise KeyError("tell")
    read = [_read(turn, got, w) for w in got.wishes[:MOST_LINES]]
    clear = [r for r in read if isinstance(r, Told)]
    unclear = [r for r in read if isinstance(r, Unclear)]
    says = [_ask(u) for u in unclear]
    if not read:
        says = [Say("stock-no-such", {"text": turn.heard.text[:60]}, choices=_MORE)]
    if clear:
        mark = turn.nonce()
        turn.session.form |= {TOLD: msgspec.json.encode(clear).decode(), MARK: mark}
        lines = tuple(_change(turn, t) for t in clear)
        yes, no = Choice(f"tell:{mark}:yes", "choice-yes"), Choice(f"tell:{mark}:no", "choice-no")
        choices = (yes, no, *_MORE)
        says.append(Say("stock-told", lines=lines, choices=choices))
    return says


_MORE = (Choice("k", "choice-stock"), BACK)


def _read(turn: Turn, got: Understood, wish: Wish) -> Told | Unclear:
    own = {p.id: p for p in hers(turn)}
    found = [own[p] for p in wish.products if p in own]
    found = found or [own[p] for p in wish.wider if p in own]
    said = got.message.plain[slice(*wish.part)].strip()[:60]
    amount = _amount(found[0], wish) if len(found) == 1 else None
    if amount is None:
        return Unclear(tuple(found), said)
    verb = stock_part_verb(got.message.words_between(*wish.part)) or got.intent
    sign = {"add_stock": 1, "reduce_stock": -1}.get(verb, 0)
    return Told(found[0].id, sign * amount if sign else amount, shift=bool(sign))


def _amount(product: Product, wish: Wish) -> int | None:
    if len(wish.measures) != 1 or wish.why in ("amount", "owner", "several"):
        return None
    measure = wish.measures[0]
    amount = 0 if measure.n == 0 else stock_amount(product, measure)
    return amount if isinstance(amount, int) else None


def _change(turn: Turn, told: Told) -> Say:
    product = next(p for p in hers(turn) if p.id == told.product)
    free = turn.level(product.id).free
    fields: dict[str, Field] = {
        "name": product.name["vi"],
        "before": product.amount(free),
        "left": product.amount(told.after(free)),
    }
    return Say("stock-change", fields)


def _ask(unclear: Unclear) -> Say:
    choices = tuple(
        Choice(f"kp:{p.id}", "choice-product", {"name": p.name["vi"]})
        for p in unclear.products[:MOST_LINES]
    )
    id_ = "stock-which" if choices else "stock-no-such"
    return Say(id_, {"text": unclear.said}, choices=(*choices, *_MORE))


async def told(turn: Turn, mark: str = "", yes: str = "") -> list[Say]:
    """Her yes to what was said back last: done once, however often it is pressed."""
    if yes not in ("yes", "no"):
        return await tell(turn)
    newest = turn.session.form.get(MARK) == mark
    kept = _told.decode(turn.session.form.pop(TOLD, "[]")) if newest else []
    if not kept or yes == "no":
        return [Say("stock-told-left" if kept else "old-menu", choices=_MORE)]
    own = {p.id for p in hers(turn)}
    who, now = await turn.who(), turn.now
    lines = []
    for one in (t for t in kept if t.product in own):
        lines.append(_change(turn, one))
        change = partial(_do, one, who, now)
        await turn.shop.ledger.put(change)
    return [Say("stock-told-done", lines=tuple(lines), choices=_MORE)]


def _do(told: Told, who: Person, now: int, books: Books) -> Level:
    if told.shift:
        return stock.shift_stock(books, told.product, told.n, who, now)
    return stock.set_stock(books, told.product, told.n, who, now)


ROUTES: Routes = {"tell": for_seller(act(told))}
