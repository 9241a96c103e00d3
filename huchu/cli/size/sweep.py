"""`huchu size --sweep`: the net present value at every point of a grid, written and told with the best of each scenario."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import polars as pl

from dispatch.sizing.ground import ground_of
from dispatch.sizing.inputs.project import read_project
from dispatch.sizing.sweep import SizeGrid, Swept, sweep_sizes
from huchu.cli.places import SETTINGS_FILE, beside
from huchu.cli.printing import Justify, print_json, print_table, to_stdout, with_findings_written
from huchu.cli.size.files import inputs_of
from huchu.cli.size.request import Request
from huchu.cli.stages import Stages
from huchu.cli.words import say
from huchu.output import FINDINGS_FILE, refuse_existing, whole_folder, write_file
from huchu.schedules.result import inputs_told
from huchu.schedules.summary import json_bytes, run_told
from huchu.sizes.exact import float_text, near_cny_text
from settlement.export.tables import csv_bytes, findings_frame
from tariffs.settings import read_settings
from tariffs.vocabulary.errors import Refused, Words

DECIMALS: Final = 6
AXES: Final = ("power_mw", "duration_h", "power_cost_cny_per_kw", "energy_cost_cny_per_kwh")
COLUMNS: Final[tuple[tuple[Words, Justify], ...]] = (
    (Words("情景", "scenario"), "left"),
    (Words("功率 MW", "power, MW"), "right"),
    (Words("时长 h", "duration, h"), "right"),
    (Words("元/kW", "CNY/kW"), "right"),
    (Words("元/kWh", "CNY/kWh"), "right"),
    (Words("净现值 元", "NPV, CNY"), "right"),
)
ONE_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneSweep:
    """What a sweep came to, how long its points took, and where they lie."""

    swept: Swept
    seconds: float
    out: Path

    @property
    def points(self) -> int:
        """How many points there are."""
        return self.swept.frame.height

    @property
    def points_a_minute(self) -> int:
        """How many points are done in a minute."""
        return round(self.points * (ONE_MINUTE / timedelta(seconds=max(self.seconds, 0.001))))


def run_sweep(request: Request, file: Path, grid: SizeGrid) -> DoneSweep:
    """Every point of the grid, written to the folder of the request.

    Raises  HuchuError if anything is refused; then nothing but findings.csv was written
    """
    out = request.out or Path(f"sweep-{file.stem}")
    refuse_existing(out, force=request.force)
    stages = Stages()
    settings = request.settings or beside(SETTINGS_FILE, [file])
    try:
        with stages.stage("read", say("读取", "reading")):
            project = read_project(file)
            ground = ground_of(
                project, settings=None if settings is None else read_settings(settings), folder=file.parent
            )
        with stages.stage("sweep", say("逐点计算", "reckoning the points")):
            swept = sweep_sizes(ground, grid)
    except Refused as refused:
        raise with_findings_written(refused, refused.findings, out) from None
    done = DoneSweep(swept=swept, seconds=stages.seconds["sweep"], out=out)
    run = run_told((), ground.around.settings, inputs_told(inputs_of(project, file, settings)), stages.seconds)
    with whole_folder(out, force=request.force) as draft:
        write_file(draft / "sweep.csv", csv_bytes(sweep_text(swept)))
        write_file(draft / FINDINGS_FILE, csv_bytes(findings_frame(())))
        write_file(draft / "summary.json", json_bytes({**_told(done), **run}))
    return done


def sweep_text(swept: Swept) -> pl.DataFrame:
    """`sweep.csv`: the points as exact decimal text; `npv_cny` is empty where a size cannot be operated."""
    return swept.frame.select(
        "scenario",
        *(_text(swept.frame[name]) for name in AXES),
        pl.Series("npv_cny", [near_cny_text(npv) for npv in swept.frame["npv_cny"]], dtype=pl.String),
    )


def report_sweep(done: DoneSweep, *, as_json: bool) -> None:
    """Say which point of each scenario is best, how fast the points came, and where they lie."""
    if as_json:
        print_json({"status": "done", "out": str(done.out), **_told(done), "points_a_minute": done.points_a_minute})
        return
    rows = [tuple(row.values()) for row in _best(done.swept)]
    to_stdout(say("各情景净现值最大的点", "the point of the largest NPV in each scenario"))
    print_table(COLUMNS, rows, Words("个情景", "scenarios"))
    empty = done.swept.frame["npv_cny"].null_count()
    if empty:
        to_stdout(
            say(
                f"{empty:,} 点净现值为空：调用无法完成，或太小而不按方案电价结算",
                f"{empty:,} point(s) have no NPV: the calls cannot be made, or too small for the regulated prices",
            )
        )
    years, speed = f"{done.swept.planned_years:,}", f"{done.points_a_minute:,}"
    to_stdout(
        say(
            f"{done.points:,} 点，排了 {years} 个年计划，每分钟 {speed} 点",
            f"{done.points:,} points from {years} planned years, {speed} points a minute",
        )
    )
    to_stdout(say(f"结果在 {done.out}", f"results in {done.out}"))


def _told(done: DoneSweep) -> dict[str, Any]:
    return {
        "points": done.points,
        "without_npv": done.swept.frame["npv_cny"].null_count(),
        "planned_years": done.swept.planned_years,
        "best": _best(done.swept),
    }


def _best(swept: Swept) -> list[dict[str, str]]:
    """The point of the largest present value of each scenario, as text; none where all points are empty."""
    known = swept.frame.drop_nulls("npv_cny").sort("npv_cny", descending=True, maintain_order=True)
    best = known.unique("scenario", keep="first", maintain_order=True)
    order = {name: place for place, name in enumerate(swept.frame["scenario"].unique(maintain_order=True))}
    rows = sorted(best.rows(named=True), key=lambda row: order[row["scenario"]])
    return [
        {
            "scenario": row["scenario"],
            **{name: float_text(row[name], DECIMALS) for name in AXES},
            "npv_cny": near_cny_text(row["npv_cny"]),
        }
        for row in rows
    ]


def _text(figures: pl.Series) -> pl.Series:
    return pl.Series(figures.name, [float_text(figure, DECIMALS) for figure in figures], dtype=pl.String)
