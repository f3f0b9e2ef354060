"""A market day of two sellers on a real ledger: what may happen, and what must add up after it.

Everything a seller does is done by one helper of both, so that nothing is kept apart only because
different people do it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.shop.household import Paid
from bot.shop.people import Person
from bot.shop.problems import Problem
from bot.shop.roles import EVERY, OWNER, SELLER, Grant
from bot.usecases import erasing, households, journal, orders, payments, stock
from bot.usecases.ports import Books
from tests.usecases.market import NOW, PRODUCTS, Market

HOMES = {"h1": "x", "h2": "x", "h3": "y"}
"""Whose households they are."""
GOODS = tuple(PRODUCTS)
HELPER = Person(
    "hai", "x",
    grants=tuple(Grant("hai", s, "helper", int(SELLER), "shop", NOW) for s in ("x", "y")),
)  # fmt: skip
BOSS = Person("chu", grants=(Grant("chu", EVERY, "owner", int(OWNER), "shop", NOW),))
TABLES = (
    "lots", "stock_moves", "takes", "orders", "household_payments", "changes", "payments",
    "bank_accounts",
)  # fmt: skip
Command = Callable[[Books], Any]
Row = dict[str, Any]


@dataclass
class Day:
    """What was done so far, so that it can be undone, repeated and counted."""

    market: Market
    now: int = NOW
    n: int = 0
    codes: list[str] = field(default_factory=list)
    done: list[tuple[str, Command]] = field(default_factory=list)
    given: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    spoiled_parcels: Counter[str] = field(default_factory=Counter)
    forgotten: set[str] = field(default_factory=set)

    async def step(self, step: tuple[Any, ...]) -> None:
        """Do it; what is refused changes nothing."""
        self.now += 1
        self.n += 1
        before = await self.figures()
        try:
            await getattr(self, f"_{step[0]}")(*step[1:])
        except Problem:
            assert await self.figures() == before, step

    async def figures(self) -> dict[str, list[Row]]:
        return {table: await self.market.records.rows(table) for table in TABLES}

    async def _put(self, command: Callable[[Books, str, int], Any]) -> Any:
        id_, now = f"c{self.n}", self.now

        def run(books: Books) -> Any:
            return command(books, id_, now)

        result = await self.market.ledger.put(run)
        self.done.append((id_, run))
        return result

    def _code(self, at: int) -> str:
        return self.codes[at % len(self.codes)] if self.codes else "none"

    # goods

    async def _bring(self, home: str, product: str, n: int, price: tuple[int, int]) -> None:
        def bring(books: Books, id_: str, now: int) -> Any:
            done = households.bring(books, home, product, n, price, HELPER, now, id_)
            assert PRODUCTS[product].seller == HOMES[home]
            return done

        await self._put(bring)

    async def _spoil(self, product: str, n: int, of: str) -> None:
        await self._put(lambda b, i, t: stock.spoil(b, product, n, HELPER, t, i, of))

    async def _count(self, product: str, left: int) -> None:
        await self._put(lambda b, i, t: stock.set_stock(b, product, left, HELPER, t, i))

    async def _back(self, home: str, product: str, n: int) -> None:
        await self._put(lambda b, i, t: households.give_back(b, home, product, n, HELPER, t, i))

    async def _weigh(self, product: str, at: int, n: int) -> None:
        lot = f"{product}:{at % 3 + 1}"
        await self._put(lambda b, i, t: households.correct_lot(b, lot, n, "cân", HELPER, t, i))

    async def _price(self, home: str, product: str, cost: tuple[int, int], why: str) -> None:
        await self._put(
            lambda b, i, t: households.price_lots(b, home, product, cost, HELPER, t, i, why)
        )

    async def _undo(self, at: int) -> None:
        if self.done:
            id_, now = self.done[-1 - at % len(self.done)][0], self.now
            await self.market.ledger.put(lambda b: journal.undo(b, HELPER, now, id_))

    async def _undo_last(self) -> None:
        await self._put(lambda b, i, t: journal.undo_last(b, HELPER, t, i))

    async def _repeat(self, at: int) -> None:
        """The same command again, as a double tap or a redelivery sends it."""
        if self.done:
            before = await self.figures()
            await self.market.ledger.put(self.done[-1 - at % len(self.done)][1])
            assert await self.figures() == before

    # orders

    async def _order(self, cart: dict[str, int], pay: str) -> None:
        checkout = self.market.checkout(f"k{self.n}", cart, pay=pay)
        self.codes += [o.code for o in await self.market.place(checkout, self.now)]

    async def _packed(self, product: str, packs: int, how: str, then: tuple[str, ...]) -> None:
        """An order that goes its way: as far as `then` says."""
        await self._order({product: packs}, "cod")
        for verb in ("confirm", "pack", *then):
            taken_back = "" if how in HOMES else how
            await self._move(len(self.codes) - 1, verb, taken_back if verb == "return" else how)

    async def _move(self, at: int, verb: Any, how: str) -> None:
        code, now = self._code(at), self.now
        known = await self.market.records.order(code)
        if known is None:
            return
        if verb == "cancel":
            buyer = Person(known.person)
            await self.market.ledger.put(lambda b: orders.cancel(b, code, buyer, now))
            return
        takes = await self.market.records.read(lambda b: b.takes(code))
        after = await self.market.ledger.put(
            lambda b: orders.move_by_seller(b, code, verb, HELPER, now, "", how)
        )
        if verb == "return" and known.state != after.state and how not in ("", "shelf"):
            for take in takes:
                self.spoiled_parcels[take.product] += take.amount

    async def _lapse(self) -> None:
        now = self.now
        await self.market.ledger.put(lambda b: orders.lapse(b, now - 5, now))

    async def _forget(self, at: int) -> None:
        known, now = await self.market.records.order(self._code(at)), self.now
        if known is not None and known.person.startswith("k"):
            await self.market.ledger.put(lambda b: erasing.erase(b, known.person, f"r{now}", now))

    # money

    async def _give(self, home: str, kind: Any, money: int) -> None:
        entry: Paid = await self._put(
            lambda b, i, t: households.pay(b, home, kind, money, HELPER, t, i)
        )
        self.given[entry.id] = (home, kind, money)

    async def _right_sum(self, at: int, money: int) -> None:
        if not self.given:
            return
        entry = list(self.given)[at % len(self.given)]
        await self._put(
            lambda b, i, t: households.correct_paid(b, entry, money, "nhầm", HELPER, t, i)
        )
        self.given[entry] = (*self.given[entry][:2], money)

    async def _came(self, at: int, money: int) -> None:
        """0: all that is due."""
        known = await self.market.records.order(self._code(at))
        if known is not None:
            vnd = money or known.due_vnd
            await self._put(lambda b, i, t: payments.received(b, known.code, vnd, HELPER, t, i))

    async def _right_paid(self, at: int, money: int) -> None:
        code = self._code(at)
        await self._put(lambda b, i, t: payments.corrected(b, code, money, "lẫn", HELPER, t, i))

    async def _sent_back(self, at: int) -> None:
        known = await self.market.records.order(self._code(at))
        if known is not None:
            paid = known.paid_vnd
            await self._put(lambda b, i, t: payments.sent_back(b, known.code, paid, HELPER, t, i))

    async def _transfer(self, at: int) -> None:
        known, now = await self.market.records.order(self._code(at)), self.now
        if known is not None:
            buyer = Person(known.person)
            await self.market.ledger.put(lambda b: payments.by_transfer(b, known.code, buyer, now))

    async def _bank(self, number: int) -> None:
        await self._put(
            lambda b, i, t: payments.set_account(b, "970436", f"{number}", "X", BOSS, t, i, "V")
        )

    async def _bank_stop(self, at: int) -> None:
        known = await self.market.records.rows("bank_accounts")
        if known:
            id_, now = known[at % len(known)]["id"], self.now
            await self.market.ledger.put(lambda b: payments.stop_account(b, id_, BOSS, now))

    async def _night(self) -> None:
        self.now += 25 * 3600

    def newly_forgotten(self, rows: list[Row]) -> list[Row]:
        """Orders whose customer was forgotten since this was asked last."""
        known = self.forgotten
        gone = [x for x in rows if x["person"][0] != "k" and x["code"] not in known]
        self.forgotten |= {x["code"] for x in gone}
        return gone
