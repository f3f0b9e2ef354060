"""A seller's prices in her own words: "na 65k một cân, từ 10 cân 55k", "giảm 5k", /gia."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.shop.deal import is_odd
from bot.shop.product import STEP, Product, is_priced, price_steps
from bot.shop.roles import Right
from bot.shop.says import Choice, Say
from bot.talk.buyer.browse import price_line
from bot.talk.seller.price_asking import ask_open, ask_sure, ask_which, question
from bot.talk.seller.price_booking import book_prices, packs_along
from bot.talk.seller.price_pending import keep, pending
from bot.talk.seller.pricing import Open, Priced, settled, with_prices
from bot.talk.seller.stock import A_PAGE, hers, named_hers
from bot.talk.seller.telling import beside_prices, tell
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.understand.fitting import stock_amount
from bot.understand.message import Message
from bot.understand.seller_signs import changes_nothing
from bot.understand.sellers.plain_prices import drops_step, names_price, only_price
from bot.understand.sellers.prices import price_changes
from bot.understand.sellers.said import PriceSaid
from bot.understand.signs import asks
from bot.usecases import journal


@dataclass(slots=True)
class _Read:
    """What one message comes to: prices that are clear, by product, and what must be asked."""

    clear: dict[str, dict[str, int]] = field(default_factory=dict)
    open: list[tuple[Product, PriceSaid, Open]] = field(default_factory=list)
    unknown: list[tuple[tuple[Product, ...], PriceSaid]] = field(default_factory=list)

    @property
    def priced(self) -> list[Priced]:
        return [Priced(product, vnd) for product, vnd in self.clear.items()]


async def told(turn: Turn) -> list[Say]:
    """A sentence with prices: what is certain is done at once, before → after; the rest asked."""
    got = turn.understood
    if got is None:
        raise KeyError("price")
    message = got.message
    typed = turn.heard.text.strip() == message.text.strip()
    meant = typed and (got.band == "act" or names_price(message))
    sure = meant and only_price(message) and "?" not in message.text
    certain = sure and not asks(message.plain) and not changes_nothing(message)
    beside = beside_prices(got)
    if not beside:
        return await _answer(turn, message, certain=certain)
    base = f"{turn.change_id()}.0"
    priced = await _answer(turn, message, certain=certain, base=base)
    return [*await tell(turn, beside, after=await _last_of(turn, base)), *priced]


async def _last_of(turn: Turn, base: str) -> str:
    """The last of the changes that were booked under this name."""
    done = await turn.shop.records.read(lambda books: journal.together(books, base))
    return done[-1].id if done else base


async def _answer(
    turn: Turn, message: Message, *, certain: bool, about: Product | None = None, base: str = ""
) -> list[Say]:
    said = price_changes(message, {p.id for p in hers(turn)})
    if drops_step(message):
        return await _no_step(turn, message, about)
    if not said:
        return _no_price(turn, message, about)
    read = _read(turn, said, about)
    done: list[Say] = []
    if read.clear and certain:
        done = await book_prices(turn, read.priced, base)
    asked = [ask_open(turn, *one) for one in read.open]
    asked += [ask_which(turn, *one) for one in read.unknown]
    if read.clear and not certain:
        asked.append(ask_sure(turn, read.priced))
    return [*done, *asked]


def _read(turn: Turn, said: Sequence[PriceSaid], about: Product | None) -> _Read:
    own, read = {p.id: p for p in hers(turn)}, _Read()
    for one in said:
        found = tuple(own[p] for p in one.products if p in own)
        found = found or ((about,) if about and not one.products else ())
        product = found[0] if len(found) == 1 else None
        if product is None or not is_priced(product, turn.prices(product.id)):
            read.unknown.append((found, one))
            continue
        new = read.clear.get(product.id, {})
        got = settled(product, with_prices(turn.prices(product.id), new), one)
        if isinstance(got, Open):
            read.open.append((product, one, got))
        else:
            read.clear[product.id] = {**new, **got.vnd}
    return read


def _no_price(turn: Turn, message: Message, about: Product | None) -> list[Say]:
    """No price was said: it is asked, of the one thing that is named."""
    found = [about] if about else named_hers(turn, message.text)
    if len(found) == 1:
        id_ = "price-unclear-number" if about else "price-ask-number"
        return [question(turn, found[0], id_)]
    return _list(turn, found or hers(turn), 0)


async def of_product(turn: Turn, product_id: str) -> list[Say]:
    """One product of hers: its price is asked, or what answers that is done."""
    product = next((p for p in hers(turn) if p.id == product_id), None)
    if product is None:
        return [Say("problem-not-seller", choices=(Choice("k", "choice-stock"), BACK))]
    if not turn.words:
        return [question(turn, product, "price-ask-number")]
    message = (await turn.understand(turn.words)).message
    return await _answer(turn, message, certain=True, about=product)


async def listed(turn: Turn, page: str = "0") -> list[Say]:
    return _list(turn, hers(turn), int(page))


def _list(turn: Turn, products: Sequence[Product], page: int) -> list[Say]:
    """Her goods with their prices, a page at a time; one of them is given a new price."""
    shown = products[page * A_PAGE :][:A_PAGE]
    choices = [Choice(f"gp:{p.id}", "choice-product", {"name": p.name["vi"]}) for p in shown]
    if (page + 1) * A_PAGE < len(products):
        choices.append(Choice(f"gl:{page + 1}", "choice-more"))
    lines = tuple(price_line(turn, p) for p in shown)
    return [Say("price-list", lines=lines, choices=(*choices, BACK))]


async def command(turn: Turn) -> list[Say]:
    """`/gia na 65k`; without a price it is asked, without goods the list is shown."""
    if not turn.words:
        return await listed(turn)
    message = (await turn.understand(turn.words)).message
    return await _answer(turn, message, certain="?" not in turn.words)


async def chosen(turn: Turn, mark: str, n: str, sure: str = "") -> list[Say]:
    """One of the prices that were asked about; the same button twice is one change."""
    options = pending(turn, mark)
    if n == "no":
        return [Say("price-left", choices=(Choice("k", "choice-stock"), BACK))]
    priced = options[int(n)]
    if not sure and (odd := _odd(turn, priced)):
        return [odd]
    return await book_prices(turn, priced, base=f"{mark}{n}")


def _odd(turn: Turn, priced: Sequence[Priced]) -> Say | None:
    """A price picked by its goods or pack may still be far from the one now."""
    for one in priced:
        now = turn.prices(one.product).vnd
        if not one.sure and any(is_odd(v, now[k]) for k, v in one.vnd.items() if now.get(k)):
            return ask_sure(turn, [Priced(p.product, p.vnd, sure=True) for p in priced])
    return None


async def packs(turn: Turn, change_id: str) -> list[Say]:
    """The packs follow the loose price that was just set."""
    return await packs_along(turn, change_id)


async def no_step(turn: Turn) -> list[Say]:
    """ "Bỏ giá từ 10 cân": the step of the goods that are named, or of those that have it."""
    got = turn.understood
    if got is None:
        raise KeyError("nostep")
    return await _no_step(turn, got.message, None)


async def _no_step(turn: Turn, message: Message, about: Product | None) -> list[Say]:
    measure = message.quantities[0].readings[0]
    named = {p for h in message.products for p in h.ids} or ({about.id} if about else set())
    steps: list[Priced] = []
    for product in hers(turn):
        amount = stock_amount(product, measure)
        has = amount in dict(price_steps(turn.prices(product.id)))
        if has and (not named or product.id in named):
            steps.append(Priced(product.id, {f"{STEP}{amount}": 0}, sure=True))
    if len(steps) == 1:
        return await book_prices(turn, steps)
    if not steps:
        return [Say("price-no-step", choices=(Choice("gl:0", "choice-prices"), BACK))]
    mark, first = keep(turn, [[s] for s in steps])
    choices = tuple(
        Choice(f"gy:{mark}:{first + n}", "choice-product", {"name": _name(turn, s.product)})
        for n, s in enumerate(steps)
    )
    return [Say("price-which", {"text": message.text[:60]}, choices=(*choices, BACK))]


def _name(turn: Turn, product_id: str) -> str:
    product = turn.product(product_id)
    return product.name["vi"] if product else product_id


ROUTES: Routes = {
    "price": for_seller(act(told), Right.PRICE),
    "gia": for_seller(screen(command), Right.PRICE),
    "gl": for_seller(screen(listed, views=1), Right.PRICE),
    "gp": for_seller(screen(of_product, views=1), Right.PRICE),
    "gy": for_seller(act(chosen), Right.PRICE),
    "gk": for_seller(act(packs), Right.PRICE),
    "nostep": for_seller(act(no_step), Right.PRICE),
}
