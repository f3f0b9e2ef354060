"""Two processes take claims in one live at once: one row of numbers, nothing twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.shop.claim import HOLDING
from tests.usecases.live import LIVE, Evening
from tests.usecases.market import Market, open_market

pytestmark = pytest.mark.parametrize("market", ["sqlite"], indirect=True)
EACH = 40

CLAIMANTS = """
import asyncio, sys
from pathlib import Path
from bot.usecases import claims
from tests.usecases.live import LIVE, pick_of
from tests.usecases.market import NOW, open_market

async def main(path, name):
    async with open_market(Path(path)) as market:
        wishes = [
            claims.Wish(f"c-{name}{n:09d}", LIVE, "A1", pick_of("A1", 1), f"t:{name}{n}")
            for n in range(int(sys.argv[3]))
        ]
        sys.stdin.readline()
        await asyncio.gather(
            *(market.ledger.put(lambda b, w=w: claims.claim(b, w, NOW), w.reads) for w in wishes)
        )
        print("done")

asyncio.run(main(*sys.argv[1:3]))
"""


def _claimants(path: Path, name: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", CLAIMANTS, str(path), name, str(EACH)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


async def test_one_row_of_numbers_and_nothing_twice(market: Market, tmp_path: Path) -> None:
    evening = Evening(market)
    await evening.open()
    processes = [_claimants(tmp_path / "shop.db", name) for name in ("p", "q")]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        out, _ = process.communicate(timeout=60)
        assert out.splitlines()[-1] == "done"
    async with open_market(tmp_path / "shop.db") as again:
        found = await again.records.read(lambda b: b.claims_in(LIVE))
        assert [c.number for c in found] == list(range(1, 2 * EACH + 1))
        assert [c.state in HOLDING for c in found] == [n < 5 for n in range(2 * EACH)]
        assert (await again.lot_sums())["a"] == (5_000, 0, 5_000, 0)
        assert {c.person[2] for c in found} == {"p", "q"}
