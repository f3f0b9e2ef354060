"""Said where nothing is looked up: guesses when unsure, thanks, a plain yes, a complaint."""

from __future__ import annotations

from dataclasses import replace

from bot.shop.says import Choice, Say
from bot.talk.buyer.asked import ask_person, keep_question
from bot.talk.buyer.bargain import wish
from bot.talk.buyer.changing import change_cart
from bot.talk.buyer.checkout import fix
from bot.talk.buyer.ordering import order
from bot.talk.buyer.teaching import unread
from bot.talk.meaning import GUESS, MOST_WORDS, guesses, route_for
from bot.talk.seller.telling import tell
from bot.talk.turn import BACK, Flow, Routes, Turn, act, for_seller


async def guess(turn: Turn) -> list[Say]:
    """Not sure: the best guesses and a person; the second time in a row the person comes first."""
    turn.session.misses += 1
    turn.session.form[GUESS] = turn.heard.text[:MOST_WORDS]
    person = Choice("talk", "choice-talk")
    likely = guesses(turn)
    again = turn.session.misses > 1 and not turn.session.seller
    choices = (person, *likely) if again else (*likely, person)
    say = Say("guess-again" if again else "guess", choices=(*choices, BACK))
    return [await unread(turn, turn.heard.text, say)]


async def guessed(turn: Turn, intent: str) -> list[Say]:
    """A guess that was chosen: the words are read again, now knowing what they want."""
    text = turn.session.form.pop(GUESS, "")
    if not text:
        raise KeyError(intent)
    got = await turn.understand(text)
    turn.understood = replace(got, intent=intent, band="act", sure=True)
    route = route_for(turn, turn.understood, intent)
    name, *args = route.split(":")
    turn.words = text
    return await FLOWS[name](turn, *args)


async def alright(turn: Turn) -> list[Say]:
    """Yes or no to nothing in particular."""
    return [Say("alright", choices=(Choice("m", "choice-market"), Choice("home", "choice-home")))]


async def thanks(turn: Turn) -> list[Say]:
    return [Say("thanks", choices=(Choice("m", "choice-market"), Choice("o", "choice-orders")))]


async def not_yet(turn: Turn) -> list[Say]:
    """Understood, but the shop cannot do it by a sentence yet."""
    choices = (Choice("new", "choice-seller-orders"), Choice("k", "choice-stock"))
    return [Say("seller-not-yet", choices=choices)]


async def complain(turn: Turn) -> list[Say]:
    """Something is wrong with what arrived: to the seller of the newest order, word for word."""
    keep_question(turn)
    known = await turn.shop.records.orders_of(turn.person)
    seller = known[0].seller if known else ""
    choices = (ask_person(turn, None, seller), Choice("o", "choice-orders"), BACK)
    return [Say("complain", choices=choices)]


async def change_details(turn: Turn) -> list[Say]:
    """Of the order in hand if there is one, else the seller of a placed one is told."""
    if turn.session.cart and turn.session.form.get("consent"):
        return await fix(turn)
    keep_question(turn)
    known = await turn.shop.records.orders_of(turn.person)
    seller = known[0].seller if known else ""
    choices = (ask_person(turn, None, seller), Choice("o", "choice-orders"), BACK)
    return [Say("change-details", choices=choices)]


FLOWS: dict[str, Flow] = {
    "want": order,
    "chg": change_cart,
    "bad": complain,
    "tell": tell,
    "wish": wish,
}

ROUTES: Routes = {
    "guess": act(guess),
    "gs": act(guessed),
    "alright": act(alright),
    "thanks": act(thanks),
    "not-yet": for_seller(act(not_yet)),
    "bad": act(complain),
    "chd": act(change_details),
}
