"""Prices and changes of prices in a seller's sentence.

Each part of the sentence is read by itself; a part without goods is about those before it ("na
65k một cân, từ 10 cân 55k").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.understand.gazetteer import Hit
from bot.understand.message import Message
from bot.understand.pieces import Money, Other, Piece, Price, Quantity
from bot.understand.scan import scan
from bot.understand.sellers.goods import Near, Part, candidates, parts_of, priced_pieces
from bot.understand.sellers.price_words import (
    amount_role,
    change_of,
    is_no_price,
    is_old,
    is_one,
    named_pack,
    percent_of,
    starts_step,
    unit_said,
)
from bot.understand.sellers.said import PriceSaid, WhyPrice

_TAIL = re.compile(r"\s(\d{2,3})$")
MOST_PERCENT = 90
"""A price that falls by more is a slip."""


def price_changes(
    message: Message, own: Collection[str], near: Near | None = None
) -> tuple[PriceSaid, ...]:
    """Every price that is said, in order; empty if none is. Never raises.

    own: ids the words are narrowed to, where any of what they name is among them. near: finds a
    name with a slip of the finger (`Gazetteer.near`).
    """
    pieces = [one for p in priced_pieces(message) for one in _untailed(message.plain, p)]
    reader = _Reader(message, own)
    found = [said for part in parts_of(message, pieces, near) for said in reader.read(part)]
    return tuple(_once(found))


def _once(found: Sequence[PriceSaid]) -> Iterator[PriceSaid]:
    """Every price once; two different ones for the same goods and amount must be asked about."""
    sums: dict[object, set[int]] = {}
    for said in found:
        sums.setdefault(_what(said), set()).add(said.vnd)
    told = set()
    for said in found:
        if (_what(said), said.vnd) not in told:
            told.add((_what(said), said.vnd))
            clear = len(sums[_what(said)]) == 1
            yield said if clear else replace(said, why=said.why or "price")


def _what(said: PriceSaid) -> tuple[object, ...]:
    return said.products, said.per, said.at_least, said.pack, said.relative, said.percent


def _untailed(plain: str, piece: Piece) -> Iterator[Piece]:
    """`từ 10 cân 55`: a step and its price, not ten kilos and a tail."""
    text = plain[piece.start : piece.end]
    tail = _TAIL.search(text)
    open_ = isinstance(piece, Quantity) and piece.why == "tail"
    head = scan(text[: tail.start()]) if tail and open_ else []
    if tail is None or len(head) != 1 or not isinstance(head[0], Quantity):
        yield piece
    elif starts_step(plain, piece.start):
        cut = piece.start + tail.start()
        yield replace(head[0], start=piece.start, end=cut)
        price = Price(int(tail[1]) * 1000)
        yield Money(cut + 1, piece.end, (price,), "bare-price")
    else:
        yield piece


@dataclass(frozen=True, slots=True)
class _Named:
    products: tuple[str, ...]
    why: WhyPrice


class _Reader:
    """Reads the parts of one message, in order."""

    def __init__(self, message: Message, own: Collection[str]) -> None:
        self._message, self._own = message, own
        self._last: list[Hit] = []
        """Goods of the part before, for one that names none."""
        self._unpriced = False
        """Whether the goods of the part before had no price yet."""

    def read(self, part: Part) -> Iterator[PriceSaid]:
        sums = list(self._sums(part))
        if part.goods:
            shared = self._unpriced and part.joined and bool(sums)
            self._last = [*(self._last if shared else ()), *part.goods]
            self._unpriced = not sums
        for at, one in enumerate(sums):
            for goods in self._owners(part, sums, at):
                said = self._price(part, one, sums[at - 1].end if at else part.start)
                yield replace(said, products=goods.products, why=said.why or goods.why)
        self._unpriced = self._unpriced and not sums

    def _sums(self, part: Part) -> Iterator[Money | Other]:
        found = [
            p
            for p in part.pieces
            if isinstance(p, Money) or (isinstance(p, Other) and p.kind == "percent")
        ]
        for at, one in enumerate(found):
            later = found[at + 1].start if at + 1 < len(found) else 0
            plain = self._message.plain
            if later and is_old(plain, part.start, one.start, later):
                continue
            if isinstance(one, Money) and is_no_price(plain, part.start, one):
                continue
            yield one

    def _owners(self, part: Part, sums: Sequence[Money | Other], at: int) -> list[_Named]:
        """The goods a sum is of: those before it, else those behind it, else the last ones."""
        start, end = sums[at].start, sums[at].end
        floor = sums[at - 1].end if at else part.start
        if len(sums) == 1 or not part.goods:
            mine = list(part.goods) and self._last
        else:
            mine = [h for h in part.goods if floor <= h.start < start]
            until = sums[at + 1].start if at + 1 < len(sums) else part.end
            mine = mine or [h for h in part.goods if end <= h.start < until and not at]
        return [self._named(h) for h in mine or self._last] or [_Named((), "no-product")]

    def _named(self, hit: Hit) -> _Named:
        ids = candidates(hit, self._own)
        return _Named(ids, "which-product" if len(ids) > 1 else "")

    def _price(self, part: Part, one: Money | Other, floor: int) -> PriceSaid:
        plain = self._message.plain
        text = plain[part.start : part.end].strip()
        if isinstance(one, Other):
            return _percent(plain, part, one, text)
        price, readings = one.readings[0], tuple(r.vnd for r in one.readings)
        why: WhyPrice = "" if one.why in ("", "bare-price") else "price"
        said = PriceSaid((), price.vnd, price.per, bare=one.why == "bare-price", why=why)
        said = replace(said, readings=readings, said=text)
        change = change_of(plain, part.start, one)
        if change:
            return replace(said, relative=change)
        return _with_amount(said, plain, part, one, floor)


def _percent(plain: str, part: Part, one: Other, text: str) -> PriceSaid:
    percent = percent_of(plain[one.start : one.end])
    change = change_of(plain, part.start, one)
    clear = change and 0 < percent <= MOST_PERCENT
    return PriceSaid(
        (),
        0,
        relative="percent_up" if change == "up" else "percent_down",
        percent=percent,
        why="" if clear else "price",
        said=text,
    )


def _with_amount(said: PriceSaid, plain: str, part: Part, money: Money, floor: int) -> PriceSaid:
    """The price with the amount it holds for: from so much on, or a pack of so much."""
    amounts = [p for p in part.pieces if isinstance(p, Quantity)]
    last = all(p.start <= money.start for p in part.pieces if isinstance(p, Money))
    beside = [q for q in amounts if floor <= q.start < money.start]
    beside += [q for q in amounts if last and q.start >= money.end]
    for quantity in beside:
        role = amount_role(plain, part, quantity, money)
        if not role:
            continue
        if not quantity.readings or (quantity.why and role == "pack" and quantity.why != "pack"):
            return replace(said, why=said.why or "amount")
        measure = quantity.readings[-1 if quantity.why == "pack" else 0]
        if role == "step":
            return replace(said, at_least=measure)
        if is_one(measure) and not named_pack(plain, part, quantity):
            return replace(said, per=measure)
        return replace(said, pack=measure, per=None)
    return said if said.per else replace(said, per=unit_said(said.said))
