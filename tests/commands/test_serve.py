"""The end of a shop: every job stops, whatever it was doing."""

from __future__ import annotations

import asyncio

from bot.commands.serve import _ended


async def test_a_job_that_missed_the_first_cancellation_is_told_again() -> None:
    """As `asyncio.wait_for` does before Python 3.12 when what it waited for comes just then."""
    missed: list[int] = []

    async def deaf() -> None:
        while True:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                missed.append(1)
                if len(missed) > 2:
                    raise

    async def done() -> None: ...

    tasks = {asyncio.ensure_future(job()) for job in (deaf, done)}
    await asyncio.sleep(0)
    await asyncio.wait_for(_ended({*tasks}, patience=0.01), 20)
    assert all(task.done() for task in tasks)
    assert len(missed) == 3
