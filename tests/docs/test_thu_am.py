"""docs/thu-am.md calls things as the chat does, and its commands and numbers are those of the
code.
"""

from __future__ import annotations

import re

from typer.testing import CliRunner

from bot.__main__ import app
from bot.shop.sound import LONGEST_MS
from bot.understand.commands import load_commands
from bot.words.audio_order import ORDER
from bot.words.book import BOOK, read_book
from bot.words.manifest import MANIFEST, audio_dir
from tests.source import ROOT

PAGE = (ROOT / "docs" / "thu-am.md").read_text(encoding="utf-8")
WORDS = read_book(ROOT / "locales" / "vi" / BOOK, "vi")
BUTTONS = [
    "choice-record", "choice-voice-agree", "choice-voice-no-name", "choice-rec-keep",
    "choice-rec-again", "choice-rec-skip", "choice-rec-stop", "choice-rec-names",
    "choice-rec-listen-old",
]  # fmt: skip
SAID = {"thu âm": "record_voice", "thu tên hàng": "record_names", "rút giọng": "withdraw_voice",
        "xoá dữ liệu": "delete_my_data", "dừng nhắc": "stop_reminders"}  # fmt: skip


def test_buttons_are_called_as_in_the_chat() -> None:
    for id in BUTTONS:
        assert f"**{WORDS[id].text}**" in PAGE, id
    for variety in ("white", "flower", "black", "green"):
        assert WORDS[f"choice-dialect-{variety}"].text in PAGE
    assert "Phần 1/2 của câu" in WORDS["rec-where-part"].text.format(part=1, of=2, screen="")


def test_what_is_typed_is_understood() -> None:
    commands = load_commands(ROOT / "intents" / "commands.yml")
    for words, command in SAID.items():
        assert f"**{words}**" in PAGE
        assert commands.read(words) == command


def test_the_numbers_and_files_are_those_of_the_code() -> None:
    assert f"nhiều nhất {LONGEST_MS // 1000} giây" in PAGE
    assert f"locales/{ORDER}" in PAGE
    assert f"locales/{audio_dir(ROOT, 'hmn').relative_to(ROOT)}" in PAGE
    assert MANIFEST in PAGE
    assert "cart-goods" in WORDS


def test_the_commands_exist_with_their_options() -> None:
    typed = re.findall(r"`python -m bot ([^`]+)`", PAGE)
    assert len(typed) >= 4
    for line in typed:
        command, *options = line.split(" --")
        shown = CliRunner().invoke(app, [*command.split(), "--help"], env={"COLUMNS": "200"})
        assert shown.exit_code == 0, line
        for option in options:
            assert f"--{option.split()[0]}" in shown.output, line


def test_it_is_short_enough_to_be_read() -> None:
    assert len(PAGE.splitlines()) <= 60
