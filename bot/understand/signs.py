"""Words by which a sentence shows what kind it is: a question, a complaint, bargaining, a change
of stock. They only decide between readings the grammar has already found.

Written with diacritics, compared folded: here a wrong or missing mark changes little.
"""

from __future__ import annotations

import re

from bot.understand.fold import fold, has_marks, tidy
from bot.understand.message import AMOUNT, CODE, OTHER_MASKS, PRODUCT, Message
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


def view(plain: str) -> str:
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


def any_of(*phrases: str) -> str:
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
            any_of("bao nhiêu / bao nhiu / bnh / bnhieu / bn / nhiêu / nhiu / mấy tiền / mấy cân"),
            any_of("mấy ký / mấy kg / mấy con / mấy quả / mấy bát / mấy lạng / mấy người"),
            any_of("mấy ngày / mấy chục / mấy đồng / giá khác / giá cả / giá nào / giá thế"),
            any_of("hàng chưa / hàng chứ / sao / thế nào / ntn / bao giờ / khi nào / chừng nào"),
            any_of("bao lâu"),
            any_of("đâu / hả / gì"),
            rf"{any_of('có / còn / hết')}.*{any_of('xnot')}{_LAST}",
            any_of("được xnot / dc xnot / đc xnot"),
            rf"{any_of('xnot')}{_POLITE_END}",
            rf"{any_of('có / còn / hết')}.*{any_of('chứ / chớ')}{_LAST}",
        )
    )
)
_SURELY = re.compile(
    "|".join(
        (
            r"\?\s*$",
            any_of("bao nhiêu / bao lâu / khi nào / bao giờ / thế nào / như nào / mấy giờ"),
            any_of("mấy ngày / ở đâu / tại sao / vì sao / có .* xnot"),
        )
    )
)
_COUNTS = re.compile(r"(?<!\w)(?:còn (?:\w+ ){0,2}|con )\d")
_MAY = re.compile(any_of("được xnot / dc xnot / đc xnot / có được xnot"))
_PAST = re.compile(
    "|".join(
        (
            any_of("hôm qua / hôm trước / hôm kia / tuần trước / tháng trước / cũng bán"),
            rf"{any_of('đã / vừa / mới / chưa / từng')} (?:\w+ )?"
            + any_of("mua / đặt / lấy / nhận"),
            rf"{any_of('mua / nhận')} .*{any_of('rồi')}",
        )
    )
)
_NO_ORDER = re.compile(
    "|".join(
        (
            any_of(
                "giao nhầm / gửi nhầm / giao thiếu / gửi thiếu / trả lại / hoàn tiền / hoàn lại"
            ),
            any_of("có mùi / hỏng rồi / hư rồi / ai bán / từ đâu / đắt thế / đắt quá / đắt vậy"),
            any_of("mắc quá / mắc thế / mắc vậy"),
            rf"{any_of('ck / chuyển khoản / chuyển')} .*{any_of('rồi')}",
            rf"^(?:\w+ )?{any_of('hỏi giá / giá')}",
        )
    )
)
_PRICE = re.compile(
    any_of("giá / bao nhiêu / bao nhiu / bn / bnh / bnhieu / nhiêu / nhiu / mấy tiền")
)
_BARGAINS = re.compile(
    "|".join(
        (
            any_of("bớt / giảm / rẻ / fix / sỉ / buôn / mắc / đắt quá / đắt thế / đắt vậy"),
            any_of("thương lượng / ưu đãi / khuyến mãi / giá tốt / giá mềm / cả xe / tặng"),
            any_of("được xnot / dc xnot / thêm chút / chiết khấu / làm tròn / nhiều có"),
        )
    )
)
_CHANGES = re.compile(
    "|".join(
        (
            rf"{any_of('đổi / thay / sửa')} .*{any_of('thành / sang / lại / còn')}",
            rf"{any_of('thêm / bớt / tăng / giảm / cộng')} .*"
            + any_of("nữa vào / vào / lên / xuống / đi / còn"),
        )
    )
)
_BAD = re.compile(
    any_of("dập / hỏng / thối / mốc / ôi / thiu / vỡ / thiếu / nhầm / sai / móp / chảy nước / ủi")
    + "|"
    + any_of("sâu / bể / nát")
)
_RECEIVED = re.compile(
    rf"{any_of('đã / hôm qua / hôm trước / hôm kia / mới / vừa / lúc nãy')} "
    + any_of("nhận / mua / lấy")
    + "|"
    + any_of("nhận được / nhận hàng")
)
_TAKES = re.compile(
    rf"{any_of('lấy / mua / đặt / chốt / order')}(?: \w+){{0,3}} {PRODUCT}(?!\w)"
    rf"|{any_of('ít / chút / một ít / một chút / vài / mớ')} {PRODUCT}(?!\w)"
)
_NOTHING = re.compile(
    rf"(?:da |da thoi )?(?:{_NOT}|khoi|chang)(?: (?:co|can|dan|nhan|yeu cau|luu y))*"
    r"(?: gi)?(?: (?:het|ca|dau|them|nua|a|ah|nha|nhe|em|shop|ban|oi|chi|anh|dac biet))*"
)
_LEAVES = re.compile(
    any_of("thôi / bỏ qua / để sau / khỏi / không lấy / ko lấy / không mua / ko mua / không cần")
)
_PAID_ON_DELIVERY = re.compile(
    any_of(
        "cod / ship cod / nhận hàng trả tiền / nhận hàng rồi trả tiền / trả tiền mặt / tiền mặt"
    )
    + r"(?:\s+(?:a|ah|nha|nhe|em|shop))*"
)
_AMOUNT = re.compile(
    r"(?<!\w)(?:\d[\d.,]*|mot|hai|ba|bon|nam|sau|nua|muoi|doi|chuc)\s*"
    r"(?:kg|ky|ki|can|lang|g|gr|gam|lit|ml|con|qua|trai|hop|hu|goi|tui|bo|chuc)(?!\w)"
)
_ORDERED = frozenset({PRODUCT, CODE, AMOUNT, OTHER_MASKS["phone"], OTHER_MASKS["number"]})
_NUMBER = re.compile(r"\d\S*")


def asks(plain: str) -> bool:
    """True if the words ask something ("bao nhiêu", "có … không")."""
    return bool(_ASKS.search(view(plain)))


def has_amount(text: str) -> bool:
    """True if a number with a unit of weight or count stands in the words."""
    return bool(_AMOUNT.search(view(tidy(text))))


def surely_asks(plain: str) -> bool:
    """True only for words that cannot be somebody's name or address."""
    return bool(_SURELY.search(view(plain)))


def asks_beside_may(plain: str) -> bool:
    """As `asks`, but "được không" behind an order is only a polite way to order."""
    return asks(_MAY.sub(" ", view(plain)).rstrip("? "))


def asks_or_counts(plain: str) -> bool:
    """As `asks`; "gà đen còn 10 con" tells how many there are, and orders none."""
    return asks(plain) or bool(_COUNTS.search(plain))


def asks_price(plain: str) -> bool:
    """True if the words ask what it costs."""
    return asks(plain) and bool(_PRICE.search(view(plain)))


def is_past(plain: str) -> bool:
    """True if buying is told of, not asked for ("hôm qua mua", "đã đặt", "chưa lấy")."""
    return bool(_PAST.search(view(plain)))


def is_no_order(plain: str) -> bool:
    """True if goods and amounts are spoken of for another reason: wrong, paid for, too dear."""
    return bool(_NO_ORDER.search(view(plain)))


def bargains(plain: str) -> bool:
    """True if the words want it cheaper; a price said beside an amount alone does not."""
    return bool(_BARGAINS.search(view(plain)))


def changes(plain: str) -> bool:
    """True if something chosen before is to be more, less or other."""
    return bool(_CHANGES.search(view(plain)))


def complains(plain: str) -> bool:
    """True if something arrived, or went bad."""
    bare = view(plain)
    return bool(_BAD.search(bare) or _RECEIVED.search(bare))


def arrived_bad(plain: str) -> bool:
    """True if what was received is not as it should be."""
    bare = view(plain)
    return bool(_RECEIVED.search(bare)) and bool(_BAD.search(bare))


def takes(message: Message) -> bool:
    """True if a word of buying stands before goods ("lấy na", "mua cho mình ít măng khô")."""
    return bool(_TAKES.search(view(message.masked())))


def leaves(text: str) -> bool:
    """True if the words drop what is being asked ("thôi không lấy thịt nữa")."""
    return bool(_LEAVES.match(view(tidy(text))))


def says_nothing(text: str) -> bool:
    """True for "không có gì", "ko dặn gì đâu em", and "cod", which is how everybody pays: the
    answer to "anything else to say?".
    """
    bare = fold(text).rstrip(" .!")
    return bool(_NOTHING.fullmatch(bare) or _PAID_ON_DELIVERY.fullmatch(bare))


def only_order(message: Message) -> bool:
    """True if beside goods, amounts, refused numbers and politeness there is nothing."""
    words = re.findall(r"\w+", _MAY.sub(" ", view(message.masked())))
    return all(w in _ORDERED or is_small(w) or _NUMBER.fullmatch(w) for w in words)


def only_goods(message: Message) -> bool:
    """As `only_order`, but a part of a name may stand there too, or two words nobody knows."""
    weak = {w for h in message.hits if h.weak for w in message.plain[h.start : h.end].split()}
    words = re.findall(r"\w+", message.masked())
    other = [w for w in words if w not in _ORDERED and not is_small(w) and w not in weak]
    return len(other) <= MOST_STRANGE and not asks(message.plain)
