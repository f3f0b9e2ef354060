"""What belongs to the person: links that bind or return, and being forgotten."""

from __future__ import annotations

from bot.shop.problems import LinkSpent
from bot.shop.says import Choice, Code, Many, Say
from bot.talk.buyer.browse import card
from bot.talk.buyer.home import home
from bot.talk.buyer.teaching import ways_out
from bot.talk.turn import BACK, Routes, Turn, act, screen
from bot.usecases import people, rights


async def start(turn: Turn, payload: str = "") -> list[Say]:
    """The first words of a talk; a payload after them opens its place, an unknown one the door."""
    kind, _, rest = payload.partition("-")
    if kind == "p" and turn.product(rest):
        turn.session.trail.append(f"p:{rest}")
        return await card(turn, rest)
    if kind in ("s", "r") and rest:
        return await ask_link(turn, kind, rest)
    return await home(turn)


async def ask_link(turn: Turn, kind: str, token: str) -> list[Say]:
    """Opening a link only shows a button; link previews press none."""
    hashed, now = turn.shop.hashed(token), turn.now
    purpose = await turn.shop.ledger.put(lambda b: people.check_link(b, hashed, now))
    if kind == "r":
        choices = (Choice(f"ret:{token}", "choice-return"), Choice("home", "choice-not-me"))
        return [Say("return-ask", choices=choices)]
    if purpose == people.TRAINER:
        choices = (Choice(f"bind:{token}", "choice-bind-trainer"), Choice("home", "choice-not-me"))
        return [Say("bind-ask-trainer", choices=choices)]
    seller = turn.shop.catalogue().sellers.get(purpose.removeprefix("seller:"))
    if seller is None:
        raise LinkSpent()
    choices = (Choice(f"bind:{token}", "choice-bind"), Choice("home", "choice-not-me"))
    return [Say("bind-ask", {"name": seller.name}, choices=choices)]


async def bind(turn: Turn, token: str) -> None:
    """The account becomes the seller's or a trainer's; the link is spent now."""
    hashed, person, now = turn.shop.hashed(token), turn.person, turn.now
    if await turn.shop.ledger.put(lambda b: people.bind_trainer(b, hashed, person, now)):
        turn.session.trainer = True
        turn.notes.append(Say("bound-trainer"))
        return
    grant = await turn.shop.ledger.put(lambda b: rights.bind(b, hashed, person, now))
    turn.session.seller = (await turn.who()).seller
    seller = turn.shop.catalogue().sellers.get(grant.seller)
    turn.notes.append(Say(f"bound-{grant.role}", {"name": seller.name if seller else ""}))


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
    waiting = await turn.shop.ledger.put(lambda b: people.erase(b, person, receipt, now))
    turn.forget = True
    if waiting:
        codes = Many(tuple(Code(c) for c in waiting))
        return [Say("erase-later", {"codes": codes, "receipt": receipt})]
    return [Say("erased", {"receipt": receipt})]


ROUTES: Routes = {
    "ret": act(come_back),
    "erase": screen(erase),
}
