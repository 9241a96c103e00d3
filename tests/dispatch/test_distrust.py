"""What a fuzzer found in the options of a plan and in rolling windows."""

import math
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from dispatch.horizon import Horizon
from dispatch.options import PlanOptions, Rolling
from dispatch.outcome import Limits
from dispatch.plan import schedule
from dispatch.signals import Signals
from dispatch.task import own_block
from tariffs.settings import AuxiliaryUse, CallCounting, Settings
from tariffs.stations import Station
from tariffs.vocabulary.errors import HuchuError, InputError, RecordProblems
from tariffs.vocabulary.timegrid import ZONE, physical

FIRST_MS = physical(datetime(2025, 7, 1, tzinfo=ZONE))


@pytest.mark.parametrize(
    "limits", [Limits(gap=-1.0), Limits(gap=math.nan), Limits(time_limit_s=-3.0), Limits(time_limit_s=math.nan)]
)
def test_a_gap_or_a_time_limit_below_nothing_is_refused(limits: Limits) -> None:
    with pytest.raises(RecordProblems):
        PlanOptions(limits=limits)


@pytest.mark.parametrize("text", ["def add(model, station, terms\n", "import there_is_no_such_module\n"])
def test_a_file_of_a_constraint_that_does_not_load_is_refused(tmp_path: Path, text: str) -> None:
    source = tmp_path / "own.py"
    source.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"own\.py"):
        own_block(source)


STATION = Station(
    id="S1",
    name="S1",
    power_mw=Decimal(5),
    energy_mwh=Decimal(10),
    round_trip_efficiency=Decimal(1),
    auxiliary_mw=Decimal("0.5"),
    grid_connected_on=date(2025, 1, 1),
)
SETTINGS = Settings(
    season_calendar="jun_sep_dec_feb",
    obligation_year_from="06-01",
    call_counting=CallCounting.EQUIVALENT_DISCHARGE,
    auxiliary_use=AuxiliaryUse.IN_CHARGING,
)
WINDOWS = Rolling(look_ahead_h=8, step_h=8)


def sixteen_hours() -> Signals:
    """Sixteen hours, 200 元/MWh and 1 元 more every hour."""
    price = 200_000 + 1_000 * np.arange(16, dtype=np.int64)
    horizon = Horizon(first_ms=FIRST_MS, minutes=60, count=16)
    return Signals(horizon=horizon, charge_price_e6=price, discharge_price_e6=price)


def test_windows_that_cannot_reach_the_calls_are_refused_with_the_largest_number() -> None:
    """4.5 MW reach the grid in each of 8 hours of discharge: 36 MWh, 3.6 calls of 10 MWh."""
    asked = PlanOptions(calls=30.0, rolling=WINDOWS)
    with pytest.raises(HuchuError, match=r"at most 3\.6 calls"):
        schedule(STATION, sixteen_hours(), settings=SETTINGS, options=asked)


def test_windows_count_calls_on_what_own_use_leaves_for_the_grid() -> None:
    """Wear takes more than prices rise, so that nothing but the 2 calls asked for pays for discharging."""
    asked = PlanOptions(calls=2.0, wear_cost_cny_per_mwh=100.0, rolling=WINDOWS)
    plan = schedule(STATION, sixteen_hours(), settings=SETTINGS, options=asked)
    assert pytest.approx(2.0, abs=1e-6) == float(plan.verified.calls_total)
