"""Product files written by the shop: goods born in the chat as a new file, and the ledger's prices
in a file that is there, letter for letter as it was but for the numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from bot.shop.product import Loose, Prices, Product, opening_prices
from bot.stores.catalogue_schema import read_product
from bot.stores.catalogue_yaml import BadDocument, Document, Where, read_document

Comment = Callable[[str], str]
"""A comment's words by its message id."""

_PLAIN = re.compile(r"[^\W\d_][\w ]*")


class NotWritten(Exception):
    """The file would not be read as before with the new numbers, or cannot be read at all."""


def product_yaml(product: Product, comment: Comment) -> str:
    """The file of a product, in the manner of those written by hand."""
    return "\n".join(
        (*_head(product, comment), *_sold(product, comment), *_rest(product, comment))
    )


def _head(p: Product, comment: Comment) -> Iterator[str]:
    yield from (f"# {line}" for line in comment("yaml-born").splitlines())
    yield ""
    yield f"id: {p.id}"
    yield "name:"
    yield from (f"  {lang}: {scalar(text)}" for lang, text in p.name.items())
    yield f"aliases:              # {comment('yaml-aliases')}"
    yield from (f"  - {scalar(alias)}" for alias in p.aliases)
    yield ""
    yield f"seller: {p.seller}"
    yield f"household: {p.household}"
    yield f"origin: {scalar(p.origin)}"
    yield f"category: {p.category}"
    yield ""


def _sold(p: Product, comment: Comment) -> Iterator[str]:
    yield f"base: {p.base}"
    yield f"unit: {scalar(p.unit)}"
    if p.offers:
        yield f"offers:               # {comment('yaml-offers')}"
    for o in p.offers:
        parts = (f"id: {json.dumps(o.id)}", f"title: {json.dumps(o.title, ensure_ascii=False)}")
        yield f"  - {{{', '.join(parts)}, amount: {o.amount}, price_vnd: {o.price_vnd}}}"
    if p.loose:
        per = f"{{amount: {p.loose.per}, vnd: {p.loose.price_vnd}}}"
        yield f"# {comment('yaml-loose')}"
        yield f"loose: {{step: {p.loose.step}, min: {p.loose.least}, price_per: {per}}}"
    yield f"opening_stock: {p.opening_stock}   # {comment('yaml-opening')}"
    yield ""


def _rest(p: Product, comment: Comment) -> Iterator[str]:
    yield f"season: {_season(p)}"
    told = "" if p.keeps_told else f"   # {comment('yaml-keeps-unknown')}"
    yield f"shelf_life_days: {p.shelf_life_days}{told}"
    yield f"shipping_class: {p.shipping_class}"
    yield f"packed_weight: {_packed(p)}   # {comment('yaml-packed')}"
    if p.story:
        yield "story:"
        yield from (f"  {lang}: {scalar(text)}" for lang, text in p.story.items())
    yield 'clip: ""'
    yield "papers: []"
    yield ""


def _season(p: Product) -> str:
    if p.season is None:
        return "{months: all}"
    key = "lunar_months" if p.season.lunar else "months"
    return f'{{{key}: "{", ".join(_windows(p.season.months))}"}}'


def _windows(months: tuple[int, ...]) -> Iterator[str]:
    """Runs of months in order, over the year's end too: 10, 11, 12, 1 is `10-1`."""
    first = last = months[0]
    for month in months[1:]:
        if month != last % 12 + 1:
            yield str(first) if first == last else f"{first}-{last}"
            first = month
        last = month
    yield str(first) if first == last else f"{first}-{last}"


def _packed(p: Product) -> str:
    if p.packed_milligrams % 1000 == 0:
        return f"{{amount: 1, grams: {p.packed_milligrams // 1000}}}"
    return f"{{amount: 1000, grams: {p.packed_milligrams}}}"


def scalar(text: str) -> str:
    """The words as YAML reads them back: in quotes if they could be taken for something else."""
    plain = _PLAIN.fullmatch(text) and text == text.strip() and yaml.safe_load(text) == text
    return text if plain else json.dumps(text, ensure_ascii=False)


# the ledger's prices in a file that is there


def priced(product: Product, prices: Prices) -> Product:
    """The product with the ledger's prices where it has some."""
    offers = tuple(replace(o, price_vnd=prices.vnd.get(o.id, o.price_vnd)) for o in product.offers)
    return replace(product, offers=offers, loose=_loose(product.loose, prices))


def _loose(loose: Loose | None, prices: Prices) -> Loose | None:
    return replace(loose, price_vnd=prices.vnd.get("", loose.price_vnd)) if loose else None


def other_prices(product: Product, prices: Prices) -> Mapping[str, tuple[int, int]]:
    """What the file says and what the ledger says, by price key, where they differ."""
    file = opening_prices(product).vnd
    ledger = prices.vnd
    return {k: (v, ledger[k]) for k, v in file.items() if k in ledger and ledger[k] != v}


def where_of(product: Product, key: str) -> Where:
    """Where a price stands in the product's file."""
    if not key:
        return ("loose", "price_per", "vnd")
    return ("offers", [o.id for o in product.offers].index(key), "price_vnd")


def write_prices(path: Path, prices: Prices) -> tuple[str, ...]:
    """Write the ledger's prices into a product's file; the keys that changed.

    Raises NotWritten, and leaves the file alone, if it would not be the same but for the numbers.
    """
    doc, product = _read(path, path.stem)
    changed = other_prices(product, prices)
    text = path.read_bytes().decode("utf-8")
    for key, (_, vnd) in changed.items():
        text = with_number(text, doc, where_of(product, key), vnd)
    if changed:
        _put(path, text, priced(product, prices))
    return tuple(changed)


def with_number(text: str, doc: Document, where: Where, number: int) -> str:
    """The text with another number at this entry. Raises NotWritten if it is not found there."""
    line, typed = doc.spots[where]
    lines = text.splitlines(keepends=True)
    same = [w for w in doc.spots if w[-1:] == where[-1:] and doc.spots[w][0] == line]
    key = re.compile(rf"(?<![\w-]){re.escape(str(where[-1]))}\s*:\s*({re.escape(typed)})(?!\w)")
    found = list(key.finditer(lines[line - 1]))
    if len(found) != len(same):
        raise NotWritten(".".join(map(str, where)))
    start, end = found[same.index(where)].span(1)
    lines[line - 1] = f"{lines[line - 1][:start]}{number}{lines[line - 1][end:]}"
    return "".join(lines)


def _read(path: Path, stem: str) -> tuple[Document, Product]:
    try:
        doc = read_document(path, path.name)
    except BadDocument as bad:
        raise NotWritten(str(bad.fault)) from None
    product, faults = read_product(doc, stem)
    if product is None:
        raise NotWritten(str(faults[0]))
    return doc, product


def _put(path: Path, text: str, expected: Product) -> None:
    """Replace the file if it then says what is expected."""
    draft = path.with_suffix(".yaml.new")
    try:
        draft.write_bytes(text.encode("utf-8"))
        if _read(draft, path.stem)[1] != expected:
            raise NotWritten(path.name)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_new(path: Path, product: Product, comment: Comment) -> None:
    """A new product file. Raises FileExistsError for one that is there, NotWritten if it would
    not be read as this product.
    """
    if path.exists():
        raise FileExistsError(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    _put(path, product_yaml(product, comment), as_in_file(product))


def as_in_file(product: Product) -> Product:
    """The product without what only the ledger keeps: its media, and what was never said."""
    return replace(product, photo="", photo_small="", video="", voice="", keeps_told=True)
