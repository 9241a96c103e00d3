"""Leased power of a station's month, lease by lease."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tariffs.stations import Lease, Station


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedPower:
    """One lease in one month: on how many of the month's days it runs."""

    lease: Lease
    first_day: date
    last_day: date
    days: int
    days_in_month: int


def leased_power(station: Station, days: Sequence[date], days_in_month: int) -> tuple[LeasedPower, ...]:
    """The leases that run on some of the days, in the order of their first day and lessee.

    Shape   `days` are the days that count, in order; terms of several lessees may overlap
    """
    found = []
    for lease in sorted(station.lease, key=lambda each: (each.from_on, each.lessee)):
        running = [day for day in days if lease.from_on <= day <= lease.until_on]
        if running:
            found.append(
                LeasedPower(
                    lease=lease,
                    first_day=running[0],
                    last_day=running[-1],
                    days=len(running),
                    days_in_month=days_in_month,
                )
            )
    return tuple(found)
