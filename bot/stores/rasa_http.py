"""A Rasa server over HTTP: asked once, briefly, and left alone for a while when it fails.

The shop never waits for it longer than LIMIT, and goes on without it. Neither the text nor the
token is ever logged.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout
from yarl import URL

log = logging.getLogger(__name__)

LIMIT = 0.3
"""Seconds for one question, connecting and reading included."""

FAILURES = 3
PAUSE = 30.0
"""Seconds without a question after FAILURES failures in a row; then one is tried."""

MOST_BYTES = 1 << 16


def kept_token(data_dir: Path) -> Path:
    """Where `make rasa` keeps the token it made, if RASA_TOKEN is not set."""
    return data_dir / "rasa" / "token"


def token_of(given: str, data_dir: Path) -> str:
    """The token that was given, else the one that is kept, else none."""
    path = kept_token(data_dir)
    return given or (path.read_text("ascii").strip() if path.is_file() else "")


class NotRasa(Exception):
    """An answer, but none that a Rasa server gives to `/model/parse`."""


class _Guess(msgspec.Struct):
    """name: None where Rasa has nothing to say."""

    name: str | None
    confidence: float


class _Reply(msgspec.Struct):
    """The part of the reply that is used."""

    intent_ranking: list[_Guess]


_reply = msgspec.json.Decoder(_Reply)


class Breaker:
    """Opens after FAILURES failures in a row, lets one question through every PAUSE seconds, and
    closes when one is answered. Times in seconds of the caller's clock.
    """

    def __init__(self) -> None:
        self._failed = 0
        self._next_try = 0.0

    @property
    def open(self) -> bool:
        return self._failed >= FAILURES

    def allows(self, now: float) -> bool:
        """Whether to ask at all. While open, True for one caller per pause only."""
        if not self.open:
            return True
        if now < self._next_try:
            return False
        self._next_try = now + PAUSE
        return True

    def worked(self) -> None:
        self._failed = 0

    def failed(self, now: float) -> None:
        self._failed += 1
        self._next_try = now + PAUSE


class RasaHttp:
    """The `RasaServer` of bot.understand.rasa. Close it when the shop closes.

    url: of the server, http://127.0.0.1:5005, with or without `?token=…`. token: used if the url
    has none. now: a clock in seconds that never goes back. limit: seconds for one question.
    """

    def __init__(
        self,
        url: str,
        token: str = "",
        now: Callable[[], float] = time.monotonic,
        limit: float = LIMIT,
    ) -> None:
        base = URL(url)
        token = base.query.get("token", token)
        self._ask = (base / "model/parse").with_query({"token": token} if token else {})
        self._now, self._limit = now, limit
        self._breaker = Breaker()
        self._session: ClientSession | None = None

    async def ranking(self, text: str) -> list[tuple[str, float]] | None:
        """See RasaServer.ranking; None at once while the breaker is open."""
        if not self._breaker.allows(self._now()):
            return None
        try:
            found = await self._asked(text)
        except (ClientError, OSError, NotRasa) as error:
            self._note_failure(error)
            return None
        if self._breaker.open:
            log.info("Rasa answers again")
        self._breaker.worked()
        return found

    async def aclose(self) -> None:
        """Disconnect."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _asked(self, text: str) -> list[tuple[str, float]]:
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=self._limit))
        async with self._session.post(
            self._ask, json={"text": text}, allow_redirects=False
        ) as reply:
            if reply.status != 200:
                raise NotRasa(f"status {reply.status}")
            return _read(await _body(reply))

    def _note_failure(self, error: Exception) -> None:
        """Its kind only: an address in an error's text would show the token."""
        was_open = self._breaker.open
        self._breaker.failed(self._now())
        if self._breaker.open and not was_open:
            kind = str(error) if isinstance(error, NotRasa) else type(error).__name__
            log.warning("Rasa does not answer (%s); left alone for %.0f s", kind, PAUSE)


async def _body(reply: ClientResponse) -> bytes:
    body = b""
    async for piece in reply.content.iter_any():
        body += piece
        if len(body) > MOST_BYTES:
            raise NotRasa("too long")
    return body


def _read(body: bytes) -> list[tuple[str, float]]:
    try:
        guesses = _reply.decode(body).intent_ranking
    except msgspec.DecodeError as error:
        raise NotRasa("garbage") from error
    return [(guess.name, guess.confidence) for guess in guesses if guess.name]
