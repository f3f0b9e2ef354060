"""A person instead of a machine: words, voice and pictures that go to the right seller."""

from __future__ import annotations

from bot.shop.people import Thread
from bot.shop.roles import EVERY
from bot.shop.says import Choice, Field, Say, Word
from bot.talk.turn import BACK, Routes, Turn, act, screen
from bot.usecases import talks

MOST_WORDS = 1000


async def talk(turn: Turn, product: str = "") -> list[Say]:
    """To the seller of this product, or of the one last looked at, else of the cart; else the
    choice.
    """
    known = turn.product(product or turn.session.last_product)
    if known is None:
        return await _choose_seller(turn)
    return await to_seller(turn, known.seller, known.id)


async def _choose_seller(turn: Turn) -> list[Say]:
    sellers = turn.shop.catalogue().sellers.values()
    choices = [Choice(f"tk:{s.id}", "choice-seller", {"name": s.name}) for s in sellers]
    if await turn.shop.records.read(lambda b: b.owners()):
        choices.append(Choice(f"tk:{EVERY}", "the-owner"))
    return [Say("talk-which", choices=(*choices, BACK))]


def called(turn: Turn, seller: str) -> Field | None:
    """The name a customer knows: of a seller, with EVERY of the owner; None for nobody's."""
    if seller == EVERY:
        return Word("the-owner")
    profile = turn.shop.catalogue().sellers.get(seller)
    return profile.name if profile else None


async def to_seller(turn: Turn, seller: str, product: str = "") -> list[Say]:
    """Ask what to say, or carry it. EVERY: to the owner."""
    name = called(turn, seller)
    if name is None:
        return await _choose_seller(turn)
    if "media" in turn.session.form:
        return await _carry(turn, seller, product, turn.session.form.pop("media"))
    if turn.words or turn.heard.kind in ("voice", "photo"):
        return await _carry(turn, seller, product, turn.heard.media)
    turn.ask(f"tk:{seller}:{product}")
    return [Say("talk-ask", {"name": name}, choices=(BACK,))]


async def _carry(turn: Turn, seller: str, product: str, media: str) -> list[Say]:
    """Write the letter; the talk stays open, so that the next words go the same way."""
    await carry(turn, seller, product, turn.words, media)
    turn.ask(f"tk:{seller}:{product}")
    return [Say("talk-sent", choices=(Choice("home", "choice-done"), BACK))]


async def carry(
    turn: Turn, seller: str, product: str, words: str, media: str = "", order: str = ""
) -> None:
    """A letter to the seller with the customer's words, about a product and an order if known."""
    known = turn.product(product)
    thread = thread_with(turn, seller, product)
    name = thread.customer_name
    of_order = (Say("talk-about-order", {"code": order}),) if order else ()
    about = (*of_order, *((Say("talk-about", {"name": known.name["vi"]}),) if known else ()))
    say = words_say("talk-from-customer", name, words, media, about)
    event, now = turn.heard.event_id, turn.now
    await turn.shop.ledger.put(lambda b: talks.say_to_seller(b, thread, say, event, now))


def thread_with(turn: Turn, seller: str, product: str) -> Thread:
    """The talk between this person and a seller; there is one, whatever it is about."""
    name = turn.session.form.get("name", "")
    return Thread(
        id=turn.shop.hashed(f"{turn.person}/{seller}")[:16],
        customer=turn.person,
        seller=seller,
        product=product,
        customer_name=name if name not in ("", "call") else turn.person.split(":")[-1][:8],
        open=True,
        at=turn.now,
    )


def words_say(id_: str, name: Field, words: str, media: str, about: tuple[Say, ...] = ()) -> Say:
    """Someone's own words, word for word, with the sound or picture they sent."""
    text = words[:MOST_WORDS]
    spoken = (Say("talk-words", {"text": text}),) if text else (Say("talk-media"),)
    return Say(id_, {"name": name}, (*about, *spoken), clip=media)


async def wordless(turn: Turn) -> list[Say]:
    """A voice note or photo out of the blue: it can go to a seller."""
    from bot.talk.buyer.voice_note import out_of_the_blue  # which carries it as this does

    if turn.heard.kind == "voice" and (carried := await out_of_the_blue(turn)):
        return carried
    turn.session.form["media"] = turn.heard.media
    choices = (Choice("talk", "choice-send-to-seller"), Choice("m", "choice-market"), BACK)
    return [Say(f"heard-{turn.heard.kind}", choices=choices)]


ROUTES: Routes = {
    "tk": screen(to_seller, views=2),
    "media": act(wordless),
}
