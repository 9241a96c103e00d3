"""Cars and steps of one cluster as a network that a solver takes, and the exact energies that come back.

step t       sum of charging - round trip * sum of discharging = wanted_t + above_t - below_t
car, step k  account_k = account_(k-1) + charging - discharging, between -spare and room, the target at the end
A car that can give nothing back has one row, its total. Without losses every coefficient is 1 or -1 in a network, so that
whole right-hand sides have whole solutions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dispatch.arrays import Floats, Integers
from dispatch.matrix import Matrix
from dispatch.v2g.parked import Parked


@dataclass(frozen=True, slots=True, kw_only=True)
class Slack:
    """How far the cars may leave what is wanted in each step, in one direction: the most, 1e-4 kWh, and its cost."""

    most_kwh_e4: Floats
    cost: Floats

    @classmethod
    def free(cls, count: int, cost: float) -> "Slack":
        """As far as need be, at one cost."""
        return cls(most_kwh_e4=np.full(count, np.inf), cost=np.full(count, cost))


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The matrix of a cluster, and which of its columns are what.

    Shape   `charge` has a column for each step of each stay; `gives` numbers the steps of stays that can discharge, and
            `discharge` are their columns; `above` and `below` one column a step of the cluster
    """

    parked: Parked
    matrix: Matrix
    gives: Integers
    charge: Integers
    discharge: Integers
    above: Integers
    below: Integers

    def gained_kwh_e4(self, x: Floats) -> Integers:
        """What each account gains in each step of its stay, whole units whose running totals are the nearest to x."""
        gained = x[self.charge].copy()
        gained[self.gives] -= x[self.discharge]
        totals = np.cumsum(gained)
        first = self.parked.begin[:-1]
        before = np.repeat(np.concatenate([np.zeros(1), totals])[first], np.diff(self.parked.begin))
        whole = np.rint(totals - before).astype(np.int64)
        earlier = np.concatenate([np.zeros(1, np.int64), whole[:-1]])
        earlier[first] = 0
        change: Integers = whole - earlier
        return change


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entries:
    """Coefficients of rows, in any order."""

    row: Integers
    column: Integers
    coefficient: Floats


def network(parked: Parked, wanted_kwh_e4: Floats, above: Slack, below: Slack, round_trip_ratio: float) -> Network:
    """The cars of a cluster against an energy wanted in each step; what leaves it is paid for, the least cost is best."""
    gives = np.flatnonzero(parked.discharge_kwh_e4 > 0)
    charge = np.arange(parked.step.size, dtype=np.int64)
    discharge = charge.size + np.arange(gives.size, dtype=np.int64)
    cars, row_target, account_lower, account_upper = _cars(parked, gives, charge, discharge)
    first_above = charge.size + gives.size + account_lower.size
    above_columns = first_above + np.arange(parked.count, dtype=np.int64)
    below_columns = above_columns + parked.count
    steps = [
        _Entries(row=parked.step, column=charge, coefficient=np.ones(charge.size)),
        _Entries(row=parked.step[gives], column=discharge, coefficient=np.full(gives.size, -round_trip_ratio)),
        *_slack_entries(above_columns, below_columns),
    ]
    starts, index, coefficient = _row_by_row([*steps, *cars], parked.count + row_target.size)
    rows = np.concatenate([wanted_kwh_e4, row_target])
    matrix = Matrix(
        cost=np.concatenate([np.zeros(first_above), -above.cost, -below.cost]),
        offset=0.0,
        lower=np.concatenate([np.zeros(charge.size + gives.size), account_lower, np.zeros(2 * parked.count)]),
        upper=np.concatenate(
            [parked.charge_kwh_e4, parked.discharge_kwh_e4[gives], account_upper, above.most_kwh_e4, below.most_kwh_e4]
        ),
        is_integer=np.zeros(first_above + 2 * parked.count, np.bool_),
        row_lower=rows,
        row_upper=rows,
        starts=starts,
        index=index,
        coefficient=coefficient,
        columns={},
        rows={},
    )
    return Network(
        parked=parked,
        matrix=matrix,
        gives=gives,
        charge=charge,
        discharge=discharge,
        above=above_columns,
        below=below_columns,
    )


def _slack_entries(above: Integers, below: Integers) -> tuple[_Entries, _Entries]:
    steps = np.arange(above.size, dtype=np.int64)
    return (
        _Entries(row=steps, column=above, coefficient=np.full(above.size, -1.0)),
        _Entries(row=steps, column=below, coefficient=np.ones(below.size)),
    )


def _cars(
    parked: Parked, gives: Integers, charge: Integers, discharge: Integers
) -> tuple[list[_Entries], Floats, Floats, Floats]:
    """Rows of the cars: entries, right-hand sides, and the bounds of the accounts that stand between them.

    Shape   a car that can discharge has a row for each step, and an account after each but the last; any other one row
    """
    owner = parked.owner
    sizes = np.diff(parked.begin)
    is_flexible = np.zeros(sizes.size, np.bool_)
    is_flexible[owner[gives]] = True
    row_counts = np.where(is_flexible, sizes, 1)
    first_row = parked.count + np.cumsum(row_counts) - row_counts
    place = np.arange(owner.size, dtype=np.int64) - parked.begin[:-1][owner]
    row = first_row[owner] + np.where(is_flexible[owner], place, 0)
    kept = np.flatnonzero(is_flexible[owner] & (place < sizes[owner] - 1))
    account = charge.size + gives.size + np.arange(kept.size, dtype=np.int64)
    target = np.zeros(int(row_counts.sum()))
    target[np.cumsum(row_counts) - 1] = parked.target_kwh_e4
    entries = [
        _Entries(row=row, column=charge, coefficient=np.ones(charge.size)),
        _Entries(row=row[gives], column=discharge, coefficient=np.full(gives.size, -1.0)),
        _Entries(row=row[kept], column=account, coefficient=np.full(kept.size, -1.0)),
        _Entries(row=row[kept] + 1, column=account, coefficient=np.ones(kept.size)),
    ]
    lower, upper = -parked.spare_kwh_e4[owner[kept]], parked.room_kwh_e4[owner[kept]]
    return entries, target, lower.astype(float), upper.astype(float)


def _row_by_row(entries: Sequence[_Entries], rows: int) -> tuple[Integers, Integers, Floats]:
    row = np.concatenate([each.row for each in entries])
    order = np.argsort(row, kind="stable")
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(row, minlength=rows))])
    column = np.concatenate([each.column for each in entries])[order]
    return starts, column, np.concatenate([each.coefficient for each in entries])[order]
