from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.channels.web.push_service import PushService, open_service


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with open_service() as opened:
        yield opened
