"""Money for a household: for what was sold, or in advance; and one line about what is left."""

from __future__ import annotations

from typing import cast

import msgspec

from bot.shop.household import Household, PaidKind
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Money, Say
from bot.talk.seller import household_find as find
from bot.talk.turn import BACK, Routes, Turn, act, for_seller
from bot.understand.price_answers import read_price
from bot.understand.sellers.match import Matched
from bot.understand.sellers.said import BalanceAsked, HouseholdPaid
from bot.usecases import households

WAITS = "household-pay"
"""Where the session's form keeps money that waits for a household, or for her yes."""
KINDS = frozenset({"pay", "advance"})


class Waits(msgspec.Struct, frozen=True):
    """mark: names the ledger's command. household: empty while it is asked whose; called: the one
    that was named and is not in the book.
    """

    mark: str
    household: str
    kind: str
    vnd: int
    sure: bool
    called: str = ""


_waits = msgspec.json.Decoder(dict[str, Waits])
MOST_WAITING = 6
MOST_NAME = 60


def sum_of(words: str) -> int | None:
    """Đồng, if the words are one sum ("500k", "1tr2", "500" for 500.000); else None."""
    found = read_price(words)
    sums = {p.vnd for p in found.readings if p.per is None} if found else set()
    return sums.pop() if len(sums) == 1 else None


async def told(turn: Turn, said: HouseholdPaid, *, sure: bool) -> list[Say]:
    """ "Trả nhà chị Mỷ 500k": booked if all is certain and no more than what is left; else asked
    or said back.
    """
    found = await find.named(turn, said.household)
    home = found.one
    certain = sure and not said.bare
    waits = Waits(turn.change_id(), home.id if home else "", said.kind, said.vnd or 0, certain)
    if home is None:
        return await _whose(turn, said.household, found, waits)
    if said.settled and said.vnd is None:
        left = (await find.account(turn, home.id)).left
        if left <= 0:
            return await balance(turn, BalanceAsked("owed", home.name))
        waits = msgspec.structs.replace(waits, vnd=left, sure=False)
    return await _go_on(turn, home, waits)


async def _whose(turn: Turn, called: str, found: Matched, waits: Waits) -> list[Say]:
    advance = waits.kind == "advance" and bool(called)
    _keep(turn, msgspec.structs.replace(waits, called=called[:MOST_NAME] if advance else ""))
    if called and (found.fits or found.near or advance):
        return [find.which(called, found, "hpw", new=advance)]
    known = await find.all_hers(turn)
    if not known:
        return [Say("households-none", choices=(Choice("hn", "choice-household-in"), BACK))]
    return [Say("household-which", choices=find.all_choices(known, "hpw", 0, new=False))]


def _keep(turn: Turn, waits: Waits) -> None:
    """Beside what waits already, under its own mark; the oldest is forgotten."""
    known = _waits.decode(turn.session.form.get(WAITS, "{}"))
    known.pop(waits.mark, None)
    newest = dict([*known.items(), (waits.mark, waits)][-MOST_WAITING:])
    turn.session.form[WAITS] = msgspec.json.encode(newest).decode()


def _kept(turn: Turn, mark: str = "") -> Waits:
    """What waits under a mark, else the newest that has no household yet. Raises KeyError."""
    known = _waits.decode(turn.session.form[WAITS])
    if mark:
        return known[mark]
    open_ = [w for w in known.values() if not w.household]
    if not open_:
        raise KeyError(WAITS)
    return open_[-1]


async def whose(turn: Turn, household: str, page: str = "0") -> list[Say]:
    """The household money is for, chosen by number."""
    waits = _kept(turn)
    if household == "all":
        known = await find.all_hers(turn)
        choices = find.all_choices(known, "hpw", int(page), new=False)
        return [Say("household-which", choices=choices)]
    if household == "new" and waits.called:
        home = await _new(turn, waits)
    else:
        home = await find.one_of_hers(turn, household)
    return await _go_on(turn, home, msgspec.structs.replace(waits, household=home.id, called=""))


async def _new(turn: Turn, waits: Waits) -> Household:
    """A household that gets money before it brings anything."""
    who, made = (
        await turn.who(),
        Household(f"h{waits.mark[:9]}", turn.session.seller, waits.called, at=turn.now),
    )
    turn.session.form[find.LAST] = made.id
    return await turn.shop.ledger.put(lambda b: households.create(b, made, who))


async def _go_on(turn: Turn, home: Household, waits: Waits) -> list[Say]:
    if not waits.vnd:
        return [await _how_much(turn, home, cast(PaidKind, waits.kind))]
    left = (await find.account(turn, home.id)).left
    if waits.sure and waits.vnd <= left:
        return await _book(turn, home, waits)
    return [await _said_back(turn, home, waits, left)]


async def _said_back(turn: Turn, home: Household, waits: Waits, left: int) -> Say:
    _keep(turn, waits)
    fields = await _fields(turn, home) | {"money": Money(waits.vnd)}
    choices = (
        Choice(f"hpd:{waits.mark}:yes", "choice-yes"),
        Choice(f"hpm:{home.id}:{waits.kind}", "choice-other-sum"),
        BACK,
    )
    more = "-more" if waits.vnd > left else ""
    return Say(f"household-{waits.kind}-sure{more}", fields, choices=choices)


async def _fields(turn: Turn, home: Household) -> dict[str, Field]:
    sums = await find.account(turn, home.id)
    left: dict[str, Field] = {"left": Money(max(0, sums.left))}
    return find.money_fields(home, sums) | left


async def ask(turn: Turn, household: str, kind: str) -> list[Say]:
    """How much, by digits or in words, or all that is left."""
    if kind not in KINDS:
        raise KeyError(kind)
    home = await find.one_of_hers(turn, household)
    if not turn.words:
        return [await _how_much(turn, home, cast(PaidKind, kind))]
    vnd = sum_of(turn.words)
    if not vnd:
        turn.ask(f"hpm:{household}:{kind}")
        return [Say("household-sum-unclear-number", choices=(BACK,))]
    return await _go_on(turn, home, Waits(turn.change_id(), home.id, kind, vnd, sure=True))


async def _how_much(turn: Turn, home: Household, kind: PaidKind) -> Say:
    turn.ask(f"hpm:{home.id}:{kind}")
    fields, left = await _fields(turn, home), (await find.account(turn, home.id)).left
    if kind == "advance" or left <= 0:
        return Say(f"household-{kind}-number", fields, choices=(BACK,))
    waits = Waits(turn.change_id(), home.id, kind, left, sure=True)
    _keep(turn, waits)
    all_ = Choice(f"hpd:{waits.mark}:yes", "choice-pay-all", fields)
    return Say("household-pay-number", fields, choices=(all_, BACK))


async def yes(turn: Turn, mark: str, _yes: str = "") -> list[Say]:
    """Her yes to a sum; the mark makes a second tap the same entry."""
    waits = _kept(turn, mark)
    if not waits.household:
        raise KeyError(mark)
    return await _book(turn, await find.one_of_hers(turn, waits.household), waits)


async def _book(turn: Turn, home: Household, waits: Waits) -> list[Say]:
    who, now, kind = await turn.who(), turn.now, cast(PaidKind, waits.kind)
    entry = await turn.shop.ledger.put(
        lambda b: households.pay(b, home.id, kind, waits.vnd, who, now, waits.mark)
    )
    turn.ask("")
    fields = find.money_fields(home, await find.account(turn, home.id))
    choices = (
        Choice(f"hfp:{entry.id}", "choice-entry-fix"),
        Choice(f"hh:{home.id}", "choice-see-household"),
        Choice("ct", "choice-households"),
        BACK,
    )
    fields |= {"money": Money(waits.vnd)}
    return [Say(f"household-{kind}-booked", fields, (await left_line(turn, home),), choices)]


async def left_line(turn: Turn, home: Household) -> Say:
    """What is still owed, in one line."""
    sums = await find.account(turn, home.id)
    rest = "left" if sums.left > 0 else "even" if sums.left == 0 else "ahead"
    return Say(f"household-{rest}", find.money_fields(home, sums))


async def balance(turn: Turn, said: BalanceAsked) -> list[Say]:
    """ "Còn nợ nhà chị Mỷ bao nhiêu", "nhà chị Mỷ bán được bao nhiêu"."""
    found = await find.named(turn, said.household)
    home = found.one
    if home is None:
        return [find.which(said.household, found, "hh", new=False)]
    turn.session.form[find.LAST] = home.id
    choices = (
        Choice(f"hh:{home.id}", "choice-see-household"),
        Choice(f"hpm:{home.id}:pay", "choice-household-pay"),
        BACK,
    )
    line = await left_line(turn, home)
    if said.kind != "sold":
        return [Say(line.id, line.fields, choices=choices)]
    sums = await find.account(turn, home.id)
    fields = find.money_fields(home, sums) | {"sold": find.totals(turn, sums, "sold")}
    return [Say("household-sold", fields, choices=choices)]


ROUTES: Routes = {
    "hpm": for_seller(act(ask), Right.MONEY),
    "hpw": for_seller(act(whose), Right.MONEY),
    "hpd": for_seller(act(yes), Right.MONEY),
}
