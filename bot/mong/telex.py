"""What a Vietnamese keyboard makes of Mông, undone.

Tone letters and doubled vowels of Mông are keys of Telex: `hmoob` comes out as `hmôb`, `tus` as
`tú`, `muaj` as `mụa`. The letters tell which keys were pressed.
"""

from __future__ import annotations

import unicodedata

TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
CIRCUMFLEX, BREVE, HORN = "\u0302", "\u0306", "\u031b"


def pressed(word: str) -> str:
    """The keys of a word in RPA: `nyịa` → `nyiaj`, `twg` typed as `tưg` → `twg`."""
    keys: list[str] = []
    tones: list[str] = []
    for letter in unicodedata.normalize("NFD", word.casefold()):
        if letter in TONES:
            tones.append(TONES[letter])
        elif letter == CIRCUMFLEX:
            keys.append(keys[-1] if keys else "")
        elif letter == BREVE:
            keys.append("w")
        elif letter == HORN:
            keys[-1:] = ["w"] if keys[-1:] == ["u"] else [*keys[-1:], "w"]
        else:
            keys.append("dd" if letter == "đ" else letter)
    return "".join((*keys, *tones))


def tone_pressed(word: str) -> str:
    """The same for CHV, whose ê, ô, ơ, ư are meant: only the tone letter is put back."""
    split = unicodedata.normalize("NFD", word.casefold())
    tones = "".join(TONES[c] for c in split if c in TONES)
    return unicodedata.normalize("NFC", "".join(c for c in split if c not in TONES)) + tones
