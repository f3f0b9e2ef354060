"""One product of hers: how much of it is left, asked, answered, set right; "/kho na 20"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.shop.product import Product
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Say
from bot.talk.seller.counting import (
    DONE,
    LAST,
    MORE,
    Kind,
    Told,
    book,
    is_odd,
    said_back,
    told_list,
    told_of,
)
from bot.talk.seller.stock import (
    ask_number,
    hers,
    is_called,
    likest,
    listed,
    measured,
    named_hers,
    which,
)
from bot.talk.seller.stock_asking import Unclear, ask
from bot.talk.seller.telling import goes_bad, kind_of, odd_now
from bot.talk.turn import Routes, Turn, act, for_seller, screen
from bot.understand.sellers.spelled import NONE_LEFT
from bot.understand.stock_signs import stock_part_verb

KIND: dict[str, Kind] = {"set": "set", "add": "add", "less": "less", "spoil": "spoil"}


async def of_product(turn: Turn, product_id: str, kind: str = "", n: str = "") -> list[Say]:
    """One product of hers: how much is left is asked, or what answers that is done; an amount
    chosen by a button is said back, for the button does not know how often it was pressed.
    """
    product = next((p for p in hers(turn) if p.id == product_id), None)
    if product is None:
        return [Say("problem-not-seller", choices=MORE)]
    if n:
        return said_back(turn, [told_of(product.id, KIND[kind], int(n))])
    if not turn.words:
        return [ask_number(turn, product, "stock-ask-number", kind)]
    words = turn.words.strip()
    meant = measured(words, product)
    if len(meant) == 1:
        return await _answer(turn, told_of(product.id, _said(words, kind), meant[0]))
    if not kind:
        return [ask_number(turn, product, "stock-unclear-number")]
    return [ask(turn, Unclear((product,), words[:60], meant, KIND[kind]), alone=True)]


def _said(words: str, asked: str) -> Kind:
    """ "Thêm 20" adds whatever was asked."""
    own = kind_of(stock_part_verb(words))
    if own in ("", "less") and goes_bad(words):
        return "spoil"
    return own or KIND.get(asked, "set")


async def _answer(turn: Turn, told: Told) -> list[Say]:
    """The answer to how much is done at once, unless it is odd."""
    if odd_now(turn, told):
        return said_back(turn, [told])
    turn.ask("")
    return await book(turn, [told])


async def right(turn: Turn, product_id: str, kind: str, waits: str = "") -> list[Say]:
    """ "Sai rồi, 30 quả": another number in place of what was booked last; or for the one thing
    that waits for her yes.
    """
    product = {p.id: p for p in hers(turn)}[product_id]
    meant = measured(turn.words.strip(), product)
    if len(meant) != 1:
        return await of_product(turn, product_id, kind)
    new = told_of(product.id, KIND[kind], meant[0])
    done = told_list.decode(turn.session.form.get(DONE, "[]"))
    if waits or [t.product for t in done] != [product_id]:
        return said_back(turn, [new])
    free = turn.level(product_id).free - (done[0].n if done[0].shift else 0)
    if is_odd(new, free):
        return said_back(turn, [new])
    return await book(turn, [new], instead_of=turn.session.form[LAST])


async def command(turn: Turn) -> list[Say]:
    """`/kho sâm đất 20 kg`: the longest end that is an amount, before it the name or id."""
    words = turn.words.split()
    if not words:
        return await listed(turn)
    found, name, rest = _split(turn, words)
    if len(found) == 1 and is_called(found[0], name):
        turn.words = rest
        return await of_product(turn, found[0].id)
    return [which(turn, found, name) if len(found) > 1 else _nearest(turn, name, rest)]


def _nearest(turn: Turn, name: str, rest: str) -> Say:
    """None of hers is called so: the likest names, each with what was said of it."""
    choices = []
    for product in likest(turn, name):
        amounts = measured(rest, product)
        about = f":{_said(rest, '')}:{amounts[0]}" if len(amounts) == 1 else ""
        fields: dict[str, Field] = {"name": product.name["vi"]}
        choices.append(Choice(f"kp:{product.id}{about}", "choice-product", fields))
    return Say("stock-no-such", {"text": name[:60]}, choices=(*choices, *MORE))


def _split(turn: Turn, words: Sequence[str]) -> tuple[list[Product], str, str]:
    """Products of hers that are named, the name, and what follows it ("20 kg", else any words)."""
    unclear: tuple[list[Product], str, str] | None = None
    for cut in range(1, len(words)):
        name, rest = " ".join(words[:cut]), " ".join(words[cut:])
        found = named_hers(turn, name)
        if len(found) == 1 and len(measured(rest, found[0])) == 1:
            return found, name, rest
        if found:
            unclear = found, name, rest
    at = next((n for n, w in enumerate(words) if w[0].isdigit() or w in NONE_LEFT), len(words))
    name, rest = " ".join(words[:at]), " ".join(words[at:])
    return unclear or (named_hers(turn, name), name, rest)


ROUTES: Routes = {
    "kp": for_seller(screen(of_product, views=1), Right.STOCK),
    "kr": for_seller(act(right), Right.STOCK),
    "kho": for_seller(screen(command), Right.STOCK),
}
