"""Every place in the talk and the flow that shows it.

A choice id is a route with its arguments.
"""

from __future__ import annotations

from bot.shop.media_problems import PhotoTooLarge, VideoTooLarge, VoiceTooLong
from bot.shop.problems import Problem
from bot.shop.says import Choice, Say
from bot.talk import live_doors, push, unsure
from bot.talk.aloud import screens
from bot.talk.buyer import (
    answers,
    answers_several,
    answers_shipping,
    asked,
    asking,
    bargain,
    browse,
    cart,
    cart_edit,
    changing,
    checkout,
    claim_answers,
    claiming,
    contact,
    data,
    deal,
    details,
    following,
    home,
    language,
    me,
    my_claims,
    ordering,
    orders,
    own_house,
    paying,
    placing,
    repeat,
    teaching,
    told,
)
from bot.talk.owner import bank as owner_bank
from bot.talk.owner import blocks as owner_blocks
from bot.talk.owner import goods as owner_goods
from bot.talk.owner import home as owner_home
from bot.talk.owner import idle as owner_idle
from bot.talk.owner import invite as owner_invite
from bot.talk.owner import people as owner_people
from bot.talk.owner import reports as owner_reports
from bot.talk.owner import waiting as owner_waiting
from bot.talk.seller import bargain as seller_bargain
from bot.talk.seller import (
    broadcast,
    broadcast_report,
    household_back,
    household_fix,
    household_in,
    household_money,
    household_price,
    household_statement,
    household_words,
    households,
    links,
    live_places,
    new_product,
    new_product_known,
    new_product_later,
    packing,
    packing_home,
    packing_photo,
    packing_ship,
    telling,
)
from bot.talk.seller import cards as seller_cards
from bot.talk.seller import contact as seller_contact
from bot.talk.seller import day as seller_day
from bot.talk.seller import orders as seller_orders
from bot.talk.seller import payments as seller_payments
from bot.talk.seller import prices as seller_prices
from bot.talk.seller import reports as seller_reports
from bot.talk.seller import shelf as seller_shelf
from bot.talk.seller import stock as seller_stock
from bot.talk.seller import undo as seller_undo
from bot.talk.seller import unsure as seller_unsure
from bot.talk.trainer import recording, recording_consent, unread
from bot.talk.turn import BACK, Routes, Turn, act, screen

GUESSES = (
    Choice("m", "choice-market"),
    Choice("s", "choice-search"),
    Choice("talk", "choice-talk"),
)
PERSON_FIRST = (GUESSES[2], GUESSES[0], GUESSES[1])


async def door(turn: Turn) -> list[Say]:
    """The seller's door for who acts for one, the owner's for an owner, else the shop's."""
    if turn.session.seller:
        return await push.offered(turn, await seller_stock.home(turn))
    if turn.session.owner:
        return await push.offered(turn, await owner_home.home(turn))
    return await home.home(turn)


async def start(turn: Turn, *_: str) -> list[Say]:
    if not turn.words and (turn.session.seller or turn.session.owner):
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


TOO_LARGE: dict[str, Problem] = {
    "photo-too-large": PhotoTooLarge(most=15, pixels=40),
    "video-too-large": VideoTooLarge(most=20),
    "voice-too-large": VoiceTooLong(most=120),
}
"""What a channel would not even fetch."""


async def unsupported(turn: Turn) -> list[Say]:
    """What cannot be used, or was too large to be fetched."""
    if turn.heard.kind == "unsupported" and turn.heard.text in TOO_LARGE:
        raise TOO_LARGE[turn.heard.text]
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
    **language.ROUTES,
    **data.ROUTES,
    **screens.ROUTES,
    **browse.ROUTES,
    **answers.ROUTES,
    **answers_several.ROUTES,
    **answers_shipping.ROUTES,
    **asked.ROUTES,
    **cart.ROUTES,
    **cart_edit.ROUTES,
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
    **following.ROUTES,
    **my_claims.ROUTES,
    **live_doors.ROUTES,
    **claim_answers.ROUTES,
    **claiming.ROUTES,
    **me.ROUTES,
    **teaching.ROUTES,
    **unread.ROUTES,
    **recording.ROUTES,
    **recording_consent.ROUTES,
    **seller_orders.ROUTES,
    **packing.ROUTES,
    **packing_home.ROUTES,
    **packing_photo.ROUTES,
    **packing_ship.ROUTES,
    **seller_payments.ROUTES,
    **owner_bank.ROUTES,
    **owner_goods.ROUTES,
    **owner_home.ROUTES,
    **owner_idle.ROUTES,
    **owner_people.ROUTES,
    **owner_waiting.ROUTES,
    **owner_invite.ROUTES,
    **owner_blocks.ROUTES,
    **owner_reports.ROUTES,
    **seller_reports.ROUTES,
    **seller_day.ROUTES,
    **links.ROUTES,
    **live_places.PLACES,
    **broadcast.ROUTES,
    **broadcast_report.ROUTES,
    **told.ROUTES,
    **new_product.ROUTES,
    **new_product_known.ROUTES,
    **new_product_later.ROUTES,
    **paying.ROUTES,
    **seller_stock.ROUTES,
    **households.ROUTES,
    **household_in.ROUTES,
    **household_price.ROUTES,
    **household_money.ROUTES,
    **household_fix.ROUTES,
    **household_back.ROUTES,
    **household_statement.ROUTES,
    **household_words.ROUTES,
    **own_house.ROUTES,
    **telling.ROUTES,
    **seller_shelf.ROUTES,
    **seller_cards.ROUTES,
    **seller_prices.ROUTES,
    **seller_undo.ROUTES,
    **seller_unsure.ROUTES,
    **seller_contact.ROUTES,
    **seller_bargain.ROUTES,
    **push.ROUTES,
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
