r"""Comments under a live and what they claim: `comments.csv` states every rule.

air: `four` codes are on air, or only `one`. reads: the kind (and why), then the claims apart by
`; ` (`+A1` more, `=A1` set, `-A1` taken back; `x2` a bare number, `2000g`, `2:hộp` amounts with a
unit), phone, name and unknown codes. `\n` is a new line. All people and numbers are made up.
"""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.shop.live import LiveItem
from bot.shop.product import MOST_BASE_UNITS, Pick, amount_of
from bot.stores.catalogue import load_catalogue
from bot.understand.claims import (
    ClaimSaid,
    CommentRead,
    OnAir,
    on_air,
    pick_of,
    read_comment,
)
from bot.understand.gazetteer import Gazetteer
from bot.understand.pieces import Measure

ROOT = Path(__file__).parents[2]
PRODUCTS = load_catalogue(ROOT / "catalog")[0].products
NAMES = Gazetteer(PRODUCTS.values())
GOODS = (
    ("A1", "thit-lon-den-gac-bep"),
    ("A2", "na-chi-lang"),
    ("B2", "lap-suon"),
    ("B3", "trung-ga-den"),
)
AIR = {"four": OnAir(GOODS, NAMES), "one": OnAir((("A1", "na-chi-lang"),), NAMES)}
FOUR = AIR["four"]

with (Path(__file__).with_name("comments.csv")).open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))

SIGNS = {"claim": "", "more": "+", "set": "=", "cancel": "-"}


def amount(said: ClaimSaid) -> str:
    if said.measure is None:
        return f" x{said.n}" if said.n else ""
    word = f":{said.measure.word}" if said.measure.word else ""
    piece = said.measure.base == "piece"
    return f" {said.measure.n}" + (word or ":" if piece else said.measure.base + word)


def told(read: CommentRead) -> str:
    claims = "; ".join(SIGNS[c.verb] + c.code + amount(c) for c in read.claims)
    parts = [
        f"{read.kind}/{read.why}" if read.why else read.kind,
        claims,
        f"phone={read.phone}" if read.phone else "",
        f"name={read.name}" if read.name else "",
        f"unknown={','.join(read.unknown)}" if read.unknown else "",
    ]
    return " | ".join(filter(None, parts))


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['about']}: {r['text']}" for r in ROWS])
def test_comments(row: dict[str, str]) -> None:
    assert told(read_comment(row["text"].replace(r"\n", "\n"), AIR[row["air"]])) == row["reads"]


def test_the_table_is_long_and_has_no_row_twice() -> None:
    texts = [(row["air"], row["text"]) for row in ROWS]
    assert len(texts) >= 500
    assert len(set(texts)) == len(texts)
    assert sum(row["reads"].startswith("claim") for row in ROWS) >= 250


CLAIMS = [r["text"].replace(r"\n", "\n") for r in ROWS if r["reads"].startswith("claim")]
OTHERS = [r["text"].replace(r"\n", "\n") for r in ROWS if not r["reads"].startswith("claim")]


@pytest.mark.parametrize(
    "frame",
    ["{}?", "{} bao nhiêu vậy shop", "giá sao {}", "{} còn không ạ", "{} chưa", "{} hả shop"],
)
def test_a_question_never_claims(frame: str) -> None:
    for text in CLAIMS:
        assert read_comment(frame.format(text), FOUR).kind in ("question", "doubt"), text


@pytest.mark.parametrize(
    "frame",
    [
        "mn {}",
        "ai {}",
        "{} rồi",
        "đã {}",
        "hôm qua {}",
        "nếu mai rảnh {}",
        "{} bị hỏng",
        "{} hay b2",
    ],
)
def test_what_is_told_to_others_or_of_the_past_is_no_claim(frame: str) -> None:
    for text in CLAIMS:
        assert read_comment(frame.format(text), FOUR).kind != "claim", frame.format(text)


@pytest.mark.parametrize(
    "frame", ["shop ơi {}", "{} nhé shop", "dạ em {}", "{} ạ 😍", "😍 {} nha c"]
)
def test_manners_change_no_claim(frame: str) -> None:
    simple = ("chốt A1", "A1 x2", "lấy 2kg a2", "A1 2 hộp, B2 x1", "cho em B3 1 chục", "b2 thêm 1")
    for text in simple:
        assert told(read_comment(frame.format(text), FOUR)) == told(read_comment(text, FOUR))


def test_nothing_is_known_of_a_live_without_goods() -> None:
    for text in [*CLAIMS, *OTHERS]:
        assert read_comment(text, OnAir()).kind != "claim"
        assert read_comment(text, OnAir()).claims == ()


# what changes nothing

PIECES = """
A1 a2 b3 B2 A7 A 1 mã số 2 x2 3 +1 2kg nửa cân hai ký rưỡi 500g hộp 0912345678 O912345678 chốt lấy
cho để em chị a c shop ơi nhé ạ đi thôi nữa thêm bỏ huỷ không ko k đổi sửa thành sang còn rồi mn ai
hay hoặc và , ; . + - / ? ! 😀 💥 bao nhiêu giá chưa đẹp quá na lạp sườn trứng tên Lan Hà Nội 60k
1.500 -2 8h http://a1.vn zz
"""
COMMENTS = st.one_of(
    st.sampled_from([*CLAIMS, *OTHERS]),
    st.lists(st.sampled_from(PIECES.split()), max_size=9).map(" ".join),
)


@given(st.one_of(st.text(max_size=400), COMMENTS))
@settings(max_examples=300)
def test_whatever_is_typed_codes_are_on_air_and_amounts_whole(text: str) -> None:
    read = read_comment(text, FOUR)
    codes = [c.code for c in read.claims]
    assert set(codes) <= set(FOUR.codes)
    assert not set(read.unknown) & set(FOUR.codes)
    assert len(set(codes)) == len(codes)
    for said in read.claims:
        assert said.n >= 0
        assert said.measure is None or (said.n == 0 and 0 < said.measure.n <= MOST_BASE_UNITS)
    assert (read.kind == "doubt") == bool(read.why)
    assert read.kind != "claim" or (codes and not read.unknown)
    assert not read.claims or read.kind in ("claim", "doubt")
    assert read.phone == "" or (len(read.phone) == 10 and read.phone.isdecimal())


@given(COMMENTS)
@settings(max_examples=200)
def test_case_and_composition_change_nothing(text: str) -> None:
    read = read_comment(text, FOUR)
    for other in (
        text.upper(),
        text.lower(),
        unicodedata.normalize("NFD", text),
        unicodedata.normalize("NFD", text).upper(),
        f"  {text.replace(' ', '  ')}\t",
    ):
        again = read_comment(other, FOUR)
        assert _nameless(again) == _nameless(read), other


def _nameless(read: CommentRead) -> str:
    """A name is kept as it was typed."""
    return told(read).partition(" | name=")[0]


@given(COMMENTS, st.sampled_from("\u200b\u200d\ufeff\u200e\u2060\u00ad\ufe0f"), st.data())
@settings(max_examples=100)
def test_characters_that_are_not_seen_change_nothing(
    text: str, unseen: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(text)))
    assert told(read_comment(text[:at] + unseen + text[at:], FOUR)) == told(
        read_comment(text, FOUR)
    )


@pytest.mark.parametrize(
    "text", ["A1 " * 500, "chốt " * 300 + "A1", "0912345678 " * 100, "x" * 9000]
)
def test_a_story_is_no_claim(text: str) -> None:
    assert read_comment(text, FOUR).kind in ("doubt", "other")


def test_codes_of_any_shape() -> None:
    air = OnAir((("SD1", "sam-dat"), ("7", "mac-khen"), ("VIP", "lap-suon")))
    assert told(read_comment("chốt sd1 x2", air)) == "claim | SD1 x2"
    assert told(read_comment("lấy mã 7 3 gói", air)) == "claim | 7 3:gói"
    assert told(read_comment("vip 2kg", air)) == "claim | VIP 2000g"
    assert read_comment("7", air).kind == "other"


def test_a_code_that_is_off_is_unknown() -> None:
    air = on_air([item("A1", "na-chi-lang"), item("A2", "lap-suon", off=True)])
    assert air.codes == ("A1",)
    assert told(read_comment("A2 x2", air)) == "doubt/unknown-code | unknown=A2"


# what the ledger takes


def item(
    code: str, product: str, offer: str = "", *, unit: int = 0, off: bool = False
) -> LiveItem:
    return LiveItem("live-1", code, product, offer, unit, 0, off=off)


def picked(text: str, product: str, offer: str = "", unit: int = 0) -> Pick | str:
    said = read_comment(text, OnAir((("A1", product),)))
    assert said.kind == "claim", text
    return pick_of(PRODUCTS[product], item("A1", product, offer, unit=unit), said.claims[0])


MEAT = PRODUCTS["thit-lon-den-gac-bep"]
"""Packs and loose."""
EGGS = PRODUCTS["trung-ga-den"]


def test_a_bare_number_counts_what_is_on_air() -> None:
    pack = MEAT.offers[0].id
    assert picked("A1", MEAT.id, pack) == Pick(pack, 1)
    assert picked("A1 x3", MEAT.id, pack) == Pick(pack, 3)
    assert picked("A1 3 gói", MEAT.id, pack) == Pick(pack, 3)
    loose = next(p for p in PRODUCTS.values() if p.loose and p.base == "g")
    assert loose.loose
    assert picked("A1 2", loose.id, unit=1000) == Pick("", 2000)
    assert picked("A1", loose.id, unit=loose.loose.least) == Pick("", loose.loose.least)


def test_an_amount_with_a_unit_is_packs_or_loose_goods_or_asked() -> None:
    for product in PRODUCTS.values():
        if product.base != "g":
            continue
        for offer in product.offers:
            got = pick_of(product, item("A1", product.id, offer.id), said(2 * offer.amount))
            assert got == Pick(offer.id, 2)
            odd = pick_of(product, item("A1", product.id, offer.id), said(offer.amount + 1))
            assert odd == "not-sold"
            assert pick_of(product, item("A1", product.id, offer.id), pieces("con")) == "unit"


def said(grams: int) -> ClaimSaid:
    return ClaimSaid("A1", measure=Measure(grams, "g"))


def pieces(word: str) -> ClaimSaid:
    return ClaimSaid("A1", measure=Measure(2, "piece", word))


def test_pieces_are_counted_in_the_products_own_word() -> None:
    offer = EGGS.offers[0]
    own = ClaimSaid("A1", measure=Measure(2 * offer.amount, "piece", EGGS.unit))
    assert pick_of(EGGS, item("A1", EGGS.id, offer.id), own) == Pick(offer.id, 2)
    assert pick_of(EGGS, item("A1", EGGS.id, offer.id), said(500)) == "unit"


def test_a_pack_that_is_gone_and_ten_tonnes_are_asked_about() -> None:
    assert pick_of(MEAT, item("A1", MEAT.id, "gone"), ClaimSaid("A1")) == "not-sold"
    offer = MEAT.offers[0].id
    assert pick_of(MEAT, item("A1", MEAT.id, offer), ClaimSaid("A1", n=10**7)) == "large"


@given(
    st.sampled_from(sorted(PRODUCTS)),
    st.integers(0, 60),
    st.one_of(
        st.none(),
        st.builds(
            Measure,
            st.integers(1, 3000),
            st.sampled_from(("g", "ml", "piece")),
            st.sampled_from(("", "hộp", "gói", "con", "2×500")),
        ),
    ),
)
@settings(max_examples=200)
def test_a_pick_is_always_something_that_is_sold(
    product_id: str, n: int, measure: Measure | None
) -> None:
    product = PRODUCTS[product_id]
    for offer in [*(o.id for o in product.offers), ""]:
        unit = product.loose.per if product.loose else 1
        wish = ClaimSaid("A1", n=0 if measure else n, measure=measure)
        got = pick_of(product, item("A1", product_id, offer, unit=unit), wish)
        if isinstance(got, Pick):
            assert 0 < amount_of(product, got) <= MOST_BASE_UNITS
            assert got.offer or product.loose
