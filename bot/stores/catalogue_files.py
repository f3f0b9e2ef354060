"""Which catalogue files changed, what each last held that was good, and the snapshot of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import msgspec

from bot.shop.household import OWN
from bot.shop.product import Product
from bot.stores.catalogue_faults import Fault
from bot.stores.catalogue_parts import (
    Category,
    read_categories,
    read_households,
    read_provinces,
    read_sellers,
)
from bot.stores.catalogue_schema import read_product, unknown_word
from bot.stores.catalogue_shipping import (
    NO_SHIPPING,
    Shipping,
    coverage_faults,
    read_shipping,
)
from bot.stores.catalogue_yaml import BadDocument, Document, read_document
from bot.usecases.ports import Household, Province, Seller

Stamp = tuple[int, int]
"""mtime in nanoseconds and size; (0, 0) never fits a file that exists."""

SNAPSHOT_FORM = "1 " + " ".join(f"{f.name}:{f.type}" for f in fields(Product))
"""Changes with Product, so that an older program's snapshot is not taken for ours. Raise the
number when the way a file is read changes."""

READERS: Mapping[str, Callable[[Document], tuple[Any, list[Fault]]]] = {
    "provinces": read_provinces,
    "sellers": read_sellers,
    "households": read_households,
    "categories": read_categories,
    "shipping": read_shipping,
}


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything but the products."""

    sellers: Mapping[str, Seller] = field(default_factory=dict)
    households: Mapping[str, Household] = field(default_factory=dict)
    provinces: Mapping[int, Province] = field(default_factory=dict)
    categories: Mapping[str, Category] = field(default_factory=dict)
    shipping: Shipping = NO_SHIPPING


class Entry(msgspec.Struct):
    """A product file: its stamp, what it holds now (None if broken), what was last shown."""

    stamp: Stamp
    product: Product | None
    shown: Product | None = None
    faults: tuple[Fault, ...] = ()


class Snapshot(msgspec.Struct):
    form: str
    products: dict[str, tuple[int, int, Product]]


class CatalogueFiles:
    """The folder as last looked at. `refresh` looks again; not for two threads at once."""

    def __init__(self, folder: Path, snapshot: Path | None = None) -> None:
        self._folder = folder
        self._snapshot = snapshot
        self._entries = _load_snapshot(snapshot) if snapshot else {}
        self._part_stamps: dict[str, Stamp] = {}
        self._part_faults: dict[str, list[Fault]] = {}
        self.parts = Parts()
        self.products: dict[str, Product] = {}
        self.faults: list[Fault] = []

    def refresh(self) -> bool:
        """Read what changed since the last look; True if anything did."""
        stamps = _scan(self._folder / "products")
        if stamps is None:
            return self._folder_gone()
        parts_changed = self._refresh_parts()
        products_changed = self._refresh_products(stamps)
        if not (parts_changed or products_changed or self._was_gone()):
            return False
        self._put_on_shelf()
        if products_changed and self._snapshot:
            _save_snapshot(self._snapshot, self._entries)
        return True

    def shown(self, *names: str) -> str:
        """A file's path as trainers know it, from the catalogue folder on."""
        return "/".join((self._folder.name, *names))

    def _was_gone(self) -> bool:
        return any(fault.id == "check-no-folder" for fault in self.faults)

    def _folder_gone(self) -> bool:
        """A folder that is gone empties no shelf; it is said once."""
        if self._was_gone():
            return False
        self.faults = [*self.faults, Fault("check-no-folder", self.shown("products"), 1)]
        return True

    def _refresh_parts(self) -> bool:
        changed = False
        for name, reader in READERS.items():
            stamp = _stamp(self._folder / f"{name}.yaml")
            if self._part_stamps.get(name) != stamp:
                self._part_stamps[name] = stamp
                self._read_part(name, reader)
                changed = True
        return changed

    def _read_part(self, name: str, reader: Callable[[Document], tuple[Any, list[Fault]]]) -> None:
        file = f"{name}.yaml"
        try:
            doc = read_document(self._folder / file, self.shown(file))
            value, faults = reader(doc)
            if name == "shipping" and not faults:
                faults = coverage_faults(doc, self.parts.provinces)
        except BadDocument as bad:
            value, faults = None, [bad.fault]
        self._part_faults[name] = faults
        first = getattr(self.parts, name) == getattr(Parts(), name)
        if value is not None and (first or not faults):
            self.parts = replace(self.parts, **{name: value})

    def _refresh_products(self, stamps: Mapping[str, Stamp]) -> bool:
        gone = self._entries.keys() - stamps.keys()
        for name in gone:
            del self._entries[name]
        changed = [n for n, stamp in stamps.items() if self._stamp_of(n) != stamp]
        for name in changed:
            self._entries[name] = self._read_entry(name, stamps[name])
        return bool(gone or changed)

    def _stamp_of(self, name: str) -> Stamp | None:
        entry = self._entries.get(name)
        return entry.stamp if entry else None

    def _read_entry(self, name: str, stamp: Stamp) -> Entry:
        before = self._entries.get(name)
        try:
            product, faults = read_product(self._document(name), name.removesuffix(".yaml"))
        except BadDocument as bad:
            product, faults = None, [bad.fault]
        return Entry(stamp, product, before.shown if before else None, tuple(faults))

    def _document(self, name: str) -> Document:
        return read_document(self._folder / "products" / name, self.shown("products", name))

    def _put_on_shelf(self) -> None:
        faults = [fault for name in READERS for fault in self._part_faults[name]]
        shelf: list[Product] = []
        for name, entry in sorted(self._entries.items()):
            faults += entry.faults
            if entry.product and not fits(entry.product, self.parts):
                faults += self._reference_faults(name, entry.product)
            good = (p for p in (entry.product, entry.shown) if p and fits(p, self.parts))
            entry.shown = next(good, None)
            if entry.shown:
                shelf.append(entry.shown)
        place = {id: i for i, id in enumerate(self.parts.categories)}
        shelf.sort(key=lambda p: (place[p.category], p.id))
        self.products = {product.id: product for product in shelf}
        self.faults = faults

    def _reference_faults(self, name: str, product: Product) -> list[Fault]:
        """Where the file names a seller, household or category nobody knows."""
        known = {
            "seller": self.parts.sellers,
            "household": {**self.parts.households, OWN: None},
            "category": self.parts.categories,
        }
        try:
            doc = self._document(name)
        except BadDocument as bad:
            return [bad.fault]
        words = ((key, getattr(product, key), ids) for key, ids in known.items())
        return [unknown_word(doc, (k,), word, ids) for k, word, ids in words if word not in ids]


def fits(product: Product, parts: Parts) -> bool:
    """Whether its seller, household (or "own": nobody else's) and category are known."""
    return (
        product.seller in parts.sellers
        and (product.household == OWN or product.household in parts.households)
        and product.category in parts.categories
    )


def _stamp(path: Path | os.DirEntry[str]) -> Stamp:
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return stat.st_mtime_ns, stat.st_size


def _scan(folder: Path) -> dict[str, Stamp] | None:
    """Every product file with its stamp; None if the folder cannot be read."""
    stamps = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".yaml") and not entry.name.startswith("."):
                    stamps[entry.name] = _stamp(entry)
    except OSError:
        return None
    return stamps


def _load_snapshot(path: Path) -> dict[str, Entry]:
    try:
        kept = msgspec.msgpack.decode(path.read_bytes(), type=Snapshot)
    except (OSError, msgspec.MsgspecError):
        return {}
    if kept.form != SNAPSHOT_FORM:
        return {}
    return {name: Entry((m, s), p, p) for name, (m, s, p) in kept.products.items()}


def _save_snapshot(path: Path, entries: Mapping[str, Entry]) -> None:
    """Write beside and rename, so that a crash leaves the old one; a full disk costs speed."""
    kept = {
        name: (*(entry.stamp if entry.product is entry.shown else (0, 0)), entry.shown)
        for name, entry in entries.items()
        if entry.shown
    }
    whole = msgspec.msgpack.encode({"form": SNAPSHOT_FORM, "products": kept})
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(whole)
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
