"""Makes pictures, videos and sound and keeps them: a part of `app`, which alone makes one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from hashlib import sha256

from bot.payments import vietqr
from bot.pictures.workshop import Workshop
from bot.shop.payment import BankAccount
from bot.shop.pictures import Chart, LiveChart, Poster, Sheet, Statement, Tile, ToDraw
from bot.stores.media import MediaStore
from bot.usecases.ports_media import KeptPhoto, KeptPoster, KeptSheet, KeptVideo

DAY = 24 * 3600
KEEP_SECONDS = {
    "proof": 180 * DAY, "qr": 30 * DAY, "report": 30 * DAY, "sheet": 7 * DAY, "csv": 7 * DAY,
    "poster": 30 * DAY, "tiles": 30 * DAY, "clip": 7 * DAY,
}  # fmt: skip
"""How long each kind of made picture is kept; what belongs to goods (kind `goods`) stays."""


class MediaStudio:
    """Keeps the `Studio` protocol over the media store and the workshop."""

    def __init__(self, media: MediaStore, workshop: Workshop) -> None:
        self._media = media
        self._workshop = workshop

    async def photo(self, ref: str, owner: str) -> KeptPhoto:
        made = await self._workshop.clean_photo(await self._bytes(ref))
        large = await self._keep(made.large, "image/jpeg", owner, "goods")
        return KeptPhoto(large, await self._keep(made.small, "image/jpeg", owner, "goods"))

    async def video(self, ref: str, owner: str) -> KeptVideo:
        made = await self._workshop.clean_video(await self._bytes(ref))
        kind = "goods" if owner.startswith("seller:") else "proof"
        video = await self._keep(made.mp4, "video/mp4", owner, kind)
        poster = await self._keep(made.poster, "image/jpeg", owner, kind)
        return KeptVideo(video, poster, made.seconds)

    async def voice(self, ref: str, owner: str) -> str:
        made = await self._workshop.clean_voice(await self._bytes(ref))
        return await self._keep(made.ogg, "audio/ogg", owner, "goods")

    async def clip(self, ref: str, owner: str) -> tuple[str, int]:
        made = await self._workshop.clean_clip(await self._bytes(ref))
        return await self._keep(made.ogg, "audio/ogg", owner, "clip"), made.ms

    async def stamped(self, ref: str, lines: tuple[str, ...], owner: str) -> str:
        clean = await self._workshop.clean_photo(await self._bytes(ref))
        made = await self._workshop.stamp(clean.large, lines)
        return await self._keep(made, "image/jpeg", owner, "proof")

    async def transfer_qr(
        self, account: BankAccount, vnd: int, code: str, lines: tuple[str, ...], owner: str
    ) -> str:
        from bot.payments.qr_picture import png_of

        purpose = vietqr.purpose_of(code)
        due = vietqr.asked_vnd(vnd)
        asked = vietqr.Transfer(account.bin, account.number, account.service, due, purpose)
        png = await asyncio.to_thread(png_of, vietqr.build(asked))
        made = await self._workshop.with_caption(png, lines)
        return await self._keep(made, "image/png", owner, "qr")

    async def chart(self, chart: Chart, owner: str) -> str:
        made = await self._workshop.chart(chart)
        return await self._keep(made, "image/png", owner, "report")

    async def spreadsheet(self, rows: Sequence[Sequence[str | int]], owner: str) -> str:
        from bot.commands.export_sales import csv_bytes

        made = await asyncio.to_thread(csv_bytes, rows)
        return await self._keep(made, "text/csv", owner, "csv")

    async def table(self, statement: Statement, owner: str) -> str:
        made = await self._workshop.table(statement)
        return await self._keep(made, "image/png", owner, "report")

    async def sheet(self, sheet: Sheet, owner: str) -> KeptSheet:
        made = await self._workshop.sheet(sheet)
        pdf = await self._keep(made.pdf, "application/pdf", owner, "sheet")
        pages = [await self._keep(page, "image/png", owner, "sheet") for page in made.pages]
        return KeptSheet(pdf, tuple(pages))

    async def poster(self, poster: Poster, owner: str) -> KeptPoster:
        made = await self._workshop.poster(poster)
        picture = await self._keep(made.png, "image/png", owner, "poster")
        return KeptPoster(picture, await self._keep(made.pdf, "application/pdf", owner, "poster"))

    async def live_chart(self, chart: LiveChart, owner: str) -> str:
        made = await self._workshop.live_chart(chart)
        return await self._keep(made, "image/png", owner, "report")

    async def _photo(self, ref: str) -> bytes:
        """Empty for goods nobody photographed yet."""
        try:
            return (await self._media.read(ref))[0] if ref else b""
        except KeyError:
            return b""

    async def tiles(self, tiles: Sequence[Tile]) -> str:
        """Found again by what is on it, pictures of goods by what they show now."""
        photos = [await self._photo(t.photo) for t in tiles]
        told = repr([(t, sha256(p).hexdigest()) for t, p in zip(tiles, photos, strict=True)])
        name = f"tiles/{sha256(told.encode()).hexdigest()}"
        ref = await self._media.platform_id("tiles", "", name)
        if ref and await self._media.lasting(ref, KEEP_SECONDS["tiles"]):
            return ref
        made = await self._workshop.tiles(ToDraw(tuple(tiles), tuple(photos)))
        ref = await self._keep(made, "image/jpeg", "", "tiles")
        await self._media.remember("tiles", "", name, ref)
        return ref

    async def _bytes(self, ref: str) -> bytes:
        """What came in, as it came; with its place and camera in it, so it goes within a day."""
        data, _ = await self._media.read(ref)
        await self._media.expire(ref, DAY)
        return data

    async def _keep(self, data: bytes, mime: str, owner: str, kind: str) -> str:
        """Kept for good where no time is named for its kind and it belongs to goods."""
        seconds = 0 if owner.startswith("seller:") and kind == "goods" else _seconds(kind)
        kept = await self._media.keep(data, mime, owner=owner, kind=kind, seconds=seconds)
        return kept.ref


def _seconds(kind: str) -> int:
    return KEEP_SECONDS.get(kind, 90 * DAY)
