"""Puts together what the web side has beside the chat: Web Push, calendar files, live board."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AsyncExitStack
from functools import partial
from urllib.parse import urlsplit

from bot.app import Parts
from bot.channels.web.bell import Bell
from bot.channels.web.channel import WebChannel
from bot.channels.web.push import Push, subject_of
from bot.commands.live_board import live_board
from bot.shop.calendar import Entry
from bot.shop.follow import PushAddress
from bot.shop.links import links_of, live_code
from bot.shop.live import Live
from bot.shop.push import services_of
from bot.shop.says import Many
from bot.stores.push_keys import PushKeys, public_key
from bot.usecases import pushing
from bot.usecases.ports import Books
from bot.usecases.reminders import goods_named
from bot.web.app import Attach
from bot.web.calendar import Calendars
from bot.web.cookies import Cookies
from bot.web.push import PushPages


def web_channel(parts: Parts, stack: AsyncExitStack) -> WebChannel:
    """The web chat as the worker speaks through it: with a bell for closed pages."""
    settings = parts.settings
    services = services_of(settings.push_services)
    keys, subject = PushKeys(parts.secret), subject_of(settings.public_url)
    push = Push(keys, services, subject, parts.now)
    stack.push_async_callback(push.aclose)

    async def addresses(person: str) -> Sequence[PushAddress]:
        return await parts.records.read(lambda b: b.push_addresses_of(person))

    async def forget(person: str, ids: Collection[str]) -> None:
        await parts.ledger.put(lambda b: pushing.forget(b, person, ids))

    def title(lang: str) -> str:
        return parts.words.text(lang, "push-title")

    return WebChannel(Bell(push, parts.sessions.is_heard, addresses, forget, title, parts.now))


def web_pages(parts: Parts) -> tuple[Attach, ...]:
    """Routes beside the chat's own."""
    calendars = Calendars(partial(_entry, parts), parts)
    return (push_pages(parts).attach, calendars.attach, live_board(parts))


def push_pages(parts: Parts) -> PushPages:
    settings = parts.settings
    public = urlsplit(settings.public_url)
    secure = public.scheme == "https"

    async def remember(address: PushAddress) -> None:
        await parts.ledger.put(lambda b: pushing.remember(b, address))

    return PushPages(
        partial(public_key, parts.secret),
        services_of(settings.push_services),
        remember,
        parts.sessions,
        Cookies(parts.secret, secure=secure, proxies=settings.proxies),
        parts,
        public_host=public.netloc,
    )


async def _entry(parts: Parts, live_id: str, lang: str) -> Entry | None:
    """A live with its words, as the calendar shows it."""
    found = await parts.records.read(lambda b: _read(b, live_id))
    if found is None:
        return None
    live, goods = found
    known = parts.catalogue.current.sellers.get(live.seller)
    address = {"web": parts.shop.public_url()}
    link = next((url for _, url in links_of(live_code(live.id), address)), "")
    title = parts.words.text(lang, "calendar-title", seller=known.name if known else "")
    id_ = "calendar-about" if goods.items else "calendar-about-bare"
    return Entry(live, title, parts.words.text(lang, id_, goods=goods, link=link), link)


def _read(books: Books, live_id: str) -> tuple[Live, Many] | None:
    live = books.live(live_id)
    return (live, goods_named(books, live)) if live else None
