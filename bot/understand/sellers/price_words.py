"""Words around a price: a step, a pack, a change up or down, the price of before."""

from __future__ import annotations

import re
from typing import Literal

from bot.understand.pieces import Measure, Money, Other, Quantity
from bot.understand.sellers.goods import Part
from bot.understand.sellers.words import words_re
from bot.understand.unit_words import MIXED

Role = Literal["", "step", "pack"]
Change = Literal["", "up", "down"]

_UP = words_re("tăng / nâng / lên giá / lên thêm / đắt thêm / cao hơn")
_MORE = re.compile(words_re("thêm / cộng / cộng thêm").pattern + r"\s*$")
_DOWN = words_re("giảm / hạ / bớt / trừ / xuống giá / rẻ hơn / rẻ bớt / fix")
_TO_UP, _TO_DOWN = words_re("lên"), words_re("xuống / rẻ / sale / khuyến mãi / km")
_MORE = re.compile(words_re("thêm / cộng / cộng thêm").pattern + r"\s*$")
_NEW = re.compile(
    words_re(
        "xuống còn / xuống / lên / thành / sang / về / còn / đến / tới / là / bằng / chỉ"
    ).pattern
    + r"(?:\s+(?:giá|gia|còn|con|đến|den|chỉ|chi|tới|toi|mức|muc))*\W*$"
)
"""Directly before a sum: the price that holds from now on."""
_OLD = re.compile(
    words_re("từ / giá cũ / cũ / giá gốc / gốc / đang / trước / hôm qua").pattern
    + r"(?:\s+\w+)?\s*$"
)
_WRONG = re.compile(words_re("không phải / ko phải / chứ không / thay vì").pattern + r"\s*$")
_KIND = re.compile(words_re("loại / hạng / size / đợt / lần / mẻ / mã / lứa").pattern + r"\s*$")
_EACH_UNIT = re.compile(r"(?<!\w)(?:mỗi|moi|từng|một|mot|1)\s+([^\W\d_]+)")
_TO = words_re("xuống / lên / thành / sang / về / còn / đến / tới / nay / giờ / bây giờ / mới")
_FROM = re.compile(words_re("từ / trên / hơn / ít nhất / tối thiểu / đủ / quá").pattern + r"\s*$")
_ON = re.compile(r"\s*" + words_re("trở lên / trở đi / đổ lên / trở nên / hơn").pattern)
_BUYS = re.compile(
    words_re("mua / lấy / đặt / ai mua / ai lấy / khách lấy / nhập").pattern + r"(?:\s+\w+)?\s*$"
)
_UNDER = re.compile(words_re("dưới / chưa đến / chưa tới / chưa đủ").pattern + r"\s*$")
_STOCK = re.compile(
    words_re("còn / có / tồn / thêm / hết / về / được / nhập / kho / bán").pattern
    + r"(?:\s+(?:khoảng|khoang|tầm|tam|được|duoc))?\s*$"
)
_LEVEL = re.compile(words_re("còn / có / tồn / sẵn / được / về").pattern + r"\s*$")
_PRICE = words_re("giá / bán / xuống / lên / tính")
_PACK = re.compile(
    words_re(
        "gói / túi / hộp / hũ / lọ / chai / bịch / bao / khay / vỉ / thùng / loại / combo / set / "
        "can / bó / suất / phần / giỏ / sọt / cặp / đôi"
    ).pattern
    + r"\s*$"
)
_PACK_BEHIND = re.compile(
    r"\s*(?:/|một |mot |1 |mỗi |moi )\s*"
    + words_re("gói / túi / hộp / hũ / lọ / chai / bịch / bao / khay / vỉ / thùng").pattern
)


def change_of(plain: str, start: int, one: Money | Other) -> Change:
    """Whether the sum is by how much a price rises or falls; empty if it is the price itself."""
    before = plain[start : one.start]
    if isinstance(one, Money) and _NEW.search(before) and not _lifted(before):
        return ""
    up = max((m.end() for m in (*_UP.finditer(before), *_MORE.finditer(before))), default=0)
    down = max((m.end() for m in _DOWN.finditer(before)), default=0)
    if not up and not down and isinstance(one, Other):
        up = max((m.end() for m in _TO_UP.finditer(before)), default=0)
        down = max((m.end() for m in _TO_DOWN.finditer(before)), default=0)
    return "" if up == down else "up" if up > down else "down"


_LIFTED = re.compile(words_re("lên giá / xuống giá / lên thêm / thêm").pattern + r"\s*$")


def _lifted(before: str) -> bool:
    """`lên giá 5k`: by so much, not to so much."""
    return bool(_LIFTED.search(before))


def starts_step(plain: str, at: int) -> bool:
    """True if a word directly before `at` says that a price step begins there."""
    return bool(_FROM.search(plain, 0, at))


def is_old(plain: str, start: int, at: int, later: int) -> bool:
    """True for the first sum of "từ 65k xuống 60k": what it was before."""
    return bool(_OLD.search(plain[start:at]) and _TO.search(plain[at:later]))


def is_no_price(plain: str, start: int, money: Money) -> bool:
    """True for the bare number of "còn 20" (so many are left, unless a price falls to it) and of
    "loại 1", and for what a price is not ("65k, không phải 56k").
    """
    before = plain[start : money.start]
    if _WRONG.search(before) or (money.why == "bare-price" and _KIND.search(before)):
        return True
    if money.why != "bare-price" or money.readings[0].per or not _LEVEL.search(before):
        return False
    return not (_DOWN.search(before) or _UP.search(before) or _PRICE.search(before))


def unit_said(text: str) -> Measure | None:
    """The unit of "mỗi cân sâm đất 45 nghìn"."""
    for found in _EACH_UNIT.finditer(text):
        units = MIXED.units.get(found[1], ())
        if len(units) == 1 and units[0].kind != "group":
            return Measure(units[0].size, units[0].base, units[0].word)
    return None


def is_one(measure: Measure) -> bool:
    """True for one of a unit (1 cân, 1 tạ, 1 lít, 1 con): it is priced, not packed."""
    return measure.n in ((1,) if measure.base == "piece" else (1000, 10_000, 100_000))


def named_pack(plain: str, part: Part, quantity: Quantity) -> bool:
    """True if a word for a pack stands beside an amount ("gói 1kg")."""
    before, behind = plain[part.start : quantity.start], plain[quantity.end : part.end]
    return bool(_PACK.search(before) or _PACK_BEHIND.match(behind)) or quantity.why == "pack"


def percent_of(text: str) -> int:
    """Whole percents; 0 if they are not whole."""
    found = re.fullmatch(r"\D*(\d{1,3})(?:[.,]0+)?\D*", text)
    return int(found[1]) if found else 0


def amount_role(plain: str, part: Part, quantity: Quantity, money: Money) -> Role:
    """What an amount beside a price says: a step, a pack, or nothing about the price."""
    before, behind = plain[part.start : quantity.start], plain[quantity.end : part.end]
    if _UNDER.search(before):
        return ""
    if _FROM.search(before) or _ON.match(behind):
        return "step"
    if named_pack(plain, part, quantity):
        return "pack"
    if _STOCK.search(before) or quantity.bare or quantity.start > money.end:
        return ""
    price = money.readings[0]
    if price.per and quantity.readings and price.per.base == quantity.readings[0].base:
        return "step" if quantity.readings[0].n > price.per.n else ""
    return "step" if _BUYS.search(before) else "pack"
