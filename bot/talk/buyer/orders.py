"""My orders: each state, cancelling until packed, agreeing to a fee, finding one again, the
return link.
"""

from __future__ import annotations

from bot.shop.order import MOVES, Order, Shipment
from bot.shop.order_code import read_code
from bot.shop.problems import NoSuchOrder, NotYourOrder, TooOften
from bot.shop.says import Choice, Code, Field, Moment, Money, Say, Word
from bot.talk.buyer.paying import paid_lines, ways_to_pay
from bot.talk.turn import BACK, Routes, Turn, act, screen
from bot.usecases import orders, people, settling
from bot.usecases.letters import back_to_customer, order_lines, paid_fields, paid_word
from bot.usecases.packing_letters import pictured, shipment_lines

A_PAGE = 6
MOST_PICTURES = 4
HOUR = 3600


async def mine(turn: Turn, page: str = "0") -> list[Say]:
    """Newest first, with state and total."""
    known = await turn.shop.records.orders_of(turn.person)
    if not known:
        ways = (Choice("find", "choice-find-order"), Choice("m", "choice-market"), BACK)
        return [Say("orders-none", choices=ways)]
    start = int(page) * A_PAGE
    shown = known[start : start + A_PAGE]
    choices = [Choice(f"o:{o.code}", "choice-order", {"code": Code(o.code)}) for o in shown]
    if start + A_PAGE < len(known):
        choices.append(Choice(f"os:{int(page) + 1}", "choice-more"))
    lines = tuple(Say(f"order-short{paid_word(o)}", _short(o) | paid_fields(o)) for o in shown)
    return [Say("orders", lines=lines, choices=(*choices, BACK))]


def _short(order: Order) -> dict[str, Field]:
    return {
        "code": Code(order.code),
        "state": Word(f"state-{order.state}"),
        "total": Money(order.total_vnd),
    }


async def one(turn: Turn, code: str = "") -> list[Say]:
    if not code:
        return await mine(turn)
    order = await _own(turn, code)
    choices = (
        *await ways_to_pay(turn, order),
        Choice(f"tk:{order.seller}", "choice-ask-seller"),
        *((Choice(f"cx:{code}", "choice-cancel-order"),) if _may_cancel(order) else ()),
        Choice(f"again:{code}:{turn.nonce()}", "choice-again"),
        *(
            (Choice("link", "choice-return-link"),)
            if turn.shop.returns(turn.heard.channel)
            else ()
        ),
        BACK,
    )
    shipment, proofs = await turn.shop.records.read(
        lambda b: (b.shipment(code), b.proofs_of(code))
    )
    seen = (Choice(f"of:{code}", "choice-packing-picture"),) if proofs else ()
    return [_shown(turn, order, (*seen, *choices), shipment)]


async def packing(turn: Turn, code: str) -> list[Say]:
    """The proof of packing, as it was sent: pictures, and links to videos."""
    await _own(turn, code)
    proofs = await turn.shop.records.read(lambda b: b.proofs_of(code))
    photos = [p for p in proofs if p.kind == "photo"][-MOST_PICTURES:]
    _, links = pictured(proofs, turn.shop.public_url())
    choices = (*links, Choice(f"o:{code}", "choice-see-order"), BACK)
    says = [
        Say("packing-picture", {"code": Code(code), "when": Moment(p.at)}, picture=p.media)
        for p in photos
    ]
    if not says:
        return [Say("packing-no-picture", {"code": Code(code)}, choices=choices)]
    last = says[-1]
    return [*says[:-1], Say(last.id, last.fields, choices=choices, picture=last.picture)]


async def _own(turn: Turn, code: str) -> Order:
    order = await turn.shop.records.order(code)
    if order is None:
        raise NoSuchOrder()
    if order.person != turn.person:
        raise NotYourOrder()
    return order


def _may_cancel(order: Order) -> bool:
    return (order.state, "cancel") in MOVES


def _shown(
    turn: Turn, order: Order, choices: tuple[Choice, ...], shipment: Shipment | None = None
) -> Say:
    lines = (
        *order_lines(order, turn.shop.catalogue().products),
        Say(
            "order-money-customer", {"fee": Money(order.fee_vnd), "total": Money(order.total_vnd)}
        ),
        *paid_lines(order),
        *shipment_lines(shipment),
        Say("order-placed-at", {"when": Moment(order.placed_at)}),
    )
    return Say("order", _short(order), lines, choices)


async def cancel(turn: Turn, code: str, sure: str = "") -> list[Say]:
    """Ask once, then cancel; doing it twice shows the same."""
    order = await _own(turn, code)
    if not sure and _may_cancel(order):
        sure_choices = (
            Choice(f"o:{code}", "choice-cancel-no"),
            Choice(f"cx:{code}:yes", "choice-cancel-yes"),
        )
        return [Say("cancel-sure", {"code": Code(code)}, choices=sure_choices)]
    who, now = await turn.who(), turn.now
    after = await turn.shop.ledger.put(lambda b: orders.cancel(b, code, who, now))
    choices = (Choice("o", "choice-orders"), Choice("m", "choice-market"), BACK)
    return [Say("cancelled", {"code": Code(code)}, back_to_customer(after), choices)]


async def agree_fee(turn: Turn, code: str, fee_vnd: str) -> list[Say]:
    """Yes to the fee a seller named."""
    who, now, fee = await turn.who(), turn.now, int(fee_vnd)
    order = await turn.shop.ledger.put(lambda b: settling.agree_fee(b, code, fee, who, now))
    fields: dict[str, Field] = {"code": Code(code), "total": Money(order.total_vnd)}
    return [Say("fee-agreed", fields, choices=(Choice("o", "choice-orders"), BACK))]


async def find(turn: Turn) -> list[Say]:
    """Code and the last four digits of the phone: to look only, a few times an hour."""
    if not turn.words:
        turn.ask("find")
        return [Say("find-ask", choices=(BACK,))]
    code, four = _code_and_four(turn.words)
    known = await turn.shop.records.order(code) if code and not four else None
    if known and known.person == turn.person:
        turn.ask("")
        return await one(turn, code)
    if not code or not four:
        turn.ask("find")
        return [Say("find-unclear", choices=(Choice("talk", "choice-talk"), BACK))]
    turn.ask("")
    return [await _looked_up(turn, code, four)]


def _code_and_four(text: str) -> tuple[str, str]:
    """The code and the last four digits, in either spelling: `ZJ 4K2 P9Q J 5678`."""
    code = read_code(text)
    digits = "".join(c for c in text.split()[-1] if c.isdigit())
    return code, digits[-4:] if len(digits) >= 4 and not read_code(text.split()[-1]) else ""


async def _looked_up(turn: Turn, code: str, four: str) -> Say:
    tries = await turn.shop.counter.count(f"find:{turn.heard.origin or turn.person}", HOUR)
    if tries > turn.shop.rules.lookups_per_hour:
        raise TooOften(minutes=60)
    order = await turn.shop.records.order(code)
    if order is None or order.receiver.phone[-4:] != four:
        raise NoSuchOrder()
    return _shown(turn, order, (Choice(f"tk:{order.seller}", "choice-ask-seller"), BACK))


async def return_link(turn: Turn) -> list[Say]:
    """A personal link that opens this talk in any browser; only its hash is kept."""
    token, person = turn.shop.ids.token(), turn.person
    hashed, until = turn.shop.hashed(token), turn.now + turn.shop.rules.return_link_seconds
    await turn.shop.ledger.put(lambda b: people.make_return_link(b, person, hashed, until))
    url = f"{turn.shop.public_url()}/r/{token}"
    choices = (Choice("url", "choice-open-link", url=url), BACK)
    return [Say("return-link", {"url": url}, choices=choices)]


ROUTES: Routes = {
    "o": screen(one, views=1),
    "of": screen(packing, views=1),
    "os": screen(mine, views=1),
    "cx": screen(cancel, views=1),
    "fee": act(agree_fee),
    "find": screen(find),
    "link": act(return_link),
}
