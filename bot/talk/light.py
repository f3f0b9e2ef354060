"""Little data: no picture and no sound until it is asked for."""

from __future__ import annotations

import msgspec

from bot.shop.says import Choice, Say
from bot.talk.session import Session
from bot.talk.turn import Turn

SEE = Choice("see", "choice-see")
UNSEEN = "unseen"
"""Where the session's form keeps what was not sent."""
LAST = frozenset({"back", "stop"})
MOST_KEYED = 9


def follow_line(turn: Turn) -> None:
    """Without a wish of hers, little data is sent while her line is poor; told once."""
    session = turn.session
    if session.light_chosen or turn.heard.channel != "web" or turn.heard.light == session.light:
        return
    session.light = turn.heard.light
    if session.light and not session.light_told:
        session.light_told = True
        turn.notes.append(Say("light-by-itself"))


def lightened(session: Session, says: list[Say], *, aloud: bool) -> list[Say]:
    """The same without pictures and clips, which one choice of the last message brings. aloud: she
    would have it read out too.
    """
    unseen = next(((s.picture, s.clip) for s in reversed(says) if s.picture or s.clip), ("", ""))
    bare = [_bare(say) for say in says]
    if not any(unseen) and not aloud:
        session.form.pop(UNSEEN, None)
        return bare
    session.form[UNSEEN] = "\n".join(unseen)
    return [*bare[:-1], _with_see(bare[-1])] if bare else bare


def _bare(say: Say) -> Say:
    if not (say.picture or say.clip):
        return say
    return msgspec.structs.replace(say, picture="", clip="")


def _with_see(say: Say) -> Say:
    """Before the way back; as a word of its own where nine digits are taken already."""
    first = tuple(c for c in say.choices if c.id not in LAST)
    if len(first) >= MOST_KEYED or say.id.endswith("-number"):
        return say
    last = tuple(c for c in say.choices if c.id in LAST)
    return msgspec.structs.replace(say, choices=(*first, SEE, *last))
