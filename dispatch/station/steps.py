"""Power limits, stored-energy bounds and efficiencies of one station in each step of a horizon."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

import numpy as np

from dispatch.arrays import Flags, Floats
from dispatch.horizon import Horizon
from tariffs.stations import Outage, Rating, Station
from tariffs.vocabulary.errors import InputError, Words
from tariffs.vocabulary.units import MS_PER_MINUTE

Figure = TypeVar("Figure")


@dataclass(frozen=True, slots=True, kw_only=True)
class StationSteps:
    """One station, step by step; floats, for a model computes and `verify` counts again in integers.

    Shape   arrays have one figure a step; powers are the converter's in MW; `stored_*_mwh` is energy inside the
            store; `kept_ratio` is the share of the stored energy left after a step at rest
    """

    station_id: str
    horizon: Horizon
    charge_limit_mw: Floats
    discharge_limit_mw: Floats
    energy_mwh: Floats
    min_stored_mwh: Floats
    max_stored_mwh: Floats
    charge_efficiency: float
    discharge_efficiency: float
    kept_ratio: float
    initial_stored_mwh: float
    auxiliary_mw: float
    outages: tuple[Outage, ...] = ()

    @property
    def hours(self) -> float:
        """Length of a step in hours."""
        return self.horizon.hours

    @property
    def round_trip_efficiency(self) -> float:
        """Energy given back for each unit taken, losses at rest apart."""
        return self.charge_efficiency * self.discharge_efficiency


def station_steps(station: Station, horizon: Horizon) -> StationSteps:
    """A station in each step of a horizon: ratings of the day, outages by their share of the step, nothing before
    the station is connected to the grid.

    Raises  InputError if the station gives no efficiency, or starts outside its own bounds
    """
    efficiencies = station.efficiencies
    if efficiencies is None:
        raise InputError(
            Words(f"{station.id} 没有给出效率", f"{station.id} gives no efficiency"),
            found=Words(
                "缺 charge_efficiency 与 discharge_efficiency", "no charge_efficiency, no discharge_efficiency"
            ),
            do=Words("在 stations.toml 中补充，或给 round_trip_efficiency", "add them, or round_trip_efficiency"),
        )
    initial = station.initial_stored_ratio
    if not station.min_stored_ratio <= initial <= station.max_stored_ratio:
        raise InputError(
            Words(f"{station.id} 的起始储能越界", f"{station.id} starts outside its stored-energy bounds"),
            found=Words(
                f"{initial}，界限 {station.min_stored_ratio} 至 {station.max_stored_ratio}",
                f"{initial}, bounds {station.min_stored_ratio} to {station.max_stored_ratio}",
            ),
            do=Words("改 initial_stored_ratio 或界限", "mend initial_stored_ratio or the bounds"),
        )
    ratings = by_rating(station, horizon, station.rating_on)
    connected = np.array([day >= station.grid_connected_on for day in horizon.dates], dtype=float)
    energy = _by_day(ratings, horizon, lambda rating: rating.energy_mwh)
    full = energy / float(efficiencies[1])
    charge, discharge = (
        _by_day(ratings, horizon, lambda rating: rating.charge_power_mw) * connected[horizon.day_of_step],
        _by_day(ratings, horizon, lambda rating: rating.power_mw) * connected[horizon.day_of_step],
    )
    return StationSteps(
        station_id=station.id,
        horizon=horizon,
        charge_limit_mw=_with_outages(charge, station.outage, horizon),
        discharge_limit_mw=_with_outages(discharge, station.outage, horizon),
        energy_mwh=energy,
        min_stored_mwh=full * float(station.min_stored_ratio),
        max_stored_mwh=full * float(station.max_stored_ratio),
        charge_efficiency=float(efficiencies[0]),
        discharge_efficiency=float(efficiencies[1]),
        kept_ratio=(1.0 - float(station.self_discharge_per_day)) ** horizon.days,
        initial_stored_mwh=float(initial) * float(full[0]),
        auxiliary_mw=float(station.auxiliary_mw),
        outages=station.outage,
    )


def without_outage(station: Station, horizon: Horizon, steps: StationSteps, left_out: Outage) -> StationSteps:
    """The same steps as if one outage had not been."""
    rest = tuple(outage for outage in station.outage if outage is not left_out)
    healthy = station_steps(replace(station, outage=rest), horizon)
    return replace(
        steps, charge_limit_mw=healthy.charge_limit_mw, discharge_limit_mw=healthy.discharge_limit_mw, outages=rest
    )


def by_rating(station: Station, horizon: Horizon, figure: Callable[[date], Figure]) -> list[Figure]:
    """A figure that hangs on the day's rating alone, for every local day of a horizon: asked once a rating."""
    days = horizon.dates
    starts = [days[0], *(change.from_on for change in station.change if days[0] < change.from_on <= days[-1])]
    figures: list[Figure] = []
    for first, following in zip(starts, [*starts[1:], days[-1] + timedelta(days=1)], strict=True):
        figures += [figure(first)] * (following - first).days
    return figures


def _by_day(ratings: list[Rating], horizon: Horizon, figure: Callable[[Rating], Decimal]) -> Floats:
    by_day: Floats = np.array([float(figure(rating)) for rating in ratings])
    return by_day[horizon.day_of_step]


def _with_outages(limit_mw: Floats, outages: tuple[Outage, ...], horizon: Horizon) -> Floats:
    """The mean power available in each step: the lowest of all outages at each instant, averaged over the step."""
    limited = limit_mw.copy()
    edges = sorted({edge for outage in outages for edge in outage.span_ms})
    step_ms = horizon.minutes * MS_PER_MINUTE
    for first_ms, until_ms in pairwise(edges):
        covering = [each for each in outages if each.span_ms[0] <= first_ms and each.span_ms[1] >= until_ms]
        if not covering:
            continue
        available_mw = min(float(outage.power_available_mw) for outage in covering)
        first = max((first_ms - horizon.first_ms) // step_ms, 0)
        last = min(-((horizon.first_ms - until_ms) // step_ms), horizon.count)
        if first >= last:
            continue
        starts = horizon.starts_ms[first:last]
        shared = np.minimum(starts + step_ms, until_ms) - np.maximum(starts, first_ms)
        lost_mw = np.maximum(limit_mw[first:last] - available_mw, 0.0)
        limited[first:last] -= lost_mw * (shared / step_ms)
    available: Floats = np.maximum(limited, 0.0)
    return available


def touched_by(outage: Outage, horizon: Horizon) -> Flags:
    """Whether an outage takes a part of each step (bool)."""
    first_ms, until_ms = outage.span_ms
    starts = horizon.starts_ms
    touched: Flags = (starts + horizon.minutes * MS_PER_MINUTE > first_ms) & (starts < until_ms)
    return touched


def season_of_step(horizon: Horizon, is_season_day: Callable[[date], bool]) -> Flags:
    """Whether each step lies on a season day (bool)."""
    by_day: Flags = np.array([is_season_day(day) for day in horizon.dates], dtype=np.bool_)
    return by_day[horizon.day_of_step]
