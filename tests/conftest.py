"""What every test shares: one folder of learned models, so that the examples are learned once, and
the garbage collector's passes as a shop that serves has them.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from bot.commands.serve import GC_PASSES

gc.set_threshold(*GC_PASSES)


@pytest.fixture(autouse=True, scope="session")
def models_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Shared by all workers of a run, and by the processes tests start."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "models"
    os.environ["MODELS_DIR"] = str(folder)
    return folder
