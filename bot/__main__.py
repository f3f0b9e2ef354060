"""`python -m bot …`: everything the shop can be told to do from a terminal."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.exports import catalogue_app, export_app
from bot.commands.start import settings_or_exit

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(export_app, name="export")
app.add_typer(catalogue_app, name="catalogue")


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


@app.command("owner-link")
def owner_link() -> None:
    """Làm đường dẫn một lần cho chủ chợ. / A new one-time link for an owner."""
    from bot.commands.maintain import print_owner_link

    print_owner_link(settings_or_exit())


@app.command("trainer-link")
def trainer_link() -> None:
    """Làm đường dẫn một lần cho người dạy. / A new one-time link for a trainer."""
    from bot.commands.maintain import print_trainer_link

    print_trainer_link(settings_or_exit())


@app.command()
def check(
    lang: Annotated[str, typer.Option(help="what this language lacks, e.g. hmn@rpa")] = "",
) -> None:
    """Soát hàng, lời nói, lệnh: sai ở tệp nào, dòng nào. / Validate catalogue and locales."""
    from bot.commands.check import check as look

    raise typer.Exit(look(settings_or_exit(), lang))


@app.command()
def train() -> None:
    """Học các câu mẫu trong intents/. / Learn the examples; the shop does this by itself."""
    from bot.commands.train import train as learn

    raise typer.Exit(learn(settings_or_exit()))


@app.command()
def parse(
    json: Annotated[bool, typer.Option("--json", help="one JSON per line")] = True,
    role: Annotated[str, typer.Option(help="customer | seller")] = "customer",
    lang: Annotated[str, typer.Option(help="vi")] = "vi",
) -> None:
    """Đọc từng dòng tin nhắn, in ra máy hiểu thế nào. / One message per line in, JSON out."""
    from bot.commands.parse import parse as read

    if role not in ("customer", "seller"):
        raise typer.BadParameter(role)
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    raise typer.Exit(read(settings_or_exit(), role, lang, sys.stdin))  # type: ignore[arg-type]


@app.command()
def rasa(
    python: Annotated[Path, typer.Option(help="Python of Rasa's environment")] = Path(
        ".venv-rasa/bin/python"
    ),
    config: Annotated[str, typer.Option(help="config or diet, of intents/rasa/")] = "config",
    port: Annotated[int, typer.Option(help="on 127.0.0.1")] = 5005,
    compare: Annotated[bool, typer.Option(help="measure with and without Rasa")] = False,
    json: Annotated[bool, typer.Option("--json", help="compare: one line of JSON")] = False,
) -> None:
    """Mở máy chủ Rasa, có cũng được (make rasa). / Train and serve Rasa, an option."""
    from bot.commands import rasa as server

    if compare:
        raise typer.Exit(server.compare(settings_or_exit(), python, config, as_json=json))
    raise typer.Exit(server.serve(settings_or_exit(), python, config, port))


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
    what: Annotated[str, typer.Argument(help="turns, understand, live, broadcast")] = "turns",
    turns: Annotated[int, typer.Option(help="purchases on each path")] = 600,
    talks: Annotated[int, typer.Option(help="talks at once")] = 16,
    quick: Annotated[bool, typer.Option(help="understand: no cross-validation")] = False,
    people: Annotated[
        int | None, typer.Option(help="live: claimants; broadcast: followers")
    ] = None,
    rate: Annotated[float, typer.Option(help="broadcast: messages a second")] = 30.0,
    json: Annotated[bool, typer.Option("--json", help="one line of JSON at the end")] = False,
) -> None:
    """Đo tốc độ, đo mức hiểu câu. / Measure turns, or how well messages are understood."""
    from bot.commands.bench import bench_turns
    from bot.commands.bench_understand import bench_understand

    if what == "understand":
        raise typer.Exit(bench_understand(settings_or_exit(), as_json=json, quick=quick))
    if what == "live":
        from bot.commands.bench_live import bench_live

        raise typer.Exit(bench_live(settings_or_exit(), people or 10_000, as_json=json))
    if what == "broadcast":
        from bot.commands.bench_broadcast import bench_broadcast

        followers = 20_000 if people is None else people
        raise typer.Exit(bench_broadcast(settings_or_exit(), followers, rate, as_json=json))
    if what != "turns":
        raise typer.BadParameter(what)
    raise typer.Exit(bench_turns(settings_or_exit(), turns, talks, as_json=json))


@app.command()
def transliterate() -> None:
    """Viết lại bản chữ Mông Việt từ bản RPA. / Write the books in Mông script from RPA."""
    from bot.commands.transliterate import transliterate as write

    for path in write(settings_or_exit().locales_dir):
        typer.echo(path)


@app.command()
def vietqr(
    bank: Annotated[str, typer.Option(help="BIN (970436) or name (Vietcombank)")] = "",
    account: Annotated[str, typer.Option(help="account or card number")] = "",
    service: Annotated[str, typer.Option(help="QRIBFTTA | QRIBFTTC (card)")] = "QRIBFTTA",
    amount: Annotated[str | None, typer.Option(help="whole đồng, e.g. 85000")] = None,
    purpose: Annotated[str, typer.Option(help="at most 25 letters and digits")] = "",
    png: Annotated[Path | None, typer.Option(help="draw the code into this file too")] = None,
) -> None:
    """In nội dung mã VietQR để nhận chuyển khoản. / Print the payload of a transfer's QR."""
    from bot.commands.vietqr import Asked
    from bot.commands.vietqr import vietqr as show

    asked = Asked(bank, account, service, amount, purpose, png)
    raise typer.Exit(show(settings_or_exit(), asked))


@app.command("fill-audio")
def fill_audio(
    lang: Annotated[str, typer.Option(help="vi: no machine speaks Mông")] = "vi",
) -> None:
    """Cho máy đọc những câu tiếng Việt chưa ai thu. / espeak-ng reads what nobody recorded."""
    import time

    from bot.commands.espeak import fill_audio as fill

    raise typer.Exit(fill(settings_or_exit(), lang, int(time.time())))


@app.command()
def backup() -> None:
    """Sao lưu cả chợ vào một tệp. / Everything into one file in DATA_DIR/backups."""
    from bot.commands.backup import backup as make

    make(settings_or_exit())


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="DATA_DIR/backups/shop-….tar")],
    over: Annotated[bool, typer.Option(help="move a shop that is there aside")] = False,
) -> None:
    """Khôi phục chợ từ tệp sao lưu. / Put a backup back, on this machine or a new one."""
    from bot.commands.restore import restore_from

    restore_from(settings_or_exit(), file, over=over)


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
