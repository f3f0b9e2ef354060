import logging
from pathlib import Path

import pytest

from bot.shop.says import Amount, Choice, Moment, Money, Say, Word
from bot.words.speak import Speaker
from tests.words.books import books

VI = {
    "cart": "Giỏ của {name}:",
    "cart-line": "{name} {amount} = {money}",
    "total": "Cộng {money}.",
    "choice-yes": "Đúng",
    "choice-no": "Thôi",
    "choice-back": "Quay lại",
    "choice-take": "Lấy {amount}",
    "choice-cancel": "Huỷ",
    "how-much-number": "Lấy bao nhiêu?",
    "state-placed": "vừa đặt",
    "told": "Đơn {state}.",
}


@pytest.fixture
def speaker(tmp_path: Path) -> Speaker:
    hmn = {
        "cart": "Koj lub tawb, {name}:",
        "total": "Tag nrho {money}.",
        "choice-cancel": "Tso",
        "choice-yes": "Yog",
        "told": "Daim {state}.",
    }
    drafts = {"cart", "total", "choice-cancel"}
    return Speaker(books(tmp_path, VI, hmn, drafts=drafts, critical="total, choice-c*"))


def test_fields_lines_and_media(speaker: Speaker) -> None:
    line = Say("cart-line", {"name": "Na", "amount": Amount(1500, "g"), "money": Money(90_000)})
    say = Say(
        "cart",
        {"name": "Mỷ"},
        (line, Say("total", {"money": Money(90_000)})),
        picture="product/na",
    )
    spoken = speaker.speak(say, "vi")
    assert spoken.text == "Giỏ của Mỷ:\nNa 1,5 kg = 90.000đ\nCộng 90.000đ."
    assert (spoken.id, spoken.picture, spoken.kind) == ("cart", "product/na", "reply")


def keys(speaker: Speaker, say: Say, kind: str = "reply") -> list[tuple[str, str]]:
    return [(title.key, title.id) for title in speaker.speak(say, "vi", kind).choices]


def test_choices_are_numbered_and_back_is_zero_and_last(speaker: Speaker) -> None:
    choices = (
        Choice("back", "choice-back"),
        Choice("a", "choice-yes"),
        Choice("clip", "choice-no", url="https://example.org/clip"),
        Choice("b", "choice-take", {"amount": Amount(500, "g")}),
    )
    say = Say("cart", {"name": "A"}, choices=choices)
    assert keys(speaker, say) == [("1", "a"), ("", "clip"), ("2", "b"), ("0", "back")]
    titles = speaker.speak(say, "vi").choices
    assert [title.title for title in titles] == ["Đúng", "Thôi", "Lấy 500 g", "Quay lại"]
    assert titles[1].url == "https://example.org/clip"


def test_a_number_question_has_no_digits(speaker: Speaker) -> None:
    choices = (Choice("a", "choice-yes"), Choice("back", "choice-back"))
    assert keys(speaker, Say("how-much-number", choices=choices)) == [("", "a"), ("", "back")]


def test_only_nine_choices_have_digits(speaker: Speaker) -> None:
    choices = tuple(Choice(f"c{n}", "choice-yes") for n in range(11))
    shown = keys(speaker, Say("cart", {"name": "A"}, choices=choices))
    assert [key for key, _ in shown] == [*"123456789", "", ""]


def test_zero_stops_reminders_only_under_a_reminder(speaker: Speaker) -> None:
    choices = (Choice("stop", "choice-no"), Choice("a", "choice-yes"))
    say = Say("cart", {"name": "A"}, choices=choices)
    assert keys(speaker, say, "reminder") == [("1", "a"), ("0", "stop")]
    assert keys(speaker, say, "order") == [("1", "stop"), ("2", "a")]


def test_a_critical_draft_carries_the_vietnamese_beneath(speaker: Speaker) -> None:
    say = Say("total", {"money": Money(5000)}, choices=(Choice("x", "choice-cancel"),))
    spoken = speaker.speak(say, "hmn@rpa")
    assert spoken.text == "Tag nrho 5.000đ.\nCộng 5.000đ."
    assert spoken.choices[0].title == "Tso / Huỷ"
    assert speaker.speak(Say("cart", {"name": "A"}), "hmn@rpa").text == "Koj lub tawb, A:"


def test_what_mong_lacks_is_vietnamese_with_vietnamese_values(speaker: Speaker) -> None:
    line = Say("cart-line", {"name": "Na", "amount": Amount(1, "piece", "con"), "money": Money(1)})
    assert speaker.speak(line, "hmn@rpa").text == "Na 1 con = 1đ"
    state = Say("told", {"state": Word("state-placed")})
    assert speaker.speak(state, "hmn@rpa").text == "Daim vừa đặt."


@pytest.mark.parametrize(
    "say",
    [
        Say("nobody-wrote-this"),
        Say("cart"),
        Say("told", {"state": Word("state-unknown")}),
        Say("cart", {"name": None}),  # type: ignore[dict-item]
    ],
)
@pytest.mark.parametrize("lang", ["vi", "hmn@rpa", "xx"])
def test_what_cannot_be_said_is_one_neutral_sentence(
    speaker: Speaker, say: Say, lang: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        spoken = speaker.speak(say, lang)
    assert spoken.text.startswith("Nhắn lại giúp em (mã ")
    assert "{" not in spoken.text
    assert say.id in caplog.text


def test_a_broken_line_does_not_take_the_message_with_it(speaker: Speaker) -> None:
    spoken = speaker.speak(Say("cart", {"name": "A"}, (Say("nobody-wrote-this"),)), "vi")
    assert spoken.text.startswith("Giỏ của A:\nNhắn lại giúp em")


def test_a_choice_without_words_still_works(speaker: Speaker) -> None:
    say = Say(
        "cart", {"name": "A"}, choices=(Choice("a", "choice-lost"), Choice("b", "choice-take"))
    )
    assert [(t.key, t.title) for t in speaker.speak(say, "vi").choices] == [("1", "…"), ("2", "…")]


def test_what_a_person_typed_is_never_taken_for_a_placeholder(speaker: Speaker) -> None:
    assert speaker.speak(Say("cart", {"name": "{money} %s"}), "vi").text == "Giỏ của {money} %s:"


def test_lines_of_lines_are_said(speaker: Speaker) -> None:
    inner = Say("total", {"money": Money(1)})
    say = Say("cart", {"name": "A"}, (Say("cart", {"name": "B"}, (inner,)),))
    assert speaker.speak(say, "vi").text == "Giỏ của A:\nGiỏ của B:\nCộng 1đ."


def test_one_sentence_alone(speaker: Speaker) -> None:
    assert speaker.text("vi", "total", money=Money(1000)) == "Cộng 1.000đ."


def test_moments_are_said_in_vietnam_time(speaker: Speaker) -> None:
    assert speaker.text("vi", "told", state=Moment(0)) == "Đơn 08:00 thứ Năm 1/1."
