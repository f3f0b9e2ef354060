"""Claims by words or by a press: "A1", "chốt A1 x2", "lấy b3 2kg", several at once, "A1 thôi"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b

import msgspec

from bot.shop.live import Live, LiveItem
from bot.shop.problems import Problem
from bot.shop.product import Pick
from bot.shop.says import Choice, Say
from bot.talk.buyer.claim_answers import (
    cancel,
    change_to,
    known_say,
    of_code,
    units,
)
from bot.talk.buyer.claims_heard import MOST_DOUBT, MOST_TEXT, codes_in, read
from bot.talk.buyer.lives import card, live_choice, sold, unit_pick
from bot.talk.buyer.my_claims import (
    MOST_CHOICES,
    SEEN,
    Placed,
    cart_kept,
    claim_say,
    fields_of,
    holds_claims,
    line,
    several,
)
from bot.talk.refusals import refused
from bot.talk.turn import BACK, Routes, ShowRead, Turn, act
from bot.understand.claims import ClaimSaid, pick_of
from bot.usecases import claims
from bot.usecases.claims import Outcome, Wish
from bot.usecases.lives import item as item_of

MOST_ASKED = 4
CLAIM = "claim"
"""Where the session's form keeps words whose live is asked about."""
ASKED = frozenset({"cm", "ca", "cc"})
"""Choices about one claim of several that move to the last message, whose digits count."""


# claims that are certain


async def by_words(turn: Turn, live_id: str = "", mark: str = "") -> list[Say]:
    """Everything the words claim in this live; which one, where several have the code."""
    text = turn.session.form.get(CLAIM, "") if mark else turn.heard.text
    turn.words = ""
    text = text.strip()[:MOST_TEXT]
    if not live_id:
        return _which_live(turn, text, turn.shows_read or await read(turn, text))
    mine = await _said_of(turn, text, live_id)
    turn.session.form[SEEN] = live_id
    if mine.read.phone:
        turn.session.form.setdefault("phone", mine.read.phone)
    done = [
        await _one(turn, mine, said, _id(turn, f"{live_id} {mark} {n}" if mark else ""))
        for n, said in enumerate(mine.read.claims)
    ]
    return await _together(turn, done)


async def _said_of(turn: Turn, text: str, live_id: str) -> ShowRead:
    """What the words claim in this live; read anew where the last glance shows nothing."""
    for anew in (False, True):
        found = (not anew and turn.shows_read) or await read(turn, text, anew=anew)
        mine = next((h for h in found if h.live.id == live_id), None)
        if mine is not None and mine.read.claims:
            return mine
    raise KeyError(live_id)


def _which_live(turn: Turn, text: str, found: Sequence[ShowRead]) -> list[Say]:
    turn.session.form[CLAIM] = text
    mark = turn.change_id()[:6]
    lives = [h.live for h in found if h.read.kind == "claim"][:MOST_ASKED]
    choices = tuple(_led(live_choice(turn, live), f"cw:{live.id}:{mark}") for live in lives)
    return [Say("claim-which-live", choices=(*choices, BACK))]


def _led(choice: Choice, id_: str) -> Choice:
    return Choice(id_, choice.say, choice.fields)


def _id(turn: Turn, mark: str) -> str:
    """Names the claim by the event, or by the button that was pressed."""
    if not mark:
        return f"c-{turn.change_id()[:10]}"
    seed = f"{turn.person} {mark}"
    return f"c-{blake2b(seed.encode(), digest_size=5).hexdigest()}"


Done = Outcome | Say
"""What became of one claim, or what is said instead."""


async def _one(turn: Turn, mine: ShowRead, said: ClaimSaid, id_: str) -> tuple[Done, Wish | None]:
    """One code of the message; a refusal leaves the others."""
    try:
        return await _booked(turn, mine, said, id_)
    except Problem as problem:
        return refused(turn, problem)[0], None


async def _booked(
    turn: Turn, mine: ShowRead, said: ClaimSaid, id_: str
) -> tuple[Done, Wish | None]:
    live, code = mine.live, said.code
    if said.verb == "cancel":
        return await _cancel(turn, live.id, code), None
    item = next(i for i in mine.items if i.code == code and not i.off)
    known = sold(turn, item)
    pick = pick_of(known[0], item, said) if known else "not-sold"
    if not isinstance(pick, Pick):
        return _amount(turn, live, item), None
    if said.verb == "set":
        has = await of_code(turn, live.id, code)
        if len(has) == 1:
            return await change_to(turn, has[0], pick), None
    sure = said.verb == "more"
    wish = Wish(id_, live.id, code, pick, turn.person, sure=sure)
    now = turn.now
    return await turn.shop.ledger.put(lambda b: claims.claim(b, wish, now), wish.reads), wish


async def _cancel(turn: Turn, live: str, code: str) -> Done:
    """ "A1 thôi": her one claim of the code; the last one that ended if this was heard before."""
    has = await of_code(turn, live, code)
    if len(has) > 1:
        lines = tuple(line(turn, c) for c in has)
        each = (Choice(f"cc:{c.id}", "choice-claim-one", fields_of(turn, c)) for c in has)
        return Say("claim-cancel-which", lines=lines, choices=(*each, BACK))
    if has:
        await cancel(turn, has[0].id)
        return Outcome(replace(has[0], state="cancelled"))
    person = turn.person
    past = await turn.shop.records.read(lambda b: b.claims_by(live, person))
    gone = [c for c in past if c.code == code and c.state == "cancelled"]
    return (
        Outcome(gone[-1]) if gone else Say("claim-none-of-code", {"code": code}, choices=(BACK,))
    )


def _amount(turn: Turn, live: Live, item: LiveItem) -> Say:
    """That much cannot be had: one, two or three of what the code counts."""
    known = sold(turn, item)
    if known is None:
        see = Choice(f"live:{live.id}", "choice-live-see")
        return Say("problem-not-on-shelf", choices=(see, BACK))
    product, mark = known[0], turn.change_id()[:6]
    choices = tuple(
        Choice(f"ca:{live.id}:{item.code}:{mark}:{k}", "choice-meant", {"amount": amount})
        for k, (_, amount) in enumerate(units(product, item), 1)
    )
    fields = {"code": item.code, "name": product.named(turn.session.lang)}
    return Say("claim-amount", fields, choices=(*choices, BACK))


async def _together(turn: Turn, done: list[tuple[Done, Wish | None]]) -> list[Say]:
    """One message for one claim; several in a list, behind what is asked or refused."""
    if holds_claims(turn):
        await cart_kept(turn)
    if len(done) == 1:
        return [_said(turn, *done[0])]
    booked: list[Placed] = []
    apart: list[Say] = []
    for got, wish in done:
        if isinstance(got, Outcome) and not got.known:
            booked.append((got.claim, got.place))
        else:
            apart.append(_said(turn, got, wish))
    more = [c for say in apart for c in say.choices if c.id.partition(":")[0] in ASKED]
    plain = [msgspec.structs.replace(say, choices=()) for say in apart]
    if booked:
        return [*plain, several(turn, "claims-noted", booked, more)]
    if not 0 < len(more) <= MOST_CHOICES:
        return apart
    return [*plain[:-1], msgspec.structs.replace(apart[-1], choices=(*more, BACK))]


def _said(turn: Turn, got: Done, wish: Wish | None) -> Say:
    if isinstance(got, Say):
        return got
    if got.known and wish:
        return known_say(turn, got, wish)
    return claim_say(turn, got.claim, got.place)


# by a press, and what is not certain


async def by_press(turn: Turn, live_id: str, code: str, mark: str, n: str = "1") -> list[Say]:
    """So many of what the code counts; a second press of the same button is the same claim."""
    item = await _item(turn, live_id, code)
    known = sold(turn, item)
    if known is None or int(n) < 1:
        raise KeyError(code)
    one = unit_pick(known[0], item)
    id_ = _id(turn, f"{live_id} {code} {n} {mark}")
    wish = Wish(id_, live_id, code, Pick(one.offer, one.n * int(n)), turn.person)
    now = turn.now
    got = await turn.shop.ledger.put(lambda b: claims.claim(b, wish, now), wish.reads)
    turn.session.form[SEEN] = live_id
    return [_said(turn, got, wish)]


async def _item(turn: Turn, live_id: str, code: str) -> LiveItem:
    """As it was a glance ago; what is taken is the ledger's word. Raises NoSuchCode."""
    for live, items in await turn.shop.open_lives(turn.now):
        if live.id == live_id and (found := [x for x in items if x.code == code]):
            return found[0]
    return await turn.shop.records.read(lambda b: item_of(b, live_id, code))


async def doubtful(turn: Turn, live_id: str) -> list[Say]:
    """The best guess as buttons; a code that is not on air brings those that are."""
    text = turn.heard.text.strip()[:MOST_TEXT]
    found = turn.shows_read or await read(turn, text, anew=True)
    mine = next((h for h in found if h.live.id == live_id), None)
    if mine is None:
        raise KeyError(live_id)
    turn.session.form[SEEN] = live_id
    codes = ", ".join(i.code for i in mine.items if not i.off)
    if not codes:
        return await card(turn, live_id)
    see = Choice(f"live:{live_id}", "choice-live-see")
    if mine.read.unknown and not mine.read.claims:
        fields = {"code": ", ".join(mine.read.unknown), "codes": codes}
        return [Say("problem-no-such-code", fields, choices=(see, BACK))]
    guesses = _guesses(turn, mine)
    fields = {"text": turn.heard.text.strip()[:MOST_DOUBT], "codes": codes}
    return [Say("claim-unsure", fields, choices=(*guesses, see, BACK))]


def _guesses(turn: Turn, mine: ShowRead) -> tuple[Choice, ...]:
    """A few of the code that was named; amounts that were not clear are never taken over."""
    mark = turn.change_id()[:6]
    said = codes_in(turn.heard.text)
    out: list[Choice] = []
    items = [i for i in mine.items if i.code in said and not i.off]
    for item in items:
        known = sold(turn, item)
        offered = units(known[0], item)[: 3 if len(items) == 1 else 2] if known else ()
        for k, (_, amount) in enumerate(offered, 1):
            id_ = f"ca:{mine.live.id}:{item.code}:{mark}:{k}"
            out.append(Choice(id_, "choice-claim-guess", {"code": item.code, "amount": amount}))
    return tuple(out[:MOST_ASKED])


ROUTES: Routes = {
    "cw": act(by_words),
    "ca": act(by_press),
    "cd": act(doubtful),
}
