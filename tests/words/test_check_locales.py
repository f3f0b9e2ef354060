from pathlib import Path

import pytest

from bot.commands.check_languages import lacks, lines, summary
from bot.commands.check_locales import Fault, faults
from bot.words.manifest import ManifestRow, write_manifest
from tests.words.books import HEAD, VI, write_po

MORE = {"hello": "Chào {name}", "choice-yes": "Đúng"}


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    """Books without a fault."""
    write_po(tmp_path, "vi", VI | MORE)
    write_po(tmp_path, "hmn@rpa", {"hello": "Nyob zoo {name}"}, {"hello"})
    for lang in ("vi", "hmn@rpa"):
        (tmp_path / lang / "about.yaml").write_text(f"name: {lang}\n", encoding="utf-8")
    return tmp_path


def append(locales: Path, lang: str, text: str) -> Path:
    path = locales / lang / "LC_MESSAGES" / "bot.po"
    path.write_text(path.read_text(encoding="utf-8") + "\n" + text, encoding="utf-8")
    return path


def only(found: list[Fault]) -> Fault:
    assert len(found) == 1, found
    return found[0]


def test_good_books_have_no_faults(locales: Path) -> None:
    assert faults(locales, {"hello", "choice-*"}) == []


BAD = [
    ("vi", 'msgid "new"\nmsgstr ""\n', "còn trống"),
    ("vi", 'msgid "new"\nmsgstr "{Name} ơi"\n', "ngoặc nhọn"),
    ("vi", 'msgid "new"\nmsgstr "giá { name"\n', "ngoặc nhọn"),
    ("vi", 'msgid "Chào em"\nmsgstr "x"\n', "Tên câu"),
    ("vi", 'msgid "new"\nmsgid_plural "news"\nmsgstr[0] "x"\n', "msgid_plural"),
    ("vi", 'msgid "hello"\nmsgstr "Chào {name}"\n', "hai lần"),
    ("vi", f'msgid "choice-x"\nmsgstr "{"a" * 41}"\n', "dài 41"),
    ("hmn@rpa", 'msgid "choice-ye"\nmsgstr "Yog"\n', 'Có phải ý là "choice-yes"'),
    ("hmn@rpa", 'msgid "quite-other"\nmsgstr "Yog"\n', "không có trong bản tiếng Việt"),
    (
        "hmn@rpa",
        'msgid "choice-yes"\nmsgstr "Yog {name}"\n',
        "chỗ điền {name}, bản tiếng Việt có –",
    ),
    ("hmn@rpa", 'msgid "months"\nmsgstr "lub"\n', "có {months}"),
]


@pytest.mark.parametrize(("lang", "text", "said"), BAD, ids=[said for *_, said in BAD])
def test_fault_with_its_line(locales: Path, lang: str, text: str, said: str) -> None:
    path = append(locales, lang, text)
    fault = only(faults(locales))
    assert said in fault.text
    assert fault.path == path
    line = path.read_text(encoding="utf-8").splitlines()[fault.line - 1]
    assert line == text.splitlines()[0]


def test_a_title_of_forty_letters_is_good(locales: Path) -> None:
    append(locales, "vi", f'msgid "choice-x"\nmsgstr "{"ệ" * 40}"\n')
    assert faults(locales) == []


def test_a_fuzzy_header_is_a_fault(locales: Path) -> None:
    path = locales / "vi" / "LC_MESSAGES" / "bot.po"
    path.write_text("#, fuzzy\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert only(faults(locales)).line == 1


def test_an_id_only_in_code_is_a_fault_with_the_nearest(locales: Path) -> None:
    fault = only(faults(locales, {"helo", "choice-yes"}))
    assert '"helo"' in fault.text
    assert 'Có phải ý là "hello"' in fault.text


def test_a_broken_file_is_a_fault_and_the_others_are_still_checked(locales: Path) -> None:
    write_po(locales, "en", {}).write_text(
        HEAD.format(lang="en") + "\nmsgid oops\n", encoding="utf-8"
    )
    append(locales, "vi", 'msgid "new"\nmsgstr ""\n')
    assert {fault.path.parts[-3] for fault in faults(locales)} == {"en", "vi"}


def test_no_vietnamese_is_a_fault(tmp_path: Path) -> None:
    assert "bản gốc" in only(faults(tmp_path)).text


def test_a_critical_id_nobody_wrote_is_a_fault(locales: Path) -> None:
    about = locales / "hmn@rpa" / "about.yaml"
    about.write_text("name: x\ncritical: [helo, choice-*]\n", encoding="utf-8")
    assert 'Có phải ý là "hello"' in only(faults(locales)).text


def test_about_is_wanted_and_strict(locales: Path) -> None:
    (locales / "vi" / "about.yaml").unlink()
    (locales / "hmn@rpa" / "about.yaml").write_text("nam: x\n", encoding="utf-8")
    assert [fault.path.name for fault in faults(locales)] == ["about.yaml", "about.yaml"]


def test_what_a_language_lacks(locales: Path) -> None:
    row = ManifestRow(ms=900, sha256="0" * 64, speaker="x", consent="1, 2026-11-23")
    write_manifest(locales, "hmn", {"hello.1": row})
    found = lacks(locales, "hmn@rpa")
    assert found.total == len(VI) + len(MORE)
    assert len(found.written) == found.total - 1
    assert "hello" not in found.written
    assert found.recorded == ()
    assert found.reviewed == ("hello",)
    said = lines(found)
    assert said[0] == (
        f"hmn@rpa: viết 1/{found.total} câu, người bản ngữ duyệt 0/{found.total}, "
        f"thu âm 1/{found.clips} đoạn."
    )
    assert "chưa duyệt: hello" in said
    assert said[0] in summary(locales)


def test_what_repeats_the_vietnamese_is_not_written_unless_protected(locales: Path) -> None:
    append(locales, "hmn@rpa", '#, fuzzy\nmsgid "choice-yes"\nmsgstr "Đúng"\n')
    assert "choice-yes" in lacks(locales, "hmn@rpa").written
    about = locales / "hmn@rpa" / "about.yaml"
    about.write_text("name: x\nprotected: [choice-y*]\n", encoding="utf-8")
    assert "choice-yes" not in lacks(locales, "hmn@rpa").written


def test_a_language_nobody_began_lacks_everything(locales: Path) -> None:
    found = lacks(locales, "hmn@chv")
    assert len(found.written) == found.total
    assert len(found.recorded) == found.clips
