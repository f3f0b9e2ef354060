"""Adds an alias to the text of a product file, keeping everything else letter for letter."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

from bot.stores.catalogue_schema import read_product
from bot.stores.catalogue_yaml import BadDocument, read_document

_KEY = re.compile(r"^aliases:[ \t]*(?:#.*)?$")
_ITEM = re.compile(r"^(\s*)- ")
_PLAIN = re.compile(r"[^\W\d_][\w ]*")


class NoPlaceForAlias(Exception):
    """The file has no `aliases:` list written one name a line, or would no longer be good."""


def with_alias(text: str, alias: str) -> str:
    """The file's text with one more alias at the end of its list. Raises NoPlaceForAlias."""
    ends = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(ends)
    key = next((at for at, line in enumerate(lines) if _KEY.match(line)), None)
    if key is None:
        raise NoPlaceForAlias("aliases:")
    last, indent = None, ""
    for at in range(key + 1, len(lines)):
        match = _ITEM.match(lines[at])
        if match:
            last, indent = at, match[1]
        elif lines[at].strip() and not lines[at].lstrip().startswith("#"):
            break
    if last is None:
        raise NoPlaceForAlias("aliases:")
    lines.insert(last + 1, f"{indent}- {_scalar(alias)}")
    return ends.join(lines)


def _scalar(alias: str) -> str:
    """The alias as YAML reads it back: in quotes if it could be taken for something else."""
    plain = _PLAIN.fullmatch(alias) and yaml.safe_load(alias) == alias
    return alias if plain else json.dumps(alias, ensure_ascii=False)


def names_in(path: Path) -> list[str]:
    """All that a product is called in its file. Raises NoPlaceForAlias if the file is not good."""
    aliases, rest = _aliases_and_rest(path, path.stem)
    return [*aliases, *rest["name"].values()]


def add_alias(path: Path, alias: str) -> None:
    """Write the alias into the product file, or leave the file alone.

    Raises NoPlaceForAlias if the file would not be read as before with one alias more.
    """
    before = path.read_bytes().decode("utf-8")
    after = with_alias(before, alias)
    draft = path.with_suffix(".yaml.new")
    try:
        draft.write_bytes(after.encode("utf-8"))
        if _without(draft, path.stem, alias) != _aliases_and_rest(path, path.stem):
            raise NoPlaceForAlias(alias)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _aliases_and_rest(path: Path, stem: str) -> tuple[list[str], dict[str, Any]]:
    """What a good product file says: its aliases, and everything else."""
    try:
        doc = read_document(path, path.name)
    except BadDocument as bad:
        raise NoPlaceForAlias(str(bad.fault)) from None
    product, faults = read_product(doc, stem)
    if product is None:
        raise NoPlaceForAlias(str(faults[0]))
    rest = {key: value for key, value in doc.data.items() if key != "aliases"}
    return list(product.aliases), rest


def _without(path: Path, stem: str, alias: str) -> tuple[list[str], dict[str, Any]]:
    aliases, rest = _aliases_and_rest(path, stem)
    if aliases[-1:] != [alias]:
        raise NoPlaceForAlias(alias)
    return aliases[:-1], rest
