"""Signs for choices, drawn from a few strokes: a person who does not read knows them by shape.

Each is a list of strokes in a square of 24 by 24: `l` a line through points, `p` a filled shape,
`c` a circle (x, y, radius), `d` a filled one.
"""

from __future__ import annotations

from typing import Literal

from PIL import ImageDraw

from bot.pictures.letters import Colour

Stroke = tuple[Literal["l", "p", "c", "d"], tuple[float, ...]]

ICONS: dict[str, tuple[Stroke, ...]] = {
    "yes": (("l", (4, 13, 9.5, 18.5, 20, 6)),),
    "no": (("l", (6, 6, 18, 18)), ("l", (18, 6, 6, 18))),
    "back": (("l", (11, 5, 4, 12, 11, 19)), ("l", (4, 12, 20, 12))),
    "more": (("l", (13, 5, 20, 12, 13, 19)), ("l", (20, 12, 4, 12))),
    "home": (("l", (3, 12, 12, 4, 21, 12)), ("l", (6, 11, 6, 20, 18, 20, 18, 11))),
    "market": (
        ("p", (3, 9, 6, 4, 18, 4, 21, 9)),
        ("l", (5, 9, 5, 20, 19, 20, 19, 9)),
        ("l", (10, 20, 10, 14, 14, 14, 14, 20)),
    ),
    "basket": (("l", (3, 10, 21, 10, 18, 20, 6, 20, 3, 10)), ("l", (8, 10, 12, 3, 16, 10))),
    "parcel": (
        ("l", (4, 8, 20, 8, 20, 20, 4, 20, 4, 8, 7, 4, 17, 4, 20, 8)),
        ("l", (12, 4, 12, 13)),
    ),
    "bell": (
        ("p", (5, 17, 7, 14, 7, 10, 9, 6, 15, 6, 17, 10, 17, 14, 19, 17)),
        ("d", (12, 19.5, 2)),
    ),
    "phone": (("l", (7, 3, 17, 3, 17, 21, 7, 21, 7, 3)), ("d", (12, 18, 1.2))),
    "voice": (("l", (12, 3, 12, 13)), ("l", (6, 11, 7, 15, 12, 17, 17, 15, 18, 11)),
              ("l", (12, 17, 12, 21))),
    "person": (("d", (12, 7, 4)), ("p", (4, 21, 6, 14, 18, 14, 20, 21))),
    "money": (("c", (9, 14, 6)), ("c", (15, 9, 6)), ("l", (15, 6, 15, 12))),
    "bank": (("p", (3, 9, 12, 3, 21, 9)), ("l", (6, 11, 6, 18)), ("l", (12, 11, 12, 18)),
             ("l", (18, 11, 18, 18)), ("l", (3, 20, 21, 20))),
    "place": (("c", (12, 9, 5)), ("l", (8, 12.5, 12, 21, 16, 12.5)), ("d", (12, 9, 1.5))),
    "live": (("l", (3, 7, 15, 7, 15, 18, 3, 18, 3, 7)), ("p", (16, 12, 21, 8, 21, 17))),
    "speech": (("l", (3, 5, 21, 5, 21, 16, 11, 16, 6, 20, 7, 16, 3, 16, 3, 5)),),
    "ask": (("l", (8, 8, 9, 5, 12, 4, 15, 5, 16, 8, 12, 12, 12, 15)), ("d", (12, 19, 1.4))),
    "write": (("l", (4, 20, 5, 15, 16, 4, 20, 8, 9, 19, 4, 20)),),
    "truck": (("l", (2, 7, 13, 7, 13, 17, 2, 17, 2, 7)),
              ("l", (13, 10, 18, 10, 22, 14, 22, 17, 13, 17)),
              ("d", (6, 18, 2)), ("d", (18, 18, 2))),
    "stock": (("l", (12, 3, 12, 21)), ("l", (4, 8, 20, 8)), ("p", (2, 14, 6, 14, 4, 8)),
              ("p", (18, 14, 22, 14, 20, 8)), ("l", (8, 21, 16, 21))),
    "play": (("p", (7, 4, 20, 12, 7, 20)),),
    "pause": (("l", (8, 5, 8, 19)), ("l", (16, 5, 16, 19))),
    "stop": (("l", (8, 3, 16, 3, 21, 8, 21, 16, 16, 21, 8, 21, 3, 16, 3, 8, 8, 3)),
             ("l", (8, 12, 16, 12))),
    "send": (("p", (3, 4, 21, 12, 3, 20, 6, 12)),),
    "code": (("l", (4, 4, 10, 4, 10, 10, 4, 10, 4, 4)),
             ("l", (14, 4, 20, 4, 20, 10, 14, 10, 14, 4)),
             ("l", (4, 14, 10, 14, 10, 20, 4, 20, 4, 14)), ("d", (15, 15, 1.6)),
             ("d", (19.5, 19.5, 1.6)), ("d", (19.5, 15, 1.2))),
    "plus": (("l", (12, 4, 12, 20)), ("l", (4, 12, 20, 12))),
    "plenty": (("l", (6, 2, 6, 10)), ("l", (2, 6, 10, 6)), ("l", (17, 5, 17, 13)),
               ("l", (13, 9, 21, 9)), ("l", (9, 14, 9, 22)), ("l", (5, 18, 13, 18))),
    "minus": (("l", (4, 12, 20, 12)),),
    "none": (("c", (12, 12, 8)), ("l", (6, 18, 18, 6))),
    "picture": (("l", (3, 5, 21, 5, 21, 19, 3, 19, 3, 5)), ("p", (5, 17, 10, 10, 14, 17)),
                ("d", (16, 9, 1.8))),
    "calendar": (("l", (4, 6, 20, 6, 20, 20, 4, 20, 4, 6)), ("l", (4, 11, 20, 11)),
                 ("l", (8, 3, 8, 8)), ("l", (16, 3, 16, 8))),
    "paper": (("l", (6, 3, 18, 3, 18, 21, 6, 21, 6, 3)), ("l", (9, 8, 15, 8)),
              ("l", (9, 12, 15, 12)), ("l", (9, 16, 13, 16))),
}  # fmt: skip


def draw_icon(
    pen: ImageDraw.ImageDraw, name: str, box: tuple[int, int, int], colour: Colour
) -> None:
    """The sign in the square at (x, y) of this side; an unknown one is left empty."""
    left, top, side = box
    scale = side / 24
    width = max(3, round(2.4 * scale))
    for kind, numbers in ICONS.get(name, ()):
        at = [left + x * scale if i % 2 == 0 else top + x * scale for i, x in enumerate(numbers)]
        if kind in "cd":
            radius = numbers[2] * scale
            ring = (at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius)
            pen.ellipse(ring, fill=colour if kind == "d" else None, outline=colour, width=width)
        elif kind == "p":
            pen.polygon(at, fill=colour)
        else:
            pen.line(at, fill=colour, width=width, joint="curve")
            for x, y in zip(at[::2], at[1::2], strict=True):
                pen.ellipse(
                    (x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=colour
                )
