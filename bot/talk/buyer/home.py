"""The door of the shop: greeting, help."""

from __future__ import annotations

from bot.shop.says import Choice, Many, Say
from bot.talk.buyer.lives import live_choice, on_today
from bot.talk.turn import BACK, Routes, Turn, screen

FRESH_NAMED = 3


async def home(turn: Turn) -> list[Say]:
    """Who we are (an automatic shop, once), what is fresh today, and where to go."""
    session = turn.session
    names, live = fresh_names(turn), await on_today(turn)
    choices = (
        Choice("m", "choice-market"),
        *((live_choice(turn, live),) if live else ()),
        *((Choice("cart", "choice-cart"),) if session.cart else ()),
        *((Choice("nm", "choice-own-house"),) if session.house else ()),
        Choice("o", "choice-orders"),
        Choice("talk", "choice-talk"),
        Choice("lang", "choice-language"),
        Choice("help", "choice-help"),
        *((Choice("rec", "choice-record"),) if session.trainer else ()),
    )
    greeting = "home" if session.greeted else "welcome"
    session.greeted = True
    fresh = (Say("home-fresh", {"names": names}),) if names.items else ()
    return [Say(greeting, lines=fresh, choices=choices)]


def fresh_names(turn: Turn) -> Many:
    products = turn.shop.catalogue().products
    fresh = turn.shop.market(turn.now).fresh[:FRESH_NAMED]
    return Many(tuple(products[p].named(turn.session.lang) for p in fresh))


async def show_help(turn: Turn) -> list[Say]:
    choices = (
        Choice("m", "choice-market"),
        Choice("s", "choice-search"),
        Choice("cart", "choice-cart"),
        Choice("o", "choice-orders"),
        Choice("talk", "choice-talk"),
        Choice("lang", "choice-language"),
        Choice("erase", "choice-erase"),
        BACK,
    )
    return [Say("help", choices=choices)]


ROUTES: Routes = {
    "home": screen(home),
    "help": screen(show_help),
}
