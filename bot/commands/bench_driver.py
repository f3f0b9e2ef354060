"""The lean load of `bench turns`: people who buy something, many at once, over real HTTP.

Everybody walks the same flow by the buttons they are really shown. A group of steps is done by
everybody before the next group begins, so that each kind of turn can be billed on its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from time import perf_counter
from typing import Literal

from bot.commands.bench_people import Line, Person, Stuck
from bot.commands.bench_servers import Server, cpu_seconds

Group = Literal["tap", "order", "text"]
"""tap: a button that shows a screen. order: a button that reads or writes SQL. text: words."""


@dataclass(frozen=True, slots=True)
class Step:
    """One turn. `say` ending in `:` taps a shown choice that begins so; `shows` is the answer."""

    group: Group
    say: str
    shows: str


FLOW = (
    Step("text", "/start", "welcome"),
    Step("tap", "m", "market-today"),
    Step("tap", "cat:", "category"),
    Step("tap", "p:", "card"),
    Step("tap", "add:", "cart-added"),
    Step("tap", "cart", "cart"),
    Step("order", "co", "consent"),
    Step("order", "agree:order", "ask-phone"),
    Step("text", "{phone}", "ask-name"),
    Step("text", "Giàng A Thử", "ask-address"),
    Step("text", "Số 12 phố Láng Hạ, Hà Nội", "ask-note"),
    Step("text", "Gọi trước khi gửi nhé", "summary"),
    Step("order", "co:", "placed"),
    Step("order", "o", "orders"),
)
"""From the first word to "my orders"; every step is answered with exactly one message."""

ECHO = tuple(Step("tap", f"{row}:a", "") for row in (0, 1, 2, 0, 1))
"""As many taps as the flow has of its plainest kind."""


@dataclass(slots=True)
class Phase:
    """Turns of one group in one round: seconds of the server's processor, seconds each took."""

    group: Group
    cpu: float = 0.0
    waits: list[float] = field(default_factory=list)


class Load:
    """Walks people through steps at one server, so many at once. `stuck` says who stopped why."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.stuck: list[str] = []
        self._lines: list[Line] = []

    async def open(self, at_once: int) -> None:
        self._lines = [await Line.open(self.server.port) for _ in range(at_once)]

    def close(self) -> None:
        for line in self._lines:
            line.close()

    async def walk(self, people: Sequence[Person], flow: Sequence[Step]) -> list[Phase]:
        """Every group of steps by all people; who is stuck takes no further part."""
        phases = []
        going = list(people)
        for group, steps in groupby(flow, lambda step: step.group):
            phases.append(await self._phase(group, tuple(steps), going))
        return phases

    async def _phase(self, group: Group, steps: tuple[Step, ...], going: list[Person]) -> Phase:
        phase = Phase(group)
        before = cpu_seconds(self.server.pid)
        queue = iter(list(going))
        await asyncio.gather(*(self._talks(x, queue, steps, phase, going) for x in self._lines))
        phase.cpu = cpu_seconds(self.server.pid) - before
        return phase

    async def _talks(
        self, line: Line, queue: Iterator[Person], steps: tuple[Step, ...], phase: Phase,
        going: list[Person],
    ) -> None:  # fmt: skip
        for person in queue:
            try:
                for step in steps:
                    await self._one(line, person, step, phase)
            except Stuck as stuck:
                self.stuck.append(f"{person.number}: {stuck}")
                going.remove(person)

    async def _one(self, line: Line, person: Person, step: Step, phase: Phase) -> None:
        tapped = step.group != "text"
        say = chosen(person, step.say) if tapped else phoned(person, step.say)
        begun = perf_counter()
        await person.turn(line, tapped, say, step.shows)
        phase.waits.append(perf_counter() - begun)


def chosen(person: Person, want: str) -> str:
    """The shown choice a step means; people differ in the category and product they pick."""
    offered = person.offered()
    fits = [x for x in offered if x == want or (want.endswith(":") and x.startswith(want))]
    if not fits:
        raise Stuck(f"no {want} among {offered}")
    return fits[person.number % len(fits)]


def phoned(person: Person, text: str) -> str:
    return text.format(phone=f"091{person.number % 10_000_000:07d}")
