"""What a seller's sentence says about prices, households, money, new goods, times and places.

Money is whole đồng, amounts are `Measure`s (grams, millilitres, pieces), moments seconds UTC.
Names of households, goods and people are kept as they were typed. Nothing here is guessed: what
can be read two ways keeps both readings, or says in `why` what must be asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.understand.pieces import Measure, Price

Relative = Literal["", "up", "down", "percent_up", "percent_down"]
WhyPrice = Literal["", "which-product", "no-product", "price", "owner", "amount"]
PaidKind = Literal["pay", "advance"]
BalanceKind = Literal["owed", "sold", "all"]
Span = Literal["today", "yesterday", "week", "last_week", "month", "last_month", "season"]
GroupBy = Literal["", "product", "household", "live"]


@dataclass(frozen=True, slots=True)
class PriceSaid:
    """One price of one product, or a change of it.

    products: ids the words may mean, one if clear, none if no goods were named (the ones at hand).
    vnd: the price, or for `up` and `down` the difference; 0 for percents (see `percent`).
    per: what the price buys; None for the unit the product is priced by. at_least: a price step
        that holds from this amount on. pack: the price is of a pack of this size (`per` is None).
    bare: a number without a word for money ("na 65"), read as thousands; to be said back.
    readings: every price the words may mean, likeliest first, `vnd` among them.
    why: empty if it can be set as it stands, else what must be asked. said: the part it stands in.
    """

    products: tuple[str, ...]
    vnd: int
    per: Measure | None = None
    at_least: Measure | None = None
    pack: Measure | None = None
    relative: Relative = ""
    percent: int = 0
    bare: bool = False
    readings: tuple[int, ...] = ()
    why: WhyPrice = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """Goods a household brought.

    products: as in `PriceSaid`. measure: None if no clear amount was said; then `measures` has the
        readings, if any. household: its name as typed ("chị Mỷ"), empty if none was said.
    cost: what the household gets, `per` as said; None if not said. cost_bare: "giá 8" read as
        8.000. why: empty, or "which-product", "no-product", "amount", "price".
    """

    products: tuple[str, ...]
    measure: Measure | None
    household: str
    cost: Price | None = None
    cost_bare: bool = False
    measures: tuple[Measure, ...] = ()
    why: WhyPrice = ""


@dataclass(frozen=True, slots=True)
class HouseholdPaid:
    """Money given to a household. vnd: None if no sum was said; settled: all that is owed."""

    kind: PaidKind
    household: str
    vnd: int | None
    settled: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class BalanceAsked:
    """owed: how much is still owed. sold: what of theirs was sold. all: of every household."""

    kind: BalanceKind
    household: str = ""


@dataclass(frozen=True, slots=True)
class GivenBack:
    """Goods handed back to the household that brought them."""

    household: str
    products: tuple[str, ...]
    measure: Measure | None


@dataclass(frozen=True, slots=True)
class Corrected:
    """An entry of a household was wrong: what it really is, and why, in the seller's words.

    measure: the right amount of goods. vnd: the right sum. One of them may be None, or both.
    """

    household: str
    products: tuple[str, ...]
    measure: Measure | None
    vnd: int | None
    reason: str = ""


HouseholdMoney = HouseholdPaid | BalanceAsked | GivenBack | Corrected


@dataclass(frozen=True, slots=True)
class PackSaid:
    """A pack of so much at this price."""

    amount: Measure
    vnd: int


@dataclass(frozen=True, slots=True)
class NewGoods:
    """Goods nobody sold here before.

    name: as typed, empty if none. vnd, per: the price and what it buys; None if not said. packs:
    sold in these too, or only. amount: how much there is. unit: the word it is counted by (kg,
    con, hộp, gói, chai, quả, bó, lít …), empty if none was said. bare: the price had no word for
    money.
    """

    name: str
    vnd: int | None = None
    per: Measure | None = None
    packs: tuple[PackSaid, ...] = ()
    amount: Measure | None = None
    unit: str = ""
    bare: bool = False


@dataclass(frozen=True, slots=True)
class ReportAsked:
    """What a report is to cover, and by what its figures are grouped."""

    span: Span
    by: GroupBy = ""


@dataclass(frozen=True, slots=True)
class AccountSaid:
    """A bank account. bins: BINs of the banks the words may mean, one if clear. bank: the words.

    number: digits without spaces, empty if none. holder: in capitals without diacritics, as banks
    write names; empty if none was said.
    """

    number: str
    bins: tuple[str, ...] = ()
    bank: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class VehicleSaid:
    """How a parcel left: by coach (plate, driver's phone, departure), or by a carrier.

    plate: as on the plate ("25B-123.45"). phone: ten digits. leaves_at: moments in seconds UTC,
    several if it must be asked. coach: the coach's or carrier's name as typed. tracking: the
    carrier's number for the parcel. Empty where nothing was said.
    """

    plate: str = ""
    phone: str = ""
    leaves_at: tuple[int, ...] = ()
    coach: str = ""
    tracking: str = ""
