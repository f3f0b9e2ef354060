"""What the workshop for pictures, videos and sound is given and gives back.

Values only, so that flows, ports and the workshop itself may all name them. Every text is already
in the language of whoever will see it; lengths are seconds, sizes pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

PHOTO_BYTES, PHOTO_MEGAPIXELS = 15_000_000, 40
VIDEO_BYTES, VIDEO_SECONDS = 20_000_000, 60
VOICE_BYTES, VOICE_SECONDS = 5_000_000, 120
"""The most of each that is taken in."""

MOST_ROWS = 60
"""Rows of a chart or statement; more would be too tall a picture for the apps."""

MOST_LABELS = 400
"""Labels of one packing sheet."""


@dataclass(frozen=True, slots=True)
class Photo:
    """Two JPEGs without metadata: `large` (long side ≤ 1280 px, its size in width and height) and
    `small` for slow lines (≤ 320 px wide).
    """

    large: bytes
    small: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Video:
    """An MP4 without metadata that plays while it loads, its poster (JPEG, ≤ 320 px wide), and how
    long it is.
    """

    mp4: bytes
    poster: bytes
    seconds: int


@dataclass(frozen=True, slots=True)
class Voice:
    """Mono Opus in Ogg without metadata, and how long it is."""

    ogg: bytes
    seconds: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A choice as a picture: its digit, and a photo of goods (`photo`: a media reference, shown
    `count` times), else a sign by name (`pictures.icons`), else the digit alone. large: the digit
    is what tells it from its neighbours.
    """

    digit: str
    icon: str = ""
    photo: str = ""
    count: int = 1
    large: bool = False


@dataclass(frozen=True, slots=True)
class ToDraw:
    """Tiles with the bytes of their photos, empty where there is none."""

    tiles: tuple[Tile, ...]
    photos: tuple[bytes, ...]


CLIP_SECONDS, CLIP_LEAST_MS = 20, 200
"""A piece of the shop's own speech, once the silence around it is gone: at most, at least."""


@dataclass(frozen=True, slots=True)
class ToJoin:
    """One clip to be joined, and the silence after it in milliseconds."""

    ogg: bytes
    gap: int


@dataclass(frozen=True, slots=True)
class Recording:
    """Mono Opus in Ogg at 12 kbit/s without metadata, and how long it is in milliseconds."""

    ogg: bytes
    ms: int


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: `n` decides its length, `value` is what it says. `before`: the same a week ago,
    None if nothing is compared.
    """

    label: str
    value: str
    n: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart for a phone. `now` and `before` explain the two kinds of bar."""

    title: str
    rows: tuple[Row, ...]
    now: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A household's statement: (label, value) rows, the total in large type, a line beneath."""

    title: str
    rows: tuple[tuple[str, str], ...]
    total: tuple[str, str]
    footer: str = ""


@dataclass(frozen=True, slots=True)
class ToPack:
    """One product of the packing list: how much in all, and a line for each order."""

    name: str
    total: str
    orders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """What is stuck on a parcel. Empty texts are left out.

    lines: product names. receiver: word for word as the customer wrote it. code: what the QR
    holds, without spaces; shown: the same in groups, to be read aloud.
    """

    seller: str
    lines: tuple[str, ...]
    code: str
    shown: str
    weight: str = ""
    household: str = ""
    made_on: str = ""
    keep: str = ""
    receiver: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What to pack today: the list by product, then labels, eight to a page."""

    title: str
    goods: tuple[ToPack, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """A sheet as one PDF (A4) and as one PNG for each page (150 dots to an inch)."""

    pdf: bytes
    pages: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Poster:
    """A QR to hold into the camera or to stick on a box. Empty texts are left out.

    link: what the QR holds; shown: the same to be read and typed. call: what to do with it.
    lines: prices, or the hour and the codes of a live.
    """

    seller: str
    title: str
    link: str
    shown: str
    call: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """A poster as a square PNG (1080 px) and as a PDF of one A6 page."""

    png: bytes
    pdf: bytes


MOST_COLUMNS = 60
"""Bars of a live's minutes that are still told apart on a phone."""

PARTS = 4
"""Of a product's bar: sold, held, waiting, expired."""


@dataclass(frozen=True, slots=True)
class Stack:
    """What became of one product's claims. parts: in the order of the chart's `parts`, in one
    unit for all products; value and detail say them in words.
    """

    label: str
    value: str
    parts: tuple[int, ...]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LiveChart:
    """A live in one picture: claims by minute, then a bar for each product.

    columns: claims by minute or by several, from `since` to `until` (words under the axis), told
    of by `per`. parts: what the parts of a product's bar are called.
    """

    title: str
    columns: tuple[int, ...]
    per: str
    since: str
    until: str
    parts: tuple[str, ...] = ()
    rows: tuple[Stack, ...] = ()
