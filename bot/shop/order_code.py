"""Order codes that survive being read aloud and typed by hand.

`ZJ` + six characters of an alphabet without 0 O 1 I L U + one check character (ISO 7064 mod 37,36
over the six, in this alphabet's own order: mod 31,30). The check finds every wrong character; the
few neighbour swaps it misses are avoided by drawing such codes again.
"""

from __future__ import annotations

from collections.abc import Callable

from stdnum.iso7064 import mod_37_36

PREFIX = "ZJ"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6


def with_check(body: str) -> str:
    return f"{PREFIX}{body}{mod_37_36.calc_check_digit(body, ALPHABET)}"


def is_code(text: str) -> bool:
    """True for a whole code, upper case, without spaces, whose check character fits."""
    body = text[len(PREFIX) :]
    known = all(c in ALPHABET for c in body)
    shaped = text.startswith(PREFIX) and len(body) == LENGTH + 1 and known
    return shaped and bool(mod_37_36.is_valid(body, ALPHABET))


def read_code(text: str) -> str:
    """The code in what someone typed or read out (`zj 4k2 p9q j`), empty if there is none."""
    plain = "".join(c for c in text.upper() if c.isalnum() and c.isascii())
    at = plain.find(PREFIX)
    code = plain[at : at + len(PREFIX) + LENGTH + 1] if at >= 0 else ""
    return code if is_code(code) else ""


def new_code(draw: Callable[[str, int], str]) -> str:
    """A fresh code; `draw(alphabet, count)` gives random characters."""
    while True:
        code = with_check(draw(ALPHABET, LENGTH))
        if not _swap_passes(code):
            return code


def _swap_passes(code: str) -> bool:
    """True if exchanging two unlike neighbours gives another valid code."""
    body = code[len(PREFIX) :]
    swaps = (
        body[:i] + body[i + 1] + body[i] + body[i + 2 :]
        for i in range(len(body) - 1)
        if body[i] != body[i + 1]
    )
    return any(is_code(PREFIX + swapped) for swapped in swaps)
