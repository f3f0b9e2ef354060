"""Which household of hers is meant, as buttons where it is not clear; and its account in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.shop.household import Account, Goods, Household, account_of
from bot.shop.product import Product
from bot.shop.roles import Right
from bot.shop.says import Amount, Choice, Field, Many, Money, Say
from bot.talk.turn import BACK, Turn
from bot.understand.sellers.match import Matched, match_household
from bot.usecases import households

A_PAGE = 6
MOST_GOODS = 6
"""Goods shown of one household at once; the sums are of all."""
LAST = "household"
"""Where the session's form keeps whose account was dealt with last."""


async def all_hers(turn: Turn) -> tuple[Household, ...]:
    seller = turn.session.seller
    return await turn.shop.records.read(lambda b: b.households_of(seller))


async def one_of_hers(turn: Turn, household: str) -> Household:
    """Raises NoSuchHousehold, NotSeller."""
    who = await turn.who()
    found = await turn.shop.records.read(
        lambda b: households.hers(b, household, who, Right.HOUSEHOLDS)
    )
    turn.session.form[LAST] = found.id
    return found


async def account(turn: Turn, household: str) -> Account:
    return await turn.shop.records.read(lambda b: households.account(b, household))


async def accounts(turn: Turn) -> list[tuple[Household, Account]]:
    """Hers, those still owed most first."""
    seller = turn.session.seller
    found = await turn.shop.records.read(
        lambda b: [
            (h, account_of(b.lots_of(h.id), b.paid_to(h.id))) for h in b.households_of(seller)
        ]
    )
    return sorted(found, key=lambda pair: (-pair[1].left, pair[0].name, pair[0].id))


async def named(turn: Turn, called: str) -> Matched:
    """Whom of hers a name means; empty names mean nobody."""
    return match_household(called, await all_hers(turn))


def which(called: str, found: Matched, route: str, *, new: bool = True) -> Say:
    """Ask which: those that are called so; else a new one of this name, or the nearest."""
    likely = found.fits or found.near
    fresh = (Choice(f"{route}:new", "choice-household-new", {"name": called}),) if new else ()
    homes = tuple(choice(h, route, likely) for h in likely[:A_PAGE])
    all_ = Choice("ct" if route == "hh" else f"{route}:all", "choice-households-all")
    choices = (*homes, *fresh) if found.fits else (*fresh, *homes)
    id_ = "household-which-of" if found.fits else "household-not-known"
    return Say(id_, {"text": called[:60]}, choices=(*choices, all_, BACK))


def all_choices(
    known: Sequence[Household], route: str, page: int, *, new: bool = True
) -> tuple[Choice, ...]:
    """A page of all, with the next one, a new one, and back."""
    start = page * A_PAGE
    shown = [choice(h, route, known) for h in known[start : start + A_PAGE]]
    if start + A_PAGE < len(known):
        shown.append(Choice(f"{route}:all:{page + 1}", "choice-more"))
    fresh = (Choice(f"{route}:new", "choice-household-another"),) if new else ()
    return (*shown, *fresh, BACK)


def choice(home: Household, route: str, among: Iterable[Household]) -> Choice:
    """By name; with the village where another has the same name."""
    twins = [h for h in among if h.name == home.name]
    if len(twins) > 1 and home.village:
        fields: dict[str, Field] = {"name": home.name, "village": home.village}
        return Choice(f"{route}:{home.id}", "choice-household-village", fields)
    return Choice(f"{route}:{home.id}", "choice-household", {"name": home.name})


def money_fields(home: Household, sums: Account) -> dict[str, Field]:
    return {
        "name": home.name,
        "owed": Money(sums.owed),
        "advanced": Money(sums.advanced),
        "paid": Money(sums.paid),
        "left": Money(sums.left),
        "ahead": Money(-sums.left),
    }


def so_much(product: Product | None, n: int) -> Field:
    """An amount as the product is counted; none is 0 of anything."""
    return product.amount(n) if product and n else n


def totals(turn: Turn, sums: Account, figure: str) -> Many:
    """All goods of a household together, kilos with kilos and pieces with pieces."""
    found: dict[tuple[str, str], Amount] = {}
    for product, goods in sums.goods.items():
        known, n = turn.product(product), getattr(goods, figure)
        one = known.amount(n) if known else Amount(n, "g")
        key = (one.base, one.unit)
        if n:
            found[key] = Amount(n + (found[key].n if key in found else 0), one.base, one.unit)
    return Many(tuple(found.values()) or (0,))


def goods_lines(turn: Turn, sums: Account) -> tuple[Say, ...]:
    """A line for each product: brought, sold, and what spoiled or went back; what earned most
    first.
    """
    return tuple(
        Say(f"household-goods{kind_of(goods)}", goods_fields(turn.product(p), p, goods))
        for p, goods in by_money(sums)[:MOST_GOODS]
    )


def by_money(sums: Account) -> list[tuple[str, Goods]]:
    """The goods that earned most first; without those whose only lots were taken back."""
    real = [(p, goods) for p, goods in sums.goods.items() if goods != Goods()]
    return sorted(real, key=lambda pair: -pair[1].owed)


def kind_of(goods: Goods) -> str:
    """What a line about goods must tell beside brought and sold: the end of its message's id."""
    if goods.unpriced:
        return "-unpriced"
    return "-lost" if goods.spoiled or goods.returned else ""


def goods_fields(known: Product | None, product: str, goods: Goods) -> dict[str, Field]:
    return {
        "name": known.name["vi"] if known else product,
        "brought": so_much(known, goods.brought + goods.counted),
        "sold": so_much(known, goods.sold),
        "money": Money(goods.owed),
        "spoiled": so_much(known, goods.spoiled),
        "returned": so_much(known, goods.returned),
    }
