"""Rows of `tables_shop` to values and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import msgspec

from bot.shop.born import Born
from bot.shop.changes import Change, Effect

Row = dict[str, Any]


def plain(value: Any) -> Row:
    """A dataclass whose fields are the columns."""
    return asdict(value)


def change_row(change: Change) -> Row:
    names = (n for n in Change.__slots__ if n != "effect")
    row = {name: getattr(change, name) for name in names}
    return row | {"effect": msgspec.to_builtins(change.effect)}


def change_of(row: Row) -> Change:
    return Change(**{**row, "effect": msgspec.convert(row["effect"] or {}, Effect)})


def born_row(born: Born) -> Row:
    told = msgspec.to_builtins(born)
    return {
        "id": born.id,
        "seller": born.seller,
        "state": born.state,
        "told": told,
        "at": born.at,
    }


def born_of(row: Row) -> Born:
    return msgspec.convert(row["told"], Born)
