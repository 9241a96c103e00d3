"""`huchu size`."""

from pathlib import Path
from typing import Annotated

import typer

from huchu.cli.app import LANGUAGE_NOTE, app
from huchu.cli.arguments import AsJson, Force, Plot, Settings
from huchu.cli.words import say


@app.command(
    epilog=LANGUAGE_NOTE,
    help=say(
        "规模：求一座拟建电站的最优功率与时长，及其净现值、收益率、度电成本、回收期和敏感性",
        "size: best power and duration of a station to be built, with its NPV, IRR, LCOS, payback and sensitivities",
    ),
)
def size(
    project: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PROJECT.toml]",
            help=say("拟建项目；格式见 docs/size.md", "the station to be built; see docs/size.md"),
        ),
    ] = None,
    example: Annotated[
        bool, typer.Option("--example", help=say("打印带注释的样例 project.toml", "print a commented project.toml"))
    ] = False,
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            "--scenario",
            metavar="NAME",
            help=say(
                "按哪个情景选规模，缺省为第一个；与 --sweep 同用时只算这些情景，可重复",
                "scenario that the size is chosen for, by default the first; with --sweep these only, repeatable",
            ),
        ),
    ] = None,
    fixed: Annotated[
        str | None,
        typer.Option(
            "--size",
            metavar="MW:MWh",
            help=say(
                "只评价这一规模，例如 100:200，不再求最优", "judge this size, 100:200 for example, and look for none"
            ),
        ),
    ] = None,
    sweep: Annotated[
        str | None,
        typer.Option(
            "--sweep",
            metavar="GRID",
            help=say(
                "改为逐点计算净现值，写出 sweep.csv，例如 power=50:200:50,duration=1:6:0.5,energy_cost=500:900:100",
                "the NPV point by point into sweep.csv instead, "
                "for example power=50:200:50,duration=1:6:0.5,energy_cost=500:900:100",
            ),
        ),
    ] = None,
    settings: Settings = None,
    time_limit_s: Annotated[
        str | None,
        typer.Option(
            "--time-limit",
            metavar="S",
            help=say("线性规划的时限（秒），缺省 60", "seconds for the linear program; default 60"),
        ),
    ] = None,
    gap: Annotated[
        str | None,
        typer.Option(
            "--gap",
            metavar="G",
            help=say(
                "线性规划可接受的相对差距，缺省 0.0001", "relative gap the linear program may leave; default 0.0001"
            ),
        ),
    ] = None,
    plot: Plot = True,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help=say(
                "结果文件夹；缺省 size-<文件名> 或 sweep-<文件名>", "result folder; default size-<file> or sweep-<file>"
            ),
        ),
    ] = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """A project with its scenarios in, the best size and what it earns out."""
    from huchu.cli.size import command
    from huchu.cli.size.request import Request

    command.size(
        Request(
            project=project,
            example=example,
            scenarios=tuple(scenario or ()),
            size=fixed,
            sweep=sweep,
            settings=settings,
            time_limit_s=time_limit_s,
            gap=gap,
            out=out,
            plot=plot,
            force=force,
        ),
        as_json=as_json,
    )
