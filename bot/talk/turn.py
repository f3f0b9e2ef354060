"""What a flow may touch during one turn."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from hashlib import blake2b

from bot.shop.hours import today
from bot.shop.live import Live, LiveItem
from bot.shop.market import Market, market_of
from bot.shop.people import Person
from bot.shop.product import Prices, Product, is_priced
from bot.shop.roles import Right
from bot.shop.rules import Rules
from bot.shop.says import Choice, Say
from bot.shop.stock import Level
from bot.talk.heard import Heard
from bot.talk.readers import Counter, Names, Understanding
from bot.talk.session import Session
from bot.understand.claims import CommentRead
from bot.understand.commands import Commands
from bot.understand.fitting import fit, fit_stock
from bot.understand.fold import fold
from bot.understand.inventory import Role
from bot.understand.pairing import WhyWish
from bot.understand.pieces import Measure
from bot.understand.understood import Understood
from bot.usecases.ports import Books, Catalogue, Ids, Ledger, Records, Shelf
from bot.usecases.ports_media import Studio
from bot.usecases.ports_sound import ToSay, Transcriber

Shows = tuple[tuple[Live, tuple[LiveItem, ...]], ...]
SHOWS_SECONDS = 2

BACK = Choice("back", "choice-back")
NO_RIGHT = Right(0)


@dataclass(frozen=True, slots=True)
class ShowRead:
    """What words say of one live. rank: 0 the one on the screen, 1 on air, 2 soon."""

    live: Live
    items: tuple[LiveItem, ...]
    read: CommentRead
    rank: int


def _shows(books: Books) -> Shows:
    return tuple((live, books.items_of(live.id)) for live in books.open_lives())


@dataclass(slots=True)
class Shop:
    """The parts every flow works with; made once by `app`, shared by all turns."""

    catalogue: Callable[[], Catalogue]
    names: Callable[[], Names]
    understanding: Understanding
    commands: Commands
    now: Callable[[], int]
    shelf: Shelf
    ledger: Ledger
    records: Records
    counter: Counter
    ids: Ids
    rules: Rules
    hashed: Callable[[str], str]
    languages: Sequence[str]
    drafts: Mapping[str, tuple[str, int, int]]
    """Languages that are drafts: what they call themselves, how many sentences reviewers signed,
    and of how many."""
    public_url: Callable[[], str]
    returns: Callable[[str], bool]
    """Whether a channel's people need a personal return link (a cookie is easily lost)."""
    _: KW_ONLY
    found_at: Callable[[], Mapping[str, str]]
    """By channel, where people find the shop there: what `bot.shop.links` makes links of."""
    studio: Studio
    texts: Callable[[Say, str], str]
    """A message's words in a language, for what is drawn into a picture."""
    to_say: ToSay
    transcriber: Transcriber | None = None
    market_key: tuple[object, ...] = ()
    market_now: Market | None = None
    shows_at: int = -1
    shows: Shows = ()

    async def open_lives(self, now: int, *, anew: bool = False) -> Shows:
        """Lives planned or on air with their codes, by hour; without `anew` a glance taken up to
        SHOWS_SECONDS ago.
        """
        if anew or not self.shows_at <= now < self.shows_at + SHOWS_SECONDS:
            self.shows = await self.records.read(_shows)
            self.shows_at = now
        return self.shows

    def market(self, now: int) -> Market:
        """Today's market, made anew when the day, the catalogue or what is sold out changes."""
        catalogue = self.catalogue()
        key = (catalogue, today(now), self.shelf.crossings)
        if self.market_now is None or key != self.market_key:
            free = {p: self.shelf.level(p).free for p in catalogue.products}
            self.market_now = market_of(
                catalogue.products, catalogue.categories, today(now), free.__getitem__
            )
            self.market_key = key
        return self.market_now


@dataclass(slots=True)
class Turn:
    """One event of one person, her session (changed in place), and the shop.

    become: another person this browser should continue as (a return link).
    forget: everything kept about the person goes when the turn closes.
    """

    heard: Heard
    session: Session
    now: int
    shop: Shop
    become: str = ""
    forget: bool = False
    words: str = ""
    """What was said, when it answers a question."""
    again: bool = False
    """The screen before this one is shown after what was done (another language)."""
    understood: Understood | None = None
    """What the words of this turn mean, if they were read as free text."""
    shows_read: Sequence[ShowRead] = ()
    """What the words of this turn say of each live, once that was read."""
    media: bool = False
    """Pictures and sound were asked for, so this answer has them also for who wants none."""
    repeat: bool = False
    """What was said last is said once more."""
    guessed: bool = False
    """Read from words nobody reviewed: nothing is done before she confirms."""
    notes: list[Say] = field(default_factory=list)
    """Said before the screen, such as what just happened."""
    me: Person | None = None
    """The account as SQL has it, once it was read in this turn."""
    changes: int = 0

    @property
    def person(self) -> str:
        return self.session.person

    def product(self, product: str) -> Product | None:
        return self.shop.catalogue().products.get(product)

    def seller_name(self, seller: str) -> str:
        """As the catalogue has it; empty for one that left it."""
        known = self.shop.catalogue().sellers.get(seller)
        return known.name if known else ""

    def named(self, text: str) -> list[Product]:
        """Products a text may mean, best first; a whole name or alias means that product alone."""
        found = [p for p in map(self.product, self.shop.names().search(text)) if p]
        whole = fold(text)
        exact = [p for p in found if whole in {fold(x) for x in (*p.name.values(), *p.aliases)}]
        return exact or found

    async def understand(self, text: str) -> Understood:
        """What free words mean, said by a customer or by a seller."""
        role: Role = "seller" if self.session.seller else "customer"
        fits = self.fits_stock if self.session.seller else self.fits
        return await self.shop.understanding.understand(text, role, self.session.lang, fits)

    def fits(self, product: str, measure: Measure) -> WhyWish:
        """Whether so much of a product can be bought at today's prices."""
        known, prices = self.product(product), self.prices(product)
        if known is None or not is_priced(known, prices):
            return ""
        return fit(known, prices, measure)

    def fits_stock(self, product: str, measure: Measure) -> WhyWish:
        """Whether a seller's stock can be counted so."""
        known = self.product(product)
        return fit_stock(known, measure) if known else ""

    def level(self, product: str) -> Level:
        return self.shop.shelf.level(product)

    def prices(self, product: str) -> Prices:
        return self.shop.shelf.prices(product)

    def nonce(self) -> str:
        """Marks a choice that may act once; the counter makes every message's marks new."""
        return str(self.session.taps)

    def once(self, mark: str) -> bool:
        """True the first time this mark is spent."""
        if mark in self.session.spent:
            return False
        self.session.spent = [*self.session.spent[-19:], mark]
        return True

    def ask(self, route: str) -> None:
        """The next words answer this route."""
        self.session.asking = route

    def shows(self, route: str) -> None:
        """This action only asked something; the route asks it again."""
        self.session.showing = route

    async def who(self, *, anew: bool = False) -> Person:
        """The account with its rights; `anew` after a command that changed it."""
        if self.me is None or anew:
            self.me = await self.shop.records.person(self.person)
        return self.me

    def change_id(self) -> str:
        """Names a ledger command of this turn: the same event again gives the same name."""
        self.changes += 1
        event = f"{self.person} {self.heard.event_id} {self.changes}"
        return blake2b(event.encode(), digest_size=8).hexdigest()


Flow = Callable[..., Awaitable[list[Say]]]


@dataclass(frozen=True, slots=True)
class Route:
    """What a choice id leads to.

    views: with up to this many arguments it only shows something, so it may be shown again and is
    remembered for "back"; with more it does something and never runs by itself. -1: always does.
    seller: for who acts for a seller, and holds `right` for her. owner: for who holds it for the
    whole shop. Both: for her seller while she acts for one, else for the whole shop. trainer: for
    who teaches the shop; with seller, for either of them.
    """

    run: Flow
    views: int = 0
    seller: bool = False
    trainer: bool = False
    right: Right = NO_RIGHT
    owner: bool = False


Routes = Mapping[str, Route]


def screen(run: Flow, views: int = 0) -> Route:
    """A place; `views` of its arguments say which one, further ones do something there."""
    return Route(run, views)


def act(run: Flow) -> Route:
    return Route(run, views=-1)


def for_seller(route: Route, right: Right = NO_RIGHT) -> Route:
    return replace(route, seller=True, right=right)


def for_owner(route: Route, right: Right) -> Route:
    return replace(route, owner=True, right=right)


def for_seller_or_owner(route: Route, right: Right) -> Route:
    return replace(route, seller=True, owner=True, right=right)


def for_trainer(route: Route) -> Route:
    return replace(route, trainer=True)


def for_trainer_or_seller(route: Route, right: Right) -> Route:
    return replace(route, trainer=True, seller=True, right=right)
