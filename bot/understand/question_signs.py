"""What a customer's sentence about goods is after, beside what the classifier says: goods the shop
has not, a person, a reminder, or "yes, that much".

They choose which answer is shown; nothing is ordered by them but what a button on the screen
offers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.understand.fold import fold, has_marks, tidy
from bot.understand.gazetteer import Hit
from bot.understand.message import Message, may_be_goods
from bot.understand.small_words import SPELLED, is_small

_QUESTION_WORDS = """
nhiều ít lắm quá chứ hả à vẫn chỉ
giá cả bao nhiêu nhiu tiền sao thế nào có còn không ko k kh khong hok hong chưa bán hàng loại
mấy gì đâu khi giờ lúc mùa tháng năm ngày mới rẻ đắt mắc hơn nhất to nhỏ lớn bé tốt xịn thật khác
nhau đồng phí cước gửi cho và với hay hoặc một hai ba các những hiện bây nữa đang sẵn kho trong
ngoài chợ này kia nó hôm tuần trước sau so bn bnh ntn được đc dc về từ ở hỏi xem thử
cân ký kg lạng yến tạ con quả trái hộp hũ gói chai lít bó chục túi can kí người dùng thường
"""
"""Words of questions, and beside amounts, that name no goods."""

_SAYS_NOTHING = SPELLED.union(_QUESTION_WORDS.split())
_FOLDED = frozenset(map(fold, _SAYS_NOTHING))
_JOINED = re.compile(r"(?:(?<!\w)(?:va|voi|vs|cung|ca|hay|hoac)|[,;+&])\s*$")
_BUYS = re.compile(
    r"(?<!\w)(?:lay|mua|dat|chot|order|ship|gui|giao|de (?:cho|danh)|"
    r"cho (?:em|e|minh|m|chi|c|anh|a|toi|t|co|chu|bac|xin|\d|xsl))(?!\w)"
)
_ALL = re.compile(r"(?<!\w)(?:tất )?(?:cả|ca)(?: hai| ba| bốn| bon| 2| 3| 4)?(?!\w)")
_TAKES = re.compile(r"(?<!\w)(?:lay|mua)(?!\w)")
_SETTLES = re.compile(r"(?<!\w)(?:chot|dat)(?!\w)")
_ELSE = frozenset(
    ("them", "nua", "het", "thu", "thoi", "hang", "mon", "truoc", "mai", "xin", "ve")
)
_PERSON = r"(?:nguoi ban|nguoi that|nguoi|chu shop|chu hang|chu vuon|nhan vien|shop|seller)"
_CALLS = re.compile(
    rf"(?<!\w)(?:(?:gap|noi chuyen(?: voi)?|noi may|lien he) (?:\w+ )?{_PERSON}(?! mua)|"
    r"(?:hoi|nhan|chuyen loi|goi|nhan tin)(?: cho| giup| ho| gium)*(?: em| minh| toi| chi| anh)? "
    r"(?:nguoi ban|chu shop|chu hang|chu vuon))(?!\w)"
)
_AROUND_A_CALL = frozenset(("hoi", "giup", "gap", "nhan", "noi", "chuyen", "lien", "he", "duoc"))
_REMINDS = re.compile(
    r"(?<!\w)(?:nhac|bao|nhan|nhan tin|thong bao|alo|hu|oi|reo)(?: lai)?(?: giup| cho)? "
    r"(?:em|e|minh|m|toi|t|chi|c|anh|a|nha|nhe|nhe|voi)(?!\w)"
)
_ASKING = re.compile(
    r"(?<!\w)(?:gia|phi|ship|mua nao|thang|may|bao (?:nhieu|gio|lau)|khi nao|the nao|sao|dau|"
    r"(?:co|con) .*(?:khong|ko|k|chua))(?!\w)"
)
_WHERE = re.compile(
    r"(?<!\w)(?:(?:shop|cua hang|cho|ben minh) (?:minh |nay )?o (?:dau|cho nao|tinh nao)|"
    r"dia chi (?:cua )?(?:shop|cua hang))(?!\w)"
)
_SELLS = re.compile(r"(?<!\w)(?:co|con) ban(?!\w)")


def takes_offered(text: str, *, settles: bool) -> bool:
    """ "Ok lấy", "em lấy nhé", "lấy cả hai" and nothing else: what is offered on the screen is
    taken. settles: "chốt" says so too, where nothing else could be ordered.
    """
    plain = _ALL.sub(" ", tidy(text))
    words = re.findall(r"\w+", plain)
    bare = " ".join(map(fold, words))
    verb = _TAKES.search(bare) or (settles and _SETTLES.search(bare))
    other = any(not is_small(w) or fold(w) in _ELSE for w in words)
    return bool(verb) and not other and "?" not in text


def takes_all(text: str) -> bool:
    """True for "lấy cả": nothing less is meant."""
    return bool(_ALL.search(tidy(text)))


def buys(message: Message) -> bool:
    """True if a word of buying stands in the sentence: what has an amount there is wanted."""
    return bool(_BUYS.search(fold(message.masked())))


def calls_seller(plain: str) -> bool:
    """True if a person is wanted ("cho gặp người bán", "hỏi giúp em người bán")."""
    return bool(_CALLS.search(fold(plain)))


def only_calls(text: str, names: Iterable[str] = ()) -> bool:
    """True if nothing stands beside the call, and a name of goods, that could be a message."""
    rest = _CALLS.sub(" ", fold(tidy(text)))
    for name in sorted(map(fold, names), key=len, reverse=True):
        rest = rest.replace(name, " ")
    words = re.findall(r"\w+", rest)
    return all(is_small(w) or w in _AROUND_A_CALL for w in words)


def reminds(plain: str) -> bool:
    """True for "khi nào có thì báo em"; a reminder of a live is another thing."""
    bare = fold(plain)
    return bool(_REMINDS.search(bare)) and not re.search(r"(?<!\w)(?:live|bao nhieu)(?!\w)", bare)


def asks_of_sale(plain: str) -> bool:
    """True for "có bán … không"."""
    return bool(_SELLS.search(fold(plain)))


def asks_where(plain: str) -> bool:
    """True for "shop ở đâu", "địa chỉ cửa hàng"."""
    return bool(_WHERE.search(fold(plain)))


def may_ask(text: str) -> bool:
    """True if a word of a question stands there that stands in no name of goods."""
    return bool(_ASKING.search(fold(text)))


def asks_shipping(plain: str) -> bool:
    """True for "ship … bao nhiêu", "gửi về …"."""
    return bool(re.search(r"(?<!\w)(?:ship|phi gui|cuoc|gui|giao|van chuyen)(?!\w)", fold(plain)))


def says_any(plain: str, names: str) -> bool:
    """True if one of the names between commas stands in the tidied text as whole words."""
    known = [tidy(name) for name in names.split(",") if name.strip()]
    text = plain if has_marks(plain) else fold(plain)
    spelled = known if has_marks(plain) else map(fold, known)
    return any(re.search(rf"(?<!\w){re.escape(name.strip())}(?!\w)", text) for name in spelled)


def named_in_question(message: Message) -> list[Hit]:
    """Goods a question is about. Alone, or joined to others, a short name counts here ("trứng
    bao nhiêu"): an answer may be about too much, an order may not.
    """
    weak = [h for h in message.hits if h.weak and h.head and _goods(message, h)]
    sure = message.products
    if not sure:
        return weak
    joined = [h for h in weak if _joined(message, h)]
    return sorted([*sure, *joined], key=lambda h: h.start)


def _joined(message: Message, hit: Hit) -> bool:
    """Behind "và", or counted: "2 chục trứng"."""
    before = message.plain[: hit.start]
    counted = any(before[q.end :].isspace() for q in message.quantities if q.end < hit.start)
    return counted or bool(_JOINED.search(fold(before)))


def _goods(message: Message, hit: Hit) -> bool:
    return may_be_goods(message.plain[hit.start : hit.end])


def unknown_goods(message: Message) -> str:
    """Words that name goods the shop has not ("sầu riêng", "trứng vịt", "thịt bò gác bếp"); empty
    if there are none, or a whole name is there.
    """
    if any(h.kind == "whole" for h in message.hits if not h.weak):
        return ""
    parts = {(h.start, h.end): h for h in message.hits}
    run: list[tuple[int, int, bool]] = []
    best: list[tuple[int, int, bool]] = []
    for start, end, odd, part in _tokens(message, list(parts)):
        if odd or part:
            run.append((start, end, odd))
            best = run if _names_other(run, message) and not best else best
        else:
            run = []
    return message.plain[best[0][0] : best[-1][1]] if best else ""


def _names_other(run: list[tuple[int, int, bool]], message: Message) -> bool:
    """An unknown word, and nothing certain before it that it could describe."""
    sure = [h for h in message.products if h.start < run[-1][1]]
    first_odd = next((start for start, _, odd in run if odd), -1)
    return first_odd >= 0 and all(h.start > first_odd for h in sure)


def _tokens(message: Message, parts: list[tuple[int, int]]) -> list[tuple[int, int, bool, bool]]:
    """Every word: where it stands, whether nobody knows it, whether it is part of a name."""
    taken = [(p.start, p.end) for p in (*message.pieces, *message.codes)] + list(message.places)
    out = []
    for found in re.finditer(r"\w+", message.plain):
        start, end = found.span()
        busy = any(s <= start < e for s, e in taken)
        plain = found[0].isdigit() or found[0] in (
            _SAYS_NOTHING if has_marks(found[0]) else _FOLDED
        )
        part = not (busy or plain) and any(s <= start < e for s, e in parts)
        out.append((start, end, not (busy or part or plain), part))
    return out
