"""The two tables quantities are read by: words for units, and words for numbers.

The tables are written with diacritics; `lexicon` also makes the folded ones, where words that fold
onto each other are told apart by their place or must be asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from bot.shop.says import Base
from bot.understand.fold import fold, tidy

T = TypeVar("T")

UnitKind = Literal["mass", "volume", "piece", "group"]
"""`piece` words count single things, `group` words several (đôi, chục, tá)."""

Role = Literal["digit", "last", "ten", "tens", "hundred", "thousand", "link", "twenty"]
"""`last` ends a compact ten: hai mốt, bốn lăm. `link` comes before a lone last digit: linh, lẻ."""

Mark = Literal[
    "half", "and-half", "range", "minus", "times", "thousand", "million", "billion", "vague",
    "not", "money", "percent", "other", "filler", "comma", "question", "bad", "per", "product",
    "gone", "unknown", "end",
]  # fmt: skip
"""What a word that is neither number nor unit does to the numbers beside it. `per` is a slash,
`product` a name or live code, `gone` a number that was already read as something
else, `end` is no word at all."""


@dataclass(frozen=True, slots=True)
class Unit:
    """`size` in grams, millilitres or pieces; `word` names one piece (`con`), with diacritics."""

    kind: UnitKind
    size: int
    word: str = ""

    @property
    def base(self) -> Base:
        bases: dict[UnitKind, Base] = {"mass": "g", "volume": "ml"}
        return bases.get(self.kind, "piece")


@dataclass(frozen=True, slots=True)
class NumberWord:
    role: Role
    value: int = 0


UNITS: tuple[tuple[UnitKind, int, str], ...] = (
    ("mass", 1, "g gr gram gam"),
    ("mass", 100, "lạng"),
    ("mass", 1000, "kg kgs kgr ký kí kilo kilos kilô cân kilogram kilogam"),
    ("mass", 10_000, "yến"),
    ("mass", 100_000, "tạ"),
    ("mass", 1_000_000, "tấn"),
    ("volume", 1, "ml mililit"),
    ("volume", 1000, "lít lit l"),
    ("piece", 1, "con quả trái hộp hũ lọ chai gói túi bó mớ thúng bịch củ cái chiếc"),
    ("piece", 1, "khay vỉ suất phần bát thùng lon cây bắp bao quày nải lượt"),
    ("piece", 1, "xâu xiên sọt rổ lốc hủ miếng cục két ly combo set buồng"),
    ("piece", 1, "tus lub pob hnab hwj hub"),  # Mông (RPA), as the shop itself writes amounts
    ("piece", 1, "pc pcs box bunch bottle jar pack bag"),
    ("group", 2, "đôi cặp"),
    ("group", 10, "chục"),
    ("group", 12, "tá"),
)
"""Kind, size in base units, words. Pack words have no weight of their own: they count."""

_SAME = {"hủ": "hũ"}
"""Misspellings of one word for a piece."""

NUMBERS: tuple[tuple[Role, int, str], ...] = (
    ("digit", 1, "một"),
    ("digit", 2, "hai"),
    ("digit", 3, "ba"),
    ("digit", 4, "bốn"),
    ("digit", 5, "năm"),
    ("digit", 6, "sáu"),
    ("digit", 7, "bảy bẩy"),
    ("digit", 8, "tám"),
    ("digit", 9, "chín"),
    ("last", 1, "mốt"),
    ("last", 4, "tư"),
    ("last", 5, "lăm nhăm"),
    ("ten", 10, "mười"),
    ("tens", 10, "mươi"),
    ("hundred", 100, "trăm"),
    ("thousand", 1000, "nghìn ngàn ngìn"),
    ("link", 0, "linh lẻ"),
    ("twenty", 20, "hăm"),
)
"""Role, value, words."""

HALF = "nửa"
AND_HALF = "rưỡi rưởi"
RANGE = "đến tới hoặc hay"
VAGUE = "vài mấy dăm ít khoảng tầm hơn gần cỡ độ chừng"
NOT = "không bỏ đừng khỏi chưa ko nhiêu giá"
"""A refusal or a question: whatever number stands here is not being ordered."""
MONEY = "đ đồng vnd vnđ"
MILLION = "triệu tr trieu"
BILLION = "tỷ tỉ"
OTHER_NUMBERS = (
    "giờ h phút ngày tháng thứ tuần hôm mai số nhà ngõ ngách đường phố quận phường xã tổ thôn bản "
    "km độ tuổi lần nay ngoái tk stk sđt"
)
"""A number beside these is a time, a place or an account, never a quantity."""
FILLERS = (
    "lấy cho em e mình tôi anh a chị c shop ơi nhé nha nhá ạ à với đi thôi dạ vâng ừ ok mua đặt "
    "chốt thêm nữa là được luôn cần muốn giúp cháu chú cô bác nhe nhen vậy"
)


_MARKS: tuple[tuple[Mark, str], ...] = (
    ("and-half", AND_HALF),
    ("range", RANGE),
    ("not", NOT),
    ("vague", VAGUE),
    ("money", MONEY),
    ("million", MILLION),
    ("billion", BILLION),
    ("filler", FILLERS),
    ("other", OTHER_NUMBERS),
)
"""The first that knows a word decides."""
_NO_MARK_FOLDED = frozenset(("co", "do"))
"""cỡ and độ fold onto "có" and "đó", which are said far more often."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by meaning, all with diacritics, all folded, or mixed."""

    units: Mapping[str, tuple[Unit, ...]]
    numbers: Mapping[str, tuple[NumberWord, ...]]
    half: frozenset[str]
    marks: Mapping[str, Mark]


def lexicon(view: Callable[[str], str]) -> Lexicon:
    """The tables in one view; a word with several meanings (ta: tạ, tá) keeps them all."""
    numbers: dict[str, tuple[NumberWord, ...]] = {}
    for role, value, words in NUMBERS:
        for word in map(view, words.split()):
            numbers[word] = (*numbers.get(word, ()), NumberWord(role, value))
    return Lexicon(_units(view), numbers, frozenset(map(view, HALF.split())), _marks(view))


def _units(view: Callable[[str], str]) -> dict[str, tuple[Unit, ...]]:
    units: dict[str, tuple[Unit, ...]] = {}
    for kind, size, words in UNITS:
        for word in words.split():
            unit = Unit(kind, size, _SAME.get(word, word) if kind == "piece" else "")
            others = units.get(view(word), ())
            if all((one.kind, one.size) != (kind, size) for one in others):
                units[view(word)] = (*others, unit)
    return units


def _marks(view: Callable[[str], str]) -> dict[str, Mark]:
    marks: dict[str, Mark] = {}
    for mark, words in _MARKS:
        for word in map(view, words.split()):
            if view is not fold or word not in _NO_MARK_FOLDED:
                marks.setdefault(word, mark)
    return marks


def _mixed(spelled: Lexicon, folded: Lexicon) -> Lexicon:
    """A word is read as spelled; only one that means nothing so is read folded ("can", "muoi")."""
    known = {*spelled.units, *spelled.numbers, *spelled.half, *spelled.marks}

    def more(table: Mapping[str, T]) -> dict[str, T]:
        return {word: one for word, one in table.items() if word not in known}

    return Lexicon(
        {**more(folded.units), **spelled.units},
        {**more(folded.numbers), **spelled.numbers},
        spelled.half | (folded.half - known),
        {**more(folded.marks), **spelled.marks},
    )


ACCENTED = lexicon(tidy)
FOLDED = lexicon(fold)
MIXED = _mixed(ACCENTED, FOLDED)
"""For text in which some words carry diacritics and some do not."""
