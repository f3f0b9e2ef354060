"""One notification on its way to a real push service on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.channels.web.notice import Notice
from bot.channels.web.push import TOKEN_SECONDS, Outcome, Push, outcome_of, subject_of
from bot.shop.follow import PushAddress
from bot.shop.push import push_address, services_of
from bot.stores.push_keys import PushKeys
from tests.channels.web.push_service import BREAK, Browser, PushService, claims_of

NOW = 1_795_312_800
KEYS = PushKeys("a secret of tests")
LOCAL = services_of("127.0.0.1")
NOTICE = Notice(b'{"title":"Ch\xe1\xbb\xa3"}', 900, "A" * 32, "high")


class Clock:
    now = NOW

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def push(clock: Clock) -> AsyncIterator[Push]:
    push = Push(KEYS, LOCAL, "https://cho.example.vn", clock)
    yield push
    await push.aclose()


def address_of(browser: Browser) -> PushAddress:
    keys = browser.subscription()["keys"]
    found = push_address("web:an", "khach", browser.url, keys["p256dh"], keys["auth"], LOCAL, NOW)
    assert found is not None
    return found


async def test_it_is_encrypted_for_this_browser_alone(push: Push, service: PushService) -> None:
    browser = service.browser()
    assert await push.send(address_of(browser), NOTICE) == Outcome("sent")
    [got] = service.got
    assert browser.reads(got) == {"title": "Chợ"}
    assert b"title" not in got.body
    with pytest.raises(Exception, match=r"[Dd]ecrypt"):
        service.browser().reads(got)


async def test_it_is_signed_by_the_shop(push: Push, service: PushService) -> None:
    await push.send(address_of(service.browser()), NOTICE)
    claims, key = claims_of(service.got[0])
    assert key == KEYS.public
    assert claims == {
        "aud": service.url,
        "sub": "https://cho.example.vn",
        "exp": NOW + TOKEN_SECONDS,
    }


async def test_how_long_how_urgent_and_what_it_replaces(push: Push, service: PushService) -> None:
    await push.send(address_of(service.browser()), NOTICE)
    headers = service.got[0].headers
    assert (headers["TTL"], headers["Urgency"], headers["Topic"]) == ("900", "high", "A" * 32)
    assert headers["Content-Encoding"] == "aes128gcm"


async def test_a_token_is_made_anew_before_it_ends(
    push: Push, service: PushService, clock: Clock
) -> None:
    address = address_of(service.browser())
    ends = []
    for later in (0, 60, TOKEN_SECONDS):
        clock.now = NOW + later
        await push.send(address, NOTICE)
        ends.append(claims_of(service.got[-1])[0]["exp"])
    assert ends == [NOW + TOKEN_SECONDS, NOW + TOKEN_SECONDS, NOW + 2 * TOKEN_SECONDS]


@pytest.mark.parametrize(
    ("status", "headers", "outcome"),
    [
        (410, {}, Outcome("gone")),
        (404, {}, Outcome("gone")),
        (429, {"Retry-After": "7"}, Outcome("later", 7)),
        (503, {}, Outcome("later", 60)),
        (400, {}, Outcome("refused", why="push-400")),
        (BREAK, {}, Outcome("unsure", 30)),
    ],
)
async def test_what_the_service_answers(
    push: Push, service: PushService, status: int, headers: dict[str, str], outcome: Outcome
) -> None:
    service.answers = [(status, headers)]
    assert await push.send(address_of(service.browser()), NOTICE) == outcome
    assert len(service.got) == 1


async def test_a_redirect_is_not_followed(push: Push, service: PushService) -> None:
    service.answers = [(307, {"Location": f"{service.url}/push/other"})]
    sent = await push.send(address_of(service.browser()), NOTICE)
    assert sent == Outcome("refused", why="push-307")
    assert [g.path for g in service.got] == ["/push/one"]


async def test_a_service_that_is_away_is_tried_later(push: Push, service: PushService) -> None:
    address = replace(address_of(service.browser()), endpoint="http://127.0.0.1:9/push/one")
    assert await push.send(address, NOTICE) == Outcome("later", 30)


async def test_a_host_that_is_not_on_the_list_is_not_called(
    service: PushService, clock: Clock
) -> None:
    push = Push(KEYS, services_of("fcm.googleapis.com"), "https://localhost", clock)
    sent = await push.send(address_of(service.browser()), NOTICE)
    assert sent == Outcome("refused", why="push-service-unknown")
    assert service.got == []


async def test_a_point_that_is_not_on_the_curve_reaches_nobody(
    push: Push, service: PushService
) -> None:
    nowhere = "BA" + "A" * 85
    address = replace(address_of(service.browser()), p256dh=nowhere)
    assert await push.send(address, NOTICE) == Outcome("gone")
    assert service.got == []


def test_a_service_may_ask_for_an_hour_at_most() -> None:
    assert outcome_of(429, "86400") == Outcome("later", 3600)
    assert outcome_of(503, "Mon, 23 Nov 2026 04:00:00 GMT") == Outcome("later", 60)


@pytest.mark.parametrize(
    ("url", "subject"),
    [
        ("https://cho.example.vn/", "https://cho.example.vn"),
        ("https://cho.example.vn:8443/x", "https://cho.example.vn"),
        ("", "https://localhost"),
        ("http://192.168.1.7:8080", "https://localhost"),
    ],
)
def test_whom_a_service_may_ask(url: str, subject: str) -> None:
    assert subject_of(url) == subject
