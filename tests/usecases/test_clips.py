"""Who lends her voice, which recording counts, what is recorded next."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from bot.shop.household import Household
from bot.shop.media_problems import VoiceTooLong
from bot.shop.problems import NotLent
from bot.shop.sound import HOUSEHOLD, LONGEST_MS, Clip, Piece, VoiceOf
from bot.usecases import clips, erasing
from bot.usecases.ports import Books
from tests.usecases.market import NOW, Market

HER, OTHER = "tg:mot", "tg:hai"


def clip(key: str = "home", ref: str = "media/a", ms: int = 900, speaker: str = HER) -> Clip:
    return Clip(f"hmn/{key}", "hmn", ref, ms, speaker, NOW)


def lend(person: str = HER, name: str = "Mỷ", version: str = clips.CONSENT_VERSION) -> VoiceOf:
    return VoiceOf(person, name, "white", version, NOW)


async def kept(market: Market, *recorded: Clip) -> list[dict[str, object]]:
    for one in recorded:
        await market.ledger.put(lambda b, one=one: clips.keep(b, one))  # type: ignore[misc]
    return await market.records.rows("clips")


async def agreed(market: Market, voice: VoiceOf) -> None:
    await market.ledger.put(lambda b: clips.agree(b, voice, "vi"))


async def test_nobody_speaks_for_the_shop_who_did_not_agree(market: Market) -> None:
    with pytest.raises(NotLent):
        await kept(market, clip())
    await agreed(market, lend(version="2020-01"))
    with pytest.raises(NotLent):
        await kept(market, clip())
    assert await market.records.rows("clips") == []


async def test_a_variety_nobody_offered_is_no_voice(market: Market) -> None:
    odd = VoiceOf(HER, "Mỷ", "klingon", clips.CONSENT_VERSION, NOW)
    with pytest.raises(ValueError, match="klingon"):
        await agreed(market, odd)
    assert await market.records.rows("voices") == []


async def test_agreeing_again_keeps_the_first_day_and_takes_the_new_name(market: Market) -> None:
    await agreed(market, lend())
    later = VoiceOf(HER, "  chị   Mỷ ", "flower", clips.CONSENT_VERSION, NOW + 99)
    await agreed(market, later)
    [row] = await market.records.rows("voices")
    assert (row["name"], row["dialect"], row["at"]) == ("chị Mỷ", "flower", NOW)
    consents = await market.records.rows("consents")
    assert [(c["kind"], c["at"]) for c in consents] == [(clips.CONSENT, NOW)]


async def test_the_newest_recording_of_a_piece_is_the_one(market: Market) -> None:
    await agreed(market, lend())
    await agreed(market, lend(OTHER))
    rows = await kept(market, clip(), clip(), clip(ref="media/b", speaker=OTHER))
    assert [(r["id"], r["ref"], r["speaker"]) for r in rows] == [("hmn/home", "media/b", OTHER)]


async def test_too_long_for_one_screen(market: Market) -> None:
    await agreed(market, lend())
    with pytest.raises(VoiceTooLong):
        await kept(market, clip(ms=LONGEST_MS + 1))
    assert len(await kept(market, clip(ms=LONGEST_MS))) == 1


async def test_a_wish_is_counted_and_goes_when_it_is_recorded(market: Market) -> None:
    await agreed(market, lend())
    ids = {"hmn/home": "Peb", "hmn/cart": ""}
    await market.ledger.put(lambda b: clips.want(b, ids, NOW))
    await market.ledger.put(lambda b: clips.want(b, {"hmn/cart": ""}, NOW + 5))
    wishes = await market.records.read(lambda b: clips.wishes_in(b, "hmn"))
    assert wishes == {"cart": 2, "home": 1}
    await kept(market, clip())
    await market.ledger.put(lambda b: clips.want(b, ids, NOW + 9))
    assert await market.records.read(lambda b: clips.wishes_in(b, "hmn")) == {"cart": 3}


async def test_a_clip_for_other_words_is_wanted_again(market: Market) -> None:
    await agreed(market, lend())
    await kept(market, replace(clip(), said="Chào anh chị"))
    for said in ("", "chào  anh chị!", unicodedata.normalize("NFD", "Chào anh, chị 🙂")):
        await market.ledger.put(lambda b, s=said: clips.want(b, {"hmn/home": s}, NOW))  # type: ignore[misc]
    assert await market.records.rows("clips_wanted") == []
    await market.ledger.put(lambda b: clips.want(b, {"hmn/home": "Chào chị"}, NOW))
    assert await market.records.read(lambda b: clips.wishes_in(b, "hmn")) == {"home": 1}
    [row] = await kept(market, replace(clip(ref="media/b"), said="Chào chị"))
    assert row["said"] == "Chào chị"
    assert await market.records.rows("clips_wanted") == []


async def test_what_was_said_of_a_household_goes_when_the_household_is_forgotten(
    market: Market,
) -> None:
    await agreed(market, lend(OTHER))
    home = Household("h1", "my", "nhà chị Mỷ", account=HER)
    await market.ledger.put(lambda b: b.save_household(home))
    names = [clip(f"{HOUSEHOLD}{h}", f"media/{h}", speaker=OTHER) for h in ("h1", "h2")]
    await kept(market, *names)
    missed = {f"vi/{HOUSEHOLD}h1": "nhà chị Mỷ"}
    await market.ledger.put(lambda b: clips.want(b, missed, NOW))
    await market.ledger.put(lambda b: erasing.erase(b, HER, "R1", NOW))
    assert [r["ref"] for r in await market.records.rows("clips")] == ["media/h2"]
    assert await market.records.rows("clips_wanted") == []


async def test_taking_back_takes_all_of_hers_and_nothing_else(market: Market) -> None:
    await agreed(market, lend())
    await agreed(market, lend(OTHER))
    await kept(market, clip(), clip("cart", "media/b"), clip("order", "media/c", speaker=OTHER))
    assert await market.ledger.put(lambda b: clips.take_back(b, HER)) == 2
    assert await market.ledger.put(lambda b: clips.take_back(b, HER)) == 0
    assert [r["id"] for r in await market.records.rows("clips")] == ["hmn/order"]
    assert [r["person"] for r in await market.records.rows("voices")] == [OTHER]
    assert [r["person"] for r in await market.records.rows("consents")] == [OTHER]
    with pytest.raises(NotLent):
        await kept(market, clip())


async def test_being_forgotten_takes_them_too(market: Market) -> None:
    await agreed(market, lend())
    await kept(market, clip())
    await market.ledger.put(lambda b: erasing.erase(b, HER, "R1", NOW))
    for table in ("clips", "voices", "consents"):
        assert await market.records.rows(table) == [], table


def piece(key: str) -> Piece:
    return Piece(key, key, "", key)


PIECES = [piece(key) for key in ("a", "b", "c", "d", "e")]


@pytest.mark.parametrize(
    ("recorded", "wanted", "skipped", "older", "expected"),
    [
        (set(), {}, set(), set(), "abcde"),
        ({"a", "c"}, {}, set(), set(), "bde"),
        (set(), {"d": 1, "e": 7}, set(), set(), "edabc"),
        (set(), {"d": 1}, {"d", "a"}, set(), "bceda"),
        (set(), {"d": 1, "e": 7}, {"b"}, {"b", "c"}, "cedab"),
        ({"a", "b", "c", "d", "e"}, {"a": 3}, set(), set(), ""),
    ],
)
def test_reworded_first_then_the_most_wanted_then_in_order_what_was_skipped_last(
    recorded: set[str], wanted: dict[str, int], skipped: set[str], older: set[str], expected: str
) -> None:
    found = clips.to_record(PIECES, recorded, wanted, skipped, older)
    assert "".join(p.key for p in found) == expected


async def test_what_a_machine_said_is_still_to_be_recorded(market: Market) -> None:
    machine = Clip("vi/home", "vi", "media/m", 900, "", NOW, synthetic=True)
    await kept(market, machine)

    def read(books: Books) -> set[str]:
        return set(clips.recorded_in(books, "vi"))

    assert await market.records.read(read) == set()
    await agreed(market, lend())
    human = Clip("vi/home", "vi", "media/h", 900, HER, NOW)
    await kept(market, human)
    assert await market.records.read(read) == {"home"}
