"""Which of her own goods a part of a seller's sentence names, where the words fit others too."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.understand.fold import fold, has_marks
from bot.understand.gazetteer import Hit
from bot.understand.message import Message, may_be_goods
from bot.understand.pairing import Wish

_ALSO_VERBS = frozenset({"hong", "dap", "ban", "them", "con"})
"""Folded verbs of stock that are also goods: "hong 3 can man" may speak of hồng and of hỏng."""


def own_goods(message: Message, wish: Wish, own: Collection[str]) -> Wish:
    """The wish with the one thing of hers that its part names, where what was taken for goods is
    none of hers ("tối qua dập 5 quả trứng" is no peach), or may be a verb.
    """
    named = any(p in own for p in (*wish.products, *wish.wider))
    if named and not _may_be_verb(message, wish):
        return wish
    said = {h: mine for h in _hits(message, wish) if (mine := _mine(h, own))}
    if len(said) != 1:
        return wish
    [(hit, mine)] = said.items()
    why = "" if wish.why in _OPEN else wish.why
    return replace(wish, products=mine, wider=mine, why=why, said=(hit.start, hit.end))


_OPEN = frozenset({"which-product", "no-product", "unit", "pack", "not-sold"})
"""What was wrong with the goods that are not hers."""


def _may_be_verb(message: Message, wish: Wish) -> bool:
    word = message.plain[slice(*wish.said)]
    return not has_marks(message.plain) and fold(word) in _ALSO_VERBS


def _hits(message: Message, wish: Wish) -> list[Hit]:
    """Other goods in the part, as sure as a part of a name can be."""
    start, end = wish.part
    others = [h for h in message.hits if start <= h.start < end]
    return [
        h
        for h in others
        if (h.start, h.end) != wish.said
        and (not h.weak or (h.head and may_be_goods(message.plain[h.start : h.end])))
    ]


def _mine(hit: Hit, own: Collection[str]) -> tuple[str, ...]:
    """Hers that the words may mean; of several those whose names begin so."""
    mine = tuple(i for i in hit.ids if i in own)
    first = tuple(i for i in mine if i in hit.wider)
    return first if len(mine) > 1 and first else mine
