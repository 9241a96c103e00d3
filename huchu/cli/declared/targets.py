"""`huchu targets`."""

from pathlib import Path
from typing import Annotated

import typer

from huchu.cli.app import LANGUAGE_NOTE, app
from huchu.cli.arguments import AsJson, Force, Only, Plot, Settings, Stations, Unterminated
from huchu.cli.words import say


@app.command(
    epilog=LANGUAGE_NOTE,
    help=say(
        "目标：对照方案目标的进度、所需增速，以及储能对负荷尖峰的削减",
        "targets: progress to the plan's targets, the growth needed, and how far a fleet cuts a load's peak",
    ),
)
def targets(
    installed: Annotated[
        str | None,
        typer.Option("--installed", metavar="MW", help=say("已投用的功率，兆瓦", "power in use, MW")),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=say("该功率的日期；缺省今天", "its day; default today"))
    ] = None,
    year: Annotated[
        str | None, typer.Option("--year", metavar="Y", help=say("或该功率的年末", "or the end of its year"))
    ] = None,
    base_year: Annotated[
        str | None,
        typer.Option(
            "--base-year",
            metavar="Y",
            help=say("增速的起算年末；缺省同上", "year end growth counts from; default as above"),
        ),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option("--base", metavar="MW", help=say("起算年末的功率", "power at the end of that year")),
    ] = None,
    piles: Annotated[
        str | None, typer.Option("--piles", metavar="N", help=say("智能充放电桩数", "smart charge and discharge piles"))
    ] = None,
    pile_kw: Annotated[
        str | None, typer.Option("--pile-kw", metavar="KW", help=say("每桩放电功率，千瓦", "discharge of a pile, kW"))
    ] = None,
    share: Annotated[
        str | None,
        typer.Option("--share", metavar="R", help=say("同时可用的比例，0 至 1", "share available at once, 0 to 1")),
    ] = None,
    load: Annotated[
        Path | None,
        typer.Option(
            "--load",
            metavar="FILE",
            help=say(
                "负荷：interval_start, load_mw（见 huchu signals）", "load: interval_start, load_mw (see huchu signals)"
            ),
        ),
    ] = None,
    peak_share: Annotated[
        str,
        typer.Option(
            "--peak-share",
            metavar="R",
            help=say(
                "削去最高负荷的比例；方案没有数值，缺省为本工具所取",
                "share of the peak to be cut; the plan has no figure",
            ),
        ),
    ] = "0.05",
    stations: Stations = None,
    only: Only = None,
    fleet_mw: Annotated[
        str | None, typer.Option("--fleet-mw", metavar="MW", help=say("储能总放电功率", "discharge power of the fleet"))
    ] = None,
    fleet_mwh: Annotated[
        str | None, typer.Option("--fleet-mwh", metavar="MWh", help=say("储能总放电电量", "energy of one discharge"))
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help=say("写出 targets.json 与图的文件夹", "folder for targets.json and pictures")
        ),
    ] = None,
    plot: Plot = True,
    accept_unterminated: Unterminated = False,
    settings: Settings = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Power in use and a load in, progress and peak cut out."""
    from huchu.cli import targets as command

    command.targets(
        command.Request(
            installed=installed,
            on=on,
            year=year,
            base_year=base_year,
            base=base,
            piles=piles,
            pile_kw=pile_kw,
            share=share,
            load=load,
            peak_share=peak_share,
            stations=stations,
            only=tuple(only or ()),
            fleet_mw=fleet_mw,
            fleet_mwh=fleet_mwh,
            out=out,
            plot=plot,
            accept_unterminated=accept_unterminated,
            settings=settings,
            force=force,
        ),
        as_json=as_json,
    )
