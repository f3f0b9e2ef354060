"""All randomness of the shop, from the operating system; and its secret, made once."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

SHORT = "23456789abcdefghjkmnpqrstvwxyz"


class RandomIds:
    """Keeps the `Ids` protocol."""

    def token(self) -> str:
        return secrets.token_urlsafe(16)

    def short(self) -> str:
        return self.letters(SHORT, 10)

    def letters(self, alphabet: str, count: int) -> str:
        return "".join(secrets.choice(alphabet) for _ in range(count))


def shop_secret(data_dir: Path) -> str:
    """The secret kept in the data directory; made on the first call, for its owner's eyes only."""
    path = data_dir / "secret"
    if not path.exists():
        part = path.with_suffix(".new")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
        part.rename(path)
    return path.read_text().strip()


def keyed_hash(secret: str, text: str) -> str:
    """A hash that only this shop can make: 32 hex characters of HMAC-SHA256."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]
