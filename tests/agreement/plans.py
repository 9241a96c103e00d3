"""Plans at the policy's own prices, with powers as a solver would give them, and the same as meter readings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
from oracle import BUYING, COAL, OTHER, PEAK, SELLING, Choices, Row, YearMonth, is_peak
from station_months import following

from dispatch.arrays import Flags, Integers
from dispatch.horizon import Horizon, horizon_between
from dispatch.outcome import Outcome, Rung, Status
from dispatch.schedules import Schedule
from dispatch.station.steps import station_steps
from dispatch.task import Block, Objective, StepPrices, Task
from tariffs.stations import Change, Station
from tariffs.vocabulary.timegrid import ZONE

PHYSICS = ("power_limits", "energy_balance", "stored_energy_bounds", "exclusive_modes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """Months planned in one go, from the first of an obligation year on, so that all calls are known."""

    seed: int
    minutes: int
    first: YearMonth
    count: int
    choices: Choices
    efficiency: str = "0.8713"
    enlarged_on: date | None = None

    @property
    def months(self) -> list[YearMonth]:
        return following(self.first, self.count)

    @property
    def station(self) -> Station:
        """Connected on the first day, so that no earlier month is asked for."""
        larger = (Change(from_on=self.enlarged_on, energy_mwh=Decimal("257.125")),) if self.enlarged_on else ()
        return Station(
            id="A-1",
            name="A-1",
            power_mw=Decimal("73.337"),
            charge_power_mw=Decimal("81.0051"),
            energy_mwh=Decimal("171.375"),
            round_trip_efficiency=Decimal(self.efficiency),
            self_discharge_per_day=Decimal("0.003"),
            grid_connected_on=date(*self.first, 1),
            in_annual_plan=True,
            change=larger,
        )

    @property
    def horizon(self) -> Horizon:
        end = following(self.months[-1], 2)[1]
        return horizon_between(datetime(*self.first, 1, tzinfo=ZONE), datetime(*end, 1, tzinfo=ZONE), self.minutes)

    def __str__(self) -> str:
        return f"{self.choices.season} from {self.first[0]}-{self.first[1]:02d}, {self.minutes} min"


def task_of(year: Year) -> Task:
    """The task of a year, its prices from the oracle's figures."""
    horizon = year.horizon
    peak: Flags = np.array([is_peak(day, year.choices) for day in horizon.dates])[horizon.day_of_step]
    return Task(
        station=station_steps(year.station, horizon),
        prices=StepPrices(charge_e6=_prices(peak, BUYING), discharge_e6=_prices(peak, SELLING)),
        in_season=peak,
        blocks=tuple(Block(name=name, add=_no_model, needs=(), adds=()) for name in PHYSICS),
        objective=Objective(name="regulated_revenue", revenue=_no_model, needs=(), terms=None),
    )


def random_outcome(task: Task, random: Random) -> Outcome:
    """Powers of any size that the station can run, and what they earn in floats."""
    station = task.station
    charge, discharge = np.zeros(station.horizon.count), np.zeros(station.horizon.count)
    inward, outward = station.hours * station.charge_efficiency, station.hours / station.discharge_efficiency
    stored = station.initial_stored_mwh
    for step in range(station.horizon.count):
        stored *= station.kept_ratio
        share = random.choice((0.0, 1.0, random.random()))
        if random.random() < 0.5:
            most = min(station.charge_limit_mw[step], (station.max_stored_mwh[step] - stored) / inward)
            charge[step] = share * max(most, 0.0)
        else:
            discharge[step] = share * max(min(station.discharge_limit_mw[step], stored / outward), 0.0)
        stored += inward * charge[step] - outward * discharge[step]
    return outcome(task, charge, discharge)


def outcome(task: Task, charge_mw: Any, discharge_mw: Any) -> Outcome:
    """An outcome that claims what its powers earn, in floats and without any rounding."""
    prices = task.prices
    earned_e6 = discharge_mw @ prices.discharge_e6 - charge_mw @ prices.charge_e6
    earned = float(earned_e6) * task.station.hours * 1000 / 1_000_000
    return Outcome(
        rung=Rung.PROGRAM,
        charge_mw=charge_mw,
        discharge_mw=discharge_mw,
        objective_cny=earned,
        best_bound_cny=earned,
        status=Status.OPTIMAL,
        solver="random",
        build_s=0.0,
        solve_s=0.0,
    )


def rows_of(planned: Schedule) -> list[Row]:
    """The meter rows of a schedule that was run as planned."""
    first = planned.horizon.first_at.replace(tzinfo=None)
    step = timedelta(minutes=planned.horizon.minutes)
    energies = zip(planned.charge_kwh_e4.tolist(), planned.discharge_kwh_e4.tolist(), strict=True)
    return [(planned.station_id, first + n * step, charge, discharge) for n, (charge, discharge) in enumerate(energies)]


def without_bounds(task: Task) -> Task:
    """The same task with a store that is never empty nor full."""
    station = task.station
    vast = np.full(station.horizon.count, 1e6)
    return replace(task, station=replace(station, max_stored_mwh=vast, initial_stored_mwh=5e5, kept_ratio=1.0))


def _prices(peak: Flags, shares: Any) -> Integers:
    coal_e6 = COAL[-1][1] * 10**6
    by_season = np.array([int(coal_e6 * shares[OTHER]), int(coal_e6 * shares[PEAK])], dtype=np.int64)
    priced: Integers = by_season[peak.astype(np.int64)]
    return priced


def _no_model(*_: Any) -> None:
    """These tasks are never solved."""


YEARS: Sequence[Year] = (
    Year(seed=1, minutes=15, first=(2026, 6), count=4, choices=Choices(season="jul_sep_dec_jan", year_from=(6, 1))),
    Year(
        seed=2,
        minutes=30,
        first=(2026, 6),
        count=8,
        choices=Choices(season="mid_jun_mid_sep_mid_dec_mid_mar", year_from=(6, 1)),
        efficiency="0.9",
    ),
    Year(
        seed=3,
        minutes=60,
        first=(2027, 1),
        count=12,
        choices=Choices(season="jun_sep_dec_feb", year_from=(1, 1)),
        efficiency="0.77777",
        enlarged_on=date(2027, 8, 14),
    ),
    Year(seed=4, minutes=5, first=(2028, 2), count=2, choices=Choices(season="jun_sep_dec_feb", year_from=(2, 1))),
)
