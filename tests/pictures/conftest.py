"""A workshop as the shop has it."""

from __future__ import annotations

import pytest

from bot.pictures.workshop import Workshop


@pytest.fixture
def workshop() -> Workshop:
    return Workshop()
