"""What a seller has said of a live she plans, kept in her session until she says yes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from bot.shop.live import HOLD_SECONDS, BuyWhere, Live, next_code
from bot.shop.product import Product, is_priced
from bot.talk.seller.stock import hers
from bot.talk.turn import Turn
from bot.understand.fitting import stock_amount
from bot.understand.pieces import Measure
from bot.understand.sellers.live_plans import PlanSaid, Where
from bot.understand.sellers.lives import ItemSaid

FORM = "lv"
"""Where the session's form keeps the draft."""
SAME_SECONDS = 30 * 60
"""Two lives of one seller closer than this are one."""


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    """id: names the live it becomes. at: seconds UTC, 0 until known; now: she begins at once.

    which: moments her words may mean. goods: ids of hers, in the order of their codes; caps: most
    base units of one, limits: most for one buyer. odd: goods she named and does not have. live: a
    live that is planned already, and gets these goods too.
    """

    id: str
    at: int = 0
    now: bool = False
    which: tuple[int, ...] = ()
    goods: tuple[str, ...] = ()
    caps: tuple[tuple[str, int], ...] = ()
    limits: tuple[tuple[str, int], ...] = ()
    link: str = ""
    buys: Where = ""
    parcels: int = 0
    hold_minutes: int = 0
    odd: tuple[str, ...] = ()
    live: str = ""

    @property
    def live_id(self) -> str:
        return self.live or self.id[:10]

    @property
    def place(self) -> BuyWhere:
        return self.buys or "chat"

    @property
    def hold_seconds(self) -> int:
        return self.hold_minutes * 60 or HOLD_SECONDS

    def cap_of(self, product: str) -> int:
        return dict(self.caps).get(product, 0)


_decode = msgspec.json.Decoder(Draft).decode


def draft_of(turn: Turn) -> Draft | None:
    kept = turn.session.form.get(FORM)
    return _decode(kept) if kept else None


def begun(turn: Turn) -> Draft:
    """The draft in hand, or a new one."""
    return draft_of(turn) or Draft(turn.change_id())


def keep(turn: Turn, draft: Draft) -> Draft:
    turn.session.form[FORM] = msgspec.json.encode(draft).decode()
    return draft


def drop(turn: Turn) -> None:
    turn.session.form.pop(FORM, None)


def sellable(turn: Turn) -> list[Product]:
    """Hers that have a price; what is in stock comes first."""
    priced = [p for p in hers(turn) if is_priced(p, turn.prices(p.id))]
    return sorted(priced, key=lambda p: turn.level(p.id).free <= 0)


def codes_of(draft: Draft, taken: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Each of the goods with the code it will get."""
    codes = set(taken)
    for product in draft.goods:
        code = next_code(frozenset(codes))
        codes.add(code)
        yield code, product


def told(turn: Turn, draft: Draft, said: PlanSaid) -> Draft:
    """The draft with what one sentence says of the live; what it does not say stays."""
    known = {p.id: p for p in hers(turn)}
    able = {p.id for p in sellable(turn)}
    goods = [p for p in said.products if p in able and p not in draft.goods]
    unpriced = tuple(known[p].name["vi"] for p in said.products if p in known and p not in able)
    caps = dict(draft.caps)
    for product, measure in said.caps:
        if product in able and (n := _base_units(known[product], measure)):
            caps[product] = n
    one = len(said.moments) == 1
    return replace(
        draft,
        at=said.moments[0] if one else draft.at,
        now=False if said.moments else draft.now,
        which=() if one else said.moments,
        goods=(*draft.goods, *goods),
        caps=tuple(caps.items()),
        link=said.link or draft.link,
        buys=said.where or draft.buys,
        parcels=said.parcels or draft.parcels,
        hold_minutes=said.hold_minutes or draft.hold_minutes,
        odd=(*said.odd, *unpriced),
    )


def _base_units(product: Product, measure: Measure) -> int:
    n = stock_amount(product, measure)
    return n if isinstance(n, int) else 0


def item_told(turn: Turn, draft: Draft, said: ItemSaid) -> Draft:
    """What is said of a code of the draft: a cap, or that it is left out."""
    by_code = dict(codes_of(draft))
    named = (by_code.get(said.code, ""), *said.products)
    product = next((p for p in named if p in draft.goods), "")
    known = {p.id: p for p in hers(turn)}.get(product)
    if known is None:
        return draft
    if said.kind == "off":
        return without(draft, product)
    n = _base_units(known, said.measure) if said.measure else 0
    if said.kind in ("cap", "left") and n:
        return replace(draft, caps=tuple((dict(draft.caps) | {product: n}).items()))
    if said.kind == "limit" and n:
        return replace(draft, limits=tuple((dict(draft.limits) | {product: n}).items()))
    return draft


def without(draft: Draft, product: str) -> Draft:
    caps = tuple(x for x in draft.caps if x[0] != product)
    limits = tuple(x for x in draft.limits if x[0] != product)
    goods = tuple(p for p in draft.goods if p != product)
    return replace(draft, goods=goods, caps=caps, limits=limits)


def lowered(turn: Turn, draft: Draft) -> tuple[Draft, tuple[Product, ...]]:
    """No cap above what there is; and the goods whose cap had to be lowered."""
    known = {p.id: p for p in hers(turn)}
    above = [p for p, n in draft.caps if p in known and n > turn.level(p).free]
    caps = {p: min(n, turn.level(p).free) if p in above else n for p, n in draft.caps}
    kept = replace(draft, caps=tuple((p, n) for p, n in caps.items() if n))
    return kept, tuple(known[p] for p in above if turn.level(p).free)


def same_hour(draft: Draft, lives: Sequence[Live]) -> Live | None:
    """A live she has planned already for about this hour."""
    return next(
        (x for x in lives if x.state == "planned" and abs(x.starts_at - draft.at) < SAME_SECONDS),
        None,
    )
