"""What tests of typed shopping share."""

from __future__ import annotations

import re

from tests.conversations.stage import Message, Stage

FORM = ("0912345678", "Sùng Thị Mỷ", "12 Láng Hạ, Hà Nội", "không")
"""Phone, name, address and note, in the order they are asked for."""

LINE = re.compile(r"• (\D+) (\d\S* \S+(?: × \d+)?) =")


def ids(message: Message) -> list[str]:
    return [c["id"] for c in message["choices"]]


async def asked(stage: Stage, person: str, text: str) -> list[str]:
    """The ids of everything that answers her."""
    return [m["id"] for m in await stage.play(person=person, text=text) if m["to"] == person]


async def cart(stage: Stage, person: str = "an") -> dict[str, str]:
    """What stands in the cart, as it is shown."""
    return dict(LINE.findall((await stage.say(person, "giỏ"))["text"]))


async def to_summary(stage: Stage, person: str = "an") -> Message:
    return await stage.say(person, "đặt hàng", "đồng ý", *FORM)
