"""What the whole shop sold, also by seller, and its orders as a file for Excel."""

from __future__ import annotations

from dataclasses import replace

from bot.shop.problems import NotSeller
from bot.shop.report import GroupBy, stretch_of
from bot.shop.roles import EVERY, Right
from bot.shop.says import Choice, Say
from bot.talk.seller import reports
from bot.talk.turn import BACK, Routes, Turn, act, for_owner, screen
from bot.usecases import sales_file

CUTS: tuple[GroupBy, ...] = ("product", "household", "seller", "live")


async def whole(turn: Turn, span: str = "today", by: str = "") -> list[Say]:
    """What was sold by everyone."""
    span, by = reports.told(turn, span, by)
    wanted = reports.asked("bcx", span, by, "", CUTS)
    may = (await turn.who()).may(Right.EXPORT, EVERY)
    more = (Choice(f"bcf:{wanted.span}", "choice-report-file"),) if may else ()
    return await reports.shown(turn, replace(wanted, more=more))


async def either(turn: Turn) -> list[Say]:
    """/baocao: of the seller she acts for, else of the whole shop for its owner.

    Raises NotSeller, NotAllowed.
    """
    who = await turn.who()
    if turn.session.seller:
        who.require(Right.REPORT, turn.session.seller)
        return await reports.hers(turn)
    if not who.is_owner:
        raise NotSeller()
    who.require(Right.REPORT, EVERY)
    return await whole(turn)


async def file(turn: Turn, span: str) -> list[Say]:
    """The orders of a span as CSV, kept for a week, behind a link that only the owner is told."""
    if span not in reports.SPANS:
        raise KeyError(span)
    stretch, lang = stretch_of(span, turn.now), turn.session.lang
    sales = await turn.shop.records.sales("", stretch.since, stretch.until)
    if not sales:
        return [Say("report-file-empty", choices=(Choice(f"bcx:{span}", "choice-report"), BACK))]
    catalogue = turn.shop.catalogue()
    table = await turn.shop.records.read(
        lambda b: sales_file.table(
            b, sales, catalogue.sellers, lambda id_: turn.shop.texts(Say(id_), lang)
        )
    )
    kept = await turn.shop.studio.spreadsheet(table, turn.person)
    address = turn.shop.public_url().rstrip("/")
    choices = (Choice(f"bcx:{span}", "choice-report"), BACK)
    if not address:
        return [Say("report-file-nowhere", choices=choices)]
    link = Choice("file", "choice-report-download", url=f"{address}/{kept}")
    return [Say("report-file", {"orders": len(sales)}, choices=(link, *choices))]


ROUTES: Routes = {
    "bcx": for_owner(screen(whole, views=2), Right.REPORT),
    "bcf": for_owner(act(file), Right.EXPORT),
    "baocao": screen(either),
}
