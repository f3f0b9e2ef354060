"""`python -m bot export data --to FOLDER`: the owner's books, as Excel and as she reads them."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest

from bot.commands.export_data import OF_THE_MACHINE, cells, exported_tables
from bot.stores.sql import tables
from bot.stores.sql.engine import make_engine
from bot.words.book import load_books
from tests.commands.shell import Shell
from tests.commands.test_backup import bot
from tests.source import ROOT


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with one order from someone who writes formulas."""
    folder = tmp_path_factory.mktemp("shop") / "var"
    shell = Shell(folder)
    shell.play(person="an", tap="q:sam-dat")
    shell.say("an", "2kg", "đặt hàng", "1", "0912345678", "Sùng Thị Mỷ", "=1+1 Láng Hạ, Hà Nội")
    assert shell.say("an", "1", "1")["id"] == "placed"
    shell.close()
    return folder


def test_every_table_is_there_private_and_told(var: Path, tmp_path: Path) -> None:
    to = tmp_path / "so-sach"
    done = bot(var, "export", "data", "--to", str(to))
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(to.stat().st_mode) == 0o700
    wanted = {f"{table.name}.csv" for table in exported_tables()} | {"DOC-TRUOC.txt"}
    assert {path.name for path in to.iterdir()} == wanted
    assert {stat.S_IMODE(path.stat().st_mode) for path in to.iterdir()} == {0o600}
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in to.iterdir())
    about = (to / "DOC-TRUOC.txt").read_text("utf-8-sig").splitlines()
    assert {line.partition(" ")[0] for line in about[1:]} == wanted - {"DOC-TRUOC.txt"}
    assert "orders.csv (1 dòng): đơn hàng" in "\n".join(about)


def test_an_order_reads_as_it_was_placed(var: Path, tmp_path: Path) -> None:
    assert bot(var, "export", "data", "--to", str(tmp_path / "x")).returncode == 0
    [order] = rows(tmp_path / "x" / "orders.csv")
    assert (order["name"], order["phone"]) == ("Sùng Thị Mỷ", "0912345678")
    assert order["placed_at"] == "2026-11-22 09:00:00", "Vietnam's clock"
    assert order["address"].startswith("'=1+1"), "Excel computes nothing"
    [line] = rows(tmp_path / "x" / "order_lines.csv")
    assert (line["code"], line["product"], line["amount"]) == (order["code"], "sam-dat", "2000")
    [agreed] = rows(tmp_path / "x" / "consents.csv")
    assert (agreed["person"], agreed["kind"]) == (order["person"], "order")
    people = {row["id"]: row for row in rows(tmp_path / "x" / "people.csv")}
    assert "Sùng Thị Mỷ" in people[order["person"]]["receiver"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=SUM(A1)", "'=SUM(A1)"),
        ("+84912345678", "'+84912345678"),
        ("@cmd", "'@cmd"),
        ("-1+2", "'-1+2"),
        ("\t=1", "'\t=1"),
        (-5000, "-5000"),
        ("-2.5", "-2.5"),
        ("na = ngon", "na = ngon"),
        (None, ""),
        (True, "1"),
        ({"name": "Mỷ"}, '{"name": "Mỷ"}'),
    ],
)
def test_no_cell_is_a_formula_and_numbers_stay(value: object, cell: str) -> None:
    assert list(cells(["note"], [value])) == [cell]


def test_moments_are_read_and_counts_are_not() -> None:
    names = ["at", "placed_at", "until", "n", "delete_after", "format"]
    row = [1_795_312_800, 0, 1_795_312_800, 1_795_312_800, 1_795_312_800, 7]
    morning = "2026-11-22 09:00:00"
    assert list(cells(names, row)) == [morning, "", morning, "1795312800", morning, "7"]


def test_a_folder_with_something_in_it_is_left_alone(var: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("của chị")
    refused = bot(var, "export", "data", "--to", str(tmp_path))
    assert (refused.returncode, "không trống" in refused.stderr) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]
    refused = bot(var, "export", "data", "--to", str(tmp_path / "note.txt"))
    assert refused.returncode == 1


def test_no_shop_and_an_old_one_are_said(tmp_path: Path) -> None:
    refused = bot(tmp_path / "none", "export", "data", "--to", str(tmp_path / "x"))
    assert "Chưa có chợ" in refused.stderr
    assert not (tmp_path / "none").exists()
    (tmp_path / "old").mkdir()
    engine = make_engine(f"sqlite:///{tmp_path / 'old' / 'shop.db'}", writer=True)
    with engine.begin() as conn:
        conn.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        conn.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
    engine.dispose()
    refused = bot(tmp_path / "old", "export", "data", "--to", str(tmp_path / "x"))
    assert "migrate" in refused.stderr
    assert not (tmp_path / "x").exists()


def test_every_table_is_the_owners_or_the_machines_and_has_its_line() -> None:
    assert set(tables.metadata.tables) >= OF_THE_MACHINE
    told = load_books(ROOT / "locales").own["vi"]
    ids = {f"export-table-{table.name.replace('_', '-')}" for table in exported_tables()}
    assert ids - set(told) == set()
