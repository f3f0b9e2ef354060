"""The card of a live that is planned: when, what, for how much, where; to say yes to."""

from __future__ import annotations

from collections.abc import Sequence

from bot.shop.product import Product
from bot.shop.says import Choice, Field, Moment, Say
from bot.talk.seller import live_find as find
from bot.talk.seller.live_draft import Draft, codes_of
from bot.talk.seller.stock import hers
from bot.talk.turn import BACK, Turn

MOST_SHOWN = 4


def card(turn: Turn, draft: Draft, taken: Sequence[str]) -> Say:
    """taken: codes the live has already."""
    lines = (*_goods_lines(turn, draft, taken), *_way_lines(turn, draft, taken))
    id_ = "live-plan-now" if draft.now else ("live-plan-more" if draft.live else "live-plan")
    at: dict[str, Field] = {} if draft.now else {"at": Moment(draft.at)}
    return Say(id_, at, lines, _choices(draft))


def _goods_lines(turn: Turn, draft: Draft, taken: Sequence[str]) -> tuple[Say, ...]:
    if not draft.goods:
        return (Say("live-plan-no-goods"),)
    known = {p.id: p for p in hers(turn)}
    pairs = [(c, known[p]) for c, p in codes_of(draft, taken) if p in known]
    lines = [_goods_line(turn, draft, code, product) for code, product in pairs[:MOST_SHOWN]]
    if len(pairs) > MOST_SHOWN:
        lines.append(Say("live-plan-others", {"n": len(pairs) - MOST_SHOWN}))
    return tuple(lines)


def _goods_line(turn: Turn, draft: Draft, code: str, product: Product) -> Say:
    free = turn.level(product.id).free
    fields: dict[str, Field] = {"code": code, "name": product.name["vi"]}
    rate, cap = find.rate_of(turn, product), draft.cap_of(product.id)
    if rate is None:
        return Say("live-plan-item-bare", fields)
    fields |= {"rate": rate, "left": product.amount(free)}
    if cap:
        return Say("live-plan-item-cap", fields | {"most": product.amount(cap)})
    return Say("live-plan-item" if free else "live-plan-item-none", fields)


def _way_lines(turn: Turn, draft: Draft, taken: Sequence[str]) -> tuple[Say, ...]:
    """Where viewers buy, the link, how many parcels; what is as usual is not said."""
    lines = [Say(f"live-plan-{draft.place}")] if draft.buys or not draft.live else []
    if draft.link:
        lines.append(Say("live-plan-link", {"link": draft.link}))
    known = {p.id: p for p in hers(turn)}
    codes = {p: c for c, p in codes_of(draft, taken)}
    for product, n in draft.limits:
        most: dict[str, Field] = {"code": codes[product], "most": known[product].amount(n)}
        lines.append(Say("live-plan-limit", most))
    if draft.parcels:
        lines.append(Say("live-plan-parcels", {"n": draft.parcels}))
    return tuple(lines)


def _choices(draft: Draft) -> tuple[Choice, ...]:
    other = "choice-live-buy-platform" if draft.place == "chat" else "choice-live-buy-chat"
    fresh = (Choice("lvt", "choice-live-other-hour"), Choice("lvb", other))
    return (
        Choice(f"lvok:{draft.id}:yes", "choice-live-yes"),
        Choice("lvg", "choice-live-add-goods"),
        *(fresh if not draft.live else ()),
        Choice(f"lvno:{draft.id}", "choice-live-drop"),
        BACK,
    )
