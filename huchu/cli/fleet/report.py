"""What `huchu dispatch` says of several stations behind one goal: a table for people, one JSON object for programs."""

from dataclasses import dataclass
from pathlib import Path

from dispatch.fleet.plan import FleetPlan
from dispatch.plan import Plan
from huchu.cli.printing import (
    Justify,
    finding_counts,
    print_findings,
    print_json,
    print_table,
    to_stderr,
    to_stdout,
    told,
)
from huchu.cli.words import say
from huchu.output import FINDINGS_FILE
from huchu.schedules.fleet.record import FleetResult
from huchu.schedules.fleet.summary import fleet_told
from huchu.schedules.summary import calls_text
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.money import cny_text

NOTHING = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetDone:
    """What a request gave: the result, the stations that were refused, and where it lies."""

    result: FleetResult
    refused: tuple[str, ...]
    out: Path


def report(done: FleetDone, *, as_json: bool) -> None:
    """Say what the fleet reaches, what its stations do for it, and where it lies."""
    counts = finding_counts(done.result.findings)
    if as_json:
        print_json(_told(done))
        return
    print_findings([finding for finding in done.result.findings if finding.severity.value == "warning"])
    _table(done.result.plan)
    for sentence in done.result.plan.sentences:
        to_stdout(told(sentence))
    to_stdout(
        say(
            f"警告 {counts['warning']}，提示 {counts['notice']}，见 {done.out / FINDINGS_FILE}",
            f"{counts['warning']} warning(s), {counts['notice']} notice(s) in {done.out / FINDINGS_FILE}",
        )
    )
    for station_id in done.refused:
        to_stderr(say(f"未排计划 {station_id}", f"not planned: {station_id}"))
    to_stdout(say(f"结果在 {done.out}", f"results in {done.out}"))


def _told(done: FleetDone) -> dict[str, object]:
    plan = done.result.plan
    calls = plan.figures.calls
    return {
        "status": "done_in_part" if done.refused else "done",
        "out": str(done.out),
        "fleet": fleet_told(plan),
        "stations": [
            {
                "station_id": each.station.id,
                "revenue_cny": cny_text(each.verified.revenue_fen) if each.task.is_priced else None,
                "wear_cny": cny_text(each.verified.wear_fen),
                "calls": calls_text(each.verified.calls_total),
                "calls_wanted": f"{asked:.4f}",
            }
            for each, asked in zip(plan.plans, calls.asked, strict=True)
        ],
        "refused": list(done.refused),
        "findings": finding_counts(done.result.findings),
    }


def _table(plan: FleetPlan) -> None:
    columns: tuple[tuple[Words, Justify], ...] = (
        (Words("电站", "station"), "left"),
        (Words("充电 MWh", "charged MWh"), "right"),
        (Words("放电 MWh", "discharged MWh"), "right"),
        (Words("净收益 元", "net revenue, CNY"), "right"),
        (Words("全容量充放电调用", "season calls"), "right"),
        (Words("完成份额", "share of calls asked"), "right"),
    )
    asked = plan.figures.calls.asked
    rows = [_row(each, asked[number]) for number, each in enumerate(plan.plans)]
    print_table(columns, rows, Words("座", "stations"))


def _row(plan: Plan, asked: float) -> tuple[str, ...]:
    checked = plan.verified
    return (
        plan.station.id,
        f"{checked.charged_mwh:,.2f}",
        f"{checked.discharged_mwh:,.2f}",
        cny_text(plan.earned_fen) if plan.task.is_priced else NOTHING,
        calls_text(checked.calls_total),
        f"{float(checked.calls_total) / asked:.2%}" if asked else NOTHING,
    )
