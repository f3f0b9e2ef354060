"""What every command begins with: the environment's settings, and where the log goes."""

from __future__ import annotations

import logging
import sys

import structlog

from bot.settings import Settings, read_settings


def settings_or_exit() -> Settings:
    """The environment's settings, logging set up; a bad value ends the program with one line."""
    try:
        settings = read_settings()
    except ValueError as error:
        raise SystemExit(str(error)) from None
    level = logging.getLevelNamesMapping().get(settings.log_level.upper(), logging.INFO)
    logging.basicConfig(
        stream=sys.stderr, level=level, format="%(levelname)s %(name)s %(message)s"
    )
    for name in ("alembic", "httpx"):  # httpx logs addresses, and Telegram's hold the token
        logging.getLogger(name).setLevel(logging.WARNING)
    # structlog's own way shows local variables under an error: phones, addresses, the token
    screen = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    structlog.configure(
        processors=[*structlog.get_config()["processors"][:-1], screen],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    return settings
