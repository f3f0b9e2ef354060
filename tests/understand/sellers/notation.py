"""Short forms of what the readers return, as the tables beside this file spell it."""

from __future__ import annotations

import csv
from pathlib import Path

from bot.understand.pieces import Measure, Price
from bot.understand.sellers.said import (
    BalanceAsked,
    Brought,
    Corrected,
    GivenBack,
    HouseholdMoney,
    HouseholdPaid,
    NewGoods,
    PriceSaid,
)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table."""
    with (Path(__file__).with_name(name)).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measure(one: Measure | None) -> str:
    """`1000g`, `250ml`, `6quả`, `10`; `-` for none."""
    return f"{one.n}{one.word or (one.base if one.base != 'piece' else '')}" if one else "-"


def _words(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _ids(products: tuple[str, ...]) -> str:
    return "+".join(sorted(products)) or "-"


def price(said: PriceSaid) -> str:
    """`products vnd /per >at_least [pack] up|down|+n%|-n% ~bare ?why`."""
    percent = {"percent_up": f"+{said.percent}%", "percent_down": f"-{said.percent}%"}
    return _words(
        _ids(said.products),
        percent.get(said.relative) or str(said.vnd),
        f"/{measure(said.per)}" if said.per else "",
        f">{measure(said.at_least)}" if said.at_least else "",
        f"[{measure(said.pack)}]" if said.pack else "",
        said.relative if said.relative in ("up", "down") else "",
        "~" if said.bare else "",
        said.why and f"?{said.why}",
    )


def _cost(cost: Price | None, *, bare: bool) -> str:
    if cost is None:
        return ""
    return f"@{cost.vnd}{'/' + measure(cost.per) if cost.per else ''}{'~' if bare else ''}"


def line(said: Brought) -> str:
    """`products measure household @cost/per ?why`."""
    cost = _cost(said.cost, bare=said.cost_bare)
    why = said.why and f"?{said.why}"
    return _words(_ids(said.products), measure(said.measure), said.household or "-", cost, why)


def money(said: HouseholdMoney) -> str:
    """`pay|advance|owed|sold|all|back|correct household …`."""
    if isinstance(said, HouseholdPaid):
        vnd = str(said.vnd) if said.vnd else "all" if said.settled else "-"
        return _words(said.kind, said.household or "-", vnd, "~" if said.bare else "")
    if isinstance(said, BalanceAsked):
        return _words(said.kind, said.household)
    if isinstance(said, GivenBack):
        return _words("back", said.household or "-", _ids(said.products), measure(said.measure))
    return _corrected(said)


def _corrected(said: Corrected) -> str:
    reason = said.reason and f"({said.reason})"
    vnd = str(said.vnd) if said.vnd else "-"
    amount = measure(said.measure)
    return _words("correct", said.household or "-", _ids(said.products), amount, vnd, reason)


def goods(said: NewGoods) -> str:
    """`name | vnd/per ~ | packs | amount | unit`."""
    price = f"{said.vnd}{'/' + measure(said.per) if said.per else ''}" if said.vnd else "-"
    packs = " ".join(f"{measure(p.amount)}={p.vnd}" for p in said.packs) or "-"
    bare = "~" if said.bare else ""
    return " | ".join(
        (said.name or "-", price + bare, packs, measure(said.amount), said.unit or "-")
    )
