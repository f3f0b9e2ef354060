"""Blocks of comments as they are copied from a phone or a browser. All people are made up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understand.comment_block import MOST_LINES, MOST_NAME, MOST_WORDS, Pasted, read_comments


def told(block: str) -> list[tuple[str, str]]:
    return [(p.author, p.text) for p in read_comments(block)]


FACEBOOK = """\
Khách 1
A1 x2 nhé
2 phút
Thích
Trả lời

Khách 2
Fan cứng
chốt b3
1 giờ  Thích  Trả lời  Chia sẻ
Khách 3
2
Thích · Trả lời · 3 phút · Đã chỉnh sửa
Khách Bốn
A1 x2
B2 x1
0912 345 678
Thích
Trả lời
5 phút
1
Xem 2 câu trả lời
"""


def test_a_list_copied_from_facebook() -> None:
    assert read_comments(FACEBOOK) == (
        Pasted("Khách 1", "A1 x2 nhé", "2 phút"),
        Pasted("Khách 2", "chốt b3", "1 giờ"),
        Pasted("Khách 3", "2", "3 phút"),
        Pasted("Khách Bốn", "A1 x2\nB2 x1\n0912 345 678", "5 phút"),
    )


def test_a_list_copied_from_tiktok() -> None:
    block = "khach.1\nA1 nhé\n3 phút trước\n2\nTrả lời\nkhach_2\nchốt A2\n1d ago\n14\nReply\n"
    assert read_comments(block) == (
        Pasted("khach.1", "A1 nhé", "3 phút trước"),
        Pasted("khach_2", "chốt A2", "1d ago"),
    )


def test_the_time_beside_the_name() -> None:
    block = "Khách 1 · 0:35\nA1\nKhách 2 · Tác giả\nB2\nKhách 3 · Top fan · 2 phút\nA2"
    assert read_comments(block) == (
        Pasted("Khách 1", "A1", "0:35"),
        Pasted("Khách 2", "B2"),
        Pasted("Khách 3", "A2", "2 phút"),
    )


def test_the_time_between_the_name_and_the_words() -> None:
    block = "Khách 1\n2 phút\nA1 x2\nThích\nTrả lời\nKhách 2\n3 phút\nB1\nThích\nTrả lời"
    assert read_comments(block) == (
        Pasted("Khách 1", "A1 x2", "2 phút"),
        Pasted("Khách 2", "B1", "3 phút"),
    )


def test_name_and_words_on_one_line() -> None:
    block = """\
Khách 1: A1 x2
Khách Hai: lấy b3 2kg 0912 345 678
[20:15] Khách 4: A1
20:16 Khách 5: B2
Khách 6\tA1: 2
"""
    assert read_comments(block) == (
        Pasted("Khách 1", "A1 x2"),
        Pasted("Khách Hai", "lấy b3 2kg 0912 345 678"),
        Pasted("Khách 4", "A1", "20:15"),
        Pasted("Khách 5", "B2", "20:16"),
        Pasted("Khách 6", "A1: 2"),
    )


@pytest.mark.parametrize(
    "line",
    [
        *("A1: 2", "b3 : 2kg", "sđt: 0912345678", "SĐT: 0912345678", "Chốt: A1", "mã: A1"),
        *("Địa chỉ: thôn 2", "em: A1", "Shop ơi: A1", "giá bao nhiêu?: A1", "2: A1", "cho em: A1"),
    ],
)
def test_a_label_is_no_author(line: str) -> None:
    assert told(line) == [("", line)]


def test_bare_lines_are_comments_without_an_author() -> None:
    assert told("A1\nchốt b2 2kg\n\nđẹp quá") == [("", "A1"), ("", "chốt b2 2kg"), ("", "đẹp quá")]


def test_pairs_under_names_are_told_from_pairs_of_comments() -> None:
    assert told("Khách Một\nA1\n\nKhách Hai\nb2") == [("Khách Một", "A1"), ("Khách Hai", "b2")]
    words = ["đẹp quá", "A1", "hay ghê", "B2"]
    assert told("đẹp quá\nA1\n\nhay ghê\nB2") == [("", w) for w in words]
    assert told("A1\nB2\n\nA2\nB3") == [("", "A1"), ("", "B2"), ("", "A2"), ("", "B3")]


def test_words_of_claiming_are_never_an_author() -> None:
    assert told("Chốt A1\nB2\n3 phút\nThích\nTrả lời") == [("", "Chốt A1"), ("", "B2")]
    assert told("A1 nhé\n2 phút\nđẹp quá\n3 phút") == [("", "A1 nhé"), ("", "đẹp quá")]
    assert told("lấy b2\nA1\n2 phút Thích Trả lời") == [("", "lấy b2"), ("", "A1")]


def test_a_name_that_is_also_a_word() -> None:
    block = "Đạt Thử\nA1\n2 phút Thích Trả lời\nuser8273648273\nB2\n1d\n1\nReply"
    assert told(block) == [("Đạt Thử", "A1"), ("user8273648273", "B2")]


def test_a_sticker_and_a_doubled_name() -> None:
    assert told("Khách 1\nFan cứng\n2 phút\nThích\nTrả lời") == []
    assert told("Khách 1\nKhách 1\nA1\n2 phút\nThích\nTrả lời") == [("Khách 1", "A1")]


def test_marks_that_are_not_seen_are_no_part_of_a_name() -> None:
    assert told("\u200eKhách 1\u200e: A1\n\u200b\n\ufeff") == [("Khách 1", "A1")]


def test_windows_lines_and_nothing() -> None:
    assert told("Khách 1: A1\r\nKhách 2: B2\r\n") == [("Khách 1", "A1"), ("Khách 2", "B2")]
    assert read_comments("") == read_comments(" \n\n\t\n") == ()


def test_no_more_than_the_lines_that_are_read() -> None:
    assert len(read_comments("A1\n" * (MOST_LINES + 100))) == MOST_LINES


LINES = st.sampled_from(
    [
        *("Khách 1", "Khách Hai", "khach.3", "A1 x2", "chốt b2", "đẹp quá", "0912 345 678", "2"),
        *("Thích", "Trả lời", "2 phút", "1h Like Reply", "Fan cứng", "Khách 4: A1", "A1: 2", ""),
        *("Khách 5 · 2 phút", "[20:15] Khách 6: B2", "Xem thêm", "Xem 3 câu trả lời", "Reply"),
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(LINES, max_size=30).map("\n".join)))
@settings(max_examples=200)
def test_whatever_is_pasted_nothing_is_made_up(block: str) -> None:
    for one in read_comments(block):
        assert one.text
        assert one.text == one.text.strip()
        assert len(one.text) <= MOST_WORDS
        assert len(one.author) <= MOST_NAME
        if block.isascii() or block.isprintable():
            assert all(word in block for word in one.author.split())


AUTHORS = st.sampled_from(["Khách Một", "Khách Hai", "Khách Ba", "khach.4", "Khách 5"])
WORDS = st.sampled_from(["A1 x2", "chốt b2 nhé shop", "a2 2kg 0912345678", "ship bao nhiêu ạ"])


@given(st.lists(st.tuples(AUTHORS, WORDS), min_size=1, max_size=20), st.data())
@settings(max_examples=100)
def test_every_shape_gives_back_what_was_written(
    said: list[tuple[str, str]], data: st.DataObject
) -> None:
    shape = data.draw(
        st.sampled_from(
            [
                "{0}: {1}",
                "{0}\n{1}\n2 phút\nThích\nTrả lời",
                "{0}\nFan cứng\n{1}\n1 giờ · Thích · Trả lời",
                "{0} · 3 phút\n{1}",
                "{0}\n{1}\n2 phút trước\n12\nTrả lời\n",
            ]
        )
    )
    assert told("\n".join(shape.format(*one) for one in said)) == said
