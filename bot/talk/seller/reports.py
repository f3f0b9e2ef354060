"""What was sold: the figures first, one picture made for a phone, and the same in other cuts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from bot.shop.hours import local
from bot.shop.household import OWN
from bot.shop.live import Live
from bot.shop.media_problems import NotDrawn
from bot.shop.pictures import Chart, Row
from bot.shop.report import (
    Group,
    GroupBy,
    Report,
    Sale,
    Span,
    Stretch,
    Sum,
    report_of,
    stretch_of,
)
from bot.shop.roles import Right
from bot.shop.says import Amount, Choice, Field, Moment, Money, Say, Word
from bot.talk.turn import BACK, Routes, Turn, for_seller, screen
from bot.understand.sellers.reports import report_span

SPANS: tuple[Span, ...] = get_args(Span)
BUTTONS: tuple[Span, ...] = ("today", "week", "season")
CUTS: tuple[GroupBy, ...] = ("product", "household", "live")
"""What she may have it grouped by; "live" is offered where something was sold in one."""
MOST_LINES = 5
MOST_BARS = 8
"""Bars of a picture that is looked at on a phone; what is beyond is one bar."""


@dataclass(frozen=True, slots=True)
class Named:
    """A group as it is called; amount: how much of a product was sold."""

    name: Field
    group: Group
    amount: Amount | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A report of one seller, or of the whole shop (`seller` empty), as its route names it.

    more: further buttons.
    """

    route: str
    span: Span
    by: GroupBy
    seller: str
    cuts: tuple[GroupBy, ...] = CUTS
    more: tuple[Choice, ...] = ()

    @property
    def words(self) -> str:
        """The span within message ids."""
        return self.span.replace("_", "-")


async def hers(turn: Turn, span: str = "today", by: str = "") -> list[Say]:
    """What was sold of her goods."""
    span, by = told(turn, span, by)
    return await shown(turn, asked("bc", span, by, turn.session.seller))


def told(turn: Turn, span: str, by: str) -> tuple[str, str]:
    """The words behind the command say which, if there are any."""
    if not turn.words:
        return span, by
    said = report_span(turn.words)
    return said.span, said.by


def asked(route: str, span: str, by: str, seller: str, cuts: tuple[GroupBy, ...] = CUTS) -> Asked:
    """Raises KeyError for a span nobody offered; a grouping there is nothing of is by product."""
    if span not in SPANS:
        raise KeyError(span)
    cut = by if by in cuts else "product"
    return Asked(route, span, cut, seller, cuts)


def route_said(words: str) -> str:
    """The screen a sentence asks for, so that "back" finds the same one again."""
    said = report_span(words)
    return f"bc:{said.span}" + (f":{said.by}" if said.by else "")


async def shown(turn: Turn, wanted: Asked) -> list[Say]:
    """At most five short lines and a picture; one kind sentence where nothing was sold."""
    stretch = stretch_of(wanted.span, turn.now)
    sales = await turn.shop.records.sales(wanted.seller, stretch.first, stretch.until)
    report = report_of(sales, stretch, wanted.by)
    choices = (*_others(wanted, sales), *wanted.more, BACK)
    if not report.sold.orders:
        return [_nothing(wanted, report, choices)]
    named = await _named(turn, wanted, report.groups)
    head = Say(f"report-{wanted.words}", {**_sum(report.sold), "since": _day(stretch)})
    than = Say(f"report-than-{wanted.words}", _sum(report.before)) if report.before else None
    picture = await _picture(turn, head, than, named)
    return [Say(head.id, head.fields, _lines(named, report, than), choices, picture)]


def _nothing(wanted: Asked, report: Report, choices: tuple[Choice, ...]) -> Say:
    if report.open.orders:
        return Say("report-only-open", _sum(report.open), choices=choices)
    none = "report-none-today" if wanted.span == "today" else "report-none"
    return Say(none, choices=choices)


def _others(wanted: Asked, sales: Sequence[Sale]) -> tuple[Choice, ...]:
    """The other spans, and the other cuts of this one."""
    spans = (s for s in BUTTONS if s != wanted.span)
    in_live = any(s.live for s in sales)
    cuts = (c for c in wanted.cuts if c != wanted.by and (in_live or c != "live"))
    return (
        *(Choice(f"{wanted.route}:{s}:{wanted.by}", f"choice-report-{s}") for s in spans),
        *(Choice(f"{wanted.route}:{wanted.span}:{c}", f"choice-report-by-{c}") for c in cuts),
    )


def _sum(of: Sum) -> dict[str, Field]:
    return {"money": Money(of.vnd), "orders": of.orders}


def _day(stretch: Stretch) -> str:
    first = local(stretch.since)
    return f"{first.day}/{first.month}"


def _lines(named: tuple[Named, ...], report: Report, than: Say | None) -> tuple[Say, ...]:
    """What it is compared with, what sold best as far as there is room, what is open or back."""
    last = [Say("report-open", _sum(report.open))] if report.open.orders else []
    if report.returned.orders:
        last.append(Say("report-returned", _sum(report.returned)))
    first = [than] if than else []
    room = MOST_LINES - 1 - len(first) - len(last)
    sold = [n for n in named if n.group.vnd or n.amount]
    return (*first, *(_line(n) for n in sold[:room]), *last)


def _line(one: Named) -> Say:
    fields: dict[str, Field] = {"name": one.name, "money": Money(one.group.vnd)}
    if one.amount is None:
        return Say("report-line", fields)
    return Say("report-line-amount", {**fields, "amount": one.amount})


async def _named(turn: Turn, wanted: Asked, groups: tuple[Group, ...]) -> tuple[Named, ...]:
    """What each group is called, in the order of the groups."""
    keys = [g.key for g in groups]
    if wanted.by == "product":
        goods = await turn.shop.records.read(lambda b: {k: b.goods(k) for k in keys})
        return tuple(
            Named(p.named(turn.session.lang), g, p.amount(g.amount) if g.amount else None)
            for g, p in ((g, goods[g.key]) for g in groups)
        )
    names: dict[str, Field] = {k: s.name for k, s in turn.shop.catalogue().sellers.items()}
    if wanted.by == "household":
        homes = await turn.shop.records.read(lambda b: [b.household(k) for k in keys])
        names = {OWN: Word("report-own"), **{h.id: h.name for h in homes if h}}
    if wanted.by == "live":
        lives = await turn.shop.records.read(lambda b: [b.live(k) for k in keys if k])
        names = {"": Word("report-no-live"), **{x.id: _called(x) for x in lives if x}}
    return tuple(Named(names.get(g.key, g.key), g) for g in groups)


def _called(live: Live) -> Field:
    """By its title, else by its hour."""
    return live.title or Moment(live.started_at or live.starts_at)


async def _picture(turn: Turn, head: Say, than: Say | None, named: tuple[Named, ...]) -> str:
    """The chart's reference; empty if it could not be drawn: the figures matter more."""

    def words(say: Say) -> str:
        return turn.shop.texts(say, turn.session.lang)

    rows = tuple(
        Row(words(Say("report-name", {"name": n.name})), words(_value(n)), g.vnd, g.before)
        for n, g in ((n, n.group) for n in _few(named))
    )
    now, before = (words(Say("report-now")), words(than)) if than else ("", "")
    try:
        chart = Chart(words(head), rows, now, before)
        return await turn.shop.studio.chart(chart, turn.person)
    except NotDrawn:
        return ""


def _value(one: Named) -> Say:
    money: dict[str, Field] = {"money": Money(one.group.vnd)}
    if one.amount is None:
        return Say("report-bar", money)
    return Say("report-bar-amount", {**money, "amount": one.amount})


def _few(named: tuple[Named, ...]) -> tuple[Named, ...]:
    """The first ones, and all others as one."""
    if len(named) <= MOST_BARS:
        return named
    first, rest = named[: MOST_BARS - 1], [n.group for n in named[MOST_BARS - 1 :]]
    before = None if rest[0].before is None else sum(g.before or 0 for g in rest)
    return (*first, Named(Word("report-rest"), Group("", 0, sum(g.vnd for g in rest), before)))


ROUTES: Routes = {"bc": for_seller(screen(hers, views=2), Right.REPORT)}
