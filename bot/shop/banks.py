"""Banks and wallets a VietQR transfer can go to, by the six digits (BIN) that stand in the code.

Source of the numbers: the table of vietnam-qr-pay 1.5.1 (npm, MIT), which follows NAPAS; renamed
banks share a number with their old name. The last three are not in it: they are in common use in
the highlands, but nobody has confirmed them yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from bot.shop.plain import plain


@dataclass(frozen=True, slots=True)
class Bank:
    """bin: six digits. name: as people know it. others: what else it is called, without marks;
    nothing that two banks are called (BVB, Sài Gòn), so that it is asked.

    confirmed: False until a transfer of a small sum has arrived by this number.
    """

    bin: str
    name: str
    others: tuple[str, ...] = ()
    confirmed: bool = True


_ROWS = (
    ("970405", "Agribank", "agri, vba, vbard, nong nghiep"),
    ("970436", "Vietcombank", "vcb, vietcom, ngoai thuong"),
    ("970415", "VietinBank", "ctg, icb, vtb, vietin, cong thuong"),
    ("970418", "BIDV", "bid, dau tu, dau tu va phat trien"),
    ("970422", "MB Bank", "mb, mbb, quan doi"),
    ("970407", "Techcombank", "tcb, techcom, ky thuong"),
    ("970416", "ACB", "a chau"),
    ("970432", "VPBank", "vp, vpb, viet nam thinh vuong"),
    ("970423", "TPBank", "tp, tpb, tien phong"),
    ("970403", "Sacombank", "stb, sacom, sai gon thuong tin"),
    ("970443", "SHB", "sai gon ha noi"),
    ("970441", "VIB", "quoc te"),
    ("970437", "HDBank", "hd, hdb"),
    ("970426", "MSB", "hang hai, maritime bank"),
    ("970449", "LPBank", "lp, lpb, loc phat, lien viet, lienvietpostbank, buu dien lien viet"),
    ("970448", "OCB", "phuong dong"),
    ("970440", "SeABank", "sea, ssb, dong nam a"),
    ("970409", "Bac A Bank", "bab, bac a, nasb"),
    ("970428", "Nam A Bank", "nab, nam a"),
    ("970431", "Eximbank", "eib, exim, xuat nhap khau"),
    ("970429", "SCB", "sai gon scb"),
    ("970412", "PVcomBank", "pvcom, dai chung"),
    ("970425", "ABBank", "ab, abb, an binh"),
    ("970452", "KienlongBank", "klb, kien long"),
    ("970454", "BVBank", "ban viet, vccb, viet capital bank"),
    ("970424", "Shinhan Bank", "shinhan"),
    ("970400", "Saigonbank", "sgb, sai gon cong thuong"),
    ("970406", "Vikki Bank", "vikki, dong a, dab"),
    ("970414", "MBV", "ocean bank, dai duong"),
    ("970419", "NCB", "nvb, quoc dan"),
    ("970427", "VietABank", "vab, viet a"),
    ("970433", "VietBank", "vbb, viet nam thuong tin"),
    ("970438", "BaoViet Bank", "bao viet"),
    ("970430", "PGBank", "pg, pgb"),
    ("970408", "GPBank", "gp, gpb, dau khi toan cau"),
    ("970446", "Co-opBank", "coop, hop tac xa"),
    ("970444", "CBBank", "cb, xay dung, vncb"),
    ("970434", "Indovina Bank", "indovina, ivb"),
    ("970421", "VRB", "viet nga"),
    ("970439", "Public Bank Vietnam", "public bank, pbvn"),
    ("970442", "Hong Leong Bank", "hong leong, hlb"),
    ("970410", "Standard Chartered", "standard chartered vietnam"),
    ("970457", "Woori Bank", "woori"),
    ("970458", "UOB", "united overseas bank"),
    ("970455", "IBK Ha Noi", "ibk hn"),
    ("970456", "IBK TP HCM", "ibk hcm"),
    ("970462", "Kookmin Ha Noi", "kookmin hn"),
    ("970463", "Kookmin TP HCM", "kookmin hcm"),
    ("422589", "CIMB", "cimb bank"),
    ("458761", "HSBC", "hsbc vietnam"),
    ("668888", "KBank", "kasikornbank, kasikorn"),
    ("796500", "DBS", "dbs bank"),
    ("801011", "Nonghyup", "nonghyup bank"),
    ("546034", "Cake", "cake by vpbank"),
    ("546035", "Ubank", "ubank by vpbank"),
    ("963388", "Timo", "timo plus"),
    ("963369", "Liobank", "lio"),
    ("971025", "MoMo", "vi momo"),
)
_UNCONFIRMED = (
    ("999888", "VBSP", "chinh sach, chinh sach xa hoi, nhcsxh, csxh"),
    ("971005", "Viettel Money", "viettelpay"),
    ("971011", "VNPT Money", "vnpt pay"),
)


def _banks() -> Iterator[Bank]:
    for rows, confirmed in ((_ROWS, True), (_UNCONFIRMED, False)):
        for bin, name, others in rows:
            yield Bank(bin, name, tuple(others.split(", ")), confirmed)


BANKS: dict[str, Bank] = {bank.bin: bank for bank in _banks()}
"""By BIN, the common ones first."""


def bank_named(text: str) -> Bank | None:
    """The bank of this BIN or name, however it is written (`NH Quân đội`, `vcb`, `970436`).

    Only a whole name counts: money does not go to a bank that was guessed. See `banks_near`.
    """
    key = _key(text)
    return BANKS.get(key) or _known().get(key) or _known().get(key.removesuffix("BANK"))


def banks_near(text: str, count: int = 3) -> list[Bank]:
    """The banks most like what was typed, the nearest first, to be asked about; may be none."""
    known = _known()
    near = get_close_matches(_key(text), known, n=4 * count, cutoff=0.6)
    return list(dict.fromkeys(known[key] for key in near))[:count]


def _key(text: str) -> str:
    """Without marks, spaces and the words for "bank" before the name."""
    key = plain(text).replace(" ", "")
    for before in ("NGANHANG", "TMCP"):
        key = key.removeprefix(before)
    return key if key in _known() else key.removeprefix("NH").removeprefix("TMCP")


@cache
def _known() -> dict[str, Bank]:
    """Every name as `_key` writes it."""
    names = [(name, bank) for bank in BANKS.values() for name in (bank.name, *bank.others)]
    return {plain(name).replace(" ", ""): bank for name, bank in names}


def bank_name(bin: str) -> str:
    """As people know the bank; its BIN if nobody here does."""
    known = BANKS.get(bin)
    return known.name if known else bin
