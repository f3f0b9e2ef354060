"""Every guarded route × every role: who may use it. And: no seller's route without a right."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from structlog.testing import capture_logs

import bot.talk
from bot.shop.roles import SELLER, Grant, Right
from bot.talk.routes import ROUTES
from bot.talk.turn import Route
from bot.talk.walk import ARGUMENTS
from bot.usecases import people, rights
from tests.conversations.stage import LAI_CHAU, SON_LA, Stage, open_stage

MINE = "nguoi-ban-lai-chau"
GUARDED = {name: r for name, r in ROUTES.items() if r.seller or r.owner or r.trainer}
NEEDS_NO_RIGHT = {"sell", "undo", "not-yet", "chu", "lk", "lks", "lkp", "lkl"}
"""Doors, and what asks for the right of what it takes back."""

OF_A_PRODUCT = {"kp", "gp"}
"""Screens that refuse goods of somebody else, and so need some of hers."""

REFUSED = {"problem-not-seller", "problem-not-allowed", "problem-not-trainer", "act-for-first"}


FOREIGN = [
    "kp:mac-khen", "kp:mac-khen:add", "kc:mac-khen", "gp:mac-khen", "gy:mac-khen:x:1:x",
    "npm:mac-khen", "so:{code}", "so:{code}:confirm", "so:{code}:refuse:other", "pd:{code}",
    "pd:{code}:1000:x", "pf:{code}", "mv:confirm:{code}:yes", "bl:{code}:yes",
]  # fmt: skip
"""Buttons of another seller's product and order."""


def _is_sellers(route: Route, held: Right) -> bool:
    return route.seller and route.right in held


@dataclass(frozen=True)
class Role:
    """person: her name for a right. may: whether she may use a route."""

    person: Callable[[Right], str]
    may: Callable[[Route], bool]


ROLES: dict[str, Role] = {
    "customer": Role(lambda _: "an", lambda _: False),
    "trainer": Role(lambda _: "co-giao", lambda r: r.trainer),
    "seller": Role(lambda _: LAI_CHAU, lambda r: _is_sellers(r, SELLER)),
    "seller of other goods": Role(lambda _: SON_LA, lambda r: _is_sellers(r, SELLER)),
    "helper with just this right": Role(
        lambda right: f"just-{int(right)}", lambda r: _is_sellers(r, r.right)
    ),
    "helper with all but this right": Role(
        lambda right: f"but-{int(right)}", lambda r: r.seller and not r.right
    ),
    "owner who acts for a seller": Role(lambda _: "chu-thay", lambda r: r.seller or r.owner),
    "owner": Role(lambda _: "owner", lambda r: r.owner),
}


def test_every_sellers_route_names_the_right_it_needs() -> None:
    bare = {name for name, r in GUARDED.items() if (r.seller or r.owner) and not r.right}
    assert bare == NEEDS_NO_RIGHT


def test_no_two_screens_have_the_same_name() -> None:
    seen: dict[str, Route] = {}
    for found in pkgutil.walk_packages(bot.talk.__path__, "bot.talk."):
        if found.name == "bot.talk.routes":
            continue
        for name, route in getattr(importlib.import_module(found.name), "ROUTES", {}).items():
            if found.name != "bot.talk.walk":
                assert seen.setdefault(name, route) is route, name


async def _seat_everyone(stage: Stage) -> None:
    now = stage.parts.now()
    needed = {r.right for r in GUARDED.values()}
    helpers = {f"just-{int(r)}": r or Right.LIVE for r in needed}
    helpers |= {f"but-{int(r)}": SELLER & ~r for r in needed}
    given = [
        Grant(f"rehearse:{p}", MINE, "helper", int(r), "shop", now) for p, r in helpers.items()
    ]

    def seat(books: rights.Books) -> None:
        for grant in given:
            rights.seat(books, grant, now)
        rights.sit(books, "rehearse:chu-thay", "*", now)
        people.make_trainer_link(books, stage.parts.hashed("token-of-a-trainer"), now + 60)

    await stage.parts.ledger.put(seat)
    await stage.tap("co-giao", "bind:token-of-a-trainer")


@pytest.mark.parametrize("role", ROLES)
async def test_who_may_use_each_route(tmp_path: Path, role: str) -> None:
    acts, wrong = ROLES[role], {}
    async with open_stage(tmp_path / "var") as stage:
        await _seat_everyone(stage)
        for name, route in GUARDED.items():
            person = acts.person(route.right)
            if person == "chu-thay":
                await stage.tap(person, f"af:{MINE}")
            with capture_logs():  # an odd button is logged with its whole traceback
                got = await _pressed(stage, person, name)
            allowed = not REFUSED & set(got)
            if allowed != acts.may(route) or "sorry-try-again" in got:
                wrong[name] = got
    assert wrong == {}


async def _pressed(stage: Stage, person: str, name: str) -> list[str]:
    """What she is answered to a button of this route, with something odd behind it."""
    hers = "mac-khen" if person == SON_LA else "sam-dat"
    what = hers if name in OF_A_PRODUCT else "x"
    choice = ":".join([name, *[what] * ARGUMENTS[name].start])
    return [m["id"] for m in await stage.play(person=person, tap=choice) if m["to"] == person]


@pytest.mark.parametrize("person", [LAI_CHAU, "just-1", "just-2", "just-4", "just-32", "just-64"])
async def test_another_sellers_goods_and_orders_stay_as_they_are(
    tmp_path: Path, person: str
) -> None:
    async with open_stage(tmp_path / "var") as stage:
        await _seat_everyone(stage)
        code = await stage.buy("an", "mac-khen", "500g")
        before = [await stage.parts.records.rows(t) for t in TRUTH]
        for choice in FOREIGN:
            with capture_logs():
                got = await stage.play(person=person, tap=choice.format(code=code))
            answered = [m["id"] for m in got if m["to"] == person]
            assert answered[0] in REFUSED | FOREIGN_SAID, (choice, answered)
        assert [await stage.parts.records.rows(t) for t in TRUTH] == before


TRUTH = ("lots", "prices", "orders", "payments", "blocks", "stock_moves", "changes")
FOREIGN_SAID = {"problem-not-your-order", "old-menu", "stock-no-such", "problem-not-on-shelf"}
