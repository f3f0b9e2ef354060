"""`python -m bot rasa`: a Rasa server of our own, trained from what the shop's model learns from.

It runs in an environment of its own (Python 3.10), as a child of nobody: the shop only knows its
address. Its parts are old, so it listens on the loopback address alone and wants a token.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from bot.commands.rasa_export import export_rasa
from bot.settings import Settings
from bot.stores.rasa_http import kept_token, token_of

HOST = "127.0.0.1"
PATIENCE = 180
"""Seconds a server may take to load its model."""

WITH_TOKEN = (
    "import os, sys; sys.argv.append('--auth-token=' + os.environ['RASA_TOKEN']);"
    "from rasa.__main__ import main; main()"
)
"""Rasa takes its token from the command line only, where every user of the machine can read it."""

QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
}
"""Nothing is reported to anyone, and old parts complain less."""


class RasaFailed(Exception):
    """It cannot be trained or does not come up; the text is what it said last."""


@dataclass(frozen=True, slots=True)
class Trained:
    """python: of Rasa's environment. folder: what was exported. model: what was learned of it.

    seconds: how long that took, 0 if the model was there already.
    """

    python: Path
    folder: Path
    model: Path
    seconds: float = 0.0


def made_token(settings: Settings) -> str:
    """RASA_TOKEN, else one made once and kept in the data directory, for the owner's eyes."""
    if not settings.rasa_token:
        path = kept_token(settings.data_dir)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(16), "ascii")
    return token_of(settings.rasa_token, settings.data_dir)


def ready(settings: Settings, python: Path, config: str) -> Trained:
    """Export, and train unless the same data was learned before. Raises RasaFailed."""
    if not python.exists():
        raise RasaFailed(f"{python}: make rasa")
    folder = (settings.data_dir / "rasa" / config).resolve()
    stamp = export_rasa(settings, folder, config)
    model = folder / "models" / f"{stamp}.tar.gz"
    python = python.absolute()
    if model.exists():
        return Trained(python, folder, model)
    started = time.monotonic()
    words = ["-m", "rasa", "train", "nlu", "--nlu", "data", "--config", "config.yml"]
    command = [str(python), *words, "--out", "models", "--fixed-model-name", stamp]
    done = subprocess.run(command, cwd=folder, env=_env(""), stdout=sys.stderr, check=False)
    if done.returncode or not model.exists():
        raise RasaFailed(f"rasa train: {done.returncode}")
    for old in model.parent.glob("*.tar.gz"):
        if old != model:
            old.unlink()
    return Trained(python, folder, model, time.monotonic() - started)


def serve_rasa(settings: Settings, python: Path, config: str, port: int) -> None:
    """Become the server; never comes back. Raises RasaFailed."""
    trained = ready(settings, python, config)
    words, env = _words(trained, port), _env(made_token(settings))
    os.chdir(trained.folder)  # the data directory may be a relative one: nothing of it after this
    os.execve(words[0], words, env)


def _words(trained: Trained, port: int) -> list[str]:
    """The command; no channels are opened, only the API behind the token."""
    run = ["run", "--enable-api", "--interface", HOST, "--port", str(port)]
    files = ["--model", str(trained.model), "--endpoints", "endpoints.yml"]
    shut = ["--credentials", "credentials.yml"]
    return [str(trained.python), "-c", WITH_TOKEN, *run, *files, *shut]


def _env(token: str) -> dict[str, str]:
    """Of the shop's secrets Rasa gets none."""
    kept = {
        k: v for k, v in os.environ.items() if k in ("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR")
    }
    return {**kept, **QUIET, "RASA_TOKEN": token}


class Server:
    """A server in the background, for as long as the `with` block lasts."""

    def __init__(self, trained: Trained, token: str, port: int) -> None:
        self.url = f"http://{HOST}:{port}"
        self.token = token
        self.start_seconds = 0.0
        self._log = trained.folder / "server.log"
        self._words, self._folder = _words(trained, port), trained.folder

    def __enter__(self) -> Server:
        started = time.monotonic()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._words, cwd=self._folder, env=_env(self.token), stdout=log, stderr=log
            )
        try:
            self._wait(started + PATIENCE)
        except BaseException:
            self.__exit__()
            raise
        self.start_seconds = time.monotonic() - started
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _wait(self, until: float) -> None:
        while self._process.poll() is None and time.monotonic() < until:
            if self.loaded():
                return
            time.sleep(0.2)
        raise RasaFailed(self._log.read_text("utf-8", "replace")[-2000:])

    def loaded(self) -> str:
        """The model file it says it has loaded; empty if it is not up yet."""
        try:
            with urllib.request.urlopen(f"{self.url}/status?token={self.token}", timeout=2) as got:
                return str(json.load(got).get("model_file") or "")
        except (OSError, ValueError, urllib.error.URLError):
            return ""

    def memory_mb(self) -> tuple[float, float]:
        """Resident megabytes now and at the highest; zeros where /proc is not."""
        path = Path(f"/proc/{self._process.pid}/status")
        lines = path.read_text("ascii").splitlines() if path.exists() else []
        size = {k: int(v.split()[0]) / 1024 for k, _, v in (x.partition(":") for x in lines)
                if k in ("VmRSS", "VmHWM")}  # fmt: skip
        return size.get("VmRSS", 0.0), size.get("VmHWM", 0.0)


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as spot:
        spot.bind((HOST, 0))
        return int(spot.getsockname()[1])
