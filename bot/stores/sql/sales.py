"""Orders as reports see them, read in four walks whatever their number."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from bot.shop.household import OWN
from bot.shop.report import COUNTED, Part, Sale
from bot.stores.sql import tables, tables_live

Amounts = dict[tuple[str, str], dict[str, int]]


def read_sales(conn: Connection, seller: str, since: int, until: int) -> tuple[Sale, ...]:
    """Orders placed in this time that came to something, oldest first; of every seller if none is
    named. They are found by `orders_state (state, placed_at)` or `orders_seller`.
    """
    x = tables.orders.c
    where = [x.state.in_(sorted(COUNTED)), x.placed_at >= since, x.placed_at < until]
    if seller:
        where.append(x.seller == seller)
    parts, lives = _parts(conn, where), _lives(conn, where)
    columns = (x.code, x.seller, x.state, x.placed_at, x.fee_vnd, x.paid_vnd, x.quote)
    found = conn.execute(select(*columns).where(*where).order_by(x.placed_at, x.seq)).all()
    return tuple(
        _sale(row, tuple(sorted(parts.get(row.code, ()), key=_product)), lives.get(row.code, ""))
        for row in found
    )


def _product(part: Part) -> str:
    return part.product


def _sale(row: Any, parts: tuple[Part, ...], live: str) -> Sale:
    total = row.fee_vnd + sum(part.vnd for part in parts)
    paid = row.quote == "fixed" and row.paid_vnd >= total > 0
    return Sale(row.code, row.seller, row.state, row.placed_at, paid, parts, live)


def _lives(conn: Connection, where: list[Any]) -> dict[str, str]:
    """By order, the live it was claimed in; an order with claims of several counts for the last.
    They are found by `claims_until (state, until)`.
    """
    claims, orders = tables_live.claims, tables.orders
    query = select(claims.c.order, claims.c.live).where(claims.c.state == "ordered", *where)
    query = query.join_from(claims, orders, claims.c.order == orders.c.code)
    return {row.order: row.live for row in conn.execute(query.order_by(claims.c.at))}


def _parts(conn: Connection, where: list[Any]) -> dict[str, list[Part]]:
    """Products of each order; packs and loose goods of one product are one part."""
    lines, homes = tables.order_lines, _homes(conn, where)
    query = select(lines.c.code, lines.c.product, lines.c.amount, lines.c.vnd)
    query = query.join_from(lines, tables.orders, lines.c.code == tables.orders.c.code)
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for code, product, amount, vnd in conn.execute(query.where(*where)):
        had = sums.get((code, product), (0, 0))
        sums[code, product] = (had[0] + amount, had[1] + vnd)
    found: dict[str, list[Part]] = {}
    for (code, product), (amount, vnd) in sums.items():
        shares = homes.get((code, product), {})
        found.setdefault(code, []).append(
            Part(product, amount, vnd, tuple(sorted(shares.items())))
        )
    return found


def _homes(conn: Connection, where: list[Any]) -> Amounts:
    """By order and product, how many base units came from which household. Lots are few, so they
    are read once and not joined to every take.
    """
    takes, lots, orders = tables.takes, tables.lots, tables.orders
    home = {x.id: x.household for x in conn.execute(select(lots.c.id, lots.c.household))}
    query = select(takes.c.code, takes.c.product, takes.c.lot, takes.c.amount)
    query = query.join_from(takes, orders, takes.c.code == orders.c.code)
    homes: Amounts = {}
    for code, product, lot, amount in conn.execute(query.where(*where)):
        shares = homes.setdefault((code, product), {})
        name = home.get(lot, OWN)
        shares[name] = shares.get(name, 0) + amount
    return homes
