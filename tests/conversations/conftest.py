from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conversations.recorder import Recorder
from tests.conversations.stage import Stage, open_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path / "var") as opened:
        yield opened


@pytest.fixture
async def recorder(stage: Stage, tmp_path: Path) -> Recorder:
    trainer = Recorder(stage, tmp_path)
    await trainer.seat()
    return trainer
