"""Start codes and links: what is written is what is opened, and no mark is guessed or changed."""

from __future__ import annotations

import hashlib
import hmac
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.links import (
    MARK,
    MOST,
    Opens,
    claim_code,
    is_marked,
    links_of,
    live_code,
    mark_of,
    opened_by,
    product_code,
    readable,
)

CLAIM = "c-0a1b2c3d4e"
FOUND_AT = {"tg": "ChoPhienBot", "web": "https://cho.example.vn/"}


def hashed(text: str) -> str:
    return hmac.new(b"of this shop", text.encode(), hashlib.sha256).hexdigest()


def hashed_elsewhere(text: str) -> str:
    return hmac.new(b"of another", text.encode(), hashlib.sha256).hexdigest()


@pytest.mark.parametrize(
    ("code", "opens"),
    [
        ("", Opens("shop")),
        (product_code("thit-lon-den-gac-bep"), Opens("product", "thit-lon-den-gac-bep")),
        (live_code("47587283b1"), Opens("live", "47587283b1")),
        (claim_code(CLAIM, hashed), Opens("claim", CLAIM, mark_of(CLAIM, hashed))),
    ],
)
def test_a_code_opens_what_it_was_made_for(code: str, opens: Opens) -> None:
    assert opened_by(code) == opens


@pytest.mark.parametrize(
    "code",
    ["-", "p-", "l-", "x-1", "hello", "p-a b", "p-sâm-đất", "p-a/b", "l-" + "a" * MOST, "c-",
     CLAIM, f"{CLAIM}-", f"{CLAIM}-123", f"{CLAIM}-{'g' * MARK}", f"{CLAIM}-{'0' * (MARK + 1)}"],
)  # fmt: skip
def test_other_codes_open_nothing(code: str) -> None:
    assert opened_by(code) is None


@given(st.text(max_size=80))
def test_no_code_is_an_error(code: str) -> None:
    found = opened_by(code)
    assert found is None or set(found.id) <= set(string.ascii_letters + string.digits + "_-")


def test_a_mark_is_one_claims_and_one_shops() -> None:
    mark = mark_of(CLAIM, hashed)
    assert is_marked(CLAIM, mark, hashed)
    assert not is_marked("c-0a1b2c3d4f", mark, hashed)
    assert not is_marked(CLAIM, mark, hashed_elsewhere)
    assert not is_marked(CLAIM, "", hashed)
    assert not is_marked(CLAIM, mark.upper(), hashed)
    assert not is_marked(CLAIM, "đ" * MARK, hashed)


@given(st.integers(0, MARK - 1), st.sampled_from("0123456789abcdef"))
def test_a_mark_with_one_letter_changed_is_none(place: int, letter: str) -> None:
    mark = mark_of(CLAIM, hashed)
    forged = mark[:place] + letter + mark[place + 1 :]
    assert is_marked(CLAIM, forged, hashed) == (forged == mark)


def test_links_of_each_app_the_web_first() -> None:
    assert links_of("", FOUND_AT) == (
        ("web", "https://cho.example.vn/"),
        ("tg", "https://t.me/ChoPhienBot"),
    )
    assert links_of("p-sam-dat", FOUND_AT) == (
        ("web", "https://cho.example.vn/p/sam-dat"),
        ("tg", "https://t.me/ChoPhienBot?start=p-sam-dat"),
    )
    assert links_of(claim_code(CLAIM, hashed), {"web": "https://cho.example.vn"}) == (
        ("web", f"https://cho.example.vn/p/{claim_code(CLAIM, hashed)}"),
    )


def test_where_the_shop_is_not_there_is_no_link() -> None:
    assert links_of("l-1", {}) == ()
    assert links_of("l-1", {"web": "", "tg": ""}) == ()
    assert links_of("p-" + "a" * MOST, FOUND_AT) == (), "a start takes no longer code"
    assert links_of("p-sâm", FOUND_AT) == ()


def test_every_choice_a_link_leads_to_is_short_enough() -> None:
    found = opened_by(claim_code(CLAIM, hashed))
    assert found
    assert len(f"cj:{found.id}:{found.mark}".encode()) <= 40
    assert len(claim_code(CLAIM, hashed)) <= MOST


def test_a_link_is_read_aloud_without_its_beginning_and_end() -> None:
    assert readable("https://cho.example.vn/") == "cho.example.vn"
    assert readable("https://t.me/Cho?start=l-1") == "t.me/Cho?start=l-1"
