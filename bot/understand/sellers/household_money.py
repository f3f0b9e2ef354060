"""Money between the seller and the households she sells for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.understand.message import Message
from bot.understand.pieces import Measure, Money, Quantity
from bot.understand.sellers import household_signs as signs
from bot.understand.sellers.goods import Near, candidates, parts_of, priced_pieces
from bot.understand.sellers.households import households_of, pieces_beside, without_households
from bot.understand.sellers.said import (
    BalanceAsked,
    Corrected,
    GivenBack,
    HouseholdMoney,
    HouseholdPaid,
)
from bot.understand.sellers.words import as_typed

_COMMENT = re.compile(r"\(([^()]+)\)|(?<!\w)(?:vì|vi|do|tại|tai|bởi|boi)\s+(.+)$")


def household_money(
    message: Message, own: Collection[str] = (), near: Near | None = None
) -> tuple[HouseholdMoney, ...]:
    """What is paid, asked, given back or corrected, in order; empty if nothing. Never raises."""
    return tuple(_Reader(message, own, near).read())


_COUNTED = re.compile(r"(?<!\w)(?:lần|lan|đợt|dot|tháng|thang|kỳ|ky)\s\d{1,2}(?!\w)")
"""`lần 2 500k`: no part of the sum."""
P = TypeVar("P", Quantity, Money)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What is said of one household: [start, end) of the tidied text."""

    start: int
    end: int
    name: str


class _Reader:
    """Reads one message."""

    def __init__(self, message: Message, own: Collection[str], near: Near | None) -> None:
        self._message, self._own, self._near = message, own, near
        self._homes = households_of(message)
        self._words = without_households(message, self._homes)
        self._pieces = pieces_beside(message, self._homes)
        spans = [(h.start, h.end) for h in self._homes]
        spans += [m.span() for m in _COUNTED.finditer(message.plain)]
        slang = not message.products
        slots = priced_pieces(message, sorted(spans), slang=slang)
        self._slots = [p for p in slots if isinstance(p, Money)]

    def read(self) -> Iterator[HouseholdMoney]:
        words = self._words
        if signs.corrects(words) and self._homes:
            yield self._corrected()
        elif signs.asks(words):
            yield from self._asked()
        elif self._returns():
            yield self._given_back()
        elif self._pays():
            yield from (self._paid(one) for one in self._stretches())
        else:
            yield from self._asked()

    def _asked(self) -> Iterator[BalanceAsked]:
        kind = signs.balance_kind(self._words, named=bool(self._homes))
        names = [h.name for h in self._homes] or [""]
        if kind:
            yield from (BalanceAsked(kind if name else "all", name) for name in names)

    def _pays(self) -> bool:
        """Money is given: said so, or a household and a sum stand side by side."""
        words, goods = self._words, bool(self._goods)
        if signs.not_now(words):
            return False
        if not self._slots:
            told = signs.pays(words) and not signs.is_due(words, with_sum=False)
            return bool(self._homes) and told and not goods
        if signs.is_due(words, with_sum=True) or signs.gives_back(words):
            return False
        if signs.names_price(words):
            return False
        if goods:
            return bool(self._homes) and signs.pays(words) and signs.of_money(words)
        return signs.pays(words) or (bool(self._homes) and not signs.owes(words))

    @property
    def _goods(self) -> list[Quantity]:
        """Amounts of goods; without any goods "2 củ" are two millions, and a bare number money."""
        amounts = [p for p in self._pieces if isinstance(p, Quantity) and p.why != "thousand"]
        if self._message.products:
            return amounts
        spans = [(m.start, m.end) for m in self._slots]
        return [q for q in amounts if all(q.end <= s or e <= q.start for s, e in spans)]

    def _returns(self) -> bool:
        """Goods go back: said so, or goods are "paid" to a household without any money."""
        goods = self._goods
        if not goods and not self._message.products:
            return False
        if any(isinstance(p, Money) for p in self._pieces) or signs.not_now(self._words):
            return False
        back = signs.gives_back(self._words)
        return back or (bool(self._homes and goods) and signs.hands(self._words))

    def _given_back(self) -> GivenBack:
        name = self._homes[0].name if self._homes else ""
        return GivenBack(name, self._products(), self._measure(last=False))

    def _corrected(self) -> Corrected:
        name = self._homes[0].name if self._homes else ""
        measure = self._measure(last=True)
        sums = [p for p in self._pieces if isinstance(p, Money)]
        sums = self._right(sums or ([] if measure else self._slots))
        vnd = sums[-1].readings[0].vnd if sums and signs.clear(sums[-1]) else None
        return Corrected(name, self._products(), measure, vnd, self._reason())

    def _reason(self) -> str:
        found = _COMMENT.search(self._message.plain)
        if found:
            group = 1 if found[1] else 2
            return as_typed(self._message, *found.span(group))
        why = signs.REASON.search(self._message.plain)
        return as_typed(self._message, *why.span()) if why else ""

    def _products(self) -> tuple[str, ...]:
        parts = parts_of(self._message, self._pieces, self._near)
        hits = [hit for part in parts for hit in part.goods]
        return candidates(hits[0], self._own) if hits else ()

    def _measure(self, *, last: bool) -> Measure | None:
        """The one clear amount; in a correction the last one holds."""
        found = [p for p in self._pieces if isinstance(p, Quantity) and p.why != "thousand"]
        found = self._right(found) if last else found
        if not found or (len(found) > 1 and not last):
            return None
        one = found[-1 if last else 0]
        return one.readings[0] if len(one.readings) == 1 and not one.why else None

    def _right(self, found: Sequence[P]) -> list[P]:
        """Without what a correction says it is not ("500k, không phải 50k")."""
        plain = self._message.plain
        return [p for p in found if not signs.WRONG.search(plain, 0, p.start)] or list(found)

    def _stretches(self) -> Iterator[_Stretch]:
        """The text of each household: with a sum before it ("500k cho nhà chị Mỷ") or behind."""
        end = len(self._message.plain)
        if len(self._homes) < 2:
            yield _Stretch(0, end, self._homes[0].name if self._homes else "")
            return
        first = next(iter(self._money(0, end)), None)
        leads = first is None or self._homes[0].start < first.start
        for at, home in enumerate(self._homes):
            after = self._homes[at + 1].start if at + 1 < len(self._homes) else end
            before = self._homes[at - 1].end if at else 0
            yield _Stretch(*((home.start, after) if leads else (before, home.end)), home.name)

    def _paid(self, one: _Stretch) -> HouseholdPaid:
        sums = self._money(one.start, one.end)
        if len(self._homes) > 1 and len(self._slots) == 1:
            sums = self._slots if signs.for_each(self._words) else [*self._slots, *self._slots]
        clear = len(sums) == 1 and signs.clear(sums[0])
        kind = signs.paid_kind(self._words)
        settled = not sums and signs.settles(self._words)
        vnd = sums[0].readings[0].vnd if clear else None
        bare = clear and sums[0].why == "bare-price"
        return HouseholdPaid(kind, one.name, vnd, settled, bare)

    def _money(self, start: int, end: int) -> list[Money]:
        return [p for p in self._slots if start <= p.start < end]
