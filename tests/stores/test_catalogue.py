"""The catalogue while the shop runs: edits come in, mistakes do not; snapshots."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path

import pytest

from bot.stores.catalogue import LiveCatalogue, LoadedCatalogue, load_catalogue
from bot.stores.catalogue_faults import Fault
from bot.stores.catalogue_schema import months_of
from bot.usecases.ports import Catalogue
from tests.catalog.folder import copy_to, edit, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_to(tmp_path)


def price(catalogue: Catalogue, product: str = "sam-dat") -> int:
    loose = catalogue.products[product].loose
    assert loose is not None
    return loose.price_vnd


def test_one_broken_product_is_left_off_and_the_shop_opens(folder: Path) -> None:
    line = edit(folder / "products/sam-dat.yaml", "unit: kg", "unti: kg")
    catalogue, faults = load_catalogue(folder)
    assert len(catalogue.products) == 29
    assert [(f.path, f.line) for f in faults] == [("catalog/products/sam-dat.yaml", line)]


def test_a_seller_without_rates_has_no_method(folder: Path) -> None:
    edit(folder / "sellers.yaml", "province: 14", "province: 1")
    catalogue, _ = load_catalogue(folder)
    assert catalogue.shipping_from("nguoi-ban-son-la").methods == ()
    assert catalogue.shipping_from("nguoi-ban-lai-chau").methods


def test_an_edit_comes_in_as_a_new_snapshot(folder: Path) -> None:
    live = LiveCatalogue(folder)
    before = live.current
    assert not live.refresh()
    edit(folder / "products/sam-dat.yaml", "vnd: 40000", "vnd: 42000")
    assert live.refresh()
    assert price(live.current) == 42_000
    assert price(before) == 40_000


def test_a_broken_edit_keeps_the_good_product_and_is_told_once(folder: Path) -> None:
    told: list[Fault] = []
    live = LiveCatalogue(folder, on_fault=told.append)
    edit(folder / "products/sam-dat.yaml", "vnd: 40000", "vnd: 40.000")
    live.refresh()
    edit(folder / "products/mac-ca.yaml", "vnd: 230000", "vnd: 240000")
    live.refresh()
    assert price(live.current) == 40_000
    assert price(live.current, "mac-ca") == 240_000
    assert [fault.suggestion for fault in told] == ["40000"]
    edit(folder / "products/sam-dat.yaml", "vnd: 40.000", "vnd: 41000")
    live.refresh()
    assert price(live.current) == 41_000
    assert live.faults == []


def test_a_product_that_names_nobody_keeps_its_former_self(folder: Path) -> None:
    live = LiveCatalogue(folder, on_fault=lambda _: None)
    edit(folder / "products/sam-dat.yaml", "household: ho-mau-1", "household: ho-mau-9")
    live.refresh()
    assert live.current.products["sam-dat"].household == "ho-mau-1"
    assert [fault.found for fault in live.faults] == ["ho-mau-9"]


@pytest.mark.parametrize("name", ["sellers", "households", "provinces", "categories", "shipping"])
def test_a_broken_part_keeps_the_good_one(folder: Path, name: str) -> None:
    live = LiveCatalogue(folder, on_fault=lambda _: None)
    write(folder / f"{name}.yaml", "{{{")
    live.refresh()
    assert [fault.path for fault in live.faults] == [f"catalog/{name}.yaml"]
    assert len(live.current.products) == 30
    assert len(live.current.provinces) == 34
    assert live.current.shipping_from("nguoi-ban-lai-chau").methods


def test_files_come_and_go_but_a_lost_folder_empties_nothing(folder: Path) -> None:
    live = LiveCatalogue(folder, on_fault=lambda _: None)
    (folder / "products/sam-dat.yaml").rename(folder / "sam-dat.yaml")
    live.refresh()
    assert "sam-dat" not in live.current.products
    (folder / "sam-dat.yaml").rename(folder / "products/sam-dat.yaml")
    live.refresh()
    assert "sam-dat" in live.current.products
    (folder / "products").rename(folder / "away")
    assert live.refresh()
    assert not live.refresh()
    assert len(live.current.products) == 30
    assert [fault.id for fault in live.faults] == ["check-no-folder"]
    (folder / "away").rename(folder / "products")
    assert live.refresh()
    assert live.faults == []


async def test_the_watch_swaps_by_itself(folder: Path) -> None:
    changed: asyncio.Queue[LoadedCatalogue] = asyncio.Queue()
    live = LiveCatalogue(folder, on_change=changed.put_nowait)
    watch = asyncio.create_task(live.watch(0.01))
    edit(folder / "products/sam-dat.yaml", "vnd: 40000", "vnd: 45000")
    seen = await asyncio.wait_for(changed.get(), 10)
    watch.cancel()
    assert price(seen) == 45_000
    assert seen is live.current


def test_the_snapshot_answers_for_files_that_did_not_change(folder: Path, tmp_path: Path) -> None:
    """The file's text is changed but not its time and size: only the snapshot can know the old."""
    snapshot = tmp_path / "cache" / "catalogue.msgpack"
    first, _ = load_catalogue(folder, snapshot)
    path = folder / "products/sam-dat.yaml"
    stat = path.stat()
    path.write_text(path.read_text("utf-8").replace("vnd: 40000", "vnd: 99000"), "utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    again, faults = load_catalogue(folder, snapshot)
    assert again.products == first.products
    assert faults == []


def test_stale_parts_of_the_snapshot_are_read_again(folder: Path, tmp_path: Path) -> None:
    snapshot = tmp_path / "catalogue.msgpack"
    load_catalogue(folder, snapshot)
    edit(folder / "products/sam-dat.yaml", "vnd: 40000", "vnd: 99000")
    (folder / "products/mac-ca.yaml").unlink()
    for _ in range(2):
        catalogue, _ = load_catalogue(folder, snapshot)
        assert price(catalogue) == 99_000
        assert "mac-ca" not in catalogue.products


def test_a_file_broken_while_the_shop_was_closed(folder: Path, tmp_path: Path) -> None:
    """The snapshot's good version stays on the shelf, and the fault is told at every start."""
    snapshot = tmp_path / "catalogue.msgpack"
    load_catalogue(folder, snapshot)
    edit(folder / "products/sam-dat.yaml", "vnd: 40000", "vnd: viết sau")
    for _ in range(3):
        catalogue, faults = load_catalogue(folder, snapshot)
        assert price(catalogue) == 40_000
        assert [fault.id for fault in faults] == ["check-want-int"]


@pytest.mark.parametrize("junk", [b"", b"junk", b"\x82\xa4form\xa1x\xa8products\x80"])
def test_a_snapshot_that_is_not_ours_is_ignored(folder: Path, tmp_path: Path, junk: bytes) -> None:
    snapshot = tmp_path / "catalogue.msgpack"
    snapshot.write_bytes(junk)
    catalogue, faults = load_catalogue(folder, snapshot)
    assert len(catalogue.products) == 30
    assert faults == []
    assert snapshot.read_bytes() != junk


def test_no_place_for_the_snapshot_is_no_reason_to_stay_shut(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    catalogue, _ = load_catalogue(folder, tmp_path / "file" / "catalogue.msgpack")
    assert len(catalogue.products) == 30


def test_an_empty_shop_opens(folder: Path) -> None:
    shutil.rmtree(folder / "products")
    (folder / "products").mkdir()
    catalogue, faults = load_catalogue(folder)
    assert catalogue.products == {}
    assert faults == []


@pytest.mark.parametrize(
    ("text", "months"),
    [("8-11", (8, 9, 10, 11)), ("10-2", (10, 11, 12, 1, 2)), (5, (5,)), ("all", ()), ("", ()),
     ("4-5, 10-12", (4, 5, 10, 11, 12)), ("12-1", (12, 1))],
)  # fmt: skip
def test_months_as_they_are_written(text: int | str, months: tuple[int, ...]) -> None:
    assert months_of(text) == months


@pytest.mark.parametrize("text", ["0", "13", "8–11", "8-", "tháng 8", "8-9-10", 0])
def test_months_that_are_none(text: int | str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # int() words it in its own way
        months_of(text)
