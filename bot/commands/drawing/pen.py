"""A pen for flat drawings on a 320 × 320 sheet, drawn large, made small for soft edges."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image, ImageDraw

SIZE = 320
SCALE = 4

Point = tuple[float, float]
Colour = tuple[int, int, int]

INDIGO: Colour = (38, 52, 104)
HEMP: Colour = (238, 229, 206)
HEMP_DARK: Colour = (217, 202, 168)
LEAF: Colour = (86, 130, 62)
LEAF_DARK: Colour = (52, 92, 46)
TURMERIC: Colour = (224, 160, 40)
WOOD: Colour = (138, 94, 58)
WOOD_DARK: Colour = (98, 64, 40)
CREAM: Colour = (250, 244, 228)
RED: Colour = (176, 58, 46)


def mix(a: Colour, b: Colour, part: float) -> Colour:
    """`part` of b in a, from 0 to 1."""
    red, green, blue = (round(x + (y - x) * part) for x, y in zip(a, b, strict=True))
    return red, green, blue


def dark(colour: Colour, part: float = 0.25) -> Colour:
    return mix(colour, (40, 26, 30), part)


def light(colour: Colour, part: float = 0.3) -> Colour:
    return mix(colour, (255, 250, 236), part)


def around(centre: Point, radius: Point, angle: float, turn: float = 0.0) -> Point:
    """The point at `angle` degrees on an ellipse that is itself turned by `turn` degrees."""
    a, t = math.radians(angle), math.radians(turn)
    x, y = radius[0] * math.cos(a), radius[1] * math.sin(a)
    return (
        centre[0] + x * math.cos(t) - y * math.sin(t),
        centre[1] + x * math.sin(t) + y * math.cos(t),
    )


def smooth(points: Sequence[Point], closed: bool, steps: int = 10) -> list[Point]:
    """A soft line through all points (Catmull-Rom)."""
    if closed:
        ring = [points[-1], *points, points[0], points[1]]
    else:
        ring = [points[0], *points, points[-1]]
    out: list[Point] = []
    for p0, p1, p2, p3 in zip(ring, ring[1:], ring[2:], ring[3:], strict=False):
        out += [_between(p0, p1, p2, p3, i / steps) for i in range(steps)]
    return out if closed else [*out, points[-1]]


def _between(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    def axis(a: float, b: float, c: float, d: float) -> float:
        curve = (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
        return 0.5 * (2 * b + (c - a) * t + curve)

    return (axis(p0[0], p1[0], p2[0], p3[0]), axis(p0[1], p1[1], p2[1], p3[1]))


class Pen:
    """Coordinates are 0–320 from the top left; angles in degrees, clockwise."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (SIZE * SCALE, SIZE * SCALE), HEMP)
        self.draw = ImageDraw.Draw(self.image)

    def poly(self, points: Sequence[Point], fill: Colour) -> None:
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def blob(self, points: Sequence[Point], fill: Colour) -> None:
        """A closed soft shape through the points."""
        self.poly(smooth(points, closed=True), fill)

    def oval(self, at: Point, radius: Point, fill: Colour, turn: float = 0.0) -> None:
        self.poly([around(at, radius, a, turn) for a in range(0, 360, 6)], fill)

    def ball(self, at: Point, radius: float, fill: Colour) -> None:
        self.oval(at, (radius, radius), fill)

    def line(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """A soft open line with round ends."""
        soft = smooth(points, closed=False) if len(points) > 2 else list(points)
        scaled = [(x * SCALE, y * SCALE) for x, y in soft]
        self.draw.line(scaled, fill=fill, width=round(width * SCALE), joint="curve")
        for x, y in (soft[0], soft[-1]):
            self.ball((x, y), width / 2, fill)

    def box(self, corner: Point, size: Point, fill: Colour, round_by: float = 0.0) -> None:
        x, y = corner
        ends = (x * SCALE, y * SCALE, (x + size[0]) * SCALE, (y + size[1]) * SCALE)
        self.draw.rounded_rectangle(ends, radius=round_by * SCALE, fill=fill)

    def leaf(self, root: Point, length: float, turn: float, fill: Colour = LEAF) -> None:
        """A pointed leaf from its root in a direction, with its middle vein."""
        middle = around(root, (length / 2, 0), 0, turn)
        tip = around(root, (length, 0), 0, turn)
        side = length * 0.24
        left = around(middle, (side, 0), 0, turn - 90)
        right = around(middle, (side, 0), 0, turn + 90)
        self.poly([*smooth([root, left, tip], False), *smooth([tip, right, root], False)], fill)
        self.line([root, tip], dark(fill), max(1.0, length / 40))

    def small(self) -> Image.Image:
        return self.image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
