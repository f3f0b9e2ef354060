"""Comments are pasted, doubts solved, orders made for guests, and the live is over."""

from __future__ import annotations

from bot.shop.live import Live
from tests.conversations.stage import LAI_CHAU, Message, Stage
from tests.conversations.test_seller_lives import ids, pick
from tests.conversations.test_seller_lives_on_air import claims, on_air

BLOCK = """Nguyễn Lan: A1 2kg
Trần Hoa: chốt A2
Minh: còn hàng không chị?
Thu: a 1 kg
Vy: B7 x2"""


# pasted comments


async def pasted(stage: Stage) -> tuple[Live, Message]:
    live = await on_air(stage)
    await stage.say(LAI_CHAU, "dán bình luận")
    return live, await stage.say(LAI_CHAU, BLOCK)


async def test_a_block_is_booked_and_doubts_are_listed(stage: Stage) -> None:
    live, got = await pasted(stage)
    assert got["id"] == "live-pasted"
    assert got["text"].startswith("✓ 2 mã chốt, 1 câu hỏi, 2 câu chưa rõ.")
    assert [c.name for c in await claims(stage, live)] == ["Nguyễn Lan", "Trần Hoa"]
    again = await stage.say(LAI_CHAU, BLOCK)
    assert again["id"] == "live-pasted-again"
    assert len(await claims(stage, live)) == 2


async def test_a_long_block_is_read_and_a_long_sentence_is_not(stage: Stage) -> None:
    live = await on_air(stage)
    await stage.say(LAI_CHAU, "dán bình luận")
    block = "\n".join(f"Khách {n} nhà ở xa: A1 {1 + n % 3}kg nhé chị" for n in range(60))
    block += "\n" + "\n".join(
        f"Bạn {n}: hay quá chị ơi, chúc chị live đông khách" for n in range(20)
    )
    assert len(block) > 2000
    got = await stage.say(LAI_CHAU, block)
    assert got["id"] == "live-pasted"
    assert len(await claims(stage, live)) == 60
    await stage.tap(LAI_CHAU, f"live:{live.id}")
    assert (await stage.say(LAI_CHAU, block))["id"] == "too-long"


async def test_a_doubt_is_solved_by_digits(stage: Stage) -> None:
    live, _ = await pasted(stage)
    got = await stage.say(LAI_CHAU, "1")
    assert "Thu: “a 1 kg”" in got["text"]
    got = await stage.say(LAI_CHAU, "1")
    assert got["id"] == "live-means-number"
    got = await stage.say(LAI_CHAU, "2")
    assert got["id"] == "live-meant"
    last = (await claims(stage, live))[-1]
    assert (last.name, last.code, last.amount) == ("Thu", "A1", 2_000)
    got = await stage.tap(LAI_CHAU, f"ld:{live.id}")
    assert got["text"].startswith("💬 2 bình luận"), "a question and a doubt are left"


async def test_a_doubt_is_solved_by_words_and_a_double_tap_is_one_claim(stage: Stage) -> None:
    live, got = await pasted(stage)
    doubt = [c for c in ids(got) if c.startswith("ld:")][1]
    await stage.tap(LAI_CHAU, doubt)
    assert (await stage.say(LAI_CHAU, "gì đó"))["id"] == "live-means-again"
    got = await stage.say(LAI_CHAU, "A2 x2")
    assert got["id"] == "live-meant"
    assert len(await claims(stage, live)) == 3
    mark = doubt.rpartition(":")[2]
    for _ in range(2):
        got = await stage.tap(LAI_CHAU, f"ldc:{live.id}:{mark}:A2:2")
        assert got["id"] == "live-comment-done"
    assert len(await claims(stage, live)) == 3


async def test_a_doubt_is_put_aside(stage: Stage) -> None:
    live, got = await pasted(stage)
    doubt = pick(got, "ld:").replace("ld:", "ldx:", 1)
    for _ in range(2):
        await stage.tap(LAI_CHAU, doubt)
    open_ = await stage.parts.records.read(lambda b: b.open_comments(live.id))
    assert len(open_) == 2
    assert len(await claims(stage, live)) == 2


async def test_texts_to_copy_have_each_its_own_link(stage: Stage) -> None:
    stage.parts.public_url = "https://cho.example"
    live, _ = await pasted(stage)
    got = await stage.tap(LAI_CHAU, f"lct:{live.id}")
    rows = got["text"].split("\n")[1:]
    assert [r.split(":")[0] for r in rows] == ["Nguyễn Lan", "Trần Hoa"]
    assert len({r.rpartition("/")[2] for r in rows}) == 2


# an order for a guest


async def test_an_order_for_a_guest_in_one_sentence(stage: Stage) -> None:
    live, _ = await pasted(stage)
    lan = (await claims(stage, live))[0]
    await stage.tap(LAI_CHAU, f"lo:{lan.id}")
    got = await stage.say(LAI_CHAU, "0912 345 678, Nguyễn Thị Lan, 12 Láng Hạ, Hà Nội")
    assert got["id"] == "live-order-sure"
    assert "Nguyễn Thị Lan, 0912345678, 12 Láng Hạ, Hà Nội (Hà Nội)" in got["text"]
    yes = pick(got, "loy:")
    for _ in range(2):
        got_ = await stage.play(person=LAI_CHAU, tap=yes)
        assert got_[0]["id"] == "live-order-placed"
    (row,) = await stage.rows("orders")
    order = await stage.parts.records.order(row["code"])
    assert order is not None
    assert order.person == lan.person, "it stays the guest's"
    assert (order.receiver.phone, order.receiver.province) == ("0912345678", 1)
    assert (await claims(stage, live))[0].state == "ordered"


async def test_an_order_step_by_step_with_bad_answers(stage: Stage) -> None:
    live, _ = await pasted(stage)
    lan = (await claims(stage, live))[0]
    assert (await stage.tap(LAI_CHAU, f"lo:{lan.id}"))["id"] == "live-order-phone"
    assert (await stage.say(LAI_CHAU, "không biết"))["id"] == "live-order-phone"
    assert (await stage.say(LAI_CHAU, "12345"))["id"] == "live-order-phone"
    assert (await stage.say(LAI_CHAU, "0912345678"))["id"] == "live-order-address"
    assert (await stage.say(LAI_CHAU, "ừ"))["id"] == "live-order-address"
    assert (await stage.say(LAI_CHAU, "bản Nà Luồng xã Nà Tăm"))["id"] == "live-order-province"
    assert (await stage.say(LAI_CHAU, "Lai Châu"))["id"] == "live-order-sure"


async def test_an_order_whose_address_is_asked_by_phone_later(stage: Stage) -> None:
    live, _ = await pasted(stage)
    lan = (await claims(stage, live))[0]
    await stage.tap(LAI_CHAU, f"lo:{lan.id}")
    await stage.say(LAI_CHAU, "0912345678")
    got = await stage.say(LAI_CHAU, "1")
    assert got["id"] == "live-order-sure"
    await stage.say(LAI_CHAU, "1")
    (row,) = await stage.rows("orders")
    order = await stage.parts.records.order(row["code"])
    assert order is not None
    assert order.needs_call


async def test_a_helpers_order_leaves_the_claimants_own_address_alone(stage: Stage) -> None:
    code = await stage.buy("an", "sam-dat", "1kg")
    live = await on_air(stage)
    await stage.say("an", "A1 2kg")
    (claim,) = await claims(stage, live)
    await stage.tap(LAI_CHAU, f"lo:{claim.id}")
    await stage.say(LAI_CHAU, "0987654321, Lò Văn Pành, 5 Trần Phú, Sơn La")
    await stage.say(LAI_CHAU, "1")
    first = await stage.parts.records.order(code)
    assert first is not None
    person = await stage.parts.records.person(first.person)
    assert person.receiver is not None
    assert person.receiver.phone == "0912345678"


# after it


async def test_what_is_left_to_do_after_a_live(stage: Stage) -> None:
    live, _ = await pasted(stage)
    await stage.say("an", "A1 2kg")
    got = await stage.play(person=LAI_CHAU, text="xong live")
    mine = [m for m in got if m["to"] == LAI_CHAU]
    assert [m["id"] for m in mine] == ["live-ended", "live-summary", "live-after"]
    assert "3 mã khách chưa trả lời" in mine[-1]["text"]
    assert "2 khách chỉ bình luận" in mine[-1]["text"]
    assert "3 bình luận chưa trả lời" in mine[-1]["text"]
    assert {f"cl:{live.id}", f"ld:{live.id}", f"llog:{live.id}"} <= set(ids(mine[-1]))
    late = await stage.tap(LAI_CHAU, f"dan:{live.id}")
    assert late["id"] == "live-paste-ask", "comments are typed in after it, too"


async def test_the_log_is_a_file_that_names_nobody(stage: Stage) -> None:
    live, _ = await pasted(stage)
    got = await stage.tap(LAI_CHAU, f"llog:{live.id}")
    assert got["id"] in ("live-log-file", "report-file-nowhere")
