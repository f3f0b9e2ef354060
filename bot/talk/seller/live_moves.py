"""On air, over, another hour, called off: each said once to whoever follows the live."""

from __future__ import annotations

from bot.shop.live import OPEN_LIVES, Live
from bot.shop.live_problems import LiveOver
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Moment, Say
from bot.talk.buyer.following import stop
from bot.talk.seller import live_find as find
from bot.talk.seller import live_plan
from bot.talk.seller.live_after import ended
from bot.talk.seller.live_hours import at_choice, moments, suggested
from bot.talk.turn import BACK, Routes, Turn, act, for_seller
from bot.understand.sellers.live_moves import move_said
from bot.usecases import coaching, lives, reminders
from bot.usecases.ports import Books

NEAR_SECONDS = 3 * 3600
"""A live that is planned for later than this is not begun by a word alone."""
NONE = (Choice("lv", "choice-live-new"), Choice("lives", "choice-lives"), BACK)


# on air


async def start(turn: Turn, live_id: str = "", yes: str = "") -> list[Say]:
    """She is on air: the live that is due, else she says which, or begins one nobody planned."""
    if live_id:
        return await _started(turn, live_id, sure=yes == "yes")
    turn.words = ""
    found = await find.open_ones(turn)
    due = [x for x in found if x.state == "on_air" or x.starts_at - turn.now < NEAR_SECONDS]
    if due:
        return await _started(turn, due[0].id, sure=True)
    choices = (
        *(find.choice(x, "lson") for x in found[:4]),
        Choice("lvn", "choice-live-begin-new"),
    )
    return [Say("live-start-which" if found else "live-start-none", choices=(*choices, BACK))]


async def _started(turn: Turn, live_id: str, *, sure: bool) -> list[Say]:
    """Begun. One that is planned for much later asks first: followers are told at once."""
    live, items = await find.one(turn, live_id)
    early = live.state == "planned" and live.starts_at - turn.now >= NEAR_SECONDS
    if early and not sure:
        yes = Choice(f"lson:{live_id}:yes", "choice-live-start-now")
        return [Say("live-start-early", find.at_of(live), choices=(yes, *NONE))]
    who, now = await turn.who(), turn.now
    live = await turn.shop.ledger.put(lambda b: lives.start(b, live_id, who, now))
    codes = ", ".join(x.code for x in items if not x.off)
    line = Say("live-on-air-codes", {"codes": codes}) if codes else Say("live-on-air-no-codes")
    choices = (
        Choice(f"live:{live_id}", "choice-live-open"),
        Choice(f"lb:{live_id}", "choice-live-board"),
        Choice(f"dan:{live_id}", "choice-live-paste"),
        Choice(f"lsend:{live_id}", "choice-live-end"),
        BACK,
    )
    return [Say("live-on-air", find.at_of(live), (line,), choices)]


async def end(turn: Turn, live_id: str = "") -> list[Say]:
    """Over; a repeat shows the same summary. One whose hour has not come is asked about: what is
    claimed already stays claimed if it is over, and is lost if it is called off.
    """
    turn.words = ""
    if not live_id:
        found = await find.current(turn)
        if found is None:
            return [Say("live-none", choices=NONE)]
        if found.state == "planned" and found.starts_at > turn.now:
            return [_end_early(found)]
        live_id = found.id
    live, _ = await find.one(turn, live_id)
    who, now = await turn.who(), turn.now
    live = await turn.shop.ledger.put(lambda b: lives.end(b, live_id, who, now))
    return await ended(turn, live)


def _end_early(live: Live) -> Say:
    choices = (
        Choice(f"lsend:{live.id}", "choice-live-end-kept"),
        Choice(f"lvx:{live.id}", "choice-live-call-off"),
        BACK,
    )
    return Say("live-end-early", find.at_of(live), choices=choices)


# another hour


async def move(turn: Turn, live_id: str = "", at: str = "", yes: str = "") -> list[Say]:
    """Which live, to when, and a yes if somebody will be told."""
    if live_id and at.isdecimal():
        return await _moved(turn, live_id, int(at), sure=yes == "yes")
    said, turn.words = turn.words, ""
    planned = [x for x in await find.open_ones(turn) if x.state == "planned"]
    chosen = [x for x in planned if x.id == live_id or not live_id]
    if live_id and not chosen:
        raise LiveOver()
    if not planned:  # a list from before there were lives: another hour takes its place
        await _no_lists(turn)
        turn.words = said
        return await live_plan.plan(turn)
    if len(chosen) > 1:
        turn.session.form[SAID] = said
        choices = tuple(find.choice(x, "lvm") for x in chosen[:6])
        return [Say("live-move-which", choices=(*choices, BACK))]
    said = said or turn.session.form.pop(SAID, "")
    return await _to_when(turn, chosen[0], said)


SAID = "lvm"
"""Where the session's form keeps her words while she says which live they are about."""


async def _to_when(turn: Turn, live: Live, said: str) -> list[Say]:
    found: tuple[int, ...] = ()
    if said:
        got = turn.understood if turn.understood and turn.heard.text == said else None
        got = got or await turn.understand(said)
        found = move_said(got.message, turn.now, live.starts_at)
        found = found or moments(said, turn.now)
    if len(found) == 1:
        return await _moved(turn, live.id, found[0], sure=False)
    turn.ask(f"lvm:{live.id}")
    offered = found or await suggested(turn)
    choices = tuple(at_choice(at, f"lvm:{live.id}") for at in offered if at != live.starts_at)
    return [Say("live-move-when", find.at_of(live), choices=(*choices, BACK))]


async def _moved(turn: Turn, live_id: str, at: int, *, sure: bool) -> list[Say]:
    """Moved, and whoever was told the old hour is told the new one, in the same command."""
    live, _ = await find.one(turn, live_id)
    people = await turn.shop.records.read(lambda b: len(reminders.told_of(b, live)))
    fields: dict[str, Field] = {"at": Moment(live.starts_at), "to": Moment(at), "n": people}
    if people and not sure and live.starts_at != at:
        yes = Choice(f"lvm:{live_id}:{at}:yes", "choice-live-move-yes")
        return [Say("live-move-sure", fields, choices=(yes, BACK))]
    who, now, name_of = await turn.who(), turn.now, turn.seller_name

    def book(books: Books) -> int:
        old = lives.of_seller(books, live_id, who)
        after = lives.move(books, live_id, at, who, now)
        if after.moved == old.moved:
            return len(reminders.told_of(books, after))
        coaching.no_list_at(books, after.seller, old.starts_at, who)
        coaching.list_before_live(books, after.seller, at, who, now)
        return reminders.moved(books, live_id, name_of, now)

    told = await turn.shop.ledger.put(book)
    choices = (Choice(f"live:{live_id}", "choice-live-open"), Choice("lives", "choice-lives"))
    id_ = "live-move-told" if told else "live-move-done"
    return [Say(id_, {"to": Moment(at), "n": told}, choices=(*choices, BACK))]


# called off


async def cancel(turn: Turn, live_id: str = "", yes: str = "") -> list[Say]:
    """Asked first, with how many will be told; done, once."""
    turn.words = ""
    if live_id and yes == "yes":
        return await _cancelled(turn, live_id)
    planned = [x for x in await find.open_ones(turn) if x.state == "planned"]
    if live_id:
        live, _ = await find.one(turn, live_id)
        planned = [live] if live.state in OPEN_LIVES else []
        if not planned:
            raise LiveOver()
    if not planned:
        return await no_lists(turn)
    if len(planned) > 1:
        choices = tuple(find.choice(x, "lvx") for x in planned[:6])
        return [Say("live-cancel-which", choices=(*choices, BACK))]
    return [await _sure_to_cancel(turn, planned[0])]


async def _sure_to_cancel(turn: Turn, live: Live) -> Say:
    people, claims = await turn.shop.records.read(
        lambda b: (
            len(reminders.told_of(b, live)),
            sum(c.holds or c.state == "queued" for c in b.claims_in(live.id)),
        )
    )
    lines = []
    if people:
        lines.append(Say("live-cancel-told", {"n": people}))
    if claims:
        lines.append(Say("live-cancel-claims", {"n": claims}))
    choices = (
        Choice(f"lvx:{live.id}:yes", "choice-live-cancel-yes"),
        Choice(f"lvm:{live.id}", "choice-live-move"),
        BACK,
    )
    return Say("live-cancel-sure", find.at_of(live), tuple(lines), choices)


async def _cancelled(turn: Turn, live_id: str) -> list[Say]:
    who, now, name_of = await turn.who(), turn.now, turn.seller_name

    def book(books: Books) -> tuple[Live, int]:
        before = lives.of_seller(books, live_id, who)
        live = lives.cancel(books, live_id, who, now)
        if before.state == "cancelled":
            return live, len(reminders.told_of(books, live))
        coaching.no_list_at(books, live.seller, live.starts_at, who)
        return live, reminders.called_off(books, live_id, name_of, now)

    live, told = await turn.shop.ledger.put(book)
    id_ = "live-off-told" if told else "live-off"
    return [Say(id_, {**find.at_of(live), "n": told}, choices=NONE)]


# lists two hours before


async def no_lists(turn: Turn) -> list[Say]:
    """Her lists do not come; what is planned stays planned."""
    await _no_lists(turn)
    return [Say("live-no-list", choices=(Choice("lv", "choice-live-other"), BACK))]


async def _no_lists(turn: Turn) -> None:
    who, seller = await turn.who(), turn.session.seller
    await turn.shop.ledger.put(lambda b: coaching.no_list(b, seller, who))


async def no_reminder(turn: Turn) -> list[Say]:
    """ "Bỏ nhắc": a seller's list, anybody else's reminders."""
    return await (no_lists(turn) if turn.session.seller else stop(turn))


ROUTES: Routes = {
    "lson": for_seller(act(start), Right.LIVE),
    "lsend": for_seller(act(end), Right.LIVE),
    "lvm": for_seller(act(move), Right.LIVE),
    "lvx": for_seller(act(cancel), Right.LIVE),
    "bonhac": act(no_reminder),
}
