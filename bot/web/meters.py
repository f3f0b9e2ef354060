"""What the web part counts, for /metrics."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

TURN_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Meters:
    """Counters in a registry of the caller; two apps in one process need two registries."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self._turns = Histogram(
            "web_turn_seconds", "Web turns answered, by what was heard", ["kind"],
            buckets=TURN_BUCKETS, registry=registry,
        )  # fmt: skip
        self.refused = Counter(
            "web_turns_refused_total", "Web turns the page was asked to resend", registry=registry
        )
        self.streams = Gauge("web_streams", "Pages that listen now", registry=registry)

    @contextmanager
    def turn(self, kind: str) -> Iterator[None]:
        """Times a turn that ends well."""
        begun = perf_counter()
        yield
        self._turns.labels(kind).observe(perf_counter() - begun)
