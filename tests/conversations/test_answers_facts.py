"""An answer says what the catalogue says, whatever that is, and nothing of its own."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.shop.product import Product
from bot.stores.catalogue import load_catalogue
from bot.talk.buyer.answers import SUBJECTS
from tests.catalog.folder import CATALOG, edit
from tests.conversations.asker import Asker, ids
from tests.conversations.stage import Stage, open_stage
from tests.source import ROOT

PRODUCTS = load_catalogue(CATALOG)[0].products
OF_PRODUCT = ("price", "stock", "season", "origin", "usage", "about")


def vnd(n: int) -> str:
    return f"{n:,}đ".replace(",", ".")


def months(product: Product) -> list[str]:
    """The first and last month, as they must stand in an answer."""
    found = product.season.months if product.season else ()
    return (
        [str(found[0]), str(found[-1]), *(["âm lịch"] if product.season.lunar else [])]
        if (found and product.season)
        else []
    )


def facts(product: Product, subject: str) -> Iterator[str]:
    """What the catalogue says that an answer must say too, out of season or not."""
    yield product.name["vi"]
    if subject == "price":
        yield from (vnd(o.price_vnd) for o in product.offers)
        if product.loose:
            yield vnd(product.loose.price_vnd)
    elif subject == "season":
        yield from months(product)
    elif subject == "origin":
        yield product.origin
        yield {"1": "Hộ mẫu 1"}.get(product.household[-1], "Hộ mẫu")
    elif subject == "usage":
        yield product.cooking["vi"]
        yield product.keeping["vi"]
    elif subject == "about":
        yield product.story["vi"]
        yield product.origin


@pytest.mark.parametrize("now", ["2026-11-22T09:00+07:00", "2026-08-15T09:00+07:00"])
async def test_answers_say_what_the_catalogue_says(tmp_path: Path, now: str) -> None:
    async with open_stage(tmp_path / "var", now=now) as stage:
        for product in PRODUCTS.values():
            for subject in OF_PRODUCT:
                got = await stage.tap("an", f"ans:{subject}:{product.id}")
                missing = [f for f in facts(product, subject) if f not in got["text"]]
                assert missing == [], (product.id, subject, got["text"])
                assert len(got["text"].splitlines()) <= 5, got["text"]
                assert got["choices"][-1]["id"] == "back"
                assert any(c["id"].startswith("talk:") for c in got["choices"])


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[Stage]:
    """A shop whose sâm đất says little, and other things than in the repository."""
    catalog = tmp_path / "catalog"
    shutil.copytree(CATALOG, catalog)
    yacon = catalog / "products" / "sam-dat.yaml"
    product = PRODUCTS["sam-dat"]
    for key in ("story", "keeping", "cooking"):
        edit(yacon, f'{key}:\n  vi: "{getattr(product, key)["vi"]}"\n', "")
    edit(yacon, "origin: Lai Châu", "origin: Mường Nhé")
    edit(yacon, "papers: []", 'papers: ["Giấy kiểm nghiệm 7"]')
    edit(yacon, "vnd: 40000", "vnd: 41000")
    edit(yacon, 'months: "8-11"', 'months: "10-12"')
    edit(catalog / "shipping.yaml", "first: 22000", "first: 23000")
    async with open_stage(tmp_path / "var", catalog_dir=catalog) as opened:
        yield opened


async def test_other_data_other_answers(bare: Stage) -> None:
    lan = Asker(bare)
    told = {s: lan.text(await lan.asks("hà nội", f"ans:{s}:sam-dat")) for s in sorted(SUBJECTS)}
    assert "41.000đ/kg" in told["price"]
    assert "Mường Nhé" in told["origin"]
    assert "Giấy kiểm nghiệm 7" in told["origin"]
    assert "tháng 10–12" in told["season"]
    assert "34.000đ" in told["shipping"]
    assert "21 ngày" in told["usage"]
    assert "chưa ghi cách nấu" in told["usage"]
    assert "chưa ghi chuyện" in told["about"]


async def test_what_the_catalogue_does_not_say_is_handed_on_first(bare: Stage) -> None:
    lan = Asker(bare)
    for subject, question in (("usage", "nấu món gì"), ("about", "củ này là củ gì")):
        say = await lan.asks(question, f"ans:{subject}:sam-dat")
        assert say.id.endswith("-unknown")
        assert ids(say)[0].startswith("hand:sam-dat:")
    keeps = await lan.asks("để được bao lâu", "ans:usage:sam-dat")
    assert keeps.id == "answer-keeps"


def test_every_sample_says_how_it_is_eaten() -> None:
    assert [p.id for p in PRODUCTS.values() if len(p.cooking.get("vi", "")) < 20] == []


def test_no_answer_knows_goods_or_places_by_name() -> None:
    catalogue = load_catalogue(CATALOG)[0]
    names = [*PRODUCTS, *(p.name["vi"] for p in PRODUCTS.values())]
    names += [p.name for p in catalogue.provinces.values()]
    names += [*catalogue.sellers, *catalogue.households]
    for path in (ROOT / "bot/talk/buyer").glob("a*.py"):
        code = path.read_text("utf-8").split('"""\n\nfrom __future__', 1)[-1]
        assert [n for n in names if f'"{n}"' in code] == [], path.name
