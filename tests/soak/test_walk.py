"""People who press and type at random: whatever they do, the shop answers, and the sums are right.

`make test` walks a few hundred steps, `make soak` many thousands (SOAK_STEPS).
"""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

from tests.conversations.stage import Message, Stage, open_stage

STEPS = int(os.environ.get("SOAK_STEPS", "400"))
SEED = int(os.environ.get("SOAK_SEED", "1"))
CUSTOMERS = ["an", "bình", "cúc", "dung"]
SELLERS = [f"seller:nguoi-ban-{place}" for place in ("lai-chau", "son-la", "lang-son")]
SAYINGS = [
    *["0", "1", "2", "3", "4", "5", "9", "12", "-1", "abc", "🐖", "ừ", "thôi"],
    *["2kg", "500 g", "nửa cân", "3 hộp", "1e9", "sâm đất", "mac khen", "thịt lợn đen", "na dai"],
    *["giỏ", "đơn", "đặt hàng", "quay lại", "giúp", "gặp người bán", "tiếng Mông", "dừng", "xong"],
    *["0912345678", "Sùng Thị Mỷ", "12 Láng Hạ, Hà Nội", "bản A", "Lai Châu", "50k", "/start p-x"],
    *["/kho sâm đất 20", "/kho", "{name}", "<b>", "ZJ4K2P9QJ 5678", "xoá dữ liệu", "/huh", "  "],
]
DESKS = ["owner", "day"]
"""The owner and a trainer."""

SWITCHES = ("lang:", "voice:", "erase:", "light")
"""Who listens stays with it."""

ANSWERS = {
    "ask-phone": "0912345678",
    "ask-name": "Giàng A Páo",
    "ask-address": "12 Láng Hạ, Hà Nội",
    "how-much-number": "2",
    "address-write": "bản A, xã B",
    "fee-ask-number": "50k",
}
"""What a person who means to buy says to a question."""


class Walker:
    """Remembers what each person was shown last and picks from it."""

    def __init__(self, stage: Stage, dice: random.Random, *, aloud: bool = False) -> None:
        self._stage = stage
        self._dice = dice
        self._people = CUSTOMERS * 2 + SELLERS + (DESKS if aloud else [])
        self.aloud = aloud
        self._shown: dict[str, list[str]] = {}
        self._asked: dict[str, str] = {}
        self.steps: list[dict[str, Any]] = []

    async def step(self) -> list[Message]:
        person = self._dice.choice(self._people)
        line = {"person": person, **self._deed(person)}
        self.steps.append(line)
        got = await self._stage.play(**line)
        for message in got:
            if message.get("choices"):
                shown = [c["id"] for c in message["choices"] if "url" not in c]
                shown = [id for id in shown if not (self.aloud and id.startswith(SWITCHES))]
                self._shown[message["to"]] = shown
                self._asked[message["to"]] = message["id"]
        return got

    def _deed(self, person: str) -> dict[str, Any]:
        """Mostly the buttons in view, sometimes a digit, words, or something odd."""
        shown, roll = self._shown.get(person, []), self._dice.random()
        answer = ANSWERS.get(self._asked.get(person, ""))
        if answer and self._dice.random() < 0.6:
            return {"text": answer}
        if shown and roll < 0.7:
            return {"tap": self._dice.choice(shown)}
        if shown and roll < 0.8:
            return {"text": str(self._dice.randrange(len(shown) + 1))}
        if roll < 0.97:
            return {"text": self._dice.choice(SAYINGS)}
        return self._dice.choice(
            [{"unsupported": "sticker"}, {"place": (22.3, 103.4)}, {"contact": "0987654321"}]
        )


def _sound(message: Message, walker: Walker) -> None:
    """One message that anyone may be shown."""
    story = walker.steps[-8:]
    pressed = "tap" in walker.steps[-1] and message["to"] == walker.steps[-1]["person"]
    assert not (pressed and message["id"] == "old-menu"), story
    assert message["id"] != "sorry-try-again", story
    assert message["text"].strip(), story
    assert "{" not in message["text"].replace("{name}", ""), story
    for choice in message["choices"]:
        assert len(choice["id"].encode()) <= 40, story
        assert choice["title"] not in ("", "…"), story
    if walker.aloud:
        counted = [c for c in message["choices"] if c["id"] != "back" and "url" not in c]
        assert len(counted) <= 4, story
        assert message["picture"] or not counted, (message, story)


async def _sums_are_right(stage: Stage) -> None:
    """What orders hold and sold is what the lots say is held and sold; nothing is below zero."""
    held: dict[str, int] = {}
    sold: dict[str, int] = {}
    for order in await stage.rows("orders"):
        kept = held if order["state"] in ("placed", "confirmed") else sold
        if order["state"] in ("placed", "confirmed", "packed", "shipped", "delivered"):
            for line in order["lines"]:
                amount = next(line[k] for k in ("grams", "ml", "count") if k in line)
                kept[line["product"]] = kept.get(line["product"], 0) + amount
    for row in await stage.rows("stock"):
        assert row["free"] >= 0, row
        assert row["held"] == held.get(row["product"], 0), row
        assert row["sold"] == sold.get(row["product"], 0), row


async def test_a_random_walk(tmp_path: Path) -> None:
    limits = {"open_orders_per_phone": 1000, "large_first_order_vnd": 10**12}
    async with open_stage(tmp_path / "var", **limits) as stage:
        walker = Walker(stage, random.Random(SEED))
        for n in range(STEPS):
            got = await walker.step()
            assert got, walker.steps[-3:]
            for message in got:
                _sound(message, walker)
            if n % 100 == 99:
                await _sums_are_right(stage)


async def test_a_random_walk_by_ear(tmp_path: Path) -> None:
    """In Mông, everybody from customer to trainer: every screen has a picture and four ways."""
    limits = {"open_orders_per_phone": 1000, "large_first_order_vnd": 10**12}
    async with open_stage(tmp_path / "var", **limits) as stage:
        walker = Walker(stage, random.Random(SEED), aloud=True)
        for person in (*CUSTOMERS, *SELLERS, *DESKS):
            await stage.tap(person, "lang:hmn@rpa:voice")
        for _ in range(STEPS // 4):
            said = {m["to"]: m for m in await walker.step()}  # the last to each of them
            for message in said.values():
                _sound(message, walker)
        await _sums_are_right(stage)
