"""Pictures and clips, both ways."""

from __future__ import annotations

import uuid
from io import BytesIO

import pytest
from aiohttp import ClientSession

from bot.web import chat
from tests.web.page import PAGE
from tests.web.small_shop import SmallShop, drawn_picture

CLIP = "/media/" + "c" * 64
PICTURE = "/media/product/thit-lon-den-gac-bep"


async def test_a_kept_file_is_kept_forever_by_the_browser(client: ClientSession) -> None:
    async with client.get(CLIP) as response:
        assert (response.status, response.content_type) == (200, "audio/ogg")
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        tag = response.headers["ETag"]
    async with client.get(CLIP, headers={"If-None-Match": tag}) as again:
        assert again.status == 304


async def test_a_product_picture_may_change(shop: SmallShop, client: ClientSession) -> None:
    async with client.get(PICTURE) as response:
        assert response.content_type == "image/jpeg"
        assert "immutable" not in response.headers["Cache-Control"]
        tag = response.headers["ETag"]
    shop.media.files["product/thit-lon-den-gac-bep"] = (b"\xff\xd8\xff new", "image/jpeg")
    async with client.get(PICTURE, headers={"If-None-Match": tag}) as again:
        assert (again.status, await again.read()) == (200, b"\xff\xd8\xff new")


@pytest.mark.parametrize(
    ("asked", "status", "size", "said"),
    [
        ("bytes=0-9", 206, 10, "bytes 0-9/100"),
        ("bytes=90-", 206, 10, "bytes 90-99/100"),
        ("bytes=-5", 206, 5, "bytes 95-99/100"),
        ("bytes=500-", 416, 0, "bytes */100"),
        ("lines=1-2", 200, 100, ""),
    ],
)
async def test_an_iphone_asks_for_parts(
    client: ClientSession, asked: str, status: int, size: int, said: str
) -> None:
    async with client.get(CLIP, headers={"Range": asked}) as response:
        assert (response.status, len(await response.read())) == (status, size)
        assert response.headers.get("Content-Range", "") == said


@pytest.mark.parametrize(
    "name", ["0" * 64, "product/none", "..%2F..%2Fetc%2Fpasswd", "product/..%2Fx", "a", "a/b/c"]
)
async def test_what_is_not_there_is_not_found(client: ClientSession, name: str) -> None:
    async with client.get(f"/media/{name}") as response:
        assert response.status == 404


async def test_a_phone_that_plays_no_ogg_gets_aac(client: ClientSession) -> None:
    async with client.get(CLIP + ".aac") as response:
        assert (response.status, response.content_type) == (200, "audio/aac")
        assert (await response.read()).startswith(b"\xff\xf1")
        assert "immutable" in response.headers["Cache-Control"]
        tag = response.headers["ETag"]
    async with client.get(CLIP) as ogg:
        assert ogg.headers["ETag"] != tag
    async with client.get(CLIP + ".aac", headers={"Range": "bytes=0-1"}) as part:
        assert (part.status, await part.read()) == (206, b"\xff\xf1")
        assert part.headers["Content-Range"] == "bytes 0-1/100"
    for none in (f"/media/{'0' * 64}.aac", f"{PICTURE}.aac", f"{CLIP}.aac.aac", f"{CLIP}.mp3"):
        async with client.get(none) as response:
            assert response.status == 404, none


async def test_a_file_of_another_kind_is_only_downloaded(
    shop: SmallShop, client: ClientSession
) -> None:
    shop.media.files["media/" + "d" * 64] = (b"<script>", "text/html")
    async with client.get("/media/" + "d" * 64) as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"] == "attachment"


# ---- sent by a person


async def _send(
    client: ClientSession, data: bytes, kind: str, *, page: str = PAGE, ours: bool = True
) -> int:
    query = {"id": str(uuid.uuid4()), "page": page, "kind": kind, "as": "khach"}
    headers = {"X-Talk": "khach"} if ours else {}
    async with client.post(
        "/chat/media", params=query, data=BytesIO(data), headers=headers
    ) as response:
        return response.status


@pytest.mark.parametrize(
    ("data", "kind", "mime"),
    [
        (drawn_picture(), "photo", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n....", "photo", "image/png"),
        (b"RIFF....WEBPVP8 ", "photo", "image/webp"),
        (b"OggS....", "voice", "audio/ogg"),
        (b"\x1aE\xdf\xa3....", "voice", "audio/webm"),
        (b"....ftypM4A ", "voice", "audio/mp4"),
        (b"ID3.....", "voice", "audio/mpeg"),
        (b"....ftypisom", "video", "video/mp4"),
        (b"\x1aE\xdf\xa3....", "video", "video/webm"),
    ],
)
async def test_pictures_and_voices_are_kept_and_heard(
    shop: SmallShop, client: ClientSession, data: bytes, kind: str, mime: str
) -> None:
    assert await _send(client, data, kind) == 200
    heard = shop.desk.heard[0]
    assert (heard.kind, shop.media.files[heard.media]) == (kind, (data, mime))


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"<svg onload=alert(1)>", "photo", 415),
        (b"OggS....", "photo", 415),
        (b"", "voice", 415),
        (drawn_picture(), "video", 415),
        (drawn_picture(), "film", 400),
    ],
)
async def test_other_files_are_refused(
    shop: SmallShop, client: ClientSession, data: bytes, kind: str, status: int
) -> None:
    assert await _send(client, data, kind) == status
    assert shop.desk.heard == []


async def test_an_upload_of_another_site_or_page_is_refused(client: ClientSession) -> None:
    assert await _send(client, drawn_picture(), "photo", ours=False) == 403
    assert await _send(client, drawn_picture(), "photo", page="me") == 400


async def test_a_video_may_be_larger_but_not_endless(client: ClientSession) -> None:
    film = b"....ftypisom"
    assert await _send(client, film + bytes(chat.MOST_MEDIA), "video") == 200
    assert await _send(client, film + bytes(chat.MOST_VIDEO), "video") == 413


async def test_too_large_and_too_often(
    shop: SmallShop, client: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await _send(client, b"OggS" + bytes(chat.MOST_MEDIA), "voice") == 413
    monkeypatch.setattr(chat, "UPLOADS_PER_HOUR", 2)
    assert await _send(client, b"OggS....", "voice") == 200
    assert await _send(client, b"OggS....", "voice") == 429
