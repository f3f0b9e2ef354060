"""`python -m bot export catalogue` and `catalogue apply`: between the ledger and `catalog/`.

Goods born in the chat become files that a trainer goes on with; the ledger's prices go into the
files that are there, or theirs into the ledger. A file somebody made is never overwritten.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bot.app import Parts, open_shop, prepare_data_dir
from bot.settings import Settings
from bot.shop.born import ON_SHELF, product_of
from bot.shop.people import Person
from bot.shop.product import Product
from bot.shop.roles import EVERY, OWNER, Grant
from bot.shop.says import Field
from bot.stores.catalogue import load_catalogue, picture_of
from bot.stores.catalogue_write import (
    NotWritten,
    other_prices,
    priced,
    write_new,
    write_prices,
)
from bot.usecases import goods, stock

BY = "catalogue"


@dataclass(slots=True)
class Report:
    """What became of each product, one line each, and how many were not written."""

    text: Callable[..., str]
    written: int = 0
    refused: int = 0

    def wrote(self, id: str, **fields: Field) -> None:
        self.written += 1
        print(self.text(id, **fields))

    def could_not(self, id: str, **fields: Field) -> None:
        self.refused += 1
        print(self.text(id, **fields))


def export_catalogue(settings: Settings, *, prices: bool) -> int:
    """Write new goods, with `prices` the ledger's prices too; the exit code is 1 if something
    could not be written. Works beside a running shop.
    """
    return _with_shop(settings, lambda parts, report: _export(parts, report, prices=prices))


def apply(settings: Settings) -> int:
    """Take the prices of the files into the ledger, as changes by "catalogue"."""
    return _with_shop(settings, _apply)


def _with_shop(settings: Settings, work: Callable[[Parts, Report], object]) -> int:
    prepare_data_dir(settings)

    async def run() -> Report:
        async with open_shop(settings, lambda: int(time.time())) as parts:
            report = Report(lambda id, **fields: parts.words.text("vi", id, **fields))
            await work(parts, report)  # type: ignore[misc]
            return report

    report = asyncio.run(run())
    if not report.written and not report.refused:
        print(report.text("catalogue-nothing"))
    return int(report.refused > 0)


async def _export(parts: Parts, report: Report, *, prices: bool) -> None:
    folder = parts.settings.catalog_dir
    if prices:
        for product in _in_files(folder).values():
            _write_prices(parts, report, folder, product)
    await _write_born(parts, report, folder)


def _in_files(folder: Path) -> Mapping[str, Product]:
    return load_catalogue(folder)[0].products


def _write_prices(parts: Parts, report: Report, folder: Path, product: Product) -> None:
    path = folder / "products" / f"{product.id}.yaml"
    shown = f"{folder.name}/products/{path.name}"
    try:
        keys = write_prices(path, parts.truth.shelf.prices(product.id))
    except NotWritten as why:
        report.could_not("catalogue-not-written", path=shown, why=str(why))
        return
    if keys:
        report.wrote("catalogue-prices-written", path=shown, count=len(keys))


async def _write_born(parts: Parts, report: Report, folder: Path) -> None:
    """Goods on the shelf that are in no file yet; marked when they are."""
    born = await parts.records.read(lambda b: b.all_born())
    written: list[str] = []
    for one in born:
        path = folder / "products" / f"{one.id}.yaml"
        if one.state not in ON_SHELF or (path.exists() and one.state == "exported"):
            continue
        product = priced(product_of(one), parts.truth.shelf.prices(one.id))
        if await _write_one(parts, report, path, product):
            written.append(one.id)
    if written:
        await parts.ledger.put(lambda b: goods.exported(b, written))


async def _write_one(parts: Parts, report: Report, path: Path, product: Product) -> bool:
    shown = f"{path.parents[1].name}/products/{path.name}"
    try:
        write_new(path, product, lambda id: parts.words.text("vi", id))
    except FileExistsError:
        report.could_not("catalogue-there-already", path=shown)
        return False
    except NotWritten as why:
        report.could_not("catalogue-not-written", path=shown, why=str(why))
        return False
    await _write_photo(parts, path.parents[1], product)
    report.wrote("catalogue-written", path=shown, name=product.name["vi"])
    return True


async def _write_photo(parts: Parts, folder: Path, product: Product) -> None:
    if not product.photo_small or picture_of(folder, product.id) is not None:
        return
    data, _ = await parts.media.read(product.photo_small)
    to = folder / "photos" / f"{product.id}.jpg"
    to.parent.mkdir(parents=True, exist_ok=True)
    await asyncio.to_thread(to.write_bytes, data)


async def _apply(parts: Parts, report: Report) -> None:
    now = parts.now()
    grants = (Grant(BY, EVERY, "owner", int(OWNER), BY, now),)
    by = replace(Person(BY), grants=grants)
    for product in _in_files(parts.settings.catalog_dir).values():
        differing = other_prices(product, parts.truth.shelf.prices(product.id))
        if not differing:
            continue
        new = {key: file for key, (file, _) in differing.items()}
        id_ = f"{BY}-{parts.shop.ids.short()}"
        take = partial(stock.set_prices, product_id=product.id, new=new, by=by, now=now, id_=id_)
        await parts.ledger.put(take)
        report.wrote("catalogue-applied", name=product.name["vi"], count=len(new))
