"""A real browser: an installed Chrome or Chromium, or Debian's where it may be installed.

A missing browser is said loudly on a developer's machine and is a failure in CI.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import cache

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@cache
def chromium() -> str:
    """Path of a browser, empty if there is none and none may be installed."""
    found = next((path for name in NAMES if (path := shutil.which(name))), "")
    if found or not _may_install():
        return found
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=True)
    return shutil.which("chromium") or ""


def _may_install() -> bool:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return bool(os.environ.get("CI")) and root and shutil.which("apt-get") is not None


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    path = chromium()
    if not path and os.environ.get("CI"):
        pytest.fail("CI needs Chrome or Chromium")
    if not path:
        sys.stderr.write("\n!!! Không có Chrome hay Chromium: bỏ qua kiểm thử trang chat !!!\n")
        pytest.skip("no Chrome or Chromium installed: apt install chromium")
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield opened
        with suppress(TimeoutError):  # else the driver ends it when it goes itself
            await asyncio.wait_for(opened.close(), 20)
