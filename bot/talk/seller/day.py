"""When she goes live, and what to lay out before it, one thing after the other."""

from __future__ import annotations

from bot.shop.hours import day_start
from bot.shop.product import Product, is_priced
from bot.shop.roles import Right
from bot.shop.says import Choice, Moment, Say
from bot.talk.buyer.browse import price_line
from bot.talk.buyer.home import stop
from bot.talk.seller.stock import hers
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.understand.sellers.moments import moment_said
from bot.usecases import coaching

DAY = 24 * 3600
HOURS = (10, 12, 20, 21, 24 + 10, 24 + 20)
"""Offered hours, from today's midnight on in Vietnam."""
STEPS = ("tripod", "battery", "light", "goods", "film", "price", "pack")
"""What to do, in order; each is a message `live-step-…` that trainers may reword or record."""
MOST_GOODS = 4
LOOK_BACK = 30 * DAY
"""Her top goods are what brought most in this time."""


async def when(turn: Turn, at: str = "") -> list[Say]:
    """Ask when she goes live, or take the time she said or chose; her list comes two hours
    before.
    """
    chosen = (int(at),) if at.isdecimal() else ()
    said = chosen or moments(turn.words, turn.now)
    if len(said) == 1 and said[0] > turn.now:
        return await _set(turn, said[0])
    turn.ask("lv")
    if chosen:
        turn.notes.append(Say("problem-live-past"))
        said = ()
    if said:
        return [Say("live-when-which", choices=(*map(_choice, said), BACK))]
    asked = "live-when-again" if turn.words else "live-when"
    midnight = day_start(turn.now)
    offered = (midnight + hour * 3600 for hour in HOURS)
    coming = (_choice(at) for at in offered if at > turn.now)
    return [Say(asked, choices=(*coming, Choice("ll:0", "choice-live-list"), BACK))]


def moments(words: str, now: int) -> tuple[int, ...]:
    """When the words say, seconds UTC; a bare number is an hour."""
    if words.strip().isdecimal():
        return moment_said(f"{words}h", now)
    return moment_said(words, now)


def _choice(at: int) -> Choice:
    title = "choice-live-best" if coaching.is_best(at) else "choice-live-at"
    return Choice(f"lv:{at}", title, {"at": Moment(at)})


async def _set(turn: Turn, at: int) -> list[Say]:
    """Remember it; the list at once if there is no time to wait."""
    who, now, seller = await turn.who(), turn.now, turn.session.seller
    turn.ask("")
    later = await turn.shop.ledger.put(
        lambda b: coaching.list_before_live(b, seller, at, who, now)
    )
    if not later:
        turn.notes.append(Say("live-soon", {"at": Moment(at)}))
        return await step(turn)
    fields = {"at": Moment(at), "list": Moment(at - coaching.LIST_BEFORE)}
    choices = (Choice("ll:0", "choice-live-list"), Choice("lvx", "choice-live-no"), BACK)
    return [Say("live-set", fields, choices=choices)]


async def cancel(turn: Turn) -> list[Say]:
    """No list comes any more."""
    who, seller = await turn.who(), turn.session.seller
    await turn.shop.ledger.put(lambda b: coaching.no_list(b, seller, who))
    return [Say("live-no-list", choices=(Choice("lv", "choice-live-other"), BACK))]


async def move(turn: Turn) -> list[Say]:
    """Another hour instead of the one said before."""
    await cancel(turn)
    return await when(turn)


async def no_reminder(turn: Turn) -> list[Say]:
    """ "Bỏ nhắc": a seller's list, anybody else's reminders."""
    return await (cancel(turn) if turn.session.seller else stop(turn))


async def step(turn: Turn, n: str = "0") -> list[Say]:
    """One thing to do; done, the next one."""
    place = int(n) if n.isdecimal() else 0
    if place >= len(STEPS):
        choices = (Choice("new", "choice-seller-orders"), Choice("k", "choice-stock"), BACK)
        return [Say("live-ready", choices=choices)]
    name = STEPS[place]
    lines = await _top_goods(turn) if name == "goods" else ()
    fields = {"n": place + 1, "of": len(STEPS)}
    done = Choice(f"ll:{place + 1}", "choice-live-done")
    return [Say(f"live-step-{name}", fields, lines, (done, BACK))]


async def _top_goods(turn: Turn) -> tuple[Say, ...]:
    """What she can show today: her goods on the shelf, what sold best first."""
    sales = await turn.shop.records.sales(turn.session.seller, turn.now - LOOK_BACK, turn.now + 1)
    brought: dict[str, int] = {}
    for part in (p for s in sales if s.standing == "sold" for p in s.parts):
        brought[part.product] = brought.get(part.product, 0) + part.vnd
    on_shelf = [p for p in hers(turn) if _on_shelf(turn, p)]
    on_shelf.sort(key=lambda p: -brought.get(p.id, 0))
    return tuple(price_line(turn, p) for p in on_shelf[:MOST_GOODS])


def _on_shelf(turn: Turn, product: Product) -> bool:
    open_today = turn.shop.market(turn.now).by_category.get(product.category, ())
    left = turn.level(product.id).free
    return product.id in open_today and left > 0 and is_priced(product, turn.prices(product.id))


ROUTES: Routes = {
    "lv": for_seller(screen(when), Right.LIVE),
    "lvx": for_seller(act(cancel), Right.LIVE),
    "lvm": for_seller(act(move), Right.LIVE),
    "bonhac": act(no_reminder),
    "ll": for_seller(screen(step, views=1), Right.LIVE),
}
