"""What each word of a comment does to a claim. Words that stand in no table make it uncertain.

Written with diacritics. A word typed with marks must be spelled so; one without any stands for
every spelling, the first table that has it decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from bot.understand.fold import fold, has_marks

Role = Literal[
    "C", "K", "Q", "P", "G", "V", "v", "s", "d", "x", "n", "t", "m", "u", "e", "f", "z", "l", "a",
    "r", "h", "y", "g", "i", "b", "w", "p", "k", "j", "c", "o", "*", ",", "+", "-", "/", "?",
]  # fmt: skip
"""One letter for each word of a comment, so that a clause is read by a pattern over letters.

C code, K the minus of `A1-`, Q amount, P phone, G goods by name, o any other number, * unknown
word; V takes (chốt), v asks for (cho, để), s says nothing (em, nhé), d đi, x takes back (bỏ), n
no, t thôi, m more (thêm), u nữa, e alters (đổi), f into (thành), z instead (sang), l còn, a speaks
to others (mn, đừng), r was already, h or, y each, g praise, i mistake, b complaint, w asks, p goes
with a phone number, k points at what stands before it (này), j at what stands behind it (cái), c
where it is to go (ship Hà Nội).
"""

_TABLE = """
a mn / mng / mọi người / mọi ng / mọi / cả nhà / cả nhà mình / các / ai / ace / ae / anh em
a chị em / bà con / người ta / bạn / mời / nhà mình / mấy mẹ / mấy chị / đừng
y mỗi mã / mỗi loại / mỗi thứ / mỗi cái / mỗi món / mỗi em / each
w bao nhiêu / nhiêu / nhiu / bn / bnh / bnhiu / bnhieu / bnhiêu / bao nhiu / bn tiền / bao tiền
w giá / mấy / sao / đâu / gì / nào / ntn / thế nào / à / hả / hở / hử / nhỉ / chứ / chưa
w khi nào / bao giờ / bao lâu / hỏi / tư vấn / how / much / price / what / when / where / có phải
w phải không / đúng không / j / ji / gj / jì / được không / đc không / dc ko / đc ko / đúng ko
w phải ko / không vậy / ko vậy / k vậy / được ko / được k / đc k / dc k / còn không / còn ko
w còn k / còn hông / còn hong
r rồi / r / ròi / rùi / đã / vừa / mới / vừa mới / xong / lúc nãy / hồi nãy / nãy / hôm qua
r hôm trước / hôm nọ / hôm bữa / bữa trước / lần trước / đợt trước / done
b bị / hỏng / hư / lỗi / thiu / mốc / chậm / trả / hoàn / lừa / kém / dở / chê / tệ / dập / nát
b ôi / thiếu / giao sai / phốt / bom
i nhầm / lộn / sai
h hoặc / hay / or
m thêm / more / add / cộng thêm
u nữa / nx / nưa
x bỏ / huỷ / xoá / cancel / remove / hủy đơn / huỷ đơn / huỷ mã / bỏ mã / xoá mã
n không / ko / k / kh / khg / khôg / hông / hong / hok / hk / hem / hổng / kô / khỏi / chẳng
n not / no / dont / thôi không / thôi ko / thôi k
t thôi / thui
e đổi / sửa / chỉnh / thay / change / edit / tăng / giảm / nâng / bớt
f thành / lại / xuống / lên
z sang / qua
l còn
d đi / ik / đê
V chốt / chốt đơn / lấy / mua / đặt / đặt trước / lấy trước / chốt trước / đặt mua / đặt hàng
V cf / cfm / confirm / order / oder / od / book / take / buy / get / lên đơn / hốt / lụm / rinh
V vợt / múc / xúc / quất / bế / chốt mã / lấy mã / yuav / muab / đăng ký / mua mã / chốt cho
V chốt giúp
v cho / xin / để / để lại / để dành / giữ / giữ lại / ghi / gửi / gói / ship / giao / bán cho
v muốn / cần / want / need / cho xin / gom
g đẹp / ngon / thích / mê / xinh / quá / tuyệt / wow / yêu / ưng / xịn / chất / tươi / rẻ / lắm
g share / tim / like / love / good / nice / ngon quá / đẹp quá / hời / thả
p sđt / sdt / đt / tel / phone / zalo / số điện thoại / điện thoại / số đt / liên hệ / lh / gọi
p số / sô / hotline
s em / e / mình / m / mk / tôi / tui / t / tớ / anh / a / chị / c / cj / cô / chú / bác / cháu
s ông / bà / mẹ / dì / cậu / thím / mợ / chế / sis / ad / ad ơi / admin / shop / shop ơi / sh
s sốp / bạn ơi / b ơi / cưng / nàng / ơi / nhé / nha / nhá / nhoa / nhen / nghen / nghe / nhó
s nhaa / ạ / ạk / với / vs / giúp / dùm / giùm / hộ / dạ / vâng / ừ / uk / ukm / uhm / ok / oke
s oki / okie / luôn / lun / ngay / liền / mã / mã số / nhà em / là / thế / vậy / v / z / hi
s hello / chào / i / me / my / for / please / pls / plz / the / thanks / thank / you / tks
s cảm ơn / cám ơn / kuv / koj / cả / code / ui / ưi / em gái / em yêu / bà chủ / cô chủ / chị chủ
s chủ shop / ll / gái / bác chủ / cô ơi / chị ơi / em ơi / e ơi / c ơi / a ơi / số lượng / sl
s alo
k này / nè / đây
j cái / loại / hàng / đơn / lô / đơn hàng
, và / vs mã / cùng / cùng với / and
"""
"""A role and its phrases in every line; of a phrase in two roles the first counts."""
_PLACES = (
    "hn / hà nội / hcm / tphcm / tp hcm / hồ chí minh / sg / sài gòn / đà nẵng / hải phòng"
    " / cần thơ / bắc ninh / bắc giang / thái nguyên / nam định / thanh hoá / nghệ an / quảng ninh"
    " / lào cai / yên bái / phú thọ / vĩnh phúc / hà nam / thái bình / hưng yên / hải dương"
    " / bình dương / đồng nai / vũng tàu / nha trang / huế / vinh / đà lạt"
    " / sơn la / lai châu / điện biên"
)
_GOING = (
    "ship",
    "ship về",
    "ship ra",
    "ship vào",
    "gửi",
    "gửi về",
    "gửi ra",
    "gửi vào",
    "giao",
    "về",
)
"""Only together with these a place says where a claim goes."""
_OTHER_WORDS = """
la ban bo da nay moi ma ho no ba sau bay hang lo qua chat bi hu lai the gia thay vua hoan tra ong
be xin tim len do oi vay ke nang lan mo hot ak to u cau can muc quat co
"""
_NOT_BARE = frozenset(_OTHER_WORDS.split())
"""Folded words that may be another word: `la` (lạ), `ban` (bán)."""
_BARE_ANYWAY: dict[str, Role] = {
    "la": "s", "ban oi": "s", "bo": "x", "da": "s", "ma": "s", "hang": "j", "gia": "w", "oi": "s",
    "lai": "f", "xin": "v", "qua": "g", "moi": "a", "vay": "s", "the": "s", "hu": "b", "bi": "b",
    "len": "f", "vua": "r", "tra": "b", "hoan": "b", "ong": "s", "thay": "e", "sai": "i",
    "con": "l", "nay": "k", "de": "v", "chu": "s", "che": "s",
}  # fmt: skip
_LINES = [
    *((cast(Role, line[0]), line[2:]) for line in _TABLE.strip().split("\n")),
    ("c", " / ".join(f"{go} {place}" for go in _GOING for place in _PLACES.split(" / "))),
]


def _table(view: str) -> dict[str, Role]:
    found: dict[str, Role] = {}
    for role, phrases in _LINES:
        for phrase in phrases.split(" / "):
            if view == "spelled":
                found.setdefault(phrase, role)
            elif fold(phrase) not in _NOT_BARE:
                found.setdefault(fold(phrase), role)
    return {**found, **_BARE_ANYWAY} if view == "bare" else found


_SPELLED, _BARE = _table("spelled"), _table("bare")
_LONGEST: dict[str, int] = {}
for _phrase in (*_SPELLED, *_BARE):
    _first, _size = fold(_phrase.split()[0]), _phrase.count(" ") + 1
    _LONGEST[_first] = max(_LONGEST.get(_first, 1), _size)


def role_at(words: Sequence[str], at: int) -> tuple[Role, int]:
    """The role of the longest phrase at `at` and how many words it has; `*` for an unknown one."""
    most = min(_LONGEST.get(fold(words[at]), 1), len(words) - at)
    for size in range(most, 0, -1):
        phrase = " ".join(words[at : at + size])
        role = _SPELLED.get(phrase) or (None if has_marks(phrase) else _BARE.get(phrase))
        if role is None and size > 1:
            role = _half_marked(words[at : at + size])
        if role is not None:
            return role, size
    return "*", 1


def _half_marked(words: Sequence[str]) -> Role | None:
    """A phrase in which only some words carry their marks ("moi người")."""
    bare = " ".join(map(fold, words))
    for phrase, role in _SPELLED_BY_BARE.get(bare, ()):
        spelled = phrase.split()
        if all(w == s or w == fold(s) for w, s in zip(words, spelled, strict=True)):
            return role
    return None


_SPELLED_BY_BARE: dict[str, tuple[tuple[str, Role], ...]] = {}
for _phrase, _role in _SPELLED.items():
    if " " in _phrase:
        _key = fold(_phrase)
        _SPELLED_BY_BARE[_key] = (*_SPELLED_BY_BARE.get(_key, ()), (_phrase, _role))
