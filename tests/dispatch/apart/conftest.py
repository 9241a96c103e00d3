"""Five small stations, two days of made prices, and what a plan comes to as one comparable record."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dispatch.apart import Planned, Shared
from dispatch.options import PlanOptions
from dispatch.prepare import Surroundings
from dispatch.signals import signals_from_frame
from tariffs.settings import NaiveInstants
from tariffs.stations import Station, stations_from_table
from tariffs.versions import Library
from tariffs.vocabulary.timegrid import ZONE

SharedOf = Callable[..., Shared]
Told = Callable[[Planned], dict[str, Any]]
FIRST_AT = datetime(2026, 1, 1, tzinfo=ZONE)
HOURS = 48
OWN = """import os
from pyomo.core import Constraint, value

NEEDS = ("discharge_mw",)
ADDS = ("below_half",)


def add(model, station, terms):
    if value(station.charge_limit_mw[1]) == 30:
        {at_c}

    def below_half(m, t):
        return m.discharge_mw[t] <= station.discharge_limit_mw[t] / 2

    model.below_half = Constraint(model.steps, rule=below_half)
"""


@pytest.fixture
def stations() -> tuple[Station, ...]:
    """A to E, each larger than the one before."""
    rows = [
        {
            "id": name,
            "name": f"站 {name}",
            "power_mw": 10 * number,
            "energy_mwh": 30 * number,
            "round_trip_efficiency": Decimal("0.81"),
            "grid_connected_on": FIRST_AT.date(),
            "in_annual_plan": True,
        }
        for number, name in enumerate("ABCDE", 1)
    ]
    return stations_from_table({"station": rows}, where="stations")


@pytest.fixture
def shared_of() -> SharedOf:
    """What the stations have in common, at prices that rise and fall and now and then lie below zero."""

    def made(shift: float = 0.0, **options: Any) -> Shared:
        starts = [FIRST_AT + timedelta(hours=hour) for hour in range(HOURS)]
        price = [
            float(200 + 37 * (hour % 7) - 53 * (hour % 5) - (400 if hour == 30 else 0) + shift) for hour in range(HOURS)
        ]
        frame = pl.DataFrame({"interval_start": starts, "price_cny_per_mwh": price})
        signals = signals_from_frame(frame, NaiveInstants.ASIA_SHANGHAI)
        around = Surroundings(settings=None, library=Library())
        return Shared(horizon=signals.horizon, signals=signals, around=around, options=PlanOptions(**options))

    return made


@pytest.fixture
def told() -> Told:
    """Everything that is written of a plan, seconds apart; of a refusal its four parts."""

    def record(each: Planned) -> dict[str, Any]:
        if each.refusal is not None:
            return {"station_id": each.station_id, "refused": str(each.refusal.error)}
        plan = each.plan
        assert plan is not None
        schedule, outcome = plan.verified.schedule, plan.outcome
        worth = plan.explanation.stored_worth_cny_per_mwh
        return {
            "station_id": each.station_id,
            "station": plan.station,
            "charge_kwh_e4": schedule.charge_kwh_e4.tolist(),
            "discharge_kwh_e4": schedule.discharge_kwh_e4.tolist(),
            "stored_mwh": schedule.stored_mwh.tolist(),
            "worth": None if worth is None else worth.tolist(),
            "figures": (outcome.objective_cny, outcome.best_bound_cny, outcome.status, outcome.rung, outcome.solver),
            "lines": plan.verified.lines,
            "binding": plan.explanation.binding,
            "blocks": plan.task.block_names,
            "prices": plan.task.prices.charge_e6.tolist(),
            "findings": plan.findings,
        }

    return record


@pytest.fixture
def own_block(tmp_path: Path) -> Callable[[str], Path]:
    """A file with a block of the user's own, which does something special for station C, the one of 30 MW."""

    def made(at_c: str = "pass") -> Path:
        path = tmp_path / "below_half.py"
        path.write_text(OWN.format(at_c=at_c), encoding="utf-8")
        return path

    return made
