"""Whose address counts when a proxy stands in front."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.web.cookies import Cookies


def _origin(proxies: int, forwarded: str) -> str:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = make_mocked_request("POST", "/chat/say", headers=headers)
    return Cookies("secret", secure=False, proxies=proxies).origin(request)


def test_the_header_is_anybodys_without_a_proxy() -> None:
    assert _origin(0, "1.1.1.1") == _origin(0, "2.2.2.2") == _origin(0, "")


@pytest.mark.parametrize("forged", ["9.9.9.9, ", "a, b, "])
def test_only_what_our_own_proxy_saw_counts(forged: str) -> None:
    assert _origin(1, f"{forged}1.1.1.1") == _origin(1, "1.1.1.1")
    assert _origin(1, "1.1.1.1") != _origin(1, "2.2.2.2")
    assert _origin(2, f"{forged}1.1.1.1, 10.0.0.1") == _origin(2, "1.1.1.1, 10.0.0.1")
