"""The README's table of languages says what `check` counts."""

from __future__ import annotations

import re

from bot.commands.check_languages import lacks, spoken_aloud
from bot.words.book import MASTER
from tests.source import ROOT

LOCALES = ROOT / "locales"


def row(lang: str) -> str:
    found = lacks(LOCALES, lang).counts
    total = found["total"]
    reviewed = "–" if lang == MASTER else f"{found['reviewed']}/{total}"
    heard = f"{found['recorded']}/{found['clips']}"
    return f"| `{lang}` | {found['written']}/{total} | {reviewed} | {heard} |"


def test_the_readme_says_how_far_each_language_is() -> None:
    told = re.findall(r"^\| `[a-z@]+` \|.*$", (ROOT / "README.md").read_text("utf-8"), re.M)
    assert told == [row(lang) for lang in spoken_aloud(LOCALES)]
