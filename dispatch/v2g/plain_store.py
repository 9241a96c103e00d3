"""A store with four figures a step whose every plan the cars can follow, for planners who cannot hold bounds of sets.

Each car's account follows the total by a fixed share, with z the distance of the total from a middle course m:

account_t = course_t + share_t * z_t,   the shares of a step adding up to one, the courses to m.

If |z_t| <= r_t and |z_t - z_(t-1)| <= q_t, every account stays in its corridor and every power in its bounds as long as

course_t +- share_t * r_t                                                        lies between lowest and highest account
course_t - course_(t-1) +- (share_t * q_t + |share_t - share_(t-1)| * r_(t-1))     lies between the powers of the step

and a linear program makes r and q large. A share is the car's part of the room between the corridors of all cars: none
when it leaves. With losses the cars of the store only charge, for then no loss shows.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from dispatch.arrays import Floats, Integers
from dispatch.matrix import Matrix
from dispatch.outcome import Limits
from dispatch.solve import solve
from dispatch.v2g.envelope import Envelope, span
from dispatch.v2g.levelling import charging_only
from dispatch.v2g.parked import Parked
from dispatch.v2g.reach import corridors
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH

_ROOM_WEIGHT: Final = 0.1
"""What a kWh of room counts beside a kWh of change within a step: less keeps little room, more gains none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainStore:
    """A store that may be planned by its four figures a step alone.

    Shape   mean power in each step, and energy since the horizon began at the end of each; every plan between them, from
            nothing at the beginning on, is inside the envelope
    """

    power_min_kw: Floats
    power_max_kw: Floats
    energy_min_kwh: Floats
    energy_max_kwh: Floats


def plain_store(envelope: Envelope) -> PlainStore:
    """The plain store inside an envelope, made cluster by cluster."""
    count = envelope.horizon.count
    middle, room, change = np.zeros(count), np.zeros(count), np.zeros(count)
    for each in envelope.clusters:
        parked = each if envelope.is_exact else charging_only(each)
        middle[span(each)], room[span(each)], change[span(each)] = _widest(parked)
    course = np.cumsum(middle)
    hours = envelope.horizon.hours
    reached = _reached(room, change)
    within = np.minimum(change, reached + np.concatenate([np.zeros(1), reached[:-1]]))
    return PlainStore(
        power_min_kw=(middle - within) / hours,
        power_max_kw=(middle + within) / hours,
        energy_min_kwh=course - reached,
        energy_max_kwh=course + reached,
    )


def _reached(room: Floats, change: Floats) -> Floats:
    """How much of the room can be reached from nothing, and left again for nothing, by the changes allowed."""
    reached = room.copy()
    for step in range(1, reached.size):
        reached[step] = min(reached[step], reached[step - 1] + change[step])
    reached[0] = min(reached[0], change[0])
    for step in range(reached.size - 1, 0, -1):
        reached[step - 1] = min(reached[step - 1], reached[step] + change[step])
    return reached


def _widest(parked: Parked) -> tuple[Floats, Floats, Floats]:
    """Middle course step by step, room and change of a cluster, kWh."""
    low, high = (each / ENERGY_UNITS_PER_KWH for each in corridors(parked))
    share = _shares(parked, high - low)
    pairs, count = parked.step.size, parked.count
    open_steps = np.bincount(parked.step, weights=share, minlength=count) > 0
    widest = np.where(open_steps, float((high - low).sum()), 0.0)
    lower, upper, starts, index, coefficient = _rows(parked, low, high, share)
    matrix = Matrix(
        cost=np.concatenate([np.zeros(pairs), np.ones(count), np.full(count, _ROOM_WEIGHT)]),
        offset=0.0,
        lower=np.concatenate([low, np.zeros(2 * count)]),
        upper=np.concatenate([high, np.full(count, 2 * widest.max()), widest]),
        is_integer=np.zeros(pairs + 2 * count, np.bool_),
        row_lower=lower,
        row_upper=upper,
        starts=starts,
        index=index,
        coefficient=coefficient,
        columns={},
        rows={},
    )
    x = solve(matrix, Limits()).x
    course = x[:pairs]
    moved = course - _earlier(parked, course)
    middle = np.bincount(parked.step, weights=moved, minlength=count).astype(float)
    return middle, x[pairs + count :], x[pairs : pairs + count]


def _shares(parked: Parked, width: Floats) -> Floats:
    in_all = np.bincount(parked.step, weights=width, minlength=parked.count)[parked.step]
    return np.divide(width, in_all, out=np.zeros_like(width), where=in_all > 0)


def _earlier(parked: Parked, figures: Floats) -> Floats:
    """Figures of the step before: nothing where a stay begins."""
    earlier = np.concatenate([np.zeros(1), figures[:-1]])
    earlier[parked.begin[:-1]] = 0.0
    return earlier


def _rows(
    parked: Parked, low: Floats, high: Floats, share: Floats
) -> tuple[Floats, Floats, Integers, Integers, Floats]:
    """Two rows of the corridor and two of the power for each step of each stay, two of the room a step: bounds, entries.

    Shape   columns: courses, changes, rooms; where a stay begins its share of the total is new, and weighs the room of
            the step itself; room that the changes cannot reach is none
    """
    pairs, count = parked.step.size, parked.count
    own = np.arange(pairs)
    begins = np.zeros(pairs, np.bool_)
    begins[parked.begin[:-1]] = True
    turn = np.abs(share - _earlier(parked, share))
    change, room = pairs + parked.step, pairs + count + parked.step
    before = np.where(begins, room, room - 1)
    charge, discharge = parked.charge_kwh_e4 / ENERGY_UNITS_PER_KWH, parked.discharge_kwh_e4 / ENERGY_UNITS_PER_KWH
    row: list[Integers] = []
    column: list[Integers] = []
    coefficient: list[Floats] = []
    for kind, sign in ((0, 1.0), (1, -1.0)):
        corridor, power = kind * pairs + own, (2 + kind) * pairs + own
        later = np.flatnonzero(~begins)
        row += [corridor, corridor, power, power[later], power[later], power]
        column += [own, room, own, own[later] - 1, change[later], before]
        coefficient += [
            np.ones(pairs),
            sign * share,
            np.ones(pairs),
            -np.ones(later.size),
            sign * share[later],
            sign * turn,
        ]
    linked = _linked(count)
    row += [4 * pairs + each for each, _, _ in linked]
    column += [pairs + each for _, each, _ in linked]
    coefficient += [each for _, _, each in linked]
    unbounded = np.full(pairs, np.inf)
    rows = np.concatenate(row)
    order = np.argsort(rows, kind="stable")
    total = 4 * pairs + 3 * count
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(rows, minlength=total))])
    reached = np.zeros(3 * count)
    lower = np.concatenate([-unbounded, low, -unbounded, -discharge, reached - np.inf])
    upper = np.concatenate([high, unbounded, charge, unbounded, reached])
    return lower, upper, starts, np.concatenate(column)[order], np.concatenate(coefficient)[order]


def _linked(count: int) -> list[tuple[Integers, Integers, Floats]]:
    """Rows, columns (changes, then rooms) and coefficients of what ties changes and rooms to each other, at most zero.

    room_t - room_(t-1) - change_t     room is reached by the change
    room_(t-1) - room_t - change_t     and left by it
    change_t - room_t - room_(t-1)     no more change than goes from end to end
    """
    steps, later, one = np.arange(count), np.arange(1, count), np.ones(count)
    return [
        entries
        for place, (change, room, before) in enumerate(((-1, 1, -1), (-1, -1, 1), (1, -1, -1)))
        for entries in (
            (place * count + steps, steps, change * one),
            (place * count + steps, count + steps, room * one),
            (place * count + later, count + later - 1, before * one[1:]),
        )
    ]
