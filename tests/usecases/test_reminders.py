"""Reminders of lives on a real ledger, with the clock in our hand."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.shop.live import Live
from bot.usecases import following, lives, people, reminders
from tests.usecases.market import NOW, Market, seller_account

HOST = seller_account("t:x", "x")
HOUR, DAY = 3600, 24 * 3600
EIGHT = NOW + DAY + 11 * HOUR
"""20:00 tomorrow."""
EVENING, SOON = NOW + 10 * HOUR, EIGHT - 15 * 60
NIGHT = NOW + 14 * HOUR


def named(seller: str) -> str:
    return f"Nhà {seller}"


@dataclass
class Shop:
    """Lives of seller x and who asked to be told of them; `got` is what each was sent."""

    market: Market
    now: int = NOW
    got: list[tuple[str, str]] = field(default_factory=list)

    async def put(self, command):  # type: ignore[no-untyped-def]
        return await self.market.ledger.put(command)

    async def plan(self, starts_at: int = EIGHT, id_: str = "l1") -> Live:
        plan = lives.Plan(id_, "x", starts_at)
        return await self.put(lambda b: lives.plan(b, plan, HOST, self.now))

    async def follow(self, person: str, live: str = "") -> None:
        await self.put(lambda b: following.follow(b, person, "x", "vi", self.now, live))

    async def at(self, now: int) -> list[tuple[str, str]]:
        """The clock stands at this moment: what is due is written, and what may go is sent."""
        self.now = now
        await self.put(lambda b: reminders.tell_due(b, named, 3, now))
        outbox, went = self.market.outbox, []
        for due in await outbox.lease(now, 100, ["reminder"]):
            held = await outbox.intend(due, now)
            if held:
                await outbox.finish(held, "sent", now)
                said = due.letter.say.id.removeprefix("live-").removesuffix("-bare")
                went.append((due.letter.to, said))
        self.got += went
        return sorted(went)

    async def move(self, starts_at: int) -> None:
        def command(books):  # type: ignore[no-untyped-def]
            lives.move(books, "l1", starts_at, HOST, self.now)
            reminders.moved(books, "l1", named, self.now)

        await self.put(command)

    async def cancel(self) -> None:
        def command(books):  # type: ignore[no-untyped-def]
            lives.cancel(books, "l1", HOST, self.now)
            reminders.called_off(books, "l1", named, self.now)

        await self.put(command)


@pytest.fixture
def shop(market: Market) -> Shop:
    return Shop(market)


async def test_the_three_of_a_live_each_once(shop: Shop) -> None:
    await shop.plan()
    await shop.follow("t:1")
    assert await shop.at(EVENING) == [("t:1", "reminder-evening")]
    assert await shop.at(EVENING + 60) == []
    assert await shop.at(NIGHT) == []
    assert await shop.at(SOON) == [("t:1", "reminder-soon")]
    await shop.put(lambda b: lives.start(b, "l1", HOST, EIGHT))
    assert await shop.at(EIGHT + 5) == [("t:1", "reminder-air")]
    assert await shop.at(EIGHT + 50 * 60) == []


async def test_a_clock_that_jumps_back_and_restarts_tell_nobody_twice(shop: Shop) -> None:
    await shop.plan()
    await shop.follow("t:1")
    for now in (EVENING, EVENING - 1800, EVENING + 1800, SOON, EVENING, SOON + 60):
        await shop.at(now)
    assert shop.got == [("t:1", "reminder-evening"), ("t:1", "reminder-soon")]


async def test_a_shop_that_was_off_drops_what_is_of_no_use_any_more_and_nothing_else(
    shop: Shop,
) -> None:
    """Off from before the evening before until five minutes before the live."""
    await shop.plan()
    await shop.follow("t:1")
    assert await shop.at(EIGHT - 300) == [("t:1", "reminder-soon")]
    await shop.put(lambda b: lives.start(b, "l1", HOST, EIGHT))
    assert await shop.at(EIGHT + 40 * 60) == [("t:1", "reminder-air")]


async def test_a_reminder_written_and_not_sent_in_time_is_not_sent(shop: Shop) -> None:
    await shop.plan()
    await shop.follow("t:1")
    await shop.put(lambda b: reminders.tell_due(b, named, 3, SOON))
    outbox = shop.market.outbox
    (due,) = await outbox.lease(SOON, 10, ["reminder"])
    assert await outbox.intend(due, EIGHT + 60) is None


async def test_who_follows_only_one_live_is_told_of_that_one(shop: Shop) -> None:
    await shop.plan()
    await shop.plan(EIGHT + HOUR, "l2")
    await shop.follow("t:1", "l2")
    await shop.follow("t:1", "l2")
    assert await shop.at(EVENING) == [("t:1", "reminder-evening")]
    assert await shop.at(SOON) == []
    assert await shop.at(SOON + HOUR) == [("t:1", "reminder-soon")]


async def test_who_stopped_gets_nothing_even_of_what_waits(shop: Shop) -> None:
    await shop.plan()
    await shop.follow("t:1")
    await shop.follow("t:2")
    await shop.put(lambda b: reminders.tell_due(b, named, 3, EVENING))
    await shop.put(lambda b: following.unfollow(b, "t:1", "x"))
    await shop.put(lambda b: people.stop_reminders(b, "t:2"))
    assert await shop.at(EVENING + 5) == []
    assert await shop.at(SOON) == []


async def test_the_seller_is_not_reminded_of_herself(shop: Shop) -> None:
    await shop.plan()
    await shop.follow("t:x")
    assert await shop.at(EVENING) == []


async def test_goods_are_named_if_there_are_any(shop: Shop) -> None:
    await shop.plan()
    live = await shop.put(lambda b: b.live("l1"))

    def said(books):  # type: ignore[no-untyped-def]
        return reminders.reminder(books, live, "soon", named)

    assert (await shop.put(said)).id == "live-reminder-soon-bare"
    await shop.put(lambda b: lives.put_on_air(b, "l1", "a", HOST, NOW))
    told = await shop.put(said)
    assert told.id == "live-reminder-soon"
    assert told.fields["goods"].items == ("a",)


# moved, called off


async def test_a_moved_live_is_told_once_to_those_who_know_the_old_hour(shop: Shop) -> None:
    await shop.plan()
    await shop.follow("t:1")
    await shop.at(EVENING)
    await shop.follow("t:new")
    await shop.follow("t:one", "l1")
    await shop.move(EIGHT + HOUR)
    await shop.move(EIGHT + HOUR)
    assert await shop.at(EVENING + 60) == [
        ("t:1", "moved"),
        ("t:new", "reminder-evening"),
        ("t:one", "moved"),
    ]
    assert await shop.at(SOON + HOUR) == [
        (who, "reminder-soon") for who in ("t:1", "t:new", "t:one")
    ]


async def test_a_live_moved_before_anybody_heard_of_it_needs_no_word(shop: Shop) -> None:
    await shop.plan()
    await shop.follow("t:1")
    await shop.move(EIGHT + HOUR)
    assert await shop.at(NOW + 60) == []
    assert await shop.at(EVENING) == [("t:1", "reminder-evening")]


async def test_a_live_called_off_at_night_is_told_in_the_morning_and_letters_go(
    shop: Shop,
) -> None:
    await shop.plan()
    await shop.follow("t:1")
    await shop.at(EVENING)
    shop.now = NIGHT
    await shop.cancel()
    await shop.cancel()
    assert await shop.at(NIGHT + 60) == []
    assert await shop.at(NOW + 22 * HOUR) == [("t:1", "cancelled")]
    assert await shop.at(SOON) == []
    assert await shop.market.records.read(lambda b: following.is_following(b, "t:1", "x"))


# the few of a day


async def test_of_the_few_a_day_on_air_and_a_quarter_before_come_first(shop: Shop) -> None:
    """Lives at 10, 15 and 20 today: the evening word about tomorrow gives way."""
    await shop.follow("t:1")
    today = {"l1": NOW + HOUR, "l2": NOW + 6 * HOUR, "l3": NOW + 11 * HOUR, "l4": EIGHT}
    for id_, starts in today.items():
        await shop.plan(starts, id_)
    went: list[tuple[str, str]] = []
    for now in range(NOW, NOW + 13 * HOUR, 5 * 60):
        for id_, starts in today.items():
            if starts <= now < starts + 300:
                await shop.put(lambda b, i=id_, at=now: lives.start(b, i, HOST, at))
        went += await shop.at(now)
    assert len(went) == 3
    assert [what for _, what in went].count("reminder-air") >= 2


async def test_a_preview_says_when_each_word_goes(shop: Shop) -> None:
    live = await shop.plan()
    when = await shop.market.records.read(lambda b: reminders.preview(b, live, NOW))
    assert when == {"evening": EVENING, "soon": SOON, "air": EIGHT}
    late = await shop.market.records.read(lambda b: reminders.preview(b, live, SOON - 60))
    assert late == {"evening": 0, "soon": SOON, "air": EIGHT}
