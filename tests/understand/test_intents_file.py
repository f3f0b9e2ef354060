"""Every mistake in the examples is told by file and line, with the nearest known word."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.check_intents import faults
from bot.understand.intents_file import Marked, read_examples
from bot.understand.intents_folder import read_folder
from tests.understand.examples import ROOT, folder, sentences, whole

GOOD = whole()


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


SLIPS = [
    # what stands there, what is written instead, fault, nearest word
    ("intent: ask_price", "intent: ask_prise", "check-intents-unknown", "ask_price"),
    ("[na](product) bao", "[na](produkt) bao", "check-intents-unknown-entity", "product"),
    ("[na](product) bao", '[na]{"entity": "prodct"}', "check-intents-unknown-entity", "product"),
    ("[na](product) bao", "[na]{entity} bao", "check-intents-unknown-entity", ""),
    ("[na](product) bao", "[na(product) bao", "check-intents-bracket", ""),
    ("- đơn tới đâu rồi ạ", "đơn tới đâu rồi ạ", "check-intents-no-dash", ""),
    ("- đơn tới đâu rồi ạ", "- ", "check-intents-no-dash", ""),
    ("- đơn tới đâu rồi ạ", "- giá mận thế nào, ạ!", "check-intents-shared", ""),
    ("- đơn tới đâu rồi ạ", "- Gia man the nao a", "check-intents-shared", ""),
    ('version: "3.1"', 'version: "3.0"', "check-intents-version", ""),
    ("nlu:", "nlo:", "check-intents-unknown-key", "nlu"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "id", "near"), SLIPS)
def test_a_slip_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, id: str, near: str
) -> None:
    text = GOOD.replace(old, new, 1)
    made = folder(tmp_path, text)
    _, found = read_folder(made)
    mine = [f for f in found if f.id == id]
    assert [(f.path, f.line, f.near) for f in mine] == [
        ("intents/vi.yml", line_of(GOOD, old) if id != "check-intents-version" else 1, near)
    ]
    told = str(next(t for t in faults(made) if t.fault == mine[0]))
    assert told.startswith(f"intents/vi.yml:{mine[0].line}: ")
    assert near in told
    assert "{" not in told.replace("{entity}", "")


def test_broken_yaml_is_told_at_its_line(tmp_path: Path) -> None:
    text = GOOD.replace("  - intent: ask_price", "  - intent: [ask_price", 1)
    _, found = read_folder(folder(tmp_path, text))
    assert [f.id for f in found] == ["check-intents-yaml"]
    assert abs(found[0].line - line_of(text, "[ask_price")) <= 1


def test_examples_not_in_a_block_are_refused(tmp_path: Path) -> None:
    block = "".join(f"      - {line}\n" for line in sentences("greet"))
    text = GOOD.replace("examples: |\n" + block, "examples: [chào]\n")
    _, found = read_folder(folder(tmp_path, text))
    assert {f.id for f in found} == {"check-intents-no-block"}


def test_few_examples_and_absent_intents_are_refused(tmp_path: Path) -> None:
    few = whole({"report": sentences("report")[:7]}).replace("intent: undo", "intent: report")
    _, found = read_folder(folder(tmp_path, few))
    assert [(f.id, f.found) for f in found] == [("check-intents-absent", "undo")]
    _, found = read_folder(folder(tmp_path / "b", whole({"report": sentences("report")[:7]})))
    assert [(f.id, f.found, f.expected) for f in found] == [
        ("check-intents-few", "report: 7", "8")
    ]


def test_one_sentence_may_mean_two_things_to_two_roles(tmp_path: Path) -> None:
    both = {"sold_out": [*sentences("sold_out"), "hết na"], "ask_stock": sentences("ask_stock")}
    both["ask_stock"] = [*both["ask_stock"], "hết na"]
    assert read_folder(folder(tmp_path, whole(both)))[1] == []


def test_files_together_hold_an_intents_examples(tmp_path: Path) -> None:
    made = folder(tmp_path, whole({"report": sentences("report")[:5]}))
    rest = "".join(f"      - {line}\n" for line in sentences("report")[5:])
    text = f'# nguồn: chị Mẫu\nversion: "3.1"\nnlu:\n  - intent: report\n    examples: |\n{rest}'
    (made / "vi_them.yml").write_text(text, "utf-8")
    examples, found = read_folder(made)
    assert found == []
    assert {e.lang for e in examples} == {"vi"}


def test_marks_are_taken_out_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "vi.yml"
    line = '- lấy [2 cân](quantity) [thịt gác bếp]{"entity": "product", "value": "x"} nhé'
    head = 'version: "3.1"\nnlu:\n- intent: order\n  examples: |\n    # chú thích\n\n'
    path.write_text(f"{head}    {line}\n", "utf-8")
    examples, found = read_examples([path])
    assert found == []
    (one,) = examples
    assert (one.text, one.line, one.intent) == ("lấy 2 cân thịt gác bếp nhé", 7, "order")
    assert one.marked == (Marked(4, 9, "quantity"), Marked(10, 22, "product"))
    assert one.with_entities({"product": "xsp"}) == "lấy 2 cân xsp nhé"


def test_the_shops_own_examples_are_good() -> None:
    assert [str(fault) for fault in faults(ROOT / "intents")] == []


def test_a_broken_table_beside_the_examples_is_told(tmp_path: Path) -> None:
    made = folder(tmp_path)
    (made / "bands.yml").write_text("customer: {act: 0.2, ask: 0.5}\n", "utf-8")
    (made / "teencode.yml").write_text("vi:\n  không: [k]\n  kí: [k]\n", "utf-8")
    assert [f.fault.id for f in faults(made)] == ["check-intents-teencode", "check-intents-bands"]
