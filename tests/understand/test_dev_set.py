"""The development set is well formed: it can only judge others if its own rows are right."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.shop.cart import CartLine, parcels
from bot.shop.product import picks_for
from bot.shop.season import closed_by_season
from bot.stores.catalogue import load_catalogue
from bot.understand.fold import fold, has_marks
from bot.understand.phones import Phone, read_phone
from bot.understand.provinces import find_province
from bot.understand.unit_words import UNITS
from bot.usecases.stock import opening_prices
from tests.catalog.folder import CATALOG

DEV = Path(__file__).with_name("dev")
INTENT_FILES = Path(__file__).parents[2] / "intents"
MARKED = re.compile(r"\[([^]]*)\](?:\([^)]*\)|\{[^}]*\})")
CUSTOMER = """
greet thank help browse ask_product ask_origin ask_usage ask_season ask_price ask_stock bargain
order change_cart show_cart checkout order_status cancel_order ask_shipping ask_payment ask_live
remind_me stop_reminders change_details complain talk_to_seller change_language delete_my_data
affirm deny
"""
SELLER = """
set_stock add_stock reduce_stock sold_out set_price list_stock list_orders order_confirm
order_packed order_shipped order_delivered household_in household_balance pay_household
schedule_live move_live cancel_live broadcast report undo
"""
STYLES = frozenset(("accented", "plain", "teencode"))
INTENTS = {"customer": CUSTOMER.split(), "seller": SELLER.split()}
LEAST = {"customer": 14, "seller": 10}
PIECES = {word for kind, _, words in UNITS if kind == "piece" for word in words.split()}
SHOP, _ = load_catalogue(CATALOG)
MID_NOVEMBER = date(2026, 11, 15)


def read(name: str, columns: list[str]) -> list[dict[str, str]]:
    with (DEV / name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    assert reader.fieldnames == columns
    assert all(None not in row and None not in row.values() for row in rows)
    return rows


def words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", fold(text)))


SAID = read("intents.csv", ["role", "text", "intent", "style"])
FOREIGN = read("out_of_scope.csv", ["role", "text"])
FRAMES = read("frames.csv", ["role", "text", "lines", "must_ask"])
TALKS: list[dict[str, Any]] = yaml.safe_load((DEV / "talks.yml").read_text(encoding="utf-8"))


def amount(line: dict[str, Any]) -> int:
    """Base units of a product's line, after a look at its shape; a pack counts as its size."""
    owner, *rest = line
    assert owner in ("product", "code")
    assert rest in (["grams"], ["ml"], ["count", "unit"])
    n = line[rest[0]]
    assert type(n) is int
    assert n > 0
    if owner == "code":
        assert line.get("unit") in PIECES | {None}
        return n
    product = SHOP.products[line["product"]]
    if rest[0] != "count":
        assert product.base == {"grams": "g", "ml": "ml"}[rest[0]]
        return n
    if product.base == "piece":
        assert line["unit"] == product.unit
        return n
    assert line["unit"] in PIECES
    assert len(product.offers) == 1
    return n * product.offers[0].amount


def test_every_intent_has_its_messages() -> None:
    counts = Counter((row["role"], row["intent"]) for row in SAID)
    assert set(counts) == {(role, name) for role, names in INTENTS.items() for name in names}
    assert [key for key, n in counts.items() if n < LEAST[key[0]]] == []


def test_styles_are_what_they_say() -> None:
    assert {row["style"] for row in SAID} == STYLES
    assert [r["text"] for r in SAID if r["style"] == "plain" and has_marks(r["text"])] == []
    assert [r["text"] for r in SAID if r["style"] == "accented" and not has_marks(r["text"])] == []
    shares = {s: n / len(SAID) for s, n in Counter(row["style"] for row in SAID).items()}
    assert 0.6 <= shares["accented"] <= 0.7
    assert min(shares.values()) >= 0.14


def test_no_text_stands_twice() -> None:
    texts = [fold(row["text"]) for rows in (SAID, FOREIGN, FRAMES) for row in rows]
    texts += [fold(talk["start"][0]) for talk in TALKS]
    assert all(texts)
    assert [text for text, n in Counter(texts).items() if n > 1] == []


def test_foreign_messages_are_many_from_both_roles() -> None:
    assert len(FOREIGN) >= 250
    assert {row["role"] for row in FOREIGN} == {"customer", "seller"}


@pytest.mark.parametrize("row", FRAMES, ids=[row["text"] for row in FRAMES])
def test_frame(row: dict[str, str]) -> None:
    assert row["role"] in INTENTS
    assert row["must_ask"] in ("true", "false")
    lines = json.loads(row["lines"])
    for line in lines:
        n = amount(line)
        if row["role"] == "customer" and "product" in line:
            product = SHOP.products[line["product"]]
            assert picks_for(product, opening_prices(product), n)
    owners = [line.get("product", line.get("code")) for line in lines]
    assert len(set(owners)) == len(owners)


def test_frames_are_of_every_kind() -> None:
    asked = [row for row in FRAMES if row["must_ask"] == "true"]
    silent = [row for row in FRAMES if row["must_ask"] == "false" and row["lines"] == "[]"]
    several = [row for row in FRAMES if len(json.loads(row["lines"])) > 1]
    assert len(FRAMES) >= 220
    assert 0.2 <= len(asked) / len(FRAMES) <= 0.3
    assert 0.12 <= len(silent) / len(FRAMES) <= 0.2
    assert len(several) >= 50


@pytest.mark.parametrize("talk", TALKS, ids=[talk["id"] for talk in TALKS])
def test_talk_can_be_delivered_in_mid_november(talk: dict[str, Any]) -> None:
    assert list(talk) == ["id", "style", "start", "wants", "go", "yes", "details"]
    assert list(talk["details"]) == ["phone", "name", "address", "note"]
    assert talk["style"] in STYLES
    assert isinstance(read_phone(talk["details"]["phone"]), Phone)
    (province,) = find_province(talk["details"]["address"], SHOP.provinces)
    cart = []
    for line in talk["wants"]:
        product = SHOP.products[line["product"]]
        assert not closed_by_season(product, MID_NOVEMBER)
        prices = opening_prices(product)
        cart += [
            CartLine(product.id, pick.offer, pick.n)
            for pick in picks_for(product, prices, amount(line))
        ]
    sent = parcels(
        cart,
        SHOP.products,
        lambda name: opening_prices(SHOP.products[name]),
        SHOP.shipping_from,
        province,
    )
    assert [parcel.seller for parcel in sent if parcel.quote is None] == []


def test_talks_are_ten_of_each_style() -> None:
    assert Counter(talk["style"] for talk in TALKS) == dict.fromkeys(STYLES, 10)
    assert len({talk["id"] for talk in TALKS}) == 30
    sellers = [{SHOP.products[x["product"]].seller for x in talk["wants"]} for talk in TALKS]
    assert sum(len(one) > 1 for one in sellers) >= 8
    plain = [talk for talk in TALKS if talk["style"] == "plain"]
    typed = [w for t in plain for w in (*t["start"], t["go"], t["yes"], *t["details"].values())]
    assert [text for text in typed if has_marks(text)] == []


def test_no_longer_text_is_a_training_example() -> None:
    """Short ones ("vâng ạ") are said by everybody; a sentence trained on judges nothing."""
    trained = {
        words(MARKED.sub(r"\1", line.removeprefix("-")))
        for path in INTENT_FILES.glob("*.yml")
        for block in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", ())
        for line in block["examples"].splitlines()
    }
    assert len(trained) > 40
    ours = [words(row["text"]) for rows in (SAID, FOREIGN, FRAMES) for row in rows]
    assert [" ".join(text) for text in ours if len(text) > 3 and text in trained] == []
