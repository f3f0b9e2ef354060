"""Comments as a helper copies them from Facebook or TikTok: who wrote what.

A block is a list without a fixed shape: names above or before the words, and around them what the
app prints at every comment ("Fan cứng", "2 phút · Thích · Trả lời"). An author is taken only where
the shape says so, never guessed: words without one are better than somebody else's claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.understand.comments.codes import UNSEEN
from bot.understand.fold import fold

MOST_LINES = 500
"""Lines of a block that are read."""
MOST_WORDS, MOST_NAME = 1000, 60
"""Characters of a comment that are kept, and of a name."""
MOST_LINE, MOST_PRINTED = 1100, 100
"""Characters of a line that are read, and of one that an app prints."""

_TIME = (
    r"(?:\d{1,3}\s?(?:s|giây|sec|m|p|phút|min|mins|h|giờ|hr|hrs|d|ngày|w|tuần|tháng|mo|y|năm)"
    r"(?:\s(?:trước|ago))?|vừa xong|bây giờ|just now|now|hôm qua|yesterday"
    r"|\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?)"
)
_REPLY = r"(?:thích|like|trả lời|phản hồi|reply|bình luận|comment)"
_OTHER = (
    r"(?:chia sẻ|share|ẩn|hide|xem bản dịch|see translation|đã chỉnh sửa|edited|theo dõi|follow"
    r"|nhắn tin|gửi tin nhắn|send message|message|ghim|pin|pinned|đã ghim|xem thêm|see more"
    r"|thích nhất|(?:xem|view|ẩn|hide)(?: thêm| tất cả| all)? ?\d* ?"
    r"(?:câu trả lời|phản hồi|trả lời|bình luận|replies|reply|comments|more)"
    r"|\d+ (?:câu trả lời|phản hồi|lượt thích|replies|reply|likes?|thích))"
)
_BADGE = (
    r"(?:top fan|fan cứng|fan cung|fan hâm mộ|người theo dõi hàng đầu|người đóng góp hàng đầu"
    r"|top contributor|author|tác giả|admin|quản trị viên|moderator|người kiểm duyệt|creator"
    r"|nhà sáng tạo|người sáng tạo|bạn bè|friend|new viewer|người xem mới|rising fan|fan mới nổi"
    r"|người gửi quà hàng đầu|top gifter|đã mua hàng|host|chủ phòng)"
)
_GAP = r"[\s·•|,.]*"
_FOOT = re.compile(rf"{_GAP}(?:(?:{_TIME}|{_REPLY}|{_OTHER}|\d+k?(?!\d)){_GAP})+", re.IGNORECASE)
_ENDS = re.compile(rf"(?<!\w)(?:{_TIME}|{_REPLY})(?!\w)", re.IGNORECASE)
_REPLIES = re.compile(rf"(?<!\w){_REPLY}(?!\w)", re.IGNORECASE)
_BADGES = re.compile(rf"{_GAP}(?:{_BADGE}{_GAP})+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]|\d:\d")
_LIKED = re.compile(r"\d{1,5}")
_ANSWERED = re.compile(r".{1,60} (?:đã trả lời|replied)(?: ?·.*)?", re.IGNORECASE)
_PICTURE = re.compile(r"(?:ảnh đại diện của .+|.+'s profile (?:picture|photo))", re.IGNORECASE)
_WHEN = re.compile(rf"(?<!\w){_TIME}(?!\w)", re.IGNORECASE)
_HEAD = re.compile(
    rf"(?P<name>\S.*?)\s*[·•]\s*(?:{_BADGE}|(?:{_BADGE}\s*[·•]\s*)?(?P<when>{_TIME}))",
    re.IGNORECASE,
)
_BESIDE = re.compile(rf"\s*(?:[·•]\s*)?{_BADGE}(?!\w)", re.IGNORECASE)
_STAMP = re.compile(r"\s*(?:\[(?P<a>[\d:,/ .-]{4,25})\]|(?P<b>\d{1,2}:\d{2}(?::\d{2})?))\s+(?=\S)")
_SAID = re.compile(r"(?P<name>[^:：\t]{1,60}?)\s*(?::\s+|：\s*|\t)(?P<text>\S.*)")

_LABELS_SAID = """
tên|họ tên|sđt|đt|số điện thoại|điện thoại|tel|phone|zalo|địa chỉ|đc|mã|mã số|số|so|số lượng|sl
giá|lưu ý|note|ghi chú|size|màu|loại|chốt|chốt đơn|lấy|mua|đặt|cf|order|hủy|bỏ|thêm|sửa|đổi
em|e|chị|c|anh|a|mình|m|shop|shop ơi|em ơi|chị ơi|link|https|http|ps|p/s|hỏi|ad|admin|cho em
cho chị|nhận|giao|ship|người nhận|nhận hàng|mn|mọi người|cả nhà
"""
_LABELS = frozenset(fold(w) for line in _LABELS_SAID.split("\n") for w in line.split("|") if w)
"""Before a colon these name no author."""
_NO_NAME = re.compile(r"(?<!\w)[a-z]{1,2}\s?[.\-]?\s?\d{1,2}(?!\w)|^\W*\d|[?!]|\s.*\d{5}")
"""In a folded line: a code, a number first, a question, a phone number."""
_TAKES = re.compile(
    r"\W*(?:chot|lay|mua|dat|cf|huy|bo|them|cho|de|order|ma|gia|ship|em|chi|anh|shop|alo|con)(?!\w)"
)
MOST_NAME_WORDS = 7


@dataclass(frozen=True, slots=True)
class Pasted:
    """One comment. author: as it stood there, empty if the block names none. text: as typed, its
    lines kept. when: the app's time mark ("2 phút", "20:15"), empty if none stood there.
    """

    author: str
    text: str
    when: str = ""


@dataclass(slots=True)
class _Group:
    """Lines of one comment so far. named: the first of them is surely its author."""

    lines: list[str] = field(default_factory=list)
    when: str = ""
    named: bool = False


def read_comments(block: str) -> tuple[Pasted, ...]:
    """The comments of a pasted block in the order they stand there. Never raises."""
    seen = (UNSEEN.sub("", line[:MOST_LINE]) for line in block.splitlines()[:MOST_LINES])
    lines = [line.strip() for line in seen]
    printed = any((_is_foot(x) and _ENDS.search(x)) or _head(x) for x in lines)
    groups = _Footed(lines).groups() if printed else _plain(lines)
    return tuple(one for group in groups for one in _comments(group))


def _is_foot(line: str) -> bool:
    """What an app prints around comments. A bare number may be how many liked it."""
    if len(line) > MOST_PRINTED:
        return False
    if not _WORD.search(line):
        return bool(_LIKED.fullmatch(line))
    shapes = (_FOOT, _ANSWERED, _PICTURE)
    return any(shape.fullmatch(line) for shape in shapes)


def _head(line: str) -> tuple[str, str] | None:
    """Name and time of `Khách 1 · 2 phút`, `Khách 1 · Tác giả`."""
    found = _HEAD.fullmatch(line) if len(line) <= MOST_PRINTED else None
    if found is None or not _may_be_name(found["name"]):
        return None
    return found["name"], found["when"] or ""


class _Footed:
    """Cuts a list in which the app printed something under, or beside, each comment."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = [line for line in lines if line]
        feet = [line for line in self._lines if _is_foot(line)]
        self._replies = any(_REPLIES.search(line) for line in feet)
        self._done: list[_Group] = []
        self._group = _Group()
        self._closing = self._replied = False

    def groups(self) -> list[_Group]:
        for line in self._lines:
            if _is_foot(line) and (self._closing or not _LIKED.fullmatch(line)):
                self._foot(line)
            elif _BADGES.fullmatch(line):
                self._group.named |= len(self._group.lines) == 1 and not self._closing
            else:
                self._words(line)
        self._flush()
        return self._done

    def _foot(self, line: str) -> None:
        if not self._group.lines:
            return
        when = _WHEN.search(line)
        self._group.when = self._group.when or (when[0] if when else "")
        self._closing = True
        self._replied |= bool(_REPLIES.search(line))

    def _words(self, line: str) -> None:
        if self._closing:
            self._between()
        head = _head(line)
        if head:
            self._flush()
            self._group = _Group([head[0]], head[1], named=True)
        else:
            self._group.lines.append(line)

    def _between(self) -> None:
        """A time alone between two lines stands behind an author, if comments end otherwise."""
        first = self._group.lines[0]
        inside = self._replies and not self._replied and len(self._group.lines) == 1
        if inside and _may_be_name(first):
            self._group.named, self._closing = True, False
        else:
            self._flush()

    def _flush(self) -> None:
        if self._group.lines:
            self._done.append(self._group)
        self._group = _Group()
        self._closing = self._replied = False


def _plain(lines: Sequence[str]) -> list[_Group]:
    """Lines with nothing around them: each is a comment, unless all stand in pairs under names."""
    pairs: list[list[str]] = [[]]
    for line in lines:
        if line:
            pairs[-1].append(line)
        elif pairs[-1]:
            pairs.append([])
    pairs = [p for p in pairs if p]
    if len(pairs) > 1 and all(len(p) == 2 and _is_titled(p[0]) for p in pairs):
        return [_Group(p, named=True) for p in pairs]
    return [_Group([line]) for line in lines if line]


def _is_titled(line: str) -> bool:
    """Every word begins with a capital, as in a name; the whole is not shouted."""
    words = line.split()
    titled = all(w[0].isupper() or w[0].isdecimal() for w in words)
    return titled and not line.isupper() and _may_be_name(line)


def _may_be_name(line: str) -> bool:
    bare = fold(line)
    if not 0 < len(line) <= MOST_NAME or len(bare.split()) > MOST_NAME_WORDS:
        return False
    if _NO_NAME.search(bare) or bare in _LABELS or not any(map(str.isalpha, bare)):
        return False
    words = line.split()
    capitals = len(words) > 1 and all(w[0].isupper() for w in words) and not line.isupper()
    return capitals or not _TAKES.match(bare)


def _comments(group: _Group) -> Iterator[Pasted]:
    lines = group.lines
    if len(lines) > 1 and lines[0] == lines[1]:
        lines = lines[1:]
    first = _BESIDE.sub("", lines[0]).strip()
    named = group.named or (first != lines[0] and _may_be_name(first))
    if named or (len(lines) > 1 and _may_be_name(first) and not _SAID.fullmatch(first)):
        words = "\n".join(lines[1:])
        if words:
            yield _pasted(first, words, group.when)
        return
    for line in lines:
        yield _of_line(line, group.when)


def _of_line(line: str, when: str) -> Pasted:
    """`Khách 1: A1 x2`, `[20:15] Khách 1: A1`, or words without an author."""
    stamp = _STAMP.match(line)
    rest = line[stamp.end() :] if stamp else line
    at = (stamp["a"] or stamp["b"]).strip() if stamp else when
    said = _SAID.fullmatch(rest)
    if said and _may_be_name(said["name"]):
        return _pasted(said["name"], said["text"], at)
    return _pasted(
        "", rest if stamp and stamp["a"] else line, at if stamp and stamp["a"] else when
    )


def _pasted(author: str, text: str, when: str) -> Pasted:
    return Pasted(" ".join(author.split())[:MOST_NAME], text.strip()[:MOST_WORDS], when)
