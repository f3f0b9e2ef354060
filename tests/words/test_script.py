"""What is read aloud of a message, and how it is dealt out to clips."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.says import (
    Amount,
    Choice,
    Code,
    Many,
    Moment,
    Money,
    Months,
    Rate,
    Say,
    Word,
)
from bot.shop.sound import LONGEST_MS, sound_of
from bot.words.book import Books, load_books
from bot.words.parts import is_spoken, keys_at, keys_of, parts_of
from bot.words.script import (
    GAP_MS,
    PACKET_MS,
    PAUSE_MS,
    Script,
    Unsayable,
    cut,
    folded,
    gaps,
    script,
)
from bot.words.speak import Speaker

BOOKS = load_books(Path(__file__).parents[2] / "locales")
SPEAKER = Speaker(BOOKS)
NAMES = {
    folded("Na Chi Lăng"): "name-product-na",
    folded("Lai Châu"): "name-province-12",
    folded("Nhà Mỷ"): "name-seller-my",
}
KILO = Amount(1000, "g")


def read(say: Say, lang: str = "vi", books: Books = BOOKS) -> list[str]:
    """Each sentence as keys; those of another sound than her own keep its name."""
    made = script(books, say, Speaker(books).speak(say, lang), NAMES)
    own = f"{sound_of(lang)}/"
    return [" ".join(id.removeprefix(own) for id in line) for line in made.sentences]


def test_parts_stand_between_the_holes() -> None:
    assert parts_of("Còn {left}, giá {rate}.") == ("Còn ", ", giá ", ".")
    assert keys_of("x", "Còn {left}, giá {rate}.") == ("x.1", "x.2")
    assert keys_at("x", "{a}: {b} ạ") == ("", "", "x.3")
    assert keys_of("x", "Chào!") == ("x",)
    assert keys_of("x", "{code}: {state} 🌶️ 1") == ()
    assert keys_of("x", "🌶️") == ()


def test_every_sentence_is_made_of_its_parts() -> None:
    for lang in BOOKS.languages:
        for id, entry in BOOKS.own[lang].items():
            parts = parts_of(entry.text)
            assert len(parts) == len(entry.names) + 1
            holes = [f"{{{name}}}" for name in entry.names]
            again = "".join(a + b for a, b in zip(parts, [*holes, ""], strict=True))
            assert again == entry.text
            assert len(keys_of(id, entry.text)) == sum(map(is_spoken, parts))


def test_a_card_is_read_with_its_name_price_and_choices() -> None:
    fields = {"name": "Na Chi Lăng", "rate": Rate(40_000, KILO), "left": Amount(12_000, "g")}
    take = Choice("add", "choice-take", {"pack": KILO, "money": Money(40_000)})
    own = Say("card-origin-only", {"origin": "bản Tả Phìn, nhà bà Lan"})
    link = Choice("clip", "choice-clip", url="https://example.vn/x")
    back = Choice("back", "choice-back")
    say = Say("card", fields, (own, Say("card-sample")), (take, link, back))
    assert read(say) == [
        "name-product-na spoken-40 spoken-nghin spoken-dong spoken-1 spoken-can card.3 "
        "spoken-10 spoken-2 spoken-can",
        "card-sample",
        "spoken-press-1 choice-take.1 spoken-1 spoken-can spoken-40 spoken-nghin spoken-dong",
        "spoken-press-0 choice-back",
    ]


def test_mong_is_read_by_its_own_order_and_critical_drafts_only_in_mong() -> None:
    say = Say("cart-goods", {"money": Money(1_015_000)})
    assert "\n" in SPEAKER.speak(say, "hmn@rpa").text  # the Vietnamese stands beneath
    (line,) = read(say, "hmn@rpa")
    assert line.endswith("spoken-1 spoken-trieu spoken-10 spoken-5 spoken-nghin spoken-dong")
    assert line.startswith("cart-goods.1")
    assert "spoken-linh" not in read(Say("cart-goods", {"money": Money(105)}), "hmn@rpa")[0]


def test_both_scripts_of_mong_are_read_alike() -> None:
    if "hmn@chv" not in BOOKS.own:
        pytest.skip("no second script")
    for id, entry in BOOKS.own["hmn@rpa"].items():
        other = BOOKS.own["hmn@chv"].get(id)
        if other is not None:
            assert keys_at(id, other.text) == keys_at(id, entry.text), id


def test_what_is_shown_in_vietnamese_is_read_in_vietnamese() -> None:
    """With its numbers, beside what is hers: a shop with a few sentences of hers."""
    books = some_signed("cart-empty", "choice-back", "spoken-press-1", "spoken-press-0")
    assert read(Say("welcome"), "hmn@rpa", books) == ["vi/welcome"]
    say = Say("cart-empty", choices=(Choice("x", "choice-market"), Choice("back", "choice-back")))
    assert read(say, "hmn@rpa", books) == [
        "cart-empty",
        "spoken-press-1 vi/choice-market",
        "spoken-press-0 choice-back",
    ]
    (line,) = read(Say("summary", {"count": 105}), "hmn@rpa", books)
    assert line == "vi/summary.1 vi/spoken-100 vi/spoken-linh vi/spoken-5 vi/summary.2"


def test_a_name_before_the_question_is_left_out_alone() -> None:
    asked = {"name": "Hàng mới 1", "unit": "kg"}
    assert read(Say("goods-amount-number", asked)) == [
        "goods-amount-number.2 spoken-can goods-amount-number.3"
    ]
    debts = Say("cart-empty", lines=(Say("goods-amount-number", asked),))
    assert read(debts) == ["cart-empty"], "in a list it would be read without whose it is"
    assert read(Say("talk-ask", {"name": "Hàng mới 1"})) == []


def some_signed(*ids: str) -> Books:
    """Of the Mông drafts only these, as if all others had never been written."""
    own = {id: BOOKS.own["hmn@rpa"][id] for id in ids}
    shown = {**BOOKS.own["vi"], **own}
    return replace(
        BOOKS, own={**BOOKS.own, "hmn@rpa": own}, chained={**BOOKS.chained, "hmn@rpa": shown}
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("Lai Châu", "name-province-12"),
        ("lai châu", "name-province-12"),
        (25, "spoken-20 spoken-lam"),
        ("25", "spoken-20 spoken-lam"),
        ("007", "spoken-0 spoken-0 spoken-7"),
        ("0912 345 678", " ".join(f"spoken-{d}" for d in "0912345678")),
        ("+84 912.345.678", " ".join(f"spoken-{d}" for d in "0912345678")),
        ("A12", "spoken-letter-a spoken-1 spoken-2"),
        ("20:30", "spoken-20 spoken-gio spoken-30 spoken-phut"),
        ("3–5", "spoken-3 spoken-den spoken-5"),
        ("", ""),
        (Code("ZJ4"), "spoken-letter-z spoken-letter-j spoken-4"),
        (Word("choice-yes"), "choice-yes"),
        (Many(("Lai Châu", "Na Chi Lăng")), "name-province-12 name-product-na"),
        (Amount(3, "piece", "con"), "spoken-3 unit-con"),
        (Months((8, 9, 10, 11)), "months.1 spoken-8 spoken-den spoken-10 spoken-1"),
        (Months((4,), lunar=True), "months-lunar.1 spoken-tu months-lunar.2"),
        (Months(tuple(range(1, 13))), "months-all"),
        (
            Moment(1_795_266_000),
            "spoken-20 spoken-gio weekday-5 spoken-ngay spoken-20 spoken-mot spoken-thang "
            "spoken-10 spoken-1",
        ),
    ],
)  # fmt: skip
def test_values_in_words(value: object, said: str) -> None:
    say = Say("category", {"name": value})  # type: ignore[dict-item]
    assert read(say) == [f"{said} category.2".strip()]


def test_a_line_of_own_words_is_left_out_as_a_whole() -> None:
    receiver = Say("summary-receiver", {"name": "Giàng A Tủa", "phone": "0912345678"})
    total = Say("summary-total", {"money": Money(5_000)})
    said = read(Say("summary", {"count": 1}, (receiver, total)))
    assert len(said) == 2
    assert not any("summary-receiver" in line for line in said)


def test_a_choice_of_own_words_is_left_out() -> None:
    sellers = {"a": "Ai đó", "b": "Nhà Mỷ"}
    choices = tuple(Choice(i, "choice-seller", {"name": name}) for i, name in sellers.items())
    assert read(Say("talk-which", choices=choices))[1:] == ["spoken-press-2 name-seller-my"]


def test_nothing_false_is_said_of_what_has_no_words() -> None:
    for value in (-5, Money(10**12), Code("ĐĐ")):
        with pytest.raises(Unsayable):
            read(Say("category", {"name": value}))
    with pytest.raises(Unsayable):
        read(Say("no-such-sentence"))
    with pytest.raises(Unsayable):
        read(Say("category", {}))


def test_in_a_number_question_no_digit_is_read() -> None:
    fields = {"name": "Na Chi Lăng", "left": KILO, "example": KILO}
    say = Say("how-much-number", fields, choices=(Choice("back", "choice-back"),))
    (line,) = read(say)
    assert line.startswith("how-much-number.1 name-product-na")


KEYS = st.sampled_from([f"k{n}" for n in range(12)])
LENGTHS = st.fixed_dictionaries({f"k{n}": st.integers(200, LONGEST_MS) for n in range(12)})
SENTENCES = st.lists(st.lists(KEYS, min_size=1, max_size=9).map(tuple), max_size=9).map(tuple)


@given(SENTENCES, LENGTHS)
def test_no_file_is_too_long_and_nothing_is_lost(
    sentences: tuple[tuple[str, ...], ...], ms: dict[str, int]
) -> None:
    files = cut(Script(sentences), ms)
    spoken = [key for file in files for part in file for key in part]
    assert spoken == [key for sentence in sentences for key in sentence]
    for file in files:
        pieces = list(gaps(file))
        took = sum(ms[key] + PACKET_MS + gap for key, gap in pieces)
        assert took <= LONGEST_MS or len(pieces) == 1
        assert pieces[-1][1] == 0


def test_a_sentence_is_not_cut_where_it_fits() -> None:
    ms = dict.fromkeys("abcd", 3_000)
    said = Script((("a", "b"), ("c", "d")))
    assert cut(said, ms) == ((("a", "b"),), (("c", "d"),))
    assert cut(said, dict.fromkeys("abcd", 1_000)) == ((("a", "b"), ("c", "d")),)
    assert list(gaps((("a", "b"), ("c",)))) == [("a", GAP_MS), ("b", PAUSE_MS), ("c", 0)]
