"""What `python -m bot rasa` and `python -m bot export rasa` do; refusals are told in one place."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from bot.commands.bench_rasa import bench_rasa
from bot.commands.rasa_export import CannotExport, export_rasa
from bot.commands.rasa_server import RasaFailed, serve_rasa
from bot.settings import Settings


def export(settings: Settings, to: Path) -> int:
    """Write what Rasa learns from into a folder; the exit code."""
    return _told(lambda: print(to, export_rasa(settings, to)))


def serve(settings: Settings, python: Path, config: str, port: int) -> int:
    """Train if need be and become the server; comes back only with an exit code for a failure."""
    return _told(lambda: serve_rasa(settings, python, config, port))


def compare(settings: Settings, python: Path, config: str, *, as_json: bool) -> int:
    """Print figures with and without Rasa; the exit code."""
    codes: list[int] = []
    failed = _told(lambda: codes.append(bench_rasa(settings, python, config, as_json=as_json)))
    return failed or codes[0]


def _told(run: Callable[[], object]) -> int:
    try:
        run()
    except (CannotExport, RasaFailed) as error:
        print(error, file=sys.stderr)
        return 1
    return 0
