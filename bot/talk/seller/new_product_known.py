"""Goods a seller has put up herself: another picture, a name, her story, off the shelf and back;
and a picture that comes out of the blue.
"""

from __future__ import annotations

from bot.shop.born import Born
from bot.shop.roles import Right
from bot.shop.says import Choice, Say, Word
from bot.talk.seller.new_product import road
from bot.talk.seller.new_product_answers import MOST_NAME
from bot.talk.seller.new_product_draft import draft_of
from bot.talk.seller.new_product_media import WAITING, came, cleaned, heard_media
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.understand.sellers.new_goods import new_goods
from bot.usecases import goods
from bot.usecases.ports import Books

A_PAGE = 6


async def blue(turn: Turn) -> list[Say]:
    """A picture nobody asked for: new goods if its caption says so, or a choice what it is for."""
    draft = draft_of(turn)
    open_ = any(r.startswith("np") for r in turn.session.trail[-1:])
    if draft is not None and open_:
        return await road(turn)
    if turn.heard.text.strip():
        got = turn.understood = await turn.understand(turn.heard.text)
        said = new_goods(turn.heard.text, got.message)
        if said.name and (said.vnd or said.packs or got.intent == "new_product"):
            return await road(turn)
    turn.session.form[WAITING] = f"{turn.heard.kind} {turn.heard.media}"
    mine = (Choice("ngl", "choice-goods-picture-of"),) if await _mine(turn) else ()
    parcel = (Choice("gxb", "choice-pack-picture-of"),) if await _packs(turn) else ()
    choices = (*parcel, Choice("np", "choice-goods-new"), *mine, BACK)
    return [Say(f"goods-what-{turn.heard.kind}", choices=choices)]


async def _packs(turn: Turn) -> bool:
    """Whether the picture may be of a parcel."""
    states = ("placed", "confirmed")
    return bool(await turn.shop.records.orders_of_seller(turn.session.seller, states))


async def _mine(turn: Turn) -> list[Born]:
    seller = turn.session.seller

    def of(books: Books) -> list[Born]:
        return [b for b in books.all_born() if b.seller == seller and b.state != "refused"]

    return await turn.shop.records.read(of)


async def listed(turn: Turn, page: str = "0") -> list[Say]:
    """What she has put up herself, newest first."""
    found, start = (await _mine(turn))[::-1], int(page) * A_PAGE
    shown = found[start : start + A_PAGE]
    choices = [Choice(f"ng:{b.id}", "choice-product", {"name": b.name}) for b in shown]
    if start + A_PAGE < len(found):
        choices.append(Choice(f"ngl:{int(page) + 1}", "choice-more"))
    new = Choice("np", "choice-goods-new")
    return [Say("goods-list" if found else "goods-none", choices=(*choices, new, BACK))]


async def one(turn: Turn, product: str) -> list[Say]:
    """One of them; a picture that waits becomes its picture."""
    born = await _found(turn, product)
    if came(turn):
        return await _pictured(turn, born)
    turn.ask(f"ng:{product}")
    state = Word(f"goods-state-{born.state}")
    return [
        Say("goods-one", {"name": born.name, "state": state}, choices=_ways(born),
            picture=born.photo, clip=born.voice)
    ]  # fmt: skip


def _ways(born: Born) -> tuple[Choice, ...]:
    moves = {"shown": ("h", "hide"), "exported": ("h", "hide"), "hidden": ("s", "show")}
    letter, verb = moves.get(born.state, ("", ""))
    move = (Choice(f"ng{letter}:{born.id}", f"choice-goods-{verb}"),) if letter else ()
    see = (Choice(f"p:{born.id}", "choice-goods-see"),) if verb == "hide" else ()
    said = Choice(f"rn:{born.id}", "choice-rec-name")
    return (*see, Choice(f"ngn:{born.id}", "choice-goods-rename"), said, *move, BACK)


async def _found(turn: Turn, product: str) -> Born:
    """Raises KeyError for goods of somebody else."""
    born = await turn.shop.records.read(lambda b: goods.find(b, product))
    if born.seller != turn.session.seller:
        raise KeyError(product)
    return born


async def _pictured(turn: Turn, born: Born) -> list[Say]:
    kind, ref = heard_media(turn)
    told, who = await cleaned(turn, kind, ref), await turn.who()
    now = turn.now
    await turn.shop.ledger.put(lambda b: goods.tell(b, born.id, told, who, now))
    see = Choice(f"ng:{born.id}", "choice-goods-see")
    return [Say(f"goods-new-{kind}", {"name": born.name}, choices=(see, BACK))]


async def rename(turn: Turn, product: str) -> list[Say]:
    born = await _found(turn, product)
    name = " ".join(turn.words.split())[:MOST_NAME]
    if not any(c.isalpha() for c in name):
        turn.ask(f"ngn:{product}")
        return [Say("goods-rename", {"name": born.name}, choices=(BACK,))]
    who, told = await turn.who(), {"name": name[:1].upper() + name[1:]}
    turn.words = ""
    now = turn.now
    after = await turn.shop.ledger.put(lambda b: goods.tell(b, product, told, who, now))
    see = Choice(f"ng:{product}", "choice-goods-see")
    return [Say("goods-renamed", {"before": born.name, "name": after.name}, choices=(see, BACK))]


async def hide(turn: Turn, product: str) -> list[Say]:
    who, now = await turn.who(), turn.now
    born = await turn.shop.ledger.put(lambda b: goods.hide(b, product, who, now))
    again = Choice(f"ngs:{product}", "choice-goods-show")
    return [Say("goods-hidden", {"name": born.name}, choices=(again, *_ON))]


async def show(turn: Turn, product: str) -> list[Say]:
    who, now = await turn.who(), turn.now
    born = await turn.shop.ledger.put(lambda b: goods.show(b, product, who, now))
    if born.state == "waiting":
        return [Say("goods-waits", {"name": born.name}, choices=_ON)]
    see = Choice(f"p:{product}", "choice-goods-see")
    return [Say("goods-shown", {"name": born.name}, choices=(see, *_ON))]


_ON = (Choice("ngl", "choice-goods-list"), Choice("k", "choice-stock"), BACK)

ROUTES: Routes = {
    "npb": for_seller(act(blue), Right.GOODS),
    "ngl": for_seller(screen(listed, views=1), Right.GOODS),
    "ng": for_seller(screen(one, views=1), Right.GOODS),
    "ngn": for_seller(screen(rename, views=1), Right.GOODS),
    "ngh": for_seller(act(hide), Right.GOODS),
    "ngs": for_seller(act(show), Right.GOODS),
}
