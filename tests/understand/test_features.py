"""Words and features: the same everywhere, short forms only where they are Vietnamese."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.features import BUCKETS, LONGEST, buckets, load_teencode
from bot.understand.fold import fold
from tests.understand.examples import ROOT

NORMALISER = load_teencode(ROOT / "intents" / "teencode.yml")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("còn hàng k shop", "còn hàng không shop"),
        ("con hang k shop", "con hang khong shop"),
        ("hàng đc ko", "hàng được không"),
        ("xsl k", "xsl k"),
        ("80 k", "80 k"),
        ("lấy 2 kg", "lấy 2 kg"),
        ("đẹppppp quáaaa", "đẹp quá"),
        ("bn tiền?", "bao nhiêu tiền ?"),
        ("🙂👍", ""),
    ],
)
def test_short_forms_are_spelled_out(typed: str, words: str) -> None:
    assert NORMALISER.words(typed) == words.split()


def test_mong_is_left_alone() -> None:
    assert NORMALISER.words("ib kg ko", "hmn_rpa") == ["ib", "kg", "ko"]


@given(st.text(max_size=60))
def test_words_of_anything_are_read(text: str) -> None:
    words = NORMALISER.words(text)
    assert all(0 <= bucket < BUCKETS for bucket in buckets(words))
    assert NORMALISER.words(fold(text)) == NORMALISER.words(fold(fold(text)))


def test_a_long_message_is_read_up_to_a_point() -> None:
    assert len("".join(NORMALISER.words("mua na " * 1000))) <= LONGEST


def test_features_are_the_same_in_every_process() -> None:
    code = (
        "from bot.understand.features import buckets;"
        "print(sorted(buckets(['còn', 'hàng', 'không'])))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert runs == {f"{sorted(buckets(['còn', 'hàng', 'không']))}\n"}


def test_diacritics_add_features_and_take_none() -> None:
    accented, bare = buckets(["mùa", "này"]), buckets(["mua", "nay"])
    assert accented != bare
    assert len(accented & bare) > len(bare) * 0.7
