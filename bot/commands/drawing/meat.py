"""Smoked, fresh and frozen meat, and the black-boned chicken."""

from __future__ import annotations

from bot.commands.drawing.pen import (
    CREAM,
    INDIGO,
    LEAF,
    RED,
    TURMERIC,
    WOOD,
    WOOD_DARK,
    Colour,
    Pen,
    Point,
    dark,
    light,
    mix,
)

SMOKED: Colour = (104, 52, 38)
BUFFALO: Colour = (82, 40, 34)
FLESH: Colour = (196, 84, 84)
FAT: Colour = (246, 222, 198)
CRUST: Colour = (150, 84, 44)
FEATHER: Colour = (44, 44, 60)


def _pole(pen: Pen, y: float) -> None:
    """The bamboo pole above a kitchen fire."""
    pen.box((28, y), (264, 14), (190, 158, 92), 7)
    for x in (92, 160, 228):
        pen.box((x, y - 1), (5, 16), dark((190, 158, 92), 0.25), 2)


def _strip(pen: Pen, x: float, top: float, length: float, width: float, fill: Colour) -> None:
    """A strip of meat on a string, its fibres along it."""
    w = width / 2
    pen.line([(x, 66), (x, top + 6)], (200, 180, 140), 3)
    edge = [(x - w * 0.5, top), (x + w * 0.6, top + 2), (x + w, top + length * 0.4)]
    edge += [(x + w * 0.7, top + length * 0.96), (x - w * 0.2, top + length)]
    edge += [(x - w, top + length * 0.7), (x - w * 0.85, top + length * 0.25)]
    pen.blob(edge, dark(fill, 0.35))
    pen.blob([(px * 0.88 + (x - 1) * 0.12, py * 0.97 + top * 0.03) for px, py in edge], fill)
    for side in (-0.4, 0.05, 0.45):
        start, end = (x + side * w, top + length * 0.14), (x + side * w * 0.8, top + length * 0.86)
        pen.line([start, (x + side * w + 3, top + length * 0.5), end], light(fill, 0.22), 2.5)


def thit_lon_den_gac_bep(pen: Pen) -> None:
    """Pork: strips with a seam of fat, hanging over the fire."""
    _pole(pen, 52)
    for i, x in enumerate((74, 130, 188, 246)):
        _strip(pen, x, 84, (132, 152, 144, 126)[i], 42, mix(SMOKED, CRUST, (i % 2) * 0.35))
        pen.line([(x + 13, 104), (x + 15, 150), (x + 11, 194)], (224, 178, 128), 6)


def thit_trau_gac_bep(pen: Pen) -> None:
    """Buffalo: thinner, darker, no fat; chilli and pepper beside it."""
    _pole(pen, 52)
    for i, x in enumerate((60, 100, 140, 180, 220, 260)):
        _strip(
            pen, x, 84, (118, 138, 128, 142, 124, 114)[i], 29, mix(BUFFALO, SMOKED, i % 3 * 0.3)
        )
    for x, tilt in ((120, 8), (166, -6), (206, 5)):
        pen.line([(x, 252), (x + 18, 250 - tilt), (x + 34, 254)], RED, 9)
        pen.line([(x - 7, 250), (x, 252)], LEAF, 5)


def _belly(pen: Pen, corner: Point, size: Point, rind: Colour) -> None:
    """A slab of belly seen from its cut side: rind, fat and lean in turn."""
    x, y = corner
    w, h = size
    pen.box((x, y), (w, h), dark(rind, 0.15), 14)
    lean, bands = mix(FLESH, SMOKED, 0.3), (0.2, 0.38, 0.56, 0.74)
    pen.box((x + 4, y + h * 0.12), (w - 8, h * 0.84), FAT, 10)
    for i, at in enumerate(bands):
        wave = [(x + 6, y + h * (at + 0.08)), (x + w * 0.35, y + h * (at + (0.05, 0.11)[i % 2]))]
        wave += [
            (x + w * 0.7, y + h * (at + (0.12, 0.06)[i % 2])),
            (x + w - 6, y + h * (at + 0.08)),
        ]
        pen.line(wave, lean if i != 2 else light(lean, 0.1), h * 0.105)


def ba_chi_hun_khoi(pen: Pen) -> None:
    _belly(pen, (54, 92), (200, 92), CRUST)
    for i in range(4):
        x = 84 + i * 44
        _belly(pen, (x, 202), (60, 46), CRUST)
    pen.leaf((252, 120), 46, -40)


def _sausage(pen: Pen, points: list[Point], fill: Colour) -> None:
    pen.line(points, dark(fill, 0.35), 32)
    pen.line([(x - 2, y - 2) for x, y in points], fill, 26)
    pen.line([(x - 7, y - 6) for x, y in points], light(fill, 0.3), 4)
    for i, (x, y) in enumerate(points[1:-1]):
        for step in (-14, 0, 14):
            pen.oval((x + step * 0.3 + 5, y + step + i), (3.4, 2.4), FAT, 30)


def lap_suon(pen: Pen) -> None:
    """Links of sausage tied with string on a pole."""
    red: Colour = (158, 52, 44)
    _pole(pen, 52)
    for i, x in enumerate((74, 132, 190, 248)):
        pen.line([(x, 62), (x, 92)], (226, 206, 160), 4)
        skin = mix(red, SMOKED, i % 2 * 0.35)
        _sausage(pen, [(x, 104), (x - 6, 128), (x + 2, 156)], skin)
        pen.line([(x, 170), (x, 184)], (226, 206, 160), 4)
        _sausage(pen, [(x, 194), (x + 6, 216), (x, 242)], skin)


def khau_nhuc(pen: Pen) -> None:
    """Slices of belly leaning on each other in a bowl."""
    pen.oval((160, 176), (120, 50), dark(CREAM, 0.12))
    pen.oval((160, 170), (108, 40), (142, 88, 44))
    for i in range(6):
        x = 74 + i * 30
        pen.poly([(x, 118), (x + 26, 110), (x + 34, 178), (x + 8, 188)], dark(CRUST, 0.2))
        pen.poly([(x + 6, 126), (x + 30, 119), (x + 33, 146), (x + 8, 154)], FAT)
        pen.poly([(x + 8, 154), (x + 33, 146), (x + 34, 178), (x + 9, 187)], (166, 86, 58))
    bowl = [(40, 176), (66, 238), (112, 262), (208, 262), (254, 238), (280, 176)]
    pen.poly([*_arc_down(), *bowl[::-1]], CREAM)
    pen.line([(62, 222), (160, 244), (258, 222)], INDIGO, 6)
    for x, turn in ((118, -60), (132, -110), (206, -50)):
        pen.leaf((x, 108 + abs(turn + 90) / 4), 30, turn)


def _arc_down() -> list[Point]:
    """The front rim of the bowl."""
    return [(40 + i * 12, 176 + 40 * (1 - ((i - 10) / 10) ** 2) ** 0.5) for i in range(21)]


def thit_lon_den_tuoi(pen: Pen) -> None:
    """A cut of fresh pork with black rind in a clear bag, on a board."""
    pen.box((34, 186), (252, 60), WOOD_DARK, 16)
    pen.box((34, 180), (252, 58), WOOD, 16)
    steak = [
        (66, 176),
        (78, 112),
        (150, 88),
        (232, 104),
        (262, 160),
        (238, 212),
        (150, 222),
        (84, 212),
    ]
    pen.blob(steak, (56, 48, 52))
    pen.blob([(x * 0.92 + 16, y * 0.92 + 13) for x, y in steak], FAT)
    pen.blob([(x * 0.76 + 41, y * 0.74 + 41) for x, y in steak], FLESH)
    pen.blob([(104, 172), (124, 132), (168, 138), (150, 176)], light(FLESH, 0.2))
    for points in (([(118, 190), (150, 168), (196, 176)]), ([(170, 128), (206, 140), (224, 168)])):
        pen.line(points, FAT, 6)


def ga_den(pen: Pen) -> None:
    """A black hen standing, comb and legs as dark as the rest."""
    for x in (146, 180):
        pen.line([(x, 210), (x - 2, 254)], (70, 66, 78), 7)
        pen.line([(x - 16, 258), (x - 2, 252), (x + 14, 258)], (70, 66, 78), 5)
    tail = [(214, 168), (238, 112), (272, 92), (278, 128), (262, 170), (228, 198)]
    pen.blob(tail, dark(FEATHER, 0.2))
    body = [(84, 150), (112, 140), (160, 146), (214, 140), (240, 166), (218, 210), (164, 228)]
    pen.blob([*body, (112, 212), (84, 182)], FEATHER)
    pen.blob(
        [(92, 176), (86, 120), (92, 84), (112, 72), (132, 88), (134, 124), (150, 160)], FEATHER
    )
    pen.blob([(146, 158), (188, 152), (222, 176), (186, 206), (148, 194)], light(FEATHER, 0.16))
    for y in (172, 186):
        pen.line([(158, y - 4), (184, y + 6), (206, y - 6)], INDIGO, 4)
    pen.poly([(88, 92), (66, 102), (90, 108)], (96, 88, 84))
    _comb(pen)
    pen.ball((106, 94), 6, TURMERIC)
    pen.ball((106, 94), 3, (20, 20, 26))


def _comb(pen: Pen) -> None:
    purple: Colour = (98, 50, 78)
    for x, y in ((96, 72), (110, 64), (124, 70)):
        pen.ball((x, y), 9, purple)
    pen.oval((92, 116), (6, 11), purple)
