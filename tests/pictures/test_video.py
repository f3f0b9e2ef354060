"""Videos: the same pictures in a file that tells nothing else; what is none is refused."""

from __future__ import annotations

import io

import av
import pytest
from PIL import Image

from bot.pictures.workshop import Workshop
from bot.shop.media_problems import NotAVideo, VideoTooLarge, VideoTooLong
from tests.pictures.makers import RED, TOLD, film, photo, speech

TAKEN = {
    "mp4": film(),
    "mp4 with sound": film(sound="aac"),
    "mov": film(kind="mov", sound="aac"),
    "webm": film(kind="webm", codec="libvpx-vp9", sound="libopus"),
    "60 s": film(60, (16, 16), rate=2),
}


@pytest.mark.parametrize("name", TAKEN)
async def test_the_same_film_in_an_mp4(workshop: Workshop, name: str) -> None:
    data = TAKEN[name]
    made = await workshop.clean_video(data)
    assert made.mp4.index(b"moov") < made.mp4.index(b"mdat"), "plays while it loads"
    with av.open(io.BytesIO(data)) as before, av.open(io.BytesIO(made.mp4)) as after:
        assert [s.codec_context.name for s in after.streams] == [
            s.codec_context.name for s in before.streams
        ]
        frames = sum(1 for _ in before.decode(video=0))
        assert sum(1 for _ in after.decode(video=0)) == frames
    assert made.seconds == (60 if name == "60 s" else 2)


@pytest.mark.parametrize("name", TAKEN)
async def test_nothing_of_it_tells_where_and_by_whom(workshop: Workshop, name: str) -> None:
    data = TAKEN[name]
    assert any(word in data for word in (b"nha ba Lan", b"105.85"))
    made = await workshop.clean_video(data)
    for clean in (made.mp4, made.poster):
        assert [word for word in TOLD if word in clean] == []
    with av.open(io.BytesIO(made.mp4)) as after:
        told = set(after.metadata) | {key for s in after.streams for key in s.metadata}
        assert told <= {
            *("major_brand", "minor_version", "compatible_brands", "handler_name", "language"),
            *("vendor_id",),
        }


async def test_the_poster_is_small_and_upright(workshop: Workshop) -> None:
    """A phone held upright writes its pictures lying, and how they must be turned."""
    made = await workshop.clean_video(film(size=(640, 360), turn=90))
    poster = Image.open(io.BytesIO(made.poster))
    assert poster.size == (320, 569)
    assert len(made.poster) <= 20_000
    pixel = poster.getpixel((20, 549))
    assert isinstance(pixel, tuple)
    assert all(abs(a - b) < 40 for a, b in zip(pixel, RED, strict=True))
    with av.open(io.BytesIO(made.mp4)) as after:
        assert next(after.decode(video=0)).rotation == 90


async def test_too_long(workshop: Workshop) -> None:
    with pytest.raises(VideoTooLong) as refused:
        await workshop.clean_video(film(61, (16, 16), rate=2))
    assert refused.value.fields == {"most": 60}


async def test_too_heavy(workshop: Workshop) -> None:
    with pytest.raises(VideoTooLarge) as refused:
        await workshop.clean_video(film() + bytes(60_000_000))
    assert refused.value.fields == {"most": 20}


PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a video",
        PLAYLIST,
        b"\0\0\0\x18ftypisom" + PLAYLIST,
        film()[: len(film()) // 2],
        photo((300, 200)),
        speech(kind="mp4", codec="aac"),
        speech(),
        film(kind="webm", codec="libvpx"),
        film(kind="mov", sound="pcm_s16le"),
    ],
    ids=["empty", "text", "playlist", "disguised", "cut", "photo", "sound", "voice", "vp8", "pcm"],
)
async def test_what_is_no_video(workshop: Workshop, data: bytes) -> None:
    with pytest.raises(NotAVideo):
        await workshop.clean_video(data)
