"""`python -m bot export sales`: the orders of some days, as Excel reads them."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest

from bot.commands.export_sales import csv_bytes
from tests.commands.shell import Shell
from tests.commands.test_backup import bot

SELLER = "seller:nguoi-ban-lai-chau"
NOVEMBER = ("--from", "2026-11-01", "--to", "2026-11-30")


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with a packed order of 22/11, an open one, and a cancelled one."""
    folder = tmp_path_factory.mktemp("shop") / "var"
    shell = Shell(folder)
    for person, phone in (("an", "0912345678"), ("binh", "0912345679"), ("chi", "0912345670")):
        shell.play(person=person, tap="q:sam-dat")
        shell.say(person, "2kg", "đặt hàng", "1", phone, "Sùng Thị Mỷ", "12 Láng Hạ, Hà Nội")
        assert shell.say(person, "1", "1")["id"] == "placed"
    codes = [row["code"] for row in shell.rows("orders")]
    for verb in ("confirm", "pack"):
        shell.play(person=SELLER, tap=f"so:{codes[0]}:{verb}")
    shell.play(person=SELLER, tap=f"so:{codes[2]}:refuse:out-of-goods")
    shell.close()
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_orders_that_came_to_something_with_what_counts(var: Path, tmp_path: Path) -> None:
    to = tmp_path / "thang-11.csv"
    done = bot(var, "export", "sales", *NOVEMBER, "--to-file", str(to))
    assert done.returncode == 0, done.stderr
    assert "2 dòng" in done.stdout
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    assert to.read_bytes().startswith(b"\xef\xbb\xbf")
    got = rows(to)
    assert [r["Tiền hàng (đồng)"] for r in got] == ["80000", "80000"]
    assert sorted(r["Tính vào tiền bán (đồng)"] for r in got) == ["0", "80000"]
    assert {r["Mặt hàng"] for r in got} == {"Sâm đất"}
    assert {(r["Số lượng"], r["Đơn vị"], r["Nhà"]) for r in got} == {("2000", "g", "Hộ mẫu 1")}
    assert {r["Trạng thái"] for r in got} == {"đã gói", "chờ người bán nhận"}
    assert "0912345678" not in to.read_text("utf-8-sig")


def test_other_days_have_none(var: Path, tmp_path: Path) -> None:
    to = tmp_path / "x.csv"
    asked = ("--from", "2026-11-23", "--to", "2026-11-23", "--to-file", str(to))
    assert bot(var, "export", "sales", *asked).returncode == 0
    assert rows(to) == []
    asked = ("--from", "2026-11-22", "--to", "2026-11-22", "--to-file", str(tmp_path / "y.csv"))
    assert bot(var, "export", "sales", *asked).returncode == 0
    assert len(rows(tmp_path / "y.csv")) == 2, "the last day is in"


@pytest.mark.parametrize(
    ("since", "until"),
    [("2026-13-01", "2026-11-30"), ("hôm qua", "mai"), ("2026-11-30", "2026-11-01")],
)
def test_days_that_are_none_are_refused(var: Path, tmp_path: Path, since: str, until: str) -> None:
    to = tmp_path / "x.csv"
    done = bot(var, "export", "sales", "--from", since, "--to", until, "--to-file", str(to))
    assert (done.returncode, "2026-11-01" in done.stderr) == (1, True)
    assert not to.exists()


def test_a_file_that_is_there_is_left_alone_and_no_shop_is_said(var: Path, tmp_path: Path) -> None:
    to = tmp_path / "x.csv"
    to.write_text("của chị")
    done = bot(var, "export", "sales", *NOVEMBER, "--to-file", str(to))
    assert (done.returncode, to.read_text()) == (1, "của chị")
    done = bot(tmp_path / "none", "export", "sales", *NOVEMBER, "--to-file", str(tmp_path / "y"))
    assert (done.returncode, "Chưa có chợ" in done.stderr) == (1, True)
    assert not (tmp_path / "none").exists()


def test_no_cell_is_a_formula() -> None:
    got = csv_bytes([["=1+1", "@x", "na", 80_000, -5]]).decode("utf-8-sig")
    assert got == "'=1+1,'@x,na,80000,-5\r\n"
