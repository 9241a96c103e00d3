"""`huchu settle`."""

from pathlib import Path
from typing import Annotated

import typer

from huchu.cli.app import LANGUAGE_NOTE, app
from huchu.cli.arguments import AsJson, Force, Only, Settings, SkipRefused, Stations, Unterminated
from huchu.cli.words import say


@app.command(epilog=LANGUAGE_NOTE, help=say("结算：表计文件 -> 结算单", "settle: meter files into statements"))
def settle(
    meter: Annotated[list[Path], typer.Argument(metavar="METER...", help=say("表计文件", "meter files"))],
    month: Annotated[
        str, typer.Option("--month", metavar="YYYY-MM[..YYYY-MM]", help=say("结算月份", "month or months"))
    ],
    stations: Stations = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help=say("结果文件夹；缺省 settled-<月份>", "results; default settled-<month>")
        ),
    ] = None,
    settled: Annotated[
        list[Path] | None,
        typer.Option(
            "--settled",
            metavar="DIR",
            help=say("以前各月的结果，用于累计；可重复", "earlier results, for what is to date; repeatable"),
        ),
    ] = None,
    orders: Annotated[
        Path | None,
        typer.Option(
            "--orders",
            metavar="FILE",
            help=say("调度指令：计次、缺额分担、考核", "dispatch orders: for calls, shares of a shortfall, assessment"),
        ),
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan",
            metavar="FILE",
            help=say(
                "96 点计划曲线：日前偏差、考核", "plan curve of 96 points: for the market's deviation and assessment"
            ),
        ),
    ] = None,
    prices: Annotated[
        Path | None,
        typer.Option(
            "--prices",
            metavar="FILE",
            help=say(
                "日前和实时电价；自 market_from 起必需", "day-ahead and real-time prices; required from market_from on"
            ),
        ),
    ] = None,
    adjust: Annotated[
        Path | None,
        typer.Option(
            "--adjust", metavar="FILE", help=say("退补：以前月份的电量更正", "corrections of energy of earlier months")
        ),
    ] = None,
    incidents: Annotated[
        Path | None,
        typer.Option(
            "--incidents",
            metavar="FILE",
            help=say("考核事件", "incidents that are assessed"),
        ),
    ] = None,
    agc: Annotated[
        Path | None,
        typer.Option(
            "--agc",
            metavar="FILE",
            help=say("自动发电控制的月度指标", "monthly figures of automatic generation control"),
        ),
    ] = None,
    run: Annotated[
        str,
        typer.Option("--run", metavar="prelim|final|revision", help=say("预结算、正式、清算", "kind of run")),
    ] = "final",
    estimate: Annotated[
        bool,
        typer.Option(
            "--estimate", help=say("允许按规则补算缺口，补算行有标记", "fill gaps by named rules, each row marked")
        ),
    ] = False,
    statements: Annotated[
        bool,
        typer.Option("--statements/--no-statements", help=say("是否写出结算单", "whether statements are written")),
    ] = True,
    formats: Annotated[
        str,
        typer.Option(
            "--formats", metavar="LIST", help=say("结算单格式，逗号分隔", "formats of the statements, by commas")
        ),
    ] = "pdf,xlsx,json",
    only: Only = None,
    skip_refused: SkipRefused = False,
    accept_unterminated: Unterminated = False,
    jobs: Annotated[
        int, typer.Option("--jobs", min=0, help=say("出单进程数；0 为自动", "processes for the statements; 0 chooses"))
    ] = 0,
    settings: Settings = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Meter files in, statements out."""
    from huchu.cli import settle as command

    command.settle(
        command.Request(
            meter=tuple(meter),
            month=month,
            stations=stations,
            out=out,
            settled=tuple(settled or ()),
            beside=(orders, plan, prices, adjust, incidents, agc),
            run=run,
            estimate=estimate,
            formats=tuple(part.strip() for part in formats.split(",") if part.strip()) if statements else (),
            only=tuple(only or ()),
            skip_refused=skip_refused,
            accept_unterminated=accept_unterminated,
            jobs=jobs,
            settings=settings,
            force=force,
        ),
        as_json=as_json,
    )
