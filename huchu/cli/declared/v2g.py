"""`huchu v2g`."""

from pathlib import Path
from typing import Annotated

import typer

from huchu.cli.app import LANGUAGE_NOTE, app
from huchu.cli.arguments import AsJson, Force, Plot, Settings, Unterminated
from huchu.cli.words import say


@app.command(
    name="v2g",
    epilog=LANGUAGE_NOTE,
    help=say(
        "车网互动：充电记录聚合为一座虚拟储能，排定计划，再分回每辆车",
        "v2g: charging sessions into one virtual store, its best plan, and the plan of every car again",
    ),
)
def v2g(
    sessions: Annotated[
        Path,
        typer.Argument(
            metavar="SESSIONS.csv",
            help=say("充电记录，CSV，可 gzip；格式见 docs/v2g.md", "sessions, CSV, gzip too; see docs/v2g.md"),
        ),
    ],
    signals: Annotated[
        Path | None,
        typer.Option(
            "--signals",
            metavar="FILE",
            help=say("电价或负荷序列（见 huchu signals）", "prices or load (see huchu signals)"),
        ),
    ] = None,
    objective: Annotated[
        str | None,
        typer.Option(
            "--objective",
            metavar="cost|peak",
            help=say(
                "最低电费或最低尖峰；有电价时缺省 cost", "least cost or least peak; cost by default where prices are"
            ),
        ),
    ] = None,
    power_kw: Annotated[
        str | None,
        typer.Option(
            "--power-kw",
            metavar="KW",
            help=say("每桩充电功率，文件未给出时必填", "charging power of a charger, where the file does not say"),
        ),
    ] = None,
    discharge_power_kw: Annotated[
        str | None,
        typer.Option(
            "--discharge-power-kw",
            metavar="KW",
            help=say("每桩放电功率，缺省 0（只充不放）", "discharging power of a charger; default 0, charging only"),
        ),
    ] = None,
    spare_kwh: Annotated[
        str | None,
        typer.Option(
            "--spare-kwh",
            metavar="KWH",
            help=say("每辆车到达时可借出的电量，缺省 0", "what a car may lend of the energy it brought; default 0"),
        ),
    ] = None,
    room_kwh: Annotated[
        str | None,
        typer.Option(
            "--room-kwh",
            metavar="KWH",
            help=say(
                "每辆车最多可充到比到达时高出的电量，缺省为所需电量",
                "the most a car may hold above what it brought; default what it asks for",
            ),
        ),
    ] = None,
    charge_efficiency: Annotated[
        str | None,
        typer.Option("--charge-efficiency", metavar="R", help=say("充电效率，缺省 1", "default 1")),
    ] = None,
    discharge_efficiency: Annotated[
        str | None,
        typer.Option("--discharge-efficiency", metavar="R", help=say("放电效率，缺省 1", "default 1")),
    ] = None,
    energy: Annotated[
        str,
        typer.Option(
            "--energy",
            metavar="requested|delivered",
            help=say("ACN 文件中取申请电量还是实充电量", "which energy of an ACN file a car asks for"),
        ),
    ] = "requested",
    from_at: Annotated[
        str | None,
        typer.Option("--from", metavar="T", help=say("起始时刻或日期；缺省首车到达当日", "first instant or day")),
    ] = None,
    until_at: Annotated[
        str | None,
        typer.Option("--until", metavar="T", help=say("终止，不含；缺省末车离开次日", "end, not included")),
    ] = None,
    step: Annotated[
        int | None,
        typer.Option("--step", metavar="MIN", help=say("步长；缺省同信号，否则 15", "step; as the signals, else 15")),
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan",
            metavar="PLAN.csv",
            help=say(
                "不排计划，核对并分解此计划：interval_start, power_kw",
                "check and share out this plan instead: interval_start, power_kw",
            ),
        ),
    ] = None,
    store: Annotated[
        bool,
        typer.Option(
            "--store",
            help=say(
                "另给出四列普通储能，其中任何计划都可行",
                "also give a plain store of four figures a step, inside of which every plan can be followed",
            ),
        ),
    ] = False,
    settings: Settings = None,
    accept_unterminated: Unterminated = False,
    plot: Plot = True,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help=say("结果文件夹；缺省 v2g-<文件名>", "result folder; default v2g-<file>")
        ),
    ] = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Charging sessions in, one virtual store and the plan of every car out."""
    from huchu.cli.v2g import command
    from huchu.cli.v2g.request import Request, Typed

    command.v2g(
        Request(
            sessions=sessions,
            signals=signals,
            plan=plan,
            typed=Typed(
                objective=objective,
                power_kw=power_kw,
                discharge_power_kw=discharge_power_kw,
                spare_kwh=spare_kwh,
                room_kwh=room_kwh,
                charge_efficiency=charge_efficiency,
                discharge_efficiency=discharge_efficiency,
                energy=energy,
            ),
            from_at=from_at,
            until_at=until_at,
            step_minutes=step,
            store=store,
            out=out,
            plot=plot,
            accept_unterminated=accept_unterminated,
            settings=settings,
            force=force,
        ),
        as_json=as_json,
    )
