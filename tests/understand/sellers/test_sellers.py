"""What sellers say, sentence by sentence: the tables beside this file say what must be read."""

from __future__ import annotations

import pytest

from bot.stores.catalogue import load_catalogue
from bot.understand.message import Message, Reader
from bot.understand.sellers.brought import brought
from bot.understand.sellers.household_money import household_money
from bot.understand.sellers.prices import price_changes
from tests.catalog.folder import CATALOG
from tests.understand.sellers.notation import line, money, price, rows

SHOP, _ = load_catalogue(CATALOG)
READER = Reader(SHOP.products.values(), SHOP.provinces)
OWN = frozenset(SHOP.products)


def read(text: str) -> Message:
    return READER.read(text, counts=True)


@pytest.mark.parametrize("row", rows("prices.csv"), ids=lambda row: row["text"])
def test_prices(row: dict[str, str]) -> None:
    found = price_changes(read(row["text"]), OWN, READER.names.near)
    assert " ; ".join(map(price, found)) == row["prices"]


@pytest.mark.parametrize("row", rows("brought.csv"), ids=lambda row: row["text"])
def test_brought(row: dict[str, str]) -> None:
    found = brought(read(row["text"]), OWN, READER.names.near)
    assert " ; ".join(map(line, found)) == row["lines"]


@pytest.mark.parametrize("row", rows("household_money.csv"), ids=lambda row: row["text"])
def test_household_money(row: dict[str, str]) -> None:
    found = household_money(read(row["text"]), OWN, READER.names.near)
    assert " ; ".join(map(money, found)) == row["said"]
