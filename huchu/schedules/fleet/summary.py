"""`summary.json` of several stations behind one goal: what was reached, what is proven of it, and each station."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from dispatch.fleet.plan import FleetPlan
from dispatch.fleet.verify import FleetVerified
from dispatch.plan import Plan
from huchu.schedules.fleet.record import FleetResult
from huchu.schedules.fleet.tables import share_text
from huchu.schedules.summary import calls_text, figure_text, json_bytes, run_told, station_told
from tariffs.vocabulary.money import cny_text

GOALS: Final[Mapping[str, tuple[str, ...]]] = {
    "fair_calls": ("least_share",),
    "peak_shaving": ("peak_mw", "throughput_mwh", "best_times"),
    "wind_following": ("missed_mwh", "throughput_mwh"),
    "peak_and_revenue": ("revenue_less_peak_cny", "best_times"),
}
"""The goals of each leaf in their order; `best_times` is load times energy given, MW x MWh, and tells equal plans apart."""
COSTS: Final = ("peak_mw", "throughput_mwh", "missed_mwh")
"""Goals of which less is better."""

DEFAULTED: Final = "promise_"


def fleet_summary_bytes(result: FleetResult, inputs: list[dict[str, str]], seconds: Mapping[str, float]) -> bytes:
    """The summary of a fleet's run as JSON: the goal at the top, the readings and zones, each station under `stations`.

    Shape   figures are exact decimal text in MW, MWh, 元 and calls; no money where there are no prices
    """
    told = {
        **fleet_told(result.plan),
        **_readings(result),
        "stations": [_station(result.plan, number) for number in range(len(result.plan.plans))],
        **run_told(result.findings, result.settings, inputs, seconds),
    }
    return json_bytes(told)


def fleet_told(plan: FleetPlan) -> dict[str, Any]:
    """What is said of the fleet as a whole: objective, figure, bound, proof, peak or wind, calls, money, seconds."""
    found, goals = plan.found, list(goals_told(plan))
    # fair calls may come before it
    first = next(goal for goal in goals if goal["goal"] == GOALS[plan.task.objective.name][0])
    reached, bound = (float(first[key]) for key in ("reached", "bound"))
    return {
        "objective": plan.task.objective.name,
        "rung": found.rung.value,
        "objective_value": first["reached"],
        "best_bound": first["bound"],
        "gap": abs(bound - reached) / max(1.0, abs(reached)),
        "status": found.status.value,
        "certificate": {"zh": found.certificate.zh, "en": found.certificate.en},
        "goals": goals,
        **_figures(plan.figures, plan.task.horizon.hours),
        "least_share": None if plan.figures.calls.least_share is None else figure_text(plan.figures.calls.least_share),
        "throughput_mwh": figure_text(
            sum(each.verified.charged_mwh + each.verified.discharged_mwh for each in plan.plans)
        ),
        "calls": calls_text(sum(plan.figures.calls.done, start=Fraction(0))),
        "revenue_cny": revenue_text(plan),
        "wear_cny": cny_text(sum(each.verified.wear_fen for each in plan.plans)),
        "binaries": found.binaries,
        "build_s": round(found.build_s, 4),
        "solve_s": round(found.solve_s, 4),
        "verify_s": round(plan.verify_s, 4),
        "solver": found.solver,
    }


def goals_told(plan: FleetPlan) -> Iterator[dict[str, str]]:
    """The goals in the order in which they were reached: their name with its unit, what was reached and the bound."""
    seen: dict[str, int] = {}
    names = {leaf.label: leaf.name for leaf in plan.task.leaves}
    for each in plan.found.goals:
        number = seen[each.label] = seen.get(each.label, -1) + 1
        goal = GOALS[names[each.label]][number]
        sign = -1.0 if goal in COSTS else 1.0
        yield {"goal": goal, "reached": figure_text(sign * each.reached), "bound": figure_text(sign * each.bound)}


def revenue_text(plan: FleetPlan) -> str | None:
    """What the stations earn together, 元; nothing where there are no prices."""
    if not all(each.task.is_priced for each in plan.plans):
        return None
    return cny_text(sum(each.verified.revenue_fen for each in plan.plans))


def _figures(figures: FleetVerified, hours: float) -> dict[str, Any]:
    if figures.wind is not None:
        wind = figures.wind
        parts = {
            "wind_mwh": wind.wind_mw,
            "promised_mwh": wind.promised_mw,
            "delivered_mwh": wind.delivered_mw,
            "curtailed_mwh": wind.curtailed_mw,
            "shortfall_mwh": wind.shortfall_mw,
        }
        return {"wind": {name: figure_text(hours * float(each.sum())) for name, each in parts.items()}}
    assert figures.peak is not None
    before, after = (float(each.max()) for each in (figures.peak.before_mw, figures.peak.after_mw))
    return {
        "peak": {
            "before_mw": figure_text(before),
            "after_mw": figure_text(after),
            "cut_mw": figure_text(figures.peak.cut_mw),
        }
    }


def _readings(result: FleetResult) -> dict[str, Any]:
    wanted, worth = result.wanted, result.wanted.peak_worth_cny_per_mw
    return {
        "readings": {
            "fair_calls": wanted.fair_calls.value,
            **(
                {} if result.plan.figures.wind is None else {"promise": _promise(result), "losses": wanted.losses.value}
            ),
            **({} if worth is None else {"peak_worth_cny_per_mw": f"{worth:.15g}"}),
        },
        "zones": [
            {
                "zone_id": zone.id,
                "discharge_limit_mw": str(zone.discharge_limit_mw),
                "charge_limit_mw": str(zone.charge_limit_mw),
                "stations": list(zone.members),
            }
            for zone in wanted.zones
        ],
    }


def _promise(result: FleetResult) -> str:
    """What is to be delivered: as asked, else the default that the findings name."""
    if result.wanted.promise is not None:
        return result.wanted.promise.value
    codes = (each.code for each in result.plan.findings)
    return next(code.removeprefix(DEFAULTED) for code in codes if code.startswith(DEFAULTED))


def _station(plan: FleetPlan, number: int) -> dict[str, Any]:
    own: Plan = plan.plans[number]
    asked, done = plan.figures.calls.asked[number], plan.figures.calls.done[number]
    told = station_told(own) | {"calls_wanted": figure_text(asked)}
    return told | {"zone": own.station.zone, "share": share_text(float(done), asked)}
