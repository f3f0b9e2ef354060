"""One token's speed limit for all processes, in Redis. Keys, both with the token's hash tag:

    pace:{bot}        hash  `free`: when the next slot is; `silent`: nobody before; `urgent`:
                            replies wait, nobody else before. Microseconds of Redis' clock.
    pace:{bot}:chats  zset  chats by the moment the next patient message may go to them

A process asks when a slot is due and is told "now" or how long to wait; nothing is reserved, so a
process that dies takes no slot along. While Redis is away each process keeps the pace by itself.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Hashable

import structlog
from redis.asyncio import Redis
from redis.exceptions import NoScriptError, RedisError

from bot.channels.pace import CHAT_GAP, FOREVER, LATE, LEAST_LATE, LocalPace, Waiter, must_last
from bot.stores.redis_pipe import Argument, Pipe, Reply
from bot.stores.redis_scripts import Script
from bot.talk.ports import StoreDown

log = structlog.get_logger(__name__)

GRACE = 0.02
"""Seconds a slot is kept for a reply that waits in another process and is about to ask again."""
AWAY = 1.0
"""Seconds after which a Redis that was away is asked again."""
GO, CHAT_RESTS = 0, 2
_KEEP = 600
_TROUBLE = (StoreDown, RedisError, OSError)

_CLOCK = """
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
"""

ASK = Script(
    f"""
-- KEYS pace, chats; ARGV urgent 0/1, chat, interval, gap, late, grace, own next slot in
-- returns 0 go | 1 wait for a slot | 2 wait for this chat, microseconds to wait, silence left
{_CLOCK}
local known = redis.call('HMGET', KEYS[1], 'free', 'silent', 'urgent')
local free = tonumber(known[1]) or 0
local silent = tonumber(known[2]) or 0
local urgent = ARGV[1] == '1'
local left = math.max(0, silent - now)
if tonumber(ARGV[7]) > 0 then free = math.max(free, now + ARGV[7]) end
if not urgent and ARGV[2] ~= '' then
  local next = tonumber(redis.call('ZSCORE', KEYS[2], ARGV[2]) or 0)
  if next > now then return {{2, next - now, left}} end
end
local at = math.max(free, silent)
if urgent and at > now then
  redis.call('HSET', KEYS[1], 'urgent', string.format('%.0f', at + ARGV[6]))
  redis.call('EXPIRE', KEYS[1], math.ceil(left / 1000000) + {_KEEP})
end
if not urgent then at = math.max(at, tonumber(known[3]) or 0) end
if at > now then return {{1, at - now, left}} end
local start = now
if now - free < tonumber(ARGV[5]) then start = free end
redis.call('HSET', KEYS[1], 'free', string.format('%.0f', start + ARGV[3]))
redis.call('EXPIRE', KEYS[1], {_KEEP})
if ARGV[2] ~= '' then
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
  redis.call('ZADD', KEYS[2], string.format('%.0f', now + ARGV[4]), ARGV[2])
  redis.call('EXPIRE', KEYS[2], {_KEEP})
end
return {{0, 0, 0}}
"""
)

SILENCE = Script(
    f"""
-- KEYS pace; ARGV microseconds. A shorter silence does not shorten a longer one
{_CLOCK}
local until_ = now + ARGV[1]
if until_ > (tonumber(redis.call('HGET', KEYS[1], 'silent')) or 0) then
  redis.call('HSET', KEYS[1], 'silent', string.format('%.0f', until_))
  redis.call('EXPIRE', KEYS[1], math.ceil(ARGV[1] / 1000000) + {_KEEP})
end
return 0
"""
)


class RedisPace:
    """Keeps the `Pace` protocol. bot: the public number of the token. Close it before the client.

    Raises ValueError for a rate that is not above 0.
    """

    def __init__(
        self, client: Redis, bot: str, per_second: float, chat_gap: float = CHAT_GAP
    ) -> None:
        self._alone = LocalPace(per_second, chat_gap)
        self._pipe = Pipe(client)
        name = b"pace:{%b}" % bot.encode()
        self._keys = (name, name + b":chats")
        self._limits = _limits(per_second, chat_gap)
        self._late = self._limits[2] / 1e6
        self._urgent: list[Waiter] = []
        self._patient: list[Waiter] = []
        self._chats: dict[Hashable, float] = {}
        self._all_rest = False
        self._stir = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None
        self._saying: set[asyncio.Task[None]] = set()
        self._away_until = float("-inf")
        self._away = False
        self._quickest = float("inf")
        self._stale_before = False

    async def aclose(self) -> None:
        """Nobody waits any more; disconnect."""
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.gather(self._pump, *self._saying, return_exceptions=True)
        await self._pipe.aclose()

    async def wait(
        self, *, urgent: bool, chat: Hashable = None, patience: float = FOREVER
    ) -> None:
        """See Pace.wait."""
        must_last(patience, self.paused())
        loop = asyncio.get_running_loop()
        waiter = Waiter(chat, loop.create_future(), patience)
        queue = self._urgent if urgent else self._patient
        queue.append(waiter)
        if urgent or self._all_rest:
            self._stir.set()
        if self._pump is None:
            self._pump = loop.create_task(self._work())
        try:
            await waiter.turn
        finally:
            if waiter in queue:  # cancelled while waiting
                queue.remove(waiter)

    def pause(self, seconds: float) -> None:
        """See Pace.pause. Known here at once, elsewhere with the next question."""
        self._silent(seconds)
        task = asyncio.ensure_future(self._tell(int(seconds * 1e6)))
        self._saying.add(task)
        task.add_done_callback(self._saying.discard)

    def paused(self) -> float:
        """Seconds of silence left, as far as this process knows."""
        return self._alone.paused()

    async def _tell(self, micros: int) -> None:
        with contextlib.suppress(*_TROUBLE):
            await self._run(SILENCE, self._keys[:1], micros)

    def _silent(self, seconds: float) -> None:
        self._alone.pause(seconds)
        for waiter in (*self._urgent, *self._patient):
            waiter.told(self._alone.paused())

    async def _work(self) -> None:
        """Ask for the first in line; sleep as told, or until a reply comes in between."""
        try:
            while (found := self._first()) is not None:
                self._stir.clear()
                urgent, waiter = found
                rest = await self._try(waiter, urgent)
                if rest > 0:
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._stir.wait(), rest)
        finally:
            self._pump = None

    def _first(self) -> tuple[bool, Waiter] | None:
        """Replies first; then who waits longest and whose chat is not resting."""
        for queue in (self._urgent, self._patient):
            queue[:] = [w for w in queue if not w.turn.done()]
        if self._urgent:
            return True, self._urgent[0]
        if not self._patient:
            return None
        now = asyncio.get_running_loop().time()
        self._chats = {c: at for c, at in self._chats.items() if at > now}
        free = (w for w in self._patient if w.chat not in self._chats)
        return False, next(free, self._patient[0])

    async def _try(self, waiter: Waiter, urgent: bool) -> float:
        """One question; returns how long to rest before the next."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._all_rest = not urgent and self._chats.get(waiter.chat, now) > now
        if self._all_rest:
            return min(self._chats.values()) - now
        if (silence := self.paused()) > 0:  # Redis may not have heard of it yet
            return silence
        if now < self._away_until:
            return self._by_ourselves(waiter)
        try:
            said, micros, silence = await self._ask(waiter, urgent)
        except _TROUBLE as error:
            self._lost(error)
            return self._by_ourselves(waiter)
        self._away = False
        if silence:
            self._silent(silence / 1e6)
        if self._is_stale(loop.time() - now) and said == GO:
            return 0.0
        return self._told(waiter, said, micros / 1e6)

    def _is_stale(self, took: float) -> bool:
        """True if the answer took so long, for this Redis, that the next slot is nearly there:
        this process stood still, and two at once would come of it. Never twice in a row.
        """
        self._quickest = min(self._quickest * 1.01, took)
        stale = took - self._quickest > self._late and not self._stale_before
        self._stale_before = stale
        return stale

    def _told(self, waiter: Waiter, said: int, seconds: float) -> float:
        if said == GO:
            self._alone.skip()
            self._go(waiter)
            return 0.0
        if said == CHAT_RESTS:
            self._chats[waiter.chat] = asyncio.get_running_loop().time() + seconds
            return 0.0
        return seconds

    def _go(self, waiter: Waiter) -> None:
        if waiter.chat is not None:
            until = asyncio.get_running_loop().time() + self._alone.chat_gap
            self._chats[waiter.chat] = until
        if not waiter.turn.done():
            waiter.turn.set_result(None)

    async def _ask(self, waiter: Waiter, urgent: bool) -> tuple[int, int, int]:
        chat = b"" if waiter.chat is None else str(waiter.chat).encode()
        own = int(self._alone.next_in() * 1e6) if self._away else 0
        reply: tuple[int, int, int] = await self._run(
            ASK, self._keys, int(urgent), chat, *self._limits, own
        )
        return reply

    def _by_ourselves(self, waiter: Waiter) -> float:
        """Without Redis: the slots of this process alone."""
        rest = self._alone.take()
        if not rest:
            self._go(waiter)
        return rest

    def _lost(self, error: Exception) -> None:
        self._away_until = asyncio.get_running_loop().time() + AWAY
        if not self._away:
            log.warning("pace-without-redis", error=str(error))
        self._away = True

    async def _run(self, script: Script, keys: tuple[bytes, ...], *args: Argument) -> Reply:
        try:
            return await self._pipe.call(b"EVALSHA", script.sha, len(keys), *keys, *args)
        except NoScriptError:
            return await self._pipe.call(b"EVAL", script.text, len(keys), *keys, *args)


def _limits(per_second: float, chat_gap: float) -> tuple[int, int, int, int]:
    """Interval, gap of a chat, what may be late, grace: microseconds."""
    interval = 1.0 / per_second
    late = max(LATE * interval, LEAST_LATE)
    return int(interval * 1e6), int(chat_gap * 1e6), int(late * 1e6), int(GRACE * 1e6)
