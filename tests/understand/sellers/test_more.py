"""New goods, moments, reports, accounts, coaches and spoiled goods, sentence by sentence."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.hours import VIETNAM, local
from bot.understand.sellers.accounts import account_said
from bot.understand.sellers.brought import brought
from bot.understand.sellers.household_money import household_money
from bot.understand.sellers.households import households_of, title_and_name
from bot.understand.sellers.moments import FARTHEST_DAYS, moment_said
from bot.understand.sellers.new_goods import new_goods
from bot.understand.sellers.prices import price_changes
from bot.understand.sellers.reports import report_span
from bot.understand.sellers.spoiled import spoiled
from bot.understand.sellers.vehicles import vehicle_said
from tests.understand.sellers.notation import goods, rows
from tests.understand.sellers.test_sellers import OWN, READER, read

NOW = int(datetime(2026, 11, 12, 15, 0, tzinfo=VIETNAM).timestamp())
"""A Thursday, three in the afternoon."""


def told(moments: tuple[int, ...]) -> str:
    return " ; ".join(local(at).strftime("%d/%m/%Y %H:%M") for at in moments)


@pytest.mark.parametrize("row", rows("new_goods.csv"), ids=lambda row: row["text"])
def test_new_goods(row: dict[str, str]) -> None:
    assert goods(new_goods(row["text"], read(row["text"]))) == row["goods"]


def test_new_goods_on_several_lines() -> None:
    text = "Cà chua đen\n25k/kg\ncó 40 kg"
    assert goods(new_goods(text, read(text))) == "Cà chua đen | 25000/1000g | - | 40000g | kg"


@pytest.mark.parametrize("row", rows("moments.csv"), ids=lambda row: row["text"])
def test_moments(row: dict[str, str]) -> None:
    assert told(moment_said(row["text"], NOW)) == row["moments"]


@pytest.mark.parametrize("row", rows("reports.csv"), ids=lambda row: row["text"])
def test_reports(row: dict[str, str]) -> None:
    asked = report_span(row["text"])
    assert (asked.span, asked.by) == (row["span"], row["by"])


@pytest.mark.parametrize("row", rows("accounts.csv"), ids=lambda row: row["text"])
def test_accounts(row: dict[str, str]) -> None:
    said = account_said(row["text"])
    assert said is not None
    assert ("+".join(said.bins), said.number, said.holder) == (
        row["bins"],
        row["number"],
        row["holder"],
    )


@pytest.mark.parametrize("text", ["sđt 0987654321", "đổi tài khoản", "na 65k", "mai 8h", ""])
def test_no_account(text: str) -> None:
    assert account_said(text) is None


@pytest.mark.parametrize("row", rows("vehicles.csv"), ids=lambda row: row["text"])
def test_vehicles(row: dict[str, str]) -> None:
    said = vehicle_said(row["text"], NOW)
    assert said is not None
    found = (said.plate, said.phone, told(said.leaves_at), said.coach, said.tracking)
    assert found == (row["plate"], row["phone"], row["leaves"], row["coach"], row["tracking"])


@pytest.mark.parametrize("text", ["gửi rồi nhé", "na 65k", "đơn ZJW6B3ART", ""])
def test_no_vehicle(text: str) -> None:
    assert vehicle_said(text, NOW) is None


@pytest.mark.parametrize("row", rows("spoiled.csv"), ids=lambda row: row["text"])
def test_spoiled(row: dict[str, str]) -> None:
    assert spoiled(read(row["text"])) is (row["spoiled"] == "yes")


@pytest.mark.parametrize(
    ("household", "title", "name"),
    [
        ("chị Mỷ", "chị", "my"),
        ("c Mỷ", "chị", "my"),
        ("nhà chị Mỷ", "chị", "my"),
        ("chi my", "chị", "my"),
        ("Giàng A Páo", "", "giang a pao"),
        ("hộ mẫu 2", "", "mau 2"),
        ("Pó", "", "po"),
    ],
)
def test_a_household_is_one_however_it_is_called(household: str, title: str, name: str) -> None:
    assert title_and_name(household) == (title, name)


SOME = """
nhà chị Mỷ hộ bà a A c trả lại ứng nợ na sâm đất thịt giá từ 10 cân 55 55k 1tr2 10% giảm còn xuống
gói 3kg , ; và ( ) sửa nhập mang 20:00 14/11 mai tối thứ bảy 8h rưỡi nửa tiếng nữa stk agribank
0912345678 25B-123.45 mã S1.2.3 hỏng bao nhiêu ? 500 1.500.000 ½ × ngày 31 năm
"""
WORDS = st.sampled_from(SOME.split())
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join))


@given(TEXTS)
def test_nothing_is_ever_raised(text: str) -> None:
    message = read(text)
    near = READER.names.near
    for price in price_changes(message, OWN, near):
        assert price.vnd >= 0
        assert set(price.products) <= OWN
    for one in brought(message, OWN, near):
        assert one.measure is None or one.measure.n >= 0
    for home in households_of(message):
        assert home.name.strip()
        assert 0 <= home.start < home.end <= len(message.plain)
    assert isinstance(household_money(message, OWN, near), tuple)
    assert len(new_goods(text, message).name) <= 60
    assert spoiled(message) in (True, False)
    assert report_span(text).span
    account_said(text)
    vehicle_said(text, NOW)


@given(TEXTS, st.integers(min_value=1_700_000_000, max_value=2_000_000_000))
def test_a_moment_is_never_past(text: str, now: int) -> None:
    found = moment_said(text, now)
    assert list(found) == sorted(set(found))
    assert all(now < at <= now + (FARTHEST_DAYS + 330) * 86400 for at in found)
