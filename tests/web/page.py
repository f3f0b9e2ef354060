"""What the page's script does, as functions of a test."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientResponse, ClientSession

PAGE = str(uuid.uuid4())
OTHER_PAGE = str(uuid.uuid4())


async def post(
    client: ClientSession,
    body: Mapping[str, Any],
    *,
    profile: str = "khach",
    headers: Mapping[str, str] | None = None,
) -> tuple[int, dict[str, Any], ClientResponse]:
    """POST a message; an id and a page are added where the test gives none."""
    full = {"id": str(uuid.uuid4()), "page": PAGE, **body}
    async with client.post(f"/chat/say?as={profile}", json=full, headers=headers) as response:
        return response.status, await response.json(), response


class Events:
    """Server-sent events of an open stream."""

    def __init__(self, response: ClientResponse) -> None:
        self.response = response

    async def next(self) -> tuple[str, Any]:
        """Name (`message` when it has none) and data of the next event."""
        name, data = "message", ""
        while True:
            raw = await asyncio.wait_for(self.response.content.readline(), 5)
            if not raw:
                raise EOFError
            line = raw.decode().rstrip("\n")
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                data = line.removeprefix("data: ")
            elif not line and data:
                return name, json.loads(data)

    async def until_ready(self) -> list[tuple[str, Any]]:
        """What the replay brought before `ready`."""
        found: list[tuple[str, Any]] = []
        while (event := await self.next())[0] != "ready":
            found.append(event)
        return found


@asynccontextmanager
async def listening(
    client: ClientSession, after: int = 0, page: str = PAGE, **headers: str
) -> AsyncIterator[Events]:
    plain = {name.replace("_", "-"): value for name, value in headers.items()}
    url = f"/chat/stream?after={after}&page={page}"
    async with client.get(url, headers=plain) as response:
        assert response.content_type == "text/event-stream"
        yield Events(response)


def numbers(events: list[tuple[str, Any]]) -> list[int]:
    return [data["n"] for name, data in events if name == "message"]
