"""`python -m bot doctor`: looks at everything around the shop, one line for each thing.

✓ is well, ! may be meant that way, ✗ must be mended. It only looks: nothing is made, set or sent.
Addresses of the Bot API hold the token, so no error of `requests` is ever shown in its own words.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal

import redis
import requests
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy.exc import SQLAlchemyError

from bot.commands.plug_telegram import PATH
from bot.settings import Settings
from bot.stores.redis_files import find_binary, known_socket
from bot.stores.sql.engine import make_engine
from bot.stores.sql.migrate import HEAD, current
from bot.transcriber import ENGINES
from bot.words.book import MASTER, Entry, read_book

WORDS = Path(__file__).parents[2] / "locales" / MASTER / "LC_MESSAGES" / "doctor.po"
PATIENCE = 3.0
"""Seconds any address has to answer."""
MEGABYTE = 1_000_000
FEW_MEGABYTES = 100
SOME_MEGABYTES = 500
MOST_SECONDS_OFF = 60
"""Reminders and seasons are judged by this clock; a minute is more than any network needs."""

Mark = Literal["✓", "!", "✗"]
Dates = list[tuple[str, str]]
"""Who told the time, and the `Date` header it came in; the most trusted first."""
WELL: Final = "✓"
LOOK: Final = "!"
BROKEN: Final = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `id` is a sentence of `doctor.po`, `fields` fill it."""

    mark: Mark
    id: str
    fields: dict[str, object] = field(default_factory=dict)


def doctor(settings: Settings) -> int:
    """Print every finding; 1 if something must be mended, else 0."""
    words = read_book(WORDS, MASTER)
    broken = False
    for found in findings(settings):
        print(found.mark, _said(words[found.id], found))
        broken = broken or found.mark == BROKEN
    print(words["doctor-broken" if broken else "doctor-well"].text)
    return int(broken)


def _said(entry: Entry, found: Finding) -> str:
    return entry.pattern % tuple(found.fields[name] for name in entry.names)


def findings(settings: Settings) -> Iterator[Finding]:
    """Everything there is to say, what is nearest first."""
    yield from _disk(settings.data_dir)
    yield _database(settings)
    yield _redis_given(settings.redis_url) if settings.redis_url else _redis_ours(settings)
    dates: Dates = []
    yield from _public(settings.public_url.rstrip("/"), dates)
    yield from _telegram(settings, dates)
    yield from _transcriber(settings)
    yield _clock(dates)


# what is on this machine


def _disk(folder: Path) -> Iterator[Finding]:
    there = next(p for p in (folder, *folder.absolute().parents) if p.is_dir())
    if not os.access(there, os.W_OK | os.X_OK):
        yield Finding(BROKEN, "doctor-not-writable", {"folder": there})
    elif there == folder:
        yield Finding(WELL, "doctor-writable", {"folder": folder})
    else:
        yield Finding(LOOK, "doctor-no-folder", {"folder": folder})
    free = shutil.disk_usage(there).free // MEGABYTE
    mark: Mark = BROKEN if free < FEW_MEGABYTES else LOOK if free < SOME_MEGABYTES else WELL
    yield Finding(mark, "doctor-free" if mark == WELL else "doctor-full", {"free": free})


def _database(settings: Settings) -> Finding:
    if not settings.database_url and not (settings.data_dir / "shop.db").exists():
        return Finding(LOOK, "doctor-sql-none")
    try:
        engine = make_engine(settings.sql_url, writer=False)
        at = current(engine)
        engine.dispose()
    except ModuleNotFoundError as error:
        return Finding(BROKEN, "doctor-sql-driver", {"driver": error.name})
    except (SQLAlchemyError, ValueError) as error:  # its text may hold the password of the address
        return Finding(BROKEN, "doctor-sql-down", {"why": type(error).__name__})
    fields: dict[str, object] = {"name": engine.dialect.name, "at": at or "–", "head": HEAD}
    if at == HEAD:
        return Finding(WELL, "doctor-sql", fields)
    return Finding(LOOK, "doctor-sql-old", fields)


def _redis_given(url: str) -> Finding:
    version = _redis_version(url)
    if version:
        return Finding(WELL, "doctor-redis", {"version": version})
    return Finding(BROKEN, "doctor-redis-down")


def _redis_ours(settings: Settings) -> Finding:
    socket = known_socket(settings.data_dir.absolute() / "redis")
    version = _redis_version(f"unix://{socket}") if socket.exists() else ""
    if version:
        return Finding(WELL, "doctor-redis-runs", {"version": version})
    binary = find_binary()
    if binary is None:
        return Finding(BROKEN, "doctor-redis-none")
    return Finding(WELL, "doctor-redis-found", {"name": binary.name})


def _redis_version(url: str) -> str:
    """The server's name and version, empty if it does not answer."""
    try:
        with redis.Redis.from_url(
            url,
            retry=Retry(NoBackoff(), 0),
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
        ) as client:
            info: Any = client.info("server")
    except (redis.RedisError, ValueError, OSError):
        return ""
    name = info.get("server_name", "redis")
    return f"{name} {info.get(f'{name}_version', info['redis_version'])}"


def _transcriber(settings: Settings) -> Iterator[Finding]:
    """Its library and model are the operator's own to install."""
    name, folder = settings.transcriber, settings.transcriber_model
    if not name:
        return
    if name not in ENGINES or find_spec(name) is None:
        yield Finding(BROKEN, "doctor-transcriber-library", {"name": name})
    elif not Path(folder).is_dir():
        yield Finding(BROKEN, "doctor-transcriber-model", {"folder": folder or "–"})
    else:
        yield Finding(WELL, "doctor-transcriber", {"name": name})


# what the world sees


def _public(url: str, dates: Dates) -> Iterator[Finding]:
    if not url:
        yield Finding(LOOK, "doctor-no-address")
        return
    if not url.startswith("https://"):
        yield Finding(LOOK, "doctor-no-https", {"url": url})
    try:
        answer = requests.get(f"{url}/healthz", timeout=PATIENCE)
        dates.append((url, answer.headers.get("Date", "")))
        parts = answer.json()
        ill = [name for name, state in parts.items() if state != "ok"]
    except (requests.RequestException, ValueError, AttributeError) as error:
        yield Finding(BROKEN, "doctor-address-down", {"url": url, "why": type(error).__name__})
        return
    if ill or answer.status_code != 200:
        yield Finding(BROKEN, "doctor-address-ill", {"url": url, "parts": ", ".join(ill) or "–"})
    else:
        yield Finding(WELL, "doctor-address", {"url": url})


def _telegram(settings: Settings, dates: Dates) -> Iterator[Finding]:
    if not settings.telegram_token:
        yield Finding(WELL, "doctor-no-token")
        return
    me = _ask(settings, "getMe", dates)
    if isinstance(me, str):
        yield Finding(BROKEN, me)
        return
    yield Finding(WELL, "doctor-token", {"name": me.get("username", "")})
    yield from _listening(settings, _ask(settings, "getWebhookInfo", dates))


def _listening(settings: Settings, info: dict[str, Any] | str) -> Iterator[Finding]:
    """Whether Telegram brings messages the way TELEGRAM_MODE says."""
    mode = settings.telegram_mode
    if mode not in ("polling", "webhook"):
        yield Finding(BROKEN, "doctor-mode", {"mode": mode})
    elif isinstance(info, str):
        yield Finding(BROKEN, info)
    elif mode == "webhook":
        yield _webhook(f"{settings.public_url.rstrip('/')}{PATH}", info)
    elif info.get("url"):
        yield Finding(LOOK, "doctor-webhook-left", {"url": info["url"]})


def _webhook(wanted: str, info: dict[str, Any]) -> Finding:
    fields: dict[str, object] = {
        "url": info.get("url") or "–",
        "wanted": wanted,
        "waiting": info.get("pending_update_count", 0),
        "why": info.get("last_error_message", ""),
    }
    if not wanted.startswith("https://") or info.get("url") != wanted:
        return Finding(BROKEN, "doctor-webhook-other", fields)
    if fields["why"]:
        return Finding(LOOK, "doctor-webhook-trouble", fields)
    return Finding(WELL, "doctor-webhook", fields)


def _ask(settings: Settings, method: str, dates: Dates) -> dict[str, Any] | str:
    """The result of a Bot API call, or the sentence for what went wrong."""
    url = f"{settings.telegram_api.rstrip('/')}/bot{settings.telegram_token}/{method}"
    try:
        answer = requests.get(url, timeout=PATIENCE)
        dates.insert(0, ("Telegram", answer.headers.get("Date", "")))
        if answer.status_code in (401, 404):
            return "doctor-token-wrong"
        return dict(answer.json()["result"])
    except (requests.RequestException, ValueError, KeyError, TypeError):
        return "doctor-telegram-down"


def _clock(dates: Dates) -> Finding:
    """Against Telegram's clock, else the public address's, which may be this machine's own."""
    who, told = next((d for d in dates if d[1]), ("", ""))
    try:
        off = round(time.time() - parsedate_to_datetime(told).timestamp())
    except ValueError:
        return Finding(LOOK, "doctor-clock-unknown")
    if abs(off) > MOST_SECONDS_OFF:
        return Finding(LOOK, "doctor-clock-off", {"who": who, "seconds": off})
    return Finding(WELL, "doctor-clock", {"who": who})
