"""What each kind of letter is promised, whoever sends it and whatever happens meanwhile."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.base import TryLater, Undeliverable, Unsure
from bot.shop.follow import Broadcast, Unreachable
from bot.shop.hours import day_start
from bot.shop.says import LetterKind
from bot.usecases import following
from bot.usecases.ports import Books
from bot.usecases.ports_outbox import ADS, AdLimit
from tests.usecases.market import NOW
from tests.workers.post import DAY, Post

GONE = "Forbidden: bot was blocked by the user"


async def test_orders_overtake_reminders_and_those_overtake_broadcasts(post: Post) -> None:
    for kind in ("broadcast", "restock", "reminder", "order"):
        await post.write(kind, kind, to=f"t:{kind}")
    found = await post.market.outbox.lease(post.at)
    assert [d.letter.kind for d in found] == ["order", "reminder", "restock", "broadcast"]


async def test_an_order_overtakes_a_broadcast_that_is_on_its_way(post: Post) -> None:
    """Letters already leased wait behind it; only those being sent are before it."""
    for n in range(60):
        await post.write(f"b{n}", "broadcast", to=f"t:{n}")
    post.app.on_first = lambda: post.write("order", to="t:someone")
    await post.work(1)
    place = [id_ for _, id_ in post.app.got].index("order")
    assert place < 40
    assert len(post.app.got) == 61


@pytest.mark.parametrize("kinds", [("broadcast",), ("reminder", "restock", "broadcast")])
async def test_many_workers_keep_three_a_day_exactly(
    post: Post, kinds: tuple[LetterKind, ...]
) -> None:
    for n in range(8):
        for person in ("t:a", "t:b", "t:c"):
            await post.write(f"n{n}", kinds[n % len(kinds)], to=person)
    workers = [post.another_worker() for _ in range(4)]
    await asyncio.gather(*(w.step() for w in workers for _ in range(4)))
    people = [to for to, _ in post.app.got]
    assert {p: people.count(p) for p in people} == {"t:a": 3, "t:b": 3, "t:c": 3}


async def test_what_may_have_arrived_counts_for_the_day(post: Post) -> None:
    post.app.troubles = [Unsure(1)]
    for n in range(4):
        await post.write(f"n{n}", "broadcast")
    await post.work()
    assert len(post.app.got) == 2


async def test_a_refused_ad_does_not_count_for_the_day(post: Post) -> None:
    post.app.troubles = [Undeliverable("message is too long")]
    for n in range(4):
        await post.write(f"n{n}", "broadcast")
    await post.work()
    assert len(post.app.got) == 3


async def test_the_cap_holds_between_lease_and_intent(post: Post) -> None:
    """Two letters are in hand, and only one more is allowed today."""
    outbox, limit = post.market.outbox, AdLimit(1, day_start(NOW), NOW + DAY)
    for name in ("a", "b"):
        await post.write(name, "broadcast")
    first, second = await outbox.lease(post.at)
    assert await outbox.intend(first, post.at, limit) is not None
    assert await outbox.intend(second, post.at, limit) is None
    assert await post.states() == ["intent", "todo"]
    post.at += 31
    assert await outbox.lease(post.at) == []
    assert await post.states() == ["uncertain", "todo"]


async def test_what_is_too_late_between_lease_and_intent_is_not_sent(post: Post) -> None:
    await post.write("x", "reminder", until=NOW + 5)
    (due,) = await post.market.outbox.lease(post.at)
    assert await post.market.outbox.intend(due, NOW + 6) is None
    assert await post.states() == ["expired"]


def _paused(books: Books) -> None:
    books.turn_letters("bc:b1", "todo", "paused")


def _stopped(books: Books) -> None:
    books.turn_letters("bc:b1", "todo", "stopped")


def _unfollowed(books: Books) -> None:
    books.unpost_to("t:p", "bc:b1")


def _refused_all(books: Books) -> None:
    books.stop_ads("t:p")


@pytest.mark.parametrize("change", [_paused, _stopped, _unfollowed, _refused_all])
async def test_a_change_of_mind_between_lease_and_intent_wins(post: Post, change: object) -> None:
    await post.write("x", "broadcast", key="bc:b1:t:p")
    (due,) = await post.market.outbox.lease(post.at)
    await post.market.ledger.put(change)  # type: ignore[arg-type]
    assert await post.market.outbox.intend(due, post.at) is None
    await post.market.outbox.put_back(due, post.at)
    assert await post.work() == []


async def test_a_pause_that_is_over_lets_the_letters_go(post: Post) -> None:
    await post.write("x", "broadcast", key="bc:b1:t:p")
    await post.market.outbox.lease(post.at)
    await post.market.ledger.put(_paused)
    await post.market.ledger.put(lambda b: b.turn_letters("bc:b1", "paused", "todo"))
    assert await post.work() == ["x"]


async def test_a_stop_while_it_is_being_sent_forgets_neither(post: Post) -> None:
    """It arrived, and that is what the seller is told; nothing more is sent."""
    await post.write("x", "broadcast", key="bc:b1:t:p")
    (due,) = await post.market.outbox.lease(post.at)
    mine = await post.market.outbox.intend(due, post.at)
    assert mine is not None
    await post.market.ledger.put(_refused_all)
    await post.market.outbox.finish(mine, "sent", post.at)
    assert await post.states() == ["sent"]


async def test_a_stop_while_the_app_asks_for_patience_wins(post: Post) -> None:
    await post.write("x", "broadcast", key="bc:b1:t:p")
    (due,) = await post.market.outbox.lease(post.at)
    mine = await post.market.outbox.intend(due, post.at)
    assert mine is not None
    await post.market.ledger.put(_refused_all)
    await post.market.outbox.put_back(mine, post.at)
    assert await post.states() == ["stopped"]


async def test_who_is_in_doubt_is_listed_by_name(post: Post) -> None:
    post.app.troubles = [Unsure(1), Undeliverable(GONE)]
    for name in ("a", "b", "c"):
        await post.write("x", "broadcast", to=f"t:{name}", key=f"bc:b1:t:{name}")
    await post.work()
    lost = await post.market.records.read(lambda b: b.not_reached("bc:b1"))
    assert sorted(lost) == [("t:a", "line-broke"), ("t:b", GONE)]
    assert await post.market.records.read(lambda b: b.tally("bc:b1")) == {
        "uncertain": 1, "blocked": 1, "sent": 1,
    }  # fmt: skip


@pytest.mark.parametrize("kind", ADS)
async def test_of_a_dead_worker_no_ad_is_sent_again(post: Post, kind: LetterKind) -> None:
    await post.write("x", kind)
    (due,) = await post.market.outbox.lease(post.at)
    await post.market.outbox.intend(due, post.at)
    post.at += 31
    assert await post.work() == []
    rows = await post.market.records.rows("letters")
    assert [(r["state"], r["why"]) for r in rows] == [("uncertain", "worker-died")]


async def test_news_of_an_order_in_doubt_comes_again_once_even_after_patience(post: Post) -> None:
    """A 429 in between is no doubt: it neither uses up the repeat nor gives another."""
    outbox = post.market.outbox
    await post.write("x")
    for died in range(2):
        (due,) = await outbox.lease(post.at)
        assert due.again == (died == 1)
        late = await outbox.intend(due, post.at)
        assert late is not None
        await outbox.put_back(late, post.at, "try-later")
        (due,) = await outbox.lease(post.at)
        assert await outbox.intend(due, post.at) is not None
        post.at += 31
    assert await outbox.lease(post.at) == []
    assert await post.states() == ["uncertain"]


async def test_who_blocked_us_is_remembered_and_gets_no_ads(post: Post) -> None:
    post.app.troubles = [Undeliverable(GONE)]
    await post.write("first", "broadcast")
    await post.work()
    assert await post.market.outbox.unreachable() == [Unreachable("t:p", GONE, NOW)]
    await post.write("second", "reminder")
    assert await post.work() == []
    rows = await post.market.records.rows("letters")
    assert [(r["state"], r["why"]) for r in rows] == [("blocked", GONE)] * 2


async def test_news_of_an_order_is_tried_and_shows_that_somebody_is_back(post: Post) -> None:
    await post.market.outbox.lost(Unreachable("t:p", GONE, NOW))
    await post.write("x")
    assert await post.work() == ["x"]
    assert await post.market.outbox.unreachable() == []


async def test_a_message_that_is_refused_says_nothing_about_the_person(post: Post) -> None:
    post.app.troubles = [Undeliverable("Bad Request: message is too long")]
    await post.write("x", "broadcast")
    await post.work()
    assert await post.market.outbox.unreachable() == []


async def test_a_resting_app_keeps_the_others_company_busy(post: Post) -> None:
    """429 of one bot: its letters wait, those of other apps go on, nothing is lost."""
    post.also_by("u")
    post.app.troubles = [TryLater(30, whole=True)]
    for n in range(5):
        await post.write(f"t{n}", to=f"t:{n}")
        await post.write(f"u{n}", to=f"u:{n}")
    assert sorted(await post.work()) == [f"u{n}" for n in range(5)]
    post.at += 32
    assert len(await post.work()) == 10


async def test_letters_in_hand_are_free_at_once_when_the_worker_is_told_to_stop(
    post: Post,
) -> None:
    for n in range(20):
        await post.write(f"n{n}", "broadcast", to=f"t:{n}")
    leased = await post.market.outbox.lease(post.at, 20)
    await post.market.outbox.give_back(leased)
    assert len(await post.market.outbox.lease(post.at, 20)) == 20


async def test_nobody_is_spoken_to_by_two_workers_at_once(post: Post) -> None:
    await post.write("a", "order")
    await post.market.outbox.lease(post.at)
    await post.write("b", "order")
    assert await post.market.outbox.lease(post.at) == []
    assert len(await post.market.outbox.lease(post.at + 31)) == 2


async def test_who_unfollows_gets_nothing_of_a_broadcast_that_runs(post: Post) -> None:
    sending = Broadcast("b1", "x", "t:her", NOW, "sending", words="x", until=NOW + DAY)
    await post.market.ledger.put(lambda b: b.save_broadcast(sending))
    await post.market.ledger.put(lambda b: following.follow(b, "t:p", "x", "vi", NOW))
    await post.write("x", "broadcast", key="bc:b1:t:p")
    await post.market.ledger.put(lambda b: following.unfollow(b, "t:p", "x"))
    assert await post.work() == []


async def test_nothing_of_a_broadcast_that_is_over_waits_paused_for_ever(post: Post) -> None:
    await post.write("x", "broadcast", key="bc:b1:t:p")
    await post.market.ledger.put(_paused)
    await post.market.ledger.put(lambda b: b.unpost("bc:b1"))
    assert await post.states() == []
