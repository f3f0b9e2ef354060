"""From a customer who was not understood to a new example: consent, trainer, export, check."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.check_intents import faults
from bot.commands.export_intents import export
from bot.settings import Settings
from bot.stores.catalogue import load_catalogue
from bot.understand.intents_folder import read_folder
from bot.usecases import people
from tests.catalog.folder import copy_to
from tests.conversations.stage import Message, Stage

ODD = "quéo quẹo xoạch xoạch queng quéc"
ODDER = "quéng quác chị Mỷ loạch xoạch 0912345678"
"""Words of no language: no training ever understands them."""

INTENTS = Path(__file__).parents[2] / "intents"


def ids(message: Message) -> list[str]:
    return [c["id"] for c in message["choices"]]


async def unread(stage: Stage) -> list[dict[str, object]]:
    return await stage.parts.records.rows("unread_sentences")


async def misunderstood(stage: Stage, person: str, text: str) -> Message:
    """Say something that nobody taught, whatever the shop makes of it now."""
    got = await stage.say(person, text)
    assert got["id"].startswith(("not-understood", "guess")), got
    return got


async def trainer(stage: Stage, person: str = "day") -> Message:
    shop = stage.parts.shop
    token = shop.ids.token()
    hashed, until = shop.hashed(token), shop.now() + 60
    await stage.parts.ledger.put(lambda b: people.make_trainer_link(b, hashed, until))
    asked = await stage.say(person, f"/start s-{token}")
    assert asked["id"] == "bind-ask-trainer"
    await stage.tap(person, f"bind:{token}")
    return await stage.say(person, "câu chưa hiểu")


async def test_nothing_is_kept_before_the_person_agrees(stage: Stage) -> None:
    got = await misunderstood(stage, "khach", ODD)
    assert "teach:yes" in ids(got)
    assert await unread(stage) == []


async def test_it_is_asked_once_and_then_kept_quietly(stage: Stage) -> None:
    await misunderstood(stage, "khach", ODD)
    done = await stage.tap("khach", "teach:yes")
    assert done["id"] == "teach-kept"
    got = await misunderstood(stage, "khach", ODDER)
    assert "teach:yes" not in ids(got)
    kept = {row["text"] for row in await unread(stage)}
    assert kept == {ODD, "quéng quác chị xten loạch xoạch xsdt"}
    assert {row["source"] for row in await unread(stage)} == {"rehearse"}


async def test_who_does_not_agree_is_not_asked_again(stage: Stage) -> None:
    await misunderstood(stage, "khach", ODD)
    got = await misunderstood(stage, "khach", ODDER)
    assert "teach:yes" not in ids(got)
    await stage.say("khach", "giỏ")
    assert "teach:yes" not in ids(await misunderstood(stage, "khach", ODD))
    assert await unread(stage) == []


async def test_the_sentence_is_dropped_at_the_next_understood_message(stage: Stage) -> None:
    await misunderstood(stage, "khach", ODD)
    await stage.say("khach", "giỏ")
    await stage.tap("khach", "teach:yes")
    assert await unread(stage) == []


async def test_it_can_be_withdrawn_and_erased(stage: Stage) -> None:
    await misunderstood(stage, "khach", ODD)
    await stage.tap("khach", "teach:yes")
    assert "teach:no" in ids(await stage.say("khach", "xoá dữ liệu"))
    assert (await stage.tap("khach", "teach:no"))["id"] == "teach-stopped"
    got = await misunderstood(stage, "khach", ODDER)
    assert "teach:yes" not in ids(got)
    assert len(await unread(stage)) == 1
    assert "teach:no" not in ids(await stage.say("khach", "xoá dữ liệu"))
    await stage.tap("khach", "erase:yes")
    [row] = await unread(stage)
    assert "khach" not in str(row["assigned_by"])


async def test_a_name_nobody_sells_can_be_taught_as_well(stage: Stage) -> None:
    await stage.tap("khach", "s")
    got = await stage.say("khach", "cá lòng tong")
    assert got["id"] == "search-nothing"
    await stage.tap("khach", "teach:yes")
    assert [row["text"] for row in await unread(stage)] == ["cá lòng tong"]


async def test_answers_and_talks_are_never_kept(stage: Stage) -> None:
    await misunderstood(stage, "khach", ODD)
    await stage.tap("khach", "teach:yes")
    await stage.tap("khach", "q:mac-khen")
    await stage.say("khach", "1 kg", "đặt hàng")
    await stage.tap("khach", "agree:order")
    await stage.say("khach", "số gì cơ vậy trời", "0912345678", "Sùng Thị Mỷ của nhà Páo")
    await stage.tap("khach", "tk:nguoi-ban-son-la")
    await stage.say("khach", "hôm nọ chị em mình nói chuyện ở phiên chợ ấy")
    assert [row["text"] for row in await unread(stage)] == [ODD]


async def test_what_nobody_says_again_is_forgotten_after_a_year(stage: Stage) -> None:
    await misunderstood(stage, "khach", ODD)
    await stage.tap("khach", "teach:yes")
    await stage.play(now="2027-11-22T08:00+07:00")
    assert len(await unread(stage)) == 1
    await stage.play(now="2027-11-23T08:00+07:00")
    assert await unread(stage) == []


async def test_only_a_trainer_sees_the_sentences(stage: Stage) -> None:
    assert (await stage.say("khach", "câu chưa hiểu"))["id"] == "problem-not-trainer"
    assert (await stage.say("khach", "/cauchuahieu"))["id"] == "problem-not-trainer"
    assert (await stage.tap("khach", "ua:0123456789:order"))["id"] == "problem-not-trainer"
    assert (await trainer(stage))["id"] == "trainer-nothing-left"


async def taught(stage: Stage, *sentences: tuple[str, str]) -> Message:
    """People agree and say these; the trainer's list."""
    for person, text in sentences:
        got = await misunderstood(stage, person, text)
        if "teach:yes" in ids(got):
            await stage.tap(person, "teach:yes")
    return await trainer(stage)


async def test_a_trainer_assigns_skips_and_takes_back(stage: Stage) -> None:
    listed = await taught(stage, ("a", ODD), ("b", ODD), ("b", ODDER))
    assert f"2 lần: {ODD}" in listed["text"]
    one = await stage.say("day", "1")
    sentence = ids(listed)[0].partition(":")[2]
    assert [c.split(":")[0] for c in ids(one)] == ["ua", "ua", "ua", "ui", "up", "ux", "back"]
    pages = await stage.tap("day", f"ui:{sentence}:0")
    assert f"ui:{sentence}:1" in ids(pages)
    after = await stage.tap("day", f"ua:{sentence}:complain")
    assert after["id"] == "trainer-one-customer"
    assert "quéng quác" in after["text"]
    assert f"uu:{sentence}" in ids(after)
    last = await stage.tap("day", next(c for c in ids(after) if c.startswith("ux:")))
    assert last["id"] == "trainer-nothing-left"
    await stage.tap("day", next(c for c in ids(last) if c.startswith("uu:")))
    states = {row["text"]: row["state"] for row in await unread(stage)}
    assert sorted(states.values()) == ["assigned", "open"]
    assert states[ODD] == "assigned"


async def test_words_of_a_sentence_become_another_name_of_a_product(stage: Stage) -> None:
    listed = await taught(stage, ("a", "co trau treo gac khoi quac quac xin ti nao"))
    sentence = ids(listed)[0].partition(":")[2]
    await stage.tap("day", f"up:{sentence}")
    assert (await stage.say("day", "blabla"))["id"] == "trainer-no-such-product"
    assert (await stage.say("day", "thịt trâu gác bếp"))["id"] == "trainer-which-words"
    assert (await stage.say("day", "bò khô"))["id"] == "trainer-not-in-it"
    assert (await stage.say("day", "trâu treo gác khói"))["id"] == "trainer-nothing-left"
    [row] = await unread(stage)
    assert (row["product"], row["alias"]) == ("thit-trau-gac-bep", "trâu treo gác khói")


@pytest.fixture
def folders(tmp_path: Path) -> Settings:
    """A copy of what people own, to write into."""
    intents = Path(shutil.copytree(INTENTS, tmp_path / "intents"))
    return replace(Settings(), intents_dir=intents, catalog_dir=copy_to(tmp_path))


async def test_what_was_taught_is_written_once_and_passes_the_check(
    stage: Stage, folders: Settings
) -> None:
    odd = "co trau treo gac khoi quac quac xin ti nao"
    await taught(stage, ("a", ODD), ("b", odd))
    named = {str(row["text"]): str(row["id"]) for row in await unread(stage)}
    await stage.tap("day", f"ua:{named[ODD]}:ask_payment")
    await stage.tap("day", f"uw:{named[odd]}:thit-trau-gac-bep")
    await stage.say("day", "trau treo gac khoi")
    before = read_folder(folders.intents_dir)[1]
    where = folders.intents_dir, folders.catalog_dir
    done = await export(stage.parts, *where)
    assert [d.kind for d in done] == ["written", "written"]
    assert await export(stage.parts, *where) == []

    examples, _ = read_folder(folders.intents_dir)
    assert [e.intent for e in examples if e.text == ODD] == ["ask_payment"]
    written = (folders.intents_dir / "vi.yml").read_text("utf-8")
    assert "# nguồn: câu tập thử, không phải khách thật, 2026-11" in written
    assert faults(folders.intents_dir) == [] or read_folder(folders.intents_dir)[1] == before
    catalogue, wrong = load_catalogue(folders.catalog_dir)
    assert [f for f in wrong if not f.warning] == []
    assert "trau treo gac khoi" in catalogue.products["thit-trau-gac-bep"].aliases
