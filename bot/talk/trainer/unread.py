"""Teaching: the sentences nobody understood, most frequent first, and what each of them means."""

from __future__ import annotations

import re

from bot.shop.problems import NoSuchSentence
from bot.shop.says import Choice, Field, Say, Word
from bot.shop.unread import Unread
from bot.talk.turn import BACK, Routes, Turn, act, for_trainer, screen
from bot.understand.fold import fold
from bot.understand.inventory import INTENTS, Role, intents_of
from bot.understand.pairing import WhyWish
from bot.understand.pieces import Measure
from bot.understand.scrub import MARKS
from bot.usecases import learning

A_PAGE = 6
"""Choices on a page, so that with "more" and "back" eight digits are enough."""

TITLE = 32
"""Characters of a sentence on a button; the whole stands in the lines above."""

MOST_GUESSES = 3
LEAST_ALIAS, MOST_ALIAS = 2, 60
TAUGHT = "taught"
"""Where the session's form keeps the sentence last assigned or passed over, for "undo"."""

COMMON: dict[Role, tuple[str, ...]] = {
    "customer": ("order", "ask_price", "ask_stock"),
    "seller": ("set_stock", "list_orders", "list_stock"),
}
"""Offered where nothing better is known."""


async def listed(turn: Turn, page: str = "0") -> list[Say]:
    """A page of open sentences with how often each was said."""
    start = int(page) * A_PAGE
    found = await turn.shop.records.unread_sentences("open", start, A_PAGE + 1)
    if not found and start:
        return await listed(turn)
    shown = found[:A_PAGE]
    lines = tuple(Say("trainer-sentence", {"text": s.text, "count": s.count}) for s in shown)
    choices = [Choice(f"un:{s.id}", "choice-sentence", {"text": _title(s.text)}) for s in shown]
    if len(found) > A_PAGE:
        choices.append(Choice(f"unread:{int(page) + 1}", "choice-more"))
    last = _undo(turn) if not shown else ()
    head = "trainer-sentences" if shown else "trainer-nothing-left"
    return [Say(head, lines=lines, choices=(*choices, *last, BACK))]


def _title(text: str) -> str:
    return text if len(text) <= TITLE else text[: TITLE - 1].rstrip() + "…"


def _undo(turn: Turn) -> tuple[Choice, ...]:
    last = turn.session.form.get(TAUGHT, "")
    return (Choice(f"uu:{last}", "choice-undo-teaching"),) if last else ()


async def one(turn: Turn, sentence: str) -> list[Say]:
    """A sentence and the likeliest things it may mean."""
    found = await _open(turn, sentence)
    guesses = tuple(
        Choice(f"ua:{sentence}:{intent}", _name(intent)) for intent in await _guesses(turn, found)
    )
    choices = (
        *guesses,
        Choice(f"ui:{sentence}:0", "choice-other-intent"),
        Choice(f"up:{sentence}", "choice-is-product"),
        Choice(f"ux:{sentence}", "choice-skip-sentence"),
        *_undo(turn),
        BACK,
    )
    fields: dict[str, Field] = {"text": found.text, "count": found.count}
    return [Say(f"trainer-one-{found.role}", fields, choices=choices)]


async def _open(turn: Turn, sentence: str) -> Unread:
    found = await turn.shop.records.unread(sentence)
    if found is None or found.state != "open":
        raise NoSuchSentence()
    return found


def _name(intent: str) -> str:
    """The message id of an intent's Vietnamese name."""
    return f"intent-{intent.replace('_', '-')}"


def _role(sentence: Unread) -> Role:
    return "seller" if sentence.role == "seller" else "customer"


async def _guesses(turn: Turn, sentence: Unread) -> list[str]:
    """Up to three intents of the speaker's role, likeliest first."""
    role = _role(sentence)
    got = await turn.shop.understanding.understand(sentence.text, role, "vi", _fits)
    ranked = [name for name, _ in got.ranking if role in INTENTS.get(name, ())]
    return list(dict.fromkeys([*ranked[:MOST_GUESSES], *COMMON[role]]))[:MOST_GUESSES]


def _fits(product: str, measure: Measure) -> WhyWish:
    """Amounts do not matter here: nothing is bought."""
    return ""


async def intents(turn: Turn, sentence: str, page: str) -> list[Say]:
    """All intents of the speaker's role, a page at a time."""
    found = await _open(turn, sentence)
    names, start = intents_of(_role(found)), int(page) * A_PAGE
    choices = [Choice(f"ua:{sentence}:{x}", _name(x)) for x in names[start : start + A_PAGE]]
    if start + A_PAGE < len(names):
        choices.append(Choice(f"ui:{sentence}:{int(page) + 1}", "choice-more"))
    return [Say("trainer-which-intent", {"text": found.text}, choices=(*choices, BACK))]


async def assign(turn: Turn, sentence: str, intent: str) -> list[Say]:
    """The sentence becomes an example of this intent; then the next one."""
    if intent not in INTENTS:
        raise KeyError(intent)
    who, now = turn.person, turn.now
    found = await turn.shop.ledger.put(
        lambda b: learning.assign_intent(b, sentence, intent, who, now)
    )
    turn.notes.append(Say("trainer-assigned", {"text": found.text, "intent": Word(_name(intent))}))
    return await _next(turn, sentence)


async def passed(turn: Turn, sentence: str) -> list[Say]:
    """Nothing to learn from it."""
    who, now = turn.person, turn.now
    found = await turn.shop.ledger.put(lambda b: learning.drop(b, sentence, who, now))
    turn.notes.append(Say("trainer-dropped", {"text": found.text}))
    return await _next(turn, sentence)


async def _next(turn: Turn, sentence: str) -> list[Say]:
    """The most frequent sentence still open, in place of the one just done."""
    turn.session.form[TAUGHT] = sentence
    turn.session.trail = [r for r in turn.session.trail if sentence not in r.split(":")]
    found = await turn.shop.records.unread_sentences("open", 0, 1)
    if not found:
        return await listed(turn)
    turn.session.trail.append(f"un:{found[0].id}")
    return await one(turn, found[0].id)


async def undo(turn: Turn, sentence: str) -> list[Say]:
    """Open again what was just assigned or passed over."""
    who = turn.person
    turn.session.form.pop(TAUGHT, None)
    found = await turn.shop.ledger.put(lambda b: learning.undo(b, sentence, who))
    turn.notes.append(Say("trainer-undone", {"text": found.text}))
    turn.session.trail.append(f"un:{sentence}")
    return await one(turn, sentence)


async def product(turn: Turn, sentence: str) -> list[Say]:
    """Which product do people mean by it? She types the name."""
    found = await _open(turn, sentence)
    fields = {"text": found.text}
    if not turn.words:
        turn.ask(f"up:{sentence}")
        return [Say("trainer-which-product", fields, choices=(BACK,))]
    named = turn.named(turn.words)
    if len(named) == 1:
        turn.words = ""
        return await alias(turn, sentence, named[0].id)
    turn.ask(f"up:{sentence}")
    choices = tuple(
        Choice(f"uw:{sentence}:{p.id}", "choice-product", {"name": p.name["vi"]})
        for p in named[:A_PAGE]
    )
    head = "trainer-several-products" if named else "trainer-no-such-product"
    return [Say(head, fields, choices=(*choices, BACK))]


async def alias(turn: Turn, sentence: str, product_id: str) -> list[Say]:
    """Which words of the sentence name the product? She types them."""
    found, known = await _open(turn, sentence), turn.shop.catalogue().products[product_id]
    words = " ".join(turn.words.split())
    fields = {"text": found.text, "name": known.name["vi"]}
    if not words or not _stands_in(words, found):
        turn.ask(f"uw:{sentence}:{product_id}")
        return [
            Say("trainer-not-in-it" if words else "trainer-which-words", fields, choices=(BACK,))
        ]
    who, now = turn.person, turn.now
    await turn.shop.ledger.put(
        lambda b: learning.assign_alias(b, sentence, product_id, words, who, now)
    )
    turn.notes.append(Say("trainer-aliased", {"alias": words, "name": known.name["vi"]}))
    turn.words = ""
    return await _next(turn, sentence)


def _stands_in(words: str, sentence: Unread) -> bool:
    """True if these are whole words of the sentence, however they are accented."""
    wanted = " ".join(re.findall(r"\w+", fold(words)))
    there = " ".join(re.findall(r"\w+", sentence.folded))
    has_letters = any(c.isalpha() for c in wanted) and not MARKS & set(wanted.split())
    return (
        LEAST_ALIAS <= len(words) <= MOST_ALIAS and has_letters and f" {wanted} " in f" {there} "
    )


ROUTES: Routes = {
    "unread": for_trainer(screen(listed, views=1)),
    "un": for_trainer(screen(one, views=1)),
    "ui": for_trainer(screen(intents, views=2)),
    "up": for_trainer(screen(product, views=1)),
    "uw": for_trainer(screen(alias, views=2)),
    "ua": for_trainer(act(assign)),
    "ux": for_trainer(act(passed)),
    "uu": for_trainer(act(undo)),
}
