"""The peak cut of a fleet against a load: read, computed, as a record and as lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from dispatch.peak_cut import CutNeeds, CutReach, Fleet, Load, Shortfall, cut_needs, cut_reach, shortfall
from dispatch.signals import read_signals
from huchu.cli.printing import print_findings, to_stdout
from huchu.cli.words import say
from tariffs.settings import NaiveInstants
from tariffs.stations import Station
from tariffs.vocabulary.errors import InputError, Words
from tariffs.vocabulary.findings import Finding

DECIMALS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PeakCut:
    """A load, the share of its peak to be cut, what that takes, and what a fleet does of it.

    Shape   `pooled_hours` are the shortest and the longest rated hours of stations that are taken as one store
    """

    load: Load
    share: Decimal
    needs: CutNeeds
    fleet: Fleet | None
    reach: CutReach | None
    lacks: Shortfall | None
    pooled_hours: tuple[float, float] | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Storage taken together as one store; the rated hours of its stations, shortest and longest, where they differ."""

    fleet: Fleet
    hours: tuple[float, float] | None = None


def peak_cut_of(file: Path, share: Decimal, pool: Pool | None, naive: NaiveInstants, accept: bool) -> PeakCut:
    """The peak cut of the load in a file.

    Raises  InputError or Refused if the file cannot be used or has no load
    """
    signals = read_signals(file, naive, accept)
    if signals.load_mw is None:
        raise InputError(
            Words(f"{file.name} 没有 load_mw", f"{file.name} has no load_mw"),
            found=Words("只有别的列", "only other columns"),
            do=Words("用 huchu signals --load-column 转换", "convert it with huchu signals --load-column"),
        )
    load = Load(horizon=signals.horizon, load_mw=signals.load_mw)
    needs = cut_needs(load, float(share))
    fleet = None if pool is None else pool.fleet
    return PeakCut(
        load=load,
        share=share,
        needs=needs,
        fleet=fleet,
        reach=None if fleet is None else cut_reach(load, fleet),
        lacks=None if fleet is None else shortfall(needs, fleet),
        pooled_hours=None if pool is None else pool.hours,
        findings=signals.findings,
    )


def pool_of(stations: Sequence[Station], on: date) -> Pool:
    """The stations that are on the grid on a day, taken together, rated as on that day.

    Raises  InputError if none is
    """
    ratings = [station.rating_on(on) for station in stations if station.grid_connected_on <= on]
    if not ratings:
        first = min(station.grid_connected_on for station in stations)
        raise InputError(
            Words(f"{on} 没有已并网的电站", f"no station is on the grid on {on}"),
            found=Words(f"最早 {first} 并网", f"the first is connected on {first}"),
            do=Words(
                "换一个 --on，或用 --fleet-mw 与 --fleet-mwh", "choose another --on, or --fleet-mw and --fleet-mwh"
            ),
        )
    hours = sorted({rating.energy_mwh / rating.power_mw for rating in ratings})
    return Pool(
        fleet=Fleet(
            power_mw=float(sum(rating.power_mw for rating in ratings)),
            energy_mwh=float(sum(rating.energy_mwh for rating in ratings)),
        ),
        hours=(float(hours[0]), float(hours[-1])) if len(hours) > 1 else None,
    )


def peak_record(cut: PeakCut) -> dict[str, Any]:
    """The peak cut as plain texts for JSON; powers, energies and hours with three decimals."""
    needs = cut.needs
    record: dict[str, Any] = {
        "peak_mw": _text(cut.load.peak_mw),
        "peak_at": cut.load.peak_at.isoformat(),
        "peak_share": f"{cut.share:f}",
        "level_mw": _text(needs.level_mw),
        "needed": {
            "power_mw": _text(needs.power_mw),
            "energy_mwh": _text(needs.energy_mwh),
            "duration_h": _text(needs.duration_h),
            "day": str(needs.day),
            "hours_of_day": _text(needs.hours),
            "longest_run_h": _text(needs.longest_run_h),
            "hours_in_all": _text(needs.hours_in_all),
            "days": needs.days,
            "midnights": needs.midnights,
        },
        "fleet": None,
    }
    if cut.fleet is not None and cut.reach is not None and cut.lacks is not None:
        record["fleet"] = {
            "power_mw": _text(cut.fleet.power_mw),
            "energy_mwh": _text(cut.fleet.energy_mwh),
            "duration_h": _text(cut.fleet.duration_h),
            "enough": cut.lacks.enough,
            "lacks_mw": _text(cut.lacks.power_mw),
            "lacks_mwh": _text(cut.lacks.energy_mwh),
            "lacks_h": _text(cut.lacks.duration_h),
            "largest_cut_mw": _text(cut.reach.cut_mw),
            "largest_cut_share": f"{cut.reach.cut_share:.6f}",
            "level_mw": _text(cut.reach.level_mw),
            "stopped_on": str(cut.reach.day),
            "stopped_by": "energy" if cut.reach.by_energy else "power",
            "unfilled_days": cut.reach.unfilled_days,
            "pooled_hours": None if cut.pooled_hours is None else [_text(hours) for hours in cut.pooled_hours],
        }
    return record


def tell_peak(cut: PeakCut) -> None:
    """Print what the cut takes and what the fleet does of it."""
    print_findings([finding for finding in cut.findings if finding.severity.value != "notice"])
    needs, share = cut.needs, f"{cut.share.scaleb(2).normalize():f} %"
    peak = f"{cut.load.peak_mw:,.1f} MW", f"{cut.load.peak_at:%Y-%m-%d %H:%M}"
    to_stdout(
        say(
            f"最高负荷 {peak[0]}（{peak[1]}）；削去 {share}（方案无数值，比例自选）至 {needs.level_mw:,.1f} MW",
            f"highest load {peak[0]} ({peak[1]}); {share} of it off (the plan has no figure, the share is chosen), "
            f"down to {needs.level_mw:,.1f} MW",
        )
    )
    need = f"{needs.power_mw:,.1f} MW, {needs.energy_mwh:,.1f} MWh", f"{needs.duration_h:.2f}"
    to_stdout(
        say(
            f"需要 {need[0]}，即额定功率 {need[1]} 小时（{needs.day}，当日超出 {needs.hours:g} 小时）",
            f"takes {need[0]}: {need[1]} h of rated power ({needs.day}, {needs.hours:g} h above on that day)",
        )
    )
    to_stdout(
        say(
            f"共 {needs.days} 天 {needs.hours_in_all:g} 小时超出，最长连续 {needs.longest_run_h:g} 小时；"
            "按每天放一次、次日前充满计算",
            f"above it on {needs.days} day(s), {needs.hours_in_all:g} h in all, {needs.longest_run_h:g} h at a stretch; "
            "one discharge a day, full again before the next",
        )
    )
    if needs.midnights:
        to_stdout(
            say(
                f"其中 {needs.midnights} 次跨零点，零点前后之间充不满，实际需要更多电量",
                f"it runs over midnight {needs.midnights} time(s): not full again in between, it takes more energy than that",
            )
        )
    if cut.fleet is not None and cut.reach is not None and cut.lacks is not None:
        _tell_fleet(cut.fleet, cut.reach, cut.lacks)
    if cut.pooled_hours is not None:
        shortest, longest = cut.pooled_hours
        to_stdout(
            say(
                f"各站时长不同（{shortest:.2f} 至 {longest:.2f} 小时），合并为一座计算，实际能削的不多于此",
                f"stations of {shortest:.2f} to {longest:.2f} h are taken as one store: in fact they cut no more than that",
            )
        )


def _tell_fleet(fleet: Fleet, reach: CutReach, lacks: Shortfall) -> None:
    has = f"{fleet.power_mw:,.1f} MW, {fleet.energy_mwh:,.1f} MWh ({fleet.duration_h:.2f} h)"
    if lacks.enough:
        to_stdout(say(f"现有 {has}：够", f"the fleet has {has}: enough"))
    else:
        short = f"{lacks.power_mw:,.1f} MW, {lacks.energy_mwh:,.1f} MWh, {lacks.duration_h:.2f} h"
        to_stdout(say(f"现有 {has}：不够，差 {short}", f"the fleet has {has}: not enough, short of {short}"))
    limit = Words("电量", "energy") if reach.by_energy else Words("功率", "power")
    most = f"{reach.cut_mw:,.1f} MW ({reach.cut_share:.2%})"
    to_stdout(
        say(
            f"最多可削 {most}，至 {reach.level_mw:,.1f} MW；受限于 {reach.day} 的{limit.zh}",
            f"it cuts {most} at most, down to {reach.level_mw:,.1f} MW; {limit.en} stops it on {reach.day}",
        )
    )
    if reach.unfilled_days:
        to_stdout(
            say(
                f"其中 {reach.unfilled_days} 天当日谷段不够充满（不计损耗）",
                f"on {reach.unfilled_days} of the days it cannot charge again below that level, losses apart",
            )
        )


def _text(figure: float) -> str:
    return f"{figure:.{DECIMALS}f}"
