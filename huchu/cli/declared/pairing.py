"""`huchu pairing`."""

from pathlib import Path
from typing import Annotated

import typer

from huchu.cli.app import LANGUAGE_NOTE, app
from huchu.cli.arguments import AsJson, Force, Plot, Settings, Stations
from huchu.cli.words import say


@app.command(
    epilog=LANGUAGE_NOTE,
    help=say(
        "风电配储：各项目是否达到 20%、4 小时，还缺多少，如何补足",
        "wind pairing: whether each project has its 20 % for 4 hours, what is missing, how to get it",
    ),
)
def pairing(
    projects: Annotated[
        Path | None,
        typer.Option(
            "--projects",
            metavar="FILE",
            help=say(
                "项目文件；缺省为当前目录的 projects.toml", "projects; default projects.toml in the working folder"
            ),
        ),
    ] = None,
    stations: Stations = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help=say("只看这一天", "this day only"))] = None,
    from_on: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DATE",
            help=say("首日；缺省看方案全期（自各项目开工起）", "first day; default the plan's whole term"),
        ),
    ] = None,
    until_on: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help=say("末日，含", "last day, included"))
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help=say("写出结果的文件夹；缺省不写", "folder for the results; nothing is written by default"),
        ),
    ] = None,
    plot: Plot = True,
    settings: Settings = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Projects and stations in, what each project has and lacks out."""
    from huchu.cli import pairing as command

    command.pairing(
        command.Request(
            projects=projects,
            stations=stations,
            on=on,
            from_on=from_on,
            until_on=until_on,
            out=out,
            plot=plot,
            settings=settings,
            force=force,
        ),
        as_json=as_json,
    )
