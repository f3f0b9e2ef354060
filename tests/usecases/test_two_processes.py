"""Two processes on one database: five units stay five."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.usecases.market import Market, open_market

pytestmark = pytest.mark.parametrize("market", ["sqlite"], indirect=True)

BUYERS = """
import asyncio, json, sys
from pathlib import Path
from bot.shop.problems import SoldOut
from tests.usecases.market import open_market

async def main(path, name):
    async with open_market(Path(path)) as market:
        wishes = [market.checkout(f"{name}{i}", {"a": 1}) for i in range(20)]
        sys.stdin.readline()
        made = await asyncio.gather(*(market.place(w) for w in wishes), return_exceptions=True)
        sold_out = sum(isinstance(m, SoldOut) for m in made)
        print(json.dumps([sum(isinstance(m, tuple) for m in made), sold_out]))

asyncio.run(main(*sys.argv[1:]))
"""


def _buyers(path: Path, name: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", BUYERS, str(path), name],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.fixture
async def path(market: Market, tmp_path: Path) -> Path:
    return tmp_path / "shop.db"


async def test_two_processes_never_oversell(path: Path) -> None:
    processes = [_buyers(path, name) for name in ("p", "q")]
    outs = []
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        out, _ = process.communicate(timeout=60)
        outs.append(json.loads(out.splitlines()[-1]))
    assert sum(o[0] for o in outs) == 5
    assert sum(o[1] for o in outs) == 35
    async with open_market(path) as market:
        assert (await market.lot_sums())["a"] == (5_000, 0, 5_000, 0)


async def test_the_other_process_sees_what_was_sold(market: Market, tmp_path: Path) -> None:
    async with open_market(tmp_path / "shop.db") as other:
        await market.place(market.checkout("p", {"a": 2}))
        other.shelf.refresh()
        assert other.shelf.level("a").free == 3_000
