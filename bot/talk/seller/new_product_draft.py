"""What a seller has told of new goods so far, kept in her session until they are on the shelf."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from bot.shop.born import Born
from bot.shop.product import Product, opening_prices
from bot.shop.says import Amount, Base, Field, Rate
from bot.talk.turn import Turn
from bot.understand.pieces import Measure
from bot.understand.sellers.said import NewGoods
from bot.understand.sellers.spelled import LITRE

FORM = "np"
"""Where the session's form keeps the draft."""

UNKNOWN = -1
DEAR_VND = 200_000
"""đồng a kilo from which goods are sold by 100 g and not only by the half kilo."""
PACKED = {"g": 1150, "ml": 1300}
"""Milligrams of one base unit with its packing, until somebody weighs it."""


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    """id: names the ledger command that will put it on the shelf. Amounts in base units.

    vnd buys `per`; packs: (amount, vnd). amount: how much there is, UNKNOWN until told. grams: the
    weight of one piece. passed: steps she passed over. near: she said it is none of hers.
    """

    id: str
    name: str = ""
    vnd: int = 0
    per: int = 0
    base: Base = "g"
    unit: str = ""
    packs: tuple[tuple[int, int], ...] = ()
    amount: int = UNKNOWN
    grams: int = 0
    category: str = ""
    photo: str = ""
    photo_small: str = ""
    video: str = ""
    voice: str = ""
    passed: tuple[str, ...] = ()
    near: bool = False
    unnamed: bool = False


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


def missing(draft: Draft) -> str:
    """The step to ask for next, empty when the goods can go on the shelf."""
    lacks = {
        "photo": not (draft.photo or draft.video),
        "name": not draft.name,
        "price": not (draft.vnd or draft.packs),
        "unit": not draft.unit,
        "weight": draft.base == "piece" and not draft.grams,
        "amount": draft.amount == UNKNOWN,
        "category": not draft.category,
    }
    return next((s for s, lack in lacks.items() if lack and s not in draft.passed), "")


def told(draft: Draft, said: NewGoods) -> Draft:
    """The draft with what one sentence says of the goods; what it does not say stays."""
    if said.name and (draft.unnamed or not draft.name):
        draft = replace(draft, name=_capital(said.name), unnamed=False)
    if said.vnd:
        draft = replace(draft, vnd=said.vnd)
    if said.per:
        draft = measured(draft, said.per, said.unit)
    elif said.unit and said.amount and not draft.unit:
        draft = measured(draft, whole(said.amount), said.unit)
    same = [p for p in said.packs if not draft.unit or p.amount.base == draft.base]
    if same and not draft.unit:
        draft = measured(draft, whole(same[0].amount), said.unit)
    if same:
        draft = replace(draft, packs=tuple((p.amount.n, p.vnd) for p in same))
    if said.amount and said.amount.base == draft.base and draft.unit:
        draft = replace(draft, amount=said.amount.n)
    return draft


def whole(measure: Measure) -> Measure:
    """One kilo, litre or piece of what is measured so."""
    return Measure(1 if measure.base == "piece" else 1000, measure.base, measure.word)


def measured(draft: Draft, per: Measure, unit: str = "") -> Draft:
    """Sold by this measure; an amount counted in another one is asked again."""
    word = unit or per.word or ("kg" if per.base == "g" else LITRE)
    other = per.base != draft.base
    amount = UNKNOWN if other else draft.amount
    packs = () if other else draft.packs
    return replace(
        draft, base=per.base, per=per.n, unit=word, amount=amount, packs=packs
    )  # fmt: skip


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def born_of(draft: Draft, seller: str, by: str, at: int) -> Born:
    """The goods as they will stand in the ledger. The id is only a wish until they do."""
    packed = draft.grams * 1150 if draft.base == "piece" else PACKED[draft.base]
    return Born(
        id="",
        seller=seller,
        name=draft.name,
        category=draft.category,
        base=draft.base,
        unit=draft.unit,
        offers=_offers(draft),
        loose=_loose(draft),
        opening=max(0, draft.amount),
        by=by,
        at=at,
        photo=draft.photo,
        photo_small=draft.photo_small,
        video=draft.video,
        voice=draft.voice,
        packed_milligrams=packed,
    )


def _loose(draft: Draft) -> tuple[int, int, int, int] | None:
    """By weight or volume: half a kilo at least, 100 g of what is dear."""
    if draft.base == "piece" or not draft.vnd:
        return None
    dear = draft.vnd * 1000 >= DEAR_VND * draft.per
    return (100, 100 if dear else 500, draft.per, draft.vnd)


def _offers(draft: Draft) -> tuple[tuple[str, str, int, int], ...]:
    one = ((draft.per, draft.vnd),) if draft.base == "piece" and draft.vnd else ()
    packs = dict((*one, *draft.packs))
    return tuple(
        (f"{n}{_LETTER[draft.base]}"[:8], _title(n, draft), n, vnd)
        for n, vnd in sorted(packs.items())
    )


_LETTER: dict[Base, str] = {"g": "g", "ml": "ml", "piece": "p"}


def _title(n: int, draft: Draft) -> str:
    """A pack's own name in the catalogue's files: "500 g", "2 kg", "1 con"."""
    if draft.base == "piece":
        return f"{n} {draft.unit}"
    large, small = ("kg", "g") if draft.base == "g" else (LITRE, "ml")
    return f"{n // 1000} {large}" if n % 1000 == 0 else f"{n} {small}"


def fields_of(draft: Draft, product: Product) -> dict[str, Field]:
    """What a summary shows: name, price, how much there is."""
    rate: Rate = opening_prices(product).rate(product)
    left: Amount = product.amount(product.opening_stock)
    return {"name": draft.name, "rate": rate, "left": left}
