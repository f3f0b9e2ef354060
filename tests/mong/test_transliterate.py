"""The two scripts against pairs found in print, and against themselves over every syllable."""

from __future__ import annotations

import re
import shutil
from itertools import product
from pathlib import Path

import pytest

from bot.commands.transliterate import CHV, book, page, transliterate
from bot.mong.table import PARTS, Table, TableBroken, load_table, rows_of
from bot.mong.transliterate import Overrides, load_overrides, loans_in, to_chv, to_rpa
from bot.words.book import BOOK, read_book
from tests.source import ROOT
from tests.words.books import write_po

LOCALES = ROOT / "locales"
NONE = Overrides()
STYLES = (("êi|ei", "ai"), ("iê", "ia"), ("l$", "k"))
"""House styles of print, made one for comparing: they are no errors of the table."""


@pytest.fixture(scope="module")
def table() -> Table:
    return load_table(LOCALES / "hmn" / "orthography.csv")


@pytest.fixture(scope="module")
def overrides() -> Overrides:
    return load_overrides(LOCALES / "hmn@chv" / "overrides.csv")


def one_style(word: str) -> str:
    for written, same in STYLES:
        word = re.sub(written, same, word)
    return word


def attested() -> list[tuple[str, str]]:
    """Pairs of words whose CHV form was seen in print."""
    rows = rows_of(LOCALES / "hmn" / "glossary.csv")
    seen = [r for r in rows if "CHV attested" in r["source"] and "Lềnh" not in r["source"]]
    pairs = [(r["rpa"].split(), r["chv"].split()) for r in seen]
    even = [(rpa, chv) for rpa, chv in pairs if len(rpa) == len(chv)]
    return sorted({pair for rpa, chv in even for pair in zip(rpa, chv, strict=True)})


IRREGULAR = {
    "lab": "tsov",  # another word: million
    "nim": "nhiv",
    "tas": "tas",
    "tsis": "tsi",  # printed tsik everywhere but in "tsi muôx"
    "tus": "tus",
    "txiag": "txiêx",
}


def test_pairs_found_in_print(table: Table, overrides: Overrides) -> None:
    pairs = [(rpa, chv) for rpa, chv in attested() if table.is_rpa_syllable(rpa)]
    wrong = {r: c for r, c in pairs if one_style(to_chv(r, table, NONE)) != one_style(c)}
    assert (len(pairs), wrong) == (146, IRREGULAR)
    mended = {r for r, c in pairs if one_style(to_chv(r, table, overrides)) != one_style(c)}
    assert mended == {"lab", "tsis"}
    lost = {r for r, c in pairs if r not in IRREGULAR and to_rpa(c, table, overrides) != r}
    assert lost == {"ntawd"}  # CHV does not write this tone


def test_every_syllable_comes_back_but_for_the_tone_that_is_not_written(table: Table) -> None:
    rows = rows_of(LOCALES / "hmn" / "orthography.csv")
    parts = [[r["rpa"] for r in rows if r["kind"] == part] for part in PARTS]
    syllables = {"".join(letters) for letters in product(*parts)}
    assert len(syllables) > 6000
    lost = {s for s in syllables if to_rpa(to_chv(s, table, NONE), table, NONE) != s}
    assert lost == {s for s in syllables if s.endswith("d")}


def test_other_house_styles_are_read_and_ours_is_written(table: Table) -> None:
    for style in ("haik", "hêik", "heik"):
        assert to_rpa(style, table, NONE) == "hais"
    assert to_rpa("lul", table, NONE) == "lus"
    assert to_chv("hais lus", table, NONE) == "hêik luk"


@pytest.mark.parametrize(
    ("rpa", "chv"),
    [
        ("Koj yuav {name} pes tsawg?", "Cox zuôr {name} pêk tsơưs?"),
        ("Nqi: {price}/kg", "Gri: {price}/kg"),
        ("Nim no peb hais lus Việt.", "Nhiv no pêz hêik luk Việt."),
        ("Live tag kis 20:00 (14/11)", "Live tas cik 20:00 (14/11)"),
        ("Saib https://cho.example/kev", "Sêiz https://cho.example/kev"),
        ("COD, giỏ, /don", "COD, giỏ, /don"),
    ],
)
def test_what_is_no_mong_stays(table: Table, overrides: Overrides, rpa: str, chv: str) -> None:
    assert to_chv(rpa, table, overrides) == chv


def test_vietnamese_loans_stay_and_mong_beside_them_does_not(table: Table) -> None:
    vietnamese = "Viết sau: kho hàng, chia tiền của {name}."
    text = "Sau: kho hàng, chia tiền, {name} hai"
    loans = loans_in(text, vietnamese)
    assert loans == {"kho", "hàng", "chia", "tiền"}
    assert to_chv(text, table, NONE, loans) == "Sâu: kho hàng, chia tiền, {name} hêi"


def test_buying_and_selling_keep_apart(table: Table, overrides: Overrides) -> None:
    """`muôs` is selling in CHV, `muas` buying in RPA."""
    pairs = {"yuav": "zuôr", "muag": "muôs", "muas": "muôk", "yog": "zos", "zos": "jok"}
    pairs |= {"cov": "chor", "kom": "cov"}
    for rpa, chv in pairs.items():
        assert to_chv(rpa, table, overrides) == chv
        assert to_rpa(chv, table, overrides) == rpa


def test_a_table_that_is_none_is_named(tmp_path: Path) -> None:
    for text in ("", "kind,rpa,chv,also\nonset,p,p,\n", "a,b\n1,2\n"):
        broken = tmp_path / "orthography.csv"
        broken.write_text(text, encoding="utf-8")
        with pytest.raises(TableBroken, match="orthography"):
            load_table(broken)
    with pytest.raises(TableBroken):
        load_table(tmp_path / "none.csv")


def test_the_books_in_mong_script_are_those_the_command_writes() -> None:
    assert book(LOCALES) == (LOCALES / CHV / BOOK).read_text("utf-8")
    assert page(LOCALES) == (LOCALES / CHV / "web.json").read_text("utf-8")


def test_a_signature_lasts_as_long_as_the_sentence(tmp_path: Path) -> None:
    write_po(tmp_path, "vi", {"hello": "Chào", "bye": "Tạm biệt"})
    write_po(tmp_path, "hmn@rpa", {"hello": "Nyob zoo", "bye": "Mus zoo"}, {"hello", "bye"})
    for name in ("hmn/orthography.csv", "hmn@chv/overrides.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(LOCALES / name, tmp_path / name)
    for lang in ("vi", "hmn@rpa"):
        (tmp_path / lang / "web.json").write_text("{}", encoding="utf-8")
    write_po(tmp_path, "hmn@chv", {"hello": "Nhoz jông", "bye": "Muk jôngs"})
    transliterate(tmp_path)
    written = read_book(tmp_path / CHV / BOOK, CHV)
    assert (written["hello"].reviewers, written["hello"].reviewed) == (2, True)
    assert (written["bye"].text, written["bye"].reviewers) == ("Muk jông", 0)
    assert not written["bye"].reviewed
    assert transliterate(tmp_path) == []
