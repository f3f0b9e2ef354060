"""A purchase wholly in Mông, in each script: every word of the customer's is Mông, a name, a place
or a digit, and every sentence of the shop's is hers or Vietnamese.
"""

from __future__ import annotations

import pytest

from bot.words.book import PLACEHOLDER
from tests.conversations.stage import LAI_CHAU, Message, Stage

RPA = ["kiab", "zaub ntsuab", "ob pob", "yuav khoom", "pom zoo"]
CHV = ["ciêz", "jâuz njuôz", "oz poz", "zuôr khôngv", "pov jông"]
DETAILS = ["0912345678", "Sùng Thị Mỷ", "12 Láng Hạ, Hà Nội"]
GREETINGS = {"hmn@rpa": "nyob zoo", "hmn@chv": "nhoz jông"}


def begins(stage: Stage, message: Message, lang: str) -> bool:
    """Whether the message begins with its sentence in this language, or in Vietnamese where the
    language has none of its own; never in the other script.
    """
    entry = stage.parts.words.books.entry(lang, message["id"])
    assert entry is not None
    assert entry.lang in (lang, "vi"), (message["id"], entry.lang)
    first = PLACEHOLDER.split(entry.text)[0].split("\n")[0]
    return str(message["text"]).startswith(first)


@pytest.mark.parametrize(
    ("lang", "said", "no", "yes"),
    [("hmn@rpa", RPA, "tsis yog", "yog"), ("hmn@chv", CHV, "tsik zos", "zos")],
)
async def test_a_purchase_wholly_in_mong(
    stage: Stage, lang: str, said: list[str], no: str, yes: str
) -> None:
    asked = await stage.say("an", GREETINGS[lang])
    assert asked["id"] == "language-ask"
    choice = next(i for i, c in enumerate(asked["choices"], 1) if c["id"] == f"lang:{lang}")
    await stage.say("an", str(choice))
    for words in (*said, *DETAILS, no):
        got = [m for m in await stage.play(person="an", text=words) if m["to"] == "an"]
        assert all(begins(stage, m, lang) for m in got), (words, got)
        assert not any(c["title"] == "…" or c["title"].startswith("choice-") for m in got
                       for c in m.get("choices", ()))  # fmt: skip
    assert got[-1]["id"] == "summary"
    assert "40.000đ" in got[-1]["text"]
    assert "Tổng cộng: 90.000đ, trả khi nhận hàng (COD)" in got[-1]["text"]
    done = await stage.play(person="an", text=yes)
    assert [m["id"] for m in done if m["to"] == "an"] == ["placed"]
    assert [m["id"] for m in done if m["to"] == LAI_CHAU] == ["order-new"]
    assert len(await stage.rows("orders")) == 1


SENTENCES = ["kuv yuav ob kg txhuv nplaum", "cur zuôr oz kg cxur blâuv", "yuav 2 kg txhuv nplaum"]


@pytest.mark.parametrize("sentence", SENTENCES)
async def test_a_sentence_nobody_reviewed_is_asked_about_and_changes_nothing(
    stage: Stage, sentence: str
) -> None:
    await stage.tap("an", "lang:hmn@rpa")
    asked = await stage.say("an", sentence)
    assert asked["id"] == "guess-mong"
    ids = [c["id"] for c in asked["choices"]]
    assert "gs:order" in ids
    assert "talk" in ids
    assert (await stage.say("an", "pob tawb"))["id"] == "cart-empty"
    await stage.say("an", sentence)
    got = await stage.tap("an", "gs:order")
    assert got["id"] in ("cart-added", "order-written", "cart"), got
    assert "2 kg" in got["text"]


async def test_selling_is_never_taken_for_buying(stage: Stage) -> None:
    """CHV `muôs` and RPA `muag` are selling; `muas` looks like the one and means the other."""
    await stage.tap("an", "lang:hmn@chv")
    for words in (
        "cur muôs oz kg cxur blâuv",
        "kuv muag ob kg txhuv nplaum",
        "muas txhuv nplaum",
        "cur muôs 5 kg sâm đất",
        "kuv muag 5 kg sam dat",
    ):
        await stage.say("an", words)
        assert (await stage.say("an", "poz tơưz"))["id"] == "cart-empty", words


async def test_a_part_of_a_mong_sentence_is_no_order(stage: Stage) -> None:
    """The goods and amount in it may be half of what was said."""
    await stage.tap("an", "lang:hmn@rpa")
    for words in ("kuv yuav 2 kg sam dat thiab ib tus qaib", "kuv tsis yuav 2 kg sam dat"):
        assert (await stage.say("an", words))["id"].startswith("not-understood")
        assert (await stage.say("an", "pob tawb"))["id"] == "cart-empty", words
    await stage.tap("seller:nguoi-ban-lai-chau", "lang:hmn@rpa")
    before = await stage.stock("sam-dat")
    await stage.say("seller:nguoi-ban-lai-chau", "kuv muag 5 kg sam dat lawm")
    assert await stage.stock("sam-dat") == before


async def test_goods_are_found_by_the_beginning_of_their_name(stage: Stage) -> None:
    """ "Txhuv" is the rice there is; "nqaij npua" may be either pork."""
    await stage.tap("an", "lang:hmn@rpa")
    got = await stage.say("an", "nqaij npua")
    found = [c["id"] for c in got["choices"] if c["id"].startswith("p:")]
    assert found == ["p:thit-lon-den-tuoi", "p:thit-lon-den-gac-bep"]
    for said in ("2 kg txhuv", "kuv xav yuav 2 kg txhuv", "ib nrab kg txhuv nplaum"):
        assert (await stage.say("an", said))["id"] == "guess-mong", said
        assert (await stage.say("an", "pob tawb"))["id"] == "cart-empty"
    await stage.say("an", "2 kg txhuv")
    got = await stage.tap("an", "gs:order")
    assert (got["id"], "Gạo nếp nương 2 kg" in got["text"]) == ("cart-added", True)


async def test_nobody_is_kept_in_a_question_about_goods(stage: Stage) -> None:
    await stage.tap("an", "lang:hmn@rpa")
    await stage.tap("an", "s")
    assert (await stage.say("an", "txhuv"))["id"] == "card"
    await stage.tap("an", "s")
    assert (await stage.say("an", "koj nyob qhov twg"))["id"] == "not-understood"
    assert (await stage.say("an", "saib khoom"))["id"] == "market-today"


async def test_vietnamese_is_still_read_in_a_mong_talk(stage: Stage) -> None:
    await stage.tap("an", "lang:hmn@rpa")
    assert (await stage.say("an", "giỏ"))["id"] == "cart-empty"
    got = await stage.say("an", "lấy 2 kg gạo nếp nương")
    assert "2 kg" in got["text"]
    assert got["id"] in ("cart-added", "cart")


async def test_a_name_and_words_to_a_person_are_left_as_they_are(stage: Stage) -> None:
    await stage.tap("an", "lang:hmn@rpa")
    await stage.say("an", "zaub ntsuab", "ob pob", "yuav khoom", "pom zoo", "0912345678")
    await stage.say("an", "Yaj Ob")
    done = await stage.say("an", "12 Láng Hạ, Hà Nội", "tsis yog")
    assert "Yaj Ob, 0912345678" in done["text"]


async def test_a_number_in_words_answers_a_menu(stage: Stage) -> None:
    await stage.tap("an", "lang:hmn@chv")
    assert (await stage.say("an", "iz"))["id"] == "market-today"
    assert (await stage.say("an", "đuz"))["id"] != "market-today"


async def test_a_mangled_command_is_read(stage: Stage) -> None:
    await stage.tap("an", "lang:hmn@rpa")
    assert (await stage.say("an", "pob tăb"))["id"] == "cart-empty"


@pytest.mark.parametrize(
    "said", ["kuv muag 5 kg sâm đất", "kuv xav yuav nqaij npua", "qhov no raug pes tsawg"]
)
async def test_mong_said_to_a_vietnamese_shop_is_asked_which_language(
    stage: Stage, said: str
) -> None:
    """Nothing of it is read as Vietnamese."""
    assert (await stage.say("an", said))["id"] == "language-ask"
    assert (await stage.say("an", "giỏ"))["id"] == "cart-empty"


async def test_hasty_vietnamese_is_not_taken_for_mong(stage: Stage) -> None:
    got = await stage.say("an", "cj oj sâm đất giá thê nào zj, shop ship k")
    assert got["id"] != "language-ask"
