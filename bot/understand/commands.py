"""Words that work at any time (`giỏ`, `đơn`, `giúp`, `gặp người bán`) and words for yes and no.

The words belong to people and live in `intents/commands.yml`; this file only reads and matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

import msgspec

from bot.understand.fold import fold, has_marks, tidy
from bot.understand.small_words import is_small

Command = Literal[
    "home",
    "help",
    "browse",
    "show_cart",
    "checkout",
    "empty_cart",
    "my_orders",
    "find_order",
    "talk_to_seller",
    "back",
    "change_language",
    "voice_on",
    "voice_off",
    "light_on",
    "light_off",
    "repeat",
    "stop_reminders",
    "delete_my_data",
    "seller_stock",
    "seller_new_product",
    "seller_price",
    "seller_undo",
    "seller_orders",
    "seller_packing",
    "seller_money_in",
    "owner_bank",
    "owner_home",
    "seller_people",
    "seller_invite",
    "act_for",
    "act_for_nobody",
    "bind_code",
    "seller_block",
    "seller_blocked",
    "household_balance",
    "household_in",
    "household_pay",
    "own_household",
    "seller_report",
    "seller_live",
    "seller_no_list",
    "seller_links",
    "lives",
    "follows",
    "claims",
    "broadcast",
    "live_start",
    "live_end",
    "live_paste",
    "unread_sentences",
    "record_voice",
    "record_names",
    "withdraw_voice",
]

_MORE = frozenset(("them", "nua", "gi", "gia"))
"""Beside an agreement these want something else ("đặt thêm")."""
_DONT = re.compile(r"(?<!\w)dung (?:dat|mua|lay|gui|chot|len|lam|nhac)(?!\w)")
"""Without diacritics "đừng đặt" looks like "đúng, đặt"; it is read as the refusal."""

_CLAIMED = re.compile(r"(?<!\w)(?:xem|mã|ma)(?: \w+)? (?:chốt|chot)(?!\w)")
""""Mã đã chốt" asks to see what was claimed in a live."""

LANGUAGES = ("vi", "hmn@rpa", "en")


class CommandsBroken(Exception):
    """`commands.yml` cannot be used; says which file, and what stands where."""


class WordsOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What people type for one thing, by language; `slash` words may have arguments."""

    vi: tuple[str, ...] = ()
    hmn_rpa: tuple[str, ...] = msgspec.field(default=(), name="hmn@rpa")
    en: tuple[str, ...] = ()
    slash: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        return (*self.vi, *self.hmn_rpa, *self.en)


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`commands.yml`. `unreviewed` names the languages no native speaker has checked."""

    commands: dict[Command, WordsOf]
    yes: WordsOf
    no: WordsOf
    unreviewed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slash:
    """`/kho na 20` is Slash("seller_stock", "na 20")."""

    command: Command
    rest: str


@dataclass(frozen=True, slots=True)
class Commands:
    """Whole texts and what they mean. Build once with `load_commands`."""

    words: Mapping[str, Command]
    bare: Mapping[str, Command]
    slashes: Mapping[str, Command]
    yes: frozenset[str]
    no: frozenset[str]
    agreeing: tuple[tuple[str, ...], ...] = ()
    """The words of each phrase for yes, longest first."""
    ordering: tuple[tuple[str, ...], ...] = ()
    """The same for "place the order"."""
    refusing: frozenset[str] = frozenset()
    mong: frozenset[str] = frozenset()
    """What is said in Mông (RPA), yes and no among it."""
    unreviewed: frozenset[str] = frozenset()
    """Languages no native speaker has checked."""

    def read(self, text: str) -> Command | None:
        """The command that the whole text is, else None.

        Text with diacritics must carry the right ones ("dừng" is not "dùng"); text without any is
        compared folded. Punctuation at the end does not count.
        """
        plain = tidy(text).rstrip(" .!?…~,")
        if plain.startswith("/"):
            slash = self.slash(plain)
            return slash.command if slash else None
        found = self.words.get(plain)
        if found is not None or has_marks(plain):
            return found
        return self.bare.get(plain)

    def slash(self, text: str) -> Slash | None:
        """A slash command and what stands behind it; `/gio@our_bot` is `/gio`."""
        head, _, rest = text.strip().partition(" ")
        command = self.slashes.get(fold(head).partition("@")[0])
        return Slash(command, rest.strip()) if command else None

    def says_yes(self, text: str) -> bool:
        """For questions only: outside of one, "có" is not yes."""
        return _among(text, self.yes)

    def agrees(self, text: str, *, to_order: bool = False) -> bool:
        """For questions only: a sentence of agreement and politeness and nothing else ("dạ đúng
        rồi em nhé"). to_order: "đặt luôn" agrees too.
        """
        if _DONT.search(tidy(text)) or _CLAIMED.search(tidy(text)):
            return False
        words = re.findall(r"\w+", tidy(text))
        phrases = sorted((*self.agreeing, *(self.ordering if to_order else ())), key=len)
        rest = _without(words, phrases[::-1])
        refuses = any(_is_word(w, no) for w in rest for no in self.refusing)
        if any(fold(word) in _MORE for word in rest):
            return False
        return len(rest) < len(words) and all(map(is_small, rest)) and not refuses

    def orders(self, text: str) -> bool:
        """A sentence of agreement that says "place the order" in so many words."""
        words = re.findall(r"\w+", tidy(text))
        named = len(_without(words, self.ordering)) < len(words)
        return named and self.agrees(text, to_order=True)

    def says_no(self, text: str) -> bool:
        """For questions only."""
        return _among(text, self.no)


def load_commands(path: Path) -> Commands:
    """Read `commands.yml`, unless it did not change since. Raises CommandsBroken if malformed or a
    word means two things.
    """
    try:
        stat = path.stat()
    except OSError as error:
        raise CommandsBroken(f"{path}: {error}") from error
    return _load(path, (stat.st_mtime_ns, stat.st_size))


@lru_cache(maxsize=2)
def _load(path: Path, stamp: tuple[int, int]) -> Commands:
    try:
        file = msgspec.yaml.decode(path.read_bytes(), type=File)
    except (OSError, msgspec.DecodeError) as error:
        raise CommandsBroken(f"{path}: {error}") from error
    absent = set(get_args(Command)) - set(file.commands)
    if absent:
        raise CommandsBroken(f"{path}: no words for {', '.join(sorted(absent))}")
    words = _table(path, file)
    slashes = {
        f"/{fold(word)}": command for command, of in file.commands.items() for word in of.slash
    }
    yes, no = (frozenset(map(tidy, of.all())) for of in (file.yes, file.no))
    ordering = _phrases(file.commands["checkout"].vi)
    refusing = frozenset(word for no in file.no.vi for word in tidy(no).split())
    known = {word for phrase in _phrases(file.yes.vi) for word in phrase}
    said = (*file.commands.values(), file.yes, file.no)
    return Commands(
        words, _bare(words), slashes, yes, no, _phrases(file.yes.vi), ordering, refusing - known,
        frozenset(phrase for of in said for phrase in of.hmn_rpa), frozenset(file.unreviewed),
    )  # fmt: skip


def _phrases(sentences: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    split = {tuple(tidy(sentence).split()) for sentence in sentences}
    return tuple(sorted(split, key=lambda words: (-len(words), words)))


def _without(words: list[str], phrases: Sequence[tuple[str, ...]]) -> list[str]:
    """The words that belong to none of the phrases."""
    rest, at = [], 0
    while at < len(words):
        size = next((len(p) for p in phrases if _stands(words[at:], p)), 0)
        if not size:
            rest.append(words[at])
        at += size or 1
    return rest


def _stands(words: list[str], phrase: tuple[str, ...]) -> bool:
    return len(words) >= len(phrase) and all(map(_is_word, words, phrase))


def _is_word(typed: str, spelled: str) -> bool:
    """As spelled, or without any diacritics."""
    return typed == spelled or (typed == fold(spelled) and not has_marks(typed))


def _table(path: Path, file: File) -> dict[str, Command]:
    table: dict[str, Command] = {}
    for command, of in file.commands.items():
        for word in map(tidy, of.all()):
            if table.setdefault(word, command) != command:
                raise CommandsBroken(f"{path}: {word!r} means {table[word]} and {command}")
    return table


def _bare(words: Mapping[str, Command]) -> dict[str, Command]:
    """Folded words; one that would fold onto another command's word is left out."""
    meant: dict[str, set[Command]] = {}
    for word, command in words.items():
        meant.setdefault(fold(word), set()).add(command)
    return {word: commands.pop() for word, commands in meant.items() if len(commands) == 1}


def _among(text: str, known: frozenset[str]) -> bool:
    plain = tidy(text).rstrip(" .!?…~,")
    if plain in known or has_marks(plain):
        return plain in known
    return any(fold(word) == plain for word in known)
