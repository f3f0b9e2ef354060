"""Payloads of VietQR: written as NAPAS asks, read back, refused when one character is wrong."""

from __future__ import annotations

import string
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.payments.vietqr import (
    LONGEST_PURPOSE,
    MOST_VND,
    SERVICES,
    BadPayload,
    BadTransfer,
    Transfer,
    asked_vnd,
    build,
    checksum,
    purpose_of,
    read,
)
from bot.shop.plain import plain

PLAIN = Transfer("970416", "257678859")
ORDER = Transfer("970436", "0123456789", vnd=339_000, purpose="ZJ4K2P9QJ CHO PHIEN")

PUBLISHED = {
    "00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA"
    "53037045802VN6304AE9F": PLAIN,
    "00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA"
    "53037045405100005802VN62150811Chuyen tien630453E6": replace(
        PLAIN, vnd=10_000, purpose="Chuyen tien"
    ),
    "00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA"
    "530370454069999995802VN62140810Cam on nhe6304E786": replace(
        PLAIN, vnd=999_999, purpose="Cam on nhe"
    ),
}
"""Examples in the documentation of another implementation (npm vietnam-qr-pay 1.5.1)."""

transfers = st.builds(
    Transfer,
    bin=st.text(string.digits, min_size=6, max_size=6),
    account=st.text(string.digits + string.ascii_letters, min_size=1, max_size=19),
    service=st.sampled_from(sorted(SERVICES)),
    vnd=st.integers(0, MOST_VND),
    purpose=st.text(string.digits + string.ascii_uppercase + " ", max_size=LONGEST_PURPOSE),
)


def why(payload: Any) -> str:
    with pytest.raises(BadPayload) as caught:
        read(payload)
    return caught.value.why


def refused(**wrong: Any) -> str:
    with pytest.raises(BadTransfer) as caught:
        build(replace(ORDER, **wrong))
    return caught.value.why


def field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def sealed(*fields: str) -> str:
    """Fields in this order, closed by a checksum that fits."""
    text = "".join(fields) + "6304"
    return text + checksum(text)


def napas(
    service: str = "QRIBFTTA", bin: str = "970416", account: str = "257678859", more: str = ""
) -> str:
    payee = field("00", bin) + field("01", account)
    return field(
        "38", field("00", "A000000727") + field("01", payee) + field("02", service) + more
    )


def test_the_checksum_is_the_one_of_the_standard() -> None:
    assert checksum("123456789") == "29B1"
    assert checksum("") == "FFFF"


@pytest.mark.parametrize("payload", PUBLISHED)
def test_published_examples_are_read(payload: str) -> None:
    assert read(payload) == PUBLISHED[payload]


def test_a_published_example_is_written_to_the_letter() -> None:
    assert build(PLAIN) == next(iter(PUBLISHED))


def test_an_order_is_written_in_the_order_of_the_standard() -> None:
    text = (
        "000201" "010212" "38540010A00000072701240006970436011001234567890208QRIBFTTA" "5303704"
        "5406339000" "5802VN" "62230819ZJ4K2P9QJ CHO PHIEN" "6304"
    )  # fmt: skip
    assert build(ORDER) == text + checksum(text)


@given(transfers)
def test_what_is_written_is_read(transfer: Transfer) -> None:
    payload = build(transfer)
    assert read(payload) == transfer
    assert payload.startswith("000201010212" if transfer.vnd else "000201010211")
    assert payload.isascii()


def test_the_largest_transfer_fits() -> None:
    largest = Transfer("970436", "9" * 19, "QRIBFTTC", MOST_VND, "Z" * LONGEST_PURPOSE)
    assert read(build(largest)) == largest


@pytest.mark.parametrize("transfer", [PLAIN, ORDER])
def test_every_changed_character_is_refused(transfer: Transfer) -> None:
    payload = build(transfer)
    signs = string.digits + string.ascii_letters + " .é\n\x00٣"
    changed = [
        payload[:at] + sign + payload[at + 1 :]
        for at in range(len(payload))
        for sign in signs
        if sign != payload[at]
    ]
    assert len(changed) > 60 * len(payload)
    assert {why(text) for text in changed} == {"checksum", "characters"}


def test_lost_added_and_swapped_characters_are_refused() -> None:
    payload = build(ORDER)
    damaged = [payload[:at] + payload[at + 1 :] for at in range(len(payload))]
    damaged += [payload[:at] + sign + payload[at:] for at in range(len(payload)) for sign in "07A"]
    damaged += [payload + sign for sign in " 0\n"]
    damaged += [
        payload[:at] + payload[at + 1] + payload[at] + payload[at + 2 :]
        for at in range(len(payload) - 1)
        if payload[at] != payload[at + 1]
    ]
    damaged += [payload[:at] for at in range(len(payload))]
    for text in damaged:
        assert why(text)


def test_a_checksum_in_small_letters_is_refused() -> None:
    payload = next(iter(PUBLISHED))
    assert why(payload[:-4] + payload[-4:].lower()) == "checksum"


# a transfer that cannot be


@pytest.mark.parametrize(
    "amount", [True, False, "85000", "85.000", "", 85.0, 0.0, None, -1, MOST_VND + 1, 10**40]
)
def test_an_amount_is_a_whole_number_of_at_most_13_digits(amount: Any) -> None:
    assert refused(vnd=amount) == "amount"
    with pytest.raises(BadTransfer, match="amount"):
        asked_vnd(amount)


def test_nothing_is_no_amount_where_one_must_be() -> None:
    with pytest.raises(BadTransfer, match="amount"):
        asked_vnd(0)
    assert (asked_vnd(1), asked_vnd(MOST_VND)) == (1, MOST_VND)
    assert read(build(replace(ORDER, vnd=0))).vnd == 0


@pytest.mark.parametrize("bin", ["", "97043", "9704366", "97043A", "97043６", " 70436", 970436])
def test_a_bin_is_six_digits(bin: Any) -> None:
    assert refused(bin=bin) == "bin"


@pytest.mark.parametrize("account", ["", "1" * 20, "12 34", "12-34", "số1", "１２", "12\n", 12])
def test_an_account_is_letters_and_digits(account: Any) -> None:
    assert refused(account=account) == "account"


@pytest.mark.parametrize("purpose", ["A" * 26, "zj4k", "NA, MẬN", "A\n", "Đ", "A_B", None])
def test_a_purpose_is_already_folded_and_cut(purpose: Any) -> None:
    assert refused(purpose=purpose) == "purpose"


@pytest.mark.parametrize("service", ["", "QRPUSH", "qribftta"])
def test_a_service_is_one_of_two(service: Any) -> None:
    assert refused(service=service) == "service"


# payloads of others

HEAD, STATIC, DONG, SUM = field("00", "01"), field("01", "12"), field("53", "704"), "540585000"
PLACE, WORDS = field("58", "VN"), field("62", field("08", "ZJ4K2P9QJ"))


def test_fields_may_stand_in_any_order() -> None:
    expected = replace(PLAIN, vnd=85_000, purpose="ZJ4K2P9QJ")
    for order in permutations([HEAD, STATIC, napas(), DONG, SUM, PLACE, WORDS]):
        assert read(sealed(*order)) == expected


def test_parts_of_the_payee_may_stand_in_any_order() -> None:
    payee = field("01", field("01", "257678859") + field("00", "970416"))
    for order in permutations([field("00", "A000000727"), payee, field("02", "QRIBFTTA")]):
        assert read(sealed(HEAD, field("38", "".join(order)))) == PLAIN


def test_unknown_fields_are_passed_over() -> None:
    words = field("62", field("05", "MOMOW2W123") + field("08", "ZJ4K2P9QJ") + field("99", "x"))
    shop = [field("52", "5812"), field("59", "CHO PHIEN"), field("60", "LAI CHAU")]
    payload = sealed(HEAD, *shop, napas(more=field("07", "x")), words, field("99", "-"))
    assert read(payload) == replace(PLAIN, purpose="ZJ4K2P9QJ")


def test_a_service_that_is_not_named_is_a_transfer_to_an_account() -> None:
    payee = field("01", field("00", "970416") + field("01", "257678859"))
    assert read(sealed(HEAD, field("38", field("00", "A000000727") + payee))) == PLAIN


BAD = {
    "no payee": (sealed(HEAD, DONG, PLACE), "missing"),
    "no payee's account": (
        sealed(HEAD, field("38", field("00", "A000000727") + field("01", field("00", "970416")))),
        "missing",
    ),
    "another network": (sealed(HEAD, field("38", field("00", "A000000775"))), "napas"),
    "another version": (sealed(field("00", "02"), napas()), "version"),
    "a merchant": (sealed(HEAD, napas("QRPUSH")), "service"),
    "dollars": (sealed(HEAD, napas(), field("53", "840")), "currency"),
    "a dot in the amount": (sealed(HEAD, napas(), field("54", "85.000")), "amount"),
    "a leading zero": (sealed(HEAD, napas(), field("54", "085000")), "amount"),
    "14 digits": (sealed(HEAD, napas(), field("54", "1" * 14)), "amount"),
    "two amounts": (sealed(HEAD, napas(), SUM, field("54", "1")), "repeated"),
    "two payees": (sealed(HEAD, napas(), napas(account="1")), "repeated"),
    "a bin too short": (sealed(HEAD, napas(bin="97041")), "bin"),
    "an account too long": (sealed(HEAD, napas(account="1" * 20)), "account"),
    "a purpose too long": (sealed(HEAD, napas(), field("62", field("08", "A" * 26))), "purpose"),
    "a length of nothing": (sealed(HEAD, napas(), "6200"), "length"),
    "a length beyond the end": (sealed(HEAD, napas(), "6299A"), "length"),
    "a length in letters": (sealed(HEAD, napas(), "62A1B"), "length"),
    "a hundred letters, length 00": (sealed(HEAD, napas(), "62040800" + "A" * 100), "length"),
    "the checksum inside": (sealed(HEAD, field("63", "ABCD"), napas()), "repeated"),
    "only a checksum": (sealed(), "missing"),
}


@pytest.mark.parametrize("name", BAD)
def test_payloads_that_are_no_transfer(name: str) -> None:
    payload, expected = BAD[name]
    assert why(payload) == expected


@pytest.mark.parametrize("payload", ["", "6304", "https://cho.example", "\ud800", None, b"6304"])
def test_what_is_no_payload_at_all(payload: Any) -> None:
    assert why(payload) in ("characters", "checksum")


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for payload in (text, sealed(text) if text.isascii() else text):
        with pytest.raises(BadPayload):
            read(payload)


# the text of a transfer


def test_text_is_folded_before_it_is_counted() -> None:
    assert plain("Đơn số 5, chị Mỷ – đ/c: Đồng Đăng") == "DON SO 5 CHI MY D C DONG DANG"
    assert plain("ÐỒNG ðẳng") == "DONG DANG"
    assert plain("  ５kg\tna_mận 🍈 ") == "5KG NA MAN"
    assert plain("đ" * 25) == "D" * 25


def test_the_code_leads_and_the_rest_is_cut() -> None:
    assert purpose_of("ZJ4K2P9QJ") == "ZJ4K2P9QJ"
    assert purpose_of("zj4k2p9qj", "chợ phiên") == "ZJ4K2P9QJ CHO PHIEN"
    assert purpose_of("ZJ4K2P9QJ", "thịt lợn đen gác bếp") == "ZJ4K2P9QJ THIT LON DEN GA"
    assert purpose_of("ZJ4K2P9QJ", "tiền na  mận x") == "ZJ4K2P9QJ TIEN NA MAN X"


@pytest.mark.parametrize("code", ["", " ", "🍈", "Z" * 26])
def test_a_code_that_is_missing_or_would_be_cut_is_refused(code: str) -> None:
    with pytest.raises(BadTransfer, match="purpose"):
        purpose_of(code, "na")


@given(st.text())
def test_any_words_make_a_text_that_can_be_written(words: str) -> None:
    purpose = purpose_of("ZJ4K2P9QJ", words)
    assert purpose.startswith("ZJ4K2P9QJ")
    assert plain(purpose) == purpose
    assert read(build(replace(ORDER, purpose=purpose))).purpose == purpose
