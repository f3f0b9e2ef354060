"""The board's page: one HTML with style, script and words inside, for who looks and who helps."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from bot.web.page import MASTER, Page, filled, flat, packed, policy_for, source, words_of

Shown = Literal["view", "help", "gone"]
SHOWN: Final[tuple[Shown, ...]] = ("view", "help", "gone")
"""gone: the link opens nothing (any more)."""
FOLDER: Final = "board"
MODULES: Final = ("words.js", "view.js", "main.js")


def read_board_pages(locales: Path) -> dict[Shown, Page]:
    """In Vietnamese, which sellers and helpers read.

    Raises FileNotFoundError or ValueError if the words are missing or broken.
    """
    words = words_of(locales / MASTER / "board.json")
    return {shown: _assemble(shown, words) for shown in SHOWN}


def _assemble(shown: Shown, words: Mapping[str, str]) -> Page:
    style = source(f"{FOLDER}/style.css")
    script = "".join(flat(source(f"{FOLDER}/{name}")) for name in MODULES)
    data = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    parts = {"role": shown, "style": style, "script": script, "words": data}
    parts |= {f"w-{key}": html.escape(word) for key, word in words.items()}
    return packed(filled(source(f"{FOLDER}/index.html"), parts), policy_for(style, script))
