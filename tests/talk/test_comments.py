"""Comments of a platform through the whole shop: who made them, what they claim, what is left to a
helper.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.commands.rehearse import CHANNEL
from bot.shop.claim import OPEN_CLAIMS, Claim
from bot.shop.comments import Posted, Taken, author_key, platform_of
from bot.shop.live_problems import LiveOver, NoSuchLive
from bot.shop.people import Person
from bot.shop.problems import NotAllowed, NotSeller
from bot.shop.roles import Grant, Right
from bot.talk.comments import CommentDesk
from bot.usecases import claims, lives
from tests.conversations.stage import Stage, open_stage
from tests.live_shop import HOST, KILOS, LIVE, SELLER_ID, OnAir, begin, by_kilo

MIXED = (
    ("Mỷ", "A1", {"A1": 1}), ("Páo", "chốt A1 x2", {"A1": 2}),
    ("Hoa", "A1 còn không ạ", "question"),
    ("Dở", "lấy a2 2kg 0912 345 678", {"A2": 2}), ("Sùng", "chào cả nhà", "other"),
    ("Lan", "A1 A2", {"A1": 1, "A2": 1}), ("Mai", "A9", "doubt"),
    ("Cúc", "cho chị 3kg A3", {"A3": 3}),
    ("Tám", "ship Hà Nội bao nhiêu", "question"), ("Bé", "hihi", "other"),
    ("Năm", "chot A2", {"A2": 1}), ("Sáu", "mọi người chốt A1 đi ạ", "doubt"),
    ("Bảy", "a3x2", {"A3": 2}), ("Chín", "đẹp quá chị ơi", "other"), ("Mười", "A1 ++", "doubt"),
    ("Na", "em lấy A3 nhé", {"A3": 1}), ("Vàng", "mấy giờ tắt live ạ?", "question"),
    ("Giàng", "A2", {"A2": 1}), ("Giàng", "A2 thôi", {"A2": 0}), ("Lò", "a1 hai cân", {"A1": 2}),
)  # fmt: skip
"""What was said, and what it should come to: kilos in all by code, or its kind."""


HOUSES = ("Sùng", "Vàng", "Lò")


@dataclass
class Evening:
    stage: Stage
    air: OnAir
    desk: CommentDesk

    async def take(self, author: str, text: str, id_: str = "", by: Person = HOST) -> Taken:
        posted = Posted("facebook", author, text, 0, id_)
        (taken,) = await self.desk.take(LIVE, [posted], by)
        return taken

    async def claims(self) -> tuple[Claim, ...]:
        return await self.stage.parts.records.read(lambda b: b.claims_in(LIVE))

    async def kilos(self, name: str) -> dict[str, int]:
        """What a name holds, by code."""
        mine = [c for c in await self.claims() if c.name == name and c.state in OPEN_CLAIMS]
        codes = {c.code for c in mine}
        return {x: sum(c.amount for c in mine if c.code == x) // 1000 for x in codes}

    async def open(self) -> list[tuple[str, str, str]]:
        found = await self.stage.parts.records.read(lambda b: b.open_comments(LIVE))
        return sorted((c.name, c.kind, c.why) for c in found)

    async def rows(self, table: str) -> list[dict[str, object]]:
        return await self.stage.parts.records.rows(table)


@pytest.fixture
async def evening(tmp_path: Path) -> AsyncIterator[Evening]:
    async with open_stage(tmp_path / "var") as stage:
        air = await begin(stage.parts, by_kilo(stage.parts)[:3])
        yield Evening(stage, air, CommentDesk(stage.parts.shop))


async def test_a_block_of_sixty_mixed_comments(evening: Evening) -> None:
    """Three rounds of twenty; every claim right, every doubt listed, nothing else booked."""
    said = [(f"{of} Thị {name}", text, then) for of in HOUSES for name, text, then in MIXED]
    block = "\n".join(f"{name}: {text}" for name, text, _ in said)
    taken = await evening.desk.paste(LIVE, block, HOST)
    assert [t.posted.text for t in taken] == [text for _, text, _ in said]
    for name, text, then in said:
        kind = "claim" if isinstance(then, dict) else then
        mine = [t for t in taken if t.posted.author == name and t.posted.text == text]
        assert [t.kind for t in mine] == [kind], (text, mine)
        wanted = {c: kg for c, kg in then.items() if kg} if isinstance(then, dict) else {}
        if kind != "claim" or text == "A2":
            continue
        assert await evening.kilos(name) == wanted, text
    doubts = [t.posted.author for t in taken if t.kind == "doubt"]
    listed = [name for name, kind, _ in await evening.open() if kind == "doubt"]
    assert sorted(doubts) == listed
    assert len(listed) == 9
    again = await evening.desk.paste(LIVE, block, HOST)
    assert all(t.again for t in again)
    assert len(await evening.claims()) == 33


async def test_the_same_author_is_the_same_guest(evening: Evening) -> None:
    for author, text in (("Mỷ  Sùng", "A1"), ("mỷ sùng", "A2"), ("Mỷ Sùng", "A3")):
        await evening.take(author, text)
    assert len({c.person for c in await evening.claims()}) == 1
    (guest,) = await evening.rows("guests")
    assert str(guest["id"]).startswith("guest:facebook:")
    assert "sùng" not in str(guest["id"])
    other = replace(HOST)
    posted = Posted("tiktok", "Mỷ Sùng", "A1", 0, "t1")
    await evening.desk.take(LIVE, [posted], other)
    assert len({c.person for c in await evening.claims()}) == 2


async def test_a_phone_number_is_noted_and_joins_nobody(evening: Evening) -> None:
    """Anybody can write anybody's number under a video."""
    stage = evening.stage
    await stage.buy("mỷ", evening.air.products["A1"], "2 kg", phone="0912345678")
    await evening.take("Ai đó", "A2 0912 345 678")
    guest = next(g for g in await evening.rows("guests"))
    assert (guest["phone"], guest["person"]) == ("0912345678", "")
    assert [c.is_guests for c in await evening.claims()] == [True]


async def test_after_she_opened_her_link_her_comments_are_hers(evening: Evening) -> None:
    first = (await evening.take("Mỷ", "A1")).claims[0]
    person, now = f"{CHANNEL}:mỷ", evening.stage.parts.now()
    await evening.stage.parts.ledger.put(lambda b: claims.join(b, first.person, person, now))
    second = (await evening.take("Mỷ", "A2")).claims[0]
    assert second.person == person
    assert {c.person for c in await evening.claims()} == {person}


async def test_a_comment_ends_only_what_comments_claimed(evening: Evening) -> None:
    """Two people may have one name; what was claimed in our own chat is safe from the other."""
    stage = evening.stage
    await stage.say("mỷ", "A1 2kg")
    (mine,) = await evening.claims()
    guest = (await evening.take("Mỷ", "A2")).claims[0].person
    person, now = mine.person, stage.parts.now()
    await stage.parts.ledger.put(lambda b: claims.join(b, guest, person, now))
    taken = await evening.take("Mỷ", "A1-")
    assert (taken.kind, taken.why) == ("doubt", "no-claim")
    assert (await evening.take("Mỷ", "A2-")).kind == "claim"
    states = {c.code: c.state for c in await evening.claims()}
    assert states["A1"] in OPEN_CLAIMS
    assert states["A2"] == "cancelled"


async def test_a_code_she_has_is_asked_about_once(evening: Evening) -> None:
    await evening.take("Mỷ", "A1", "1")
    doubt = await evening.take("Mỷ", "A1", "2")
    assert (doubt.kind, doubt.why, doubt.claims) == ("doubt", "again", ())
    assert (await evening.take("Mỷ", "A1", "3")).kind == "other"
    assert await evening.open() == [("Mỷ", "doubt", "again")]
    assert len(await evening.claims()) == 1
    posted = Posted("facebook", "Mỷ", "A1", 0, "4")
    (sure,) = await evening.desk.take(LIVE, [posted], HOST, sure=True)
    assert [c.number for c in sure.claims] == [2]


async def test_another_amount_and_more(evening: Evening) -> None:
    await evening.take("Mỷ", "A1")
    more = await evening.take("Mỷ", "thêm A1 2kg")
    assert (more.kind, await evening.kilos("Mỷ")) == ("claim", {"A1": 3})
    unclear = await evening.take("Mỷ", "đổi A1 thành 5kg")
    assert unclear.kind == "doubt"
    assert await evening.kilos("Mỷ") == {"A1": 3}


async def test_all_of_a_comment_or_nothing(evening: Evening) -> None:
    """Two codes, and one of them is more than a buyer may have."""
    parts = evening.stage.parts
    now = parts.now()
    await parts.ledger.put(lambda b: lives.change_item(b, LIVE, "A2", HOST, now, per_buyer=2000))
    taken = await evening.take("Mỷ", "A1 x2, A2 x3")
    assert (taken.kind, taken.why) == ("doubt", "too-much-for-one")
    assert await evening.claims() == ()
    assert await evening.open() == [("Mỷ", "doubt", "too-much-for-one")]


async def test_nobody_knows_who_wrote_it(evening: Evening) -> None:
    taken = await evening.desk.paste(LIVE, "A1 x2\nA2 0987654321", HOST)
    assert [(t.kind, t.why) for t in taken] == [("doubt", "no-author"), ("claim", "")]
    assert [c.name for c in await evening.claims()] == ["…321"]


async def test_small_talk_is_not_kept(evening: Evening) -> None:
    await evening.take("Mỷ", "chúc chị bán đắt hàng")
    (row,) = await evening.rows("comments")
    assert (row["kind"], row["text"], row["name"], row["guest"]) == ("other", "", "", "")
    assert await evening.rows("guests") == []


async def test_what_was_said_is_forgotten_after_a_month_and_who_after_three(
    evening: Evening,
) -> None:
    await evening.take("Mỷ", "A1 0912345678")
    await evening.take("Páo", "A2 còn không")
    stage = evening.stage
    await stage.play(now="2026-12-22T08:00+07:00")
    assert [c.name for c in await evening.claims()] == ["Mỷ"]
    assert len(await evening.rows("comments")) == 2
    await stage.play(now="2026-12-22T10:00+07:00")
    assert [(c.name, c.state) for c in await evening.claims()] == [("", "expired")]
    assert await evening.rows("comments") == []
    assert len(await evening.rows("guests")) == 2
    await stage.play(now="2027-02-20T10:00+07:00")
    assert await evening.rows("guests") == []


async def test_who_is_forgotten_is_no_guest_any_more(evening: Evening) -> None:
    first = (await evening.take("Mỷ", "A1")).claims[0]
    parts = evening.stage.parts
    await evening.take("Mỷ", "A1-")
    await evening.take("Mỷ", "A2")
    await evening.stage.say("mỷ", "chào")
    person, now = f"{CHANNEL}:mỷ", parts.now()
    await parts.ledger.put(lambda b: claims.join(b, first.person, person, now))
    await parts.ledger.put(lambda b: b.erase(person))
    assert {c.name for c in await evening.claims()} == {""}
    assert await evening.rows("guests") == []
    assert {(r["text"], r["name"]) for r in await evening.rows("comments")} == {("", "")}


async def test_who_may(evening: Evening) -> None:
    stranger = Person("t:x")
    helper = Person("t:h", grants=(Grant("t:h", SELLER_ID, "helper", int(Right.STOCK), "s", 0),))
    with pytest.raises(NotSeller):
        await evening.take("Mỷ", "A1", by=stranger)
    with pytest.raises(NotAllowed):
        await evening.take("Mỷ", "A1", by=helper)
    with pytest.raises(NoSuchLive):
        await evening.desk.take("nothing", [Posted("facebook", "Mỷ", "A1")], HOST)
    parts = evening.stage.parts
    now = parts.now()
    await parts.ledger.put(lambda b: lives.end(b, LIVE, HOST, now))
    await evening.take("Mỷ", "A1")
    await evening.stage.play(now="2026-11-22T11:00:01+07:00")
    with pytest.raises(LiveOver):
        await evening.take("Páo", "A1")
    assert [c.name for c in await evening.claims()] == ["Mỷ"]


async def test_comments_that_come_together_keep_their_order(evening: Evening) -> None:
    """The last kilo goes to who wrote first."""
    many = [Posted("facebook", f"N{n:03d}", "A1 x2", 0, str(n)) for n in range(200)]
    taken = await evening.desk.take(LIVE, many, HOST)
    numbers = [t.claims[0].number for t in taken]
    assert numbers == list(range(1, 201))
    held = [t.claims[0].state for t in taken]
    assert held == ["held"] * (KILOS // 2) + ["queued"] * (200 - KILOS // 2)
    assert taken[KILOS // 2].place_of(taken[KILOS // 2].claims[0].id) == 1


def test_where_a_live_is_shown() -> None:
    assert platform_of("https://www.facebook.com/x/videos/1") == "facebook"
    assert platform_of("https://m.tiktok.com/@x/live") == "tiktok"
    assert platform_of("https://notfacebook.com/x") == "live"
    assert platform_of("") == "live"
    assert author_key("facebook", "Mỷ  Sùng") == author_key("facebook", "mỷ sùng ")
