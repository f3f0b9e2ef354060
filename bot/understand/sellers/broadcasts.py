"""What a seller wants her customers told, and whom: "nhắn khách: mai có thịt mới".

Her words are kept exactly as she wrote them; only what stands before them is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from bot.understand.fold import fold, has_marks, tidy
from bot.understand.provinces import Named, find_province, province_spans
from bot.understand.sellers.words import same_word

MOST_TEXT = 2000
MOST_STRANGE = 2
"""Words before a colon that may be somebody nobody knows ("khách vip:"); more are her message."""

_WHO = r"(?:(?:em|shop|giup|ho|oi|a|chi|minh|bot|hay|nho) )*"
_VERB = (
    r"(?P<verb>nhan tin|nhan|bao tin|bao|thong bao|gui tin nhan|gui tin|gui thong bao|gui loi|"
    r"noi voi|nhac|loan tin|hu|alo|soan tin|viet tin)"
)
_TO = r"(?:,? (?:giup|ho|tin|cho|toi|den|voi|het|tat ca|toan bo|ngay|em|chi|minh|cac|hang loat))*"
_THEM = (
    r"(?:khach hang|khach|moi nguoi|ba con|ca nha|(?:nhung )?nguoi theo doi|cac ban|"
    r"fan|follower|nguoi mua|nguoi da mua|(?:nhung )?ai)"
)
_HEAD = re.compile(rf"^\W*{_WHO}{_VERB}{_TO} {_THEM}(?!\w)")
_ONE = re.compile(
    r"^ (?:hang )?(?:nay|do|kia|vua roi|ten|so|don|zj\w+|chi (?!em|minh)\w+|anh \w+)(?!\w)"
)
"""One customer is meant, not those who follow her."""
_SLASH = re.compile(r"^\W*/(?:nhackhach|nhankhach|nhac)(?:@\w+)?(?!\w)")
_CALLED = re.compile(rf"^\W*{_THEM}(?= |:)")
_WHOEVER = re.compile(
    r"^\W*(?:ai|khach nao|nguoi nao) (?:(?:da|tung|hay|thich|muon) )*(?:mua|dat|lay|hoi)(?: mua)?"
    rf" (?P<product>[^:,]{{1,40}}?)(?: roi)?(?: thi|,) {_WHO}{_VERB}(?!\w)"
    r"(?: (?:giup|ho|tin|cho|ho|ngay|em|chi|minh|la|biet))*"
)
_SPLIT = re.compile(
    r"(?<!\d)\s*:\s*|:\s+|\s*\n\s*|\s+[-–—]\s+"
    r"|(?<!son)(?<!muong)\s+(?:biet la|biet rang|la|rang)(?:\s*:\s*|\s+|$)"
)
_SPELLED_WORDS = "nhắn nhắc báo thông tin gửi lời nói với loan hú alo soạn viết bao nhan"
_SPELLED = frozenset(_SPELLED_WORDS.split())
_TALKS = r"(?<!\w)(?:(?:noi|biet|dung) )?"
_LANGS = {
    "hmn": re.compile(_TALKS + r"(?:(?:tieng|nguoi|dan toc) )?(?:h'?mong|mong)(?!\w)"),
    "en": re.compile(_TALKS + r"(?:tieng anh|english|nguoi tay|nuoc ngoai)(?!\w)"),
    "vi": re.compile(_TALKS + r"tieng (?:viet|kinh|pho thong)(?!\w)"),
}
_BUYS = re.compile(
    r"(?<!\w)(?:(?:da|tung|hay|thuong|dang|muon) )*(?:mua|dat|lay|thich|cho|quan tam)"
    r"(?: (?:mua|hang))? (?P<product>\w[\w ]{0,40})$"
)
_BOUGHT = re.compile(
    r"(?:hay|da|tung|thuong) (?:tung )?(?:mua|dat|lay)(?!\w)"
    r"(?: (?P<product>\w+(?: \w+){0,4}?)(?: roi)?,?"
    r" (?=(?:mai|toi|hom|nay|sang|chieu|co|con|dot|sap|vua|da|duoc|giam|shop|em|ben|tuan|cuoi|thu"
    r"|ngay|bay gio|la|thi|het)(?!\w)))?"
)
_NO_PRODUCT = frozenset({"nhieu", "hang", "roi", "cua em", "cua chi", "cua minh", "quen", "si"})
_FILLER_WORDS = """
quen cũ hàng của em chị mình tôi tui shop nhà ơi ạ nhé giúp với hộ các tất cả hết từ thân thiết
ruột ở tại vùng khu vực tỉnh thành phố tp người theo dõi đã đăng ký biết tin giùm cho dùm đều nghe
được thì là ngoài khách rằng và những
"""
_FILLER = frozenset(_FILLER_WORDS.split())
_OPENS = re.compile(
    r"^[\s,]*(?:(?:quen|cu|oi|gan xa|nghe|biet(?: tin)?(?: la)?|hang"
    r"|cua (?:em|chi|minh|shop|toi|nha)|giup(?: em| chi| minh)?|ho(?: em| chi)?|la|rang)"
    r"(?:[\s,]+|$))*"
)


@dataclass(frozen=True, slots=True)
class BroadcastSaid:
    """words: what is to be told, as she wrote it; empty if she has not said it yet.

    lang: only those who talk this language ("hmn", "en", "vi"), empty for all. places: codes of
    the provinces the words may mean, one if clear; () for all. product: the goods that those
    bought, as typed; empty for all. whom: words about whom that are not understood, as typed;
    then it must be asked.
    """

    words: str
    lang: str = ""
    places: tuple[int, ...] = ()
    product: str = ""
    whom: str = ""


def broadcast_said(
    text: str, provinces: Mapping[int, Named] | None = None
) -> BroadcastSaid | None:
    """What a seller's sentence wants told to her customers; None if it wants nothing told.

    provinces: by official code, for "nhắn khách hà nội". Behind a slash command ("/nhac …") all
    words are the message. Never raises.
    """
    typed = unicodedata.normalize("NFC", text[:MOST_TEXT])
    bare = _bare(typed)
    if found := _SLASH.match(bare):
        return broadcast_of(typed[found.end() :], provinces)
    if found := _WHOEVER.match(bare):
        words = typed[found.end() :].strip(" :,\n")
        return BroadcastSaid(words, product=typed[slice(*found.span("product"))].strip())
    found = _HEAD.match(bare)
    if not found or bare.rstrip().endswith("?") or not _is_spelled(typed, found):
        return None
    rest = typed[found.end() :]
    whoever = bare[: found.end()].endswith(" ai") and not _BUYS.search(_head(rest))
    if whoever or _ONE.match(bare[found.end() :]):
        return None
    return _addressed(rest, provinces or {})


def broadcast_of(text: str, provinces: Mapping[int, Named] | None = None) -> BroadcastSaid:
    """The words behind a slash command, or the answer to "what shall we tell them?": all of it is
    the message, unless it says itself whom it is for ("khách Hà Nội: …").
    """
    rest = unicodedata.normalize("NFC", text[:MOST_TEXT]).strip()
    if said := broadcast_said(rest, provinces):
        return said
    called = _CALLED.match(_bare(rest))
    if called and _SPLIT.search(_bare(rest)):
        said = _addressed(rest[called.end() :], provinces or {})
        if said.words and not said.whom and said != BroadcastSaid(said.words):
            return said
    return BroadcastSaid(rest)


def _bare(typed: str) -> str:
    """Folded letter by letter, as long as the typed text, so that offsets are the same."""
    return "".join(_letter(c) for c in typed)


def _letter(c: str) -> str:
    folded = fold(c)
    return folded if len(folded) == 1 else c


def _is_spelled(typed: str, found: re.Match[str]) -> bool:
    """ "Nhận khách" is no "nhắn khách": with diacritics the verb needs its own."""
    verb = tidy(typed[slice(*found.span("verb"))])
    return not has_marks(verb) or all(w in _SPELLED for w in verb.split())


def _head(rest: str) -> str:
    """Folded words before the first colon or "là"."""
    bare = _bare(rest)
    cut = _SPLIT.search(bare)
    return bare[: cut.start()] if cut else bare


def _addressed(rest: str, provinces: Mapping[int, Named]) -> BroadcastSaid:
    """What stands behind "nhắn khách": whom, then the words."""
    bare = _bare(rest)
    cut = _SPLIT.search(bare)
    if cut is None:
        return _unmarked(rest, bare, provinces)
    words = rest[cut.end() :].strip()
    said = _audience(rest[: cut.start()], words, provinces)
    strange = len(rest[: cut.start()].split()) if said.whom else 0
    if strange > MOST_STRANGE or (strange and ":" not in cut[0]):
        return _unmarked(rest, bare, provinces)
    return said


def _unmarked(rest: str, bare: str, provinces: Mapping[int, Named]) -> BroadcastSaid:
    """ "Nhắn khách mai có thịt mới": no colon, so only what surely says whom is taken away."""
    opened = _OPENS.match(bare)
    start = opened.end() if opened else 0
    behind = re.match(r"(?:o |tai )?", bare[start:])
    at = start + (behind.end() if behind else 0)
    span = next((s for s in province_spans(tidy(rest[at:]), provinces) if s[0] == 0), None)
    said = tidy(rest[at:])[: span[1]] if span else ""
    if span and rest[at:].lower().startswith(said):
        places = tuple(find_province(said, provinces))
        words = rest[at + len(said) :].strip(" ,:")
        return BroadcastSaid(words, places=places)
    if talks := _talks_at(bare[start:]):
        code, end = talks
        return BroadcastSaid(rest[start + end :].strip(" ,:"), code)
    if bought := _BOUGHT.match(bare[start:]):
        return _bought(rest[start:], bought)
    return BroadcastSaid(rest[start:].strip(" ,:"))


def _talks_at(bare: str) -> tuple[str, int] | None:
    """The language named at the very beginning, and where its words end."""
    for code, said in _LANGS.items():
        found = said.match(bare)
        if found and found[0] != "mong":  # "mong mọi người ủng hộ"
            return code, found.end()
    return None


def _bought(rest: str, bought: re.Match[str]) -> BroadcastSaid:
    """ "Đã mua na mai có na mới": the goods end where a clause seems to begin; else ask her."""
    if bought["product"] is None:
        return BroadcastSaid("", whom=rest.strip())
    product = rest[slice(*bought.span("product"))].strip()
    return BroadcastSaid(rest[bought.end("product") :].strip(" ,:"), product=product)


def _audience(head: str, words: str, provinces: Mapping[int, Named]) -> BroadcastSaid:
    """Whom the words before the colon mean."""
    lang, head = _lang(head)
    bare = _bare(head)
    buys = _BUYS.search(bare.rstrip())
    product = head[slice(*buys.span("product"))].strip() if buys else ""
    product = "" if fold(product) in _NO_PRODUCT else product
    if buys:
        head = head[: buys.start()]
    places = _places(head, provinces)
    left = [w for w in head.split() if not _filler(w)]
    whom = "" if places else " ".join(left).strip(" ,")
    return BroadcastSaid(words, lang, places, product, whom)


def _places(head: str, provinces: Mapping[int, Named]) -> tuple[int, ...]:
    """Of one province what it may mean; of several each: it must be asked which."""
    plain = tidy(head)
    spans = province_spans(plain, provinces)
    if len(spans) < 2:
        return tuple(find_province(head, provinces))
    each = (find_province(plain[start:end], provinces) for start, end in spans)
    return tuple(dict.fromkeys(code for codes in each for code in codes))


def _lang(head: str) -> tuple[str, str]:
    """The language that is named, and the words without it."""
    for code, said in _LANGS.items():
        if found := said.search(_bare(head)):
            return code, f"{head[: found.start()]} {head[found.end() :]}"
    return "", head


def _filler(word: str) -> bool:
    plain = tidy(word).strip(",.!")
    return not plain or same_word(plain, _FILLER)
