"""Words said while an order is being placed: not now, wait, who it is for, what is wrong in it.

Read by patterns over the whole message, never guessed: each of them changes or stops an order.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from bot.understand.fold import fold, has_marks, tidy
from bot.understand.names_of_people import NAMED, name_in
from bot.understand.phones import Phone, read_phone

Step = Literal["phone", "name", "address", "province", "note"]

_OPEN = (
    r"(?:(?:da|vang|u|uh|um|ok|oke|oki|thoi|a|ah|o|nhung|ma|the|thi|vay|khoan|tu tu|shop|em|chi|"
    r"anh|oi|uhm)[\s,.]+)*"
)
_WHO = r"(?:(?:em|e|minh|m|toi|t|anh|a|chi|c|co|chu|bac|chau|tao)\s+)?"
_NOT = r"(?:dung|khong|ko|k|kh|hong|hok|chua|khoi|khoan)"
_BUY = r"(?:dat hang|dat don|dat|mua hang|mua|lay hang|lay|chot don|chot|len don|gui|thanh toan)"
_END = (
    r"(?:[\s,.!]+(?:gi|voi|voi vang|nua|dau|luon|vay|nhe|nha|a|ah|em|shop|chi|anh|ban|oi|da|roi|"
    r"nay|ca|het|don|hang|vi|cai|bay gio|hom nay|thoi))*[\s.!]*"
)
_TO_DO = rf"(?:\s+{_WHO}{_BUY})"
_DAY = (
    r"(?:mai|mot|sau|lat|lat nua|ti nua|chut nua|toi|toi nay|chieu|hom sau|hom khac|luc khac|"
    r"khi khac|dip khac|bua khac|bua sau|lan sau|tuan sau|thang sau)"
)
_OTHERS = (
    r"(?:lai|them|y kien|chong|vo|me|bo|nha|ba|ong|xa|ba xa|ong xa|gia dinh|nguoi nha|ky|mot|chut|"
    r"ti|y|xem|da)"
)
_PUTS_OFF = re.compile(
    _OPEN
    + "(?:"
    + "|".join(
        (
            rf"{_WHO}{_NOT} (?:co |muon |can |voi |vo )?{_BUY}",
            rf"{_WHO}(?:de|hen) {_WHO}{_DAY}{_TO_DO}?",
            rf"{_DAY} {_WHO}{_BUY}",
            rf"de {_WHO}(?:hoi|ban|xem|nghi|suy nghi|tinh|can nhac|coi)(?: {_OTHERS})*",
            rf"(?:em |minh )?(?:nghi|suy nghi|can nhac|tinh) (?:lai|da|them)(?: {_OTHERS})*",
        )
    )
    + ")"
    + _END
)
_DROPS = frozenset(("thoi", "thoi a", "thoi em", "thoi khoi", "huy", "de sau", "bo qua"))
_WAITS = re.compile(
    rf"{_OPEN}{_WHO}(?:doi|khoan|khoan da|tu tu)"
    r"(?: (?:em|minh|chi|anh|ty|ti|teo|chut|xiu|mot|1|lat|phut|da|tu tu|oi|shop|nhe|nha|a))*"
    r"[\s.!]*"
)
_WHEN = re.compile(
    r"(?<!\w)(?:bao lau|bao gio|khi nao|chung nao|luc nao|ngay nao|may (?:ngay|hom|bua))(?!\w)"
)
_ARRIVES = re.compile(r"(?<!\w)(?:nhan|toi|den|ve|giao|tra hang|hang)(?!\w)")
_PERSON = re.compile(
    r"(?<!\w)(?:gap|noi chuyen|noi voi|noi truc tiep|lien he|hoi)(?: \w+){0,3} "
    r"(?:nguoi ban|nguoi that|chu shop|nhan vien|chu hang)(?!\w)"
)
_NO_PHONE = re.compile(
    rf"{_OPEN}{_WHO}{_NOT} (?:co |dung )(?:so|dien thoai|sdt|may)(?: \w+){{0,3}}"
)
_ONLY_AMOUNT = re.compile(
    r"(?:\d[\d.,]*|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|nua)\s*(?:kg|ky|ki|can|lang|g|gr|lit|"
    r"con|qua|hop|hu|goi|tui|bo|chuc|chai)(?: ruoi)?(?: (?:nhe|nha|a|thoi|em|shop))*[\s.!]*"
)


def puts_off(text: str) -> bool:
    """True if the words do not want the order (now), and name no goods: "chưa đặt vội", "để mai".

    Without diacritics "dung dat" is read as the refusal, not as "đúng, đặt".
    """
    if has_marks(text) and re.search(r"(?<!\w)đúng(?!\w)", tidy(text)):
        return False
    return bool(_PUTS_OFF.fullmatch(fold(text)))


def drops(text: str) -> bool:
    """True for a bare "thôi", which is nobody's name or address."""
    return fold(text).rstrip(" .!") in _DROPS


def waits(text: str) -> bool:
    """True for "đợi em chút"; "cho" without its mark is too many other things."""
    said = re.sub(r"(?<!\w)chờ(?!\w)", "đợi", tidy(text))
    return bool(_WAITS.fullmatch(fold(said)))


def asks_when(text: str) -> bool:
    """True if the words ask when the goods arrive."""
    bare = fold(text)
    return bool(_WHEN.search(bare) and _ARRIVES.search(bare))


def wants_person(text: str) -> bool:
    """True if the words ask for the seller herself."""
    return bool(_PERSON.search(fold(text)))


def has_no_phone(text: str) -> bool:
    return bool(_NO_PHONE.fullmatch(fold(text)))


def only_amount(text: str) -> bool:
    """True for an amount and nothing else: of what?"""
    return bool(_ONLY_AMOUNT.fullmatch(fold(text)))


def only_phone(text: str) -> bool:
    """True for a mobile number with hardly a word beside it."""
    others = [w for w in re.findall(r"[^\W\d_]+", text) if fold(w) not in _BESIDE_PHONE]
    return isinstance(read_phone(text), Phone) and not others


_BESIDE_PHONE = frozenset(
    ("so", "dien", "thoai", "sdt", "dt", "em", "minh", "la", "day", "nhe", "nha", "a", "ah", "da")
)


@dataclass(frozen=True, slots=True)
class Correction:
    """What of the order is wrong; `value` is empty if only that was said."""

    step: Step
    value: str = ""


def _both(words: str) -> str:
    return f"(?:{words}|{fold(words)})"


_FIELDS: tuple[tuple[Step, str], ...] = (
    ("address", _both("địa chỉ|đc|số nhà|nơi nhận|chỗ nhận|chỗ giao|nơi giao")),
    ("phone", _both("số điện thoại|số đt|sđt|sdt|điện thoại|số máy|số di động|số phone")),
    ("phone", _both("số") + r"(?!\s+\w*(?:lượng|luong|cân|can|kg|ký))"),
    ("name", _both("tên người nhận|tên")),
    ("province", _both("tỉnh|thành phố")),
    ("note", _both("ghi chú|lời nhắn|lời dặn")),
)
_ALTERS = _both("đổi|sửa|thay đổi|thay|nhầm|sai|ghi sai|ghi nhầm|lộn")
_LITTLE = _both("lại|cái|giúp|hộ|cho|em|mình|chị|anh|rồi|là") + r"\s+"
_WRONG = _both("sai|nhầm|lộn|chưa đúng|không đúng")
_OWN = r"(?:\s+" + _both("của em|của chị|của mình|này|bị|ghi|em|chị|viết|nhận") + r"){0,3}\s+"
_TO = re.compile(
    rf"(?:^|\s)(?:{_both('thành|sang|lại là|là|về')}|:)\s+(?P<value>\S.*)$", re.IGNORECASE
)
_SAID_NAME = re.compile(
    rf"(?:^|[\s,.])(?:{_both('tên')}|{_both('người nhận')})"
    rf"(?:\s+{_both('em|mình|tôi|chị|anh|người nhận')})?\s+{_both('là|thành')}\s+"
    r"(?P<value>\S.*)$",
    re.IGNORECASE,
)
_SEND_TO = re.compile(
    rf"^(?:{_both('dạ|à|ok|thôi')}[\s,]+)*{_both('giao|gửi|ship|chuyển')}\s+"
    rf"(?:{_both('hàng|cho em|cho chị|giúp em')}\s+)?{_both('về|đến|tới|qua|tại|ở')}\s+"
    rf"(?P<value>(?:\d|{_both('số|ngõ|ngách|bản|thôn|xóm|phố|đường|nhà|tổ|ấp|khu|chung cư')}"
    r"(?!\w)).*)$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf"[\s,]+{_both('ạ|nhé|nha|nhe|giúp em|hộ em|em ơi|shop ơi|shop|em nhé')}[\s.!]*$",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\?|(?<!\w)(?:gi|sao|nao|dau|khong|ko|k|chua)(?!\w)")
_BARE_WRONG = re.compile(r"(?:(?:da|a|o|thoi|ma) )*(?:sai|nham|chua dung|khong dung)(?: \w+){0,3}")
_NOTES = re.compile(
    r"(?:(?:da|a|nho|nhan|em|chi|shop|oi|la|dan|bao) )*"
    r"(?:giao|gui|goi|dung (?:goi|giao|gui)|dan|dong goi|goi ky|boc)(?!\w)"
)


def correction(text: str) -> Correction | None:
    """ "Đổi tên thành Lan", "số điện thoại sai rồi", "giao về 45 Trần Phú nhé"."""
    said = " ".join(unicodedata.normalize("NFC", text).split())
    if sent := _SEND_TO.match(said):
        return Correction("address", _TAIL.sub("", sent["value"]))
    for step, field in _FIELDS:
        if _says_wrong(said, field):
            return Correction(step, _new(said, step, field))
    if NAMED.match(said) and not _ASKS.search(fold(said)):
        return Correction("name", name_in(said))
    return None


def _says_wrong(said: str, field: str) -> bool:
    alters = rf"(?<!\w){_ALTERS}\s+(?:{_LITTLE}){{0,3}}{field}(?!\w)"
    wrong = rf"(?<!\w){field}(?:{_OWN}|\s+){_WRONG}(?!\w)"
    return bool(re.search(f"{alters}|{wrong}", said, re.IGNORECASE))


def _new(said: str, step: Step, field: str) -> str:
    """What it should be, as typed; empty if that was not said."""
    if step == "phone":
        return said if isinstance(read_phone(said), Phone) else ""
    behind = list(re.finditer(rf"(?<!\w){field}(?!\w)", said, re.IGNORECASE))[-1].end()
    named = _SAID_NAME.search(said) if step == "name" else None
    found = named or _TO.search(said[behind:])
    value = _TAIL.sub("", found["value"]) if found else ""
    return name_in(value) if step == "name" and value else value


def says_wrong(text: str) -> bool:
    """True for "sai rồi" without saying what."""
    return bool(_BARE_WRONG.fullmatch(fold(text).rstrip(" .!")))


def is_note(text: str) -> bool:
    """True for words to the one who packs or brings it: "giao sau 5h chiều, đừng gọi trưa"."""
    return bool(_NOTES.match(fold(text)))
