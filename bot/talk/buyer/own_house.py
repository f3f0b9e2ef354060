""" "Nhà mình": what a household that sells through the shop sees of its own goods and money."""

from __future__ import annotations

from bot.shop.household import Account, Goods, Household, Statement
from bot.shop.people import Person
from bot.shop.problems import NotYourHousehold
from bot.shop.says import Choice, Field, Moment, Money, Say, Word
from bot.talk.turn import BACK, Routes, Turn, act, screen
from bot.usecases import household_letters, households
from bot.usecases.household_letters import WRONG
from bot.usecases.ports import Books

MOST_WORDS = 300
MOST_GOODS = 8


async def own(turn: Turn) -> list[Say]:
    """Goods and money of every household bound to this account, and the last statement's answer.

    Raises NotYourHousehold for an account that has none.
    """
    person = turn.person

    def all_of(books: Books) -> list[tuple[Household, Account, tuple[Statement, ...]]]:
        homes = books.households_bound_to(person)
        return [(h, households.account(books, h.id), books.statements_of(h.id)) for h in homes]

    found = await turn.shop.records.read(all_of)
    turn.session.house = bool(found)
    if not found:
        raise NotYourHousehold()
    return [_one(turn, *one) for one in found]


def _one(turn: Turn, home: Household, sums: Account, stated: tuple[Statement, ...]) -> Say:
    real = [p for p, goods in sums.goods.items() if goods != Goods()]
    goods = [_goods(turn, p, sums) for p in real[:MOST_GOODS]]
    fields: dict[str, Field] = {
        "name": home.name,
        "owed": Money(sums.owed),
        "advanced": Money(sums.advanced),
        "paid": Money(sums.paid),
        "left": Money(sums.left),
        "ahead": Money(-sums.left),
    }
    rest = "own-house-money" if sums.left >= 0 else "own-house-money-ahead"
    lines = (*goods, Say(rest, fields), *_answer(stated))
    choices = (Choice(f"tk:{home.seller}", "choice-ask-seller"), BACK)
    return Say("own-house", fields, lines, (*_open(stated), *choices))


def _goods(turn: Turn, product: str, sums: Account) -> Say:
    known, goods = turn.product(product), sums.goods[product]

    def so_much(n: int) -> Field:
        return known.amount(n) if known and n else n

    fields: dict[str, Field] = {
        "name": known.named(turn.session.lang) if known else product,
        "brought": so_much(goods.brought + goods.counted),
        "sold": so_much(goods.sold),
        "money": Money(goods.owed),
        "spoiled": so_much(goods.spoiled),
        "returned": so_much(goods.returned),
    }
    lost = "-lost" if goods.spoiled or goods.returned else ""
    return Say(f"statement-goods{'-unpriced' if goods.unpriced else lost}", fields)


def _answer(stated: tuple[Statement, ...]) -> tuple[Say, ...]:
    if not stated:
        return ()
    last = stated[-1]
    return (Say(f"own-house-{last.answer}", {"when": Moment(last.at)}),)


def _open(stated: tuple[Statement, ...]) -> tuple[Choice, ...]:
    """Yes and no to the last statement, while it waits for an answer."""
    if not stated or stated[-1].answer != "sent":
        return ()
    last = stated[-1].id
    return (
        Choice(f"st:{last}:yes", "choice-statement-right"),
        Choice(f"st:{last}:no", "choice-statement-wrong"),
    )


async def answer(turn: Turn, statement: str, yes: str) -> list[Say]:
    """Right, or what is wrong: by button, in words, or by voice."""
    known = await _own(turn, statement)
    if yes != "yes":
        turn.ask(f"sd:{statement}")
        choices = tuple(Choice(f"sd:{statement}:{w}", f"statement-wrong-{w}") for w in WRONG)
        return [Say("statement-what-is-wrong", _fields(known), choices=(*choices, BACK))]
    who, now = await turn.who(), turn.now
    if known.answer != "agreed":
        await turn.shop.ledger.put(
            lambda b: household_letters.answered(b, statement, "agreed", "", who, now)
        )
    return [Say("statement-thanks", _fields(known), choices=(_HOUSE, BACK))]


async def wrong(turn: Turn, statement: str, what: str = "") -> list[Say]:
    """What is wrong goes to the seller, who talks with the household."""
    known = await _own(turn, statement)
    words, voice = turn.words[:MOST_WORDS], turn.heard.media
    if what and what not in WRONG:
        raise KeyError(what)
    if not (what or words or voice):
        return await answer(turn, statement, "no")
    text: str = what or words
    told: Field = Word(f"statement-wrong-{what}") if what else words
    line = Say("talk-words", {"text": told}) if told else Say("talk-media")
    who, now = await turn.who(), turn.now
    await turn.shop.ledger.put(
        lambda b: household_letters.answered(b, statement, "disputed", text, who, now, line, voice)
    )
    return [Say("statement-told", _fields(known), choices=(_HOUSE, BACK))]


_HOUSE = Choice("nm", "choice-own-house")


async def _own(turn: Turn, statement: str) -> Statement:
    who: Person = await turn.who()
    known = await turn.shop.records.read(lambda b: households.stated_to(b, statement, who))
    turn.session.house = True
    return known


def _fields(stated: Statement) -> dict[str, Field]:
    return household_letters.money_fields(stated)


ROUTES: Routes = {
    "nm": screen(own),
    "st": act(answer),
    "sd": act(wrong),
}
