"""The shop's own limits. The settings fill them; tests may choose others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """Seconds, counts and đồng; see the settings of the same names."""

    lapse_seconds: int = 24 * 3600
    open_per_phone: int = 5
    open_per_address: int = 20
    large_first_vnd: int = 3_000_000
    link_seconds: int = 7 * 24 * 3600
    return_link_seconds: int = 180 * 24 * 3600
    lookups_per_hour: int = 5
    messages_per_day: int = 3
    letters_per_second: int = 25
    """What the apps let through, for saying how long a broadcast takes."""
