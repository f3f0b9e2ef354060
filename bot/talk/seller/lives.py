"""A seller's lives: the list, one live with what can be done with it, who will be told."""

from __future__ import annotations

from bot.shop.live import OPEN_LIVES, Live, LiveItem
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Moment, Say
from bot.talk.seller import live_find as find
from bot.talk.seller.broadcast_reach import call_lines, closed_pages, lost_lines
from bot.talk.turn import BACK, Routes, Turn, for_seller, screen
from bot.usecases import reminders
from bot.usecases.broadcast_audience import ToCall, to_call
from bot.usecases.ports import Books

MOST_LISTED = 6
MOST_OVER = 2
MOST_LINES = 4


async def listed(turn: Turn) -> list[Say]:
    """To come and on air first, then the last ones that are over."""
    turn.words = ""
    open_ = await find.open_ones(turn)
    over = [x for x in await find.all_hers(turn) if x.state == "over"]
    shown = [*open_[: MOST_LISTED - MOST_OVER], *reversed(over[-MOST_OVER:])]
    choices = [_listed(x) for x in shown]
    choices.append(Choice("lv", "choice-live-new"))
    return [Say("seller-lives" if shown else "seller-lives-none", choices=(*choices, BACK))]


def _listed(live: Live) -> Choice:
    if live.state == "over":
        return Choice(f"live:{live.id}", "choice-live-over", find.at_of(live))
    return find.choice(live, "live")


async def card(turn: Turn, live_id: str) -> list[Say]:
    """One live: its state, what is left of each code, and what she may do now."""
    live, items = await find.one(turn, live_id)
    taken, queued, followers = await turn.shop.records.read(lambda b: _figures(b, live, items))
    lines = [
        _code_line(turn, item, taken[item.code], queued[item.code]) for item in items[:MOST_LINES]
    ]
    if len(items) > MOST_LINES:
        lines.append(Say("live-plan-others", {"n": len(items) - MOST_LINES}))
    if not items and live.state in OPEN_LIVES:
        lines.append(Say("live-plan-no-goods"))
    if live.state in OPEN_LIVES:
        lines.append(Say("live-card-followers", {"n": followers}))
        lines += [Say("live-plan-platform")] if live.buys == "platform" else []
    id_ = f"live-card-{live.state.replace('_', '-')}"
    return [Say(id_, find.at_of(live), tuple(lines), await _doings(turn, live))]


def _figures(
    books: Books, live: Live, items: tuple[LiveItem, ...]
) -> tuple[dict[str, int], dict[str, int], int]:
    taken = {x.code: books.taken(live.id, x.code) for x in items}
    queued = {x.code: books.queued(live.id, x.code) for x in items}
    return taken, queued, len(books.followers(live.seller, live.id))


def _code_line(turn: Turn, item: LiveItem, taken: int, queued: int) -> Say:
    """What is claimed and left of a code, in her words."""
    product = find.product_of(turn, item)
    free = turn.level(product.id).free
    left = min(free, max(0, item.cap - taken)) if item.cap else free
    fields: dict[str, Field] = {
        "code": item.code,
        "name": product.name["vi"],
        "taken": product.amount(taken),
        "left": product.amount(left),
        "n": queued,
    }
    if item.off:
        return Say("live-code-off", fields)
    if queued:
        return Say("live-code-queue", fields)
    return Say("live-code-taken" if taken else "live-code-free", fields)


async def _doings(turn: Turn, live: Live) -> tuple[Choice, ...]:
    """What she has the right to, the likeliest first."""
    of = live.id
    claims = Choice(f"cl:{of}", "choice-live-claims")
    if not (await turn.who()).may(Right.LIVE):
        return (claims, BACK)
    paste = Choice(f"dan:{of}", "choice-live-paste")
    codes = Choice(f"li:{of}", "choice-live-codes")
    links = Choice(f"lkl:{of}", "choice-live-links")
    board = Choice(f"lb:{of}", "choice-live-board")
    rules = Choice(f"ls:{of}", "choice-live-rules")
    if live.state == "planned":
        told = Choice(f"lw:{of}", "choice-live-told")
        start = Choice(f"lson:{of}", "choice-live-start-air")
        move = Choice(f"lvm:{of}", "choice-live-move")
        off = Choice(f"lvx:{of}", "choice-live-call-off")
        return (start, codes, links, told, move, board, rules, off, BACK)
    if live.state == "on_air":
        end = Choice(f"lsend:{of}", "choice-live-end")
        return (claims, codes, paste, board, links, rules, end, BACK)
    if live.state == "cancelled":
        return (Choice("lv", "choice-live-new"), BACK)
    late = (paste,) if find.is_late(live, turn.now) else ()
    summary = Choice(f"lsum:{of}", "choice-live-summary")
    return (summary, claims, *late, Choice(f"llog:{of}", "choice-live-log"), BACK)


# who is told


async def told(turn: Turn, live_id: str) -> list[Say]:
    """When each word goes, to how many, and whom she had better call."""
    live, _ = await find.one(turn, live_id)
    now = turn.now
    people, calls, rungs = await turn.shop.records.read(
        lambda b: (*_reached(b, live), reminders.preview(b, live, now))
    )
    lines = [Say(f"live-rung-{r}", {"at": Moment(at)}) for r, at in rungs.items() if at]
    by_why: dict[str, int] = {}
    for one in calls:
        by_why[one.why] = by_why.get(one.why, 0) + 1
    lines += [*lost_lines(by_why), *call_lines(calls)]
    fields: dict[str, Field] = {"n": people, "reached": people - len(calls)}
    share = Choice(f"lkl:{live_id}", "choice-live-links")
    id_ = "live-told" if people else "live-told-nobody"
    return [Say(id_, fields, tuple(lines), (share, BACK))]


def _reached(books: Books, live: Live) -> tuple[int, tuple[ToCall, ...]]:
    """How many follow it, and who of them no message reaches."""
    people = [f.person for f in books.followers(live.seller, live.id) if f.person != live.by]
    gone = {u.person: u.why for u in books.unreachable_of(people)}
    closed = closed_pages(books)
    lost = tuple((p, why) for p in people if (why := gone.get(p) or closed(p)))
    return len(people), to_call(books, live.seller, lost)


ROUTES: Routes = {"lw": for_seller(screen(told, views=1), Right.LIVE)}
"""`lives` and `live` lead here or to what a customer sees: `routes.py` decides by the role."""
