"""A process of its own that keeps the embedded server of a folder, until its input ends.

python keeper.py FOLDER: prints the server's address and whether it is the parent, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import structlog

from bot.stores.redis_server import ensure_server


async def keep(folder: Path) -> None:
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    server = await ensure_server(folder)
    sys.stdout.write(json.dumps({"url": server.url, "child": server.pid}) + "\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    await server.stop()


if __name__ == "__main__":
    asyncio.run(keep(Path(sys.argv[1])))
