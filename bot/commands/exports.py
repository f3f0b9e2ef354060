"""`python -m bot export …` and `catalogue …`: between the shop and files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.start import settings_or_exit

export_app = typer.Typer(no_args_is_help=True)
catalogue_app = typer.Typer(no_args_is_help=True)


@export_app.callback()
def export() -> None:
    """Ghi dữ liệu ra tệp. / Write data to files."""


@export_app.command("intents")
def export_intents() -> None:
    """Ghi câu đã dạy vào intents/ và catalog/. / Write what trainers taught."""
    from bot.commands.export_intents import export_intents as write

    raise typer.Exit(write(settings_or_exit()))


@export_app.command("catalogue")
def export_catalogue(
    prices: Annotated[bool, typer.Option("--prices", help="the ledger's prices too")] = False,
) -> None:
    """Ghi hàng đăng trong chat vào catalog/. / Write goods born in the chat into files."""
    from bot.commands.export_catalogue import export_catalogue as write

    raise typer.Exit(write(settings_or_exit(), prices=prices))


@catalogue_app.callback()
def catalogue() -> None:
    """Giữa tệp hàng và sổ. / Between the catalogue's files and the ledger."""


@catalogue_app.command("apply")
def catalogue_apply() -> None:
    """Lấy giá trong catalog/ vào sổ. / Take the files' prices into the ledger."""
    from bot.commands.export_catalogue import apply

    raise typer.Exit(apply(settings_or_exit()))


@export_app.command("rasa")
def export_rasa(to: Annotated[Path, typer.Option(help="folder to write into")]) -> None:
    """Xuất câu mẫu và tên hàng cho Rasa. / Write what a Rasa server learns into a folder."""
    from bot.commands.rasa import export as write

    raise typer.Exit(write(settings_or_exit(), to))


@export_app.command("data")
def export_data(to: Annotated[Path, typer.Option(help="a new folder")]) -> None:
    """Xuất mọi sổ sách ra tệp CSV, mở được bằng Excel. / All books as CSV files."""
    from bot.commands.export_data import export_data as write

    write(settings_or_exit(), to)


@export_app.command("sales")
def export_sales(
    since: Annotated[str, typer.Option("--from", help="first day, 2026-11-01")],
    until: Annotated[str, typer.Option("--to", help="last day, 2026-11-30")],
    to_file: Annotated[Path, typer.Option(help="a new CSV file")],
) -> None:
    """Xuất đơn bán được của những ngày ấy ra một tệp CSV. / Orders of some days as CSV."""
    from bot.commands.export_sales import export_sales as write

    write(settings_or_exit(), since, until, to_file)


@export_app.command("audio")
def export_audio(
    lang: Annotated[str, typer.Option(help="hmn | vi")],
    force: Annotated[bool, typer.Option("--force", help="over another recording")] = False,
    withdrawn: Annotated[
        bool, typer.Option("--withdrawn", help="remove clips of who took her voice back")
    ] = False,
) -> None:
    """Ghi câu đã thu trong chat vào locales/<tiếng>/audio. / Recorded clips into locales/."""
    from bot.commands.export_audio import export_audio as write

    raise typer.Exit(write(settings_or_exit(), lang, force=force, withdrawn=withdrawn))
