"""The shop read aloud: recorded clips, and who recorded them.

A language has one sound, whatever it is written in: both scripts of Mông are spoken by the same
recordings.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

SOUNDS = ("hmn", "vi")
LONGEST_MS = 11_000
"""One clip of a screen; what takes longer is several clips. A voice menu is not listened to for
longer, and 11 s of Opus at 12 kbit/s fit the byte budget beside a picture.
"""


def sound_of(lang: str) -> str:
    """The sound a language is spoken in: `hmn@rpa` and `hmn@chv` are both `hmn`. Empty: none."""
    sound = lang.partition("@")[0]
    return sound if sound in SOUNDS else ""


def clip_id(sound: str, key: str) -> str:
    """`hmn/cart-goods`. key: what is said: a message id, `<id>.2` for the second fixed part of a
    sentence with holes (`words.parts`), `name-<kind>-<id>` for a name of the catalogue.
    """
    return f"{sound}/{key}"


def on_one_line(text: str) -> str:
    """Words as they are kept with a clip: NFC, one space between them."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def reworded(then: str, now: str) -> bool:
    """Whether a clip recorded for the words `then` says something else than `now`. Signs and
    capitals are not heard. Empty is unknown, and fits everything.
    """
    return bool(then and now) and _heard(then) != _heard(now)


def _heard(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


HOUSEHOLD = "name-household-"
"""Begins the keys of households' names. A household is a family: what somebody says of its name
stays in the shop, and no recording of it is written to a file of the repository.
"""


@dataclass(frozen=True, slots=True)
class Clip:
    """One recorded piece: Opus in Ogg, mono, 12 kbit/s, trimmed, level set.

    id: `hmn/order-placed`, see `clip_id`.
    ref: where the bytes are, in the media store. ms: how long it is.
    speaker: the person who recorded it, empty for one that came with the shop or was made by a
        machine. synthetic: made by a machine; never passed off as a person.
    said: the words it was recorded for, `on_one_line`; when they change it is spoken no more.
    """

    id: str
    sound: str
    ref: str
    ms: int
    speaker: str = ""
    at: int = 0
    synthetic: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing somebody may record.

    key: as in `clip_id`. text: the whole sentence in Vietnamese, own: the same in the sound's own
        writing, holes as "…"; own is empty for Vietnamese. said: the words of this clip, as they
        are kept with it. shown: the same in the script its recorder reads, where that is another.
    part, of: which of the sentence's fixed parts this is; 1 of 1 for a sentence without holes.
    chapter: its place in the order of recording. screen: where people hear it.
    """

    key: str
    text: str
    own: str
    said: str
    part: int = 1
    of: int = 1
    chapter: str = "rest"
    screen: str = "other"
    shown: str = ""

    @property
    def to_read(self) -> str:
        return self.shown or self.said


@dataclass(frozen=True, slots=True)
class VoiceOf:
    """Who lends the shop her voice: the name shown, her variety of the language, and when she
    agreed to which wording. Her clips go when she does.
    """

    person: str
    name: str
    dialect: str
    version: str
    at: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A piece that somebody needed to hear and nobody recorded yet. `id` as in `Clip`; `at` is the
    last time.
    """

    id: str
    sound: str
    times: int
    at: int


@dataclass(frozen=True, slots=True)
class OrderVoice:
    """A voice note a customer sent with her order, kept as sound for as long as the order.

    heard: what a transcriber took it for; a guess that the customer confirms or not.
    """

    id: str
    code: str
    ref: str
    person: str
    at: int
    heard: str = ""
