"""Goods that households bring: "nhập 200kg sâm đất nhà chị Mỷ giá 8k"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.understand.gazetteer import Hit
from bot.understand.message import Code, Message
from bot.understand.pairing import Fits, Wish, paired
from bot.understand.pairing import Part as Paired
from bot.understand.pieces import Money, Piece, Price, Quantity
from bot.understand.seller_signs import changes_nothing
from bot.understand.sellers.goods import Near, Part, candidates, parts_of
from bot.understand.sellers.households import (
    HouseholdSaid,
    households_of,
    pieces_beside,
    without_households,
)
from bot.understand.sellers.said import Brought, WhyPrice
from bot.understand.sellers.words import words_re
from bot.understand.signs import asks

_BRINGS = words_re(
    "nhập / mang / đem / đưa / giao / gửi / thu / thu mua / lấy / mua / nhận / chở / cân / góp / "
    "hái / về / bỏ mối / ký gửi / gửi bán / bán cho / gùi / cõng / gom"
)
_SURELY = words_re("nhập / mang / đem / góp / ký gửi / gửi bán / gùi / cõng / gom")
_TO = re.compile(r"(?<!\w)(?:cho|tới|toi|đến|den)\s$")

_BUYS = re.compile(r"\s*(?:đã |da |vừa |vua |mới |moi )?(?:mua|đặt|dat|chốt|chot|order)(?!\w)")
"""Behind a name: a customer, no household."""
_TIMES = r"(?:ngày |ngay |sáng |sang |chiều |chieu |tối |toi )?"
_LATER = re.compile(rf"\W*{_TIMES}(?:mai|mốt|tuần sau|tuan sau|hôm sau|hom sau)(?!\w)")
_SOON = re.compile(
    r"(?<!\w)(?:mai|ngày kia|ngay kia|tuần sau|tuan sau|tháng sau|thang sau|sẽ|se|sắp|sap|định|"
    r"hẹn|hen)"
    r" (?:mới |moi |thì |thi |sẽ |se )?(?=\w)"
)
""" "Chị Mỷ bảo mai mang 20 cân": before a word that goods come, they have not come yet."""
_EACH_HOME = words_re("mỗi nhà / mỗi hộ / mỗi người / từng nhà / mỗi bên")


def brought(
    message: Message,
    own: Collection[str] = (),
    near: Near | None = None,
    fits: Fits | None = None,
) -> tuple[Brought, ...]:
    """Every line of goods that came, in order; empty if there is none. Never raises.

    own, near: as in `price_changes`. fits: tells which of several products are counted so. Only a
    sentence that names a household, or says that goods come in, has any; none if it asks, or says
    that they come later or not.
    """
    homes = households_of(message)
    if not homes and not _BRINGS.search(message.plain):
        return ()
    if _comes_not(message, homes) or any(_BUYS.match(message.plain, h.end) for h in homes):
        return ()
    reader = _Reader(homes, own, fits)
    for part in parts_of(message, _pieces(message, homes), near):
        reader.read(part)
    lines = tuple(_homed(message, reader.lines, homes))
    return _shared(message, lines, homes)


def brings(message: Message) -> bool:
    """Whether a word says that goods come in; "nhà chị Mỷ còn 20kg" has none."""
    return bool(_BRINGS.search(message.plain))


def surely_brings(message: Message) -> bool:
    """Whether it can only be a household that brings ("bà Dợ mang 30kg chè"): words that may be
    about a customer who buys or is sent goods do not count.
    """
    homes = households_of(message)
    return bool(homes and _SURELY.search(message.plain)) and not goes_to(message)


def goes_to(message: Message) -> bool:
    """Whether goods go to who is named ("bán cho chị Hoa"): a customer, no household."""
    return any(_TO.search(message.plain, 0, h.start) for h in households_of(message))


def _comes_not(message: Message, homes: Sequence[HouseholdSaid]) -> bool:
    """True for a question, and for what did not come, or not yet."""
    later = _LATER.match(message.plain) or _soon(without_households(message, homes))
    return bool(later) or asks(message.plain) or changes_nothing(message)


def _soon(words: str) -> bool:
    return any(_BRINGS.match(words, found.end()) for found in _SOON.finditer(words))


@dataclass(frozen=True, slots=True)
class _Line:
    at: int
    said: Brought


class _Reader:
    """Reads the parts of one message, in order."""

    def __init__(
        self, homes: Sequence[HouseholdSaid], own: Collection[str], fits: Fits | None
    ) -> None:
        self._homes, self._own, self._fits = homes, own, fits
        self.lines: list[_Line] = []

    def read(self, part: Part) -> None:
        """Take a part: goods with amounts and costs, or more about the line before."""
        sums = [p for p in part.pieces if isinstance(p, Money)]
        new = list(self._new(part))
        if new and not new[0].said.products and self.lines:
            new = self._more(part, new[0])
        if new:
            self.lines += _each_priced(new, sums)
        elif self.lines and sums:
            self.lines.append(_priced(self.lines.pop(), sums))

    def _new(self, part: Part) -> Iterator[_Line]:
        amounts = [p for p in part.pieces if isinstance(p, Quantity)]
        items: list[Hit | Code | Quantity] = sorted([*part.goods, *amounts], key=lambda i: i.start)
        goods = {(g.start, g.end): g for g in part.goods}
        for wish in paired(Paired(part.start, part.end, tuple(items))):
            at = amounts[0].start if amounts and wish.said == (part.start, part.end) else 0
            yield _Line(at or wish.said[0], self._line(wish, goods.get(wish.said)))

    def _line(self, wish: Wish, goods: Hit | None) -> Brought:
        ids = candidates(goods, self._own) if goods else ()
        one = wish.measures[0] if len(wish.measures) == 1 and wish.why != "amount" else None
        if one and self._fits and len(ids) > 1:
            ids = tuple(i for i in ids if self._fits(i, one) not in ("unit", "pack")) or ids
        why: WhyPrice = "" if one else "amount"
        if wish.why == "owner":
            why = "owner"
        return Brought(ids, one, "", measures=wish.measures, why=_about(ids) or why)

    def _more(self, part: Part, new: _Line) -> list[_Line]:
        """An amount alone: of the goods before, or of another household's same goods."""
        last = self.lines[-1].said
        said = replace(
            new.said,
            products=last.products,
            why=_about(last.products) or ("" if new.said.measure else "amount"),
        )
        if last.measure is None and not last.measures:
            return [_Line(self.lines.pop().at, said)]
        theirs = any(part.start <= h.start < part.end for h in self._homes)
        if theirs and last.products:
            return [_Line(new.at, said)]
        self.lines[-1] = _Line(self.lines[-1].at, replace(last, why=last.why or "amount"))
        return []


def _about(products: Collection[str]) -> WhyPrice:
    if len(products) == 1:
        return ""
    return "which-product" if products else "no-product"


def _pieces(message: Message, homes: Sequence[HouseholdSaid]) -> list[Piece]:
    """The pieces without numbers of names; 10k behind a clear amount is money, not 10 kilos."""
    left = pieces_beside(message, homes)
    clear = [p.start for p in left if isinstance(p, Quantity) and not p.why]
    return [_as_money(p) if clear and clear[0] < p.start else p for p in left]


def _as_money(piece: Piece) -> Piece:
    if isinstance(piece, Quantity) and piece.why == "thousand" and piece.readings:
        return Money(piece.start, piece.end, (Price(piece.readings[0].n),))
    return piece


def _each_priced(new: Sequence[_Line], sums: Sequence[Money]) -> list[_Line]:
    if len(new) == len(sums):
        return [_priced(one, [s]) for one, s in zip(new, sums, strict=True)]
    return [_priced(one, sums) for one in new]


def _priced(line: _Line, sums: Sequence[Money]) -> _Line:
    """The line with what one sum says it costs; two sums are asked about."""
    said = line.said
    if not sums:
        return line
    if len(sums) > 1 or sums[0].why not in ("", "bare-price") or said.cost:
        return _Line(line.at, replace(said, why=said.why or "price"))
    bare = sums[0].why == "bare-price"
    return _Line(line.at, replace(said, cost=sums[0].readings[0], cost_bare=bare))


def _homed(
    message: Message, lines: Sequence[_Line], homes: Sequence[HouseholdSaid]
) -> Iterator[Brought]:
    """Every line with its household: the one before it in a message that begins with one, else
    the one behind it, unless that one brings its own ("c my mang 3 yến, bà Mỷ mang 1 yến").
    """
    leads = bool(homes and lines) and homes[0].start < lines[0].at
    for line in lines:
        before = [h for h in homes if h.start < line.at]
        behind = [h for h in homes if h.start >= line.at]
        mine = (before[-1:] or behind[:1]) if leads else (behind[:1] or before[-1:])
        if mine and not before and _brings_own(message, mine[0], lines):
            yield replace(line.said, why=line.said.why or "owner")
        else:
            yield replace(line.said, household=mine[0].name if mine else "")


def _brings_own(message: Message, home: HouseholdSaid, lines: Sequence[_Line]) -> bool:
    """Whether a household is followed by its verb and goods of its own."""
    verb = _BRINGS.match(message.plain, home.end + 1)
    return bool(verb) and any(line.at > home.end for line in lines)


def _shared(
    message: Message, lines: Sequence[Brought], homes: Sequence[HouseholdSaid]
) -> tuple[Brought, ...]:
    """Lines that are of several households: of each of them ("mỗi nhà 20 cân"), else asked."""
    named = list(dict.fromkeys(h.name for h in homes))
    unused = set(named) - {line.household for line in lines}
    if not unused or not lines:
        return tuple(lines)
    if len(lines) == 1 and _EACH_HOME.search(message.plain):
        return tuple(replace(lines[0], household=name) for name in named)
    return tuple(replace(line, why=line.why or "owner") for line in lines)
