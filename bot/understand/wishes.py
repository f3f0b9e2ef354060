"""From a message taken apart to what is wanted: goods or codes with their amounts.

A wish is clear, or says why it must be asked about. Nothing is guessed: a number belongs to the
goods beside it in the same part of the message, and where two could own it, both are asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.understand.gazetteer import Gazetteer, Hit
from bot.understand.message import Code, Message, may_be_goods
from bot.understand.pairing import Fits, Item, Part, Wish, paired
from bot.understand.pieces import Measure, Quantity
from bot.understand.small_words import is_small

_SPLIT = re.compile(
    r"[,;+\n&!?]|\.(?=\s|$)|"
    r"(?<!\w)(?:và|va|với|voi|vs|cùng|cung|nhưng|nhung|mà|ma|chứ)(?!\w)"
)
_NOT = r"(?:không|khong|ko|k|hông|hong|đừng|khỏi)"
_VERB = r"(?:lấy|lay|cho|đặt|dat|mua)"
_NEW_WISH = re.compile(
    rf"(?<=\w)(\s+{_NOT})?\s+(?={_VERB}\s(?:\w+\s)?(?:\d|nửa|nua|một|mot|hai|ba))"
    rf"|(?<=\w)(\s+)(?={_NOT}\s+{_VERB}\s)"
)
"""A wish behind a question ("có gà đen không cho 2 con") or behind another ("… không lấy na")."""
_REFUSED = re.compile(rf"(?<!\w){_NOT}\s+{_VERB}(?!\w)")
_AND_OF = re.compile(r"(?<!\w)(?:còn|con)\s+$")
_QUESTION = re.compile(r"(?<!\w)(?:có|co|còn|con|được|dc)(?!\w)|bao nhi|(?<!\w)bn(?!\w)")
_EACH = re.compile(r"\b(?:mỗi|moi)\s+(?:loại|loai|thứ|thu|món|mon|cái|cai|mã|ma)\b")
_DROP = re.compile(
    rf"(?<!\w){_NOT}\s+(?:\w+\s+)?"
    r"(?:lấy|lay|mua|đặt|dat|cần|can|gửi|gui|thêm|them)(?!\w)"
    r"|(?<!\w)(?:bỏ|xoá|huỷ|bớt|trừ)(?=\s*$|\s{2,}|\s+(?:đi|ra|hết|bớt|luôn|món|cái|phần|đơn))"
    r"|^\W*(?:(?:em|cho|a|c|chi|anh|shop|oi|thoi|giup|nho)\s+)*"
    r"(?:bo|xoa|huy|bot|tru)(?=\s*$|\s{2,}|\s+(?:di|ra|het|bot|luon|mon|cai|phan|don))"
)
_CORRECTS = re.compile(r"(?<!\w)(?:à không|a khong|nhầm|nham|ý là|y la|à mà|a ma|à|á nhầm)(?!\w)")
_GONE = re.compile(r"(?<!\w)(?:hết|het|sạch|sach|cháy hàng|chay hang)(?!\w)")
_OR = re.compile(r"(?<!\w)(?:hoặc|hoac|hay)(?!\w)")
_DROP_AFTER = re.compile(r"^\s*(?:thôi|thoi)(?:\s+(?:nhé|nhe|nha|ạ|a|không lấy.*))?\s*$")


def wishes_of(message: Message, names: Gazetteer, fits: Fits) -> list[Wish]:
    """Everything that is wanted, in order. Each part of the message is read by itself."""
    parts = [_read_part(message, names, *span) for span in _parts(message)]
    wishes = [w for part in _joined(message, parts) for w in paired(part)]
    wishes = _either(message, _each(message, wishes))
    return _once([_fitted(w, fits) for w in wishes])


def _each(message: Message, wishes: list[Wish]) -> list[Wish]:
    """`sâm đất, măng khô mỗi loại 2 cân`: one amount for everything that has none."""
    if len(message.quantities) != 1 or not _EACH.search(message.plain):
        return wishes
    readings, why = message.quantities[0].readings, message.quantities[0].why
    goods = [w for w in wishes if w.products or w.code]
    if why or len(readings) != 1 or not goods:
        return wishes
    return [replace(w, measures=readings, why="") for w in goods]


def _either(message: Message, wishes: list[Wish]) -> list[Wish]:
    """`sâm đất hoặc măng khô`: which of the two is asked."""
    out: list[Wish] = []
    for wish in wishes:
        last = out[-1] if out else None
        between = message.words_between(last.said[1], wish.said[0]) if last else ""
        if last and last.code and wish.code and _OR.search(between):
            out[-1:] = [replace(last, why="owner"), replace(wish, why="owner")]
        elif last and last.products and wish.products and _OR.search(between):
            both = (*last.products, *wish.products)
            measures = tuple(dict.fromkeys((*last.measures, *wish.measures)))
            out[-1] = replace(last, products=both, measures=measures, why="which-product")
        else:
            out.append(wish)
    return out


def _parts(message: Message) -> list[tuple[int, int]]:
    """The message cut at commas, "và", "với" and new lines, but never inside what was read."""
    busy = [(i.start, i.end) for i in _all_items(message)]
    cuts = [m.span() for m in _SPLIT.finditer(message.plain)] + list(_new_wishes(message))
    cuts += [
        found.span()
        for h in message.products
        if (found := _AND_OF.search(message.plain, 0, h.start))
        and any(i.end <= found.start() for i in _all_items(message))
    ]
    cuts = [c for c in sorted(cuts) if all(c[1] <= s or e <= c[0] for s, e in busy)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(message.plain)]
    return list(zip(starts, ends, strict=True))


def _new_wishes(message: Message) -> Iterator[tuple[int, int]]:
    """Where a wish begins without a comma. "Không" before its verb refuses it, unless it ends a
    question.
    """
    last = max((i.start for i in _all_items(message)), default=0)
    for found in _NEW_WISH.finditer(message.plain, 0, last):
        asked = bool(_QUESTION.search(message.plain, 0, found.start()))
        refused = bool(_REFUSED.search(message.plain, 0, found.start()))
        if asked or (refused and not found[1] and not found[2]):
            yield found.end() - 1, found.end()
        elif found[2]:
            yield found.start(), found.start() + 1


def _all_items(message: Message) -> list[Item]:
    items: list[Item] = [*message.products, *message.codes, *message.quantities]
    return sorted(items, key=lambda i: i.start)


def _read_part(message: Message, names: Gazetteer, start: int, end: int) -> Part:
    items = [i for i in _all_items(message) if start <= i.start < end]
    if any(not isinstance(i, Quantity) for i in items) or (message.products and not items):
        items = sorted([*items, *_short_names(message, start, end)], key=lambda i: i.start)
    none_left = not items and _GONE.search(message.plain, start, end)
    if none_left or (items and all(isinstance(i, Quantity) for i in items)):
        hit = _unsure_hit(message, names, start, end)
        items = sorted([*items, *([hit] if hit else [])], key=lambda i: i.start)
    refused = _DROP.search(message.words_between(start, end))
    dropped = bool(refused) or _thoi_behind(message, items, end)
    return Part(start, end, tuple(map(_packed, items)), dropped)


def _thoi_behind(message: Message, items: Sequence[Item], end: int) -> bool:
    """`A1 thôi` takes a code back; `2 cân thôi` only says "no more than that"."""
    last = items[-1] if items else None
    return isinstance(last, Code) and bool(_DROP_AFTER.match(message.plain[last.end : end]))


def _short_names(message: Message, start: int, end: int) -> Iterator[Hit]:
    """Parts of names among whole ones: directly behind an amount ("1 chục trứng"), or alone in
    their part of the message (", trứng").
    """
    alone = not any(start <= i.start < end for i in _all_items(message))
    for hit in message.hits:
        word = message.plain[hit.start : hit.end]
        if not (hit.weak and hit.head and start <= hit.start < end and may_be_goods(word)):
            continue
        behind = any(_touch(message.plain, q.end, hit.start) for q in message.quantities)
        rest = message.plain[start : hit.start] + message.plain[hit.end : end]
        if behind or (alone and all(map(is_small, re.findall(r"\w+", rest)))):
            yield hit


def _touch(plain: str, end: int, start: int) -> bool:
    return end < start and plain[end:start].isspace()


def _unsure_hit(message: Message, names: Gazetteer, start: int, end: int) -> Hit | None:
    """Goods beside an amount that no whole name fits: a name with a slip, else a part of one."""
    near = names.near(_without_small_words(message.words_between(0, end)), start, end)
    if near:
        return near
    weak = (h for h in message.hits if h.weak and h.head and start <= h.start < end)
    return next((h for h in weak if may_be_goods(message.plain[h.start : h.end])), None)


def _without_small_words(text: str) -> str:
    return re.sub(r"\w+", lambda m: " " * len(m[0]) if is_small(m[0]) else m[0], text)


def _packed(item: Item) -> Item:
    """`2 gói 500g`, `500g x2`: so many packs of such a size; whether they exist is seen later."""
    if not isinstance(item, Quantity) or item.why != "pack" or len(item.readings) != 2:
        return item
    total, count = item.readings
    if total.base == "piece":
        return replace(item, readings=(total,), why="")
    packs = replace(total, word=f"{count.n}×{total.n // count.n}")
    return replace(item, readings=(packs,), why="")


def _joined(message: Message, parts: Sequence[Part]) -> list[Part]:
    """`sâm đất, 2 cân nhé`: an amount alone is of the goods named alone before it, and what was
    asked about them there does not make it a question.
    """
    out: list[Part] = []
    for part in parts:
        last = out[-1] if out else None
        lonely = part.amounts and not part.goods and _only_fillers(message, part)
        if last and lonely and len(last.goods) == 1 and not last.amounts:
            out.append(replace(part, items=(*last.goods, *part.items)))
        elif last and lonely and len(last.goods) == 1 and _corrects(message, last, part):
            items = tuple(i for i in last.items if not isinstance(i, Quantity))
            out[-1] = replace(last, end=part.end, items=(*items, *part.items))
        else:
            out.append(part)
    return out


def _corrects(message: Message, last: Part, part: Part) -> bool:
    """`2 cân sâm đất. À không, 3 cân`: the later amount counts."""
    said = message.plain[last.items[-1].end : part.items[0].start]
    return bool(_CORRECTS.search(said))


def _only_fillers(message: Message, part: Part) -> bool:
    text = list(message.plain[part.start : part.end])
    for item in part.items:
        text[item.start - part.start : item.end - part.start] = " "
    words = re.findall(r"\w+", "".join(text))
    return all(map(is_small, words))


def _fitted(wish: Wish, fits: Fits) -> Wish:
    """The wish with what the products themselves say: which of them, and can it be had so."""
    if wish.code or not wish.products:
        return wish
    if len(wish.products) > 1 and wish.why != "which-product":
        fitting = _sold_so(wish, fits)
        if len(fitting) != 1:
            return replace(wish, why=wish.why or "which-product")
        wish = replace(wish, products=fitting)
    if wish.why or len(wish.measures) != 1:
        return wish
    measure = wish.measures[0]
    return replace(
        wish,
        why=fits(wish.products[0], measure),
        measures=(_unpacked(measure),),
    )


def _sold_so(wish: Wish, fits: Fits) -> tuple[str, ...]:
    """Of several products those whose own unit was said: "1 con gà" is the hen, not the eggs."""
    if len(wish.measures) != 1 or not wish.measures[0].word:
        return wish.products
    fitting = tuple(p for p in wish.products if fits(p, wish.measures[0]) not in ("unit", "pack"))
    return fitting or wish.products


def _unpacked(measure: Measure) -> Measure:
    return measure if measure.base == "piece" else replace(measure, word="")


def _once(wishes: Sequence[Wish]) -> list[Wish]:
    """The same goods twice with different amounts must be asked; said twice the same is once."""
    out: dict[tuple[tuple[str, ...], str, bool, int], Wish] = {}
    for n, wish in enumerate(wishes):
        known = bool(wish.products or wish.code)
        key = (wish.products, wish.code, wish.dropped, 0 if known else n)
        first = out.get(key)
        if first is None or not first.measures:
            out[key] = wish
        elif wish.measures and wish.measures != first.measures:
            both = tuple(dict.fromkeys((*first.measures, *wish.measures)))
            out[key] = replace(first, measures=both, why="several")
    return list(out.values())
