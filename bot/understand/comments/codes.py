"""Where codes and phone numbers stand in a comment, and the text with marks in their place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from bot.understand.comments.words import role_at
from bot.understand.fold import tidy
from bot.understand.lexemes import GONE, PRODUCT
from bot.understand.phones import Phone, read_phone
from bot.understand.unit_words import ACCENTED, FOLDED

MOST_TEXT = 300
"""Characters of a tidied comment that are read; nobody claims in more."""
_MOST_RAW = 4000

UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
                     "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ue000-\uf8ff"
                     "\U000e0000-\U000e0fff]")  # fmt: skip
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.])[\w.\-]+\.(?:vn|com|net|me|ly|be|org)(?:/\S*|(?!\w))",
    re.IGNORECASE,
)
_SAD = re.compile(r"[:=;]['’-]*[(\[]+|(?<!\w)[tT][_.]+[tT](?!\w)|>[_.]*<|-_+-")
_SMILE = re.compile(
    r"[:=;]['’-]*[)\]]+|(?<=\s)[:=][dpvDPV](?!\w)|\^[_.-]*\^|<3+|♡+|\)\)+"
    r"|(?<!\w)(?:k{2,}|(?:h[iaeìàíéê]){2,}h?)(?!\w)",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"[~≈]\s*(?=\d)")
_BULLET = re.compile(r"(?m)^\s*[-–•*·]\s+(?=\S)")
_DRAWN = re.compile(r"([^\W\d_])\1{2,}")
"""`chốttttt`, `nhéeee`."""

_SEP = r"[ .\-]?"
_PHONE = re.compile(
    rf"(?<![\d+])(?:\(?\+?84\)?|0084|[0o]){_SEP}(?:\(0\){_SEP})?"
    rf"(?:1[2689]\d(?:{_SEP}\d){{7}}|[2-9](?:{_SEP}\d){{8}})(?!\w)"
    rf"|(?<![\w.,+])[35789]\d{{8}}(?!\w)"
    rf"|(?<![\w.,+])[35789]\d\d[ .\-]\d{{3}}[ .\-]\d{{3}}(?!\w)"
)
_NO_PHONE = re.compile(r"(?<!\w)(?:\+|84(?=\d)|0)\d(?:[.\- ]?\d){5,}(?!\w)")
"""Meant as one, with a digit too many or too few."""
_NAME = re.compile(
    r"(?<!\w)(?:tên|ten)\s*(?:là\s|la\s|:)?\s*(?P<name>[^\W\d_]+(?:\s[^\W\d_]+){0,4})(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Coded:
    """A code in the text. open: it may be something else (`a 1 kg` is also "anh, 1 kg")."""

    code: str
    open: bool = False


@dataclass(slots=True)
class Marked:
    """plain: the tidied comment, PRODUCT for a code and GONE for a phone number, each a word.

    codes: in order; those that are not on air stand in `unknown` and as an empty code.
    """

    plain: str
    codes: list[Coded] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    phone: str = ""
    name: str = ""
    long: bool = False


def cleaned(text: str) -> str:
    """Composed, without what is not seen, smiles and bullets, a word for each link; lines stay."""
    text = text[:_MOST_RAW]
    if not text.isascii():
        text = unicodedata.normalize("NFC", UNSEEN.sub("", text))
    text = _SMILE.sub(" ", _SAD.sub(" 💔 ", _LINK.sub(" http ", text)))
    return _BULLET.sub("", _ABOUT.sub(" khoảng ", text))


def marked(text: str, codes: tuple[str, ...]) -> Marked:
    """A comment with its codes, phone number and name taken out."""
    clean = cleaned(text)
    lines = (line for line in clean.split("\n") if line.strip())
    plain = UNSEEN.sub("", _DRAWN.sub(r"\1", tidy(" , ".join(lines))))
    found = Marked(plain, long=len(plain) > MOST_TEXT)
    if found.long:
        return found
    _take_phones(found)
    if "tên" in plain or "ten" in plain:
        _take_name(found, clean)
    _Finder.of(codes).take(found)
    return found


def _take_phones(found: Marked) -> None:
    if not any(map(str.isdigit, found.plain)):
        return

    def replaced(match: re.Match[str]) -> str:
        said = match[0]
        phone = read_phone("0" + said[1:] if said[0] == "o" else said)
        if isinstance(phone, Phone):
            found.phone = found.phone or phone.number
        return f" {GONE} "

    found.plain = _NO_PHONE.sub(f" {GONE} ", _PHONE.sub(replaced, found.plain))


def _take_name(found: Marked, clean: str) -> None:
    """The words behind "tên" that say nothing else, as typed."""
    here, typed = _NAME.search(found.plain), _NAME.search(clean)
    if here is None or typed is None:
        return
    size = _name_size(here["name"].split())
    if size:
        name = " ".join(typed["name"].split()[:size])
        end = here.start("name") + len(" ".join(here["name"].split()[:size]))
        found.name = name
        found.plain = f"{found.plain[: here.start()]} , {found.plain[end:]}"


def _name_size(words: list[str]) -> int:
    """How many words of a name; the first may be one that means something else (Huy)."""
    if role_at(words, 0)[0] in "wavVn":
        return 0
    size = 1
    while size < len(words) and role_at(words, size)[0] == "*":
        size += 1
    return size


_PREFIX = (
    r"(?:mã số|mã hàng|mã sp|mã|ma so|ma hang|ma sp|ma|ms|msp|sp|sản phẩm|san pham|số|so|code)"
)
_GLUED_VERB = r"(?<!\w)(chốt|chot|lấy|lay|mua|đặt|dat|cf|mã)"
_CUT_SHORT = frozenset("acemtb")
"""Letters that are also words for people: `a 1 kg` may be "anh, 1 kg"."""
_FOR = re.compile(r"(?:^|\s)(?:cho|để|de|gửi|gui|giúp|giup|với|voi|bán|ban|của|cua)\s$")
_TAKES = re.compile(r"(?:^|\s)(?:chốt|chot|lấy|lay|mua|đặt|dat|cf|order)\s$")
_CUT_BEHIND = re.compile(r"\s?[.,/]\d|\s+:3(?!\w)")
"""`A1,2kg`, `A1/2`: where the code ends is open; `:3` may be a face."""
_NEXT_WORD = re.compile(r"\s*([^\W\d_]+)")
_AMOUNT_NEXT = re.compile(r"\s*(?:[x×*:=+\-]\s*)?\d")
_UNITS = frozenset((*ACCENTED.units, *FOLDED.units, "rưỡi", "ruoi", "nửa", "nua"))
_LINKED = re.compile(rf"({PRODUCT})\s*[x×*:=+\-]\s*(?=\d)")
_BEFORE = re.compile(rf"(?<![\w.,/])(\d{{1,3}})\s?[x×*]\s?(?={PRODUCT})")


class _Finder:
    """Finds the codes of one live; made once for each list of codes."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        self._codes = frozenset(codes)
        split = [m for m in (re.fullmatch(r"([A-Z]+)(\d+)", c) for c in codes) if m]
        letters = sorted({m[1].lower() for m in split}, key=len, reverse=True)
        some = "|".join(map(re.escape, [*letters])) or r"(?!)"
        words = "|".join(re.escape(c.lower()) for c in codes if not any(map(str.isdigit, c)))
        self._numbers = {c.lstrip("0") or c: c for c in codes if c.isdecimal()}
        for digits in {m[2] for m in split} - set(self._numbers):
            having = [m[0] for m in split if m[2] == digits]
            if len(having) == 1:
                self._numbers[digits] = having[0]
        self._glued = (
            (re.compile(rf"({some})(\d{{1,2}})(?=(?:{some})\d)"), r"\1\2 "),
            (re.compile(rf"(x\s?\d{{1,3}})(?=(?:{some})\d)"), r"\1 "),
            (re.compile(rf"(?<![\w.,/])(\d{{1,2}})\s?x\s?(?=(?:{some})\d)"), r"\1 x "),
            (re.compile(rf"(?<![\w.,/])(\d{{1,2}})(?=(?:{some})\d)"), r"\1 x "),
            (re.compile(rf"(?<!\w)x\s?(\d{{1,2}})\s(?=(?:{some})\d)"), r"x\1 "),
            (re.compile(rf"{_GLUED_VERB}(?=(?:{some})\d)"), r"\1 "),
        )
        self._code = re.compile(
            rf"(?<![^\W_])#?(?:{_PREFIX}\s?[:.]?\s?)?(?P<letters>{some})"
            rf"(?P<between>\s?[.\-_]\s?|\s)?0?(?P<digits>\d{{1,2}})(?![\d_])"
            rf"|(?<!\w)(?<!mỗi )(?<!moi )(?:{_PREFIX}\s?[:.]?\s?|#)"
            rf"(?P<number>\d{{1,2}})(?![\w/]|[.,]\d)"
            rf"|(?<!\w)(?:{_PREFIX}\s?)?(?P<word>{words or '(?!)'})(?!\w)"
            rf"|(?<![\w.,/])(?P<other>[a-fijlnorsuvwyz]\d{{1,2}})(?![\w/]|[.,]\d)"
        )

    @staticmethod
    @lru_cache(maxsize=64)
    def of(codes: tuple[str, ...]) -> _Finder:
        return _Finder(codes)

    def take(self, found: Marked) -> None:
        plain = found.plain
        for pattern, put in self._glued:
            plain = pattern.sub(put, plain)
        firm = any(not m["between"] for m in self._code.finditer(plain) if m["letters"])

        def replaced(match: re.Match[str]) -> str:
            return self._replaced(match, found, plain, firm=firm)

        plain = self._code.sub(replaced, plain)
        plain = _BEFORE.sub(r"\1 x ", _LINKED.sub(r"\1 x", plain))
        found.plain = " ".join(plain.split())

    def _replaced(self, match: re.Match[str], found: Marked, plain: str, *, firm: bool) -> str:
        code = self._meant(match)
        spaced = bool(match["letters"]) and bool((match["between"] or "").strip(".-_"))
        if spaced and (code not in self._codes or (firm and match["letters"] in _CUT_SHORT)):
            return match[0]  # "e 2 a1"
        if code not in self._codes and match["number"] and not match[0].startswith(("mã", "ma")):
            return match[0]  # "số 12 Trần Phú"
        if code not in self._codes:
            found.unknown.append(code)
            found.codes.append(Coded(""))
            return f" {PRODUCT} "
        taken = _TAKES.search(plain, 0, match.start())
        unsure = bool(match["number"]) and match[0].startswith("s") and not taken
        unsure = unsure or bool(_CUT_BEHIND.match(plain, match.end()))
        found.codes.append(Coded(code, unsure or (spaced and _may_be_else(match, plain))))
        return f" {PRODUCT} "

    def _meant(self, match: re.Match[str]) -> str:
        if match["letters"]:
            return f"{match['letters']}{int(match['digits'])}".upper()
        if match["number"]:
            return self._numbers.get(str(int(match["number"])), match["number"])
        return (match["word"] or match["other"]).upper()


def _may_be_else(match: re.Match[str], plain: str) -> bool:
    """`a 1` behind "cho" or before a unit; behind "chốt" unless an amount follows."""
    before, behind = plain[: match.start()], plain[match.end() :]
    following = _NEXT_WORD.match(behind)
    if (following and following[1] in _UNITS) or match["letters"] not in _CUT_SHORT:
        return bool(following and following[1] in _UNITS)
    if _FOR.search(before):
        return True
    return bool(_TAKES.search(before)) and not _AMOUNT_NEXT.match(behind)
