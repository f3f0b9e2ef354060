"""What a live came to: figures in a few lines, and the same as one picture for the phone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from bot.shop.hours import local
from bot.shop.live import Live
from bot.shop.live_problems import NoSuchLive
from bot.shop.live_summary import LiveSummary, OfCode, Portion, binned, summary_of
from bot.shop.media_problems import NotDrawn
from bot.shop.pictures import MOST_COLUMNS, LiveChart, Stack
from bot.shop.product import Product
from bot.shop.says import Choice, Field, Many, Moment, Money, Say
from bot.talk.turn import BACK, Turn
from bot.usecases.ports import Books

MOST_BARS = 10
MOST_NAMED = 3
MOST_LINES = 4
"""Beneath the first; the picture tells the rest."""
ORDERS_COME = 7 * 24 * 3600
"""After the end: what is claimed is ordered within a day, or by hand soon after."""

PARTS: tuple[tuple[str, Callable[[OfCode], Portion]], ...] = (
    ("sold", lambda x: x.sold),
    ("held", lambda x: x.held),
    ("lost", lambda x: x.lost),
    ("expired", lambda x: x.expired),
)
"""What becomes of claims, as the picture and `live-part-…` name it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A live, its figures, and its goods by id."""

    live: Live
    summary: LiveSummary
    goods: Mapping[str, Product]


async def summary_says(turn: Turn, live_id: str) -> list[Say]:
    """At most five lines, a picture, and what may be done next. Raises NoSuchLive for a live that
    is not of the seller she acts for.
    """
    live = await turn.shop.records.read(lambda b: b.live(live_id))
    if live is None or live.seller != turn.session.seller:
        raise NoSuchLive()
    until = (live.ended_at or turn.now) + ORDERS_COME
    sales = await turn.shop.records.sales(live.seller, live.at, until)
    orders, now = frozenset(s.code for s in sales), turn.now
    told = await turn.shop.records.read(lambda b: _told(b, live, orders, now))
    s = told.summary
    at: dict[str, Field] = {"at": Moment(s.began)}
    if not s.claims:
        lines = _followers(s)
        return [Say("live-summary-none", at, lines, (Choice("lk", "choice-links"), BACK))]
    fields: dict[str, Field] = {
        "claims": s.claims,
        "buyers": s.buyers,
        "money": Money(s.vnd(lambda x: x.sold)),
    }
    picture = await _picture(turn, told)
    return [Say("live-summary", {**at, **fields}, _lines(turn, told), _choices(s), picture)]


def _told(books: Books, live: Live, orders: Collection[str], now: int) -> Told:
    items, notes = books.items_of(live.id), books.notes_of(live.id)
    follows = books.followers(live.seller, live.id)
    claims = books.claims_in(live.id)
    summary = summary_of(live, items, claims, notes, follows, orders, now)
    return Told(live, summary, {x.product: books.goods(x.product) for x in items})


def _choices(s: LiveSummary) -> tuple[Choice, ...]:
    held = (Choice("cl", "choice-live-unconfirmed"),) if s.vnd(lambda x: x.held) else ()
    return (*held, Choice("new", "choice-seller-orders"), Choice("bc", "choice-report"), BACK)


def _lines(turn: Turn, told: Told) -> tuple[Say, ...]:
    """What she can do something about comes first."""
    s = told.summary
    held, expired = s.vnd(lambda x: x.held), s.vnd(lambda x: x.expired)
    found = [
        *_orders(s),
        *_lost(turn, told),
        *((Say("live-summary-held", {"money": Money(held)}),) if held else ()),
        *_followers(s),
        *_peak(s),
        *((Say("live-summary-expired", {"money": Money(expired)}),) if expired else ()),
    ]
    return tuple(found[:MOST_LINES])


def _orders(s: LiveSummary) -> tuple[Say, ...]:
    if not s.orders.amount:
        return ()
    return (Say("live-summary-orders", {"n": s.orders.amount, "money": Money(s.orders.vnd)}),)


def _peak(s: LiveSummary) -> tuple[Say, ...]:
    if s.most < 2:
        return ()
    return (Say("live-summary-peak", {"time": _hour(s.peak), "most": s.most}),)


def _lost(turn: Turn, told: Told) -> tuple[Say, ...]:
    """What people still wanted when it was sold out, most money first."""
    lost = sorted((x for x in told.summary.codes if x.lost.amount), key=lambda x: -x.lost.vnd)
    if not lost:
        return ()
    fields = [{"name": _name(told, x), "amount": _amount(told, x, x.lost)} for x in lost]
    goods = (Say("live-summary-goods", of) for of in fields[:MOST_NAMED])
    named = Many(tuple(turn.shop.texts(say, turn.session.lang) for say in goods))
    money = Money(told.summary.vnd(lambda x: x.lost))
    return (Say("live-summary-lost", {"goods": named, "money": money}),)


def _followers(s: LiveSummary) -> tuple[Say, ...]:
    return (Say("live-summary-followers", {"n": s.followers}),) if s.followers else ()


def _name(told: Told, of: OfCode) -> str:
    return f"{of.code} {told.goods[of.product].name['vi']}"


def _amount(told: Told, of: OfCode, portion: Portion) -> Field:
    return told.goods[of.product].amount(portion.amount)


def _hour(at: int) -> str:
    here = local(at)
    return f"{here.hour}:{here.minute:02}"


# the picture


async def _picture(turn: Turn, told: Told) -> str:
    """The chart's reference; empty if it could not be drawn: the figures matter more."""

    def words(id_: str, fields: Mapping[str, Field]) -> str:
        return turn.shop.texts(Say(id_, fields), turn.session.lang)

    s = told.summary
    columns, width = binned(s.minutes, MOST_COLUMNS)
    per: dict[str, Field] = {"n": width, "time": _hour(s.peak or s.began), "most": s.most}
    chart = LiveChart(
        told.live.title or words("live-chart-title", {"at": Moment(s.began)}),
        columns,
        words("live-chart-per" if s.most else "live-chart-per-none", per),
        _hour(s.began),
        _hour(s.ended),
        tuple(words(f"live-part-{part}", {}) for part, _ in PARTS),
        _stacks(told, words),
    )
    try:
        return await turn.shop.studio.live_chart(chart, turn.person)
    except NotDrawn:
        return ""


def _stacks(told: Told, words: Callable[[str, Mapping[str, Field]], str]) -> tuple[Stack, ...]:
    """A bar for each code that was claimed, most money first; its length is đồng."""
    claimed = sorted(
        (x for x in told.summary.codes if x.claimed.amount), key=lambda x: -x.claimed.vnd
    )
    return tuple(_stack(told, of, words) for of in claimed[:MOST_BARS])


def _stack(told: Told, of: OfCode, words: Callable[[str, Mapping[str, Field]], str]) -> Stack:
    portions = [(part, get(of)) for part, get in PARTS]
    detail = [
        words(f"live-chart-{part}", {"amount": _amount(told, of, p)})
        for part, p in portions
        if p.amount
    ]
    value = words(
        "live-chart-value", {"amount": _amount(told, of, of.sold), "money": Money(of.sold.vnd)}
    )
    return Stack(_name(told, of), value, tuple(p.vnd for _, p in portions), " · ".join(detail))
