"""Every intent there is, and who may mean it; every entity an example may mark."""

from __future__ import annotations

from typing import Literal

Role = Literal["customer", "seller"]
ROLES: tuple[Role, ...] = ("customer", "seller")

_CUSTOMER = """
browse ask_product ask_origin ask_usage ask_season ask_price ask_stock bargain order change_cart
show_cart checkout order_status cancel_order ask_shipping ask_payment ask_live remind_me
stop_reminders change_details complain talk_to_seller
"""
_SELLER = """
set_stock add_stock reduce_stock sold_out set_price list_stock list_orders order_confirm
order_packed order_shipped order_delivered household_in household_balance pay_household
schedule_live move_live cancel_live broadcast report undo
new_product block_person unblock_person invite_helper money_received give_back packing_list
live_prepare set_bank
"""
_BOTH = "greet thank help change_language delete_my_data affirm deny"


def _each(names: str, *roles: Role) -> dict[str, frozenset[Role]]:
    return dict.fromkeys(names.split(), frozenset(roles))


INTENTS: dict[str, frozenset[Role]] = {
    **_each(_CUSTOMER, "customer"),
    **_each(_SELLER, "seller"),
    **_each(_BOTH, "customer", "seller"),
}
"""By name, the roles that have it. The same names stand in `intents/*.yml` and in reports."""

ENTITIES = (
    "product", "quantity", "price", "when", "code", "order_code", "household", "text",
)  # fmt: skip
"""What may be marked in an example: `[2 cân](quantity)`."""


def intents_of(role: Role) -> tuple[str, ...]:
    """The intents offered to a sender of this role, in a fixed order."""
    return tuple(sorted(name for name, roles in INTENTS.items() if role in roles))
