"""What a report is asked for."""

from __future__ import annotations

import re

from bot.understand.fold import fold, tidy
from bot.understand.sellers.said import GroupBy, ReportAsked, Span
from bot.understand.sellers.words import Signs

MOST_TEXT = 400

_SPANS: tuple[tuple[Span, str], ...] = (
    ("yesterday", "hôm qua / hqua / tối qua / đêm qua / chiều qua / sáng qua / ngày qua"),
    ("last_week", "tuần trước / tuần rồi / tuần vừa rồi / tuần qua / tuần vừa qua"),
    ("last_month", "tháng trước / tháng rồi / tháng vừa rồi / tháng qua / tháng vừa qua"),
    (
        "season",
        "vụ này / mùa này / cả vụ / cả mùa / mùa vụ / đầu vụ / đầu mùa / vụ / mùa / đầu năm / "
        "năm nay / từ trước đến giờ / từ trước tới giờ / tất cả từ / tổng cộng từ",
    ),
    ("month", "tháng này / tháng nay / trong tháng / cả tháng / đầu tháng / tháng / thg này"),
    ("week", "tuần này / tuần nay / trong tuần / cả tuần / đầu tuần / tuần / 7 ngày / bảy ngày"),
    ("today", "hôm nay / hnay / nay / ngày / sáng nay / chiều nay / tối nay"),
)
_BY: tuple[tuple[GroupBy, str], ...] = (
    (
        "household",
        "theo nhà / theo hộ / từng nhà / từng hộ / mỗi nhà / mỗi hộ / các nhà / các hộ / "
        "nhà nào / nhà chị nào / nhà ai / "
        "hộ nào / theo từng nhà / theo từng hộ",
    ),
    (
        "live",
        "theo live / từng live / từng buổi / mỗi buổi / mỗi live / buổi live / theo buổi / "
        "các buổi / live nào / buổi nào / theo phiên / phiên live / live",
    ),
    (
        "product",
        "theo hàng / theo món / theo sản phẩm / theo mặt hàng / từng món / từng hàng / "
        "từng loại / "
        "mỗi món / mỗi loại / mặt hàng nào / món nào / hàng nào / loại nào / theo loại / "
        "từng mặt hàng / từng thứ / theo thứ / theo từng món / sản phẩm nào / cái nào",
    ),
)
_COMPARED = Signs("so với / so sánh với / hơn / kém")
"""What a report is compared with is not what it covers."""
_SPAN_SIGNS = tuple((span, Signs(words)) for span, words in _SPANS)
_BY_SIGNS = tuple((by, Signs(words)) for by, words in _BY)


_NAMED = re.compile(
    r"(?<!\w)(?:bao cao|doanh thu|xuat file|ban (?:duoc|dc) (?:\w+ )?(?:bao nhieu|may))(?!\w)"
)


def names_report(text: str) -> bool:
    """Whether the words can only ask for a report."""
    return bool(_NAMED.search(fold(text[:MOST_TEXT])))


def report_span(text: str) -> ReportAsked:
    """The time and the grouping that were said; today, ungrouped, where nothing was."""
    words = tidy(text[:MOST_TEXT])
    compared = _COMPARED.search(words)
    told = words[: compared.start()] if compared else words
    span: Span = next((s for s, signs in _SPAN_SIGNS if signs.search(told)), "today")
    by: GroupBy = next((b for b, signs in _BY_SIGNS if signs.search(words)), "")
    return ReportAsked(span, by)
