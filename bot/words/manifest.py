"""Clips the shop comes with: `locales/<sound>/audio/<key>.ogg`, and a manifest that says of each
whose voice it is, that she agreed, and what the file must be.

One line of `manifest.yaml` for each clip, sorted by key, so that two people's additions merge.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

from bot.shop.sound import Clip, clip_id

MANIFEST = "manifest.yaml"
CLIPS = "clips:"
GOOD_KEY = re.compile(r"[a-z0-9]+(?:[-@_][a-z0-9]+)*(?:\.[1-9][0-9]?)?")
"""As in `shop.sound.clip_id`; nothing that leads out of the folder."""


class ManifestBroken(Exception):
    """A manifest that cannot be read; says which file and why."""


class ManifestRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One clip of the repository.

    ms: how long it is. sha256: of the file. speaker: the name she wants shown, empty for none.
    dialect: see `usecases.clips.DIALECTS`. consent: the wording she agreed to and the day, such as
        `2026-11, 2026-11-23`; empty only for a machine's voice. date: when it was recorded.
    synthetic: a machine's voice. said: the words it was recorded for; when they change it is
        spoken no more.
    voice, shop: keyed hashes of her account and of the shop it was recorded in, by which that shop
        finds her clips when she takes her voice back.
    """

    ms: int
    sha256: str
    speaker: str = ""
    dialect: str = ""
    consent: str = ""
    date: str = ""
    synthetic: bool = False
    said: str = ""
    voice: str = ""
    shop: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    clips: dict[str, ManifestRow] | None = None


def shop_mark(hashed: Callable[[str], str]) -> str:
    """Stands for a shop in a manifest; `hashed` with its own key."""
    return hashed("shop")[:8]


def voice_mark(hashed: Callable[[str], str], person: str) -> str:
    """Stands for an account in a manifest; only the shop it belongs to can make it."""
    return hashed(f"voice/{person}")[:16]


def audio_dir(locales_dir: Path, sound: str) -> Path:
    """Both scripts of Mông are spoken by the same recordings."""
    return locales_dir / sound / "audio"


def read_manifest(locales_dir: Path, sound: str) -> Mapping[str, ManifestRow]:
    """By key; empty where there is none. Not read again until it changes. Raises
    ManifestBroken.
    """
    path = audio_dir(locales_dir, sound) / MANIFEST
    try:
        stamp = path.stat()
    except FileNotFoundError:
        return {}
    return _read(path, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _size: int) -> Mapping[str, ManifestRow]:
    try:
        file = msgspec.yaml.decode(path.read_bytes(), type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ManifestBroken(f"{path}: {error}") from error
    return file.clips or {}


def write_manifest(locales_dir: Path, sound: str, rows: Mapping[str, ManifestRow]) -> None:
    """All rows anew, under the comments that begin the file. Whole or not at all."""
    folder = audio_dir(locales_dir, sound)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / MANIFEST
    lines = [*_comments(path), CLIPS, *(_line(key, rows[key]) for key in sorted(rows))]
    part = path.with_suffix(".new")
    part.write_text("\n".join(lines) + "\n", encoding="utf-8")
    part.replace(path)


def _comments(path: Path) -> list[str]:
    """The lines before the first that says something."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    said = (n for n, line in enumerate(lines) if line.strip() and not line.startswith("#"))
    return lines[: next(said, len(lines))]


def _line(key: str, row: ManifestRow) -> str:
    """JSON is YAML: every text in quotes, so that no date becomes anything else."""
    told = json.dumps(msgspec.to_builtins(row), ensure_ascii=False)
    return f'  "{key}": {told}'


@dataclass(frozen=True, slots=True)
class Known:
    """A clip to speak with. file: where it lies in the repository, if it is one of its own."""

    ref: str
    ms: int
    file: Path | None = None


def merged(
    sound: str, rows: Iterable[Clip], filed: Mapping[str, ManifestRow], folder: Path
) -> dict[str, Known]:
    """By id. A person's voice before a machine's, then what was recorded here before what came
    with the shop.
    """
    found: dict[str, Known] = {}
    for machine in (True, False):
        for key, row in filed.items():
            if row.synthetic is machine:
                file = folder / f"{key}.ogg"
                found[clip_id(sound, key)] = Known(f"media/{row.sha256}", row.ms, file)
        for clip in rows:
            if clip.synthetic is machine:
                found[clip.id] = Known(clip.ref, clip.ms)
    return found
