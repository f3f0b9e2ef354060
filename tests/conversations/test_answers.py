"""Questions about goods are answered first; what is not known goes to the seller."""

from __future__ import annotations

import pytest

from bot.shop.product import CLOSES_WITH_SEASON
from bot.stores.catalogue import load_catalogue
from bot.talk.buyer.answers import SUBJECTS
from tests.catalog.folder import CATALOG
from tests.conversations.asker import Asker, ids, starting
from tests.conversations.stage import LAI_CHAU, Stage

PRODUCTS = load_catalogue(CATALOG)[0].products


@pytest.fixture
def lan(stage: Stage) -> Asker:
    return Asker(stage)


async def test_every_subject_is_answered_in_every_language(stage: Stage) -> None:
    for lang in ("vi", "en", "hmn@rpa"):
        await stage.tap("an", f"lang:{lang}")
        for subject in sorted(SUBJECTS):
            for product in ("sam-dat", "na-chi-lang", "ga-den", "trung-ga-den"):
                got = await stage.tap("an", f"ans:{subject}:{product}")
                assert got["id"] not in ("old-menu", "sorry-try-again")
                texts = [got["text"], *(c["title"] for c in got["choices"])]
                assert not any("{" in t or "…" in t for t in texts), got


@pytest.mark.parametrize("subject", sorted(SUBJECTS - {"payment", "live", "shipping", "where"}))
async def test_without_a_product_one_short_question(stage: Stage, subject: str) -> None:
    got = await stage.tap("an", f"ans:{subject}")
    assert got["id"] == "answer-which"
    fresh = stage.parts.shop.market(stage.parts.shop.now()).fresh
    first = got["choices"][0]["id"]
    assert first == f"ans:{subject}:{fresh[0]}"
    assert "s" in [c["id"] for c in got["choices"]]
    answered = await stage.say("an", "1")
    assert answered["id"] not in ("answer-which", "old-menu")
    assert PRODUCTS[fresh[0]].name["vi"] in answered["text"]


async def test_a_typed_name_answers_which(stage: Stage) -> None:
    await stage.tap("an", "ans:price")
    assert (await stage.say("an", "thịt lợn đen"))["id"] == "answer-which"
    got = await stage.say("an", "trung ga den")
    assert got["id"] == "answer-price"
    assert "6.000đ/quả" in got["text"]


async def test_which_offers_the_cart_first_and_says_what_it_cannot_find(stage: Stage) -> None:
    await stage.tap("an", "add:mac-khen:100g:x")
    await stage.tap("an", "add:ga-den:1con:x")
    got = await stage.tap("an", "ans:usage")
    assert [c["id"] for c in got["choices"]][:2] == ["ans:usage:ga-den", "ans:usage:mac-khen"]
    said = await stage.play(person="an", text="qqqq")
    assert [m["id"] for m in said] == ["search-nothing", "answer-which"]


async def test_the_product_last_looked_at_is_meant(stage: Stage) -> None:
    await stage.say("an", "sâm đất")
    assert "600 kg" in (await stage.tap("an", "ans:stock"))["text"]
    await stage.tap("an", "ans:about:mac-ca")
    assert "230.000đ/kg" in (await stage.tap("an", "ans:price"))["text"]


async def test_a_product_that_is_gone_and_a_subject_nobody_knows(stage: Stage) -> None:
    assert (await stage.tap("an", "ans:price:khong-co"))["id"] == "problem-not-on-shelf"
    for odd in ("ans:weather:sam-dat", "ans:weather", "ans:price:sam-dat:x", "shp:999:sam-dat"):
        said = [m["id"] for m in await stage.play(person="an", tap=odd)]
        assert said[0] == "old-menu", odd


async def test_price_in_the_amount_that_was_said(lan: Asker) -> None:
    say = await lan.asks("2 cân sâm đất bao nhiêu tiền", "ans:price:sam-dat")
    assert "2 kg: 80.000đ" in lan.text(say)
    assert ids(say)[0].startswith("q:sam-dat:2000:")
    added = await lan.taps(ids(say)[0])
    assert added.id == "cart-added"
    assert "80.000đ" in lan.text(added)
    given = await lan.asks("bao nhieu", "ans:price:sam-dat:5000")
    assert "5 kg: 195.000đ" in lan.text(given)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("300g sâm đất giá sao", "problem-amount-too-small"),
        ("1200g sâm đất giá sao", "problem-amount-not-sold"),
        ("700kg sâm đất giá sao", "problem-sold-out"),
    ],
)
async def test_an_amount_that_is_not_sold_says_why(lan: Asker, question: str, told: str) -> None:
    say = await lan.asks(question, "ans:price:sam-dat")
    assert told in [x.id for x in say.lines]
    assert not ids(say)[0].startswith("q:sam-dat:")


@pytest.mark.parametrize(
    ("question", "id"),
    [
        ("còn 5kg sâm đất không", "answer-stock-enough"),
        ("con 700 kg ko", "answer-stock-less"),
        ("còn không", "answer-stock"),
        ("còn 4-5 cân không", "answer-stock"),
        ("còn 3 con không", "answer-stock"),
    ],
)
async def test_stock_against_the_amount_that_was_said(lan: Asker, question: str, id: str) -> None:
    say = await lan.asks(question, "ans:stock:sam-dat")
    assert say.id == id
    assert "600 kg" in lan.text(say)
    assert ("rest" in [i.partition(":")[0] for i in ids(say)]) == (id == "answer-stock-less")


async def test_sold_out_says_what_is_next_best(stage: Stage) -> None:
    for product in ("sam-dat", "ga-den"):
        await stage.say(LAI_CHAU, f"/kho {PRODUCTS[product].name['vi']} 0")
    price = await stage.tap("an", "ans:price:sam-dat")
    assert (price["id"], "40.000đ/kg" in price["text"]) == ("answer-price-sold-out", True)
    assert price["choices"][0]["id"] == "ask:sam-dat"
    stock = await stage.tap("an", "ans:stock:sam-dat")
    assert "tháng 8–11" in stock["text"]
    unknown = await stage.tap("an", "ans:stock:ga-den")
    assert "em chưa biết" in unknown["text"]
    assert "Đang hết hàng" in (await stage.tap("an", "ans:season:ga-den"))["text"]
    similar = [c["id"] for c in stock["choices"] if c["id"].startswith("p:")]
    assert similar
    assert (await stage.tap("an", "ask:sam-dat"))["id"] == "remind-noted"


@pytest.mark.parametrize("subject", ["price", "stock", "season"])
async def test_out_of_season_says_the_months_and_offers_to_remind(
    stage: Stage, subject: str
) -> None:
    got = await stage.tap("an", f"ans:{subject}:na-chi-lang")
    assert "tháng 7–9" in got["text"]
    assert got["id"].endswith("out-of-season")
    assert got["choices"][0]["id"] == "ask:na-chi-lang"
    assert not any(c["id"].startswith(("add:", "q:")) for c in got["choices"])


async def test_months_of_goods_that_keep_only_mean_new(stage: Stage) -> None:
    for product in PRODUCTS.values():
        got = await stage.tap("an", f"ans:season:{product.id}")
        if product.season and product.shipping_class not in CLOSES_WITH_SEASON:
            assert got["id"] == "answer-season-new"
        elif product.season is None:
            assert got["id"] == "answer-season-none"
        else:
            assert got["id"] in ("answer-season-open", "card-out-of-season")


@pytest.mark.parametrize(
    ("question", "id", "lines"),
    [
        ("măng khô nấu món gì", "answer-cooking", []),
        ("mang kho che bien sao", "answer-cooking", []),
        ("bảo quản thế nào", "answer-keeping", []),
        ("mang kho de duoc bao lau", "answer-keeping", []),
        ("ăn được bao lâu", "answer-cooking", ["card-keeping"]),
        ("mang kho the nao", "answer-cooking", ["card-keeping"]),
    ],
)
async def test_cooking_or_keeping_as_it_was_asked(
    lan: Asker, question: str, id: str, lines: list[str]
) -> None:
    say = await lan.asks(question, "ans:usage:mang-kho")
    assert (say.id, [x.id for x in say.lines]) == (id, lines)


@pytest.mark.parametrize("question", ["có phun thuốc không", "co chung nhan ko", "sạch không em"])
async def test_what_no_paper_says_goes_to_the_seller_word_for_word(
    lan: Asker, question: str
) -> None:
    say = await lan.asks(question, "ans:origin:sam-dat")
    assert "answer-clean-unknown" in [x.id for x in say.lines]
    assert ids(say)[0].startswith("hand:sam-dat:")
    assert (await lan.taps(ids(say)[0])).id == "question-sent"
    assert (await lan.taps(ids(say)[0])).id == "question-sent"
    told = await lan.stage.play(person="bình", text="alo")
    letters = [m["text"] for m in told if m["to"] == LAI_CHAU]
    assert [(f"“{question}”" in t, "Sâm đất" in t) for t in letters] == [(True, True)]
    assert lan.session.asking == ""


async def test_an_old_button_never_sends_newer_words(lan: Asker) -> None:
    old = starting(await lan.asks("có phun thuốc không", "ans:origin:sam-dat"), "hand:").id
    new = starting(await lan.asks("còn không", "ans:stock:mac-khen"), "hand:").id
    assert (await lan.taps(old)).id == "talk-ask"
    assert (await lan.taps(new)).id == "question-sent"


async def test_a_question_picked_by_its_number_keeps_its_words(stage: Stage) -> None:
    """The number that answers "which product?" is not the question."""
    lan = Asker(stage)
    await lan.asks("có phun thuốc không shop", "ans:origin")
    lan.session.menus = []
    say = await lan.taps("ans:origin:sam-dat")
    assert "answer-clean-unknown" in [x.id for x in say.lines]
    assert lan.session.form["question"] == "có phun thuốc không shop"
    assert starting(say, "hand:").say == "choice-send-question"


@pytest.mark.parametrize("open_question", ["a:phone", "q:sam-dat", "f:address"])
async def test_an_answer_leaves_the_open_question_open(lan: Asker, open_question: str) -> None:
    for subject in sorted(SUBJECTS):
        for product in ("", "sam-dat", "na-chi-lang"):
            lan.session.asking, lan.session.last_product = open_question, ""
            await lan.asks("cho hỏi chút", f"ans:{subject}:{product}")
            assert lan.session.asking == open_question


async def test_a_question_in_the_form_is_answered_and_the_form_shown_again(
    stage: Stage,
) -> None:
    await stage.tap("an", "add:sam-dat:3kg:x")
    await stage.tap("an", "co")
    await stage.tap("an", "agree:order")
    for choice in ("ans:usage:mac-ca", "ans:shipping", "shp:79:", "ans:price:na-chi-lang"):
        said = [m["id"] for m in await stage.play(person="an", tap=choice)]
        assert len(said) == 2, said
        assert said[1] == "ask-phone"
    assert (await stage.say("an", "0912345678"))["id"] == "ask-name"


async def test_a_question_beside_an_amount_question(stage: Stage) -> None:
    await stage.tap("an", "q:sam-dat")
    said = [m["id"] for m in await stage.play(person="an", tap="ans:stock:ga-den")]
    assert said == ["answer-stock", "how-much-number"]
    got = await stage.say("an", "2kg")
    assert "Sâm đất" in got["text"]


async def test_which_is_asked_once_and_done_when_a_button_answers_it(stage: Stage) -> None:
    await stage.tap("an", "ans:price")
    said = await stage.play(person="an", tap="ans:price:sam-dat")
    assert [m["id"] for m in said] == ["answer-price"]
