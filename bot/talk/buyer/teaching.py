"""A sentence that was not understood may be kept to learn from, if the person says so.

Until then it lies, scrubbed, in `session.form` under `UNREAD`, to the next message that is
understood. `unread` is what the rest of the talk calls.
"""

from __future__ import annotations

from bot.shop.people import Person
from bot.shop.says import Choice, Say
from bot.talk.trainer.recording_consent import way_back
from bot.talk.turn import BACK, Routes, Turn, act
from bot.understand.fold import fold
from bot.understand.scrub import goods_words, scrub
from bot.usecases import learning, people

UNREAD = "unread"
"""Where the session's form keeps the scrubbed sentence last not understood."""

OFFER = Choice("teach:yes", "choice-teach-yes")
WITHDRAW = Choice("teach:no", "choice-teach-no")


async def remember_unread(turn: Turn, text: str) -> bool:
    """Keep a sentence that was not understood, scrubbed, if that was agreed to.

    True if the person should be asked now: there is something to keep, and this was never asked.
    Words that answered a question, or go to a seller, are not kept and not asked about.
    """
    session = turn.session
    session.form.pop(UNREAD, None)
    if turn.heard.kind != "text" or session.asking or session.trainer:
        return False
    person = await turn.who()
    kept = _scrubbed(turn, text, person)
    if kept and learning.agreed(person):
        await _note(turn, kept)
    if not kept or learning.agreed(person) or session.teach:
        return False
    session.form[UNREAD] = kept
    session.teach = True
    return True


async def unread(turn: Turn, text: str, say: Say) -> Say:
    """`say`, which tells that the text was not understood, with the choice to let the shop keep it
    where that is to be asked.
    """
    return offer(say) if await remember_unread(turn, text) else say


def offer(say: Say) -> Say:
    """The same message with what keeping means, and the choice to allow it, before "back"."""
    lines = (*say.lines, Say("teach-offer"))
    choices = (
        *(c for c in say.choices if c != BACK),
        OFFER,
        *(c for c in say.choices if c == BACK),
    )
    return Say(say.id, say.fields, lines, choices, picture=say.picture, clip=say.clip)


def _scrubbed(turn: Turn, text: str, person: Person) -> str:
    """What may be kept of the text: nothing that the shop knows to be this person's."""
    form, known = turn.session.form, person.receiver
    names = [form.get("name", ""), known.name if known else ""]
    address = ",".join([form.get("address", ""), known.address if known else ""])
    provinces = {fold(n) for p in turn.shop.catalogue().provinces.values() for n in p.names}
    places = [part for part in address.split(",") if fold(part) not in provinces]
    names = [name for name in names if name not in ("", "call")]
    return scrub(text, names, places, _goods(turn))


def _goods(turn: Turn) -> frozenset[str]:
    products = turn.shop.catalogue().products.values()
    return goods_words(name for p in products for name in (*p.name.values(), *p.aliases))


async def _note(turn: Turn, kept: str) -> None:
    role = "seller" if turn.session.seller else "customer"
    source, now = turn.person.partition(":")[0], turn.now
    await turn.shop.ledger.put(lambda b: learning.note(b, kept, fold(kept), role, source, now))


async def teach(turn: Turn, answer: str) -> list[Say]:
    """Agreed: this sentence and later ones are kept. Withdrawn: none any more."""
    if answer not in ("yes", "no"):
        raise KeyError(answer)
    kept = turn.session.form.pop(UNREAD, "")
    if answer == "no":
        return await _withdraw(turn)
    person, lang, now = turn.person, turn.session.lang, turn.now
    kind, version = learning.CONSENT, learning.CONSENT_VERSION
    await turn.shop.ledger.put(lambda b: people.consent(b, person, kind, version, lang, now))
    turn.session.teach = True
    if kept:
        await _note(turn, kept)
    choices = (Choice("m", "choice-market"), Choice("talk", "choice-talk"), BACK)
    return [Say("teach-kept", choices=choices)]


async def _withdraw(turn: Turn) -> list[Say]:
    person = turn.person
    await turn.shop.ledger.put(lambda b: people.withdraw(b, person, learning.CONSENT))
    turn.session.teach = True
    return [Say("teach-stopped", choices=(Choice("erase", "choice-erase"), BACK))]


async def ways_out(turn: Turn) -> tuple[Choice, ...]:
    """Beside "erase": no longer keep sentences, or lend one's voice, where that was agreed to."""
    mine = (WITHDRAW,) if learning.agreed(await turn.who()) else ()
    return (*mine, *await way_back(turn))


ROUTES: Routes = {"teach": act(teach)}
