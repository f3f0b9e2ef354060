from pathlib import Path
from typing import get_args

import pytest

from bot.understand.commands import Command, CommandsBroken, Slash, load_commands

FILE = Path(__file__).parents[2] / "intents" / "commands.yml"
COMMANDS = load_commands(FILE)


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("giỏ", "show_cart"),
        ("gio", "show_cart"),
        ("Giỏ hàng!", "show_cart"),
        ("xem giỏ", "show_cart"),
        ("/gio", "show_cart"),
        ("/gio@cho_phien_bot", "show_cart"),
        ("đơn", "my_orders"),
        ("don", "my_orders"),
        ("đơn của tôi", "my_orders"),
        ("giúp", "help"),
        ("alo", "home"),
        ("Hi", "home"),
        ("/start abc123", "home"),
        ("gặp người bán", "talk_to_seller"),
        ("gap nguoi ban", "talk_to_seller"),
        ("quay lại", "back"),
        ("xoá dữ liệu", "delete_my_data"),
        ("xóa dữ liệu", "delete_my_data"),
        ("xoa du lieu", "delete_my_data"),
        ("/xoa_du_lieu", "delete_my_data"),
        ("tiếng Mông", "change_language"),
        ("English", "change_language"),
        ("dừng", "stop_reminders"),
        ("dung", "stop_reminders"),
        ("tu choi", "stop_reminders"),
        ("hủy nhận", "stop_reminders"),
        ("stop", "stop_reminders"),
        ("đặt hàng", "checkout"),
        ("thanh toán", "checkout"),
        ("tra đơn", "find_order"),
        ("có gì bán", "browse"),
        ("mùa này có gì?", "browse"),
        ("/donmoi", "seller_orders"),
        ("nyob zoo", "home"),
    ],
)
def test_command(typed: str, command: str) -> None:
    assert COMMANDS.read(typed) == command


@pytest.mark.parametrize(
    "typed", ["dùng", "đúng", "dọn", "gió", "chợ nào gần", "giỏ của ai", "", "1", "/nothing", "/"]
)
def test_only_the_whole_text_with_the_right_diacritics_is_a_command(typed: str) -> None:
    assert COMMANDS.read(typed) is None


def test_a_slash_command_keeps_what_stands_behind_it() -> None:
    assert COMMANDS.slash("/kho  Na dai 20") == Slash("seller_stock", "Na dai 20")
    assert COMMANDS.slash("/start seller_AbC") == Slash("home", "seller_AbC")
    assert COMMANDS.slash("kho na") is None


def test_yes_and_no() -> None:
    assert all(map(COMMANDS.says_yes, ("Đúng rồi", "dung", "ok", "vâng.", "yog")))
    assert all(map(COMMANDS.says_no, ("không", "k", "thoi", "bỏ qua", "hủy", "tsis")))
    assert not any(map(COMMANDS.says_yes, ("không", "dừng", "co gi ban", "")))
    assert not any(map(COMMANDS.says_no, ("có", "thói", "")))


def test_every_command_has_vietnamese_words() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert all(f"  {command}:\n    vi:" in text for command in get_args(Command))


def write(tmp_path: Path, change: tuple[str, str]) -> Path:
    path = tmp_path / "commands.yml"
    path.write_text(FILE.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("  show_cart:", "  show_kart:"), "show_kart"),
        (("slash: [gio]", "slahs: [gio]"), "slahs"),
        (("vi: [giỏ,", "vi: [chào,"), "chào"),
        (("  seller_orders:\n", "  #\n"), r"commands\.yml"),
    ],
)
def test_a_bad_file_is_refused_with_what_is_wrong(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    with pytest.raises(CommandsBroken, match=said):
        load_commands(write(tmp_path, change))


def test_a_command_left_out_is_named(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    start, end = text.index("  seller_orders:"), text.index("# Chỉ đọc")
    path = tmp_path / "commands.yml"
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    with pytest.raises(CommandsBroken, match="seller_orders"):
        load_commands(path)
