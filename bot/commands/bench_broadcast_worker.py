"""The worker `bench broadcast` kills: `python -m bot work` on a clock that may be shifted.

Advertising goes at Vietnamese daytime; a bench is run at any hour. Its arguments say which moment
of the shop's clock (seconds UTC) stands for which real one, and how fast the shop's clock goes.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

from bot.commands.serve import serve
from bot.commands.start import settings_or_exit


@dataclass(frozen=True, slots=True)
class Shifted:
    """A clock that shows `shown` at the real moment `real` and goes `speed` times as fast."""

    shown: int
    real: float
    speed: float = 1.0

    def now(self) -> int:
        return int(self.shown + (time.time() - self.real) * self.speed)

    def words(self) -> tuple[str, str, str]:
        """As arguments of a program; see `of_words`."""
        return str(self.shown), repr(self.real), repr(self.speed)

    @classmethod
    def of_words(cls, shown: str, real: str, speed: str) -> Shifted:
        return cls(int(shown), float(real), float(speed))


if __name__ == "__main__":
    serve(settings_or_exit(), web=False, worker=True, now=Shifted.of_words(*sys.argv[1:]).now)
