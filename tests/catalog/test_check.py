"""Every mistake a trainer can make is told by file, line and a Vietnamese sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from bot.commands.check_catalogue import faults
from bot.stores.catalogue_faults import Fault, sentences
from tests.catalog.folder import copy_to, edit, write

YACON = "products/sam-dat.yaml"

SLIPS = [
    # file, what stands there, what is written instead, fault, nearest word
    (YACON, "category: veg-egg", "\tcategory: veg-egg", "check-tab", ""),
    (YACON, "  vi: Sâm đất", "  vi: [Sâm đất", "check-yaml", ""),
    (YACON, "origin: Lai Châu", "orgin: Lai Châu", "check-unknown-key", "origin"),
    (YACON, "title: \"5 kg\"", "titel: \"5 kg\"", "check-unknown-key", "title"),
    (YACON, "unit: kg", "base: kg", "check-key-twice", ""),
    (YACON, "price_vnd: 195000", "price_vnd: 195.000", "check-want-int", "195000"),
    (YACON, "  - yacon", "  - 12", "check-want-str", ""),
    (YACON, "sample: true", "sample: đúng", "check-want-bool", ""),
    (YACON, "papers: []", "papers: giấy", "check-want-array", ""),
    (YACON, "packed_weight: {amount: 1000, grams: 1080}", "packed_weight: 1",
     "check-want-object", ""),
    (YACON, "id: sam-dat", "id: sam-da", "check-id-not-file", ""),
    (YACON, "id: 3kg", "id: ba-kg", "check-bad-id", ""),
    (YACON, "id: 10kg", "id: 5kg", "check-id-twice", ""),
    (YACON, "seller: nguoi-ban-lai-chau", "seller: nguoi-ban-lai-chu",
     "check-unknown-word", "nguoi-ban-lai-chau"),
    (YACON, "household: ho-mau-1", "household: ho-mau-7",
     "check-unknown-word", "ho-mau-6"),
    (YACON, "category: veg-egg", "category: vegegg",
     "check-unknown-word", "veg-egg"),
    (YACON, "shipping_class: sturdy_fresh", "shipping_class: sturdy",
     "check-unknown-word", "sturdy_fresh"),
    (YACON, "base: g ", "base: gam ", "check-unknown-word", "g"),
    (YACON, "amount: 5000", "amount: 0", "check-not-positive", ""),
    (YACON, "opening_stock: 600000", "opening_stock: -1", "check-below-zero", ""),
    (YACON, "shelf_life_days: 21", "shelf_life_days: 99999999999",
     "check-too-large", ""),
    (YACON, "price_vnd: 195000", "price_vnd: 195", "check-odd-price", "195000"),
    (YACON, "months: \"8-11\"", "months: \"8-13\"", "check-bad-months", ""),
    (YACON, "{months: \"8-11\"}", "{months: 8, lunar_months: 7}",
     "check-two-calendars", ""),
    (YACON, "clip: https", "clip: xem ở https", "check-bad-link", ""),
    (YACON, "cooking:\n  vi:", "cooking:\n  en:", "check-no-vi", ""),
    (YACON, "price_vnd: 195000", "price_vnd: 795000", "check-far-price", ""),
    ("products/mac-khen.yaml", "- mắc khén", "- mắc ca", "check-alias-shared", ""),
    ("shipping.yaml", "8, 11, 12", "8, 11, 2", "check-unknown-word", ""),
    ("shipping.yaml", "[38, 40,", "[1, 40,", "check-zone-twice", ""),
    ("shipping.yaml", "days: [1, 3]", "days: [3, 1]", "check-bad-days", ""),
    ("shipping.yaml", "classes: [dry, sturdy_fresh]", "classes: [dry, frozen]",
     "check-not-by-post", ""),
    ("shipping.yaml", "    rate:               #", "    rates:              #",
     "check-unknown-key", "rate"),
    ("shipping.yaml", "step: 3000}", "step: -3000}", "check-below-zero", ""),
    ("shipping.yaml", "as_of: 2026-11-01", "as_of: hôm qua", "check-want-other", ""),
    ("sellers.yaml", "province: 14", "province: 13", "check-unknown-word", ""),
    ("sellers.yaml", "province: 14", "province: 1", "check-no-rates", ""),
    ("households.yaml", "village: ", "vilage: ", "check-unknown-key", "village"),
    ("categories.yaml", "id: meat", "id: fruit", "check-id-twice", ""),
    ("categories.yaml", "name: {vi: Hoa quả, ", "name: {", "check-no-vi", ""),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_to(tmp_path)


def only(found: list[Fault], id: str) -> Fault:
    fits = [fault for fault in found if fault.id == id]
    assert fits, [str(fault) for fault in found]
    return fits[0]


@pytest.mark.parametrize(("file", "good", "slip", "id", "near"), SLIPS)
def test_a_slip_is_told_by_file_and_line(
    folder: Path, file: str, good: str, slip: str, id: str, near: str
) -> None:
    line = edit(folder / file, good, slip)
    fault = only(faults(folder), id)
    assert fault.path == f"catalog/{file}"
    if id == "check-yaml":
        assert line <= fault.line <= line + 1
    else:
        assert fault.line == line
    assert fault.suggestion == near
    said = str(fault)
    assert said.startswith(f"catalog/{file}:{fault.line}: ")
    assert near in said
    assert "{" not in said.removeprefix(f"catalog/{file}")


def test_a_missing_key_is_named(folder: Path) -> None:
    edit(folder / "products/sam-dat.yaml", "origin: Lai Châu\n", "")
    fault = only(faults(folder), "check-missing-key")
    assert fault.expected == "origin"
    assert "“origin”" in str(fault)


def test_all_unknown_keys_are_told_at_once(folder: Path) -> None:
    path = folder / "products/sam-dat.yaml"
    first = edit(path, "origin:", "orgin:")
    second = edit(path, "clip:", "clips:")
    found = [(f.line, f.found) for f in faults(folder) if f.id == "check-unknown-key"]
    assert found == [(first, "orgin"), (second, "clips")]


def test_a_name_without_vietnamese(folder: Path) -> None:
    edit(folder / "products/sam-dat.yaml", "  vi: Sâm đất\n", "")
    assert "tiếng Việt" in str(only(faults(folder), "check-no-vi"))


def test_nothing_to_buy(folder: Path) -> None:
    path = folder / "products/sam-dat.yaml"
    text = path.read_text("utf-8")
    kept = [x for x in text.splitlines() if not x.startswith(("  - {id", "loose", "offers"))]
    write(path, "\n".join(kept))
    assert only(faults(folder), "check-nothing-sold").path.endswith("sam-dat.yaml")


def test_a_province_in_no_zone(folder: Path) -> None:
    edit(folder / "shipping.yaml", ", 96]", "]")
    assert "96 Cà Mau" in str(only(faults(folder), "check-zone-missing"))


def test_pictures_missing_heavy_and_left_over(folder: Path) -> None:
    photos = folder / "photos"
    (photos / "sam-dat.jpg").unlink()
    Image.effect_noise((320, 320), 90).save(photos / "mac-ca.jpg", quality=95)
    (photos / "mac-ca.jpg").rename(photos / "mac-khen.jpg")
    found = faults(folder)
    assert only(found, "check-picture-heavy").path == "catalog/photos/mac-khen.jpg"
    assert not only(found, "check-picture-heavy").warning
    missing = {fault.path for fault in found if fault.id == "check-no-picture"}
    assert missing == {"catalog/photos/sam-dat.jpg", "catalog/photos/mac-ca.jpg"}
    Image.new("RGB", (9, 9)).save(photos / "la.jpg")
    assert only(faults(folder), "check-picture-alone").path == "catalog/photos/la.jpg"


def test_files_gone_and_letters_that_are_not_utf8(folder: Path) -> None:
    (folder / "households.yaml").unlink()
    (folder / "products/sam-dat.yaml").write_bytes("id: sam-dat\nname: đất".encode("utf-16"))
    found = faults(folder)
    assert only(found, "check-no-file").path == "catalog/households.yaml"
    assert only(found, "check-not-utf8").path == "catalog/products/sam-dat.yaml"


def test_no_folder_at_all(tmp_path: Path) -> None:
    assert [fault.id for fault in faults(tmp_path / "catalog")] == ["check-no-folder"]


def test_a_file_that_cannot_be_opened(folder: Path) -> None:
    (folder / "products/sam-dat.yaml").unlink()
    (folder / "products/sam-dat.yaml").mkdir()
    assert only(faults(folder), "check-unreadable").path == "catalog/products/sam-dat.yaml"


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "42", "&a [*a]", "id: !!python/x y", "\x00"])
def test_files_that_are_no_product_at_all(folder: Path, text: str) -> None:
    write(folder / "products/sam-dat.yaml", text)
    found = faults(folder)
    assert {f.path for f in found if not f.warning} == {"catalog/products/sam-dat.yaml"}


def test_every_sentence_has_what_it_needs() -> None:
    for id in sentences():
        said = str(Fault(id, "catalog/x.yaml", 7, "a", "b", "c", "d"))
        assert said.startswith("catalog/x.yaml:7: ")
