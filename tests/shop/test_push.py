"""Which addresses a browser may name."""

from __future__ import annotations

import pytest

from bot.settings import Settings
from bot.shop.push import push_address, services_of

KNOWN = services_of(Settings().push_services)
POINT = "BA" + "A" * 85
AUTH = "A" * 22
GOOD = "https://fcm.googleapis.com/fcm/send/abc"


@pytest.mark.parametrize(
    "endpoint",
    [
        GOOD,
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com/QAbc",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAA",
        "https://fcm.googleapis.com:443/fcm/send/abc",
    ],
)
def test_the_services_of_the_known_browsers(endpoint: str) -> None:
    assert KNOWN.serve(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilfcm.googleapis.com/x",
        "https://push.apple.com.evil.example/x",
        "https://notify.windows.com/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://me:secret@fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "http://127.0.0.1:8080/x",
        "http://localhost/x",
        "https://10.0.0.1/x",
        "https://[::1]/x",
        "https://[::1/x",
        "https://fcm.googleapis.com:port/x",
        "https://fcm.googleapis.com/ă",
        "file:///etc/passwd",
        "//fcm.googleapis.com/x",
        "",
    ],
)
def test_nobody_else_is_called(endpoint: str) -> None:
    assert not KNOWN.serve(endpoint)


def test_this_machine_only_where_it_is_listed() -> None:
    local = services_of("fcm.googleapis.com, 127.0.0.1")
    assert local.serve("http://127.0.0.1:4321/push/1")
    assert not local.serve("http://127.0.0.2/push/1")
    assert not local.serve("http://fcm.googleapis.com/x")


def test_an_empty_list_serves_nobody() -> None:
    assert not services_of("").serve(GOOD)


def test_the_same_browser_has_one_id_for_each_talk() -> None:
    made = [push_address("web:an", page, GOOD, POINT, AUTH, KNOWN, 1) for page in ("khach", "ban")]
    again = push_address("web:binh", "khach", GOOD, POINT + "=", AUTH + "==", KNOWN, 2)
    assert made[0]
    assert made[1]
    assert again
    assert made[0].id == again.id != made[1].id
    assert (again.p256dh, again.auth) == (POINT, AUTH)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", AUTH),
        (POINT, ""),
        (POINT[:-4], AUTH),
        ("AA" + POINT[2:], AUTH),
        (POINT, AUTH + "AAAA"),
        (POINT.replace("BA", "B+"), AUTH),
        (POINT + "ă", AUTH),
        ("A" * 5000, AUTH),
        (POINT, "!" * 22),
    ],
)
def test_keys_that_are_none(p256dh: str, auth: str) -> None:
    assert push_address("web:an", "khach", GOOD, p256dh, auth, KNOWN, 1) is None


def test_an_address_has_an_end() -> None:
    assert push_address("web:an", "khach", GOOD + "a" * 1000, POINT, AUTH, KNOWN, 1) is None
