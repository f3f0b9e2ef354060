"""A seller's stock in her own words: "thịt gác bếp còn 20kg, trứng hết". Said back, then done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Literal

import msgspec

from bot.shop.changes import Change
from bot.shop.people import Person
from bot.shop.product import MOST_BASE_UNITS, Product
from bot.shop.says import Choice, Field, Say
from bot.talk.seller.stock import ask_number, hers, listed_choices, measured, one
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.understand.fitting import stock_amount
from bot.understand.pairing import Wish
from bot.understand.signs import only_order
from bot.understand.stock_signs import stock_part_verb
from bot.understand.understood import Understood
from bot.usecases import stock
from bot.usecases.ports import Books

MOST_LINES = 8
TOLD = "told"
"""Where the session's form keeps what waits for her yes."""
MARK = "told-mark"
AGAIN = "again"
"""In place of the mark: what waits is said back once more."""

Kind = Literal["", "set", "add", "less"]
"""Whether so much is left, came, or is gone; empty if the words do not say."""

KINDS: dict[str, Kind] = {
    "set_stock": "set",
    "sold_out": "set",
    "add_stock": "add",
    "household_in": "add",
    "reduce_stock": "less",
}
KIND: dict[str, Kind] = {"set": "set", "add": "add", "less": "less"}
SIGNS = {"add": 1, "less": -1}


class Told(msgspec.Struct, frozen=True):
    """A product's stock is `n` base units from now on; or `n` more or less if it is a shift."""

    product: str
    n: int
    shift: bool = False

    def after(self, free: int) -> int:
        return max(0, free + self.n) if self.shift else self.n

    @property
    def kind(self) -> Kind:
        return "set" if not self.shift else ("add" if self.n > 0 else "less")


@dataclass(frozen=True, slots=True)
class Unclear:
    """Goods that could be several of hers, an amount with several readings (base units), or one
    that is left, came or is gone.
    """

    products: tuple[Product, ...]
    said: str
    amounts: tuple[int, ...] = ()
    kind: Kind = ""


_told = msgspec.json.Decoder(list[Told])


def kind_of(intent: str) -> Kind:
    return KINDS.get(intent, "")


def told_of(product: str, kind: Kind, amount: int) -> Told:
    """None left is none left, by whatever verb ("bán hết")."""
    sign = SIGNS.get(kind, 0) if amount else 0
    return Told(product, sign * amount if sign else amount, shift=bool(sign))


async def tell(turn: Turn) -> list[Say]:
    """What was understood, before → after, with a yes; what was not, asked by name."""
    got = turn.understood
    if got is None:
        raise KeyError("tell")
    read = [_read(turn, got, w) for w in got.wishes[:MOST_LINES]] or [_unread(turn)]
    unclear = [r for r in read if isinstance(r, Unclear)]
    says = [_ask(turn, u, alone=len(read) == 1) for u in unclear]
    return [*says, *_said_back(turn, [r for r in read if isinstance(r, Told)])]


def _said_back(turn: Turn, clear: list[Told]) -> list[Say]:
    """A yes for what would change; what is so already is only said."""
    news = [t for t in clear if t.after(free := turn.level(t.product).free) != free]
    same = tuple(_now(turn, t) for t in clear if t not in news)
    says = [Say("stock-same", lines=same, choices=_MORE)] if same else []
    if not news:
        return says
    mark = turn.nonce()
    turn.session.form |= {TOLD: msgspec.json.encode(news).decode(), MARK: mark}
    lines = tuple(_change(turn, t) for t in news)
    yes, no = Choice(f"tell:{mark}:yes", "choice-yes"), Choice(f"tell:{mark}:no", "choice-no")
    return [*says, Say("stock-told", lines=lines, choices=(yes, no, *_MORE))]


_MORE = (Choice("k", "choice-stock"), BACK)


def _unread(turn: Turn) -> Unclear:
    """Not one amount: her goods that the words may name."""
    own = {p.id for p in hers(turn)}
    found = tuple(p for p in turn.named(turn.heard.text) if p.id in own)
    return Unclear(found[:MOST_LINES], turn.heard.text[:60])


def _read(turn: Turn, got: Understood, wish: Wish) -> Told | Unclear:
    own = {p.id: p for p in hers(turn)}
    found = [own[p] for p in wish.products if p in own]
    found = found or [own[p] for p in wish.wider if p in own]
    said = got.message.plain[slice(*wish.part)].strip()[:60]
    kind = _kind(got, wish)
    amounts = _amounts(found[0], wish) if found else ()
    if len(found) != 1 or len(amounts) != 1 or not _counts(wish) or not (kind or not amounts[0]):
        return Unclear(tuple(found), said, amounts, kind)
    return told_of(found[0].id, kind, amounts[0])


def _kind(got: Understood, wish: Wish) -> Kind:
    """By the verb in its own part of the message; else by the one that leads the part before
    ("thêm 5kg thịt, 3 chục trứng"); else, if there is no other verb, by the whole message.
    """
    message = got.message
    own = kind_of(stock_part_verb(message.words_between(*wish.part)))
    if own:
        return own
    others = [w for w in got.wishes if w.part[0] < wish.part[0]]
    for other in reversed(others):
        leads = kind_of(stock_part_verb(message.words_between(other.part[0], other.said[0])))
        whole = kind_of(stock_part_verb(message.words_between(*other.part)))
        if leads or whole:
            return leads or ("set" if whole == "set" else "")
    return "" if only_order(message) else kind_of(got.intent)


def _counts(wish: Wish) -> bool:
    return len(wish.measures) == 1 and wish.why not in ("amount", "owner", "several")


def _amounts(product: Product, wish: Wish) -> tuple[int, ...]:
    """Base units of every reading that can be counted in this product."""
    read = [0 if m.n == 0 else stock_amount(product, m) for m in wish.measures]
    return tuple(dict.fromkeys(n for n in read if isinstance(n, int) and n <= MOST_BASE_UNITS))


def _now(turn: Turn, told: Told) -> Say:
    product = next(p for p in hers(turn) if p.id == told.product)
    left = product.amount(turn.level(product.id).free)
    return Say("stock-now", {"name": product.name["vi"], "left": left})


def _change(turn: Turn, told: Told) -> Say:
    product = next(p for p in hers(turn) if p.id == told.product)
    free = turn.level(product.id).free
    fields: dict[str, Field] = {
        "name": product.name["vi"],
        "before": product.amount(free),
        "left": product.amount(told.after(free)),
    }
    if not told.shift:
        return Say("stock-change", fields)
    return Say(f"stock-change-{told.kind}", fields | {"amount": product.amount(abs(told.n))})


def _ask(turn: Turn, unclear: Unclear, *, alone: bool) -> Say:
    """Which of her goods; of one, which amount, and whether it is left, came or is gone.

    alone: nothing else is being asked, so the next words may answer this.
    """
    if len(unclear.products) != 1:
        choices = listed_choices(unclear.products[:MOST_LINES])
        id_ = "stock-which" if choices else "stock-no-such"
        return Say(id_, {"text": unclear.said}, choices=(*choices, *_MORE))
    product, kind = unclear.products[0], unclear.kind
    if not unclear.amounts:
        return _how_many(turn, product, kind, unclear.said, alone=alone)
    kinds: tuple[Kind, ...] = (kind,) if kind else ("set", "add", "less")
    offered = tuple(_amount_choice(product, k, n) for n in unclear.amounts for k in kinds)
    if alone and kind:
        turn.ask(f"kp:{product.id}:{kind}")
    fields: dict[str, Field] = {"name": product.name["vi"], "text": unclear.said}
    return Say("stock-how-much", fields, choices=(*offered[:MOST_LINES], *_MORE))


def _how_many(turn: Turn, product: Product, kind: Kind, said: str, *, alone: bool) -> Say:
    if alone:
        number = any(c.isdigit() for c in said)
        id_ = "stock-unclear-number" if number else "stock-ask-number"
        return ask_number(turn, product, id_, kind)
    choices = (*listed_choices((product,)), *_MORE)
    return Say("stock-which", {"text": product.name["vi"]}, choices=choices)


def _amount_choice(product: Product, kind: Kind, n: int) -> Choice:
    fields: dict[str, Field] = {"amount": product.amount(n)}
    return Choice(f"kp:{product.id}:{kind}:{n}", f"choice-stock-{kind}", fields)


async def of_product(turn: Turn, product_id: str, kind: str = "", n: str = "") -> list[Say]:
    """One product of hers: how much is left is asked or set; with a kind and an amount it is only
    said back.
    """
    own = next((p for p in hers(turn) if p.id == product_id), None)
    if own is None or not kind:
        return await one(turn, product_id)
    known = KIND[kind]
    if n:
        return _said_back(turn, [told_of(own.id, known, int(n))])
    meant = measured(turn.words.strip(), own)
    if len(meant) != 1:
        return [_ask(turn, Unclear((own,), turn.words[:60], meant, known), alone=True)]
    return _said_back(turn, [told_of(own.id, known, meant[0])])


async def told(turn: Turn, mark: str = "", yes: str = "") -> list[Say]:
    """Her yes to what was said back last: done once, however often it is pressed."""
    if yes not in ("yes", "no") and mark != AGAIN:
        return await tell(turn)
    newest = turn.session.form.get(MARK) == mark
    if mark == AGAIN and TOLD in turn.session.form:
        return _said_back(turn, _told.decode(turn.session.form[TOLD]))
    kept = _told.decode(turn.session.form.pop(TOLD, "[]")) if newest else []
    if not kept or yes == "no":
        return [Say("stock-told-left" if kept else "old-menu", choices=_MORE)]
    own = {p.id for p in hers(turn)}
    who, now = await turn.who(), turn.now
    lines = []
    for each in (t for t in kept if t.product in own):
        lines.append(_change(turn, each))
        change = partial(_do, each, who, now, turn.change_id())
        await turn.shop.ledger.put(change)
    return [Say("stock-told-done", lines=tuple(lines), choices=_MORE)]


def _do(told: Told, who: Person, now: int, id_: str, books: Books) -> Change:
    if told.shift:
        return stock.shift_stock(books, told.product, told.n, who, now, id_)
    return stock.set_stock(books, told.product, told.n, who, now, id_)


ROUTES: Routes = {
    "tell": for_seller(act(told)),
    "kp": for_seller(screen(of_product, views=1)),
}
