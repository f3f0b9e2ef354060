"""What is asked about goods a household brings: whose, which, how much, and are you sure."""

from __future__ import annotations

from bot.shop.product import Product
from bot.shop.says import Choice, Field, Say
from bot.talk.buyer.cart import bare_unit
from bot.talk.seller import household_find as find
from bot.talk.seller.household_draft import Coming, Draft, product_of
from bot.talk.seller.stock import hers, likest
from bot.talk.turn import BACK, Turn

A_PAGE = 6


async def whose(turn: Turn, line: Coming) -> Say:
    if not line.called:
        known = await find.all_hers(turn)
        return Say("household-in-whose", choices=find.all_choices(known, "hih", 0))
    return find.which(line.called, await find.named(turn, line.called), "hih")


def which_goods(turn: Turn, line: Coming) -> Say:
    """Those the words may mean, else those most like them, else all by pages."""
    own = {p.id: p for p in hers(turn)}
    likely = [own[p] for p in line.products if p in own]
    if not likely and line.said:
        likely = likest(turn, line.said)
    if not likely:
        return goods_page(turn, 0)
    choices = tuple(_goods(p) for p in likely[:A_PAGE])
    all_ = Choice("hip:all:0", "choice-all-goods")
    turn.ask("hip")
    return Say("household-in-which", choices=(*choices, all_, BACK))


def goods_page(turn: Turn, page: int) -> Say:
    own, start = hers(turn), page * A_PAGE
    choices = [_goods(p) for p in own[start : start + A_PAGE]]
    if start + A_PAGE < len(own):
        choices.append(Choice(f"hip:all:{page + 1}", "choice-more"))
    turn.ask("hip")
    picture = Choice("hic:0", "choice-by-picture")
    return Say("household-in-which", choices=(*choices, picture, BACK))


def _goods(product: Product) -> Choice:
    return Choice(f"hip:{product.id}", "choice-product", {"name": product.name["vi"]})


async def card(turn: Turn, at: str) -> list[Say]:
    """One product at a time by its picture, for who does not read."""
    own = hers(turn)
    shown, n = own[int(at) % len(own)], int(at) % len(own)
    choices = (
        Choice(f"hip:{shown.id}", "choice-this-one"),
        Choice(f"hic:{(n + 1) % len(own)}", "choice-next-picture"),
        Choice("hip:all:0", "choice-all-goods"),
        BACK,
    )
    name: dict[str, Field] = {"name": shown.name["vi"]}
    return [Say("household-in-picture", name, choices=choices, picture=f"product/{shown.id}")]


def how_much(turn: Turn, line: Coming) -> Say:
    product = product_of(turn, line.product)
    turn.ask("hia:")
    example = product.amount(bare_unit(product) * 20)
    fields: dict[str, Field] = {"name": product.name["vi"], "example": example}
    if len(line.amounts) < 2:
        return Say("household-in-amount-number", fields, choices=(BACK,))
    choices = tuple(
        Choice(f"hia:{n}", "choice-amount", {"amount": product.amount(n)}) for n in line.amounts
    )
    return Say("household-in-amounts", fields, choices=(*choices[:A_PAGE], BACK))


def sure(turn: Turn, line: Coming, draft: Draft) -> Say:
    product = product_of(turn, line.product)
    fields: dict[str, Field] = {
        "household": line.called,
        "name": product.name["vi"],
        "amount": product.amount(line.amount),
    }
    yes = Choice(f"hiy:{draft.mark}:yes", "choice-yes")
    no = Choice(f"hiy:{draft.mark}:no", "choice-no")
    return Say("household-in-sure", fields, choices=(yes, no, BACK))
