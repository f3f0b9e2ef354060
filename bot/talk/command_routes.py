"""Where the commands of `intents/commands.yml` lead."""

from __future__ import annotations

COMMAND_ROUTES: dict[str, str] = {
    "home": "home",
    "help": "help",
    "browse": "m",
    "show_cart": "cart",
    "checkout": "co",
    "empty_cart": "empty",
    "my_orders": "o",
    "find_order": "find",
    "talk_to_seller": "talk",
    "back": "back",
    "change_language": "lang",
    "voice_on": "voice",
    "voice_off": "voice:off",
    "light_on": "light",
    "light_off": "light:off",
    "repeat": "rpt",
    "stop_reminders": "stop",
    "delete_my_data": "erase",
    "seller_stock": "kho",
    "seller_price": "gia",
    "seller_undo": "undo",
    "seller_new_product": "np",
    "seller_orders": "new",
    "seller_packing": "goi",
    "seller_done": "xong",
    "seller_money_in": "ck",
    "owner_bank": "bank",
    "owner_home": "chu",
    "seller_people": "nguoi",
    "seller_invite": "moi",
    "act_for": "af",
    "act_for_nobody": "aft",
    "bind_code": "ma",
    "seller_block": "bl",
    "seller_blocked": "bls",
    "household_balance": "ct",
    "household_in": "nhap",
    "household_pay": "tra",
    "own_household": "nm",
    "seller_report": "baocao",
    "seller_live": "lv",
    "seller_no_list": "bonhac",
    "seller_links": "lkq",
    "lives": "lives",
    "follows": "fo",
    "claims": "cl",
    "broadcast": "nk",
    "live_start": "lson",
    "live_end": "lsend",
    "live_paste": "dan",
    "unread_sentences": "unread",
    "record_voice": "rg",
    "record_names": "rn",
    "withdraw_voice": "rut",
}
"""By command: its route; typed behind a slash, it takes the words after it."""

SELLER_ROUTES = {"o": "new", "help": "home"}
"""Where a seller is led instead."""

CUSTOMER_ROUTES = {"nk": "fo", "lson": "lives", "lsend": "lives", "dan": "lives"}
"""Where who sells nothing is led instead: "/nhac" is "remind me" then."""

LEAVES_QUESTION = frozenset(COMMAND_ROUTES) - {"home", "browse"}
"""Commands that are never the answer to a question ("chào" may be one, in words to a seller)."""
