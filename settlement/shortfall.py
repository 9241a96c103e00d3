"""Calls that are missing at a day of reckoning, by who answers for them: the station, the grid side, nobody's order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from settlement.activity import JudgedOrder, RatedSpan
from settlement.inputs.records import Leg
from settlement.tally import Tally, added, of_name
from tariffs.stations import OutageCause
from tariffs.vocabulary.timegrid import local

FAILED_OWN: Final = "failed_own"
FAILED_GRID: Final = "failed_grid"
ENTRY_OF_CAUSE: Final = {
    OutageCause.OWN: FAILED_OWN,
    OutageCause.GRID: FAILED_GRID,
    OutageCause.APPROVED: FAILED_GRID,
}
EnergyByReference = Mapping[int, int]
"""Energy by the energy of one full call, both in 1e-4 kWh."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """Missing calls, exact: through the station's own fault, for grid faults and approved outages, and not ordered."""

    own: Fraction
    grid: Fraction
    not_ordered: Fraction

    @property
    def total(self) -> Fraction:
        """All missing calls."""
        return self.own + self.grid + self.not_ordered


def shortfall(
    required_by_now: Fraction, done: Fraction, failed_own: EnergyByReference, failed_grid: EnergyByReference
) -> Shortfall:
    """The missing calls in three shares that add up to the requirement by now less the calls done, never below zero.

    Shape   the station's own failures explain first, then those of the grid side; the rest was not ordered
    Source  沪府办发〔2024〕28号 六（二）: only what the station itself failed is assessed
    """
    missing = max(Fraction(0), required_by_now - done)
    own = min(missing, calls_of_energies(failed_own))
    grid = min(missing - own, calls_of_energies(failed_grid))
    return Shortfall(own=own, grid=grid, not_ordered=missing - own - grid)


def shortfall_to_date(required_by_now: Fraction, done: Fraction, tallies: Sequence[Tally]) -> Shortfall | None:
    """The missing calls by cause at a day of reckoning; nothing where the orders of one of the months are not known."""
    failed = failures_to_date(tallies)
    if failed is None or not any(of_name(tally, FAILED_OWN) for tally in tallies):
        return None
    return shortfall(required_by_now, done, *failed)


def failures_tally(orders: Sequence[JudgedOrder] | None, spans: Sequence[RatedSpan]) -> Tally:
    """Energy of discharge orders of counted season days that was not delivered, by cause and energy of a full call.

    Shape   `failed_own` and `failed_grid` (faults of the grid and approved outages) in 1e-4 kWh, zero where nothing
            failed; no entry at all without orders, for then it is not known; an order belongs to the day of its start;
            what has no cause is in neither
    """
    if orders is None:
        return {}
    failed = {(name, span.reference_kwh_e4): 0 for span in spans for name in (FAILED_OWN, FAILED_GRID)}
    for judged in orders:
        if judged.cause is None or judged.order.direction is not Leg.DISCHARGE:
            continue
        day = local(judged.order.start_at).date()
        for span in spans:
            if any(first <= day < end for first, end in span.days):
                failed[(ENTRY_OF_CAUSE[judged.cause], span.reference_kwh_e4)] += judged.failed_kwh_e4
    return failed


def failures_to_date(tallies: Iterable[Tally]) -> tuple[EnergyByReference, EnergyByReference] | None:
    """Failed energy of several months: the station's own, and the grid side's; nothing where a month is not known.

    Shape   a month is known if it has entries of failures, or no entry at all, for then it has no counted day
    """
    # a state at a month's end says nothing of counted days, so each month is looked at without it
    months = [added([tally]) for tally in tallies]
    if any(month and not of_name(month, FAILED_OWN) for month in months):
        return None
    total = added(months)
    return of_name(total, FAILED_OWN), of_name(total, FAILED_GRID)


def calls_of_energies(energies: EnergyByReference) -> Fraction:
    """Energies by the energy of one full call as a number of full calls, exact."""
    return sum((Fraction(energy, reference) for reference, energy in energies.items()), start=Fraction(0))
