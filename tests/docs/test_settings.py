"""docs/settings.md lists exactly the settings there are, with their real defaults."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from bot.settings import Settings, read_settings
from tests.source import ROOT

PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([A-Z_]+)` \| (?:`([^`]*)`)? ?\| (.+) \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE)


def test_every_setting_has_its_row_in_the_order_of_the_code() -> None:
    assert [name for name, _, _ in ROWS] == [f.name.upper() for f in fields(Settings)]


@pytest.mark.parametrize(("name", "default", "meaning"), ROWS)
def test_a_row_is_true(name: str, default: str, meaning: str) -> None:
    assert default == str(getattr(Settings(), name.lower()))
    assert len(meaning.split(" / ")) == 2, "Vietnamese first, then English"


def test_a_default_read_back_is_the_default() -> None:
    assert read_settings({name: default for name, default, _ in ROWS}) == Settings()


def test_a_value_that_cannot_be_read_names_its_variable() -> None:
    with pytest.raises(ValueError, match="PORT='many'"):
        read_settings({"PORT": "many"})
