"""What belongs to the person: links that bind or return, and being forgotten."""

from __future__ import annotations

import re

from bot.shop.links import opened_by
from bot.shop.live_problems import NoSuchClaim, NoSuchLive
from bot.shop.problems import LinkSpent, Problem
from bot.shop.says import Choice, Code, Field, Many, Say, Word
from bot.talk.buyer.browse import card
from bot.talk.buyer.home import home
from bot.talk.buyer.teaching import ways_out
from bot.talk.turn import BACK, Routes, Turn, act, screen
from bot.usecases import erasing, households, inviting, people

TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
"""What the shop's own links end in; a Telegram start takes no other letters."""


async def start(turn: Turn, payload: str = "") -> list[Say]:
    """The first words of a talk; a payload after them opens its place, an unknown one the door."""
    kind, _, rest = payload.partition("-")
    if kind == "p" and turn.product(rest):
        turn.session.trail.append(f"p:{rest}")
        return await card(turn, rest)
    if kind in ("s", "r") and rest:
        return await ask_link(turn, kind, rest)
    found = opened_by(payload)
    if found and found.kind == "live":
        return await _opened(turn, f"live:{found.id}", NoSuchLive())
    if found and found.kind == "claim":
        return await _opened(turn, f"cj:{found.id}:{found.mark}", NoSuchClaim())
    if kind == "p" and opened_by(rest):
        return await start(turn, rest)  # the web address of a code
    return await home(turn)


async def _opened(turn: Turn, route: str, otherwise: Problem) -> list[Say]:
    """The place a code leads to; "back" finds it again if it is one."""
    from bot.talk.routes import ROUTES as PLACES  # which imports this module

    name, *args = route.split(":")
    if name not in PLACES:
        raise otherwise
    if len(args) <= PLACES[name].views:
        turn.session.trail.append(route)
    return await PLACES[name].run(turn, *args)


async def ask_link(turn: Turn, kind: str, token: str) -> list[Say]:
    """Opening a link only shows a button; link previews press none."""
    hashed, now = _hashed(turn, token), turn.now
    purpose = await turn.shop.ledger.put(lambda b: people.check_link(b, hashed, now))
    if kind == "r":
        choices = (Choice(f"ret:{token}", "choice-return"), Choice("home", "choice-not-me"))
        return [Say("return-ask", choices=choices)]
    if purpose == people.TRAINER:
        choices = (Choice(f"bind:{token}", "choice-bind-trainer"), Choice("home", "choice-not-me"))
        return [Say("bind-ask-trainer", choices=choices)]
    if purpose.startswith(households.LINK):
        return [await _ask_household(turn, purpose.removeprefix(households.LINK), token)]
    gift = await turn.shop.records.read(lambda b: inviting.gift_of(b, purpose))
    if gift is None:
        raise LinkSpent()
    return [_ask_rights(turn, gift, token)]


def _hashed(turn: Turn, token: str) -> str:
    """Raises LinkSpent for what is no token: the hash of a short code has a space in it, and is
    reached only where wrong tries are counted.
    """
    if not TOKEN.fullmatch(token):
        raise LinkSpent()
    return turn.shop.hashed(token)


def _ask_rights(turn: Turn, gift: inviting.Gift, token: str) -> Say:
    """What would be given, before the button that takes it."""
    seller = turn.shop.catalogue().sellers.get(gift.seller)
    if seller is None and gift.role != "owner":
        raise LinkSpent()
    yes = "choice-bind" if gift.role == "seller" else "choice-bind-rights"
    choices = (Choice(f"bind:{token}", yes), Choice("home", "choice-not-me"))
    rights = Many(tuple(Word(f"right-{r.name}".lower()) for r in gift.rights if r.name))
    fields: dict[str, Field] = {"name": seller.name if seller else "", "rights": rights}
    return Say(f"bind-ask-{gift.role}", fields, choices=choices)


async def _ask_household(turn: Turn, household: str, token: str) -> Say:
    """Whose goods and money this account would see."""
    found = await turn.shop.records.read(lambda b: b.household(household))
    if found is None:
        raise LinkSpent()
    yes = Choice(f"bind:{token}", "choice-bind-household")
    choices = (yes, Choice("home", "choice-not-me"))
    return Say("bind-ask-household", {"name": found.name}, choices=choices)


async def bind(turn: Turn, token: str) -> None:
    """The account becomes the seller's, a household's or a trainer's; the link is spent now."""
    hashed, person, now = _hashed(turn, token), turn.person, turn.now
    if await turn.shop.ledger.put(lambda b: people.bind_trainer(b, hashed, person, now)):
        turn.session.trainer = True
        turn.notes.append(Say("bound-trainer"))
        return
    home = await turn.shop.ledger.put(lambda b: households.bind_household(b, hashed, person, now))
    if home is not None:
        turn.session.house = True
        turn.notes.append(Say("bound-household", {"name": home.name}))
        return
    sellers = turn.shop.catalogue().sellers
    names = {s.id: s.name for s in sellers.values()}
    grant = await turn.shop.ledger.put(
        lambda b: inviting.bind(b, hashed, person, now, lambda s: names.get(s, s))
    )
    who = await turn.who(anew=True)
    turn.session.seller, turn.session.owner = who.acts_for, who.is_owner
    turn.notes.append(Say(f"bound-{grant.role}", {"name": names.get(grant.seller, "")}))


async def come_back(turn: Turn, token: str) -> list[Say]:
    """This browser goes on as the person the link was made for."""
    hashed, now = turn.shop.hashed(token), turn.now
    turn.become = await turn.shop.ledger.put(lambda b: people.return_to(b, hashed, now))
    return [Say("returned", choices=(Choice("o", "choice-orders"), Choice("home", "choice-home")))]


async def erase(turn: Turn, sure: str = "") -> list[Say]:
    """Forgotten at once, or when the orders on their way have arrived; with a receipt."""
    if sure != "yes":
        choices = (Choice("erase:yes", "choice-erase-yes"), *await ways_out(turn), BACK)
        return [Say("erase-ask", choices=choices)]
    receipt, person, now = turn.shop.ids.short().upper(), turn.person, turn.now
    waiting = await turn.shop.ledger.put(lambda b: erasing.erase(b, person, receipt, now))
    turn.forget = True
    if waiting:
        codes = Many(tuple(Code(c) for c in waiting))
        return [Say("erase-later", {"codes": codes, "receipt": receipt})]
    return [Say("erased", {"receipt": receipt})]


ROUTES: Routes = {
    "ret": act(come_back),
    "erase": screen(erase),
}
