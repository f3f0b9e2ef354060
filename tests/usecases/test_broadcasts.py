"""What a seller tells her followers, on a real ledger: everybody once, nobody who stopped."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.shop.follow import Broadcast, Unreachable
from bot.shop.live_problems import NoSuchBroadcast, NothingToSend
from bot.shop.problems import NotAllowed, NotYourOrder
from bot.shop.roles import Right
from bot.usecases import broadcast_audience, broadcasts, following, people
from bot.usecases.broadcast_audience import Audience
from tests.usecases.market import NOW, Market, seller_account

HOST = seller_account("t:x", "x")
MORNING = 7 * 3600 + (NOW - NOW % 86_400)


def named(seller: str) -> str:
    return f"Nhà {seller}"


@dataclass
class Shop:
    """Followers of seller x, and what she sends them."""

    market: Market
    now: int = NOW

    async def put(self, command):  # type: ignore[no-untyped-def]
        return await self.market.ledger.put(command)

    async def followed_by(self, *names: str, lang: str = "vi") -> None:
        for name in names:
            await self.put(lambda b, n=name: following.follow(b, n, "x", lang, self.now))

    async def draft(self, words: str = "mai có thịt", **more: object) -> Broadcast:
        wish = Broadcast("b1", "x", HOST.id, self.now, "draft", words, **more)  # type: ignore[arg-type]
        return await self.put(lambda b: broadcasts.draft(b, wish, HOST))

    async def send(self) -> Broadcast:
        return await self.put(lambda b: broadcasts.send(b, "b1", HOST, named, self.now))

    async def tick(self, seconds: int = 5) -> int:
        self.now += seconds
        return await self.put(lambda b: broadcasts.go_on(b, named, self.now))

    async def known(self) -> Broadcast:
        found = await self.market.records.read(lambda b: b.broadcast("b1"))
        assert found is not None
        return found

    async def audience(self) -> Audience:
        known = await self.known()
        return await self.market.records.read(
            lambda b: broadcast_audience.audience(b, known, lambda p: "", 3, self.now)
        )

    async def states(self) -> dict[str, str]:
        """What became of everybody's letter."""
        rows = await self.market.records.rows("letters")
        return {r["to"]: r["state"] for r in rows if r["kind"] == "broadcast"}

    async def deliver(self, most: int = 1000) -> list[str]:
        """As a worker would, one after the other; to whom they went."""
        went = []
        for due in await self.market.outbox.lease(self.now, most, ["broadcast"]):
            held = await self.market.outbox.intend(due, self.now)
            if held is not None:
                await self.market.outbox.finish(held, "sent", self.now)
                went.append(due.letter.to)
        return sorted(went)


@pytest.fixture
def shop(market: Market) -> Shop:
    return Shop(market)


async def test_everybody_who_follows_gets_it_once_and_the_seller_hears_when_it_is_over(
    shop: Shop,
) -> None:
    await shop.followed_by("t:1", "t:2", "t:3", "t:x")
    await shop.draft()
    assert (await shop.send()).total == 3
    await shop.send()
    await shop.tick()
    assert await shop.deliver() == ["t:1", "t:2", "t:3"]
    assert await shop.tick() == 1
    assert (await shop.known()).state == "done"
    assert await shop.tick() == 0
    rows = await shop.market.records.rows("letters")
    assert [r["to"] for r in rows if r["once_key"] == "told:b1"] == ["t:x"]


async def test_letters_to_many_are_written_in_parts(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part per command: nobody's claim waits behind twenty thousand letters."""
    monkeypatch.setattr(broadcasts, "AT_ONCE", 2)
    await shop.followed_by(*(f"t:{n}" for n in range(5)))
    await shop.draft()
    assert (await shop.send()).total == 0
    assert len(await shop.states()) == 2
    await shop.tick()
    assert len(await shop.states()) == 4
    assert len(await shop.deliver()) == 4
    assert await shop.tick() == 0
    assert (await shop.known()).total == 5
    assert await shop.deliver() == ["t:4"]


async def test_a_part_killed_on_its_way_is_written_again_without_doubles(shop: Shop) -> None:
    """The state is in SQL: whoever ticks next goes on."""
    await shop.followed_by("t:1", "t:2")
    await shop.draft()

    def killed(books):  # type: ignore[no-untyped-def]
        broadcasts.send(books, "b1", HOST, named, shop.now)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await shop.put(killed)
    assert (await shop.known()).state == "draft"
    assert await shop.states() == {}
    await shop.send()
    assert await shop.deliver() == ["t:1", "t:2"]


async def test_paused_letters_wait_and_stopped_ones_never_go(shop: Shop) -> None:
    await shop.followed_by("t:1", "t:2")
    await shop.draft()
    await shop.send()
    assert await shop.deliver(1) == ["t:1"]
    await shop.put(lambda b: broadcasts.pause(b, "b1", HOST))
    assert await shop.deliver() == []
    assert await shop.tick() == 0
    await shop.put(lambda b: broadcasts.resume(b, "b1", HOST))
    await shop.put(lambda b: broadcasts.stop(b, "b1", HOST, shop.now))
    await shop.put(lambda b: broadcasts.stop(b, "b1", HOST, shop.now))
    assert await shop.deliver() == []
    assert await shop.states() == {"t:1": "sent", "t:2": "stopped"}
    await shop.put(lambda b: broadcasts.resume(b, "b1", HOST))
    assert (await shop.known()).state == "stopped"


async def test_what_a_pause_let_wait_goes_on(shop: Shop) -> None:
    await shop.followed_by("t:1", "t:2")
    await shop.draft()
    await shop.send()
    await shop.put(lambda b: broadcasts.pause(b, "b1", HOST))
    await shop.put(lambda b: broadcasts.pause(b, "b1", HOST))
    await shop.put(lambda b: broadcasts.resume(b, "b1", HOST))
    assert await shop.deliver() == ["t:1", "t:2"]


@pytest.mark.parametrize("leased", [False, True])
@pytest.mark.parametrize("all_ads", [False, True])
async def test_who_stops_gets_nothing_even_of_one_that_is_running(
    shop: Shop, leased: bool, all_ads: bool
) -> None:
    await shop.followed_by("t:1", "t:2")
    await shop.draft()
    await shop.send()
    outbox = shop.market.outbox
    held = await outbox.lease(shop.now, 10, ["broadcast"]) if leased else []
    if all_ads:
        await shop.put(lambda b: people.stop_reminders(b, "t:1"))
    else:
        await shop.put(lambda b: following.unfollow(b, "t:1", "x"))
    for due in held:
        now_held = await outbox.intend(due, shop.now)
        assert (now_held is None) == (due.letter.to == "t:1")
        if now_held:
            await outbox.finish(now_held, "sent", shop.now)
    if not leased:
        assert await shop.deliver() == ["t:2"]
    await shop.tick()
    assert (await shop.states()).get("t:1", "stopped") == "stopped"


async def test_what_was_not_sent_in_a_day_is_not_sent(shop: Shop) -> None:
    await shop.followed_by("t:1")
    await shop.draft()
    await shop.send()
    assert await shop.tick(2 * 24 * 3600) == 1
    assert await shop.deliver() == []
    assert (await shop.known()).state == "done"


# before it goes


async def test_the_preview_counts_who_agreed_who_is_full_and_who_is_lost(shop: Shop) -> None:
    await shop.followed_by("t:1", "t:2", "t:3")
    await shop.market.outbox.lost(Unreachable("t:3", "blocked", NOW))
    for n in range(3):
        wish = Broadcast(f"old{n}", "x", HOST.id, NOW, "draft", "tin", lang="vi")
        await shop.put(lambda b, w=wish: broadcasts.draft(b, w, HOST))
        await shop.put(lambda b, n=n: broadcasts.send(b, f"old{n}", HOST, named, shop.now))
    await shop.draft()
    seen = await shop.audience()
    assert [f.person for f in seen.agreed] == ["t:1", "t:2", "t:3"]
    assert (seen.full, seen.lost, seen.reached) == (2, (("t:3", "blocked"),), 2)


async def test_only_those_it_is_aimed_at(shop: Shop) -> None:
    await shop.followed_by("t:1", "t:2")
    await shop.followed_by("t:3", lang="hmn@rpa")
    await shop.market.place(shop.market.checkout("t:2", {"a": 1}))
    await shop.draft()

    async def aimed(**by: object) -> list[str]:
        await shop.put(lambda b: broadcasts.aim(b, "b1", HOST, **by))
        return [f.person for f in (await shop.audience()).agreed]

    assert await aimed(lang="hmn") == ["t:3"]
    assert await aimed(place=1) == ["t:2"]
    assert await aimed(place=7) == []
    assert await aimed(product="a") == ["t:2"]
    assert await aimed() == ["t:1", "t:2", "t:3"]
    places = await shop.market.records.read(lambda b: broadcast_audience.choices_of(b, "x"))
    assert places == (frozenset({"vi", "hmn"}), (1,))


async def test_orders_of_those_who_were_told_are_counted(shop: Shop) -> None:
    await shop.followed_by("t:1", "t:2")
    await shop.draft()
    await shop.send()
    await shop.deliver()
    await shop.put(lambda b: broadcasts.opened(b, "b1", "t:1", shop.now))
    await shop.put(lambda b: broadcasts.opened(b, "b1", "t:1", shop.now + 9))
    await shop.put(lambda b: broadcasts.opened(b, "b1", "t:stranger", shop.now))
    await shop.market.place(shop.market.checkout("t:1", {"a": 2}), shop.now + 60)
    await shop.market.place(shop.market.checkout("t:stranger", {"a": 1}), shop.now + 60)
    known = await shop.known()
    got = await shop.market.records.read(lambda b: broadcasts.progress(b, known))
    assert (got.sent, got.waits, got.opened, got.orders, got.vnd) == (2, 0, 1, 1, 80_000)


async def test_whom_to_call_and_with_which_number(shop: Shop) -> None:
    await shop.followed_by("t:1", "t:2")
    order = (await shop.market.place(shop.market.checkout("t:2", {"a": 1})))[0]
    lost = (("t:1", "blocked"), ("t:2", "page-closed"))
    calls = await shop.market.records.read(lambda b: broadcast_audience.to_call(b, "x", lost))
    assert [(c.person, c.phone) for c in calls] == [
        ("t:2", order.receiver.phone),
        ("t:1", ""),
    ]
    others = await shop.market.records.read(lambda b: broadcast_audience.to_call(b, "y", lost))
    assert [c.phone for c in others] == ["", ""]


# refusals


async def test_refusals(shop: Shop) -> None:
    with pytest.raises(NothingToSend):
        await shop.draft("")
    await shop.draft()
    with pytest.raises(NothingToSend):
        await shop.send()
    other = seller_account("t:y", "y")
    with pytest.raises(NotYourOrder):
        await shop.put(lambda b: broadcasts.send(b, "b1", other, named, NOW))
    helper = seller_account("t:h", "x", Right.STOCK)
    with pytest.raises(NotAllowed):
        await shop.put(
            lambda b: broadcasts.draft(b, Broadcast("b2", "x", "t:h", NOW, "draft", "x"), helper)
        )
    with pytest.raises(NoSuchBroadcast):
        await shop.put(lambda b: broadcasts.pause(b, "b9", HOST))
    await shop.followed_by("t:1")
    await shop.send()
    with pytest.raises(NoSuchBroadcast):
        await shop.put(lambda b: broadcasts.aim(b, "b1", HOST, lang="vi"))


# how long it takes


@pytest.mark.parametrize(
    ("people", "at", "starts", "ends"),
    [
        (100, MORNING + 3600, 0, 4),
        (0, MORNING, 0, 0),
        (1, MORNING - 3600, 3600, 3601),
        (250, MORNING + 15 * 3600 - 4, 0, 9 * 3600 + 10),
        (25, MORNING + 15 * 3600, 9 * 3600, 9 * 3600 + 1),
    ],
)
def test_how_long_it_takes_with_the_night_between(
    people: int, at: int, starts: int, ends: int
) -> None:
    """25 a second, from seven to ten in the evening (Vietnam is seven hours ahead)."""
    at -= 7 * 3600
    plan = broadcast_audience.plan(people, 25, at)
    assert (plan.starts - at, plan.ends - at) == (starts, ends)
