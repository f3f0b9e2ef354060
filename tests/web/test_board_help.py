"""What a helper does on the live board; and that nobody else does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.live_shop import LIVE, OTHER_LIVE
from tests.web.live_web import LiveWeb, open_live_web

NOTHING = "0" * 32


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[LiveWeb]:
    async with open_live_web(tmp_path / "var") as opened:
        yield opened


async def test_who_only_looks_does_nothing(site: LiveWeb) -> None:
    await site.comment("Mỷ", "A1")
    claim = (await site.claims())[0]
    for token, status in ((site.air.view, 403), (NOTHING, 404)):
        assert (await site.do(token, do="no", claim=claim.id))[0] == status
    assert (await site.claims())[0].state == "held"


async def test_yes_no_and_both_twice(site: LiveWeb) -> None:
    await site.comment("Mỷ", "A1 x2")
    claim = (await site.claims())[0]
    for _ in range(2):
        assert await site.do(site.air.help, do="yes", claim=claim.id) == (
            200, {"ok": True, "again": 0, "claim": 0, "question": 0, "doubt": 0, "other": 0,
                  "claims": []},
        )  # fmt: skip
    assert (await site.claims())[0].state == "confirmed"
    for _ in range(2):
        assert (await site.do(site.air.help, do="no", claim=claim.id))[0] == 200
    assert (await site.claims())[0].state == "cancelled"
    status, answer = await site.do(site.air.help, do="yes", claim=claim.id)
    assert (status, answer["ok"]) == (409, False)
    assert answer["say"]


async def test_a_link_is_for_its_own_live(site: LiveWeb) -> None:
    await site.comment("Mỷ", "A1")
    claim = (await site.claims())[0]
    for verb in ("yes", "no"):
        assert (await site.do(site.other.help, do=verb, claim=claim.id))[0] == 409
    await site.comment("Páo", "A9")
    ask = (await site.stage.parts.records.read(lambda b: b.open_comments(LIVE)))[0]
    assert (await site.do(site.other.help, do="done", comment=ask.id))[0] == 409
    assert (await site.claims())[0].state == "held"
    assert await site.claims(OTHER_LIVE) == ()


async def test_a_typed_comment_is_one_however_often_it_is_sent(site: LiveWeb) -> None:
    for _ in range(2):
        answer = await site.do(site.air.help, key="same", do="say", author="Mỷ", text="A1 x2")
        assert answer[1]["claims"] == [[1, "A1", "held"]]
    assert len(await site.claims()) == 1
    answer = await site.do(site.air.help, key="other", do="say", author="Mỷ", text="A1 x2")
    assert (answer[1]["doubt"], answer[1]["claims"]) == (1, [])


async def test_unclear_words_are_put_clearly_and_added_to_what_she_has(site: LiveWeb) -> None:
    await site.comment("Mỷ", "A1 x2")
    await site.comment("Mỷ", "A1 x3")
    ask = (await site.stage.parts.records.read(lambda b: b.open_comments(LIVE)))[0]
    assert (ask.kind, ask.why) == ("doubt", "again")
    for _ in range(2):
        status, answer = await site.do(
            site.air.help, key="k", do="instead", comment=ask.id, text="A1 x3"
        )
        assert (status, answer["claims"]) == (200, [[2, "A1", "held"]])
    assert [(c.amount, c.state) for c in await site.claims()] == [(2000, "held"), (3000, "held")]
    assert await site.stage.parts.records.read(lambda b: b.open_comments(LIVE)) == ()


async def test_words_that_are_unclear_too_leave_it_as_it_was(site: LiveWeb) -> None:
    await site.comment("Mỷ", "A1 100kg")
    ask = (await site.stage.parts.records.read(lambda b: b.open_comments(LIVE)))[0]
    assert ask.why == "large"
    for text in ("A9", "cái này", "A1 A1"):
        _, answer = await site.do(site.air.help, do="instead", comment=ask.id, text=text)
        assert (answer["claim"], answer["claims"]) == (0, [])
    open_ = await site.stage.parts.records.read(lambda b: b.open_comments(LIVE))
    assert [c.id for c in open_] == [ask.id]
    _, answer = await site.do(site.air.help, do="instead", comment=ask.id, text="A1 100kg")
    assert answer["claims"] == [[1, "A1", "held"]]
    assert (await site.claims())[0].amount == 100_000


async def test_a_block_is_taken_once_and_overlaps_are_seen(site: LiveWeb) -> None:
    first = "Mỷ: A1 x2\nPáo: A2\nHoa: A3 còn không"
    _, answer = await site.do(site.air.help, do="paste", text=first)
    assert (answer["claim"], answer["question"], answer["again"]) == (2, 1, 0)
    _, answer = await site.do(site.air.help, do="paste", text=f"{first}\nDở: A2 x3")
    assert (answer["claim"], answer["again"]) == (1, 3)
    assert [c.name for c in await site.claims()] == ["Mỷ", "Páo", "Dở"]


async def test_a_code_is_ended_and_taken_again(site: LiveWeb) -> None:
    assert (await site.do(site.air.help, do="code", code="A1", off=True))[0] == 200
    assert (await site.comment("Mỷ", "A1"))["why"] == "unknown-code"
    assert (await site.do(site.air.help, do="code", code="A1", off=False))[0] == 200
    assert (await site.comment("Páo", "A1"))["kind"] == "claim"
    assert (await site.do(site.air.help, do="code", code="Z9", off=True))[0] == 409


async def test_nonsense_is_refused(site: LiveWeb) -> None:
    url = f"/b/{site.air.help}/do"
    json = {"Content-Type": "application/json"}
    for body, status in (
        (b"", 400), (b"[]", 400), (b'{"key":"k","do":"sell"}', 400), (b'{"do":"yes"}', 400),
        (b'{"key":"","do":"yes"}', 400), (b'{"key":"k","do":"say"}' + b" " * 70_000, 413),
    ):  # fmt: skip
        async with site.client.post(url, data=body, headers=json) as response:
            assert response.status == status, body[:40]
    async with site.client.post(url, data=b'{"key":"k","do":"yes"}') as response:
        assert response.status == 403, "a form of another site"
    elsewhere = {**json, "Origin": "https://example.org"}
    async with site.client.post(url, data=b'{"key":"k","do":"yes"}', headers=elsewhere) as other:
        assert other.status == 403
