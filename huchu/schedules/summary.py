"""`summary.json`: what was planned, how it was solved and proven, what it earns."""

import json
import platform
from collections.abc import Mapping, Sequence
from fractions import Fraction
from importlib.metadata import version
from typing import Any

import numpy as np

from dispatch.outcome import Status
from dispatch.plan import Plan
from tariffs.settings import Settings
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.money import cny_text, decimal_text, kwh_text, price_text, round_half_away

FIGURE_DECIMALS = 6
CALL_DECIMALS = 4


def summary_bytes(
    plans: Sequence[Plan],
    findings: Sequence[Finding],
    settings: Settings | None,
    inputs: Sequence[Mapping[str, str]],
    seconds: Mapping[str, float],
) -> bytes:
    """The summary of one run as JSON: the totals over the stations at the top, each station under `stations`.

    Shape   figures are exact decimal text in 元, MWh and calls; seconds are those of the stages, added over stations
    """
    told = {
        **_totals(plans),
        "stations": [station_told(plan) for plan in plans],
        **run_told(findings, settings, inputs, seconds),
    }
    return json_bytes(told)


def run_told(
    findings: Sequence[Finding],
    settings: Settings | None,
    inputs: Sequence[Mapping[str, str]],
    seconds: Mapping[str, float],
) -> dict[str, Any]:
    """What a summary says of the run itself: settings, inputs, findings, versions and seconds."""
    return {
        "settings": {} if settings is None else dict(settings.applied()),
        "inputs": list(inputs),
        "findings": {
            severity: sum(finding.severity.value == severity for finding in findings)
            for severity in ("refusal", "warning", "notice")
        },
        "engine": {"huchu": version("huchu"), "python": platform.python_version()},
        "seconds": dict(seconds),
    }


def json_bytes(told: Mapping[str, Any]) -> bytes:
    """A summary as the bytes of its file."""
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _totals(plans: Sequence[Plan]) -> dict[str, Any]:
    outcomes = [plan.outcome for plan in plans]
    worst = max((outcome.status for outcome in outcomes), key=list(Status).index, default=Status.OPTIMAL)
    return {
        "objective": _joined(plan.task.objective.name for plan in plans),
        "rung": _joined(outcome.rung.value for outcome in outcomes),
        "objective_value": figure_text(sum(outcome.objective_cny for outcome in outcomes)),
        "best_bound": figure_text(sum(outcome.best_bound_cny for outcome in outcomes)),
        "gap": max((outcome.gap_ratio for outcome in outcomes), default=0.0),
        "status": worst.value,
        "calls": calls_text(sum((plan.verified.calls_total for plan in plans), start=Fraction(0))),
        "revenue_cny": cny_text(sum(plan.verified.revenue_fen for plan in plans)),
        "wear_cny": cny_text(sum(plan.verified.wear_fen for plan in plans)),
        "build_s": round(sum(outcome.build_s for outcome in outcomes), 4),
        "solve_s": round(sum(outcome.solve_s for outcome in outcomes), 4),
        "verify_s": round(sum(plan.verify_s for plan in plans), 4),
        "solver": _joined(outcome.solver for outcome in outcomes),
    }


def station_told(plan: Plan) -> dict[str, Any]:
    """What a summary says of one station; no revenue without prices."""
    outcome, checked, horizon = plan.outcome, plan.verified, plan.task.station.horizon
    planned = checked.schedule
    return {
        "station_id": plan.station.id,
        "from": horizon.first_at.isoformat(),
        "until": horizon.until_at.isoformat(),
        "step_minutes": horizon.minutes,
        "steps": horizon.count,
        "objective": plan.task.objective.name,
        "blocks": list(plan.task.block_names),
        "rung": outcome.rung.value,
        "objective_value": figure_text(outcome.objective_cny),
        "best_bound": figure_text(outcome.best_bound_cny),
        "gap": outcome.gap_ratio,
        "status": outcome.status.value,
        "revenue_cny": cny_text(checked.revenue_fen) if plan.task.is_priced else None,
        "wear_cny": cny_text(checked.wear_fen),
        "charged_mwh": figure_text(checked.charged_mwh),
        "discharged_mwh": figure_text(checked.discharged_mwh),
        "full_cycles": calls_text(checked.full_cycles),
        "stored_end_mwh": figure_text(checked.stored_end_mwh),
        "phantom_intervals": int(np.count_nonzero((planned.charge_kwh_e4 > 0) & (planned.discharge_kwh_e4 > 0))),
        "calls_wanted": figure_text(plan.task.calls_wanted),
        "calls": calls_text(checked.calls_total),
        "seasons": [
            {
                "first_day": season.first_day.isoformat(),
                "last_day": season.last_day.isoformat(),
                "days": season.days,
                "calls_by_discharge": calls_text(season.by_discharge),
                "calls_by_swing": calls_text(season.by_swing),
            }
            for season in checked.calls
        ],
        "lines": [
            {
                "month": str(line.month),
                "season": line.season.value,
                "direction": line.leg.value,
                "energy_kwh": kwh_text(line.energy_kwh_e4),
                "price_cny_per_kwh": "" if line.price_e6 is None else price_text(line.price_e6),
                "amount_cny": cny_text(line.amount_fen),
            }
            for line in checked.lines
        ],
        "explanation": _explanation(plan),
        **_rolling(plan),
        "binaries": outcome.binaries,
        "solver": outcome.solver,
        "build_s": round(outcome.build_s, 4),
        "solve_s": round(outcome.solve_s, 4),
        "verify_s": round(plan.verify_s, 4),
        "notes": [str(note) for note in checked.notes],
    }


def _explanation(plan: Plan) -> dict[str, Any]:
    """Shadow prices and the limits that bind; nothing where the way of solving does not know a figure."""
    told = plan.explanation
    return {
        "call_price_cny": None if told.call_price_cny is None else figure_text(told.call_price_cny),
        "binding": [
            {
                "limit": each.limit.value,
                "count": each.count,
                "worth_cny": None if each.worth_cny is None else figure_text(each.worth_cny),
            }
            for each in told.binding
        ],
    }


def _rolling(plan: Plan) -> dict[str, Any]:
    """What the windows lost against knowing the whole horizon."""
    if plan.foresight is None:
        return {}
    foresight = plan.foresight.revenue_fen - plan.foresight.wear_fen
    return {
        "rolling": {
            "windows": plan.windows,
            "with_foresight_cny": cny_text(foresight),
            "loss_against_foresight_cny": cny_text(foresight - plan.earned_fen),
        }
    }


def calls_text(calls: Fraction) -> str:
    """A number of calls with four decimals, for display."""
    units = 10**CALL_DECIMALS
    return decimal_text(round_half_away(calls.numerator * units, calls.denominator), CALL_DECIMALS, CALL_DECIMALS)


def figure_text(number: float) -> str:
    """A figure with six decimals."""
    # a rounding zero has no sign
    return f"{round(number, FIGURE_DECIMALS) + 0.0:.{FIGURE_DECIMALS}f}"


def _joined(words: Any) -> str:
    return ", ".join(dict.fromkeys(words))
