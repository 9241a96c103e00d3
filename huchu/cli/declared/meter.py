"""`huchu meter check`."""

from pathlib import Path
from typing import Annotated

import typer

from huchu.cli.app import LANGUAGE_NOTE, meter_app
from huchu.cli.arguments import AsJson, Settings, Stations, Unterminated
from huchu.cli.words import say


@meter_app.command(
    epilog=LANGUAGE_NOTE, help=say("检查表计文件，只给出发现的问题", "check meter files; nothing but findings")
)
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=say("表计文件", "meter files"))],
    stations: Stations = None,
    month: Annotated[
        str | None, typer.Option("--month", metavar="YYYY-MM", help=say("应覆盖的月份", "month that must be covered"))
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help=say("写出 findings.csv 的文件夹", "folder for findings.csv")),
    ] = None,
    accept_unterminated: Unterminated = False,
    settings: Settings = None,
    as_json: AsJson = False,
) -> None:
    """All checks of the intake, nothing but findings."""
    from huchu.cli import meter_check as command

    command.check(
        command.Request(
            files=tuple(files),
            stations=stations,
            month=month,
            out=out,
            accept_unterminated=accept_unterminated,
            settings=settings,
        ),
        as_json=as_json,
    )
