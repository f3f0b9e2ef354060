"""What the trainers' page says is so: buttons, marks, times, and its example is read."""

from __future__ import annotations

import re
from pathlib import Path

from bot.shop.unread import KEEP_DROPPED_SECONDS
from bot.understand.commands import load_commands
from bot.understand.intents_file import read_examples
from bot.understand.intents_folder import FEWEST
from bot.understand.scrub import LONGEST, MARKS
from bot.words.book import BOOK, read_book
from tests.source import ROOT

PAGE = (ROOT / "docs" / "cho-nguoi-day-viec.md").read_text(encoding="utf-8")
DAY = 24 * 3600
BUTTONS = {
    "Đúng, mở phần dạy", "Ý khác", "Là tên hàng", "Bỏ qua", "Hoàn tác câu vừa rồi",
    "Cho shop giữ câu này để học",
}  # fmt: skip


def test_buttons_and_the_source_are_called_as_in_the_chat() -> None:
    words = read_book(ROOT / "locales" / "vi" / BOOK, "vi")
    assert {e.text for id, e in words.items() if id.startswith("choice-")} >= BUTTONS
    assert set(re.findall(r"\*\*([^*]+)\*\*", PAGE)) >= BUTTONS
    source = words["export-source-customer"].text.replace("{month}", "2026-11")
    assert f"# {source}" in PAGE


def test_the_commands_are_known() -> None:
    commands = load_commands(ROOT / "intents" / "commands.yml")
    assert commands.read("câu chưa hiểu") == "unread_sentences"
    assert "**câu chưa hiểu**" in PAGE
    slash = commands.slash("/cauchuahieu")
    assert slash is not None
    assert slash.command == "unread_sentences"


def test_every_mark_and_number_is_that_of_the_code() -> None:
    assert set(re.findall(r"`(x[a-z]+)`", PAGE)) == MARKS
    assert f"dài hơn {LONGEST} chữ cái" in PAGE
    assert f"xoá sau {KEEP_DROPPED_SECONDS // DAY} ngày" in PAGE
    assert f"ít nhất {FEWEST} câu" in PAGE


def test_the_example_is_read(tmp_path: Path) -> None:
    [block] = re.findall(r"^```\n(  - intent.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    path = tmp_path / "vi.yml"
    path.write_text(f'version: "3.1"\nnlu:\n{block}', encoding="utf-8")
    examples, faults = read_examples([path])
    assert faults == []
    assert [e.intent for e in examples] == ["ask_price", "ask_price"]


def test_it_is_short_enough_to_be_read() -> None:
    assert len(PAGE.splitlines()) <= 60
