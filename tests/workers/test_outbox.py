"""Letters on a real table: sent once, at decent hours, and what the app answers is obeyed."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.base import TryLater, Undeliverable, Unsure
from bot.shop.says import LetterKind
from bot.talk.ports import Busy, StoreDown
from tests.usecases.market import NOW
from tests.workers.post import DAY, MORNING, NIGHT, Post


async def test_a_letter_is_sent_once(post: Post) -> None:
    await post.write("hello")
    await post.write("hello")
    assert await post.work() == ["hello"]
    assert await post.states() == ["sent"]


async def test_two_workers_send_each_letter_once(post: Post) -> None:
    for n in range(30):
        await post.write(f"n{n}")
    workers = [post.another_worker() for _ in range(3)]
    await asyncio.gather(*(w.step() for w in workers for _ in range(4)))
    assert sorted(id_ for _, id_ in post.app.got) == sorted(f"n{n}" for n in range(30))


@pytest.mark.parametrize(("kind", "expected"), [("order", ["x"]), ("restock", [])])
async def test_only_order_letters_go_at_night(
    post: Post, kind: LetterKind, expected: list[str]
) -> None:
    post.at = NIGHT
    await post.write("x", kind)
    assert await post.work() == expected
    post.at = MORNING
    assert await post.work() == ["x"]


async def test_three_a_day_then_the_next_morning(post: Post) -> None:
    for n in range(5):
        await post.write(f"r{n}", "restock")
    assert await post.work() == ["r0", "r1", "r2"]
    post.at = MORNING
    assert await post.work() == ["r0", "r1", "r2", "r3", "r4"]


async def test_a_late_letter_expires(post: Post) -> None:
    await post.write("late", "reminder", until=NOW + 60)
    post.at = NOW + 61
    assert await post.work() == []
    assert await post.states() == ["expired"]


async def test_a_blocked_person_is_not_tried_again(post: Post) -> None:
    post.app.troubles = [Undeliverable("bot was blocked")]
    await post.write("x")
    assert await post.work() == []
    assert await post.states() == ["blocked"]
    post.at += DAY
    assert await post.work() == []


async def test_what_the_app_forbids_is_not_sent(post: Post) -> None:
    await post.write("x", to="t:stranger")
    assert await post.work() == []
    assert await post.states() == ["blocked"]


async def test_too_many_requests_rests_everyone_and_skips_nobody(post: Post) -> None:
    post.app.troubles = [TryLater(30, whole=True)]
    await post.write("a")
    await post.write("b", to="t:q")
    assert await post.work() == []
    post.at += 32
    assert sorted(await post.work()) == ["a", "b"]


@pytest.mark.parametrize("trouble", [Busy(), StoreDown(), RuntimeError("bug"), TryLater(1)])
async def test_trouble_on_our_side_is_tried_again(post: Post, trouble: Exception) -> None:
    post.desk.troubles = [trouble]
    await post.write("x")
    await post.work()
    post.at += 120
    assert await post.work() == ["x"]
    assert await post.states() == ["sent"]


@pytest.mark.parametrize(
    ("kind", "got", "state"), [("order", ["x"], "sent"), ("restock", [], "uncertain")]
)
async def test_what_may_have_arrived_repeats_for_orders_only(
    post: Post, kind: LetterKind, got: list[str], state: str
) -> None:
    post.app.troubles = [Unsure(1)]
    await post.write("x", kind)
    await post.work()
    post.at += 120
    assert await post.work() == got
    assert await post.states() == [state]


@pytest.mark.parametrize(
    ("kind", "got", "state"), [("order", ["x"], "sent"), ("broadcast", [], "uncertain")]
)
async def test_a_worker_killed_between_intent_and_sent(
    post: Post, kind: LetterKind, got: list[str], state: str
) -> None:
    """The intent is committed before the send; a worker that dies there sends nothing more."""
    await post.write("x", kind)
    (due,) = await post.market.outbox.lease(post.at)
    assert await post.market.outbox.intend(due, post.at) is not None
    assert await post.work() == []
    post.at += 31
    assert await post.work() == got
    assert await post.states() == [state]


async def test_a_seller_without_an_account_gets_her_letters_when_she_binds(post: Post) -> None:
    await post.write("order-new", to="seller:x")
    assert await post.work() == []
    await post.market.ledger.put(lambda b: b.readdress("seller:x", "t:her"))
    post.at += 61
    await post.work()
    assert post.app.got == [("t:her", "order-new")]


async def test_waiting_is_not_trying(post: Post) -> None:
    """A letter that waited long for an account is not given up at the first hiccup."""
    await post.write("order-new", to="seller:x")
    for _ in range(30):
        await post.work(1)
        post.at += 61
    await post.market.ledger.put(lambda b: b.readdress("seller:x", "t:her"))
    post.app.troubles = [TryLater(1)]
    await post.work()
    post.at += 120
    await post.work()
    assert post.app.got == [("t:her", "order-new")]


async def test_an_order_letter_repeats_once_at_the_most(post: Post) -> None:
    post.app.troubles = [Unsure(1)] * 9
    await post.write("x")
    for _ in range(9):
        await post.work()
        post.at += 120
    assert len(post.app.troubles) == 7
    assert await post.states() == ["uncertain"]


async def test_a_stop_reaches_a_letter_that_is_already_taken(post: Post) -> None:
    await post.write("x", "restock")
    (due,) = await post.market.outbox.lease(post.at)
    await post.market.ledger.put(lambda b: b.stop_ads("t:p"))
    await post.market.outbox.put_back(due, post.at + 1)
    post.at += DAY
    assert await post.work() == []
    assert await post.states() == ["stopped"]


async def test_a_letter_taken_over_is_not_finished_by_its_first_worker(post: Post) -> None:
    await post.write("x")
    (first,) = await post.market.outbox.lease(post.at)
    post.at += 31
    (second,) = await post.market.outbox.lease(post.at)
    assert await post.market.outbox.intend(first, post.at) is None
    assert await post.market.outbox.intend(second, post.at) is not None
    await post.market.outbox.finish(first, "blocked", post.at)
    assert await post.states() == ["intent"]


async def test_who_must_be_called_is_called_after_it_arrived(post: Post) -> None:
    await post.write("x")
    await post.work()
    assert post.app.rung == post.app.got == [("t:p", "x")]


async def test_a_call_that_must_wait_does_not_send_again(post: Post) -> None:
    post.app.unheard = [TryLater(1)]
    await post.write("x")
    await post.work()
    assert await post.states() == ["todo"]
    post.at += 120
    await post.work()
    assert (post.app.got, post.app.rung) == ([("t:p", "x")], [("t:p", "x")])
    assert await post.states() == ["sent"]


async def test_who_cannot_be_called_was_not_reached(post: Post) -> None:
    post.app.unheard = [Undeliverable("page-closed")]
    await post.write("x", "reminder")
    await post.work()
    assert await post.states() == ["blocked"]
