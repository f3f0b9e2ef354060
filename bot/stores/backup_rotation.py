"""The folder of backups: their names, which is the newest, which may go.

Names carry Vietnam's time: `shop-20261122-030000.tar`. Files under other names are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from pathlib import Path

from bot.shop.hours import VIETNAM, local

STAMP = "%Y%m%d-%H%M%S"
NAME = re.compile(r"shop-(\d{8}-\d{6})\.(tar|db)")


def new_name(folder: Path, now: int) -> Path:
    """A path nothing lies at yet; two backups in one second get two names."""
    while (path := folder / f"shop-{local(now).strftime(STAMP)}.tar").exists():
        now += 1
    return path


def made_at(path: Path) -> int | None:
    """Seconds UTC a backup's name says, None for another file."""
    found = NAME.fullmatch(path.name)
    if found is None:
        return None
    try:
        return int(datetime.strptime(found[1], STAMP).replace(tzinfo=VIETNAM).timestamp())
    except ValueError:
        return None


def newest(folder: Path) -> int:
    """When the newest backup was made, seconds UTC; 0 if there is none."""
    return max((at for path in folder.glob("shop-*.tar") if (at := made_at(path))), default=0)


def rotate(folder: Path, days: int, weeks: int) -> list[Path]:
    """Delete all but the newest backup of each of the last `days` days and `weeks` weeks that have
    one, and the copies migrations made before the oldest of these; returns what is gone.
    """
    stamps = {path: at for path in folder.glob("shop-*") if (at := made_at(path)) is not None}
    tars = {at for path, at in stamps.items() if path.suffix == ".tar"}
    keep = to_keep(tars, days, weeks)
    oldest = min(keep, default=0)
    gone = [
        p for p, at in stamps.items() if (at not in keep if p.suffix == ".tar" else at < oldest)
    ]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def to_keep(stamps: Iterable[int], days: int, weeks: int) -> set[int]:
    """Days and weeks that have a backup are counted, not the calendar's: a shop that was closed
    for a month keeps what it has.
    """
    ordered = sorted(stamps, reverse=True)
    daily = _first_of_each(ordered, lambda at: local(at).date(), days)
    return daily | _first_of_each(ordered, lambda at: local(at).isocalendar()[:2], weeks)


def _first_of_each(ordered: list[int], period: Callable[[int], Hashable], most: int) -> set[int]:
    first: dict[Hashable, int] = {}
    for at in ordered:
        first.setdefault(period(at), at)
    return set(list(first.values())[:most])
