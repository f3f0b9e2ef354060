"""One piece by its message id or by words of it: "thu âm: còn lại"."""

from __future__ import annotations

import re

from bot.shop.says import Choice, Say
from bot.shop.sound import Piece
from bot.talk.trainer.recording_work import (
    HEARS,
    Work,
    asks,
    in_hand,
    leave,
    mark_of,
    screen_of,
)
from bot.talk.turn import BACK, Turn
from bot.understand.fold import fold

MOST = 6
TITLE = 32


async def found(turn: Turn, words: str) -> list[Say]:
    """The piece meant; a choice of several; or where she was, with a word that none was found."""
    from bot.talk.trainer.recording import piece  # which imports this module

    work = await in_hand(turn)
    fits = fitting(work.pieces, words)
    if not fits:
        turn.notes.append(Say("rec-not-found", {"text": words[:MOST_WORDS]}))
        return await piece(turn)
    if len(fits) > 1:
        return [_which(turn, words, fits)]
    return [_one(turn, work, fits[0])]


MOST_WORDS = 80


def _one(turn: Turn, work: Work, now: Piece) -> Say:
    leave(turn)
    asks(turn, now)
    return screen_of(work, now)


def _which(turn: Turn, words: str, fits: list[Piece]) -> Say:
    turn.ask(HEARS)
    choices = tuple(
        Choice(f"rf:{mark_of(p.key)}", "choice-rec-piece", {"text": _title(p)})
        for p in fits[:MOST]
    )
    return Say("rec-which", {"text": words[:MOST_WORDS]}, choices=(*choices, BACK))


def _title(piece: Piece) -> str:
    text = " ".join(piece.to_read.split())
    return text if len(text) <= TITLE else text[: TITLE - 1].rstrip() + "…"


def fitting(pieces: tuple[Piece, ...], words: str) -> list[Piece]:
    """By key or message id; else by what is said, word for word; else by words within the
    sentence. The shortest first: the words are most of it.
    """
    typed = words.strip().strip("“”\"'").lower()
    by_id = [p for p in pieces if typed in (p.key, p.key.partition(".")[0])]
    if by_id:
        return by_id
    wanted = _plain(words)
    whole = [
        p for p in pieces if wanted and wanted in (_plain(p.said), _plain(p.shown), _plain(p.text))
    ]
    if whole:
        return whole
    within = [p for p in pieces if wanted and f" {wanted} " in f" {_plain(_all(p))} "]
    return sorted(within, key=lambda p: len(_all(p)))


def _all(piece: Piece) -> str:
    return f"{piece.said} {piece.shown} {piece.text} {piece.own}"


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
