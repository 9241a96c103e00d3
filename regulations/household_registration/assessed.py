"""A whole case: its questions answered, with the readings that applied."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from regulations.household_registration.application import answered
from regulations.household_registration.beside import (
    family_notices,
    family_ruling,
    materials_notices,
    materials_ruling,
)
from regulations.household_registration.inputs import (
    ApplicationMonth,
    Inputs,
    Options,
    TwoRelaxations,
    WageYear,
    YearCounting,
)
from regulations.household_registration.terms import Terms
from tariffs.judging.assessment import Assessment, Deadline, Figure, Notice, Reading, Ruling, earliest
from tariffs.vocabulary.errors import Words

COUNTINGS: Final = {
    YearCounting.EITHER: Words(
        "未选定：累计与连续结果不同时不能确定", "none chosen: cannot tell where adding up and running unbroken differ"
    ),
    YearCounting.ADDED_UP: Words("年限可以累计", "years are added up"),
    YearCounting.UNBROKEN: Words("年限须连续至评判日", "years run unbroken to the day judged"),
}
WAGE_YEARS: Final = {
    WageYear.CALENDAR_YEAR: Words(
        "各月基数比该月上一自然年度的平均工资", "each month against the calendar year before its own"
    ),
    WageYear.INSURANCE_YEAR: Words(
        "各月基数比所属社保年度的上一自然年度", "each month against the calendar year before its insurance year"
    ),
    WageYear.APPLICATION_YEAR: Words(
        "各月基数都比申报年度的上一自然年度", "every month against the calendar year before the application"
    ),
}
MONTHS: Final = {
    ApplicationMonth.SEPARATE: Words(
        "申报当月在累计月数之外另行符合", "the month of application comes beside the months in total"
    ),
    ApplicationMonth.INSIDE: Words("申报当月计入累计月数", "the month of application is one of the months in total"),
}
RELAXATIONS: Final = {
    TwoRelaxations.EITHER: Words(
        "未选定：须两项并用才符合时不能确定", "none chosen: cannot tell where it takes two together"
    ),
    TwoRelaxations.ONE_ONLY: Words("只能用一项激励条件", "one relaxation only"),
    TwoRelaxations.TOGETHER: Words("两项激励条件可以并用", "two relaxations may be used together"),
}


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """Whether a holder of the residence permit may apply for a household, the family go along, and the papers are complete.

    Source  沪府规〔2024〕17号 第三条 to 第十三条
    Check   tests/cases/regulations/household_registration
    """
    rulings: list[Ruling] = []
    figures: list[Figure] = []
    deadlines: list[Deadline] = []
    notices: list[Notice] = []
    if inputs.application is not None:
        found = answered(inputs, inputs.application, terms)
        rulings.append(found.ruling)
        figures.extend(found.figures)
        deadlines.extend(found.deadlines)
        notices.extend(found.notices)
    if inputs.family is not None:
        rulings.append(family_ruling(inputs.family, inputs.on, terms))
        notices.extend(family_notices(inputs.family, terms))
    if inputs.materials is not None:
        rulings.append(materials_ruling(inputs.materials, terms))
        notices.extend(materials_notices(inputs.materials, terms))
    return Assessment(
        regulation="household_registration",
        on=inputs.on,
        term=terms.term,
        rulings=tuple(rulings),
        figures=tuple(figures),
        deadlines=tuple(deadlines),
        notices=tuple(notices),
        readings=() if inputs.application is None else _readings(terms, inputs.options),
        changes_on=_first_change(rulings, terms),
    )


def _first_change(rulings: Sequence[Ruling], terms: Terms) -> date | None:
    """The first day on which a ruling changes; the end of the document is among the days of each."""
    if len(rulings) == 1 and rulings[0].changes_on is not None:
        return rulings[0].changes_on
    return earliest([terms.term.first_day_after, *[each.changes_on for each in rulings]])


@lru_cache
def _readings(terms: Terms, options: Options) -> tuple[Reading, ...]:
    counting, wage_year = options.year_counting, options.wage_year
    month, relaxations = options.application_month, options.two_relaxations
    shown = (
        ("year_counting", counting.value, COUNTINGS[counting], terms.year_counting),
        ("wage_year", wage_year.value, WAGE_YEARS[wage_year], terms.wage_reference),
        ("application_month", month.value, MONTHS[month], terms.application_month),
        ("two_relaxations", relaxations.value, RELAXATIONS[relaxations], terms.one_relaxation),
    )
    return tuple(
        Reading(option=option, choice=choice, words=words, clause=clause) for option, choice, words, clause in shown
    )
