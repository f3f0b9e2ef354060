"""What a job costs: `python -m tests.pictures.measure` prints the figures of decision 0009.

Seconds and megabytes (resident, the largest ever) of the machine it runs on. A child counts the
memory of who started it as its own, so each job is asked for by a small process like the web's.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import msgspec

from bot.shop.pictures import Chart, Label, Row, Sheet
from tests.pictures import makers

ASKING = """
import asyncio, resource, sys, time
import msgspec, structlog, bot.shop.problems
def own():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 1e6
before = own()
from bot.pictures import hired, workshop
job = sys.stdin.buffer.read()
asyncio.run(hired.ask(sys.argv[1], job, 30))
start = time.perf_counter()
asyncio.run(hired.ask(sys.argv[1], job, 30))
took = time.perf_counter() - start
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
print(f"{took:5.2f} s, child {child:4.0f} MB,", end=" ")
print(f"parent {before:3.0f} MB before, {own():3.0f} MB after")
"""


def jobs() -> Iterator[tuple[str, str, bytes]]:
    """(name, verb, what the child is given)"""
    yield "photo, 12 megapixels", "photo", makers.photo((4000, 3000))
    yield "PNG, 39 megapixels", "photo", makers.saved(makers.picture((7300, 5400)), "PNG")
    yield "video, 10 s of 720p", "video", makers.film(10, (1280, 720), sound="aac", rate=25)
    yield "voice, 120 s", "voice", makers.long_speech(120)
    rows = (Row("Na", "80.000đ", 80_000, 70_000),) * 8
    yield "chart, 8 rows", "chart", msgspec.msgpack.encode(Chart("x", rows))
    labels = (Label("Chợ", ("Na",), "ZJ4K2P9QJ", "ZJ 4K2 P9Q J"),) * 40
    yield "sheet, 40 labels", "sheet", msgspec.msgpack.encode(Sheet("x", (), labels))


if __name__ == "__main__":
    for name, verb, job in jobs():
        sys.stdout.write(f"{name:22}")
        sys.stdout.flush()
        subprocess.run([sys.executable, "-c", ASKING, verb], input=job, check=True)
