"""One live of seller x on the market's ledger: A1 is product a (loose), A2 is b by packs."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.shop.cart import CartLine, Terms, parcels
from bot.shop.claim import HOLDING, Claim
from bot.shop.live import Live
from bot.shop.order import Order, Receiver
from bot.shop.order_code import new_code
from bot.shop.people import Person
from bot.shop.product import Pick, Prices
from bot.usecases import claim_answers, claim_clock, claims, lives, orders, stock
from bot.usecases.claims import Outcome, Wish
from tests.usecases.market import NOW, PRODUCTS, SHIPPING, Market, seller_account

HOST = seller_account("t:x", "x")
LIVE = "live000001"
LAPSE = 24 * 3600


@dataclass
class Evening:
    """The live and everyone in it; `now` is moved by hand."""

    market: Market
    now: int = NOW
    made: int = 0
    changes: int = 0
    orders: list[Order] = field(default_factory=list)

    async def open(self, **more: object) -> Live:
        plan = lives.Plan(LIVE, "x", self.now + 3600, **more)  # type: ignore[arg-type]
        live = await self.put(lambda b: lives.plan(b, plan, HOST, self.now))
        for product in ("a", "b"):
            await self.put(lambda b, p=product: lives.put_on_air(b, LIVE, p, HOST, self.now))
        await self.put(lambda b: lives.change_item(b, LIVE, "A2", HOST, self.now, offer="1kg"))
        return live

    async def put(self, command):  # type: ignore[no-untyped-def]
        return await self.market.ledger.put(command)

    async def claim(
        self, person: str, code: str, n: int, *, sure: bool = False, again: str = ""
    ) -> Outcome:
        """`n` kilos of A1, `n` packs of one kilo of A2."""
        self.made += 1
        id_ = again or f"c-{self.made:010d}"
        wish = Wish(id_, LIVE, code, pick_of(code, n), person, sure=sure)
        return await self.market.ledger.put(lambda b: claims.claim(b, wish, self.now), wish.reads)

    async def confirm(self, claim: Claim) -> Claim:
        by = Person(claim.person)
        return await self.put(lambda b: claim_answers.confirm(b, claim.id, by, LAPSE, self.now))

    async def part(self, claim: Claim, wait: bool) -> tuple[Claim, Claim | None]:
        by = Person(claim.person)
        return await self.put(
            lambda b: claim_answers.take_part(b, claim.id, wait, by, LAPSE, self.now)
        )

    async def cancel(self, claim: Claim, by: Person | None = None) -> Claim:
        who = by or Person(claim.person)
        return await self.put(lambda b: claim_answers.cancel(b, claim.id, who, self.now))

    async def pass_turn(self, claim: Claim) -> Claim:
        by = Person(claim.person)
        return await self.put(lambda b: claim_answers.pass_turn(b, claim.id, by, self.now))

    async def change(self, claim: Claim, n: int) -> Outcome:
        by, pick = Person(claim.person), pick_of(claim.code, n)
        return await self.put(lambda b: claim_answers.change(b, claim.id, pick, by, self.now))

    async def tick(self, seconds: int) -> tuple[str, ...]:
        self.now += seconds
        return await self.put(lambda b: claim_clock.expire(b, self.now))

    async def stock(self, product: str, left: int) -> None:
        self.changes += 1
        id_ = f"s{self.changes}"
        await self.put(lambda b: stock.set_stock(b, product, left, HOST, self.now, id_))

    async def order(self, person: str, *mine: Claim) -> Order:
        """Checkout of these claims: one order of one seller."""
        lines = [
            CartLine(c.product, f"claim-{c.id}", 1, Terms(c.amount, c.vnd, c.until)) for c in mine
        ]
        plan = parcels(lines, PRODUCTS, lambda p: Prices({}), lambda s: SHIPPING, 1)
        receiver = Receiver("Mỷ", "0912345678", "12 Láng Hạ", 1, "Hà Nội")
        self.made += 1
        checkout = orders.Checkout(f"k{self.made}", person, plan, receiver, needs_call=False)
        rules, ids = self.market.rules, self.market.ids
        made = await self.put(
            lambda b: orders.place(b, checkout, rules, lambda: new_code(ids.letters), self.now)
        )
        self.orders += made
        return made[0]

    async def all(self) -> tuple[Claim, ...]:
        return await self.market.records.read(lambda b: b.claims_in(LIVE))

    async def one(self, claim: Claim) -> Claim:
        found = await self.market.records.read(lambda b: b.claim(claim.id))
        assert found is not None
        return found

    async def letters(self, to: str = "") -> list[str]:
        """Ids of what was written, oldest first."""
        due = await self.market.outbox.lease(self.now, 1000)
        return [d.letter.say.id for d in due if to in ("", d.letter.to)]

    async def held(self, product: str) -> int:
        """Base units claims hold, by the claims."""
        return sum(c.amount for c in await self.all() if c.product == product and c.holds)


def pick_of(code: str, n: int) -> Pick:
    return Pick("", n * 1000) if code == "A1" else Pick("1kg", n)


def holding(found: tuple[Claim, ...]) -> list[Claim]:
    return [c for c in found if c.state in HOLDING]
