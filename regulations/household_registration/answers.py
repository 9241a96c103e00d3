"""The parts of an answer, each built once for a document and kept: batches ask for the same ones again and again."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from regulations.household_registration.since import KEPT
from regulations.household_registration.terms import Terms
from tariffs.judging.assessment import Deadline, Figure, Notice
from tariffs.judging.clauses import Clause, Unit
from tariffs.vocabulary.errors import Words

COUNTING_OPEN: Final = Words(
    "中断前后累计则满，连续计算则不满；year_counting 未选定",
    "full if added up, not if it must run unbroken; no year_counting chosen",
)
WAGE_OPEN: Final = Words("有的月份缺所比年度的平均工资", "the average wage is not given for some months")
FIGURES: Final = {
    "permit_months": (
        Words("持证月数（累计）", "months of permit, added up"),
        Words("各段首尾相接后的整月数", "whole months of all stretches laid end to end"),
    ),
    "permit_months_unbroken": (
        Words("持证月数（连续）", "months of permit, unbroken"),
        Words("最后一段的整月数", "whole months of the last stretch"),
    ),
    "insured_months": (
        Words("持证期间参保月数（累计）", "insured months during the permit, added up"),
        Words("持证期间已参保的月份", "months insured while the permit was held"),
    ),
    "insured_months_unbroken": (
        Words("持证期间参保月数（连续）", "insured months during the permit, unbroken"),
        Words("连续至申报当月或上月", "in a row to the month of application or the one before"),
    ),
    "months_at_double": (
        Words("回溯期间达到2倍的月数", "months at 2 times in the years looked back on"),
        Words("基数除以所比年度平均工资，满2倍计入", "base over the average wage of its year, 2 times or more"),
    ),
    "months_at_triple": (
        Words("回溯期间达到3倍的月数", "months at 3 times in the years looked back on"),
        Words("基数除以所比年度平均工资，满3倍计入", "base over the average wage of its year, 3 times or more"),
    ),
    "months_without_wage": (
        Words("回溯期间缺平均工资的月数", "months in the years looked back on without an average wage"),
        Words("average_wages 未写所比年度", "average_wages lacks the year"),
    ),
}
DEADLINES: Final = {
    "earliest": Words("最早可申办日", "earliest day to apply"),
    "earliest_possible": Words("不能排除可申办的最早日", "earliest day on which it cannot be ruled out"),
    "all_conditions": Words("按第五条最早可申办日", "earliest day under article 5 alone"),
    "relaxation_1": Words("按激励条件1最早可申办日", "earliest day with relaxation 1"),
    "relaxation_2": Words("按激励条件2最早可申办日", "earliest day with relaxation 2"),
    "relaxation_3": Words("按激励条件3最早可申办日", "earliest day with relaxation 3"),
    "relaxation_4": Words("按激励条件4最早可申办日", "earliest day with relaxation 4"),
    "relaxation_5": Words("按激励条件5最早可申办日", "earliest day with relaxation 5"),
    "one_relaxation": Words("两项激励条件并用时最早可申办日", "earliest day with two relaxations together"),
}
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
OPEN_NOW: Final = Words("评判日已符合", "met on the day judged")
OVERALL: Final = {
    "earliest": (
        "all_conditions",
        Words("各途径中最早者，不早于评判日", "the soonest of all ways, from the day judged on"),
    ),
    "earliest_possible": (
        "all_conditions",
        Words("未定各点均按有利者", "every open point read in favour"),
    ),
    "one_relaxation": (
        "one_relaxation",
        Words("一项缩短年限，另一项不限职称", "one shortens the years, the other does without the title"),
    ),
}
LEFT_OPEN: Final = Words(
    "文中未定标准，情况中也未写明", "the text leaves the standard to others and the case does not say"
)


def clause_of(terms: Terms, name: str) -> Clause:
    """The clause of a name."""
    found: Clause = getattr(terms, name)
    return found


def names_of(terms: Terms, names: Sequence[str]) -> Words:
    """The names of some clauses, each once."""
    named = list(dict.fromkeys(clause_of(terms, each).name for each in names))
    return Words("、".join(each.zh for each in named), ", ".join(each.en for each in named))


@lru_cache(maxsize=KEPT)
def permit_figures(terms: Terms, added_up: int, unbroken: int) -> tuple[Figure, ...]:
    """Months of permit, added up and, where that differs, unbroken."""
    figures = [_months("permit_months", terms.permit_years, added_up)]
    if unbroken != added_up:
        figures.append(_months("permit_months_unbroken", terms.permit_years, unbroken))
    return tuple(figures)


@lru_cache(maxsize=KEPT)
def insured_figures(terms: Terms, added_up: int, unbroken: int) -> tuple[Figure, ...]:
    """Months of insurance, added up and, where that differs, unbroken."""
    figures = [_months("insured_months", terms.insurance_years, added_up)]
    if unbroken != added_up:
        figures.append(_months("insured_months_unbroken", terms.insurance_years, unbroken))
    return tuple(figures)


@lru_cache(maxsize=KEPT)
def reached_figures(terms: Terms, double: int, triple: int, unknown: int) -> tuple[Figure, ...]:
    """Months that reach each multiple in the years looked back on, and those without an average wage if there are any."""
    figures = [
        _months("months_at_double", terms.double_window, double),
        _months("months_at_triple", terms.triple_window, triple),
    ]
    if unknown:
        figures.append(_months("months_without_wage", terms.wage_reference, unknown))
    return tuple(figures)


def _months(figure: str, clause: Clause, months: int) -> Figure:
    name, how = FIGURES[figure]
    return Figure(id=figure, name=name, quantity=months, unit=Unit.MONTH, clause=clause, how=how)


@lru_cache(maxsize=KEPT)
def first_day(terms: Terms, name: str, day: int, last: tuple[str, ...]) -> Deadline:
    """The first day on which a way to apply is open, with the conditions that are met last."""
    named = names_of(terms, last)
    how = Words(f"最后满足：{named.zh}", f"met last: {named.en}") if last else OPEN_NOW
    return Deadline(id=name, name=DEADLINES[name], at=date.fromordinal(day), clause=clause_of(terms, name), how=how)


@lru_cache(maxsize=KEPT)
def overall_day(terms: Terms, deadline: str, day: int) -> Deadline:
    """The first day on which the best of several ways is open."""
    name, how = OVERALL[deadline]
    return Deadline(
        id=deadline, name=DEADLINES[deadline], at=date.fromordinal(day), clause=clause_of(terms, name), how=how
    )


@lru_cache(maxsize=KEPT)
def permit_end(terms: Terms, day: int) -> Deadline:
    """The last day of a permit that is told to end; it must be renewed by then."""
    return Deadline(
        id="permit_held",
        name=Words("居住证届满日（须续签）", "last day of the permit, to be renewed"),
        at=date.fromordinal(day),
        clause=terms.permit_held,
        how=Words("案例所写 until_on", "until_on of the case"),
    )


@lru_cache(maxsize=KEPT)
def soonest(terms: Terms, names: tuple[str, ...], day: int) -> Notice:
    """Which relaxations are open soonest, and when."""
    named, at = names_of(terms, names), date.fromordinal(day)
    return Notice(
        words=Words(f"最早可用的途径：{named.zh}，{at}", f"the way open soonest: {named.en}, {at}"),
        clause=clause_of(terms, names[0]),
    )


@lru_cache
def ordinary_enough(terms: Terms) -> Notice:
    """That no relaxation leads sooner than article 5 by itself."""
    return Notice(
        words=Words("按第五条即最早，无须激励条件", "article 5 by itself is as soon as any relaxation"),
        clause=terms.all_conditions,
    )


@lru_cache(maxsize=KEPT)
def too_late(terms: Terms, name: str, day: int) -> Notice:
    """A way that opens only after the document has ended."""
    at = date.fromordinal(day)
    return Notice(
        words=Words(f"{at} 才符合，已过本办法有效期", f"met on {at} only, after the document's end"),
        clause=clause_of(terms, name),
    )


@lru_cache
def standing_notices(terms: Terms, invests: bool, insurance_year: bool) -> tuple[Notice, ...]:
    """What is to be known beside every application."""
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
