"""What runs only where there is a Rasa (`make test-rasa`); the normal run skips it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def rasa_python() -> Path:
    """The Python of Rasa's environment."""
    path = os.environ.get("RASA_PYTHON", "")
    if not path:
        pytest.skip("needs Rasa: make test-rasa")
    return Path(path)
