"""Rows of `tables_shop` to values and back."""

from __future__ import annotations

import msgspec

from bot.shop.born import Born
from bot.shop.changes import Change, Effect
from bot.stores.sql.rows import Row, plain


def change_row(change: Change) -> Row:
    return plain(change) | {"effect": msgspec.to_builtins(change.effect)}


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
