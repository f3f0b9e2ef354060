"""How a broadcast goes on: progress, pause, stop, what came of it, whom to call."""

from __future__ import annotations

from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Moment, Money, Say, Word
from bot.talk.seller.broadcast_reach import call_lines, closed_pages
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.usecases import broadcast_audience, broadcasts
from bot.usecases.broadcasts import Progress
from bot.usecases.ports import Books

MOST_PAST = 6


async def report(turn: Turn, broadcast_id: str) -> list[Say]:
    """Numbers so far, or what came of it."""
    who = await turn.who()

    def read(books: Books) -> Progress:
        return broadcasts.progress(books, broadcasts.find(books, broadcast_id, who))

    got = await turn.shop.records.read(read)
    fields: dict[str, Field] = {
        "state": Word(f"broadcast-state-{got.broadcast.state}"),
        "sent": got.sent,
        "waits": got.waits,
        "at": Moment(got.broadcast.started_at or got.broadcast.at),
    }
    return [Say("broadcast-progress", fields, tuple(_lines(got)), (*_choices(got), BACK))]


def _lines(got: Progress) -> list[Say]:
    lines = []
    if got.blocked:
        lines.append(Say("broadcast-blocked", {"people": got.blocked}))
    if got.unsure:
        lines.append(Say("broadcast-unsure", {"people": got.unsure}))
    if got.dropped:
        lines.append(Say("broadcast-dropped", {"people": got.dropped}))
    if got.sent:
        lines.append(Say("broadcast-opened", {"people": got.opened}))
        lines.append(Say("broadcast-orders", {"orders": got.orders, "money": Money(got.vnd)}))
    return lines


def _choices(got: Progress) -> tuple[Choice, ...]:
    id_ = got.broadcast.id
    again = Choice(f"nkr:{id_}", "choice-broadcast-again")
    stop = Choice(f"nkx:{id_}", "choice-broadcast-stop")
    call = (Choice(f"nkc:{id_}", "choice-to-call"),) if got.blocked or got.unsure else ()
    if got.broadcast.state == "sending":
        return (again, Choice(f"nkp:{id_}", "choice-broadcast-pause"), stop, *call)
    if got.broadcast.state == "paused":
        return (Choice(f"nkg:{id_}", "choice-broadcast-resume"), stop, *call)
    return (*call, Choice("nk", "choice-broadcast-new"))


async def pause(turn: Turn, broadcast_id: str) -> list[Say]:
    who = await turn.who()
    await turn.shop.ledger.put(lambda b: broadcasts.pause(b, broadcast_id, who))
    return await report(turn, broadcast_id)


async def resume(turn: Turn, broadcast_id: str) -> list[Say]:
    who = await turn.who()
    await turn.shop.ledger.put(lambda b: broadcasts.resume(b, broadcast_id, who))
    return await report(turn, broadcast_id)


async def stop(turn: Turn, broadcast_id: str) -> list[Say]:
    """What waits is not sent; a draft is dropped."""
    who, now = await turn.who(), turn.now
    after = await turn.shop.ledger.put(lambda b: broadcasts.stop(b, broadcast_id, who, now))
    if not after.started_at:
        return [
            Say("broadcast-dropped-draft", choices=(Choice("nk", "choice-broadcast-new"), BACK))
        ]
    return await report(turn, broadcast_id)


async def to_call(turn: Turn, broadcast_id: str) -> list[Say]:
    """Names and phones of those it did not reach, or will not."""
    who, rules, now = await turn.who(), turn.shop.rules, turn.now

    def read(books: Books) -> tuple[broadcast_audience.ToCall, ...]:
        known = broadcasts.find(books, broadcast_id, who)
        if known.started_at:
            lost = books.not_reached(broadcasts.key_of(known.id))
        else:
            closed = closed_pages(books)
            lost = broadcast_audience.audience(
                books, known, closed, rules.messages_per_day, now
            ).lost
        return broadcast_audience.to_call(books, known.seller, lost)

    calls = await turn.shop.records.read(read)
    id_ = "to-call" if calls else "to-call-nobody"
    return [Say(id_, {"people": len(calls)}, call_lines(calls), (BACK,))]


async def past(turn: Turn) -> list[Say]:
    """Her last ones."""
    seller = turn.session.seller
    found = await turn.shop.records.read(lambda b: b.broadcasts_of(seller))
    sent = [x for x in reversed(found) if x.started_at][:MOST_PAST]
    choices = tuple(
        Choice(
            f"nkr:{x.id}",
            "choice-broadcast-one",
            {"at": Moment(x.started_at), "words": broadcasts.first_words(x)},
        )
        for x in sent
    )
    id_ = "broadcasts-past" if sent else "broadcasts-none"
    return [Say(id_, choices=(*choices, Choice("nk", "choice-broadcast-new"), BACK))]


ROUTES: Routes = {
    "nkr": for_seller(screen(report, views=1), Right.LIVE),
    "nkl": for_seller(screen(past), Right.LIVE),
    "nkc": for_seller(screen(to_call, views=1), Right.LIVE),
    "nkp": for_seller(act(pause), Right.LIVE),
    "nkg": for_seller(act(resume), Right.LIVE),
    "nkx": for_seller(act(stop), Right.LIVE),
}
