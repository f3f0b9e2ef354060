"""The table of places: a choice id leads to one flow only."""

from __future__ import annotations

import importlib
import pkgutil

import bot.talk
from bot.talk.routes import ROUTES

GATHERED = {"bot.talk.routes", "bot.talk.walk"}
"""Where the tables of all others come together."""


def tables() -> dict[str, list[str]]:
    """Every route's name, and the modules that define it."""
    found: dict[str, list[str]] = {}
    for module in pkgutil.walk_packages(bot.talk.__path__, "bot.talk."):
        if module.name not in GATHERED:
            routes = getattr(importlib.import_module(module.name), "ROUTES", {})
            for name in routes:
                found.setdefault(name, []).append(module.name)
    return found


def test_no_route_is_defined_twice() -> None:
    assert {n: m for n, m in tables().items() if len(m) > 1} == {}


def test_every_route_can_be_reached() -> None:
    assert set(tables()) - set(ROUTES) == set()
