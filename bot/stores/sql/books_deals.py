"""Deals as a ledger command sees them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, or_, select, update

from bot.shop.deal import WISH_SECONDS, Deal, lapses
from bot.stores.sql import rows, tables
from bot.stores.sql.books_goods import GoodsBooks


class DealBooks(GoodsBooks):
    """The part of `Books` that is about deals."""

    def deal(self, deal: str) -> Deal | None:
        return self._get("deal", deal, lambda: self._load_deal(deal))

    def _load_deal(self, deal: str) -> Deal | None:
        found = self._rows(select(tables.deals).where(tables.deals.c.id == deal))
        return rows.deal_of(found[0]) if found else None

    def save_deal(self, deal: Deal) -> None:
        self._set("deal", deal.id, deal, lambda: self._load_deal(deal.id))

    def _write_deal(self, _id: str, deal: Deal | None) -> None:
        if deal is not None:
            self._upsert(tables.deals, [asdict(deal)])

    def deals_of(self, customer: str) -> tuple[Deal, ...]:
        found = self._deals(tables.deals.c.customer == customer)
        return tuple(d for d in found if d.customer == customer)

    def wishes_of_seller(self, seller: str) -> tuple[Deal, ...]:
        """Deals that wait for her price, oldest first."""
        x = tables.deals.c
        found = self._deals((x.seller == seller) & (x.state == "wished"))
        return tuple(d for d in found if d.seller == seller and d.state == "wished")

    def deals_to_lapse(self, now: int) -> tuple[Deal, ...]:
        x = tables.deals.c
        wished = (x.state == "wished") & (x.at <= now - WISH_SECONDS)
        priced = x.state.in_(("offered", "taken")) & (x.until < now)
        return tuple(d for d in self._deals(or_(wished, priced)) if lapses(d, now))

    def _deals(self, where: Any) -> list[Deal]:
        """Stored deals that fit and all that this batch touched, as they are now."""
        query = select(tables.deals.c.id).where(where).order_by(tables.deals.c.at)
        stored = tuple(self._conn.execute(query).scalars())
        staged = tuple(name for kind, name in self._dirty if kind == "deal")
        known = (self.deal(name) for name in dict.fromkeys((*stored, *staged)))
        return [deal for deal in known if deal is not None]

    def _forget_deals(self, person: str, gone: str) -> tuple[str, ...]:
        """Used deals keep the money and a hash; all others go. Returns the ids of all."""
        x = tables.deals.c
        mine = tuple(self._conn.execute(select(x.id).where(x.customer == person)).scalars())
        self._run(delete(tables.deals).where(x.customer == person, x.state != "used"))
        blank = {"customer": gone, "said": "", "words": "", "thread": ""}
        self._run(update(tables.deals).where(x.customer == person).values(**blank))
        return mine
