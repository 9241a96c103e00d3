"""`huchu classify`."""

from pathlib import Path
from typing import Annotated

import typer

from huchu.cli.app import LANGUAGE_NOTE, app
from huchu.cli.arguments import AsJson, Force, Only, Settings, Stations
from huchu.cli.words import say


@app.command(
    epilog=LANGUAGE_NOTE,
    help=say(
        "分类：电站类型、备案、用地、市场、电价、容量补贴与奖励，附条款",
        "classify: kind of station, filing, land, market, prices, capacity subsidy and award, each with its article",
    ),
)
def classify(
    stations: Stations = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=say("判断的日期；缺省今天", "the day; default today"))
    ] = None,
    steps: Annotated[
        bool, typer.Option("--steps", help=say("列出该类电站的办理步骤", "list the steps on the way of such a station"))
    ] = False,
    only: Only = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help=say("写出 classification.csv 与 .json 的文件夹", "folder for classification.csv and .json"),
        ),
    ] = None,
    settings: Settings = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Stations in, the answers of the decision table out."""
    from huchu.cli import classify as command

    command.classify(
        command.Request(
            stations=stations,
            on=on,
            steps=steps,
            only=tuple(only or ()),
            out=out,
            settings=settings,
            force=force,
        ),
        as_json=as_json,
    )
