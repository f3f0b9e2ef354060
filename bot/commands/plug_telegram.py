"""Plug Telegram into a running shop: ears in the web process, the first word in the worker."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack

import structlog

from bot.app import Parts
from bot.channels.pace import LocalPace, Pace
from bot.shop.roles import EVERY
from bot.stores.redis_pace import RedisPace
from bot.web.app import Attach

PATH = "/telegram"
AGAIN_SECONDS = 20
UNLIMITED = 10_000
STEADY = 0.95
"""Of the rate: on their way to the app calls come closer together now and then, and it counts
every second."""
BUYER = (
    "cho", "gio", "don", "live", "chot", "theodoi", "tradon", "gap", "ngonngu", "xoadulieu",
    "giup",
)  # fmt: skip
SELLER = (
    "donmoi", "goi", "kho", "gia", "nhap", "tien", "tra", "hangmoi", "hoantac", "baocao",
    "henlive", "live", "lensong", "dan", "chot", "xonglive", "nhankhach", "qr", "nguoi", "moi",
    "chan", "bochan", "cho", "ngonngu", "giup",
)  # fmt: skip
OWNER = ("chu", "nguoi", "moi", "banthay", "taikhoan", "bochan", "cho", "ngonngu", "giup")
"""Slash commands of each role; words in `intents/commands.yml`, descriptions `command-…`."""

SetMenu = Callable[[str, Sequence[tuple[str, str]]], Awaitable[None]]
log = structlog.get_logger()


async def plug(
    parts: Parts, stack: AsyncExitStack, attach: list[Attach], *, listens: bool, speaks: bool
) -> list[Callable[[], Coroutine[None, None, None]]]:
    """Add the channel; returns what must run beside the web server (polling, or nothing)."""
    pace = _pace(parts, stack)
    if speaks:
        await _speak(parts, stack, pace)
    return await _listen(parts, stack, attach, pace) if listens else []


def _pace(parts: Parts, stack: AsyncExitStack) -> Pace:
    """Shared by all processes of this bot; a rate no app allows (a bench's) needs no sharing."""
    settings = parts.settings
    if settings.telegram_per_second >= UNLIMITED:
        return LocalPace(settings.telegram_per_second)
    bot = settings.telegram_token.partition(":")[0]
    pace = RedisPace(parts.redis, bot, settings.telegram_per_second * STEADY)
    stack.push_async_callback(pace.aclose)
    return pace


async def _speak(parts: Parts, stack: AsyncExitStack, pace: Pace) -> None:
    from bot.channels.telegram.speak import TelegramSpeaker

    settings = parts.settings
    speaker = TelegramSpeaker(
        settings.telegram_token,
        pace=pace,
        pictures=parts.media,
        per_second=settings.telegram_per_second,
        api=settings.telegram_api,
    )
    parts.channels["tg"] = await stack.enter_async_context(speaker)


async def _listen(
    parts: Parts, stack: AsyncExitStack, attach: list[Attach], pace: Pace
) -> list[Callable[[], Coroutine[None, None, None]]]:
    from bot.channels.telegram.listen import TelegramListener
    from bot.channels.telegram.webhook import webhook_secret

    settings = parts.settings
    listener = TelegramListener(
        settings.telegram_token,
        parts.desk,
        pace=pace,
        pictures=parts.media,
        media=parts.media,
        blocked=functools.partial(_noted, parts),
        now=parts.now,
        secret=webhook_secret(parts.secret, settings.telegram_token),
        api=settings.telegram_api,
    )
    stack.push_async_callback(listener.close)
    parts.desk.on_profile = _MenuSetter(parts, listener.set_menu).changed
    learn = functools.partial(_learn_name, parts, listener.name)
    if settings.telegram_mode != "webhook":
        return [listener.poll, learn]
    attach.append(lambda app: listener.attach(app, PATH))
    url = f"{settings.public_url.rstrip('/')}{PATH}"
    return [lambda: _tell_telegram(listener.set_webhook, url), learn]


async def _tell_telegram(set_webhook: Callable[[str], Awaitable[None]], url: str) -> None:
    """Say where we listen, as often as it takes: Telegram away must not keep the web chat shut."""
    while True:
        try:
            await set_webhook(url)
        except Exception as error:
            log.warning("webhook-not-set", error=str(error), again_in=AGAIN_SECONDS)
            await asyncio.sleep(AGAIN_SECONDS)
        else:
            log.info("webhook-set")
            await asyncio.Event().wait()


async def _learn_name(parts: Parts, name: Callable[[], Awaitable[str]]) -> None:
    """What the bot is called, for links to it; until Telegram has said so there are none."""
    while True:
        try:
            parts.found_at["tg"] = await name()
        except Exception as error:
            log.warning("telegram-name-unknown", error=str(error), again_in=AGAIN_SECONDS)
            await asyncio.sleep(AGAIN_SECONDS)
        else:
            await asyncio.Event().wait()


class _MenuSetter:
    """Gives each chat the commands of its role in its language; Mông has no code of its own."""

    def __init__(self, parts: Parts, set_menu: SetMenu) -> None:
        self._parts = parts
        self._set_menu = set_menu
        self._running: set[asyncio.Task[None]] = set()

    def changed(self, person: str, lang: str, seller: str) -> None:
        if not person.startswith("tg:"):
            return
        names = OWNER if seller == EVERY else SELLER if seller else BUYER
        menu = [(n, self._parts.words.text(lang, f"command-{n}")) for n in names]
        task = asyncio.ensure_future(self._set_menu(person, menu))
        self._running.add(task)
        task.add_done_callback(self._running.discard)


async def _noted(parts: Parts, person: str, blocked: bool) -> None:
    try:
        await parts.reach.told(person, blocked)
    except Exception:  # the outbox finds out by itself
        log.exception("telegram-block-not-noted", person=person)
    log.info("telegram-blocked" if blocked else "telegram-back", person=person)
