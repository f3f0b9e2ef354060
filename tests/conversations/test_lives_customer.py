"""A customer and lives: what there is, one live's codes, being reminded, stopping."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.shop.follow import FOLLOW_VERSION
from bot.usecases import lives
from tests.conversations.lives_customer import (
    MEAT,
    OTHER,
    ROOT,
    SELLER,
    TEA,
    choice,
    claims,
    do,
    item,
    me,
    on_air,
    planned,
    titles,
)
from tests.conversations.stage import LAI_CHAU, SON_LA, Stage

EVENING = "2026-11-22T20:00+07:00"


async def follows(stage: Stage, name: str) -> list[tuple[str, str]]:
    found = await stage.parts.records.read(lambda b: b.follows_of(me(name)))
    return [(f.seller, f.live) for f in found]


async def test_what_is_on_air_comes_first_and_leads_to_its_codes(stage: Stage) -> None:
    await planned(stage, MEAT, in_=7200)
    await on_air(stage, "mac-khen", id_="live000002", seller=OTHER)
    got = await stage.say("an", "live")
    assert [c["id"] for c in got["choices"]][:2] == ["live:live000002", "live:live000001"]
    assert "Mắc khén" in got["text"]
    assert "Thịt lợn đen gác bếp" in got["text"]
    card = await stage.say("an", "2")
    assert card["id"] == "show-planned"
    assert "A1 · Thịt lợn đen gác bếp 1 kg = 550.000đ, còn 32 kg" in card["text"]
    assert choice(card, "ca:").startswith("ca:live000001:A1:")


@pytest.mark.parametrize("words", ["bao giờ live vậy shop", "tối nay có live không", "live"])
async def test_asking_in_words_shows_the_same(stage: Stage, words: str) -> None:
    await planned(stage)
    assert (await stage.say("an", words))["id"] == "lives"


async def test_without_a_live_one_can_still_ask_to_be_told(stage: Stage) -> None:
    got = await stage.say("an", "live")
    assert got["id"] == "lives-none"
    assert "DỪNG" in got["text"]
    assert f"fo:{SELLER}" in titles(got)


async def test_the_door_names_todays_live_and_only_todays(stage: Stage) -> None:
    await planned(stage, in_=3600)
    assert "live:live000001" in titles(await stage.say("an", "hi"))
    await planned(stage, id_="live000002", in_=3 * 24 * 3600)
    await stage.play(now="2026-11-22T18:00+07:00")
    assert not [i for i in titles(await stage.say("an", "hi")) if i.startswith("live:")]


async def test_a_card_tells_the_queue_the_cap_and_what_is_off(stage: Stage) -> None:
    await on_air(stage, MEAT, ROOT, TEA)
    await item(stage, "A1", cap=1000)
    await item(stage, "A3", off=True)
    await stage.say("be", "A1")
    await stage.say("chi", "A1 2kg")
    card = await stage.tap("an", "live:live000001")
    assert "tạm hết (1 lượt đang chờ)" in card["text"]
    assert "A3" not in card["text"]
    assert titles(card)[choice(card, "ca:live000001:A1")] == "Chờ A1 · 1 kg"


async def test_many_codes_come_by_pages_and_digits_stay_few(stage: Stage) -> None:
    goods = (MEAT, ROOT, TEA, "ga-den", "mac-ca", "mien-dong", "gao-nep-nuong")
    await on_air(stage, *goods)
    card = await stage.tap("an", "live:live000001")
    assert len([c for c in titles(card) if c.startswith("ca:")]) == 5
    rest = await stage.tap("an", "live:live000001:1")
    assert [c.split(":")[2] for c in titles(rest) if c.startswith("ca:")] == ["A6", "A7"]
    assert max(len(card["choices"]), len(rest["choices"])) <= 9


async def test_a_live_that_sells_elsewhere_has_a_link_and_no_claims(stage: Stage) -> None:
    await on_air(stage, MEAT, buys="platform", link="https://example.org/live")
    card = await stage.tap("an", "live:live000001")
    assert not [i for i in titles(card) if i.startswith("ca:")]
    assert [c["url"] for c in card["choices"] if "url" in c] == ["https://example.org/live"]
    refused = await stage.say("an", "A1")
    assert refused["id"] == "problem-buy-on-platform"
    assert [c["url"] for c in refused["choices"] if "url" in c] == ["https://example.org/live"]
    assert await claims(stage) == []


async def test_a_live_that_is_over_or_called_off_says_so(stage: Stage) -> None:
    live = await on_air(stage)
    await do(stage, lives.end, live)
    assert (await stage.tap("an", "live:live000001"))["id"] == "show-over"
    gone = await planned(stage, id_="live000002")
    await do(stage, lives.cancel, gone)
    assert (await stage.tap("an", "live:live000002"))["id"] == "show-cancelled"
    assert (await stage.tap("an", "live:nothere"))["id"] == "problem-no-such-live"


async def test_the_calendar_stands_where_the_shop_has_an_address(stage: Stage) -> None:
    await planned(stage)
    shop = stage.parts.shop
    shop.public_url = lambda: "https://cho.example"
    card = await stage.tap("an", "live:live000001")
    assert [c["url"] for c in card["choices"] if c["id"] == "ics"] == [
        "https://cho.example/live/live000001.ics"
    ]


# being reminded


async def test_one_tap_follows_a_live_the_next_the_seller(stage: Stage) -> None:
    await planned(stage)
    card = await stage.tap("an", "live:live000001")
    assert "Tối đa 3 tin/ngày, nhắn DỪNG là thôi" in card["text"]  # before the button
    got = await stage.tap("an", choice(card, "fo:"))
    assert got["id"] == "follow-noted-live"
    assert "15 phút" in got["text"]
    assert await follows(stage, "an") == [(SELLER, "live000001")]
    more = await stage.tap("an", f"fo:{SELLER}")
    assert more["id"] == "follow-noted"
    assert sorted(await follows(stage, "an")) == [(SELLER, ""), (SELLER, "live000001")]
    await stage.tap("an", f"fo:{SELLER}")
    assert len(await follows(stage, "an")) == 2


async def test_a_web_page_is_offered_to_be_called_when_closed(stage: Stage) -> None:
    assert "push" not in titles(await stage.tap("an", f"fo:{SELLER}"))
    stage.parts.shop.returns = lambda channel: True
    assert "push" in titles(await stage.tap("be", f"fo:{SELLER}"))


async def test_a_seller_sees_another_sellers_live_as_everybody_does(stage: Stage) -> None:
    await on_air(stage, "mac-khen", seller=OTHER)
    assert (await stage.tap(LAI_CHAU, "live:live000001"))["id"] == "show-air"
    assert (await stage.tap(SON_LA, "live:live000001"))["id"] != "show-air"


async def test_what_was_agreed_to_is_stored_with_wording_and_time(stage: Stage) -> None:
    await stage.tap("an", f"fo:{SELLER}")
    [known] = await stage.parts.records.read(lambda b: b.follows_of(me("an")))
    person = await stage.parts.records.person(me("an"))
    assert (known.version, known.lang, known.at) == (
        FOLLOW_VERSION,
        "vi",
        stage.parts.shop.now(),
    )
    assert [(c.kind, c.version) for c in person.consents] == [("remind", FOLLOW_VERSION)]


def test_the_wording_of_version_1_is_what_people_agreed_to() -> None:
    """Other words here need another FOLLOW_VERSION: what was agreed to must stay known."""
    from pathlib import Path

    from bot.words.book import load_books

    books = load_books(Path(__file__).parents[2] / "locales")
    entry = books.entry("vi", "follow-terms")
    assert entry is not None
    assert FOLLOW_VERSION == "1"
    assert entry.text == (
        "🔔 Bấm nhắc: shop nhắn tối hôm trước, trước 15 phút, lúc lên sóng, khi người bán báo tin."
        " Tối đa {most} tin/ngày, nhắn DỪNG là thôi."
    )


async def test_a_sentence_follows_the_live_on_the_screen(stage: Stage) -> None:
    await planned(stage)
    await stage.tap("an", "live:live000001")
    got = await stage.say("an", "nhắc em khi live nhé")
    assert got["id"] == "follow-noted-live"
    assert await follows(stage, "an") == [(SELLER, "live000001")]
    other = await stage.say("be", "nhắc em khi live nhé")
    assert other["id"] == "follows-none"
    assert await follows(stage, "be") == []


async def test_a_reminder_comes_and_a_bare_0_right_after_it_stops_all(stage: Stage) -> None:
    await planned(stage, in_=3 * 3600)
    await stage.tap("an", f"fo:{SELLER}")
    await stage.say("an", "chợ hôm nay")
    [told] = await stage.play(now="2026-11-22T11:45+07:00")
    assert (told["id"], told["kind"]) == ("live-reminder-soon", "reminder")
    stopped = await stage.say("an", "0")
    assert stopped["id"] in ("reminders-stopped", "market-today")
    assert await follows(stage, "an") == []


async def test_a_0_later_goes_back_and_stops_nothing(stage: Stage) -> None:
    await planned(stage, in_=3 * 3600)
    await stage.tap("an", f"fo:{SELLER}")
    await stage.play(now="2026-11-22T11:45+07:00")
    await stage.say("an", "giỏ")
    await stage.say("an", "0")
    assert await follows(stage, "an") == [(SELLER, "")]


async def test_a_0_under_other_news_that_came_after_the_reminder_stops_nothing(
    stage: Stage,
) -> None:
    await on_air(stage, in_=3600)
    await stage.tap("an", f"fo:{SELLER}")
    await stage.say("an", "A2")
    told = await stage.play(now="2026-11-22T09:05+07:00")
    told += await stage.play(now="2026-11-22T09:25+07:00")
    assert [m["id"] for m in told] == ["live-reminder-air", "claim-ends-soon"]
    await stage.say("an", "0")
    assert await follows(stage, "an") == [(SELLER, "")]


@pytest.mark.parametrize("words", ["dừng", "từ chối", "stop", "thôi đừng nhắc live nữa"])
async def test_words_stop_everything_at_once_and_again(stage: Stage, words: str) -> None:
    await planned(stage, in_=3 * 3600)
    await stage.tap("an", f"fo:{SELLER}")
    await stage.tap("an", f"fo:{OTHER}")
    for _ in range(2):
        got = await stage.say("an", words)
        assert got["id"] == "reminders-stopped"
        assert {f"fo:{SELLER}", f"fo:{OTHER}"} <= set(titles(got))  # kind: the way back
    assert await follows(stage, "an") == []
    assert await stage.play(now="2026-11-22T11:45+07:00") == []
    again = await stage.tap("an", f"fo:{SELLER}")
    assert again["id"] == "follow-noted"
    assert await follows(stage, "an") == [(SELLER, "")]


async def test_one_seller_less_leaves_the_others(stage: Stage) -> None:
    await stage.tap("an", f"fo:{SELLER}")
    await stage.tap("an", f"fo:{OTHER}")
    for _ in range(2):
        assert (await stage.tap("an", f"ufo:{SELLER}"))["id"] == "unfollowed"
    assert await follows(stage, "an") == [(OTHER, "")]
    mine = await stage.say("an", "theo dõi")
    assert mine["id"] == "follows"
    assert "Sơn La" in mine["text"]
    assert {f"ufo:{OTHER}", f"fo:{SELLER}", "ufo"} <= set(titles(mine))


async def test_a_letter_that_waits_for_morning_does_not_come_after_a_stop(stage: Stage) -> None:
    """Moved at night: the new hour would be told at seven."""
    from bot.usecases import reminders

    live = await planned(stage, in_=20 * 3600)
    await stage.tap("an", f"fo:{SELLER}:live000001")
    await stage.play(now="2026-11-22T22:30+07:00")
    ledger, now = stage.parts.ledger, stage.parts.shop.now()
    told = await ledger.put(lambda b: reminders.moved(b, live.id, str, now))
    assert told == 1
    await stage.tap("an", f"ufo:{SELLER}")
    assert await stage.play(now="2026-11-23T07:01+07:00") == []


@pytest.mark.parametrize("lang", ["vi", "en", "hmn@rpa"])
async def test_everything_is_worded_in_three_languages(stage: Stage, lang: str) -> None:
    await stage.tap("an", f"lang:{lang}")
    live = await on_air(stage)
    await item(stage, "A1", cap=1500)
    for step in ("lives", "live:live000001", f"fo:{SELLER}", "fo", "ufo"):
        got = await stage.tap("an", step)
        assert not {"{", "…"} & set(got["text"] + str(list(titles(got).values()))), got
    for words in ("A1 2kg", "A1", "A2", "A9", "A2 thôi", "chốt A1 nhiều nhiều", "giỏ"):
        got = await stage.say("an", words)
        assert got["id"] != "sorry-try-again", got
        assert "{" not in got["text"], got
    await do(stage, lives.end, replace(live))
    assert (await stage.tap("an", "live:live000001"))["id"] == "show-over"
