"""`huchu dispatch`."""

from pathlib import Path
from typing import Annotated

import typer

from huchu.cli.app import LANGUAGE_NOTE, app
from huchu.cli.arguments import AsJson, Force, Only, Plot, Settings, SkipRefused, Stations, Unterminated
from huchu.cli.words import say


@app.command(
    epilog=LANGUAGE_NOTE,
    help=say(
        "调度：电站与电价 -> 最优充放电计划，并说明收益与约束",
        "dispatch: stations and prices into the best schedule, what it earns and what limits it",
    ),
)
def dispatch(
    stations: Stations = None,
    signals: Annotated[
        Path | None,
        typer.Option(
            "--signals",
            metavar="FILE",
            help=say(
                "电价、负荷、风电序列；没有电价列则按政策电价", "prices, load, wind; without prices the policy's apply"
            ),
        ),
    ] = None,
    objective: Annotated[
        str | None,
        typer.Option(
            "--objective",
            metavar="NAME",
            help=say(
                "各站收益：regulated_revenue 或 market_revenue，缺省由有无电价决定；"
                "多站同一目标：peak_shaving 削峰，wind_following 跟随风电，peak_and_revenue 削峰与收益",
                "revenue of each station: regulated_revenue or market_revenue, by default as prices are given or not; "
                "one goal of all: peak_shaving, wind_following, peak_and_revenue",
            ),
        ),
    ] = None,
    fair_calls: Annotated[
        str | None,
        typer.Option(
            "--fair-calls",
            metavar="before_peak|after_peak|off",
            help=say(
                "多站：各站调用完成份额的最低值先于峰值或后于峰值求最大（缺省 before_peak），off 则每站全部完成",
                "one goal: the smallest share of calls before or after the peak (default before_peak); off: all calls",
            ),
        ),
    ] = None,
    peak_worth: Annotated[
        float | None,
        typer.Option(
            "--peak-worth",
            metavar="CNY_PER_MW",
            help=say(
                "peak_and_revenue：最高负荷每降低 1 兆瓦值多少元",
                "peak_and_revenue: what one MW less of the highest load is worth",
            ),
        ),
    ] = None,
    promise: Annotated[
        str | None,
        typer.Option(
            "--promise",
            metavar="wind_plan|load|daily_mean",
            help=say(
                "wind_following：承诺出力；缺省取 wind_plan_mw，其次 load_mw，再次每日风电均值",
                "wind_following: what is to be delivered; default wind_plan_mw, else load_mw, else the mean of the day",
            ),
        ),
    ] = None,
    losses: Annotated[
        str | None,
        typer.Option(
            "--losses",
            metavar="as_curtailed|not",
            help=say(
                "wind_following：储能损耗是否计作弃电；缺省计入",
                "wind_following: whether what stores lose counts like curtailed wind; default as_curtailed",
            ),
        ),
    ] = None,
    from_at: Annotated[
        str | None, typer.Option("--from", metavar="T", help=say("起始时刻或日期", "first instant or day"))
    ] = None,
    until_at: Annotated[
        str | None,
        typer.Option(
            "--until", metavar="T", help=say("终止时刻或日期，不含", "end, an instant or a day, not included")
        ),
    ] = None,
    step: Annotated[
        int | None,
        typer.Option(
            "--step", metavar="MIN", help=say("步长，无信号时缺省 15 分钟", "step; 15 minutes without signals")
        ),
    ] = None,
    calls: Annotated[
        float | None,
        typer.Option(
            "--calls",
            metavar="N",
            help=say(
                "迎峰日全容量充放电调用次数；政策电价下缺省按年度要求折算",
                "full discharges on season days; by default the plan's, pro rata",
            ),
        ),
    ] = None,
    calls_done: Annotated[
        float, typer.Option("--calls-done", metavar="N", help=say("已完成的次数", "calls already done"))
    ] = 0.0,
    max_cycles_per_day: Annotated[
        str | None,
        typer.Option(
            "--max-cycles-per-day",
            metavar="X|none",
            help=say("每日循环上限；政策电价下缺省 1", "daily cycle cap; 1 by default at the regulated prices"),
        ),
    ] = None,
    final_stored_ratio: Annotated[
        str | None,
        typer.Option("--final-stored-ratio", metavar="R", help=say("期末储能比例；缺省同期初", "stored at the end")),
    ] = None,
    wear_cost: Annotated[
        float,
        typer.Option(
            "--wear-cost", metavar="CNY_PER_MWH", help=say("每放电 1 MWh 的损耗成本", "wear for each MWh discharged")
        ),
    ] = 0.0,
    ramp: Annotated[
        float | None, typer.Option("--ramp", metavar="MW_PER_MIN", help=say("净功率爬坡上限", "limit of ramping"))
    ] = None,
    grid_limit: Annotated[
        float | None,
        typer.Option(
            "--grid-limit",
            metavar="MW",
            help=say("并网点功率上限，含 wind_mw", "limit at the connection, wind included"),
        ),
    ] = None,
    reserve_leases: Annotated[
        bool, typer.Option("--reserve-leases", help=say("为租赁容量留出功率与能量", "leave leased capacity free"))
    ] = False,
    block: Annotated[
        list[Path] | None,
        typer.Option(
            "--block", metavar="FILE.py", help=say("自带约束文件；可重复", "a constraint block of your own; repeatable")
        ),
    ] = None,
    rolling: Annotated[
        str | None,
        typer.Option("--rolling", metavar="HOURS:STEP", help=say("滚动计划：前瞻与步进", "roll: look-ahead and step")),
    ] = None,
    rung: Annotated[
        str,
        typer.Option(
            "--rung",
            metavar="auto|program|lazy|warm|windows|lp|milp",
            help=say(
                "求解方式；windows 只用于多站削峰", "way of solving; windows is for the peak of several stations only"
            ),
        ),
    ] = "auto",
    gap: Annotated[float, typer.Option("--gap", metavar="G", help=say("允许的相对差距", "relative gap allowed"))] = 0.0,
    time_limit: Annotated[
        float | None,
        typer.Option("--time-limit", metavar="S", help=say("求解时限，秒", "seconds that solving may take")),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help=say("结果文件夹；缺省 dispatch-<信号文件名或首日>", "results; default dispatch-<signals or day>"),
        ),
    ] = None,
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE.lp|.mps", help=say("另存 Pyomo 模型", "write the Pyomo model too")),
    ] = None,
    plot: Plot = True,
    only: Only = None,
    skip_refused: SkipRefused = False,
    accept_unterminated: Unterminated = False,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            metavar="N",
            min=0,
            help=say("进程数；0 为自动，1 为不另开", "processes; 0 starts them where it pays, 1 starts none"),
        ),
    ] = 0,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="ADDRESS|local",
            help=say("dask 调度器地址；local 在本机起一个", "a dask scheduler; local starts one on this machine"),
        ),
    ] = None,
    fresh: Annotated[
        bool,
        typer.Option("--fresh", help=say("不接续中断的运行，全部重算", "take up nothing of a run that was ended")),
    ] = False,
    settings: Settings = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Stations and prices in, schedules out."""
    from huchu.cli import painted as command

    command.dispatch(
        command.Request(
            stations=stations,
            signals=signals,
            from_at=from_at,
            until_at=until_at,
            step_minutes=step,
            asked=command.Asked(
                objective=objective,
                calls=calls,
                calls_done=calls_done,
                max_cycles_per_day=max_cycles_per_day,
                final_stored_ratio=final_stored_ratio,
                wear_cost_cny_per_mwh=wear_cost,
                ramp_mw_per_min=ramp,
                grid_limit_mw=grid_limit,
                reserve_leases=reserve_leases,
                own_blocks=tuple(block or ()),
                rolling=rolling,
                rung=rung,
                gap=gap,
                time_limit_s=time_limit,
                fair_calls=fair_calls,
                peak_worth_cny_per_mw=peak_worth,
                promise=promise,
                losses=losses,
            ),
            only=tuple(only or ()),
            out=out,
            plot=plot,
            export=export,
            skip_refused=skip_refused,
            accept_unterminated=accept_unterminated,
            settings=settings,
            force=force,
            jobs=jobs,
            cluster=cluster,
            fresh=fresh,
        ),
        as_json=as_json,
    )
