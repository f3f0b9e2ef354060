"""The Lua texts of the session store, how long things are kept, and every key format.

All keys of a person carry the hash tag `{person}`; so a script stays on one node of a Cluster:

    session:{person}            string   the session, as the desk gave it            40 days
    answer:{person}:<event id>  hash     `body`: the answer, `sent`: how many of it  48 hours
    answers:{person}            zset     event ids by the second their answer ends   48 hours
    lock:{person}               string   the fence of the open turn                  10 seconds
    turn:{person}               hash     `fence`, `line`: the last numbers given     40 days
    stream:{person}             stream   `<n>-0`, field `b`: the last 100 messages   30 days
    lines:{person}              channel  `<n> <length of page> <page><body>`
    count:{key}                 string   a counter                                   its own time

Redis 6.2 commands only. `TIME` before a write is allowed since effects are replicated (5.0).
"""

from __future__ import annotations

import hashlib

DAY = 24 * 3600
KEEP_SESSION = 40 * DAY
KEEP_ANSWER = 2 * DAY
KEEP_STREAM = 30 * DAY
STREAM_LINES = 100
LEASE = 10.0
"""Seconds a turn may hold a person's lock."""
PATIENCE = 1.0
"""Seconds a turn waits for another turn of the same person."""
BUSY = -1
LOST = -1


class Script:
    """A Lua text and the name Redis knows it by once it has seen it."""

    __slots__ = ("sha", "text")

    def __init__(self, text: str) -> None:
        self.text = text.encode()
        self.sha = hashlib.sha1(self.text, usedforsecurity=False).hexdigest().encode()


OPEN = Script(
    f"""
-- KEYS answer, lock, turn, session; ARGV lease in milliseconds
-- returns 0, answer, sent | -1 | fence, session
local seen = redis.call('HMGET', KEYS[1], 'body', 'sent')
if seen[1] then return {{0, seen[1], tonumber(seen[2])}} end
if redis.call('EXISTS', KEYS[2]) == 1 then return {{{BUSY}}} end
local fence = redis.call('HINCRBY', KEYS[3], 'fence', 1)
if fence == 1 then redis.call('EXPIRE', KEYS[3], {KEEP_SESSION}) end
redis.call('SET', KEYS[2], fence, 'PX', ARGV[1])
return {{fence, redis.call('GET', KEYS[4])}}
"""
)

CLOSE = Script(
    f"""
-- KEYS answer, lock, turn, session, answers, stream
-- ARGV fence, session, answer, event id, channel, page, lines ...
-- returns the number of the first line, 0 if there are none, -1 if the lock was lost
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return {LOST} end
local lines = #ARGV - 6
redis.call('SET', KEYS[4], ARGV[2], 'EX', {KEEP_SESSION})
redis.call('HSET', KEYS[1], 'body', ARGV[3], 'sent', lines)
redis.call('EXPIRE', KEYS[1], {KEEP_ANSWER})
local now = tonumber(redis.call('TIME')[1])
redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', now)
redis.call('ZADD', KEYS[5], now + {KEEP_ANSWER}, ARGV[4])
redis.call('EXPIRE', KEYS[5], {KEEP_ANSWER})
local first = 0
if lines > 0 then
  first = redis.call('HINCRBY', KEYS[3], 'line', lines) - lines + 1
  for i = 1, lines do
    local n = first + i - 1
    redis.call('XADD', KEYS[6], 'MAXLEN', {STREAM_LINES}, n .. '-0', 'b', ARGV[6 + i])
    redis.call('PUBLISH', ARGV[5], n .. ' ' .. #ARGV[6] .. ' ' .. ARGV[6] .. ARGV[6 + i])
  end
  redis.call('EXPIRE', KEYS[6], {KEEP_STREAM})
end
redis.call('EXPIRE', KEYS[3], {KEEP_SESSION})
redis.call('DEL', KEYS[2])
return first
"""
)

RELEASE = Script(
    """
-- KEYS lock; ARGV fence
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 0
"""
)

SENT = Script(
    """
-- KEYS answer; ARGV count. An answer that is gone stays gone; the count never goes back
local before = redis.call('HGET', KEYS[1], 'sent')
if before and tonumber(before) < tonumber(ARGV[1]) then
  redis.call('HSET', KEYS[1], 'sent', ARGV[1])
end
return 0
"""
)

REPLAY = Script(
    """
-- KEYS stream; ARGV after. A reader ahead of the stream knew an older one: it gets everything
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if not last then return {} end
local after = ARGV[1]
if tonumber(string.match(last[1], '^%d+')) < tonumber(after) then after = '0' end
return redis.call('XRANGE', KEYS[1], '(' .. after .. '-0', '+')
"""
)

FORGET = Script(
    """
-- KEYS session, stream, answers, turn; ARGV what the names of the answers begin with
-- The lock stays with the turn that asked. Fence and line numbers are kept a minute more, so that
-- a turn or page still on its way is not taken for a new one.
for _, event in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do
  redis.call('DEL', ARGV[1] .. event)
end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
redis.call('EXPIRE', KEYS[4], 60)
return 0
"""
)

COUNT = Script(
    """
-- KEYS counter; ARGV seconds
local n = redis.call('INCR', KEYS[1])
if n == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return n
"""
)
