"""Owner, sellers and helpers: invited, told what they get, revoked; and people not heard."""

from __future__ import annotations

import re
from pathlib import Path

from bot.shop.born import Born
from bot.shop.roles import EVERY, HELPER, Grant, Right
from bot.usecases import goods, inviting, rights
from tests.conversations.stage import LAI_CHAU, SON_LA, Message, Stage
from tests.conversations.typed import ids

OWNER = "owner"
MINE = "nguoi-ban-lai-chau"


def of(got: list[Message], person: str) -> list[str]:
    return [m["id"] for m in got if m["to"] == person]


async def invited(stage: Stage, by: str, *choices: str) -> tuple[str, str]:
    """The link's token and the code of a new invitation, made by pressing these choices."""
    await stage.say(by, "mời người phụ")
    for choice in choices:
        await stage.tap(by, choice)
    asked = await stage.tap(by, next(i for i in ids(await again(stage, by)) if i[:3] == "my:"))
    assert asked["id"] == "invited"
    token = re.search(r"/s/([A-Za-z0-9_-]+)", asked["text"])
    code = re.search(r"mã (\d{4} \d{4})", asked["text"])
    assert token
    assert code
    return token[1], code[1]


async def again(stage: Stage, person: str) -> Message:
    """The screen of a helper's rights as they are offered first."""
    return await stage.tap(person, f"mq:helper:{MINE}:{int(HELPER)}")


async def helper(stage: Stage, person: str, held: Right) -> None:
    """An account with these rights for Lai Châu, as if it had been invited."""
    now = stage.parts.now()
    given = Grant(f"rehearse:{person}", MINE, "helper", int(held), f"rehearse:{LAI_CHAU}", now)
    await stage.parts.ledger.put(lambda b: rights.seat(b, given, now))


async def test_a_helper_is_shown_what_she_gets_and_the_seller_hears_of_it(stage: Stage) -> None:
    token, _ = await invited(stage, LAI_CHAU)
    shown = await stage.say("sua", f"/start s-{token}")
    assert shown["id"] == "bind-ask-helper"
    assert "sửa kho" in shown["text"]
    assert "sửa giá" not in shown["text"]
    got = await stage.play(person="sua", text="1")
    assert of(got, "sua") == ["bound-helper", "seller-home"]
    assert of(got, LAI_CHAU) == of(got, OWNER) == ["someone-bound-helper"]
    assert (await stage.say("sua", "/kho sâm đất 7"))["id"] == "stock-set"
    assert (await stage.say("sua", "/gia sâm đất 45k"))["id"] == "problem-not-allowed"
    assert (await stage.say("mai", f"/start s-{token}"))["id"] == "problem-link-spent"


async def test_a_code_is_typed_anywhere_and_spends_the_link_too(stage: Stage) -> None:
    token, code = await invited(stage, LAI_CHAU)
    assert (await stage.say("sua", f"mã {code}"))["id"] == "bind-ask-helper"
    await stage.say("sua", "1")
    assert (await stage.say("mai", f"/ma {code}"))["id"] == "code-spent"
    assert (await stage.say("mai", f"/start s-{token}"))["id"] == "problem-link-spent"


async def test_a_code_runs_out_and_cannot_be_guessed(stage: Stage) -> None:
    token, code = await invited(stage, LAI_CHAU)
    for n in range(5):
        assert (await stage.say("ma", f"mã 0000 000{n}"))["id"] == "code-spent"
    assert (await stage.say("ma", f"mã {code}"))["id"] == "problem-too-often"
    await stage.play(now="2026-11-22T09:31+07:00")
    assert (await stage.say("sua", f"/ma {code}"))["id"] == "code-spent"
    assert (await stage.say("sua", f"/start s-{token}"))["id"] == "bind-ask-helper"


async def test_no_button_goes_round_the_count_of_wrong_codes(stage: Stage) -> None:
    _, code = await invited(stage, LAI_CHAU)
    digits = code.replace(" ", "")
    for choice in (f"bind:code {digits}", f"bind:{digits}"):
        assert (await stage.tap("sua", choice))["id"] == "problem-link-spent"
    assert (await stage.say("sua", f"/start s-code {digits}"))["id"] == "problem-link-spent"


async def test_digits_alone_are_a_phone_and_not_a_code(stage: Stage) -> None:
    await stage.tap("an", "q:sam-dat")
    await stage.say("an", "2kg", "đặt hàng")
    await stage.tap("an", "agree:order")
    assert (await stage.say("an", "12345678"))["id"].startswith("phone-")
    assert (await stage.say("an", "0912345678"))["id"] != "code-ask-number"
    assert (await stage.say("an", "/ma"))["id"] == "code-ask-number"
    assert (await stage.say("an", "123"))["id"] == "code-unclear-number"
    assert (await stage.say("an", "giỏ"))["id"] == "cart"


async def test_a_second_tap_shows_the_same_invitation(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "mời người phụ")
    make = next(i for i in ids(await again(stage, LAI_CHAU)) if i.startswith("my:"))
    first, second = await stage.tap(LAI_CHAU, make), await stage.tap(LAI_CHAU, make)
    assert first["text"] == second["text"]
    assert len(await stage.parts.records.rows("links")) == 2


async def test_rights_are_turned_over_by_buttons_and_never_beyond_ones_own(stage: Stage) -> None:
    await helper(stage, "sua", HELPER | Right.PEOPLE)
    shown = await stage.tap("sua", f"mq:helper:{MINE}:{int(HELPER | Right.MONEY)}")
    assert "sửa kho" in shown["text"]
    assert "ghi tiền" not in shown["text"]
    titles = [c["title"] for c in shown["choices"]]
    assert not any("ghi tiền" in t for t in titles)
    less = await stage.tap("sua", next(i for i in ids(shown) if i.endswith(":0")))
    assert "sửa kho" not in less["text"]
    assert (await stage.say("sua", "mời người phụ"))["choices"][0]["id"].startswith("mq:helper:")
    assert "mq:seller" not in str((await stage.say("sua", "mời người phụ"))["choices"])
    forged = await stage.tap("sua", f"mq:seller:{MINE}:1023")
    make = next(i for i in ids(forged) if i.startswith("my:"))
    assert (await stage.tap("sua", make))["id"] == "problem-gives-too-much"
    other = await stage.tap("sua", "mq:helper:nguoi-ban-son-la:77")
    assert not [i for i in ids(other) if i.startswith("my:")]


async def test_a_seller_with_a_new_phone_and_the_old_one_taken_back(stage: Stage) -> None:
    token, _ = await invited(stage, OWNER, f"moi:{MINE}", f"mq:seller:{MINE}:1023")
    assert token
    shown = await stage.tap(OWNER, f"mq:seller:{MINE}:1023")
    made = await stage.tap(OWNER, next(i for i in ids(shown) if i.startswith("my:")))
    new = re.search(r"/s/(\w+)", made["text"])
    assert new
    await stage.say("may-moi", f"/start s-{new[1]}")
    got = await stage.play(person="may-moi", text="1")
    assert of(got, "may-moi")[0] == "bound-seller"
    [letter] = [m for m in got if m["to"] == LAI_CHAU]
    await stage.tap("may-moi", "nguoi")
    listed = await stage.tap("may-moi", "nguoi")
    old = ids(listed)[0]
    assert (await stage.tap("may-moi", old.replace("acc:", "accx:")))["id"] == "revoke-ask"
    assert (await stage.say("may-moi", "1"))["id"] == "revoked"
    gone = await stage.tap(LAI_CHAU, ids(letter)[1])
    assert gone["id"] == "problem-not-seller"


async def test_not_ours_takes_the_rights_back_from_the_letter(stage: Stage) -> None:
    token, _ = await invited(stage, LAI_CHAU)
    await stage.say("sua", f"/start s-{token}")
    got = await stage.play(person="sua", text="1")
    [letter] = [m for m in got if m["to"] == LAI_CHAU]
    ask = await stage.tap(LAI_CHAU, next(i for i in ids(letter) if i.startswith("accx:")))
    assert (await stage.tap(LAI_CHAU, ids(ask)[0]))["id"] == "revoked"
    assert (await stage.tap(LAI_CHAU, ids(ask)[0]))["id"] == "account-gone"
    told = await stage.play(person="sua", text="/kho sâm đất 3")
    assert of(told, "sua") == ["rights-gone", "problem-not-seller"]
    assert of(await stage.play(person="sua", text="chào"), "sua") == ["home"]


async def test_the_revoked_hear_it_once_and_are_customers_again(stage: Stage) -> None:
    await helper(stage, "sua", HELPER)
    await stage.say("sua", "kho")
    await stage.tap("sua", "kp:sam-dat")
    by = await stage.parts.records.person(f"rehearse:{LAI_CHAU}")
    now = stage.parts.now()
    await stage.parts.ledger.put(lambda b: rights.revoke(b, "rehearse:sua", MINE, by, now))
    got = await stage.play(person="sua", text="giỏ")
    assert of(got, "sua") == ["rights-gone", "cart-empty"]
    assert "rights-gone" not in of(await stage.play(person="sua", text="chợ"), "sua")


async def test_an_account_is_called_by_a_name(stage: Stage) -> None:
    await helper(stage, "sua", HELPER)
    listed = await stage.say(LAI_CHAU, "người giúp")
    shown = await stage.tap(LAI_CHAU, ids(listed)[1])
    assert shown["id"] == "account-other"
    assert "sửa kho" in shown["text"]
    await stage.tap(LAI_CHAU, next(i for i in ids(shown) if i.startswith("accn:")))
    assert (await stage.say(LAI_CHAU, "em Súa"))["id"] == "account-called"
    assert "em Súa: người giúp" in (await stage.say(LAI_CHAU, "người giúp"))["text"]
    assert (await stage.say("sua", "/kho sâm đất 4"))["id"] == "stock-set"


async def test_an_owner_acts_for_a_seller_and_keeps_her_cart(stage: Stage) -> None:
    await stage.tap(OWNER, "q:sam-dat")
    await stage.say(OWNER, "2kg")
    assert (await stage.say(OWNER, "kho"))["id"] == "act-for-first"
    got = await stage.play(person=OWNER, tap=f"af:{MINE}")
    assert of(got, OWNER) == ["acts-for", "seller-home"]
    assert (await stage.say(OWNER, "/kho sâm đất 9"))["id"] == "stock-set"
    assert of(await stage.play(person=OWNER, text="thôi bán thay"), OWNER) == [
        "acts-for-nobody",
        "owner-home",
    ]
    assert "sâm đất" in (await stage.say(OWNER, "giỏ"))["text"].lower()
    changes = await stage.parts.records.rows("changes")
    assert [c["who"] for c in changes if c["kind"] == "stock"] == [f"rehearse:{OWNER}"]


async def test_nobody_acts_for_whom_she_holds_nothing_for(stage: Stage) -> None:
    await helper(stage, "sua", HELPER)
    assert (await stage.tap("sua", "af:nguoi-ban-son-la"))["id"] == "problem-not-seller"
    assert ids(await stage.say("sua", "bán thay"))[0] == f"af:{MINE}"
    assert (await stage.say("an", "bán thay"))["id"] == "problem-not-seller"
    assert (await stage.say(LAI_CHAU, "chủ chợ"))["id"] == "problem-not-seller"


async def test_goods_of_a_new_seller_wait_on_the_owners_door(stage: Stage) -> None:
    door = await stage.say(OWNER, "chủ chợ")
    assert "ok" not in ids(door)
    assert ids(door)[:3] == ["nguoi", "af", "bank"]
    by = await stage.parts.records.person(f"rehearse:{LAI_CHAU}")
    new = Born(
        "x", MINE, "Măng khô", "do-kho", "g", "kg", (), (500, 500, 1000, 90_000), 5000, by.id, 0
    )
    now = stage.parts.now()
    await stage.parts.ledger.put(lambda b: goods.add(b, new, True, by, now, "c1"))
    await stage.say("an", "chào")
    door = await stage.say(OWNER, "chủ chợ")
    assert ids(door)[0] == "ok"
    shown = await stage.say(OWNER, "1", "1")
    assert shown["id"] == "goods-to-approve"
    assert "Măng khô" in shown["text"]
    assert (await stage.say(OWNER, "1"))["id"] == "goods-is-approved"
    assert "ok" not in ids(await stage.say(OWNER, "chủ chợ"))
    assert (await stage.tap(LAI_CHAU, "ok"))["id"] == "problem-not-seller"


async def test_the_terminals_link_makes_an_owner(stage: Stage) -> None:
    token = stage.parts.shop.ids.token()
    hashed, until = stage.parts.hashed(token), stage.parts.now() + 60
    await stage.parts.ledger.put(lambda b: inviting.make_owner_link(b, hashed, until))
    assert (await stage.say("pao", f"/start s-{token}"))["id"] == "bind-ask-owner"
    got = await stage.play(person="pao", text="1")
    assert of(got, "pao") == ["bound-owner", "owner-home"]
    assert of(got, OWNER) == ["someone-bound-owner"]


async def test_the_last_owner_stays(stage: Stage) -> None:
    listed = await stage.say(OWNER, "người giúp")
    mine = ids(listed)[0].replace("acc:", "accx:")
    assert (await stage.tap(OWNER, f"{mine}:yes"))["id"] == "problem-last-owner"
    await stage.say(OWNER, "xoá dữ liệu")
    assert (await stage.tap(OWNER, "erase:yes"))["id"] == "problem-last-owner"
    assert (await stage.say(OWNER, "chủ chợ"))["id"] == "owner-home"


async def talk(stage: Stage, person: str, words: str) -> list[Message]:
    await stage.tap(person, f"tk:{MINE}")
    return await stage.play(person=person, text=words)


async def test_a_seller_blocks_whom_she_talks_to_and_hears_no_more(stage: Stage) -> None:
    [letter] = [m for m in await talk(stage, "xau", "này em ơi") if m["to"] == LAI_CHAU]
    await stage.tap(LAI_CHAU, ids(letter)[0])
    got = await stage.play(person=LAI_CHAU, text="chặn người này đi em")
    assert of(got, LAI_CHAU) == ["block-ask"]
    assert of(got, "xau") == []
    assert (await stage.say(LAI_CHAU, "1"))["id"] == "block-done"
    assert (await stage.say(LAI_CHAU, "bỏ chặn"))["id"] == "unblocked"
    await stage.tap(LAI_CHAU, ids(letter)[0])
    await stage.say(LAI_CHAU, "chặn", "1")
    for said in (await talk(stage, "xau", "sao không trả lời"), await bargained(stage, "xau")):
        assert of(said, "xau") == ["problem-blocked"]
        assert of(said, LAI_CHAU) == []
    await stage.tap("xau", f"tk:{SON_LA.partition(':')[2]}")
    assert SON_LA in [m["to"] for m in await stage.play(person="xau", text="chào chị")]


async def bargained(stage: Stage, person: str) -> list[Message]:
    await stage.say(person, "sâm đất 3kg 30k một cân bán không")
    return await stage.play(person=person, tap="ws:sam-dat:3000:30000:1000")


async def test_a_blocked_person_orders_nothing_and_can_be_let_in_again(stage: Stage) -> None:
    code = await stage.buy("xau", "sam-dat", "2kg")
    await stage.tap(LAI_CHAU, f"so:{code}")
    assert (await stage.say(LAI_CHAU, "chặn"))["id"] == "block-ask"
    done = await stage.say(LAI_CHAU, "1")
    assert (await stage.tap(LAI_CHAU, f"bl:{code}:yes"))["id"] == "block-done"
    assert len(await stage.parts.records.rows("blocks")) == 1
    await stage.tap("xau", "q:sam-dat")
    await stage.say("xau", "1kg")
    summary = await stage.say("xau", "đặt hàng", "1")
    yes = next(i for i in ids(summary) if i.endswith(":yes"))
    got = await stage.play(person="xau", tap=yes)
    assert of(got, "xau") == ["problem-blocked"]
    assert of(got, LAI_CHAU) == []
    listed = await stage.say(LAI_CHAU, "danh sách chặn")
    assert "Sùng Thị Mỷ" in listed["text"]
    assert ids(done)[0] == ids(listed)[0]
    assert (await stage.say(LAI_CHAU, "1"))["id"] == "unblocked"
    assert (await stage.tap(LAI_CHAU, ids(listed)[0]))["id"] == "unblocked-before"
    assert LAI_CHAU in [m["to"] for m in await talk(stage, "xau", "xin lỗi chị")]


async def test_the_owner_blocks_for_the_whole_shop(stage: Stage) -> None:
    code = await stage.buy("xau", "sam-dat", "2kg")
    await stage.tap(OWNER, f"af:{MINE}")
    assert f"bl:{code}:all" in ids(await stage.tap(OWNER, f"bl:{code}"))
    await stage.tap(OWNER, f"bl:{code}:all")
    assert [b["seller"] for b in await stage.parts.records.rows("blocks")] == [EVERY]
    await stage.tap("xau", f"tk:{SON_LA.partition(':')[2]}")
    got = await stage.play(person="xau", text="chào chị")
    assert of(got, "xau") == ["problem-blocked"]
    assert (await stage.tap(LAI_CHAU, f"bl:{code}:all"))["id"] == "problem-not-seller"
    await stage.say(OWNER, "chủ chợ")
    assert (await stage.say(OWNER, "bỏ chặn"))["id"] == "blocked-list"


async def test_another_sellers_customer_cannot_be_blocked(stage: Stage) -> None:
    code = await stage.buy("an", "sam-dat", "2kg")
    assert (await stage.tap(SON_LA, f"bl:{code}:yes"))["id"] == "problem-not-your-order"
    assert (await stage.say(SON_LA, "chặn"))["id"] == "block-whom"
    assert await stage.parts.records.rows("blocks") == []


async def test_every_change_of_an_account_has_an_author_and_a_time(
    stage: Stage, tmp_path: Path
) -> None:
    token, _ = await invited(stage, LAI_CHAU)
    await stage.say("sua", f"/start s-{token}")
    await stage.say("sua", "1")
    by = await stage.parts.records.person(f"rehearse:{LAI_CHAU}")
    now = stage.parts.now()
    await stage.parts.ledger.put(lambda b: rights.revoke(b, "rehearse:sua", MINE, by, now))
    told = [c for c in await stage.parts.records.rows("changes") if c["subject"].endswith(":sua")]
    assert [(c["kind"], c["who"], c["at"]) for c in told] == [
        ("grant", f"rehearse:{LAI_CHAU}", now),
        ("revoke", f"rehearse:{LAI_CHAU}", now),
    ]
