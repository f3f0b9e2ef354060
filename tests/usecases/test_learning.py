"""Sentences nobody understood: counted without an account, taught once, taken back, forgotten."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.shop.problems import LinkSpent, NoSuchSentence, NotTrainer
from bot.shop.unread import KEEP_DROPPED_SECONDS, KEEP_OPEN_SECONDS, Unread
from bot.stores.sql import tables
from bot.usecases import erasing, learning, people
from tests.usecases.market import NOW, Market

CUSTOMER, TRAINER = "tg:khach-bi-mat", "tg:day"


async def note(market: Market, text: str, role: str = "customer", now: int = NOW) -> Unread:
    kept = await market.ledger.put(lambda b: learning.note(b, text, text, role, "tg", now))
    assert kept is not None
    return kept


async def become_trainer(market: Market, person: str = TRAINER) -> None:
    await market.ledger.put(lambda b: people.make_trainer_link(b, "hash", NOW + 60))
    assert await market.ledger.put(lambda b: people.bind_trainer(b, "hash", person, NOW))


async def test_the_same_sentence_is_one_row_that_is_counted(market: Market) -> None:
    first = await note(market, "có ship hông ta")
    await note(market, "có ship hông ta", now=NOW + 5)
    other = await note(market, "có ship hông ta", "seller")
    rows = await market.records.unread_sentences("open")
    assert [(s.id, s.count, s.first_at, s.last_at, s.role) for s in rows] == [
        (first.id, 2, NOW, NOW + 5, "customer"),
        (other.id, 1, NOW, NOW, "seller"),
    ]


async def test_no_row_says_who_wrote(market: Market) -> None:
    agree = (learning.CONSENT, learning.CONSENT_VERSION, "vi", NOW)
    await market.ledger.put(lambda b: people.consent(b, CUSTOMER, *agree))
    await note(market, "câu này là của ai")
    [row] = await market.records.rows("unread_sentences")
    assert CUSTOMER not in str(row)
    assert "khach-bi-mat" not in str(row)


async def test_consent_is_given_and_withdrawn(market: Market) -> None:
    agree = (learning.CONSENT, learning.CONSENT_VERSION, "vi", NOW)
    assert not learning.agreed(await market.records.person(CUSTOMER))
    await market.ledger.put(lambda b: people.consent(b, CUSTOMER, *agree))
    assert learning.agreed(await market.records.person(CUSTOMER))
    await market.ledger.put(lambda b: people.withdraw(b, CUSTOMER, learning.CONSENT))
    assert not learning.agreed(await market.records.person(CUSTOMER))
    older = (learning.CONSENT, "2020-01", "vi", NOW)
    await market.ledger.put(lambda b: people.consent(b, CUSTOMER, *older))
    assert not learning.agreed(await market.records.person(CUSTOMER))


async def test_erasing_with_an_order_on_its_way_withdraws_at_once(market: Market) -> None:
    agree = (learning.CONSENT, learning.CONSENT_VERSION, "vi", NOW)
    await market.ledger.put(lambda b: people.consent(b, CUSTOMER, *agree))
    await market.place(market.checkout(CUSTOMER, {"a": 1}))
    waiting = await market.ledger.put(lambda b: erasing.erase(b, CUSTOMER, "R", NOW))
    assert waiting
    assert not learning.agreed(await market.records.person(CUSTOMER))


async def test_a_trainer_assigns_drops_and_takes_back(market: Market) -> None:
    await become_trainer(market)
    one, two, three = [await note(market, t) for t in ("một câu", "hai câu", "ba câu")]
    put = market.ledger.put
    await put(lambda b: learning.assign_intent(b, one.id, "order", TRAINER, NOW))
    await put(lambda b: learning.assign_alias(b, two.id, "a", "hai", TRAINER, NOW))
    await put(lambda b: learning.drop(b, three.id, TRAINER, NOW))
    assert await market.records.unread_sentences("open") == []
    for name in (one.id, two.id, three.id):
        back = await put(lambda b, name=name: learning.undo(b, name, TRAINER))
        assert back == await market.records.unread(name)
        assert back.state == "open"
        assert (back.intent, back.product, back.alias, back.assigned_by) == ("", "", "", "")
        assert back.count == 1


async def test_only_trainers_teach_and_only_once(market: Market) -> None:
    kept = await note(market, "một câu")
    put = market.ledger.put
    with pytest.raises(NotTrainer):
        await put(lambda b: learning.assign_intent(b, kept.id, "order", CUSTOMER, NOW))
    with pytest.raises(NotTrainer):
        await put(lambda b: learning.undo(b, kept.id, CUSTOMER))
    await become_trainer(market)
    await put(lambda b: learning.assign_intent(b, kept.id, "order", TRAINER, NOW))
    with pytest.raises(NoSuchSentence):
        await put(lambda b: learning.drop(b, kept.id, TRAINER, NOW))
    await put(lambda b: learning.exported(b, (kept.id,), NOW))
    with pytest.raises(NoSuchSentence):
        await put(lambda b: learning.undo(b, kept.id, TRAINER))


async def test_what_was_taught_is_still_counted_and_not_asked_again(market: Market) -> None:
    await become_trainer(market)
    kept = await note(market, "một câu")
    await market.ledger.put(lambda b: learning.assign_intent(b, kept.id, "order", TRAINER, NOW))
    again = await note(market, "một câu")
    assert (again.state, again.count) == ("assigned", 2)
    assert await market.records.unread_sentences("open") == []


async def test_a_link_makes_one_account_a_trainer(market: Market) -> None:
    await become_trainer(market)
    assert (await market.records.person(TRAINER)).trainer
    put = market.ledger.put
    assert await put(lambda b: people.bind_trainer(b, "hash", TRAINER, NOW))
    with pytest.raises(LinkSpent):
        await put(lambda b: people.bind_trainer(b, "hash", CUSTOMER, NOW))
    await put(lambda b: people.make_seller_link(b, "x", "other", NOW + 60))
    assert not await put(lambda b: people.bind_trainer(b, "other", CUSTOMER, NOW))


async def test_an_erased_trainer_is_named_nowhere(market: Market) -> None:
    await become_trainer(market)
    kept = await note(market, "một câu")
    put = market.ledger.put
    await put(lambda b: learning.assign_intent(b, kept.id, "order", TRAINER, NOW))
    await put(lambda b: erasing.erase(b, TRAINER, "R", NOW))
    [row] = await market.records.rows("unread_sentences")
    assert row["intent"] == "order"
    assert row["assigned_by"] not in ("", TRAINER)
    assert not (await market.records.person(TRAINER)).trainer


async def test_sentences_are_forgotten_in_time(market: Market) -> None:
    await become_trainer(market)
    old = await note(market, "câu cũ", now=NOW - KEEP_OPEN_SECONDS - 1)
    passed, taught = await note(market, "câu bỏ"), await note(market, "câu dạy")
    fresh = await note(market, "câu mới", now=NOW + KEEP_DROPPED_SECONDS)
    put = market.ledger.put
    await put(lambda b: learning.drop(b, passed.id, TRAINER, NOW))
    await put(lambda b: learning.assign_intent(b, taught.id, "order", TRAINER, NOW))
    await put(lambda b: learning.sweep(b, NOW))
    left = {r["id"] for r in await market.records.rows("unread_sentences")}
    assert left == {passed.id, taught.id, fresh.id}
    assert old.id not in left
    await put(lambda b: learning.sweep(b, NOW + KEEP_DROPPED_SECONDS + 1))
    left = {r["id"] for r in await market.records.rows("unread_sentences")}
    assert left == {taught.id, fresh.id}


async def test_nobody_fills_the_book(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "MOST_OPEN", 2)
    await note(market, "một câu")
    await note(market, "hai câu")
    more = await market.ledger.put(lambda b: learning.note(b, "ba", "ba", "customer", "tg", NOW))
    assert more is None
    assert (await note(market, "một câu")).count == 2


async def test_the_migrations_make_the_tables_of_the_code(market: Market) -> None:
    with market.engine.connect() as conn:
        assert compare_metadata(MigrationContext.configure(conn), tables.metadata) == []
    assert await market.records.unread("no-such") is None
