"""Spoken → the small JSON the chat page shows.

The same shape answers a POST and travels in the stream.
"""

from __future__ import annotations

import msgspec

from bot.shop.says import SpokenKind
from bot.talk.ports import Answer, Line
from bot.words.spoken import Spoken, Title

_spoken = msgspec.json.Decoder(Spoken)
_encoder = msgspec.json.Encoder()


class Shown(msgspec.Struct, frozen=True, omit_defaults=True):
    """A message as the page reads it; empty fields are left out. `n` is its number in the stream.

    picture, clip: addresses on this server (or the address of a clip kept elsewhere).
    lang: `vi`, `hmn@rpa` …, empty for unknown.
    """

    id: str
    text: str
    n: int = 0
    choices: tuple[Title, ...] = ()
    picture: str = ""
    clip: str = ""
    kind: SpokenKind = "reply"
    lang: str = ""


class Answered(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a POST is answered.

    repeat: the same event was answered before; its messages are in the stream, so the page asks
        that.
    moved: this browser now belongs to another person: the page forgets its talk and reads that
        person's
        stream, where these messages are not.
    """

    messages: tuple[Shown, ...]
    repeat: bool = False
    moved: bool = False


def shown(spoken: Spoken, n: int) -> Shown:
    return Shown(
        id=spoken.id,
        text=spoken.text,
        n=n,
        choices=spoken.choices,
        picture=address(spoken.picture),
        clip=address(spoken.clip),
        kind=spoken.kind,
        lang=spoken.lang,
    )


def address(ref: str) -> str:
    """Where the page finds a media reference: `product/<id>` and `media/<sha256>` both under
    /media/.
    """
    if not ref or ref.startswith(("https://", "http://")):
        return ref
    return "/media/" + ref.removeprefix("media/")


def line_json(line: Line) -> bytes:
    """The body of a stream line (JSON of a Spoken, as the desk put it there) for the page."""
    return _encoder.encode(shown(_spoken.decode(line.body), line.n))


def answer_json(answer: Answer, *, moved: bool = False) -> bytes:
    """All messages of an answer, numbered from `first` when they are in this browser's stream."""
    first = 0 if moved else answer.first
    numbered = tuple(
        shown(spoken, first + i if first else 0) for i, spoken in enumerate(answer.messages)
    )
    return _encoder.encode(Answered(numbered, repeat=answer.repeat, moved=moved))
