"""The doctor against a real stand-in for Telegram and for the shop's own address, on 127.0.0.1."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Formatter

import pytest

from bot.commands.doctor import WORDS, doctor, findings
from bot.settings import Settings
from bot.stores.sql.engine import make_engine
from bot.stores.sql.migrate import migrate
from bot.words.book import read_book

TOKEN = "4242:not-a-real-token"
ME = {"ok": True, "result": {"username": "cho_phien_bot"}}
NOBODY = "http://127.0.0.1:9"


@dataclass
class World:
    """What the outside answers, by path: (status, body)."""

    url: str = ""
    date: str = ""
    answers: dict[str, tuple[int, object]] = field(default_factory=dict)

    def webhook(self, **info: object) -> None:
        self.answers[f"/bot{TOKEN}/getWebhookInfo"] = (200, {"ok": True, "result": info})


@pytest.fixture
def world() -> Iterator[World]:
    here = World()
    here.answers["/healthz"] = (200, {"redis": "ok", "sql": "ok"})
    here.answers[f"/bot{TOKEN}/getMe"] = (200, ME)
    here.webhook(url="")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = here.answers.get(self.path, (404, {"ok": False}))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def date_time_string(self, timestamp: float | None = None) -> str:
            return here.date or super().date_time_string(timestamp)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    here.url = f"http://127.0.0.1:{server.server_port}"
    yield here
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


def marks(settings: Settings) -> dict[str, str]:
    return {found.id: found.mark for found in findings(settings)}


def on_telegram(settings: Settings, world: World, **more: str) -> Settings:
    return replace(settings, telegram_token=TOKEN, telegram_api=world.url, **more)  # type: ignore[arg-type]


def test_a_fresh_machine_has_nothing_to_mend(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doctor(settings) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(re.match(r"[✓!✗] \S", line) for line in lines[:-1])
    assert lines[-1] == "Không có gì phải sửa."
    assert list(settings.data_dir.iterdir()) == [], "the doctor only looks"


def test_a_folder_that_is_not_there_is_said_and_not_made(settings: Settings) -> None:
    gone = replace(settings, data_dir=settings.data_dir / "var")
    assert marks(gone)["doctor-no-folder"] == "!"
    assert not gone.data_dir.exists()


def test_the_database_and_its_version(settings: Settings) -> None:
    assert marks(settings)["doctor-sql-none"] == "!"
    engine = make_engine(settings.sql_url, writer=True)
    migrate(engine, settings.data_dir / "backups")
    assert marks(settings)["doctor-sql"] == "✓"
    with engine.begin() as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    engine.dispose()
    assert marks(settings)["doctor-sql-old"] == "!"


def test_a_database_that_cannot_be_opened_does_not_tell_its_password(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    url = "postgresql+psycopg://shop:hush@127.0.0.1:9/shop"
    assert doctor(replace(settings, database_url=url)) == 1
    out = capsys.readouterr().out
    assert "✗ Không mở được cơ sở dữ liệu" in out
    assert "hush" not in out


def test_redis_that_is_given_must_answer(settings: Settings) -> None:
    assert marks(settings)["doctor-redis-found"] == "✓"
    away = replace(settings, redis_url="redis://127.0.0.1:9")
    assert marks(away)["doctor-redis-down"] == "✗"


def test_the_public_address(settings: Settings, world: World) -> None:
    assert marks(settings)["doctor-no-address"] == "!"
    here = replace(settings, public_url=world.url)
    assert marks(here)["doctor-address"] == "✓"
    assert marks(here)["doctor-no-https"] == "!"
    world.answers["/healthz"] = (503, {"redis": "down", "sql": "ok"})
    [ill] = [f for f in findings(here) if f.id == "doctor-address-ill"]
    assert (ill.mark, ill.fields["parts"]) == ("✗", "redis")
    world.answers["/healthz"] = (200, ["someone else's page"])
    assert marks(here)["doctor-address-down"] == "✗"
    assert marks(replace(settings, public_url=NOBODY))["doctor-address-down"] == "✗"


def test_telegram_knows_the_token(settings: Settings, world: World) -> None:
    found = marks(on_telegram(settings, world))
    assert (found["doctor-token"], found["doctor-clock"]) == ("✓", "✓")
    assert marks(on_telegram(settings, world, telegram_mode="hook"))["doctor-mode"] == "✗"
    world.webhook(url="https://old.example/telegram")
    assert marks(on_telegram(settings, world))["doctor-webhook-left"] == "!"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((401, {"ok": False}), "doctor-token-wrong"),
        ((404, {"ok": False}), "doctor-token-wrong"),
        ((502, "bad gateway"), "doctor-telegram-down"),
        ((200, {"ok": True}), "doctor-telegram-down"),
    ],
)
def test_trouble_with_telegram_never_shows_the_token(
    settings: Settings,
    world: World,
    capsys: pytest.CaptureFixture[str],
    answer: tuple[int, object],
    said: str,
) -> None:
    world.answers[f"/bot{TOKEN}/getMe"] = answer
    there = on_telegram(settings, world)
    assert marks(there)[said] == "✗"
    assert doctor(there) == 1
    assert doctor(replace(there, telegram_api=NOBODY)) == 1
    told = capsys.readouterr()
    assert "not-a-real-token" not in told.out + told.err


def test_the_webhook_is_where_this_shop_is(settings: Settings, world: World) -> None:
    there = on_telegram(
        settings, world, telegram_mode="webhook", public_url="https://127.0.0.1:9/"
    )
    assert marks(there)["doctor-webhook-other"] == "✗"
    world.webhook(url="https://127.0.0.1:9/telegram")
    assert marks(there)["doctor-webhook"] == "✓"
    world.webhook(url="https://127.0.0.1:9/telegram", last_error_message="Connection timed out")
    assert marks(there)["doctor-webhook-trouble"] == "!"


def test_a_clock_that_is_off_is_said(settings: Settings, world: World) -> None:
    world.date = "Thu, 01 Jan 2026 00:00:00 GMT"
    assert marks(on_telegram(settings, world))["doctor-clock-off"] == "!"
    world.date = "no date at all"
    assert marks(on_telegram(settings, world))["doctor-clock-unknown"] == "!"


def test_every_finding_has_its_sentence_and_every_sentence_its_finding() -> None:
    code = Path("bot/commands/doctor.py").read_text(encoding="utf-8")
    words = read_book(WORDS, "vi")
    assert set(re.findall(r'"(doctor-[a-z-]+)"', code)) == set(words)
    holes = {name for e in words.values() for _, name, _, _ in Formatter().parse(e.text) if name}
    assert holes <= set(re.findall(r'"([a-z]+)":', code))
