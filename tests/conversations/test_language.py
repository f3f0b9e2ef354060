"""Choosing a language: three ways to have Mông, each offered in its own letters."""

from __future__ import annotations

from tests.conversations.stage import Stage


def titles(message: dict[str, object]) -> list[str]:
    return [c["title"] for c in message["choices"]]  # type: ignore[attr-defined]


async def test_mong_is_offered_in_both_scripts_and_by_ear(stage: Stage) -> None:
    asked = await stage.say("an", "tiếng Mông")
    assert titles(asked) == [
        "Tiếng Việt", "Lus Hmoob (bản nháp)", "Luk Hmôngz (bản nháp)", "🔊 Lus Hmoob · Luk Hmôngz",
        "🔊 Nghe tiếng Việt", "English (một phần)", "Ít dữ liệu: bỏ hình và tiếng", "Quay lại",
    ]  # fmt: skip
    done, total = stage.parts.words.books.reviewed("hmn@rpa")
    assert f"Lus Hmoob: bản nháp, người Mông đã duyệt {done}/{total} câu." in asked["text"]


async def test_each_script_answers_in_itself(stage: Stage) -> None:
    for lang, greeting in (("hmn@rpa", "Nyob zoo!"), ("hmn@chv", "Nhoz jông!")):
        shown = await stage.tap("an", f"lang:{lang}")
        assert shown["text"].startswith(greeting)
        assert not (await person(stage)).voice


async def test_who_listens_keeps_the_script_she_reads(stage: Stage) -> None:
    await stage.tap("an", "lang:hmn@chv")
    shown = await stage.tap("an", "lang:hmn@rpa:voice")
    assert shown["text"].startswith("Nhoz jông!")
    assert (await person(stage)).voice
    await stage.tap("an", "lang:vi:voice")
    assert (await person(stage)).lang == "vi"


async def test_reading_aloud_is_switched_by_words(stage: Stage) -> None:
    await stage.say("an", "nghe")
    assert (await person(stage)).voice
    page = await stage.say("an", "tiếng Mông")
    offered = titles(page)
    for _ in range(2):
        page = await stage.tap("an", page["choices"][3]["id"])
        offered += titles(page)
    assert "Tắt tiếng đọc" in offered
    await stage.say("an", "tắt tiếng")
    assert not (await person(stage)).voice


async def test_english_has_no_recorded_voice_so_one_is_offered(stage: Stage) -> None:
    await stage.tap("an", "lang:en")
    assert "🔊 Nghe tiếng Việt" in titles(await stage.say("an", "read aloud"))
    assert not (await person(stage)).voice


async def test_a_language_nobody_speaks_here_changes_nothing(stage: Stage) -> None:
    for odd in ("lang:xx", "lang:hmn", "lang:hmn@rpa:loud"):
        shown = await stage.tap("an", odd)
        assert shown["id"] == "language-ask"
    assert (await person(stage)).lang == "vi"


async def person(stage: Stage):  # type: ignore[no-untyped-def]
    return await stage.parts.records.person("rehearse:an")
