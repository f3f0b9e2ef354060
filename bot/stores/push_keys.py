"""The key by which push services know this shop (VAPID, RFC 8292), made of the shop's secret.

A subscription of a browser is bound to the key it was made with, so the key must be the same after
every restart and on every machine. It is derived instead of kept, so that there is nothing more to
configure, to back up or to lose: HKDF-SHA-256 (RFC 5869) of the secret gives 48 bytes, and those
modulo n - 1, plus 1, are a scalar of P-256 (FIPS 186-5, A.2.1: 64 bits more than n need, so that
the bias cannot be seen). Another secret is another key: browsers then subscribe again at their
next visit.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE
from base64 import urlsafe_b64encode
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The number n of points of P-256 (SEC 2, secp256r1)."""
PURPOSE = b"cho-phien web push vapid 1"
LONGER = 48


class PushKeys:
    """Both halves of the key, made when first asked for: the library takes 9 MB."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    @cached_property
    def private(self) -> EllipticCurvePrivateKey:
        from cryptography.hazmat.primitives.asymmetric import ec

        return ec.derive_private_key(self._scalar(), ec.SECP256R1())

    @cached_property
    def public(self) -> str:
        """As `applicationServerKey` takes it: the uncompressed point in URL-safe base64."""
        from cryptography.hazmat.primitives import serialization as form

        encoding, shape = form.Encoding.X962, form.PublicFormat.UncompressedPoint
        point = self.private.public_key().public_bytes(encoding, shape)
        return urlsafe_b64encode(point).decode().rstrip("=")

    def _scalar(self) -> int:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        hkdf = HKDF(algorithm=SHA256(), length=LONGER, salt=None, info=PURPOSE)
        return int.from_bytes(hkdf.derive(self._secret.encode()), "big") % (ORDER - 1) + 1


async def public_key(secret: str) -> str:
    """The public half alone, by a child process: what only hands it out should not grow by the
    library. Raises OSError if there can be no child.
    """
    command = (sys.executable, "-m", "bot.stores.push_keys")
    child = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
    said, _ = await child.communicate(secret.encode())
    if child.returncode:
        raise OSError(f"push keys: {child.returncode}")
    return said.decode()


if __name__ == "__main__":
    sys.stdout.write(PushKeys(sys.stdin.read()).public)
