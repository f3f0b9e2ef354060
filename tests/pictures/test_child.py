"""The child: it has limits and no secrets, and whatever becomes of it the shop goes on."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from bot.pictures import hired
from bot.pictures.workshop import Workshop
from bot.shop.media_problems import NotAPhoto, NotDrawn
from bot.shop.pictures import Chart, Row
from tests.pictures.makers import photo
from tests.source import ROOT

HEAVY = {"PIL", "av", "segno", "font_roboto", "numpy", "bot.pictures.photo"}
CHART = Chart("Hôm nay", (Row("Na", "80.000đ", 80_000),))


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_who_asks_loads_nothing_heavy() -> None:
    """The web process has a budget of memory; Pillow and FFmpeg are not in it."""
    code = """
import asyncio, sys
from bot.pictures.workshop import Workshop
from bot.shop.pictures import Chart
asyncio.run(Workshop().chart(Chart("x", ())))
print(*(name for name in sys.modules))
"""
    done = run(code)
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) & HEAVY == set()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to this limit")
def test_it_cannot_fill_the_memory() -> None:
    done = run("from bot.pictures.child import limit\nlimit()\nbytearray(2 << 30)")
    assert "MemoryError" in done.stderr


def test_it_is_told_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET", "TELEGRAM_TOKEN", "DATABASE_URL", "REDIS_URL"):
        monkeypatch.setenv(name, "hidden")
    told = hired._environment("/nowhere")
    assert "hidden" not in told.values()
    assert set(told) <= {*hired.NEEDED, "PYTHONPATH", "TMPDIR", "PYTHONUTF8"}


async def test_a_crash_is_a_refusal_and_the_next_job_is_done(workshop: Workshop) -> None:
    with pytest.raises(hired.ChildFailed, match="KeyError in"):
        await hired.ask("juggle", b"", 30)
    for n in (10**400, 2**63 - 1):
        with pytest.raises(NotDrawn):
            await workshop.chart(Chart("x", (Row("a", "1", n),) * 61))
    assert await workshop.chart(CHART)


async def test_its_own_words_are_not_in_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(hired.ChildFailed) as failed:
        await hired.ask("chart", b"\xa5nha 5", 30)
    assert "nha" not in str(failed.value) + capsys.readouterr().err


async def test_out_of_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is ended, it is waited for, and its folder is gone."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    started: list[asyncio.subprocess.Process] = []
    start = asyncio.create_subprocess_exec

    async def noted(*args: object, **how: object) -> asyncio.subprocess.Process:
        started.append(await start(*args, **how))  # type: ignore[arg-type]
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    with pytest.raises(NotAPhoto):
        await Workshop(seconds=0.001).clean_photo(photo())
    assert [child.returncode for child in started] == [-9]
    with pytest.raises(ProcessLookupError):
        os.kill(started[0].pid, 0)
    assert list(tmp_path.iterdir()) == []


async def test_whoever_stops_waiting_leaves_no_child(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    job = asyncio.create_task(Workshop().clean_photo(photo()))
    while not list(tmp_path.iterdir()):
        await asyncio.sleep(0)
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    assert list(tmp_path.iterdir()) == []


async def test_two_at_once_and_the_others_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    working: set[int] = set()
    most: list[int] = []
    ask = hired.ask

    async def counted(verb: str, asked: bytes, seconds: float) -> bytes:
        me = len(most)
        working.add(me)
        most.append(len(working))
        try:
            return await ask(verb, asked, seconds)
        finally:
            working.discard(me)

    monkeypatch.setattr(hired, "ask", counted)
    workshop = Workshop()
    made = await asyncio.gather(*(workshop.chart(CHART) for _ in range(6)))
    assert len(set(made)) == 1, "the same picture every time"
    assert max(most) == 2
