"""Which question is answered by which subject of `ans`."""

from __future__ import annotations

ANSWERS: dict[str, str] = {
    "ask_price": "price",
    "ask_stock": "stock",
    "ask_origin": "origin",
    "ask_season": "season",
    "ask_usage": "usage",
    "ask_product": "about",
    "ask_shipping": "shipping",
    "ask_payment": "payment",
    "ask_live": "live",
}
"""Intents the catalogue answers."""
