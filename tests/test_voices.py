"""Messages read aloud by recorded clips: real media store, real joining, real books."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import av
import pytest
from msgspec import structs
from sqlalchemy import select, update

from bot import voices as voices_module
from bot.pictures.workshop import Workshop
from bot.shop.pictures import Recording, ToJoin
from bot.shop.says import Amount, Choice, Money, Say
from bot.shop.sound import LONGEST_MS, Clip
from bot.sounds import KEEP_SECONDS, SoundFiles
from bot.stores.catalogue import LoadedCatalogue, load_catalogue
from bot.stores.media import MediaStore
from bot.stores.sql.engine import make_engine
from bot.stores.sql.tables import media as media_rows
from bot.stores.sql.tables import metadata
from bot.voices import TOLD_SECONDS, Voices, names_of
from bot.words.book import load_books
from bot.words.manifest import ManifestRow, audio_dir, merged, write_manifest
from bot.words.script import folded
from bot.words.speak import Speaker
from bot.words.spoken import Spoken
from tests.pictures.whistles import note, pitches, recorded, tone

ROOT = Path(__file__).parents[1]
BOOKS = load_books(ROOT / "locales")
SPEAKER = Speaker(BOOKS)
BACK = Choice("back", "choice-back")
EMPTY = Say("cart-empty", choices=(BACK,))
DAY = 24 * 3600


@pytest.fixture(scope="module")
def catalogue() -> LoadedCatalogue:
    return load_catalogue(ROOT / "catalog")[0]


class Counting(Workshop):
    """Counts the children it asks, and may be slow."""

    children = 0
    slow = 0.0

    async def joined(self, pieces: tuple[ToJoin, ...]) -> Recording:
        self.children += 1
        await asyncio.sleep(self.slow)
        return await super().joined(pieces)

    async def as_aac(self, ogg: bytes) -> bytes:
        self.children += 1
        return await super().as_aac(ogg)


class House:
    """A shop's sound: its store, its workshop, what was recorded, what was missed."""

    def __init__(self, folder: Path, catalogue: LoadedCatalogue) -> None:
        url = f"sqlite:///{folder / 'shop.db'}"
        self.writer = make_engine(url, writer=True)
        self.reader = make_engine(url, writer=False)
        metadata.create_all(self.writer)
        self.media = MediaStore(folder / "media", self.reader, self.writer, lambda _: None)
        self.workshop = Counting()
        self.locales = folder / "locales"
        self.catalogue = catalogue
        self.rows: dict[str, list[Clip]] = {"vi": [], "hmn": []}
        self.wanted: list[str] = []
        self.words: dict[str, str] = {}
        self.lenders: set[str] = set()
        self.open()

    def open(self) -> None:
        """As another process would."""
        self.sounds = SoundFiles(self.media, self.workshop)
        self.voices = Voices(
            BOOKS, self.locales, self.media, self.sounds, lambda: self.catalogue,
            self._recorded, self._want, "shop", self._lent,
        )  # fmt: skip

    async def _recorded(self, sound: str) -> Sequence[Clip]:
        return self.rows[sound]

    async def _want(self, missed: Mapping[str, str]) -> None:
        self.wanted += missed
        self.words |= missed

    async def _lent(self) -> Collection[str]:
        return self.lenders

    async def record(self, sound: str, key: str, hertz: int, **more: Any) -> Clip:
        seconds = more.pop("seconds", 0.4)
        data = recorded(tone(hertz, seconds))
        ref = (await self.media.keep(data, "audio/ogg", owner="", kind="clip", seconds=0)).ref
        clip = Clip(f"{sound}/{key}", sound, ref, round(seconds * 1000), **more)
        self.rows[sound] = [c for c in self.rows[sound] if c.id != clip.id] + [clip]
        return clip

    async def read_out(self, say: Say, lang: str = "vi") -> Spoken:
        return await self.voices.read_out(say, SPEAKER.speak(say, lang))

    async def heard(self, spoken: Spoken) -> list[list[int]]:
        return [pitches((await self.media.read(ref))[0]) for ref in spoken.sound]


@pytest.fixture
def house(tmp_path: Path, catalogue: LoadedCatalogue) -> Iterator[House]:
    made = House(tmp_path, catalogue)
    yield made
    made.reader.dispose()
    made.writer.dispose()


async def spoken_cart(house: House, sound: str = "vi") -> None:
    for n, key in enumerate(("cart-empty", "spoken-press-0", "choice-back")):
        await house.record(sound, key, 400 + 300 * n)


async def test_a_message_is_one_voice_note_in_its_order(house: House) -> None:
    await spoken_cart(house)
    spoken = await house.read_out(EMPTY)
    assert await house.heard(spoken) == [[400, 700, 1000]]
    assert (spoken.text, spoken.choices) == (SPEAKER.speak(EMPTY, "vi").text, spoken.choices)


async def test_names_numbers_and_money_between_the_words(house: House) -> None:
    product = next(iter(house.catalogue.products.values()))
    keys = [f"name-product-{product.id}", "spoken-1", "spoken-can", "choice-take.1"]
    keys += ["spoken-40", "spoken-nghin", "spoken-dong", "spoken-press-1", "category.2"]
    for n, key in enumerate(keys):
        await house.record("vi", key, 300 + 100 * n, seconds=0.3)
    pack = {"pack": Amount(1000, "g"), "money": Money(40_000)}
    say = Say(
        "category", {"name": product.name["vi"]}, choices=(Choice("t", "choice-take", pack),)
    )
    (tones,) = await house.heard(await house.read_out(say))
    assert tones == [300, 1100, 1000, 600, 400, 500, 700, 800, 900]


async def test_what_is_remembered_asks_no_child_in_any_process(house: House) -> None:
    await spoken_cart(house)
    first = await house.read_out(EMPTY)
    assert house.workshop.children == 1
    for _ in range(3):
        assert (await house.read_out(EMPTY)).sound == first.sound
    house.open()
    assert (await house.read_out(EMPTY)).sound == first.sound
    assert house.workshop.children == 1


async def test_several_at_once_are_joined_once(house: House) -> None:
    await spoken_cart(house)
    got = await asyncio.gather(*(house.read_out(EMPTY) for _ in range(20)))
    assert house.workshop.children == 1
    assert len({s.sound for s in got}) == 1
    assert got[0].sound != ()


async def test_a_swept_file_is_made_anew(house: House) -> None:
    await spoken_cart(house)
    spoken = await house.read_out(EMPTY)
    await house.media.expire(spoken.sound[0], -1)
    house.open()
    assert (await house.read_out(EMPTY)).sound == spoken.sound
    assert house.workshop.children == 2
    assert await house.media.sweep(2**40) == 1  # the joined one; what was recorded stays
    house.voices.changed()
    assert await house.heard(await house.read_out(EMPTY)) == [[400, 700, 1000]]


async def test_what_is_still_said_is_kept_on(house: House) -> None:
    await spoken_cart(house)
    (ref,) = (await house.read_out(EMPTY)).sound
    await house.media.expire(ref, 3 * DAY)
    house.open()
    await house.read_out(EMPTY)
    assert (await house.media.tenure(ref))[1] > KEEP_SECONDS - DAY


async def test_a_missing_clip_leaves_text_and_is_wanted_once_an_hour(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.record("hmn", "cart-empty", 400)
    spoken = await house.read_out(EMPTY, "hmn@rpa")
    await house.read_out(EMPTY, "hmn@rpa")
    await house.voices.aclose()
    assert (spoken.sound, house.workshop.children) == ((), 0)
    assert house.wanted == ["hmn/choice-back", "hmn/spoken-press-0"]
    later = voices_module.time.monotonic() + TOLD_SECONDS + 1
    monkeypatch.setattr(voices_module.time, "monotonic", lambda: later)
    await house.read_out(EMPTY, "hmn@rpa")
    await house.voices.aclose()
    assert len(house.wanted) == 4


async def test_a_clip_for_other_words_is_silent_and_wanted_with_todays(house: House) -> None:
    await spoken_cart(house)
    today = BOOKS.own["vi"]["cart-empty"].text
    await house.record("vi", "cart-empty", 400, said=f"{today}!".upper())
    assert (await house.read_out(EMPTY)).sound != ()
    await house.record("vi", "cart-empty", 400, said="Giỏ chưa có gì")
    house.voices.changed()
    assert (await house.read_out(EMPTY)).sound == ()
    await house.voices.aclose()
    assert list(house.words) == ["vi/cart-empty"]
    assert house.words["vi/cart-empty"] == today.rstrip(".")
    await house.record("vi", "cart-empty", 500, said=today)
    house.voices.changed()
    assert await house.heard(await house.read_out(EMPTY)) == [[500, 700, 1000]]


async def test_a_file_for_other_words_gives_way_to_what_was_said_in_the_chat(
    house: House,
) -> None:
    folder = audio_dir(house.locales, "vi")
    folder.mkdir(parents=True)
    data = recorded(tone(800, 0.4))
    (folder / "cart-empty.ogg").write_bytes(data)
    sha = hashlib.sha256(data).hexdigest()
    today = BOOKS.own["vi"]["cart-empty"].text
    only, machine = Say("cart-empty"), ManifestRow(400, sha, synthetic=True, said=today)
    write_manifest(house.locales, "vi", {"cart-empty": ManifestRow(400, sha, said="Giỏ rỗng")})
    assert (await house.read_out(only)).sound == ()
    await house.record("vi", "cart-empty", 500, said="Giỏ rỗng")
    write_manifest(house.locales, "vi", {"cart-empty": machine})
    house.voices.changed()
    assert await house.heard(await house.read_out(only)) == [[800]]  # the person's is older words
    await house.record("vi", "cart-empty", 500, said=today)
    house.voices.changed()
    assert await house.heard(await house.read_out(only)) == [[500]]


async def test_a_name_that_changed_is_said_anew(house: House) -> None:
    product = next(iter(house.catalogue.products.values()))
    say = Say("category", {"name": product.name["vi"]})
    key = f"name-product-{product.id}"
    await house.record("vi", "category.2", 400)
    await house.record("vi", key, 700, said=product.name["vi"])
    assert (await house.read_out(say)).sound != ()
    await house.record("vi", key, 700, said="Tên hồi trước")
    house.voices.changed()
    assert (await house.read_out(say)).sound == ()
    await house.voices.aclose()
    assert house.words == {f"vi/{key}": product.name["vi"]}


async def test_a_households_name_is_read_where_somebody_said_it(house: House) -> None:
    """Which no catalogue names, and for which no row is read."""
    say = Say("choice-seller", {"name": "nhà chị Mỷ"})
    assert (await house.read_out(say)).sound == ()
    await house.record("vi", "name-household-h1", 700, said="Nhà chị Mỷ")
    house.voices.changed()
    assert await house.heard(await house.read_out(say)) == [[700]]
    assert (await house.read_out(say, "hmn@rpa")).sound == ()
    await house.record("vi", "name-household-h1", 700, said="nhà anh Páo")
    house.voices.changed()
    assert (await house.read_out(say)).sound == ()
    await house.voices.aclose()
    assert house.wanted == []  # her name is nobody's wish but her seller's


async def test_what_is_made_while_a_voice_is_taken_back_goes_too(house: House) -> None:
    await spoken_cart(house)
    house.workshop.slow = 0.2
    reading = asyncio.create_task(house.read_out(EMPTY))
    while not house.workshop.children:
        await asyncio.sleep(0.01)
    gone = house.rows["vi"].pop(0)
    with house.writer.begin() as conn:
        of_hers = media_rows.c.sha256 == gone.ref.partition("/")[2]
        conn.execute(update(media_rows).where(of_hers).values(delete_after=1))
    house.voices.changed()
    assert (await reading).sound == ()
    await house.media.sweep(int(time.time()) + 1)
    with house.reader.connect() as conn:
        left = conn.execute(select(media_rows.c.kind)).scalars().all()
    assert left == ["clip", "clip"]


async def test_both_scripts_are_one_sound_and_english_has_none(house: House) -> None:
    await spoken_cart(house, "hmn")
    assert (await house.read_out(EMPTY, "hmn@rpa")).sound != ()
    assert (await house.read_out(EMPTY, "en")).sound == ()
    assert (await house.read_out(EMPTY, "vi")).sound == ()
    if "hmn@chv" in BOOKS.own:
        same = await house.read_out(EMPTY, "hmn@chv")
        assert same.sound == (await house.read_out(EMPTY, "hmn@rpa")).sound


async def test_what_is_shown_in_vietnamese_is_heard_in_vietnamese(house: House) -> None:
    """A choice that is Vietnamese in every language, under a sentence and a digit in Mông."""
    only = "choice-lang-vi"
    assert only not in BOOKS.own["hmn@rpa"]
    for sound, key, hertz in (
        ("hmn", "cart-empty", 400), ("hmn", "spoken-press-1", 700), ("vi", only, 1_000),
    ):  # fmt: skip
        await house.record(sound, key, hertz)
    say = Say("cart-empty", choices=(Choice("x", only),))
    assert await house.heard(await house.read_out(say, "hmn@rpa")) == [[400, 700, 1_000]]


async def test_the_next_message_has_what_was_just_recorded(house: House) -> None:
    await spoken_cart(house)
    before = await house.read_out(EMPTY)
    await house.record("vi", "cart-empty", 1_300)
    assert (await house.read_out(EMPTY)).sound == before.sound  # another process, for some seconds
    house.voices.changed()
    assert await house.heard(await house.read_out(EMPTY)) == [[1_300, 700, 1_000]]


async def test_one_clip_alone_is_its_own_file(house: House) -> None:
    clip = await house.record("vi", "cart-empty", 400)
    assert (await house.read_out(Say("cart-empty"))).sound == (clip.ref,)
    assert house.workshop.children == 0


async def test_a_long_message_is_several_clips(house: House) -> None:
    for n, key in enumerate(("cart-empty", "choice-back", "spoken-press-0")):
        await house.record("vi", key, 400 + 300 * n, seconds=4)
    say = Say("cart-empty", {}, (Say("cart-empty"), Say("cart-empty")), (BACK,))
    spoken = await house.read_out(say)
    assert await house.heard(spoken) == [[400, 400], [400], [1000, 700]]
    for ref in spoken.sound:
        with av.open(io.BytesIO((await house.media.read(ref))[0])) as file:
            assert (file.duration or 0) / 1000 <= LONGEST_MS


async def test_clips_that_come_with_the_shop(house: House) -> None:
    """They go into the store when they are first needed; a false one is no clip."""
    keys = {"cart-empty": 500, "spoken-press-0": 800, "choice-back": 1_100}
    folder = audio_dir(house.locales, "vi")
    folder.mkdir(parents=True)
    rows = {}
    for key, hertz in keys.items():
        data = recorded(tone(hertz, 0.4))
        (folder / f"{key}.ogg").write_bytes(data)
        rows[key] = ManifestRow(400, hashlib.sha256(data).hexdigest())
    write_manifest(house.locales, "vi", rows)
    assert await house.heard(await house.read_out(EMPTY)) == [[500, 800, 1_100]]
    (folder / "choice-back.ogg").write_bytes(note(300))
    house.open()
    house.media._path(rows["choice-back"].sha256).unlink()
    assert (await house.read_out(EMPTY)).sound == ()
    write_manifest(house.locales, "vi", {})
    (folder / "manifest.yaml").write_text("clips: [", encoding="utf-8")
    house.open()
    assert (await house.read_out(EMPTY)).sound == ()


async def test_who_took_her_voice_back_is_silent_in_her_own_shop(house: House) -> None:
    """Her clips in the repository wait for the next export; nobody hears them meanwhile."""
    folder = audio_dir(house.locales, "vi")
    folder.mkdir(parents=True)
    data = recorded(tone(500, 0.4))
    (folder / "cart-empty.ogg").write_bytes(data)
    row = ManifestRow(400, hashlib.sha256(data).hexdigest(), "Mỷ", voice="my", shop="shop")
    write_manifest(house.locales, "vi", {"cart-empty": row})
    house.lenders = {"my"}
    assert await house.heard(await house.read_out(Say("cart-empty"))) == [[500]]
    house.lenders = set()
    house.voices.changed()
    assert (await house.read_out(Say("cart-empty"))).sound == ()
    write_manifest(house.locales, "vi", {"cart-empty": structs.replace(row, shop="another")})
    house.voices.changed()
    assert (await house.read_out(Say("cart-empty"))).sound != ()


def test_a_person_before_a_machine_and_the_chat_before_the_files() -> None:
    def row(ref: str, *, machine: bool = False) -> Clip:
        return Clip("vi/x", "vi", ref, 1, synthetic=machine)

    person, machine = ManifestRow(1, "file"), ManifestRow(1, "robot", synthetic=True)
    for rows, filed, best in (
        ([row("media/chat")], {"x": person}, "media/chat"),
        ([row("media/made", machine=True)], {"x": person}, "media/file"),
        ([row("media/made", machine=True)], {"x": machine}, "media/made"),
        ([], {"x": machine}, "media/robot"),
        ([row("media/chat")], {"x": machine}, "media/chat"),
    ):
        assert merged("vi", rows, filed, Path())["vi/x"].ref == best


async def test_a_message_without_sound_is_still_a_message(house: House) -> None:
    await spoken_cart(house)
    shown = SPEAKER.speak(EMPTY, "vi")
    house.rows["vi"][0] = Clip("vi/cart-empty", "vi", "media/" + "0" * 64, 400)
    assert await house.read_out(EMPTY) == shown
    await house.media.keep(b"OggS" + bytes(90), "audio/ogg", owner="", kind="clip")
    broken = hashlib.sha256(b"OggS" + bytes(90)).hexdigest()
    house.rows["vi"][0] = Clip("vi/cart-empty", "vi", f"media/{broken}", 400)
    house.voices.changed()
    assert await house.read_out(EMPTY) == shown
    no_words = Say("no-such-sentence")
    assert (await house.read_out(no_words)).sound == ()
    house.rows.clear()
    house.voices.changed()
    assert await house.read_out(EMPTY) == shown


async def test_a_slow_child_costs_the_sound_once_and_not_the_answer(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await spoken_cart(house)
    monkeypatch.setattr(voices_module, "PATIENCE_SECONDS", 0.05)
    house.workshop.slow = 0.3
    assert (await house.read_out(EMPTY)).sound == ()
    await asyncio.gather(*house.sounds._making.values())
    assert await house.heard(await house.read_out(EMPTY)) == [[400, 700, 1_000]]
    assert house.workshop.children == 1


async def test_an_aac_twin_is_made_once_and_is_whose_the_first_is(house: House) -> None:
    data = recorded(tone(600, 0.5))
    ogg = (await house.media.keep(data, "audio/ogg", owner="tg:1", kind="voice", seconds=DAY)).ref
    twin = await house.sounds.aac(ogg)
    again = await asyncio.gather(*(house.sounds.aac(ogg) for _ in range(3)))
    house.open()
    assert {twin, *again, await house.sounds.aac(ogg)} == {twin}
    assert house.workshop.children == 1
    made, mime = await house.media.read(twin)
    assert (mime, pitches(made)) == ("audio/aac", [600])
    owner, left = await house.media.tenure(twin)
    assert owner == "tg:1"
    assert left <= DAY
    picture = (await house.media.keep(b"\xff\xd8", "image/jpeg", owner="", kind="x")).ref
    for ref in (picture, "media/" + "1" * 64):
        with pytest.raises(KeyError):
            await house.sounds.aac(ref)


def test_every_name_of_the_catalogue_has_a_key(catalogue: LoadedCatalogue) -> None:
    named = names_of(catalogue)
    for product in catalogue.products.values():
        assert named[folded(product.name["vi"])] == f"name-product-{product.id}"
    assert named[folded("lai châu")] == "name-province-12"
    assert all(key.isascii() and " " not in key for key in named.values())


def test_the_shop_never_loads_the_sound_library() -> None:
    """Its 60 MB stay in the child; only what Python loads for `bot.app` is looked at."""
    import subprocess
    import sys

    code = "import bot.app, sys; print(sorted(m for m in sys.modules if m.split('.')[0] == 'av'))"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, capture_output=True, text=True, check=True, env=dict(os.environ),
    )  # fmt: skip
    assert found.stdout.strip() == "[]"
