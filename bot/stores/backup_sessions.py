"""A logical copy of what the shop keeps in Redis: one key a line, readable by any server from 6.2.

DUMP would tie a backup to the version of the server that wrote it. Keys of one person are read in
one script, so that her session, her stream and the numbers given to it fit each other.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, TypeVar

import msgspec
from redis.asyncio import Redis

from bot.stores.redis_pipe import Argument, Pipe, Reply

T = TypeVar("T")
TAGGED = re.compile(rb"([a-z]+):(\{.*?\})")
"""Every key of the shop names whose it is (see redis_scripts); a shared Redis may hold others."""
SHORT_LIVED = frozenset({b"lock"})
"""A lock belongs to a turn of a process that is not there after a restore."""
OF_A_PERSON = (b"session", b"stream", b"turn", b"answers")
"""Asked for even if SCAN passed them by: a stream without its last number cannot go on."""
PEOPLE_AT_ONCE = 5
"""A person may have a megabyte, and a batch has half a second."""
KEYS_AT_ONCE = 100
SCAN_COUNT = 500

READ = b"""
-- KEYS of one person; returns key, type, milliseconds left, value of those that are there
local out = {}
for _, key in ipairs(KEYS) do
  local kind, value = redis.call('TYPE', key).ok, nil
  if kind == 'string' then value = {redis.call('GET', key)}
  elseif kind == 'hash' then value = redis.call('HGETALL', key)
  elseif kind == 'list' then value = redis.call('LRANGE', key, 0, -1)
  elseif kind == 'set' then value = redis.call('SMEMBERS', key)
  elseif kind == 'zset' then value = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
  elseif kind == 'stream' then value = redis.call('XRANGE', key, '-', '+') end
  if value then out[#out + 1] = {key, kind, redis.call('PTTL', key), value} end
end
return out
"""


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """One key. `until` in milliseconds UTC, 0 for ever. A stream has one row for each entry, its
    id first; everything else has one row, as Redis hands it out.
    """

    key: bytes
    kind: str
    until: int
    rows: list[list[bytes]]


async def copy_sessions(client: Redis, path: Path) -> int:
    """Write every key of the shop to `path`; returns how many. Raises StoreDown."""
    pipe, count = Pipe(client), 0
    try:
        groups = list(_by_person(await _names(pipe)))
        with path.open("xb") as file:
            for some in _batches(groups, PEOPLE_AT_ONCE):
                kept = await _read(pipe, some)
                await asyncio.to_thread(_write, file, kept)
                count += len(kept)
    finally:
        await pipe.aclose()
    return count


async def _names(pipe: Pipe) -> set[bytes]:
    names: set[bytes] = set()
    cursor = b"0"
    while True:
        cursor, found = await pipe.call(b"SCAN", cursor, b"MATCH", b"*:{*}*", b"COUNT", SCAN_COUNT)
        names.update(found)
        if cursor == b"0":
            return names


def _by_person(names: Iterable[bytes]) -> Iterator[tuple[bytes, ...]]:
    people: dict[bytes, set[bytes]] = {}
    for name in names:
        found = TAGGED.match(name)
        if found and found[1] not in SHORT_LIVED:
            group = people.setdefault(found[2], set())
            group.add(name)
            if found[1] in OF_A_PERSON:
                group.update(b"%b:%b" % (kind, found[2]) for kind in OF_A_PERSON)
    return (tuple(sorted(group)) for group in people.values())


async def _read(pipe: Pipe, people: list[tuple[bytes, ...]]) -> list[Kept]:
    calls = [pipe.call(b"EVAL", READ, len(keys), *keys) for keys in people]
    now = int(time.time() * 1000)
    return [_kept(found, now) for reply in await asyncio.gather(*calls) for found in reply]


def _kept(found: Reply, now: int) -> Kept:
    key, kind, left, value = found
    rows = [[id, *pairs] for id, pairs in value] if kind == b"stream" else [value]
    return Kept(key, kind.decode(), now + left if left > 0 else 0, rows)


def _write(file: IO[bytes], kept: list[Kept]) -> None:
    file.writelines(msgspec.json.encode(one) + b"\n" for one in kept)


async def load_sessions(client: Redis, path: Path) -> int:
    """Put every key of a copy back that has not run out since, over what has its name; returns
    how many. Raises StoreDown, msgspec.DecodeError.
    """
    pipe, count = Pipe(client), 0
    decode, now = msgspec.json.Decoder(Kept).decode, int(time.time() * 1000)
    try:
        with path.open("rb") as file:
            for lines in _batches(file, KEYS_AT_ONCE):
                live = [one for one in map(decode, lines) if not 0 < one.until <= now]
                commands = [command for one in live for command in _commands(one)]
                await asyncio.gather(*(pipe.call(*command) for command in commands))
                count += len(live)
    finally:
        await pipe.aclose()
    return count


async def holds_sessions(client: Redis) -> bool:
    """Whether this Redis already has people of a shop."""
    pipe = Pipe(client)
    try:
        return any(name.startswith(b"session:") for name in await _names(pipe))
    finally:
        await pipe.aclose()


def _commands(one: Kept) -> Iterator[tuple[Argument, ...]]:
    yield b"DEL", one.key
    for row in one.rows:
        yield _put(one, row)
    if one.until:
        yield b"PEXPIREAT", one.key, one.until


def _put(one: Kept, row: list[bytes]) -> tuple[Argument, ...]:
    if one.kind == "zset":
        row = [word for i in range(0, len(row), 2) for word in (row[i + 1], row[i])]
    return WRITE[one.kind], one.key, *row


WRITE = {
    "string": b"SET", "hash": b"HSET", "list": b"RPUSH", "set": b"SADD", "zset": b"ZADD",
    "stream": b"XADD",
}  # fmt: skip


def _batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(things)
    while some := list(islice(iterator, size)):
        yield some
