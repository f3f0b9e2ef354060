"""A live as a calendar file, read by a strict reader."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.calendar import Entry, calendar, folded
from bot.shop.live import Live
from tests.shop.ics import Component, parse

NOW = 1_795_312_800
EIGHT = 1_795_438_800  # 2026-11-23 13:00 UTC
LIVE = Live("k7m2p9q4xz", "nguoi-ban", EIGHT, "planned", "web:x", NOW)
LINK = "https://cho.example.vn/p/l-k7m2p9q4xz"


def read(live: Live = LIVE, title: str = "Live", about: str = "Na", link: str = LINK) -> Component:
    return parse(calendar(Entry(live, title, about, link), NOW))


def test_when_and_what() -> None:
    event = read(title="🔴 Sùng Thị Mỷ live bán hàng", about=f"Có na. Xem ở đây: {LINK}").one(
        "VEVENT"
    )
    assert event.properties["DTSTART"] == "20261123T130000Z"
    assert event.properties["DTEND"] == "20261123T150000Z"
    assert event.properties["DTSTAMP"].endswith("Z")
    assert event.properties["STATUS"] == "CONFIRMED"
    assert event.properties["URL"] == LINK
    assert event.text("SUMMARY") == "🔴 Sùng Thị Mỷ live bán hàng"
    assert event.text("DESCRIPTION") == f"Có na. Xem ở đây: {LINK}"


def test_the_phone_rings_a_quarter_of_an_hour_before() -> None:
    alarm = read(title="Live").one("VEVENT").one("VALARM")
    assert alarm.properties == {
        "ACTION": "DISPLAY", "TRIGGER": "-PT15M", "DESCRIPTION": "Live",
    }  # fmt: skip


def test_a_move_is_a_newer_version_of_the_same_entry() -> None:
    first = read().one("VEVENT").properties
    later = read(replace(LIVE, starts_at=EIGHT + 3600, moved=1)).one("VEVENT").properties
    assert first["UID"] == later["UID"]
    assert (first["SEQUENCE"], later["SEQUENCE"]) == ("0", "1")
    assert later["DTSTART"] == "20261123T140000Z"


def test_a_live_called_off_rings_no_more() -> None:
    event = read(replace(LIVE, state="cancelled", moved=1)).one("VEVENT")
    assert (event.properties["STATUS"], event.properties["SEQUENCE"]) == ("CANCELLED", "2")
    assert event.parts == []


def test_a_long_live_ends_when_it_ended() -> None:
    over = replace(LIVE, state="over", started_at=EIGHT, ended_at=EIGHT + 3 * 3600)
    assert read(over).one("VEVENT").properties["DTEND"] == "20261123T160000Z"
    early = replace(LIVE, state="over", started_at=NOW, ended_at=NOW + 60)
    assert read(early).one("VEVENT").properties["DTEND"] == "20261123T150000Z"


def test_the_whole_is_a_calendar_of_version_2() -> None:
    whole = read()
    assert whole.properties["VERSION"] == "2.0"
    assert whole.properties["METHOD"] == "PUBLISH"
    assert whole.properties["PRODID"]
    assert [part.name for part in whole.parts] == ["VEVENT"]


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_words_come_through(title: str, about: str) -> None:
    event = read(title=title, about=about).one("VEVENT")
    kept = "".join(c for c in title.replace("\r\n", "\n") if c == "\n" or c.isprintable())
    assert event.text("SUMMARY") == kept
    assert "END" not in event.properties


def test_nobody_writes_lines_of_her_own() -> None:
    event = read(about="x\r\nEND:VEVENT\r\nATTACH:http://evil.example").one("VEVENT")
    assert "ATTACH" not in event.properties
    assert event.text("DESCRIPTION") == "x\nEND:VEVENT\nATTACH:http://evil.example"


@pytest.mark.parametrize("letters", ["a" * 75, "a" * 76, "ắ" * 60, "🔴" * 40, "x" + "🔴" * 40])
def test_lines_are_cut_between_letters(letters: str) -> None:
    parts = list(folded(letters))
    assert all(len(p.encode()) <= 75 for p in parts)
    assert parts[0] + "".join(p[1:] for p in parts[1:]) == letters
    assert all(p.startswith(" ") for p in parts[1:])
