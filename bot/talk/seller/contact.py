"""Answering customers: until she says "xong", her words go to the one whose name is shown."""

from __future__ import annotations

from bot.shop.problems import NotYourOrder
from bot.shop.roles import EVERY, Right
from bot.shop.says import Choice, Say
from bot.talk.buyer.contact import called, words_say
from bot.talk.session import Session
from bot.talk.turn import BACK, Routes, Turn, act, for_seller_or_owner, screen
from bot.usecases import talks


async def reply(turn: Turn, thread_id: str) -> list[Say]:
    """Open a talk, or carry her words, voice or picture into it."""
    thread = await turn.shop.records.thread(thread_id)
    if thread is None or not _hers(turn.session, thread.seller):
        raise NotYourOrder()
    turn.ask(f"rp:{thread_id}")
    choices = (Choice("xong", "choice-done"), Choice(f"bl:{thread_id}", "choice-block"), BACK)
    if not turn.words and turn.heard.kind not in ("voice", "photo"):
        return [Say("reply-to", {"name": thread.customer_name}, choices=choices)]
    name = called(turn, thread.seller) or ""
    say = words_say("talk-from-seller", name, turn.words, turn.heard.media)
    who, event, now = await turn.who(), turn.heard.event_id, turn.now
    await turn.shop.ledger.put(lambda b: talks.say_to_customer(b, thread_id, say, who, event, now))
    return [Say("reply-sent", {"name": thread.customer_name}, choices=choices)]


def _hers(session: Session, seller: str) -> bool:
    """Her own customers' talks; those that name no seller are the owner's."""
    return session.owner if seller == EVERY else seller == session.seller


async def done(turn: Turn) -> list[Say]:
    turn.ask("")
    hers = (Choice("new", "choice-seller-orders"), Choice("k", "choice-stock"))
    return [Say("reply-done", choices=hers if turn.session.seller else (BACK,))]


ROUTES: Routes = {
    "rp": for_seller_or_owner(screen(reply, views=1), Right.TALK),
    "xong": for_seller_or_owner(act(done), Right.TALK),
}
