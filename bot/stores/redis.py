"""Sessions in Redis: one round trip to open a turn, one to close it. Keys: see redis_scripts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError

from bot.stores import redis_scripts as scripts
from bot.stores.redis_listen import Listening
from bot.stores.redis_pipe import Argument, Pipe, Reply
from bot.stores.redis_scripts import Script
from bot.talk.ports import Busy, Line, Opened

FIRST_WAIT = 0.005
LONGEST_WAIT = 0.05


def connect(url: str) -> Redis:
    """A client that gives up within half a second and never retries by itself.

    redis-py's own retries turn an outage into 2 to 8 seconds for every call (measured).
    """
    return Redis.from_url(
        url,
        retry=Retry(NoBackoff(), 0),
        socket_timeout=0.5,
        socket_connect_timeout=0.5,
    )


class RedisSessions:
    """The `Sessions` of bot.talk.ports. Close it before the client."""

    def __init__(
        self, client: Redis, *, lease: float = scripts.LEASE, patience: float = scripts.PATIENCE
    ) -> None:
        self._pipe = Pipe(client)
        self._listening = Listening(client)
        self._lease_ms = int(lease * 1000)
        self._patience = patience

    async def aclose(self) -> None:
        """End all listeners and disconnect."""
        await self._listening.aclose()
        await self._pipe.aclose()

    async def open(self, person: str, event_id: str) -> Opened:
        """See Sessions.open."""
        name = person.encode()
        keys = (
            b"answer:{%b}:%b" % (name, event_id.encode()),
            b"lock:{%b}" % name,
            b"turn:{%b}" % name,
            b"session:{%b}" % name,
        )
        reply = await self._run(scripts.OPEN, keys, self._lease_ms)
        if reply[0] == scripts.BUSY:
            reply = await self._wait_for_lock(person, keys)
        if reply[0] == 0:
            return Opened(person, event_id, 0, answer=reply[1], sent=reply[2])
        return Opened(person, event_id, reply[0], session=reply[1])

    async def _wait_for_lock(self, person: str, keys: tuple[bytes, ...]) -> Reply:
        loop = asyncio.get_running_loop()
        until, wait = loop.time() + self._patience, FIRST_WAIT
        while loop.time() < until:
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT)
            reply = await self._run(scripts.OPEN, keys, self._lease_ms)
            if reply[0] != scripts.BUSY:
                return reply
        raise Busy(person)

    async def close(
        self,
        opened: Opened,
        session: bytes,
        answer: bytes,
        *,
        stream: Sequence[bytes] = (),
        page: str = "",
    ) -> int:
        """See Sessions.close. Lines of a stream count as sent: appending them delivers them."""
        name, event = opened.person.encode(), opened.event_id.encode()
        keys = (
            b"answer:{%b}:%b" % (name, event),
            b"lock:{%b}" % name,
            b"turn:{%b}" % name,
            b"session:{%b}" % name,
            b"answers:{%b}" % name,
            b"stream:{%b}" % name,
        )
        args = (opened.fence, session, answer, event, b"lines:{%b}" % name, page.encode())
        first: int = await self._run(scripts.CLOSE, keys, *args, *stream)
        if first == scripts.LOST:
            raise Busy(opened.person)
        return first

    async def release(self, opened: Opened) -> None:
        """See Sessions.release."""
        await self._run(scripts.RELEASE, (b"lock:{%b}" % opened.person.encode(),), opened.fence)

    async def sent(self, person: str, event_id: str, count: int) -> None:
        """See Sessions.sent."""
        key = b"answer:{%b}:%b" % (person.encode(), event_id.encode())
        await self._run(scripts.SENT, (key,), count)

    async def replay(self, person: str, after: int) -> tuple[Line, ...]:
        """See Sessions.replay. Call listen() first and nothing falls between the two."""
        await self._listening.ready(person)
        key = b"stream:{%b}" % person.encode()
        entries = await self._run(scripts.REPLAY, (key,), max(after, 0))
        return tuple(Line(int(number.partition(b"-")[0]), pair[1]) for number, pair in entries)

    def listen(self, person: str) -> AsyncIterator[tuple[Line, str]]:
        """See Sessions.listen. Also ends when Redis is lost: then replay and listen again."""
        return self._listening.listen(person)

    async def is_heard(self, person: str) -> bool:
        """Whether a page of this person listens, in any process on this Redis."""
        channel = b"lines:{%b}" % person.encode()
        reply = await self._pipe.call(b"PUBSUB", b"NUMSUB", channel)
        return bool(reply[1])

    async def forget(self, person: str) -> None:
        """See Sessions.forget."""
        name = person.encode()
        keys = (
            b"session:{%b}" % name,
            b"stream:{%b}" % name,
            b"answers:{%b}" % name,
            b"turn:{%b}" % name,
        )
        await self._run(scripts.FORGET, keys, b"answer:{%b}:" % name)

    async def count(self, key: str, seconds: int) -> int:
        """See Sessions.count."""
        n: int = await self._run(scripts.COUNT, (b"count:{%b}" % key.encode(),), seconds)
        return n

    async def _run(self, script: Script, keys: tuple[bytes, ...], *args: Argument) -> Reply:
        """EVALSHA; a server that was restarted has forgotten the text and gets it again."""
        try:
            return await self._pipe.call(b"EVALSHA", script.sha, len(keys), *keys, *args)
        except NoScriptError:
            return await self._pipe.call(b"EVAL", script.text, len(keys), *keys, *args)
