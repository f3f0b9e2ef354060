"""The whole shop's hearing, for `bench understand`: what it does, and the lines it would take."""

from __future__ import annotations

import csv
import json
from functools import partial
from pathlib import Path
from typing import Any

from bot.commands.bench_understand_report import ASKED, Answer, Frames
from bot.commands.parse import answer, sold_as
from bot.commands.train import known_texts
from bot.settings import Settings
from bot.stores.catalogue import load_catalogue
from bot.understand.commands import load_commands
from bot.understand.inventory import Role
from bot.understand.model import Model
from bot.understand.understander import LocalUnderstander, load_bands, numbers_of
from bot.understand.understanding import Understanding
from bot.understand.understood import Understood

BAND_SCORES = {"act": 1.0, "ask": ASKED, "reject": 0.0}


class Shopkeeper:
    """Grammar, command words and classifier together; the scope is the whole catalogue."""

    def __init__(self, settings: Settings, model: Path) -> None:
        catalogue, _ = load_catalogue(settings.catalog_dir)
        bands = load_bands(settings.intents_dir / "bands.yml")
        more = numbers_of(known_texts(settings))
        self.current = LocalUnderstander(Model(model), bands, more)
        commands = load_commands(settings.intents_dir / "commands.yml")
        self._mind = Understanding(self, commands)
        self._mind.know(catalogue.products.values(), catalogue.provinces)
        self.products = catalogue.products

    def read(self, text: str, role: Role) -> Understood:
        return self._mind.read(text, role, "vi", partial(sold_as, self.products, role))

    def hear(self, text: str, role: Role) -> Answer:
        """What it would do; asking back about an amount is asking, too."""
        got = self.read(text, role)
        band = "ask" if got.band == "act" and got.reason else got.band
        ranked = tuple(intent for intent, _ in got.ranking)
        return Answer(role, "", got.intent, BAND_SCORES[band], (got.intent, *ranked))


def read_frames(dev: Path, shop: Shopkeeper) -> Frames:
    """`frames.csv` (role, text, lines as JSON, must_ask) against what the shop takes."""
    frames = Frames()
    if not (dev / "frames.csv").exists():
        return frames
    with (dev / "frames.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            role: Role = "seller" if row["role"] == "seller" else "customer"
            told = answer(row["text"], shop.read(row["text"], role), shop.products)
            _count(frames, row, told)
    return frames


def _count(frames: Frames, row: dict[str, str], told: dict[str, Any]) -> None:
    frames.messages += 1
    same = _sorted(json.loads(row["lines"])) == _sorted(told["lines"])
    if same and told["must_ask"] == (row["must_ask"] == "true"):
        frames.exact += 1
        return
    frames.wrong += not same and bool(told["lines"]) and not told["must_ask"]
    frames.missed.append(row["text"])


def _sorted(lines: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(line, sort_keys=True) for line in lines)
