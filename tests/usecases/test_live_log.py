"""The log of a live as a table: in order, in words, and without anybody's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.usecases import live_log
from tests.usecases.live import LIVE, Evening
from tests.usecases.market import open_market


def words(id_: str) -> str:
    return f"<{id_}>"


@pytest.fixture
async def log(tmp_path: Path) -> list[list[live_log.Cell]]:
    """Of a live with one claim that was confirmed."""
    async with open_market(tmp_path / "shop.db") as market:
        evening = Evening(market)
        live = await evening.open()
        made = await evening.claim("web:an", "A1", 2)
        await evening.confirm(made.claim)
        table: list[list[live_log.Cell]] = await market.records.read(
            lambda b: live_log.table(b, live, words)
        )
        return table


async def test_heads_then_what_happened(log: list[list[live_log.Cell]]) -> None:
    assert log[0] == [words(f"live-log-{c}") for c in live_log.COLUMNS]
    what = live_log.COLUMNS.index("what")
    assert [str(row[what]).split(">")[0] for row in log[1:]][-2:] == [
        "<live-note-claimed",
        "<live-note-confirmed",
    ]
    assert str(log[1][what]).startswith("<live-note-planned> 20"), (
        "with the hour it was planned for"
    )


async def test_a_claim_has_its_number_code_amount_and_money(
    log: list[list[live_log.Cell]],
) -> None:
    row = dict(zip(live_log.COLUMNS, log[-1], strict=True))
    assert (row["number"], row["code"], row["amount"], row["unit"]) == (1, "A1", 2_000, "g")
    assert row["goods"]
    assert isinstance(row["money"], int)
    assert row["money"] > 0


async def test_it_names_nobody(log: list[list[live_log.Cell]]) -> None:
    cells = [str(cell) for row in log for cell in row]
    assert not any("web:an" in cell or LIVE in cell for cell in cells)
