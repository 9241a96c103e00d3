"""`huchu init`, `huchu demo`."""

from pathlib import Path
from typing import Annotated

import typer

from huchu.cli.app import LANGUAGE_NOTE, app
from huchu.cli.arguments import AsJson, Force
from huchu.cli.words import say


@app.command(
    epilog=LANGUAGE_NOTE,
    help=say("生成带注释的设置、电站和抄表样例", "write commented settings, stations and a small meter file"),
)
def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help=say("目标文件夹", "target folder"))] = Path(),
    season: Annotated[
        bool,
        typer.Option(
            "--season",
            help=say(
                "改为写出一个完整迎峰期的样例：三座电站，2025 年 6-9 月，含指令、计划、停运、租赁、退补",
                "a whole sample peak season instead: three stations, June to September 2025, "
                "with orders, plan, outages, leases, corrections",
            ),
        ),
    ] = False,
    size: Annotated[
        bool,
        typer.Option(
            "--size",
            help=say(
                "改为写出一个拟建项目：project.toml、设置、一年电价，供 huchu size",
                "a project to be built instead: project.toml, settings and the prices of a year, for huchu size",
            ),
        ),
    ] = False,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write what a user starts from."""
    from huchu.cli import start

    start.init(folder, season=season, size=size, force=force, as_json=as_json)


@app.command(
    epilog=LANGUAGE_NOTE,
    help=say("用自带样例演示：三座电站、两个月的结算单", "the main job on shipped samples: three stations, two months"),
)
def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=say("结果文件夹", "folder of the results"))] = Path(
        "huchu-demo"
    ),
    as_json: AsJson = False,
) -> None:
    """Run the main job on shipped samples; an earlier demo is replaced."""
    from huchu.cli import start

    start.demo(out, as_json=as_json)
