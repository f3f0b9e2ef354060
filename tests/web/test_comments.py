"""POST /live/<id>/comments: the door for readers of a platform's comments."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.usecases import lives
from bot.web.comments import MOST_BODY, MOST_COMMENTS, POSTS_PER_MINUTE, WRONG_PER_MINUTE
from tests.live_shop import HOST, KILOS, LIVE, OTHER_LIVE
from tests.web.live_web import LiveWeb, open_live_web

A1 = {"platform": "facebook", "author": "Mỷ", "text": "A1 x2", "id": "c1"}


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[LiveWeb]:
    async with open_live_web(tmp_path / "var") as opened:
        yield opened


async def test_a_claim_is_answered_with_number_state_and_until(site: LiveWeb) -> None:
    status, answer = await site.post(A1)
    assert status == 200
    until = site.stage.parts.now() + 30 * 60
    vnd = answer["claims"][0]["vnd"]
    claim = {"number": 1, "code": "A1", "amount": 2000, "vnd": vnd, "state": "held",
             "until": until, "place": 0}  # fmt: skip
    assert answer == {"id": "c1", "kind": "claim", "again": False, "claims": [claim]}
    held = (await site.claims())[0]
    assert (held.name, held.vnd, held.is_guests) == ("Mỷ", vnd, True)


async def test_the_same_comment_again_is_none(site: LiveWeb) -> None:
    first = await site.comment("Mỷ", "A1 x2", "c1")
    again = await site.comment("Mỷ", "A1 x2", "c1")
    assert (again["again"], again["claims"]) == (True, first["claims"])
    assert len(await site.claims()) == 1


async def test_without_an_id_the_same_words_at_the_same_time_are_one(site: LiveWeb) -> None:
    said = {"platform": "tiktok", "author": "Páo", "text": "A2", "time": 1_795_312_801}
    for _ in range(2):
        assert (await site.post(said))[0] == 200
    assert len(await site.claims()) == 1
    status, later = await site.post({**said, "time": "2026-11-22T09:30:00+07:00"})
    assert (status, later["kind"], later["why"]) == (200, "doubt", "again")


async def test_a_list_is_answered_in_its_order(site: LiveWeb) -> None:
    texts = ("A1", "A2 còn không", "A9", "đẹp quá", "A3 3kg")
    many = [{**A1, "author": f"N{i}", "text": t, "id": i} for i, t in enumerate(texts)]
    status, answer = await site.post(many)
    assert status == 200
    kinds = [(a["id"], a["kind"], a.get("why", "")) for a in answer["answers"]]
    assert kinds == [
        ("0", "claim", ""), ("1", "question", ""), ("2", "doubt", "unknown-code"),
        ("3", "other", ""), ("4", "claim", ""),
    ]  # fmt: skip
    assert [c.code for c in await site.claims()] == ["A1", "A3"]


async def test_who_waits_is_told_her_place(site: LiveWeb) -> None:
    for name in ("Mỷ", "Sùng", "Mai"):
        assert (await site.comment(name, f"A1 {KILOS // 3}kg"))["kind"] == "claim"
    for place, name in enumerate(("Páo", "Dở"), 1):
        claim = (await site.comment(name, "A1"))["claims"][0]
        assert (claim["state"], claim["until"], claim["place"]) == ("queued", 0, place)


async def test_only_the_live_s_helper_link_opens_it(site: LiveWeb) -> None:
    cases = {
        "": (401, "token"), "0" * 32: (401, "token"), "tiếng": (401, "token"),
        site.air.view: (403, "look-only"), site.other.help: (404, "other-live"),
    }  # fmt: skip
    for token, (status, error) in cases.items():
        got, answer = await site.post(A1, token=token.encode().decode("latin-1"))
        assert (got, answer) == (status, {"error": error}), token
    got, answer = await site.post(A1, live="nothing")
    assert (got, answer["error"]) == (404, "other-live")
    assert await site.claims() == ()


async def test_a_link_that_was_changed_opens_nothing(site: LiveWeb) -> None:
    buttons = (await site.stage.tap("seller:nguoi-ban-lai-chau", f"lb:{LIVE}"))["choices"]
    change = next(c["id"] for c in buttons if c["id"].startswith("lb:"))
    await site.stage.tap("seller:nguoi-ban-lai-chau", change)
    assert (await site.post(A1))[0] == 401


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[", b"null", b'"A1"', b"{}", b"\xff\xfe",
        {**A1, "text": 5}, {**A1, "text": "  "}, {**A1, "more": 1}, {**A1, "time": -5},
        {**A1, "time": "hôm qua"}, {**A1, "time": "2026-11-22T09:30:00"},
        {**A1, "time": 1_795_312_801_000}, {"author": "Mỷ", "text": "A1"}, [A1, 5],
    ],
)  # fmt: skip
async def test_nonsense_is_said_to_be(site: LiveWeb, body: object) -> None:
    status, answer = await site.post(body)
    assert (status, answer["error"]) == (400, "bad-comment")
    assert answer["detail"]
    assert await site.claims() == ()


async def test_signs_nobody_sees_are_left_out(site: LiveWeb) -> None:
    answer = await site.comment("Mỷ\x00 \x1bSùng", "A1\x00 x2\x07", "1" * 500)
    assert (answer["kind"], answer["id"]) == ("claim", "1" * 500)
    assert [c.name for c in await site.claims()] == ["Mỷ Sùng"]


async def test_too_much_at_once_is_refused(site: LiveWeb) -> None:
    large = {**A1, "text": "A1 " * MOST_BODY}
    assert (await site.post(large))[0] == 413
    many = [{**A1, "text": "A1", "id": n} for n in range(MOST_COMMENTS + 1)]
    assert (await site.post(many))[0] == 413
    assert await site.claims() == ()


async def test_too_often_is_refused_and_guessing_too(site: LiveWeb) -> None:
    for _ in range(WRONG_PER_MINUTE):
        assert (await site.post(A1, token="0" * 32))[0] == 401
    assert (await site.post(A1, token="0" * 32))[0] == 429
    parts = site.stage.parts
    for _ in range(POSTS_PER_MINUTE - 1):
        await parts.sessions.count(f"comments:{LIVE}", 60)
    assert (await site.post(A1))[0] == 200
    assert (await site.post({**A1, "id": "c2"}))[0] == 429


async def test_a_live_that_is_over_or_sells_elsewhere_says_so(site: LiveWeb) -> None:
    parts = site.stage.parts
    now = parts.now()
    await parts.ledger.put(lambda b: lives.change(b, LIVE, HOST, now, buys="platform"))
    assert await site.post(A1) == (409, {"error": "buy-on-platform"})
    await parts.ledger.put(lambda b: lives.end(b, OTHER_LIVE, HOST, now))
    answer = await site.post(A1, token=site.other.help, live=OTHER_LIVE)
    assert answer[0] == 200, "comments are typed in after it"
    await site.stage.play(now="2026-11-22T11:00:01+07:00")
    again = await site.post({**A1, "id": "late"}, token=site.other.help, live=OTHER_LIVE)
    assert again == (409, {"error": "live-over"})
