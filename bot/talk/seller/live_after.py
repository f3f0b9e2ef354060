"""After a live: the figures, then what is still to be done, one button each; its log as a file."""

from __future__ import annotations

from dataclasses import dataclass

from bot.shop.live import Live
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Say
from bot.talk.seller import live_find as find
from bot.talk.seller.live_summary import summary_says
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.usecases import live_log
from bot.usecases.ports import Books


@dataclass(frozen=True, slots=True)
class Left:
    """How many claims nobody confirmed, how many are sure and no order yet, how many of those
    belong to people who only comment, and what of the comments is unanswered.
    """

    unsure: int
    sure: int
    guests: int
    comments: int


async def ended(turn: Turn, live: Live) -> list[Say]:
    """The live is over; a repeat shows the same."""
    turn.notes.append(Say("live-ended", find.at_of(live)))
    return await summary(turn, live.id)


async def summary(turn: Turn, live_id: str) -> list[Say]:
    """The figures, and what is left to do."""
    live, _ = await find.one(turn, live_id)
    figures = await summary_says(turn, live_id)
    left = await turn.shop.records.read(lambda b: left_of(b, live))
    return [*figures, _to_do(turn, live, left)]


def left_of(books: Books, live: Live) -> Left:
    claims = books.claims_in(live.id)
    unsure = [c for c in claims if c.state in ("asked", "held", "offered")]
    sure = [c for c in claims if c.state == "confirmed"]
    guests = {c.person for c in (*unsure, *sure) if c.is_guests}
    return Left(len(unsure), len(sure), len(guests), len(books.open_comments(live.id)))


def _to_do(turn: Turn, live: Live, left: Left) -> Say:
    of = live.id
    figures = {"unsure": left.unsure, "sure": left.sure, "guests": left.guests}
    counts: dict[str, int] = {**figures, "comments": left.comments}
    lines = tuple(Say(f"live-after-{what}", {"n": n}) for what, n in counts.items() if n)
    claims = (Choice(f"cl:{of}", "choice-live-claims"),) if left.unsure or left.sure else ()
    asked = (Choice(f"ld:{of}", "choice-live-comments"),) if left.comments else ()
    late = (Choice(f"dan:{of}", "choice-live-paste"),) if find.is_late(live, turn.now) else ()
    choices = (
        *claims,
        *asked,
        *late,
        Choice("new", "choice-seller-orders"),
        Choice(f"llog:{of}", "choice-live-log"),
        BACK,
    )
    return Say("live-after" if lines else "live-after-clear", {}, lines, choices)


async def log(turn: Turn, live_id: str) -> list[Say]:
    """The log of a live as a file for a spreadsheet, kept for a week behind its link."""
    live, _ = await find.one(turn, live_id)
    lang = turn.session.lang
    table = await turn.shop.records.read(
        lambda b: live_log.table(b, live, lambda id_: turn.shop.texts(Say(id_), lang))
    )
    kept = await turn.shop.studio.spreadsheet(table, turn.person)
    address = turn.shop.public_url().rstrip("/")
    back = (Choice(f"live:{live_id}", "choice-live-open"), BACK)
    if not address:
        return [Say("report-file-nowhere", choices=back)]
    link = Choice("file", "choice-report-download", url=f"{address}/{kept}")
    fields: dict[str, Field] = {**find.at_of(live), "n": len(table) - 1}
    return [Say("live-log-file", fields, choices=(link, *back))]


ROUTES: Routes = {
    "lsum": for_seller(screen(summary, views=1), Right.LIVE),
    "llog": for_seller(act(log), Right.LIVE),
}
