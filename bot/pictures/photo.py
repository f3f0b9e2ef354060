"""A photo somebody sent: opened with care, turned upright, made small; what it tells is gone."""

from __future__ import annotations

import io
import struct

from PIL import ExifTags, Image, ImageCms

from bot.shop.media_problems import NotAPhoto, PhotoTooLarge
from bot.shop.pictures import PHOTO_BYTES, PHOTO_MEGAPIXELS, Photo

KINDS = ("JPEG", "PNG", "WEBP")
"""What phones and browsers send."""

LARGE, LARGE_QUALITY = 1280, 80
SMALL, SMALL_TALL, SMALL_BYTES = 320, 640, 11_000
SMALL_QUALITIES = (60, 50, 40, 30, 22)
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""By EXIF orientation (Exif 2.32, tag 274)."""

BY_NUMBER = ("1", "P", "PA")
"""Modes whose pixels are no colours yet and cannot be mixed."""


def clean(data: bytes) -> Photo:
    """Two JPEGs without any metadata. Raises NotAPhoto, PhotoTooLarge."""
    large = upright(data, LARGE)
    small = large.copy()
    small.thumbnail((SMALL, SMALL_TALL), Image.Resampling.LANCZOS)
    return Photo(jpeg(large, LARGE_QUALITY), light(small), *large.size)


def upright(data: bytes, side: int) -> Image.Image:
    """RGB pixels alone, turned as the camera was held, neither side longer than `side`.

    Raises NotAPhoto, PhotoTooLarge.
    """
    image = opened(data)
    try:
        image.draft("RGB", (side, side))
        image = _mixable(image)
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        return bare(_coloured(_turned(image)))
    except (OSError, SyntaxError, ValueError) as error:
        raise NotAPhoto from error


def opened(data: bytes) -> Image.Image:
    """The picture before its pixels are read. Raises NotAPhoto, PhotoTooLarge."""
    Image.MAX_IMAGE_PIXELS = None  # counted below, as a refusal and not as a warning
    try:
        image = Image.open(io.BytesIO(data), formats=KINDS)
    except (OSError, SyntaxError, ValueError) as error:
        raise NotAPhoto from error
    if image.width * image.height > PHOTO_MEGAPIXELS * 1_000_000:
        raise PhotoTooLarge(most=PHOTO_BYTES // 1_000_000, pixels=PHOTO_MEGAPIXELS)
    return image


def _mixable(image: Image.Image) -> Image.Image:
    """The same in a mode that can be made smaller by mixing neighbours."""
    if image.mode in BY_NUMBER:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point(lambda grey: grey / 256).convert("L")
    return image


def _turned(image: Image.Image) -> Image.Image:
    """As the camera was held, if it says so in a way that can be read."""
    try:
        turn = TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    except (OSError, SyntaxError, ValueError, struct.error):
        return image
    return image if turn is None else image.transpose(turn)


def _coloured(image: Image.Image) -> Image.Image:
    """In sRGB; what shone through is white."""
    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image.convert("RGBA"))
        image = ground.convert("RGB")
    image = _in_srgb(image, profile) if profile else image
    return image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """As the photo's own colour profile means it; as it stands if the profile is broken."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        found = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
    except (OSError, ImageCms.PyCMSError):
        return image
    return found or image


def bare(image: Image.Image) -> Image.Image:
    """A new picture of the same pixels: Pillow carries comments and more from file to file."""
    fresh = Image.new("RGB", image.size)
    fresh.paste(image)
    return fresh


def jpeg(image: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality, progressive=True, optimize=True)
    return file.getvalue()


def light(image: Image.Image) -> bytes:
    """The best quality within SMALL_BYTES; the least if none is."""
    for quality in SMALL_QUALITIES:
        data = jpeg(image, quality)
        if len(data) <= SMALL_BYTES:
            break
    return data
