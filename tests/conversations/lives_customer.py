"""Lives on the stage, planned straight through the ledger, and what it holds of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from bot.shop.claim import Claim
from bot.shop.live import Live
from bot.usecases import lives
from bot.usecases.ports import Books
from tests.conversations.stage import Message, Stage

SELLER, OTHER = "nguoi-ban-lai-chau", "nguoi-ban-son-la"
MEAT, ROOT, TEA = "thit-lon-den-gac-bep", "sam-dat", "che-shan-tuyet"
T = TypeVar("T")


def host(seller: str = SELLER) -> str:
    return f"rehearse:seller:{seller}"


def me(name: str) -> str:
    return f"rehearse:{name}"


async def put(stage: Stage, command: Callable[[Books], T]) -> T:
    return await stage.parts.ledger.put(command)


async def planned(
    stage: Stage,
    *products: str,
    id_: str = "live000001",
    seller: str = SELLER,
    in_: int = 3600,
    **more: Any,
) -> Live:
    """A live of these products as A1, A2 …"""
    now, by = stage.parts.shop.now(), await stage.parts.records.person(host(seller))
    plan = lives.Plan(id_, seller, now + in_, **more)
    live = await put(stage, lambda b: lives.plan(b, plan, by, now))
    for product in products or (MEAT, ROOT):
        await put(stage, lambda b, p=product: lives.put_on_air(b, id_, p, by, now))  # type: ignore[misc]
    return live


async def on_air(stage: Stage, *products: str, **more: Any) -> Live:
    live = await planned(stage, *products, **more)
    return await do(stage, lives.start, live)


async def do(stage: Stage, verb: Callable[..., Live], live: Live) -> Live:
    now, by = stage.parts.shop.now(), await stage.parts.records.person(host(live.seller))
    return await put(stage, lambda b: verb(b, live.id, by, now))


async def item(stage: Stage, code: str, live: str = "live000001", **more: Any) -> None:
    now = stage.parts.shop.now()
    known = await stage.parts.records.read(lambda b: b.live(live))
    assert known is not None
    by = await stage.parts.records.person(host(known.seller))
    await put(stage, lambda b: lives.change_item(b, live, code, by, now, **more))


async def claims(stage: Stage, live: str = "live000001") -> list[Claim]:
    found = await stage.parts.records.read(lambda b: b.claims_in(live))
    return list(found)


def choice(message: Message, start: str) -> str:
    """The id of the first choice that begins so."""
    return next(c["id"] for c in message["choices"] if c["id"].startswith(start))


def titles(message: Message) -> dict[str, str]:
    return {c["id"]: c["title"] for c in message["choices"]}
