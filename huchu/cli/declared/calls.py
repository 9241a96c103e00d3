"""`huchu calls`."""

from pathlib import Path
from typing import Annotated

import typer

from huchu.cli.app import LANGUAGE_NOTE, app
from huchu.cli.arguments import AsJson, Force, Only, Plot, Settings, Stations
from huchu.cli.words import say


@app.command(
    epilog=LANGUAGE_NOTE,
    help=say(
        "全容量充放电调用次数：已完成、要求、尚缺、最迟何时开始；--compare 并列各季节方案与计次口径",
        "full-capacity calls: done, required, still needed, and by when; --compare sets seasons and rules side by side",
    ),
)
def calls(
    inputs: Annotated[
        list[Path],
        typer.Argument(
            metavar="DIR...|METER...",
            help=say(
                "huchu settle 写出的文件夹（或其上级）；用 --compare 时为表计文件",
                "folders that huchu settle wrote, or a folder of them; with --compare meter files",
            ),
        ),
    ],
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="YYYY-MM-DD",
            help=say(
                "截至哪一天（含）；缺省为最后一个结算日", "the last day that is past; default the last settled day"
            ),
        ),
    ] = None,
    compare: Annotated[
        bool,
        typer.Option(
            "--compare",
            help=say(
                "由一座电站的表计文件比较所有季节方案和计次口径",
                "all seasons and counting rules for one station's meter files",
            ),
        ),
    ] = False,
    month: Annotated[
        str | None,
        typer.Option(
            "--month",
            metavar="YYYY-MM[..YYYY-MM]",
            help=say("仅 --compare：比较哪些月份", "with --compare: the months"),
        ),
    ] = None,
    orders: Annotated[
        Path | None,
        typer.Option(
            "--orders", metavar="FILE", help=say("仅 --compare：调度指令 orders.csv", "with --compare: orders.csv")
        ),
    ] = None,
    stations: Stations = None,
    only: Only = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help=say("写出表和图；缺省只打印", "write table and picture; default: print only")
        ),
    ] = None,
    plot: Plot = True,
    settings: Settings = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Settled months in, the standing of the obligation out."""
    from huchu.cli import calls as command

    command.calls(
        command.Request(
            inputs=tuple(inputs),
            on=on,
            compare=compare,
            month=month,
            orders=orders,
            stations=stations,
            only=tuple(only or ()),
            out=out,
            plot=plot,
            settings=settings,
            force=force,
        ),
        as_json=as_json,
    )
