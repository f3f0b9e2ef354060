"""What use cases and flows need from the outside, as Protocols.

`stores/` and `channels/` keep them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from bot.shop.deal import Deal
from bot.shop.order import Order
from bot.shop.people import Link, Person, RestockAsk, Thread
from bot.shop.product import Prices, Product
from bot.shop.says import Letter
from bot.shop.shipping import ShippingTable
from bot.shop.stock import Level, Lot, StockMove, Take
from bot.shop.unread import Unread, UnreadState
from bot.usecases.ports_live import LiveBooks
from bot.usecases.ports_sellers import ShopBooks, ShopRecords
from bot.usecases.ports_sound import SoundBooks

T = TypeVar("T")
CapKey = Literal["person", "phone", "origin"]
"""What open orders are counted by, so that nobody can hold the shelf."""


class Clock(Protocol):
    def now(self) -> int:
        """Seconds since 1970 UTC."""


class Ids(Protocol):
    """All randomness."""

    def token(self) -> str:
        """128 unguessable bits, URL-safe ASCII."""

    def short(self) -> str:
        """10 letters and digits, for ids inside choice ids."""

    def letters(self, alphabet: str, count: int) -> str:
        """Random characters of an alphabet."""


@dataclass(frozen=True, slots=True)
class Seller:
    """Public profile of a seller.

    `name` is what customers see; `province` the origin of her parcels.
    """

    id: str
    name: str
    place: str
    province: int
    about: Mapping[str, str]
    sample: bool = True


@dataclass(frozen=True, slots=True)
class Household:
    id: str
    name: str
    village: str
    sample: bool = True


@dataclass(frozen=True, slots=True)
class Province:
    """One of the 34 provinces by official code; `names` are folded spellings, old provinces among
    them.
    """

    code: int
    name: str
    names: tuple[str, ...]


class Catalogue(Protocol):
    """A good snapshot of `catalog/`; replaced as a whole when files change, never half."""

    products: Mapping[str, Product]
    sellers: Mapping[str, Seller]
    households: Mapping[str, Household]
    provinces: Mapping[int, Province]
    categories: Sequence[str]
    category_names: Mapping[str, Mapping[str, str]]

    def shipping_from(self, seller: str) -> ShippingTable: ...


class Shelf(Protocol):
    """The read side of stock and price, at most a second behind the ledger."""

    crossings: int
    """Counts how often a product became sold out or came back."""

    def level(self, product: str) -> Level: ...

    def prices(self, product: str) -> Prices: ...


class Books(ShopBooks, LiveBooks, SoundBooks, Protocol):
    """The rows a ledger command may read and change inside its transaction."""

    def product(self, product: str) -> Product:
        """Raises NotOnShelf."""

    def goods(self, product: str) -> Product:
        """The product, or a stand-in when the catalogue no longer has it."""

    def lots(self, product: str) -> tuple[Lot, ...]: ...

    def set_lots(self, product: str, lots: tuple[Lot, ...]) -> None: ...

    def prices(self, product: str) -> Prices: ...

    def set_prices(self, product: str, prices: Prices) -> None: ...

    def moved(self, move: StockMove) -> None: ...

    def order(self, code: str) -> Order | None: ...

    def orders_of_checkout(self, checkout: str) -> tuple[Order, ...]: ...

    def save_order(self, order: Order) -> None: ...

    def takes(self, code: str) -> tuple[Take, ...]: ...

    def set_takes(self, code: str, takes: tuple[Take, ...]) -> None: ...

    def unaccepted(self, key: CapKey, value: str) -> int:
        """Orders still `placed` by this person, with this phone, or from this network address."""

    def delivered(self, phone: str) -> int:
        """Orders that reached this phone."""

    def overdue(self, before: int) -> tuple[str, ...]:
        """Codes of orders still `placed` since before this moment."""

    def open_of(self, person: str) -> tuple[str, ...]:
        """Codes of a person's orders that are on their way, or whose money is to go back."""

    def person(self, person: str) -> Person: ...

    def save_person(self, person: Person) -> None: ...

    def asks(self, product: str) -> tuple[RestockAsk, ...]: ...

    def asked_products(self) -> tuple[str, ...]:
        """Products on the shelf that someone waits for."""

    def save_ask(self, ask: RestockAsk) -> None: ...

    def drop_ask(self, ask: RestockAsk) -> None: ...

    def link(self, hashed: str) -> Link | None: ...

    def save_link(self, link: Link) -> None: ...

    def drop_links(self, purpose: str) -> None:
        """Forget all unspent links made for this."""

    def thread(self, thread: str) -> Thread | None: ...

    def save_thread(self, thread: Thread) -> None: ...

    def deal(self, deal: str) -> Deal | None: ...

    def save_deal(self, deal: Deal) -> None: ...

    def deals_of(self, customer: str) -> tuple[Deal, ...]: ...

    def deals_to_lapse(self, now: int) -> tuple[Deal, ...]:
        """Wishes nobody answered in time, and prices whose deadline is past."""

    def unread(self, sentence: str) -> Unread | None: ...

    def save_unread(self, sentence: Unread) -> None: ...

    def open_unread(self) -> int:
        """How many sentences wait for a trainer."""

    def sweep_unread(self, now: int) -> None:
        """Delete sentences that were kept for as long as they may be."""

    def post(self, letter: Letter) -> None: ...

    def readdress(self, old: str, new: str) -> None:
        """Letters still waiting for `old` go to `new`."""

    def withdraw(self, person: str, kind: str) -> None:
        """Forget what a person agreed to, of this kind."""

    def stop_ads(self, person: str) -> None:
        """Drop restock wishes, consent to reminders, and advertising that still waits."""

    def erasure(self, receipt: str, now: int) -> None:
        """Note that someone asked to be forgotten; the receipt is all that is kept of it."""

    def erase(self, person: str) -> None:
        """Forget a person: details, consents, asks, talks, media; orders keep money and hashes
        only.
        """


class Ledger(Protocol):
    """One writer at a time, commits in groups."""

    async def put(self, command: Callable[[Books], T], reads: Sequence[tuple[str, str]] = ()) -> T:
        """Run `command` inside the transaction; durable when this returns. Raises its Problem.

        reads: rows it will ask for, by kind and name, so that a batch reads them together.
        """


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the media store."""

    ref: str
    mime: str
    size: int


class Media(Protocol):
    async def keep(self, data: bytes, mime: str, *, owner: str, kind: str) -> Kept: ...

    async def read(self, ref: str) -> tuple[bytes, str]: ...


class Records(ShopRecords, Protocol):
    """Reading the truth. A customer's orders come newest first, a seller's oldest first."""

    async def read(self, query: Callable[[Books], T]) -> T:
        """Ask the rows anything; `query` must not change them. What it changes is not kept."""

    async def order(self, code: str) -> Order | None: ...

    async def orders_of(self, person: str) -> list[Order]: ...

    async def orders_of_checkout(self, checkout: str) -> list[Order]: ...

    async def orders_of_seller(self, seller: str, states: Sequence[str]) -> list[Order]: ...

    async def person(self, person: str) -> Person: ...

    async def thread(self, thread: str) -> Thread | None: ...

    async def deal(self, deal: str) -> Deal | None: ...

    async def deals_of(self, customer: str) -> tuple[Deal, ...]:
        """All of a customer's, oldest first."""

    async def wishes_of_seller(self, seller: str) -> tuple[Deal, ...]:
        """Those that wait for her price, oldest first."""

    async def unread(self, sentence: str) -> Unread | None: ...

    async def unread_sentences(
        self, state: UnreadState, start: int = 0, most: int | None = None
    ) -> list[Unread]:
        """Most frequent first."""
