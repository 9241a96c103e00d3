"""The conditions of articles 3, 5, 6 and 13 by name, each with its bit; and from when those are met that time brings."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from regulations.household_registration.inputs import Application, Inputs, YearCounting
from regulations.household_registration.insurance import Months, Paid, months_of, paid, reached_since
from regulations.household_registration.marks import Marks
from regulations.household_registration.since import ALREADY, NEVER, month_number
from regulations.household_registration.tenure import Tenure, tenure
from tariffs.vocabulary.units import MONTHS_PER_YEAR

CORE: Final = (
    "mainland_person",
    "registered_employer",
    "permit_held",
    "income_tax",
    "criminal_record",
    "other_bar",
    "fraud",
)
"""What every way to apply asks for."""
TOLD: Final = (
    *CORE,
    "technical_title",
    "contribution_or_senior",
    "suburban_field",
    "investment",
    "base_matches_income",
)
"""What the case tells and time does not change."""
TIMED: Final = (
    "permit_years",
    "insurance_years",
    "suburban_permit",
    "suburban_insurance",
    "triple_permit",
    "triple_insurance",
    "suburban_work",
    "insurance_joined",
    "double",
    "triple",
)
"""What time brings, in the order of the days of a Timeline."""
BITS: Final = {name: 1 << place for place, name in enumerate((*TOLD, *TIMED))}
TIMED_BITS: Final = tuple(BITS[name] for name in TIMED)
CLAUSES: Final = {
    "contribution_or_senior": "relaxation_1",
    "suburban_permit": "suburban_permit_years",
    "suburban_insurance": "suburban_permit_years",
    "suburban_work": "suburban_years",
    "investment": "relaxation_4",
    "triple_permit": "triple_permit_years",
    "triple_insurance": "triple_permit_years",
    "double": "relaxation_3",
    "triple": "relaxation_5",
}
"""The clauses that speak of a condition, where they are not of its name."""


NO_YEARS: Final = (NEVER,) * TIMED.index("insurance_joined")


class Timeline(NamedTuple):
    """What time brings in one case: the days for each condition of TIMED, possible and sure, and what they rest on.

    Shape   `in_window` are the months looked back on at two and at three times the wage, each with those of unknown wage
    """

    possible: Sequence[int]
    sure: Sequence[int]
    permit: Tenure | None
    insured: Paid
    suburban: Tenure | None
    months: Months
    in_window: tuple[int, int, int, int]


def timeline(asked: Application, inputs: Inputs, marks: Marks) -> Timeline:
    """From when each condition is met that time brings, if permit and insurance run on and the base keeps its ratio."""
    on, month, options = inputs.on.toordinal(), month_number(inputs.on), inputs.options
    permit, suburban = tenure(asked.permit, on), tenure(asked.suburban_posts, on)
    months = months_of(asked.insurance, asked.average_wages, options.wage_year, marks, month)
    insured = paid(months.insured, permit, month)
    added_up, unbroken = _readings(permit, suburban, insured, marks)
    counting = options.year_counting
    most = unbroken if counting is YearCounting.UNBROKEN else added_up
    least = added_up if counting is YearCounting.ADDED_UP else unbroken
    joined = NEVER if permit is None else insured.first_day_with(insured.added_up, 1)
    sure = (*least, joined, *_reached(months.double, months.triple, insured, marks))
    unknown = months.unknown
    counts = (
        (months.double & marks.double_window).bit_count(),
        (unknown & marks.double_window).bit_count(),
        (months.triple & marks.triple_window).bit_count(),
        (unknown & marks.triple_window).bit_count(),
    )
    if most is least and joined == ALREADY and not unknown:
        return Timeline(sure, sure, permit, insured, suburban, months, counts)
    reached = _reached(months.double | unknown, months.triple | unknown, insured, marks) if unknown else sure[-2:]
    # the text does not tell of somebody who never was insured, so that this may be met all along
    possible = (*most, ALREADY, *reached)
    return Timeline(possible, sure, permit, insured, suburban, months, counts)


def unmet_on(day: int, time: Timeline, never: int, unsure: int) -> tuple[int, int]:
    """The bits of the conditions that may not be met on a day and those that are not surely met, by those that are told."""
    timed = _later(day, time.sure)
    if not timed or time.possible is time.sure:
        return never | timed, unsure | timed
    return never | _later(day, time.possible), unsure | timed


def _later(day: int, days: Sequence[int]) -> int:
    unmet = 0
    for bit, met_from in zip(TIMED_BITS, days, strict=True):
        if met_from > day:
            unmet |= bit
    return unmet


def _reached(double: int, triple: int, insured: Paid, marks: Marks) -> tuple[int, int]:
    return (
        reached_since(double, marks.double_window, marks.double_months, insured),
        reached_since(triple, marks.triple_window, marks.triple_months, insured),
    )


def _readings(
    permit: Tenure | None, suburban: Tenure | None, insured: Paid, marks: Marks
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The days on which years are full that are added up, and those on which they are so unbroken."""
    if permit is None:
        return NO_YEARS, NO_YEARS
    served = NEVER if suburban is None else suburban.full_since(suburban.added_from, marks.suburban_years)
    added_up = (*_years(permit, permit.added_from, insured, insured.added_up, marks), served)
    has_gaps = len(permit.runs) > 1 or insured.unbroken != insured.added_up
    if not has_gaps and (suburban is None or len(suburban.runs) == 1):
        return added_up, added_up
    longest = NEVER if suburban is None else suburban.longest_since(marks.suburban_years)
    return added_up, (*_years(permit, permit.unbroken_from, insured, insured.unbroken, marks), longest)


def _years(permit: Tenure, start: int, insured: Paid, months: int, marks: Marks) -> tuple[int, ...]:
    """The days on which permit and insurance are long enough, in full and for each of the two shorter terms."""
    short, other = marks.suburban_permit_years, marks.triple_permit_years
    shorter = (
        permit.full_since(start, short),
        insured.first_day_with(months, short * MONTHS_PER_YEAR),
    )
    same = shorter
    if short != other:
        same = (permit.full_since(start, other), insured.first_day_with(months, other * MONTHS_PER_YEAR))
    return (
        permit.full_since(start, marks.permit_years),
        insured.first_day_with(months, marks.insurance_years * MONTHS_PER_YEAR),
        *shorter,
        *same,
    )
