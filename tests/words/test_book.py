from pathlib import Path

import pytest

from bot.words.book import BookBroken, load_books
from tests.words.books import HEAD, VI, books, write_po


def test_missing_mong_is_said_in_vietnamese_never_in_english(tmp_path: Path) -> None:
    write_po(tmp_path, "en", {"hello": "Hello", "bye": "Bye"})
    found = books(tmp_path, {"hello": "Chào", "bye": "Tạm biệt"}, {"hello": "Nyob zoo"})
    assert found.entry("hmn@rpa", "hello").text == "Nyob zoo"
    assert found.entry("hmn@rpa", "bye").text == "Tạm biệt"
    assert found.entry("en", "bye").text == "Bye"
    assert found.entry("en", "moment").lang == "vi"
    assert found.languages == ("vi", "en", "hmn@rpa")


def test_an_unknown_language_is_vietnamese(tmp_path: Path) -> None:
    assert books(tmp_path, {"hello": "Chào"}).entry("xx", "hello").text == "Chào"


def test_an_unknown_id_has_no_entry(tmp_path: Path) -> None:
    assert books(tmp_path, {}, {"only-here": "x"}).entry("vi", "only-here") is None


def test_drafts_are_shown_and_known_as_drafts(tmp_path: Path) -> None:
    found = books(tmp_path, {"hello": "Chào"}, {"hello": "Nyob zoo"}, drafts={"hello"})
    assert not found.entry("hmn@rpa", "hello").reviewed
    assert found.draft("hmn@rpa")
    assert not found.draft("vi")
    assert found.reviewed("hmn@rpa") == (0, len(VI) + 1)


@pytest.mark.parametrize(("signatures", "beneath"), [(0, True), (1, True), (2, False)])
def test_what_is_critical_needs_two_signatures(
    tmp_path: Path, signatures: int, beneath: bool
) -> None:
    books(tmp_path, {"total": "Cộng"}, {"total": "Tag nrho"}, critical="total")
    write_po(tmp_path, "hmn@rpa", {"total": "Tag nrho"}, signatures=signatures)
    found = load_books(tmp_path)
    assert found.needs_master_line(found.entry("hmn@rpa", "total")) == beneath


def test_the_other_script_takes_the_lists_over(tmp_path: Path) -> None:
    books(tmp_path, {"total": "Cộng"}, {"total": "Tag nrho"}, critical="total")
    write_po(tmp_path, "hmn@chv", {"total": "Tas nro"}, drafts={"total"})
    (tmp_path / "hmn@chv" / "about.yaml").write_text("name: x\nlike: hmn@rpa\n")
    found = load_books(tmp_path)
    assert found.needs_master_line(found.entry("hmn@chv", "total"))


def test_drafts_can_be_hidden(tmp_path: Path) -> None:
    books(tmp_path, {"hello": "Chào"}, {"hello": "Nyob zoo"}, drafts={"hello"})
    assert load_books(tmp_path, drafts=False).entry("hmn@rpa", "hello").text == "Chào"


def test_an_empty_translation_falls_back(tmp_path: Path) -> None:
    found = books(tmp_path, {"hello": "Chào"}, {"hello": ""})
    assert found.entry("hmn@rpa", "hello").text == "Chào"


@pytest.mark.parametrize("bad", ["{Name}", "{", "a}b", "{a b}", "{0}", "{}", "{name!r}"])
def test_a_sentence_with_bad_braces_is_left_out(tmp_path: Path, bad: str) -> None:
    found = books(tmp_path, {"hello": "Chào {name}"}, {"hello": bad})
    assert found.entry("hmn@rpa", "hello").text == "Chào {name}"


def test_a_template_is_ready_to_fill(tmp_path: Path) -> None:
    entry = books(tmp_path, {"hello": "100% {name}, {count} món"}).entry("vi", "hello")
    assert entry.names == ("name", "count")
    assert entry.pattern % ("Mỷ", "3") == "100% Mỷ, 3 món"


def test_without_the_last_resort_the_books_are_refused(tmp_path: Path) -> None:
    write_po(tmp_path, "vi", {"hello": "Chào"})
    with pytest.raises(BookBroken, match="sorry-try-again"):
        load_books(tmp_path)


def test_a_broken_file_is_refused_by_name(tmp_path: Path) -> None:
    path = write_po(tmp_path, "vi", VI)
    path.write_text(HEAD + "msgid hello\n", encoding="utf-8")
    with pytest.raises(BookBroken, match=r"bot\.po"):
        load_books(tmp_path)


def test_a_broken_about_is_refused_by_name(tmp_path: Path) -> None:
    write_po(tmp_path, "vi", VI)
    (tmp_path / "vi" / "about.yaml").write_text("nome: x\n", encoding="utf-8")
    with pytest.raises(BookBroken, match=r"about\.yaml"):
        load_books(tmp_path)
