"""The second opinion against a server on 127.0.0.1 that answers as a real Rasa did (recorded from
rasa 3.6.21 by `make rasa`), and in every way a server can fail.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.stores.rasa_http import FAILURES, MOST_BYTES, PAUSE, RasaHttp
from bot.understand.features import Normaliser
from bot.understand.inventory import INTENTS, Role
from bot.understand.rasa import RasaOpinion
from bot.understand.understander import Bands, Thresholds

RECORDED = json.loads(Path(__file__).with_name("rasa_replies.json").read_text("utf-8"))
REPLIES = {one["reply"]["text"]: one["reply"] for one in RECORDED}
SHORT = Normaliser({"bn": "bao nhiêu", "a": "anh"})
"""What was spelled out when the replies were recorded."""

BANDS = Bands(customer=Thresholds(act=0.6, ask=0.25), seller=Thresholds(act=0.6, ask=0.25))
TOKEN = "khoa-thu"
SENTENCE = "huy don giup em"


@dataclass
class Rasa:
    """A server of the test's own: what it answers, and what it was asked."""

    url: str = ""
    status: int = 200
    body: bytes = b""
    silent: bool = False
    asked: list[str] = field(default_factory=list)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def parse(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((await request.json())["text"])
        if request.query.get("token") != TOKEN:
            return web.json_response({"reason": "NotAuthenticated"}, status=401)
        if self.silent:
            drip = web.StreamResponse()
            await drip.prepare(request)  # headers come at once, the body never does
            await self.closing.wait()
            return drip
        body = self.body or json.dumps(REPLIES[self.asked[-1]]).encode()
        return web.Response(body=body, status=self.status, content_type="application/json")


class Clock:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest_asyncio.fixture
async def rasa() -> AsyncIterator[Rasa]:
    server = Rasa()
    app = web.Application()
    app.router.add_post("/model/parse", server.parse)
    async with TestServer(app) as running:
        server.url = str(running.make_url("/"))
        yield server
        server.closing.set()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def client(rasa: Rasa, clock: Clock) -> AsyncIterator[RasaHttp]:
    http = RasaHttp(rasa.url, TOKEN, clock)
    yield http
    await http.aclose()


def opinion_of(http: RasaHttp, share: float = 1.0) -> RasaOpinion:
    return RasaOpinion(http, SHORT, BANDS, lambda words: share)


@pytest.mark.parametrize("one", RECORDED, ids=lambda one: one["masked"])
async def test_a_recorded_reply_is_an_opinion(rasa: Rasa, clock: Clock, one: Any) -> None:
    role: Role = one["role"]
    patient = RasaHttp(rasa.url, TOKEN, clock, limit=30.0)  # the machine may be busy
    said = await opinion_of(patient).second(one["masked"], role, "vi")
    await patient.aclose()
    assert said is not None
    assert rasa.asked == [one["reply"]["text"]], "sent as it was learned: spelled out, masked"
    named = [guess["name"] for guess in one["reply"]["intent_ranking"]]
    own = [name for name in named if role in INTENTS[name]]
    assert [name for name, _ in said.ranking] == own[: len(said.ranking)]
    assert 0 < sum(chance for _, chance in said.ranking) <= 1.000001


async def test_what_is_strange_is_scored_low(client: RasaHttp) -> None:
    sure = await opinion_of(client).second(SENTENCE, "customer", "vi")
    strange = await opinion_of(client, share=0.3).second(SENTENCE, "customer", "vi")
    assert sure is not None
    assert strange is not None
    assert (sure.band, strange.band) == ("act", "reject")
    assert sure.ranking == strange.ranking


async def test_a_message_without_words_is_not_sent(client: RasaHttp, rasa: Rasa) -> None:
    for text in ("", "???", "🙂🙂"):
        assert await opinion_of(client).second(text, "customer", "vi") is None
    assert rasa.asked == []


@pytest.mark.parametrize("where", ["address", "setting"])
async def test_the_token_comes_from_either_place(rasa: Rasa, where: str) -> None:
    url, token = (f"{rasa.url}?token={TOKEN}", "") if where == "address" else (rasa.url, TOKEN)
    http = RasaHttp(url, token)
    assert await http.ranking(SENTENCE)
    await http.aclose()


BAD_BODIES = {
    "not json": b"<html>",
    "nothing": b" ",
    "another shape": b"[1, 2]",
    "no ranking": b'{"intent": {"name": "order", "confidence": 1.0}}',
    "a word for a number": b'{"intent_ranking": [{"name": "order", "confidence": "much"}]}',
    "endless": b" " * (MOST_BYTES + 1),
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=list(BAD_BODIES))
async def test_garbage_is_no_opinion(client: RasaHttp, rasa: Rasa, body: bytes) -> None:
    rasa.body = body
    assert await opinion_of(client).second(SENTENCE, "customer", "vi") is None


@pytest.mark.parametrize("names", [["nlu_fallback"], ["set_stock", "report"], ["hack"], []])
async def test_intents_nobody_of_this_role_has_are_no_opinion(
    client: RasaHttp, rasa: Rasa, names: list[str]
) -> None:
    guesses = [{"name": name, "confidence": 0.5} for name in names]
    rasa.body = json.dumps(
        {"intent_ranking": [*guesses, {"name": None, "confidence": 0}]}
    ).encode()
    assert await opinion_of(client).second(SENTENCE, "customer", "vi") is None


async def test_an_answer_that_is_too_late_is_none(rasa: Rasa) -> None:
    rasa.silent = True
    http = RasaHttp(rasa.url, TOKEN, limit=0.05)
    assert await http.ranking(SENTENCE) is None
    await http.aclose()


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://127.0.0.1:1/?token=x", "khong"])
async def test_nobody_there_is_none(url: str) -> None:
    http = RasaHttp(url)
    assert await http.ranking(SENTENCE) is None
    await http.aclose()


async def test_after_three_failures_it_is_left_alone_and_tried_again(
    client: RasaHttp, rasa: Rasa, clock: Clock
) -> None:
    rasa.status = 500
    for _ in range(FAILURES + 4):
        assert await client.ranking(SENTENCE) is None
    assert len(rasa.asked) == FAILURES, "no retry, and no question while it is open"

    clock.seconds += PAUSE - 1
    assert await client.ranking(SENTENCE) is None
    assert len(rasa.asked) == FAILURES

    clock.seconds += 1
    assert [await client.ranking(SENTENCE) for _ in range(3)] == [None] * 3
    assert len(rasa.asked) == FAILURES + 1, "one is let through, and failed"

    rasa.status = 200
    clock.seconds += PAUSE
    assert all([await client.ranking(SENTENCE) for _ in range(3)])
    assert len(rasa.asked) == FAILURES + 4, "closed again"


async def test_failures_count_only_in_a_row(client: RasaHttp, rasa: Rasa) -> None:
    for status in (500, 500, 200, 500, 500, 200):
        rasa.status = status
        assert bool(await client.ranking(SENTENCE)) is (status == 200)
    assert len(rasa.asked) == 6


async def test_the_log_keeps_text_and_token_to_itself(
    rasa: Rasa, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    http = RasaHttp(f"{rasa.url}?token=sai-{TOKEN}", now=clock)
    for _ in range(FAILURES + 1):
        await http.ranking(SENTENCE)
    gone = RasaHttp(f"http://127.0.0.1:1/?token={TOKEN}", now=clock)
    for _ in range(FAILURES + 1):
        await gone.ranking(SENTENCE)
    said = [r.getMessage() for r in caplog.records if r.name == "bot.stores.rasa_http"]
    assert len(said) == 2, "once when it is left alone, not for every question"
    assert not any(TOKEN in text or SENTENCE in text for text in said)
    await http.aclose()
    await gone.aclose()
