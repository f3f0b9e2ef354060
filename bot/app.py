"""The only file where concrete parts meet: settings → stores → desk → channels."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog
from redis.asyncio import Redis

from bot.channels.base import Channel
from bot.pictures.workshop import Workshop
from bot.reading import Reading
from bot.settings import Settings
from bot.shop.rules import Rules
from bot.sounds import SoundFiles
from bot.stores.catalogue import LiveCatalogue
from bot.stores.media import MediaStore
from bot.stores.random_ids import RandomIds, keyed_hash, shop_secret
from bot.stores.redis import RedisSessions, connect
from bot.stores.redis_server import ensure_server
from bot.stores.sql.ledger import SqlLedger
from bot.stores.sql.records import SqlRecords
from bot.studio import MediaStudio
from bot.talk.desk import FrontDesk
from bot.talk.turn import Shop
from bot.transcriber import transcriber_of
from bot.truth import Truth, open_truth
from bot.understand.live import LiveUnderstanding
from bot.usecases.reach import Reach
from bot.usecases.stock import of_catalogue
from bot.voices import shop_voices
from bot.words.book import load_books
from bot.words.pieces import Pieces
from bot.words.speak import Speaker
from bot.workers.jobs import Jobs
from bot.workers.live_clock import LiveClock
from bot.workers.outbox import OutboxWorker

NEEDS_RETURN_LINK = frozenset({"web"})
STREAMS = frozenset({"web"})


@dataclass(slots=True)
class Parts:
    """A running shop: what channels, web and commands need of it."""

    settings: Settings
    secret: str
    redis: Redis
    sessions: RedisSessions
    catalogue: LiveCatalogue
    truth: Truth
    words: Speaker
    shop: Shop
    desk: FrontDesk
    jobs: Jobs
    live_clock: LiveClock
    live: LiveUnderstanding
    reach: Reach
    sounds: SoundFiles
    channels: dict[str, Channel] = field(default_factory=dict)
    worker: OutboxWorker | None = None
    public_url: str = ""
    found_at: dict[str, str] = field(default_factory=dict)
    """Where apps beside the web have the shop, such as the bot's name: see `shop.links`."""

    @property
    def ledger(self) -> SqlLedger:
        return self.truth.ledger

    @property
    def records(self) -> SqlRecords:
        return self.truth.records

    @property
    def media(self) -> MediaStore:
        return self.truth.media

    def hashed(self, text: str) -> str:
        return keyed_hash(self.secret, text)

    def now(self) -> int:
        return self.shop.now()

    async def redis_answers(self) -> None:
        await self.sessions.count("health", 60)

    async def sql_answers(self) -> None:
        await self.records.order("")

    def nudge(self) -> None:
        if self.worker is not None:
            self.worker.nudge()

    def make_worker(self, channels: Mapping[str, Channel]) -> OutboxWorker:
        """The outbox worker of this process, speaking through these channels."""
        per_day = self.shop.rules.messages_per_day
        self.worker = OutboxWorker(self.truth.outbox, self.desk, channels, self.shop.now, per_day)
        return self.worker


def rules_of(settings: Settings) -> Rules:
    return Rules(
        lapse_seconds=settings.order_lapse_hours * 3600,
        open_per_phone=settings.open_orders_per_phone,
        open_per_address=settings.open_orders_per_address,
        large_first_vnd=settings.large_first_order_vnd,
        letters_per_second=max(1, int(settings.telegram_per_second)),
    )


@contextlib.asynccontextmanager
async def open_shop(
    settings: Settings, now: Callable[[], int], streams: frozenset[str] = STREAMS
) -> AsyncIterator[Parts]:
    """Everything from the data directory up to the desk; closed again in the right order."""
    async with contextlib.AsyncExitStack() as stack:
        url = await _redis_url(settings, stack)
        redis = connect(url)
        stack.push_async_callback(redis.aclose)
        sessions = RedisSessions(redis)
        stack.push_async_callback(sessions.aclose)
        parts = await _stand_up(settings, now, redis, sessions, streams, stack)
        yield parts


async def _redis_url(settings: Settings, stack: contextlib.AsyncExitStack) -> str:
    if settings.redis_url:
        return settings.redis_url
    server = await ensure_server(settings.data_dir)
    stack.push_async_callback(server.stop)
    return server.url


def prepare_data_dir(settings: Settings) -> None:
    """The data directory, readable by its owner only."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    settings.data_dir.chmod(0o700)


async def _stand_up(
    settings: Settings,
    now: Callable[[], int],
    redis: Redis,
    sessions: RedisSessions,
    streams: frozenset[str],
    stack: contextlib.AsyncExitStack,
) -> Parts:
    secret = settings.secret or shop_secret(settings.data_dir)
    words = Speaker(load_books(settings.locales_dir))
    reading = Reading(settings, words.books)
    catalogue = _catalogue(settings, reading)
    _must_sell_something(catalogue, words, settings)
    truth = await open_truth(settings, secret, catalogue, stack)
    reading.start(stack)
    made = _Made(secret, words, reading, catalogue, truth, sessions, Workshop())
    shop = _shop(
        settings,
        made,
        now,
        lambda: parts.public_url or settings.public_url,
        lambda: {"web": shop.public_url(), **parts.found_at},
    )
    _hear_with(settings, shop, truth, stack)
    jobs, live_clock = _jobs(made, shop), _live_clock(made, shop)
    sounds = SoundFiles(truth.media, made.workshop)
    voices = shop_voices(settings, words.books, (truth, catalogue), sounds, secret, now)
    stack.push_async_callback(voices.aclose)
    truth.on_sound = voices.changed
    desk = FrontDesk(shop, sessions, words, streams, voices)
    reach = Reach(truth.outbox, now, _reach_failed)
    parts = Parts(
        settings, secret, redis, sessions, catalogue, truth, words, shop, desk, jobs, live_clock,
        reading.live, reach, sounds,
    )  # fmt: skip
    truth.on_posted = parts.nudge
    desk.on_heard = reach.heard
    await jobs.open_shelf()
    return parts


def _hear_with(
    settings: Settings, shop: Shop, truth: Truth, stack: contextlib.AsyncExitStack
) -> None:
    """The transcriber, where one is set up."""
    if (transcriber := transcriber_of(settings, truth.media)) is not None:
        shop.transcriber = transcriber
        stack.push_async_callback(transcriber.aclose)


def _reach_failed(error: Exception) -> None:
    structlog.get_logger().warning("reach-failed", error=str(error))


@dataclass(frozen=True, slots=True)
class _Made:
    """Parts that stand, of which the others are made."""

    secret: str
    words: Speaker
    reading: Reading
    catalogue: LiveCatalogue
    truth: Truth
    sessions: RedisSessions
    workshop: Workshop


def _shop(
    settings: Settings,
    made: _Made,
    now: Callable[[], int],
    public_url: Callable[[], str],
    found_at: Callable[[], Mapping[str, str]],
) -> Shop:
    truth, reading = made.truth, made.reading
    return Shop(
        catalogue=lambda: made.catalogue.current,
        names=lambda: reading.index,
        understanding=reading.understanding,
        commands=reading.commands,
        now=now,
        shelf=truth.shelf,
        ledger=truth.ledger,
        records=truth.records,
        counter=made.sessions,
        ids=RandomIds(),
        rules=rules_of(settings),
        hashed=lambda text: keyed_hash(made.secret, text),
        languages=_languages(made.words),
        drafts=_drafts(made.words),
        public_url=public_url,
        found_at=found_at,
        returns=NEEDS_RETURN_LINK.__contains__,
        studio=MediaStudio(truth.media, made.workshop),
        texts=lambda say, lang: made.words.speak(say, lang).text,
        to_say=Pieces(made.words.books, settings.locales_dir),
    )


def _jobs(made: _Made, shop: Shop) -> Jobs:
    truth, catalogue = made.truth, made.catalogue
    return Jobs(
        truth.ledger,
        truth.unopened,
        shop.rules,
        (truth.media, truth.outbox),
        shop.now,
        lambda: of_catalogue(catalogue.current),
        lambda: [s.id for s in catalogue.current.sellers.values() if not s.sample],
    )


def _live_clock(made: _Made, shop: Shop) -> LiveClock:
    def name_of(seller: str) -> str:
        known = made.catalogue.current.sellers.get(seller)
        return known.name if known else seller

    return LiveClock(made.truth.ledger, name_of, shop.rules.messages_per_day, shop.now)


def _catalogue(settings: Settings, reading: Reading) -> LiveCatalogue:
    snapshot = settings.data_dir / "catalogue.snapshot"
    catalogue = LiveCatalogue(settings.catalog_dir, snapshot, on_change=reading.know)
    reading.know(catalogue.current)
    return catalogue


def _must_sell_something(catalogue: LiveCatalogue, words: Speaker, settings: Settings) -> None:
    """A folder that is not there is a slip of whoever starts the shop, not an empty market."""
    if not catalogue.current.products:
        raise SystemExit(words.text("vi", "catalogue-empty", path=str(settings.catalog_dir)))


def _drafts(words: Speaker) -> dict[str, tuple[str, int, int]]:
    """The languages somebody must still review."""
    books = words.books
    drafts = [lang for lang in _languages(words) if "@" in lang and books.draft(lang)]
    return {lang: (books.about[lang].name, *books.reviewed(lang)) for lang in drafts}


def _languages(words: Speaker) -> Sequence[str]:
    """Vietnamese first, the languages of the highlands next, English last."""
    return sorted(words.books.languages, key=lambda x: (x == "en", x != "vi", x))
