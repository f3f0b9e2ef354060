"""What can go wrong when we send, in the shop's words and without any library's classes."""

from __future__ import annotations


class Trouble(Exception):
    """A call did not go through."""


class Flood(Trouble):
    """Too many requests: this token must be silent for `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


class Gone(Trouble):
    """The person blocked the bot, deleted their account or never wrote to it."""


class Refused(Trouble):
    """Telegram will never take this call (400); the text is Telegram's reason."""


class Away(Trouble):
    """Telegram cannot be reached, is broken, or does not know the token; again in `seconds`."""

    def __init__(self, reason: str, seconds: float = 2.0) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Resend(Exception):
    """The update is not done; Telegram should bring it again in `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


_GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found")


def refusal(description: str) -> Trouble:
    """A 400 by its description: Gone if it is about the person, Refused if about the message."""
    low = description.lower()
    return Gone(description) if any(word in low for word in _GONE) else Refused(description)


def harmless(description: str) -> bool:
    """A 400 that means there was nothing to do."""
    return "message is not modified" in description.lower()


def about_file(description: str) -> bool:
    """A 400 because a file id is not (or no longer) valid for this bot."""
    low = description.lower()
    return "file" in low and ("wrong" in low or "invalid" in low)
