"""What the sellers' page names is really there: buttons, commands, and its examples work."""

from __future__ import annotations

import re
from pathlib import Path

from bot.understand.commands import load_commands
from bot.words.book import BOOK, read_book
from tests.docs.test_rehearse import play
from tests.source import ROOT

PAGE = (ROOT / "docs" / "cho-nguoi-ban.md").read_text(encoding="utf-8")
BUTTONS = {
    "Đúng, mở gian hàng", "Nhận đơn", "Không nhận được", "Gói xong", "Đã gửi đi",
    "Khách nhận rồi", "Gọi khách", "Trả lời", "Trả lời giá", "Không bớt được",
    "Trả lời bằng lời", "Lên kệ", "Duyệt", "Bỏ qua", "Nghỉ bán",
}  # fmt: skip


def test_buttons_are_called_as_in_the_chat() -> None:
    words = read_book(ROOT / "locales" / "vi" / BOOK, "vi")
    titles = {e.text for id, e in words.items() if id.startswith("choice-")}
    assert titles >= BUTTONS
    assert set(re.findall(r"\*\*([^*]+)\*\*", PAGE)) >= BUTTONS


def test_commands_are_known() -> None:
    commands = load_commands(ROOT / "intents" / "commands.yml")
    named = re.findall(r"(/[a-z]+)", PAGE)
    assert named
    assert [name for name in named if commands.slash(name) is None] == []


def test_the_stock_examples_do_what_they_say(tmp_path: Path) -> None:
    [block] = re.findall(r"^```\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    said = [
        f'{{"person":"seller:nguoi-ban-son-la","text":"{line}"}}' for line in block.splitlines()
    ]
    out = play(["--now", "2026-10-15T09:00"], [*said, '{"show":"stock"}'])
    answers = [x["id"] for x in out if "id" in x]
    assert answers == ["stock-set", "stock-set", "stock-set-none"]
    left = {row["product"]: row["free"] for x in out for row in x.get("rows", ())}
    assert (left["mac-khen"], left["hat-doi"]) == (0, 3000)
