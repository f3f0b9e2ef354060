"""Words between a customer and a seller ("gặp người bán"), carried as letters."""

from __future__ import annotations

from bot.shop.people import Person, Thread
from bot.shop.problems import NotYourOrder
from bot.shop.roles import Right, rights_for
from bot.shop.says import Choice, Say
from bot.usecases import letters
from bot.usecases.ports import Books
from bot.usecases.rights import refuse_blocked


def say_to_seller(books: Books, thread: Thread, words: Say, event: str, now: int) -> None:
    """Carry a customer's words to the seller, with a button to answer. Raises Blocked."""
    refuse_blocked(books, thread.customer, thread.seller)
    books.save_thread(thread)
    choices = (Choice(f"rp:{thread.id}", "choice-reply"),)
    say = _with(words, choices)
    for account in books.accounts_of(thread.seller, Right.TALK) or (f"seller:{thread.seller}",):
        letters.post(books, account, say, f"{thread.id}:{event}:{account}", now)


def say_to_customer(
    books: Books, thread_id: str, words: Say, by: Person, event: str, now: int
) -> None:
    """Carry the seller's words back into the customer's own chat."""
    thread = books.thread(thread_id)
    if thread is None or not rights_for(by.grants, thread.seller):
        raise NotYourOrder()
    by.require(Right.TALK, thread.seller)
    choices = (Choice(f"tk:{thread.seller}:{thread.product}", "choice-reply"),)
    letters.post(books, thread.customer, _with(words, choices), f"{thread_id}:{event}", now)


def _with(say: Say, choices: tuple[Choice, ...]) -> Say:
    return Say(say.id, say.fields, say.lines, choices, say.picture, say.clip)
