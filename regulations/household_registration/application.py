"""The answer to an application: its ruling, its figures, the earliest day of each way, and what to know beside."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from regulations.household_registration.conditions import (
    ORDINARY,
    SINGLE,
    Timeline,
    Ways,
    met_last,
    timeline,
    unmet_on,
    ways,
)
from regulations.household_registration.inputs import (
    Application,
    ApplicationMonth,
    Inputs,
    Options,
    TwoRelaxations,
    WageYear,
    YearCounting,
)
from regulations.household_registration.reasons import facts_of, names_of, timed_reasons, way_reasons
from regulations.household_registration.tenure import KEPT, NEVER
from regulations.household_registration.terms import Marks, Terms, clause_of, marks_of
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Figure, Notice, Reading, Ruling
from tariffs.judging.clauses import Unit
from tariffs.judging.parts import Part, chosen
from tariffs.vocabulary.errors import Words

ASKED: Final = Words("评判日能否申办本市常住户口", "may the holder apply for a registered household on the day judged?")
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
REACHED: Final = Words(
    "基数除以所比年度平均工资，达到该倍数的月份", "months whose base over the average wage of its year reaches it"
)
FIGURES: Final[dict[str, tuple[str, str | Words, Words]]] = {
    "permit_months": (
        "permit_years",
        Words("持证月数（累计）", "months of permit, added up"),
        Words("各段首尾相接后的整月数", "whole months of all stretches laid end to end"),
    ),
    "permit_months_unbroken": (
        "permit_years",
        Words("持证月数（连续）", "months of permit, unbroken"),
        Words("最后一段的整月数", "whole months of the last stretch"),
    ),
    "insured_months": (
        "insurance_years",
        Words("持证期间参保月数（累计）", "insured months during the permit, added up"),
        Words("持证期间已参保的月份", "months insured while the permit was held"),
    ),
    "insured_months_unbroken": (
        "insurance_years",
        Words("持证期间参保月数（连续）", "insured months during the permit, unbroken"),
        Words("连续至申报当月或上月", "in a row to the month of application or the one before"),
    ),
    "months_at_double": ("double_window", "double_months", REACHED),
    "months_at_triple": ("triple_window", "triple_months", REACHED),
    "months_without_wage": (
        "wage_reference",
        Words("回溯期间缺平均工资的月数", "months in the years looked back on without an average wage"),
        Words("average_wages 未写所比年度", "average_wages lacks the year"),
    ),
}
"""The clause of each figure, its name or the clause whose name it bears, and how it is found."""
OVERALL: Final = {
    "earliest": (
        "all_conditions",
        Words("最早可申办日", "earliest day to apply"),
        Words("各途径中最早者，不早于评判日", "the soonest of all ways, from the day judged on"),
    ),
    "earliest_possible": (
        "all_conditions",
        Words("不能排除可申办的最早日", "earliest day on which it cannot be ruled out"),
        Words("未定各点均按有利者", "every open point read in favour"),
    ),
    "one_relaxation": (
        "one_relaxation",
        Words("两项激励条件并用时最早可申办日", "earliest day with two relaxations together"),
        Words("一项缩短年限，另一项不限职称", "one shortens the years, the other does without the title"),
    ),
    "permit_held": (
        "permit_held",
        Words("居住证届满日（须续签）", "last day of the permit, to be renewed"),
        Words("案例所写 until_on", "until_on of the case"),
    ),
}
"""The clause of each day that is not of a single way, its name and how it is found."""
OPEN_NOW: Final = Words("评判日已符合", "met on the day judged")
ORDINARY_ENOUGH: Final = Words("按第五条即最早，无须激励条件", "article 5 by itself is as soon as any relaxation")
RUNS_ON: Final = Words(
    "最早日和变化日按此推算：居住证和参保不中断，基数与平均工资之比不变；其余事实不变",
    "days ahead assume that permit and insurance run on unbroken, that the base keeps its ratio, and nothing else changes",
)
AREAS: Final = Words(
    "重点区域（临港、张江、五个新城、崇明等）另有政策支持，文中无数值，未计入",
    "support for key areas (Lingang, Zhangjiang, five new cities, Chongming and others) has no figure and is not judged",
)
FILING: Final = Words("由用人单位审核并在一网通办提交", "the employer checks and files on 一网通办")
FRAUD: Final = Words(
    "弄虚作假：取消再申请资格，记入信用信息，骗取的户口注销",
    "fraud: no further application, an entry in the credit record, the household cancelled",
)
STANDARDS: Final = Words(
    "投资和创业的标准文中未定，按案例所写；年数不随时间推算",
    "the standards of investment and business are not in the text and taken as told; their years are not carried forward",
)


def application_part(asked: Application, inputs: Inputs, terms: Terms) -> Part:
    """The ruling on an application with its figures, days, notices and readings."""
    options, on = inputs.options, inputs.on.toordinal()
    marks = marks_of(terms, options.application_month is ApplicationMonth.SEPARATE)
    time = timeline(asked, inputs, marks)
    facts = facts_of(asked, time.permit is not None and time.permit.lasts, terms)
    open_from = ways(facts.unmet, time, options.two_relaxations)
    unmet = unmet_on(on, time, facts.unmet)
    ruling = Ruling(
        question="application",
        words=ASKED,
        verdict=_verdict_on(on, open_from),
        reasons=(
            *facts.reasons,
            *timed_reasons(time, terms, unmet, options.year_counting is YearCounting.UNBROKEN),
            *way_reasons(terms, *unmet),
        ),
        changes_on=_change_after(on, open_from, marks),
    )
    always = _standing_notices(terms, asked.invests_or_founded, options.wage_year is WageYear.INSURANCE_YEAR)
    return Part(
        ruling=ruling,
        figures=_figures(time, terms),
        deadlines=tuple(_deadlines(time, open_from, terms, on, marks.end)),
        notices=(*_soonest(open_from.single, terms, on, marks.end), *always),
        readings=_readings(terms, options),
    )


def _verdict_on(day: int, open_from: Ways) -> Verdict:
    if open_from.sure <= day:
        return Verdict.YES
    return Verdict.CANNOT_TELL if open_from.possible <= day else Verdict.NO


def _change_after(day: int, open_from: Ways, marks: Marks) -> date | None:
    possible, sure = open_from.possible, open_from.sure
    change = NEVER if sure <= day else sure if possible <= day else possible
    return date.fromordinal(change) if change < marks.end else marks.first_day_after


def _figures(time: Timeline, terms: Terms) -> tuple[Figure, ...]:
    permit, insured, (double, unknown, triple, _) = time.permit, time.insured, time.in_window
    held, held_unbroken = (0, 0) if permit is None else (permit.months_added, permit.months_unbroken)
    figures = [_months(terms, "permit_months", held)]
    if held_unbroken != held:
        figures.append(_months(terms, "permit_months_unbroken", held_unbroken))
    figures.append(_months(terms, "insured_months", insured.added_up))
    if insured.unbroken != insured.added_up:
        figures.append(_months(terms, "insured_months_unbroken", insured.unbroken))
    figures.append(_months(terms, "months_at_double", double))
    figures.append(_months(terms, "months_at_triple", triple))
    if unknown:
        figures.append(_months(terms, "months_without_wage", unknown))
    return tuple(figures)


@lru_cache(maxsize=KEPT)
def _months(terms: Terms, figure: str, months: int) -> Figure:
    of, name, how = FIGURES[figure]
    words = clause_of(terms, name).name if isinstance(name, str) else name
    return Figure(id=figure, name=words, quantity=months, unit=Unit.MONTH, clause=clause_of(terms, of), how=how)


def _deadlines(time: Timeline, open_from: Ways, terms: Terms, on: int, end: int) -> Iterator[Deadline]:
    """The earliest day overall and for each way that opens before the document ends, and the end of the permit."""
    single, together, possible, sure = open_from
    if sure < end:
        yield _overall(terms, "earliest", max(sure, on))
    if possible < sure and on < sure and possible < end:
        yield _overall(terms, "earliest_possible", max(possible, on))
    for name, opens in zip(SINGLE, single, strict=True):
        if opens <= on:
            yield _first_day(terms, name, on, ())
        elif opens < end:
            yield _first_day(terms, name, opens, met_last(time, name, opens))
    best = min(single)
    if together < best and on < best and together < end:
        yield _overall(terms, "one_relaxation", max(together, on))
    if time.permit is not None and on <= (until := time.permit.runs[-1][1]) < NEVER:
        yield _overall(terms, "permit_held", until)


@lru_cache(maxsize=KEPT)
def _first_day(terms: Terms, way: str, day: int, last: tuple[str, ...]) -> Deadline:
    clause = clause_of(terms, way)
    name = Words(f"最早可申办日（{clause.name.zh}）", f"earliest day to apply ({clause.name.en})")
    named = names_of(terms, last)
    how = Words(f"最后满足：{named.zh}", f"met last: {named.en}") if last else OPEN_NOW
    return Deadline(id=way, name=name, at=date.fromordinal(day), clause=clause, how=how)


@lru_cache(maxsize=KEPT)
def _overall(terms: Terms, deadline: str, day: int) -> Deadline:
    of, name, how = OVERALL[deadline]
    return Deadline(id=deadline, name=name, at=date.fromordinal(day), clause=clause_of(terms, of), how=how)


def _soonest(single: Sequence[int], terms: Terms, on: int, end: int) -> Iterator[Notice]:
    """Which way is open soonest, and the ways that open only after the document has ended."""
    first = max(min(single), on)
    if single[0] <= first < end:
        yield _way_notice(terms, (ORDINARY,), on)
    elif first < end:
        yield _way_notice(terms, tuple([name for name, day in zip(SINGLE, single, strict=True) if day <= first]), first)
    for name, day in zip(SINGLE, single, strict=True):
        if end <= day < NEVER:
            yield _too_late(terms, name, day)


@lru_cache(maxsize=KEPT)
def _way_notice(terms: Terms, names: tuple[str, ...], day: int) -> Notice:
    clause = clause_of(terms, names[0])
    if names == (ORDINARY,):
        return Notice(words=ORDINARY_ENOUGH, clause=clause)
    named, at = names_of(terms, names), date.fromordinal(day)
    words = Words(f"最早可用的途径：{named.zh}，{at}", f"the way open soonest: {named.en}, {at}")
    return Notice(words=words, clause=clause)


@lru_cache(maxsize=KEPT)
def _too_late(terms: Terms, way: str, day: int) -> Notice:
    at = date.fromordinal(day)
    words = Words(f"{at} 才符合，已过本办法有效期", f"met on {at} only, after the document's end")
    return Notice(words=words, clause=clause_of(terms, way))


@lru_cache
def _standing_notices(terms: Terms, invests: bool, insurance_year: bool) -> tuple[Notice, ...]:
    notices = [
        Notice(words=RUNS_ON, clause=terms.insured_month),
        Notice(words=AREAS, clause=terms.key_areas),
        Notice(words=FILING, clause=terms.employer_files),
        Notice(words=FRAUD, clause=terms.fraud_consequences),
    ]
    if invests:
        notices.append(Notice(words=STANDARDS, clause=terms.relaxation_4))
    if insurance_year:
        month = terms.insurance_year_month.count
        words = Words(f"社保年度自 {month} 月起", f"the insurance year begins in month {month}")
        notices.append(Notice(words=words, clause=terms.insurance_year_month))
    return tuple(notices)


@lru_cache
def _readings(terms: Terms, options: Options) -> tuple[Reading, ...]:
    return (
        chosen("year_counting", options.year_counting, COUNTINGS, terms.year_counting),
        chosen("wage_year", options.wage_year, WAGE_YEARS, terms.wage_reference),
        chosen("application_month", options.application_month, MONTHS, terms.application_month),
        chosen("two_relaxations", options.two_relaxations, RELAXATIONS, terms.one_relaxation),
    )
