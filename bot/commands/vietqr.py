"""`python -m bot vietqr …`: the payload of a transfer, for who prints a code or looks one over.

Amount and text in a QR code are hints: bank apps may let the payer edit them.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.payments.qr_picture import png_of
from bot.payments.vietqr import LONGEST_PURPOSE, SERVICES, BadTransfer, Transfer, build
from bot.settings import Settings
from bot.shop.banks import bank_named, banks_near
from bot.shop.payment import Service
from bot.shop.plain import plain
from bot.shop.says import Field

WRONG_VALUE = 2
"""Exit code, as for every option a command cannot use."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as they were typed. amount: None if the option was not given."""

    bank: str
    account: str
    service: str
    amount: str | None
    purpose: str
    png: Path | None


class Refused(Exception):
    """A value cannot be used: the id of the sentence that says so, and its fields."""

    def __init__(self, id: str, **fields: Field) -> None:
        super().__init__(id)
        self.id = id
        self.fields = fields


def vietqr(settings: Settings, asked: Asked) -> int:
    """Print exactly the payload, with `png` draw it too; returns the exit code."""
    try:
        payload = payload_of(asked)
        if asked.png is not None:
            _write(asked.png, payload)
    except Refused as refused:
        print(_sentence(settings, refused), file=sys.stderr)
        return WRONG_VALUE
    print(payload)
    return 0


def payload_of(asked: Asked) -> str:
    """Raises Refused."""
    try:
        return build(
            Transfer(
                bin=_bin(asked.bank),
                account=asked.account,
                service=_service(asked.service),
                vnd=_vnd(asked.amount),
                purpose=_purpose(asked.purpose),
            )
        )
    except BadTransfer as bad:
        raise Refused(f"vietqr-{bad.why}") from bad


def _bin(bank: str) -> str:
    """Any six digits: there are more banks than the table knows."""
    if not bank.strip():
        raise Refused("vietqr-bin")
    if re.fullmatch(r"[0-9]{6}", bank):
        return bank
    known = bank_named(bank)
    if known:
        return known.bin
    near = ", ".join(f"{b.name} {b.bin}" for b in banks_near(bank))
    if near:
        raise Refused("vietqr-bank-near", bank=bank, near=near)
    raise Refused("vietqr-bank-unknown", bank=bank)


def _service(name: str) -> Service:
    if name not in SERVICES:
        raise BadTransfer("service")
    return SERVICES[name]


def _vnd(amount: str | None) -> int:
    """Digits only: a dot in "85.000" is a thousand here and a decimal to others."""
    if amount is None:
        return 0
    if not re.fullmatch(r"[1-9][0-9]{0,12}", amount):
        raise BadTransfer("amount")
    return int(amount)


def _purpose(text: str) -> str:
    """Never cut here: what was typed may end in the order's code."""
    bare = plain(text)
    if len(bare) > LONGEST_PURPOSE:
        raise Refused("vietqr-purpose-long", text=bare, length=len(bare), most=LONGEST_PURPOSE)
    if text.strip() and not bare:
        raise BadTransfer("purpose")
    return bare


def _write(path: Path, payload: str) -> None:
    try:
        path.write_bytes(png_of(payload))
    except OSError as error:
        raise Refused("vietqr-png", path=str(path)) from error


def _sentence(settings: Settings, refused: Refused) -> str:
    from bot.words.book import load_books
    from bot.words.speak import Speaker

    words = Speaker(load_books(settings.locales_dir))
    return words.text("vi", refused.id, **refused.fields)
