"""`Say` → `Spoken`: sentences filled, lines under them, choices with the digits that pick them.

Nobody ever sees a raw {placeholder}: what cannot be said in the listener's language is said in
Vietnamese, and what cannot be said at all becomes one neutral sentence, with a short code that is
also in the log.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from functools import lru_cache
from zlib import crc32

from bot.shop.says import Choice, Field, Say, SpokenKind
from bot.words.book import MASTER, SORRY, Books, Entry
from bot.words.formats import MissingWords, formatted
from bot.words.spoken import Spoken, Title

log = logging.getLogger(__name__)

BACK = "back"
STOP = "stop"
NUMBER_QUESTION = "-number"
"""Ids that end so are number questions: a digit is the answer, so no choice has one."""

NAMELESS = "…"
"""A button whose words are missing: it still works, and the log says which it was."""


class Speaker:
    """Keeps the `Words` promise of `bot.talk.ports` from a set of books."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self._format = lru_cache(maxsize=8192)(self._format_value)
        self._titles: dict[tuple[str, str], str] = {}

    def speak(self, say: Say, lang: str, kind: SpokenKind = "reply") -> Spoken:
        """The message in `lang`; an unknown language is answered in Vietnamese. Never raises."""
        lang = lang if lang in self.books.own else MASTER
        text = self._sentence(lang, say.id, say.fields)
        if say.lines:
            lines = (self._sentence(lang, s.id, s.fields) for s in flat_lines(say))
            text = "\n".join((text, *lines))
        choices = tuple(self._choices(say, lang, kind)) if say.choices else ()
        return Spoken(say.id, text, choices, say.picture, say.clip, kind, lang)

    def text(self, lang: str, id: str, **fields: Field) -> str:
        """One sentence alone, for pages and bot profiles."""
        return self._sentence(lang if lang in self.books.own else MASTER, id, fields)

    def _choices(self, say: Say, lang: str, kind: SpokenKind) -> Iterator[Title]:
        zero = {BACK, STOP} if kind in ("reminder", "broadcast") else {BACK}
        digits = not say.id.endswith(NUMBER_QUESTION)
        last: list[Title] = []
        n = 0
        for choice in say.choices:
            title = self._title(choice, lang)
            if choice.id in zero:
                last.append(Title(choice.id, title, "0" if digits and not last else ""))
                continue
            countable = digits and not choice.url and n < 9
            n += countable
            yield Title(choice.id, title, str(n) if countable else "", choice.url)
        yield from last

    def _title(self, choice: Choice, lang: str) -> str:
        if choice.fields:
            return self._say_or_fall_back(lang, choice.say, choice.fields, " / ") or NAMELESS
        key = (lang, choice.say)
        if key not in self._titles:
            said = self._say_or_fall_back(lang, choice.say, {}, " / ") or NAMELESS
            if len(self._titles) < 4096:
                self._titles[key] = said
            return said
        return self._titles[key]

    def _sentence(self, lang: str, id: str, fields: Mapping[str, Field]) -> str:
        return self._say_or_fall_back(lang, id, fields, "\n") or self._sorry(lang, id)

    def _say_or_fall_back(
        self, lang: str, id: str, fields: Mapping[str, Field], joiner: str
    ) -> str:
        """In `lang`, else Vietnamese, else empty. A critical draft has both, around `joiner`."""
        entry = self.books.entry(lang, id)
        if entry is None:
            log.error("words missing: %s", id)
            return ""
        try:
            own = entry.lang == lang or not _wordless(entry)
            said = self._fill(entry, fields, entry.lang if own else lang)
        except MissingWords as error:
            log.error("words of %s in %s lack %s", id, entry.lang, error)
            return "" if lang == MASTER else self._say_or_fall_back(MASTER, id, fields, joiner)
        if entry.lang != MASTER and self.books.needs_master_line(entry):
            master = self._say_or_fall_back(MASTER, id, fields, joiner)
            return f"{said}{joiner}{master}" if master else said
        return said

    def _fill(self, entry: Entry, fields: Mapping[str, Field], lang: str) -> str:
        if not entry.names:
            return entry.text
        try:
            values = tuple([self._value(lang, fields[name]) for name in entry.names])
        except KeyError as error:
            raise MissingWords(error.args[0]) from None
        return entry.pattern % values

    def _value(self, lang: str, value: Field) -> str:
        return value if type(value) is str else self._format(lang, value)

    def _format_value(self, lang: str, value: Field) -> str:
        return formatted(value, lambda id, holes: self._word(lang, id, holes))

    def _word(self, lang: str, id: str, holes: dict[str, str]) -> str:
        entry = self.books.entry(lang, id)
        if entry is None:
            raise MissingWords(id)
        return self._fill(entry, holes, entry.lang)

    def _sorry(self, lang: str, id: str) -> str:
        """The neutral sentence; whatever it asks for is filled with a code that the log knows."""
        short = f"{crc32(id.encode()):08x}"[:4]
        log.error("said %s instead of %s, code %s", SORRY, id, short)
        entry = self.books.entry(lang, SORRY) or self.books.own[MASTER][SORRY]
        return entry.pattern % tuple(short for _ in entry.names)


@lru_cache(maxsize=1024)
def _wordless(entry: Entry) -> bool:
    """Signs and holes alone (`{code}: {state}`): it is in no language, what fills it is."""
    return not any(c.isalpha() for c in entry.pattern.replace("%s", ""))


def flat_lines(say: Say) -> Iterator[Say]:
    """Lines in reading order, lines of lines after their own."""
    for line in say.lines:
        yield line
        yield from flat_lines(line)
