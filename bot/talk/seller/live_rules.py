"""How a live sells: where viewers buy, its link, how long claims are held, how many parcels."""

from __future__ import annotations

from bot.shop.live import BuyWhere, Live
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Say
from bot.talk.seller import live_find as find
from bot.talk.turn import BACK, Routes, Turn, for_seller, screen
from bot.understand.sellers.live_plans import MOST_PARCELS, plan_said, where_said
from bot.usecases import lives

HOLDS = (15, 30, 60)
"""Minutes offered."""


async def rules(turn: Turn, live_id: str, what: str = "", value: str = "") -> list[Say]:
    """What holds now; `what` asks for another, with a value it is set."""
    live, _ = await find.one(turn, live_id)
    if what and what not in ASKED:
        raise KeyError(what)
    if what in ("link", "parcels") and turn.words:
        return await _said(turn, live, what)
    if what and value:
        return await SETS[what](turn, live, value)
    if what:
        return [ASKED[what](turn, live)]
    return [_shown(live)]


def _shown(live: Live) -> Say:
    of = f"ls:{live.id}"
    lines = [
        Say(f"live-plan-{live.buys}"),
        Say("live-rule-hold", {"n": live.hold_seconds // 60}),
        Say("live-plan-link", {"link": live.link}) if live.link else Say("live-rule-no-link"),
        Say("live-plan-parcels", {"n": live.parcels})
        if live.parcels
        else Say("live-rule-no-parcels"),
    ]
    other = "platform" if live.buys == "chat" else "chat"
    choices = (
        Choice(f"{of}:buys:{other}", f"choice-live-buy-{other}"),
        Choice(f"{of}:hold", "choice-live-hold"),
        Choice(f"{of}:link", "choice-live-link"),
        Choice(f"{of}:parcels", "choice-live-parcels"),
        Choice(f"live:{live.id}", "choice-live-open"),
        BACK,
    )
    return Say("live-rules", find.at_of(live), tuple(lines), choices)


def _ask_hold(turn: Turn, live: Live) -> Say:
    choices = tuple(
        Choice(f"ls:{live.id}:hold:{n}", "choice-live-minutes", {"n": n}) for n in HOLDS
    )
    return Say("live-hold-ask", choices=(*choices, BACK))


def _ask_link(turn: Turn, live: Live) -> Say:
    turn.ask(f"ls:{live.id}:link")
    return Say("live-link-ask", choices=(BACK,))


def _ask_parcels(turn: Turn, live: Live) -> Say:
    turn.ask(f"ls:{live.id}:parcels")
    return Say("live-parcels-number", choices=(BACK,))


def _ask_buys(turn: Turn, live: Live) -> Say:
    return _shown(live)


ASKED = {"hold": _ask_hold, "link": _ask_link, "parcels": _ask_parcels, "buys": _ask_buys}


async def _said(turn: Turn, live: Live, what: str) -> list[Say]:
    """A link or a number in her words; asked once more if there is none."""
    words, turn.words = turn.words, ""
    if what == "link":
        got = turn.understood or await turn.understand(words)
        link = plan_said(got.message, (), turn.now).link
        return await _link(turn, live, link) if link else [_ask_link(turn, live)]
    digits = "".join(c for c in words if c.isdigit())
    fits = digits and int(digits) <= MOST_PARCELS
    return await _parcels(turn, live, digits) if fits else [_ask_parcels(turn, live)]


async def _hold(turn: Turn, live: Live, value: str) -> list[Say]:
    if int(value) not in HOLDS:
        raise KeyError(value)
    return await _changed(turn, live, hold_seconds=int(value) * 60)


async def _buys(turn: Turn, live: Live, value: str) -> list[Say]:
    if value not in ("chat", "platform"):
        raise KeyError(value)
    buys: BuyWhere = "platform" if value == "platform" else "chat"
    if buys == "chat" and where_said(live.link) == "platform":
        turn.notes.append(Say("live-platform-forbids"))
    return await _changed(turn, live, buys=buys)


async def _link(turn: Turn, live: Live, value: str) -> list[Say]:
    """TikTok Shop and Shopee forbid pointing viewers elsewhere: their links switch it over."""
    if where_said(value) == "platform" and live.buys == "chat":
        turn.notes.append(Say("live-link-switches"))
        return await _changed(turn, live, link=value, buys="platform")
    return await _changed(turn, live, link=value)


async def _parcels(turn: Turn, live: Live, value: str) -> list[Say]:
    return await _changed(turn, live, parcels=min(int(value), MOST_PARCELS))


SETS = {"hold": _hold, "link": _link, "parcels": _parcels, "buys": _buys}


async def _changed(turn: Turn, live: Live, **new: Field) -> list[Say]:
    who, live_id = await turn.who(), live.id
    after = await turn.shop.ledger.put(lambda b: lives.change(b, live_id, who, turn.now, **new))  # type: ignore[arg-type]
    say = _shown(after)
    return [Say("live-rules-set", say.fields, say.lines, say.choices)]


ROUTES: Routes = {"ls": for_seller(screen(rules, views=2), Right.LIVE)}
