"""Refusals about lives, claims and broadcasts; part of the tree in `problems`."""

from __future__ import annotations

from bot.shop.problems import Problem


class NoSuchLive(Problem):
    id = "problem-no-such-live"


class LiveOver(Problem):
    """The live is over or was called off."""

    id = "problem-live-over"


class BuyOnPlatform(Problem):
    """This live sells on its platform only. Fields: link (may be empty)."""

    id = "problem-buy-on-platform"


class NoSuchCode(Problem):
    """Fields: code, codes (those that are on air)."""

    id = "problem-no-such-code"


class CodeTaken(Problem):
    """The live has this code, or this product, already. Fields: code."""

    id = "problem-code-taken"


class CapTooHigh(Problem):
    """More than there is. Fields: name, most (Amount)."""

    id = "problem-cap-too-high"


class NoSuchClaim(Problem):
    """No such claim, or somebody else's."""

    id = "problem-no-such-claim"


class ClaimOver(Problem):
    """The claim ended: its time ran out, it was cancelled, or it is an order already."""

    id = "problem-claim-over"


class TooMuchForOne(Problem):
    """More than one buyer may claim in this live. Fields: code, most (Amount)."""

    id = "problem-too-much-for-one"


class NoSuchBroadcast(Problem):
    """No such broadcast, somebody else's, or it has ended."""

    id = "problem-no-such-broadcast"


class NothingToSend(Problem):
    """A broadcast without words, picture or voice, or one nobody can get."""

    id = "problem-nothing-to-send"
