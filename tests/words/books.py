"""Small books for tests, written as .po files and read the way the shop reads its own."""

from __future__ import annotations

from pathlib import Path

from bot.words.book import Books, load_books

HEAD = 'msgid ""\nmsgstr ""\n"Language: {lang}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'

VI = {
    "sorry-try-again": "Nhắn lại giúp em (mã {code}).",
    "moment": "{time} {weekday} {date}",
    "months": "tháng {months}",
    "months-lunar": "tháng {months} âm lịch",
    "months-all": "quanh năm",
    "unit-lit": "lít",
    "unit-con": "con",
    **{
        f"weekday-{n}": f"thứ {word}"
        for n, word in enumerate(("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy"))
    },
    "weekday-6": "Chủ nhật",
}


def write_po(
    locales: Path,
    lang: str,
    texts: dict[str, str],
    drafts: set[str] = frozenset(),
    signatures: int = 2,
) -> Path:
    """One bot.po; ids in `drafts` are marked fuzzy, the others signed by so many."""
    path = locales / lang / "LC_MESSAGES" / "bot.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = [HEAD.format(lang=lang)]
    for id, text in texts.items():
        signed = "".join(f"# reviewed-by: r{n}, Lai Châu, 2026-11-23\n" for n in range(signatures))
        flag = "#, fuzzy\n" if id in drafts else signed
        quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        parts.append(f'{flag}msgid "{id}"\nmsgstr "{quoted}"\n')
    path.write_text("\n".join(parts), encoding="utf-8")
    return path


def books(
    locales: Path,
    vi: dict[str, str],
    hmn: dict[str, str] | None = None,
    *,
    drafts: set[str] = frozenset(),
    critical: str = "",
) -> Books:
    write_po(locales, "vi", VI | vi)
    if hmn is not None:
        write_po(locales, "hmn@rpa", hmn, drafts)
        about = f"name: Lus Hmoob\ncritical: [{critical}]\n"
        (locales / "hmn@rpa" / "about.yaml").write_text(about, encoding="utf-8")
    return load_books(locales)
