"""Whether a live is announced or called off."""

from __future__ import annotations

import re

from bot.understand.fold import tidy
from bot.understand.signs import any_of, view

_CALLS_OFF = re.compile(
    any_of(
        "xnot live / xnot livestream / xnot phát / xnot lên sóng / xnot quay / xnot làm / xnot có",
        "/ huỷ / hủy / bỏ / nghỉ / thôi / xoá / xóa / dừng / ngừng / hoãn / gỡ / tắt / đừng",
    )
)


def calls_off(text: str) -> bool:
    """Whether words about a live say that it does not take place."""
    return bool(_CALLS_OFF.search(view(tidy(text[:400]))))
