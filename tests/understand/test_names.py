from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.names import MOST_FOUND, NameIndex, nearest


@dataclass(frozen=True)
class Product:
    id: str
    name: dict[str, str]
    aliases: tuple[str, ...] = field(default=())


def product(id: str, vi: str, *aliases: str, en: str = "") -> Product:
    return Product(id, {"vi": vi} | ({"en": en} if en else {}), aliases)


INDEX = NameIndex(
    [
        product("sam-dat", "Sâm đất", "sâm đất", "sam dat", "khoai sâm", "yacon", en="Yacon root"),
        product("na", "Na dai Chi Lăng", "na", "na dai"),
        product("na-trai-vu", "Na trái vụ", "na trái vụ", "na trai vu"),
        product("lon", "Thịt lợn đen gác bếp", "lợn gác bếp", "thịt heo gác bếp"),
        product("trau", "Thịt trâu gác bếp", "trâu khô"),
        product("ga", "Gà đen", "gà đen", "ga den"),
        product("trung", "Trứng gà đen", "trứng gà"),
        product("mac-khen", "Mắc khén", "mac khen"),
        product("mac-ca", "Hạt mắc ca", "macca", "macadamia"),
        product("hong", "Hồng không hạt", "hồng"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("sâm đất", ["sam-dat"]),
        ("Sam Dat", ["sam-dat"]),
        ("samdat", ["sam-dat"]),
        ("yacon", ["sam-dat"]),
        ("cho em 2kg sam dat nhe", ["sam-dat"]),
        ("na", ["na", "na-trai-vu"]),
        ("na trai vu", ["na-trai-vu", "na"]),
        ("gác bếp", ["lon", "trau"]),
        ("gac bep", ["lon", "trau"]),
        ("thit tra", ["trau"]),
        ("gà", ["ga", "trung"]),
        ("trung ga", ["trung"]),
        ("có thịt trâu không", ["trau"]),
        ("macademia", ["mac-ca"]),
        ("thịt heo đen", ["lon"]),
        ("mac khenn", ["mac-khen"]),
        ("xyz", []),
        ("a", []),
        ("!!!", []),
        ("", []),
        ("😀", []),
    ],
)
def test_search(typed: str, ids: list[str]) -> None:
    assert INDEX.search(typed) == ids


@pytest.mark.parametrize("typed", ["sâm đạt", "trúng gà", "gạ đen", "hổng", "nà"])
def test_other_diacritics_are_other_words(typed: str) -> None:
    assert INDEX.search(typed) == []


def test_what_is_named_whole_comes_before_what_only_has_the_words() -> None:
    assert INDEX.search("gà đen")[0] == "ga"
    assert INDEX.search("trứng gà đen")[0] == "trung"


def test_every_name_finds_its_product_with_and_without_diacritics() -> None:
    products = [
        product(f"p{n}", f"Thứ {word} ngon") for n, word in enumerate(["đỏ", "xanh", "tím"])
    ]
    index = NameIndex(products)
    for one in products:
        assert index.search(one.name["vi"])[0] == one.id


def test_a_word_everybody_has_finds_no_more_than_a_list_can_show() -> None:
    index = NameIndex([product(f"p{n}", f"Chè số {n}") for n in range(500)])
    assert len(index.search("chè")) == MOST_FOUND
    assert index.search("chè số 77") == ["p77"]


def test_an_empty_shelf_finds_nothing() -> None:
    assert NameIndex([]).search("na") == []


@given(st.text(max_size=80))
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(INDEX.search(text), list)


def test_the_nearest_names_are_offered_best_first() -> None:
    goods = [
        product("sam-dat", "Sâm đất"),
        product("trung", "Trứng gà đen"),
        product("che", "Chè shan tuyết"),
        product("thit", "Thịt lợn đen gác bếp"),
    ]
    assert nearest("sân đất", goods, 3)[0] == "sam-dat"
    assert nearest("trứn gà", goods, 3)[0] == "trung"
    assert nearest("thit gac bep lon", goods, 1) == ["thit"]
    assert len(nearest("xoài", goods, 3)) == 3
    assert sorted(nearest("", goods[:2], 3)) == ["sam-dat", "trung"]
