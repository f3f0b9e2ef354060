"""Fruit, roots, greens and eggs."""

from __future__ import annotations

from bot.commands.drawing.pen import (
    CREAM,
    HEMP_DARK,
    LEAF,
    LEAF_DARK,
    WOOD,
    WOOD_DARK,
    Colour,
    Pen,
    Point,
    around,
    dark,
    light,
    mix,
)

NA: Colour = (142, 168, 92)
PERSIMMON: Colour = (229, 126, 40)
PLUM: Colour = (122, 36, 66)
SOUR: Colour = (150, 172, 70)
PEACH: Colour = (240, 168, 120)
YACON: Colour = (150, 96, 62)
TARO: Colour = (112, 80, 60)
EGG: Colour = (240, 222, 190)


def _custard_apple(pen: Pen, at: Point, size: float, skin: Colour) -> None:
    """A heart of scales that overlap like roof tiles, drawn from the top down."""
    x, y = at
    pen.line([(x, y - size * 0.8), (x + 3, y - size - 20)], WOOD_DARK, 7)
    widths = (0.5, 0.82, 0.98, 1.0, 0.9, 0.7, 0.42, 0.12)
    edge = [(w * size, y + (row - 3.2) * size * 0.27) for row, w in enumerate(widths)]
    pen.blob(
        [*((x + w, h) for w, h in edge), *((x - w, h) for w, h in edge[::-1])], dark(skin, 0.4)
    )
    for row, width in enumerate(widths):
        count = 1 + round(5 * width)
        for i in range(count):
            along = (i - (count - 1) / 2) / max(1, count - 1) * 2
            bow = (1 - along**2) * size * 0.1
            spot = (x + along * size * 0.88 * width, y + (row - 3.3) * size * 0.27 + bow)
            tone = mix(light(skin, 0.25), dark(skin, 0.18), (row + along + 1) / 9)
            pen.oval(spot, (size * 0.2, size * 0.185), dark(tone, 0.3))
            pen.oval((spot[0] - 1, spot[1] - 2), (size * 0.165, size * 0.145), tone)


def na_chi_lang(pen: Pen) -> None:
    pen.leaf((214, 96), 84, -28)
    pen.leaf((108, 112), 70, 205, LEAF_DARK)
    _custard_apple(pen, (112, 178), 62, NA)
    _custard_apple(pen, (210, 186), 66, NA)


def na_trai_vu(pen: Pen) -> None:
    """One fruit, and one cut open with its dark seeds."""
    pen.leaf((106, 92), 84, 212, LEAF_DARK)
    _custard_apple(pen, (116, 170), 70, mix(NA, (196, 184, 92), 0.5))
    pen.oval((222, 200), (62, 56), dark(NA, 0.3))
    pen.oval((222, 198), (55, 49), CREAM)
    pen.oval((222, 198), (12, 26), mix(CREAM, HEMP_DARK, 0.6))
    for angle in range(20, 380, 60):
        seed = around((222, 198), (34, 29), angle)
        pen.oval(seed, (9, 5), (54, 38, 34), angle)


def _persimmon(pen: Pen, at: Point, size: Point, skin: Colour, lobes: bool) -> None:
    x, y = at
    pen.oval((x, y), size, dark(skin, 0.2))
    pen.oval((x - 2, y - 4), (size[0] * 0.94, size[1] * 0.9), skin)
    if lobes:
        for side in (-0.42, 0.42):
            top, low = (x + side * size[0] * 0.5, y - size[1] * 0.6), (x + side * size[0], y)
            pen.line(
                [top, low, (x + side * size[0] * 0.8, y + size[1] * 0.66)], dark(skin, 0.14), 3
            )
    pen.oval((x - size[0] * 0.45, y - size[1] * 0.15), (8, 15), light(skin, 0.45), 24)
    for turn in (200, 250, 290, 340):
        pen.leaf((x, y - size[1] * 0.66), size[0] * 0.56, turn, LEAF)
    for turn in (20, 160):
        pen.leaf((x, y - size[1] * 0.66), size[0] * 0.56, turn, LEAF_DARK)
    pen.line([(x, y - size[1] * 0.66), (x + 2, y - size[1] - 14)], WOOD_DARK, 6)


def hong_vanh_khuyen(pen: Pen) -> None:
    """Flat and ribbed with a ring below the calyx."""
    _persimmon(pen, (160, 144), (58, 46), PERSIMMON, True)
    _persimmon(pen, (100, 198), (62, 48), PERSIMMON, True)
    _persimmon(pen, (218, 202), (62, 48), mix(PERSIMMON, (240, 180, 60), 0.35), True)


def hong_bao_lam(pen: Pen) -> None:
    """Taller and smooth, yellow when picked."""
    yellow: Colour = (238, 168, 58)
    _persimmon(pen, (96, 182), (52, 58), yellow, False)
    _persimmon(pen, (222, 180), (52, 60), mix(yellow, PERSIMMON, 0.35), False)
    _persimmon(pen, (160, 206), (50, 56), light(yellow, 0.12), False)


def _plum(pen: Pen, at: Point, r: float, skin: Colour, bloom: float) -> None:
    x, y = at
    pen.ball((x, y), r, dark(skin, 0.35))
    pen.ball((x - 1, y - 2), r * 0.94, skin)
    pen.oval((x - r * 0.3, y - r * 0.3), (r * 0.46, r * 0.34), mix(skin, CREAM, bloom), -30)
    pen.line([(x + 3, y - r * 0.9), (x + r * 0.28, y), (x + 3, y + r * 0.86)], dark(skin, 0.3), 2)
    pen.line([(x + 3, y - r * 0.9), (x + 8, y - r - 12)], WOOD_DARK, 3)


def man_hau(pen: Pen) -> None:
    pen.leaf((190, 92), 78, -20)
    pen.leaf((130, 90), 74, 205, LEAF_DARK)
    spots = ((112, 144), (208, 142), (160, 124), (84, 200), (238, 200), (134, 198), (190, 204))
    for i, spot in enumerate(spots):
        _plum(pen, spot, 37, mix(PLUM, (176, 62, 62), (i % 3) * 0.3), 0.5)


def man_com(pen: Pen) -> None:
    pen.leaf((212, 108), 60, -30)
    spots = [(94, 168), (138, 154), (184, 152), (228, 168), (116, 136), (206, 132), (160, 122)]
    spots += [(76, 208), (118, 204), (162, 200), (206, 206), (246, 208), (140, 238), (186, 240)]
    for i, spot in enumerate(spots):
        _plum(pen, spot, 26, mix(SOUR, (196, 88, 70), (0.0, 0.55, 0.2)[i % 3]), 0.4)


def _peach(pen: Pen, at: Point, r: float, blush: Colour) -> None:
    x, y = at
    heart = [
        (x, y - r * 0.84),
        (x + r * 0.7, y - r * 0.82),
        (x + r, y),
        (x + r * 0.6, y + r * 0.76),
    ]
    heart += [(x, y + r * 1.08), (x - r * 0.6, y + r * 0.76), (x - r, y)]
    heart.append((x - r * 0.7, y - r * 0.82))
    pen.blob(heart, dark(blush, 0.1))
    pen.blob([(px * 0.9 + (x - 5) * 0.1, py * 0.9 + (y - 5) * 0.1) for px, py in heart], PEACH)
    pen.oval((x + r * 0.42, y + r * 0.06), (r * 0.44, r * 0.62), mix(PEACH, blush, 0.75), 12)
    pen.line([(x, y - r * 0.8), (x - r * 0.22, y), (x, y + r)], dark(blush, 0.15), 3)
    pen.line([(x, y - r * 0.8), (x + 4, y - r - 10)], WOOD_DARK, 5)


def dao_nui(pen: Pen) -> None:
    blush: Colour = (212, 84, 84)
    pen.leaf((164, 92), 90, -24)
    pen.leaf((156, 92), 84, 206, LEAF_DARK)
    _peach(pen, (160, 142), 50, blush)
    _peach(pen, (100, 192), 54, blush)
    _peach(pen, (220, 194), 54, blush)


def _tuber(pen: Pen, at: Point, size: Point, turn: float, skin: Colour) -> None:
    """A root thick in the middle and thin at the end."""
    shape = [(-1.0, 0.1), (-0.6, -0.75), (0.2, -0.95), (0.75, -0.4), (1.35, 0.0)]
    shape += [(0.7, 0.55), (0.1, 0.95), (-0.65, 0.8)]
    lit = [(px * 0.9 - 0.03, py * 0.72 - 0.14) for px, py in shape]
    for fill, points in ((dark(skin, 0.3), shape), (skin, lit)):
        placed = [around(at, (abs_x * size[0], 0), 0, turn) for abs_x, _ in points]
        offset = [around((0, 0), (y * size[1], 0), 0, turn + 90) for _, y in points]
        pen.blob([(a + c, b + d) for (a, b), (c, d) in zip(placed, offset, strict=True)], fill)
    for along in (-0.5, 0.05, 0.5):
        root = around(at, (along * size[0], 0), 0, turn)
        ends = [around(root, (size[1] * 0.5, 0), 0, turn + 90 + tilt) for tilt in (160, 190)]
        pen.line([ends[0], ends[1]], dark(skin, 0.28), 2.5)


def sam_dat(pen: Pen) -> None:
    """Yacon: thick brown tubers, one cut to its pale juicy flesh."""
    _tuber(pen, (122, 128), (70, 32), 14, YACON)
    _tuber(pen, (204, 158), (68, 34), -12, mix(YACON, WOOD, 0.4))
    _tuber(pen, (110, 192), (70, 34), 6, light(YACON, 0.12))
    for at in ((210, 222), (252, 206)):
        pen.oval(at, (30, 28), dark(YACON, 0.2))
        pen.oval((at[0] - 1, at[1] - 1), (26, 24), (246, 226, 170))
        pen.oval((at[0] - 1, at[1] - 1), (17, 15), (250, 238, 200))
        pen.oval((at[0] - 1, at[1] - 1), (5, 4), (236, 208, 140))


def khoai_so_nuong(pen: Pen) -> None:
    """Taro: round corms with rings and hair, one half showing its speckled flesh."""
    for x, y, r in ((122, 140, 46), (202, 142, 44), (90, 200, 42), (162, 204, 46)):
        pen.oval((x, y), (r, r * 1.06), dark(TARO, 0.3))
        pen.oval((x - 2, y - 3), (r * 0.92, r * 0.97), TARO)
        for step in (-0.5, -0.1, 0.3):
            bend = [(x - r * 0.8, y + r * step), (x, y + r * (step + 0.22))]
            pen.line([*bend, (x + r * 0.8, y + r * step)], dark(TARO, 0.35), 3)
        pen.oval((x, y - r * 0.94), (r * 0.3, 7), light(TARO, 0.35))
    pen.oval((236, 208), (44, 40), dark(TARO, 0.25))
    pen.oval((236, 206), (38, 34), (240, 228, 226))
    for i in range(26):
        fleck = around((236, 206), (4 + i * 1.15, 4 + i * 1.0), i * 137.5)
        pen.oval(fleck, (2.4, 1.3), (150, 104, 140), i * 40)


def rau_cai_meo(pen: Pen) -> None:
    """A bundle of curly leaves tied with a split of bamboo."""
    tops = ((76, 104), (118, 76), (160, 64), (204, 78), (246, 106), (140, 108), (184, 108))
    for i, (x, y) in enumerate(tops):
        stem = light(LEAF, 0.55)
        pen.line(
            [(x, y + 20), (160 + (x - 160) * 0.3, 190), (160 + (x - 160) * 0.42, 252)], stem, 9
        )
        _curly(pen, (x, y + 24), 40, mix(LEAF, LEAF_DARK, (i % 3) * 0.4))
    pen.box((122, 186), (76, 17), (196, 164, 96), 7)
    pen.line([(150, 194), (160, 186), (170, 194)], WOOD, 3)


def _curly(pen: Pen, at: Point, r: float, fill: Colour) -> None:
    """A leaf with a wavy edge and pale ribs."""
    wave = [around(at, (r * (0.94 if i % 2 else 0.76), r * (1.2 if i % 2 else 1.0)), i * 20)
            for i in range(18)]  # fmt: skip
    pen.blob(wave, dark(fill, 0.3))
    pen.blob([(x * 0.9 + at[0] * 0.1, y * 0.9 + at[1] * 0.1 - 1) for x, y in wave], fill)
    pen.line([(at[0], at[1] - r * 0.8), (at[0], at[1] + r)], light(fill, 0.5), 3)
    for side in (-1, 1):
        for rise in (-0.25, 0.2):
            end = (at[0] + side * r * 0.55, at[1] + (rise - 0.3) * r)
            pen.line([(at[0], at[1] + rise * r), end], light(fill, 0.4), 2)


def trung_ga_den(pen: Pen) -> None:
    """Eggs standing in a tray, the back row behind the front row."""
    for y, row in ((150, (94, 138, 182, 226)), (202, (72, 116, 160, 204, 248))):
        for i, x in enumerate(row):
            shell = mix(EGG, (222, 184, 142), (i % 3) * 0.3)
            pen.poly(_egg(x, y, 24), dark(shell, 0.2))
            pen.poly(_egg(x - 1.5, y - 1, 21.5), shell)
            pen.oval((x - 8, y - 14), (4, 8), light(shell, 0.6), 20)
        pen.box((row[0] - 32, y + 12), (row[-1] - row[0] + 64, 26), (166, 150, 126), 9)
        for x in row:
            pen.oval((x, y + 12), (22, 7), dark((166, 150, 126), 0.25))
            pen.oval((x, y + 10), (19, 6), EGG)


def _egg(x: float, y: float, r: float) -> list[Point]:
    """An oval with its upper half drawn out."""
    turns = [around((x, y), (r, r), angle) for angle in range(0, 360, 8)]
    return [(px, y + (py - y) * (1.42 if py < y else 1.0)) for px, py in turns]
