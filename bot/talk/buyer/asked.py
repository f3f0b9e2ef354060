"""A question a customer asked: her own words, the amount in them, and one tap that hands them on.

The words stay in `session.form` under `QUESTION` until they are handed to a seller or another
question takes their place, so that a button pressed afterwards still knows what was asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.shop.product import MOST_BASE_UNITS, Product
from bot.shop.says import Choice, Field, Say
from bot.talk.buyer import contact
from bot.talk.buyer.contact import MOST_WORDS
from bot.talk.hearing import DIGIT_WORDS
from bot.talk.turn import BACK, Routes, Turn, act, screen
from bot.understand.fitting import base_amount
from bot.understand.fold import fold, tidy
from bot.understand.pieces import Quantity
from bot.understand.question_signs import only_calls
from bot.understand.question_words import After, asks_for
from bot.understand.scan import scan

QUESTION = "question"
OFFERED_AT = "question-at"
"""The turn in which a person was last offered without her having been told what it is about."""
MOST_SHOWN = 120
NAMED = "?"
"""In place of a product or a province: the words of this turn name one, or several to choose from.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about.

    product: named, else last looked at; None if neither is known. named: in this question.
    text: the customer's words, empty if there were none. amount: base units that were said, else
    0.
    """

    product: Product | None
    named: bool
    text: str
    amount: int

    @property
    def after(self) -> frozenset[After]:
        """What of the subject the words ask for, the name aside ("mang kho" stews nothing)."""
        return asks_for(without_names(self.text, self.product))


def keep_question(turn: Turn) -> None:
    """Remember what was typed, unless it only picked a choice by its number or its title."""
    text = turn.heard.text.strip()
    if turn.heard.kind == "text" and text and not _picked(turn, text):
        turn.session.form[QUESTION] = text[:MOST_WORDS]


def _picked(turn: Turn, text: str) -> bool:
    plain = fold(text).removeprefix("so ").rstrip(".")
    plain = DIGIT_WORDS.get(plain, plain)
    return any(plain in (i.key, i.words) for menu in turn.session.menus for i in menu.items)


def asked(turn: Turn, product: Product | None, *, named: bool, amount: int = 0) -> Asked:
    """The question as it stands; `amount` 0 reads one from the words, if they hold just one."""
    text = turn.session.form.get(QUESTION, "")
    said = amount or (amount_said(text, product) if product else 0)
    return Asked(product, named, text, said)


def amount_said(text: str, product: Product) -> int:
    """Base units said with a unit that fits the product; 0 for none, for two, and for doubt.

    Here an amount only adds a line to an answer, so what is unsure is left out, never asked.
    """
    pieces = scan(without_names(text, product))
    said = [p for p in pieces if isinstance(p, Quantity) and not p.bare]
    if len(said) != 1 or said[0].why or len(said[0].readings) != 1:
        return 0
    amount = base_amount(product, said[0].readings[0])
    return amount if isinstance(amount, int) and 0 < amount <= MOST_BASE_UNITS else 0


def without_names(text: str, *products: Product | None) -> str:
    """Tidied text with commas for product names: "na Lạng Sơn" is no place to send to."""
    plain = tidy(text)
    known = {tidy(n) for p in products if p for n in (*p.name.values(), *p.aliases)}
    for name in sorted(known | {fold(n) for n in known}, key=len, reverse=True):
        if name in plain:
            plain = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", ",", plain)
    return plain


def ask_person(turn: Turn, product: Product | None, seller: str = "", order: str = "") -> Choice:
    """The way to a person: one tap sends the question if there is one, else she is asked for it.

    product or seller says to whom; without either the customer chooses. order: the code of the
    order it is about.
    """
    question = turn.session.form.get(QUESTION, "")
    if not question:
        return Choice(f"talk:{product.id}" if product else "talk", "choice-ask-seller")
    mark = _mark(turn, question)
    about = f"{mark}:{order}" if order else mark
    if product:
        return Choice(f"hand:{product.id}:{about}", "choice-send-question")
    return Choice(f"hto:{seller}:{about}", "choice-send-question")


def _mark(turn: Turn, question: str) -> str:
    """Ties a button to the words it was shown with, so that an old one never sends newer words."""
    return turn.shop.hashed(question)[:6]


async def hand_on(turn: Turn, product: str, mark: str = "", order: str = "") -> list[Say]:
    """The question goes to the seller of this product."""
    known = turn.product(product)
    sending = (product, mark, order)
    return await (_send(turn, known.seller, *sending) if known else contact.talk(turn))


async def hand_to(turn: Turn, seller: str = "", mark: str = "", order: str = "") -> list[Say]:
    """The question goes to this seller, else to the one the customer picks."""
    sellers = turn.shop.catalogue().sellers
    if seller not in sellers:
        choices = tuple(
            Choice(f"hto:{s.id}:{mark}", "choice-seller", {"name": s.name})
            for s in sellers.values()
        )
        return [Say("talk-which", choices=(*choices, BACK))]
    return await _send(turn, seller, "", mark, order)


async def _send(turn: Turn, seller: str, product: str, mark: str, order: str = "") -> list[Say]:
    """Word for word, once; a second tap says the same, a button of older words asks anew."""
    form, spent = turn.session.form, f"hand:{seller}:{product}:{mark}"
    question = form.get(QUESTION, "")
    if question and _mark(turn, question) == mark:
        await contact.carry(turn, seller, product, question, order=order)
        del form[QUESTION]
        turn.once(spent)
    elif spent not in turn.session.spent:
        return await contact.to_seller(turn, seller, product)
    name = turn.shop.catalogue().sellers[seller].name
    return [Say("question-sent", {"name": name}, choices=(Choice("m", "choice-market"), BACK))]


def offer_person(turn: Turn) -> None:
    """The message just read may be meant for a person: "gặp người bán" in the next turn takes it
    along.
    """
    keep_question(turn)
    turn.session.form[OFFERED_AT] = str(turn.session.taps)


async def talk(turn: Turn, product: str = "") -> list[Say]:
    """To a seller; what was just said in vain goes along if she wishes."""
    known = turn.product(product or turn.session.last_product)
    names = (*known.name.values(), *known.aliases) if known else ()
    if turn.words and only_calls(turn.words, names):
        turn.words = ""
    question = turn.session.form.get(QUESTION, "")
    just = turn.session.form.get(OFFERED_AT) == str(turn.session.taps - 1)
    if turn.words or not just or not question:
        return await contact.talk(turn, product)
    return await _take_along(turn, known, question)


async def _take_along(turn: Turn, known: Product | None, question: str) -> list[Say]:
    """As the button offered, if there is one; else whether to send the words is asked."""
    menu = turn.session.menus[-1].items if turn.session.menus else ()
    button = next((i.id for i in menu if i.id.startswith(("hand:", "hto:"))), "")
    kind, *args = button.split(":")
    if button:
        return await (hand_on if kind == "hand" else hand_to)(turn, *args)
    if known is None:
        return await hand_to(turn, "", _mark(turn, question))
    turn.ask(f"tk:{known.seller}:{known.id}")
    name = turn.shop.catalogue().sellers[known.seller].name
    fields: dict[str, Field] = {"text": question[:MOST_SHOWN], "name": name}
    return [Say("talk-with-question", fields, choices=(ask_person(turn, known), BACK))]


ROUTES: Routes = {
    "talk": screen(talk, views=1),
    "hand": act(hand_on),
    "hto": act(hand_to),
}
