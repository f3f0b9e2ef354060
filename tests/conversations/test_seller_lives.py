"""A seller plans a live in her own words, changes it, moves it, calls it off."""

from __future__ import annotations

from bot.shop.live import Live
from tests.conversations.stage import LAI_CHAU, Message, Stage

SELLER = "nguoi-ban-lai-chau"
SAID = "tối nay 20h live bán sâm đất và gà đen"


def ids(message: Message) -> list[str]:
    return [c["id"] for c in message["choices"]]


def pick(message: Message, begin: str) -> str:
    return next(c for c in ids(message) if c.startswith(begin))


async def all_lives(stage: Stage) -> tuple[Live, ...]:
    return await stage.parts.records.read(lambda b: b.lives_of(SELLER))


async def plan(stage: Stage, said: str = SAID) -> Live:
    """A live that stands."""
    got = await stage.say(LAI_CHAU, said)
    await stage.tap(LAI_CHAU, pick(got, "lvok:"))
    return (await all_lives(stage))[-1]


async def codes(stage: Stage, live: Live) -> dict[str, str]:
    items = await stage.parts.records.read(lambda b: b.items_of(live.id))
    return {x.code: x.product for x in items}


async def test_one_sentence_a_card_and_a_yes(stage: Stage) -> None:
    got = await stage.say(LAI_CHAU, SAID)
    assert got["id"] == "live-plan"
    assert "20:00" in got["text"]
    assert "A1 Sâm đất: 40.000đ/kg, còn 600 kg" in got["text"]
    assert "A2 Gà đen" in got["text"]
    assert await all_lives(stage) == (), "nothing before the yes"
    assert (await stage.say(LAI_CHAU, "đúng rồi"))["id"] == "live-planned"
    (live,) = await all_lives(stage)
    assert live.state == "planned"
    assert live.buys == "chat"
    assert await codes(stage, live) == {"A1": "sam-dat", "A2": "ga-den"}


async def test_a_double_tap_is_one_live(stage: Stage) -> None:
    got = await stage.say(LAI_CHAU, SAID)
    yes = pick(got, "lvok:")
    first = await stage.tap(LAI_CHAU, yes)
    again = await stage.tap(LAI_CHAU, yes)
    assert (first["id"], again["id"]) == ("live-planned", "live-planned")
    assert len(await all_lives(stage)) == 1


async def test_the_list_still_comes_two_hours_before(stage: Stage) -> None:
    await plan(stage)
    got = await stage.play(now="2026-11-22T18:00")
    assert [m["id"] for m in got if m.get("to") == LAI_CHAU] == ["live-list"]


async def test_without_an_hour_it_is_asked_and_a_digit_answers(stage: Stage) -> None:
    got = await stage.say(LAI_CHAU, "hẹn live")
    assert got["id"] == "live-when"
    assert (await stage.say(LAI_CHAU, "1"))["id"] == "live-plan"


async def test_an_hour_that_may_be_two_is_asked_back(stage: Stage) -> None:
    got = await stage.say(LAI_CHAU, "mai 8h live bán sâm đất")
    assert got["id"] == "live-when-which"
    got = await stage.say(LAI_CHAU, "2")
    assert got["id"] == "live-plan"
    assert "A1 Sâm đất" in got["text"], "what was said before is not forgotten"


async def test_goods_nobody_knows_are_said(stage: Stage) -> None:
    got = await stage.play(person=LAI_CHAU, text="tối nay 20h live bán sâm đất và sầu riêng")
    assert [m["id"] for m in got] == ["live-plan-odd", "live-plan"]
    assert "sầu riêng" in got[0]["text"]
    assert "A1 Sâm đất" in got[1]["text"]


async def test_goods_are_added_by_button_and_by_word(stage: Stage) -> None:
    got = await stage.say(LAI_CHAU, "tối nay 20h live")
    assert "Chưa có hàng nào" in got["text"]
    got = await stage.tap(LAI_CHAU, "lvg")
    got = await stage.tap(LAI_CHAU, pick(got, "lvg:0:sam-dat"))
    assert "A1 Sâm đất" in got["text"]
    got = await stage.say(LAI_CHAU, "gà đen")
    assert "A2 Gà đen" in got["text"]


async def test_a_cap_above_what_there_is_is_lowered_and_said(stage: Stage) -> None:
    said = "tối nay 20h live bán sâm đất tối đa 900kg"
    got = await stage.play(person=LAI_CHAU, text=said)
    assert [m["id"] for m in got] == ["live-plan-lowered", "live-plan"]
    await stage.tap(LAI_CHAU, pick(got[-1], "lvok:"))
    (live,) = await all_lives(stage)
    (item,) = await stage.parts.records.read(lambda b: b.items_of(live.id))
    assert item.cap == 600_000


async def test_stock_sold_while_the_card_is_read_lowers_the_cap(stage: Stage) -> None:
    got = await stage.say(LAI_CHAU, "tối nay 20h live bán sâm đất tối đa 500kg")
    assert (await stage.say(LAI_CHAU, "sâm đất còn 100kg"))["id"] == "stock-set"
    done = await stage.play(person=LAI_CHAU, tap=pick(got, "lvok:"))
    assert [m["id"] for m in done][-2:] == ["live-plan-lowered", "live-plan"]
    assert "tối đa 100 kg" in done[-1]["text"]
    assert await all_lives(stage) == ()
    await stage.tap(LAI_CHAU, pick(done[-1], "lvok:"))
    (live,) = await all_lives(stage)
    (item,) = await stage.parts.records.read(lambda b: b.items_of(live.id))
    assert item.cap == 100_000


async def test_a_link_of_a_platform_means_that_viewers_buy_there(stage: Stage) -> None:
    live = await plan(stage, f"{SAID} https://www.tiktok.com/@chi/live")
    assert (live.buys, live.link) == ("platform", "https://www.tiktok.com/@chi/live")


async def test_where_viewers_buy_is_one_tap(stage: Stage) -> None:
    got = await stage.say(LAI_CHAU, SAID)
    got = await stage.tap(LAI_CHAU, "lvb")
    assert "trên sàn" in got["text"]
    await stage.tap(LAI_CHAU, pick(got, "lvok:"))
    assert (await all_lives(stage))[0].buys == "platform"


async def test_the_same_hour_again_adds_to_the_live_that_stands(stage: Stage) -> None:
    live = await plan(stage, "tối nay 20h live bán sâm đất")
    got = await stage.say(LAI_CHAU, "tối nay 20h live bán gà đen")
    assert got["id"] == "live-plan-more"
    yes = pick(got, "lvok:")
    for _ in range(2):
        assert (await stage.tap(LAI_CHAU, yes))["id"] == "live-planned"
    assert len(await all_lives(stage)) == 1
    assert await codes(stage, live) == {"A1": "sam-dat", "A2": "ga-den"}


async def test_left_alone_nothing_was_planned(stage: Stage) -> None:
    got = await stage.say(LAI_CHAU, SAID)
    assert (await stage.tap(LAI_CHAU, pick(got, "lvno:")))["id"] == "live-dropped"
    await stage.tap(LAI_CHAU, pick(got, "lvok:"))
    assert await all_lives(stage) == ()


async def test_an_hour_that_is_over_by_the_yes_is_asked_anew(stage: Stage) -> None:
    got = await stage.say(LAI_CHAU, "hôm nay 10h sáng live bán sâm đất")
    await stage.play(now="2026-11-22T11:00")
    said = await stage.play(person=LAI_CHAU, tap=pick(got, "lvok:"))
    assert [m["id"] for m in said] == ["problem-live-past", "live-when"]
    assert await all_lives(stage) == ()


async def test_the_card_is_changed_by_words_before_the_yes(stage: Stage) -> None:
    await stage.say(LAI_CHAU, SAID)
    got = await stage.say(LAI_CHAU, "A1 tối đa 30kg")
    assert "bán tối đa 30 kg" in got["text"]
    got = await stage.say(LAI_CHAU, "mỗi người 2 con A2")
    assert "A2: mỗi người tối đa 2 con" in got["text"]
    got = await stage.say(LAI_CHAU, "gói 20 đơn")
    assert "Gói được 20 đơn" in got["text"]
    got = await stage.say(LAI_CHAU, "21h nhé")
    assert "21:00" in got["text"]
    await stage.say(LAI_CHAU, "ok em")
    (live,) = await all_lives(stage)
    found = {x.code: x for x in await stage.parts.records.read(lambda b: b.items_of(live.id))}
    assert (found["A1"].cap, found["A2"].per_buyer, live.parcels) == (30_000, 2, 20)


async def test_another_whole_plan_begins_anew(stage: Stage) -> None:
    await stage.say(LAI_CHAU, SAID)
    got = await stage.say(LAI_CHAU, "mai 20h live bán rau cải mèo")
    assert "A1 Rau cải mèo" in got["text"]
    assert "Sâm đất" not in got["text"]


async def test_stock_beside_the_card_is_still_stock(stage: Stage) -> None:
    await stage.say(LAI_CHAU, SAID)
    assert (await stage.say(LAI_CHAU, "sâm đất còn 30kg"))["id"] == "stock-set"
    assert await all_lives(stage) == ()


async def test_zero_under_the_card_leads_away_from_it(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "hẹn live", "1")
    assert (await stage.say(LAI_CHAU, "0"))["id"] == "seller-home"


async def test_hours_that_sold_best_for_her_are_offered(stage: Stage) -> None:
    """After three lives at three in the afternoon that sold, three is among the hours."""
    for day, buyer in ((23, "an"), (24, "binh"), (25, "chi")):
        await stage.play(now=f"2026-11-{day}T14:50")
        live = await plan(stage, "hôm nay 15h live bán sâm đất")
        await stage.play(now=f"2026-11-{day}T15:00")
        await stage.tap(LAI_CHAU, f"lson:{live.id}")
        await stage.say(buyer, "A1 2kg", "1", "đặt hàng")
        await stage.fill_form(buyer, f"09123456{day}")
        await stage.say(buyer, "1")
        code = (await stage.rows("orders"))[-1]["code"]
        await stage.tap(LAI_CHAU, f"so:{code}:confirm")
        await stage.play(now=f"2026-11-{day}T16:00")
        await stage.tap(LAI_CHAU, f"lsend:{live.id}")
    assert len(await stage.rows("orders")) == 3
    got = await stage.say(LAI_CHAU, "hẹn live")
    assert any("15:00" in c["title"] for c in got["choices"])
