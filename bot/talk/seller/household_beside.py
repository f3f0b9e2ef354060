"""Beside a question about a household: its answer, or a sentence of its own that names another
matter ("trả nhà chị Mỷ 500k" under the question what her goods cost).
"""

from __future__ import annotations

from bot.shop.product import Product
from bot.talk.seller.household_price import is_above, read_cost
from bot.talk.seller.stock import hers
from bot.talk.turn import Turn
from bot.understand.message import Message
from bot.understand.sellers import household_signs as signs
from bot.understand.sellers.brought import brings
from bot.understand.sellers.households import households_of, without_households
from bot.understand.sellers.spoiled import spoiled

ASKS = frozenset({"hia", "hip", "hpm", "hpr", "hgb", "hfw", "hfc", "hfp"})
"""Questions about a household's goods and money."""
NAMES_GOODS = frozenset({"hip"})
IN_HER_WORDS = "o"
"""Ends the question for a reason, which may speak of anything."""


async def speaks_of_else(turn: Turn, asking: str) -> bool:
    """Whether what she types beside this question is a sentence of its own."""
    kind, *about = asking.split(":")
    if about[-1:] == [IN_HER_WORDS]:
        return False
    message = (await turn.understand(turn.words)).message
    own = _product(turn, about)
    if kind == "hpr" and own and _is_price(turn, own):
        return _names_other(message, own)
    if _of_household(message):
        return True
    if kind in NAMES_GOODS:
        return brings(message) and bool(message.quantities)
    return own is not None and _names_other(message, own)


async def pays_household(turn: Turn) -> bool:
    """Whether money for a household is spoken of beside a question about her stock or prices."""
    message = (await turn.understand(turn.words)).message
    words = without_households(message, households_of(message))
    return bool(households_of(message)) and (signs.pays(words) or signs.asks(words))


def _product(turn: Turn, about: list[str]) -> Product | None:
    return next((p for p in hers(turn) if p.id in about), None)


def _is_price(turn: Turn, product: Product) -> bool:
    """Whether the words are one price these goods may have."""
    vnd, per = read_cost(turn.words, product)
    return bool(vnd) and not is_above(turn, product, vnd, per)


def _of_household(message: Message) -> bool:
    """Whether a household is named, and what it brings, gets or is asked about."""
    homes = households_of(message)
    words = without_households(message, homes)
    verb = signs.pays(words) or signs.gives_back(words) or signs.corrects(words)
    told = verb or signs.asks(words) or brings(message) or spoiled(message)
    return bool(homes) and (told or (bool(message.quantities) and bool(message.products)))


def _names_other(message: Message, product: Product) -> bool:
    """Whether other goods are named; a part of a name ("trứng") counts where more is said."""
    sure = any(product.id not in (*h.ids, *h.wider) for h in message.products)
    heads = any(h.head and product.id not in (*h.ids, *h.wider) for h in message.hits)
    return sure or (heads and brings(message))
