"""Which backups stay, and when the next is due: tables of nights."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.shop.hours import VIETNAM
from bot.stores.backup_rotation import made_at, new_name, newest, rotate, to_keep
from bot.workers.daily_backup import AFTER_FAILURE, DailyBackup, last_time_due
from tests.usecases.market import NOW


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=VIETNAM).timestamp())


def test_seven_days_and_four_weeks_are_kept() -> None:
    nights = [at("2026-11-22T03:00:00") - n * 86_400 for n in range(60)]
    kept = [datetime.fromtimestamp(n, VIETNAM).strftime("%d/%m") for n in to_keep(nights, 7, 4)]
    days = {f"{n}/11" for n in range(16, 23)}
    assert set(kept) == days | {"15/11", "08/11", "01/11"}  # 22/11 ends the first of four weeks
    assert to_keep(nights, 60, 0) == set(nights)
    assert to_keep([], 7, 4) == set()


def test_of_a_day_the_last_is_kept_and_a_closed_month_costs_nothing() -> None:
    one, two = at("2026-11-22T03:00:00"), at("2026-11-22T21:15:00")
    old = at("2026-09-01T03:00:00")
    assert to_keep([one, two, old], 7, 4) == {two, old}


def test_rotation_touches_only_backups(tmp_path: Path) -> None:
    names = [f"shop-202611{n:02}-030000.tar" for n in range(1, 23)]
    names += ["shop-20261001-120000.db", "shop-20261121-120000.db", "shop-tet.tar", "note.txt"]
    for name in names:
        (tmp_path / name).touch()
    gone = {p.name for p in rotate(tmp_path, 7, 2)}
    left = {p.name for p in tmp_path.iterdir()}
    assert gone | left == set(names)
    kept = {f"shop-202611{n:02}-030000.tar" for n in range(15, 23)}
    assert left == kept | {"shop-20261121-120000.db", "shop-tet.tar", "note.txt"}
    assert newest(tmp_path) == at("2026-11-22T03:00:00")


def test_a_name_is_vietnams_clock_and_never_used_twice(tmp_path: Path) -> None:
    assert newest(tmp_path / "none") == 0
    first = new_name(tmp_path, NOW)
    assert (first.name, made_at(first)) == ("shop-20261122-090000.tar", NOW)
    first.touch()
    assert made_at(new_name(tmp_path, NOW)) == NOW + 1
    assert made_at(tmp_path / "shop-20269999-000000.tar") is None


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-22T03:00:00", "2026-11-22T03:00:00"),
        ("2026-11-22T02:59:59", "2026-11-21T03:00:00"),
        ("2026-11-22T23:00:00", "2026-11-22T03:00:00"),
    ],
)
def test_when_a_backup_was_due(now: str, due: str) -> None:
    assert last_time_due(at(now)) == at(due)


class Nights:
    """The job with a clock in our hand and a folder of names."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock, self.ill = folder, at("2026-11-22T12:00:00"), False
        self.job = DailyBackup(lambda: self.clock, lambda: newest(folder), self.make)

    async def make(self, now: int) -> str:
        if self.ill:
            raise OSError("No space left on device")
        path = new_name(self.folder, now)
        path.touch()
        return str(path)

    async def step(self, now: str) -> bool:
        self.clock = at(now)
        return await self.job.step()


async def test_once_a_night_over_restarts_and_first_chance_after(tmp_path: Path) -> None:
    nights = Nights(tmp_path)
    assert await nights.step("2026-11-22T12:00:00"), "the first chance of a new shop"
    assert not await nights.step("2026-11-22T12:01:00")
    assert not await nights.step("2026-11-23T02:59:00")
    assert await nights.step("2026-11-23T03:00:30")
    assert not await Nights(tmp_path).step("2026-11-23T03:01:30"), "a restart remembers"
    assert await Nights(tmp_path).step("2026-11-26T19:00:00"), "the machine was off for days"


async def test_a_night_another_process_is_at_it_is_no_failure(tmp_path: Path) -> None:
    async def busy(now: int) -> str:
        return ""

    job = DailyBackup(lambda: NOW, lambda: newest(tmp_path), busy)
    assert not await job.step()
    job = Nights(tmp_path).job
    assert await job.step()


async def test_a_night_that_fails_is_tried_again_after_an_hour(tmp_path: Path) -> None:
    nights = Nights(tmp_path)
    nights.ill = True
    assert not await nights.step("2026-11-22T03:00:00")
    nights.ill = False
    assert not await nights.step("2026-11-22T03:59:00")
    assert await nights.step("2026-11-22T04:00:00")
    assert AFTER_FAILURE == 3600
