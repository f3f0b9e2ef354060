"""The black box from outside: killed in the middle, started again, its files edited."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from bot.stores.redis_scripts import LEASE
from tests.commands.shell import Shell
from tests.source import ROOT

LAI_CHAU = "seller:nguoi-ban-lai-chau"


def _to_summary(shell: Shell) -> None:
    shell.play(person="an", tap="q:sam-dat")
    shell.say("an", "2kg", "đặt hàng", "1", "0912345678", "Sùng Thị Mỷ", "12 Láng Hạ, Hà Nội")
    assert shell.say("an", "1")["id"] == "summary"


def test_killed_after_the_order_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    first = Shell(tmp_path)
    _to_summary(first)
    placed = first.play(person="an", text="1", event="the-order")
    assert [(g["to"], g["id"]) for g in placed] == [("an", "placed"), (LAI_CHAU, "order-new")]
    first.kill()
    second = Shell(tmp_path)
    again = second.play(person="an", text="1", event="the-order")
    assert len(second.rows("orders")) == 1
    assert [(g["to"], g["id"]) for g in again] == [("an", "placed")]
    assert [r["state"] for r in second.rows("letters")] == ["sent"]
    second.close()


def test_killed_while_ordering(tmp_path: Path) -> None:
    """The line is sent and the power goes: the order is there once, or not at all, never half."""
    first = Shell(tmp_path)
    _to_summary(first)
    first.send(person="an", text="1", event="the-order")
    first.kill()
    second = Shell(tmp_path)
    try:
        second.play(person="an", text="1", event="the-order")
    except AssertionError:  # the dead process still has her turn
        second.kill()
        time.sleep(LEASE)
        second = Shell(tmp_path)
        second.play(person="an", text="1", event="the-order")
    orders, stock = second.rows("orders"), second.rows("stock")
    held = next(r["held"] for r in stock if r["product"] == "sam-dat")
    assert len(orders) <= 1
    assert held == 2_000 * len(orders)
    letters = [r for r in second.rows("letters") if r["to"] == LAI_CHAU]
    assert len(letters) == len(orders)
    second.close()


def test_edited_files_count_from_the_next_line_on(tmp_path: Path) -> None:
    catalog = tmp_path / "catalog"
    shutil.copytree(ROOT / "catalog", catalog)
    shell = Shell(tmp_path / "var", "--catalog", str(catalog))
    yacon = catalog / "products" / "sam-dat.yaml"
    good = yacon.read_text("utf-8")
    assert shell.say("an", "sâm đất")["id"] == "card"
    yacon.write_text(good.replace("name:", "nmae:", 1), "utf-8")
    assert shell.say("an", "sâm đất")["id"] == "card"
    yacon.write_text(good.replace("Củ trồng trên nương", "Củ mới đào trên nương"), "utf-8")
    assert "mới đào" in shell.say("an", "sâm đất")["text"]
    yacon.unlink()
    assert shell.say("an", "sâm đất")["id"] != "card"
    shell.close()


def test_a_bad_line_is_said_and_nothing_stops(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    assert "error" in shell.play(person="an", pick=3)[0]
    assert "error" in shell.play(persn="an", text="alo")[0]
    assert "error" in shell.play(person="an", photo="nowhere.jpg")[0]
    assert shell.say("an", "alo")["id"] == "welcome"
    shell.close()
