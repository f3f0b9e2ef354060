"""Words for hours, parts of the day and days of the week, folded."""

from __future__ import annotations

from typing import Literal

DayPart = Literal["morning", "noon", "afternoon", "evening", "night"]

NUMBERS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12,
}  # fmt: skip

DAY_PARTS: dict[str, DayPart] = {
    "sang": "morning", "trua": "noon", "chieu": "afternoon", "toi": "evening",
    "khuya": "night", "dem": "night",
}  # fmt: skip

WEEKDAYS = {"hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7}
"""Behind "thứ"."""
