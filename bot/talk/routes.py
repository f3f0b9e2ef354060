"""Every place in the talk and the flow that shows it.

A choice id is a route with its arguments.
"""

from __future__ import annotations

from bot.shop.says import Choice, Say
from bot.talk import unsure
from bot.talk.buyer import (
    answers,
    answers_several,
    answers_shipping,
    asked,
    asking,
    bargain,
    browse,
    cart,
    changing,
    checkout,
    contact,
    deal,
    details,
    home,
    me,
    ordering,
    orders,
    placing,
    repeat,
    teaching,
)
from bot.talk.seller import bargain as seller_bargain
from bot.talk.seller import contact as seller_contact
from bot.talk.seller import orders as seller_orders
from bot.talk.seller import stock as seller_stock
from bot.talk.seller import telling
from bot.talk.seller import unsure as seller_unsure
from bot.talk.trainer import unread
from bot.talk.turn import BACK, Routes, Turn, act, screen

GUESSES = (
    Choice("m", "choice-market"),
    Choice("s", "choice-search"),
    Choice("talk", "choice-talk"),
)
PERSON_FIRST = (GUESSES[2], GUESSES[0], GUESSES[1])


async def door(turn: Turn) -> list[Say]:
    """The seller's door for a seller, the shop's for everyone else."""
    return await (seller_stock.home(turn) if turn.session.seller else home.home(turn))


async def start(turn: Turn, *_: str) -> list[Say]:
    if not turn.words and turn.session.seller:
        return await door(turn)
    payload, turn.words = turn.words, ""
    return await me.start(turn, payload)


async def bind(turn: Turn, token: str) -> list[Say]:
    await me.bind(turn, token)
    return await door(turn)


async def unknown(turn: Turn) -> list[Say]:
    """Said once, plainly, with guesses and a person; the second time in a row the person comes
    first.
    """
    turn.session.misses += 1
    if turn.session.seller:
        return seller_unsure.instead("seller-not-understood")
    again = turn.session.misses > 1
    choices = PERSON_FIRST if again else GUESSES
    say = Say("not-understood-again" if again else "not-understood", choices=(*choices, BACK))
    return [await teaching.unread(turn, turn.heard.text, say)]


async def too_long(turn: Turn) -> list[Say]:
    return [Say("too-long", choices=(*GUESSES, BACK))]


async def unsupported(turn: Turn) -> list[Say]:
    return [Say("heard-unsupported", choices=(*GUESSES, BACK))]


async def place(turn: Turn) -> list[Say]:
    """A pin on a map is not an address a parcel can be sent to."""
    if turn.session.asking in ("a:address", "a:province"):
        return [Say("place-not-address", choices=(Choice("pv:0", "choice-show-provinces"), BACK))]
    return [Say("heard-place", choices=(*GUESSES, BACK))]


async def contact_card(turn: Turn) -> list[Say]:
    """A phone number nobody asked for is not kept."""
    return [Say("heard-contact", choices=(*GUESSES, BACK))]


async def old_menu(turn: Turn) -> list[Say]:
    """A button that no longer leads anywhere."""
    turn.notes.append(Say("old-menu"))
    return await door(turn)


ROUTES: Routes = {
    **home.ROUTES,
    **browse.ROUTES,
    **answers.ROUTES,
    **answers_several.ROUTES,
    **answers_shipping.ROUTES,
    **asked.ROUTES,
    **cart.ROUTES,
    **asking.ROUTES,
    **ordering.ROUTES,
    **changing.ROUTES,
    **repeat.ROUTES,
    **unsure.ROUTES,
    **checkout.ROUTES,
    **details.ROUTES,
    **placing.ROUTES,
    **orders.ROUTES,
    **contact.ROUTES,
    **bargain.ROUTES,
    **deal.ROUTES,
    **me.ROUTES,
    **teaching.ROUTES,
    **unread.ROUTES,
    **seller_orders.ROUTES,
    **seller_stock.ROUTES,
    **telling.ROUTES,
    **seller_unsure.ROUTES,
    **seller_contact.ROUTES,
    **seller_bargain.ROUTES,
    "home": screen(door),
    "start": act(start),
    "bind": act(bind),
    "unknown": act(unknown),
    "long": act(too_long),
    "unsupported": act(unsupported),
    "place": act(place),
    "contact": act(contact_card),
    "old": act(old_menu),
}
