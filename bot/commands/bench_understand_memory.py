"""What understanding adds to a process that serves: run by `bench understand` in a fresh one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot.understand.model import Model
from bot.understand.understander import LocalUnderstander, load_bands

SOME = (
    "cho em xsl xsp nhé", "xsp bao nhiêu một cân", "ship hà nội mấy ngày", "đơn tới đâu rồi",
    "con xsp ko shop", "bot chut di chi oi", "hôm nay có live không", "hàng bị hỏng rồi",
)  # fmt: skip


def resident_mb() -> float:
    """VmRSS of this process; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    kilobytes = [int(line.split()[1]) for line in lines if line.startswith("VmRSS:")]
    return kilobytes[0] / 1024 if kilobytes else 0.0


def main(model: Path, bands: Path) -> None:
    before = resident_mb()
    engine = LocalUnderstander(Model(model), load_bands(bands))
    for _ in range(20):
        for text in SOME:
            engine.parse(text, "customer", "vi")
            engine.parse(text, "seller", "vi")
    loaded = sorted({"sklearn", "numpy", "scipy"} & set(sys.modules))
    print(json.dumps({"added_mb": round(resident_mb() - before, 2), "loaded": loaded}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
