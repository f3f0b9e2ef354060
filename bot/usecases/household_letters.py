"""A household's statement: sent to its own chat, agreed to or disputed, and who hears of it."""

from __future__ import annotations

from bot.shop.household import Answer, Household, Statement
from bot.shop.people import Person
from bot.shop.problems import NoSuchHousehold
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Money, Say
from bot.usecases import households
from bot.usecases.letters import post
from bot.usecases.ports import Books

WRONG = ("weight", "money", "call")
"""What can be wrong, for who does not write; each is a message `statement-wrong-…`."""


def money_fields(sums: Statement) -> dict[str, Field]:
    return {
        "owed": Money(sums.owed),
        "advanced": Money(sums.advanced),
        "paid": Money(sums.paid),
        "left": Money(sums.left),
        "ahead": Money(-sums.left),
    }


def send(
    books: Books,
    household: str,
    lines: tuple[Say, ...],
    picture: str,
    by: Person,
    now: int,
    id_: str,
) -> Statement:
    """Write down what the household is told now, and tell it in its chat if it has one; the same
    id again is the same statement, told once. lines: its goods.
    """
    stated = households.state(books, household, by, now, id_)
    found = books.household(household)
    if found is None:
        raise NoSuchHousehold()
    if found.account:
        say = statement_say(found, stated, lines, picture)
        post(books, found.account, say, f"statement:{id_}", now)
    return stated


def statement_say(
    household: Household, stated: Statement, lines: tuple[Say, ...], picture: str = ""
) -> Say:
    """What the household reads, with yes and no; once it has answered, without."""
    choices = (
        Choice(f"st:{stated.id}:yes", "choice-statement-right"),
        Choice(f"st:{stated.id}:no", "choice-statement-wrong"),
    )
    fields: dict[str, Field] = {"name": household.name, **money_fields(stated)}
    open_ = stated.answer == "sent"
    id_ = "statement" if stated.left >= 0 else "statement-ahead"
    return Say(id_, fields, lines, choices if open_ else (), picture)


def answered(
    books: Books,
    statement: str,
    said: Answer,
    words: str,
    by: Person,
    now: int,
    line: Say | None = None,
    voice: str = "",
) -> Statement:
    """The household agrees, or says what is wrong; everyone who may see its account is told.

    line: what is wrong as the seller reads it; voice: a voice note that says it. A repeat of the
    same answer tells nobody again. Raises NotYourHousehold.
    """
    before = households.stated_to(books, statement, by)
    if (before.answer, before.words) == (said, words) and not voice:
        return before
    after = households.answer(books, statement, said, words, by, now)
    found = books.household(after.household)
    if found is None:
        raise NoSuchHousehold()
    fields: dict[str, Field] = {"name": found.name, "left": Money(after.left)}
    told = (line,) if line else ()
    choices = (Choice(f"hh:{found.id}", "choice-see-household"),)
    say = Say(f"statement-was-{said}", fields, told, choices, clip=voice)
    for account in books.accounts_of(found.seller, Right.HOUSEHOLDS):
        post(books, account, say, f"statement:{statement}:{said}:{now}:{account}", now)
    return after
