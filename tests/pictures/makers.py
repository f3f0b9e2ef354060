"""Real photos, videos and sounds, as phones would send them: with the place inside."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache

import av
from av.container import OutputContainer
from PIL import ExifTags, Image, ImageCms, ImageDraw, PngImagePlugin

RED, BLUE = (220, 30, 30), (30, 30, 200)
PLACE, TITLE = "+21.0285+105.8542/", "nha ba Lan"
TOLD = (b"105.85", b"nha ba Lan", b"Exif", b"GPS", b"SecretPhone", b"http://ns.adobe.com/xap")
"""What must be found in no file that was cleaned."""

RATE = 48_000
SAVED = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
"""By EXIF orientation: how Pillow turns an upright picture into what the sensor saw."""


def picture(size: tuple[int, int] = (1600, 1200)) -> Image.Image:
    """Blue, with a red top left quarter."""
    image = Image.new("RGB", size, BLUE)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill=RED)
    return image


def photo(size: tuple[int, int] = (1600, 1200), orientation: int = 1) -> bytes:
    """A JPEG with camera, place, comment, XMP and a colour profile, turned as the camera was."""
    image = picture(size)
    turn = SAVED[orientation]
    image = image if turn is None else image.transpose(Image.Transpose(turn))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Model] = "SecretPhone"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef] = (21.0, 1.0, 42.6), "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(
        image,
        "JPEG",
        exif=exif,
        icc_profile=profile,
        comment=TITLE.encode(),
        xmp=b"<x>http://ns.adobe.com/xap nha ba Lan</x>",
        quality=92,
    )


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def screenshot() -> bytes:
    """A PNG with a transparent ground and words inside."""
    image = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((100, 100, 200, 200), fill=(*RED, 255))
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", TITLE)
    return saved(image, "PNG", pnginfo=words)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@cache
def film(
    seconds: int = 2,
    size: tuple[int, int] = (320, 240),
    kind: str = "mp4",
    codec: str = "libx264",
    sound: str = "",
    turn: int = 0,
    rate: int = 10,
) -> bytes:
    """A video with place, title and the phone's name inside; turn: counter-clockwise, degrees."""
    file = io.BytesIO()
    with av.open(file, "w", format=kind) as target:
        target.metadata.update(location=PLACE, title=TITLE)
        seen = target.add_stream(codec, rate=rate)
        seen.width, seen.height = size
        seen.pix_fmt = "yuv420p"
        seen.metadata["handler_name"] = "SecretPhone"
        if turn:
            seen.set_display_rotation(turn)
        heard = target.add_stream(sound, rate=RATE, layout="stereo") if sound else None
        still = picture(size)
        for _ in range(seconds * rate):
            target.mux(seen.encode(av.VideoFrame.from_image(still)))
        target.mux(seen.encode(None))
        if heard is not None:
            _speak(target, heard, seconds)
    return file.getvalue()


@cache
def speech(seconds: int = 2, kind: str = "ogg", codec: str = "libopus") -> bytes:
    """A voice note with title and place inside."""
    file = io.BytesIO()
    with av.open(file, "w", format=kind) as target:
        target.metadata.update(location=PLACE, title=TITLE)
        _speak(target, target.add_stream(codec, rate=RATE, layout="stereo"), seconds)
    return file.getvalue()


def _speak(target: OutputContainer, heard: av.AudioStream, seconds: int) -> None:
    """A buzz of 200 Hz, as the coder wants it."""
    form, size = heard.codec_context.format, heard.codec_context.frame_size or 1024
    shape = av.AudioResampler(format=form, layout="stereo", rate=RATE, frame_size=size)
    wave = b"".join(struct.pack("<h", 9000 if n % 240 < 120 else -9000) for n in range(RATE))
    for second in range(seconds):
        frame = av.AudioFrame(format="s16", layout="mono", samples=RATE)
        frame.planes[0].update(wave)
        frame.sample_rate, frame.pts = RATE, second * RATE
        for part in shape.resample(frame):
            target.mux(heard.encode(part))
    for part in shape.resample(None):
        target.mux(heard.encode(part))
    target.mux(heard.encode(None))


@cache
def long_speech(seconds: int) -> bytes:
    """Hours of silence in few bytes: one packet of 20 ms, said again and again."""
    first = next(p for p in _packets(speech(1)) if p.size)
    silence, tick = bytes(first)[:1] + b"\xff\xfe", RATE // 50
    file = io.BytesIO()
    with (
        av.open(io.BytesIO(speech(1)), format="ogg") as model,
        av.open(file, "w", format="ogg") as target,
    ):
        stream = target.add_stream_from_template(model.streams.audio[0])
        for n in range(seconds * 50):
            packet = av.Packet(silence)
            packet.stream, packet.time_base = stream, stream.time_base or first.time_base
            packet.pts = packet.dts = n * tick
            packet.duration = tick
            target.mux(packet)
    return file.getvalue()


def _packets(sound: bytes) -> list[av.Packet]:
    with av.open(io.BytesIO(sound), format="ogg") as source:
        return list(source.demux(source.streams.audio[0]))
