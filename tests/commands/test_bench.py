"""`bench turns` counts what really happened and says so. Nothing here is about how fast it was."""

from __future__ import annotations

import asyncio
import json
import os
import time

import pytest

from bot.commands.bench import measure
from bot.commands.bench_driver import ECHO, FLOW, Phase, chosen
from bot.commands.bench_people import Line, Stuck, WebPerson
from bot.commands.bench_report import Effect, Figure, Report, figure_of, print_report
from bot.commands.bench_servers import cpu_seconds, rss_mb, seconds_of
from bot.settings import Settings

KINDS = (
    "web tap", "web order", "web text", "telegram tap", "telegram order", "telegram text",
    "echo tap",
)  # fmt: skip


@pytest.fixture(scope="module")
def tiny() -> Report:
    """Three people at two talks at once, and one to warm up, on each path."""
    return asyncio.run(
        measure(
            Settings(models_dir=os.environ["MODELS_DIR"]), people=3, talks=2, rounds=1, warm_up=1
        )
    )


def test_every_message_press_and_order_is_counted(tiny: Report) -> None:
    presses = sum(step.group != "text" for step in FLOW)
    expected = {
        "web messages": 4 * len(FLOW),
        "web messages beyond those": 0,
        "web orders in SQL": 4,
        "telegram messages": 4 * len(FLOW),
        "telegram presses": 4 * presses,
        "telegram orders in SQL": 4,
        "echo messages": 4 * len(ECHO),
        "echo presses": 4 * len(ECHO),
    }
    assert tiny.stuck == []
    assert {e.what: e.expected for e in tiny.effects} == expected
    assert {e.what: e.counted for e in tiny.effects} == expected
    assert tiny.right


def test_the_turns_of_the_warm_up_are_not_in_the_figures(tiny: Report) -> None:
    per_person = {kind: sum(s.group == kind for s in FLOW) for kind in ("tap", "order", "text")}
    for kind in KINDS[:6]:
        assert tiny.figures[kind].turns == 3 * per_person[kind.split()[1]]
    assert tiny.figures["echo tap"].turns == 3 * len(ECHO)


def test_the_line_of_json_has_the_promised_fields(
    tiny: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    print_report(tiny, as_json=True)
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert "telegram tap" in said.err
    assert set(told["turns"]) == set(KINDS)
    for figure in told["turns"].values():
        assert set(figure) == {"turns", "cpu_ms", "p50_ms", "p99_ms"}
        assert all(value > 0 for value in figure.values())
    assert set(told["ratios"]) == {"echo_to_web", "telegram_to_echo"}
    assert set(told["memory_mb"]) == {"web", "telegram", "echo"}
    assert told["effects"]["web orders in SQL"] == [4, 4]
    assert told["talks"] == 2
    assert "Python" in told["machine"]
    assert told["right"] is True


def test_the_table_names_every_kind_of_turn(
    tiny: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    print_report(tiny, as_json=False)
    told = capsys.readouterr().out
    for kind in KINDS:
        assert kind in told
    assert "web orders in SQL: 4 of 4 ok" in told
    assert "WRONG" not in told


def _report(*effects: Effect, stuck: list[str]) -> Report:
    figure = Figure(1, 1.0, 1.0, 1.0)
    return Report(1, 1, dict.fromkeys(KINDS, figure), list(effects), stuck)


def test_a_lost_order_or_a_stuck_person_is_not_right() -> None:
    good = Effect("orders", 3, 3)
    assert _report(good, stuck=[]).right
    assert not _report(good, Effect("messages", 3, 2), stuck=[]).right
    assert not _report(good, Effect("messages", 3, 4), stuck=[]).right
    assert not _report(good, stuck=["7: no cart"]).right


def test_wrong_effects_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    print_report(_report(Effect("orders", 3, 2), stuck=["7: no [cart]"]), as_json=False)
    told = capsys.readouterr().out
    assert "orders: 2 of 3 WRONG" in told
    assert "7: no [cart]" in told


def test_what_nobody_reached_is_null(capsys: pytest.CaptureFixture[str]) -> None:
    report = _report(stuck=["0: no m"])
    report.figures["web tap"] = figure_of([Phase("tap", 0.1, [])])
    print_report(report, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["turns"]["web tap"] == {"turns": 0, "cpu_ms": None, "p50_ms": None, "p99_ms": None}
    assert told["ratios"]["echo_to_web"] is None
    assert told["right"] is False


async def test_a_broken_line_leaves_the_person_stuck() -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    line = await Line.open(server.sockets[0].getsockname()[1])
    with pytest.raises(Stuck, match="the line broke"):
        await line.post(b"POST / HTTP/1.1\r\n", b"{}")
    line.close()
    server.close()
    await server.wait_closed()


def test_ratios_and_verdicts(capsys: pytest.CaptureFixture[str]) -> None:
    report = _report(stuck=[])
    report.figures |= {
        "web tap": Figure(1, 0.2, 1, 1),
        "telegram tap": Figure(1, 1.2, 1, 1),
        "echo tap": Figure(1, 1.0, 1, 1),
    }
    assert report.ratios() == pytest.approx({"echo_to_web": 5.0, "telegram_to_echo": 1.2})
    print_report(report, as_json=False)
    told = capsys.readouterr().out
    assert "echo tap / web tap = 5.00, at least 4: kept" in told
    assert "telegram tap / echo tap = 1.20, at most 1: NOT KEPT" in told


def test_a_figure_is_the_median_of_the_rounds() -> None:
    phases = [Phase("tap", cpu, [0.004, 0.002]) for cpu in (0.2, 0.4, 9.0)]
    assert figure_of(phases) == Figure(6, pytest.approx(200), pytest.approx(3), pytest.approx(4))


def test_only_a_shown_choice_is_tapped() -> None:
    person = WebPerson(4, "host", [], choices=["back", "p:a", "p:b", "p:c", "pv:1"])
    assert chosen(person, "p:") == "p:b"
    assert chosen(person, "back") == "back"
    with pytest.raises(Stuck, match="no cart among"):
        chosen(person, "cart")


def test_processor_time_and_memory_of_a_process_are_read() -> None:
    before = cpu_seconds(os.getpid())
    begun = time.process_time()
    sum(range(2_000_000))
    spent = time.process_time() - begun
    assert cpu_seconds(os.getpid()) - before >= spent
    assert rss_mb(os.getpid()) > 10


@pytest.mark.parametrize(
    ("clock", "seconds"), [("0:01.25", 1.25), ("1:02:03", 3723), ("2-00:00:01", 172801)]
)
def test_clocks_of_ps(clock: str, seconds: float) -> None:
    assert seconds_of(clock) == seconds


def test_the_flow_is_a_whole_purchase() -> None:
    assert FLOW[-2].shows == "placed"
    assert FLOW[-1].shows == "orders"
