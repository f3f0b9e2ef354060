"""A helper's sixty comments after the storm: claims right, doubtful ones listed.

They go the way outside readers go, `POST /live/<id>/comments`, in one request.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import aiohttp
import msgspec

from bot.commands.bench_live_shop import LiveShop
from bot.commands.bench_report import Effect
from bot.commands.bench_servers import Server

COMMENTS = Path(__file__).with_name("bench_comments.yml")
PLATFORM = "facebook"
KILO = 1000


class Written(msgspec.Struct, frozen=True, rename={"says": "is"}):
    """A comment, and what it is. wants: kilos by code, 0 for a code that was called off."""

    by: str
    text: str
    says: str
    wants: dict[str, int] = {}


def written() -> tuple[Written, ...]:
    return msgspec.yaml.decode(COMMENTS.read_bytes(), type=tuple[Written, ...])


async def paste(server: Server, shop: LiveShop) -> list[Effect]:
    """Post them all and count what the shop made of them."""
    comments = written()
    answers = await _posted(server, shop, comments)
    kinds: defaultdict[str, int] = defaultdict(int)
    for comment, answer in zip(comments, answers, strict=True):
        kinds[comment.says] += _as_meant(comment, answer)
    counts = [Effect(f"comments: {what}", _many(comments, what), n) for what, n in kinds.items()]
    listed = sum("why" in answer for answer in answers if answer["kind"] == "doubt")
    doubts = sum(answer["kind"] == "doubt" for answer in answers)
    return [*counts, Effect("doubtful ones listed with a reason", doubts, listed)]


def _many(comments: tuple[Written, ...], what: str) -> int:
    return sum(c.says == what for c in comments)


def _as_meant(comment: Written, answer: dict[str, Any]) -> bool:
    """Whether kind, codes and amounts are what was meant; of a part, what was wanted is more."""
    if comment.says not in ("claim", "cancel"):
        return bool(answer["kind"] == comment.says)
    claims = {c["code"]: c for c in answer.get("claims", ())}
    if comment.says == "cancel":
        return all(claims[c]["state"] == "cancelled" for c in comment.wants if c in claims) and (
            set(claims) == set(comment.wants)
        )
    made = {code: c["amount"] for code, c in claims.items()}
    return made == {code: kilos * KILO for code, kilos in comment.wants.items()}


async def _posted(
    server: Server, shop: LiveShop, comments: tuple[Written, ...]
) -> list[dict[str, Any]]:
    url = f"http://127.0.0.1:{server.port}/live/{shop.live}/comments"
    body = [
        {"platform": PLATFORM, "author": c.by, "text": c.text, "id": str(n)}
        for n, c in enumerate(comments)
    ]
    headers = {"Authorization": f"Bearer {shop.token}"}
    async with aiohttp.ClientSession() as http, http.post(url, json=body, headers=headers) as got:
        got.raise_for_status()
        return list((await got.json())["answers"])
