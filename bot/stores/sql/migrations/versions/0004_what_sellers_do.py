"""Rights, changes, households, payments, packing and goods born in the chat"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

SELLER_RIGHTS = 1023
"""What a seller may do for her own goods, as it stood when grants came."""


def upgrade() -> None:
    _more_columns()
    _rights()
    _journal()
    _households()
    _money()
    _parcels()
    _goods()
    _who_sold_already()


def _more_columns() -> None:
    with op.batch_alter_table("lots") as lots:
        lots.add_column(_int("cost_vnd"))
        lots.add_column(_int("cost_per"))
    op.create_index("lots_household", "lots", ["household"])
    with op.batch_alter_table("orders") as orders:
        orders.add_column(sa.Column("pay", sa.String(8), server_default="cod", nullable=False))
        orders.add_column(_int("paid_vnd"))


def _rights() -> None:
    _table(
        "grants",
        ("person", "seller"),
        _text("role", 12),
        _int("rights"),
        *_by(),
        _text("name", 60),
    )
    op.create_index("grants_seller", "grants", ["seller"])
    _table("blocks", ("person", "seller"), *_by())


def _journal() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.String(40), nullable=False),
        _int("at"),
        *(_text(n) for n in ("who", "seller")),
        _text("kind", 12),
        _text("subject"),
        _long("words"),
        sa.Column("effect", sa.JSON()),
        _int("undone_at"),
        _text("undone_by"),
        _int("seq"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("changes_seq", "changes", ["seq"])
    for what in ("seller", "who", "subject"):
        op.create_index(f"changes_{what}", "changes", [what, "at"])


def _households() -> None:
    op.create_table(
        "households",
        sa.Column("id", sa.String(100), nullable=False),
        _text("seller"),
        *(_text(n, 200) for n in ("name", "village")),
        _text("account"),
        sa.Column("public", sa.Boolean(), nullable=False),
        _int("at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("households_seller", "households", ["seller"])
    op.create_index("households_account", "households", ["account"])
    paid = (_text("kind", 12), _int("vnd"), _text("who"), _int("at"), _long("reason"))
    _by_id("household_payments", *_whose(), *paid, _text("corrects", 40))
    op.create_index("household_payments_household", "household_payments", ["household", "at"])
    sums = (_int(n) for n in ("at", "owed", "advanced", "paid"))
    told = (_text("answer", 12), _long("words"), _int("answered_at"))
    _by_id("statements", *_whose(), *sums, *told)
    op.create_index("statements_household", "statements", ["household", "at"])


def _money() -> None:
    _by_id(
        "bank_accounts",
        *(_text(n, size) for n, size in (("bin", 6), ("number", 19), ("holder", 100))),
        *_by(),
        _int("from_at"),
        _text("service", 8),
        _int("stopped_at"),
        _text("stopped_by"),
    )
    what = (_text("code", 12), _int("vnd"), _text("why", 12), _text("who"), _int("at"))
    _by_id("payments", *what, _long("note"))
    op.create_index("payments_code", "payments", ["code"])
    op.create_index("payments_at", "payments", ["at"])


def _parcels() -> None:
    op.create_table(
        "shipments",
        sa.Column("code", sa.String(12), nullable=False),
        _text("who"),
        _int("at"),
        *(_text(n, s) for n, s in (("carrier", 100), ("tracking", 60), ("plate", 20))),
        _text("driver", 20),
        _int("departs_at"),
        sa.PrimaryKeyConstraint("code"),
    )
    what = (_text("code", 12), _text("media", 80), _text("kind", 8), _text("who"), _int("at"))
    _by_id("proofs", *what, _int("grams"))
    op.create_index("proofs_code", "proofs", ["code"])


def _goods() -> None:
    op.create_table(
        "born_products",
        sa.Column("id", sa.String(100), nullable=False),
        _text("seller"),
        _text("state", 12),
        sa.Column("told", sa.JSON()),
        _int("at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("born_products_state", "born_products", ["state"])


def _who_sold_already() -> None:
    """Accounts bound to a seller keep what they could do."""
    op.execute(
        sa.text(
            'INSERT INTO grants (person, seller, role, rights, "by", at) '
            "SELECT id, seller, 'seller', :rights, 'shop', created_at FROM people "
            "WHERE seller <> ''"
        ).bindparams(rights=SELLER_RIGHTS)
    )


def _table(name: str, key: tuple[str, ...], *columns: sa.Column[Any]) -> None:
    keys = (sa.Column(n, sa.String(100), nullable=False) for n in key)
    op.create_table(name, *keys, *columns, sa.PrimaryKeyConstraint(*key))


def _by_id(name: str, *columns: sa.Column[Any]) -> None:
    id_ = sa.Column("id", sa.String(40), nullable=False)
    op.create_table(name, id_, *columns, sa.PrimaryKeyConstraint("id"))


def _whose() -> tuple[sa.Column[str], sa.Column[str]]:
    return _text("household"), _text("seller")


def _by() -> tuple[sa.Column[str], sa.Column[int]]:
    return _text("by"), _int("at")


def _text(name: str, size: int = 100) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=size), server_default="", nullable=False)


def _long(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _int(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), server_default="0", nullable=False)
