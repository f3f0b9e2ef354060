"""The outbox on a real table, a worker on it, an app whose answers are chosen, and the clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.channels.base import Abilities, Channel
from bot.shop.says import Letter, LetterKind, Say, SpokenKind
from bot.talk.heard import Heard
from bot.talk.ports import Answer
from bot.words.spoken import Spoken
from bot.workers.outbox import OutboxWorker
from tests.usecases.market import NOW, Market

NIGHT = NOW + 14 * 3600  # 23:00 in Vietnam
MORNING = NIGHT + 8 * 3600  # 07:00
DAY = 24 * 3600


@dataclass
class App:
    """An app whose next answers can be chosen."""

    name: str = "t"
    abilities: Abilities = field(default_factory=Abilities)
    troubles: list[Exception] = field(default_factory=list)
    got: list[tuple[str, str]] = field(default_factory=list)
    rung: list[tuple[str, str]] = field(default_factory=list)
    unheard: list[Exception] = field(default_factory=list)
    on_first: Callable[[], Awaitable[None]] | None = None

    def may_send(self, person: str, kind: SpokenKind, now: int) -> str:
        return "not-a-friend" if person == "t:stranger" else ""

    async def send(self, person: str, spoken: Spoken) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.got.append((person, spoken.id))
        first, self.on_first = self.on_first, None
        if first is not None:
            await first()

    async def ring(self, person: str, spoken: Spoken, letter: Letter) -> None:
        if self.unheard:
            raise self.unheard.pop(0)
        self.rung.append((person, spoken.id))


@dataclass
class Desk:
    """Speaks a letter as one message under its id; remembers what was sent like the real one."""

    troubles: list[Exception] = field(default_factory=list)
    sent_counts: dict[str, int] = field(default_factory=dict)

    async def hear(self, heard: Heard) -> Answer:
        raise AssertionError(heard)

    async def deliver(self, person: str, letter: Letter, event_id: str) -> Answer:
        if self.troubles:
            raise self.troubles.pop(0)
        spoken = Spoken(letter.say.id, letter.say.id, kind=letter.kind)
        return Answer(person, event_id, (spoken,), self.sent_counts.get(event_id, 0))

    async def sent(self, answer: Answer, count: int) -> None:
        self.sent_counts[answer.event_id] = count


@dataclass
class Post:
    """The outbox, a worker on it, and the clock."""

    market: Market
    app: App = field(default_factory=App)
    desk: Desk = field(default_factory=Desk)
    at: int = NOW

    def __post_init__(self) -> None:
        self.channels: dict[str, Channel] = {"t": self.app}
        self.worker = self.another_worker()

    def another_worker(self) -> OutboxWorker:
        return OutboxWorker(self.market.outbox, self.desk, self.channels, lambda: self.at, 3)

    def also_by(self, name: str) -> None:
        """Another app, which never makes trouble; what it got is counted with the rest."""
        self.channels[name] = App(name, got=self.app.got)

    async def write(
        self, id_: str, kind: LetterKind = "order", to: str = "t:p", until: int = 0, key: str = ""
    ) -> None:
        letter = Letter(to, Say(id_), kind, self.at, until, key or f"{to}:{id_}")
        await self.market.ledger.put(lambda b: b.post(letter))
        self.worker.nudge()

    async def states(self) -> list[str]:
        """In the order they were written."""
        rows = await self.market.records.rows("letters")
        return [r["state"] for r in sorted(rows, key=lambda r: r["id"])]

    async def work(self, rounds: int = 5) -> list[str]:
        for _ in range(rounds):
            await self.worker.step()
        return [id_ for _, id_ in self.app.got]
