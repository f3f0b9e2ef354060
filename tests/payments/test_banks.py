"""Banks by number and by whatever people call them; never one that was guessed."""

from __future__ import annotations

import pytest

from bot.payments.vietqr import Transfer, build, read
from bot.shop.banks import BANKS, bank_named, banks_near
from bot.shop.plain import plain

WRITTEN = {
    "970436": "Vietcombank",
    " 970436 ": "Vietcombank",
    "VCB": "Vietcombank",
    "vietcombank": "Vietcombank",
    "Ngân hàng Ngoại thương": "Vietcombank",
    "NH Vietcombank": "Vietcombank",
    "Agribank": "Agribank",
    "nông nghiệp": "Agribank",
    "mb": "MB Bank",
    "MBBank": "MB Bank",
    "Quân Đội": "MB Bank",
    "ACB Bank": "ACB",
    "Bắc Á": "Bac A Bank",
    "nam a bank": "Nam A Bank",
    "Ngân hàng TMCP Đông Á": "Vikki Bank",
    "MoMo": "MoMo",
    "Ngân hàng Chính sách xã hội": "VBSP",
    "NHCSXH": "VBSP",
}


@pytest.mark.parametrize("text", WRITTEN)
def test_a_bank_is_found_however_it_is_written(text: str) -> None:
    bank = bank_named(text)
    assert bank is not None
    assert bank.name == WRITTEN[text]


@pytest.mark.parametrize(
    "text",
    ["", "bank", "ngân hàng", "viet", "970499", "97043", "vcv", "bvb", "sài gòn", "🍈"],
)
def test_nothing_is_guessed(text: str) -> None:
    assert bank_named(text) is None


def test_the_nearest_names_are_offered() -> None:
    assert banks_near("vietcombanc")[0].name == "Vietcombank"
    assert "Agribank" in {b.name for b in banks_near("arigbank")}
    assert {"SCB", "Saigonbank"} <= {b.name for b in banks_near("sài gòn")}
    assert len(banks_near("viet", 2)) <= 2
    assert banks_near("🍈") == banks_near("zzzzzzzz") == []


def test_every_number_can_be_written_into_a_payload() -> None:
    for bin in BANKS:
        assert read(build(Transfer(bin, "1"))).bin == bin


def test_every_name_leads_to_its_own_bank_and_no_name_to_two() -> None:
    names = [(name, bank) for bank in BANKS.values() for name in (bank.name, *bank.others)]
    keys = [plain(name).replace(" ", "") for name, _ in names]
    assert sorted(keys) == sorted(set(keys))
    assert [name for name, bank in names if bank_named(name) != bank] == []


def test_what_nobody_confirmed_is_marked() -> None:
    assert {b.bin for b in BANKS.values() if not b.confirmed} == {"999888", "971005", "971011"}
    assert len(BANKS) == 58 + 3
