"""The shop's key for push services: made of the secret, the same everywhere."""

from __future__ import annotations

import hashlib
import hmac
import subprocess
import sys
from base64 import urlsafe_b64decode

from cryptography.hazmat.primitives.asymmetric import ec

from bot.stores.push_keys import LONGER, ORDER, PURPOSE, PushKeys


def by_hand(secret: bytes) -> int:
    """RFC 5869 with SHA-256, written out, and FIPS 186-5, A.2.1."""
    key = hmac.digest(bytes(32), secret, hashlib.sha256)
    first = hmac.digest(key, PURPOSE + b"\x01", hashlib.sha256)
    second = hmac.digest(key, first + PURPOSE + b"\x02", hashlib.sha256)
    return int.from_bytes((first + second)[:LONGER], "big") % (ORDER - 1) + 1


def test_the_key_is_what_the_standards_make_of_the_secret() -> None:
    number = PushKeys("bí mật").private.private_numbers().private_value
    assert number == by_hand("bí mật".encode())
    assert 0 < number < ORDER


def test_the_same_secret_is_the_same_key_and_another_another() -> None:
    assert PushKeys("a").public == PushKeys("a").public != PushKeys("b").public


def test_the_public_half_is_a_point_browsers_take() -> None:
    text = PushKeys("a").public
    point = urlsafe_b64decode(text + "=")
    assert (len(text), len(point), point[0]) == (87, 65, 4)
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, bot.commands.plug_web as p, bot.stores.push_keys as k\n"
        "k.PushKeys('a')\n"
        "heavy = {'cryptography.hazmat.primitives', 'pywebpush', 'py_vapid', 'http_ece'}\n"
        "assert not heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
