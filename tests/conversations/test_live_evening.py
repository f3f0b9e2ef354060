"""One evening of a live, played from the plan to the summary by a seller and thirty people."""

from __future__ import annotations

from collections import Counter

from tests.conversations.stage import LAI_CHAU, Message, Stage

PEOPLE = [f"khách{n:02}" for n in range(1, 31)]
DAY, NEXT = "2026-11-22T", "2026-11-23T"


def ids(message: Message) -> list[str]:
    return [c["id"] for c in message["choices"]]


def choice(message: Message, begins: str) -> str:
    return next(i for i in ids(message) if i.startswith(begins))


async def at(stage: Stage, moment: str) -> list[Message]:
    """The clock stands at this moment; everything that goes out because of it."""
    return await stage.play(now=f"{moment}+07:00")


def told(messages: list[Message], id_: str) -> list[str]:
    return sorted(m["to"] for m in messages if m["id"] == id_)


async def claims(stage: Stage) -> Counter[str]:
    """How many claims stand in which state."""
    rows = await stage.parts.records.rows("claims")
    return Counter(row["state"] for row in rows)


async def test_an_evening(stage: Stage) -> None:
    # the day before: stock, plan, followers
    await at(stage, f"{DAY}17:00")
    await stage.say(LAI_CHAU, "sâm đất còn 40kg")
    plan = await stage.say(LAI_CHAU, "mai 20h live bán sâm đất và thịt gác bếp")
    assert plan["id"] == "live-plan"
    planned = await stage.tap(LAI_CHAU, choice(plan, "lvok:"))
    assert planned["id"] == "live-planned"
    card = choice(planned, "live:")
    live = card.removeprefix("live:")
    for person in PEOPLE:
        shown = await stage.tap(person, card)
        followed = await stage.tap(person, choice(shown, "fo:"))
        assert followed["id"] == "follow-noted-live", followed
    assert (await stage.say(PEOPLE[-1], "dừng"))["id"] == "reminders-stopped"
    going = PEOPLE[:-1]

    # three reminders, each once, at their hours
    assert told(await at(stage, f"{DAY}18:59"), "live-reminder-evening") == []
    assert told(await at(stage, f"{DAY}19:00"), "live-reminder-evening") == going
    assert told(await at(stage, f"{DAY}19:30"), "live-reminder-evening") == []
    soon = await at(stage, f"{NEXT}19:45")
    assert told(soon, "live-reminder-soon") == going
    await at(stage, f"{NEXT}20:00")
    began = await stage.say(LAI_CHAU, "lên sóng")
    assert live in " ".join(ids(began)), began
    air = await at(stage, f"{NEXT}20:01")
    assert told(air, "live-reminder-air") == going

    # thirty people claim two kilos each of forty; nothing is sold twice
    answers = [await stage.say(person, "chốt A1 2kg") for person in PEOPLE]
    assert Counter(a["id"] for a in answers) == {"claim-held": 20, "claim-queued": 10}
    assert (await stage.stock("sam-dat"))["free"] == 0
    again = await stage.say(PEOPLE[0], "A1 2kg")
    assert again["id"] == "claim-known"
    assert sum((await claims(stage)).values()) == 30

    # half of those who hold say yes; one gives up, and the first in the queue is served
    for person in PEOPLE[:10]:
        got = await stage.tap(person, choice(answers[PEOPLE.index(person)], "cy:"))
        assert got["id"] == "claim-confirmed", got
    gave_up = await stage.play(person=PEOPLE[10], text="A1 thôi")
    assert told(gave_up, "claim-your-turn") == [PEOPLE[20]]
    turn = next(m for m in gave_up if m["id"] == "claim-your-turn")
    passed = await stage.play(person=PEOPLE[20], tap=choice(turn, "cp:"))
    assert told(passed, "claim-your-turn") == [PEOPLE[21]]
    turn = next(m for m in passed if m["id"] == "claim-your-turn")
    taken = await stage.play(person=PEOPLE[21], tap=choice(turn, "cy:"))
    assert told(taken, "claim-confirmed") == [PEOPLE[21]]

    # a warning ten minutes before, then the unconfirmed holds end and the queue moves on
    warned = await at(stage, f"{NEXT}20:22")
    assert told(warned, "claim-ends-soon") == PEOPLE[11:20]
    expired = await at(stage, f"{NEXT}20:32")
    assert told(expired, "claim-expired") == PEOPLE[11:20]
    assert told(expired, "claim-your-turn") == PEOPLE[22:]
    assert await claims(stage) == {
        "confirmed": 11, "offered": 8, "expired": 9, "cancelled": 1, "passed": 1,
    }  # fmt: skip
    nobody = await at(stage, f"{NEXT}20:48")
    assert told(nobody, "claim-expired") == PEOPLE[22:]

    # orders of those who said yes; the claim's hold becomes the order's
    for n, person in enumerate(PEOPLE[:3]):
        await stage.tap(person, "co")
        await stage.fill_form(person, f"09123456{n:02}")
        assert (await stage.say(person, "1"))["id"] == "placed"
    orders = await stage.rows("orders")
    assert [o["state"] for o in orders] == ["placed"] * 3
    stock = await stage.stock("sam-dat")
    assert (stock["held"], stock["free"]) == (22_000, 18_000)

    # the end, and what it brought
    ended = await stage.play(person=LAI_CHAU, text="xong live")
    summary = next(m for m in ended if m["id"] == "live-summary")
    assert summary["picture"]
    assert "30" in summary["text"]
    rows = await stage.parts.records.rows("live_notes")
    kinds = Counter(row["kind"] for row in rows)
    assert kinds["claimed"] == 20
    assert kinds["queued"] == 10
    assert kinds["confirmed"] == 11
    assert kinds["expired"] == 17
    assert kinds["ordered"] == 3
