"""Which sign or photo stands for a choice; the one table of it."""

from __future__ import annotations

from bot.shop.pictures import Tile
from bot.shop.says import Choice
from bot.talk.session import Session
from bot.talk.turn import Shop

ICONS: dict[str, str] = {
    "home": "home", "sell": "home", "m": "market", "s": "ask", "cart": "basket", "o": "parcel",
    "co": "yes", "agree:order": "yes", "agree:remind": "bell", "agree:no": "no", "talk": "person",
    "lang": "speech", "voice": "voice", "help": "ask", "live": "live", "lives": "live",
    "fo": "bell", "ask": "bell", "remind": "bell", "vp": "more", "more": "more", "fix": "write",
    "set:name": "phone", "set:address": "phone", "set:note": "no", "pay:cod": "money",
    "pay:bank": "bank", "f": "write", "empty": "no", "edit": "write", "light": "picture",
    "see": "picture", "hand": "person", "erase": "no", "clip": "live", "find": "ask", "ret": "yes",
    "new": "bell", "kho": "stock", "goi": "parcel", "nhap": "basket", "ct": "money",
    "baocao": "paper", "np": "picture", "ck": "bank", "gia": "money", "tra": "money",
    "lv": "calendar", "nk": "speech", "chu": "person", "rec": "voice", "unread": "paper",
    "k": "stock", "kt": "stock", "undo": "back", "ship": "truck", "chd": "write", "gs": "speech",
    "ans": "ask", "hto": "person", "rp": "speech", "so": "parcel", "own": "person", "st": "paper",
    "p": "ask", "claims": "live", "cl": "live", "rf": "no", "rut": "no", "rk": "yes",
    "rl": "voice", "shs": "place", "prov": "place", "pv": "more", "set": "yes", "push": "bell",
    "gx": "parcel", "gxb": "parcel", "hh": "home", "hn": "basket", "hpm": "money", "hs": "paper",
    "ed": "write", "rm": "no", "lq": "stock", "rest": "basket", "again": "basket", "cx": "no",
    "pb": "bank", "qr": "bank", "of": "picture", "link": "phone", "re": "write",
    "re:phone": "phone", "re:name": "person", "re:address": "place", "re:province": "place",
    "shp": "place",
    "cc": "no", "ce": "write", "cp": "no", "cy": "yes", "cyl": "yes", "cu": "basket", "ufo": "no",
    "cpt": "basket", "watch": "live", "ics": "calendar", "tk": "person", "xong": "yes",
    "bc": "paper", "phieu": "paper", "ov": "voice", "rt": "back", "gd": "truck", "gw": "stock",
    "pd": "money", "pf": "write", "dn": "no", "dp": "money", "nga": "yes", "ngr": "no",
    "npgo": "yes", "npx": "no", "ngl": "stock", "nks": "yes", "nkx": "no", "nkw": "person",
    "nkl": "paper", "rn": "voice", "rs": "voice", "rx": "no", "bl": "no", "hst": "paper",
    "kc": "picture", "lson": "live", "lsend": "no", "lvx": "no", "lvm": "calendar",
    "lsum": "paper",
}  # fmt: skip
"""By route, or by its first two parts; the longer one wins."""

ENDS: dict[str, str] = {
    "yes": "yes", "no": "no", "call": "phone", "confirm": "yes", "refuse": "no", "pack": "parcel",
    "ship": "truck", "deliver": "home", "return": "back", "sure": "yes", "back": "back",
}  # fmt: skip
"""By the last part: what the choice does with the order or question it belongs to."""

SIGNS: dict[str, str] = {"+": "plus", "-": "minus", "0": "none"}
OF_GOODS = frozenset({"p", "add", "q", "all", "gs", "ks", "st", "sk", "wp", "pk", "kp"})
"""Routes whose second part is a product."""

COUNTED = (1, 2, 5)
"""How often the goods are shown where an amount is asked for: so many, told by pictures."""

NUMBER_QUESTION = "-number"


def tiles_of(shop: Shop, session: Session, id: str, choices: tuple[Choice, ...]) -> list[Tile]:
    """The tiles of a screen; none where a choice has neither a photo nor a sign of its own."""
    if id.endswith(NUMBER_QUESTION):
        return _amounts(shop, session)
    made = [_tile(shop, choice, str(n)) for n, choice in enumerate(choices, 1)]
    return made if all(tile.photo or tile.icon for tile in made) else []


def _amounts(shop: Shop, session: Session) -> list[Tile]:
    """One, two and five of the goods that are to be taken; else what goods are meant."""
    route, _, rest = session.asking.partition(":")
    product = rest.partition(":")[0]
    if route not in OF_GOODS or product not in shop.catalogue().products:
        return []
    if route != "q":  # how much there is, not how much is taken
        return [Tile("", photo=f"product/{product}")]
    return [Tile(str(n), photo=f"product/{product}", count=n) for n in COUNTED]


def _tile(shop: Shop, choice: Choice, digit: str) -> Tile:
    parts = choice.id.split(":")
    if goods := _goods(shop, parts):
        return Tile(digit, photo=f"product/{goods}", count=_count(parts))
    return Tile(digit, icon=_icon(parts))


def _goods(shop: Shop, parts: list[str]) -> str:
    products = shop.catalogue().products
    if parts[0] == "cat" and len(parts) > 1:
        return next((p.id for p in products.values() if p.category == parts[1]), "")
    named = parts[1] if parts[0] in OF_GOODS and len(parts) > 1 else ""
    return named if named in products else ""


def _count(parts: list[str]) -> int:
    """`q:<product>:<n>` takes so many at once."""
    n = parts[2] if parts[0] == "q" and len(parts) > 2 else ""
    return int(n) if n.isdigit() and int(n) in COUNTED else 1


def _icon(parts: list[str]) -> str:
    return (
        ICONS.get(":".join(parts[:2]))
        or SIGNS.get(parts[-1])
        or (ENDS.get(parts[-1]) if len(parts) > 1 else None)
        or ICONS.get(parts[0], "")
    )
