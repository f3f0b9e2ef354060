"""The live board and the door for comments, plugged into the web side."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web

from bot.app import Parts
from bot.talk.seller.board import BoardDesk
from bot.web.app import Attach
from bot.web.board import PING_SECONDS, Boards
from bot.web.board_page import read_board_pages
from bot.web.comments import Comments
from bot.web.cookies import Cookies


def live_board(parts: Parts, *, ping: float = PING_SECONDS) -> Attach:
    """Adds `/b/…` and `/live/…/comments`; `ping` seconds between a board's signs of life."""
    public = urlsplit(parts.settings.public_url)
    cookies = Cookies(
        parts.secret, secure=public.scheme == "https", proxies=parts.settings.proxies
    )
    desk = BoardDesk(parts.shop)
    pages = read_board_pages(parts.settings.locales_dir)
    boards = Boards(desk, pages, public.netloc, ping=ping)
    comments = Comments(desk, parts.sessions, cookies.origin)

    def attach(app: web.Application) -> None:
        boards.attach(app)
        comments.attach(app)

    return attach
