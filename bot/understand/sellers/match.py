"""Which of her households a seller means by "chị Mỷ", "nha chi my" or "my"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from bot.shop.household import Household
from bot.understand.fold import has_marks, tidy
from bot.understand.sellers.households import title_and_name

MOST_NEAR = 3


@dataclass(frozen=True, slots=True)
class Matched:
    """fits: households that are called so, one if it is clear. near: where none is, those whose
    names are most like it, likeliest first; never taken without asking.
    """

    fits: tuple[Household, ...]
    near: tuple[Household, ...] = ()

    @property
    def one(self) -> Household | None:
        """The household that is meant, if only one can be."""
        return self.fits[0] if len(self.fits) == 1 else None


def match_household(text: str, households: Iterable[Household]) -> Matched:
    """Compare a name as typed with the names that are known, without titles and diacritics.

    "Mỷ" is every chị Mỷ and bà Mỷ, but "bà Mỷ" is no chị Mỷ, and "Sùng" no Sung: who types
    diacritics in a name means them.
    """
    known = tuple(households)
    _, name = title_and_name(text)
    fits = tuple(h for h in known if name and _fits(text, h))
    if not fits:
        near = sorted(known, key=lambda h: (-_likeness(name, h), h.name))
        return Matched((), tuple(near[:MOST_NEAR]))
    title, _ = title_and_name(text)
    if has_marks(_bare(text)):
        fits = tuple(h for h in fits if _bare(h.name) == _bare(text)) or fits
    same = tuple(h for h in fits if title_and_name(h.name)[0] == title)
    return Matched(same if len(same) == 1 else fits)


def _fits(text: str, household: Household) -> bool:
    """Folded names and titles agree, and diacritics where both were typed with any."""
    (title, name), (theirs, known) = title_and_name(text), title_and_name(household.name)
    if known != name or (title and theirs and title != theirs):
        return False
    spelled = has_marks(_bare(text)) and has_marks(tidy(household.name))
    return not spelled or _bare(text) == _bare(household.name)


def _likeness(name: str, household: Household) -> float:
    return ratio(name, title_and_name(household.name)[1])


def _bare(text: str) -> str:
    """The name without its title, as spelled."""
    words = tidy(text).split()
    return " ".join(words[-len(title_and_name(text)[1].split()) :])
