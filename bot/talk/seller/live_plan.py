"""Planning a live: one sentence or a few buttons, said back whole, and a yes.

Nothing is public before the yes. A list she asked for in an older version ("hẹn live") is a letter
that still comes; it was never told to anybody, so it is no live until she plans one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from bot.shop.live import Live
from bot.shop.live_problems import CapTooHigh
from bot.shop.product import Product
from bot.shop.roles import Right
from bot.shop.says import Choice, Moment, Say
from bot.talk.seller import live_find as find
from bot.talk.seller.live_draft import (
    Draft,
    begun,
    draft_of,
    drop,
    item_told,
    keep,
    lowered,
    same_hour,
    sellable,
    told,
)
from bot.talk.seller.live_hours import at_choice, moments, speaks_of_live, suggested
from bot.talk.seller.live_preview import card
from bot.talk.seller.stock import hers
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.understand.sellers.live_plans import plan_said, where_said
from bot.understand.sellers.lives import item_said
from bot.usecases import coaching, lives
from bot.usecases.ports import Books

MOST_ODD = 60
DONE = "lvok"
"""Where the session's form keeps the last draft she said yes to, and the live it went into."""
A_PAGE = 6


async def plan(turn: Turn, at: str = "") -> list[Say]:
    """A sentence about a live to come, or the hour she chose for the one in hand."""
    if at.isdecimal():
        return await _chosen(turn, int(at))
    if turn.words and speaks_of_live(turn.words):
        drop(turn)
    return await more(turn)


async def _chosen(turn: Turn, at: int) -> list[Say]:
    if at <= turn.now:
        turn.notes.append(Say("problem-live-past"))
        return [await _when(turn, ())]
    return await onwards(turn, replace(begun(turn), at=at, now=False, which=()))


async def more(turn: Turn) -> list[Say]:
    """What else she says of the live in hand: an hour, goods, how much at most, the link."""
    draft, words = begun(turn), turn.words
    if words:
        got = turn.understood or await turn.understand(words)
        own = {p.id for p in hers(turn)}
        said = plan_said(got.message, own, turn.now)
        item = item_said(got.message, own, planned=True)
        if words.strip().isdecimal():
            said_at = moments(words, turn.now)
            draft = replace(draft, at=said_at[0] if len(said_at) == 1 else 0, which=said_at)
        elif item and item.code and item.kind != "add":
            draft = _heard(draft, words, item_told(turn, draft, item))
        else:
            draft = _heard(draft, words, told(turn, draft, said))
    return await onwards(turn, draft, again=bool(words))


def _heard(before: Draft, words: str, after: Draft) -> Draft:
    """Words that say nothing of the live in hand are said back as goods she does not have."""
    if after != before or not (before.at or before.now):
        return after
    return replace(after, odd=(words[:MOST_ODD],))


async def onwards(turn: Turn, draft: Draft, *, again: bool = False) -> list[Say]:
    """Ask for the hour as long as it is open, else show all of it."""
    keep(turn, draft)
    if len(draft.which) > 1:
        turn.ask("lvw")
        return [Say("live-when-which", choices=(*map(at_choice, draft.which), BACK))]
    if not (draft.at or draft.now):
        return [await _when(turn, draft.goods, again=again)]
    return await preview(turn, draft)


async def _when(turn: Turn, goods: Sequence[str], *, again: bool = False) -> Say:
    """Ask when, with the hours most people look at lives."""
    turn.ask("lvw")
    choices = (*map(at_choice, await suggested(turn)), Choice("ll:0", "choice-live-list"), BACK)
    return Say("live-when-again" if again and not goods else "live-when", choices=choices)


async def preview(turn: Turn, draft: Draft) -> list[Say]:
    """All of it, to say yes to. Caps above what there is are lowered, and that is said."""
    if not (draft.now or draft.live):
        live = same_hour(draft, await find.all_hers(turn))
        draft = replace(draft, live=live.id, at=live.starts_at) if live else draft
    draft, above = lowered(turn, draft)
    turn.notes += [_lowered(turn, p) for p in above]
    if draft.odd:
        turn.notes.append(Say("live-plan-odd", {"words": ", ".join(draft.odd)}))
    keep(turn, replace(draft, odd=()))
    _leave_question(turn)
    taken = await _taken(turn, draft)
    return [card(turn, draft, taken)]


def _leave_question(turn: Turn) -> None:
    """ "0" under the card leads to where she came from, not to the question it answers."""
    trail = turn.session.trail
    while trail and trail[-1].partition(":")[0] in ("lv", "lvw", "lvt", "lvg"):
        trail.pop()


def _lowered(turn: Turn, product: Product) -> Say:
    left = product.amount(turn.level(product.id).free)
    return Say("live-plan-lowered", {"name": product.name["vi"], "most": left})


async def _taken(turn: Turn, draft: Draft) -> tuple[str, ...]:
    if not draft.live:
        return ()
    _, items = await find.one(turn, draft.live)
    return tuple(x.code for x in items)


# its buttons


async def another_hour(turn: Turn) -> list[Say]:
    draft = begun(turn)
    keep(turn, replace(draft, at=0, now=False, which=()))
    return [await _when(turn, draft.goods)]


async def at_once(turn: Turn) -> list[Say]:
    """She begins right now."""
    return await preview(turn, replace(begun(turn), now=True, at=0, which=(), live=""))


async def place(turn: Turn) -> list[Say]:
    """The other of the two places where viewers may buy."""
    draft = begun(turn)
    buys = "platform" if draft.place == "chat" else "chat"
    if buys == "chat" and where_said(draft.link) == "platform":
        turn.notes.append(Say("live-platform-forbids"))
    return await onwards(turn, replace(draft, buys=buys))


async def goods(turn: Turn, page: str = "0", product: str = "") -> list[Say]:
    """Which goods: a button each, those in stock first; one tap adds, and shows the card."""
    draft = begun(turn)
    if product:
        known = {p.id: p for p in sellable(turn)}[product]
        added = draft.goods if known.id in draft.goods else (*draft.goods, known.id)
        return await onwards(turn, replace(draft, goods=added))
    keep(turn, draft)
    left = [p for p in sellable(turn) if p.id not in draft.goods]
    start = int(page) * A_PAGE
    shown = left[start : start + A_PAGE]
    choices = [
        Choice(f"lvg:{page}:{p.id}", "choice-product", {"name": p.name["vi"]}) for p in shown
    ]
    if start + A_PAGE < len(left):
        choices.append(Choice(f"lvg:{int(page) + 1}", "choice-more"))
    turn.ask("lvw")
    return [Say("live-which-goods" if shown else "live-no-more-goods", choices=(*choices, BACK))]


async def dropped(turn: Turn, draft_id: str) -> list[Say]:
    draft = draft_of(turn)
    if draft is not None and draft.id == draft_id:
        drop(turn)
    choices = (Choice("lv", "choice-live-other"), Choice("lives", "choice-lives"), BACK)
    return [Say("live-dropped", choices=choices)]


async def confirmed(turn: Turn, draft_id: str, yes: str) -> list[Say]:
    """The live stands, once, however often the button is pressed."""
    draft = draft_of(turn)
    if yes != "yes":
        raise KeyError(yes)
    if draft is None or draft.id != draft_id:
        done, _, live_id = turn.session.form.get(DONE, "").partition(" ")
        live, _ = await find.one(turn, live_id if done == draft_id else draft_id[:10])
        return await _stands(turn, live)
    if not draft.now and draft.at <= turn.now:
        return await _chosen(turn, draft.at)
    try:
        live = await _booked(turn, draft)
    except CapTooHigh as problem:
        turn.notes.append(Say("live-plan-lowered", problem.fields))
        return await preview(turn, draft)
    drop(turn)
    turn.session.form[DONE] = f"{draft_id} {live.id}"
    return await _stands(turn, live)


async def _booked(turn: Turn, draft: Draft) -> Live:
    who, now, seller = await turn.who(), turn.now, turn.session.seller
    at = now + 1 if draft.now else draft.at
    wish = lives.Plan(
        draft.live_id, seller, at, link=draft.link, buys=draft.place,
        hold_seconds=draft.hold_seconds, parcels=draft.parcels,
    )  # fmt: skip

    def book(books: Books) -> Live:
        known = books.live(wish.id)
        if known is not None and not draft.live:
            return known
        live = known or lives.plan(books, wish, who, now)
        if known is not None:
            live = lives.change(books, live.id, who, turn.now, **_said(draft))
        for product in draft.goods:
            item = lives.put_on_air(books, live.id, product, who, now, cap=draft.cap_of(product))
            if most := dict(draft.limits).get(product):
                lives.change_item(books, live.id, item.code, who, now, per_buyer=most)
        if draft.now:
            return lives.start(books, live.id, who, now)
        coaching.list_before_live(books, seller, live.starts_at, who, now)
        return live

    return await turn.shop.ledger.put(book)


def _said(draft: Draft) -> dict[str, Any]:
    """What she said of a live that stands already."""
    said = {
        "link": draft.link,
        "buys": draft.buys,
        "parcels": draft.parcels,
        "hold_seconds": draft.hold_minutes * 60,
    }
    return {what: value for what, value in said.items() if value}


async def _stands(turn: Turn, live: Live) -> list[Say]:
    """It stands; how many will be told, and what she may do until then."""
    followers = await turn.shop.records.read(lambda b: len(b.followers(live.seller, live.id)))
    lines = [
        Say("live-planned-followers" if followers else "live-planned-alone", {"n": followers})
    ]
    listed = live.starts_at - coaching.LIST_BEFORE
    if live.state == "planned" and listed > turn.now:
        lines.append(Say("live-planned-list", {"list": Moment(listed)}))
    id_ = "live-now-on-air" if live.state == "on_air" else "live-planned"
    choices = (
        Choice(f"live:{live.id}", "choice-live-open"),
        Choice(f"lkl:{live.id}", "choice-live-links"),
        Choice("ll:0", "choice-live-list"),
        BACK,
    )
    return [Say(id_, find.at_of(live), tuple(lines), choices)]


ROUTES: Routes = {
    "lv": for_seller(screen(plan), Right.LIVE),
    "lvw": for_seller(screen(more), Right.LIVE),
    "lvt": for_seller(screen(another_hour), Right.LIVE),
    "lvn": for_seller(act(at_once), Right.LIVE),
    "lvb": for_seller(act(place), Right.LIVE),
    "lvg": for_seller(screen(goods, views=1), Right.LIVE),
    "lvok": for_seller(act(confirmed), Right.LIVE),
    "lvno": for_seller(act(dropped), Right.LIVE),
}
