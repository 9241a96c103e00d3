"""The envelope of parked cars: one virtual store whose every plan the cars can follow, each leaving with its target.

Without losses the envelope is exact: a plan can be shared out among the cars if and only if, in every set A of steps,

least(A) <= energy of the plan in A <= most(A),

and both bounds are sums over the cars. The bounds of single steps and of the energy so far, which a picture shows, are
some of these and do not suffice alone: two cars of 10 kW that ask 10 and 30 kWh of the same four hours keep all of them
with 20, 0, 20 and 0 kW, but in the first and third hour together they can take 30 kWh at most, and not 40.

With losses, cars of which one charges while another discharges lose energy that no figure of their sum shows. The bounds
then make an inner envelope: `holds` says whether the cars can follow a plan with all of them charging, or all of them
discharging, in each step, for which the bounds of the sets are exact in terms of what the accounts gain. What the cars can
do beyond that, in both directions at once, no set of steps tells; `violated` and the sharing out ask the cars themselves.

Source  K. Mukhi, G. Loho, A. Abate, Exact Characterization of Aggregate Flexibility via Generalized Polymatroids (2025)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dispatch.arrays import Flags, Floats, Integers
from dispatch.horizon import Horizon
from dispatch.v2g.losses import NO_LOSSES, Losses
from dispatch.v2g.oracle import Followed, followed, holds_one_way, strayed, worst
from dispatch.v2g.parked import Parked, park
from dispatch.v2g.reach import bounds_of, corridors, least_kwh_e4, most_kwh_e4
from dispatch.v2g.sessions import Session
from tariffs.vocabulary.errors import InputError, Words
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH

TOLERANCE_KWH = 0.01
"""How far a plan may be beyond a bound, by the rounding of its figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A set of steps in which a plan cannot be followed: what it asks there and what is possible, kWh.

    Shape   `is_above`: the plan asks for more than the most, else for less than the least; with losses the steps are those
            in which the nearest plan that the cars can follow draws less, or more, and that is what is possible
    """

    steps: Flags
    asked_kwh: float
    allowed_kwh: float
    is_above: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A cluster, a plan there, and how the cars follow it."""

    parked: Parked
    plan_kwh_e4: Floats
    followed: Followed


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """All that a planner need know of parked cars, and all that is needed to share a plan out.

    Shape   one figure a step: mean power drawn from the grid (negative: given to it), and what all accounts have gained
            by the end of the step since the horizon began, at the least and at the most; `parked_count` cars are there for
            any part of the step; `is_exact` says that the sets of steps say everything
    """

    horizon: Horizon
    losses: Losses
    clusters: tuple[Parked, ...]
    power_min_kw: Floats
    power_max_kw: Floats
    energy_min_kwh: Floats
    energy_max_kwh: Floats
    parked_count: Integers
    is_exact: bool
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        steps, kind = self.horizon, "exact" if self.is_exact else "inner"
        return (
            f"<Envelope of {steps.count} x {steps.minutes} min from {steps.first_at:%Y-%m-%d %H:%M}: "
            f"{self.energy_kwh:,.2f} kWh, {kind}>"
        )

    @property
    def round_trip_ratio(self) -> float:
        """What the grid gets back of one kWh charged; one where no car can discharge."""
        return 1.0 if self.is_exact else self.losses.round_trip_ratio

    @property
    def energy_kwh(self) -> float:
        """What all cars together leave with, above what they brought."""
        return sum(int(cluster.target_kwh_e4.sum()) for cluster in self.clusters) / ENERGY_UNITS_PER_KWH

    def most_kwh(self, steps: Flags) -> float:
        """The most that all accounts together can gain in a set of steps."""
        return self._summed([most_kwh_e4(each, steps[span(each)]) for each in self.clusters])

    def least_kwh(self, steps: Flags) -> float:
        """The least that all accounts together can gain in a set of steps."""
        return self._summed([least_kwh_e4(each, steps[span(each)]) for each in self.clusters])

    def holds(self, power_kw: Floats, tolerance_kwh: float = TOLERANCE_KWH) -> bool:
        """Whether a plan is inside the envelope: within least and most in every set of steps.

        Raises  InputError if the plan has not one finite figure for each step of the horizon
        """
        if self.is_exact:
            return self.violated(power_kw, tolerance_kwh) is None
        plan = plan_kwh_e4(self.horizon, power_kw)
        most_e4 = tolerance_kwh * ENERGY_UNITS_PER_KWH
        inside = all(holds_one_way(each, plan[span(each)], self.round_trip_ratio, most_e4) for each in self.clusters)
        return inside and _without_cars(self, plan, tolerance_kwh) is None

    def violated(self, power_kw: Floats, tolerance_kwh: float = TOLERANCE_KWH) -> Violation | None:
        """The set of steps, within one run of overlapping stays, in which the cars can follow a plan least, or nothing.

        Shape   `power_kw` one figure a step, negative where energy is given to the grid
        Raises  InputError if the plan has not one finite figure for each step of the horizon
        """
        plan = plan_kwh_e4(self.horizon, power_kw)
        return worst_violation(self, plan, parts_of(self, plan), tolerance_kwh)

    def _summed(self, parts_kwh_e4: Sequence[int]) -> float:
        return sum(parts_kwh_e4) / ENERGY_UNITS_PER_KWH


def aggregate(sessions: Sequence[Session], horizon: Horizon, losses: Losses = NO_LOSSES) -> Envelope:
    """The envelope of the sessions that are parked within a horizon.

    Shape   a stay that crosses an end of the horizon is cut there, one outside is left out, and a car that asks for more
            than its stay allows gets the most that it allows; each is among the findings
    """
    can_discharge = any(session.discharge_power_kw > 0 for session in sessions)
    held = losses if can_discharge else NO_LOSSES
    lot = park(sessions, horizon, held)
    hours = horizon.hours * ENERGY_UNITS_PER_KWH
    least, most = _by_step(lot.clusters, horizon)
    low, high = _totals(lot.clusters, horizon)
    return Envelope(
        horizon=horizon,
        losses=losses,
        clusters=lot.clusters,
        power_min_kw=np.where(least < 0, held.round_trip_ratio * least, least) / hours,
        power_max_kw=np.where(most < 0, held.round_trip_ratio * most, most) / hours,
        energy_min_kwh=low / ENERGY_UNITS_PER_KWH,
        energy_max_kwh=high / ENERGY_UNITS_PER_KWH,
        parked_count=_counts(lot.clusters, horizon),
        is_exact=held.round_trip_ratio == 1,
        findings=lot.findings,
    )


def parts_of(envelope: Envelope, plan_kwh_e4: Integers) -> tuple[Part, ...]:
    """How the cars of each cluster follow a plan."""
    return tuple(_part(envelope, each, plan_kwh_e4[span(each)].astype(float)) for each in envelope.clusters)


def worst_violation(
    envelope: Envelope, plan_kwh_e4: Integers, parts: Sequence[Part], tolerance_kwh: float
) -> Violation | None:
    """The set of steps that a plan breaks by most, of how its parts were followed; nothing if it breaks none."""
    found = [_violation(envelope, part, tolerance_kwh) for part in parts]
    found.append(_without_cars(envelope, plan_kwh_e4, tolerance_kwh))
    broken = [each for each in found if each is not None]
    return max(broken, key=lambda each: abs(each.asked_kwh - each.allowed_kwh), default=None)


def plan_kwh_e4(horizon: Horizon, power_kw: Floats) -> Integers:
    """A plan as whole energies of 1e-4 kWh, whose running total is the nearest to that of the plan.

    Raises  InputError if it has not one finite figure for each step
    """
    if power_kw.shape != (horizon.count,) or not np.isfinite(power_kw).all():
        finite = int(np.isfinite(power_kw).sum())
        raise InputError(
            Words("计划须每个时段一个数", "a plan needs one number for each step"),
            found=Words(f"{finite} 个数，{horizon.count} 个时段", f"{finite} numbers for {horizon.count} steps"),
            do=Words("按包络的时段给出计划", "give the plan on the steps of the envelope"),
        )
    totals = np.rint(np.cumsum(power_kw * (horizon.hours * ENERGY_UNITS_PER_KWH))).astype(np.int64)
    return np.diff(totals, prepend=np.int64(0))


def _part(envelope: Envelope, parked: Parked, plan: Floats) -> Part:
    return Part(parked=parked, plan_kwh_e4=plan, followed=followed(parked, plan, envelope.round_trip_ratio))


def span(parked: Parked) -> slice:
    """The steps of a cluster in the horizon."""
    return slice(parked.first_step, parked.first_step + parked.count)


def _violation(envelope: Envelope, part: Part, tolerance_kwh: float) -> Violation | None:
    """The worst set of steps of one cluster, or nothing; no set is broken by more than the cars stray in all."""
    most_e4 = tolerance_kwh * ENERGY_UNITS_PER_KWH
    if part.followed.strayed_kwh_e4 <= most_e4:
        return None
    excess = (
        worst(part.parked, part.plan_kwh_e4, part.followed.prices)
        if envelope.is_exact
        else strayed(part.plan_kwh_e4, part.followed.grid_kwh_e4, len(part.parked.sessions))
    )
    if excess.by_kwh_e4 <= most_e4:
        return None
    steps = np.zeros(envelope.horizon.count, np.bool_)
    steps[span(part.parked)] = excess.chosen
    return Violation(
        steps=steps,
        asked_kwh=excess.asked_kwh_e4 / ENERGY_UNITS_PER_KWH,
        allowed_kwh=excess.allowed_kwh_e4 / ENERGY_UNITS_PER_KWH,
        is_above=excess.is_above,
    )


def _without_cars(envelope: Envelope, plan_e4: Integers, tolerance_kwh: float) -> Violation | None:
    """The step without any car in which a plan asks for most, or nothing."""
    sizes = np.where(envelope.parked_count == 0, np.abs(plan_e4), 0)
    worst_step = int(np.argmax(sizes))
    if sizes[worst_step] <= tolerance_kwh * ENERGY_UNITS_PER_KWH:
        return None
    steps = np.zeros(envelope.horizon.count, np.bool_)
    steps[worst_step] = True
    asked_kwh = float(plan_e4[worst_step]) / ENERGY_UNITS_PER_KWH
    return Violation(steps=steps, asked_kwh=asked_kwh, allowed_kwh=0.0, is_above=asked_kwh > 0)


def _by_step(clusters: Sequence[Parked], horizon: Horizon) -> tuple[Floats, Floats]:
    """The least and the most that all accounts can gain in each step, 1e-4 kWh."""
    gained = np.zeros((2, horizon.count))
    for each in clusters:
        gained[:, span(each)] = bounds_of(each)
    return gained[0], gained[1]


def _totals(clusters: Sequence[Parked], horizon: Horizon) -> tuple[Floats, Floats]:
    """The least and the most that all accounts have gained by the end of each step, 1e-4 kWh."""
    changes = np.zeros((2, horizon.count))
    for each in clusters:
        for place, account in enumerate(corridors(each)):
            earlier = np.concatenate([np.zeros(1, np.int64), account[:-1]])
            earlier[each.begin[:-1]] = 0
            change = np.bincount(each.step, weights=account - earlier, minlength=each.count)
            changes[place, span(each)] = change
    low, high = np.cumsum(changes, axis=1)
    return low, high


def _counts(clusters: Sequence[Parked], horizon: Horizon) -> Integers:
    counts = np.zeros(horizon.count, np.int64)
    for each in clusters:
        counts[span(each)] = np.bincount(each.step, minlength=each.count)
    return counts
