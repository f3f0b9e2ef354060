"""How a parcel left: the coach's plate, the driver's phone, the departure, a tracking number."""

from __future__ import annotations

import re

from bot.understand.fold import fold
from bot.understand.phones import Phone, read_phone
from bot.understand.sellers.moments import moment_said
from bot.understand.sellers.said import VehicleSaid

MOST_TEXT = 400

_FIVE = r"\s?[-. ]?\s?\d{3}[. ]?\d{2}(?!\d)"
_PLATE = re.compile(
    rf"(?<![\w.])(?P<province>[1-9]\d)\s?[-. ]?\s?(?P<series>[a-z]{{1,2}}(?={_FIVE})|[a-z]\d"
    rf"|[a-z]{{1,2}})\s?[-. ]?\s?"
    r"(?:(?P<three>\d{3})[. ]?(?P<two>\d{2})|(?P<four>\d{4}))(?!\w)"
)
_CLOCK = re.compile(r"(?<!\d)\d{1,2}\s?(?:h|g|:|gi[ờo])\s?(?:\d{2})?(?!\d)")
_CARRIERS = (
    "viettel post", "viettelpost", "vtp", "ghtk", "giao hàng tiết kiệm", "giao hang tiet kiem",
    "ghn", "giao hàng nhanh", "giao hang nhanh", "vnpost", "bưu điện", "buu dien", "ems", "j&t",
    "jt express", "jnt", "ninja van", "spx", "shopee express", "best express", "ahamove", "grab",
)  # fmt: skip
_CARRIER = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _CARRIERS))})(?!\w)", re.IGNORECASE)
_NOT_NAMES = (
    "biển|bien|bks|số|so|chạy|chay|lúc|luc|sđt|sdt|tài|tai|lái|đi|di|khởi|xuất|giờ|gửi|rồi|đã"
)
_COACH = re.compile(
    r"(?<!\w)(?:nhà xe|nha xe|xe khách|xe khach|xe)\s+"
    rf"(?P<name>(?!(?:{_NOT_NAMES})(?!\w))[^\W\d_]+"
    rf"(?: (?!(?:{_NOT_NAMES})(?!\w))[^\W\d_]+){{0,3}})",
    re.IGNORECASE,
)
_NO_COACH_WORDS = """
khach nay do kia om tai lanh cho di roi luc chay minh em chi anh gui giuong nam den bien so hang
sang toi trua chieu
"""
_NO_COACH = frozenset(_NO_COACH_WORDS.split())
_TRACKING = re.compile(
    r"(?<!\w)(?:mã vận đơn|ma van don|mã vđ|ma vd|mvd|mvđ|vận đơn|van don|mã gửi|mã bưu gửi|"
    r"tracking|mã|ma)\s*(?:số|so|là|la|:)*\s*:?\s*"
    r"(?P<code>(?=[a-z0-9.\-]*\d)[a-z0-9][a-z0-9.\-]{6,24})",
    re.IGNORECASE,
)
_SHAPES = re.compile(
    r"(?<![\w.])(?:s\d{6,12}(?:\.[a-z0-9]+)+|[a-z]{2}\d{9}vn|(?=[a-z]*\d)[a-z]{2,6}[a-z0-9]{7,18})"
    r"(?![\w.])",
    re.IGNORECASE,
)
_ORDER_CODE = re.compile(r"zj[a-z0-9]{7}$", re.IGNORECASE)
_ALONE = re.compile(r"(?<![\w.+])\d{9,16}(?![\w.])")


def vehicle_said(text: str, now: int) -> VehicleSaid | None:
    """What is said of the way a parcel left; None if nothing is. Never raises."""
    typed = " ".join(text[:MOST_TEXT].split())
    plate, rest = _taken_plate(typed)
    carrier = _CARRIER.search(rest)
    tracking = _tracking(rest, known=bool(carrier))
    numbers = _CLOCK.sub(" x ", rest.replace(tracking, " ") if tracking else rest)
    found = read_phone(numbers)
    phone = found.number if isinstance(found, Phone) else ""
    leaves_at = moment_said(_ALONE.sub(" ", rest), now)
    coach = carrier[0] if carrier else _coach(rest)
    said = VehicleSaid(plate, phone, leaves_at, coach, tracking)
    return None if said == VehicleSaid() else said


def _taken_plate(text: str) -> tuple[str, str]:
    """The plate as it is written on the coach, and the text without it."""
    plain = fold(text)
    found = _PLATE.search(plain)
    if not found:
        return "", text
    number = found["four"] or f"{found['three']}.{found['two']}"
    plate = f"{found['province']}{found['series'].upper()}-{number}"
    same = len(plain) == len(text)
    rest = f"{text[: found.start()]} {text[found.end() :]}" if same else text
    return plate, rest


def _tracking(text: str, *, known: bool) -> str:
    """A carrier's number for the parcel: behind a word for it, or by its shape beside a name."""
    told = _TRACKING.search(text)
    if told and not _ORDER_CODE.fullmatch(told["code"]):
        return told["code"].rstrip(".-")
    shapes = [m[0] for m in _SHAPES.finditer(text) if not _ORDER_CODE.fullmatch(m[0])]
    if shapes:
        return shapes[0]
    alone = [m[0] for m in _ALONE.finditer(text) if not isinstance(read_phone(m[0]), Phone)]
    return alone[0] if known and alone else ""


def _coach(text: str) -> str:
    """The name of the coach, written large or behind "nhà xe"."""
    for found in _COACH.finditer(text):
        words = found["name"].split()
        while words and fold(words[-1]) in _NO_COACH:
            words.pop()
        named = fold(found[0]).startswith("nha xe") or (words and words[0][:1].isupper())
        if words and named and fold(words[0]) not in _NO_COACH:
            return " ".join(words)
    return ""
