"""`bench live` counts what stands in SQL and says so. Nothing here is about how fast it was."""

from __future__ import annotations

import asyncio
import json
import os

import pytest

from bot.commands import bench_live
from bot.commands.bench_live_comments import written
from bot.commands.bench_live_report import LiveReport, counted, print_live
from bot.commands.bench_report import Effect
from bot.settings import Settings
from bot.understand.claims import OnAir, read_comment

PEOPLE = 360


def learned() -> Settings:
    """The examples were learned once for all tests."""
    return Settings(models_dir=os.environ["MODELS_DIR"])


@pytest.fixture(scope="module")
def small() -> LiveReport:
    """More people than there are goods for, within two seconds."""
    if "SOAK_STEPS" not in os.environ:
        pytest.skip("make soak: a whole evening; test_live_crash claims in a real shop too")
    return asyncio.run(bench_live.measure_live(learned(), PEOPLE, 2.0, claims=300))


def test_every_claim_is_counted_once_and_nothing_is_sold_twice(small: LiveReport) -> None:
    found = {e.what: (e.counted, e.expected) for e in small.effects}
    assert small.stuck == []
    assert found["claims"] == (PEOPLE, PEOPLE)
    assert found["claimants"] == (PEOPLE, PEOPLE)
    assert found["grams held"] == (500_000, 500_000)
    assert found["grams sold twice"] == (0, 0)
    assert found["answers: in the queue"][0] > 50
    assert small.right


def test_the_helpers_comments_are_read_right(small: LiveReport) -> None:
    assert sum(e.expected for e in small.pasted if e.what.startswith("comments")) == 60
    assert all(e.counted == e.expected for e in small.pasted)


def test_the_ledger_alone_books_what_there_is(small: LiveReport) -> None:
    assert small.ledger
    assert (small.ledger.claims, small.ledger.wrong) == (300, 0)


def test_one_line_of_json(small: LiveReport, capsys: pytest.CaptureFixture[str]) -> None:
    print_live(small, as_json=True)
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert "p95" in said.err
    assert told["right"] is True
    assert told["effects"]["claims"] == [PEOPLE, PEOPLE]
    assert told["wait_s"]["p50"] <= told["wait_s"]["p95"] <= told["wait_s"]["p99"]


@pytest.mark.parametrize("wrong", ["effects", "pasted"])
def test_a_wrong_count_is_a_failure(wrong: str) -> None:
    report = LiveReport(1, 1.0, 1.0, [0.1])
    assert report.right
    getattr(report, wrong).append(Effect("claims", 2, 1))
    assert not report.right


def test_somebody_who_was_not_answered_is_a_failure() -> None:
    report = LiveReport(1, 1.0, 1.0, [0.1], stuck=["7: the line broke"])
    assert not report.right


def test_the_comments_need_no_luck() -> None:
    """What the file says of each comment is what the grammar reads, whatever is on air."""
    air = OnAir(tuple((code, code.lower()) for code in ("A1", "A2", "A3", "A4")))
    for comment in written():
        read = read_comment(comment.text, air)
        kind = "claim" if comment.says == "cancel" else comment.says
        assert read.kind == kind, comment.text


def test_effects_of_a_shop_without_claims_are_wrong(small: LiveReport, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """The counting is no formality: an empty book is seen."""
    from bot.stores.sql.engine import make_engine
    from bot.stores.sql.migrate import migrate

    (tmp_path / "data").mkdir()
    engine = make_engine(Settings(data_dir=tmp_path / "data").sql_url, writer=True)
    migrate(engine, tmp_path / "backups")
    engine.dispose()
    effects = counted(tmp_path, ["claim-held"])
    assert not all(e.counted == e.expected for e in effects)
