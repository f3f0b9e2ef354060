"""What is kept of a sentence names nobody: no long number, no known name, no announced one."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.understand.fold import fold
from bot.understand.scrub import LONGEST, MARKS, MOST_KEPT, goods_words, scrub

GOODS = goods_words(["Na Chi Lăng", "Sâm đất", "Mắc khén", "Thịt trâu gác bếp"])

HIDDEN = [
    ("sđt em 0912 345 678 nhé gọi em", "sđt em xsdt nhé gọi em"),
    ("goi +84912.345.678 nha shop", "goi xsdt nha shop"),
    ("số ０９１２３４５６７８ đó chị", "số xsdt đó chị"),
    ("số không chín một hai ba bốn năm sáu bảy tám đó", "số xsdt đó"),
    ("đã ck stk 1903 4567 8910 12 rồi", "đã ck stk xstk rồi"),
    ("mã 1234567 đâu", "mã xso đâu"),
    ("đơn ZJ4K2P9QJ tới đâu rồi", "đơn xdon tới đâu rồi"),
    ("don zj 4k2 p9q j toi dau", "don xdon toi dau"),
    ("mail a.b@gmail.com nhé", "mail xmail nhé"),
    ("xem https://fb.com/abc?x=1 nhé", "xem xlink nhé"),
    ("xem zalo.me/0912345678 nhé", "xem xlink nhé"),
    ("zalo @lan.hn nhé", "zalo xten nhé"),
    ("em tên Nguyễn Văn An, lấy 3kg", "em tên xten, lấy 3kg"),
    ("tên em là sùng thị mỷ", "tên em là xten"),
    ("ten em la lan, lay 2kg na", "ten em la xten, lay 2kg na"),
    ("cho gặp chị Mỷ với", "cho gặp chị xten với"),
    ("cho gap chi my voi", "cho gap chi xten voi"),
    ("chị Mỷ ơi còn na hông", "chị xten ơi còn na hông"),
    ("nhập 200kg sâm đất nhà chị mỷ giá 8k", "nhập 200kg sâm đất nhà chị xten giá 8k"),
    ("bạn em là Vàng A Páo ở Lào Cai", "bạn em là xten ở Lào Cai"),
    ("em ở 12 Láng Hạ", "em ở xdc"),
    ("giao về ngõ 12/3 đường láng nha", "giao về ngõ xdc"),
    ("địa chỉ: số 5 ngách 7 xóm đình, lấy 3 hũ", "địa chỉ: xdc, lấy 3 hũ"),
    ("ship tới phường Bến Nghé bao nhiêu", "ship tới phường xdc bao nhiêu"),
]

KEPT = [
    "cho e 2 can thit gac bep voi nua ky mac khen, ship HN bn a",
    "Chị Ơi cho em 2 Kg Thịt",
    "cho em Sâm đất 2 kg",
    "Na Chi Lăng còn không",
    "gặp chị bán hàng",
    "tên hàng là gì thế",
    "địa chỉ shop ở đâu",
    "na 1.500.000đ à",
    "thịt 350 000 một ký",
    "hai ba cân",
    "năm 2026 có na không",
    "mai mình qua lấy được hông ta",
    "Cho Em Hỏi Giá Thịt Trâu",
]

SURE_NAMES = ["Sùng Thị Mỷ", "Nguyễn Văn An", "Giàng A Páo", "Lò Thị Hoa", "Mỷ", "Trần Lan Anh"]
AROUND = "chị ơi cho em lấy hai cân na gặp shop hỏi giá 2kg của , . - nhé"
WORDS = st.sampled_from(AROUND.split())


@pytest.mark.parametrize(("said", "kept"), HIDDEN)
def test_what_is_personal_becomes_a_mark(said: str, kept: str) -> None:
    assert scrub(said, goods=GOODS) == kept


@pytest.mark.parametrize("said", KEPT)
def test_what_is_not_personal_stays_as_it_was(said: str) -> None:
    assert scrub(said, goods=GOODS) == said


def test_own_name_and_address_are_hidden_however_they_are_written() -> None:
    names, places = ["Sùng Thị Mỷ"], ["12 Láng Hạ"]
    said = "my day, gui sung thi my o 12 lang ha nhe, nhà Thị Mỷ lấy 2kg"
    kept = scrub(said, names, places)
    assert kept == "xten day, gui xten o xdc nhe, nhà xten lấy 2kg"


@pytest.mark.parametrize(
    "said", ["", " \n ", "0912345678", "!!! 😀", "x" * (LONGEST + 1), "@lan", "\u200b"]
)
def test_nothing_is_kept_of_what_teaches_nothing(said: str) -> None:
    assert scrub(said) == ""


def test_no_bracket_that_would_read_as_markup() -> None:
    assert scrub("lấy [na](product) {2}") == "lấy (na)(product) (2)"


@given(st.text(max_size=400))
@example("1 2 3 4 5 6 7 8")
@example("٠١٢٣٤٥٦٧٨٩ abc")
@example("a1234567890b")
@example("12345\u200b67 lấy")
@example("１２３４５６７ cân")
def test_never_a_long_number_never_long_never_raises(said: str) -> None:
    kept = scrub(said)
    assert not re.search(r"\d{6}", kept)
    assert len(kept) <= MOST_KEPT
    assert kept == " ".join(kept.split())
    assert kept.isprintable()


@given(
    st.lists(WORDS, max_size=6),
    st.lists(WORDS, max_size=6),
    st.sampled_from(SURE_NAMES),
    st.sampled_from([str, fold, str.lower, str.upper]),
)
def test_the_known_name_never_survives(
    before: list[str], after: list[str], name: str, written: object
) -> None:
    assert callable(written)
    said = " ".join([*before, written(name), *after])
    kept = [w for w in re.findall(r"\w+", fold(scrub(said, [name]))) if w not in MARKS]
    assert fold(name) not in " ".join(kept)
    assert fold(name.split()[-1]) not in kept


@given(st.integers(100_000, 10**14), st.sampled_from(["", " ", ".", "-", " - "]))
def test_phones_and_accounts_go_in_whatever_groups(number: int, between: str) -> None:
    digits = str(number).zfill(9)
    grouped = between.join(digits[i : i + 3] for i in range(0, len(digits), 3))
    kept = scrub(f"gọi {grouped} giúp em nhé")
    assert not re.search(r"\d", kept)
