"""A seller's stock in her own words: "thịt gác bếp còn 20kg, trứng hết".

What the grammar reads for certain is booked at once and can be undone; what was only guessed, is
odd or open is said back or asked first (docs/decisions/0010).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.shop.product import MOST_BASE_UNITS, Product
from bot.shop.roles import Right
from bot.shop.says import Choice, Say
from bot.talk.seller.beside_orders import names_order, speaks_of_order, with_order_left
from bot.talk.seller.counting import (
    Kind,
    Told,
    answered,
    book,
    is_odd,
    said_back,
    told_of,
)
from bot.talk.seller.stock import hers, likest, listed_choices
from bot.talk.seller.stock_asking import MOST_LINES, Unclear, ask
from bot.talk.turn import Routes, Turn, act, for_seller
from bot.understand.fitting import stock_amount
from bot.understand.message import Message
from bot.understand.pairing import Wish
from bot.understand.seller_signs import changes_nothing
from bot.understand.sellers.own_goods import own_goods
from bot.understand.sellers.plain_prices import only_price, verb_before
from bot.understand.sellers.spoiled import spoiled
from bot.understand.signs import asks, only_order
from bot.understand.small_words import is_small
from bot.understand.stock_signs import gone, only_stock, stock_part_verb
from bot.understand.understood import Understood

_LETTERS = re.compile(r"[^\W\d_]+")
SIGNS: dict[str, Kind] = {"+": "add", "=": "set"}
KINDS: dict[str, Kind] = {
    "set_stock": "set",
    "sold_out": "set",
    "add_stock": "add",
    "household_in": "add",
    "reduce_stock": "less",
}


@dataclass(frozen=True, slots=True)
class Sure:
    """Read for certain, to be booked at once."""

    told: Told


def kind_of(intent: str) -> Kind:
    return KINDS.get(intent, "")


async def tell(turn: Turn, wishes: Sequence[Wish] = (), after: str = "") -> list[Say]:
    """What is certain is done; what was understood is said back with a yes; what was not is asked
    by name. wishes: only these of the message. after: see `book`.
    """
    got = turn.understood
    if got is None:
        raise KeyError("tell")
    told = wishes or got.wishes
    read = [_read(turn, got, w) for w in told[:MOST_LINES]] or [_unread(turn)]
    clear = [r.told if isinstance(r, Sure) else r for r in read if not isinstance(r, Unclear)]
    sure = [r.told for r in read if isinstance(r, Sure) and not odd_now(turn, r.told)]
    unclear = [r for r in read if isinstance(r, Unclear)]
    done = await book(turn, sure, after=after) if sure else []
    says = [ask(turn, u, alone=len(read) == 1) for u in unclear]
    rest = [t for t in clear if t not in sure]
    return [*done, *says, *(said_back(turn, rest) if rest else [])]


def odd_now(turn: Turn, told: Told) -> bool:
    return is_odd(told, turn.level(told.product).free)


def _unread(turn: Turn) -> Unclear:
    """Not one amount: her goods that the words may name."""
    text, own = turn.heard.text, {p.id for p in hers(turn)}
    found = tuple(p for p in turn.named(text) if p.id in own)[:MOST_LINES]
    near = () if found else listed_choices(likest(turn, text))
    return Unclear(found, text[:60], near=near)


def _read(turn: Turn, got: Understood, wish: Wish) -> Told | Sure | Unclear:
    own = {p.id: p for p in hers(turn)}
    said_of, wish = wish, own_goods(got.message, wish, own)
    one = wish == said_of or not any(p in own for p in said_of.products)
    named = [own[p] for p in wish.products if p in own]
    found = named or [own[p] for p in wish.wider if p in own]
    said = got.message.plain[slice(*wish.part)].strip()[:60]
    verb = _own_verb(got, wish)
    kind = verb or _kind(got, wish)
    amounts = _amounts(found[0], wish) if found else ()
    if not found:
        return Unclear((), said, near=_near(turn, got, wish, kind))
    if len(found) != 1:
        some = found[:MOST_LINES]
        near = tuple(_choice(p, wish, kind) for p in some)
        return Unclear(tuple(some), said, amounts, kind, near)
    if len(amounts) != 1 or not _counts(wish) or not (kind or not amounts[0]):
        return Unclear(tuple(found), said, amounts, kind)
    told = told_of(found[0].id, kind, amounts[0])
    none = not amounts[0] and gone(got.message.plain[slice(*wish.part)])
    certain = (verb or none) and named and one and _certain(turn, got, wish)
    return Sure(told) if certain else told


def _near(turn: Turn, got: Understood, wish: Wish, kind: Kind) -> tuple[Choice, ...]:
    """The goods of hers with the likest names, with what was said of them; first those that are
    counted so.
    """
    message = got.message
    called = any((h.start, h.end) == wish.said for h in message.products)
    part = message.plain[slice(*wish.said)] if called else message.words_between(*wish.part)
    choices = [_choice(product, wish, kind) for product in likest(turn, part)]
    return tuple(sorted(choices, key=lambda c: ":" not in c.id.removeprefix("kp:")))


def _choice(product: Product, wish: Wish, kind: Kind) -> Choice:
    """A button with her goods, and with what was said of them if that is clear."""
    amounts = _amounts(product, wish) if _counts(wish) else ()
    about = f":{kind}:{amounts[0]}" if len(amounts) == 1 and kind else ""
    return Choice(f"kp:{product.id}{about}", "choice-product", {"name": product.name["vi"]})


def _words(message: Message, wish: Wish) -> str:
    """The words of its part of the message beside goods and amounts."""
    start, end = wish.part
    blank = message.words_between(0, len(message.plain))
    if wish.products:
        blank = blank[: wish.said[0]] + " " * (wish.said[1] - wish.said[0]) + blank[wish.said[1] :]
    return blank[start:end]


def beside_prices(got: Understood) -> tuple[Wish, ...]:
    """The parts of a sentence with prices that tell of stock ("còn 20kg, giá 560k"), also those
    that say both ("45k một cân còn 300kg").
    """
    message = got.message
    return tuple(
        w
        for w in got.wishes
        if w.measures
        and (
            bool(verb_before(message, *w.part))
            if _priced(message, w)
            else _own_verb(got, w) or gone(message.plain[slice(*w.part)])
        )
    )


def _priced(message: Message, wish: Wish) -> bool:
    """Whether money is said in its own part of the message."""
    return any(wish.part[0] <= m.start < wish.part[1] for m in message.money)


def _own_verb(got: Understood, wish: Wish) -> Kind:
    """By the verb in its own part of the message; one directly before the amount comes first
    ("còn 10kg bán 240k").
    """
    words = _words(got.message, wish)
    near = verb_before(got.message, *wish.part)
    kind = kind_of(near or stock_part_verb(words)) or _sign(got.message, wish)
    if kind == "less" or (not kind and got.intent == "reduce_stock"):
        return "spoil" if goes_bad(words) else kind
    return kind


def _sign(message: Message, wish: Wish) -> Kind:
    """ "Sâm đất +50kg", "trứng = 120": what a sign directly before the amount does."""
    start, end = wish.part
    first = next((q for q in message.quantities if start <= q.start < end), None)
    before = message.plain[: first.start].rstrip()[-1:] if first else ""
    return SIGNS.get(before, "")


def goes_bad(words: str) -> bool:
    return spoiled(Message(words, words)) and not gone(words)


def _certain(turn: Turn, got: Understood, wish: Wish) -> bool:
    """Whether nothing but this can be meant: she typed it now, asks nothing, and every word of the
    part was read; the goods are named as they are called, or by a part of it.
    """
    message = got.message
    typed = turn.heard.text.strip() == message.text.strip() and got.band == "act"
    text = message.plain[slice(*wish.part)] if speaks_of_order(got) else message.plain
    told = "?" not in text and not asks(text) and not changes_nothing(message)
    called = any((h.start, h.end) == wish.said for h in message.hits)
    if _priced(message, wish):
        plain = bool(verb_before(message, *wish.part)) and only_price(message)
    else:
        plain = only_stock(_words(message, wish))
    return typed and told and called and plain


def _kind(got: Understood, wish: Wish) -> Kind:
    """By the verb that leads the part before ("thêm 5kg thịt, 3 chục trứng"); else, if there is no
    other verb, by the whole message. Empty where it has no words for it at all ("120 trứng").
    """
    message = got.message
    others = [w for w in got.wishes if w.part[0] < wish.part[0]]
    for other in reversed(others):
        leads = kind_of(stock_part_verb(message.words_between(other.part[0], other.said[0])))
        whole = kind_of(stock_part_verb(message.words_between(*other.part)))
        if leads or whole:
            return leads or ("set" if whole == "set" else "")
    names = {w for h in message.hits for w in message.plain[h.start : h.end].split()}
    said = [w for w in _LETTERS.findall(_words(message, wish)) if w not in names]
    silent = all(map(is_small, said))
    return "" if silent or only_order(message) else kind_of(got.intent)


def _counts(wish: Wish) -> bool:
    return len(wish.measures) == 1 and wish.why not in ("amount", "owner", "several")


def _amounts(product: Product, wish: Wish) -> tuple[int, ...]:
    """Base units of every reading that can be counted in this product."""
    read = [0 if m.n == 0 else stock_amount(product, m) for m in wish.measures]
    return tuple(dict.fromkeys(n for n in read if isinstance(n, int) and n <= MOST_BASE_UNITS))


async def told(turn: Turn, mark: str = "", yes: str = "") -> list[Say]:
    """A sentence about stock, or the answer to one that was said back."""
    if mark:
        return await answered(turn, mark, yes)
    says = await tell(turn)
    return with_order_left(turn.understood, says) if turn.understood else says


def sure_beside_order(turn: Turn, got: Understood) -> bool:
    """Whether a sentence about an order also tells of stock, in a part of its own."""
    if not speaks_of_order(got):
        return False
    plain = got.message.plain
    verbs = (w for w in got.wishes if _own_verb(got, w) or gone(plain[slice(*w.part)]))
    apart = [w for w in verbs if not names_order(got, *w.part)]
    return any(not isinstance(_read(turn, got, w), Unclear) for w in apart)


ROUTES: Routes = {"tell": for_seller(act(told), Right.STOCK)}
