"""What a message means: the grammar says what it can, the classifier the rest.

A classifier alone never changes an order, stock or money: lines come from the grammar only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.understand import seller_signs, signs, stock_signs
from bot.understand.commands import Commands
from bot.understand.inventory import Role
from bot.understand.message import Message, Reader
from bot.understand.pairing import Fits, Wish
from bot.understand.pieces import Measure, Price
from bot.understand.understander import Band, Parsed, Understander
from bot.understand.wishes import wishes_of

ORDERS: frozenset[str] = frozenset({"order", "change_cart"})
STOCKS: frozenset[str] = frozenset(
    {"set_stock", "add_stock", "reduce_stock", "sold_out", "household_in"}
)
MORE_THAN_AN_ORDER: frozenset[str] = frozenset(
    {"change_cart", "cancel_order", "complain", "change_details", "order_status", "remind_me"}
)
"""What a message with goods and amounts may still be, if the classifier is not at a loss."""

WHOLESALE_GRAMS = 100_000
"""A tạ."""

SAME_AS_COMMAND: frozenset[str] = frozenset(
    (
        *("help", "browse", "show_cart", "checkout", "talk_to_seller", "change_language"),
        *("stop_reminders", "delete_my_data"),
    )
)
"""Commands of `commands.yml` that are intents under the same name."""


@dataclass(frozen=True, slots=True)
class Understood:
    """intent, score, band, ranking: as in `Parsed`. wishes: what the grammar found, whatever the
    intent. sure: the grammar alone says so. also: a question asked beside an order.
    """

    message: Message
    wishes: tuple[Wish, ...] = ()
    intent: str = ""
    score: float = 0.0
    band: Band = "reject"
    ranking: tuple[tuple[str, float], ...] = ()
    sure: bool = False
    also: str = ""

    @property
    def parsed(self) -> Parsed:
        """The same without what the grammar found."""
        return Parsed(self.intent, self.score, self.band, self.ranking)

    @property
    def changes(self) -> bool:
        """True if goods are to go into the cart, the claim or the stock."""
        return self.intent in ORDERS | STOCKS and self.band == "act"

    @property
    def lines(self) -> list[Wish]:
        """What would go into the cart, the claim or the stock."""
        return [w for w in self.wishes if w.clear] if self.changes else []

    @property
    def reason(self) -> str:
        """Why the shop would ask back before anything goes there; empty if it would not."""
        if self.intent == "set_price" and self.band == "act":
            return self._price_open()
        if not self.changes:
            return ""
        if self.intent == "household_in" and self.message.money and self.price is None:
            return "price"
        wishes = [w for w in self.wishes if not w.dropped]
        if not self.wishes:
            return "" if self.intent == "change_cart" else "no-product"
        return next((w.why for w in wishes if w.why), "")

    def _price_open(self) -> str:
        """Why a price cannot be set as it was said: of what, or how much."""
        if len(self.wishes) == 1 and len(self.wishes[0].products) > 1:
            return "which-product"
        if not any(w.products for w in self.wishes):
            return "no-product"
        return "price" if self.price is None else ""

    @property
    def price(self) -> Price | None:
        """The one price that was said."""
        clear = [m.readings[0] for m in self.message.money if len(m.readings) == 1 and not m.why]
        return clear[0] if len(clear) == 1 else None


def understand(
    text: str,
    role: Role,
    lang: str,
    *,
    reader: Reader,
    engine: Understander,
    commands: Commands,
    fits: Fits,
) -> Understood:
    """What `text` means when a customer or a seller says it. Never raises."""
    message = reader.read(text, counts=role == "seller")
    wishes = tuple(wishes_of(message, reader.names, fits))
    by_words = _by_words(text, commands, role)
    if by_words:
        return _sure(Understood(message, wishes), by_words)
    parsed = engine.parse(message.masked(), role, lang)
    heard = Understood(message, wishes, parsed.intent, parsed.score, parsed.band, parsed.ranking)
    return _as_customer(heard) if role == "customer" else _as_seller(heard)


def _by_words(text: str, commands: Commands, role: Role) -> str:
    """Whole texts that mean one thing: the words of `commands.yml`, yes and no."""
    command = commands.read(text)
    if command in SAME_AS_COMMAND and role == "customer":
        return str(command)
    if commands.says_yes(text):
        return "affirm"
    return "deny" if commands.says_no(text) else ""


def _sure(heard: Understood, intent: str, also: str = "") -> Understood:
    ranking = ((intent, 1.0),)
    return replace(
        heard, intent=intent, score=1.0, band="act", ranking=ranking, sure=True, also=also
    )


def _as_customer(heard: Understood) -> Understood:
    """What the grammar is surer of than the classifier."""
    plain = heard.message.plain
    if signs.arrived_bad(plain):
        return _sure(heard, "complain")
    if not heard.wishes:
        return heard
    if signs.is_past(plain) or signs.is_no_order(plain):
        unsure = heard.intent in ORDERS and heard.band == "act"
        return replace(heard, band="ask") if unsure else heard
    return _more(heard) if _is_more(heard) else _wanting(heard)


def _wanting(heard: Understood) -> Understood:
    """Goods with amounts, in words that neither ask nor refuse, are an order, whatever the
    classifier thinks of the words around them.
    """
    plain, only = heard.message.plain, signs.only_order(heard.message)
    wanted = [w for w in heard.wishes if not w.dropped and (w.products or w.code)]
    asks = signs.asks_beside_may if only else signs.asks_or_counts
    told = [w for w in wanted if not asks(plain[slice(*w.part)])]
    dropped = all(w.dropped for w in heard.wishes)
    if not wanted and (only or (dropped and _may_change(heard))):
        return _sure(heard, "change_cart" if dropped else "order")
    if told and _counts(heard, told, only=only):
        also = heard.intent if heard.intent.startswith("ask_") and signs.asks(plain) else ""
        return _sure(heard, "change_cart" if signs.changes(plain) else "order", also)
    if heard.intent == "order" and heard.band == "ask" and not asks(plain):
        return _sure(heard, "order")
    if wanted and heard.intent in ("order", "ask_price") and signs.asks_price(plain):
        return _sure(heard, "bargain" if _wholesale(wanted) else "ask_price")
    return heard


def _counts(heard: Understood, told: list[Wish], *, only: bool) -> bool:
    """Whether goods that were told of are wanted: with an amount, a word of buying, or a sum."""
    unsure = heard.band != "act" or heard.intent.startswith("ask_")
    takes = only or (unsure and signs.takes(heard.message))
    paid = heard.message.money and not signs.bargains(heard.message.plain)
    return takes or bool(paid) or any(w.measures for w in told)


def _more(heard: Understood) -> Understood:
    """A likely bargain is one, in words of bargaining that change nothing in a cart."""
    plain = heard.message.plain
    likely = heard.intent == "bargain" and heard.band == "ask"
    haggles = likely and signs.bargains(plain) and not signs.changes(plain)
    return _sure(heard, "bargain") if haggles else heard


def _may_change(heard: Understood) -> bool:
    """What is taken back was in the cart, unless the classifier is sure of something else."""
    return heard.band != "act" or heard.intent in ORDERS


def _wholesale(wishes: list[Wish]) -> bool:
    """More than a household buys: the seller names the price of that."""
    return any(m.base == "g" and m.n >= WHOLESALE_GRAMS for w in wishes for m in w.measures)


def _is_more(heard: Understood) -> bool:
    plain = heard.message.plain
    if heard.intent == "bargain":
        return signs.bargains(plain)
    likely = {intent for intent, _ in heard.ranking[:2]}
    if "complain" in likely and signs.complains(plain):
        return True
    if heard.intent == "change_cart" and heard.band == "ask" and signs.takes(heard.message):
        return False
    if heard.intent in ("change_details", "order_status"):
        return heard.band == "act"
    return heard.intent in MORE_THAN_AN_ORDER and heard.band != "reject"


def _as_seller(heard: Understood) -> Understood:
    """Where the classifier is not sure of a stock sentence, the verb in it decides."""
    plain = heard.message.plain
    none = heard.intent == "sold_out" and heard.band == "act" and stock_signs.gone(plain)
    gone = tuple(_sold_out(w, plain, everywhere=none) for w in heard.wishes)
    heard = replace(heard, wishes=gone)
    other = seller_signs.elsewhere(heard.message) if heard.wishes else ""
    if other:
        return _sure(heard, other)
    idle = bool(heard.wishes) and seller_signs.changes_nothing(heard.message)
    if heard.intent in STOCKS and heard.band == "act" and (idle or signs.asks(plain)):
        return replace(heard, band="ask")
    verb = stock_signs.stock_verb(heard.message, amounts=bool(heard.message.quantities))
    brought = verb == "household_in" and heard.intent == "set_price"
    known = heard.band == "act" and not brought
    if not verb or not heard.message.products or known or idle:
        return heard
    return _sure(heard, verb)


def _sold_out(wish: Wish, plain: str, *, everywhere: bool) -> Wish:
    """A seller's `trứng hết` is an amount: none. Taking away is no taking back."""
    wish = replace(wish, dropped=False)
    if wish.why != "no-amount" or len(wish.products) != 1:
        return wish
    none = everywhere or stock_signs.gone(plain[slice(*wish.part)])
    return replace(wish, why="", measures=(Measure(0, "piece"),)) if none else wish
