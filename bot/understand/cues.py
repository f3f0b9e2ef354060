"""Words around a number that say what it counts: price words, order verbs, questions.

Both spellings stand in the tables; a cue never makes a number, it only decides between readings.
"""

from __future__ import annotations

from bot.understand.fold import fold
from bot.understand.lexemes import Lexed
from bot.understand.numbers import Num


def _both(words: str) -> frozenset[str]:
    return frozenset(words.split()) | frozenset(fold(words).split())


PRICE = _both(
    "thì giá bán ship phí cước cọc bớt giảm trả nợ chuyển ck tiền tổng thối hết lời lãi vốn "
    "nhận tk "
    "hoá hóa đơn cod fee price sale thu chi"
)
"""A number + k behind one of these is money."""
ASKED_PRICE = _both("giá")
ORDER = _both("lấy mua đặt chốt order thêm gửi nhập cho đóng gói ship giao lay")
PRONOUNS = _both("em e mình m tôi t anh a chị c cô chú bác cháu tớ tui shop nhà mẹ tao mk con")
SELLING = frozenset(("giá", "gia", "bán"))
"""Anywhere before a number with k: prices are being told."""
WORTH = _both("tiền")
ABOUT = _both("khoảng tầm cỡ chừng độ hơn gần dưới trên ít") - {"co", "do"}
"""Directly before a number: about, more than, less than."""
_LIMITS = frozenset(
    (
        "ít nhất",
        "nhiều nhất",
        "tối đa",
        "tối thiểu",
        "it nhat",
        "nhieu nhat",
        "toi da",
        "toi thieu",
    )
)
FEW = _both("vài mấy dăm")
SENDING = _both("ship gửi phí cước giao")
"""A question behind one of these asks what sending costs."""
HOW_MUCH = _both("nhiêu nhiu bn bnh bnhiu bnhieu bao bn? mấy")
EACH = _both("mỗi")
IS = _both("giá là bán được hết tính thì = : /")
_PACK_WORDS = "hộp hũ lọ chai gói túi bịch bao khay vỉ thùng lon thúng suất phần két lốc set can"
PACKS = frozenset(_PACK_WORDS.split())
"""Words for packs that hold a weight: `2 gói 500g`."""
COUNT = frozenset(("sl", "lượng", "luong"))
BEHIND_ABOUT = _both("hơn trở đổ")
"""Directly behind an amount: and more, at least."""
STOCK_LEVEL = frozenset(("còn", "con"))
_COMMON_FOLDED = "bo con qua trai can lang yen tan ta cai goi tui cu lo chai bao cap doi"
NEEDS_MARKS = frozenset(_COMMON_FOLDED.split())
"""Units that fold onto common words; read without diacritics only directly behind a number."""


def clause_has(text: Lexed, at: int, words: frozenset[str], reach: int) -> bool:
    """True if one of `words` stands up to `reach` lexemes before `at` in the same clause."""
    for i in range(at - 1, max(-1, at - 1 - reach), -1):
        if text.found[i] == "comma":
            return False
        if text.texts[i] in words:
            return True
    return False


def ordered(text: Lexed, at: int) -> bool:
    """True if an order verb stands directly before `at`, pronouns aside: `cho em 1 cân`."""
    i = at - 1
    while i >= 0 and text.texts[i] in PRONOUNS:
        i -= 1
    return i >= 0 and text.texts[i] in ORDER


def vaguely(text: Lexed, at: int) -> bool:
    """True if a word directly before `at` makes the number there vague."""
    word = text_at(text, at - 1)
    if word in ("mươi", "muoi", "chục", "chuc"):
        return not isinstance(text.found[at - 2] if at > 1 else None, Num)
    return word in ABOUT or f"{text_at(text, at - 2)} {word}" in _LIMITS


def text_at(text: Lexed, at: int) -> str:
    return text.texts[at] if 0 <= at < len(text.texts) else ""
