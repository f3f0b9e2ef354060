"""`python -m bot export intents`: examples and aliases stand in the files, the rest untouched."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.stores.catalogue_alias import NoPlaceForAlias, add_alias, with_alias
from bot.stores.sql.engine import make_engine
from bot.stores.sql.ledger import SqlLedger
from bot.stores.sql.migrate import migrate
from bot.understand.intents_file import read_examples
from bot.understand.intents_write import with_examples
from bot.usecases import learning, people
from tests.catalog.folder import copy_to
from tests.source import ROOT

SMALL = """\
# lời mở đầu
version: "3.1"
nlu:

  # ===== Khách =====
  - intent: greet
    examples: |
      - chào shop

      - alo

  - intent: order  # mua
    examples: |
      - lấy 2 cân na

  # ===== Hết =====
"""
SOURCE = "nguồn: khách thật, 2026-11, đã xoá tên và số"


def test_examples_stand_behind_their_intent_under_their_source() -> None:
    after = with_examples(SMALL, "greet", ["ới shop", "chao ad"], SOURCE)
    block = f"""\
  # {SOURCE}
  - intent: greet
    examples: |
      - ới shop
      - chao ad
"""
    assert after == SMALL.replace("      - alo\n", "      - alo\n" + block)


def test_the_same_source_makes_the_block_longer() -> None:
    once = with_examples(SMALL, "order", ["cho 1 ký na"], SOURCE)
    twice = with_examples(once, "order", ["lấy ít mận"], SOURCE)
    assert twice.count(SOURCE) == 1
    other = with_examples(twice, "order", ["mận nha"], SOURCE.replace("11", "12"))
    assert other.count("nguồn:") == 2
    assert [line for line in SMALL.splitlines() if line not in other.splitlines()] == []


def test_an_intent_without_examples_comes_at_the_end() -> None:
    after = with_examples(SMALL, "thank", ["cảm ơn nhé"], SOURCE)
    assert after.startswith(SMALL)
    assert after.endswith("  - intent: thank\n    examples: |\n      - cảm ơn nhé\n")


def test_line_ends_of_the_file_are_kept() -> None:
    windows = SMALL.replace("\n", "\r\n")
    after = with_examples(windows, "order", ["cho 1 ký na"], SOURCE)
    assert after.replace("\r\n", "").count("\n") == 0
    assert after.replace("\r\n", "\n") == with_examples(SMALL, "order", ["cho 1 ký na"], SOURCE)


def test_what_was_written_is_read_as_examples_and_no_comment_as_one(tmp_path: Path) -> None:
    path = tmp_path / "vi.yml"
    path.write_text(with_examples(SMALL, "greet", ["# ới shop - à: ừ", "- hai gạch"], SOURCE))
    examples, faults = read_examples([path])
    assert faults == []
    texts = [e.text for e in examples if e.intent == "greet"]
    assert texts == ["chào shop", "alo", "# ới shop - à: ừ", "- hai gạch"]


PRODUCT = 'id: x\naliases:   # khách gọi\n  - na\n  # cách cũ\n  - "na dai"\n\nseller: y\n'


@pytest.mark.parametrize(
    ("alias", "written"),
    [
        ("na chi lăng", "na chi lăng"),
        ("no", '"no"'),
        ("123 na", '"123 na"'),
        ("na: to", '"na: to"'),
        ('na "to"', '"na \\"to\\""'),
    ],
)
def test_an_alias_is_the_last_of_its_list_and_nothing_else_moves(alias: str, written: str) -> None:
    after = with_alias(PRODUCT, alias)
    assert after == PRODUCT.replace('"na dai"\n', f'"na dai"\n  - {written}\n')


@pytest.mark.parametrize("text", ["id: x\n", "aliases: [a, b]\n", "aliases:\nseller: y\n"])
def test_a_list_written_otherwise_is_left_to_people(text: str) -> None:
    with pytest.raises(NoPlaceForAlias):
        with_alias(text, "na")


def test_a_file_that_is_not_good_stays_as_it_is(tmp_path: Path) -> None:
    path = copy_to(tmp_path) / "products" / "na-chi-lang.yaml"
    path.write_text(path.read_text("utf-8").replace("base: g", "base: gram"), "utf-8")
    before = path.read_bytes()
    with pytest.raises(NoPlaceForAlias):
        add_alias(path, "na núi đá")
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.glob("*.new")] == []


@dataclass
class Shop:
    """A data folder and copies of what people own, for a command in a process of its own."""

    folder: Path

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        env = {
            **os.environ, "DATA_DIR": str(self.folder / "var"), "PYTHONPATH": str(ROOT),
            "CATALOG_DIR": str(self.folder / "catalog"),
            "INTENTS_DIR": str(self.folder / "intents"), "PUBLIC_URL": "https://cho.example",
        }  # fmt: skip
        command = [sys.executable, "-m", "bot", *args]
        return subprocess.run(
            command, env=env, capture_output=True, text=True, check=False, cwd=ROOT
        )

    def teach(self) -> None:
        asyncio.run(_teach(self.folder / "var" / "shop.db"))


async def _teach(path: Path) -> None:
    engine = make_engine(f"sqlite:///{path}", writer=True)
    migrate(engine, path.parent / "backups")
    ledger = SqlLedger(engine, dict, str, lambda news: None)
    put, at = ledger.put, 1_795_312_800
    await put(lambda b: people.make_trainer_link(b, "h", at + 9))
    await put(lambda b: people.bind_trainer(b, "h", "tg:1", at))
    for text, intent in (
        ("gói giấy gì mà đẹp dữ thần", "ask_product"),
        ("chào shop", "order"),
        ("kho dau treo gac ay con ko", ""),
    ):
        kept = await put(lambda b, t=text: learning.note(b, t, t, "customer", "tg", at))
        assert kept is not None
        if intent:
            await put(lambda b, k=kept.id, i=intent: learning.assign_intent(b, k, i, "tg:1", at))
        else:
            await put(
                lambda b, k=kept.id: learning.assign_alias(
                    b, k, "thit-trau-gac-bep", "dau treo gac", "tg:1", at
                )
            )
    await ledger.close()
    engine.dispose()


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    copy_to(tmp_path)
    shutil.copytree(ROOT / "intents", tmp_path / "intents")
    (tmp_path / "var").mkdir(mode=0o700)
    return Shop(tmp_path)


def test_the_command_writes_once_says_what_and_checks(shop: Shop) -> None:
    shop.teach()
    before = (shop.folder / "catalog/products/thit-trau-gac-bep.yaml").read_text("utf-8")
    done = shop.run("export", "intents")
    assert "intents/vi.yml: thêm vào ask_product: gói giấy gì mà đẹp dữ thần" in done.stdout
    assert "thit-trau-gac-bep.yaml: thêm tên gọi “dau treo gac”" in done.stdout
    assert "CHƯA GHI “chào shop” vào order: câu này đã thuộc ý greet" in done.stdout
    assert done.returncode == 1, "one sentence could not be written"
    assert "Ghi 2 câu, 0 câu có sẵn, 1 câu chưa ghi được." in done.stdout
    after = (shop.folder / "catalog/products/thit-trau-gac-bep.yaml").read_text("utf-8")
    assert after.replace("  - dau treo gac\n", "") == before
    written = (shop.folder / "intents/vi.yml").read_text("utf-8")
    assert f"  # {SOURCE}\n  - intent: ask_product\n" in written

    again = shop.run("export", "intents")
    assert "Ghi 0 câu, 0 câu có sẵn, 1 câu chưa ghi được." in again.stdout
    assert (shop.folder / "intents/vi.yml").read_text("utf-8") == written


def test_nothing_to_write_is_said(shop: Shop) -> None:
    done = shop.run("export", "intents")
    assert done.stdout.startswith("Chưa có câu nào mới để ghi.\n")
    assert done.returncode == 0


def test_a_trainers_link_is_printed(shop: Shop) -> None:
    done = shop.run("trainer-link")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("https://cho.example/s/")
