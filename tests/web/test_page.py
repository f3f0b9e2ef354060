"""The page: small, safe, cached, and spending nothing by being looked at."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.web.page import LANGUAGE_COOKIE, read_pages
from tests.web.small_shop import LOCALES, SmallShop

KB = 1000
LOOKED_AT = ("/", "/ban", "/s/abcDEF_-123", "/r/abcDEF123", "/p/thit-lon-den-gac-bep")


@pytest.mark.parametrize("path", LOOKED_AT)
async def test_looking_spends_nothing(shop: SmallShop, client: ClientSession, path: str) -> None:
    """A link preview reads the page and runs no script."""
    async with client.get(path) as response:
        assert response.status == 200
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        own = "ban" if path.startswith(("/s", "/ban")) else "khach"
        assert set(response.cookies) == {own}
    assert shop.desk.heard == []
    assert shop.sessions._people == {}


@pytest.mark.parametrize("path", ["/s/", "/r/a%2Fb", "/p/<script>", "/s/" + "a" * 65, "/x"])
async def test_other_addresses_are_not_there(client: ClientSession, path: str) -> None:
    async with client.get(path) as response:
        assert response.status == 404


async def test_one_request_shows_it_and_it_is_small(
    client: ClientSession, record_property: pytest.RecordProperty
) -> None:
    async with client.get("/", headers={"Accept-Encoding": "gzip"}) as response:
        assert response.headers["Content-Encoding"] == "gzip"
        text = await response.text()
        squeezed = int(response.headers["Content-Length"])
    record_property("page_bytes", len(text.encode()))
    record_property("page_bytes_gzip", squeezed)
    assert len(text.encode()) <= 100 * KB
    assert squeezed <= 15 * KB
    assert not re.search(r"(src|href)=\"(?!data:)", text)


async def test_a_browser_without_gzip_gets_it_too(client: ClientSession) -> None:
    async with client.get("/", headers={"Accept-Encoding": "identity"}) as response:
        assert "Content-Encoding" not in response.headers
        assert "<!doctype html>" in await response.text()


async def test_only_its_own_script_and_style_may_run(client: ClientSession) -> None:
    async with client.get("/") as response:
        text, policy = await response.text(), response.headers["Content-Security-Policy"]
    script = re.search(r'<script type="module">(.*?)</script>', text, re.DOTALL)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert script
    assert style
    for part in (script[1], style[1]):
        assert b64encode(sha256(part.encode()).digest()).decode() in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"^\s*(import|export) ", script[1], re.MULTILINE)


async def test_a_second_visit_costs_no_second_page(client: ClientSession) -> None:
    async with client.get("/") as first:
        tag = first.headers["ETag"]
    async with client.get("/", headers={"If-None-Match": tag}) as second:
        assert (second.status, await second.read()) == (304, b"")


async def test_the_page_speaks_the_language_it_was_left_in(client: ClientSession) -> None:
    for lang, shown in (("en", "en"), ("vi", "vi"), ("xx", "vi"), ("../etc", "vi")):
        cookies = {LANGUAGE_COOKIE: lang}
        async with client.get("/", cookies=cookies) as response:
            assert f'<html lang="{shown}"' in await response.text()


async def test_a_language_is_read_as_the_browser_keeps_it(client: ClientSession) -> None:
    """`encodeURIComponent` writes the @ of `hmn@rpa` in another way."""
    async with client.get("/", headers={"Cookie": "tieng=hmn%40rpa"}) as response:
        assert 'data-locale="hmn@rpa"' in await response.text()


def test_every_language_has_only_words_the_master_has() -> None:
    master = json.loads((LOCALES / "vi" / "web.json").read_text("utf-8"))
    for path in LOCALES.glob("*/web.json"):
        assert set(json.loads(path.read_text("utf-8"))) <= set(master), path
    sources = "".join(
        path.read_text("utf-8") for path in (LOCALES.parent / "bot/web/page").glob("*.*")
    )
    used = set(re.findall(r"\{\{w-([a-z-]+)\}\}", sources))
    used |= set(re.findall(r'word\("([a-z-]+)"\)', sources))
    used |= set(re.findall(r'tell\("([a-z-]+)"\)', sources))
    assert used <= set(master)


def test_words_cannot_break_out_of_the_page(tmp_path: Path) -> None:
    words = json.loads((LOCALES / "vi" / "web.json").read_text("utf-8"))
    words["send"] = "</script><b>\"'{{script}}"
    folder = tmp_path / "vi"
    folder.mkdir()
    (folder / "web.json").write_text(json.dumps(words), "utf-8")
    text = gzip.decompress(read_pages(tmp_path)["vi"].squeezed).decode()
    assert text.count("</script>") == 2
    assert "<b>" not in text


def test_broken_words_are_said(tmp_path: Path) -> None:
    (tmp_path / "vi").mkdir()
    (tmp_path / "vi" / "web.json").write_text('{"send": 5}', "utf-8")
    with pytest.raises(ValueError, match=r"web\.json"):
        read_pages(tmp_path)
