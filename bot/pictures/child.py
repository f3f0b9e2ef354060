"""What runs in the child: `python -m bot.pictures.child VERB`, the job on standard input as
msgpack (bytes as they are for what is cleaned), the answer on standard output.

Each job loads only the libraries it needs. Nothing of what it was given is ever written to the
log: a failure is told by its kind and its place in the code.
"""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Callable, Mapping

import msgspec

from bot.pictures.hired import REFUSED
from bot.shop.pictures import (
    Chart,
    LiveChart,
    Pages,
    Photo,
    Poster,
    Printed,
    Recording,
    Sheet,
    Statement,
    ToDraw,
    ToJoin,
    Video,
    Voice,
)
from bot.shop.problems import Problem

MEMORY_BYTES = 1 << 30
"""Address space, libraries included."""

FILE_BYTES = 64 << 20
SECONDS = 30
POLITENESS = 5


def _photo(asked: bytes) -> Photo:
    from bot.pictures.photo import clean

    return clean(asked)


def _video(asked: bytes) -> Video:
    from bot.pictures.video import clean

    return clean(asked)


def _voice(asked: bytes) -> Voice:
    from bot.pictures.voice import clean

    return clean(asked)


def _clip(asked: bytes) -> Recording:
    from bot.pictures.voice import clean_clip

    return clean_clip(asked)


def _join(asked: bytes) -> Recording:
    from bot.pictures.joining import joined

    return joined(msgspec.msgpack.decode(asked, type=tuple[ToJoin, ...]))


def _aac(asked: bytes) -> bytes:
    from bot.pictures.joining import as_aac

    return as_aac(asked)


def _stamp(asked: bytes) -> bytes:
    from bot.pictures.band import stamped

    return stamped(*msgspec.msgpack.decode(asked, type=tuple[bytes, tuple[str, ...]]))


def _caption(asked: bytes) -> bytes:
    from bot.pictures.band import captioned

    return captioned(*msgspec.msgpack.decode(asked, type=tuple[bytes, tuple[str, ...]]))


def _chart(asked: bytes) -> bytes:
    from bot.pictures.chart import drawn

    return drawn(msgspec.msgpack.decode(asked, type=Chart))


def _table(asked: bytes) -> bytes:
    from bot.pictures.statement import drawn

    return drawn(msgspec.msgpack.decode(asked, type=Statement))


def _sheet(asked: bytes) -> Pages:
    from bot.pictures.sheet import printed

    return printed(msgspec.msgpack.decode(asked, type=Sheet))


def _poster(asked: bytes) -> Printed:
    from bot.pictures.poster import printed

    return printed(msgspec.msgpack.decode(asked, type=Poster))


def _tiles(asked: bytes) -> bytes:
    from bot.pictures.tiles import drawn

    return drawn(msgspec.msgpack.decode(asked, type=ToDraw))


def _live_chart(asked: bytes) -> bytes:
    from bot.pictures.live_chart import drawn

    return drawn(msgspec.msgpack.decode(asked, type=LiveChart))


VERBS: Mapping[str, Callable[[bytes], object]] = {
    "photo": _photo,
    "video": _video,
    "voice": _voice,
    "clip": _clip,
    "join": _join,
    "aac": _aac,
    "stamp": _stamp,
    "caption": _caption,
    "chart": _chart,
    "table": _table,
    "sheet": _sheet,
    "poster": _poster,
    "live-chart": _live_chart,
    "tiles": _tiles,
}


def limit() -> None:
    """Take away what a picture made to harm would want, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    most = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_FSIZE: FILE_BYTES,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_CORE: 0,
    }
    for kind, number in most.items():
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (number, number))
    with contextlib.suppress(OSError):
        os.nice(POLITENESS)


def main(verb: str) -> int:
    """The exit code: 0 with what was made on standard output, REFUSED with a Problem, else 1."""
    limit()
    try:
        made, code = VERBS[verb](sys.stdin.buffer.read()), 0
    except Problem as problem:
        made, code = (problem.id, problem.fields), REFUSED
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        sys.stderr.write(f"{type(error).__name__} in {place.filename}:{place.lineno}\n")
        return 1
    sys.stdout.buffer.write(msgspec.msgpack.encode(made))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
