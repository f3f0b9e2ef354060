"""`python -m bot vietqr` on a terminal: exactly the payload, or one sentence and exit code 2."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from bot.commands.vietqr import Asked, Refused, payload_of
from bot.payments.vietqr import Transfer, read
from bot.words.book import load_books
from bot.words.speak import Speaker
from tests.source import ROOT

GOOD = ("--bank", "970436", "--account", "0123456789")


def run(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", "vietqr", *options]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=60
    )


def printed(*options: str) -> str:
    done = run(*options)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refusal(*options: str) -> str:
    done = run(*options)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert not done.stderr.startswith("vietqr-")
    return done.stderr


def asked(typed: dict[str, str]) -> Asked:
    """As the command line hands it on."""
    return Asked(
        typed["--bank"],
        typed["--account"],
        typed.get("--service", "QRIBFTTA"),
        typed.get("--amount"),
        typed.get("--purpose", ""),
        None,
    )


@pytest.fixture(scope="module")
def words() -> Speaker:
    return Speaker(load_books(ROOT / "locales"))


def test_exactly_the_payload_is_printed() -> None:
    assert printed("--bank", "970416", "--account", "257678859") == (
        "00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN"
        "6304AE9F\n"
    )


def test_all_options_come_through() -> None:
    more = ("--service", "QRIBFTTC", "--amount", "85000", "--purpose", "ZJ4K2P9QJ na Chi Lăng")
    transfer = Transfer("970436", "0123456789", "QRIBFTTC", 85_000, "ZJ4K2P9QJ NA CHI LANG")
    assert read(printed(*GOOD, *more).rstrip("\n")) == transfer


def test_a_bank_may_be_named_or_be_one_the_table_lacks() -> None:
    assert printed("--bank", "Vietcombank", *GOOD[2:]) == printed(*GOOD)
    assert read(printed("--bank", "123456", *GOOD[2:]).strip()).bin == "123456"


def test_the_picture_is_drawn_too(tmp_path: Path) -> None:
    file = tmp_path / "mã.png"
    payload = printed(*GOOD, "--png", str(file)).rstrip("\n")
    with Image.open(file) as picture:
        assert [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))] == [payload]


REFUSED = {
    "--amount": ["0", "-5", "085000", "85.000", "85,000", "85k", "1e5", "1" * 14, "", "true", "٣"],
    "--account": ["", "1" * 20, "0123 456", "0123-456"],
    "--bank": ["", "97043", "9704366", "xyzzy"],
    "--service": ["", "QRPUSH", "qribftta"],
    "--purpose": ["A" * 26, "đ" * 26, "???"],
}


@pytest.mark.parametrize("option", REFUSED)
def test_a_wrong_value_ends_with_one_sentence(option: str, words: Speaker) -> None:
    first, *others = REFUSED[option]
    assert refusal(*GOOD, option, first)
    for value in others:
        typed = dict(zip(GOOD[::2], GOOD[1::2], strict=True)) | {option: value}
        with pytest.raises(Refused) as caught:
            payload_of(asked(typed))
        assert words.text("vi", caught.value.id, **caught.value.fields) != caught.value.id


def test_what_is_missing_is_said() -> None:
    assert "--bank" in refusal("--account", "1")
    assert "--account" in refusal("--bank", "VCB")


def test_the_nearest_banks_are_named_and_none_is_taken() -> None:
    told = refusal("--bank", "vietcombanc", "--account", "1")
    assert "vietcombanc" in told
    assert "Vietcombank 970436" in told


def test_a_text_that_is_too_long_is_shown_as_it_would_be_written() -> None:
    told = refusal(*GOOD, "--purpose", "tiền hàng đơn số ZJ4K2P9QJ nhé")
    assert "TIEN HANG DON SO ZJ4K2P9QJ NHE" in told


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    file = tmp_path / "khong-co" / "ma.png"
    assert str(file) in refusal(*GOOD, "--png", str(file))
    assert not file.exists()
