"""A desk with a handful of answers, on the real session store of tests: enough to try the web
side.
"""

from __future__ import annotations

import msgspec

from bot.shop.says import Letter
from bot.stores.memory import MemorySessions
from bot.talk.heard import Heard
from bot.talk.ports import Answer, Busy, Opened, StoreDown
from bot.usecases.ports import Kept
from bot.words.spoken import Spoken, Title

_encode = msgspec.json.encode
_decode = msgspec.json.Decoder(tuple[Spoken, ...]).decode

BACK = Title("back", "Quay lại", "0")
WELCOME = Spoken(
    "welcome",
    "Chợ Phiên chào anh/chị! Đây là shop tự động, cần là có người.\n"
    "Hôm nay trên bản có: 🐖 thịt lợn đen gác bếp · 🍠 sâm đất mới đào · 🍃 chè shan tuyết.",
    (
        Title("m", "Xem hàng đang mùa", "1"),
        Title("o", "Đơn của tôi", "2"),
        Title("talk", "Gặp người bán", "3"),
        Title("lang", "Tiếng Mông / nghe đọc", "4"),
    ),
)
CARD = Spoken(
    "product-card",
    "Thịt lợn đen gác bếp\n550.000đ/kg · gói 300 g 165.000đ\nCòn 18 kg\n"
    "Hộ bà Mỷ, bản mẫu, Lai Châu\nTreo gác bếp, giữ được 30 ngày",
    (
        Title("l:300", "Lấy 300 g", "1"),
        Title("l:500", "Lấy 500 g", "2"),
        Title("l:n", "Số khác", "3"),
        Title("clip", "Xem clip của nhà", url="https://example.org/clip"),
        BACK,
    ),
    picture="product/thit-lon-den-gac-bep",
    clip="media/" + "c" * 64,
)
TAKEN = Spoken(
    "in-cart",
    "Em ghi: thịt lợn đen gác bếp 300 g = 165.000đ. Giỏ có 1 món.",
    (Title("co", "Đặt hàng", "1"), Title("m", "Xem thêm hàng", "2"), BACK),
)
BIND = Spoken(
    "seller-link-ask",
    "Đây là đường mở sổ bán hàng. Bấm nút thì máy này là máy của chị.",
    (Title("bind:yes", "Đúng, mở sổ bán hàng", "1"), Title("bind:no", "Không phải tôi", "2")),
)
RETURN = Spoken(
    "return-ask",
    "Mở lại giỏ và đơn của anh/chị trên máy này?",
    (Title("become:web:friend", "Đúng, mở lại", "1"), BACK),
)
ORDER_NEWS = Spoken(
    "order-confirmed",
    "🌿 Người bán đã nhận đơn ZJ 4K2 P9Q J. Cần gọi: 0912345678.",
    (Title("o", "Xem đơn", "1"),),
    kind="order",
)

SCREENS = {
    "m": (CARD,),
    "l:300": (TAKEN,),
    "l:500": (TAKEN,),
    "bind:yes": (Spoken("bound", "✓ Sổ đã mở. Chị gõ: kho sâm đất 20."),),
    "back": (WELCOME,),
    "erase:yes": (Spoken("erased", "Đã xoá dữ liệu."),),
}


def reply(heard: Heard, menu: tuple[Title, ...]) -> tuple[Spoken, ...]:
    if heard.kind in ("photo", "voice"):
        return (Spoken("kept", f"Đã nhận {heard.kind}."),)
    if heard.text.startswith("/start"):
        return _started(heard.text)
    picked = heard.text
    if heard.kind == "text":
        picked = next((t.id for t in menu if t.key == heard.text), "")
    return SCREENS.get(picked) or (Spoken("heard", f"Em nghe: {heard.text}", (BACK,)),)


def _started(text: str) -> tuple[Spoken, ...]:
    starts = {"s-": (BIND,), "r-": (RETURN,), "p-": (CARD,)}
    return starts.get(text.removeprefix("/start ")[:2], (WELCOME,))


class SmallDesk:
    """Keeps the `Desk` protocol. `heard` is everything that was really answered, in order.

    down: raise this instead of answering. lose: answer, but let the caller believe the line was
        cut.
    """

    def __init__(self, sessions: MemorySessions) -> None:
        self.sessions = sessions
        self.heard: list[Heard] = []
        self.down: type[Busy] | type[StoreDown] | None = None

    async def hear(self, heard: Heard) -> Answer:
        if self.down:
            raise self.down
        opened = await self.sessions.open(heard.person, heard.event_id)
        if opened.answer is not None:
            return Answer(
                opened.person, opened.event_id, _decode(opened.answer), opened.sent, repeat=True
            )
        self.heard.append(heard)
        spoken = reply(
            heard, _decode(opened.session or b"[]")[-1].choices if opened.session else ()
        )
        first = await self._close(opened, spoken, heard.page)
        person = heard.person
        if heard.kind == "tap" and heard.text.startswith("become:"):
            person = heard.text.removeprefix("become:")
        return Answer(person, heard.event_id, spoken, len(spoken), first)

    async def _close(self, opened: Opened, spoken: tuple[Spoken, ...], page: str) -> int:
        with_menu = tuple(s for s in spoken if s.choices)
        session = _encode(with_menu) if with_menu else opened.session or _encode(spoken)
        stream = [_encode(s) for s in spoken]
        return await self.sessions.close(
            opened, session, _encode(spoken), stream=stream, page=page
        )

    async def speak_first(self, person: str, event_id: str, spoken: Spoken = ORDER_NEWS) -> int:
        """Put news in the stream as a delivered letter would be; returns its number."""
        return await self._close(await self.sessions.open(person, event_id), (spoken,), "")

    async def deliver(self, person: str, letter: Letter, event_id: str) -> Answer:
        spoken = Spoken(letter.say.id, letter.say.id, kind=letter.kind)
        first = await self.speak_first(person, event_id, spoken)
        return Answer(person, event_id, (spoken,), 1, first)

    async def sent(self, answer: Answer, count: int) -> None:
        await self.sessions.sent(answer.person, answer.event_id, count)


class SmallMedia:
    """Keeps the `Media` protocol in a dictionary."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[bytes, str]] = {}

    async def keep(self, data: bytes, mime: str, *, owner: str, kind: str) -> Kept:
        ref = f"media/{len(self.files):064x}"
        self.files[ref] = (data, mime)
        return Kept(ref, mime, len(data))

    async def read(self, ref: str) -> tuple[bytes, str]:
        return self.files[ref]


class WallClock:
    """A clock that stands still."""

    def now(self) -> int:
        return 1_790_000_000
