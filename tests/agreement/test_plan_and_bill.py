"""A plan that is run as planned is settled at what verify says: line by line to the fen, and call by call."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from as_product import settings_of
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import Choices, fixed
from plans import YEARS, Year, outcome, random_outcome, rows_of, task_of, without_bounds
from station_months import MUCH_LATER, long_frame, month_span

from dispatch.options import PlanOptions
from dispatch.plan import schedule
from dispatch.schedules import Schedule
from dispatch.verify import Leg, Verified, verified
from settlement import SettleOptions, StatementSet, settle
from tariffs.stations import Station
from tariffs.vocabulary.money import cny_text, kwh_text, price_text

Cells = tuple[str, str, str, str, str, str]
JUNE = Year(
    seed=0,
    minutes=60,
    first=(2026, 6),
    count=1,
    choices=Choices(season="mid_jun_mid_sep_mid_dec_mid_mar", year_from=(6, 1)),
)
ITEMS = {Leg.CHARGE: "charge_energy", Leg.DISCHARGE: "discharge_energy"}


def bill_of(counted: Verified) -> list[Cells]:
    """What verify says of each line, as `lines.csv` writes it."""
    assert all(line.price_e6 is not None for line in counted.lines)
    return sorted(
        (
            str(line.month),
            ITEMS[line.leg],
            line.season.value,
            kwh_text(line.energy_kwh_e4),
            price_text(line.price_e6 or 0),
            cny_text(line.amount_fen),
        )
        for line in counted.lines
    )


def settled_bill(result: StatementSet) -> list[Cells]:
    """The energy lines of a settlement."""
    names = ("month", "item", "season", "quantity", "price_cny_per_unit", "amount_cny")
    rows = result.lines.select(names).rows()
    return sorted(row for row in rows if row[1] in ITEMS.values())


def settled(planned: Schedule, station: Station, year: Year) -> StatementSet:
    meter = long_frame(rows_of(planned))
    return settle(meter, [station], month_span(year.months), settings_of(year.choices), SettleOptions(now=MUCH_LATER))


@pytest.mark.parametrize("year", YEARS, ids=str)
def test_the_lines_of_a_plan_are_the_lines_of_its_settlement(year: Year) -> None:
    task = task_of(year)
    counted = verified(random_outcome(task, Random(year.seed)), task)
    assert bill_of(counted) == settled_bill(settled(counted.schedule, year.station, year))


@pytest.mark.parametrize("year", YEARS, ids=str)
def test_the_calls_of_a_plan_are_the_calls_of_its_settlement(year: Year) -> None:
    task = task_of(year)
    counted = verified(random_outcome(task, Random(year.seed)), task)
    result = settled(counted.schedule, year.station, year)
    to_date = result.statements[-1].calls[-1].to_date_calls
    assert counted.calls_total == to_date
    assert fixed(counted.calls_total, 4) == result.calls["calls_to_date"][-1]


@pytest.mark.parametrize("year", YEARS, ids=str)
def test_what_a_plan_claims_is_what_is_settled_but_for_rounding(year: Year) -> None:
    """Half a fen a line, and half a ten-thousandth of a kWh for each change of the two prices and at the end."""
    task = task_of(year)
    planned = random_outcome(task, Random(year.seed))
    result = settled(verified(planned, task).schedule, year.station, year)
    bill = settled_bill(result)
    earned = sum((Fraction(amount) for *_, amount in bill), start=Fraction(0))
    changes = 2 * (1 + int(np.count_nonzero(np.diff(task.in_season))))
    assert abs(planned.objective_cny - float(earned)) <= 0.005 * len(bill) + changes * 0.5e-4 * 0.5 + 1e-6


def test_both_seasons_every_step_length_and_a_changed_rating_are_among_the_years() -> None:
    assert {5, 15, 30, 60} == {year.minutes for year in YEARS}
    assert all(0 < np.count_nonzero(task_of(year).in_season) < task_of(year).in_season.size for year in YEARS[:3])
    assert any(year.enlarged_on for year in YEARS)


def test_a_ten_thousandth_of_a_kilowatt_hour_more_on_the_meter_is_a_difference() -> None:
    task = task_of(JUNE)
    counted = verified(random_outcome(task, Random(3)), task)
    rows = rows_of(counted.schedule)
    name, at, charge, discharge = rows[5]
    rows[5] = (name, at, charge + 1, discharge)
    result = settle(
        long_frame(rows), [JUNE.station], "2026-06", settings_of(JUNE.choices), SettleOptions(now=MUCH_LATER)
    )
    assert bill_of(counted) != settled_bill(result)


powers_mw = st.lists(
    st.tuples(st.integers(0, 719), st.floats(-80.0, 73.0, allow_subnormal=False)), min_size=0, max_size=40
)


@settings(max_examples=12, deadline=None)
@given(powers_mw)
def test_any_powers_are_settled_to_the_fen(moves: Sequence[tuple[int, float]]) -> None:
    task = without_bounds(task_of(JUNE))
    net_mw = np.zeros(task.station.horizon.count)
    for step, power_mw in moves:
        net_mw[step] = power_mw
    counted = verified(outcome(task, np.maximum(-net_mw, 0.0), np.maximum(net_mw, 0.0)), task)
    assert bill_of(counted) == settled_bill(settled(counted.schedule, JUNE.station, JUNE))


SUMMER = Year(
    seed=0,
    minutes=60,
    first=(2026, 6),
    count=4,
    choices=Choices(season="mid_jun_mid_sep_mid_dec_mid_mar", year_from=(6, 1)),
)


@pytest.mark.parametrize("asked", [PlanOptions(calls=80.0), PlanOptions(max_cycles_per_day=1.2)], ids=["80", "all"])
def test_the_best_plan_of_a_summer_is_settled_at_what_it_claims_to_earn(asked: PlanOptions) -> None:
    """June to September at the policy's own prices, prepared, solved and verified by the product itself."""
    station = replace(SUMMER.station, self_discharge_per_day=Decimal(0), charge_power_mw=None)
    plan = schedule(station, settings=settings_of(SUMMER.choices), options=asked, horizon=SUMMER.horizon)
    result = settled(plan.verified.schedule, station, SUMMER)
    bill = settled_bill(result)
    earned = sum((Fraction(amount) for *_, amount in bill), start=Fraction(0))
    assert bill_of(plan.verified) == bill
    assert abs(plan.outcome.objective_cny - float(earned)) <= 0.005 * len(bill) + 0.01
    assert plan.verified.calls_total == result.statements[-1].calls[-1].to_date_calls
    assert plan.verified.calls_total >= Fraction(plan.task.calls_wanted)
