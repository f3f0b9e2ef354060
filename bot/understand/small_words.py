"""Words of politeness and of buying that say nothing about what is wanted.

Beside goods and amounts they leave a message a plain order. Written with diacritics; compared
folded, because here a wrong mark changes nothing.
"""

from __future__ import annotations

import re

from bot.understand.fold import fold

_WORDS = """
lấy cho em e tao mình m mk tôi t tui tớ ta anh a chị c cô chú bác cháu con bà ông mẹ mế shop sh ơi
nhé nha nhá nhe nhen nghen nhó ạ à ah với đi thôi dạ vâng ừ ok oke oki mua đặt chốt order hốt lụm
thêm nữa là đc được luôn cần muốn xin giúp dùm giùm hộ vậy này nè đây đó ấy đấy thì xong rồi r gửi
giao ship về bán nhập ghi để dành cân gói đóng trước thử tầm mỗi loại thứ món hàng mã cái nhà bên
s sốp cưng ad admin á ak ạk ik lun luon lẹ nx vs z v zậy dzậy thoi nhoa nhaa nghe hen hé hỉ
ờ thế ui ời ưi alo hello hi chào buổi sáng chiều tối hôm nay mai kỹ ngon tươi đẹp nhanh sớm hết
tổng cộng
"""

SMALL_WORDS: frozenset[str] = frozenset(map(fold, _WORDS.split()))
SPELLED: frozenset[str] = frozenset(_WORDS.split())


_LONG_DRAWN = re.compile(r"(.)\1{2,}")


def is_small(word: str) -> bool:
    """True for a word that may stand in any plain order, also long drawn ("nhaaa")."""
    return _LONG_DRAWN.sub(r"\1", fold(word)) in SMALL_WORDS
