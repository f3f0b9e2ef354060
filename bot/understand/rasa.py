"""A second opinion on messages this house's own model is not sure of, from a Rasa server.

The server learned from the same examples, spelled out and masked in the same way; who speaks is
not asked of it, so its ranking is cut down to what the sender's role may mean. Only when both
name the same intent is a question to the person spared, and only if a mistake costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Protocol

from bot.understand.features import Normaliser
from bot.understand.inventory import INTENTS, Role
from bot.understand.understander import MOST_RANKED, Bands, Parsed

Ranking = Sequence[tuple[str, float]]
"""Intents by name with their probabilities, in any order."""

QUESTION = "xhoi"
"""Sent for `?`, which Rasa's tokenizer would drop."""

SURE = 0.9
"""Score from which a second opinion counts. Agreement alone is cheap: both learned from the same
examples, and both are fooled by the same messages about something else (docs/rasa.md).
"""

_HARMLESS = """
greet thank help browse ask_product ask_origin ask_usage ask_season ask_price ask_stock show_cart
order_status ask_shipping ask_payment ask_live talk_to_seller change_language
list_stock list_orders household_balance report packing_list live_prepare
"""

HARMLESS: Collection[str] = frozenset(_HARMLESS.split())
"""Intents that are answered, and change nothing that the person cannot change back by a word."""


class RasaServer(Protocol):
    """`POST /model/parse` of a Rasa server; `bot.stores.rasa_http` keeps it."""

    async def ranking(self, text: str) -> Ranking | None:
        """What the server makes of a text as in `as_sent`; None if it does not say in time.

        Never raises, never waits longer than its time limit.
        """
        ...


class SecondOpinion(Protocol):
    """Asked only for messages in the band "ask"."""

    async def second(self, masked: str, role: Role, lang: str) -> Parsed | None:
        """Of a masked message (see `Message.masked`); None if there is none. Never raises."""
        ...


class RasaOpinion:
    """The `SecondOpinion` of a server. share: how many of the words are known (0…1), as in
    `LocalUnderstander.known_share`; Rasa's own confidence rejects badly.
    """

    def __init__(
        self,
        server: RasaServer,
        normaliser: Normaliser,
        bands: Bands,
        share: Callable[[Sequence[str]], float],
    ) -> None:
        self._server, self._normaliser = server, normaliser
        self._bands, self._share = bands, share

    async def second(self, masked: str, role: Role, lang: str) -> Parsed | None:
        """See SecondOpinion.second."""
        words = self._normaliser.words(masked, lang)
        if not any(word != "?" for word in words):
            return None
        ranking = await self._server.ranking(as_sent(words))
        return None if ranking is None else of_role(ranking, role, self._bands, self._share(words))


def as_sent(words: Sequence[str]) -> str:
    """Words (see `Normaliser.words`) in the form Rasa learns from and is asked with."""
    return " ".join(QUESTION if word == "?" else word for word in words)


def of_role(ranking: Ranking, role: Role, bands: Bands, share: float = 1.0) -> Parsed | None:
    """A ranking of all intents, cut down to the role's and made to sum to 1; None if none is left.

    Unknown names (`nlu_fallback`) are dropped; the bands are our own.
    """
    mine = [(name, chance) for name, chance in ranking if role in INTENTS.get(name, ())]
    whole = sum(chance for _, chance in mine)
    if whole <= 0:
        return None
    best = sorted(((name, chance / whole) for name, chance in mine), key=lambda r: -r[1])
    score = best[0][1] * share**2
    return Parsed(best[0][0], score, bands.of(role, score), tuple(best[:MOST_RANKED]))


def settle(local: Parsed, second: Parsed | None, sure: float = SURE) -> Parsed:
    """What to do when both have spoken: act if they agree, the second is sure, and it is harmless.

    Whatever `local` acts on, refuses or asks otherwise stays as it is, its choices with it: where
    it is in doubt its own order of them is the better one (docs/rasa.md).
    """
    if second is None or local.band != "ask" or local.intent not in HARMLESS:
        return local
    agreed = second.intent == local.intent and second.score >= sure
    return replace(local, band="act") if agreed else local
