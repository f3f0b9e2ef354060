"""Words that end all advertising at once: "dừng", "từ chối", "huỷ nhận", "STOP QC" …

Only a whole message counts, with nothing beside it but politeness, so that "dừng live" or an
address stays what it is. Stopping too often costs a reminder, stopping too seldom breaks a promise
(and decree 91/2020 on advertising), so spelling is read generously.
"""

from __future__ import annotations

import re

from bot.understand.fold import fold, tidy

MOST_TEXT = 120
"""Letters; a longer message is never only a stop word."""

_LONG_DRAWN = re.compile(r"(\w)\1{2,}")
_WORD = re.compile(r"[^\W_]+")

_DUNG = re.compile(
    r"(?:\w+ (?:ơi|oi) |xin |lam on |vui long )?dung"
    r"(?: (?:nhé|nhe|nha|nhen|nghen|đi|di|giùm|giúp|giup|gium|luôn|luon|ngay|hết|het|hẳn|han)"
    r"(?: \w+){0,3})?"
)
"""Without diacritics: "dừng", a name, or "đúng", which has other words behind it."""
_WHOLE = (
    "dừng lại / dừng hết / từ chối / ngừng / ngưng / stop / unsubscribe / unsub / unfollow",
    "huỷ nhận / stop qc / stopqc / stop all / stop it / stop ads / tc qc / tcqc / từ chối qc",
    "từ chối quảng cáo / từ chối tin / ngừng lại / huỷ đăng ký / bỏ đăng ký / optout / opt out",
    "huỷ theo dõi / bỏ theo dõi / huỷ nhắc / no more messages / stop messages",
    "tsum / nres / tsis txhob hais kom nco",
)
_NO = ("dừng / ngừng / ngưng / đừng / đừng có / thôi / thôi đừng / khỏi / khỏi cần / huỷ",)
_NOT_WANTED = (
    "không / ko / k / không muốn / ko muốn / không cần / ko cần / từ chối / chặn / tắt",
)
_TELLS = ("nhắn / nhắc / làm phiền / theo dõi / spam / nhắn tin",)
_SENDS = ("nhắn / nhắc / gửi / nhận / báo / nhắn tin / thông báo",)
_MORE = ("nhắn nữa / nhắc nữa / báo nữa / nhắn tin nữa / thông báo nữa / làm phiền nữa",)
""" "Không nhận nữa" may speak of a parcel."""
_LETTERS = ("tin / tin nhắn / tin quảng cáo / quảng cáo / qc / thông báo / lời nhắc / nhắc nhở",)
_ENDS = ("dừng / ngừng / ngưng / huỷ / bỏ / tắt / chặn / thôi / không / ko / không cần / stop",)
_END = ("dừng / ngừng / ngưng / thôi / dừng lại / ngừng lại / stop / tsum / nres / nghỉ",)
_RECORDING = ("thu / ghi / thu âm / ghi âm / thu tiếng / kaw suab / recording",)
_BEFORE = (
    "em ơi / shop ơi / chị ơi / anh ơi / bạn ơi / ad ơi / dạ / alo / ok / xin / xin hãy / làm ơn",
    "vui lòng / please / cho / hãy / muốn / nhờ / em / tôi / anh / chị / mình / shop / thôi / à",
)
_BEHIND = (
    "nhé / nha / nhen / nghen / nhá / nghe / ạ / đi / giúp / giùm / dùm / hộ / với / luôn / ngay",
    "hết / nữa / em / anh / chị / shop / bạn / ad / mình / tôi / tui / cho / ơi / cảm ơn / cám ơn",
    "thanks / please / được không / được ko / hẳn / liền / tất cả / gì nữa / lại / mãi mãi",
)


def _any(*phrases: str) -> str:
    """One of these phrases, each word as spelled or without its diacritics."""
    every = sorted(" / ".join(phrases).split(" / "), key=len, reverse=True)
    return "(?:" + "|".join(" ".join(map(_both, p.split())) for p in every) + ")"


def _both(word: str) -> str:
    ways = dict.fromkeys((tidy(word), fold(word)))
    return f"(?:{'|'.join(map(re.escape, ways))})" if len(ways) > 1 else re.escape(tidy(word))


_STOPS = re.compile(
    rf"(?:{_any(*_BEFORE)} ){{0,5}}(?:dừng|{_any(*_WHOLE)}"
    rf"|{_any(*_NO)} {_any(*_TELLS)}(?: {_any(*_LETTERS)})?"
    rf"|{_any(*_NO, *_NOT_WANTED)} (?:{_any(*_SENDS)} {_any(*_LETTERS)}|{_any(*_MORE)})"
    rf"|{_any(*_ENDS)} {_any(*_LETTERS)})(?: {_any(*_BEHIND)}){{0,6}}"
)

_ENDS_THIS = re.compile(
    rf"(?:{_any(*_BEFORE)} ){{0,5}}{_any(*_END)}(?: {_any(*_RECORDING)})?"
    rf"(?: {_any(*_BEHIND)}){{0,6}}"
)


def stops(text: str) -> bool:
    """Whether the whole message says that nothing more shall be sent. Never raises.

    "Dung" says so too: where a name is asked for, see `may_be_name`.
    """
    plain = _plain(text)
    return bool(_STOPS.fullmatch(plain) or _DUNG.fullmatch(plain))


def ends(text: str) -> bool:
    """Whether the whole message says to end what is going on ("dừng", "stop", "nres", "thôi dừng
    thu nhé"), and nothing of letters or reminders. For where something goes on only.
    """
    return bool(_ENDS_THIS.fullmatch(_plain(text)) or may_be_name(text))


def may_be_name(text: str) -> bool:
    """True for "Dung" without a mark, also with politeness: "dừng", unless a name is asked for."""
    plain = _plain(text)
    return not _STOPS.fullmatch(plain) and bool(_DUNG.fullmatch(plain))


def _plain(text: str) -> str:
    """Tidied words alone: no hidden signs, no punctuation, "d ừ n g" and "dừnggg" as one word."""
    if len(text) > MOST_TEXT:
        return ""
    words = _WORD.findall(tidy(text))
    if len(words) > 2 and all(len(w) == 1 for w in words):
        words = ["".join(words)]
    return _LONG_DRAWN.sub(r"\1", " ".join(words))
