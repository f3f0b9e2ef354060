"""Arrows point inward: what a part of the house may import, and who may know which library."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.source import BOT, Import, dotted, files, imports, third_party, tree

BORDERS = {
    "talk.heard",
    "talk.ports",
    "words.spoken",
    "usecases.ports",
    "usecases.ports_live",
    "usecases.ports_media",
    "usecases.ports_outbox",
    "usecases.ports_sellers",
    "usecases.ports_sound",
    "channels.base",
}
"""Modules of values and Protocols only: what crosses a border, what one side asks of the other.
`test_borders_hold_only_values` sees to it that nothing else moves in.
"""

ARROWS: dict[str, set[str]] = {
    "settings": set(),
    "shop": set(),
    "usecases": {"shop"},
    "mong": set(),
    "understand": {"shop", "mong"},
    "talk": {"shop", "usecases", "understand"},
    "words": {"shop", "mong"},
    "channels": {"shop"},
    "stores": {"shop"},
    "payments": {"shop"},
    "pictures": {"shop"},
    "workers": {"shop", "usecases"},
    "web": {"shop"},
}
"""What each part may import beside itself, the borders below, and the exceptions below."""

SEES_BORDERS: dict[str, set[str]] = {
    "talk": {"words.spoken"},
    "channels": {"talk.heard", "talk.ports", "words.spoken", "usecases.ports"},
    "stores": {"usecases.ports", "usecases.ports_outbox"},
    "pictures": {"usecases.ports"},
    "workers": {"talk.ports", "usecases.ports", "channels.base"},
    "web": BORDERS,
}

EXCEPTIONS: dict[tuple[str, str], str] = {
    ("stores.redis", "talk.ports"): "keeps the Sessions Protocol, which the desk owns",
    ("stores.redis_listen", "talk.ports"): "the listening half of Sessions",
    ("stores.redis_pipe", "talk.ports"): "raises its StoreDown",
    ("stores.redis_pace", "talk.ports"): "catches its StoreDown",
    ("stores.redis_pace", "channels.pace"): "keeps the Pace Protocol; a LocalPace while alone",
    ("stores.memory", "talk.ports"): "Sessions without a Redis, for tests",
    ("web.app", "settings"): "PUBLIC_URL and the folders of the pages",
    ("web.chat", "channels.web.parse"): "the page is the web channel's other half",
    ("web.chat", "channels.web.render"): "the page is the web channel's other half",
    ("web.stream", "channels.web.render"): "the page is the web channel's other half",
}

OUTERMOST = {
    "app",
    "truth",
    "reading",
    "studio",
    "sounds",
    "voices",
    "transcriber",
    "commands",
    "__main__",
}
"""Where concrete parts meet. `app` builds the shop; commands start it, look at it or stop it."""

OWNERS: dict[str, set[str]] = {
    "aiogram": {"channels.telegram.listen", "commands.bench_echo"},
    "telegram": {"channels.telegram.speak"},
    "pywebpush": {"channels.web.push"},
    "py_vapid": {"channels.web.push"},
    "cryptography": {"stores.push_keys"},
    "redis": {"app", "commands", "stores"},
    "sqlalchemy": {"commands", "stores"},
    "alembic": {"stores.sql"},
    "requests": {"commands"},
    "segno": {"payments", "pictures", "commands"},
    "babel": {"words", "commands", "stores.catalogue_faults"},
    "sklearn": {"understand.training"},
    "numpy": {"understand.training"},
    "scipy": {"understand.training"},
    "PIL": {"pictures", "commands.draw_pictures", "commands.drawing"},
    "av": {"pictures"},
    "font_roboto": {"pictures"},
    "rasa": set(),
}
"""Who may load a library; nobody else, so that it can be replaced in one place."""

SHOP_LIBRARIES = {"lunar_vn", "stdnum", "msgspec"}
"""Pure arithmetic and values: the lunar calendar, check characters, structs."""


def within(module: str, parts: set[str]) -> bool:
    return any(module == part or module.startswith(f"{part}.") for part in parts)


def name_of(path: Path) -> str:
    return dotted(path).removeprefix("bot.")


def house() -> list[tuple[str, Import]]:
    """Every import of our own modules, as (who, what)."""
    return [(name_of(p), i) for p in files() for i in imports(p) if i.top == "bot"]


def target(found: Import) -> str:
    return found.module.removeprefix("bot.")


def broken(who: str, found: Import) -> bool:
    part = who.partition(".")[0]
    if part in OUTERMOST or part == "bot":
        return False
    allowed = {part} | ARROWS[part] | SEES_BORDERS.get(part, set())
    return not within(target(found), allowed) and (who, target(found)) not in EXCEPTIONS


def test_every_part_of_the_house_has_its_arrows() -> None:
    parts = {name_of(p).partition(".")[0] for p in files()} - OUTERMOST - {"bot"}
    assert parts == set(ARROWS)


def test_arrows_point_inward() -> None:
    assert [str(found) for who, found in house() if broken(who, found)] == []


def test_every_exception_is_still_needed() -> None:
    used = {(who, target(found)) for who, found in house()}
    assert set(EXCEPTIONS) - used == set()


def test_a_broken_arrow_is_seen() -> None:
    for who, what in (
        ("shop.order", "usecases.orders"),
        ("usecases.orders", "stores.sql.ledger"),
        ("talk.desk", "words.speak"),
        ("talk.desk", "channels.base"),
        ("words.speak", "talk.desk"),
        ("channels.web.channel", "talk.desk"),
        ("stores.redis_server", "talk.ports"),
        ("workers.outbox", "talk.desk"),
        ("web.chat", "app"),
    ):
        assert broken(who, Import("", 0, f"bot.{what}")), f"{who} → {what}"


def test_nobody_imports_the_outermost_ring() -> None:
    inner = [(who, f) for who, f in house() if who.partition(".")[0] not in OUTERMOST]
    assert [str(f) for _, f in inner if target(f).partition(".")[0] in OUTERMOST] == []
    assert [str(f) for _, f in house() if target(f) == "__main__"] == []


def test_a_channel_does_not_know_another() -> None:
    for who, found in house():
        parts = who.split(".")
        if parts[0] == "channels" and len(parts) > 2 and target(found).startswith("channels."):
            own = {f"channels.{parts[1]}", "channels.base", "channels.pace"}
            assert within(target(found), own), str(found)


@pytest.mark.parametrize("border", sorted(BORDERS))
def test_borders_hold_only_values(border: str) -> None:
    path = BOT.joinpath(*border.split(".")).with_suffix(".py")
    ours = {target(i) for i in imports(path) if i.top == "bot"}
    assert {m for m in ours if not within(m, {"shop"} | BORDERS)} == set()
    assert {i.top for i in third_party(path)} <= {"msgspec"}
    allowed = (ast.ClassDef, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.Expr)
    assert [ast.unparse(n) for n in tree(path).body if not isinstance(n, allowed)] == []


@pytest.mark.parametrize("library", sorted(OWNERS))
def test_a_library_stays_with_its_owner(library: str) -> None:
    strangers = [
        str(found)
        for path in files()
        for found in third_party(path)
        if found.top == library and found.at_run_time
        if not within(name_of(path), OWNERS[library])
    ]
    assert not strangers, "\n".join(strangers)


SHOP = sorted((BOT / "shop").glob("*.py"))
MOVING = {"time", "random", "secrets", "asyncio", "os", "pathlib", "socket", "threading"}
CLOCKS = {"now", "today", "utcnow"}


@pytest.mark.parametrize("path", SHOP, ids=lambda p: p.stem)
def test_the_shop_is_pure(path: Path) -> None:
    """No I/O, no async, no clock, no randomness: what time it is is handed in."""
    assert {i.top for i in third_party(path)} <= SHOP_LIBRARIES
    assert [str(i) for i in imports(path) if i.top in MOVING] == []
    waits = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    assert [n.lineno for n in ast.walk(tree(path)) if isinstance(n, waits)] == []
    calls = [n.func for n in ast.walk(tree(path)) if isinstance(n, ast.Call)]
    clocks = [c for c in calls if isinstance(c, ast.Attribute) and c.attr in CLOCKS]
    assert [ast.unparse(c) for c in clocks] == []
