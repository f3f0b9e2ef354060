"""`python -m bot train`: learn the examples of `intents/` and keep the model in the cache.

The shop starts this as a child process whenever the examples change, so that scikit-learn never
takes memory in a process that serves.
"""

from __future__ import annotations

import fcntl
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.commands.check_intents import faults, sentence
from bot.settings import Settings
from bot.stores.catalogue import load_catalogue
from bot.understand.features import load_teencode
from bot.understand.intents_file import Example
from bot.understand.intents_folder import learned_from
from bot.understand.live import NO_LEARNER, model_path, opened, sweep
from bot.understand.message import Reader
from bot.words.book import known_words, load_books

POLITE = 5
"""Niceness: customers being served come first."""


def train(settings: Settings) -> int:
    """The exit code: 0 if the model is there, 1 for faults (printed), 3 without scikit-learn."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # one core, and the same sums on any machine
    os.nice(POLITE)
    found = faults(settings.intents_dir)
    if found:
        print(*found, sep="\n")
        return 1
    cache = settings.understanding_dir
    cache.mkdir(parents=True, exist_ok=True)
    with _alone(cache):
        path = model_path(settings.intents_dir, cache)
        if opened(path):
            print(sentence("train-cached", path=path))
            return 0
        return _learn(settings, path)


def _learn(settings: Settings, path: Path) -> int:
    examples = learned_from(settings.intents_dir)
    started = time.monotonic()
    try:
        learn(settings, examples, path)
    except ModuleNotFoundError as error:
        if error.name not in ("sklearn", "numpy", "scipy"):
            raise
        print(sentence("train-no-learner"), file=sys.stderr)
        return NO_LEARNER
    sweep(path.parent, path)
    seconds = round(time.monotonic() - started, 1)
    print(sentence("train-done", count=len(examples), seconds=seconds, path=path))
    return 0


def learn(settings: Settings, examples: Sequence[Example], path: Path) -> None:
    """Learn some examples into a model file. Raises ModuleNotFoundError without scikit-learn."""
    from bot.understand.training import train as fit_all

    reader = reader_of(settings)
    normaliser = load_teencode(settings.intents_dir / "teencode.yml")
    fit_all(examples, normaliser, lambda text: reader.read(text).masked(), path)


def reader_of(settings: Settings) -> Reader:
    """What takes messages apart, with the catalogue as it is now."""
    catalogue, _ = load_catalogue(settings.catalog_dir)
    return Reader(catalogue.products.values(), catalogue.provinces)


@contextmanager
def _alone(cache: Path) -> Iterator[None]:
    """Two processes that start at once: the second waits and finds the first one's model."""
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def known_texts(settings: Settings) -> list[str]:
    """What is known by word beside the examples: names of goods and the shop's own answers."""
    catalogue, _ = load_catalogue(settings.catalog_dir)
    return known_words(load_books(settings.locales_dir), catalogue.products.values())
