"""What a language still lacks: in writing, in review and in sound (`check --lang hmn@rpa`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.commands.check_locales import Words
from bot.shop.sound import reworded, sound_of
from bot.words.book import BOOK, MASTER, Entry, load_books, matching, read_about
from bot.words.manifest import read_manifest
from bot.words.pieces import Pieces


@dataclass(frozen=True, slots=True)
class Lacks:
    """What a language lacks against Vietnamese, in the order of the Vietnamese file.

    total: messages it should have. written: ids without words of its own. reviewed: ids whose
    words are drafts. clips: how many pieces it is spoken in. recorded: keys of those no person
    recorded as they are today.
    """

    lang: str
    total: int
    written: tuple[str, ...]
    reviewed: tuple[str, ...]
    clips: int
    recorded: tuple[str, ...]

    @property
    def counts(self) -> dict[str, object]:
        """For the line that says it all, and the README."""
        written = self.total - len(self.written)
        return {
            "lang": self.lang,
            "total": self.total,
            "written": written,
            "reviewed": written - len(self.reviewed),
            "clips": self.clips,
            "recorded": self.clips - len(self.recorded),
        }


def lacks(locales_dir: Path, lang: str) -> Lacks:
    """An entry that says what the Vietnamese or the English says is not written, unless its id is
    protected. Raises BookBroken, ManifestBroken.
    """
    known = load_books(locales_dir)
    master, own = known.own[MASTER], known.own.get(lang, {})
    protected = matching(read_about(locales_dir / lang).protected)
    others = [known.own.get(x, {}) for x in (MASTER, "en") if lang != MASTER]
    wanted = [id for id in master if not protected(id)]
    written = {i: own[i] for i in wanted if i in own and not _copied(own[i], others)}
    sound = sound_of(lang)
    pieces = Pieces(known, locales_dir).pieces(sound) if sound else ()
    rows = {k: row for k, row in read_manifest(locales_dir, sound).items() if not row.synthetic}
    heard = {p.key for p in pieces if p.key in rows and not reworded(rows[p.key].said, p.said)}
    return Lacks(
        lang,
        len(wanted),
        tuple(id for id in wanted if id not in written),
        tuple(id for id, entry in written.items() if not entry.reviewed),
        len(pieces),
        tuple(p.key for p in pieces if p.key not in heard),
    )


def _copied(entry: Entry, others: list[Mapping[str, Entry]]) -> bool:
    return any(entry.id in book and book[entry.id].text == entry.text for book in others)


def lines(found: Lacks) -> list[str]:
    """The counts, then each id with what it lacks, ready to print."""
    words = Words()
    said = [words("missing-counts", **found.counts)]
    for name in ("written", "reviewed", "recorded"):
        said += [words(f"missing-{name}", id=id) for id in getattr(found, name)]
    return said


def summary(locales_dir: Path) -> list[str]:
    """One line for each language that is spoken aloud: Vietnamese, and the scripts of Mông."""
    words = Words()
    found = [lacks(locales_dir, lang).counts for lang in spoken_aloud(locales_dir)]
    return [
        words("spoken-counts" if counts["lang"] == MASTER else "missing-counts", **counts)
        for counts in found
    ]


def spoken_aloud(locales_dir: Path) -> list[str]:
    """Vietnamese first."""
    langs = sorted(path.parents[1].name for path in locales_dir.glob(f"*/{BOOK}"))
    return sorted((x for x in langs if sound_of(x)), key=lambda x: (x != MASTER, x))
