"""What is learned, kept in a file, and scored again without scikit-learn."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.features import buckets, load_teencode
from bot.understand.fold import tidy
from bot.understand.intents_folder import read_folder
from bot.understand.inventory import ROLES, Role, intents_of
from bot.understand.model import Model, ModelBroken
from bot.understand.training import Fitted, train
from bot.understand.understander import (
    BandsBroken,
    LocalUnderstander,
    NotReady,
    Parsed,
    load_bands,
    numbers_of,
)
from tests.understand.examples import ROOT, folder

NORMALISER = load_teencode(ROOT / "intents" / "teencode.yml")
BANDS = load_bands(ROOT / "intents" / "bands.yml")
SOME = ["xsp bao nhiêu tiền vậy", "đơn tới đâu rồi", "con xsp khong", "kho con nhung gi", "alo"]


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[Role, Fitted]]:
    made = tmp_path_factory.mktemp("learned")
    examples, found = read_folder(folder(made))
    assert found == []
    path = made / "a.model"
    return path, train(examples, NORMALISER, tidy, path)


@pytest.fixture(scope="module")
def engine(learned: tuple[Path, dict[Role, Fitted]]) -> LocalUnderstander:
    return LocalUnderstander(Model(learned[0]), BANDS)


@pytest.mark.parametrize("role", ROLES)
def test_the_file_scores_as_the_learner_does(
    learned: tuple[Path, dict[Role, Fitted]], role: Role
) -> None:
    path, fitted = learned
    scorer = Model(path).roles[role]
    assert scorer.intents == fitted[role].intents == intents_of(role)
    words = [NORMALISER.words(text) for text in [*SOME, "chẳng giống câu nào", "na " * 90]]
    for one, exact in zip(words, fitted[role].probabilities(words), strict=True):
        found = scorer.probabilities(buckets(one))
        assert sum(found) == pytest.approx(1)
        assert found == pytest.approx(exact.tolist(), abs=0.03)


def test_learning_twice_gives_the_same_file(
    tmp_path: Path, learned: tuple[Path, dict[Role, Fitted]]
) -> None:
    examples, _ = read_folder(folder(tmp_path))
    train(examples, NORMALISER, tidy, tmp_path / "b.model")
    assert (tmp_path / "b.model").read_bytes() == learned[0].read_bytes()
    assert [p.name for p in tmp_path.glob("*.model*")] == ["b.model"]


def test_what_was_taught_is_known(engine: LocalUnderstander) -> None:
    for text, role, intent in (
        ("xsp bao nhiêu tiền vậy", "customer", "ask_price"),
        ("don toi dau roi", "customer", "order_status"),
        ("kho còn những gì ạ", "seller", "list_stock"),
    ):
        parsed = engine.parse(text, role, "vi")
        assert (parsed.intent, parsed.band) == (intent, "act")
        assert parsed.ranking[0][0] == intent
        chances = [chance for _, chance in parsed.ranking]
        assert chances == sorted(chances, reverse=True)


@pytest.mark.parametrize("text", ["", " ", "🙂🙂", "?", "!!! …", "\x00", "😀" * 3000])
def test_no_words_mean_nothing(engine: LocalUnderstander, text: str) -> None:
    assert engine.parse(text, "customer", "vi") == Parsed("", 0.0, "reject", ())


@pytest.mark.parametrize(
    "text",
    ["asdkjh qwlekj zxcmnb", "the quick brown fox jumps", "<script>x()</script>", "qwz " * 1250],
)
@pytest.mark.parametrize("role", ROLES)
def test_what_is_foreign_is_refused(engine: LocalUnderstander, text: str, role: Role) -> None:
    assert engine.parse(text, role, "vi").band == "reject"


@given(st.text(max_size=200), st.sampled_from(ROLES), st.sampled_from(["vi", "en", "hmn@rpa"]))
def test_anything_is_parsed(engine: LocalUnderstander, text: str, role: Role, lang: str) -> None:
    parsed = engine.parse(text, role, lang)
    assert 0 <= parsed.score <= 1
    assert parsed.band == (BANDS.of(role, parsed.score) if parsed.intent else "reject")


def test_words_known_from_elsewhere_raise_the_score(
    learned: tuple[Path, dict[Role, Fitted]], engine: LocalUnderstander
) -> None:
    text = "đơn tới đâu rồi khẩu nhục"
    more = numbers_of(["Khẩu nhục Lạng Sơn"])
    informed = LocalUnderstander(Model(learned[0]), BANDS, more)
    assert (
        informed.parse(text, "customer", "vi").score > engine.parse(text, "customer", "vi").score
    )


def test_while_learning_nothing_is_understood() -> None:
    assert NotReady().parse("còn na không", "customer", "vi") == Parsed("", 0.0, "reject", ())


@pytest.mark.parametrize("kept", [0, 3, 100, -1, -40])
def test_a_damaged_file_is_no_model(
    tmp_path: Path, learned: tuple[Path, dict[Role, Fitted]], kept: int
) -> None:
    whole = learned[0].read_bytes()
    half = tmp_path / "half.model"
    half.write_bytes(whole[:kept] if kept != -40 else whole[:500] + b"x" + whole[501:])
    with pytest.raises(ModelBroken):
        Model(half)
    with pytest.raises(ModelBroken):
        Model(tmp_path / "none.model")


@pytest.mark.parametrize(
    "text", ["", "customer: 1", "customer: {act: 1, ask: 2}\nseller: {act: 1, ask: 0}", "[]"]
)
def test_bands_that_make_no_sense_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "bands.yml").write_text(text, "utf-8")
    with pytest.raises(BandsBroken):
        load_bands(tmp_path / "bands.yml")


def test_a_serving_process_never_loads_the_learner(
    learned: tuple[Path, dict[Role, Fitted]],
) -> None:
    code = (
        "import sys; import bot.app, bot.understand.live, bot.commands.serve;"
        "from pathlib import Path; from bot.understand.model import Model;"
        f"from bot.understand.features import buckets; m = Model(Path({str(learned[0])!r}));"
        "m.roles['customer'].probabilities(buckets(['alo']));"
        "print(sorted({'sklearn', 'numpy', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == "[]\n"
