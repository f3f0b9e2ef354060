"""The real shop for a real browser: `python -m bot run` in a folder of its own."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests import empty_shop

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
LINK = re.compile(r"/s/[\w-]{10,}")


@dataclass(frozen=True)
class RealShop:
    """Where it can be reached, and the one-time links its sellers were given at start."""

    url: str
    seller_links: tuple[str, ...]


@asynccontextmanager
async def run_shop(folder: Path, port: str = "0") -> AsyncIterator[RealShop]:
    """Start it, read what it says at start, and stop it as the terminal would."""
    env = {**os.environ, "DATA_DIR": str(folder), "HOST": "127.0.0.1", "PORT": port}
    env.pop("TELEGRAM_TOKEN", None)
    await asyncio.to_thread(empty_shop.fill, folder)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=env, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        said = "".join([(await process.stdout.readline()).decode() for _ in range(4)])
        found = ADDRESS.search(said)
        assert found, said
        yield RealShop(found[0], tuple(LINK.findall(said)))
    finally:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), 30)
        except TimeoutError:
            process.kill()
            raise


class Chat:
    """A person with the page open."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def newest(self) -> Locator:
        return self.page.locator("#log article.shop").last

    async def sees(self, message_id: str, seconds: float = 10) -> None:
        """The newest message of the shop becomes this one."""
        await expect(self.newest).to_have_attribute("data-id", message_id, timeout=seconds * 1000)

    async def got(self, message_id: str, seconds: float = 10) -> None:
        """A message like this one is somewhere in the talk."""
        wanted = self.page.locator(f'#log article[data-id="{message_id}"]').last
        await expect(wanted).to_be_attached(timeout=seconds * 1000)

    async def type(self, text: str) -> None:
        await self.page.locator("#text").fill(text)
        await self.page.locator("#text").press("Enter")

    async def press(self, starts: str, ends: str = "") -> None:
        """Press the first button of the newest menu whose id starts and ends so."""
        wanted = f'.menu.now .choice[data-id^="{starts}"]'
        wanted += f'[data-id$="{ends}"]' if ends else ""
        await self.page.locator(wanted).first.click()

    async def shot(self, name: str) -> None:
        """Keep a picture of the screen when PICTURES names a folder."""
        if folder := os.environ.get("PICTURES"):
            await self.page.wait_for_timeout(1500)
            await self.page.screenshot(path=Path(folder) / f"chat-{name}.png")

    async def text(self) -> str:
        return await self.newest.inner_text()
