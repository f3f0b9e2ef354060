"""Words that show what a sentence about a household is: paying, asking, giving back, correcting.

All take the tidied words without the names in them: nothing here decides about amounts.
"""

from __future__ import annotations

import re
from typing import Literal

from bot.understand.pieces import Money
from bot.understand.sellers.said import PaidKind
from bot.understand.sellers.words import Signs

Asked = Literal["", "owed", "sold", "all"]

_QUESTION = Signs(
    "bao nhiêu / bao nhiu / bnh / bn / bnhieu / nhiêu / nhiu / mấy đồng / mấy tiền / được mấy / "
    "mấy cân / mấy ký / mấy con / bao lăm / còn không / xnot ạ / xnot nhỉ / chưa ạ / ra sao / "
    "thế nào / được gì / đủ chưa / hết chưa / trả chưa / đủ cho / bằng nào / từng nào / "
    "hỏi tiền / ở đâu / tiền đâu"
)
_ASKED_LAST = Signs("xnot / mấy / đâu / sao / bn", last=True)
_BALANCE = Signs(
    "chia tiền / công nợ / sổ nợ / số dư / sổ sách / còn nợ / còn thiếu / chốt sổ / "
    "đối chiếu / xem nợ / nợ các / nợ mấy / nợ những / đang nợ / tính tiền / chia lại tiền / "
    "sao kê / kê tiền / tiền hàng / tính sổ / xem sổ / bảng tiền / tiền nong / nợ ai / "
    "nợ nhà / "
    "nợ hộ / tổng nợ / chia ra / phần của / số tiền / phải trả / chia cho / "
    "phần tiền / xem tiền / tiền chia / dư nợ / check nợ / quyết toán"
)
_OWED = Signs("nợ / thiếu / phải trả / chưa trả / trả đủ / còn lại / dư / lấy nốt")
_SOLD = Signs("bán được / đã bán / bán hết / bán bao / bán mấy / tiêu thụ / bán đc")
_PLURAL = Signs(
    "các hộ / các nhà / từng hộ / từng nhà / mỗi hộ / mỗi nhà / mấy nhà / mấy hộ / hộ nào / "
    "nhà nào / những hộ / những nhà / ai / những ai / bà con"
)
_ABOUT_MONEY = Signs("tiền / nợ / chia / trả / thanh toán")
_NOT_NOW = Signs("xnot / đừng / khoan / mai / sắp / sẽ / định / hẹn / tuần sau / tháng sau / nếu")
_GIVES = Signs("trả / đưa / chuyển / ứng / thanh toán / gửi / ck / mang")
_CUSTOMER = Signs("khách")
_REACH = 20
"""Characters between "not yet" and the verb it belongs to."""
_OWES = Signs("nợ / thiếu / đòi / chịu / còn lại")
_EACH = Signs("mỗi nhà / mỗi hộ / mỗi người / từng nhà / mỗi bên")
_UNPAID = Signs("phải trả / phải đưa / chưa trả / chưa đưa / chưa nhận / chưa lấy")
_PRICE = Signs("giá")
_DUE = Signs("phải trả / phải đưa / kiểm tra / còn thiếu / chưa trả / chưa đưa")
_ADVANCE = Signs("ứng / tạm ứng / ứng trước / vay / mượn / cho vay / đưa trước / trả trước / cọc")
_PAYS = Signs(
    "trả / thanh toán / đưa / chuyển / ck / bắn / chi tiền / chi trả / chi cho / phiếu chi / "
    "tất toán / gửi / nhận / cầm / "
    "lấy tiền / rút / giao tiền / ghi trả / phát tiền / trả nợ / bank / "
    "tt / quyết toán / bù / nộp / giải ngân / momo / ting ting"
)
_HANDS = Signs("trả / hoàn / gửi trả")
_BACK = Signs(
    "trả lại / trả về / gửi lại / hoàn lại / hoàn trả / gửi trả / trả hàng / mang trả / "
    "đem trả / lấy lại / lấy về / mang về / đem về / cầm về / chở về / trả bớt hàng / "
    "rút hàng / "
    "rút lại / trả nguyên"
)
_CORRECTS = Signs(
    "sửa / sửa lại / đính chính / ghi nhầm / nhầm / cân lại / đếm lại / đúng ra / đáng lẽ / "
    "thật ra / thực ra / ghi sai / nhập sai / tính sai / điều chỉnh / chỉnh lại / ghi lộn / "
    "cân nhầm / cân sai / không phải"
)
_SETTLES = Signs(
    "hết / đủ / xong / nốt / dứt / dứt điểm / tất toán / sạch nợ / hết nợ / "
    "chốt sổ / sòng phẳng / "
    "toàn bộ / tất cả"
)
WRONG = re.compile(r"(?<!\w)(?:không phải|khong phai|ko phải|ko phai|k phải|thay vì|thay vi)\s*$")
"""Directly before a number that was the mistake."""
REASON = re.compile(
    r"(?<!\w)(?:(?:ghi|cân|can|nhập|nhap|đếm|dem|tính|tinh) (?:nhầm|nham|sai|lộn|lon|thiếu|thieu|"
    r"thừa|thua|dư|lại|lai)|(?:hàng )?(?:hao|hụt)(?: hụt)?|(?:mất|thiếu|thừa) \w+)(?!\w)"
)


def asks(words: str) -> bool:
    """True for a question about money."""
    return bool("?" in words or _QUESTION.search(words) or _ASKED_LAST.search(words))


def balance_kind(words: str, *, named: bool) -> Asked:
    """What of an account is asked for; empty if it is not about one."""
    asked = bool(_BALANCE.search(words) or _OWED.search(words))
    if not named:
        each = _PLURAL.search(words) and _ABOUT_MONEY.search(words)
        return "all" if asked or each else ""
    if _SOLD.search(words):
        return "sold"
    return "owed" if asked or asks(words) else ""


def names_price(words: str) -> bool:
    """True if a price is spoken of, which is no sum that was paid."""
    return bool(_PRICE.search(words))


def is_due(words: str, *, with_sum: bool) -> bool:
    """True if what is still to be paid is spoken of, not what was."""
    return bool((_UNPAID if with_sum else _DUE).search(words))


def corrects(words: str) -> bool:
    """True if an entry was wrong."""
    return bool(_CORRECTS.search(words))


def reason(words: str) -> str:
    """Why an entry was wrong, in her words; empty if she does not say."""
    found = REASON.search(words)
    return found[0] if found else ""


def gives_back(words: str) -> bool:
    """True if something goes back to where it came from."""
    return bool(_BACK.search(words))


def hands(words: str) -> bool:
    """True if something is given to a household that may be money or goods."""
    return bool(_HANDS.search(words))


def pays(words: str) -> bool:
    """True if money is given."""
    return bool(_PAYS.search(words) or _ADVANCE.search(words))


def paid_kind(words: str) -> PaidKind:
    """Whether money is given for goods that were sold, or before."""
    return "advance" if _ADVANCE.search(words) else "pay"


def not_now(words: str) -> bool:
    """True if nothing is given yet, or it is a customer who pays."""
    found = _NOT_NOW.search(words)
    behind = words[found.end() : found.end() + _REACH] if found else ""
    verb = _GIVES.search(behind.partition(",")[0])
    return bool(verb or _CUSTOMER.search(words))


def owes(words: str) -> bool:
    """True if a sum may be owed, not given."""
    return bool(_OWES.search(words))


def of_money(words: str) -> bool:
    """True if money is spoken of, also beside goods ("tiền 20 cân na")."""
    return bool(_ABOUT_MONEY.search(words))


def for_each(words: str) -> bool:
    """True if each of several households gets the same."""
    return bool(_EACH.search(words))


def settles(words: str) -> bool:
    """True if all that is owed is paid."""
    return bool(_SETTLES.search(words))


def clear(money: Money) -> bool:
    """True if a sum can be booked as said, or said back as thousands."""
    return bool(money.readings) and money.why in ("", "bare-price")
