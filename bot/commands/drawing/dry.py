"""Tea, honey, rice, noodles, dried goods, nuts, spices, jelly and salt."""

from __future__ import annotations

from bot.commands.drawing.pen import (
    CREAM,
    HEMP,
    HEMP_DARK,
    INDIGO,
    LEAF,
    LEAF_DARK,
    RED,
    TURMERIC,
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

HONEY: Colour = (222, 146, 30)
BAMBOO: Colour = (206, 164, 96)
JELLY: Colour = (48, 44, 46)
GLASS: Colour = (226, 232, 224)
SHELL: Colour = (148, 92, 54)
DRY_LEAF: Colour = (74, 86, 62)


def _bowl(pen: Pen, at: Point, width: float, fill: Colour) -> None:
    """A wooden bowl; heap things above `at`, the middle of its rim, before drawing it."""
    x, y = at
    rim = [around((x, y), (width, width * 0.26), a) for a in range(0, 181, 10)]
    pen.poly([around((x, y), (width, width * 0.66), a) for a in range(0, 181, 6)], fill)
    pen.box((x - width * 0.4, y + width * 0.6), (width * 0.8, 9), dark(fill, 0.2), 4)
    pen.line(rim, light(fill, 0.3), 4)


def _sack(pen: Pen, mouth: Colour) -> None:
    """A cloth sack, open at the top."""
    body = [(78, 132), (66, 190), (80, 250), (160, 260), (240, 250), (254, 190), (242, 132)]
    pen.blob([*body, (160, 120)], dark(HEMP_DARK, 0.16))
    pen.oval((160, 130), (88, 32), dark(HEMP_DARK, 0.3))
    pen.oval((160, 128), (78, 25), mouth)


def _twist(pen: Pen, at: Point, length: float, turn: float, fill: Colour) -> None:
    """A rolled dry leaf."""
    a, b = around(at, (length, 0), 180, turn), around(at, (length, 0), 0, turn)
    bend = around(at, (length * 0.35, 0), 0, turn + 90)
    pen.line([a, bend, b], fill, 5)


def che_shan_tuyet(pen: Pen) -> None:
    """A heap of dark twisted tea with white tips, a fresh sprig above."""
    for turn, size in ((-90, 74), (-158, 58), (-22, 58)):
        pen.leaf((226, 124), size, turn, mix(LEAF, TURMERIC, 0.12))
    pen.line([(226, 124), (222, 150)], LEAF_DARK, 5)
    for i in range(70):
        ring = (i / 70) ** 0.5
        at = around((150, 182), (86 * ring, 38 * ring), i * 137.5)
        tone = mix(DRY_LEAF, (196, 196, 172), 1.0 if i % 5 == 0 else (i % 3) * 0.12)
        _twist(pen, (at[0], at[1] - 26 * (1 - ring)), 13, i * 47, tone)
    _bowl(pen, (150, 192), 98, WOOD)


def bach_tra(pen: Pen) -> None:
    """Silver buds, each a slim pointed needle, on a dark cloth."""
    pen.oval((160, 208), (122, 48), INDIGO)
    for i in range(46):
        ring = (i / 46) ** 0.5
        at = around((160, 196), (94 * ring, 34 * ring), i * 137.5)
        bud = mix((222, 226, 206), (168, 182, 142), (i % 4) * 0.22)
        pen.oval((at[0], at[1] - 22 * (1 - ring)), (19, 5), dark(bud, 0.3), i * 53)
        pen.oval((at[0], at[1] - 23 * (1 - ring)), (17, 3.6), bud, i * 53)
    pen.line([(160, 150), (160, 112)], LEAF, 5)
    pen.oval((160, 88), (11, 32), light((196, 206, 164), 0.3))
    pen.leaf((160, 130), 60, -34)
    pen.leaf((160, 130), 60, 214)


def mat_ong_rung(pen: Pen) -> None:
    """A bottle of honey, a piece of comb and a flower."""
    pen.box((112, 108), (96, 146), dark(HONEY, 0.25), 20)
    pen.box((117, 112), (86, 138), HONEY, 17)
    pen.box((126, 124), (11, 108), light(HONEY, 0.5), 5)
    pen.box((136, 82), (48, 32), dark(HONEY, 0.1), 6)
    pen.box((130, 66), (60, 24), WOOD_DARK, 6)
    pen.box((117, 164), (86, 52), CREAM, 3)
    for x, y in ((146, 190), (160, 182), (160, 198), (174, 190)):
        pen.poly([around((x, y), (9, 9), a) for a in range(30, 390, 60)], TURMERIC)
    for row, count in ((0, 3), (1, 4), (2, 3)):
        for i in range(count):
            at = (226 + i * 22 - (count - 3) * 11, 200 + row * 19)
            pen.poly([around(at, (13, 13), a) for a in range(30, 390, 60)], dark(HONEY, 0.2))
            pen.poly([around(at, (9, 9), a) for a in range(30, 390, 60)], light(HONEY, 0.3))
    for angle in range(0, 360, 60):
        pen.oval(around((72, 214), (17, 17), angle), (13, 8), CREAM, angle)
    pen.ball((72, 214), 9, TURMERIC)


def mang_kho(pen: Pen) -> None:
    """Flat dried shoots, pointed at the top and barred across, tied in a bundle."""
    for i, (x, turn) in enumerate(((90, -20), (126, -9), (162, 0), (198, 10), (232, 20))):
        _shoot(pen, (x, 166), turn, mix(BAMBOO, (158, 108, 60), (i % 3) * 0.3))
    pen.box((84, 176), (152, 16), INDIGO, 7)


def _shoot(pen: Pen, at: Point, turn: float, fill: Colour) -> None:
    def place(side: float, rise: float) -> Point:
        return around(around(at, (rise, 0), 0, turn - 90), (side, 0), 0, turn)

    shape = ((0, 108), (8, 70), (16, 20), (21, -40), (21, -84))
    for fill_now, narrow in ((dark(fill, 0.3), 1.0), (fill, 0.8)):
        right = [place(side * narrow, rise * (1.1 + narrow) / 2.1) for side, rise in shape]
        left = [place(-side * narrow, rise * (1.1 + narrow) / 2.1) for side, rise in shape[::-1]]
        pen.poly([*right, *left], fill_now)
    for rise, half in ((62, 6), (36, 10), (8, 13), (-22, 15), (-52, 16)):
        pen.line([place(-half, rise), place(0, rise + 5), place(half, rise)], dark(fill, 0.28), 3)


def mien_dong(pen: Pen) -> None:
    """Skeins of thin see-through noodle, tied in the middle."""
    noodle: Colour = (214, 204, 178)
    for row, (x, y) in enumerate(((160, 122), (150, 170), (170, 218))):
        pen.oval((x, y), (112, 30), dark(noodle, 0.28))
        for i in range(11):
            lift = (i - 5) * 5
            bend = [(x - 108, y + lift * 0.3), (x - 56, y + lift), (x, y + lift * 0.55)]
            bend += [(x + 56, y + lift), (x + 108, y + lift * 0.3)]
            pen.line(bend, mix(light(noodle, 0.5), noodle, (i % 3) / 2), 3.2)
        pen.box((x - 9, y - 19), (18, 38), (RED, TURMERIC, INDIGO)[row], 6)


def gao_nep_nuong(pen: Pen) -> None:
    """A sack of rice and an ear of paddy."""
    _sack(pen, CREAM)
    for i in range(64):
        at = around((160, 126), (70 * (i / 64) ** 0.5, 20 * (i / 64) ** 0.5), i * 137.5)
        grain = (252, 248, 236) if i % 3 else (232, 220, 190)
        pen.oval((at[0], at[1] - 5), (7, 3), grain, i * 61)
    pen.line([(240, 252), (252, 170), (226, 76)], (150, 140, 60), 4)
    for i in range(12):
        at = (246 - i * 1.7, 160 - i * 8)
        pen.oval(at, (11, 4.6), TURMERIC, -60 if i % 2 else -130)
    pen.poly([(160, 172), (186, 204), (160, 236), (134, 204)], INDIGO)
    pen.poly([(160, 188), (173, 204), (160, 220), (147, 204)], HEMP)


def mac_ca(pen: Pen) -> None:
    """Round brown nuts, each with a crack that shows the pale kernel."""
    spots = ((122, 134), (198, 132), (84, 184), (160, 178), (236, 184), (120, 224), (202, 226))
    for i, (x, y) in enumerate(spots):
        skin = mix(SHELL, WOOD_DARK, (i % 3) * 0.22)
        pen.ball((x, y), 37, dark(skin, 0.3))
        pen.ball((x - 2, y - 3), 34, skin)
        pen.oval((x - 14, y - 16), (8, 5), light(skin, 0.4), -40)
        turn = (-30, 20, 0)[i % 3]
        pen.oval((x + 3, y + 4), (25, 6.5), WOOD_DARK, turn)
        pen.oval((x + 3, y + 5), (20, 3.6), CREAM, turn)


def thach_den_kho(pen: Pen) -> None:
    """A dry herb: bundles of stalks with small dark leaves, tied."""
    stalk: Colour = (104, 88, 62)
    for i in range(9):
        top = (60 + i * 25, 86 + abs(i - 4) * 9)
        foot = (160 + (i - 4) * 11, 252)
        pen.line([foot, (160 + (i - 4) * 8, 198), top], stalk, 4)
        for step in range(5):
            part = 0.08 + step * 0.17
            at = (top[0] + (160 + (i - 4) * 8 - top[0]) * part, top[1] + (198 - top[1]) * part)
            for turn in (-150, -30):
                pen.leaf(
                    at, 27, turn + (i - 4) * 9, mix((66, 70, 56), DRY_LEAF, (i + step) % 3 / 2)
                )
    pen.box((116, 190), (88, 18), (196, 164, 96), 7)


def _cup(pen: Pen, at: Point) -> None:
    """A clear cup of black jelly."""
    x, y = at
    pen.poly([(x - 44, y - 40), (x + 44, y - 40), (x + 34, y + 44), (x - 34, y + 44)], GLASS)
    pen.poly([(x - 40, y - 24), (x + 40, y - 24), (x + 32, y + 40), (x - 32, y + 40)], JELLY)
    pen.oval((x, y - 24), (40, 10), light(JELLY, 0.28))
    pen.oval((x, y - 40), (46, 11), dark(GLASS, 0.16))
    pen.oval((x, y - 41), (41, 8), light(GLASS, 0.4))
    pen.poly(
        [(x - 30, y - 12), (x - 22, y - 12), (x - 19, y + 30), (x - 25, y + 30)], (98, 94, 94)
    )


def thach_den_hop(pen: Pen) -> None:
    """Cups of jelly and a few loose cubes."""
    for at in ((98, 138), (222, 138), (160, 184)):
        _cup(pen, at)
    for x, y in ((60, 226), (238, 228), (270, 206)):
        pen.poly([(x - 16, y - 8), (x, y - 17), (x + 16, y - 8), (x, y + 1)], (96, 90, 90))
        pen.poly([(x - 16, y - 8), (x, y + 1), (x, y + 20), (x - 16, y + 11)], JELLY)
        pen.poly([(x + 16, y - 8), (x, y + 1), (x, y + 20), (x + 16, y + 11)], (66, 60, 62))


def mac_khen(pen: Pen) -> None:
    """A sprig of small split husks with black seeds."""
    pen.line([(160, 258), (158, 170), (164, 84)], WOOD_DARK, 6)
    for i, (dx, dy) in enumerate(((-64, -6), (62, 4), (-46, -50), (50, -44), (4, -88))):
        pen.line([(160, 200 + dy * 0.6), (160 + dx, 168 + dy)], WOOD_DARK, 4)
        for k in range(11):
            ring = (k / 11) ** 0.5
            at = around((160 + dx, 162 + dy), (36 * ring, 30 * ring), k * 137.5 + i * 30)
            husk = mix((158, 104, 62), (126, 140, 70), (k % 3) * 0.3)
            pen.ball(at, 10, dark(husk, 0.3))
            pen.ball((at[0] - 1, at[1] - 1), 8.4, husk)
            if k % 2:
                pen.ball((at[0] + 2, at[1] + 1), 4.6, (36, 32, 36))
    for turn in (-20, 200):
        pen.leaf((160, 232), 66, turn)


def hat_doi(pen: Pen) -> None:
    """Flat reddish-brown seeds heaped in a bowl, a few beside it."""
    seed: Colour = (128, 58, 36)
    places = [around((160, 158), (92 * (i / 52) ** 0.5, 44 * (i / 52) ** 0.5), i * 137.5)
              for i in range(52)]  # fmt: skip
    ordered = sorted(places, key=lambda p: p[1])
    for i, at in enumerate([*ordered, (56, 240), (264, 242), (240, 256)]):
        tone = mix(seed, (70, 36, 32), (i % 4) * 0.22)
        pen.oval(at, (16, 11), dark(tone, 0.4), i * 41)
        pen.oval((at[0] - 1, at[1] - 2), (13.5, 8.6), tone, i * 41)
        pen.oval((at[0] - 3, at[1] - 4), (5, 2.4), light(tone, 0.35), i * 41)
    _bowl(pen, (160, 172), 104, mix(WOOD, TURMERIC, 0.2))


def cham_cheo(pen: Pen) -> None:
    """A jar of reddish salt, chilli and garlic beside it."""
    salt: Colour = (150, 84, 46)
    pen.box((98, 100), (124, 154), light(GLASS, 0.2), 20)
    pen.box((104, 128), (112, 120), salt, 14)
    for i in range(90):
        at = (112 + (i * 37) % 96, 136 + (i * 53) % 104)
        fleck = (RED, (96, 112, 52), light(salt, 0.5))[i % 3]
        pen.oval(at, (2.8, 2), fleck, i * 30)
    pen.box((104, 162), (112, 50), CREAM, 3)
    pen.line([(128, 194), (156, 180), (192, 190)], RED, 9)
    pen.line([(120, 196), (128, 194)], LEAF, 5)
    pen.box((96, 76), (128, 32), INDIGO, 8)
    pen.line([(244, 246), (258, 214), (252, 180)], RED, 13)
    pen.line([(252, 180), (250, 166)], LEAF, 6)
    pen.blob([(66, 176), (84, 214), (76, 244), (48, 244), (42, 212)], CREAM)
    for x in (56, 66, 76):
        pen.line([(65, 186), (x, 214), (x * 0.6 + 25, 240)], HEMP_DARK, 2.5)
