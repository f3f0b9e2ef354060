"""`python -m bot bench rasa`: does a second opinion spare questions, and at what price?

Trains and serves Rasa for real, asks it only what the shop's own model is unsure of, and counts:
questions, actions, wrong actions. All messages are synthetic: nobody's real chat.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.commands.bench_rasa_report import Heard, RasaCost, agreement, print_rasa_report
from bot.commands.bench_understand import DEV, Message, read_messages
from bot.commands.rasa_server import Server, free_port, made_token, ready
from bot.commands.train import known_texts, reader_of
from bot.settings import Settings
from bot.stores.rasa_http import RasaHttp
from bot.understand.features import Normaliser
from bot.understand.fold import fold, has_marks
from bot.understand.live import model_path
from bot.understand.model import Model
from bot.understand.rasa import RasaOpinion
from bot.understand.understander import Bands, LocalUnderstander, Parsed, load_bands, numbers_of

WARMING = 30
"""Questions asked first and not counted: a server that has just come up is slow."""

LEAST_AGREED = 0.9
"""Of messages the own model acts on, how many Rasa must take for the same: below, what it was
given to learn is not what the own model learned.
"""

MOST_SILENT = 0.01


@dataclass(frozen=True, slots=True)
class Ears:
    """What hears: this house's own model, the bands, and Rasa beside them."""

    local: LocalUnderstander
    bands: Bands
    normaliser: Normaliser

    def opinion(self, http: RasaHttp) -> RasaOpinion:
        return RasaOpinion(http, self.normaliser, self.bands, self.local.known_share)


def bench_rasa(
    settings: Settings, python: Path, config: str, *, as_json: bool, dev: Path = DEV
) -> int:
    """Print the comparison; 1 if Rasa does not answer, or names other intents than the own model
    where that is sure. Raises RasaFailed, CannotExport.
    """
    messages = list(_both_ways(read_messages(dev)))
    trained = ready(settings, python, config)
    ears = ears_of(settings)
    with Server(trained, made_token(settings), free_port()) as server:
        cost = RasaCost(config, trained.seconds, server.start_seconds)
        heard = asyncio.run(_hear_all(settings, ears, server, messages, cost))
        cost.memory_mb, cost.peak_mb = server.memory_mb()
    print_rasa_report(heard, cost, as_json=as_json)
    silent = cost.unanswered / len(messages)
    return int(silent > MOST_SILENT or agreement(heard) < LEAST_AGREED)


def ears_of(settings: Settings) -> Ears:
    """The shop's own model, learned in a child process if it is not in the cache."""
    env = {
        **os.environ,
        "MODELS_DIR": str(settings.understanding_dir),
        "INTENTS_DIR": str(settings.intents_dir),
        "CATALOG_DIR": str(settings.catalog_dir),
    }
    subprocess.run([sys.executable, "-m", "bot", "train"], env=env, check=True)
    model = Model(model_path(settings.intents_dir, settings.understanding_dir))
    bands = load_bands(settings.intents_dir / "bands.yml")
    local = LocalUnderstander(model, bands, numbers_of(known_texts(settings)))
    return Ears(local, bands, model.normaliser)


def _both_ways(messages: Iterator[Message]) -> Iterator[Message]:
    """As written, and what has diacritics once more without."""
    for message in messages:
        yield message
        if has_marks(message.text):
            yield Message(message.role, fold(message.text), message.intent, "stripped")


async def _hear_all(
    settings: Settings, ears: Ears, server: Server, messages: Sequence[Message], cost: RasaCost
) -> list[Heard]:
    """Every message heard by both, so that they can be compared; what is asked of Rasa only where
    the own model is in doubt is for `settle` to say.
    """
    http = RasaHttp(server.url, server.token)
    opinion = ears.opinion(http)
    reader = reader_of(settings)
    try:
        for message in messages[:WARMING]:
            await opinion.second(message.text, message.role, "vi")
        heard = []
        for message in messages:
            masked = reader.read(message.text).masked()
            local = ears.local.parse(masked, message.role, "vi")
            second = None
            if local.ranking:  # a message without words is asked of nobody
                second = await _second(opinion, masked, message, cost)
            heard.append(Heard(message.role, message.intent, local, second))
        return heard
    finally:
        await http.aclose()


async def _second(
    opinion: RasaOpinion, masked: str, message: Message, cost: RasaCost
) -> Parsed | None:
    started = time.perf_counter()
    second = await opinion.second(masked, message.role, "vi")
    cost.waits.append((time.perf_counter() - started) * 1e3)
    cost.unanswered += second is None
    return second
