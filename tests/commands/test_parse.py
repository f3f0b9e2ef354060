"""`python -m bot parse --json` as another program sees it: messages in, one JSON each out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.understand.inventory import INTENTS
from tests.source import ROOT

Answer = dict[str, Any]
Run = Callable[..., subprocess.CompletedProcess[bytes]]

KEYS = [
    "text", "intent", "score", "band", "quantities", "money", "lines", "price_vnd", "must_ask",
    "reason",
]  # fmt: skip
"""Every answer has these, in this order."""
AMOUNTS = ({"grams"}, {"ml"}, {"count", "unit"})
MONEY = ({"vnd"}, {"vnd", "per_amount", "per_unit"})
REASONS = {
    "", "which-product", "no-product", "no-amount", "amount", "owner", "several", "unit", "pack",
    "not-sold", "large",
}  # fmt: skip


@pytest.fixture(scope="module")
def run(models_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    data = tmp_path_factory.mktemp("parse")

    def run(typed: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
        env = {**os.environ, "MODELS_DIR": str(models_dir), "DATA_DIR": str(data)}
        command = [sys.executable, "-m", "bot", "parse", "--json", *options]
        return subprocess.run(
            command, input=typed, capture_output=True, cwd=ROOT, env=env, check=False, timeout=120
        )

    return run


def answers(done: subprocess.CompletedProcess[bytes]) -> list[Answer]:
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]


CUSTOMER: dict[str, list[Answer]] = {
    "cho e 2 can thit gac bep voi nua ky mac khen, ship HN bn a": [
        {"product": "mac-khen", "grams": 500}
    ],
    "Cho chị 2 cân sâm đất nhé em": [{"product": "sam-dat", "grams": 2000}],
    "thịt lợn gác bếp 1kg": [{"product": "thit-lon-den-gac-bep", "grams": 1000}],
    "thịt gác bếp 1kg": [],
    "nửa lít mật ong rừng": [{"product": "mat-ong-rung", "ml": 500}],
    "đôi gà đen": [{"product": "ga-den", "count": 2, "unit": "con"}],
    "tá trứng gà đen": [{"product": "trung-ga-den", "count": 12, "unit": "quả"}],
    "2 chục trứng gà đen": [{"product": "trung-ga-den", "count": 20, "unit": "quả"}],
    "3 gói mắc khén": [{"product": "mac-khen", "count": 3, "unit": "gói"}],
    "A1": [{"code": "A1", "count": 1, "unit": None}],
    "b3 x2": [{"code": "B3", "count": 2, "unit": None}],
    "b2+3": [{"code": "B2", "count": 3, "unit": None}],
    "a1 2kg": [{"code": "A1", "grams": 2000}],
    "h2 5 hộp": [{"code": "H2", "count": 5, "unit": "hộp"}],
    "A1-": [],
    "sâm đất bao nhiêu một cân": [],
    "sâm đất 2kg, xyz 3kg": [{"product": "sam-dat", "grams": 2000}],
    "hai ba cân sâm đất": [],
    "0912345678": [],
}
ASKED = {
    "cho e 2 can thit gac bep voi nua ky mac khen, ship HN bn a": "which-product",
    "thịt gác bếp 1kg": "which-product",
    "sâm đất 2kg, xyz 3kg": "no-product",
    "hai ba cân sâm đất": "amount",
}


@pytest.fixture(scope="module")
def heard(run: Run) -> list[Answer]:
    return answers(run("\n".join(CUSTOMER).encode() + b"\n", "--role", "customer", "--lang", "vi"))


def test_every_line_has_one_answer_in_order(heard: list[Answer]) -> None:
    assert [a["text"] for a in heard] == list(CUSTOMER)


def test_lines_are_what_would_go_into_the_cart(heard: list[Answer]) -> None:
    assert {a["text"]: a["lines"] for a in heard} == CUSTOMER


def test_what_is_not_clear_is_asked_with_its_reason(heard: list[Answer]) -> None:
    assert {a["text"]: a["reason"] for a in heard if a["must_ask"]} == ASKED


def check_shape(told: Answer) -> None:
    assert list(told) == KEYS
    assert isinstance(told["text"], str)
    assert told["intent"] == "" or told["intent"] in INTENTS
    assert isinstance(told["score"], float)
    assert 0 <= told["score"] <= 1
    assert told["band"] in ("act", "ask", "reject")
    assert told["price_vnd"] is None or type(told["price_vnd"]) is int
    assert type(told["must_ask"]) is bool
    assert told["reason"] in REASONS
    assert told["must_ask"] == bool(told["reason"])
    for quantity in told["quantities"]:
        check_amount(quantity)
    for money in told["money"]:
        assert set(money) in MONEY
        assert type(money["vnd"]) is int
        assert type(money.get("per_amount", 1)) is int
        assert isinstance(money.get("per_unit", ""), str | None)
    for line in told["lines"]:
        [goods] = {"product", "code"} & set(line)
        assert isinstance(line[goods], str)
        check_amount({key: value for key, value in line.items() if key != goods})


def check_amount(amount: Answer) -> None:
    assert set(amount) in AMOUNTS
    assert all(type(value) is int for key, value in amount.items() if key != "unit")
    assert isinstance(amount.get("unit"), str | None)


def test_the_shape_is_always_the_same(heard: list[Answer]) -> None:
    for told in heard:
        check_shape(told)


def test_quantities_and_money_are_all_that_was_read_goods_or_not(run: Run) -> None:
    typed = "2kg xyz và 3 con\nnhà em có 5 lít, 120k\nna 65k/kg\nchục trứng gà đen giá 80k\n"
    first, second, third, fourth = answers(run(typed.encode()))
    assert first["quantities"] == [{"grams": 2000}, {"count": 3, "unit": "con"}]
    assert (second["quantities"], second["money"]) == ([{"ml": 5000}], [{"vnd": 120_000}])
    assert third["money"] == [{"vnd": 65_000, "per_amount": 1000, "per_unit": "g"}]
    assert (third["price_vnd"], third["quantities"]) == (65_000, [])
    assert fourth["quantities"] == [{"count": 10, "unit": None}]
    assert fourth["price_vnd"] == 80_000


SELLER: dict[str, list[Answer]] = {
    "sâm đất còn 200": [{"product": "sam-dat", "grams": 200_000}],
    "thêm 50 ký sâm đất": [{"product": "sam-dat", "grams": 50_000}],
    "hỏng 3 cân mắc khén": [{"product": "mac-khen", "grams": 3000}],
    "trứng gà đen còn 100 quả, gà đen 20 con": [
        {"product": "trung-ga-den", "count": 100, "unit": "quả"},
        {"product": "ga-den", "count": 20, "unit": "con"},
    ],
    "thịt gác bếp còn 20kg": [],
    "hôm nay bán được bao nhiêu": [],
}


def test_a_seller_speaks_of_her_stock(run: Run) -> None:
    told = answers(run("\n".join(SELLER).encode(), "--role", "seller"))
    assert {a["text"]: a["lines"] for a in told} == SELLER
    asked = {a["text"]: a["reason"] for a in told if a["must_ask"]}
    assert asked == {"thịt gác bếp còn 20kg": "which-product"}
    for one in told:
        check_shape(one)


def test_odd_input_gets_exactly_one_answer_a_line(run: Run) -> None:
    odd = [
        "2kg sâm đất\r".encode(),
        b"", b"   ", b"\r",
        b"\xff\xfe 2kg s\xc3\xa2m \xc4\x91\xe1\xba\xa5t \xc3",
        b"x" * 5000,
        "một\x0bhai\x0cba\x85bốn\u2028năm".encode(),
        b'{"text": "A1"} \\ "',
        "😀".encode(),
        b"  A1  ",
    ]  # fmt: skip
    told = answers(run(b"\n".join(odd)))
    texts = [a["text"] for a in told]
    assert texts[0] == "2kg sâm đất"
    assert "\ufffd" in texts[1]
    assert texts[2] == "x" * 5000
    assert texts[3] == "một\x0bhai\x0cba\x85bốn\u2028năm"
    assert texts[4:] == ['{"text": "A1"} \\ "', "😀", "  A1  "]
    assert told[0]["lines"] == told[1]["lines"] == [{"product": "sam-dat", "grams": 2000}]
    assert [a["lines"] for a in told[2:4]] == [[], []]
    for one in told:
        check_shape(one)


def test_nothing_in_nothing_out(run: Run) -> None:
    assert answers(run(b"")) == []
    assert answers(run(b"\n\n \n")) == []


def test_an_answer_comes_before_the_next_line_is_typed(models_dir: Path, tmp_path: Path) -> None:
    env = {**os.environ, "MODELS_DIR": str(models_dir), "DATA_DIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "parse", "--json"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=env,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        for text in ("A1", "A2"):
            process.stdin.write(f"{text}\n".encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["text"] == text
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def test_an_unknown_role_is_refused(run: Run) -> None:
    done = run(b"A1\n", "--role", "admin")
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"admin" in done.stderr
