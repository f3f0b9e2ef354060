"""A person's name in the words around it: "em tên là Hạnh ạ" is Hạnh."""

from __future__ import annotations

import re

_BEFORE = re.compile(
    r"^(?:dạ|vâng)?[\s,]*(?:(?:em|mình|tôi|anh|chị|cô|chú|bác|cháu|con|mk|e|a|c)\s+)?"
    r"(?:(?:tên|ten)(?:\s+(?:em|mình|tôi|của em|của tôi|của mình|người nhận))?(?:\s+(?:là|la))?"
    r"|(?:là|la)|người nhận(?:\s+là)?)\s*:?\s+(?=\w)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"[\s,]+(?:ạ|nhé|nha|nhe|nghen|nghe|shop|em ơi|shop ơi)[\s.!]*$", re.IGNORECASE
)


def name_in(text: str) -> str:
    """The name, as it was typed; the whole text if nothing stands around it."""
    words = " ".join(text.split())
    found = _BEHIND.sub("", _BEFORE.sub("", words)).strip(" .,!")
    return found or words
