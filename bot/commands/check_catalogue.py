"""The catalogue part of `python -m bot check`: everything wrong in `catalog/`, file by file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bot.shop.product import Product
from bot.stores.catalogue import LoadedCatalogue, load_catalogue, picture_of
from bot.stores.catalogue_faults import Fault
from bot.stores.catalogue_parts import fold
from bot.stores.catalogue_schema import unknown_word
from bot.stores.catalogue_yaml import Document, Where, read_document

HEAVIEST_PICTURE = 11_000
"""Bytes: a card with its picture must pass a 50 kbit/s line in about two seconds."""

FAR = 3
"""Two ways to buy one thing whose prices differ by more than this are a slip."""


def faults(folder: Path) -> list[Fault]:
    """Every fault and warning of a catalogue folder, by file and line.

    Warnings (`fault.warning`) leave the goods on the shelf: no picture yet, a name two products
    share, prices far apart, no rates from a seller's province.
    """
    catalogue, found = load_catalogue(folder)
    check = _Check(folder, catalogue)
    found = [*found, *check.sellers(), *check.prices(), *check.aliases(), *check.pictures()]
    return sorted(found, key=lambda fault: (fault.warning, fault.path, fault.line))


class _Check:
    """What only shows when files are held against each other."""

    def __init__(self, folder: Path, catalogue: LoadedCatalogue) -> None:
        self._folder = folder
        self._catalogue = catalogue

    def sellers(self) -> Iterator[Fault]:
        """Each seller lives in a known province that has shipping rates."""
        origins = self._catalogue.parts.shipping.origins
        provinces = self._catalogue.provinces
        for seller in self._catalogue.sellers.values():
            where: Where = (seller.id, "province")
            if seller.province not in provinces:
                yield unknown_word(self._doc("sellers.yaml"), where, seller.province, provinces)
            elif seller.province not in origins:
                some = ", ".join(str(code) for code in sorted(origins))
                doc = self._doc("sellers.yaml")
                yield doc.fault("check-no-rates", where, expected=some, warning=True)

    def prices(self) -> Iterator[Fault]:
        """The dearest and the cheapest way to buy a thing are not far apart."""
        for product in self._catalogue.products.values():
            ways = sorted(_unit_prices(product))
            if ways[0][0] * FAR < ways[-1][0]:
                yield self._far_price(product, ways)

    def _far_price(self, product: Product, ways: list[tuple[float, Where]]) -> Fault:
        """Told at the end that lies farther from the middle."""
        cheap, middle, dear = ways[0], ways[len(ways) // 2], ways[-1]
        odd = dear if dear[0] / middle[0] > middle[0] / cheap[0] else cheap
        doc = self._product_doc(product.id)
        usual = doc.typed(middle[1])
        return doc.fault("check-far-price", odd[1], expected=usual, warning=True)

    def aliases(self) -> Iterator[Fault]:
        """Names that two products share, told at the later one."""
        owners: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for product in self._catalogue.products.values():
            folded = {fold(alias): i for i, alias in reversed([*enumerate(product.aliases)])}
            for alias, i in folded.items():
                owners[alias].append((product.id, i))
        for uses in owners.values():
            for product_id, i in uses[1:]:
                doc = self._product_doc(product_id)
                yield doc.fault(
                    "check-alias-shared", ("aliases", i), expected=uses[0][0], warning=True
                )

    def pictures(self) -> Iterator[Fault]:
        """Each product has a picture, light enough; each picture has a product file."""
        for id in self._catalogue.products:
            picture = picture_of(self._folder, id)
            shown = f"{self._folder.name}/photos/{id}.jpg"
            if picture is None:
                yield Fault("check-no-picture", shown, 1, expected=f"{id}.jpg", warning=True)
            elif (size := picture.stat().st_size) > HEAVIEST_PICTURE:
                yield Fault("check-picture-heavy", shown, 1, str(size), str(HEAVIEST_PICTURE))
        for path in sorted((self._folder / "photos").glob("*.*")):
            if not (self._folder / "products" / f"{path.stem}.yaml").exists():
                shown = f"{self._folder.name}/photos/{path.name}"
                yield Fault("check-picture-alone", shown, 1, warning=True)

    def _product_doc(self, id: str) -> Document:
        return self._doc("products", f"{id}.yaml")

    def _doc(self, *names: str) -> Document:
        shown = "/".join((self._folder.name, *names))
        return read_document(self._folder.joinpath(*names), shown)


def _unit_prices(product: Product) -> Iterator[tuple[float, Where]]:
    """Đồng per base unit of each way to buy, only to compare them."""
    for i, offer in enumerate(product.offers):
        yield offer.price_vnd / offer.amount, ("offers", i, "price_vnd")
    if product.loose:
        yield product.loose.price_vnd / product.loose.per, ("loose", "price_per", "vnd")
