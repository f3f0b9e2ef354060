"""A person's name in the words around it: "em tên là Hạnh ạ" is Hạnh."""

from __future__ import annotations

import re

_WHO = r"(?:em|mình|tôi|anh|chị|cô|chú|bác|cháu|con|mk|minh|toi|chi)"
_BEGIN = rf"^(?:(?:dạ|vâng|da|vang|à)[\s,]+)*(?:{_WHO}\s+)?"
_NAMED = (
    rf"(?:tên|ten)(?:\s+(?:của\s+)?{_WHO}|\s+người nhận|\s+nguoi nhan)?(?:\s*:|\s+(?:là|la))?\s+"
    r"|(?:người nhận|nguoi nhan)(?:\s*:|\s+(?:là|la))?\s+"
)
NAMED = re.compile(rf"{_BEGIN}(?:{_NAMED})(?=[^\W\d_])", re.IGNORECASE)
"""A name is being said ("em tên Mai"), not only words that may be one."""

_BEFORE = re.compile(rf"{_BEGIN}(?:{_NAMED}|(?:là|la)\s+)(?=\w)", re.IGNORECASE)
_BEHIND = re.compile(
    r"[\s,]+(?:ạ|nhé|nha|nhe|nghen|nghe|shop|em ơi|shop ơi)[\s.!]*$", re.IGNORECASE
)
_NUMBER = re.compile(r"[\s,;:()\-–]*\+?\d[\d .\-]{7,}\d[\s,;:()\-–]*")


def name_in(text: str) -> str:
    """The name, as it was typed, without a number beside it; the whole text if nothing stands
    around it.
    """
    words = " ".join(text.split())
    found = _BEHIND.sub("", _BEFORE.sub("", _NUMBER.sub(" ", words).strip())).strip(" .,!-")
    return found or words
