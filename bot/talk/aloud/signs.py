"""Which sign stands for a choice: by its title, by the end of its id, by its route.

Signs are the names of `pictures.icons`. Entries of a list that are alike in kind (banks, people,
months) share one; the digit tells them apart.
"""

from __future__ import annotations

BY_TITLE: dict[str, str] = {
    "choice-more": "more", "choice-yes": "yes", "choice-no": "no", "choice-fix": "write",
    "choice-other-amount": "ask", "choice-other-sum": "write", "choice-stock-number": "write",
    "choice-none-left": "none",
    "choice-price-later": "no", "choice-all-goods": "market", "choice-live-start": "play",
    "choice-live-done": "yes", "choice-goods-no-name": "no", "choice-goods-no-photo": "no",
    "choice-goods-really-new": "plus", "choice-board-renew": "code", "choice-undo": "back",
    "choice-goods-later": "no", "choice-goods-months": "calendar", "choice-goods-all-year": "yes",
    "choice-live-code-off": "none", "choice-live-code-on": "yes", "choice-pay-all": "money",
}  # fmt: skip

BY_END: dict[str, str] = {
    "yes": "yes", "no": "no", "call": "phone", "confirm": "yes", "refuse": "no", "pack": "parcel",
    "ship": "truck", "deliver": "home", "return": "back", "sure": "yes", "back": "back",
    "bank": "bank", "cod": "money",
}  # fmt: skip
"""What the choice does with the order or question it belongs to."""

BY_MARK: dict[str, str] = {"+": "plus", "-": "minus"}

BY_ROUTE: dict[str, str] = {
    # around
    "home": "home", "sell": "home", "back": "back", "vp": "more", "more": "more", "help": "ask",
    "lang": "speech", "voice": "voice", "light": "picture", "see": "picture", "stop": "stop",
    "talk": "person", "tk": "person", "hand": "person", "erase": "no", "find": "ask",
    "link": "phone", "ret": "yes", "teach": "yes", "bind": "yes", "ma": "write", "watch": "live",
    # a customer
    "m": "market", "s": "ask", "cart": "basket", "o": "parcel", "os": "parcel", "of": "picture",
    "co": "yes", "cu": "basket", "f": "write", "set": "yes", "set:name": "phone",
    "set:address": "phone", "set:note": "no", "agree": "yes", "agree:remind": "bell",
    "agree:no": "no", "prov": "place", "pv": "more", "shp": "place", "shs": "place",
    "pay:cod": "money", "pay:bank": "bank", "pb": "bank", "qr": "bank", "empty": "no",
    "edit": "write", "ed": "write", "rm": "no", "rest": "basket", "again": "basket", "cx": "no",
    "cc": "no", "fee": "money", "dc": "money", "dl": "money", "wa": "basket", "lq": "stock",
    "ans": "ask", "p": "ask", "ask": "bell", "remind": "bell", "fo": "bell", "ufo": "no",
    "push": "bell", "ics": "calendar", "fix": "write", "clip": "live", "bo": "market",
    "re": "write", "re:phone": "phone", "re:name": "person", "re:address": "place",
    "re:province": "place", "chd": "write", "rf": "no",
    # a live
    "live": "live", "lives": "live", "claims": "live", "cl": "live", "ca": "live", "cv": "live",
    "cj": "yes", "ce": "write", "cp": "no", "cpt": "basket", "cy": "yes", "cyl": "yes",
    # orders and packing
    "new": "bell", "so": "parcel", "goi": "parcel", "gx": "parcel", "gxb": "parcel", "gh": "home",
    "gd": "truck", "gdt": "calendar", "gw": "stock", "ship": "truck", "ov": "voice",
    "phieu": "paper", "rt": "back", "mv": "parcel", "rp": "speech", "xong": "yes", "bl": "no",
    "bls": "none", "ub": "yes",
    # goods, stock, prices
    "kho": "stock", "k": "stock", "kt": "stock", "kc": "picture", "kc:*:p": "plus",
    "kc:*:m": "minus", "kc:*:t": "plenty", "undo": "back", "l": "stock",
    "gia": "money", "gl": "money", "gp": "money", "gk": "money", "gy": "money", "tell": "yes",
    "np": "picture", "npgo": "yes", "npx": "no", "npm": "plus", "npv": "stock",
    "npv:category": "market", "ng": "picture", "nga": "yes", "ngh": "none", "ngl": "stock",
    "ngn": "write", "ngr": "no", "ngs": "yes", "nq": "calendar", "dn": "no", "gs": "speech",
    # money
    "ct": "money", "tra": "money", "pd": "money", "dp": "money", "pf": "write", "ck": "bank",
    "bank": "bank", "bka": "bank", "bkn": "bank", "bks": "stop", "bky": "yes",
    # households
    "nhap": "basket", "hn": "basket", "hh": "home", "nm": "home", "own": "home", "hpm": "money",
    "hpr": "money", "hpd": "money", "hpy": "yes", "hs": "paper", "hss": "send", "hst": "paper",
    "st": "paper", "sd": "no", "hfx": "paper", "hfp": "write", "hfc": "money", "hfw": "stock",
    "hfl": "stock", "hgb": "back", "hia": "basket", "hic": "picture", "hip": "market",
    "hiv": "plus", "hiy": "yes", "hto": "person",
    # selling live
    "lv": "calendar", "lvn": "live", "lvg": "plus", "lvt": "calendar", "lvm": "calendar",
    "lvok": "yes", "lvno": "no", "lvx": "no", "lson": "live", "lsend": "no", "lsum": "paper",
    "ls": "calendar", "lb": "paper", "li": "code", "lia": "plus", "lic": "stock", "lil": "person",
    "lis": "none", "lw": "bell", "lc": "person", "lct": "code", "ld": "ask", "ldc": "live",
    "dan": "paper", "ll": "paper", "llog": "paper", "lo": "parcel", "loy": "yes", "lk": "code",
    "lkl": "code", "lkp": "code", "lks": "market",
    # telling followers
    "nk": "speech", "nks": "send", "nkx": "no", "nkw": "person", "nka": "person", "nkl": "paper",
    "nkr": "paper", "nkc": "phone", "nkg": "play", "nkp": "pause",
    # people and the owner
    "chu": "person", "nguoi": "person", "acc": "person", "accn": "write", "accx": "no",
    "af": "person", "aft": "back", "moi": "plus", "mq": "person", "my": "yes", "ok": "yes",
    "baocao": "paper", "bc": "paper", "bcx": "paper", "bcf": "paper",
    # trainers and voices
    "rec": "voice", "rg": "voice", "rs": "voice", "rn": "voice", "rl": "play", "rk": "yes",
    "ra": "back", "rx": "no", "rut": "no", "vc": "yes", "vcd": "speech", "vcn": "no",
    "unread": "paper", "un": "speech", "ui": "ask", "up": "basket", "uw": "basket", "uu": "back",
    "ux": "no",
}  # fmt: skip
"""By route, by its first two parts, or by the first and the third; a longer one wins."""

OF_GOODS = frozenset({"p", "add", "q", "all", "gs", "ks", "st", "sk", "wp", "pk", "kp"})
"""Routes whose second part is a product: its photo is the sign."""

NAMES_GOODS = frozenset({
    "choice-product", "choice-entry-goods", "choice-goods-more", "choice-this-one", "choice-name",
})  # fmt: skip
"""Titles that are the name of goods, wherever in the id the product stands."""


def sign_of(title: str, parts: list[str]) -> str:
    """The sign of a choice by its title and the parts of its id; empty if it has none."""
    return (
        BY_TITLE.get(title)
        or BY_ROUTE.get(":".join(parts[:2]))
        or BY_ROUTE.get(f"{parts[0]}:*:{'' if len(parts) < 3 else parts[2]}")
        or BY_MARK.get(parts[-1])
        or (BY_END.get(parts[-1]) if len(parts) > 1 else None)
        or (BY_END.get(parts[1]) if parts[0] == "mv" and len(parts) > 1 else None)
        or BY_ROUTE.get(parts[0], "")
    )
