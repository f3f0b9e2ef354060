"""Whether a sentence with a price sets it and says nothing else, and whether one drops a step."""

from __future__ import annotations

import re

from bot.understand.fold import has_marks
from bot.understand.message import Message
from bot.understand.sellers.words import words_re
from bot.understand.small_words import is_small

_BESIDE = words_re(
    "giá / bán lẻ / lẻ / giảm / hạ / bớt / tăng / nâng / lên / xuống / còn / thành / sang / "
    "về / đổi / sửa / đặt / để / từ / trên / trở lên / trở đi / đổ lên / hơn / đủ / mua / lấy / "
    "một / mỗi / cân / kg / ký / kí / lạng / lít / con / quả / trái / gói / túi / hộp / hũ / "
    "lọ / chai / bó / bịch / loại / phần trăm / là / có / chỉ / nay / giờ / bây giờ / mới / "
    "cũ / đang / vẫn / nghìn / ngàn / đồng / k / đ / vnđ / vnd / tiền / thì / ít nhất / "
    "tối thiểu / cập nhật / tính / khách / ai / trong / đi / đều / cùng / thêm / bằng / "
    "nhiêu / chục / tạ / yến"
)
_PRICE = words_re("giá")
_NOT_SET = words_re(
    "trả / nợ / đưa / chuyển / nhận / thu / hỏi / mặc cả / chê / kêu / đòi / nhà / hộ / vốn / "
    "nhập / hôm qua / trước / họ / chợ / người ta / không / ko / chưa / đừng"
)
_DROPS = re.compile(
    words_re("bỏ / xoá / huỷ / thôi / không còn").pattern
    + r".*"
    + words_re("giá / mức").pattern
    + r".*"
    + words_re("từ / trên").pattern
)


_ABOUT = (
    r"(?:\s+(?:khoảng|khoang|tầm|tam|được|duoc|lại|lai|đúng|dung|mỗi|moi|có|co|chừng|chung|gần|"
    r"gan))?\s*$"
)
_LEVEL = re.compile(r"(?<!\w)(?:còn|tồn)" + _ABOUT)
_LEVEL_BARE = re.compile(r"(?<!\w)(?<!ba )(?<!may )(?:con|ton)" + _ABOUT)
_MORE = re.compile(words_re("thêm").pattern + _ABOUT)
_STEP = re.compile(r"\s*" + words_re("trở lên / trở đi / đổ lên / hơn").pattern)


def verb_before(message: Message, start: int, end: int) -> str:
    """What a word directly before the one amount in [start, end) does to the stock ("45k một cân
    còn 300kg"): set_stock, add_stock, or empty. "Bà con 2 con" sets nothing.
    """
    amounts = [q for q in message.quantities if start <= q.start < end]
    if len(amounts) != 1 or _STEP.match(message.plain, amounts[0].end):
        return ""
    before = message.plain[start : amounts[0].start]
    level = _LEVEL if has_marks(message.plain) else _LEVEL_BARE
    return "set_stock" if level.search(before) else "add_stock" if _MORE.search(before) else ""


def names_price(message: Message) -> bool:
    """True if the word for price stands there ("giảm giá na 10%")."""
    return bool(_PRICE.search(message.words_between(0, len(message.plain))))


def only_price(message: Message, strange: int = 0) -> bool:
    """True if beside goods, amounts and money no word may mean something else ("khách trả 65k
    na"). strange: so many words that nobody knows may be a name.
    """
    words = message.words_between(0, len(message.plain))
    if _NOT_SET.search(words):
        return False
    rest = re.findall(r"[^\W\d_]+", _BESIDE.sub(" ", words))
    weak = {w for h in message.hits for w in message.plain[h.start : h.end].split()}
    return sum(not is_small(word) and word not in weak for word in rest) <= strange


def drops_step(message: Message) -> bool:
    """True for "bỏ giá từ 10 cân": the price that holds from an amount on is to go."""
    words = message.words_between(0, len(message.plain))
    return len(message.quantities) == 1 and not message.money and bool(_DROPS.search(words))
