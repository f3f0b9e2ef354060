"""The trainers' guide knows every key and word of a product file and quotes the check."""

from __future__ import annotations

import re
from pathlib import Path

from bot.commands.check_catalogue import faults
from bot.stores.catalogue_schema import BASES, CLASSES, ProductYaml
from tests.catalog.folder import copy_to, edit

GUIDE = (Path(__file__).parents[2] / "docs" / "nguoi-viet-hang.md").read_text("utf-8")


def test_the_table_has_each_key_once() -> None:
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", GUIDE, re.MULTILINE)
    keys = [key for row in rows for key in re.findall(r"\w+", row)]
    assert sorted(keys) == sorted(ProductYaml.__struct_fields__)


def test_every_word_to_choose_from_is_explained() -> None:
    assert [word for word in (*CLASSES, *BASES) if f"`{word}`" not in GUIDE] == []


def test_the_quoted_fault_is_what_the_check_says(tmp_path: Path) -> None:
    folder = copy_to(tmp_path)
    edit(folder / "products/sam-dat.yaml", "unit: kg", "untt: kg")
    [said] = [str(fault) for fault in faults(folder) if not fault.warning]
    quoted = re.search(r"^> (catalog/.*)$", GUIDE, re.MULTILINE)
    assert quoted
    first, last = quoted[1].split(" … ")
    assert said.startswith(first)
    assert said.endswith(last)
