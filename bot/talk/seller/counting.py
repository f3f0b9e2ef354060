"""What a seller told of her stock, once it is read: booked at once, or said back for a yes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal

import msgspec

from bot.shop.changes import Change
from bot.shop.people import Person
from bot.shop.product import MOST_BASE_UNITS, Product
from bot.shop.says import Choice, Field, Say
from bot.talk.seller.stock import ask_number, fields_of, hers
from bot.talk.turn import BACK, Turn
from bot.usecases import journal, stock
from bot.usecases.ports import Books

TOLD = "told"
"""Where the session's form keeps what waits for her yes."""
MARK = "told-mark"
AGAIN = "again"
"""In place of the mark: what waits is said back once more."""
DONE = "told-done"
"""Where the form keeps what was booked last, as long as a correction may follow."""
LAST = "last-change"
"""Where the form keeps the id of what she changed last."""

ODD_TIMES = 10
"""More than so many times what is there is asked about: a slip is likelier."""

Kind = Literal["", "set", "add", "less", "spoil"]
"""Whether so much is left, came, is gone or went bad; empty if the words do not say."""

SIGNS = {"add": 1, "less": -1, "spoil": -1}
MORE = (Choice("k", "choice-stock"), BACK)


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """A product's stock is `n` base units from now on; or `n` more or less if it is a shift, which
    may have gone bad.
    """

    product: str
    n: int
    shift: bool = False
    bad: bool = False

    def after(self, free: int) -> int:
        return max(0, free + self.n) if self.shift else self.n

    @property
    def kind(self) -> Kind:
        if self.bad:
            return "spoil"
        return "set" if not self.shift else ("add" if self.n > 0 else "less")


told_list = msgspec.json.Decoder(list[Told])


def told_of(product: str, kind: Kind, amount: int) -> Told:
    """None left is none left, by whatever verb ("bán hết")."""
    sign = SIGNS.get(kind, 0) if amount else 0
    bad = bool(sign) and kind == "spoil"
    return Told(product, sign * amount if sign else amount, shift=bool(sign), bad=bad)


def is_odd(told: Told, free: int) -> bool:
    """True for a number that is likelier a slip: it is asked back before it counts."""
    if told.shift and told.n < 0:
        return free + told.n < 0
    after = told.after(free)
    return after > MOST_BASE_UNITS or 0 < free * ODD_TIMES < after


def own(turn: Turn, product_id: str) -> Product:
    """Raises KeyError for goods that are not hers."""
    return {p.id: p for p in hers(turn)}[product_id]


# booked at once


async def book(
    turn: Turn, told: Sequence[Told], *, base: str = "", instead_of: str = "", after: str = ""
) -> list[Say]:
    """Do all of it, or none; each with before → after, together with a button that takes all of it
    back. What is so already is only said.

    base: names the change, if a button carried a name. instead_of: the change this corrects, taken
    back in the same step. after: the last change of the same message (`<id>.<n>`), with which this
    is taken back.
    """
    news = [t for t in told if instead_of or t.after(_free(turn, t)) != _free(turn, t)]
    same = _same(turn, [t for t in told if t not in news])
    if not news:
        return same
    base, who, now = base or turn.change_id(), await turn.who(), turn.now
    ids = names_of(after or base, len(news))
    base = ids[0].partition(".")[0]
    done = await turn.shop.ledger.put(partial(_do_all, news, ids, instead_of, who, now))
    _settled(turn, news)
    turn.session.form |= {DONE: msgspec.json.encode(news).decode(), LAST: base}
    return [*same, await booked(turn, done, base)]


def _settled(turn: Turn, news: Sequence[Told]) -> None:
    """What waits for her yes waits no longer if any of its goods were booked now."""
    kept = told_list.decode(turn.session.form.get(TOLD, "[]"))
    if {t.product for t in kept} & {t.product for t in news}:
        turn.session.form.pop(TOLD)


def names_of(base: str, count: int) -> list[str]:
    """Ids for so many changes of one message: `<id>` alone, else `<id>.1`, `<id>.2`, … ; they go
    on behind `<id>.<n>`.
    """
    head, dot, last = base.partition(".")
    if not dot and count == 1:
        return [base]
    first = int(last or 0) + 1
    return [f"{head}.{n}" for n in range(first, first + count)]


def _do_all(
    told: Sequence[Told], ids: Sequence[str], instead_of: str, who: Person, now: int, books: Books
) -> list[Change]:
    if instead_of:
        journal.undo_message(books, who, now, instead_of)
    return [_do(t, who, now, id_, books) for t, id_ in zip(told, ids, strict=True)]


def _do(told: Told, who: Person, now: int, id_: str, books: Books) -> Change:
    if told.bad:
        return stock.spoil(books, told.product, -told.n, who, now, id_)
    if told.shift:
        return stock.shift_stock(books, told.product, told.n, who, now, id_)
    return stock.set_stock(books, told.product, told.n, who, now, id_)


async def booked(
    turn: Turn, done: Sequence[Change], base: str, choices: tuple[Choice, ...] = MORE
) -> Say:
    """Each change with before → after, who is told, and the button that takes it back."""
    lines: list[Say] = []
    for change in done:
        lines += await _booked_lines(turn, change)
    undo = Choice(f"undo:{base}", "choice-undo")
    first, *rest = lines
    return Say(first.id, first.fields, tuple(rest), (choices[0], undo, *choices[1:]))


async def _booked_lines(turn: Turn, change: Change) -> list[Say]:
    product, effect = own(turn, change.subject), change.effect
    fields = fields_of(turn, product) | {
        "before": product.amount(effect.before),
        "left": product.amount(effect.after),
    }
    gone_bad = sum(s.by for s in effect.shifts if s.field == "spoiled")
    if gone_bad:
        fields["amount"] = product.amount(gone_bad)
    head = "stock-set-spoiled" if gone_bad else "stock-set" if effect.after else "stock-set-none"
    lines = [Say(head, fields)]
    if change.words:
        lines.append(Say("stock-waiting-told", {"count": change.words}))
    elif not effect.after and (waiting := await _waiting(turn, product.id)):
        lines.append(Say("stock-waiting", {"count": waiting}))
    if turn.level(product.id).held:
        lines.append(Say("stock-held", fields))
    return lines


async def _waiting(turn: Turn, product_id: str) -> int:
    """How many people asked to be told when there is some again."""
    asks = await turn.shop.records.read(lambda books: books.asks(product_id))
    return len(asks)


# said back first


def said_back(turn: Turn, clear: Sequence[Told]) -> list[Say]:
    """A yes for what would change; what is so already is only said, and more that spoiled than
    there is, is asked about.
    """
    too_much = [t for t in clear if t.bad and is_odd(t, _free(turn, t))]
    rest = [t for t in clear if t not in too_much]
    news = [t for t in rest if t.after(_free(turn, t)) != _free(turn, t)]
    says = [_too_much(turn, t, alone=len(clear) == 1) for t in too_much]
    says += _same(turn, [t for t in rest if t not in news])
    if not news:
        return says
    mark = turn.change_id()
    turn.session.form |= {TOLD: msgspec.json.encode(news).decode(), MARK: mark}
    lines = tuple(_change(turn, t) for t in news)
    yes, no = Choice(f"tell:{mark}:yes", "choice-yes"), Choice(f"tell:{mark}:no", "choice-no")
    return [*says, Say("stock-told", lines=lines, choices=(yes, no, *MORE))]


def _same(turn: Turn, same: Sequence[Told]) -> list[Say]:
    lines = tuple(_now(turn, t) for t in same)
    return [Say("stock-same", lines=lines, choices=MORE)] if lines else []


def _free(turn: Turn, told: Told) -> int:
    return turn.level(told.product).free


def _now(turn: Turn, told: Told) -> Say:
    product = own(turn, told.product)
    left = product.amount(_free(turn, told))
    return Say("stock-now", {"name": product.name["vi"], "left": left})


def _change(turn: Turn, told: Told) -> Say:
    product, free = own(turn, told.product), _free(turn, told)
    fields: dict[str, Field] = {
        "name": product.name["vi"],
        "before": product.amount(free),
        "left": product.amount(told.after(free)),
    }
    if not told.shift:
        return Say("stock-change", fields)
    return Say(f"stock-change-{told.kind}", fields | {"amount": product.amount(abs(told.n))})


def _too_much(turn: Turn, told: Told, *, alone: bool) -> Say:
    """More went bad than is there: all that is there, or another number."""
    product, free = own(turn, told.product), _free(turn, told)
    fields = fields_of(turn, product) | {"amount": product.amount(-told.n)}
    if alone:
        ask_number(turn, product, "stock-spoil-too-much", "spoil")
    everything: dict[str, Field] = {"amount": product.amount(free)}
    choice = Choice(f"kp:{product.id}:spoil:{free}", "choice-stock-spoil", everything)
    return Say("stock-spoil-too-much", fields, choices=((choice,) if free else ()) + MORE)


async def answered(turn: Turn, mark: str, yes: str = "") -> list[Say]:
    """Her yes to what was said back last: done once, however often it is pressed."""
    form = turn.session.form
    newest = form.get(MARK) == mark
    if mark == AGAIN and TOLD in form:
        return said_back(turn, told_list.decode(form[TOLD]))
    if yes not in ("yes", "no"):
        raise KeyError(yes)
    kept = told_list.decode(form.pop(TOLD, "[]")) if newest else []
    hers_only = [t for t in kept if t.product in {p.id for p in hers(turn)}]
    if not hers_only or yes == "no":
        return [Say("stock-told-left" if kept else "old-menu", choices=MORE)]
    return await book(turn, hers_only, base=mark)
