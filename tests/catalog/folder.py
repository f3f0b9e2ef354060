"""The repository's own catalogue, and copies of it that a test may break."""

from __future__ import annotations

import os
import shutil
from itertools import count
from pathlib import Path

CATALOG = Path(__file__).resolve().parents[2] / "catalog"

_moments = count(2_000_000_000)


def copy_to(folder: Path) -> Path:
    """A copy of the catalogue in `folder`/catalog."""
    return Path(shutil.copytree(CATALOG, folder / "catalog"))


def edit(path: Path, old: str, new: str) -> int:
    """Replace `old` by `new` once; the line it is on. The file's time moves on for sure."""
    text = path.read_text("utf-8")
    assert text.count(old) >= 1, f"{old!r} not in {path.name}"
    write(path, text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    moment = next(_moments)
    os.utime(path, (moment, moment))
