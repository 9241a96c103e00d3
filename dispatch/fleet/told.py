"""What a notebook shows of a fleet's plan that stands on the last line of a cell: one line, or a table of figures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from dispatch.plan import Plan
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.money import cny_text
from tariffs.vocabulary.notebook import html_sentences, html_table

if TYPE_CHECKING:
    from dispatch.fleet.plan import FleetPlan

NOTHING: Final = "-"
STATION_COLUMNS: Final = (
    Words("电站", "station"),
    Words("充电 MWh", "charged MWh"),
    Words("放电 MWh", "discharged MWh"),
    Words("净收益 元", "net revenue, CNY"),
    Words("全容量充放电调用", "season calls"),
    Words("完成份额", "share of calls asked"),
)


def fleet_line(plan: "FleetPlan") -> str:
    """A fleet's plan in one line: how many stations, what they reach and how it was solved."""
    figures, rung = plan.figures, plan.found.rung.value
    if figures.wind is not None:
        reached = f"{figures.wind.missed_mwh:,.2f} MWh missed"
    else:
        reached = f"peak {plan.peak.peak_mw:,.2f} -> {plan.peak.peak_after_mw:,.2f} MW"
    return f"{len(plan.plans)} station(s), {plan.task.objective.name}: {reached}, {rung}"


def fleet_html(plan: "FleetPlan") -> str:
    """A fleet's plan as its sentences and a table with a row a station."""
    asked = plan.figures.calls.asked
    rows = [_station_row(each, wanted) for each, wanted in zip(plan.plans, asked, strict=True)]
    return f"{html_sentences(plan.sentences)}{html_table(STATION_COLUMNS, rows)}"


def _station_row(plan: Plan, asked: float) -> Sequence[str]:
    checked = plan.verified
    return (
        plan.station.id,
        f"{checked.charged_mwh:,.2f}",
        f"{checked.discharged_mwh:,.2f}",
        cny_text(plan.earned_fen) if plan.task.is_priced else NOTHING,
        f"{plan.calls:,.2f}",
        f"{plan.calls / asked:.2%}" if asked else NOTHING,
    )
