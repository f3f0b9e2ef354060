"""What docs/privacy.md promises about tables, times and logs."""

from __future__ import annotations

import re
import subprocess
import sys

from bot.shop.rules import Rules
from bot.stores import media, redis_scripts
from bot.stores.sql import tables_live, tables_shop, tables_sound
from bot.usecases import comments
from bot.web.cookies import PROFILES, YEAR
from tests.source import ROOT

PAGE = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
NOT_ABOUT_PEOPLE = {
    "lots", "prices", "stock_moves", "order_lines", "takes", "platform_media", "revision",
    "clips_wanted",
}  # fmt: skip
DAY = 24 * 3600


def row(about: str) -> str:
    [found] = [line for line in PAGE.splitlines() if line.startswith("|") and about in line]
    return found


def test_every_table_about_people_is_told() -> None:
    told = set(re.findall(r"SQL `([a-z_]+)`", PAGE))
    assert tables_live.metadata is tables_shop.metadata is tables_sound.metadata
    assert told == set(tables_shop.metadata.tables) - NOT_ABOUT_PEOPLE


def test_comments_and_guests_are_kept_as_long_as_it_says() -> None:
    assert f"| {comments.KEEP_COMMENTS // DAY} days" in row("SQL `comments`")
    assert f"name {comments.KEEP_COMMENTS // DAY} days" in row("SQL `claims`")
    assert f"| {comments.KEEP_GUESTS // DAY} days" in row("SQL `guests`")


def test_every_kind_of_redis_key_is_told() -> None:
    keys = set(re.findall(r"^    ([a-z]+):\{", redis_scripts.__doc__ or "", re.MULTILINE))
    told = set(re.findall(r"Redis `([a-z]+):`", PAGE))
    of_a_turn = {"answers", "lock", "turn", "lines"}  # numbers and names of events, no words
    assert keys - of_a_turn == told


def test_the_times_are_those_of_the_code() -> None:
    assert f"| {redis_scripts.KEEP_SESSION // DAY} days" in row("`session:`")
    assert f"| {redis_scripts.KEEP_ANSWER // 3600} hours" in row("`answer:`")
    assert f"| {redis_scripts.KEEP_STREAM // DAY} days" in row("`stream:`")
    assert f"last {redis_scripts.STREAM_LINES} messages" in row("`stream:`")
    assert f"| {media.KEEP_SECONDS // DAY} days" in row("SQL `media`")
    assert f"{Rules().link_seconds // DAY} and {Rules().return_link_seconds // DAY}" in row(
        "links"
    )
    assert YEAR == 365 * DAY
    assert all(f"`{name}`" in row("cookies") for name in PROFILES)


def test_the_log_of_a_live_is_kept_and_why_is_told() -> None:
    told = row("SQL `live_notes`")
    assert "| kept: the e-commerce law (122/2025/QH15" in told
    assert "names nobody" in told


def test_an_error_in_the_log_shows_no_local_variables() -> None:
    script = """
import structlog
from bot.__main__ import settings_or_exit
settings_or_exit()
def turn():
    phone = "09" + "12345678"
    raise KeyError("product")
try:
    turn()
except KeyError:
    structlog.get_logger().exception("turn-failed")
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "turn-failed" in done.stderr
    assert "KeyError" in done.stderr
    assert "0912345678" not in done.stderr
