"""The pictures of a fleet's plan, as plain arrays."""

import numpy as np
import numpy.typing as npt

from dispatch.fleet.plan import FleetPlan
from dispatch.fleet.verify import FleetVerified
from dispatch.plan import Plan
from dispatch.schedules import ENERGY_UNITS_PER_MWH
from dispatch.verify.meter import meter_energy
from huchu.plots.fleet_picture import FleetCalls, FleetLoad, FleetPicture, FleetWind, printable_picture
from huchu.plots.job import Kind
from huchu.schedules.fleet.record import FleetResult
from tariffs.station_parts import Rating


def fleet_pictures(result: FleetResult) -> tuple[Kind, ...]:
    """The pictures that are drawn: that of the calls only where any are asked or made."""
    calls = result.plan.figures.calls
    return ("fleet", "fleet_heat_map", *(("fleet_calls",) if any(calls.asked) or any(calls.done) else ()))


def fleet_picture(result: FleetResult) -> FleetPicture:
    """What is drawn of a plan; characters that the shipped fonts lack are shown as 〓."""
    plan = result.plan
    horizon, calls = plan.task.horizon, plan.figures.calls
    ratings = [_rating(each) for each in plan.plans]
    net_mw: npt.NDArray[np.float32] = np.stack([_net_mw(each) for each in plan.plans])
    zones = tuple(each.station.zone for each in plan.plans)
    return printable_picture(
        FleetPicture(
            objective=plan.task.objective.name,
            certificate=plan.found.certificate,
            first_at=horizon.first_at,
            minutes=horizon.minutes,
            station_ids=tuple(each.station.id for each in plan.plans),
            rated_mw=np.array([float(rating.power_mw) for rating in ratings]),
            energy_mwh=float(sum(rating.energy_mwh for rating in ratings)),
            net_mw=net_mw,
            calls=FleetCalls(
                done=np.array([float(done) for done in calls.done]),
                asked=np.array(calls.asked) if any(calls.asked) else None,
                of_year=result.calls_of_year,
            ),
            zones=zones if any(zones) else None,
            load=_load(plan),
            wind=_wind(plan.figures),
        )
    )


def _rating(plan: Plan) -> Rating:
    return plan.station.rating_on(plan.task.station.horizon.dates[-1])


def _net_mw(plan: Plan) -> npt.NDArray[np.float32]:
    """Net power at the grid, single precision: nobody sees more of it, and a year of many stations is large."""
    meter = meter_energy(plan.verified.schedule, plan.task)
    units = ENERGY_UNITS_PER_MWH * plan.task.station.horizon.hours
    return ((meter.given_kwh_e4 - meter.taken_kwh_e4) / units).astype(np.float32)


def _load(plan: FleetPlan) -> FleetLoad | None:
    peak = plan.figures.peak
    if peak is None:
        return None
    is_proven = plan.task.objective.name == "peak_shaving"
    proven = np.full(len(peak.after_mw), peak.bound_mw) if is_proven else None
    return FleetLoad(before_mw=peak.before_mw, after_mw=peak.after_mw, proven_peak_mw=proven)


def _wind(figures: FleetVerified) -> FleetWind | None:
    wind = figures.wind
    if wind is None:
        return None
    return FleetWind(
        wind_mw=wind.wind_mw,
        promised_mw=wind.promised_mw,
        delivered_mw=wind.delivered_mw,
        curtailed_mw=wind.curtailed_mw,
        shortfall_mw=wind.shortfall_mw,
    )
