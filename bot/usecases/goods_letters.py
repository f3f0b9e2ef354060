"""Letters about goods born in the chat: to the owner who looks at them, to their seller, and the
questions that come later, one a day.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from bot.shop.born import ON_SHELF, Born, next_question, product_of
from bot.shop.hours import today
from bot.shop.product import ShippingClass, opening_prices
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Months, Say, Word
from bot.usecases import letters
from bot.usecases.ports import Books

DAY = 24 * 3600
VIETNAM = 7 * 3600
QUESTION_HOUR = 9
"""O'clock in Vietnam: the morning's work is done, the market is not yet full."""

CODES = {"season": "se", "origin": "or", "shelf_life": "sl", "shipping_class": "sc"}
"""The questions as choice ids name them."""

DAYS = (2, 3, 5, 7, 14, 30)
CLASSES: tuple[ShippingClass, ...] = (
    "dry", "sturdy_fresh", "soft_fresh", "fragile", "chilled", "frozen",
)  # fmt: skip
A_PAGE = 6
"""Months on a screen."""

REFUSE_REASONS = ("photo", "price", "not-ours", "other")
"""Why an owner refuses; each is a message `goods-why-…`."""


def head(born: Born) -> dict[str, Field]:
    """Name, price and how much there is, as they were told."""
    product = product_of(born)
    return {
        "name": born.name,
        "rate": opening_prices(product).rate(product),
        "left": product.amount(born.opening),
    }


def to_owners(books: Books, born: Born, seller_name: str, now: int) -> None:
    """A new seller's first goods, with the buttons that decide."""
    choices = (
        Choice(f"nga:{born.id}", "choice-goods-approve"),
        Choice(f"ngr:{born.id}", "choice-goods-refuse"),
    )
    fields = head(born) | {"seller": seller_name}
    say = Say("goods-to-approve", fields, choices=choices, picture=born.photo, clip=born.voice)
    for owner in books.owners():
        letters.post(books, owner, say, f"goods:{born.id}:{owner}", now)


def approved(books: Books, born: Born, now: int) -> None:
    choices = (Choice(f"p:{born.id}", "choice-see"), Choice("np", "choice-goods-new"))
    say = Say("goods-approved", {"name": born.name}, choices=choices)
    _to_seller(books, born, say, f"goods:{born.id}:yes", now)


def refused(books: Books, born: Born, now: int) -> None:
    known = born.refused_why in REFUSE_REASONS
    why: Field = Word(f"goods-why-{born.refused_why}") if known else born.refused_why
    say = Say("goods-refused", {"name": born.name, "why": why}, choices=(_NEW,))
    _to_seller(books, born, say, f"goods:{born.id}:no:{now}", now)


_NEW = Choice("np", "choice-goods-new")


def _to_seller(books: Books, born: Born, say: Say, once: str, now: int) -> None:
    accounts = books.accounts_of(born.seller, Right.GOODS) or (f"seller:{born.seller}",)
    for account in accounts:
        letters.post(books, account, say, f"{once}:{account}"[:200], now)


def ask_later(books: Books, now: int) -> int:
    """One question a day for each seller, from nine in the morning on, about the goods that have
    waited longest; never on the day the goods were born. Returns how many were asked.
    """
    if (now + VIETNAM) % DAY < QUESTION_HOUR * 3600:
        return 0
    mine: dict[str, list[Born]] = {}
    for born in books.all_born():
        mine.setdefault(born.seller, []).append(born)
    return sum(_ask_one(books, goods, now) for goods in mine.values())


def _ask_one(books: Books, goods: list[Born], now: int) -> int:
    if any(b.asked_at and today(b.asked_at) == today(now) for b in goods):
        return 0
    open_ = [
        b for b in goods if b.state in ON_SHELF and next_question(b) and today(b.at) < today(now)
    ]
    if not open_:
        return 0
    born = min(open_, key=lambda b: (b.asked_at, b.at, b.id))
    question = next_question(born)
    once = f"goods:{born.id}:{question}:{today(now)}"
    _to_seller(books, born, question_say(born.id, born.name, question), once, now)
    books.save_born(replace(born, asked_at=now))
    return 1


def question_say(product: str, name: str, question: str) -> Say:
    """A question with its answers as buttons, and one to pass it over."""
    start = f"nq:{product}:{CODES[question]}"
    pass_ = Choice(f"{start}:-", "choice-goods-later")
    id_ = f"goods-ask-{question.replace('_', '-')}"
    return Say(id_, {"name": name}, choices=(*ANSWERS[question](start), pass_))


def months(start: str, first: int) -> tuple[Choice, ...]:
    """Six months from this one on, and the other six."""
    shown = range(first, first + A_PAGE)
    other = first % 12 + A_PAGE if first == 1 else 1
    return (
        *(Choice(f"{start}:{m}", "choice-goods-month", {"month": Months((m,))}) for m in shown),
        Choice(f"{start}:p{other}", "choice-goods-other-months"),
    )


def _season(start: str) -> tuple[Choice, ...]:
    all_year = Choice(f"{start}:all", "choice-goods-all-year")
    return (all_year, Choice(f"{start}:p1", "choice-goods-months"))


def _origin(start: str) -> tuple[Choice, ...]:
    return (Choice(f"{start}:me", "choice-goods-my-place"), Choice(start, "choice-goods-tell"))


def _days(start: str) -> tuple[Choice, ...]:
    return tuple(Choice(f"{start}:{n}", "choice-goods-days", {"days": n}) for n in DAYS)


def _classes(start: str) -> tuple[Choice, ...]:
    names = (c.replace("_", "-") for c in CLASSES)
    return tuple(Choice(f"{start}:{n}", f"choice-class-{c}") for n, c in enumerate(names))


ANSWERS: dict[str, Callable[[str], tuple[Choice, ...]]] = {
    "season": _season,
    "origin": _origin,
    "shelf_life": _days,
    "shipping_class": _classes,
}
