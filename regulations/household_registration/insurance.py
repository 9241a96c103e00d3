"""Months of insurance as bits of a whole number: bit 0 is the month of application, bit 1 the month before it, and so on."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from regulations.household_registration.inputs import AverageWage, Insurance, WageYear
from regulations.household_registration.tenure import ALREADY, NEVER, Tenure, first_day_of, month_number
from regulations.household_registration.terms import Marks
from tariffs.vocabulary.units import MONTHS_PER_YEAR

SHOWN: Final = Decimal("0.0001")
"""Multiples are shown cut off, not rounded, so that one just below the mark does not look like the mark."""


class Months(NamedTuple):
    """The months insured, of those looked back on the ones whose base reaches two and three times the average wage.

    Shape   `unknown` are those whose average wage is not given; `ratio` is that of the month of application in steps of SHOWN,
            nothing where it is not insured or the wage is not given
    """

    insured: int
    double: int
    triple: int
    unknown: int
    ratio: int | None


class Paid(NamedTuple):
    """How many months of insurance there are up to the month of application, of those in which the permit was held.

    Shape   `lag` is 0 where the month of application is paid, 1 where the last month paid is the one before, nothing where
            insurance stopped before that; `unbroken` counts the months in a row up to the last of them
    """

    month: int
    added_up: int
    unbroken: int
    lag: int | None

    def first_day_with(self, months: int, needed: int) -> int:
        """From which day there are as many months as needed, by those there are, if insurance runs on.

        Shape   a month counts from its first day
        """
        if months >= needed:
            return ALREADY
        if self.lag is None:
            return NEVER
        short = needed - months - self.lag
        return first_day_of(self.month + (short if short > 0 else 1))


def months_of(
    insurance: Sequence[Insurance], wages: Sequence[AverageWage], reading: WageYear, marks: Marks, month: int
) -> Months:
    """The months insured, and those whose base reaches a multiple of the average wage of the year that the reading names.

    Shape   a year of the reading begins `shift` months after January; with one year for all months, all are alike
    """
    year_length = MONTHS_PER_YEAR
    shift = marks.insurance_year_month - 1 if reading is WageYear.INSURANCE_YEAR else 0
    alike = reading is WageYear.APPLICATION_YEAR
    by_year = {wage.year: wage.cny_per_month for wage in wages}
    double_base, triple_base, oldest = marks.double_base, marks.triple_base, month - marks.months_back
    insured = double = triple = unknown = 0
    ratio = None
    for paid in insurance:
        from_on, until_on, base = paid.from_on, paid.until_on, paid.base_cny_per_month
        start = from_on.year * year_length + from_on.month - 1
        last = until_on.year * year_length + until_on.month - 1
        insured |= (1 << last - start + 1) - 1 << month - last
        if start < oldest:
            start = oldest
        while start <= last:
            year = (month if alike else start - shift) // year_length
            end = (year + 1) * year_length + shift - 1
            if alike or end > last:
                end = last
            bits = (1 << end - start + 1) - 1 << month - end
            wage = by_year.get(year - 1)
            start = end + 1
            if wage is None:
                unknown |= bits
                continue
            if base >= wage * double_base:
                double |= bits
                # the higher multiple is asked for only where the lower one is reached
                if base >= wage * triple_base:
                    triple |= bits
            if end == month:
                ratio = int(base / (wage * SHOWN))
    return Months(insured, double, triple, unknown, ratio)


def paid(insured: int, permit: Tenure | None, month: int) -> Paid:
    """How many of the months insured count on the month of application."""
    lag = 0 if insured & 1 else 1 if insured & 2 else None
    counted = insured & _permit_bits(permit, month)
    to_last = counted >> (lag or 0)
    unbroken = 0 if lag is None else (~to_last & (to_last + 1)).bit_length() - 1
    return Paid(month, counted.bit_count(), unbroken, lag)


def reached_since(reaching: int, window: int, needed: int, insured: Paid) -> int:
    """From which day so many months of the window and the newest reach a mark, if insurance runs on in its ratio."""
    if reaching & 1 and (reaching & window).bit_count() >= needed:
        return ALREADY
    lag = insured.lag
    if lag is None or not reaching >> lag & 1 or needed > window.bit_count():
        return NEVER
    steps, newest = 1, reaching | lag
    # each month that follows adds one to the count at most, so a jump by what is short never goes too far
    while (short := needed - ((newest << steps | (1 << steps) - 1) & window).bit_count()) > 0:
        steps += short
    return first_day_of(insured.month + steps)


def _permit_bits(permit: Tenure | None, month: int) -> int:
    if permit is None:
        return 0
    bits = 0
    for start, end in permit.runs:
        first = month_number(date.fromordinal(start))
        last = month if end >= permit.counted_to else month_number(date.fromordinal(end))
        bits |= ((1 << (last - first + 1)) - 1) << (month - last)
    return bits
