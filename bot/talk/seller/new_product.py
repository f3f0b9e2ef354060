"""New goods from inside the chat: a photo, a name (typed or spoken), price, unit, how much, which
kind; one summary, and they stand on the shelf.

The draft (`new_product_draft.py`) outlives the questions: whoever leaves and comes back goes on
where she was. Every question can be answered by digits; one message with everything is enough.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from msgspec.structs import replace

from bot.shop.born import Born
from bot.shop.product import Product
from bot.shop.roles import Right
from bot.shop.says import Choice, Say
from bot.talk.seller.new_product_answers import answered
from bot.talk.seller.new_product_draft import (
    Draft,
    begun,
    born_of,
    draft_of,
    drop,
    keep,
    measured,
    missing,
    told,
)
from bot.talk.seller.new_product_media import KINDS, came, numbered, taken
from bot.talk.seller.new_product_questions import question, summary
from bot.talk.seller.stock import ask_number, hers
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.understand.fold import fold
from bot.understand.pieces import Measure
from bot.understand.sellers.new_goods import new_goods
from bot.understand.sellers.spelled import LITRE, UNITS
from bot.usecases import goods

STEPS = ("photo", "name", "price", "unit", "weight", "amount", "category")
UNIT_KEYS = {fold(u): u for u in UNITS}


async def road(turn: Turn, step: str = "") -> list[Say]:
    """The next question, or the summary; `step`: that question again, or her answer to it.

    Words that come without a step (a caption, a whole sentence) are read for everything in them.
    """
    draft, first = begun(turn), draft_of(turn) is None
    if step and step not in STEPS:
        raise KeyError(step)
    if came(turn):
        turn.ask(f"np:{step or 'photo'}")  # a file that is refused is asked for again
        draft = await taken(turn, keep(turn, draft))
        step = ""
        turn.words = turn.heard.text.strip() if turn.heard.kind in KINDS else ""
    if turn.words:
        words, turn.words = turn.words, ""
        if step and step != "photo":
            return await _answer(turn, draft, step, words)
        draft = await _read(turn, draft, words)
    elif step and turn.heard.kind not in KINDS:
        keep(turn, draft)
        return [question(turn, draft, step)]
    return await onwards(turn, draft, begins=first)


async def _answer(turn: Turn, draft: Draft, step: str, words: str) -> list[Say]:
    """What she said to a question; asked once more if it does not answer it."""
    after = await answered(turn, draft, step, words)
    if after is None and words.strip() == "0":
        return [question(turn, draft, _before(turn, step))]
    if after is None:
        again = question(turn, keep(turn, draft), step)
        return [Say("goods-unclear"), again]
    return await onwards(turn, after)


def _before(turn: Turn, step: str) -> str:
    """The question before this one: 0 is no price, and leads back like everywhere else."""
    trail = turn.session.trail
    if trail and trail[-1] == f"np:{step}":
        trail.pop()
    before = trail[-1].removeprefix("np:") if trail else ""
    return before if before in STEPS else step


async def _read(turn: Turn, draft: Draft, words: str) -> Draft:
    """A sentence about other goods than those in the draft begins anew."""
    got = turn.understood or await turn.understand(words)
    said = new_goods(words, got.message)
    other = said.name and said.vnd and draft.name and not draft.unnamed
    if other and fold(said.name) != fold(draft.name):
        turn.notes.append(Say("goods-instead", {"name": draft.name}))
        draft = _pictured(turn, Draft(turn.change_id()), draft)
    return told(draft, said)


def _pictured(turn: Turn, new: Draft, old: Draft) -> Draft:
    """What came with this very message belongs to the new goods."""
    if turn.heard.kind not in KINDS:
        return new
    video = old.video if turn.heard.kind == "video" else ""
    return replace(new, photo=old.photo, photo_small=old.photo_small, video=video)


async def onwards(turn: Turn, draft: Draft, *, begins: bool = False) -> list[Say]:
    """Keep what was told; ask for what is missing, or show all of it."""
    keep(turn, draft)
    if draft.name and not draft.near and not draft.unnamed:
        known = _hers_called(turn, draft.name)
        if known:
            turn.ask("")
            return [_near(draft, known)]
    step = missing(draft)
    _go(turn, f"np:{step}" if step else "np")
    if not step:
        turn.ask("")
        return [summary(turn, draft)]
    says = [question(turn, draft, step)]
    return [Say("goods-begin"), *says] if begins and step == "photo" else says


def _go(turn: Turn, route: str) -> None:
    """The question is a place of its own, so that 0 leads to the one before."""
    trail = turn.session.trail
    if trail and trail[-1] == "np":
        trail.pop()
    if not trail or trail[-1] != route:
        trail.append(route)


def _hers_called(turn: Turn, name: str) -> list[Product]:
    found = [p for p in turn.named(name) if p.seller == turn.session.seller]
    return found[:2]


def _near(draft: Draft, known: list[Product]) -> Say:
    """She may mean goods she already has: more of them, or really new ones?"""
    more = (Choice(f"npm:{p.id}", "choice-goods-more", {"name": p.name["vi"]}) for p in known)
    new = Choice("npv:near:new", "choice-goods-really-new")
    fields = {"name": draft.name, "other": known[0].name["vi"]}
    return Say("goods-near", fields, choices=(*more, new, BACK))


async def more_of(turn: Turn, product: str) -> list[Say]:
    """The goods were hers already: how much has come."""
    known = {p.id: p for p in hers(turn)}[product]
    drop(turn)
    return [ask_number(turn, known, "goods-more-number", "add")]


async def picked(turn: Turn, step: str, value: str) -> list[Say]:
    """A button under a question."""
    draft = draft_of(turn)
    if draft is None:
        raise KeyError(step)
    if (step, value) == ("name", "no"):
        return await onwards(turn, await numbered(turn, draft))
    return await onwards(turn, PICKED[step](turn, draft, value))


def _pass_over(step: str) -> Callable[[Turn, Draft, str], Draft]:
    return lambda turn, draft, value: replace(draft, passed=(*draft.passed, step))


def _unit_picked(turn: Turn, draft: Draft, value: str) -> Draft:
    unit = UNIT_KEYS[value]
    base = {"kg": "g", LITRE: "ml"}.get(unit, "piece")
    per = Measure(1 if base == "piece" else 1000, base, unit)  # type: ignore[arg-type]
    return measured(draft, per, unit)


def _category_picked(turn: Turn, draft: Draft, value: str) -> Draft:
    if value not in turn.shop.catalogue().categories:
        raise KeyError(value)
    return replace(draft, category=value)


PICKED: dict[str, Callable[[Turn, Draft, str], Draft]] = {
    "photo": _pass_over("photo"),
    "unit": _unit_picked,
    "weight": lambda turn, draft, value: replace(draft, grams=int(value)),
    "category": _category_picked,
    "near": lambda turn, draft, value: replace(draft, near=True),
}


async def up(turn: Turn, draft_id: str) -> list[Say]:
    """On the shelf. A second tap shows what the first one did."""
    draft = draft_of(turn)
    if draft is None or draft.id != draft_id:
        return await _done_before(turn, draft_id)
    if missing(draft):
        return await onwards(turn, draft)
    who, now = await turn.who(), turn.now
    born = born_of(draft, turn.session.seller, turn.person, now)
    products = turn.shop.catalogue().products.values()
    first = all(p.seller != born.seller for p in products)
    name = turn.shop.catalogue().sellers[born.seller].name
    made = await turn.shop.ledger.put(
        lambda b: goods.add(b, born, first, who, now, draft_id, name)
    )
    drop(turn)
    return [success(made, aloud=turn.session.voice)]


async def _done_before(turn: Turn, draft_id: str) -> list[Say]:
    change = await turn.shop.records.read(lambda b: b.change(draft_id))
    if change is None or change.seller != turn.session.seller:
        raise KeyError(draft_id)
    made = await turn.shop.records.read(lambda b: goods.find(b, change.subject))
    return [success(made, aloud=turn.session.voice)]


def success(made: Born, *, aloud: bool = False) -> Say:
    """aloud: she listens to the shop, so she is asked for the sound of the name too."""
    if made.state == "waiting":
        return Say("goods-waits", {"name": made.name}, choices=_NEXT)
    see = Choice(f"p:{made.id}", "choice-goods-see")
    hide = Choice(f"ngh:{made.id}", "choice-goods-hide")
    said = (Choice(f"rn:{made.id}", "choice-rec-name"),) if aloud else ()
    return Say("goods-up", {"name": made.name}, choices=(see, *said, *_NEXT, hide, BACK))


_NEXT = (Choice("np", "choice-goods-next"), Choice("k", "choice-stock"))


async def dropped(turn: Turn, draft_id: str) -> list[Say]:
    draft = draft_of(turn)
    if draft is not None and draft.id == draft_id:
        drop(turn)
    return [Say("goods-dropped", choices=(*_NEXT, BACK))]


Step = Callable[..., Awaitable[list[Say]]]

ROUTES: Routes = {
    "np": for_seller(screen(road, views=1), Right.GOODS),
    "npv": for_seller(act(picked), Right.GOODS),
    "npm": for_seller(act(more_of), Right.STOCK),
    "npgo": for_seller(act(up), Right.GOODS),
    "npx": for_seller(act(dropped), Right.GOODS),
}
