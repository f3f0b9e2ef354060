"""Clips on their way from the chat into `locales/`, what `check` says of them there, and what a
machine reads where nobody recorded.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import stat
import sys
from collections.abc import AsyncIterator
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.commands import check_audio, espeak
from bot.commands.check import check
from bot.commands.check_languages import lacks
from bot.commands.export_audio import Report, export, export_audio
from bot.settings import Settings
from bot.shop.sound import HOUSEHOLD, SOUNDS, Clip
from bot.stores.catalogue import load_catalogue
from bot.usecases import clips
from bot.usecases.clip_names import every_name
from bot.voices import names_of
from bot.words.book import load_books
from bot.words.manifest import (
    ManifestBroken,
    ManifestRow,
    audio_dir,
    read_manifest,
    write_manifest,
)
from bot.words.pieces import said_now
from tests.conversations.recorder import Recorder
from tests.conversations.stage import NOVEMBER, Stage, open_stage
from tests.pictures.tones import tone
from tests.source import ROOT

LOCALES = ROOT / "locales"


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    """The shop's own sentences, with no recordings yet."""
    folder = Path(shutil.copytree(LOCALES, tmp_path / "locales"))
    for sound in SOUNDS:
        for file in audio_dir(folder, sound).glob("*.ogg"):
            file.unlink()
        write_manifest(folder, sound, {})
    return folder


@pytest.fixture
async def stage(tmp_path: Path, locales: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path / "var", NOVEMBER, locales_dir=locales) as opened:
        yield opened


async def recorded(stage: Stage, tmp_path: Path, count: int = 2) -> Recorder:
    recorder = Recorder(stage, tmp_path)
    await recorder.seat()
    await recorder.lend("chị Mỷ", "flower")
    await stage.tap("day", "rs:hmn")
    for _ in range(count):
        await recorder.record()
    return recorder


def files(locales: Path) -> set[str]:
    return {f.name for f in audio_dir(locales, "hmn").glob("*.ogg")}


def told(report: Report) -> tuple[int, int, int, int]:
    return report.wrote, report.same, report.refused, report.withdrawn


async def test_clips_become_files_with_who_spoke_and_that_she_agreed(
    stage: Stage, tmp_path: Path, locales: Path
) -> None:
    recorder = await recorded(stage, tmp_path)
    assert told(await export(stage.parts, "hmn")) == (2, 0, 0, 0)
    assert files(locales) == {f"{id.removeprefix('hmn/')}.ogg" for id in recorder.pitches}
    rows = read_manifest(locales, "hmn")
    for key, row in rows.items():
        data = (audio_dir(locales, "hmn") / f"{key}.ogg").read_bytes()
        assert row.sha256 == hashlib.sha256(data).hexdigest()
        assert (row.speaker, row.dialect, row.synthetic) == ("chị Mỷ", "flower", False)
        assert row.consent == f"{clips.CONSENT_VERSION}, 2026-11-22"
        assert row.date == "2026-11-22"
        assert row.said == said_now(stage.parts.words.books, "hmn", key) != ""
        assert 300 < row.ms < 600
        assert "day" not in repr(row)
    assert check_audio.faults(locales) == []
    assert lacks(locales, "hmn@rpa").counts["recorded"] == 2
    text = (audio_dir(locales, "hmn") / "manifest.yaml").read_text("utf-8")
    assert text.startswith("# Các câu tiếng Mông")
    assert told(await export(stage.parts, "hmn")) == (0, 2, 0, 0)
    assert (audio_dir(locales, "hmn") / "manifest.yaml").read_text("utf-8") == text
    assert told(await export(stage.parts, "vi")) == (0, 0, 0, 0)


async def test_another_recording_in_the_folder_stays_unless_asked_for(
    stage: Stage, tmp_path: Path, locales: Path
) -> None:
    await recorded(stage, tmp_path, 1)
    await export(stage.parts, "hmn")
    [name] = files(locales)
    path = audio_dir(locales, "hmn") / name
    theirs = tone(900)
    path.write_bytes(theirs)
    report = await export(stage.parts, "hmn")
    assert told(report) == (0, 0, 1, 0)
    assert name in report.lines[0]
    assert path.read_bytes() == theirs
    assert told(await export(stage.parts, "hmn", force=True)) == (1, 0, 0, 0)
    assert path.read_bytes() != theirs


async def test_a_machines_voice_gives_way_and_nobody_elses(
    stage: Stage, tmp_path: Path, locales: Path
) -> None:
    recorder = await recorded(stage, tmp_path, 1)
    await stage.tap("day", "rs:vi")
    await recorder.record()
    [key] = [id.removeprefix("vi/") for id in recorder.pitches if id.startswith("vi/")]
    path = audio_dir(locales, "vi") / f"{key}.ogg"
    path.write_bytes(tone(900))
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    machine = ManifestRow(400, sha, dialect="vi", date="2026-11-01", synthetic=True)
    write_manifest(locales, "vi", {key: machine})
    assert told(await export(stage.parts, "vi")) == (1, 0, 0, 0)
    assert not read_manifest(locales, "vi")[key].synthetic


async def test_who_takes_her_voice_back_is_named_and_her_files_go_when_asked(
    stage: Stage, tmp_path: Path, locales: Path
) -> None:
    await recorded(stage, tmp_path)
    await export(stage.parts, "hmn")
    other = {"cart": ManifestRow(400, "0" * 64, "X", "white", "2026-11, d", "d", voice="x",
                                 shop="another")}  # fmt: skip
    write_manifest(locales, "hmn", {**read_manifest(locales, "hmn"), **other})
    await stage.tap("day", "rut:yes")
    report = await export(stage.parts, "hmn")
    assert told(report) == (0, 0, 0, 2)
    assert len(files(locales)) == 2
    await export(stage.parts, "hmn", remove=True)
    assert files(locales) == set()
    assert set(read_manifest(locales, "hmn")) == set(other)  # another shop's is not ours to take


def test_the_command_knows_its_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = replace(Settings(), data_dir=tmp_path / "var")
    assert export_audio(settings, "en", force=False, withdrawn=False) == 2
    assert "hmn, vi" in capsys.readouterr().out
    assert not (tmp_path / "var").exists()


def row_with(data: bytes, **told: object) -> ManifestRow:
    sha, said = hashlib.sha256(data).hexdigest(), "Em chào anh chị"
    row = ManifestRow(400, sha, "Mỷ", "white", "2026-11, d", "d", said=said)
    changed = {f: getattr(row, f) for f in row.__struct_fields__} | told
    return ManifestRow(**changed)


WRONG = {
    "no consent": {"consent": ""},
    "no date": {"date": ""},
    "no variety": {"dialect": "klingon"},
    "Vietnamese": {"dialect": "vi"},
    "machine": {"synthetic": True},
    "endless": {"ms": 99_000},
    "another file": {"sha256": "0" * 64},
    "no words": {"said": ""},
}


def test_check_refuses_what_nobody_may_speak_with(locales: Path) -> None:
    folder, data = audio_dir(locales, "hmn"), tone(400)
    (folder / "home.ogg").write_bytes(data)
    write_manifest(locales, "hmn", {"home": row_with(data)})
    assert check_audio.faults(locales) == []
    for name, told_ in WRONG.items():
        write_manifest(locales, "hmn", {"home": row_with(data, **told_)})
        faults = check_audio.faults(locales)
        assert len(faults) == 1, (name, faults)
        assert (faults[0].path, faults[0].line > 3) == (folder / "manifest.yaml", True), name
    write_manifest(locales, "hmn", {})
    assert "home.ogg" in check_audio.faults(locales)[0].text  # a voice without a name
    write_manifest(locales, "hmn", {"home": row_with(data), "cart-emty": row_with(data)})
    texts = [f.text for f in check_audio.faults(locales)]
    assert any("cart-empty" in text for text in texts)
    assert any("cart-emty.ogg" in text for text in texts)


def test_check_names_clips_for_other_words_and_where_the_words_stand(locales: Path) -> None:
    """Nobody hears them and nothing else is wrong with them: a warning, in words and places."""
    catalog, folder, data = ROOT / "catalog", audio_dir(locales, "vi"), tone(400)
    book = load_books(locales).own["vi"]["cart-empty"]
    old = {"cart-empty": "Giỏ rỗng", "cart-added.2": "nhé", "name-product-sam-dat": "Khoai sâm"}
    good = {"home": load_books(locales).own["vi"]["home"].text.upper()}
    rows = {}
    for key, said in (old | good).items():
        (folder / f"{key}.ogg").write_bytes(data)
        rows[key] = row_with(data, dialect="vi", said=said)
    write_manifest(locales, "vi", rows)
    assert [f for f in check_audio.faults(locales) if "cart-added.2" not in f.text] == []
    found = {f.text.split('"')[1]: f for f in check_audio.reworded(locales, catalog)}
    assert set(found) >= {"cart-empty", "name-product-sam-dat"}
    assert "home" not in found
    cart = found["cart-empty"]
    lines = (folder / "manifest.yaml").read_text("utf-8").splitlines()
    assert '"cart-empty"' in lines[cart.line - 1]
    assert f"locales/vi/LC_MESSAGES/bot.po:{book.line}" in cart.text
    assert "Giỏ rỗng" in cart.text
    assert book.text.split()[0] in cart.text
    assert "Sâm đất" in found["name-product-sam-dat"].text
    recorded_now = lacks(locales, "vi").counts["recorded"]
    assert recorded_now == 1  # what says other words is still to be recorded
    settings = replace(Settings(), locales_dir=locales)
    assert "cart-empty" in checked(settings)


def checked(settings: Settings) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        check(settings, "")
    return out.getvalue()


def test_a_households_name_is_in_no_file(locales: Path) -> None:
    folder, data = audio_dir(locales, "vi"), tone(400)
    (folder / "name-household-h1.ogg").write_bytes(data)
    mine = row_with(data, dialect="vi", said="nhà chị Mỷ")
    write_manifest(locales, "vi", {"name-household-h1": mine})
    [fault] = check_audio.faults(locales)
    assert "tên hộ" in fault.text


async def test_what_says_other_words_and_households_are_not_written(
    stage: Stage, tmp_path: Path, locales: Path
) -> None:
    recorder = await recorded(stage, tmp_path)
    first, second = await recorder.clips()
    home = f"hmn/{HOUSEHOLD}h1"
    changed = [
        clip_of(first, said="lwm yam"),
        clip_of(second, id=home, said="nhà chị Mỷ"),
    ]
    await stage.parts.ledger.put(lambda b: [b.save_clip(clip) for clip in changed])
    report = await export(stage.parts, "hmn")
    assert told(report) == (1, 0, 1, 0)
    assert "lwm yam" in " ".join(report.lines)
    assert files(locales) == {f"{second['id'].removeprefix('hmn/')}.ogg"}
    assert "tên hộ" in " ".join(report.lines)
    key = first["id"].removeprefix("hmn/")
    path = audio_dir(locales, "hmn") / f"{key}.ogg"
    path.write_bytes(tone(900))
    older = row_with(tone(900), said="lus qub")
    write_manifest(locales, "hmn", {**read_manifest(locales, "hmn"), key: older})
    again = clip_of(first)
    await stage.parts.ledger.put(lambda b: b.save_clip(again))
    assert told(await export(stage.parts, "hmn")) == (1, 1, 0, 0)  # what nobody hears gives way


def clip_of(row: dict[str, Any], **changed: Any) -> Clip:
    return Clip(**{**row, **changed})


def test_check_says_where_the_order_names_what_nobody_wrote(locales: Path) -> None:
    assert check_audio.faults(locales) == []
    path = locales / "audio-order.yaml"
    path.write_text(path.read_text("utf-8").replace("cart-empty,", "cart-emty,", 1), "utf-8")
    [fault] = check_audio.faults(locales)
    assert fault.path == path
    assert "cart-emty" in path.read_text("utf-8").splitlines()[fault.line - 1]
    assert "cart-empty" in fault.text
    path.write_text("chapters: 7", "utf-8")
    [fault] = check_audio.faults(locales)
    assert str(path) in fault.text


def test_a_broken_manifest_is_said_and_the_shop_goes_on(locales: Path) -> None:
    path = audio_dir(locales, "hmn") / "manifest.yaml"
    path.write_text("clips: {home: {ms: many}}", "utf-8")
    with pytest.raises(ManifestBroken):
        read_manifest(locales, "hmn")
    [fault] = check_audio.faults(locales)
    assert fault.path == path


# a machine's voice, for Vietnamese only


def test_no_machine_speaks_mong(locales: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert espeak.fill_audio(replace(Settings(), locales_dir=locales), "hmn", 0) == 2
    assert "Mông" in capsys.readouterr().out
    assert files(locales) == set()


def test_without_the_program_it_says_so(
    locales: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert espeak.fill_audio(replace(Settings(), locales_dir=locales), "vi", 0) == 2
    assert "espeak-ng" in capsys.readouterr().out


def test_numbers_are_read_in_words() -> None:
    books = load_books(LOCALES)
    assert espeak.in_words("còn 25 con, 🐖 1 lần", books) == "còn hai mươi lăm con, một lần"
    assert espeak.in_words("bắt đầu bằng 09", books) == "bắt đầu bằng không chín"


def test_its_names_are_those_the_shop_looks_for() -> None:
    known, _ = load_catalogue(ROOT / "catalog")
    for sound in SOUNDS:
        assert {p.key for p in every_name(known, sound)} == set(names_of(known).values())


TEXTS = {"home": "Em chào anh chị", "cart-empty": "Giỏ đang trống ạ", "cart-added": "🛒"}


@pytest.mark.skipif(shutil.which(espeak.PROGRAM) is None, reason="espeak-ng is not installed")
async def test_espeak_fills_what_is_missing(locales: Path) -> None:
    texts, books = {k: TEXTS[k] for k in ("home", "cart-empty")}, load_books(LOCALES)
    done = await espeak.fill(locales, texts, "2026-11-23", books)
    assert (done.made, done.had, done.failed) == (2, 0, 0)
    assert check_audio.faults(locales) == []
    assert all(row.synthetic for row in read_manifest(locales, "vi").values())
    assert lacks(locales, "vi").counts["recorded"] == 0  # nobody said them
    again = await espeak.fill(locales, {"home": TEXTS["home"]}, "2026-11-24", books)
    assert (again.made, again.had) == (0, 1)


async def test_what_any_program_says_is_cleaned_and_marked(
    locales: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for espeak-ng that hums in WAV, and is silent where there is nothing to say."""
    program = tmp_path / "bin" / espeak.PROGRAM
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\n{HUMS}", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    mine = {"home": row_with(tone(400), dialect="vi")}
    (audio_dir(locales, "vi") / "home.ogg").write_bytes(tone(400))
    write_manifest(locales, "vi", mine)
    texts = {**TEXTS, "cart-added": " "}
    books = load_books(LOCALES)
    done = await espeak.fill(locales, texts, "2026-11-23", books)
    assert (done.made, done.had, done.failed) == (1, 1, 1)
    rows = read_manifest(locales, "vi")
    assert rows["home"] == mine["home"]  # a person's voice stays
    assert (rows["cart-empty"].synthetic, rows["cart-empty"].consent) == (True, "")
    assert rows["cart-empty"].said == TEXTS["cart-empty"]
    assert check_audio.faults(locales) == []
    texts = {"home": "Dạ em chào", "cart-empty": "Giỏ còn 2 món"}
    anew = await espeak.fill(locales, texts, "2026-11-24", books)
    assert (anew.made, anew.had, anew.failed) == (1, 1, 0)  # what it read itself it reads again
    assert read_manifest(locales, "vi")["cart-empty"].said == "Giỏ còn 2 món"


HUMS = """\
import io, math, struct, sys, wave
text = sys.stdin.read().strip()
file = io.BytesIO()
with wave.open(file, "wb") as out:
    out.setnchannels(1), out.setsampwidth(2), out.setframerate(22050)
    loud = 9000 if text else 0
    out.writeframes(b"".join(struct.pack("<h", round(loud * math.sin(n / 8)))
                             for n in range(11025)))
sys.stdout.buffer.write(file.getvalue())
"""
