"""Mông words as people type them: in both scripts, mangled by a Vietnamese keyboard, toneless."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mong.table import load_table, rows_of
from bot.mong.telex import pressed
from bot.mong.transliterate import load_overrides, to_chv
from bot.understand.commands import load_commands
from bot.understand.intents_file import read_examples, vietnamese_files
from bot.understand.mong.loading import MongFiles, greets, load_reader
from bot.understand.mong.numbers import ONES, number
from bot.understand.mong.reader import ENDS_AS_MONG, MongReader
from bot.understand.mong.words import Words
from tests.source import ROOT

LOCALES = ROOT / "locales"
TABLE = load_table(LOCALES / "hmn" / "orthography.csv")
OVERRIDES = load_overrides(LOCALES / "hmn@chv" / "overrides.csv")
COMMANDS = load_commands(ROOT / "intents" / "commands.yml")
FILES = MongFiles(
    LOCALES / "hmn" / "orthography.csv",
    LOCALES / "hmn@chv" / "overrides.csv",
    ROOT / "intents" / "hmn.yml",
)
GLOSSARY = sorted(
    {
        word
        for row in rows_of(LOCALES / "hmn" / "glossary.csv")
        for word in row["rpa"].lower().split()
        if TABLE.is_rpa_syllable(word)
    }
)

KEYS = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
TWICE = {"a": "\u0302", "e": "\u0302", "o": "\u0302"}
WITH_W = {"a": "\u0306", "o": "\u031b", "u": "\u031b"}
VOWELS = set("aeiouy")


def telex(word: str) -> str:
    """What a Telex keyboard shows when a word is typed: doubled vowels, w, dd and tone keys."""
    shown: list[str] = []
    for key in word:
        vowels = [i for i, c in enumerate(shown) if c[0] in VOWELS]
        last = vowels[-1] if vowels else -1
        if key in KEYS and vowels:
            at = vowels[0] if len(vowels) == 1 or last == len(shown) - 1 else last
            shown[at] += KEYS[key]
        elif key in TWICE and last >= 0 and shown[last] == key:
            shown[last] += TWICE[key]
        elif key == "w":
            if last >= 0 and shown[last] in WITH_W:
                shown[last] += WITH_W[shown[last]]
            else:
                shown.append("u\u031b")
        elif key == "d" and shown[-1:] == ["d"]:
            shown[-1] = "đ"
        else:
            shown.append(key)
    return unicodedata.normalize("NFC", "".join(shown))


def reader() -> MongReader:
    found = load_reader(FILES, COMMANDS, ())
    assert found is not None
    return found


def test_what_telex_does_to_mong_is_undone() -> None:
    assert [telex(w) for w in ("hmoob", "zoo", "tus", "muaj")] == ["hmôb", "zô", "tú", "mụa"]
    mangled = [word for word in GLOSSARY if telex(word) != word]
    assert len(GLOSSARY) > 200
    assert len(mangled) > len(GLOSSARY) * 0.3
    assert {word: pressed(telex(word)) for word in GLOSSARY} == {word: word for word in GLOSSARY}


def test_every_word_is_known_in_both_scripts() -> None:
    words = Words(GLOSSARY, TABLE, OVERRIDES)
    for word in GLOSSARY:
        assert words.known(word, "rpa") == word
        assert words.known(telex(word), "rpa") == word
        if not word.endswith("d") and word != "tas":  # written like tag, which is meant oftener
            assert words.known(to_chv(word, TABLE, OVERRIDES), "chv") == word


def test_a_word_is_never_mended_into_another() -> None:
    """One tone letter makes buying of selling, one of few, a village of being."""
    words = Words(["yuav", "muag", "ib", "yog", "zos", "cov", "kom", "tsawg"], TABLE, OVERRIDES)
    for other in ("yuaj", "yua", "muas", "muaj", "mua", "ij", "is", "i", "tsaw", "tsawb"):
        assert words.known(other, "rpa") == "", other
    assert words.known("zos", "rpa") == "zos"
    assert words.known("zos", "chv") == "yog"
    assert words.known("cov", "chv") == "kom"
    assert words.known("muôs", "chv") == "muag"
    assert words.known("muôk", "chv") == ""
    assert words.without_tone("yua", "rpa") == "yuav"


@given(st.integers(1, 999))
def test_numbers_in_words(n: int) -> None:
    assert number(spelled(n)) == (n, len(spelled(n)))
    assert number([*spelled(n), "txhiab"]) == (n * 1000, len(spelled(n)) + 1)


def spelled(n: int) -> list[str]:
    """An independent spelling: kaum, nees nkaum, caug to fifty, caum from sixty."""
    ones = {value: word for word, value in ONES.items()}
    hundreds, rest = divmod(n, 100)
    tens, units = divmod(rest, 10)
    words = [ones[hundreds], "puas"] if hundreds else []
    if tens == 1:
        words.append("kaum")
    elif tens == 2:
        words += ["nees", "nkaum"]
    elif tens:
        words += [ones[tens], "caug" if tens < 6 else "caum"]
    return [*words, ones[units]] if units else words


@pytest.mark.parametrize(
    ("text", "script", "meant"),
    [
        ("ib", "rpa", "1"),
        ("iz", "chv", "1"),
        ("nees nkaum tsib kg", "rpa", "25 kg"),
        ("pêz châus kg", "chv", "30 kg"),
        ("3 tus", "rpa", "3 con"),
        ("rov qab", "rpa", "rov qab"),
        ("tror kaz", "chv", "rov qab"),
        ("tror kaz", "rpa", "rov qab"),
        ("nqi pes tsawg?", "rpa", "giá bao nhiêu"),
        ("ua tsaug koj", "rpa", "cảm ơn"),
    ],
)
def test_what_is_heard(text: str, script: str, meant: str) -> None:
    heard = reader().hear(text, script, "customer", {})  # type: ignore[arg-type]
    assert heard is not None
    assert heard.text == meant


def test_sentences_nobody_reviewed_and_words_without_tone_are_guesses() -> None:
    assert reader().hear("nqi pes tsawg", "rpa", "customer", {}).sure is False  # type: ignore[union-attr]
    assert reader().hear("rov qa", "rpa", "customer", {}).sure is False  # type: ignore[union-attr]
    assert reader().hear("ob kg", "rpa", "customer", {}).sure is True  # type: ignore[union-attr]


NO_MONG = ["ko", "dc", "ib cho em", "lấy 2 kg", "cho xem giỏ", "trâu gác bếp", "", "…", "?!"]


@pytest.mark.parametrize("text", NO_MONG)
def test_vietnamese_and_noise_are_no_mong(text: str) -> None:
    assert reader().hear(text, "rpa", "customer", {}) is None


def test_six_is_also_a_word_for_to() -> None:
    assert reader().hear("rau", "rpa", "customer", {}).text == "6"  # type: ignore[union-attr]
    asked = reader().hear("hu rau neeg muag", "rpa", "customer", {})
    assert asked is not None
    assert asked.text == "gặp người bán"


@given(st.text(max_size=80))
def test_nothing_breaks_it(text: str) -> None:
    for script in ("rpa", "chv"):
        reader_().hear(text, script, "seller", {})


def reader_(made: list[MongReader] = []) -> MongReader:  # noqa: B006  made once
    if not made:
        made.append(reader())
    return made[0]


def test_a_greeting_that_is_wholly_mong() -> None:
    assert greets("Nyob zoo!") == "hmn@rpa"
    assert greets("nhoz jông") == "hmn@chv"
    assert greets("chào shop") == greets("") == ""


def test_no_vietnamese_example_is_taken_for_mong() -> None:
    """What `Understanding.speaks_mong` wants of a shop that speaks Vietnamese."""
    read = reader_()
    examples, _ = read_examples(vietnamese_files(ROOT / "intents"))
    assert len(examples) > 5000
    odd = [e.text for e in examples if ENDS_AS_MONG.search(e.text.casefold())]
    assert [text for text in odd if read.own_words(text, "rpa", {}) >= 2] == []
    assert read.own_words("kuv muag 5 kg", "rpa", {}) == 2
