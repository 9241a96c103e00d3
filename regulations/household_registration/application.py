"""The answer to an application: its ruling, its figures, the earliest days, and what to know beside."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from regulations.household_registration.answers import standing_notices
from regulations.household_registration.conditions import timeline, unmet_on
from regulations.household_registration.days import deadlines, figures, notices
from regulations.household_registration.facts import facts_of
from regulations.household_registration.inputs import Application, Inputs, WageYear, YearCounting
from regulations.household_registration.marks import marks_of
from regulations.household_registration.reasons import timed_reasons, way_reasons
from regulations.household_registration.since import change_after, verdict_on
from regulations.household_registration.terms import Terms
from regulations.household_registration.ways import ways
from tariffs.judging.assessment import Deadline, Figure, Notice, Ruling
from tariffs.vocabulary.errors import Words

ASKED: Final = Words("评判日能否申办本市常住户口", "may the holder apply for a registered household on the day judged?")


class Answered(NamedTuple):
    """What an application comes to."""

    ruling: Ruling
    figures: Sequence[Figure]
    deadlines: Sequence[Deadline]
    notices: Sequence[Notice]


def answered(inputs: Inputs, asked: Application, terms: Terms) -> Answered:
    """The ruling on an application with its figures, days and notices."""
    options, on = inputs.options, inputs.on.toordinal()
    marks = marks_of(terms, options.application_month)
    time = timeline(asked, inputs, marks)
    facts = facts_of(asked, time.permit is not None and time.permit.lasts, terms)
    open_from = ways(facts, time, options.two_relaxations)
    unmet = unmet_on(on, time, facts.never, facts.unsure)
    change = change_after(on, open_from.possible, open_from.sure)
    ruling = Ruling(
        question="application",
        words=ASKED,
        verdict=verdict_on(on, open_from.possible, open_from.sure),
        reasons=(
            *facts.reasons,
            *timed_reasons(time, terms, unmet, options.year_counting is YearCounting.UNBROKEN),
            *way_reasons(terms, *unmet),
        ),
        changes_on=date.fromordinal(change) if change < marks.end else marks.first_day_after,
    )
    always = standing_notices(terms, asked.invests_or_founded, options.wage_year is WageYear.INSURANCE_YEAR)
    return Answered(
        ruling,
        figures(time, terms),
        deadlines(time, open_from, terms, on, marks.end),
        (*notices(open_from, terms, on, marks.end), *always),
    )
