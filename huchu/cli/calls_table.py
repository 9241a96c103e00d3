"""The standing of calls as rows of text: the same figures for the file, the JSON object and the screen."""

from collections.abc import Mapping, Sequence
from typing import Final

from huchu.cli.calls_standing import PACES, VERDICT_WORDS, Standing, Verdict
from huchu.cli.printing import Justify, print_table, to_stdout, told
from settlement.statement.obligation import calls_text
from tariffs.vocabulary.errors import Words

COLUMNS: Final = (
    "station_id",
    "obligation_year",
    "call_counting",
    "counted_until_on",
    "season_days_past",
    "season_days_left",
    "available_days_left",
    "calls_counted",
    "calls_to_date",
    "calls_required",
    "calls_required_by_now",
    "calls_left",
    "calls_per_day_needed",
    "last_start_one_a_day_on",
    "last_start_two_a_day_on",
    "last_start_three_a_day_on",
    "shortfall_own",
    "shortfall_grid",
    "shortfall_not_ordered",
    "months_missing",
    "standing",
)
"""Columns of `calls_progress.csv`: exact decimal text, empty where it cannot be known."""
LAST_STARTS: Final = ("last_start_one_a_day_on", "last_start_two_a_day_on", "last_start_three_a_day_on")
SCREEN: Final[tuple[tuple[Words, Justify], ...]] = (
    (Words("电站", "station"), "left"),
    (Words("年度起", "year from"), "left"),
    (Words("截至", "until"), "left"),
    (Words("已完成", "done"), "right"),
    (Words("至今应完成", "due by now"), "right"),
    (Words("要求", "required"), "right"),
    (Words("尚缺", "left"), "right"),
    (Words("剩余天数", "days left"), "right"),
    (Words("每天需", "a day"), "right"),
    (Words("结论", "verdict"), "left"),
    (Words("最迟开始 1 次/天", "last start, 1 a day"), "left"),
    (Words("2 次/天", "2 a day"), "left"),
    (Words("3 次/天", "3 a day"), "left"),
)


def row_of(standing: Standing) -> dict[str, str]:
    """The row of `calls_progress.csv`; with months missing `calls_counted` is a lower bound and what is left an upper."""
    missing = standing.shortfall
    per_day = standing.per_day_needed
    starts = {name: standing.last_start_on(pace) for name, pace in zip(LAST_STARTS, PACES, strict=True)}
    return {
        "station_id": standing.station.id,
        "obligation_year": standing.year.first_day.isoformat(),
        "call_counting": standing.rule,
        "counted_until_on": standing.until_on.isoformat(),
        "season_days_past": str(standing.days_past),
        "season_days_left": str(len(standing.days_left)),
        "available_days_left": calls_text(standing.available_days_left),
        "calls_counted": calls_text(standing.done),
        "calls_to_date": "" if standing.missing else calls_text(standing.done),
        "calls_required": calls_text(standing.required),
        "calls_required_by_now": calls_text(standing.required_by_now),
        "calls_left": calls_text(standing.left),
        "calls_per_day_needed": "" if per_day is None else calls_text(per_day),
        **{name: "" if day is None else day.isoformat() for name, day in starts.items()},
        "shortfall_own": "" if missing is None else calls_text(missing.own),
        "shortfall_grid": "" if missing is None else calls_text(missing.grid),
        "shortfall_not_ordered": "" if missing is None else calls_text(missing.not_ordered),
        "months_missing": ";".join(str(month) for month in standing.missing),
        "standing": standing.verdict.value,
    }


def print_standings(found: Sequence[Standing]) -> None:
    """Print one row a station and year, and what a row has no room for."""
    rows = [_screen_row(standing, row_of(standing)) for standing in found]
    print_table(SCREEN, rows, Words("行", "rows"))
    for standing in found:
        for sentence in _sentences(standing):
            to_stdout(f"{standing.station.id} {standing.year.first_day}: {told(sentence)}")


def _screen_row(standing: Standing, row: Mapping[str, str]) -> tuple[str, ...]:
    lower = "≥ " if standing.missing else ""
    upper = "≤ " if standing.missing and standing.left else ""
    none = told(_no_start(standing))
    return (
        row["station_id"],
        row["obligation_year"],
        row["counted_until_on"],
        f"{lower}{row['calls_counted']}",
        row["calls_required_by_now"],
        row["calls_required"],
        f"{upper}{row['calls_left']}",
        row["season_days_left"],
        f"{upper}{row['calls_per_day_needed']}" if row["calls_per_day_needed"] else "-",
        told(VERDICT_WORDS[standing.verdict]),
        *(row[name] or none for name in LAST_STARTS),
    )


def _no_start(standing: Standing) -> Words:
    """Why there is no last day to begin: a lower bound of the calls done says nothing of what is out of reach."""
    if not standing.left:
        return Words("无需", "not needed")
    return Words("未知", "not known") if standing.missing else Words("不可及", "out of reach")


def _sentences(standing: Standing) -> list[Words]:
    found = []
    if standing.missing:
        named = [str(month) for month in standing.missing]
        until = standing.until_on
        found.append(
            Words(
                f"截至 {until} 缺少 {'、'.join(named)} 的结算结果，已完成次数为下限",
                f"no results of {', '.join(named)} by {until}, calls done are a lower bound",
            )
        )
    lost = len(standing.days_left) - standing.available_days_left
    if lost:
        found.append(
            Words(
                f"已登记的停运折合减少 {calls_text(lost)} 天",
                f"known outages take {calls_text(lost)} day(s) of those that are left",
            )
        )
    if standing.shortfall is not None and standing.shortfall.total:
        own, grid, rest = (
            calls_text(share)
            for share in (standing.shortfall.own, standing.shortfall.grid, standing.shortfall.not_ordered)
        )
        found.append(
            Words(
                f"至今缺口：自身原因 {own}，电网侧 {grid}，未下达 {rest}",
                f"short by now: own cause {own}, grid side {grid}, not ordered {rest}",
            )
        )
    if standing.verdict is Verdict.BEHIND:
        behind = calls_text(standing.required_by_now - standing.done)
        found.append(Words(f"比按日分摊的进度少 {behind} 次", f"{behind} call(s) behind the requirement pro rata"))
    return found
