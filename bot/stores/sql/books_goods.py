"""Stock, prices and orders as a ledger command sees them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Column, delete, func, select

from bot.shop.born import product_of
from bot.shop.order import OPEN, Order
from bot.shop.problems import NotOnShelf
from bot.shop.product import Prices, Product, gone_product
from bot.shop.stock import Lot, StockMove, Take
from bot.stores.sql import rows, tables
from bot.stores.sql.rows_shop import born_of
from bot.stores.sql.staged import Staged
from bot.stores.sql.tables_shop import born_products
from bot.usecases.ports import CapKey


class GoodsBooks(Staged):
    """The half of `Books` that is about goods and orders."""

    def _goods_writers(self) -> None:
        self._stored_lots: dict[str, Lot] = {}
        self._stored_takes: set[str] = set()
        self._moves = 0
        self._writers |= {
            "move": self._write_move,
            "lots": self._write_lots,
            "prices": self._write_prices,
            "order": self._write_order,
            "takes": self._write_takes,
        }

    # stock and prices

    def product(self, product: str) -> Product:
        found = self._products.get(product)
        if found is None:
            raise NotOnShelf()
        return found

    def goods(self, product: str) -> Product:
        found = self._products.get(product) or self.was_born(product)
        return found or gone_product(product)

    def was_born(self, product: str) -> Product | None:
        """Goods born in the chat that are not on the shelf (any more)."""
        found = self._rows(select(born_products).where(born_products.c.id == product))
        return product_of(born_of(found[0])) if found else None

    def lots(self, product: str) -> tuple[Lot, ...]:
        return self._get("lots", product, lambda: self._load_lots(product))

    def _load_lots(self, product: str) -> tuple[Lot, ...]:
        query = select(tables.lots).where(tables.lots.c.product == product)
        found = self._rows(query.order_by(tables.lots.c.at, tables.lots.c.id))
        lots = tuple(rows.lot_of(r) for r in found)
        self._stored_lots |= {lot.id: lot for lot in lots}
        return lots

    def set_lots(self, product: str, lots: tuple[Lot, ...]) -> None:
        self._set("lots", product, lots, lambda: self._load_lots(product))
        self.shelf_changed.add(product)

    def _write_lots(self, _product: str, lots: tuple[Lot, ...]) -> None:
        """Only those that changed: a product may have hundreds."""
        news = [lot for lot in lots if self._stored_lots.get(lot.id) != lot]
        self._gather(tables.lots, [rows.plain(x) for x in news])

    def prices(self, product: str) -> Prices:
        return self._get("prices", product, lambda: self._load_prices(product))

    def _load_prices(self, product: str) -> Prices:
        query = select(tables.prices).where(tables.prices.c.product == product)
        return Prices({r["offer"]: r["vnd"] for r in self._rows(query)})

    def set_prices(self, product: str, prices: Prices) -> None:
        self._set("prices", product, prices, lambda: self._load_prices(product))
        self.shelf_changed.add(product)

    def _write_prices(self, product: str, prices: Prices) -> None:
        self._gather(
            tables.prices,
            [{"product": product, "offer": o, "vnd": v} for o, v in prices.vnd.items()],
        )

    def moved(self, move: StockMove) -> None:
        self._moves += 1
        self._set("move", str(self._moves), move, lambda: None)

    def _write_move(self, _n: str, move: StockMove) -> None:
        self._gather(tables.stock_moves, [rows.plain(move)])

    # orders

    def order(self, code: str) -> Order | None:
        return self._get("order", code, lambda: self._load_order(code))

    def _load_order(self, code: str) -> Order | None:
        found = self._rows(select(tables.orders).where(tables.orders.c.code == code))
        if not found:
            return None
        query = select(tables.order_lines).where(tables.order_lines.c.code == code)
        lines = self._rows(query.order_by(tables.order_lines.c.line))
        return rows.order_of(found[0], (rows.line_of(r) for r in lines))

    def orders_of_checkout(self, checkout: str) -> tuple[Order, ...]:
        codes = self._get("checkout", checkout, lambda: self._load_checkout(checkout))
        found = (self.order(code) for code in codes)
        return tuple(order for order in found if order is not None)

    def _load_checkout(self, checkout: str) -> tuple[str, ...]:
        return self._codes(tables.orders.c.checkout == checkout)

    def _codes(self, *where: Any) -> tuple[str, ...]:
        query = select(tables.orders.c.code).where(*where).order_by(tables.orders.c.seq)
        return tuple(self._conn.execute(query).scalars())

    def save_order(self, order: Order) -> None:
        old = self.order(order.code)
        if old is None:
            order = replace(order, seq=self._next(tables.orders.c.seq))
        self._set("order", order.code, order, lambda: None)
        if old is None:
            known = self._get("checkout", order.checkout, lambda: ())
            self._set("checkout", order.checkout, (*known, order.code), lambda: ())
        change = int(order.state == "placed") - int(old is not None and old.state == "placed")
        if change:
            self._count("phone", order.receiver.phone, change)
            self._count("origin", order.origin, change)
            self._count("person", order.person, change)

    def _next(self, seq: Column[int]) -> int:
        """Orders, or changes, of one second still have an order among them."""

        def load() -> int:
            return int(self._conn.execute(select(func.max(seq))).scalar() or 0)

        last = self._get("seq", str(seq), load)
        self._set("seq", str(seq), last + 1, load)
        return last + 1

    def _count(self, key: CapKey, value: str, change: int) -> None:
        if value:
            now = self.unaccepted(key, value) + change
            self._set(f"placed-{key}", value, now, lambda: 0)

    def _write_order(self, _code: str, order: Order) -> None:
        self._gather(tables.orders, [rows.order_row(order)])
        self._gather(tables.order_lines, rows.line_rows(order))

    def takes(self, code: str) -> tuple[Take, ...]:
        return self._get("takes", code, lambda: self._load_takes(code))

    def _load_takes(self, code: str) -> tuple[Take, ...]:
        found = self._rows(select(tables.takes).where(tables.takes.c.code == code))
        if found:
            self._stored_takes.add(code)
        return tuple(rows.take_of(r) for r in found)

    def set_takes(self, code: str, takes: tuple[Take, ...]) -> None:
        self._set("takes", code, takes, lambda: self._load_takes(code))

    def _write_takes(self, code: str, takes: tuple[Take, ...]) -> None:
        if code in self._stored_takes:
            self._run(delete(tables.takes).where(tables.takes.c.code == code))
        if takes:
            self._stored_takes.add(code)
        self._gather(tables.takes, [{"code": code, **rows.plain(t)} for t in takes])

    def unaccepted(self, key: CapKey, value: str) -> int:
        column = tables.orders.c[key]

        def load() -> int:
            where = (column == value, tables.orders.c.state == "placed")
            query = select(func.count()).select_from(tables.orders).where(*where)
            return int(self._conn.execute(query).scalar_one())

        return self._get(f"placed-{key}", value, load)

    def delivered(self, phone: str) -> int:
        where = (tables.orders.c.phone == phone, tables.orders.c.state == "delivered")
        return len(self._codes(*where))

    def has_orders(self, seller: str) -> bool:
        code = select(tables.orders.c.code).where(tables.orders.c.seller == seller).limit(1)
        staged = (self.order(name) for kind, name in self._dirty if kind == "order")
        stored = self._conn.execute(code).scalar() is not None
        return stored or any(o.seller == seller for o in staged if o)

    def overdue(self, before: int) -> tuple[str, ...]:
        codes = self._codes(tables.orders.c.state == "placed", tables.orders.c.placed_at <= before)
        return tuple(c for c in codes if (o := self.order(c)) and o.state == "placed")

    def open_of(self, person: str) -> tuple[str, ...]:
        stored = self._codes(tables.orders.c.person == person)
        staged = tuple(name for kind, name in self._dirty if kind == "order")
        found = (self.order(code) for code in dict.fromkeys((*stored, *staged)))
        mine = (o for o in found if o and o.person == person)
        return tuple(o.code for o in mine if o.state in OPEN or o.due_vnd < 0)
