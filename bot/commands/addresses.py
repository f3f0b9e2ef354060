"""Where the shop can be reached, shown at start: address, QR for a phone, links for sellers."""

from __future__ import annotations

import socket
import sys

from bot.app import Parts
from bot.settings import Settings
from bot.usecases import inviting, people


def public_address(settings: Settings, port: int) -> str:
    """PUBLIC_URL, else this machine's address on its network (so that a phone beside it finds
    it).
    """
    if settings.public_url:
        return settings.public_url.rstrip("/")
    host = settings.host if settings.host not in ("0.0.0.0", "::", "") else _own_address()
    return f"http://{host}:{port}"


def _own_address() -> str:
    """The address other machines see; nothing is sent. Loopback when there is no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


async def greet(parts: Parts, port: int) -> None:
    """Print the customer's address with a QR, a fresh one-time link for each sample seller, and
    one for the owner as long as there is none.
    """
    url = parts.public_url
    text = parts.words.text
    print(text("vi", "start-open", url=url, local=f"http://127.0.0.1:{port}"))
    if sys.stdout.isatty():
        import segno  # only people at a terminal need it

        segno.make(url).terminal(compact=True)
    for seller in parts.catalogue.current.sellers.values():
        if seller.sample:
            link = await seller_link(parts, seller.id, alone=False)
            print(text("vi", "start-seller", name=seller.name, url=link))
    if not await parts.records.read(lambda b: b.owners()):
        print(text("vi", "start-owner", url=await owner_link(parts)))
    sys.stdout.flush()


async def seller_link(parts: Parts, seller: str, *, alone: bool = True) -> str:
    """A new one-time link for a seller; `alone`: the ones before it stop working."""
    token = parts.shop.ids.token()
    hashed, until = parts.hashed(token), parts.now() + parts.shop.rules.link_seconds
    await parts.ledger.put(
        lambda b: people.make_seller_link(b, seller, hashed, until, alone=alone)
    )
    return f"{parts.public_url}/s/{token}"


async def owner_link(parts: Parts) -> str:
    """A new one-time link that makes an account an owner's; the ones before it stop working."""
    token = parts.shop.ids.token()
    hashed, until = parts.hashed(token), parts.now() + parts.shop.rules.link_seconds
    await parts.ledger.put(lambda b: inviting.make_owner_link(b, hashed, until))
    return f"{parts.public_url}/s/{token}"


async def trainer_link(parts: Parts) -> str:
    """A new one-time link that makes an account a trainer's; the ones before it stop working."""
    token = parts.shop.ids.token()
    hashed, until = parts.hashed(token), parts.now() + parts.shop.rules.link_seconds
    await parts.ledger.put(lambda b: people.make_trainer_link(b, hashed, until))
    return f"{parts.public_url}/s/{token}"
