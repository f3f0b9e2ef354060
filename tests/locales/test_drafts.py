"""The Mông draft says everything, says that it is a draft, and keeps to its word list."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from bot.commands.check_locales import faults
from bot.commands.ids_in_code import ids_in_code, mentioned_in_code
from bot.words.book import BOOK, MASTER, Books, load_books, matching

ROOT = Path(__file__).parents[2]
LOCALES, BOT = ROOT / "locales", ROOT / "bot"
MONG = "hmn@rpa"


def listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


FOR_SELLERS = listed(
    """
    order-new order-fee-agreed order-money order-money-open order-needs-call order-needs-fee
    order-not-held order-cancelled-by-customer order-lapsed-seller problem-needs-call
    problem-fee-open problem-bad-stock talk-from-customer talk-about-order choice-bind
    choice-order-voices bind-ask-seller bind-ask-helper bind-ask-owner choice-bind-rights
    bound-seller bound-helper bound-owner act-for-first choice-act-for choice-not-ours
    choice-see-account command-lensong command-xonglive command-nhankhach command-dan command-qr
    command-banthay command-bochan command-chan command-chu command-moi
    command-nguoi problem-gives-too-much problem-last-owner problem-not-allowed rights-gone
    right-approve right-bank right-export right-goods right-households right-live right-money
    right-orders right-people right-price right-report right-stock right-talk
    someone-bound-helper someone-bound-owner someone-bound-seller
    intent-block-person intent-unblock-person intent-invite-helper
    choice-order-confirm choice-order-refuse choice-order-call choice-order-pack choice-order-ship
    choice-order-deliver choice-order-return choice-order-address choice-order-fee
    choice-order-name name-write choice-deal-price choice-deal-no-less choice-deal-in-words
    choice-deal-waiting
    intent-set-stock intent-add-stock intent-reduce-stock intent-sold-out intent-set-price
    intent-list-stock intent-list-orders intent-order-confirm intent-order-packed
    intent-order-shipped intent-order-delivered intent-household-in intent-household-balance
    intent-pay-household intent-schedule-live intent-move-live intent-cancel-live
    intent-broadcast intent-report intent-undo
    bind-ask-trainer choice-bind-trainer bound-trainer choice-unread problem-no-such-sentence
    command-goi intent-packing-list
    command-donmoi command-kho command-gia command-hoantac problem-nothing-to-undo
    problem-undo-too-late
    choice-class-chilled choice-class-dry choice-class-fragile choice-class-frozen
    choice-class-soft-fresh choice-class-sturdy-fresh choice-goods-all-year
    choice-goods-approve choice-goods-days choice-goods-later choice-goods-month
    choice-goods-months choice-goods-my-place choice-goods-new choice-goods-other-months
    choice-goods-refuse choice-goods-tell command-hangmoi goods-amount-number goods-approved
    goods-ask-first-month goods-ask-last-month goods-ask-origin goods-ask-season
    goods-ask-shelf-life goods-ask-shipping-class goods-has-video goods-has-voice
    goods-is-approved goods-is-refused goods-more-number goods-new-photo goods-new-video
    goods-new-voice goods-no-picture goods-number-name goods-price-number goods-refuse-why
    goods-refused goods-state-exported goods-state-hidden goods-state-refused goods-state-shown
    goods-state-waiting goods-to-approve goods-what-photo goods-what-video goods-why-not-ours
    goods-why-other goods-why-photo goods-why-price
    order-by-transfer order-money-bank order-money-paid choice-money-received choice-bank-stop
    order-money-back order-money-over order-send-back choice-sent-back choice-order-back
    bank-changes bank-set bank-stopped problem-bad-money
    choice-order-due choice-stock command-taikhoan goods-waiting-none intent-money-received
    intent-new-product intent-set-bank
    coach-day-2 coach-day-5 coach-day-8 coach-day-12 coach-day-16 coach-day-20 coach-day-25
    coach-day-30 choice-coach-live choice-coach-photos choice-coach-stop choice-live-start
    intent-live-prepare live-list problem-live-past report-own command-baocao command-henlive
    sales-file-at sales-file-code sales-file-seller sales-file-goods sales-file-amount
    choice-see-household command-nhap command-tien command-tra
    intent-give-back problem-no-such-household problem-not-that-much statement-was-agreed
    statement-was-disputed
    broadcast-over choice-broadcast-report choice-broadcast-stop problem-no-such-broadcast
    problem-nothing-to-send choice-name
    live-log-at live-log-utc live-log-what live-log-number live-log-code live-log-goods
    live-log-amount live-log-unit live-log-money live-log-file live-note-planned live-note-moved
    live-note-cancelled live-note-on-air live-note-over live-note-item live-note-item-off
    live-note-claimed live-note-asked live-note-queued live-note-offered live-note-confirmed
    live-note-changed live-note-cancelled-claim live-note-expired live-note-passed
    live-note-ordered
    sales-file-unit sales-file-household sales-file-money sales-file-counted sales-file-state
    problem-code-taken problem-cap-too-high
    """
)
"""Said from shared code, but only to sellers; those need no English."""

NO_WORDS = listed(
    """
    choice-product choice-category choice-province choice-seller choice-meant card-story
    talk-words answer-pack answer-cooking answer-about answer-several-line answer-market-seller
    order-line-pack order-line-packs order-line-loose placed-order order-short follows-line
    lives-line-planned-bare deal-price-line own-house packed-line packed-line-packs
    transfer-picture push-title choice-calendar-of unit-lit
    """
)
"""Names, digits and signs alone: the same in every language."""

OWN_WORDS = listed(
    "choice-lang-vi choice-lang-hmn@rpa choice-lang-hmn@chv choice-lang-en choice-voice-vi "
    "choice-voice-hmn@rpa"
)
"""Each language is offered in its own words."""

STOPS_AND_PAYS = listed(
    "card cart-goods consent choice-agree-order summary-total summary-fee-post choice-place-order "
    "placed order-told-ship order-fee-offered order-money-customer fee-agreed cancel-sure "
    "deal-offered choice-deal-take problem-deal-late "
    "choice-cancel-order choice-cancel-yes cancelled reminders-stopped transfer "
    "paid-sure bank-sure payment-received-part choice-place-order-bank erase-ask choice-erase-yes "
    "intent-cancel-order intent-stop-reminders intent-ask-payment"
)

AT_THE_TERMINAL = ("backup-", "restore-")
"""Refusals of commands the owner types."""

ONLY_HEARD = ("spoken-",)
"""Words that are never written on a screen: numbers read aloud, joined of recorded ones. English
has no sound, and Mông counts without mốt, lăm and linh.
"""

SPOKEN_IN_PARTS = ("unit-", "weekday-", "months", "command-")
"""Ids put together where no scan of the code sees them."""

TEENCODE = listed("ko k hok hum đc dc ntn vs ik iu z cx bn mn mk mik lun lém ạk")
CONFIDENCE = re.compile(r"^source: \S.*; confidence: (high|medium|low)$")


@pytest.fixture(scope="module")
def books() -> Books:
    return load_books(LOCALES)


@pytest.fixture(scope="module")
def messages() -> dict[str, Message]:
    with (LOCALES / MONG / BOOK).open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    assert not catalog.fuzzy, "a fuzzy header hides the whole file from other tools"
    return {m.id: m for m in catalog if isinstance(m.id, str) and m.id}


def for_customers(written: set[str]) -> set[str]:
    """Ids customers may meet: everything said outside the sellers' own flows."""
    said = ids_in_code(BOT) - ids_in_code(BOT / "talk" / "seller")
    said -= ids_in_code(BOT / "talk" / "owner")
    said -= ids_in_code(BOT / "talk" / "trainer") - {"choice-more", "choice-product"}
    for part in ("talk/buyer", "shop", "usecases", "words"):
        said |= mentioned_in_code(BOT / part)
    found = {id for id in written if any(fnmatchcase(id, known) for known in said)}
    found |= {id for id in written if id.startswith(SPOKEN_IN_PARTS)}
    found = {id for id in found if not id.startswith(("seller-", *AT_THE_TERMINAL, *ONLY_HEARD))}
    return found - FOR_SELLERS


def test_every_message_is_written(books: Books) -> None:
    """The master of both scripts says all that Vietnamese says, but for what has no words."""
    written, same_everywhere = set(books.own[MONG]), matching(books.about[MONG].protected)
    missing = {id for id in books.own[MASTER] if not same_everywhere(id)} - written
    assert missing == set()


def test_what_is_the_same_everywhere_really_exists(books: Books) -> None:
    ids = set(books.own[MASTER])
    listed_ids = books.about[MONG].protected
    assert [p for p in listed_ids if not any(fnmatchcase(id, p) for id in ids)] == []


def test_english_has_the_whole_customer_set(books: Books) -> None:
    customers = for_customers(set(books.own[MASTER]))
    assert len(customers) > 200
    assert customers - set(books.own["en"]) - NO_WORDS - OWN_WORDS == set()


def test_exceptions_still_exist(books: Books) -> None:
    assert set(books.own[MASTER]) >= FOR_SELLERS | NO_WORDS | OWN_WORDS


def test_every_entry_is_a_draft_or_names_its_reviewers(messages: dict[str, Message]) -> None:
    for id, message in messages.items():
        comments = (*message.user_comments, *message.auto_comments)
        reviewed = any("reviewed-by:" in comment for comment in comments)
        assert message.fuzzy or reviewed, id


def test_every_entry_says_where_its_words_are_from(messages: dict[str, Message]) -> None:
    for id, message in messages.items():
        comments = (*message.auto_comments, *message.user_comments)
        assert any(CONFIDENCE.match(c) for c in comments), id


def test_a_recalled_word_is_never_called_certain(messages: dict[str, Message]) -> None:
    recalled = [m for m in messages.values() if any("recalled:" in c for c in m.auto_comments)]
    assert recalled
    assert all("confidence: low" in " ".join(m.auto_comments) for m in recalled)


def test_no_entry_repeats_vietnamese_or_english(books: Books) -> None:
    """But for loans that `about.yaml` names, such as triệu, cân and the letters of codes."""
    loan = matching(books.about[MONG].protected)
    for lang in (MASTER, "en"):
        same = {
            id
            for id, entry in books.own[MONG].items()
            if id in books.own[lang] and entry.text == books.own[lang][id].text and not loan(id)
        }
        assert same == set(), lang


def test_placeholders_and_titles_are_as_in_vietnamese(books: Books) -> None:
    for lang in (MONG, "en"):
        for id, entry in books.own[lang].items():
            assert set(entry.names) == set(books.own[MASTER][id].names), (lang, id)
            assert not id.startswith(("choice-", "intent-")) or len(entry.text) <= 40, (lang, id)
    assert [f for f in faults(LOCALES) if MASTER not in f.path.parts] == []


def words_of_draft(books: Books) -> dict[str, set[str]]:
    page = json.loads((LOCALES / MONG / "web.json").read_text("utf-8"))
    texts = {id: entry.text for id, entry in books.own[MONG].items()}
    texts |= {f"web {key}": word for key, word in page.items()}
    bare = {id: re.sub(r"\{\w+\}", " ", text.lower()) for id, text in texts.items()}
    return {id: set(re.findall(r"(?<!\w)[^\W\d_]+(?!\w)", text)) for id, text in bare.items()}


def test_buy_is_yuav_and_never_muas(books: Books) -> None:
    words = words_of_draft(books)
    assert [id for id, found in words.items() if "muas" in found] == []
    assert "yuav" in words["choice-checkout"]


def test_no_teencode_and_no_words_of_other_countries(books: Books) -> None:
    unwanted = TEENCODE | {"lab", "xoom", "duas", "dollar"}
    assert {id: f & unwanted for id, f in words_of_draft(books).items() if f & unwanted} == {}


def test_the_people_are_called_by_their_name(books: Books) -> None:
    page = (LOCALES / MONG / "web.json").read_text("utf-8")
    for text in [page, *(e.text for lang in (MONG, "en") for e in books.own[lang].values())]:
        assert not re.search(r"H['’]?Mông|Mèo", text)


@pytest.mark.parametrize("id", sorted(STOPS_AND_PAYS))
def test_money_cancelling_and_consent_carry_the_vietnamese(books: Books, id: str) -> None:
    entry = books.own[MONG][id]
    assert entry.reviewed or books.needs_master_line(entry)


@pytest.mark.parametrize("lang", [MONG, "en"])
def test_the_page_has_no_words_the_vietnamese_page_lacks(lang: str) -> None:
    page, master = (
        json.loads((LOCALES / x / "web.json").read_text("utf-8")) for x in (lang, MASTER)
    )
    assert set(page) <= set(master)
    assert all(word.strip() for word in page.values())


def test_without_drafts_mong_is_vietnamese() -> None:
    hidden = load_books(LOCALES, drafts=False)
    entry = hidden.entry(MONG, "welcome")
    assert entry is not None
    assert entry.lang == MASTER
