"""Little data or all of it, what was left out, and the last state once more in few words."""

from __future__ import annotations

from bot.shop.says import Say
from bot.talk.light import UNSEEN
from bot.talk.turn import Routes, Turn, act
from bot.usecases import people

HERE = "-"
"""Keeps the screen on the trail when it is shown again (`walk.DONE`)."""


async def light(turn: Turn, wish: str = "on") -> list[Say]:
    """The person's own wish; it holds until she says otherwise, on every line."""
    on, person, now = wish != "off", turn.person, turn.now
    turn.session.light, turn.session.light_chosen = on, True
    await turn.shop.ledger.put(lambda b: people.set_manner(b, person, now, light=on))
    turn.notes.append(Say("light-on" if on else "light-off"))
    return _here(turn)


async def see(turn: Turn) -> list[Say]:
    """The picture and clip that were not sent; with voice, the screen read aloud."""
    turn.media = True
    picture, _, clip = turn.session.form.pop(UNSEEN, "").partition("\n")
    if picture or clip:
        turn.notes.append(Say("media-shown", picture=picture, clip=clip))
    if turn.session.voice or not turn.notes:
        return _here(turn)
    notes, turn.notes = turn.notes, []
    return notes


async def again(turn: Turn) -> list[Say]:
    """What was said last, as the desk kept it: in few words, its digits unchanged."""
    turn.repeat = turn.session.said is not None
    return [] if turn.repeat else _here(turn)


def _here(turn: Turn) -> list[Say]:
    turn.session.trail.append(HERE)
    turn.again = True
    return []


ROUTES: Routes = {
    "light": act(light),
    "see": act(see),
    "rpt": act(again),
}
