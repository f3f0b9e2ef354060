"""The model of the moment: learned in a child process, cached by content, swapped whole."""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path

import pytest

from bot.understand.live import KEPT, LiveUnderstanding, model_path, opened, sweep
from bot.understand.understander import NotReady
from tests.understand.examples import ROOT, folder, sentences, whole

ENV = {"CATALOG_DIR": str(ROOT / "catalog")}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place with intents/ and, learned once by two processes at the same time, models/."""
    place = tmp_path_factory.mktemp("live")
    lives = [live_at(place, folder(place)), live_at(place)]

    async def both() -> list[bool]:
        return await asyncio.gather(*(live.refresh() for live in lives))

    assert asyncio.run(both()) == [True, True]
    assert all(live.ready for live in lives)
    return place


@pytest.fixture
def place(first: Path, tmp_path: Path) -> Path:
    """A copy of that place to change."""
    return Path(shutil.copytree(first, tmp_path / "place"))


def live_at(place: Path, intents: Path | None = None) -> LiveUnderstanding:
    return LiveUnderstanding(intents or place / "intents", place / "models", tuple, ENV)


def means(live: LiveUnderstanding, text: str) -> str:
    return live.current.parse(text, "customer", "vi").intent


def test_two_that_start_at_once_learn_once(first: Path) -> None:
    assert [p.suffix for p in (first / "models").iterdir() if p.name != "lock"] == [".model"]


async def test_the_cache_is_used_at_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nothing/to/learn/with")
    live = live_at(place)
    assert isinstance(live.current, NotReady)
    assert not live.ready
    live.start()
    assert live.ready
    assert means(live, "đơn tới đâu rồi") == "order_status"
    assert await live.refresh() is False


async def test_a_change_is_learned_and_a_broken_file_is_not(place: Path) -> None:
    live = live_at(place)
    live.start()
    good = live.current
    file = place / "intents" / "vi.yml"
    file.write_text(whole().replace("intent: greet", "intent: greeet"), "utf-8")
    assert await live.refresh() is False
    assert live.current is good
    assert await live.refresh() is False
    taught = [*sentences("greet"), "mế ơi ra đây con bảo", "mế ơi ra cháu nhờ"]
    file.write_text(whole({"greet": taught}), "utf-8")
    assert await live.refresh() is True
    assert live.current is not good
    assert means(live, "mế ơi ra đây") == "greet"


async def test_a_damaged_model_is_thrown_away_and_learned_again(place: Path) -> None:
    path = model_path(place / "intents", place / "models")
    path.write_bytes(path.read_bytes()[:-7])
    live = live_at(place)
    live.start()
    assert isinstance(live.current, NotReady)
    assert not path.exists()
    assert await live.refresh() is True
    assert means(live, "đơn tới đâu rồi") == "order_status"


async def test_bands_are_taken_without_learning(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = live_at(place)
    live.start()
    monkeypatch.setattr(sys, "executable", "/nothing/to/learn/with")
    bands = "customer: {act: 1, ask: 1}\nseller: {act: 1, ask: 1}\n"
    (place / "intents" / "bands.yml").write_text(bands, "utf-8")
    assert await live.refresh() is True
    assert live.current.parse("đơn tới đâu rồi", "customer", "vi").band == "reject"


async def test_an_older_model_answers_while_a_new_one_is_learned(place: Path) -> None:
    file = place / "intents" / "vi.yml"
    file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    live = live_at(place)
    live.start()
    assert not live.ready
    assert means(live, "đơn tới đâu rồi") == "order_status"


def test_without_anything_nothing_is_understood(tmp_path: Path) -> None:
    live = live_at(tmp_path)
    live.start()
    assert isinstance(live.current, NotReady)
    assert opened(tmp_path / "none.model") is None


def test_few_models_are_kept(tmp_path: Path) -> None:
    for n in range(6):
        (tmp_path / f"{n}.model").write_bytes(b"")
    sweep(tmp_path, tmp_path / "0.model")
    assert len(list(tmp_path.glob("*.model"))) == KEPT
    assert (tmp_path / "0.model").exists()


def test_the_name_of_a_model_is_its_content(tmp_path: Path) -> None:
    one, two = folder(tmp_path / "a"), folder(tmp_path / "b")
    assert model_path(one, tmp_path) == model_path(two, tmp_path)
    (two / "teencode.yml").write_text("vi:\n  không: [k]\n", "utf-8")
    assert model_path(one, tmp_path) != model_path(two, tmp_path)
