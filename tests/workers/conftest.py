"""The outbox on SQLite; on PostgreSQL too where TEST_DATABASE_URL names an empty database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.usecases.market import DATABASES, open_market, url_of
from tests.workers.post import Post


@pytest.fixture(params=DATABASES)
async def post(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Post]:
    async with open_market(tmp_path / "shop.db", url_of(request.param)) as market:
        yield Post(market)
