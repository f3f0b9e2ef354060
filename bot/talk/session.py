"""What one person is in the middle of. Truth (orders, stock, consents) is in SQL, never here."""

from __future__ import annotations

import msgspec

from bot.shop.cart import CartLine
from bot.shop.says import Choice
from bot.words.spoken import Spoken


class MenuItem(msgspec.Struct, frozen=True):
    """A choice that was shown: its id, its words folded for matching, the digit that picks it."""

    id: str
    words: str
    key: str = ""


class Menu(msgspec.Struct, frozen=True):
    """The choices of one message. `route` shows the screen again; `kind` is the letter kind or
    reply.

    asks: a number question, in which every digit is the answer.
    """

    route: str
    items: tuple[MenuItem, ...]
    at: int
    kind: str = "reply"
    asks: bool = False


class Session(msgspec.Struct, omit_defaults=True):
    """Kept as JSON in Redis for one account on one channel.

    lang: `vi` until chosen. seller: the seller this account is bound to, empty for a customer.
    asking: the route of the question just asked, empty when none; the next words answer it first.
    showing: a route that only asks, of an action that is not a screen (which reason to refuse?).
    trail: routes of screens shown, newest last, for "back". menus: newest last; digits answer the
        last.
    form: half-filled answers by field name. checkout: id of the summary in hand.
    house: the account of a household that sells through the shop.
    owner: may do what is the whole shop's; with a seller, acts for her now.
    trainer: may teach the shop what sentences mean. teach: was asked whether words may be kept.
    voice: every screen is read aloud, one picture and few choices at a time. light: no pictures
    and no sound until asked; `light_chosen` by herself, else by her line, of which she was told.
    rest: choices that did not fit on a screen of few.
    said: the last answer in few words (`brief`), to be said again.
    spent: one-time marks of taps already taken, newest last. misses: misunderstandings in a row.
    """

    person: str
    version: int = 1
    lang: str = "vi"
    greeted: bool = False
    seller: str = ""
    asking: str = ""
    showing: str = ""
    trail: list[str] = []
    menus: list[Menu] = []
    form: dict[str, str] = {}
    cart: list[CartLine] = []
    checkout: str = ""
    last_product: str = ""
    spent: list[str] = []
    misses: int = 0
    trainer: bool = False
    owner: bool = False
    house: bool = False
    teach: bool = False
    voice: bool = False
    light: bool = False
    light_chosen: bool = False
    light_told: bool = False
    said: Spoken | None = None
    rest: list[Choice] = []
    taps: int = 0
