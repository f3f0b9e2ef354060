"""The catalogue in the repository: thirty samples, plainly marked, with their figures."""

from __future__ import annotations

import re

import pytest
from PIL import Image

from bot.commands.check_catalogue import HEAVIEST_PICTURE, faults
from bot.commands.draw_pictures import PICTURES, draw_pictures
from bot.shop.product import Loose, Offer, Season
from bot.stores.catalogue import load_catalogue
from bot.stores.catalogue_parts import fold
from tests.catalog.folder import CATALOG, copy_to

CATALOGUE, FAULTS = load_catalogue(CATALOG)

OLD_PROVINCES = (
    """
An Giang, Bà Rịa - Vũng Tàu, Bắc Giang, Bắc Kạn, Bạc Liêu, Bắc Ninh, Bến Tre, Bình Định,
Bình Dương, Bình Phước, Bình Thuận, Cà Mau, Cần Thơ, Cao Bằng, Đà Nẵng, Đắk Lắk, Đắk Nông,
Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải
Phòng, Hậu Giang, Hòa Bình, Hồ Chí Minh, Hưng Yên, Khánh Hòa, Kiên Giang, Kon Tum, Lai Châu,
Lâm Đồng, Lạng Sơn, Lào Cai, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú
Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh,
Thái Bình, Thái Nguyên, Thanh Hóa, Thừa Thiên Huế, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh
Long, Vĩnh Phúc, Yên Bái
""".replace("\n", " ")
    .strip()
    .split(", ")
)


def test_thirty_samples_without_a_fault() -> None:
    assert FAULTS == []
    assert faults(CATALOG) == []
    assert len(CATALOGUE.products) == 30
    assert all(product.sample for product in CATALOGUE.products.values())
    assert all("mẫu" in seller.name for seller in CATALOGUE.sellers.values())
    assert all("mẫu" in household.name for household in CATALOGUE.households.values())


def test_figures_of_goods_sold_by_weight() -> None:
    yacon = CATALOGUE.products["sam-dat"]
    assert yacon.offers[-1] == Offer("10kg", "10 kg", 10_000, 370_000)
    assert yacon.loose == Loose(500, 1000, 1000, 40_000)
    assert (yacon.opening_stock, yacon.shelf_life_days) == (600_000, 21)
    assert yacon.season == Season((8, 9, 10, 11))


def test_figures_of_pieces_wrapped_years_and_the_moon() -> None:
    goods = CATALOGUE.products
    assert goods["trung-ga-den"].offers == (Offer("10qua", "1 chục", 10, 60_000),)
    assert goods["trung-ga-den"].loose == Loose(1, 6, 1, 6_000)
    assert goods["rau-cai-meo"].season == Season((9, 10, 11, 12, 1, 2, 3))
    assert goods["hong-vanh-khuyen"].season == Season((7, 8, 9), lunar=True)
    assert goods["ga-den"].season is None
    assert goods["ga-den"].packed_milligrams == 1_800_000
    assert goods["mat-ong-rung"].packed_milligrams == 1_700


@pytest.mark.parametrize("product", CATALOGUE.products.values(), ids=lambda p: p.id)
def test_every_product_can_be_shown_and_chosen(product) -> None:
    assert re.fullmatch(r"[a-z0-9-]{1,24}", product.id)
    assert all(len(f"p:{product.id}:{offer.id}".encode()) <= 36 for offer in product.offers)
    assert product.packed_milligrams > 0
    assert product.story["vi"]
    assert product.category in CATALOGUE.category_names


@pytest.mark.parametrize("product", CATALOGUE.products)
def test_every_picture_is_light_and_320_wide(product: str) -> None:
    path = CATALOGUE.picture_path(product)
    assert path is not None
    assert path.stat().st_size <= HEAVIEST_PICTURE
    with Image.open(path) as image:
        assert image.size == (320, 320)


def test_a_strange_id_is_no_path() -> None:
    assert CATALOGUE.picture_path("../products/sam-dat") is None


def test_drawing_again_leaves_a_real_photo_alone(tmp_path) -> None:
    folder = copy_to(tmp_path)
    photo, drawing = (folder / "photos" / f"{id}.jpg" for id in ("sam-dat", "mac-ca"))
    Image.new("RGB", (320, 240), (90, 120, 60)).save(photo)
    before = photo.read_bytes()
    drawing.unlink()
    written = draw_pictures(folder)
    assert photo.read_bytes() == before
    assert photo not in written
    assert drawing.stat().st_size <= HEAVIEST_PICTURE
    assert set(PICTURES) == set(CATALOGUE.products)


def test_provinces_are_34_and_know_every_old_name_once() -> None:
    owners: dict[str, set[int]] = {}
    for province in CATALOGUE.provinces.values():
        for name in province.names:
            owners.setdefault(name, set()).add(province.code)
    assert len(CATALOGUE.provinces) == 34
    assert len(OLD_PROVINCES) == 63
    assert {name for name in OLD_PROVINCES if len(owners.get(fold(name), ())) != 1} == set()
    assert all(len(codes) == 1 for codes in owners.values())


@pytest.mark.parametrize(
    ("name", "code"),
    [("hn", 1), ("hcm", 79), ("sai gon", 79), ("tp hcm", 79), ("ha giang", 8), ("ha nam", 37),
     ("binh thuan", 68), ("phu yen", 66), ("thua thien hue", 46), ("ba ria vung tau", 79)],
)  # fmt: skip
def test_names_people_type_lead_to_todays_province(name: str, code: int) -> None:
    assert name in CATALOGUE.provinces[code].names
