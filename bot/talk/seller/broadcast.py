"""What a seller tells those who follow her: her words, photo or voice, whom, a look, and yes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.shop.follow import Broadcast
from bot.shop.product import Product
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Moment, Say, Word
from bot.talk.seller.broadcast_reach import closed_pages, lost_lines
from bot.talk.seller.new_product_media import KINDS, cleaned
from bot.talk.seller.stock import hers
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.understand.sellers.broadcasts import BroadcastSaid, broadcast_of
from bot.usecases import broadcast_audience, broadcasts
from bot.usecases.broadcast_audience import Audience

MOST_WORDS = 600
"""More is read by nobody on a small phone."""
MOST_SHOWN = 7
LANGS = ("vi", "hmn", "en")


async def ask(turn: Turn) -> list[Say]:
    """What she wants told, then how it will look. Refused politely if it is too long."""
    said = broadcast_of(turn.words, turn.shop.catalogue().provinces)
    kind = turn.heard.kind
    if not said.words and kind not in KINDS:
        turn.ask("nk")
        past = Choice("nkl", "choice-broadcast-past")
        return [Say("broadcast-ask", choices=(past, BACK))]
    if len(said.words) > MOST_WORDS:
        turn.ask("nk")
        fields: dict[str, Field] = {"n": len(said.words), "most": MOST_WORDS}
        return [Say("broadcast-too-long", fields, choices=(BACK,))]
    turn.ask("")
    made = await _drafted(turn, said)
    goods = said.product if not made.product else ""
    if said.whom or goods or len(said.places) > 1:
        unclear = said.whom or goods or said.words[:40]
        turn.notes.append(Say("broadcast-whom-unclear", {"whom": unclear}))
        return await whom(turn, made.id)
    return await look(turn, made.id)


async def _drafted(turn: Turn, said: BroadcastSaid) -> Broadcast:
    kept = await cleaned(turn, turn.heard.kind, turn.heard.media) if _carries(turn) else {}
    product = _product(turn, said.product)
    wish = Broadcast(
        f"b{turn.change_id()[:10]}",
        turn.session.seller,
        turn.person,
        turn.now,
        "draft",
        said.words or (turn.heard.text.strip() if _carries(turn) else ""),
        kept.get("photo", ""),
        kept.get("voice", ""),
        said.lang,
        said.places[0] if len(said.places) == 1 else 0,
        product.id if product else "",
    )
    who = await turn.who()
    return await turn.shop.ledger.put(lambda b: broadcasts.draft(b, wish, who))


def _carries(turn: Turn) -> bool:
    """A film is too heavy to be sent to everybody."""
    return turn.heard.kind in ("photo", "voice")


def _product(turn: Turn, words: str) -> Product | None:
    mine = {p.id for p in hers(turn)}
    found = [p for p in turn.named(words) if p.id in mine] if words else []
    return found[0] if len(found) == 1 else None


# the look before it goes


async def look(turn: Turn, broadcast_id: str) -> list[Say]:
    """Exactly what they will get, then how many, who not and why, how long it takes."""
    who, shop = await turn.who(), turn.shop
    known = await shop.records.read(lambda b: broadcasts.find(b, broadcast_id, who))
    if known.state != "draft":
        return await _to_report(turn, broadcast_id)
    seen = await _seen(turn, known)
    letter = broadcasts.spoken(known, turn.seller_name)
    shown = Say(letter.id, letter.fields, picture=letter.picture, clip=letter.clip)
    fields: dict[str, Field] = {"people": len(seen.audience.agreed), "to": _aimed(turn, known)}
    whom_ = Choice(f"nkw:{known.id}", "choice-broadcast-whom")
    other = Choice("nk", "choice-broadcast-words")
    drop = Choice(f"nkx:{known.id}", "choice-broadcast-drop")
    if not seen.audience.agreed:
        aimed = known.lang or known.place or known.product
        id_ = "broadcast-nobody" if aimed else "broadcast-no-followers"
        ways = (whom_, other) if aimed else (Choice("lk", "choice-links"), other)
        return [Say(id_, fields, choices=(*ways, drop, BACK))]
    send = Choice(f"nks:{known.id}", "choice-broadcast-send", {"people": seen.audience.reached})
    call = (Choice(f"nkc:{known.id}", "choice-to-call"),) if seen.audience.lost else ()
    choices = (send, whom_, other, *call, drop, BACK)
    return [Say("broadcast-looks"), shown, Say("broadcast-preview", fields, seen.lines, choices)]


async def _to_report(turn: Turn, broadcast_id: str) -> list[Say]:
    from bot.talk.seller.broadcast_report import report

    return await report(turn, broadcast_id)


@dataclass(frozen=True, slots=True)
class _Seen:
    audience: Audience
    lines: tuple[Say, ...]


async def _seen(turn: Turn, broadcast: Broadcast) -> _Seen:
    rules, now = turn.shop.rules, turn.now
    audience = await turn.shop.records.read(
        lambda b: broadcast_audience.audience(
            b, broadcast, closed_pages(b), rules.messages_per_day, now
        )
    )
    plan = broadcast_audience.plan(audience.reached, rules.letters_per_second, now)
    lines = [*lost_lines(Counter(why for _, why in audience.lost))]
    if audience.full:
        lines.append(Say("broadcast-full", {"people": audience.full}))
    minutes = max(1, -(-(plan.ends - max(now, plan.starts)) // 60))
    id_ = "broadcast-takes" if plan.starts <= now else "broadcast-takes-morning"
    starts, ends = Moment(plan.starts), Moment(plan.ends)
    lines.append(Say(id_, {"minutes": minutes, "starts": starts, "ends": ends}))
    return _Seen(audience, tuple(lines))


def _aimed(turn: Turn, broadcast: Broadcast) -> Field:
    """Whom it is for, in words; everybody if nothing was chosen."""
    if broadcast.product:
        product = turn.product(broadcast.product)
        return product.name["vi"] if product else broadcast.product
    if broadcast.place:
        return turn.shop.catalogue().provinces[broadcast.place].name
    return Word(f"broadcast-to-{broadcast.lang or 'all'}")


# whom


async def whom(turn: Turn, broadcast_id: str, what: str = "") -> list[Say]:
    """Everybody, or by language, place, goods."""
    choices: tuple[Choice, ...]
    if what == "lang":
        choices = await _langs(turn, broadcast_id)
    elif what == "place":
        choices = await _places(turn, broadcast_id)
    elif what == "goods":
        choices = await _goods(turn, broadcast_id)
    else:
        kinds = ("lang", "place", "goods")
        more = (Choice(f"nkw:{broadcast_id}:{k}", f"choice-broadcast-by-{k}") for k in kinds)
        choices = (Choice(f"nka:{broadcast_id}:all", "choice-broadcast-all"), *more)
    if not choices:
        turn.notes.append(Say("broadcast-no-such-people"))
        return await whom(turn, broadcast_id)
    return [Say("broadcast-whom", choices=(*choices, BACK))]


async def _langs(turn: Turn, broadcast_id: str) -> tuple[Choice, ...]:
    seller = turn.session.seller
    langs, _ = await turn.shop.records.read(lambda b: broadcast_audience.choices_of(b, seller))
    known = [x for x in LANGS if x in langs]
    return tuple(Choice(f"nka:{broadcast_id}:{x}", f"choice-broadcast-lang-{x}") for x in known)


async def _places(turn: Turn, broadcast_id: str) -> tuple[Choice, ...]:
    seller, provinces = turn.session.seller, turn.shop.catalogue().provinces
    _, found = await turn.shop.records.read(lambda b: broadcast_audience.choices_of(b, seller))
    return tuple(
        Choice(f"nka:{broadcast_id}:place:{p}", "choice-name", {"name": provinces[p].name})
        for p in found
        if p in provinces
    )


async def _goods(turn: Turn, broadcast_id: str) -> tuple[Choice, ...]:
    mine: Sequence[Product] = list(hers(turn))
    liked = await turn.shop.records.read(lambda b: broadcast_audience.likes_of(b, list(mine)))
    return tuple(
        Choice(f"nka:{broadcast_id}:g:{p.id}", "choice-name", {"name": p.name["vi"]})
        for p in liked[:MOST_SHOWN]
    )


async def aim(turn: Turn, broadcast_id: str, by: str, what: str = "") -> list[Say]:
    """Raises NoSuchBroadcast once it was sent."""
    who = await turn.who()
    lang = by if by in LANGS else ""
    place = int(what) if by == "place" and what.isdecimal() else 0
    product = what if by == "g" else ""
    await turn.shop.ledger.put(
        lambda b: broadcasts.aim(b, broadcast_id, who, lang=lang, place=place, product=product)
    )
    return await look(turn, broadcast_id)


async def send(turn: Turn, broadcast_id: str) -> list[Say]:
    """Her yes; twice is once."""
    who, now = await turn.who(), turn.now
    await turn.shop.ledger.put(
        lambda b: broadcasts.send(b, broadcast_id, who, turn.seller_name, now)
    )
    turn.notes.append(Say("broadcast-sending"))
    return await _to_report(turn, broadcast_id)


ROUTES: Routes = {
    "nk": for_seller(screen(ask), Right.LIVE),
    "nkv": for_seller(screen(look, views=1), Right.LIVE),
    "nkw": for_seller(screen(whom, views=2), Right.LIVE),
    "nka": for_seller(act(aim), Right.LIVE),
    "nks": for_seller(act(send), Right.LIVE),
}
