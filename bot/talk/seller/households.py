""" "Chia tiền": every household with what it brought and what it still gets, and one of them."""

from __future__ import annotations

from bot.shop.household import Account, Household, Statement
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Moment, Money, Say, Word
from bot.talk.seller import household_find as find
from bot.talk.turn import BACK, Routes, Turn, for_seller, screen
from bot.usecases.household_letters import WRONG

A_PAGE = 5


async def everyone(turn: Turn, page: str = "0") -> list[Say]:
    """A line for each household, those still owed most first; the sum on the first page."""
    known = await find.accounts(turn)
    if not known:
        return [Say("households-none", choices=(Choice("hn", "choice-household-in"), BACK))]
    start = int(page) * A_PAGE
    shown = known[start : start + A_PAGE]
    homes = [h for h, _ in known]
    choices = [find.choice(h, "hh", homes) for h, _ in shown]
    if start + A_PAGE < len(known):
        choices.append(Choice(f"ct:{int(page) + 1}", "choice-more"))
    left = Money(sum(max(0, sums.left) for _, sums in known))
    lines = tuple(_short(turn, h, sums) for h, sums in shown)
    more = (Choice("hn", "choice-household-in"), BACK)
    return [Say("households", {"left": left}, lines, (*choices, *more))]


def _short(turn: Turn, home: Household, sums: Account) -> Say:
    fields = find.money_fields(home, sums) | {
        "brought": find.totals(turn, sums, "brought"),
        "sold": find.totals(turn, sums, "sold"),
    }
    return Say("household-short" if sums.left >= 0 else "household-short-ahead", fields)


async def one(turn: Turn, household: str) -> list[Say]:
    """A household's goods and money, how its last statement was answered, and what to do now."""
    home = await find.one_of_hers(turn, household)
    sums = await find.account(turn, household)
    stated = await turn.shop.records.read(lambda b: b.statements_of(household))
    lines = (*find.goods_lines(turn, sums), *_money(home, sums), *_answer(stated))
    fields: dict[str, Field] = {"name": home.name, "village": home.village}
    id_ = "household-of" if home.village else "household-is"
    return [Say(id_, fields, lines, (*_unpriced(turn, home, sums), *_doings(home), BACK))]


def _money(home: Household, sums: Account) -> tuple[Say, Say]:
    fields = find.money_fields(home, sums)
    rest = "household-money-left" if sums.left >= 0 else "household-money-ahead"
    return Say("household-money", fields), Say(rest, fields)


def _answer(stated: tuple[Statement, ...]) -> tuple[Say, ...]:
    if not stated:
        return ()
    last = stated[-1]
    coded = last.words in WRONG
    text: Field = Word(f"statement-wrong-{last.words}") if coded else last.words
    fields: dict[str, Field] = {"when": Moment(last.at), "text": text}
    worded = last.answer == "disputed" and last.words
    return (Say(f"household-statement-{last.answer}{'-words' if worded else ''}", fields),)


def _unpriced(turn: Turn, home: Household, sums: Account) -> tuple[Choice, ...]:
    """The price of what was brought without one, asked where money is shared out."""
    open_ = [p for p, goods in sums.goods.items() if goods.unpriced and turn.product(p)]
    return tuple(_price(turn, home, p) for p in open_[:2])


def _price(turn: Turn, home: Household, product: str) -> Choice:
    known = turn.product(product)
    name = known.name["vi"] if known else product
    return Choice(f"hpr:{home.id}:{product}", "choice-household-price", {"name": name})


def _doings(home: Household) -> tuple[Choice, ...]:
    of = home.id
    return (
        Choice(f"hpm:{of}:pay", "choice-household-pay"),
        Choice(f"hpm:{of}:advance", "choice-household-advance"),
        Choice(f"hn:{of}", "choice-household-in"),
        Choice(f"hst:{of}", "choice-household-statement"),
        Choice(f"hfx:{of}", "choice-household-fix"),
    )


ROUTES: Routes = {
    "ct": for_seller(screen(everyone, views=1), Right.HOUSEHOLDS),
    "hh": for_seller(screen(one, views=1), Right.HOUSEHOLDS),
}
