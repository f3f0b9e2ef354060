"""Words by which a seller's sentence shows what it does to her stock or a price."""

from __future__ import annotations

import re

from bot.understand.message import AMOUNT, HOUSEHOLD, MONEY, Message
from bot.understand.sellers.words import words_re
from bot.understand.signs import any_of, view
from bot.understand.small_words import is_small

_GONE = any_of("hết / sạch / cháy hàng / còn 0")
_PERSON = any_of("hộ / bác / bà / cô / ông / anh / chị")
_BROUGHT = "|".join(
    (
        HOUSEHOLD,
        rf"{any_of('lấy của / mua của / thu của')} \w+",
        rf"{any_of('đem / mang / đưa / gửi')} "
        + any_of("xuống / đến / tới / ra / qua / sang / lại"),
        rf"{_PERSON} \w+(?: \w+)? {any_of('đem / mang / đưa / giao / gửi / bỏ mối / nhập')}",
    )
)
_STOCK_VERBS: tuple[tuple[str, re.Pattern[str], bool], ...] = tuple(
    (intent, re.compile(words), needs_amount)
    for intent, words, needs_amount in (
        ("set_price", rf"{any_of('từ / trên')} {AMOUNT}.*{MONEY}", True),
        ("household_in", _BROUGHT, True),
        (
            "reduce_stock",
            any_of("hỏng / thối / bớt / trừ / hao / mất / bể / vỡ / dập / chết / cho / bán"),
            True,
        ),
        (
            "add_stock",
            any_of("thêm / bổ sung / cộng / về thêm / mới về / nữa / nhập") + r"|^\+",
            True,
        ),
        ("set_stock", any_of("còn / tồn / kho"), True),
        ("sold_out", _GONE, False),
        ("set_price", MONEY, False),
    )
)
"""Intent, the words that show it, and whether it needs an amount. The first decides."""

_NO_VERB = re.compile(
    r"(?<!\w)(?:thoi|cho (?:chi|em|anh|shop|minh|toi)(?= (?:ghi|them|nhap|bao|cong|con))|"
    r"cho(?= (?:vao|them))|(?<=con )ban(?: duoc)?)(?!\w)"
)
""" "Thôi" (no more than that) is not "thối", "cho chị thêm" gives nothing away."""

_CORRECTS = words_re(
    "sai / nhầm / lộn / không phải / ko phải / k phải / à không / ý chị / ý là / nói lại / "
    "sửa lại / chưa đúng / không đúng / ko đúng / k đúng / hông đúng"
)
_BESIDE = words_re(
    "còn lại / trong kho / tồn / lại / có / mới / vừa / đang / ra / vào / lên / xuống / "
    "tính đến / bây giờ / giờ / hiện / cả / toàn bộ / sạch / mất / bị / hôm qua / "
    "lúc nãy / tối qua / chỉ / đúng / tất cả / kho / sản phẩm / số lượng / sl / đã / "
    "ngoài / đào / hái / nhặt / được / mà / với / cái / sửa / cập nhật / báo / còn / "
    "thành / thối / hỏng / dập / héo / mốc / nát / ủng / ôi / thiu / đi / hư / đổ đi / "
    "vứt / bỏ đi / giập / úng"
)
"""Words that may stand beside goods, an amount and a verb without meaning anything else."""

_LETTERS = re.compile(r"[^\W\d_]+")
_PART_VERBS = frozenset({"add_stock", "reduce_stock", "set_stock"})
_SOLD_OUT = re.compile(_GONE)


def gone(plain: str) -> bool:
    """True if a seller says that there is none left."""
    return bool(_SOLD_OUT.search(view(plain)))


def corrects(plain: str) -> bool:
    """True if the words set right what was said before ("sai rồi, 30 quả")."""
    return bool(_CORRECTS.search(plain))


def stock_part_verb(plain: str) -> str:
    """What one part of a seller's message does to the stock; empty if it does not say."""
    bare = _NO_VERB.sub(" ", view(plain))
    return next((i for i, w, _ in _STOCK_VERBS if i in _PART_VERBS and w.search(bare)), "")


def only_stock(plain: str, *, right: bool = False) -> bool:
    """True if one part of a seller's message, what was found in it aside, has no word that might
    mean something else ("chị Lan còn nợ 5kg" tells of no stock). right: words that set right what
    was said before may stand there too.
    """
    plain = _CORRECTS.sub(lambda m: " " * len(m[0]), plain) if right else plain
    seen, left = view(plain), list(plain)
    told = [words for intent, words, _ in _STOCK_VERBS if intent in _PART_VERBS]
    for words in (_NO_VERB, *told, _SOLD_OUT):
        for found in words.finditer(seen):
            left[found.start() : found.end()] = " " * len(found[0])
    return all(map(is_small, _LETTERS.findall(_BESIDE.sub(" ", "".join(left)))))


def stock_verb(message: Message, *, amounts: bool) -> str:
    """What a seller's sentence about goods does to the stock or the price; empty if unclear."""
    masked = _NO_VERB.sub(" ", view(message.masked()))
    for intent, words, needs_amount in _STOCK_VERBS:
        if words.search(masked) and (amounts or not needs_amount):
            return intent
    return ""
