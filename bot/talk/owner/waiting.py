"""First goods of new sellers that wait for the owner, to look at again when the letter is gone."""

from __future__ import annotations

from bot.shop.roles import Right
from bot.shop.says import Choice, Say
from bot.talk.owner.people import seller_name
from bot.talk.turn import BACK, Routes, Turn, for_owner, screen
from bot.usecases import goods
from bot.usecases.goods_letters import head

MOST_SHOWN = 7


async def waiting(turn: Turn, product: str = "") -> list[Say]:
    """Those that have waited longest; or one of them, with the buttons that decide."""
    if product:
        return await _one(turn, product)
    born = await turn.shop.records.read(lambda b: b.all_born())
    open_ = [b for b in born if b.state == "waiting"][:MOST_SHOWN]
    choices = (Choice(f"ok:{b.id}", "choice-product", {"name": b.name}) for b in open_)
    id_ = "goods-waiting" if open_ else "goods-waiting-none"
    return [Say(id_, choices=(*choices, BACK))]


async def _one(turn: Turn, product: str) -> list[Say]:
    born = await turn.shop.records.read(lambda b: goods.find(b, product))
    decide = (
        Choice(f"nga:{product}", "choice-goods-approve"),
        Choice(f"ngr:{product}", "choice-goods-refuse"),
    )
    choices = (*(decide if born.state == "waiting" else ()), BACK)
    fields = head(born) | {"seller": seller_name(turn, born.seller) or born.seller}
    return [Say("goods-to-approve", fields, (), choices, born.photo, born.voice)]


ROUTES: Routes = {"ok": for_owner(screen(waiting, views=1), Right.APPROVE)}
