from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.provinces import find_province


@dataclass(frozen=True)
class Province:
    name: str
    names: tuple[str, ...]


PROVINCES = {
    1: Province("Hà Nội", ("ha noi", "hanoi")),
    8: Province("Tuyên Quang", ("tuyen quang", "ha giang")),
    11: Province("Điện Biên", ("dien bien", "dien bien phu")),
    12: Province("Lai Châu", ("lai chau",)),
    20: Province("Lạng Sơn", ("lang son",)),
    25: Province("Phú Thọ", ("phu tho", "hoa binh")),
    46: Province("Huế", ("hue", "thua thien hue")),
    48: Province("Đà Nẵng", ("da nang", "quang nam")),
    66: Province("Đắk Lắk", ("dak lak", "dac lac")),
    75: Province("Đồng Nai", ("dong nai",)),
    79: Province("Hồ Chí Minh", ("ho chi minh", "sai gon", "ba ria vung tau")),
}


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("Hà Nội", [1]),
        ("ha noi", [1]),
        ("12 ngõ 5 Láng Hạ, Đống Đa, Hà Nội", [1]),
        ("so 3 lang ha dong da ha noi", [1]),
        ("Thị trấn Đồng Mỏ, Chi Lăng, Lạng Sơn", [20]),
        ("xã Sin Suối Hồ, Phong Thổ, tỉnh Lai Châu.", [12]),
        ("12 Điện Biên Phủ, Ba Đình, Hà Nội", [1]),
        ("12 Điện Biên Phủ, Ba Đình", []),
        ("số 4, thành phố Điện Biên Phủ", [11]),
        ("đường Hà Giang, quận 1, TP.HCM", [79]),
        ("5 phố Huế, Hai Bà Trưng, HN", [1]),
        ("5 phố Huế", []),
        ("nhà chị Huệ, chợ Đông Ba", []),
        ("nhà chị Huệ, Đông Ba, Huế", [46]),
        ("thành phố Huế", [46]),
        ("tp Hà Nội, Việt Nam", [1]),
        ("q7 sg", [79]),
        ("hcm", [79]),
        ("q1 tp hcm vn", [79]),
        ("msgr hnx", []),
        ("Mèo Vạc, Hà Giang", [8]),
        ("Hoà Bình", [25]),
        ("Hòa Bình", [25]),
        ("Bà Rịa - Vũng Tàu", [79]),
        ("Đăk Lăk", [66]),
        ("ở DN", [48, 75]),
        ("ship danang", [48]),
        ("gửi về LangSon nhé", [20]),
        ("hnội", [1]),
        ("Hà Nội hoặc Lạng Sơn đều được nhé em", [1, 20]),
        ("Hà Nội, Cầu Giấy, nhà 5", [1]),
        ("ngã ba đầu bản, hỏi nhà ông Páo", []),
        ("", []),
    ],
)
def test_province_of_a_line(line: str, codes: list[int]) -> None:
    assert find_province(line, PROVINCES) == codes


def test_a_short_form_of_a_province_that_is_not_there_is_nothing() -> None:
    assert find_province("hn", {20: PROVINCES[20]}) == []


@given(st.text(max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    assert set(find_province(text, PROVINCES)) <= set(PROVINCES)
