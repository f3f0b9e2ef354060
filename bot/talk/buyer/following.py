"""Being told of lives: one tap follows a seller or one live, one tap stops."""

from __future__ import annotations

from collections.abc import Iterable

from bot.shop.follow import Follow
from bot.shop.live import Live
from bot.shop.says import Choice, Field, Say
from bot.talk.push import push_choice
from bot.talk.turn import BACK, Routes, Turn, act, screen
from bot.usecases import coaching, following, people

MOST_BYTES = 40
MOST_SHOWN = 6
MOST_AGAIN = 3
STOPPED = "stopped"
"""Where the session's form keeps whom she followed until she stopped it all."""


def terms(turn: Turn) -> Say:
    """What is agreed to; it stands on the screen before the button (`FOLLOW_VERSION`)."""
    return Say("follow-terms", _most(turn))


def _most(turn: Turn) -> dict[str, Field]:
    return {"most": turn.shop.rules.messages_per_day}


def remind_choice(turn: Turn, live: Live, follows: Iterable[Follow]) -> tuple[Choice, ...]:
    """Follow this live, or the seller once it runs; or no more of her."""
    mine = [f for f in follows if f.seller == live.seller and f.live in ("", live.id)]
    name = {"seller": turn.seller_name(live.seller)}
    if mine:
        return (Choice(f"ufo:{live.seller}", "choice-unfollow", name),)
    if live.state == "planned":
        return (Choice(_of_live(live), "choice-follow-live"),)
    return (Choice(f"fo:{live.seller}", "choice-follow", name),)


def _of_live(live: Live) -> str:
    """The seller's name may be too long for a button; the live alone tells it too."""
    route = f"fo:{live.seller}:{live.id}"
    return route if len(route) <= MOST_BYTES else f"fo::{live.id}"


async def follow(turn: Turn, seller: str = "", live: str = "") -> list[Say]:
    """One tap; nothing else is asked. Without arguments: whom one follows."""
    if not seller and not live:
        return await followed(turn)
    if not live and seller not in turn.shop.catalogue().sellers:
        raise KeyError(seller)
    person, lang, now = turn.person, turn.session.lang, turn.now
    wish = await turn.shop.ledger.put(
        lambda b: following.follow(b, person, seller, lang, now, live)
    )
    turn.session.form.pop(STOPPED, None)
    name = {"seller": turn.seller_name(wish.seller)}
    all_of_her = (Choice(f"fo:{wish.seller}", "choice-follow", name),) if wish.live else ()
    stop = Choice(f"ufo:{wish.seller}", "choice-unfollow", name)
    choices = (*all_of_her, *await push_choice(turn), Choice("lives", "choice-lives"), stop, BACK)
    id_ = "follow-noted-live" if wish.live else "follow-noted"
    return [Say(id_, name, (Say("follow-noted-how", _most(turn)),), choices)]


async def followed(turn: Turn) -> list[Say]:
    """Whose lives one is told of, and who could be added."""
    person = turn.person
    mine = await turn.shop.records.read(lambda b: b.follows_of(person))
    sellers = turn.shop.catalogue().sellers
    known = list(dict.fromkeys(f.seller for f in mine if f.seller in sellers))
    others = [s for s in sellers if s not in known]
    less = [Choice(f"ufo:{s}", "choice-unfollow", {"seller": sellers[s].name}) for s in known]
    more = [Choice(f"fo:{s}", "choice-follow", {"seller": sellers[s].name}) for s in others]
    stop = (Choice("ufo", "choice-stop-all"),) if known else ()
    lines = tuple(Say("follows-line", {"seller": sellers[s].name}) for s in known)
    shown = (*less[: MOST_SHOWN - 1], *more[: max(1, MOST_SHOWN - len(less))])
    head = "follows" if known else "follows-none"
    return [Say(head, lines=(*lines, terms(turn)), choices=(*shown, *stop, BACK))]


async def unfollow(turn: Turn, seller: str = "") -> list[Say]:
    """Nothing more of this seller; without one, nothing more of anybody."""
    if not seller:
        return await stop(turn)
    person = turn.person
    await turn.shop.ledger.put(lambda b: following.unfollow(b, person, seller))
    name = {"seller": turn.seller_name(seller)}
    again = Choice(f"fo:{seller}", "choice-follow-again", name)
    return [Say("unfollowed", name, choices=(Choice("m", "choice-market"), again, BACK))]


async def stop(turn: Turn) -> list[Say]:
    """All reminders and broadcasts at once, whatever was agreed to before; a repeat says the
    same.
    """
    person, now = turn.person, turn.now
    mine = await turn.shop.records.read(lambda b: b.follows_of(person))
    await turn.shop.ledger.put(lambda b: people.stop_reminders(b, person))
    if turn.session.seller:
        await turn.shop.ledger.put(lambda b: coaching.stop(b, person, now))
    turn.session.form.pop("remind", None)
    if mine:
        turn.session.form[STOPPED] = " ".join(dict.fromkeys(f.seller for f in mine))
    known = turn.session.form.get(STOPPED, "").split()[:MOST_AGAIN]
    again = [
        Choice(f"fo:{s}", "choice-follow-again", {"seller": turn.seller_name(s)}) for s in known
    ]
    return [Say("reminders-stopped", choices=(Choice("m", "choice-market"), *again, BACK))]


ROUTES: Routes = {
    "fo": screen(follow),
    "ufo": act(unfollow),
    "stop": act(stop),
}
