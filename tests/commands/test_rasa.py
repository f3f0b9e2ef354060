"""`make rasa` up to where Rasa itself would start: finding Python, exporting, the token."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.commands import rasa
from bot.commands.rasa_export import CannotExport, export_rasa
from bot.commands.rasa_server import RasaFailed, made_token, ready
from bot.settings import Settings
from bot.stores.catalogue import load_catalogue
from bot.understand.intents_file import read_examples
from bot.understand.inventory import INTENTS
from tests.source import ROOT

EXAMPLES = """version: "3.1"
nlu:
  - intent: {}
    examples: |
"""

FAKE = """#!/bin/sh
# Stands in for Python 3.10: makes an environment that is a copy of itself, and installs nothing.
case "$1 $2" in
"-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
esac
"""
RASA = """#!/bin/sh
# Stands in for Rasa's Python: learns at once, and as a server tells how it was called.
for last; do :; done
case "$*" in
"-m rasa train"*) echo learned; mkdir -p models && touch "models/$last.tar.gz" ;;
*) printf '%s\\n' "token=$RASA_TOKEN" "telemetry=$RASA_TELEMETRY_ENABLED" "secret=$SECRET" "$*" ;;
esac
"""
SHIM = "#!/bin/sh\necho 'pyenv: python3.10: command not found' >&2\nexit 127\n"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rasa")
    export_rasa(Settings(), folder)
    return folder


def test_every_intent_is_exported_and_can_be_read(exported: Path) -> None:
    examples, faults = read_examples([exported / "data" / "nlu.yml"])
    assert faults == []
    assert {e.intent for e in examples} == set(INTENTS)
    assert len(examples) == len({(e.intent, e.text) for e in examples}), "each text once"


def test_goods_and_amounts_are_masked_with_and_without_diacritics(exported: Path) -> None:
    examples, _ = read_examples([exported / "data" / "nlu.yml"])
    texts = {e.text: {e.text[m.start : m.end]: m.entity for m in e.marked} for e in examples}
    assert any(t.isascii() for t in texts)
    assert any(not t.isascii() for t in texts)
    assert {"xsp": "product", "xsl": "quantity", "xtien": "price"}.items() <= {
        pair for marks in texts.values() for pair in marks.items()
    }
    assert not any("thịt trâu gác bếp" in t or "thit trau gac bep" in t for t in texts)


def test_names_of_goods_are_a_lookup_and_synonyms(exported: Path) -> None:
    blocks = yaml.safe_load((exported / "data" / "catalogue.yml").read_text("utf-8"))["nlu"]
    goods, _ = load_catalogue(ROOT / "catalog")
    known = set(blocks[0]["examples"].splitlines())
    assert blocks[0]["lookup"] == "product"
    assert {"- mắc khén", "- mac khen"} <= known
    synonyms = {b["synonym"]: b["examples"].splitlines() for b in blocks[1:]}
    assert set(synonyms) <= set(goods.products)
    told = [name for names in synonyms.values() for name in names]
    assert len(told) == len(set(told)), "a name of two products is nobody's synonym"
    assert set(told) <= known


def test_the_same_data_has_the_same_stamp(exported: Path, tmp_path: Path) -> None:
    same = export_rasa(Settings(), exported)
    assert export_rasa(Settings(), tmp_path / "again") == same
    assert export_rasa(Settings(), tmp_path / "other", "diet") != same


def test_broken_examples_are_told_by_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "intents", tmp_path / "intents")
    (tmp_path / "intents" / "vi_x.yml").write_text(EXAMPLES.format("ordr"), "utf-8")
    settings = replace(Settings(), intents_dir=tmp_path / "intents")
    assert rasa.export(settings, tmp_path / "out") == 1
    assert "intents/vi_x.yml:3: " in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_unknown_config_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotExport, match="config, diet"):
        export_rasa(Settings(), tmp_path, "../secret")


def test_without_its_environment_it_says_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(RasaFailed, match="make rasa"):
        ready(replace(Settings(), data_dir=tmp_path), tmp_path / "python", "config")


def test_the_token_is_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    settings = replace(Settings(), data_dir=tmp_path)
    token = made_token(settings)
    assert len(token) >= 24
    assert made_token(settings) == token
    assert (tmp_path / "rasa" / "token").stat().st_mode & 0o077 == 0
    assert made_token(replace(settings, rasa_token="khac")) == "khac"


def test_every_package_rasa_brings_is_named_with_its_version() -> None:
    lines = (ROOT / "requirements-rasa.txt").read_text("utf-8").splitlines()
    named = [line for line in lines if not line.startswith("#")]
    assert "rasa==3.6.21" in named
    loose = [line for line in named if "==" not in line]
    assert loose == ["setuptools<71", "wheel<1"], "what builds the others; any patch will do"
    assert len(named) > 140


def make(home: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The rule that makes Rasa's environment, with a home and a PATH of the test's own."""
    if shutil.which("make") is None:
        pytest.skip("no make")
    env = {"HOME": str(home), "PATH": f"{home / 'bin'}:/usr/bin:/bin", "LANG": "C.UTF-8"}
    command = ["make", f"{home}/rasa/run.ok", f"RASA_VENV={home}/rasa", *more]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "ascii")
    path.chmod(0o755)


def test_a_python_of_pyenv_is_found_behind_a_name_that_does_not_work(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "python3.10", SHIM)
    program(tmp_path / ".pyenv" / "versions" / "3.10.99" / "bin" / "python", FAKE)
    done = make(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "rasa" / "run.ok").exists()
    assert (tmp_path / "rasa" / "bin" / "python").read_text("ascii") == FAKE


def test_a_python_of_uv_is_found(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "python3.10", SHIM)
    program(tmp_path / "uv python" / "bin" / "python", FAKE)
    program(tmp_path / "bin" / "uv", f'#!/bin/sh\necho "{tmp_path}/uv python/bin/python"\n')
    assert make(tmp_path).returncode == 0
    assert (tmp_path / "rasa" / "run.ok").exists()


def test_without_python_3_10_it_says_how_to_get_one(tmp_path: Path) -> None:
    done = make(tmp_path, f"PYTHON310={os.devnull}")
    assert done.returncode != 0
    assert "Rasa cần Python 3.10" in done.stdout
    assert "Rasa needs Python 3.10" in done.stdout
    for way in ("uv python install 3.10", "pyenv install 3.10", "deadsnakes", "conda"):
        assert way in done.stdout
    assert not (tmp_path / "rasa").exists()


def served(folder: Path) -> str:
    """What is printed by `python -m bot rasa` with a data directory beside where it is typed."""
    env = {"INTENTS_DIR": str(ROOT / "intents"), "CATALOG_DIR": str(ROOT / "catalog")}
    env |= {"PYTHONPATH": str(ROOT), "SECRET": "cua-cho", "PATH": os.environ["PATH"]}
    command = [sys.executable, "-m", "bot", "rasa", "--python", "python", "--port", "5099"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


def test_it_learns_once_and_serves_on_loopback_behind_its_token(tmp_path: Path) -> None:
    program(tmp_path / "python", RASA)
    first, second = served(tmp_path), served(tmp_path)
    assert ("learned" in first, "learned" in second) == (True, False)
    token = (tmp_path / "var" / "rasa" / "token").read_text("ascii")
    assert f"token={token}\ntelemetry=false\nsecret=\n" in second, "none of the shop's secrets"
    call = second.splitlines()[-1]
    assert token not in call, "anyone on the machine can read a command line"
    assert "--enable-api --interface 127.0.0.1 --port 5099" in call
    assert "--credentials credentials.yml" in call
    assert (tmp_path / "var" / "rasa" / "config" / "credentials.yml").read_text("ascii") == "{}\n"
