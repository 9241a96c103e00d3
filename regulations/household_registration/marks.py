"""The figures of the document that are asked for in every case, taken out once."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from regulations.household_registration.inputs import ApplicationMonth
from regulations.household_registration.since import NEVER
from regulations.household_registration.terms import Terms
from tariffs.vocabulary.units import MONTHS_PER_YEAR


class Marks(NamedTuple):
    """Years, months and multiples asked for, the months looked back on as bits, and the first day after the document."""

    permit_years: int
    insurance_years: int
    suburban_years: int
    suburban_permit_years: int
    triple_permit_years: int
    double_months: int
    triple_months: int
    double_base: Decimal
    triple_base: Decimal
    double_window: int
    triple_window: int
    months_back: int
    insurance_year_month: int
    end: int
    first_day_after: date | None


@lru_cache
def marks_of(terms: Terms, where: ApplicationMonth) -> Marks:
    """The figures of a document; the month of application stands inside the months looked back on or beside them."""
    first = 1 if where is ApplicationMonth.SEPARATE else 0
    lengths = [clause.count * MONTHS_PER_YEAR for clause in (terms.double_window, terms.triple_window)]
    double_window, triple_window = (((1 << length) - 1) << first for length in lengths)
    end = terms.term.first_day_after
    return Marks(
        permit_years=terms.permit_years.count,
        insurance_years=terms.insurance_years.count,
        suburban_years=terms.suburban_years.count,
        suburban_permit_years=terms.suburban_permit_years.count,
        triple_permit_years=terms.triple_permit_years.count,
        double_months=terms.double_months.count,
        triple_months=terms.triple_months.count,
        double_base=terms.double_base.mark,
        triple_base=terms.triple_base.mark,
        double_window=double_window,
        triple_window=triple_window,
        months_back=max(lengths),
        insurance_year_month=terms.insurance_year_month.count,
        end=NEVER if end is None else end.toordinal(),
        first_day_after=end,
    )
