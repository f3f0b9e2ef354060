"""The table of roles is the one of the code."""

from __future__ import annotations

import re

from bot.shop.roles import RIGHTS_OF, Right
from bot.understand.commands import load_commands
from bot.usecases.inviting import CODE_MINUTES
from bot.words.book import BOOK, read_book
from tests.source import ROOT

PAGE = (ROOT / "docs" / "vai-tro.md").read_text(encoding="utf-8")
WORDS = read_book(ROOT / "locales" / "vi" / BOOK, "vi")
ROLES = ("owner", "seller", "helper")


def test_every_right_of_every_role_is_in_the_table() -> None:
    told = {
        cells[0]: cells[1:]
        for line in PAGE.splitlines()
        if line.startswith("| ") and len(cells := re.split(r" *\| *", line.strip("| "))) == 4
    }
    assert told.pop("việc") == [WORDS[f"role-{role}"].text for role in ROLES]
    assert told == {
        WORDS[f"right-{right.name}".lower()].text: [
            "✔" if right in RIGHTS_OF[role] else "–" for role in ROLES
        ]
        for right in Right
    }


def test_times_and_commands_are_those_of_the_code() -> None:
    commands = load_commands(ROOT / "intents" / "commands.yml")
    named = re.findall(r"`(/[a-z]+)", PAGE)
    assert named
    assert [name for name in named if commands.slash(name) is None] == []
    assert f"trong {CODE_MINUTES} phút" in PAGE
