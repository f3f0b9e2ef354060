"""A moment to come, in words: "8h tối nay", "mai 10 giờ", "20:00 14/11".

Vietnam's clock (UTC+7). An hour from 1 to 11 without a part of the day may be before or after
noon: both are kept. Nothing in the past is ever returned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.shop.hours import VIETNAM, local
from bot.understand.fold import fold, has_marks
from bot.understand.sellers.moment_words import DAY_PARTS, NUMBERS, WEEKDAYS

FARTHEST_DAYS = 366
FARTHEST_WITHOUT_YEAR = 180
"""Days; a date farther off, said without its year, is rather a past one."""
_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(sorted(map(re.escape, NUMBERS), key=len, reverse=True))})"
_CLOCK = re.compile(
    rf"(?<![\w.,/:\-])(?P<h>{_NUMBER})\s?(?:(?:h|g|gio|:)\s?(?P<m>[0-5]\d|ruoi|kem \d{{1,2}})?"
    rf"(?:\s?(?:p|phut))?(?![\w/]|:\d)|\s(?P<half>ruoi)(?=\s(?:{'|'.join(DAY_PARTS)})))"
)
_TO = re.compile(r"(?<!\w)(?:sang|bây giờ)(?!\w)", re.IGNORECASE)
"""Where diacritics are written, "sang" is "to" and no morning, "bây giờ" is no seven o'clock."""

_MOVED_TO = re.compile(
    r"(?<!\w)(?P<move>(?:doi|chuyen|lui|hoan|day|rut|keo)(?: (?!sang )[^\W\d]+){0,3}) sang(?= )"
)
"""The same without diacritics: "doi live sang 9h toi"."""

_PART = re.compile(rf"(?<!\w)(?:{'|'.join(DAY_PARTS)})(?!\w)")
_LATER = re.compile(
    rf"(?<!\w)(?<!thu )(?P<n>{_NUMBER}|nua)\s?(?P<unit>phut|p|tieng|gio|h|ngay|tuan)"
    r"(?P<half>\sruoi)?\s(?:nua|sau)(?!\w)|(?<!\w)sau (?P<n2>\d{1,2}) (?P<unit2>phut|tieng|ngay)"
)
_DAY, _MONTH = r"(?P<d>3[01]|[12]\d|0?[1-9])", r"(?P<m>1[0-2]|0?[1-9])"
_DATE = re.compile(
    rf"(?<![\w.,/:]){_DAY}\s?(?:/|thang)\s?{_MONTH}(?:\s?(?:/|nam)\s?(?P<y>\d{{4}}|\d{{2}}))?(?![\w/])"
)
_DASHED = re.compile(rf"(?<![\w.,/:]){_DAY}([-.]){_MONTH}\2(?P<y>\d{{4}})(?![\w/])")
_DAY_ALONE = re.compile(r"(?<!\w)(?:ngay|hom|mung|mong)\s(?P<d>3[01]|[12]\d|0?[1-9])(?![\w/.,:])")
_WEEKDAY = re.compile(
    rf"(?<!\w)(?:(?:thu|t)\s?(?P<n>[2-7]|{'|'.join(WEEKDAYS)})"
    r"|(?P<cn>chu nhat|chua nhat|cn))(?!\w)"
)
_NEXT_WEEK = re.compile(r"(?<!\w)(?:tuan (?:sau|toi)|sau tuan)(?!\w)")
_OFFSETS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(rf"(?<!\w)(?:{words})(?!\w)"), days)
    for words, days in (
        ("ngay kia|mot nua", 2),
        ("ngay mai|mai|hom sau|sang mai|toi mai|chieu mai|trua mai", 1),
        ("hom nay|hnay|nay|bay gio|lat nua|lat", 0),
    )
)
_PAST = re.compile(r"(?<!\w)(?:hom qua|hqua|hom kia|hom truoc|toi qua|tuan truoc|dem qua)(?!\w)")
_SECONDS = {
    "phut": 60,
    "p": 60,
    "tieng": 3600,
    "gio": 3600,
    "h": 3600,
    "ngay": 86400,
    "tuan": 604800,
}


def moment_said(text: str, now: int) -> tuple[int, ...]:
    """Seconds UTC of the moment, in Vietnam's time; several, soonest first, if it must be asked
    which; none if no moment was said, or only past ones. Never raises.
    """
    plain = _plain(text[:400])
    later = _LATER.search(plain)
    if later:
        return _from_now(later, now)
    dated = _DATE.search(plain) or _DASHED.search(plain)
    rest = _without(plain, dated)
    clock = _CLOCK.search(rest)
    if not clock or _PAST.search(plain):
        return ()
    rest = _without(rest, clock)
    today = local(now).date()
    days = list(_dates(dated, today)) if dated else _days(rest, today)
    last = now + FARTHEST_DAYS * 86400
    found = set()
    for hour, minute in _hours(clock, rest):
        coming = [at for day in days if now < (at := _at(day, hour, minute)) <= last]
        found.update(coming[:1])
    return tuple(sorted(found))


def _plain(text: str) -> str:
    """Folded, without the words that only look like an hour or a part of the day."""
    typed = _TO.sub(" ", text) if has_marks(text) else text
    return " ".join(_MOVED_TO.sub(r"\g<move>", fold(typed)).split())


def _without(plain: str, found: re.Match[str] | None) -> str:
    return f"{plain[: found.start()]} , {plain[found.end() :]}" if found else plain


def _from_now(found: re.Match[str], now: int) -> tuple[int, ...]:
    """`2 tiếng nữa`, `30 phút nữa`, `nửa tiếng nữa`."""
    unit = _SECONDS[found["unit"] or found["unit2"]]
    number = found["n"] or found["n2"]
    if number == "nua":
        return (now + unit // 2,)
    n = int(number) if number.isdecimal() else NUMBERS[number]
    return (now + n * unit + (unit // 2 if found["half"] else 0),) if n else ()


def _hours(clock: re.Match[str], rest: str) -> Iterator[tuple[int, int]]:
    """Hour and minute; two if it may be before or after noon."""
    said = clock["h"]
    hour = int(said) if said.isdecimal() else NUMBERS[said]
    minute, back = _minutes(clock["m"] or clock["half"] or "")
    part = _PART.search(rest)
    if hour > 24 or (hour == 24 and minute):
        return
    for one in _of_day(hour % 24, DAY_PARTS[part[0]] if part else "", plain=said):
        yield ((one - 1) % 24, 60 - back) if back else (one, minute)


def _of_day(hour: int, part: str, *, plain: str) -> tuple[int, ...]:
    """The hour on a clock of 24 hours, by the part of the day that was said."""
    if part == "morning":
        return (hour,) if hour <= 12 else ()
    if part == "noon":
        return (hour,) if hour >= 10 else (hour + 12,)
    if part in ("afternoon", "evening"):
        return (hour + 12,) if 1 <= hour < 12 else ((hour,) if hour >= 12 else ())
    if part == "night":
        return (hour,) if hour <= 4 or hour >= 12 else (hour + 12,)
    both = 1 <= hour <= 11 and not plain.startswith("0")
    return (hour, hour + 12) if both else (hour,)


def _minutes(said: str) -> tuple[int, int]:
    """Minutes past the hour, and minutes before it ("kém 15")."""
    if said == "ruoi":
        return 30, 0
    if said.startswith("kem"):
        return 0, min(59, int(said.split()[1]))
    return (int(said) if said else 0), 0


def _days(rest: str, today: date) -> list[date]:
    """The days that may be meant, of which the first that is still to come counts."""
    alone = _DAY_ALONE.search(rest)
    if alone:
        return list(_in_month(int(alone["d"]), today))
    week = _WEEKDAY.search(rest)
    if week:
        first = _weekday(week, today, later=bool(_NEXT_WEEK.search(rest)))
        return [first, first + timedelta(days=7)]
    said = next((n for words, n in _OFFSETS if words.search(rest)), None)
    if said is None:
        return [today, today + timedelta(days=1)]
    return [today + timedelta(days=said)]


def _dates(found: re.Match[str], today: date) -> Iterator[date]:
    day, month, year = int(found["d"]), int(found["m"]), found["y"]
    years = [int(year) % 100 + 2000] if year else [today.year, today.year + 1]
    for one in years:
        try:
            made = date(one, month, day)
        except ValueError:
            continue
        if year or 0 <= (made - today).days <= FARTHEST_WITHOUT_YEAR:
            yield made
            return


def _in_month(day: int, today: date) -> Iterator[date]:
    for months in range(3):
        year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
        try:
            made = date(year, month + 1, day)
        except ValueError:
            continue
        if made >= today:
            yield made
            return


def _weekday(found: re.Match[str], today: date, *, later: bool) -> date:
    """The next such day, today included; of next week if that was said."""
    said = found["n"]
    wanted = 6 if found["cn"] else (int(said) if said.isdecimal() else WEEKDAYS[said]) - 2
    if later:
        return today + timedelta(days=7 - today.weekday() + wanted)
    return today + timedelta(days=(wanted - today.weekday()) % 7)


def _at(day: date, hour: int, minute: int) -> int:
    return int(datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM).timestamp())
