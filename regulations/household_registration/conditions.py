"""The conditions of articles 3, 5, 6 and 13, from when they are met, and the ways to apply that they open."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from regulations.household_registration.inputs import Application, Inputs, TwoRelaxations, YearCounting
from regulations.household_registration.insurance import Months, Paid, months_of, paid, reached_since
from regulations.household_registration.tenure import ALREADY, NEVER, Tenure, month_number, tenure
from regulations.household_registration.terms import Marks
from tariffs.vocabulary.errors import Words
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
    "suburban_permit": "suburban_permit_years",
    "suburban_insurance": "suburban_permit_years",
    "suburban_work": "suburban_years",
    "triple_permit": "triple_permit_years",
    "triple_insurance": "triple_permit_years",
}
"""The clauses that speak of a condition, where they are not of its name."""
BASES: Final = Words(
    "累计月数和申报当月的缴费基数", "insurance base of the months in total and of the month of application"
)
OWN_NAMES: Final = {
    "contribution_or_senior": Words("重大贡献奖励或高级职称", "award for a great contribution, or a senior title"),
    "investment": Words("投资纳税或聘用员工达标", "tax on the investment, or staff, at the standard"),
    "double": BASES,
    "triple": BASES,
}
"""The conditions that several clauses speak of."""
NO_YEARS: Final = (NEVER,) * TIMED.index("insurance_joined")
FULL_YEARS: Final = ("permit_years", "insurance_years")
TITLE: Final = "technical_title"
BY_YEARS: Final = {
    "relaxation_1": ("insurance_joined", "contribution_or_senior"),
    "relaxation_2": ("suburban_permit", "suburban_insurance", "suburban_work", "suburban_field"),
    "relaxation_5": ("triple_permit", "triple_insurance", "triple", "base_matches_income"),
}
"""Relaxations that lift or shorten the years, with what counts in their place."""
BY_TITLE: Final = {"relaxation_3": "double", "relaxation_4": "investment"}
"""Relaxations that do without the title, with what counts in its place."""
ORDINARY: Final = "all_conditions"
SINGLE: Final = {
    ORDINARY: (*CORE, *FULL_YEARS, TITLE),
    "relaxation_1": (*CORE, *BY_YEARS["relaxation_1"], TITLE),
    "relaxation_2": (*CORE, *BY_YEARS["relaxation_2"], TITLE),
    "relaxation_3": (*CORE, *FULL_YEARS, BY_TITLE["relaxation_3"]),
    "relaxation_4": (*CORE, *FULL_YEARS, BY_TITLE["relaxation_4"]),
    "relaxation_5": (*CORE, *BY_YEARS["relaxation_5"], TITLE),
}
"""The ways by article 5 or one relaxation, with their conditions."""
PAIRS: Final = {(years, title): (*CORE, *BY_YEARS[years], BY_TITLE[title]) for years in BY_YEARS for title in BY_TITLE}
"""The ways by two relaxations, one for the years and one for the title, with their conditions."""


def _mask(names: Sequence[str]) -> int:
    return sum(BITS[name] for name in names)


SINGLE_MASKS: Final = {name: _mask(conditions) for name, conditions in SINGLE.items()}
PAIR_MASKS: Final = {pair: _mask(conditions) for pair, conditions in PAIRS.items()}
CORE_MASK: Final = _mask(CORE)
TITLE_BIT, AWARD_BIT, FIELD_BIT = BITS[TITLE], BITS["contribution_or_senior"], BITS["suburban_field"]
INVESTMENT_BIT, MATCH_BIT = BITS["investment"], BITS["base_matches_income"]
CLOSED: Final = ((NEVER,) * len(SINGLE), NEVER)
TIMED_PLACES: Final = {
    name: tuple(TIMED.index(each) for each in conditions if each in TIMED) for name, conditions in SINGLE.items()
}


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


def unmet_on(day: int, time: Timeline, told: tuple[int, int]) -> tuple[int, int]:
    """The bits of the conditions that may not be met on a day and those that are not surely met, by those that are told."""
    never, unsure = told
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


class Ways(NamedTuple):
    """From when each way to apply is open.

    Shape   `single` are the sure days in the order of SINGLE; `together` is the sure day of the best that two relaxations or
            fewer give; `possible` and `sure` are the days of the answer under the reading chosen
    """

    single: Sequence[int]
    together: int
    possible: int
    sure: int


def ways(told: tuple[int, int], time: Timeline, reading: TwoRelaxations) -> Ways:
    """From when each way is open, by the bits of what is told and not met, not surely met, and from when the rest is met."""
    never, unsure = told
    single, together = _open(unsure, time.sure)
    best = min(single)
    if time.possible is time.sure and never == unsure:
        first, first_together = best, together
    else:
        possible, first_together = _open(never, time.possible)
        first = min(possible)
    if reading is TwoRelaxations.EITHER:
        return Ways(single, together, first_together, best)
    if reading is TwoRelaxations.ONE_ONLY:
        return Ways(single, together, first, best)
    return Ways(single, together, first_together, together)


def _open(unmet: int, days: Sequence[int]) -> tuple[tuple[int, ...], int]:
    """The first day of each way of SINGLE, and of two relaxations together, by what is not met and the days of TIMED.

    The single ways are among those of two relaxations, so that the last is never later than the best of them.
    """
    if unmet & CORE_MASK:
        return CLOSED
    permit, insured, short_permit, short_insured, other_permit, other_insured, served, joined, double, triple = days
    in_full = permit if permit > insured else insured
    lifted = NEVER if unmet & AWARD_BIT else joined
    suburban = NEVER if served == NEVER or unmet & FIELD_BIT else max(short_permit, short_insured, served)
    tripled = NEVER if triple == NEVER or unmet & MATCH_BIT else max(other_permit, other_insured, triple)
    by_base = in_full if in_full > double else double
    by_business = NEVER if unmet & INVESTMENT_BIT else in_full
    years = min(in_full, lifted, suburban, tripled)
    if not unmet & TITLE_BIT:
        return (in_full, lifted, suburban, by_base, by_business, tripled), years
    title = double if unmet & INVESTMENT_BIT else ALREADY
    return (NEVER, NEVER, NEVER, by_base, by_business, NEVER), years if years > title else title


def met_last(time: Timeline, way: str, day: int) -> tuple[str, ...]:
    """The conditions of a way that are met on the day on which it opens."""
    return tuple([TIMED[place] for place in TIMED_PLACES[way] if time.sure[place] == day])
