"""Words by which a question says what it is after, once its subject is known.

"Cách dùng" may ask for keeping or for cooking, "nguồn gốc" for a village or for papers. The tables
only choose which of the shop's facts to say; what is not in them is answered in full.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from bot.understand.fold import fold, has_marks, tidy

After = Literal["keeping", "cooking", "clean", "health", "arrived"]
"""`clean`: sprays, additives, certificates. `health`: whom it suits. `arrived`: whether money
that was sent is there.
"""

PHRASES: Mapping[After, tuple[str, ...]] = {
    "keeping": (
        "bảo quản", "giữ", "để được", "để lâu", "để ngoài", "để trong", "tủ lạnh", "tủ mát",
        "tủ đá", "ngăn đá", "ngăn đông", "ngăn mát", "cấp đông", "hạn sử dụng", "hạn dùng", "hsd",
        "bao lâu", "mấy ngày", "mấy tháng", "được lâu", "hỏng", "thiu", "mốc", "bq",
    ),
    "cooking": (
        "nấu", "ăn", "chế biến", "luộc", "xào", "hấp", "nướng", "rán", "chiên", "hầm", "kho",
        "món", "pha", "hãm", "ngâm", "chấm", "uống", "rửa", "gọt", "cách dùng", "cách làm",
        "dùng thế nào", "dùng sao", "làm gì", "xé",
    ),
    "clean": (
        "phun", "thuốc", "hoá chất", "sạch", "an toàn", "chứng nhận", "giấy tờ", "giấy", "tem",
        "vietgap", "ocop", "hữu cơ", "organic", "kiểm định", "kiểm dịch", "vệ sinh", "phân bón",
        "chất bảo quản", "tăng trọng", "chất cấm", "độc hại", "attp", "nguyên chất", "pha tạp",
        "pha đường", "hàng thật", "hàng giả", "hàng nhái", "hàng tàu",
    ),
    "health": (
        "bà bầu", "có bầu", "mẹ bầu", "bầu ăn", "bầu uống", "mang thai", "có thai", "tiểu đường",
        "dị ứng", "huyết áp", "đau dạ dày", "bệnh", "gút", "gout", "em bé", "bé ăn", "bé uống",
        "trẻ em", "trẻ con", "trẻ nhỏ", "cho con bú", "người già", "tháng tuổi",
    ),
    "arrived": (
        "tới chưa", "đến chưa", "vào chưa", "nhận chưa", "nhận được chưa", "nhận được tiền",
        "nhận tiền chưa", "thấy tiền", "chuyển rồi", "đã chuyển", "vừa chuyển", "mới chuyển",
        "chuyển khoản rồi", "ck rồi", "đã ck", "vừa ck", "mới ck", "đã trả tiền",
    ),
}  # fmt: skip

_WORD = re.compile(r"\w+")


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(tidy(text)))


_TABLE: Mapping[After, tuple[tuple[str, ...], ...]] = {
    after: tuple(_words(phrase) for phrase in phrases) for after, phrases in PHRASES.items()
}


def asks_for(text: str) -> frozenset[After]:
    """What a question is after; a word without diacritics stands for any spelling of it."""
    words = _words(text)
    return frozenset(
        after for after, phrases in _TABLE.items() if any(_stands(p, words) for p in phrases)
    )


def _stands(phrase: tuple[str, ...], words: tuple[str, ...]) -> bool:
    size = len(phrase)
    starts = range(len(words) - size + 1)
    return any(all(map(_same, words[at : at + size], phrase)) for at in starts)


def _same(typed: str, known: str) -> bool:
    return typed == known or (not has_marks(typed) and typed == fold(known))
