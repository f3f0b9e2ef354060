"""VietQR: a bank transfer as the text in a QR code, written and read.

The layout is EMVCo's tag, length, value with NAPAS' application identifier, closed by a checksum
(NAPAS "QR Switching, Part IV"). Amount and text in a QR are hints: some bank apps let the payer
edit both, so a code that was shown says nothing about money; only what arrived counts.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from typing import get_args

from bot.shop.payment import Service
from bot.shop.plain import plain

NAPAS = "A000000727"
DONG = "704"
"""ISO 4217."""
MOST_VND = 10**13 - 1
LONGEST_PURPOSE = 25
SERVICES: dict[str, Service] = {name: name for name in get_args(Service)}

_BIN = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
_PURPOSE = re.compile(rf"[0-9A-Z ]{{0,{LONGEST_PURPOSE}}}")
_ANY_PURPOSE = re.compile(rf"[ -~]{{0,{LONGEST_PURPOSE}}}")
_AMOUNT = re.compile(r"[1-9][0-9]{0,12}")
_HEAD = re.compile(r"[0-9]{4}")


class BadTransfer(ValueError):
    """No payload can be written. why: `bin`, `account`, `service`, `amount` or `purpose`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class BadPayload(ValueError):
    """Not a VietQR transfer, or damaged; nothing of it may be used.

    why: `characters`, `checksum`, `length`, `repeated`, `missing`, `version`, `currency`,
    `napas` (another network's), or what BadTransfer names.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a VietQR code asks a bank app to do; the payer may change amount and purpose.

    bin: six digits of the bank. account: of a `QRIBFTTA`, else the card, at most 19 letters and
    digits. vnd: whole đồng, 0 for none (`asked_vnd` refuses a 0 that was meant as an amount).
    purpose: at most 25 characters, written only with A-Z, 0-9 and space (`purpose_of`).
    """

    bin: str
    account: str
    service: Service = "QRIBFTTA"
    vnd: int = 0
    purpose: str = ""


def build(transfer: Transfer) -> str:
    """The payload; with an amount for one payment, without for many. Raises BadTransfer."""
    _refuse_what_cannot_be(transfer)
    payee = _field("00", transfer.bin) + _field("01", transfer.account)
    napas = _field("00", NAPAS) + _field("01", payee) + _field("02", transfer.service)
    amount = _field("54", str(transfer.vnd)) if transfer.vnd else ""
    purpose = _field("62", _field("08", transfer.purpose)) if transfer.purpose else ""
    head = _field("00", "01") + _field("01", "12" if amount else "11") + _field("38", napas)
    text = f"{head}{_field('53', DONG)}{amount}{_field('58', 'VN')}{purpose}6304"
    return text + checksum(text)


def read(payload: str) -> Transfer:
    """What a payload asks for, its fields in any order, unknown ones passed over.

    Raises BadPayload; one wrong character is enough.
    """
    if not isinstance(payload, str) or not (payload.isascii() and payload.isprintable()):
        raise BadPayload("characters")
    if payload[-8:-4] != "6304" or payload[-4:] != checksum(payload[:-4]):
        raise BadPayload("checksum")
    fields = _fields(payload)
    if fields.get("00", "01") != "01":
        raise BadPayload("version")
    if fields.get("53", DONG) != DONG:
        raise BadPayload("currency")
    napas = _fields(_wanted(fields, "38"))
    if _wanted(napas, "00") != NAPAS:
        raise BadPayload("napas")
    payee = _fields(_wanted(napas, "01"))
    return Transfer(
        bin=_checked(_BIN, _wanted(payee, "00"), "bin"),
        account=_checked(_ACCOUNT, _wanted(payee, "01"), "account"),
        service=_service(napas.get("02", "QRIBFTTA")),
        vnd=int(_checked(_AMOUNT, fields["54"], "amount")) if "54" in fields else 0,
        purpose=_checked(_ANY_PURPOSE, _fields(fields.get("62", "")).get("08", ""), "purpose"),
    )


def asked_vnd(amount: object) -> int:
    """An amount in đồng that must be there: an `int` of 1 to 13 digits. Raises BadTransfer.

    Text is refused even if it looks like a number: "85.000" has been read as 85 đồng elsewhere.
    """
    if type(amount) is not int or not 0 < amount <= MOST_VND:
        raise BadTransfer("amount")
    return amount


def purpose_of(code: str, words: str = "") -> str:
    """The text of a transfer: the order's code first, cut to 25 characters banks pass on.

    Banks cut from the end, so the code must lead. Raises BadTransfer if the code itself is empty
    or too long.
    """
    if not 0 < len(plain(code)) <= LONGEST_PURPOSE:
        raise BadTransfer("purpose")
    return plain(f"{code} {words}")[:LONGEST_PURPOSE].rstrip()


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE of ASCII text, four upper-case hex digits ("123456789" gives 29B1)."""
    return f"{binascii.crc_hqx(text.encode('ascii'), 0xFFFF):04X}"


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def _refuse_what_cannot_be(transfer: Transfer) -> None:
    """Types are looked at too: a bool or a float would be written without a word."""
    _fitting(_BIN, transfer.bin, "bin")
    _fitting(_ACCOUNT, transfer.account, "account")
    _fitting(_PURPOSE, transfer.purpose, "purpose")
    if transfer.service not in SERVICES:
        raise BadTransfer("service")
    if type(transfer.vnd) is not int or transfer.vnd:
        asked_vnd(transfer.vnd)


def _fitting(pattern: re.Pattern[str], value: object, why: str) -> None:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise BadTransfer(why)


def _checked(pattern: re.Pattern[str], value: str, why: str) -> str:
    if not pattern.fullmatch(value):
        raise BadPayload(why)
    return value


def _service(value: str) -> Service:
    """Only transfers: a payment to a merchant (`QRPUSH`) reaches no account by its number."""
    if value not in SERVICES:
        raise BadPayload("service")
    return SERVICES[value]


def _wanted(fields: dict[str, str], tag: str) -> str:
    if tag not in fields:
        raise BadPayload("missing")
    return fields[tag]


def _fields(text: str) -> dict[str, str]:
    """The fields of one level. Twice the same tag is refused: two readers would take either."""
    found: dict[str, str] = {}
    while text:
        head = text[:4]
        size = int(head[2:]) if _HEAD.fullmatch(head) else 0
        if not 0 < size <= len(text) - 4:
            raise BadPayload("length")
        if head[:2] in found:
            raise BadPayload("repeated")
        found[head[:2]], text = text[4 : 4 + size], text[4 + size :]
    return found
