"""A message in a person's language, ready for a channel to render."""

from __future__ import annotations

import msgspec

from bot.shop.says import SpokenKind


class Title(msgspec.Struct, frozen=True):
    """A choice with its words.

    `key` is the digit that picks it (`1`…`9`, `0` for back), empty if none.
    """

    id: str
    title: str
    key: str = ""
    url: str = ""


class Spoken(msgspec.Struct, frozen=True):
    """`id` is the message id of the sentence; picture and clip are media references.

    sound: the message read aloud, for who wants that: one clip after the other, none longer than
    `shop.sound.LONGEST_MS`. clip: somebody's own words, such as a seller about her goods.
    lang: the language it was asked for in (for screen readers and the page), empty for unknown.
    """

    id: str
    text: str
    choices: tuple[Title, ...] = ()
    picture: str = ""
    clip: str = ""
    kind: SpokenKind = "reply"
    lang: str = ""
    sound: tuple[str, ...] = ()
