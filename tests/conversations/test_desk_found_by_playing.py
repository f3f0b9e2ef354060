"""What playing the packing desk, the owner and her helpers, reports and lives brought to light."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.shop.roles import EVERY, HELPER, Grant
from bot.usecases import rights
from tests.conversations.stage import LAI_CHAU, SON_LA, Message, Stage
from tests.conversations.test_packing import accepted, another, got, sends, shot
from tests.conversations.typed import ids

__all__ = ["shot"]
OWNER, MINE = "owner", "nguoi-ban-lai-chau"


async def two(stage: Stage) -> tuple[str, str]:
    return await accepted(stage), await accepted(stage, "binh", "0987654321")


async def helper(stage: Stage, person: str, *sellers: str) -> None:
    for seller in sellers:
        now = stage.parts.now()
        given = Grant(f"rehearse:{person}", seller, "helper", int(HELPER), "shop", now)
        await stage.parts.ledger.put(lambda b, given=given, now=now: rights.seat(b, given, now))


def titles(message: Message) -> str:
    return " ".join(c["title"] for c in message["choices"])


# the packing desk


async def test_the_code_in_a_caption_wins_over_the_order_that_was_asked(
    stage: Stage, shot: Path
) -> None:
    one, other = await two(stage)
    await stage.tap(LAI_CHAU, f"gx:{one}")
    told = await sends(stage, shot, f"gói xong {other}")
    assert (got(told, "an"), got(told, "binh")) == ([], ["order-told-pack"])


async def test_half_a_code_is_asked_back(stage: Stage, shot: Path) -> None:
    one, other = await two(stage)
    await stage.tap(LAI_CHAU, f"gx:{one}")
    told = await sends(stage, shot, f"goi xong {other[:5]}")
    assert [m["id"] for m in told] == ["pack-which"]


async def test_the_picture_of_the_next_parcel_never_goes_to_the_buyer_before(
    stage: Stage, shot: Path, tmp_path: Path
) -> None:
    one, other = await two(stage)
    await stage.tap(LAI_CHAU, f"gx:{one}")
    packed = (await sends(stage, shot))[0]
    assert ids(packed)[0] == f"gx:{other}"
    [which] = await sends(stage, another(tmp_path))
    assert (which["id"], ids(which)[:2]) == ("pack-which", [f"gx:{other}", f"gx:{one}"])
    told = await stage.play(person=LAI_CHAU, pick=1)
    assert (got(told, "an"), got(told, "binh")) == ([], ["order-told-pack"])


async def test_the_same_picture_again_is_not_asked_about(stage: Stage, shot: Path) -> None:
    one, _ = await two(stage)
    await stage.tap(LAI_CHAU, f"gx:{one}")
    await sends(stage, shot)
    assert [m["id"] for m in await sends(stage, shot)] == ["pack-more-sent"]


async def test_ten_parcels_one_after_the_other_without_reading(
    stage: Stage, tmp_path: Path
) -> None:
    people = [f"k{n}" for n in range(10)]
    codes = [await accepted(stage, p, f"09123456{n:02}") for n, p in enumerate(people)]
    await stage.tap(LAI_CHAU, f"gx:{codes[0]}")
    for n, person in enumerate(people):
        told = await sends(stage, _photo(tmp_path, n))
        assert [m["to"] for m in told if m["to"] != LAI_CHAU] == [person]
        if person != people[-1]:
            await stage.say(LAI_CHAU, "1")
    assert {o["state"] for o in await stage.rows("orders")} == {"packed"}


def _photo(folder: Path, n: int) -> Path:
    from tests.pictures.makers import photo

    path = folder / f"parcel{n}.jpg"
    path.write_bytes(photo((400 + n, 300)))
    return path


async def test_after_a_letter_was_answered_the_old_parcel_asks_for_no_picture(
    stage: Stage, shot: Path, tmp_path: Path
) -> None:
    one = await accepted(stage)
    await stage.tap(LAI_CHAU, f"gx:{one}")
    await sends(stage, shot)
    later = await stage.buy("binh", "sam-dat", "1kg", "0987654321")
    said = await stage.play(person=LAI_CHAU, tap=f"so:{later}:confirm")
    assert "pack-photo-more" not in got(said, LAI_CHAU)
    told = await sends(stage, another(tmp_path))
    assert got(told, "an") == []


@pytest.mark.parametrize("caption", ["", "gói xong {code}"])
async def test_a_picture_of_a_cancelled_order_says_so_and_goes_nowhere(
    stage: Stage, shot: Path, caption: str
) -> None:
    code = await accepted(stage)
    await stage.tap(LAI_CHAU, f"gx:{code}")
    await stage.tap("an", f"cx:{code}:yes")
    told = await sends(stage, shot, caption.format(code=code))
    assert [m["id"] for m in told] == ["pack-no-more"]
    assert "đã huỷ" in told[0]["text"]
    assert await stage.parts.records.rows("proofs") == []


async def test_a_packing_photo_is_no_new_product_however_it_comes(
    stage: Stage, shot: Path
) -> None:
    code = await accepted(stage)
    await stage.say(LAI_CHAU, "đăng hàng mới")
    assert got(await sends(stage, shot, f"gói xong {code}"), "an") == ["order-told-pack"]


async def test_a_photo_out_of_the_blue_offers_the_parcel_first(stage: Stage, shot: Path) -> None:
    await two(stage)
    await stage.say(LAI_CHAU, "kho")
    assert ids((await sends(stage, shot))[0])[:2] == ["gxb", "np"]


async def test_a_photo_that_went_to_the_wrong_buyer_is_answered(stage: Stage, shot: Path) -> None:
    code = await accepted(stage)
    await stage.tap(LAI_CHAU, f"gx:{code}")
    await sends(stage, shot)
    said = await stage.say(LAI_CHAU, "gửi nhầm ảnh rồi")
    assert (said["id"], ids(said)[:2]) == ("pack-wrong", [f"gx:{code}", f"so:{code}:call"])


@pytest.mark.parametrize(
    "words",
    ["khách trả hàng", "hàng bị trả về", "khach ko nhan hang don {code} tra ve", "bom hàng rồi"],
)
async def test_a_parcel_that_came_back_is_understood(stage: Stage, words: str) -> None:
    code = await accepted(stage)
    assert (await stage.say(LAI_CHAU, "khách trả hàng"))["id"] == "return-none"
    await stage.tap(LAI_CHAU, f"so:{code}:pack")
    await stage.tap(LAI_CHAU, f"so:{code}:ship")
    said = await stage.say(LAI_CHAU, words.format(code=code))
    assert (said["id"], ids(said)[0]) == ("return-how", f"rt:{code}:shelf")


@pytest.mark.parametrize("code", ["ZJ73PJD7K", "ZJG3PJD7D"])
async def test_a_code_that_ends_as_a_sum_does_is_a_code(stage: Stage, code: str) -> None:
    said = await stage.say(LAI_CHAU, f"khach ko nhan hang don {code} tra ve")
    assert said["id"] == "problem-no-such-order"


async def test_only_what_is_on_its_way_can_come_back(stage: Stage) -> None:
    code = await accepted(stage)
    assert (await stage.tap(LAI_CHAU, f"rt:{code}"))["id"] == "problem-wrong-move"


async def test_how_it_left_is_told_anew_by_a_sentence(stage: Stage) -> None:
    code = await accepted(stage)
    said = await stage.play(person=LAI_CHAU, text=f"đơn {code} gửi xe 25B-12345 rồi")
    assert got(said, LAI_CHAU) == ["ship-not-packed", "seller-order"]
    await stage.tap(LAI_CHAU, f"so:{code}:pack")
    await stage.tap(LAI_CHAU, f"so:{code}:ship")
    said_ = await stage.say(LAI_CHAU, f"don {code} gui viettel post ma 123456789012 roi nhe")
    assert ids(said_)[0] == f"mv:ship:{code}:yes"
    told = await stage.play(person=LAI_CHAU, text="1")
    [letter] = [m for m in told if m["to"] == "an"]
    assert "123456789012" in letter["text"]


# an owner and her helpers


@pytest.mark.parametrize(
    "words",
    [
        "thịt gác bếp còn 20kg", "na 65k một cân", "hết na", "tối nay 8h live", "gói xong rồi",
        "them 50 ky sam dat", "hong 3 can man",
    ],
)  # fmt: skip
async def test_an_owner_who_sells_for_nobody_orders_nothing(stage: Stage, words: str) -> None:
    told = await stage.play(person=OWNER, text=words)
    assert [(m["to"], m["id"]) for m in told] == [(OWNER, "act-for-first")]


async def test_a_helper_who_sells_for_nobody_fills_no_cart(stage: Stage) -> None:
    await helper(stage, "sua", MINE)
    await stage.say("sua", "thôi bán thay")
    assert (await stage.say("sua", "sâm đất còn 10kg"))["id"] == "act-for-first"
    assert (await stage.say("sua", "lấy 2kg sâm đất"))["id"] == "cart-added"
    assert (await stage.say("sua", "na còn không"))["id"] == "answer-stock"
    assert (await stage.say("an", "sâm đất còn 10kg không"))["id"].startswith("answer")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("hôm nay cả chợ bán được bao nhiêu", "report-none-today"),
        ("báo cáo tuần này", "report-none"),
        ("mời người bán", "invite-for"),
        ("thu hồi quyền", "accounts"),
        ("ai đang bán trong shop", "accounts"),
        ("khoá tài khoản máy mất", "accounts"),
    ],
)
async def test_the_owner_is_understood_at_her_own_door(
    stage: Stage, words: str, shown: str
) -> None:
    assert (await stage.say(OWNER, words))["id"] == shown


async def test_selling_for_another_by_name(stage: Stage) -> None:
    await helper(stage, "sua", MINE, "nguoi-ban-son-la")
    assert "Lai Châu" in (await stage.say("sua", "bán thay chị Lai Châu"))["text"]
    assert "Sơn La" in (await stage.say("sua", "chuyển sang sơn la"))["text"]
    assert (await stage.say("sua", "bán thay"))["id"] == "act-for-whom"
    assert (await stage.say("sua", "thôi không bán thay nữa"))["id"] == "home"
    said = await stage.say(SON_LA, "bán thay chị Lai Châu")
    assert "Lai Châu" not in said["text"]


async def test_a_helpers_door_shows_only_what_she_may(stage: Stage) -> None:
    await helper(stage, "sua", MINE)
    door = await stage.tap("sua", f"af:{MINE}")
    assert {"new", "k", "np"} <= set(ids(door))
    assert not {"bc", "ct"} & set(ids(door))
    assert {"bc", "ct"} <= set(ids(await stage.say(LAI_CHAU, "chào")))


async def test_a_lost_phone_is_a_sentence(stage: Stage) -> None:
    for words in ("mất điện thoại rồi", "chị đổi máy", "mat may roi em oi"):
        said = await stage.play(person=LAI_CHAU, text=words)
        assert got(said, LAI_CHAU) == ["lost-phone", "accounts"]
    assert (await stage.say("moi", "người bán đây, mất điện thoại"))["id"] == "lost-phone-new"
    await helper(stage, "sua", MINE)
    await stage.tap("sua", f"af:{MINE}")
    assert (await stage.say("sua", "chị đổi máy"))["id"] == "lost-phone-helper"
    assert (await stage.say(LAI_CHAU, "đợi mấy hôm nữa"))["id"] != "accounts"


async def test_eight_digits_alone_are_a_code_where_nothing_is_asked(stage: Stage) -> None:
    for said in ("12345678", "1234 5678", "số 1234.5678"):
        assert (await stage.say("sua", said))["id"] == "code-spent"
    await stage.say("sua", "nhập mã mời")
    assert (await stage.say("sua", "8 so la 12345678"))["id"] == "code-spent"
    assert (await stage.tap(OWNER, f"mq:owner:{EVERY}:8191"))["id"] == "invite-sure-owner"


# reports, lives, paying


async def test_a_report_is_named_by_its_word(stage: Stage) -> None:
    assert (await stage.say(LAI_CHAU, "báo cáo theo live"))["id"] == "report-none-today"
    assert (await stage.say(LAI_CHAU, "bao cao theo nha tuan nay"))["id"] == "report-none"


@pytest.mark.parametrize(
    "words", ["dời sang 9h tối mai nhé", "doi live sang 9h toi mai", "doi sang 9h toi mai"]
)
async def test_a_live_moved_to_the_evening_is_no_morning(stage: Stage, words: str) -> None:
    await stage.say(LAI_CHAU, "mai 8h tối live", "1")
    await stage.tap(LAI_CHAU, "lvm")
    assert "21:00 thứ Hai 23/11" in (await stage.say(LAI_CHAU, words))["text"]
    assert await stage.play(now="2026-11-23T18:00") == []
    assert [m["id"] for m in await stage.play(now="2026-11-23T19:00")] == ["live-list"]


async def test_a_transfer_is_offered_where_it_is_asked_for(stage: Stage) -> None:
    asked = await stage.say("binh", "chuyển khoản được không")
    assert asked["id"] == "answer-payment"
    sure = await stage.say(OWNER, "/taikhoan Vietcombank 0123456789 NGUYEN VAN AN")
    await stage.tap(OWNER, ids(sure)[0])
    await stage.play(now="2026-11-26T09:00")
    await stage.tap("an", "q:sam-dat")
    await stage.say("an", "2kg", "đặt hàng")
    await stage.fill_form("an")
    said = await stage.say("an", "chuyển khoản")
    assert said["id"] == "answer-payment-bank"
    assert "Đặt hàng, chuyển khoản" in titles(said)
    done = [m["id"] for m in await stage.play(person="an", text="1") if m["to"] == "an"]
    assert done == ["transfer", "placed"]
