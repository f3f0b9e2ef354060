"""Words that are about recording: which sentence she wants to record, and that it ends."""

from __future__ import annotations

import re

from bot.talk.trainer.recording_work import HEARS
from bot.talk.turn import Turn
from bot.understand.stop_words import ends

NAMES_ONE = re.compile(r"(?:thu|ghi) am[ :]+\S")


def named(turn: Turn, text: str, folded: str) -> str:
    """ "Thu âm: còn lại": one sentence a trainer wants to record."""
    if not turn.session.trainer or not NAMES_ONE.match(folded):
        return ""
    if turn.shop.commands.read(text):
        return ""
    turn.words = text.split(maxsplit=2)[2].strip()
    return "rg"


def ended(turn: Turn, text: str) -> str:
    """ "Dừng" while a recording is asked for ends that; "dừng nhắc" is about reminders."""
    return "rz" if turn.session.asking == HEARS and ends(text) else ""
