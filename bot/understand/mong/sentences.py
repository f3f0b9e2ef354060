"""What Mông sentences mean: `intents/hmn.yml`, compared word for word.

No classifier and no distance between words: a sentence means what an example of the same words
means, goods and amounts aside, and words of politeness may be there or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.understand.fold import tidy
from bot.understand.intents_file import Example
from bot.understand.inventory import INTENTS, Role

GOODS, AMOUNT, SUM = "xsp", "xsl", "xtien"
MARKS = {"product": GOODS, "quantity": AMOUNT, "price": SUM}
POLITE = frozenset(("kuv", "koj", "thov", "mog", "os", "nawb", "no", "nim", "aw", "xwb"))
"""I, you, please, and particles."""

IN_VIETNAMESE: Mapping[str, str] = {
    "add_stock": "thêm {amount} {goods}",
    "affirm": "đúng",
    "ask_live": "bao giờ live",
    "ask_origin": "{goods} ở đâu",
    "ask_payment": "trả tiền thế nào",
    "ask_price": "{goods} giá bao nhiêu",
    "ask_shipping": "phí gửi bao nhiêu",
    "ask_stock": "còn {goods} không",
    "browse": "hôm nay có gì bán",
    "cancel_order": "huỷ đơn",
    "change_language": "đổi tiếng",
    "checkout": "đặt hàng",
    "deny": "không",
    "greet": "chào shop",
    "help": "giúp",
    "list_orders": "đơn mới",
    "list_stock": "còn những gì",
    "order": "lấy {amount} {goods}",
    "order_status": "đơn của tôi đâu",
    "packing_list": "đơn cần gói",
    "remind_me": "nhắc tôi khi có {goods}",
    "set_price": "{goods} giá {sum}",
    "set_stock": "{goods} còn {amount}",
    "show_cart": "xem giỏ hàng",
    "sold_out": "{goods} hết",
    "stop_reminders": "dừng nhắc",
    "talk_to_seller": "gặp người bán",
    "thank": "cảm ơn",
    "undo": "hoàn tác",
}
"""How the shop's own reader is told of an intent; goods, amount and sum are filled in."""


class Sentences:
    """The examples by their words."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self._meant: dict[tuple[str, ...], list[str]] = {}
        self.vocabulary: set[str] = set()
        for example in examples:
            words = tidy(example.with_entities(MARKS)).split()
            self.vocabulary.update(w for w in words if w not in MARKS.values())
            self._meant.setdefault(gist(words), []).append(example.intent)

    def intent(self, words: Iterable[str], role: Role) -> str:
        """What the words mean when this person says them; empty if no example says so."""
        found = self._meant.get(gist(words), ())
        return next((i for i in found if role in INTENTS[i] and i in IN_VIETNAMESE), "")


def gist(words: Iterable[str]) -> tuple[str, ...]:
    """The words without politeness; all of them where nothing else is said."""
    found = tuple(words)
    return tuple(w for w in found if w not in POLITE) or found
