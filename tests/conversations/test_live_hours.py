"""Hours she is offered for a live: most people's at first, then those that sold best for her."""

from __future__ import annotations

from bot.shop.hours import local
from bot.usecases import lives
from tests.conversations import lives_customer as c
from tests.conversations.stage import LAI_CHAU, Stage


async def offered(stage: Stage) -> list[int]:
    """Hours of the day, as /henlive offers them."""
    got = await stage.say(LAI_CHAU, "/henlive")
    assert got["id"] == "live-when", got
    moments = [x["id"].removeprefix("lv:") for x in got["choices"] if x["id"].startswith("lv:")]
    return [local(int(at)).hour for at in moments]


async def sold_at(stage: Stage, day: str, hour: str) -> None:
    """A live of an hour in which one customer claims and orders, and gets her yes."""
    await stage.play(now=f"2026-11-{day}T{hour}:00+07:00")
    live = await c.on_air(stage, c.ROOT, id_=f"live0000{day}")
    held = await stage.say(f"an{day}", "chốt A1 2kg")
    await stage.tap(f"an{day}", c.choice(held, "cy:"))
    await stage.tap(f"an{day}", "co")
    await stage.fill_form(f"an{day}", f"09123456{day}")
    assert (await stage.say(f"an{day}", "1"))["id"] == "placed"
    code = (await stage.rows("orders"))[-1]["code"]
    await stage.tap(LAI_CHAU, f"so:{code}:confirm")
    await stage.play(now=f"2026-11-{day}T{int(hour) + 1}:00+07:00")
    await c.do(stage, lives.end, live)


async def test_after_three_lives_her_own_hour_is_among_them(stage: Stage) -> None:
    await stage.play(now="2026-11-10T08:00+07:00")
    assert await offered(stage) == [10, 20, 21, 10]
    for day in ("11", "12"):
        await sold_at(stage, day, "15")
    await stage.play(now="2026-11-13T08:00+07:00")
    assert 15 not in await offered(stage), "two are chance"
    await sold_at(stage, "13", "15")
    await stage.play(now="2026-11-14T08:00+07:00")
    assert await offered(stage) == [10, 15, 20, 10]
