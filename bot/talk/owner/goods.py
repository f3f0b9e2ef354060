"""A new seller's first goods wait for the owner: yes, or no and why."""

from __future__ import annotations

from bot.shop.roles import Right
from bot.shop.says import Choice, Say
from bot.talk.turn import BACK, Routes, Turn, act, for_owner
from bot.usecases import goods
from bot.usecases.goods_letters import REFUSE_REASONS

MOST_WORDS = 200


async def approve(turn: Turn, product: str) -> list[Say]:
    who, now = await turn.who(), turn.now
    born = await turn.shop.ledger.put(lambda b: goods.approve(b, product, who, now))
    see = Choice(f"p:{product}", "choice-goods-see")
    return [Say("goods-is-approved", {"name": born.name}, choices=(see, BACK))]


async def refuse(turn: Turn, product: str, why: str = "") -> list[Say]:
    """Ask why, in one tap or in her own words; the seller is told."""
    words = " ".join(turn.words.split())[:MOST_WORDS]
    if not why and not words:
        born = await turn.shop.records.read(lambda b: goods.find(b, product))
        turn.ask(f"ngr:{product}")
        reasons = (Choice(f"ngr:{product}:{w}", f"choice-goods-why-{w}") for w in REFUSE_REASONS)
        return [Say("goods-refuse-why", {"name": born.name}, choices=(*reasons, BACK))]
    if why and why not in REFUSE_REASONS:
        raise KeyError(why)
    who, now = await turn.who(), turn.now
    born = await turn.shop.ledger.put(lambda b: goods.refuse(b, product, why or words, who, now))
    turn.words = ""
    said = "goods-is-refused" if born.state == "refused" else "goods-is-approved"
    return [Say(said, {"name": born.name}, choices=(BACK,))]


ROUTES: Routes = {
    "nga": for_owner(act(approve), Right.APPROVE),
    "ngr": for_owner(act(refuse), Right.APPROVE),
}
