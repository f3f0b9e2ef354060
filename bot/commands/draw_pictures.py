"""`python -m bot draw`: a drawn picture for every sample product, marked as drawn.

The pictures in `catalog/photos/` stand in until a seller sends her own photo of the same name.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image

from bot.commands.drawing import dry, fruit, meat
from bot.commands.drawing.ground import band, cloth
from bot.commands.drawing.pen import Pen

HEAVIEST = 11_000
"""Bytes of one picture: the budget of a poor line."""

SIGNED = b"drawn by python -m bot draw"
"""The comment inside our own files, by which a drawing is told from a photo."""

PICTURES: Mapping[str, Callable[[Pen], None]] = {
    draw.__name__.replace("_", "-"): draw
    for draw in (
        fruit.sam_dat,
        fruit.na_chi_lang,
        fruit.na_trai_vu,
        fruit.hong_vanh_khuyen,
        fruit.hong_bao_lam,
        fruit.man_hau,
        fruit.man_com,
        fruit.dao_nui,
        fruit.rau_cai_meo,
        fruit.khoai_so_nuong,
        fruit.trung_ga_den,
        meat.thit_lon_den_gac_bep,
        meat.ba_chi_hun_khoi,
        meat.thit_trau_gac_bep,
        meat.lap_suon,
        meat.khau_nhuc,
        meat.thit_lon_den_tuoi,
        meat.ga_den,
        dry.thach_den_kho,
        dry.thach_den_hop,
        dry.mac_ca,
        dry.che_shan_tuyet,
        dry.bach_tra,
        dry.mat_ong_rung,
        dry.mang_kho,
        dry.mac_khen,
        dry.hat_doi,
        dry.cham_cheo,
        dry.gao_nep_nuong,
        dry.mien_dong,
    )
}
"""By product id."""


def draw_pictures(folder: Path) -> list[Path]:
    """Draw all pictures in `folder`/photos, real photos left alone; the files written."""
    photos = folder / "photos"
    photos.mkdir(parents=True, exist_ok=True)
    paths = {photos / f"{id}.jpg": draw for id, draw in PICTURES.items()}
    wanted = {path: draw for path, draw in paths.items() if _ours(path)}
    for path, draw in wanted.items():
        path.write_bytes(picture(draw))
    return list(wanted)


def _ours(path: Path) -> bool:
    """True where nothing lies, or a drawing of ours: never draw over a real photo."""
    if not path.exists():
        return True
    with Image.open(path) as image:
        return image.info.get("comment") == SIGNED


def picture(draw: Callable[[Pen], None]) -> bytes:
    """One finished picture: 320 × 320, progressive JPEG, at most HEAVIEST bytes."""
    pen = Pen()
    cloth(pen)
    draw(pen)
    band(pen)
    return _light_enough(pen.small())


def _light_enough(image: Image.Image) -> bytes:
    """The best quality that stays within the budget."""
    for quality in range(66, 24, -4):
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality, progressive=True, optimize=True, comment=SIGNED)
        if file.tell() <= HEAVIEST:
            break
    return file.getvalue()
