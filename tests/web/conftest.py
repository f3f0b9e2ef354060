"""A small shop on a real port, and a browser that is only an HTTP client."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, CookieJar

from tests.web.small_shop import SmallShop, serve


@pytest.fixture
async def shop() -> AsyncIterator[SmallShop]:
    async with serve(SmallShop()) as opened:
        yield opened


@pytest.fixture
async def client(shop: SmallShop) -> AsyncIterator[ClientSession]:
    """Keeps cookies, as a browser does, and is at the shop already."""
    async with ClientSession(shop.url, cookie_jar=CookieJar(unsafe=True)) as session:
        yield session
