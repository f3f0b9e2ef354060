"""Words by which names and addresses are told from the rest of a sentence.

They decide what is hidden before a sentence is kept, nothing else; a word too many hides too much.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.understand.fold import fold


@dataclass(frozen=True, slots=True)
class Known:
    """Words with their diacritics, and folded for who types without."""

    accented: frozenset[str]
    folded: frozenset[str]


def _known(words: str, *, not_bare: str = "") -> Known:
    """not_bare: words that mean too much else when written without diacritics."""
    accented = frozenset(words.split())
    bare = accented - frozenset(not_bare.split())
    return Known(accented, frozenset(map(fold, bare)))


KIN = _known(
    "chị anh cô chú em bác ông bà cháu bạn dì cậu mợ thím cụ",
    not_bare="cô ông bà bạn dì cậu mợ cụ",
)
"""Words for people; one with a capital behind them is a name."""

SELF = _known("em cháu bạn")
"""Of these, the ones a customer calls herself: goods may follow (`cho em Na 2 cân`)."""

CALLED = _known("nhà gặp tìm hỏi")
"""Before a word for people: what follows is a name even when written small (`gặp chị mỷ`)."""

SURNAMES = _known(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ ngô dương lý sùng giàng vàng vừ "
    "thào lò quàng cầm cứ đinh lương trương đào đoàn trịnh lưu nông triệu hạng phàng phảng "
    "tẩn vi lù tống má mùa lầu hờ ly chảo tráng thền cháng"
)
"""Without those that begin a province (Hà, Hồ, Lâm, Cao, Lai)."""

NO_NAMES = _known(
    "ơi à ạ nhé nha nhe bán chủ shop cho lấy mua gửi giao ship báo còn có không ko k hông là "
    "ở hàng nào ấy đó với gì đâu tui mình em chị anh nói biết xem hỏi muốn cần thấy nhận trả "
    "đặt để sẽ đi đến tới về nhà và hay hoặc thì mà thế cũng đều cả ta vậy này kia ngoài trên "
    "vừa đang rồi được dc oke ok khách quen cũ mới thật người quản lý chốt thêm bớt đổi huỷ "
    "giúp bây giờ hết nữa luôn ngay xong gọi ăn dùng tính tìm thích nghe chưa hơi bị nay mai"
)
"""Words that follow a word for people without being a name (`chị ơi`, `gặp chị bán hàng`)."""

UNITS = _known(
    "kg ky kí ký cân lạng g gr gam tấn tạ yến gói hộp hũ con quả bó túi chai lít l ml chục "
    "đôi cái nghìn ngàn k tr triệu đồng đ vnđ phần suất thùng bao năm tháng ngày giờ h phút "
    "lần mùi người loại món đơn tươi khô x củ bánh miếng mớ rổ sọt thúng lọ bịch bắp lô"
)

STREET = _known("đường phố ngõ ngách hẻm kiệt khu thôn xóm bản ấp phường quận xã", not_bare="bản")
AREA = _known("ngõ ngách hẻm kiệt thôn xóm ấp phường quận xã huyện", not_bare="ấp")
QUESTION = _known("gì đâu nào mấy bao sao thế")
