"""The codes of a live: new ones, most of one, most for one buyer, taken no more, taken again."""

from __future__ import annotations

from bot.shop.live import LiveItem
from bot.shop.live_problems import NoSuchCode
from bot.shop.product import MOST_BASE_UNITS, Product
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Say
from bot.talk.seller import live_find as find
from bot.talk.seller.live_draft import sellable
from bot.talk.seller.stock import hers, measured
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.understand.fitting import stock_amount
from bot.understand.sellers.lives import ItemSaid, item_said
from bot.usecases import lives

A_PAGE = 6


async def codes(turn: Turn, live_id: str, code: str = "") -> list[Say]:
    """The codes of a live, or one of them with what can be changed."""
    _, items = await find.one(turn, live_id)
    if code:
        return [_one(turn, live_id, _found(items, code))]
    lines = tuple(_line(turn, x) for x in items)
    choices = tuple(
        Choice(f"li:{live_id}:{x.code}", "choice-live-code", _named(turn, x))
        for x in items[:A_PAGE]
    )
    add = Choice(f"lia:{live_id}", "choice-live-add-code")
    return [Say("live-codes" if items else "live-codes-none", {}, lines, (*choices, add, BACK))]


def _found(items: tuple[LiveItem, ...], code: str) -> LiveItem:
    for item in items:
        if item.code == code:
            return item
    raise NoSuchCode(code=code, codes=", ".join(x.code for x in items))


def _named(turn: Turn, item: LiveItem) -> dict[str, Field]:
    return {"code": item.code, "name": find.product_of(turn, item).name["vi"]}


def _line(turn: Turn, item: LiveItem) -> Say:
    product = find.product_of(turn, item)
    fields = _named(turn, item)
    rate = find.rate_of(turn, product, item.offer)
    if item.off or rate is None:
        return Say("live-code-off", fields)
    fields |= {"rate": rate, "left": product.amount(turn.level(product.id).free)}
    if item.cap:
        return Say("live-plan-item-cap", fields | {"most": product.amount(item.cap)})
    return Say("live-plan-item", fields)


def _one(turn: Turn, live_id: str, item: LiveItem) -> Say:
    product, of = find.product_of(turn, item), f"{live_id}:{item.code}"
    lines = [_line(turn, item)]
    if item.per_buyer:
        most: dict[str, Field] = {"code": item.code, "most": product.amount(item.per_buyer)}
        lines.append(Say("live-code-limit", most))
    state = "on" if item.off else "off"
    choices = (
        Choice(f"lis:{of}:{state}", f"choice-live-code-{state}"),
        Choice(f"lic:{of}", "choice-live-code-cap"),
        Choice(f"lil:{of}", "choice-live-code-limit"),
        Choice(f"li:{live_id}", "choice-live-codes"),
        BACK,
    )
    return Say("live-code", _named(turn, item), tuple(lines), choices)


# one more


async def add(turn: Turn, live_id: str, page: str = "0", product: str = "") -> list[Say]:
    """Which of her goods gets the next code."""
    _, items = await find.one(turn, live_id)
    if product:
        return await _added(turn, live_id, {p.id: p for p in sellable(turn)}[product])
    taken = {x.product for x in items if not x.off}
    left = [p for p in sellable(turn) if p.id not in taken]
    start = int(page) * A_PAGE
    shown = left[start : start + A_PAGE]
    choices = [
        Choice(f"lia:{live_id}:{page}:{p.id}", "choice-product", {"name": p.name["vi"]})
        for p in shown
    ]
    if start + A_PAGE < len(left):
        choices.append(Choice(f"lia:{live_id}:{int(page) + 1}", "choice-more"))
    return [Say("live-which-goods" if shown else "live-no-more-goods", choices=(*choices, BACK))]


async def _added(
    turn: Turn, live_id: str, product: Product, code: str = "", cap: int = 0
) -> list[Say]:
    who, now = await turn.who(), turn.now
    item = await turn.shop.ledger.put(
        lambda b: lives.put_on_air(b, live_id, product.id, who, now, code, cap)
    )
    return [_changed(turn, live_id, item, "live-code-added", f"lis:{live_id}:{item.code}:off")]


def _changed(turn: Turn, live_id: str, item: LiveItem, id_: str, undo: str = "") -> Say:
    back = (Choice(undo, "choice-live-undo"),) if undo else ()
    choices = (*back, Choice(f"li:{live_id}", "choice-live-codes"))
    live = Choice(f"live:{live_id}", "choice-live-open")
    return Say(id_, _named(turn, item), (_line(turn, item),), (*choices, live, BACK))


# what is changed


async def switched(turn: Turn, live_id: str, code: str, state: str) -> list[Say]:
    """Not taken any more, or taken again; the other one is under it."""
    if state not in ("off", "on"):
        raise KeyError(state)
    _, items = await find.one(turn, live_id)
    _found(items, code)
    who, now = await turn.who(), turn.now
    item = await turn.shop.ledger.put(
        lambda b: lives.change_item(b, live_id, code, who, now, off=state == "off")
    )
    other = "on" if state == "off" else "off"
    undo = f"lis:{live_id}:{code}:{other}"
    return [_changed(turn, live_id, item, f"live-code-is-{state}", undo)]


async def cap(turn: Turn, live_id: str, code: str, n: str = "") -> list[Say]:
    """So much of it in this live at most; 0 is as much as there is."""
    return await _limited(turn, "lic", live_id, code, n)


async def limit(turn: Turn, live_id: str, code: str, n: str = "") -> list[Say]:
    """So much for one buyer at most; 0 is no limit."""
    return await _limited(turn, "lil", live_id, code, n)


async def _limited(turn: Turn, route: str, live_id: str, code: str, n: str) -> list[Say]:
    _, items = await find.one(turn, live_id)
    item = _found(items, code)
    product = find.product_of(turn, item)
    said = (int(n),) if n.isdecimal() else measured(turn.words, product) if turn.words else ()
    if len(said) == 1 and said[0] <= MOST_BASE_UNITS:
        return await _set(turn, route, item, said[0])
    asked = "live-cap-number" if route == "lic" else "live-limit-number"
    turn.ask(f"{route}:{live_id}:{code}")
    left = product.amount(turn.level(product.id).free)
    some = tuple(
        Choice(
            f"{route}:{live_id}:{code}:{k}", "choice-live-amount", {"amount": product.amount(k)}
        )
        for k in said
    )
    return [Say(asked, _named(turn, item) | {"left": left}, choices=(*some, BACK))]


def _unit(product: Product, item: LiveItem) -> int:
    """What a claim without a unit counts."""
    return next((o.amount for o in product.offers if o.id == item.offer), item.unit)


async def _set(turn: Turn, route: str, item: LiveItem, n: int) -> list[Say]:
    who, now, live_id, code = await turn.who(), turn.now, item.live, item.code
    turn.words = ""
    if route == "lic":
        after = await turn.shop.ledger.put(
            lambda b: lives.change_item(b, live_id, code, who, now, cap=n)
        )
        undo = f"lic:{live_id}:{code}:{item.cap}" if after != item else ""
        return [_changed(turn, live_id, after, "live-cap-set" if n else "live-cap-none", undo)]
    after = await turn.shop.ledger.put(
        lambda b: lives.change_item(b, live_id, code, who, now, per_buyer=n)
    )
    undo = f"lil:{live_id}:{code}:{item.per_buyer}" if after != item else ""
    say = _changed(turn, live_id, after, "live-limit-set" if n else "live-limit-none", undo)
    most = find.product_of(turn, item).amount(n)
    return [Say(say.id, {**say.fields, "most": most}, say.lines, say.choices)]


# in words: "A1 hết", "A1 tối đa 30kg", "mỗi người 2 hộp A2", "thêm mã lạp sườn"


async def by_words(turn: Turn) -> list[Say]:
    """What a sentence says of a code of the live that is on air, else of the next one."""
    got = turn.understood or await turn.understand(turn.heard.text)
    said = item_said(got.message, {p.id for p in hers(turn)})
    live = next(iter(await find.open_ones(turn)), None)
    if said is None or live is None:
        return [Say("live-none", choices=(Choice("lv", "choice-live-new"), BACK))]
    turn.words = ""
    _, items = await find.one(turn, live.id)
    if said.kind == "add":
        return await _add_said(turn, live.id, items, said)
    item = _meant(items, said)
    if not items:
        return await codes(turn, live.id)
    if item is None:
        raise NoSuchCode(code=said.code, codes=", ".join(x.code for x in items if not x.off))
    if said.kind in ("off", "on"):
        return await switched(turn, live.id, item.code, said.kind)
    n = _counted(turn, item, said)
    if said.kind == "left" and n:
        n += await turn.shop.records.read(lambda b: b.taken(live.id, item.code))
    route = "lil" if said.kind == "limit" else "lic"
    return await _limited(turn, route, live.id, item.code, str(n) if n else "")


def _meant(items: tuple[LiveItem, ...], said: ItemSaid) -> LiveItem | None:
    if said.code:
        return next((x for x in items if x.code == said.code.upper()), None)
    return next((x for x in items if x.product in said.products), None)


def _counted(turn: Turn, item: LiveItem, said: ItemSaid) -> int:
    """Base units; a bare number counts what a claim without a unit counts."""
    product, measure = find.product_of(turn, item), said.measure
    if measure is None:
        return 0
    if measure.base == "piece" and (not measure.word or product.base != "piece"):
        return measure.n * _unit(product, item)
    n = stock_amount(product, measure)
    return n if isinstance(n, int) else 0


async def _add_said(
    turn: Turn, live_id: str, items: tuple[LiveItem, ...], said: ItemSaid
) -> list[Say]:
    known = {p.id: p for p in sellable(turn)}
    product = next((known[p] for p in said.products if p in known), None)
    if product is None:
        return await add(turn, live_id)
    n = stock_amount(product, said.measure) if said.measure else 0
    code = "" if any(x.code == said.code for x in items) else said.code
    return await _added(turn, live_id, product, code, n if isinstance(n, int) else 0)


ROUTES: Routes = {
    "li": for_seller(screen(codes, views=2), Right.LIVE),
    "lia": for_seller(screen(add, views=2), Right.LIVE),
    "lis": for_seller(act(switched), Right.LIVE),
    "lic": for_seller(screen(cap, views=2), Right.LIVE),
    "lil": for_seller(screen(limit, views=2), Right.LIVE),
    "lit": for_seller(act(by_words), Right.LIVE),
}
