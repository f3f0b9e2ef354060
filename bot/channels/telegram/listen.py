"""Listens and answers on Telegram, with aiogram. The only file that imports it.

aiogram gives the update types, the bot for set-up, uploads and downloads, and the typed errors.
Ready text calls take a short way through aiogram's own HTTP session: building a typed method,
turning it into a form and reading the answer into a typed message nobody looks at cost 0.15 ms.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import aiogram.methods
import msgspec
import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import BufferedInputFile, Update, User
from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, web
from pydantic import ValidationError
from yarl import URL

from bot.channels.pace import Pace
from bot.channels.telegram.calls import (
    ALLOWED_UPDATES,
    MAX_DOWNLOAD,
    Call,
    chat_of,
    menu,
)
from bot.channels.telegram.parse import News, news_of, rescue
from bot.channels.telegram.pictures import Album, Pictures
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.trouble import Away, Flood, Gone, Refused, Trouble, refusal
from bot.channels.telegram.turns import Blocked, Turns
from bot.channels.telegram.webhook import Webhook
from bot.talk.ports import Desk
from bot.usecases.ports import Media

log = structlog.get_logger(__name__)

LONG_POLL = 25
ANSWER_TIMEOUT = 15.0
UPLOAD_TIMEOUT = 60
MENUS = 10_000
_MIME = {"photo": "image/jpeg", "voice": "audio/ogg", "video": "video/mp4"}


class _Fine(msgspec.Struct):
    """All we need of a good answer; `result` stays undecoded."""

    ok: bool
    result: msgspec.Raw = msgspec.Raw(b"null")


_decode = msgspec.json.Decoder(_Fine).decode
_encode = msgspec.json.Encoder().encode
_JSON = {"Content-Type": "application/json"}


class _Session(AiohttpSession):
    """aiogram's session without a cookie jar: Telegram sets no cookies, and looking takes time."""

    async def create_session(self) -> ClientSession:
        if self._should_reset_connector:
            await self.close()
        if self._session is None or self._session.closed:
            connector = self._connector_type(**self._connector_init)
            self._session = ClientSession(connector=connector, cookie_jar=DummyCookieJar())
            self._should_reset_connector = False
        return self._session


class AiogramPost:
    """Makes calls with one token and says what went wrong as a Trouble."""

    def __init__(self, token: str, api: str) -> None:
        self._session = _Session(api=TelegramAPIServer.from_base(api))
        self.bot = Bot(token, session=self._session)
        self._urls: dict[str, URL] = {}

    async def say(self, call: Call) -> None:
        await self.ask(call, ANSWER_TIMEOUT)

    async def ask(self, call: Call, seconds: float) -> msgspec.Raw:
        """Make a call without files; the raw JSON of its result. Raises a Trouble."""
        session = await self._session.create_session()
        try:
            async with session.post(
                self._url(call.method),
                data=_encode(call.params),
                headers=_JSON,
                timeout=ClientTimeout(seconds),
            ) as response:
                return self._result(call, response.status, await response.read())
        except TimeoutError:
            raise Away("timed out") from None
        except ClientError as error:
            raise Away(f"{type(error).__name__}: {error}") from None

    async def upload(self, call: Call) -> str:
        files = {
            name: BufferedInputFile(upload.data, upload.name)
            for name, upload in call.files.items()
        }
        method = _method(call.method).model_validate({**call.params, **files})
        try:
            message = await self.bot(method, request_timeout=UPLOAD_TIMEOUT)
        except AiogramError as error:
            raise trouble_of(error) from error
        if message.photo:
            return str(message.photo[-1].file_id)
        return str(message.voice.file_id) if message.voice else ""

    async def download(self, file_id: str) -> bytes:
        """A file somebody sent. Raises a Trouble; Refused if it is over 20 MB."""
        try:
            file = await self.bot.get_file(file_id, request_timeout=UPLOAD_TIMEOUT)
            if (file.file_size or 0) > MAX_DOWNLOAD or not file.file_path:
                raise Refused(f"file of {file.file_size} bytes")
            into = io.BytesIO()
            await self.bot.download_file(file.file_path, into, timeout=UPLOAD_TIMEOUT)
        except AiogramError as error:
            raise trouble_of(error) from error
        except (TimeoutError, ClientError) as error:
            raise Away(f"{type(error).__name__}: {error}") from error
        return into.getvalue()

    def _url(self, method: str) -> URL:
        url = self._urls.get(method)
        if url is None:
            url = URL(self._session.api.api_url(token=self.bot.token, method=method))
            self._urls[method] = url
        return url

    def _result(self, call: Call, status: int, body: bytes) -> msgspec.Raw:
        """The result of a good answer; anything else is read by aiogram for its typed error."""
        try:
            answer = _decode(body)
            if status == 200 and answer.ok:
                return answer.result
            method = _method(call.method).model_construct(**call.params)
            self._session.check_response(self.bot, method, status, body.decode())
        except msgspec.DecodeError:
            raise Away(f"{status}, not a Bot API answer") from None
        except AiogramError as error:
            raise trouble_of(error) from error
        raise Away(f"{status}, neither success nor error")


def _method(name: str) -> Any:
    return getattr(aiogram.methods, name[0].upper() + name[1:])


def trouble_of(error: AiogramError) -> Trouble:
    """aiogram's error in the shop's words. A file too large is a network error there, not here."""
    if isinstance(error, TelegramRetryAfter):
        return Flood(error.retry_after)
    if isinstance(error, TelegramForbiddenError):
        return Gone(str(error))
    if isinstance(error, TelegramBadRequest):
        return refusal(str(error))
    if isinstance(error, TelegramEntityTooLarge | TelegramMigrateToChat):
        return Refused(str(error))
    if isinstance(error, TelegramUnauthorizedError | TelegramNotFound):
        return Away(str(error), 30.0)  # the token is wrong: somebody has to look
    return Away(str(error), 5.0 if isinstance(error, TelegramConflictError) else 2.0)


class TelegramListener:
    """The shop's ears and mouth on Telegram, behind a webhook or by polling.

    media keeps what people send; pictures finds what we show; blocked is told who left and came
    back; now gives seconds UTC.
    """

    def __init__(
        self,
        token: str,
        desk: Desk,
        *,
        pace: Pace,
        pictures: Pictures,
        media: Media,
        blocked: Blocked,
        now: Callable[[], int],
        secret: str,
        api: str = "https://api.telegram.org",
    ) -> None:
        self.post = AiogramPost(token, api)
        self._pace = pace
        self._media = media
        self._now = now
        self._secret = secret
        self._webhook_gone = False
        self._menus: dict[str, Sequence[tuple[str, str]]] = {}
        album = Album(pictures, token.partition(":")[0])
        self._turns = Turns(
            desk, self.post, pace, album, keep=self._keep, blocked=blocked, now=now
        )

    async def me(self) -> User:
        """The bot's own account; a wrong token raises aiogram's TelegramUnauthorizedError."""
        return await self.post.bot.me()

    async def name(self) -> str:
        """What links to the bot end in. Raises AiogramError."""
        return (await self.me()).username or ""

    async def set_webhook(self, url: str, max_connections: int = 40) -> None:
        """Tell Telegram where we listen (https, port 443, 80, 88 or 8443). Raises AiogramError."""
        await self.post.bot.set_webhook(
            url,
            secret_token=self._secret,
            allowed_updates=list(ALLOWED_UPDATES),
            max_connections=max_connections,
        )

    def attach(self, app: web.Application, path: str) -> None:
        """Answer Telegram's webhook at `path`."""
        app.router.add_post(path, Webhook(self._secret, self.read, self._turns.take).__call__)

    def read(self, raw: bytes | msgspec.Raw) -> News:
        """One update in JSON. What aiogram refuses is rescued; raises ValueError if it is none."""
        try:
            return news_of(Update.model_validate_json(bytes(raw)))
        except ValidationError as error:
            where = [".".join(map(str, wrong["loc"])) for wrong in error.errors()]
            log.warning("telegram-update-odd", fields=where)  # never what was said
            return rescue(raw, self._now())

    async def poll(self) -> None:
        """Serve by getUpdates until cancelled. A webhook set before is taken away first."""
        self._webhook_gone = False
        await Polling(self._fetch, self._turns.take).run()

    async def _fetch(self, offset: int | None) -> list[News]:
        """After trouble (409: a webhook is set, or another polls) it is taken away again."""
        if not self._webhook_gone:
            await self.post.ask(Call("deleteWebhook", {}), ANSWER_TIMEOUT)
        self._webhook_gone = False
        params: dict[str, Any] = {"timeout": LONG_POLL, "allowed_updates": ALLOWED_UPDATES}
        if offset is not None:
            params["offset"] = offset
        raw = await self.post.ask(Call("getUpdates", params), LONG_POLL + ANSWER_TIMEOUT)
        self._webhook_gone = True
        return [self.read(one) for one in msgspec.json.decode(raw, type=list[msgspec.Raw])]

    async def set_menu(self, person: str, commands: Sequence[tuple[str, str]]) -> None:
        """Give one chat its commands as (name, description); the same go once."""
        if self._menus.get(person) == commands:
            return
        try:
            await self.post.say(menu(chat_of(person), commands))
        except Trouble as trouble:
            log.info("telegram-menu-not-set", person=person, error=str(trouble))
            return
        if len(self._menus) >= MENUS:
            self._menus.clear()
        self._menus[person] = commands

    async def _keep(self, file_id: str, person: str, kind: str) -> str:
        """Download and keep what somebody sent; empty if that failed, which the person is told."""
        try:
            data = await self.post.download(file_id)
            kept = await self._media.keep(data, _MIME[kind], owner=person, kind=kind)
        except (Trouble, OSError) as error:
            log.warning("telegram-file-not-kept", person=person, kind=kind, error=str(error))
            return ""
        return kept.ref

    async def close(self) -> None:
        """Close the connections to Telegram."""
        await self.post.bot.session.close()
