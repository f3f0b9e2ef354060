"""Who a browser is: a person id in a signed cookie, one for customers and one for sellers."""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Literal

from aiohttp import web

Profile = Literal["khach", "ban"]
"""The name of the cookie: `khach` is a customer's talk, `ban` a seller's; one browser may have
both.
"""

PROFILES: tuple[Profile, ...] = ("khach", "ban")
YEAR = 365 * 24 * 3600
MAC_BYTES = 16


def profile_of(name: str) -> Profile:
    """`ban` for the seller's talk, anything else is the customer's."""
    return "ban" if name == "ban" else "khach"


def new_person() -> str:
    """A person nobody can guess: `web:` and 128 random bits."""
    return f"web:{secrets.token_urlsafe(16)}"


class Cookies:
    """Reads and writes the cookie `<person>.<mac>`; the mac also covers the profile.

    secret: keys everything here. secure: only send it back over https.
    """

    def __init__(self, secret: str, *, secure: bool, proxies: int = 0) -> None:
        self._proxies = proxies
        self._key = sha256(b"cookie:" + secret.encode()).digest()
        self._secure = secure

    def person(self, request: web.Request, profile: Profile) -> str:
        """The person of this browser, empty when the cookie is missing or forged."""
        person, _, mac = request.cookies.get(profile, "").rpartition(".")
        right = self._mac(profile, person)
        return person if person and hmac.compare_digest(mac.encode(), right.encode()) else ""

    def give(self, response: web.StreamResponse, profile: Profile, person: str) -> None:
        """Make this browser that person for a year."""
        response.set_cookie(
            profile,
            f"{person}.{self._mac(profile, person)}",
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=self._secure,
        )

    def origin(self, request: web.Request) -> str:
        """A keyed hash of the network address, so that it can be counted and not read.

        Behind proxies of our own the address is what the outermost of them saw; what stands
        further left in the header anybody may have written.
        """
        passed = request.headers.get("X-Forwarded-For", "").split(",")
        known = self._proxies and len(passed) >= self._proxies
        address = passed[-self._proxies].strip() if known else request.remote or ""
        return self._mac("origin", address)

    def _mac(self, use: str, value: str) -> str:
        mac = hmac.digest(self._key, f"{use}|{value}".encode(), "sha256")[:MAC_BYTES]
        return urlsafe_b64encode(mac).decode().rstrip("=")
