"""Whether a page of a person listens, as every process on the same Redis sees it."""

from __future__ import annotations

from contextlib import aclosing

from tests.stores.test_sessions import ANNA, redis_sessions


async def test_a_page_is_seen_from_another_process(shared_url: str) -> None:
    async with redis_sessions(shared_url) as (web, _), redis_sessions(shared_url) as (worker, _):
        assert not await worker.is_heard(ANNA)
        async with aclosing(web.listen(ANNA)):  # type: ignore[type-var]
            await web.replay(ANNA, 0)
            assert await worker.is_heard(ANNA)
            assert not await worker.is_heard("web:binh")
        listener = web.listen("web:binh")
        await web.replay("web:binh", 0)  # by then the one before has been given up
        assert not await worker.is_heard(ANNA)
        await listener.aclose()  # type: ignore[attr-defined]
