"""`python -m bot backup` and `restore` on a terminal: a shop dies, another machine goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands.backup import daily
from bot.settings import Settings
from bot.stores import backup_problems
from bot.stores.backup_restore import Place, restore
from bot.stores.sql.engine import make_engine
from bot.stores.sql.migrate import HEAD, migrate
from bot.words.book import load_books
from bot.workers.daily_backup import last_time_due
from tests.commands.shell import Shell
from tests.conversations.stage import NOVEMBER, open_stage
from tests.source import ROOT

LAI_CHAU = "seller:nguoi-ban-lai-chau"


def bot(folder: Path, *args: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "DATA_DIR": str(folder), **more}
    command = [sys.executable, "-m", "bot", *args]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def backups(folder: Path) -> list[Path]:
    return sorted((folder / "backups").glob("shop-*.tar"))


def shopping(shell: Shell) -> None:
    """`binh` has ordered, `an` stands before the summary, `hoa` has goods in her cart."""
    for person in ("binh", "an"):
        shell.play(person=person, tap="q:sam-dat")
        shell.say(
            person, "2kg", "đặt hàng", "1", "0912345678", "Sùng Thị Mỷ", "12 Láng Hạ, Hà Nội"
        )
        assert shell.say(person, "1")["id"] == "summary"
    assert shell.say("binh", "1")["id"] == "placed"
    shell.play(person="hoa", tap="q:sam-dat")
    shell.say("hoa", "3kg")


def test_a_killed_shop_goes_on_elsewhere_in_the_middle_of_a_sentence(tmp_path: Path) -> None:
    old, new = tmp_path / "var", tmp_path / "new" / "var"
    shell = Shell(old)
    shopping(shell)
    orders, stock = shell.rows("orders"), shell.rows("stock")
    shell.kill()
    made = bot(old, "backup")
    assert made.returncode == 0, made.stderr
    [file] = backups(old)
    assert str(file) in made.stdout

    done = bot(new, "restore", str(file))
    assert done.returncode == 0, done.stderr
    assert "DATA_DIR" not in done.stdout
    other = Shell(new)
    assert other.rows("orders") == orders
    assert other.rows("stock") == stock
    placed = other.play(person="an", text="1")
    assert [(g["to"], g["id"]) for g in placed] == [("an", "placed"), (LAI_CHAU, "order-new")]
    assert "3 kg" in other.say("hoa", "giỏ hàng")["text"]
    assert other.say("binh", "đơn của tôi")["id"] != "no-orders"
    other.close()


def test_beside_an_open_shop_a_backup_is_made_and_a_restore_refused(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "var")
    shopping(shell)
    assert bot(tmp_path / "var", "backup").returncode == 0
    [file] = backups(tmp_path / "var")
    refused = bot(tmp_path / "var", "restore", str(file), "--over")
    assert (refused.returncode, "đang chạy" in refused.stderr) == (1, True)
    assert "Traceback" not in refused.stderr
    assert shell.say("an", "1")["id"] == "placed", "nobody noticed"
    shell.close()

    refused = bot(tmp_path / "var", "restore", str(file))
    assert (refused.returncode, "đã có một chợ" in refused.stderr) == (1, True)
    done = bot(tmp_path / "var", "restore", str(file), "--over")
    assert done.returncode == 0, done.stderr
    assert "var.before-" in done.stdout
    again = Shell(tmp_path / "var")
    assert len(again.rows("orders")) == 1, "as it was when the backup was made"
    again.close()


@pytest.mark.parametrize(
    ("name", "said"), [("none.tar", "Không thấy tệp"), ("note.tar", "không phải tệp sao lưu")]
)
def test_a_slip_is_one_sentence(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "note.tar").write_text("đi chợ mua muối")
    refused = bot(tmp_path / "var", "restore", str(tmp_path / name))
    assert refused.returncode == 1
    assert said in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "var").exists()
    nothing = bot(tmp_path / "var", "backup")
    assert nothing.returncode == 1
    assert "Chưa có chợ" in nothing.stderr
    assert not (tmp_path / "var").exists(), "asking for a backup makes no shop"


def test_a_database_elsewhere_is_said_to_be_elsewhere(tmp_path: Path) -> None:
    """DATABASE_URL names a second SQLite file here; it is treated as a server's."""
    url = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    engine = make_engine(url, writer=True)
    migrate(engine, tmp_path)
    engine.dispose()
    (tmp_path / "var" / "media").mkdir(parents=True)
    made = bot(tmp_path / "var", "backup", DATABASE_URL=url, SECRET="mình giữ")
    assert made.returncode == 0, made.stderr
    assert "pg_dump" in made.stdout
    assert "SECRET" in made.stdout
    [file] = backups(tmp_path / "var")
    refused = bot(tmp_path / "new", "restore", str(file))
    assert "DATABASE_URL" in refused.stderr
    done = bot(tmp_path / "new", "restore", str(file), DATABASE_URL=url)
    assert "pg_restore" in done.stdout


async def test_the_nightly_backup_of_an_open_shop(tmp_path: Path) -> None:
    var = tmp_path / "var"
    folder = var / "backups"
    async with open_stage(var, backup_keep_days=2, backup_keep_weeks=0) as stage:
        code = await stage.buy("an", "sam-dat", "2kg")
        kept = await stage.parts.media.keep(b"RIFF voice", "audio/ogg", owner="an", kind="voice")
        nights = daily(stage.parts)
        assert await nights.step()
        assert not await nights.step(), "one a night"
        for day in (23, 24):
            await stage.play(now=f"2026-11-{day}T03:00+07:00")
            assert await nights.step()
        assert last_time_due(stage.parts.now()) == stage.parts.now()
    names = [path.name for path in backups(var)]
    assert names == ["shop-20261123-030000.tar", "shop-20261124-030000.tar"]

    place = Place(tmp_path / "new", "", False, HEAD)
    await restore(folder / names[0], place, stage.parts.now())
    async with open_stage(tmp_path / "new", NOVEMBER) as stage:
        assert [o["code"] for o in await stage.rows("orders")] == [code]
        assert await stage.parts.media.read(kept.ref) == (b"RIFF voice", "audio/ogg")


async def test_a_night_without_room_leaves_the_shop_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with open_stage(tmp_path / "var") as stage:
        (tmp_path / "var" / "backups").write_text("a file where the folder should be")
        assert not await daily(stage.parts).step()
        assert (await stage.say("an", "chào"))["id"]
    assert "backup-failed" in capsys.readouterr().out


def test_every_refusal_has_its_sentence_with_its_fields() -> None:
    book = load_books(ROOT / "locales").own["vi"]
    for name, problem in vars(backup_problems).items():
        if isinstance(problem, type) and problem.__module__ == backup_problems.__name__:
            holes = set(book[problem.id].names)
            told = {hole for hole in holes if hole in (problem.__doc__ or "")}
            assert holes == told, name


def test_the_numbers_kept_are_those_of_the_page() -> None:
    page = (ROOT / "docs" / "sao-luu.md").read_text("utf-8")
    settings = Settings()
    assert f"{settings.backup_keep_days} ngày" in page
    assert f"{settings.backup_keep_weeks} tuần" in page
