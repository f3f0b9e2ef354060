"""Numbers that are no amount and no money: phones, codes, times, dates, places, percentages.

They are found by their shape and the words around them before anything else is read, so that no
part of them can become an order.
"""

from __future__ import annotations

import re

from bot.shop.order_code import read_code
from bot.understand.fold import fold
from bot.understand.lexemes import GONE
from bot.understand.pieces import Other, OtherKind
from bot.understand.unit_words import UNITS

_UNIT_WORDS = sorted(
    {w for *_, words in UNITS for word in words.split() for w in (word, fold(word))}
)
_THEN_UNIT = rf"\s?(?:{'|'.join(_UNIT_WORDS)}|k|tr|triệu|trieu|nghìn|nghin|ngàn|ngan|đ|d|củ)(?!\w)"
_FREE = rf"(?!\d|[.,]\d|{_THEN_UNIT})"
"""What follows does not make the number an amount or money."""
_SPOKEN = (
    r"(?:mười|muoi)(?:\s(?:một|hai|mot))?|một|mot|giêng|gieng|hai|ba|bốn|bon|tư|tu|năm|nam|sáu|sau"
    r"|bảy|bẩy|bay|tám|tam|chín|chin|chạp|chap"
)
_SEP = r"[ .\-()]{0,2}"
_NOW = r"(?:nay|này|nay|mai|mốt|kia|sau|tới|qua|nữa|toi|truoc|trước)"

_SHAPES: tuple[tuple[OtherKind, str], ...] = (
    ("number", r"(?<![\w\ue000])(?<!\ue000 )\d{1,2}[.)]\s(?=\ue000|\d)"),
    ("phone", rf"(?<![\w.,])0[35789](?:{_SEP}\d){{8}}(?![\d])"),
    ("phone", rf"(?<![\w.,])0(?:1\d|2\d)(?:{_SEP}\d){{8}}(?!\d)"),
    ("phone", rf"(?<!\w)(?:\+\s?84|0084|84){_SEP}0?{_SEP}[235789](?:{_SEP}\d){{8}}(?!\d)"),
    ("phone", r"(?<![\w.,])1[89]00[ .]?\d{4}(?:[ .]?\d{2})?(?!\d)"),
    ("phone", r"(?<![\w.,])[35789]\d{2}([ .])\d{3}\1\d{3}(?![\d.,]|\s?(?:đ|d|vn))"),
    (
        "phone",
        r"(?<!\w)(?:sđt|sdt|đt|dt|zalo|alo|phone|tel|hotline|điện thoại|dien thoai)"
        r"(?:\s(?:em|e|chị|chi|c|anh|a|mình|là|la|số|so))*\s?[:.]?\s?\d(?:[ .\-]?\d){5,14}(?!\d)",
    ),
    (
        "account",
        r"(?<!\w)(?:stk|tk|số tk|so tk|tài khoản|tai khoan|vcb|vietcombank|mb|mbbank"
        r"|acb|bidv|vpbank|techcombank|tcb|agribank|vietinbank|ctg|momo|tpbank|sacombank)[^\d\n,]{0,16}"
        r"\d(?:[ .\-]?\d){5,18}(?!\d)",
    ),
    ("number", r"(?<!\w)0\d{4,}(?!\d)"),
    ("account", r"(?<![\d.,])\d{9,}(?!\d)"),
    ("account", r"(?<![\d.,])\d{7,8}(?!\d)(?<!000)"),
    ("number", r"\d[\d.,]{15,}|\d[\d.,]*[.,]{2,}\d[\d.,]*"),
    ("number", r"(?<![\w.,])\d{1,3}(?:[.,]\d{1,2})(?:[.,]\d+)+(?![\d])"),
    ("number", r"(?<![\w\ue000])(?<!\ue000 )[345]g(?!\w)(?! ?\ue000)"),
    ("percent", r"\d+(?:[.,]\d+)?\s?(?:%|phần trăm|phan tram)(?!\w)"),
    (
        "time",
        r"(?<![\d.,/])(?:[01]?\d|2[0-4])(?:\s?-\s?(?:[01]?\d|2[0-4]))?\s?(?:h|giờ|gio)"
        r"(?:[0-5]?\d(?!\d)(?:\s?(?:p|phút|phut)(?!\w))?"
        r"|\s(?:rưỡi|ruoi|kém|kem)(?:\s?[0-5]?\d)?(?!\w)"
        r"|\s[0-5]\d\s?(?:p|phút|phut)(?!\w)|(?!\w))",
    ),
    ("time", r"(?<![\d.,:])(?:[01]?\d|2[0-4]):[0-5]\d(?!\d)"),
    ("time", r"(?<![\w.,])(?:[01]?\d|2[0-3])g[0-5]\d(?!\d)"),
    (
        "time",
        r"(?<![\w.,])(?:[01]?\d|2[0-3])\s?g(?=\s(?:sáng|sang|trưa|trua|chiều|chieu|tối|toi|đêm)(?!\w))",
    ),
    (
        "time",
        r"(?<![\d.,/])\d{1,3}(?:\s?-\s?\d{1,3})?\s?(?:phút|phut|p|tiếng|tieng|giây|giay|s)(?!\w)",
    ),
    (
        "date",
        r"(?<!\w)(?:ngày|ngay|mùng|mồng|mung|mong|rằm|hôm|hom)\s?\d{1,2}"
        rf"(?:\s?(?:/|-|tháng|thang)\s?\d{{1,2}}(?:\s?(?:/|-|năm|nam)\s?\d{{2,4}})?)?{_FREE}",
    ),
    ("date", rf"(?<!\w)(?:tháng|thang|thg)\s?\d{{1,2}}(?:\s?(?:/|-|năm|nam)\s?\d{{4}})?{_FREE}"),
    ("date", rf"(?<!\w)(?:thứ|t)\s?(?:[2-7])(?!\w){_FREE}"),
    ("date", rf"(?<!\w)t(?:1[0-2]|[189])(?!\w){_FREE}"),
    ("date", rf"(?<!\w)thu\s[2-7](?!\w){_FREE}"),
    ("date", r"(?<!\w)(?:năm|nam)\s(?:19|20)\d\d(?!\d)"),
    ("date", r"(?<![\d.,/])\d{1,2}([/.\-])(?:1[0-2]|0?\d)\1(?:\d{4}|\d{2})(?![\d/])"),
    ("date", rf"(?<![\d.,/])(?:3[01]|[12]\d|0?\d)/(?:1[0-2]|0?[1-9])(?![\d/]){_FREE}"),
    (
        "time",
        r"(?<![\d.,/])\d{1,3}(?:\s?-\s?\d{1,3})?\s?"
        rf"(?:ngày|ngay|hôm|hom|tuần|tuan|tháng|thang|năm|nam|đêm|dem)(?!\w)(?!\s{_NOW}(?!\w))",
    ),
    (
        "place",
        r"(?<!\w)(?:số nhà|so nha|sn|ngõ|ngách|hẻm|hem|kiệt|đường|quận|phường|xã|tổ|thôn|khu"
        r"|ấp|đội|km|quốc lộ|quoc lo|ql|tl|tỉnh lộ|tầng|tang|phòng|phong|lô|toà|tòa|chung cư|căn"
        r"|ngo|ngach|duong|quan|phuong|to|thon|xom|xóm|bản|phố|số|so|q|p|cột|cot)"
        rf"\s?\.?\s?\d+[a-jl-z]?(?:\s?[/\-]\s?\d+[a-z]?)*(?!\w){_FREE}",
    ),
    ("place", r"(?<![\w.,])\d+(?:[.,]\d+)?\s?(?:km|cây số|cay so|m2)(?!\w)"),
    ("place", r"(?<![\w.,])\d+[a-z]?/\d+(?:/\d+)+[a-z]?(?!\w)"),
    ("place", rf"(?<![\w.,])\d{{2,4}}/\d{{1,3}}(?!\w|/){_FREE}(?=\s[a-zđ]{{3,}})"),
)
_SPOKEN_SHAPES: tuple[tuple[OtherKind, str], ...] = (
    ("time", rf"(?<!\w)(?:{_SPOKEN})\s(?:giờ|gio)(?!\w)(?:\s(?:rưỡi|ruoi)(?!\w))?"),
    ("date", r"(?<!\w)(?:thứ|thu)\s(?:hai|ba|tư|tu|năm|nam|sáu|sau|bảy|bẩy|bay)(?!\w)"),
    ("date", rf"(?<!\w)(?:tháng|thang|mùng|mồng)\s(?:{_SPOKEN})(?!\w)"),
    ("date", r"(?<!\w)(?:năm|nam)\s(?:nay|ngoái|ngoai|sau|mới|moi|trước|truoc|kia|ni|tới)(?!\w)"),
)
"""The same in words, looked for in text without digits too."""
_WITHOUT_DIGITS = [(kind, re.compile(shape)) for kind, shape in _SPOKEN_SHAPES]
_ANY = [*((kind, re.compile(shape)) for kind, shape in _SHAPES), *_WITHOUT_DIGITS]
_CODE = re.compile(r"(?<!\w)zj(?:[ \-]?[a-z0-9]){6,8}(?!\w)|(?<!\w)zj[a-z0-9]+(?!\w)")
_LETTERS_FIRST = re.compile(r"(?<![\w/])([^\W\d_]{1,12})[\-_]?\d\w*")
_MAY_LEAD = frozenset(
    {*_UNIT_WORDS, "x", "k", "tr", "triệu", "sl", "đ", "d", "còn", "con", "giá", "gia"}
)
"""Letters that may stand before a number without making it part of a name (`x2`, `4 kg650`)."""
_AMOUNT_GLUED = re.compile(r"\d+(?:kg|ký|ky|kí|ki|g|gr|gam|cân|can|lạng|lang|ml|lít|lit)\d*")
"""`na2kg`: a name with an amount glued to it."""
_HALVES = frozenset(("1/2", "1/4", "3/4"))
_DATE_BEFORE = re.compile(r"(?:ngày|ngay|mùng|mồng|hôm|từ|đến|trước|sau|dịp|lễ|tết|tu|den)\s?$")


def other_numbers(masked: str) -> tuple[list[Other], str]:
    """The numbers of `masked` that are neither amounts nor money, and the text without them."""
    found: list[Other] = []
    digits = any(map(str.isdecimal, masked))
    if "zj" in masked:
        masked = _take(masked, "order_code", _CODE, found)
    for kind, shape in _ANY if digits else _WITHOUT_DIGITS:
        masked = _take(masked, kind, shape, found)
    if digits:
        masked = _take(masked, "number", _LETTERS_FIRST, found)
        masked = _take(masked, "date", _YEAR, found)
    return found, masked


_YEAR = re.compile(rf"(?<![\w.,/])(?:19|20)\d\d(?![\w/]){_FREE}(?!\s?(?:một|mot|1|mỗi)\s)")


def _take(text: str, kind: OtherKind, shape: re.Pattern[str], found: list[Other]) -> str:
    for match in shape.finditer(text):
        start, end = match.span()
        if not _meant(kind, match, text):
            continue
        found.append(Other(start, end, kind))
        text = text[:start] + GONE * (end - start) + text[end:]
    return text


def _meant(kind: OtherKind, match: re.Match[str], text: str) -> bool:
    typed = match[0]
    if GONE in typed:
        return False
    if kind == "order_code":
        return bool(read_code(typed)) or any(map(str.isdecimal, typed))
    if kind == "date" and typed in _HALVES:
        return bool(_DATE_BEFORE.search(text, 0, match.start()))
    if match.re is _LETTERS_FIRST:
        return match[1] not in _MAY_LEAD and not _AMOUNT_GLUED.fullmatch(typed, len(match[1]))
    return True
