"""A seller's message cut into parts, and which goods a part names."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.understand.gazetteer import Hit
from bot.understand.message import Message, may_be_goods
from bot.understand.pieces import Piece
from bot.understand.scan import scan
from bot.understand.sellers.households import households_of
from bot.understand.sellers.words import same_word
from bot.understand.small_words import is_small

Near = Callable[[str, int, int], Hit | None]
"""`Gazetteer.near`: the name that most likely was meant in [start, end) of a tidied text."""

_SPLIT = re.compile(
    r"[,;&!?()]|\.(?=\s|$)|\+(?=\s)|"
    r"(?<!\w)(?:và|va|với|voi|vs|nhưng|nhung)(?!\w)"
)
_AND_OF = re.compile(r"(?<!\w)(?:còn|con)\s+$")
_WORD = re.compile(r"[^\W\d_]+")
_NO_NAME_WORDS = """
giá bán tăng giảm hạ nâng lên xuống đổi sửa để bớt cộng trừ từ trên dưới trở lẻ buôn sỉ nhà hộ trả
lại ứng nợ nhận mang đưa đem nhập thu chở tiền kg cân gói túi hộp con quả bó chai lít nghìn ngàn
triệu đồng một mỗi hỏng thối dập mốc còn tính thành sang mới cũ sẽ thôi nhé đều cùng
"""
_NO_NAME = frozenset(_NO_NAME_WORDS.split())
"""Words that stand beside goods in these sentences and never name any."""


@dataclass(frozen=True, slots=True)
class Part:
    """[start, end) of the tidied text with what stands in it, in order. joined: it is linked to
    the part before by a word ("và"), not by a comma.
    """

    start: int
    end: int
    goods: tuple[Hit, ...]
    pieces: tuple[Piece, ...]
    joined: bool = False


def candidates(hit: Hit, own: Collection[str]) -> tuple[str, ...]:
    """What the words may mean: narrowed to `own` where any of it is there, else all of it."""
    for ids in (hit.ids, hit.wider):
        mine = tuple(i for i in ids if i in own)
        if mine:
            return mine
    return hit.ids


def priced_pieces(
    message: Message, names: Sequence[tuple[int, int]] = (), *, slang: bool = False
) -> list[Piece]:
    """The pieces of a message in which bare numbers are money. names: where nothing is a number.

    What has a unit stays an amount, though the unit may be slang for money ("có 12 chai"),
    except with `slang` ("trả 2 củ").
    """
    taken = [*names, *((h.start, h.end) for h in message.products)]
    taken += [(c.start, c.end) for c in message.codes]
    amounts = (
        {}
        if slang
        else {(q.start, q.end): q for q in message.quantities if not q.bare and not q.why}
    )
    pieces = scan(message.plain, sorted(taken), money_slot=True)
    return [amounts.get((p.start, p.end), p) for p in pieces]


def parts_of(message: Message, pieces: Sequence[Piece], near: Near | None) -> list[Part]:
    """The message cut at commas, "và", "với" and new lines, but never inside what was read."""
    busy = [(h.start, h.end) for h in message.products] + [(p.start, p.end) for p in pieces]
    cuts = [m.span() for m in _SPLIT.finditer(message.plain)]
    cuts += [
        found.span()
        for h in message.products
        if (found := _AND_OF.search(message.plain, 0, h.start))
        and any(p.end <= found.start() for p in pieces)
    ]
    cuts = [c for c in sorted(cuts) if all(c[1] <= s or e <= c[0] for s, e in busy)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(message.plain)]
    links = [False, *(message.plain[s:e].strip().isalpha() for s, e in cuts)]
    return [
        Part(s, e, tuple(_goods(message, pieces, s, e, near)), _inside(pieces, s, e), link)
        for s, e, link in zip(starts, ends, links, strict=True)
    ]


def _inside(pieces: Sequence[Piece], start: int, end: int) -> tuple[Piece, ...]:
    return tuple(p for p in pieces if start <= p.start < end)


def _goods(
    message: Message, pieces: Sequence[Piece], start: int, end: int, near: Near | None
) -> Iterator[Hit]:
    """Goods that are certainly named; beside a number also a name with a slip, or part of one."""
    sure = [h for h in message.products if start <= h.start < end]
    yield from sure
    if sure or (message.products and not _inside(pieces, start, end)):
        return
    left = _names_only(message, pieces)
    close = near(left, start, end) if near and left[start:end].strip() else None
    if close:
        yield close
        return
    for hit in message.hits:
        word = message.plain[hit.start : hit.end]
        loose = hit.weak and hit.head and start <= hit.start < end
        if loose and left[hit.start : hit.end].strip() and may_be_goods(word):
            yield hit
            return


def _names_only(message: Message, pieces: Sequence[Piece]) -> str:
    """The tidied text with everything blanked that cannot be the name of goods."""
    blank = list(message.plain)
    for found in (*pieces, *message.pieces, *message.products, *households_of(message)):
        blank[found.start : found.end] = " " * (found.end - found.start)
    return _WORD.sub(_kept, "".join(blank))


def _kept(word: re.Match[str]) -> str:
    dull = is_small(word[0]) or same_word(word[0], _NO_NAME) or len(word[0]) < 2
    return " " * len(word[0]) if dull else word[0]
