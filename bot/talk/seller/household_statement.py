"""A household's statement, in words and as a picture; and the link to its own chat."""

from __future__ import annotations

from bot.shop.household import Account, Goods, Household, Statement
from bot.shop.pictures import Statement as Drawn
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Moment, Money, Say
from bot.talk.seller import household_find as find
from bot.talk.turn import BACK, Routes, Turn, act, for_seller
from bot.usecases import household_letters, households

MOST_GOODS = 12
"""Lines of goods in one statement; the sums are of all."""


def goods_lines(turn: Turn, sums: Account) -> tuple[Say, ...]:
    """A line for each product: brought, sold, earned; what earned most first."""
    return tuple(_line(turn, "statement-goods", p, g) for p, g in _goods(sums))


def _goods(sums: Account) -> list[tuple[str, Goods]]:
    return find.by_money(sums)[:MOST_GOODS]


def _line(turn: Turn, id_: str, product: str, goods: Goods) -> Say:
    fields = find.goods_fields(turn.product(product), product, goods)
    return Say(f"{id_}{find.kind_of(goods)}", fields)


async def drawn(turn: Turn, home: Household, sums: Account, lang: str, owner: str) -> str:
    """The statement as a picture in the reader's language, kept for who may have it erased."""

    def text(id_: str, **fields: Field) -> str:
        return turn.shop.texts(Say(id_, fields), lang)

    def money(id_: str, vnd: int) -> tuple[str, str]:
        return text(id_), text("statement-money", money=Money(vnd))

    def of(product: str, goods: Goods) -> tuple[str, str]:
        line = _line(turn, "statement-label-goods", product, goods)
        return text(line.id, **line.fields), text("statement-money", money=Money(goods.owed))

    goods = (of(p, g) for p, g in _goods(sums))
    rows = (
        *goods,
        money("statement-label-owed", sums.owed),
        money("statement-label-advanced", sums.advanced),
        money("statement-label-paid", sums.paid),
    )
    seller = turn.shop.catalogue().sellers.get(home.seller)
    foot = text("statement-foot", name=seller.name if seller else "", when=Moment(turn.now))
    rest = "left" if sums.left >= 0 else "ahead"
    total = money(f"statement-label-{rest}", abs(sums.left))
    title = text("statement-title", name=home.name)
    return await turn.shop.studio.table(Drawn(title, rows, total, foot), owner)


async def preview(turn: Turn, household: str) -> list[Say]:
    """What would be sent; without a chat of its own, a picture to show or to pass on."""
    home = await find.one_of_hers(turn, household)
    sums = await find.account(turn, household)
    fields = find.money_fields(home, sums)
    if home.account:
        choices = (Choice(f"hss:{household}:{turn.change_id()}", "choice-send-statement"), BACK)
        return [Say("statement-preview", fields, goods_lines(turn, sums), choices)]
    owner = f"seller:{home.seller}"
    picture = await drawn(turn, home, sums, turn.session.lang, owner)
    choices = (Choice(f"hiv:{household}", "choice-household-invite"), BACK)
    return [Say("statement-no-chat", fields, goods_lines(turn, sums), choices, picture)]


async def send(turn: Turn, household: str, mark: str) -> list[Say]:
    """To the household's chat, with yes and no; a second tap sends nothing more."""
    home = await find.one_of_hers(turn, household)
    sums = await find.account(turn, household)
    reader = await turn.shop.records.person(home.account)
    lines = goods_lines(turn, sums)
    picture = await drawn(turn, home, sums, reader.lang, home.account)
    who, now = await turn.who(), turn.now

    stated: Statement = await turn.shop.ledger.put(
        lambda b: household_letters.send(b, household, lines, picture, who, now, mark)
    )
    fields: dict[str, Field] = {"name": home.name, "left": Money(stated.left)}
    choices = (Choice(f"hh:{household}", "choice-see-household"), BACK)
    return [Say("statement-sent", fields, choices=choices)]


async def invite(turn: Turn, household: str) -> list[Say]:
    """A one-time link for the household's own phone; the one before stops working."""
    token, who, now = turn.shop.ids.token(), await turn.who(), turn.now
    hashed, until = turn.shop.hashed(token), now + turn.shop.rules.link_seconds
    home = await turn.shop.ledger.put(
        lambda b: households.make_link(b, household, hashed, until, who)
    )
    url = f"{turn.shop.public_url()}/s/{token}"
    choices = (Choice(f"hh:{household}", "choice-see-household"), BACK)
    return [Say("household-invite", {"name": home.name, "url": url}, choices=choices)]


ROUTES: Routes = {
    "hst": for_seller(act(preview), Right.HOUSEHOLDS),
    "hss": for_seller(act(send), Right.HOUSEHOLDS),
    "hiv": for_seller(act(invite), Right.HOUSEHOLDS),
}
