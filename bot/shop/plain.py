"""Text as banks pass it on: upper-case letters, digits and spaces."""

from __future__ import annotations

import re
import unicodedata

_D = {ord(letter): "D" for letter in ("đ", "Đ", "ð", "Ð")}


def plain(text: str) -> str:
    """Upper case A-Z, digits and single spaces: `Đơn số 5, chị Mỷ` is `DON SO 5 CHI MY`.

    đ is mapped by hand, and so is the ð some keyboards write for it: no Unicode form splits them.
    """
    split = unicodedata.normalize("NFKD", text.translate(_D))
    bare = "".join(c for c in split if not unicodedata.combining(c)).upper()
    return " ".join(re.sub(r"[^0-9A-Z]", " ", bare).split())
