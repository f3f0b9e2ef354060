"""A customer's voice note: made clean before anybody hears it, carried to the seller as sound,
kept with the order it speaks of.
"""

from __future__ import annotations

from msgspec.structs import replace

from bot.shop.media_problems import NotAVoice
from bot.shop.problems import Problem
from bot.shop.roles import EVERY
from bot.shop.says import Choice, Say
from bot.talk.buyer.contact import called, carry
from bot.talk.refusals import refused
from bot.talk.turn import BACK, Turn
from bot.usecases import order_voices

RECORDS = "rcv"
"""The question a trainer's recording answers; it is made clean as a clip."""

VOICES = "voices"
"""Where the form keeps what was said while an order is being made."""

MOST_KEPT = 10


async def refusal(turn: Turn) -> list[Say]:
    """Why this is no voice note we can use; empty if it is one, of which only the clean sound goes
    on.
    """
    heard, session = turn.heard, turn.session
    if heard.kind != "voice" or session.seller or session.asking.startswith(RECORDS):
        return []
    try:
        ref = await turn.shop.studio.voice(heard.media, turn.person)
    except KeyError:
        return refused(turn, NotAVoice())
    except Problem as problem:
        return refused(turn, problem)
    turn.heard = replace(heard, media=ref)
    return []


def remember(turn: Turn) -> None:
    """Said while an order is being made: it stays with that order."""
    form = turn.session.form
    known = form.get(VOICES, "").split()
    if turn.heard.media not in known:
        form[VOICES] = " ".join([*known, turn.heard.media][-MOST_KEPT:])


def said_in(form: dict[str, str]) -> tuple[str, ...]:
    """Every note of the order in hand, the address among them."""
    return tuple(dict.fromkeys([*form.get(VOICES, "").split(), *_address(form)]))


def _address(form: dict[str, str]) -> list[str]:
    return [form["voice"]] if form.get("voice") else []


async def passed_on(turn: Turn) -> Say | None:
    """The note goes to the seller who is meant: of the goods last looked at, of the cart, or of
    the order under way; else to the owner. None only where several could be meant and the shop
    has no owner.
    """
    orders = await turn.shop.records.orders_of(turn.person)
    seller, product = _meant(turn)
    order = order_voices.open_order(orders, seller)
    seller = seller or (order.seller if order else await _nobody_named(turn))
    name = called(turn, seller)
    if name is None:
        return None
    code = order.code if order else ""
    await carry(turn, seller, product, "", turn.heard.media, order=code)
    if code:
        ref, person, now = turn.heard.media, turn.person, turn.now
        await turn.shop.ledger.put(lambda b: order_voices.keep(b, code, ref, person, now))
    return Say("voice-passed-on", {"name": name})


async def _nobody_named(turn: Turn) -> str:
    """The only seller there is, else the owner; empty if there is none."""
    sellers = list(turn.shop.catalogue().sellers)
    if len(sellers) == 1:
        return sellers[0]
    return EVERY if await turn.shop.records.read(lambda b: b.owners()) else ""


def _meant(turn: Turn) -> tuple[str, str]:
    """Seller and product; the seller alone where the cart is all from one."""
    known = turn.product(turn.session.last_product)
    if known is not None:
        return known.seller, known.id
    goods = (turn.product(line.product) for line in turn.session.cart)
    sellers = {p.seller for p in goods if p is not None}
    return (next(iter(sellers)), "") if len(sellers) == 1 else ("", "")


async def out_of_the_blue(turn: Turn) -> list[Say]:
    """Carried at once where it is plain to whom; else the choice."""
    said = await passed_on(turn)
    if said is None:
        return []
    choices = (Choice("m", "choice-market"), Choice("o", "choice-orders"), BACK)
    guessed = await guess(turn)
    return [said, guessed] if guessed else [replace(said, choices=choices)]


HEARD = "heard"
"""Where the form keeps the words a voice note was taken for, until she says whether they are."""

IS_RIGHT = "vg:yes"


async def guess(turn: Turn) -> Say | None:
    """What a transcriber took the note for, to be confirmed; it has been passed on already."""
    transcriber = turn.shop.transcriber
    words = await transcriber.text(turn.heard.media) if transcriber else ""
    if not words:
        return None
    turn.session.form[HEARD] = words
    choices = (Choice(IS_RIGHT, "choice-heard-right"), Choice("home", "choice-heard-wrong"), BACK)
    return Say("voice-heard-as", {"text": words}, choices=choices)


def confirmed(turn: Turn) -> None:
    """After her yes the words are read as if she had typed them, with every question that asks."""
    if turn.heard.kind != "tap" or turn.heard.text != IS_RIGHT:
        return
    if words := turn.session.form.pop(HEARD, ""):
        turn.heard = replace(turn.heard, kind="text", text=words)


async def carried_beside(turn: Turn) -> None:
    """A note that answers nothing here still reaches the seller, if it is plain which."""
    if turn.heard.kind != "voice" or all(n.id != "voice-not-here" for n in turn.notes):
        return
    if said := await passed_on(turn):
        turn.notes.append(said)
