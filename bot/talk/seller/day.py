"""What to lay out before a live, one thing after the other."""

from __future__ import annotations

from bot.shop.product import Product, is_priced
from bot.shop.roles import Right
from bot.shop.says import Choice, Say
from bot.talk.buyer.browse import price_line
from bot.talk.seller.stock import hers
from bot.talk.turn import BACK, Routes, Turn, for_seller, screen

DAY = 24 * 3600
STEPS = ("tripod", "battery", "light", "goods", "film", "price", "pack")
"""What to do, in order; each is a message `live-step-…` that trainers may reword or record."""
MOST_GOODS = 4
LOOK_BACK = 30 * DAY
"""Her top goods are what brought most in this time."""


async def step(turn: Turn, n: str = "0") -> list[Say]:
    """One thing to do; done, the next one."""
    place = int(n) if n.isdecimal() else 0
    if place >= len(STEPS):
        choices = (Choice("new", "choice-seller-orders"), Choice("k", "choice-stock"), BACK)
        return [Say("live-ready", choices=choices)]
    name = STEPS[place]
    lines = await _top_goods(turn) if name == "goods" else ()
    fields = {"n": place + 1, "of": len(STEPS)}
    done = Choice(f"ll:{place + 1}", "choice-live-done")
    return [Say(f"live-step-{name}", fields, lines, (done, BACK))]


async def _top_goods(turn: Turn) -> tuple[Say, ...]:
    """What she can show today: her goods on the shelf, what sold best first."""
    sales = await turn.shop.records.sales(turn.session.seller, turn.now - LOOK_BACK, turn.now + 1)
    brought: dict[str, int] = {}
    for part in (p for s in sales if s.standing == "sold" for p in s.parts):
        brought[part.product] = brought.get(part.product, 0) + part.vnd
    on_shelf = [p for p in hers(turn) if _on_shelf(turn, p)]
    on_shelf.sort(key=lambda p: -brought.get(p.id, 0))
    return tuple(price_line(turn, p) for p in on_shelf[:MOST_GOODS])


def _on_shelf(turn: Turn, product: Product) -> bool:
    open_today = turn.shop.market(turn.now).by_category.get(product.category, ())
    left = turn.level(product.id).free
    return product.id in open_today and left > 0 and is_priced(product, turn.prices(product.id))


ROUTES: Routes = {"ll": for_seller(screen(step, views=1), Right.LIVE)}
