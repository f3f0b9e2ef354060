"""Goods born in the chat are on the shelf at once in the process that heard of them, and soon in
every other; a file of the same id wins.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from bot.app import open_shop, prepare_data_dir
from bot.settings import Settings
from bot.shop.born import Born, free_id
from bot.usecases import goods
from bot.usecases.rights import sit

HONG = Born(
    "", "nguoi-ban-lai-chau", "Hồng giòn", "fruit", "g", "kg", (), (500, 500, 1000, 30_000),
    50_000, "", 0,
)  # fmt: skip
NOW = 1_790_000_000


async def test_two_shops_on_one_database_show_the_same_shelf(tmp_path: Path) -> None:
    settings = replace(Settings(), data_dir=tmp_path / "var")
    prepare_data_dir(settings)
    one = open_shop(settings, lambda: NOW, streams=frozenset())
    two = open_shop(settings, lambda: NOW, streams=frozenset())
    async with one as first, two as second:
        who = "tg:1"
        await first.ledger.put(lambda b: sit(b, who, HONG.seller, NOW))
        person = await first.records.person(who)
        born = await first.ledger.put(lambda b: goods.add(b, HONG, False, person, NOW, "change-1"))
        assert born.id in first.catalogue.current.products, "at once"
        assert first.shop.names().search("hồng giòn")[0] == born.id
        assert born.id not in second.catalogue.current.products
        watch = asyncio.create_task(second.truth.born.watch(0.05))
        shelf = asyncio.create_task(second.truth.shelf.watch(0.05))
        async with asyncio.timeout(5):
            while born.id not in second.catalogue.current.products:
                await asyncio.sleep(0.02)
            while not second.truth.shelf.level(born.id).free:
                await asyncio.sleep(0.02)
            while not second.shop.names().search("hồng giòn"):
                await asyncio.sleep(0.02)
        assert second.shop.names().search("hồng giòn")[0] == born.id
        assert second.truth.shelf.prices(born.id).vnd == {"": 30_000}
        again = await second.ledger.put(
            lambda b: goods.add(b, HONG, False, person, NOW, "change-1")
        )
        assert again.id == born.id, "the same command in another process is the same goods"
        await second.ledger.put(lambda b: goods.hide(b, born.id, person, NOW))
        assert born.id not in second.catalogue.current.products
        assert first.truth.born.refresh(), "what the watch does"
        assert born.id not in first.catalogue.current.products
        for task in (watch, shelf):
            task.cancel()
        await asyncio.gather(watch, shelf, return_exceptions=True)


BORN = """
import asyncio, sys
from dataclasses import replace
from pathlib import Path
from bot.app import open_shop
from bot.settings import Settings
from bot.usecases import goods
from tests.stores.test_born_goods import HONG, NOW

async def main(folder):
    settings = replace(Settings(), data_dir=Path(folder))
    async with open_shop(settings, lambda: NOW, streams=frozenset()) as parts:
        person = await parts.records.person("tg:1")
        await parts.ledger.put(lambda b: goods.add(b, HONG, False, person, NOW, "elsewhere"))

asyncio.run(main(sys.argv[1]))
"""


async def test_another_process_puts_goods_up(tmp_path: Path) -> None:
    settings = replace(Settings(), data_dir=tmp_path / "var")
    prepare_data_dir(settings)
    async with open_shop(settings, lambda: NOW, streams=frozenset()) as parts:
        await parts.ledger.put(lambda b: sit(b, "tg:1", HONG.seller, NOW))
        other = [sys.executable, "-W", "error", "-c", BORN, str(settings.data_dir)]
        done = await asyncio.to_thread(subprocess.run, other, check=True, timeout=60)
        assert done.returncode == 0
        assert await asyncio.to_thread(parts.truth.born.refresh)
        assert "hong-gion" in parts.catalogue.current.products


async def test_they_are_there_after_a_restart(tmp_path: Path) -> None:
    settings = replace(Settings(), data_dir=tmp_path / "var")
    prepare_data_dir(settings)
    async with open_shop(settings, lambda: NOW, streams=frozenset()) as parts:
        await parts.ledger.put(lambda b: sit(b, "tg:1", HONG.seller, NOW))
        person = await parts.records.person("tg:1")
        await parts.ledger.put(lambda b: goods.add(b, HONG, False, person, NOW, "c"))
    async with open_shop(settings, lambda: NOW, streams=frozenset()) as parts:
        shelf = parts.catalogue.current.products
        assert shelf["hong-gion"].named("vi") == "Hồng giòn"
        order = [p.category for p in shelf.values()]
        assert order == sorted(order, key=parts.catalogue.current.categories.index)


async def test_a_file_of_the_same_id_wins_and_keeps_her_voice(tmp_path: Path) -> None:
    folder = Path(shutil.copytree("catalog", tmp_path / "catalog"))
    settings = replace(Settings(), data_dir=tmp_path / "var", catalog_dir=folder)
    prepare_data_dir(settings)
    async with open_shop(settings, lambda: NOW, streams=frozenset()) as parts:
        spoken = replace_born(HONG, id="sam-dat", state="exported", voice="media/" + "0" * 64)
        await parts.ledger.put(lambda b: b.save_born(spoken))
        shown = parts.catalogue.current.products["sam-dat"]
        assert shown.named("vi") == "Sâm đất"
        assert shown.voice == spoken.voice


def replace_born(born: Born, **told: object) -> Born:
    from msgspec.structs import replace as with_

    return with_(born, **told)


def test_ids_are_short_ascii_and_free() -> None:
    taken = {"hong-gion", "hong-gion-2"}
    assert free_id("Hồng giòn", taken.__contains__) == "hong-gion-3"
    assert free_id("Đậu nho nhe Mường Khương loại một", set().__contains__) == "dau-nho-nhe-muong"
    assert free_id("🍑🍑", set().__contains__) == "hang-moi"


async def test_who_is_forgotten_leaves_goods_but_no_name(tmp_path: Path) -> None:
    settings = replace(Settings(), data_dir=tmp_path / "var")
    prepare_data_dir(settings)
    async with open_shop(settings, lambda: NOW, streams=frozenset()) as parts:
        await parts.ledger.put(lambda b: sit(b, "tg:1", HONG.seller, NOW))
        person = await parts.records.person("tg:1")
        await parts.ledger.put(lambda b: goods.add(b, HONG, False, person, NOW, "c"))
        await parts.ledger.put(lambda b: b.erase("tg:1"))
        [row] = await parts.records.rows("born_products")
        assert "tg:1" not in str(row)
        assert "hong-gion" in parts.catalogue.current.products
