"""Words that stop all advertising, and words that only look like them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.commands import File
from bot.understand.stop_words import may_be_name, stops

COMMANDS = Path(__file__).parents[2] / "intents" / "commands.yml"

STOPS = """
dừng / Dừng / DỪNG / dung / DUNG / từ chối / tu choi / TỪ CHỐI! / stop / STOP / Stop. / hủy nhận
huỷ nhận / huy nhan / ngừng nhắn / ngung nhan / đừng nhắn nữa / dung nhan nua / bỏ theo dõi
bo theo doi / unsubscribe / STOP QC / stop qc / TC QC / dừng nhé em / dung nhe em / dừng ạ
dừng đi / đừng nhắc nữa / đừng nhắn tin nữa nhé / thôi nhắc / thôi đừng nhắn nữa em ơi
không nhận tin nữa / khong nhan tin / em ơi dừng nhé / d ừ n g / S T O P / s.t.o.p / dừnggg
ＳＴＯＰ / “dừng” / 🛑 stop / dừng lại / dung lai / đừng làm phiền nữa / tắt thông báo
tôi không muốn nhận tin nhắn nữa / chặn quảng cáo / ngưng nhắn tin cho tôi / please stop
xin dừng / làm ơn đừng gửi tin nữa / từ chối quảng cáo / đừng gửi quảng cáo nữa / dừng nhận tin
không nhắn nữa nhé shop / thôi dừng / Dung nhé / huỷ đăng ký / huỷ theo dõi / tsum
"""
GOES_ON = """
đúng / dùng / dũng / đúng rồi / dung roi / dung a / dung vay / dừng live / dung live / dừng bán
em Dung / chị Dung / Dung Nguyễn / Nguyễn Thị Dung / 12 đường Dừng, Hà Nội / ngõ Stop / không
thôi / không nhận nữa / từ chối nhận / không nhận được / đừng gửi nữa / bỏ nhắc / bỏ nhắc live
dừng đơn này / huỷ đơn / huỷ / dừng A1 / stop live / nhắc em / theo dõi / đừng giao
ngừng bán na / đừng đặt / 0 / tin / dùng thử / từ chối đơn / đừng bỏ / dung 2kg / đừng lấy nữa
"""


def listed(text: str) -> list[str]:
    return [part for line in text.strip().splitlines() for part in line.split(" / ")]


@pytest.mark.parametrize("text", listed(STOPS))
def test_it_stops(text: str) -> None:
    assert stops(text)


def test_hidden_signs_hide_nothing() -> None:
    assert all(map(stops, ["d\u200bừ\u200bng", "\ufeffSTOP\u2060", "ST\u00adOP"]))


@pytest.mark.parametrize("text", ["", *listed(GOES_ON)])
def test_it_goes_on(text: str) -> None:
    assert not stops(text)


@pytest.mark.parametrize("text", ["Dung", "dung", "DUNG", "dung nhe em", "Dung nhé"])
def test_a_word_that_may_be_a_name(text: str) -> None:
    assert (stops(text), may_be_name(text)) == (True, True)


@pytest.mark.parametrize("text", ["dừng", "Dừng", "stop", "dung lai", "tu choi", "Hoa", ""])
def test_a_word_that_is_no_name(text: str) -> None:
    assert not may_be_name(text)


def test_every_word_that_volunteers_listed_stops() -> None:
    file = msgspec.yaml.decode(COMMANDS.read_bytes(), type=File)
    words = file.commands["stop_reminders"].all()
    assert [word for word in words if not stops(word)] == []


WORDS = ["dừng", "dung", "thôi", "em", "ơi", "cho", "nhé", "stop", "nhắn", "tin", "nữa", "xin hãy"]


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_anything_is_read(text: str) -> None:
    assert stops(text) or not may_be_name(text)
