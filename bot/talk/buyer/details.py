"""Reading the answers of the checkout form: phone, name, address, province, note."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.shop.problems import Problem
from bot.shop.says import Choice, Say
from bot.talk.buyer.changing import change_cart
from bot.talk.buyer.checkout import QUESTIONS, STEPS, checkout, question, refill
from bot.talk.buyer.form_words import GOING
from bot.talk.buyer.ordering import order
from bot.talk.buyer.voice_note import remember
from bot.talk.refusals import refused
from bot.talk.turn import BACK, Routes, Turn, act
from bot.understand.fold import fold
from bot.understand.names_of_people import name_in
from bot.understand.order_words import has_no_phone
from bot.understand.phones import Phone, read_phone
from bot.understand.provinces import find_province
from bot.understand.signs import says_nothing
from bot.understand.stop_words import may_be_name

NEAR = "near"
"""Where the form keeps a province that was said before the address."""

MOST_NAME, MOST_ADDRESS, MOST_NOTE = 80, 300, 500
LEAST_ADDRESS, LEAST_ADDRESS_WORDS = 4, 3
"""Characters and words: "Hà Nội" alone is a province, not an address."""


async def answer(turn: Turn, step: str) -> list[Say]:
    """Words, a contact or a voice note in answer to a step of the form."""
    if turn.heard.kind == "voice":
        return await _voice(turn, step)
    return await READERS[step](turn)


async def _phone(turn: Turn) -> list[Say]:
    if has_no_phone(turn.words):
        turn.ask("a:phone")
        return [Say("phone-none", choices=(Choice("talk", "choice-talk"), BACK))]
    got = read_phone(turn.words)
    if not isinstance(got, Phone):
        return [_again(turn, "phone", f"phone-{got.why}")]
    if got.converted_from:
        fields = {"old": got.converted_from, "new": got.number}
        turn.notes.append(Say("phone-converted", fields))
    return await _set(turn, "phone", got.number)


async def _name(turn: Turn) -> list[Say]:
    name = name_in(turn.words)
    named = name[:1].isupper() and may_be_name(name)  # "Dung", not "đúng"
    if not named and (turn.shop.commands.says_yes(name) or turn.shop.commands.says_no(name)):
        return [_again(turn, "name", "name-unclear")]
    if not 1 < len(name) <= MOST_NAME or not any(c.isalpha() for c in name):
        return [_again(turn, "name", "name-unclear")]
    return await _set(turn, "name", name)


async def _address(turn: Turn) -> list[Say]:
    """Kept word for word; the province in it is recognised beside it, never in its place."""
    address = turn.words.strip()
    if len(address) > MOST_ADDRESS:
        return [_again(turn, "address", "address-too-long")]
    alone = len(address.split()) < LEAST_ADDRESS_WORDS
    if len(address) < LEAST_ADDRESS or alone or not any(c.isalpha() for c in address):
        if _recognise(turn, address):
            turn.session.form[NEAR] = turn.session.form.pop("province")
        return [_again(turn, "address", "address-unclear")]
    near = turn.session.form.pop(NEAR, "")
    if not _recognise(turn, address) and near:
        turn.session.form |= {"province": near, "place": _place(turn, near)}
    return await _set(turn, "address", address)


def _recognise(turn: Turn, text: str) -> bool:
    provinces = turn.shop.catalogue().provinces
    found = find_province(text, provinces)
    if len(found) == 1:
        turn.session.form["province"] = str(found[0])
        turn.session.form["place"] = provinces[found[0]].name
    else:
        turn.session.form.pop("province", None)
    return len(found) == 1


def _place(turn: Turn, code: str) -> str:
    return turn.shop.catalogue().provinces[int(code)].name


async def _province(turn: Turn) -> list[Say]:
    """Its name; the name of a province of old stays readable in the address, and a whole address
    takes the place of the one before.
    """
    said, form = turn.words.strip(), turn.session.form
    if not _recognise(turn, said):
        turn.ask("a:province")
        return [Say("province-unclear", choices=(Choice("pv:0", "choice-show-provinces"), BACK))]
    spoken = form.get("address", "") in ("", "call", "voice")
    if any(c.isdigit() for c in said) and len(said.split()) > LEAST_ADDRESS_WORDS:
        form["address"] = said[:MOST_ADDRESS]
    elif not spoken and fold(form["place"]) not in fold(said):
        form["address"] = f"{form['address']}, {said}"[:MOST_ADDRESS]
    return await _go_on(turn)


async def _note(turn: Turn) -> list[Say]:
    note = turn.words.strip()
    commands = turn.shop.commands
    if commands.agrees(note):
        note = turn.session.form.get("note", "-")
    if commands.says_no(note) or says_nothing(note):
        note = "-"
    if len(note) > MOST_NOTE:
        return [_again(turn, "note", "note-too-long")]
    return await _set(turn, "note", note)


async def _voice(turn: Turn, step: str) -> list[Say]:
    """An address or name said in a voice note goes to the seller as sound; she completes the
    order.
    """
    remember(turn)
    if step not in ("address", "name", "note"):
        return [_again(turn, step, "voice-not-here")]
    if step == "address" or "voice" not in turn.session.form:
        turn.session.form["voice"] = turn.heard.media
    return await _set(turn, step, {"address": "voice", "name": "call", "note": "-"}[step])


def _again(turn: Turn, step: str, reason: str) -> Say:
    """Why it could not be read; the question stays open."""
    turn.ask(f"a:{step}")
    return Say(reason, choices=(*QUESTIONS.get(step, ()), BACK))


async def _set(turn: Turn, step: str, value: str) -> list[Say]:
    turn.session.form[step] = value
    return await _go_on(turn)


async def _go_on(turn: Turn) -> list[Say]:
    turn.ask("")
    turn.words = ""
    return await checkout(turn)


async def choose(turn: Turn, step: str, value: str) -> list[Say]:
    """An answer that was a button; only buttons that were really offered are."""
    if f"set:{step}:{value}" not in {c.id for c in QUESTIONS[step]}:
        raise KeyError(step)
    return await _set(turn, step, value)


async def province(turn: Turn, code: str) -> list[Say]:
    turn.session.form |= {"province": code, "place": _place(turn, code)}
    return await _go_on(turn)


async def correct(turn: Turn, step: str) -> list[Say]:
    """Another name, number or address in words; asked for if it was not said. What is read again
    is the whole order.
    """
    if not turn.words:
        return await refill(turn, step)
    if step == "province" and not _recognise(turn, turn.words):
        return await question(turn, step)
    return await READERS[step](turn)


async def put_off(turn: Turn) -> list[Say]:
    """Not now: the cart and what was filled in stay; nothing goes on by itself."""
    turn.session.form.pop(GOING, None)
    choices = (
        Choice("cart", "choice-cart"),
        Choice("m", "choice-more-goods"),
        Choice("empty", "choice-empty-cart"),
        Choice("home", "choice-home"),
    )
    return [Say("order-put-off", choices=choices)]


async def wait(turn: Turn, step: str) -> list[Say]:
    """She needs a moment; the question stays."""
    if step not in STEPS:
        raise KeyError(step)
    return [Say("form-waits"), *await question(turn, step)]


async def more(turn: Turn, kind: str, step: str) -> list[Say]:
    """Goods wanted in the middle of the form: into the cart, then the question again."""
    if kind not in ("want", "chg") or step not in STEPS:
        raise KeyError(kind)
    try:
        says = await (change_cart(turn) if kind == "chg" else order(turn))
    except Problem as problem:
        says = refused(turn, problem)
    turn.words = ""
    if turn.session.asking or not turn.session.cart:
        return says
    return [*(Say(s.id, s.fields, s.lines) for s in says), *await question(turn, step)]


READERS: dict[str, Callable[[Turn], Awaitable[list[Say]]]] = {
    "phone": _phone,
    "name": _name,
    "address": _address,
    "province": _province,
    "note": _note,
}

ROUTES: Routes = {
    "a": act(answer),
    "set": act(choose),
    "prov": act(province),
    "fx": act(correct),
    "later": act(put_off),
    "wait": act(wait),
    "more": act(more),
}
