"""Spoken → the small JSON the chat page shows.

The same shape answers a POST and travels in the stream.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.shop.says import SpokenKind
from bot.talk.ports import Answer, Line
from bot.words.spoken import Spoken, Title

_spoken = msgspec.json.Decoder(Spoken)
_encoder = msgspec.json.Encoder()


class Shown(msgspec.Struct, frozen=True, omit_defaults=True):
    """A message as the page reads it; empty fields are left out. `n` is its number in the stream.

    picture, clip: addresses on this server (or the address of a clip kept elsewhere).
    sound: addresses of the message read aloud, one after the other; with `.aac` behind it each is
        also there as AAC.
    missed: what the shop said before it while the line was cut, oldest first.
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
    sound: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


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
        sound=tuple([address(ref) for ref in spoken.sound]),
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


MOST_MISSED = 400
"""Letters of what was missed that a poor line gets."""


def caught_up(lines: Sequence[Line], *, light: bool = False) -> list[bytes]:
    """The bodies for lines that a page missed, in order: of several letters the last one stands
    for all, with the words of those before it. What answers the person's own messages stays apart.
    """
    said = [(line, _spoken.decode(line.body)) for line in lines]
    letters = [pair for pair in said if pair[1].kind != "reply"]
    if len(letters) < 2:
        return [line_json(line) for line in lines]
    *before, last = letters
    room = MOST_MISSED if light else 100 * MOST_MISSED
    texts = _within([spoken.text for _, spoken in before], room)
    out = [line_json(line) for line, spoken in said if spoken.kind == "reply"]
    merged = msgspec.structs.replace(shown(last[1], last[0].n), missed=texts)
    return [*out, _encoder.encode(merged)]


def _within(texts: list[str], room: int) -> tuple[str, ...]:
    """The newest whole, older ones cut to what room is left for each."""
    each = max(40, room // max(1, len(texts)))
    return tuple([t if len(t) <= each else f"{t[: each - 1]}…" for t in texts])


def answer_json(answer: Answer, *, moved: bool = False) -> bytes:
    """All messages of an answer, numbered from `first` when they are in this browser's stream."""
    first = 0 if moved else answer.first
    numbered = tuple(
        shown(spoken, first + i if first else 0) for i, spoken in enumerate(answer.messages)
    )
    return _encoder.encode(Answered(numbered, repeat=answer.repeat, moved=moved))
