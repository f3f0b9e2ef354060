"""The web process is killed while people claim; each sends again, as the page does, and is told
what stands.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from pathlib import Path
from uuid import uuid4

from bot.commands.bench_live import Claimant, Crowd
from bot.commands.bench_live_report import counted
from bot.commands.bench_live_shop import founded, settings_of
from bot.commands.bench_people import WebPerson
from bot.commands.bench_servers import Server, release, serve
from bot.settings import Settings

PEOPLE = 60
KILOS = 3


def crowd(server: Server, before: Crowd | None = None) -> Crowd:
    """The same people, on the port the shop has now."""
    host = f"127.0.0.1:{server.port}"
    if before is None:
        people = [WebPerson(n, host, []) for n in range(PEOPLE)]
        return Crowd(server, [Claimant(p, f"A1 {KILOS}kg", 0.0, twice=False) for p in people])
    for one in before.people:
        one.person.host = host
    return Crowd(server, before.people)


async def test_kill_nine_in_the_middle_of_claims(tmp_path: Path) -> None:
    settings = Settings(models_dir=os.environ["MODELS_DIR"])
    env = await release(settings, tmp_path)
    async with founded(settings_of(env, tmp_path / "data")):
        pass
    server = await serve(tmp_path, env)
    first = crowd(server)
    await first.come()
    events = {one.person.number: str(uuid4()) for one in first.people}

    async def claim(them: Crowd, some: slice = slice(None)) -> None:
        await asyncio.gather(
            *(them.say(one, one.words, events[one.person.number]) for one in them.people[some])
        )

    await claim(first, slice(PEOPLE // 3))
    sending = asyncio.create_task(claim(first, slice(PEOPLE // 3, None)))
    await asyncio.sleep(0.01)
    server.process.kill()
    await server.process.wait()
    await sending
    first.close()
    assert first.stuck, "nobody noticed"

    server = await serve(tmp_path, env)
    try:
        second = crowd(server, first)
        await second.open()
        async with asyncio.timeout(40):
            while True:  # as the page: a turn that died with the process is locked for a while
                second.stuck.clear()
                await claim(second)
                if not second.stuck:
                    break
                await asyncio.sleep(0.5)
        second.close()
    finally:
        await server.stop()
    shown = [one.person.shown for one in second.people]
    assert Counter(shown) == {"claim-held": PEOPLE}
    effects = {e.what: (e.counted, e.expected) for e in counted(tmp_path, shown)}
    assert effects["claims"] == (PEOPLE, PEOPLE)
    assert effects["claimants"] == (PEOPLE, PEOPLE)
    assert effects["numbers, 1 to the last"] == (PEOPLE, PEOPLE)
    assert effects["grams held"] == (PEOPLE * KILOS * 1000, PEOPLE * KILOS * 1000)
