"""A plan of the virtual store shared out among the cars: what each draws in each step, each leaving with its target."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dispatch.arrays import Floats, Integers
from dispatch.v2g.envelope import (
    TOLERANCE_KWH,
    Envelope,
    Part,
    Violation,
    parts_of,
    plan_kwh_e4,
    worst_violation,
)
from dispatch.v2g.parked import scaled
from dispatch.v2g.sessions import Session
from tariffs.vocabulary.errors import InputError, Words
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """What each car does.

    Shape   `sessions` in the order of arrival; `session`, `step`, `power_kw` one entry for each step of a stay in which
            the car draws (positive) or gives (negative) anything, car after car; by session in 1e-4 kWh: `asked` as in
            the file, `got` what its account gained, `charged` and `discharged` at the charger; `strayed_kwh` is the
            largest distance, over steps, of the sum of all cars from the plan
    """

    sessions: tuple[Session, ...]
    session: Integers
    step: Integers
    power_kw: Floats
    asked_kwh_e4: Integers
    got_kwh_e4: Integers
    charged_kwh_e4: Integers
    discharged_kwh_e4: Integers
    strayed_kwh: float

    @property
    def short_kwh_e4(self) -> Integers:
        """What each car leaves without, of what it asked for: only where its stay allows no more."""
        return self.asked_kwh_e4 - self.got_kwh_e4

    @property
    def short(self) -> dict[str, float]:
        """Cars that leave short, and by how many kWh."""
        missing = self.short_kwh_e4
        return {
            self.sessions[place].session_id: int(missing[place]) / ENERGY_UNITS_PER_KWH
            for place in np.flatnonzero(missing)
        }

    def __repr__(self) -> str:
        got = int(self.got_kwh_e4.sum()) / ENERGY_UNITS_PER_KWH
        return f"<Assigned: {len(self.sessions)} car(s), {got:,.2f} kWh, {len(self.short)} leave short>"


def disaggregate(envelope: Envelope, power_kw: Floats, tolerance_kwh: float = TOLERANCE_KWH) -> Assigned:
    """What each car does so that all together follow a plan, with no more discharging than that takes.

    Shape   every car gains its target to the unit; without losses the cars add up to a plan in whole units exactly, else
            they stray from it by half a unit a car and step at most
    Raises  InputError if the plan is outside the envelope: the steps, what it asks there and what is possible
    """
    plan = plan_kwh_e4(envelope.horizon, power_kw)
    parts = parts_of(envelope, plan)
    violation = worst_violation(envelope, plan, parts, tolerance_kwh)
    if violation is not None:
        raise outside(envelope, violation)
    return _assigned(envelope, parts)


def outside(envelope: Envelope, violation: Violation) -> InputError:
    """The refusal of a plan that the cars cannot follow."""
    at = np.flatnonzero(violation.steps)
    first_at = envelope.horizon.cut(int(at[0]), int(at[0]) + 1).first_at.isoformat()
    asked, allowed = f"{violation.asked_kwh:.4f}", f"{violation.allowed_kwh:.4f}"
    limit = Words("至多", "at most") if violation.is_above else Words("至少", "at least")
    return InputError(
        Words(
            f"计划超出车辆的包络：自 {first_at} 起的 {at.size} 个时段",
            f"the plan is outside the envelope of the cars: {at.size} step(s) from {first_at} on",
        ),
        found=Words(
            f"合计 {asked} kWh，{limit.zh}可为 {allowed} kWh",
            f"{asked} kWh in all, where {limit.en} {allowed} kWh is possible",
        ),
        do=Words("改动这些时段的功率，或用本程序的计划", "change the power of these steps, or let the program plan"),
    )


def _assigned(envelope: Envelope, parts: Sequence[Part]) -> Assigned:
    sessions = tuple(session for part in parts for session in part.parked.sessions)
    strays = [np.abs(part.followed.grid_kwh_e4 - part.plan_kwh_e4).max() for part in parts]
    before = np.cumsum([0, *(len(part.parked.sessions) for part in parts)])
    owner = _joined([part.parked.owner + first for part, first in zip(parts, before[:-1], strict=True)])
    step = _joined([part.parked.step + part.parked.first_step for part in parts])
    gained = _joined([part.followed.gained_kwh_e4 for part in parts])
    drawn = np.where(gained < 0, gained * envelope.round_trip_ratio, gained.astype(float))
    moves = np.flatnonzero(gained)

    def by_session(energies_kwh_e4: Floats) -> Integers:
        return np.rint(np.bincount(owner, weights=energies_kwh_e4, minlength=len(sessions))).astype(np.int64)

    return Assigned(
        sessions=sessions,
        session=owner[moves],
        step=step[moves],
        power_kw=drawn[moves] / (ENERGY_UNITS_PER_KWH * envelope.horizon.hours),
        asked_kwh_e4=np.array([scaled(session.energy_kwh) for session in sessions], np.int64),
        got_kwh_e4=by_session(gained.astype(float)),
        charged_kwh_e4=by_session(np.maximum(drawn, 0)),
        discharged_kwh_e4=by_session(np.maximum(-drawn, 0)),
        strayed_kwh=float(max(strays, default=0.0)) / ENERGY_UNITS_PER_KWH,
    )


def _joined(parts: Sequence[Integers]) -> Integers:
    return np.concatenate([np.zeros(0, np.int64), *parts])
