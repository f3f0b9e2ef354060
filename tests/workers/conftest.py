"""The outbox on SQLite; on PostgreSQL too where TEST_DATABASE_URL names an empty database."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.stores.sql.engine import make_engine
from tests.usecases.market import open_market
from tests.workers.post import Post

POSTGRES = os.environ.get("TEST_DATABASE_URL", "")


def _emptied(url: str) -> str:
    engine = make_engine(url, writer=False)
    with engine.begin() as conn:
        conn.execute(text("DROP SCHEMA public CASCADE"))
        conn.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url


@pytest.fixture(params=["sqlite", "postgresql"] if POSTGRES else ["sqlite"])
async def post(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Post]:
    url = _emptied(POSTGRES) if request.param == "postgresql" else ""
    async with open_market(tmp_path / "shop.db", url) as market:
        yield Post(market)
