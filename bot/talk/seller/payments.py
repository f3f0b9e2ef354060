"""Money that has come for an order, booked by a person who saw it: all, a part, or more."""

from __future__ import annotations

from bot.shop.order import OPEN, UNPAID, Order
from bot.shop.problems import BadMoney
from bot.shop.roles import Right
from bot.shop.says import Choice, Code, Field, Money, Say
from bot.talk.turn import BACK, Routes, Turn, for_seller, screen
from bot.understand.money import read_fee
from bot.understand.price_answers import read_price
from bot.usecases import orders, payments

REASONS = ("wrong-sum", "wrong-order")
"""Why booked money is corrected; each is a message `paid-reason-…`."""


MARK = 12
"""Letters of a mark that fit a choice beside a code and a sum."""


async def paid(turn: Turn, code: str, vnd: str = "", mark: str = "", sure: str = "") -> list[Say]:
    """Ask how much has come, or book it. mark: the screen whose button it was, booked once.
    sure: "yes" for a sum in words that was said back.
    """
    order = await _hers(turn, code)
    if vnd:
        return await _book(turn, order, int(vnd), f"{mark}-{code}-{vnd}")
    if turn.words:
        return await _said(turn, order)
    mark = turn.change_id()
    turn.ask(f"pd:{code}")
    all_ = (Choice(f"pd:{code}:{order.due_vnd}:{mark}", "choice-paid-all", _fields(order)),)
    fix = (Choice(f"pf:{code}", "choice-paid-fix"),) if order.paid_vnd else ()
    choices = (*(all_ if order.due_vnd > 0 else ()), *fix, BACK)
    return [Say("paid-how-much", _fields(order), choices=choices)]


async def _hers(turn: Turn, code: str) -> Order:
    who = await turn.who()
    return await turn.shop.records.read(lambda b: orders.of_seller(b, code, who, Right.MONEY))


def _fields(order: Order) -> dict[str, Field]:
    return {
        "code": Code(order.code),
        "total": Money(order.total_vnd),
        "paid": Money(order.paid_vnd),
        "due": Money(max(0, order.due_vnd)),
    }


async def _said(turn: Turn, order: Order) -> list[Say]:
    """A sum in words is said back before it is booked."""
    vnd = sum_said(turn.words)
    if not vnd:
        turn.ask(f"pd:{order.code}")
        return [Say("paid-unclear", _fields(order), choices=(BACK,))]
    turn.ask("")
    mark = turn.change_id()[:MARK]
    yes = Choice(f"pd:{order.code}:{vnd}:{mark}:yes", "choice-yes")
    fields = _fields(order) | {"money": Money(vnd)}
    id_ = "paid-sure" if vnd <= order.due_vnd else "paid-sure-more"
    again = Choice(f"pd:{order.code}", "choice-other-sum")
    return [Say(id_, fields, choices=(yes, again, BACK))]


def sum_said(words: str) -> int | None:
    """Đồng, if the words are one sum ("500k", "1 triệu 2")."""
    plain, read = read_fee(words), read_price(words)
    sums = {p.vnd for p in read.readings if p.per is None} if read else set()
    return plain if plain is not None else (sums.pop() if len(sums) == 1 else None)


async def _book(turn: Turn, order: Order, vnd: int, id_: str) -> list[Say]:
    who, now, code = await turn.who(), turn.now, order.code
    after = await turn.shop.ledger.put(
        lambda b: payments.received(b, code, vnd, who, now, id_[:40])
    )
    choices = (
        Choice(f"so:{code}", "choice-see-order"),
        Choice("new", "choice-seller-orders"),
        Choice(f"pf:{code}", "choice-paid-fix"),
        BACK,
    )
    rest = "part" if after.due_vnd > 0 else "all" if after.due_vnd == 0 else "more"
    fields = _fields(after) | {"money": Money(vnd), "rest": Money(abs(after.due_vnd))}
    return [Say(f"paid-booked-{rest}", fields, choices=choices)]


async def fix(
    turn: Turn, code: str, reason: str = "", paid_vnd: str = "", sure: str = ""
) -> list[Say]:
    """What has come in all was booked wrongly: why, then the right sum; or some of it went back.
    paid_vnd, sure: see `_sent_back`.
    """
    order = await _hers(turn, code)
    if reason == payments.SENT_BACK:
        return await _sent_back(turn, order, paid_vnd if sure == "yes" else "")
    if not reason:
        choices = tuple(Choice(f"pf:{code}:{r}", f"paid-reason-{r}") for r in REASONS)
        return [Say("paid-fix", _fields(order), choices=(*choices, BACK))]
    if reason not in REASONS:
        raise KeyError(reason)
    turn.ask(f"pf:{code}:{reason}")
    if not turn.words:
        return [Say("paid-fix-sum-number", _fields(order), choices=(BACK,))]
    vnd = 0 if turn.words.strip() == "0" else sum_said(turn.words)
    if vnd is None:
        return [Say("paid-fix-sum-number", _fields(order), choices=(BACK,))]
    return await _correct(turn, order, vnd, reason)


async def _sent_back(turn: Turn, order: Order, paid_vnd: str) -> list[Say]:
    """Whether the money went back, then booked. paid_vnd: what was booked when she was asked."""
    code, see = order.code, Choice(f"so:{order.code}", "choice-see-order")
    rest: dict[str, Field] = {"rest": Money(max(0, -order.due_vnd))}
    if not paid_vnd and order.due_vnd < 0:
        yes = Choice(f"pf:{code}:{payments.SENT_BACK}:{order.paid_vnd}:yes", "choice-yes")
        return [Say("paid-sent-back-sure", _fields(order) | rest, choices=(yes, see, BACK))]
    who, now, id_ = await turn.who(), turn.now, turn.change_id()
    after = order
    if paid_vnd:
        after = await turn.shop.ledger.put(
            lambda b: payments.sent_back(b, code, int(paid_vnd), who, now, id_)
        )
    return [Say("paid-sent-back", _fields(after), choices=(see, BACK))]


async def _correct(turn: Turn, order: Order, vnd: int, reason: str) -> list[Say]:
    who, now, id_ = await turn.who(), turn.now, turn.change_id()
    if vnd == order.paid_vnd:
        raise BadMoney()
    turn.ask("")
    after = await turn.shop.ledger.put(
        lambda b: payments.corrected(b, order.code, vnd, reason, who, now, id_)
    )
    choices = (Choice(f"so:{order.code}", "choice-see-order"), BACK)
    return [Say("paid-fixed", _fields(after), choices=choices)]


async def waiting(turn: Turn, page: str = "0") -> list[Say]:
    """Her orders that wait for a transfer, and those whose money she has to send back."""
    known = await turn.shop.records.orders_of_seller(turn.session.seller, sorted(OPEN | UNPAID))
    due = [o for o in known if o.pay == "bank" and o.due_vnd > 0 and o.quote == "fixed"]
    said = sum_said(turn.words) if turn.words else None
    due = [o for o in due if o.due_vnd == said] or due
    if len(due) == 1 and (turn.words or not any(o.due_vnd < 0 for o in known)):
        return await paid(turn, due[0].code)
    due += [o for o in known if o.due_vnd < 0]
    start = int(page) * A_PAGE
    shown = due[start : start + A_PAGE]
    choices = [_to_settle(o) for o in shown]
    if start + A_PAGE < len(due):
        choices.append(Choice(f"ck:{int(page) + 1}", "choice-more"))
    return [Say("paid-which" if due else "paid-none", choices=(*choices, BACK))]


def _to_settle(order: Order) -> Choice:
    """The order as a button: with what is to come, or to be sent back."""
    if order.due_vnd < 0:
        fields = _fields(order) | {"rest": Money(-order.due_vnd)}
        return Choice(f"pf:{order.code}:{payments.SENT_BACK}", "choice-order-back", fields)
    return Choice(f"pd:{order.code}", "choice-order-due", _fields(order))


A_PAGE = 6

ROUTES: Routes = {
    "pd": for_seller(screen(paid, views=1), Right.MONEY),
    "pf": for_seller(screen(fix, views=2), Right.MONEY),
    "ck": for_seller(screen(waiting, views=1), Right.MONEY),
}
