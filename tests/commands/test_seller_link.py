"""`python -m bot seller-link <id>` and `owner-link` on a terminal."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path


def _run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "DATA_DIR": str(folder), "PUBLIC_URL": "https://cho.example"}
    command = [sys.executable, "-m", "bot", *args]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_a_new_link_is_printed_and_kept_only_as_a_hash(tmp_path: Path) -> None:
    done = _run(tmp_path, "seller-link", "nguoi-ban-son-la")
    link = done.stdout.strip()
    assert done.returncode == 0
    assert link.startswith("https://cho.example/s/")
    token = link.rpartition("/")[2].encode()
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or token not in path.read_bytes()


def test_an_unknown_seller_is_told_who_there_is(tmp_path: Path) -> None:
    done = _run(tmp_path, "seller-link", "nguoi-ban-son-la-2")
    assert done.returncode == 1
    assert "nguoi-ban-son-la" in done.stderr


def test_an_owners_link_is_printed_and_the_one_before_stops_working(tmp_path: Path) -> None:
    first, second = (_run(tmp_path, "owner-link").stdout.strip() for _ in range(2))
    assert first.startswith("https://cho.example/s/")
    assert first != second
    with sqlite3.connect(tmp_path / "shop.db") as db:
        links = db.execute("SELECT purpose, until > 0 FROM links ORDER BY until").fetchall()
    assert links == [("owner:shop", 0), ("owner:shop", 1)]
