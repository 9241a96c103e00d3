"""Sessions on the steps of a horizon, as exact energies, in clusters of stays that overlap.

A step that a car is parked for in part offers its share of the power. The most energy of the steps of a stay, added up
from its beginning, is rounded down to 1e-4 kWh, so that a stay as a whole loses less than that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np

from dispatch.arrays import Integers
from dispatch.horizon import Horizon
from dispatch.v2g.losses import Losses
from dispatch.v2g.sessions import CATALOGUE, Session
from tariffs.reading.report import FileReport
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.timegrid import physical
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, MINUTES_PER_HOUR, MS_PER_MINUTE

_MS_PER_HOUR: Final = MS_PER_MINUTE * MINUTES_PER_HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """Sessions of one cluster, on steps counted from the first of the cluster.

    Shape   `first_step` of the cluster in the horizon, `count` its steps; the steps of session n stand from begin[n] to
            begin[n+1] in `step`, with the most that may enter and leave its account in each (1e-4 kWh); `target`,
            `spare` and `room` one a session; `turns[k]` are the sessions that have a k-th step
    """

    sessions: tuple[Session, ...]
    first_step: int
    count: int
    begin: Integers
    step: Integers
    charge_kwh_e4: Integers
    discharge_kwh_e4: Integers
    target_kwh_e4: Integers
    spare_kwh_e4: Integers
    room_kwh_e4: Integers
    turns: tuple[Integers, ...]

    @property
    def owner(self) -> Integers:
        """The session of each entry of `step`."""
        owners: Integers = np.repeat(np.arange(len(self.sessions), dtype=np.int64), np.diff(self.begin))
        return owners

    @property
    def can_discharge(self) -> bool:
        """Whether any car can give anything back."""
        return bool(self.discharge_kwh_e4.any())


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """All clusters of a horizon, in the order of time, and what there is to know about single cars."""

    horizon: Horizon
    clusters: tuple[Parked, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stay:
    """One session on the steps of the horizon."""

    session: Session
    first_step: int
    charge_kwh_e4: Integers
    discharge_kwh_e4: Integers
    target_kwh_e4: int

    @property
    def until_step(self) -> int:
        return self.first_step + self.charge_kwh_e4.size


def park(sessions: Sequence[Session], horizon: Horizon, losses: Losses) -> Lot:
    """The sessions of a horizon; a stay that crosses its ends is cut, one outside is left out, both with a finding."""
    report = FileReport("", CATALOGUE)
    stays = [stay for session in sessions if (stay := _stay(session, horizon, losses, report)) is not None]
    stays.sort(key=lambda stay: (stay.first_step, stay.until_step, stay.session.session_id))
    groups: list[list[_Stay]] = []
    until_step = -1
    for stay in stays:
        if stay.first_step >= until_step:
            groups.append([])
        groups[-1].append(stay)
        until_step = max(until_step, stay.until_step)
    return Lot(horizon=horizon, clusters=tuple(_parked(group) for group in groups), findings=report.findings())


def scaled(figure: Decimal) -> int:
    """A Decimal figure in 1e-4 of its unit, rounded down."""
    return int(figure * ENERGY_UNITS_PER_KWH)


def _stay(session: Session, horizon: Horizon, losses: Losses, report: FileReport) -> _Stay | None:
    """The steps of a session, or nothing where it has none in the horizon."""
    from_ms, until_ms = physical(session.arrival_at), physical(session.departure_at)
    start_ms, end_ms = max(from_ms, horizon.first_ms), min(until_ms, horizon.end_ms)
    if start_ms >= end_ms:
        report.add("session_outside", evidence={"session": session.session_id})
        return None
    if (start_ms, end_ms) != (from_ms, until_ms):
        report.add("session_cut", evidence={"session": session.session_id})
    step_ms = horizon.minutes * MS_PER_MINUTE
    first = (start_ms - horizon.first_ms) // step_ms
    until = -((horizon.first_ms - end_ms) // step_ms)
    ends_ms = horizon.first_ms + np.arange(first + 1, until + 1, dtype=np.int64) * step_ms
    parked_ms = np.minimum(ends_ms, end_ms) - start_ms
    charge = np.diff(scaled(session.charge_power_kw) * parked_ms // _MS_PER_HOUR, prepend=np.int64(0))
    given = scaled(session.discharge_power_kw) * parked_ms / (_MS_PER_HOUR * losses.round_trip_ratio)
    discharge = np.diff(np.floor(given), prepend=0.0).astype(np.int64)
    asked, most = scaled(session.energy_kwh), int(charge.sum())
    if asked > most:
        most_kwh = most / ENERGY_UNITS_PER_KWH
        evidence = {"session": session.session_id, "asked": session.energy_kwh, "most": most_kwh}
        report.add("session_asks_too_much", evidence=evidence)
    return _Stay(
        session=session,
        first_step=int(first),
        charge_kwh_e4=charge,
        discharge_kwh_e4=discharge,
        target_kwh_e4=min(asked, most),
    )


def _parked(stays: Sequence[_Stay]) -> Parked:
    first = min(stay.first_step for stay in stays)
    sizes = np.array([stay.charge_kwh_e4.size for stay in stays], np.int64)
    steps = [np.arange(stay.first_step, stay.until_step, dtype=np.int64) - first for stay in stays]
    return Parked(
        sessions=tuple(stay.session for stay in stays),
        first_step=first,
        count=max(stay.until_step for stay in stays) - first,
        begin=np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)]),
        step=np.concatenate(steps),
        charge_kwh_e4=np.concatenate([stay.charge_kwh_e4 for stay in stays]),
        discharge_kwh_e4=np.concatenate([stay.discharge_kwh_e4 for stay in stays]),
        target_kwh_e4=np.array([stay.target_kwh_e4 for stay in stays], np.int64),
        spare_kwh_e4=np.array([scaled(stay.session.spare_kwh) for stay in stays], np.int64),
        room_kwh_e4=np.array([scaled(stay.session.most_kwh) for stay in stays], np.int64),
        turns=tuple(np.flatnonzero(sizes > turn) for turn in range(int(sizes.max()))),
    )
