"""What docs/live-comments.md shows works as shown: its sample reader runs, its example answers."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from pathlib import Path

from tests.live_shop import LIVE
from tests.source import ROOT
from tests.web.live_web import LiveWeb, open_live_web

PAGE = (ROOT / "docs" / "live-comments.md").read_text("utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


async def test_the_example_is_answered_as_it_says(tmp_path: Path) -> None:
    posted = re.search(r"-d '(\{.*?\})'", block("sh"))
    assert posted
    async with open_live_web(tmp_path / "var") as site:
        status, answer = await site.post(json.loads(posted[1]))
    shown = json.loads(block("json"))
    assert status == 200
    assert answer.keys() == shown.keys()
    assert answer["claims"][0].keys() == shown["claims"][0].keys()
    for key in ("code", "amount", "vnd", "state", "until", "place"):
        assert answer["claims"][0][key] == shown["claims"][0][key], key


async def test_the_sample_reader_reads(tmp_path: Path) -> None:
    script = tmp_path / "reader.py"
    script.write_text(block("python"), "utf-8")
    async with open_live_web(tmp_path / "var") as site:
        lines = [
            {"platform": "tiktok", "author": f"N{n:02d}", "text": text, "id": n}
            for n, text in enumerate(["A1 x2", "A2 còn không", "đẹp quá"] * 20)
        ]
        said = await _run(script, site, "\n".join(json.dumps(line) for line in lines))
        numbers = [c.number for c in await site.claims()]
        again = await _run(script, site, "\n".join(json.dumps(line) for line in lines))
    assert numbers == list(range(1, 21))
    assert said.splitlines()[0] == "#001 N00: A1 held"
    assert len(said.splitlines()) == 20
    assert said == again


async def _run(script: Path, site: LiveWeb, stdin: str) -> str:
    env = {**os.environ, "LIVE_TOKEN": site.air.help, "PYTHONIOENCODING": "utf-8"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(script), site.stage.parts.public_url, LIVE,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, env=env,
    )  # fmt: skip
    out, _ = await process.communicate(stdin.encode())
    assert process.returncode == 0
    return out.decode()
