"""Words by which a sentence shows what kind it is: a question, a complaint, bargaining, a change
of stock. They only decide between readings the grammar has already found.

Written with diacritics, compared folded: here a wrong or missing mark changes little.
"""

from __future__ import annotations

import re

from bot.understand.fold import fold, has_marks, tidy
from bot.understand.message import AMOUNT, CODE, HOUSEHOLD, MONEY, OTHER_MASKS, PRODUCT, Message
from bot.understand.small_words import is_small

MOST_STRANGE = 2
"""Words nobody knows beside a product's name before it is no longer only a name."""


_SPELLED: dict[str, set[str]] = {}
"""Of every word of the phrases below how it is spelled, by its folded form."""

_ELSE = frozenset(
    (
        *(
            "con",
            "gia",
            "hong",
            "oi",
            "sau",
            "vo",
            "be",
            "mat",
            "cho",
            "thoi",
            "moc",
            "mac",
            "bot",
        ),
        *("re", "ha", "dau", "chet", "ho", "co", "nua", "bo", "la"),
    )
)
"""Folded words that are also spelled so and mean something else then (con, not còn): in a message
with diacritics they need theirs.
"""


def _view(plain: str) -> str:
    """Folded for comparing, except words whose diacritics say that another word is meant."""
    marked = has_marks(plain)
    return re.sub(r"[^\W\d_]+", lambda m: _seen(m[0], marked), plain)


def _seen(word: str, marked: bool) -> str:
    bare = fold(word)
    spelled = _SPELLED.get(bare)
    if spelled is None or word in spelled:
        return bare
    other = word != bare or (marked and bare in _ELSE)
    return f"_{word}" if other else bare


def _any(*phrases: str) -> str:
    """Any of these, as whole words, folded. `xnot` in a phrase stands for all ways to say no."""
    for word in " ".join(phrases).split():
        _SPELLED.setdefault(fold(word), set()).add(tidy(word))
    folded = "|".join(fold(p).replace("xnot", _NOT) for p in " / ".join(phrases).split(" / "))
    return rf"(?<!\w)(?:{folded})(?!\w)"


_NOT = "(?:khong|ko|k|kh|hong|hok|hk|hem|hen|chua)"
_LAST = r"(?:\s+\w+){0,2}\s*$"
_POLITE_END = r"(?:\s+(?:a|ah|shop|em|chi|anh|ban|c|e))?\s*$"

_ASKS = re.compile(
    "|".join(
        (
            r"\?",
            _any("bao nhiêu / bao nhiu / bnh / bnhieu / bn / nhiêu tiền / mấy tiền / mấy cân"),
            _any("mấy ký / mấy kg / mấy con / mấy quả / mấy bát / mấy lạng / mấy người"),
            _any("mấy ngày / mấy chục / mấy đồng / giá khác / giá cả / giá thế / hàng chưa"),
            _any("hàng chứ / sao / thế nào / ntn / bao giờ / khi nào / chừng nào / bao lâu"),
            _any("đâu / hả / gì"),
            rf"{_any('có / còn / hết')}.*{_any('xnot')}{_LAST}",
            _any("được xnot / dc xnot / đc xnot"),
            rf"{_any('xnot')}{_POLITE_END}",
            rf"{_any('có / còn / hết')}.*{_any('chứ / chớ')}{_LAST}",
        )
    )
)
_SURELY = re.compile(
    "|".join(
        (
            r"\?\s*$",
            _any("bao nhiêu / bao lâu / khi nào / bao giờ / thế nào / như nào / mấy giờ"),
            _any("mấy ngày / ở đâu / tại sao / vì sao / có .* xnot"),
        )
    )
)
_MAY = re.compile(_any("được xnot / dc xnot / đc xnot / có được xnot"))
_PAST = re.compile(
    "|".join(
        (
            _any("hôm qua / hôm trước / hôm kia / tuần trước / tháng trước / cũng bán"),
            rf"{_any('đã / vừa / mới / chưa / từng')} (?:\w+ )?{_any('mua / đặt / lấy / nhận')}",
            rf"{_any('mua / nhận')} .*{_any('rồi')}",
        )
    )
)
_PRICE = re.compile(_any("giá / bao nhiêu / bao nhiu / bn / bnh / bnhieu / nhiêu tiền / mấy tiền"))
_BARGAINS = re.compile(
    "|".join(
        (
            _any("bớt / giảm / rẻ / fix / sỉ / buôn / mắc / đắt quá / đắt thế / đắt vậy"),
            _any("thương lượng / ưu đãi / khuyến mãi / giá tốt / giá mềm / cả xe / tặng"),
            _any("được xnot / dc xnot / thêm chút / chiết khấu / làm tròn / nhiều có"),
        )
    )
)
_CHANGES = re.compile(
    "|".join(
        (
            rf"{_any('đổi / thay / sửa')} .*{_any('thành / sang / lại / còn')}",
            rf"{_any('thêm / bớt / tăng / giảm / cộng')} .*"
            + _any("nữa vào / vào / lên / xuống / đi"),
        )
    )
)
_BAD = re.compile(
    _any("dập / hỏng / thối / mốc / ôi / thiu / vỡ / thiếu / nhầm / sai / móp / chảy nước / ủi")
    + "|"
    + _any("sâu / bể / nát")
)
_RECEIVED = re.compile(
    rf"{_any('đã / hôm qua / hôm trước / hôm kia / mới / vừa / lúc nãy')} "
    + _any("nhận / mua / lấy")
    + "|"
    + _any("nhận được / nhận hàng")
)
_TAKES = re.compile(
    rf"{_any('lấy / mua / đặt / chốt / order')}(?: \w+){{0,3}} {PRODUCT}(?!\w)"
    rf"|{_any('ít / chút / một ít / một chút / vài / mớ')} {PRODUCT}(?!\w)"
)
_NOTHING = re.compile(
    rf"(?:da |da thoi )?(?:{_NOT}|khoi|chang)(?: (?:co|can|dan|nhan|yeu cau|luu y))*"
    r"(?: gi)?(?: (?:het|ca|dau|them|nua|a|ah|nha|nhe|em|shop|ban|oi|chi|anh|dac biet))*"
)
_LEAVES = re.compile(
    _any("thôi / bỏ qua / để sau / khỏi / không lấy / ko lấy / không mua / ko mua / không cần")
)
_PAID_ON_DELIVERY = re.compile(
    _any("cod / ship cod / nhận hàng trả tiền / nhận hàng rồi trả tiền / trả tiền mặt / tiền mặt")
    + r"(?:\s+(?:a|ah|nha|nhe|em|shop))*"
)
_GONE = _any("hết / sạch / cháy hàng / còn 0")
_PERSON = _any("hộ / bác / bà / cô / ông / anh / chị")
_BROUGHT = "|".join(
    (
        HOUSEHOLD,
        rf"{_any('lấy của / mua của / thu của')} \w+",
        rf"{_any('đem / mang / đưa / gửi')} {_any('xuống / đến / tới / ra / qua / sang / lại')}",
        rf"{_PERSON} \w+(?: \w+)? {_any('đem / mang / đưa / giao / gửi / bỏ mối / nhập')}",
    )
)
_STOCK_VERBS: tuple[tuple[str, re.Pattern[str], bool], ...] = tuple(
    (intent, re.compile(words), needs_amount)
    for intent, words, needs_amount in (
        ("set_price", rf"{_any('từ / trên')} {AMOUNT}.*{MONEY}", True),
        ("household_in", _BROUGHT, True),
        (
            "reduce_stock",
            _any("hỏng / thối / bớt / trừ / hao / mất / bể / vỡ / dập / chết / cho / bán"),
            True,
        ),
        (
            "add_stock",
            _any("thêm / bổ sung / cộng / về thêm / mới về / nữa / nhập") + r"|^\+",
            True,
        ),
        ("set_stock", _any("còn / tồn / kho"), True),
        ("sold_out", _GONE, False),
        ("set_price", MONEY, False),
    )
)
"""Intent, the words that show it, and whether it needs an amount. The first decides."""

_PART_VERBS = frozenset({"add_stock", "reduce_stock", "set_stock"})
_AMOUNT = re.compile(
    r"(?<!\w)(?:\d[\d.,]*|mot|hai|ba|bon|nam|sau|nua|muoi|doi|chuc)\s*"
    r"(?:kg|ky|ki|can|lang|g|gr|gam|lit|ml|con|qua|trai|hop|hu|goi|tui|bo|chuc)(?!\w)"
)
_SOLD_OUT = re.compile(_GONE)
_ORDERED = frozenset({PRODUCT, CODE, AMOUNT, OTHER_MASKS["phone"], OTHER_MASKS["number"]})
_NUMBER = re.compile(r"\d\S*")


def asks(plain: str) -> bool:
    """True if the words ask something ("bao nhiêu", "có … không")."""
    return bool(_ASKS.search(_view(plain)))


def has_amount(text: str) -> bool:
    """True if a number with a unit of weight or count stands in the words."""
    return bool(_AMOUNT.search(_view(tidy(text))))


def surely_asks(plain: str) -> bool:
    """True only for words that cannot be somebody's name or address."""
    return bool(_SURELY.search(_view(plain)))


def asks_beside_may(plain: str) -> bool:
    """As `asks`, but "được không" behind an order is only a polite way to order."""
    return asks(_MAY.sub(" ", _view(plain)).rstrip("? "))


def asks_price(plain: str) -> bool:
    """True if the words ask what it costs."""
    return asks(plain) and bool(_PRICE.search(_view(plain)))


def is_past(plain: str) -> bool:
    """True if buying is told of, not asked for ("hôm qua mua", "đã đặt", "chưa lấy")."""
    return bool(_PAST.search(_view(plain)))


def bargains(plain: str) -> bool:
    """True if the words want it cheaper; a price said beside an amount alone does not."""
    return bool(_BARGAINS.search(_view(plain)))


def changes(plain: str) -> bool:
    """True if something chosen before is to be more, less or other."""
    return bool(_CHANGES.search(_view(plain)))


def complains(plain: str) -> bool:
    """True if something arrived, or went bad."""
    bare = _view(plain)
    return bool(_BAD.search(bare) or _RECEIVED.search(bare))


def arrived_bad(plain: str) -> bool:
    """True if what was received is not as it should be."""
    bare = _view(plain)
    return bool(_RECEIVED.search(bare)) and bool(_BAD.search(bare))


def takes(message: Message) -> bool:
    """True if a word of buying stands before goods ("lấy na", "mua cho mình ít măng khô")."""
    return bool(_TAKES.search(_view(message.masked())))


def gone(plain: str) -> bool:
    """True if a seller says that there is none left."""
    return bool(_SOLD_OUT.search(_view(plain)))


def leaves(text: str) -> bool:
    """True if the words drop what is being asked ("thôi không lấy thịt nữa")."""
    return bool(_LEAVES.match(_view(tidy(text))))


def says_nothing(text: str) -> bool:
    """True for "không có gì", "ko dặn gì đâu em", and "cod", which is how everybody pays: the
    answer to "anything else to say?".
    """
    bare = fold(text).rstrip(" .!")
    return bool(_NOTHING.fullmatch(bare) or _PAID_ON_DELIVERY.fullmatch(bare))


def only_order(message: Message) -> bool:
    """True if beside goods, amounts, refused numbers and politeness there is nothing."""
    words = re.findall(r"\w+", _MAY.sub(" ", _view(message.masked())))
    return all(w in _ORDERED or is_small(w) or _NUMBER.fullmatch(w) for w in words)


def only_goods(message: Message) -> bool:
    """As `only_order`, but a part of a name may stand there too, or two words nobody knows."""
    weak = {w for h in message.hits if h.weak for w in message.plain[h.start : h.end].split()}
    words = re.findall(r"\w+", message.masked())
    other = [w for w in words if w not in _ORDERED and not is_small(w) and w not in weak]
    return len(other) <= MOST_STRANGE and not asks(message.plain)


def stock_part_verb(plain: str) -> str:
    """What one part of a seller's message does to the stock; empty if it does not say."""
    bare = _view(plain)
    return next((i for i, w, _ in _STOCK_VERBS if i in _PART_VERBS and w.search(bare)), "")


def stock_verb(message: Message, *, amounts: bool) -> str:
    """What a seller's sentence about goods does to the stock or the price; empty if unclear."""
    masked = _view(message.masked())
    for intent, words, needs_amount in _STOCK_VERBS:
        if words.search(masked) and (amounts or not needs_amount):
            return intent
    return ""
