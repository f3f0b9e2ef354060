"""`python -m bot …`: everything the shop can be told to do from a terminal."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import structlog
import typer

from bot.settings import Settings, read_settings

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


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


@app.command()
def run() -> None:
    """Mở cả chợ trong một tiến trình: web, bot, gửi tin. / Everything in one process."""
    from bot.commands.serve import serve

    serve(settings_or_exit(), web=True, worker=True)


@app.command()
def web() -> None:
    """Chỉ phần nghe và trả lời. / Listens and answers; add as many as you like."""
    from bot.commands.serve import serve

    serve(settings_or_exit(), web=True, worker=False)


@app.command()
def work() -> None:
    """Chỉ phần gửi tin trước. / Speaks first: letters, lapses, sweeps."""
    from bot.commands.serve import serve

    serve(settings_or_exit(), web=False, worker=True)


@app.command()
def migrate() -> None:
    """Nâng cấp cơ sở dữ liệu (sao lưu trước). / Back up and upgrade the database."""
    from bot.commands.maintain import migrate_now

    migrate_now(settings_or_exit())


@app.command("seller-link")
def seller_link(seller: str) -> None:
    """Làm đường dẫn một lần cho người bán. / A new one-time link for a seller."""
    from bot.commands.maintain import print_seller_link

    print_seller_link(settings_or_exit(), seller)


@app.command()
def check(
    lang: Annotated[str, typer.Option(help="what this language lacks, e.g. hmn@rpa")] = "",
) -> None:
    """Soát hàng, lời nói, lệnh: sai ở tệp nào, dòng nào. / Validate catalogue and locales."""
    from bot.commands.check import check as look

    raise typer.Exit(look(settings_or_exit(), lang))


@app.command()
def doctor() -> None:
    """Khám máy: mã bot, Redis, ổ đĩa, đồng hồ, địa chỉ. / Look at everything around the shop."""
    from bot.commands.doctor import doctor as examine

    raise typer.Exit(examine(settings_or_exit()))


@app.command()
def draw() -> None:
    """Vẽ lại ảnh minh hoạ. / Draw the illustrations of catalog/photos again."""
    from bot.commands.draw_pictures import draw_pictures

    draw_pictures(settings_or_exit().catalog_dir)


@app.command()
def bench(
    what: Annotated[str, typer.Argument(help="turns")] = "turns",
    turns: Annotated[int, typer.Option(help="purchases on each path")] = 600,
    talks: Annotated[int, typer.Option(help="talks at once")] = 16,
    json: Annotated[bool, typer.Option("--json", help="one line of JSON at the end")] = False,
) -> None:
    """Đo tốc độ. / Measure, with effects counted."""
    from bot.commands.bench import bench_turns

    if what != "turns":
        raise typer.BadParameter(what)
    raise typer.Exit(bench_turns(settings_or_exit(), turns, talks, as_json=json))


@app.command()
def backup() -> None:
    """Sao lưu cơ sở dữ liệu. / Copy the database to DATA_DIR/backups."""
    from bot.commands.maintain import backup_now

    backup_now(settings_or_exit())


@app.command()
def rehearse(
    json: Annotated[bool, typer.Option("--json", help="JSON lines in and out")] = False,
    now: Annotated[str, typer.Option(help="ISO moment the shop's clock stands at")] = "",
    data: Annotated[Path | None, typer.Option(help="data directory to keep")] = None,
    catalog: Annotated[Path | None, typer.Option(help="another catalogue")] = None,
) -> None:
    """Tập nói chuyện với chợ ngay tại đây. / Talk to the shop in this terminal."""
    from bot.commands.rehearse import rehearse as play

    settings = settings_or_exit()
    if catalog is not None:
        settings = replace(settings, catalog_dir=catalog)
    play(settings, as_json=json, now=now, data=data)


if __name__ == "__main__":
    app()
