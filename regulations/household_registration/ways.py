"""The ways to apply: article 5 by itself, with each relaxation, and with two of them together."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from regulations.household_registration.conditions import BITS, CLAUSES, CORE, TIMED, Timeline
from regulations.household_registration.facts import Facts
from regulations.household_registration.inputs import TwoRelaxations
from regulations.household_registration.since import ALREADY, NEVER

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


class Ways(NamedTuple):
    """From when each way to apply is open.

    Shape   `single` are the sure days in the order of SINGLE; `together` is the sure day of the best that two relaxations or
            fewer give; `possible` and `sure` are the days of the answer under the reading chosen
    """

    single: Sequence[int]
    together: int
    possible: int
    sure: int


def ways(facts: Facts, time: Timeline, reading: TwoRelaxations) -> Ways:
    """From when each way is open, by what the case tells and from when the rest is met."""
    single, together = _open(facts.unsure, time.sure)
    best = min(single)
    if time.possible is time.sure and facts.never == facts.unsure:
        first, first_together = best, together
    else:
        possible, first_together = _open(facts.never, time.possible)
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
    """The clauses of the conditions of a way that are met on the day on which it opens."""
    return tuple([CLAUSES.get(TIMED[place], TIMED[place]) for place in TIMED_PLACES[way] if time.sure[place] == day])
