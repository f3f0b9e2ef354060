"""The owner's door, and acting for a seller."""

from __future__ import annotations

from bot.shop.problems import NotSeller
from bot.shop.roles import EVERY, rights_for
from bot.shop.says import Choice, Say
from bot.talk.turn import BACK, NO_RIGHT, Routes, Turn, act, for_owner
from bot.usecases import rights

A_PAGE = 6
DOOR = (
    ("nguoi", "choice-people"),
    ("af", "choice-act-for"),
    ("bank", "choice-bank-account"),
    ("bcx", "choice-report"),
    ("bls", "choice-blocked"),
    ("m", "choice-market"),
)
"""What an owner does, the likeliest first; a place that is not built is not shown."""


async def home(turn: Turn) -> list[Say]:
    """What waits for her, and where to go."""
    from bot.talk.routes import ROUTES as PLACES  # which imports this module

    born = await turn.shop.records.read(lambda b: b.all_born())
    waiting = sum(b.state == "waiting" for b in born)
    first = (Choice("ok", "choice-goods-waiting", {"count": waiting}),) if waiting else ()
    choices = (*first, *(Choice(route, title) for route, title in DOOR))
    turn.session.greeted = True
    built = (
        c for c in choices if (place := PLACES.get(c.id)) and (place.owner or not place.seller)
    )
    return [Say("owner-home", choices=tuple(built))]


async def act_for(turn: Turn, seller: str = "", page: str = "0") -> list[Say]:
    """Whom she may act for, a page at a time; her cart and form as a customer stay as they are."""
    who = await turn.who()
    sellers = turn.shop.catalogue().sellers
    able = [s for s in sellers.values() if rights_for(who.grants, s.id)]
    if not who.grants:
        raise NotSeller()
    if seller and seller != "-":
        return await _sit_for(turn, seller)
    start = int(page) * A_PAGE
    shown = able[start : start + A_PAGE]
    choices = [Choice(f"af:{s.id}", "choice-seller", {"name": s.name}) for s in shown]
    if start + A_PAGE < len(able):
        choices.append(Choice(f"af:-:{int(page) + 1}", "choice-more"))
    if turn.session.seller:
        choices.append(Choice("aft", "choice-act-for-nobody"))
    return [Say("act-for-whom", choices=(*choices, BACK))]


async def _sit_for(turn: Turn, seller: str) -> list[Say]:
    from bot.talk.routes import door  # which imports this module

    known = turn.shop.catalogue().sellers[seller]
    await _change(turn, seller)
    turn.notes.append(Say("acts-for", {"name": known.name}))
    return await door(turn)


async def _change(turn: Turn, seller: str) -> None:
    person, now = turn.person, turn.now
    await turn.shop.ledger.put(lambda b: rights.act_for(b, person, seller, now))
    who = await turn.who(anew=True)
    turn.session.seller, turn.session.owner = who.acts_for, who.is_owner
    turn.session.trail = ["home"]


async def act_for_nobody(turn: Turn) -> list[Say]:
    """Back to her own door, as an owner or a customer."""
    from bot.talk.routes import door  # which imports this module

    if not (await turn.who()).grants:
        raise NotSeller()
    await _change(turn, "")
    turn.notes.append(Say("acts-for-nobody"))
    return await door(turn)


async def owners_door(turn: Turn) -> list[Say]:
    """The owner's door from wherever she is: she acts for nobody from here on."""
    (await turn.who()).require(NO_RIGHT, EVERY)
    if turn.session.seller:
        await _change(turn, "")
    return await home(turn)


ROUTES: Routes = {
    "chu": for_owner(act(owners_door), NO_RIGHT),
    "af": act(act_for),
    "aft": act(act_for_nobody),
}
