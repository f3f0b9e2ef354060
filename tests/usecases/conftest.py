from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.usecases.market import DATABASES, Market, open_market, url_of


@pytest.fixture(params=DATABASES)
async def market(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Market]:
    async with open_market(tmp_path / "shop.db", url_of(request.param)) as opened:
        yield opened
