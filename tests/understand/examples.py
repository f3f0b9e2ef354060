"""Folders of examples for tests: a few intents, every one with enough sentences."""

from __future__ import annotations

import shutil
from itertools import product
from pathlib import Path

from bot.understand.inventory import INTENTS

ROOT = Path(__file__).parents[2]

WORDS = {
    "ask_price": ("[na](product) bao nhiêu tiền", "giá [mận](product) thế nào"),
    "ask_stock": ("còn [na](product) không", "[mận](product) còn hàng chứ"),
    "order_status": ("đơn tới đâu rồi", "hàng của em gửi chưa"),
    "list_stock": ("kho còn những gì", "xem kho hàng"),
    "report": ("hôm nay bán được bao nhiêu", "tổng kết ngày"),
}
TAILS = ("ạ", "nhé", "shop ơi", "chị ơi", "vậy")


def sentences(intent: str) -> list[str]:
    """Ten sentences; for intents without words of their own, ten made from its name."""
    heads = WORDS.get(intent, (f"câu {intent.replace('_', ' ')}", f"ý {intent.replace('_', ' ')}"))
    return [f"{head} {tail}" for head, tail in product(heads, TAILS)]


def whole(intents: dict[str, list[str]] | None = None) -> str:
    """A file that has every intent; `intents` replaces some."""
    given = {name: sentences(name) for name in INTENTS} | (intents or {})
    blocks = [
        f"  - intent: {name}\n    examples: |\n" + "".join(f"      - {line}\n" for line in lines)
        for name, lines in given.items()
    ]
    return 'version: "3.1"\nnlu:\n' + "".join(blocks)


def folder(tmp_path: Path, text: str | None = None) -> Path:
    """An intents folder with the repository's own tables beside the examples."""
    made = tmp_path / "intents"
    made.mkdir(parents=True)
    for name in ("commands.yml", "teencode.yml", "bands.yml"):
        shutil.copy(ROOT / "intents" / name, made / name)
    (made / "vi.yml").write_text(whole() if text is None else text, "utf-8")
    return made
