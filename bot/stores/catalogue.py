"""The shop's goods, read from `catalog/` and read again when a file changes.

A broken product file is left off the shelf and reported; the shop stays open. A file that breaks
while the shop runs never replaces its last good version.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.shop.product import Product
from bot.shop.shipping import ShippingTable
from bot.stores.catalogue_faults import Fault
from bot.stores.catalogue_files import CatalogueFiles, Parts, fits
from bot.usecases.ports import Household, Province, Seller

log = logging.getLogger(__name__)

PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(slots=True, eq=False)
class LoadedCatalogue:
    """One good snapshot of the folder; never changed after it is made. Keeps `ports.Catalogue`.

    products: by id, in the order of the categories, then of the ids.
    category_names, category_signs: by category id; names by language, `vi` always among them.
    """

    folder: Path
    parts: Parts
    products: Mapping[str, Product]
    sellers: Mapping[str, Seller] = field(init=False)
    households: Mapping[str, Household] = field(init=False)
    provinces: Mapping[int, Province] = field(init=False)
    categories: Sequence[str] = field(init=False)
    category_names: Mapping[str, Mapping[str, str]] = field(init=False)
    category_signs: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.sellers = self.parts.sellers
        self.households = self.parts.households
        self.provinces = self.parts.provinces
        self.categories = tuple(self.parts.categories)
        self.category_names = {c.id: c.name for c in self.parts.categories.values()}
        self.category_signs = {c.id: c.sign for c in self.parts.categories.values()}

    def shipping_from(self, seller: str) -> ShippingTable:
        """Rates from the seller's province; no methods where the file has no rates for it."""
        shipping = self.parts.shipping
        if self.sellers[seller].province in shipping.origins:
            return shipping.table
        return ShippingTable(shipping.table.as_of, shipping.table.zones, ())

    def picture_path(self, product_id: str) -> Path | None:
        """The product's picture file, or None. Only ids on the shelf are looked up."""
        if product_id not in self.products:
            return None
        return picture_of(self.folder, product_id)


def picture_of(folder: Path, product_id: str) -> Path | None:
    paths = (folder / "photos" / (product_id + ending) for ending in PICTURE_ENDINGS)
    return next((path for path in paths if path.is_file()), None)


def load_catalogue(
    folder: Path, snapshot: Path | None = None
) -> tuple[LoadedCatalogue, list[Fault]]:
    """Read the whole folder: what is good, and what is wrong with the rest.

    snapshot: a file to start fast from; written again when it was stale. It may be lost.
    """
    files = CatalogueFiles(folder, snapshot)
    files.refresh()
    return LoadedCatalogue(folder, files.parts, files.products), files.faults


class LiveCatalogue:
    """The current good snapshot, swapped as a whole when files change.

    on_fault: called once for each new fault. on_change: called with every new snapshot, in the
    thread that read it (an index of thousands of names takes a while).
    Raises nothing for broken files; `faults` always holds what is wrong now.
    """

    def __init__(
        self,
        folder: Path,
        snapshot: Path | None = None,
        on_fault: Callable[[Fault], None] | None = None,
        on_change: Callable[[LoadedCatalogue], None] | None = None,
    ) -> None:
        self._files = CatalogueFiles(folder, snapshot)
        self._on_fault = on_fault or _log_fault
        self._on_change = on_change
        self._told: set[Fault] = set()
        self._born: Sequence[Product] = ()
        self._swapping = threading.Lock()
        self._files.refresh()
        self.current = LoadedCatalogue(folder, self._files.parts, self._files.products)
        self._tell()

    @property
    def faults(self) -> list[Fault]:
        return self._files.faults

    def refresh(self) -> bool:
        """Look at the folder now; True if a new snapshot took the old one's place. Reads files."""
        return self._files.refresh() and self._swap()

    def picture(self, product_id: str) -> Path | str | None:
        """The product's picture: a file, or the reference of a small photo of born goods."""
        path = self.current.picture_path(product_id)
        known = self.current.products.get(product_id)
        return path or (known.photo_small if known else "") or None

    def know_born(self, products: Sequence[Product]) -> None:
        """Goods born in the chat stand beside those of the files, which win where the ids are the
        same. `on_change` is called in this thread.
        """
        self._born = products
        self._swap()

    async def watch(self, interval: float = 2.0) -> None:
        """Look every `interval` seconds until cancelled; files are read in a thread."""
        while True:
            await asyncio.sleep(interval)
            try:
                await asyncio.to_thread(self.refresh)
            except Exception:  # a bug of ours must not end the watch for good
                log.exception("catalogue-watch")

    def _swap(self) -> bool:
        with self._swapping:
            parts = self._files.parts
            shelf = with_born(self._files.products, self._born, parts)
            self.current = LoadedCatalogue(self.current.folder, parts, shelf)
            self._tell()
            if self._on_change:
                self._on_change(self.current)
        return True

    def _tell(self) -> None:
        for fault in self.faults:
            if fault not in self._told:
                self._on_fault(fault)
        self._told = set(self.faults)


def with_born(
    files: Mapping[str, Product], born: Sequence[Product], parts: Parts
) -> Mapping[str, Product]:
    """Both together in the order of the categories, then of the ids. What a file cannot say (a
    voice, a video, that nobody was asked yet) stays with goods that were born in the chat.
    """
    known = {p.id: p for p in born if p.id in files}
    if known:
        files = {id: _kept(p, known.get(id)) for id, p in files.items()}
    more = {p.id: p for p in born if p.id not in files and fits(p, parts)}
    if not more:
        return files
    place = {id: i for i, id in enumerate(parts.categories)}
    shelf = sorted((*files.values(), *more.values()), key=lambda p: (place[p.category], p.id))
    return {product.id: product for product in shelf}


def _kept(file: Product, born: Product | None) -> Product:
    if born is None:
        return file
    told = born.keeps_told or file.shelf_life_days != born.shelf_life_days
    return replace(file, voice=born.voice, video=born.video, keeps_told=told)


def _log_fault(fault: Fault) -> None:
    log.warning("%s", fault)
