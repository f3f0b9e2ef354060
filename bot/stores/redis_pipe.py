"""Many small calls of one process over one connection to Redis, and one connection that listens.

redis-py takes a connection, two time-outs and several coroutines for every command: measured,
that is most of what a turn may cost. Here the calls made while a batch is on its way go out
together as the next batch, with one deadline for all of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, Protocol

from redis.asyncio import Redis
from redis.exceptions import (
    ClusterDownError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
)

from bot.talk.ports import StoreDown

Reply = Any
"""What Redis says: int, bytes, None or a list of these."""
Argument = bytes | int

DEADLINE = 0.5
"""Seconds a batch may take, connecting included."""
IDLE = 0.05
"""Seconds of rest after which a connection is looked at first: the server may have restarted."""

_CANNOT_NOW = (ReadOnlyError, OutOfMemoryError, ClusterDownError)
_CANNOT_NOW_WORDS = ("OOM ", "READONLY ", "MISCONF ")
"""Refusals that end by themselves: full memory, failover, full disk. Others are bugs and stay
visible. Redis 6.2 wraps those met inside a script, so that only the word tells."""


def pack(command: tuple[Argument, ...]) -> bytes:
    """A command as Redis reads it (hiredis' packer would save 0.4 µs)."""
    parts = [b"*%d\r\n" % len(command)]
    for value in command:
        word = value if isinstance(value, bytes) else b"%d" % value
        parts.append(b"$%d\r\n%b\r\n" % (len(word), word))
    return b"".join(parts)


class Wire(Protocol):
    """What we use of a redis-py connection, which does addresses, TLS, log-in and parsing."""

    socket_timeout: float | None

    @property
    def is_connected(self) -> bool: ...
    async def connect(self) -> None: ...
    async def disconnect(self, nowait: bool = False) -> None: ...
    async def can_read_destructive(self) -> bool: ...
    async def send_packed_command(self, command: list[bytes]) -> None: ...
    def read_response(self, *, timeout: float | None = None) -> Awaitable[Reply]: ...


def own_wire(client: Redis) -> Wire:
    """A connection beside the client's pool. Its reads have no time-out: the caller sets one."""
    pool: Any = client.connection_pool
    wire: Wire = pool.make_connection()
    wire.socket_timeout = None
    return wire


class Pipe:
    """Sends calls in batches. A refused call fails alone (ResponseError), a lost line fails all of
    its batch (StoreDown)."""

    def __init__(self, client: Redis) -> None:
        self._wire = own_wire(client)
        self._waiting: list[tuple[bytes, asyncio.Future[Reply]]] = []
        self._pump: asyncio.Task[None] | None = None
        self._used = 0.0

    def call(self, *command: Argument) -> asyncio.Future[Reply]:
        """The reply to come. Must be called in the event loop."""
        loop = asyncio.get_running_loop()
        reply: asyncio.Future[Reply] = loop.create_future()
        self._waiting.append((pack(command), reply))
        if self._pump is None:
            self._pump = loop.create_task(self._work())
        return reply

    async def aclose(self) -> None:
        """Wait for what is on its way, then disconnect."""
        if self._pump is not None:
            await self._pump
        await self._wire.disconnect()

    async def _work(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                await self._exchange_or_fail(batch)
        finally:
            self._pump = None

    async def _exchange_or_fail(self, batch: list[tuple[bytes, asyncio.Future[Reply]]]) -> None:
        down = StoreDown("the batch was cut off")
        try:
            async with asyncio.timeout(DEADLINE):
                await self._exchange(batch)
        except (RedisError, OSError) as error:  # TimeoutError is an OSError
            down = StoreDown(str(error) or "no answer in time")
            await self._wire.disconnect(nowait=True)
        finally:
            for _, reply in batch:
                if not reply.done():
                    reply.set_exception(down)

    async def _exchange(self, batch: list[tuple[bytes, asyncio.Future[Reply]]]) -> None:
        wire = self._wire
        await self._ready()
        await wire.send_packed_command([packed for packed, _ in batch])
        for _, reply in batch:
            try:
                value = await wire.read_response()
            except ResponseError as error:
                _fail(reply, error)
            else:
                if not reply.done():
                    reply.set_result(value)
        self._used = asyncio.get_running_loop().time()

    async def _ready(self) -> None:
        wire = self._wire
        idle = asyncio.get_running_loop().time() - self._used
        if wire.is_connected and idle > IDLE and await _is_stale(wire):
            await wire.disconnect(nowait=True)
        if not wire.is_connected:
            await wire.connect()


def _fail(reply: asyncio.Future[Reply], error: ResponseError) -> None:
    text = str(error)
    passing = isinstance(error, _CANNOT_NOW) or any(word in text for word in _CANNOT_NOW_WORDS)
    if not reply.done():
        reply.set_exception(StoreDown(text) if passing else error)


async def _is_stale(wire: Wire) -> bool:
    """Nothing is owed to us, so anything to read means that the other end hung up."""
    try:
        return bool(await wire.can_read_destructive())
    except (RedisError, OSError):
        return True
