"""One connection per process that hears the new lines of everyone who is listened to."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any
from weakref import WeakSet

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.stores.redis_pipe import Wire, own_wire, pack
from bot.talk.ports import Line, StoreDown

log = structlog.get_logger(__name__)

QUIET = 15.0
"""Seconds of silence after which the connection is asked whether it is still there."""
SUBSCRIBED_WITHIN = 1.0
"""Seconds replay() waits for a listener's subscription."""


class Listener(AsyncIterator[tuple[Line, str]]):
    """The lines of one person for one page. Ends when closed or when Redis is lost."""

    def __init__(self, channel: bytes, owner: Listening) -> None:
        self.lines: asyncio.Queue[tuple[Line, str] | None] = asyncio.Queue()
        self._channel = channel
        self._owner = owner

    async def __anext__(self) -> tuple[Line, str]:
        line = await self.lines.get()
        if line is None:
            self.lines.put_nowait(None)
            raise StopAsyncIteration
        return line

    async def aclose(self) -> None:
        """Hear no more; whoever waits for the next line gets the end."""
        self.lines.put_nowait(None)
        self._owner.leave(self._channel, self)


class Channel:
    """Who listens to one person, and whether Redis has said that it will tell us.

    A listener that was dropped without being closed is not told and ends the subscription too.
    """

    def __init__(self) -> None:
        self.listeners: WeakSet[Listener] = WeakSet()
        self.ready = asyncio.Event()


class Listening:
    """All listeners of a process. After an outage they end; new ones connect again."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._channels: dict[bytes, Channel] = {}
        self._unanswered: Counter[bytes] = Counter()
        self._commands: asyncio.Queue[tuple[bytes, bytes]] = asyncio.Queue()
        self._reader: asyncio.Task[None] | None = None

    def listen(self, person: str) -> Listener:
        """Hear the lines of a person from now on; ready() says when "now" is."""
        name = b"lines:{%b}" % person.encode()
        listener = Listener(name, self)
        if name not in self._channels:
            self._channels[name] = Channel()
            self._commands.put_nowait((b"SUBSCRIBE", name))
            self._unanswered[name] += 1
        self._channels[name].listeners.add(listener)
        if self._reader is None:
            self._reader = asyncio.create_task(self._run())
        return listener

    def leave(self, name: bytes, listener: Listener) -> None:
        """Forget a listener; the last one of a person ends the subscription."""
        channel = self._channels.get(name)
        if channel is not None and listener in channel.listeners:
            channel.listeners.discard(listener)
            self._unsubscribe_if_empty(name, channel)

    def _unsubscribe_if_empty(self, name: bytes, channel: Channel) -> None:
        if not channel.listeners:
            del self._channels[name]
            self._commands.put_nowait((b"UNSUBSCRIBE", name))

    async def ready(self, person: str) -> None:
        """Wait until the listeners of a person, if any, miss nothing more. Raises StoreDown."""
        channel = self._channels.get(b"lines:{%b}" % person.encode())
        if channel is None:
            return
        try:
            async with asyncio.timeout(SUBSCRIBED_WITHIN):
                await channel.ready.wait()
        except TimeoutError:
            raise StoreDown("the subscription was not confirmed in time") from None

    async def aclose(self) -> None:
        """End all listeners and disconnect."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
            self._end_all()  # a task cancelled before its first step does not clean up

    async def _run(self) -> None:
        wire = own_wire(self._client)
        try:
            await wire.connect()
            async with asyncio.TaskGroup() as both:
                both.create_task(self._write(wire))
                both.create_task(self._read(wire))
        except* (RedisError, OSError) as group:
            log.warning("redis-listening-lost", errors=[str(e) for e in group.exceptions])
        finally:
            self._end_all()
            await wire.disconnect(nowait=True)

    def _end_all(self) -> None:
        channels, self._channels = self._channels, {}
        self._commands = asyncio.Queue()
        self._unanswered.clear()
        self._reader = None
        for channel in channels.values():
            channel.ready.set()
            for listener in channel.listeners:
                listener.lines.put_nowait(None)

    async def _write(self, wire: Wire) -> None:
        while True:
            command = await self._commands.get()
            await wire.send_packed_command([pack(command)])

    async def _read(self, wire: Wire) -> None:
        asked = False
        while True:
            message = await wire.read_response(timeout=QUIET)
            if message is not None:
                asked = False
                self._take(message)
            elif asked:
                raise ConnectionError("Redis has gone silent")
            else:
                asked = True
                await wire.send_packed_command([pack((b"PING",))])

    def _take(self, message: list[Any]) -> None:
        """What still comes of a subscription that ended is nobody's: who came after it replays
        those lines, and its own begins with the answer to the last SUBSCRIBE.
        """
        kind, name = message[0], message[1]
        if kind == b"subscribe":
            self._unanswered[name] -= 1
        if self._unanswered[name]:
            return
        self._unanswered.pop(name, None)
        channel = self._channels.get(name)
        if channel is None:
            return
        if kind == b"subscribe":
            channel.ready.set()
        elif kind == b"message":
            heard = _unpack(message[2])
            for listener in channel.listeners:
                listener.lines.put_nowait(heard)
            self._unsubscribe_if_empty(name, channel)


def _unpack(published: bytes) -> tuple[Line, str]:
    """`<n> <length of page> <page><body>`, see redis_scripts."""
    n, length, rest = published.split(b" ", 2)
    cut = int(length)
    return Line(int(n), rest[cut:]), rest[:cut].decode()
