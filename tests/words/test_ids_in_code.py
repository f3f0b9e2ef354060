from pathlib import Path

from bot.commands.check_locales import faults
from bot.commands.ids_in_code import ids_in_code, mentioned_in_code, unused
from bot.words.book import BOOK, MASTER, SORRY, read_book
from bot.words.formats import NEEDED_IDS

ROOT = Path(__file__).parents[2]
CODE = """
class SoldOut(Problem):
    id = "problem-sold-out"

class Other:
    id = "no-message"

def f(verb, found):
    says.Say("order-placed", {"name": "x"})
    Say(f"order-told-{verb}")
    Say("hit" if found else "miss")
    Say(id="by-name", fields={})
    Choice(f"so:{verb}", f"choice-{verb}-now")
    Choice("a", say="choice-named")
    Word("state-open")
    Say(verb)
    ask("ask-phone")
"""


def code(tmp_path: Path) -> Path:
    (tmp_path / "flow.py").write_text(CODE, encoding="utf-8")
    return tmp_path


def test_ids_the_code_says(tmp_path: Path) -> None:
    assert ids_in_code(code(tmp_path)) == {
        "problem-sold-out",
        "order-placed",
        "order-told-*",
        "hit",
        "miss",
        "by-name",
        "choice-*-now",
        "choice-named",
        "state-open",
    }


def test_an_id_in_any_string_counts_as_used(tmp_path: Path) -> None:
    mentioned = mentioned_in_code(code(tmp_path))
    written = {"ask-phone", "order-told-ship", "choice-a-now", "never-said"}
    assert unused(written, mentioned) == {"never-said"}


def test_every_id_is_written_and_every_written_id_is_said() -> None:
    bot, locales = ROOT / "bot", ROOT / "locales"
    used = ids_in_code(bot) | set(NEEDED_IDS) | {SORRY}
    assert [f"{f.path.name}:{f.line}: {f.text}" for f in faults(locales, used)] == []
    written = set(read_book(locales / MASTER / BOOK, MASTER))
    assert unused(written, mentioned_in_code(bot)) == set()
