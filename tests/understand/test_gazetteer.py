"""Names inside whole messages: whole ones first, parts, glued words, slips, and new goods."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.stores.catalogue import load_catalogue
from bot.understand.fold import fold, tidy
from bot.understand.gazetteer import MOST_WORDS, Gazetteer, Hit
from bot.understand.names import spellings

ROOT = Path(__file__).parents[2]
GOODS = load_catalogue(ROOT / "catalog")[0].products.values()
NAMES = Gazetteer(GOODS)
GAC_BEP = {"thit-lon-den-gac-bep", "thit-trau-gac-bep"}


@dataclass(frozen=True)
class Thing:
    id: str
    name: dict[str, str]
    aliases: tuple[str, ...] = ()


def found(text: str, names: Gazetteer = NAMES) -> list[tuple[str, set[str], str]]:
    """What stood there, whose it is, and how it was found."""
    plain = tidy(text)
    return [(plain[h.start : h.end], set(h.ids), h.kind) for h in names.find(plain)]


def named(text: str) -> list[tuple[str, set[str], str]]:
    """The same without lone words of longer names."""
    plain = tidy(text)
    hits = (h for h in NAMES.find(plain) if not h.weak)
    return [(plain[h.start : h.end], set(h.ids), h.kind) for h in hits]


def near(text: str) -> Hit | None:
    plain = tidy(text)
    return NAMES.near(plain, 0, len(plain))


@pytest.mark.parametrize(
    ("text", "name", "product"),
    [
        ("cho 2 quả trứng gà đen nhé", "trứng gà đen", "trung-ga-den"),
        ("cho 2 con gà đen nhé", "gà đen", "ga-den"),
        ("thịt lợn đen gác bếp 1kg", "thịt lợn đen gác bếp", "thit-lon-den-gac-bep"),
        ("lấy na trái vụ", "na trái vụ", "na-trai-vu"),
        ("lấy na", "na", "na-chi-lang"),
        ("2kg SÂM ĐẤT!!!", "sâm đất", "sam-dat"),
        ("macca 1kg", "macca", "mac-ca"),
        ("(mắc-khén)", "mắc-khén", "mac-khen"),
    ],
)
def test_the_longest_whole_name_is_taken(text: str, name: str, product: str) -> None:
    assert named(text) == [(name, {product}, "whole")]


def test_every_name_and_alias_of_the_catalogue_is_found_whole() -> None:
    for product in GOODS:
        for name in spellings(product):
            [hit] = NAMES.find(tidy(name))
            assert (hit.kind, hit.start, hit.end) == ("whole", 0, len(tidy(name).rstrip(")"))), (
                name
            )
            assert product.id in hit.ids, name


def test_several_names_stand_in_the_order_they_were_typed() -> None:
    got = found("mắc khén mắc ca măng khô sâm đất")
    assert [ids for _, ids, _ in got] == [{"mac-khen"}, {"mac-ca"}, {"mang-kho"}, {"sam-dat"}]


@pytest.mark.parametrize("typed", ["sam dat", "sam đất", "sâm dat", "SÂM ĐẤT", "sâm  đất"])
def test_a_word_without_marks_fits_any_spelling(typed: str) -> None:
    assert [(ids, kind) for _, ids, kind in found(typed)] == [({"sam-dat"}, "whole")]


@pytest.mark.parametrize("typed", ["sấm đất", "sâm đát", "ná", "nà trái vụ", "gã đen", "bách trá"])
def test_a_word_with_other_marks_is_another_word(typed: str) -> None:
    assert all(kind != "whole" for _, _, kind in found(typed))


def test_both_ways_of_placing_the_tone_and_split_marks_are_one_spelling() -> None:
    thing = Gazetteer([Thing("hoa", {"vi": "Hoà thuý"})])
    for typed in ("hoà thuý", "hòa thúy", "hoa\u0300 thuy\u0301", "hoa thuy"):
        assert [ids for _, ids, _ in found(typed, thing)] == [{"hoa"}], typed


@pytest.mark.parametrize(
    ("text", "part", "ids"),
    [
        ("thịt gác bếp", "thịt gác bếp", GAC_BEP),
        ("cho 1kg thit gac bep", "thit gac bep", GAC_BEP),
        ("gác bếp", "gác bếp", GAC_BEP),
        ("thịt trâu", "thịt trâu", {"thit-trau-gac-bep"}),
        ("hồng lâm", "hồng lâm", {"hong-bao-lam"}),
        ("gạo nếp", "gạo nếp", {"gao-nep-nuong"}),
    ],
)
def test_a_part_fits_every_name_with_these_words_in_this_order(
    text: str, part: str, ids: set[str]
) -> None:
    assert found(text) == [(part, ids, "part")]


def test_words_in_another_order_are_no_part_of_the_name() -> None:
    assert [t for t, _, _ in found("bếp gác thịt")] == ["bếp", "gác", "thịt"]
    assert [t for t, _, _ in found("đất sâm")] == ["đất", "sâm"]


def test_a_single_word_of_a_longer_name_is_weak_and_a_whole_name_never() -> None:
    [egg] = NAMES.find("trứng")
    [na] = NAMES.find("na")
    assert egg.weak
    assert set(egg.ids) == {"trung-ga-den"}
    assert not na.weak
    assert set(na.wider) == {"na-chi-lang", "na-trai-vu"}


@pytest.mark.parametrize(
    ("typed", "product"),
    [("samdat", "sam-dat"), ("MacKhen 3 lạng", "mac-khen"), ("lay gaden", "ga-den")],
)
def test_names_typed_without_spaces(typed: str, product: str) -> None:
    assert [(ids, kind) for _, ids, kind in named(typed)] == [({product}, "whole")]


@pytest.mark.parametrize(
    ("typed", "product"),
    [
        ("sam dta", "sam-dat"),
        ("sâm dất", "sam-dat"),
        ("mac khem", "mac-khen"),
        ("mawng kho", "mang-kho"),
        ("lap xuog", "lap-suon"),
        ("mat og rung", "mat-ong-rung"),
        ("khau nhcu", "khau-nhuc"),
    ],
)
def test_a_slip_or_two_of_the_finger_still_finds_the_name(typed: str, product: str) -> None:
    hit = near(typed)
    assert hit is not None
    assert (hit.ids, hit.kind) == ((product,), "near")


@pytest.mark.parametrize("typed", ["", "xyz", "thịt bò", "rượu ngô", "điện thoại", "!!!", "mac"])
def test_what_is_far_from_every_name_is_not_near(typed: str) -> None:
    assert near(typed) is None


def test_near_looks_only_where_it_is_told() -> None:
    plain = "2kg sam dta, mac khem"
    hit = NAMES.near(plain, plain.index(","), len(plain))
    assert hit is not None
    assert (hit.ids, plain[hit.start : hit.end]) == (("mac-khen",), "mac khem")


def test_made_up_goods_are_found_among_ten_thousand_of_their_kind() -> None:
    first = ["rau", "củ", "nấm", "măng", "gạo", "mật", "chè", "cá", "quả", "hạt"]
    things = [Thing(f"p{n}", {"vi": f"{first[n % 10]} tzu{n} bản"}) for n in range(10_000)]
    names = Gazetteer(things)
    for n in range(0, 10_000, 250):
        name = f"{first[n % 10]} tzu{n} bản"
        assert found(f"cho em 2kg {name} nhé", names)[0] == (name, {f"p{n}"}, "whole")
        assert found(f"lấy {fold(name)}", names)[-1] == (fold(name), {f"p{n}"}, "whole")
    plain = "2kg naam tzu7772 ban"
    hit = names.near(plain, 4, len(plain))
    assert hit is not None
    assert hit.ids == ("p7772",)


def test_no_goods_no_hits() -> None:
    empty = Gazetteer([])
    assert empty.find("sâm đất") == []
    assert empty.near("sâm đất", 0, 7) is None
    assert Gazetteer([Thing("odd", {"vi": "!!!"}, ("", "…"))]).find("!!! …") == []


def test_words_beyond_the_bound_are_not_read() -> None:
    assert NAMES.find("x " * MOST_WORDS + "sâm đất") == []
    assert len(NAMES.find("x " * (MOST_WORDS - 2) + "sâm đất")) == 1


WORDS = sorted({w for p in GOODS for n in (*p.name.values(), *p.aliases) for w in n.split()})
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from([*WORDS, "2kg", ",", "và", "A1", "😀"]), max_size=14).map(" ".join),
)


@given(TEXTS)
@settings(max_examples=150)
def test_hits_lie_inside_the_text_in_order_and_apart(text: str) -> None:
    plain = tidy(text)
    at = 0
    for hit in NAMES.find(plain):
        assert at <= hit.start < hit.end <= len(plain)
        assert hit.ids
        assert hit.kind in ("whole", "part", "near")
        at = hit.end


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=100)
def test_near_never_raises_and_stays_inside(text: str, start: int, size: int) -> None:
    plain = tidy(text)
    hit = NAMES.near(plain, start, min(len(plain), start + size))
    if hit:
        assert start <= hit.start < hit.end <= min(len(plain), start + size)
        assert hit.ids
