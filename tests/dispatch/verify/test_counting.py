"""Calls of each season, worked by hand: 200 MWh make one call, 0.8 of what goes in and 0.5 of what comes out."""

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import numpy as np
from plain_tasks import horizon, schedule, station

from dispatch.counting import SeasonCalls, calls_by_season
from dispatch.schedules import Schedule
from dispatch.station.steps import StationSteps
from tariffs.vocabulary.timegrid import ZONE


def calls(planned: Schedule, plant: StationSteps, in_season: np.ndarray) -> tuple[SeasonCalls, ...]:
    return calls_by_season(planned, plant, in_season, planned.discharge_kwh_e4)


def test_fifty_megawatt_hours_of_a_two_hundred_station_are_a_quarter_call() -> None:
    plant = station(horizon(3))
    counted = calls(schedule(plant, [-100, -25, 50]), plant, np.ones(3, dtype=np.bool_))
    assert (
        SeasonCalls(
            first_day=date(2026, 7, 1),
            last_day=date(2026, 7, 1),
            days=1,
            by_discharge=Fraction(1, 4),
            by_swing=Fraction(1, 4),
        ),
    ) == counted


def test_a_phantom_cycle_counts_by_discharge_and_not_by_swing() -> None:
    """100 MWh in and 40 out in one hour leave the store as it was: 0.8 x 100 = 40 / 0.5. Forty more fall, a fifth."""
    plant = station(horizon(2), initial_stored_mwh=100.0)
    planned = replace(
        schedule(plant, [0, 40]),
        charge_kwh_e4=np.array([1_000_000_000, 0]),
        discharge_kwh_e4=np.array([400_000_000, 400_000_000]),
    )
    counted = calls(planned, plant, np.ones(2, dtype=np.bool_))[0]
    assert Fraction(2, 5) == counted.by_discharge
    assert Fraction(1, 5) == counted.by_swing


def test_losses_at_rest_are_no_call() -> None:
    plant = station(horizon(4), kept_ratio=0.5, initial_stored_mwh=400.0)
    counted = calls(schedule(plant, [0, 0, 0, 10]), plant, np.ones(4, dtype=np.bool_))[0]
    assert Fraction(1, 20) == counted.by_swing


def test_energy_outside_the_season_does_not_count() -> None:
    plant = station(horizon(48), initial_stored_mwh=400.0)
    in_season = plant.horizon.day_of_step == 1
    planned = schedule(plant, [20.0] * 2 + [0] * 22 + [40.0] + [0] * 23)
    counted = calls(planned, plant, in_season)
    assert [Fraction(1, 5)] == [season.by_discharge for season in counted]
    assert [date(2026, 7, 2)] == [season.first_day for season in counted]


def test_seasons_apart_are_counted_apart() -> None:
    plant = station(horizon(96), initial_stored_mwh=400.0)
    in_season = np.isin(plant.horizon.day_of_step, (0, 1, 3))
    planned = schedule(plant, [10.0] + [0] * 24 + [10.0] + [0] * 47 + [100.0] + [0] * 22)
    counted = calls(planned, plant, in_season)
    assert [(date(2026, 7, 1), date(2026, 7, 2), 2), (date(2026, 7, 4), date(2026, 7, 4), 1)] == [
        (season.first_day, season.last_day, season.days) for season in counted
    ]
    assert [Fraction(1, 10), Fraction(1, 2)] == [season.by_discharge for season in counted]


def test_a_call_is_measured_against_the_rated_energy_of_its_day() -> None:
    rated = np.repeat([200.0, 300.0], 24)
    plant = station(horizon(48), energy_mwh=rated, initial_stored_mwh=400.0)
    planned = schedule(plant, [60.0] + [0] * 23 + [60.0] + [0] * 23)
    counted = calls(planned, plant, np.ones(48, dtype=np.bool_))[0]
    assert Fraction(60, 200) + Fraction(60, 300) == counted.by_discharge


def test_a_season_over_new_year_is_one() -> None:
    plant = station(horizon(48, first_at=datetime(2026, 12, 31, tzinfo=ZONE)))
    counted = calls(schedule(plant, [0] * 48), plant, np.ones(48, dtype=np.bool_))
    assert [(date(2026, 12, 31), date(2027, 1, 1), 2)] == [
        (season.first_day, season.last_day, season.days) for season in counted
    ]


def test_without_season_days_there_are_no_seasons() -> None:
    plant = station(horizon(24))
    assert () == calls(schedule(plant, [0] * 24), plant, np.zeros(24, dtype=np.bool_))


def test_only_energy_that_reaches_the_grid_is_counted_by_discharge() -> None:
    """Own use of 10 MWh leaves 30 of the 40 MWh: 0.15 calls at the meter, 0.2 by what the store fell."""
    plant = station(horizon(1), initial_stored_mwh=400.0)
    given = np.array([300_000_000])
    counted = calls_by_season(schedule(plant, [40.0]), plant, np.ones(1, dtype=np.bool_), given)[0]
    assert (Fraction(3, 20), Fraction(1, 5)) == (counted.by_discharge, counted.by_swing)
