"""Goods born in the chat become files; prices go between the files and the ledger, and nothing
that somebody wrote is lost on the way.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands import check_ledger
from bot.commands.export_catalogue import Report, _apply, _export
from bot.shop.born import product_of
from bot.shop.product import Prices, Season
from bot.stores.catalogue import load_catalogue
from bot.stores.catalogue_write import NotWritten, as_in_file, product_yaml, write_prices
from bot.usecases import goods, stock
from tests.conversations.stage import LAI_CHAU, Stage, open_stage
from tests.pictures import makers


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    return Path(shutil.copytree("catalog", tmp_path / "catalog"))


async def _born(stage: Stage, tmp_path: Path) -> None:
    photo = tmp_path / "hong.jpg"
    photo.write_bytes(makers.photo())
    said = "hồng giòn 30k một cân, có 50kg, gói 2kg 55k"
    await stage.play(person=LAI_CHAU, photo=str(photo), text=said)
    await stage.say(LAI_CHAU, "1")
    assert (await stage.say(LAI_CHAU, "1"))["id"] == "goods-up"


def report() -> Report:
    return Report(lambda id, **fields: f"{id} {fields}")


async def test_a_born_product_comes_back_from_its_file(
    tmp_path: Path, catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with open_stage(tmp_path / "var", catalog_dir=catalog) as stage:
        await _born(stage, tmp_path)
        before = stage.parts.catalogue.current.products["hong-gion"]
        done = report()
        await _export(stage.parts, done, prices=False)
        assert (done.written, done.refused) == (1, 0)
        loaded, faults = load_catalogue(catalog)
        assert faults == []
        assert loaded.products["hong-gion"] == as_in_file(before)
        assert (catalog / "photos" / "hong-gion.jpg").read_bytes()[:2] == b"\xff\xd8"
        text = (catalog / "products" / "hong-gion.yaml").read_text("utf-8")
        assert text.startswith("# Hàng người bán đăng trong chat")
        born = await stage.parts.records.read(lambda b: goods.find(b, "hong-gion"))
        assert born.state == "exported"
        await _export(stage.parts, again := report(), prices=True)
        assert (again.written, again.refused) == (0, 0), "a second run writes nothing"


async def test_an_exported_file_that_was_edited_wins(tmp_path: Path, catalog: Path) -> None:
    async with open_stage(tmp_path / "var", catalog_dir=catalog) as stage:
        await _born(stage, tmp_path)
        await _export(stage.parts, report(), prices=False)
        path = catalog / "products" / "hong-gion.yaml"
        text = path.read_text("utf-8")
        path.write_text(text.replace("vi: Hồng giòn", "vi: Hồng giòn Bảo Lâm"), "utf-8")
        card = await stage.tap("an", "p:hong-gion")
        assert "Hồng giòn Bảo Lâm" in card["text"]
        assert card["picture"] == "product/hong-gion"
        assert (await stage.stock("hong-gion"))["free"] == 50_000, "the ledger was open already"


async def test_a_file_somebody_wrote_is_never_overwritten(tmp_path: Path, catalog: Path) -> None:
    async with open_stage(tmp_path / "var", catalog_dir=catalog) as stage:
        await _born(stage, tmp_path)
        path = catalog / "products" / "hong-gion.yaml"
        path.write_text("# của em\n", "utf-8")
        await _export(stage.parts, done := report(), prices=False)
        assert (done.written, done.refused) == (0, 1)
        assert path.read_text("utf-8") == "# của em\n"


async def test_the_ledgers_prices_keep_every_comment(tmp_path: Path, catalog: Path) -> None:
    path = catalog / "products" / "sam-dat.yaml"
    before = path.read_bytes()
    async with open_stage(tmp_path / "var", catalog_dir=catalog) as stage:
        person = await stage.parts.records.person(f"rehearse:{LAI_CHAU}")
        now, new = stage.parts.now(), {"": 45_000, "5kg": 200_000}
        await stage.parts.ledger.put(
            lambda b: stock.set_prices(b, "sam-dat", new, person, now, "p1")
        )
        settings = stage.parts.settings
        warned = check_ledger.faults(settings)
        assert [(f.id, f.key, f.found, f.expected) for f in warned] == [
            ("check-price-differs", "offers.1.price_vnd", "195000", "200000"),
            ("check-price-differs", "loose.price_per.vnd", "40000", "45000"),
        ]
        assert all(f.warning and "sam-dat.yaml" in str(f) for f in warned)
        await _export(stage.parts, done := report(), prices=True)
        assert (done.written, done.refused) == (1, 0)
        assert check_ledger.faults(settings) == []
    changed = before.replace(b"195000", b"200000").replace(b"vnd: 40000}", b"vnd: 45000}")
    assert path.read_bytes() == changed


async def test_the_files_prices_go_into_the_ledger_by_command(
    tmp_path: Path, catalog: Path
) -> None:
    path = catalog / "products" / "sam-dat.yaml"
    async with open_stage(tmp_path / "var", catalog_dir=catalog) as stage:
        path.write_text(path.read_text("utf-8").replace("vnd: 40000", "vnd: 42000"), "utf-8")
        assert "40.000đ/kg" in (await stage.tap("an", "p:sam-dat"))["text"], "only by command"
        await _apply(stage.parts, done := report())
        assert done.written == 1
        assert "42.000đ/kg" in (await stage.tap("an", "p:sam-dat"))["text"]
        [change] = [c for c in await stage.parts.records.rows("changes") if c["kind"] == "price"]
        assert (change["who"], change["subject"]) == ("catalogue", "sam-dat")
        await _apply(stage.parts, again := report())
        assert again.written == 0


def test_prices_are_found_wherever_they_stand(catalog: Path) -> None:
    path = catalog / "products" / "sam-dat.yaml"
    text = path.read_text("utf-8")
    start, end = text.index("offers:"), text.index("# bán lẻ")
    packs = (
        'offers: [{id: a, title: "1", amount: 1000, price_vnd: 40000}, '
        '{id: b, title: "price_vnd", amount: 40000, price_vnd: 40000}]  # price_vnd: 40000\r\n'
    )
    path.write_bytes((text[:start] + packs + text[end:]).encode())
    before = path.read_bytes()
    with pytest.raises(NotWritten):
        write_prices(path, Prices({"b": 39_000}))
    assert path.read_bytes() == before, "what cannot be told apart is left alone"
    path.write_bytes(before.replace(b"  # price_vnd: 40000", b"  # gi\xc3\xa1"))
    assert write_prices(path, Prices({"b": 39_000})) == ("b",)
    assert path.read_bytes().count(b"39000") == 1
    assert b"amount: 40000, price_vnd: 39000}]  # gi\xc3\xa1\r\n" in path.read_bytes()


def test_without_a_database_nothing_is_compared(tmp_path: Path) -> None:
    from bot.settings import Settings

    assert check_ledger.faults(replace(Settings(), data_dir=tmp_path / "none")) == []


@pytest.mark.parametrize("months", [(10, 11, 12, 1, 2), (5,), (4, 5, 10, 11, 12), ()])
@pytest.mark.parametrize("name", ["Mận: loại 1", "yes", "12", "Hồng # giòn", 'Chè "tuyết"'])
def test_odd_names_and_seasons_come_back(
    catalog: Path, months: tuple[int, ...], name: str
) -> None:
    base = load_catalogue(catalog)[0].products["sam-dat"]
    season = Season(months) if months else None
    odd = replace(
        base, id="la-lung", name={"vi": name}, aliases=(name,), season=season, household="own",
        keeping={}, cooking={}, clip_url="", sample=False, origin="",
    )  # fmt: skip
    path = catalog / "products" / "la-lung.yaml"
    path.write_text(product_yaml(odd, lambda id: id), "utf-8")
    loaded, faults = load_catalogue(catalog)
    assert faults == []
    assert loaded.products["la-lung"] == odd


def test_a_born_product_is_never_a_sample() -> None:
    from bot.shop.born import Born

    born = Born(
        "a", "s", "A", "fruit", "piece", "con", (("1p", "1 con", 1, 5000),), None, 3, "me", 1
    )
    assert not product_of(born).sample
