"""A real Rasa, trained from the repository's files and asked over HTTP, hears what the shop's own
model hears. The sentences of `fixed.csv` are plain ones, written for this; nobody's real chat.
"""

from __future__ import annotations

import csv
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.bench_rasa import Ears, ears_of
from bot.commands.rasa_server import Server, free_port, ready
from bot.commands.train import reader_of
from bot.settings import Settings, read_settings
from bot.stores.rasa_http import RasaHttp
from bot.understand.inventory import INTENTS, Role
from bot.understand.rasa import RasaOpinion

TOKEN = "-khoa-cua-bai-thu"
PATIENT = 5.0
"""Seconds a question may take here: what is measured is what it says, not how fast."""

LEAST_THE_SAME = 0.95


@pytest.fixture(scope="module")
def settings() -> Settings:
    """The data directory stays: a model is learned once, not for every run."""
    return replace(read_settings({}), rasa_token=TOKEN)


@pytest.fixture(scope="module")
def server(rasa_python: Path, settings: Settings) -> Iterator[Server]:
    with Server(ready(settings, rasa_python, "config"), TOKEN, free_port()) as running:
        yield running


@pytest.fixture(scope="module")
def ears(settings: Settings) -> Ears:
    return ears_of(settings)


def masked(settings: Settings) -> list[tuple[Role, str, str]]:
    """Role, sentence, and the sentence as a classifier sees it."""
    reader = reader_of(settings)
    with Path(__file__).with_name("fixed.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["role"], row["text"]) for row in csv.DictReader(file)]
    return [
        ("seller" if role == "seller" else "customer", text, reader.read(text).masked())
        for role, text in rows
    ]


async def test_plain_sentences_mean_the_same_to_both(
    server: Server, settings: Settings, ears: Ears
) -> None:
    http = RasaHttp(server.url, TOKEN, limit=PATIENT)
    opinion: RasaOpinion = ears.opinion(http)
    other = {}
    sentences = masked(settings)
    for role, text, mask in sentences:
        second = await opinion.second(mask, role, "vi")
        assert second is not None, text
        assert all(role in INTENTS[name] for name, _ in second.ranking)
        local = ears.local.parse(mask, role, "vi")
        if local.intent != second.intent:
            other[text] = (local.intent, second.intent)
    await http.aclose()
    assert len(sentences) >= 80
    assert len(other) <= (1 - LEAST_THE_SAME) * len(sentences), other


def posted(url: str) -> tuple[int, bytes]:
    request = urllib.request.Request(url, json.dumps({"text": "chao shop"}).encode())
    try:
        with urllib.request.urlopen(request, timeout=PATIENT) as reply:
            return reply.status, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def test_a_reply_has_the_shape_of_the_recorded_ones(server: Server) -> None:
    recorded = Path(__file__).parents[1] / "understand" / "rasa_replies.json"
    known = json.loads(recorded.read_text("utf-8"))[0]["reply"]
    status, body = posted(f"{server.url}/model/parse?token={TOKEN}")
    assert status == 200
    said = json.loads(body)
    assert said.keys() == known.keys()
    assert {guess["name"] for guess in said["intent_ranking"]} == set(INTENTS)


@pytest.mark.parametrize("path", ["/model/parse", "/model/parse?token=sai", "/status"])
def test_without_the_token_nothing_is_said(server: Server, path: str) -> None:
    assert posted(f"{server.url}{path}")[0] in (401, 405)


def test_no_chat_is_open_beside_it(server: Server) -> None:
    assert posted(f"{server.url}/webhooks/rest/webhook")[0] == 404


def test_names_of_goods_become_their_ids(server: Server) -> None:
    request = urllib.request.Request(
        f"{server.url}/model/parse?token={TOKEN}", b'{"text": "con mac khen khong"}'
    )
    with urllib.request.urlopen(request, timeout=PATIENT) as reply:
        found = json.load(reply)["entities"]
    assert [(one["entity"], one["value"]) for one in found] == [("product", "mac-khen")]
