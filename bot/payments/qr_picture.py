"""The picture of a payload, big and plain enough for a cracked phone and a poor line."""

from __future__ import annotations

import io

SCALE = 10
"""Pixels a square. A chat app's JPEG of lowest quality at half the size must still be read: 8 is
enough for that, 4 often fails (measured)."""
BORDER = 4
"""Quiet squares around it, as the QR standard asks."""


def png_of(payload: str) -> bytes:
    """A QR code of error level M as PNG, black on white, about 450 pixels wide for a transfer.

    What stands in it are hints (see `vietqr`): say bank, account, amount and code in words too.
    """
    import segno  # only who shows a code needs it

    picture = io.BytesIO()
    code = segno.make(payload, error="m", micro=False, boost_error=False)
    code.save(picture, kind="png", scale=SCALE, border=BORDER)
    return picture.getvalue()
