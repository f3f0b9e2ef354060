"""Which household of hers a name means."""

from __future__ import annotations

import pytest

from bot.shop.household import Household
from bot.understand.sellers.match import match_household

KNOWN = tuple(
    Household(id_, "x", name)
    for id_, name in (
        ("my", "chị Mỷ"),
        ("ba-my", "bà Mỷ"),
        ("do", "nhà bà Dợ"),
        ("ho-mau-1", "Hộ mẫu 1"),
        ("dua", "anh Dua"),
        ("dua2", "anh Dủa"),
        ("pao", "Páo"),
    )
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("chị Mỷ", {"my"}),
        ("chi my", {"my"}),
        ("c Mỷ", {"my"}),
        ("nhà chị Mỷ", {"my"}),
        ("Mỷ", {"my", "ba-my"}),
        ("bà Dợ", {"do"}),
        ("Dợ", {"do"}),
        ("hộ mẫu 1", {"ho-mau-1"}),
        ("anh Páo", {"pao"}),
        ("anh Dủa", {"dua2"}),
        ("anh dua", {"dua", "dua2"}),
        ("chị Dợ", set()),
        ("chị Mỹ", set()),
        ("anh Pao", {"pao"}),
        ("chị Mi", set()),
        ("", set()),
    ],
)
def test_a_name_means(said: str, meant: set[str]) -> None:
    found = match_household(said, KNOWN)
    assert {h.id for h in found.fits} == meant
    assert (found.one is not None) == (len(meant) == 1)


def test_the_nearest_are_offered_where_none_fits() -> None:
    found = match_household("chị Mi", KNOWN)
    assert found.one is None
    assert len(found.near) == 3
    assert "Mỷ" in found.near[0].name


def test_nobody_is_near_where_there_is_nobody() -> None:
    assert match_household("chị Mỷ", ()).near == ()
