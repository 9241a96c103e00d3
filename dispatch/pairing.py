"""The cheapest leases that give wind projects the storage they lack, out of the free power of stations.

Least first: what stays open (MW times days), then the rent where rents are on offer, then the number of contracts, a contract
being a station and a project; then how little changes from one span of days to the next.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import numpy as np
from pyomo.core import (
    Binary,
    Block,
    ConcreteModel,
    Constraint,
    ConstraintList,
    NonNegativeReals,
    Objective,
    Var,
    maximize,
    quicksum,
)

from dispatch.arrays import Flags
from dispatch.matrix.whole import written_out
from dispatch.outcome import Limits, Status
from dispatch.solve import OutOfTime, solve
from tariffs.vocabulary.units import KW_PER_MW, MONTHS_PER_YEAR

Pair = tuple[str, str]
"""A project and a station."""
POWER_DECIMALS: Final = 8
"""Finer than any figure that goes in, coarser than what the solver may be off by."""
TIED: Final = 1e-6
"""A worth of less than this, 元 a year for a kW, is none."""
PATIENCE_S: Final = 10.0
"""So long the fewest contracts are looked for; after that the fewest found so far are taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Power that a project lacks on the days of a span, MW, and the least duration of what would count, hours."""

    project_id: str
    span_no: int
    power_mw: Decimal
    duration_h: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Free power of a station that counts on every day of a span, MW, and its rated duration, hours."""

    station_id: str
    span_no: int
    power_mw: Decimal
    duration_h: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A lease to be made: power of a station for a project, MW, on the days of the spans named, and its rent if known."""

    project_id: str
    station_id: str
    power_mw: Decimal
    span_nos: tuple[int, ...]
    rent_cny: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The contracts, what they leave open in each span, and whether the number of contracts is proven least."""

    contracts: tuple[Contract, ...]
    still_open: tuple[Need, ...]
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """The figures of the model: needs and rooms by name and span, the pairs that may be used in a span, prices, years."""

    needs: Mapping[tuple[str, int], Need]
    rooms: Mapping[tuple[str, int], Room]
    pairs: Mapping[int, Sequence[Pair]]
    years: Sequence[Fraction]
    prices: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cheapest:
    """What all cheapest solutions of a span share, read from the worths (duals) of one of them.

    Shape   `usable`: the pairs that may have power; `full`: stations that give all they have; `closed`: projects whose need
            is met; `support`: the pairs with power in the solution found
    """

    usable: tuple[Pair, ...]
    full: frozenset[str]
    closed: frozenset[str]
    support: frozenset[Pair]


def cheapest_ways(
    spans: Sequence[tuple[date, date]],
    needs: Sequence[Need],
    rooms: Sequence[Room],
    prices: Mapping[str, Decimal],
    limits: Limits | None = None,
) -> Ways:
    """The leases that close the needs of all projects, as far as the rooms go.

    Shape   `spans`: first and last day of each, both included, one after another; `prices`: 元/kW a year by station, and
            then only stations with a price lease; without any price the contracts have no rent
    """
    case = _case(spans, needs, rooms, prices)
    cheapest = {span_no: _cheapest(case, span_no) for span_no in case.pairs}
    chosen, proven = _fewest(case, cheapest, limits or Limits(time_limit_s=PATIENCE_S))
    given: dict[tuple[str, str, int], Decimal] = {}
    before: Mapping[Pair, Decimal] = {}
    for span_no, best in cheapest.items():
        before = _steadiest(case, span_no, best, chosen, before)
        given.update({(*pair, span_no): power_mw for pair, power_mw in before.items()})
    return Ways(contracts=tuple(_contracts(given, case)), still_open=tuple(_left(needs, given)), proven=proven)


def years_between(first: date, last: date) -> Fraction:
    """The years of a rent between two days, both included: a twelfth for each whole month, parts of a month by days."""
    months, day = Fraction(0), first
    while (day.year, day.month) <= (last.year, last.month):
        length = monthrange(day.year, day.month)[1]
        until = last.day if (day.year, day.month) == (last.year, last.month) else length
        months += Fraction(until - day.day + 1, length)
        if (day.year, day.month) == (date.max.year, date.max.month):
            break
        day = date(day.year + day.month // MONTHS_PER_YEAR, day.month % MONTHS_PER_YEAR + 1, 1)
    return months / MONTHS_PER_YEAR


def _case(
    spans: Sequence[tuple[date, date]],
    needs: Sequence[Need],
    rooms: Sequence[Room],
    prices: Mapping[str, Decimal],
) -> _Case:
    lacking = {(need.project_id, need.span_no): need for need in needs if need.power_mw > 0}
    free = {
        (room.station_id, room.span_no): room
        for room in rooms
        if room.power_mw > 0 and (not prices or room.station_id in prices)
    }
    pairs: dict[int, list[Pair]] = {}
    for (project_id, need_no), need in sorted(lacking.items()):
        for (station_id, room_no), room in sorted(free.items()):
            if room_no == need_no and room.duration_h >= need.duration_h:
                pairs.setdefault(need_no, []).append((project_id, station_id))
    return _Case(
        needs=lacking,
        rooms=free,
        pairs=dict(sorted(pairs.items())),
        years=[years_between(first, last) for first, last in spans],
        prices=prices,
    )


def _cheapest(case: _Case, span_no: int) -> _Cheapest:
    """What all cheapest solutions of a span share; what stays open weighs more than any rent that could be saved."""
    pairs = case.pairs[span_no]
    model = _transport(case, span_no, pairs)
    yearly = {station_id: float(price) for station_id, price in case.prices.items()}
    weight = (len(pairs) + 1) * max([1.0, *yearly.values()])
    rent = quicksum(model.given_kw[pair] * yearly.get(pair[1], 0.0) for pair in pairs)
    model.goal = Objective(expr=-weight * quicksum(model.open_kw.values()) - rent, sense=maximize)
    matrix = written_out(model)
    found = solve(matrix, Limits())
    given, still_open, room = matrix.columns["given_kw"], matrix.columns["open_kw"], matrix.rows["room"]
    return _Cheapest(
        usable=_where(pairs, np.abs(found.column_dual[given]) <= TIED),
        full=frozenset(_where(list(model.room), np.abs(found.row_dual[room]) > TIED)),
        closed=frozenset(_where(list(model.open_kw), np.abs(found.column_dual[still_open]) > TIED)),
        support=frozenset(_where(pairs, found.x[given] > 0)),
    )


def _transport(case: _Case, span_no: int, pairs: Sequence[Pair], best: _Cheapest | None = None) -> Any:
    """Power given to each project and left open in a span, kW, within what is lacking and what is free.

    Shape   with `best` only the cheapest solutions are left
    """
    model = ConcreteModel()
    model.given_kw = Var(pairs, within=NonNegativeReals)
    projects = sorted({project_id for project_id, _ in case.pairs[span_no]})
    stations = sorted({station_id for _, station_id in case.pairs[span_no]})
    model.open_kw = Var(projects, within=NonNegativeReals)

    def cover(m: Any, project_id: str) -> Any:
        given = quicksum(m.given_kw[pair] for pair in pairs if pair[0] == project_id)
        return given + m.open_kw[project_id] == _kw(case.needs[project_id, span_no].power_mw)

    def room(m: Any, station_id: str) -> Any:
        given = quicksum(m.given_kw[pair] for pair in pairs if pair[1] == station_id)
        most = _kw(case.rooms[station_id, span_no].power_mw)
        if best is not None and station_id in best.full:
            return given == most
        return Constraint.Skip if isinstance(given, int | float) else given <= most

    model.cover = Constraint(projects, rule=cover)
    model.room = Constraint(stations, rule=room)
    if best is not None:
        for project_id in best.closed:
            model.open_kw[project_id].fix(0.0)
    return model


def _fewest(case: _Case, cheapest: Mapping[int, _Cheapest], limits: Limits) -> tuple[frozenset[Pair], bool]:
    """The fewest pairs with which every span has one of its cheapest solutions, and whether they are proven so."""
    support = frozenset(pair for best in cheapest.values() for pair in best.support)
    pairs = sorted({pair for best in cheapest.values() for pair in best.usable})
    if not support:
        return support, True
    model = ConcreteModel()
    model.used = Var(pairs, within=Binary)
    model.span = Block(list(cheapest))
    for span_no, best in cheapest.items():
        model.span[span_no].transfer_attributes_from(_transport(case, span_no, best.usable, best))
    model.link = ConstraintList()
    for span_no, best in cheapest.items():
        for project_id, station_id in best.usable:
            most = min(case.needs[project_id, span_no].power_mw, case.rooms[station_id, span_no].power_mw)
            given = model.span[span_no].given_kw[project_id, station_id]
            model.link.add(given <= _kw(most) * model.used[project_id, station_id])
        for project_id in sorted(best.closed):
            of_project = [pair for pair in best.usable if pair[0] == project_id]
            least = _least_count(case, project_id, span_no, of_project)
            model.link.add(quicksum(model.used[pair] for pair in of_project) >= least)
    model.goal = Objective(expr=-quicksum(model.used.values()), sense=maximize)
    matrix = written_out(model)
    start = np.zeros(matrix.cost.size)
    start[matrix.columns["used"]] = [pair in support for pair in pairs]
    try:
        found = solve(matrix, limits, start=start)
    except OutOfTime:
        return support, False
    used = found.x[matrix.columns["used"]]
    return frozenset(_where(pairs, used > 0.5)), found.status is Status.OPTIMAL


def _least_count(case: _Case, project_id: str, span_no: int, pairs: Sequence[Pair]) -> int:
    """How many stations a need takes at least, were all of them free for it; said to the solver, it proves sooner."""
    open_mw, count = case.needs[project_id, span_no].power_mw, 0
    for power_mw in sorted((case.rooms[station_id, span_no].power_mw for _, station_id in pairs), reverse=True):
        if open_mw <= 0:
            break
        open_mw, count = open_mw - power_mw, count + 1
    return count


def _steadiest(
    case: _Case, span_no: int, best: _Cheapest, chosen: frozenset[Pair], before: Mapping[Pair, Decimal]
) -> dict[Pair, Decimal]:
    """The power of each chosen pair in a span, MW: of the cheapest solutions one that keeps most of the span before."""
    pairs = [pair for pair in best.usable if pair in chosen]
    model = _transport(case, span_no, pairs, best)
    model.kept_kw = Var(pairs, within=NonNegativeReals)
    model.keep = ConstraintList()
    for pair in pairs:
        model.keep.add(model.kept_kw[pair] <= model.given_kw[pair])
        model.kept_kw[pair].setub(_kw(before.get(pair, Decimal(0))))
    model.goal = Objective(expr=quicksum(model.kept_kw.values()), sense=maximize)
    matrix = written_out(model)
    found = solve(matrix, Limits())
    powers_kw = found.x[matrix.columns["given_kw"]] if pairs else ()
    exact = {pair: _exact_mw(power_kw) for pair, power_kw in zip(pairs, powers_kw, strict=True)}
    return {pair: power_mw for pair, power_mw in exact.items() if power_mw > 0}


def _contracts(given: Mapping[tuple[str, str, int], Decimal], case: _Case) -> Iterator[Contract]:
    """Spans in a row with equal power are one contract."""
    for pair in sorted({(project_id, station_id) for project_id, station_id, _ in given}):
        runs: list[tuple[Decimal, list[int]]] = []
        for span_no in case.pairs:
            power = given.get((*pair, span_no))
            if power is None:
                continue
            if runs and runs[-1][0] == power and runs[-1][1][-1] == span_no - 1:
                runs[-1][1].append(span_no)
            else:
                runs.append((power, [span_no]))
        for power, span_nos in runs:
            yield Contract(
                project_id=pair[0],
                station_id=pair[1],
                power_mw=power,
                span_nos=tuple(span_nos),
                rent_cny=_rent_cny(case, pair[1], power, span_nos),
            )


def _rent_cny(case: _Case, station_id: str, power_mw: Decimal, span_nos: Sequence[int]) -> Fraction | None:
    price = case.prices.get(station_id)
    if price is None:
        return None
    years = sum((case.years[span_no] for span_no in span_nos), Fraction(0))
    return Fraction(price) * Fraction(power_mw) * KW_PER_MW * years


def _left(needs: Sequence[Need], given: Mapping[tuple[str, str, int], Decimal]) -> Iterator[Need]:
    """What of each need no contract meets."""
    met: dict[tuple[str, int], Decimal] = {}
    for (project_id, _, span_no), power_mw in given.items():
        met[project_id, span_no] = met.get((project_id, span_no), Decimal(0)) + power_mw
    for need in needs:
        left = need.power_mw - met.get((need.project_id, need.span_no), Decimal(0))
        if left > 0:
            yield replace(need, power_mw=left)


def _where(names: Sequence[Any], marked: Flags) -> tuple[Any, ...]:
    return tuple(name for name, is_marked in zip(names, marked, strict=True) if is_marked)


def _exact_mw(power_kw: float) -> Decimal:
    return round(Decimal(float(power_kw)) / KW_PER_MW, POWER_DECIMALS).normalize()


def _kw(power_mw: Decimal) -> float:
    return float(power_mw * KW_PER_MW)
