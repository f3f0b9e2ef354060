"""Said where nothing is looked up: guesses when unsure, thanks, a plain yes, a complaint."""

from __future__ import annotations

from dataclasses import replace

from bot.shop.says import Choice, Say
from bot.talk.buyer.asked import ask_person, offer_person
from bot.talk.buyer.bargain import wish
from bot.talk.buyer.changing import change_cart
from bot.talk.buyer.checkout import fix
from bot.talk.buyer.naming import goods_of
from bot.talk.buyer.ordering import order
from bot.talk.buyer.teaching import unread
from bot.talk.meaning import GUESS, MOST_WORDS, guesses, route_for
from bot.talk.seller.household_words import said
from bot.talk.seller.new_product import road
from bot.talk.seller.prices import told as priced
from bot.talk.seller.telling import tell
from bot.talk.seller.unsure import instead
from bot.talk.turn import BACK, Flow, Routes, Turn, act


async def guess(turn: Turn) -> list[Say]:
    """Not sure: the best guesses and a person; the second time in a row the person comes first."""
    turn.session.form[GUESS] = turn.heard.text[:MOST_WORDS]
    offer_person(turn)
    if turn.guessed and not turn.session.seller:
        return [_meant_in_mong(turn)]
    turn.session.misses += 1
    person = Choice("talk", "choice-talk")
    likely = guesses(turn)
    if turn.session.seller:
        return instead("seller-guess", likely)
    again = turn.session.misses > 1
    choices = (person, *likely) if again else (*likely, person)
    say = Say("guess-again" if again else "guess", choices=(*choices, BACK))
    return [await unread(turn, turn.heard.text, say)]


def _meant_in_mong(turn: Turn) -> Say:
    """Her sentence is one of those we know, but no native speaker reviewed what it means."""
    turn.session.misses = 0
    return Say("guess-mong", choices=(*guesses(turn), Choice("talk", "choice-talk"), BACK))


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
    if turn.session.seller:
        return instead("seller-alright")
    return [Say("alright", choices=(Choice("m", "choice-market"), Choice("home", "choice-home")))]


async def thanks(turn: Turn) -> list[Say]:
    if turn.session.seller:
        return instead("seller-thanks")
    return [Say("thanks", choices=(Choice("m", "choice-market"), Choice("o", "choice-orders")))]


async def complain(turn: Turn) -> list[Say]:
    """Something is wrong with what arrived: to the seller of the newest order, word for word."""
    person = await _whom(turn)
    return [Say("complain", choices=(person, Choice("o", "choice-orders"), BACK))]


async def _whom(turn: Turn) -> Choice:
    """The words go to the seller of the goods that are named, else of the newest order; with the
    code of the newest order that has to do with it.
    """
    offer_person(turn)
    orders = await turn.shop.records.orders_of(turn.person)
    named = goods_of(turn, turn.understood, "complain") if turn.understood else []
    lines = {x.product: o for o in reversed(orders) for x in o.lines}
    products = [p for ids in named for p in ids]
    bought = [p for p in products if p in lines]
    known = turn.product(bought[0] if bought else products[0] if products else "")
    order = lines.get(known.id) if known else next(iter(orders), None)
    seller = order.seller if order else ""
    return ask_person(turn, known, seller, order.code if order else "")


async def change_details(turn: Turn) -> list[Say]:
    """Of the order in hand if there is one, else the seller of a placed one is told."""
    if turn.session.cart and turn.session.form.get("consent"):
        return await fix(turn)
    person = await _whom(turn)
    return [Say("change-details", choices=(person, Choice("o", "choice-orders"), BACK))]


FLOWS: dict[str, Flow] = {
    "want": order,
    "chg": change_cart,
    "bad": complain,
    "tell": tell,
    "np": road,
    "hs": said,
    "price": priced,
    "wish": wish,
}

ROUTES: Routes = {
    "guess": act(guess),
    "gs": act(guessed),
    "alright": act(alright),
    "thanks": act(thanks),
    "bad": act(complain),
    "chd": act(change_details),
}
