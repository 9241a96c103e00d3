"""The share of works kept for small and medium firms in government procurement, until its last day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

from regulations.specialised_small_firms.city_inputs import Procurement, Project
from regulations.specialised_small_firms.inputs import Options, ProcurementBase, ProcurementDay
from regulations.specialised_small_firms.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import (
    Deadline,
    Figure,
    Judged,
    Notice,
    Reading,
    Ruling,
    all_of,
    first_change,
    judge,
)
from tariffs.judging.boundaries import Boundary
from tariffs.judging.clauses import Clause, Unit, amount_words
from tariffs.judging.parts import Part, chosen, stated
from tariffs.judging.shares import cut_towards
from tariffs.vocabulary.errors import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A project held against the conditions of the share."""

    number: int | None
    """nothing where there is one project alone"""
    project: Project
    scope: tuple[Judged, ...]
    bound: Verdict
    """whether the share binds the project"""


def procurement_part(asked: Procurement, on: date, options: Options, terms: Terms) -> Part:
    """Whether enough is kept for small and medium firms, with the least share of each base, in 元."""

    def verdict_on(day: date) -> Verdict:
        return all_of(each.verdict for each in _shares(_held(asked, day, options, terms), options, terms))

    held = _held(asked, on, options, terms)
    shares = tuple(_shares(held, options, terms))
    last = terms.procurement_until.year_end
    # a condition that a project does not meet frees it, so the conditions are shown and do not count in the verdict
    answer = Ruling(
        question="procurement",
        words=_WORDS,
        verdict=all_of(each.verdict for each in shares),
        reasons=(*(each for one in held for each in one.scope), *shares),
        changes_on=first_change(verdict_on, on, [last + timedelta(days=1)], terms.term),
    )
    return Part(
        ruling=answer,
        figures=tuple(_least(held, options, terms)),
        deadlines=(_until(last, terms),),
        notices=tuple(_not_bound(held, terms)),
        readings=_readings(options, terms),
    )


def _held(asked: Procurement, on: date, options: Options, terms: Terms) -> list[Held]:
    alone = len(asked.projects) == 1
    return [
        _one(None if alone else n, project, on, options, terms) for n, project in enumerate(asked.projects, start=1)
    ]


def _one(number: int | None, project: Project, on: date, options: Options, terms: Terms) -> Held:
    announced = options.procurement_day is ProcurementDay.ANNOUNCED
    day = (project.announced_on if announced else project.awarded_on) or on
    until, start, last = terms.procurement_until, terms.term.effective_from, terms.procurement_until.year_end
    scope = (
        judge(terms.procurement_works, project.works),
        judge(terms.procurement_tendering, project.under_tendering_law),
        judge(terms.procurement_price, project.price_cny),
        _on_day(terms.in_force_from, day, start <= day, Words(f"不早于 {start}", f"not before {start}")),
        _on_day(until, day, until.met_by(day.year), Words(f"不晚于 {last}", f"not after {last}")),
        stated(terms.procurement_suits, project.suits_small_firms, _SUITS),
    )
    bound = all_of(each.verdict for each in scope)
    return Held(project=project, number=number, scope=tuple(_scoped(number, each) for each in scope), bound=bound)


def _on_day(clause: Clause, day: date, holds: bool, needed: Words) -> Judged:
    return Judged(clause=clause, verdict=Verdict.YES if holds else Verdict.NO, found=day, needed=needed)


def _scoped(number: int | None, judged: Judged) -> Judged:
    """A condition with its project's number; where it fails, that no share is asked for, which is no fault."""
    return _numbered(number, judged, _NONE_HERE if judged.verdict is Verdict.NO else judged.because)


def _numbered(number: int | None, judged: Judged, more: Words | None) -> Judged:
    if number is None:
        return replace(judged, because=more)
    note = Words("", "") if more is None else Words(f"：{more.zh}", f": {more.en}")
    return replace(judged, because=Words(f"第 {number} 个项目{note.zh}", f"project {number}{note.en}"))


def _shares(held: Sequence[Held], options: Options, terms: Terms) -> Iterable[Judged]:
    """Each base that the share binds or may bind, held against it."""
    reached = [one for one in held if one.bound is not Verdict.NO]
    if options.procurement_base is ProcurementBase.EACH_PROJECT:
        for one in reached:
            judged = _share([one], terms)
            yield _numbered(one.number, judged, judged.because)
    elif reached:
        yield _share(reached, terms)


def _share(held: Sequence[Held], terms: Terms) -> Judged:
    """One base held against the share, for every way in which its open projects may turn out."""
    clause = terms.procurement_share
    if any(one.project.reserved_cny is None for one in held):
        return judge(clause, None, because=Words("未给出预留额", "what is kept is not given"))
    sure = sum((_surplus(one, clause) for one in held if one.bound is Verdict.YES), Decimal(0))
    maybe = [_surplus(one, clause) for one in held if one.bound is not Verdict.YES]
    worst = sure + sum((each for each in maybe if each < 0), Decimal(0))
    best = sure + sum((each for each in maybe if each > 0), Decimal(0))
    enough = (clause.boundary or Boundary.EXACTLY).holds
    verdict = Verdict.YES if enough(worst, 0) else Verdict.CANNOT_TELL if enough(best, 0) else Verdict.NO
    because = _SUITS if verdict is Verdict.CANNOT_TELL else None
    return Judged(clause=clause, verdict=verdict, found=_ratio(held, clause), because=because)


def _surplus(one: Held, clause: Clause) -> Decimal:
    return (one.project.reserved_cny or Decimal(0)) - one.project.price_cny * clause.mark


def _ratio(held: Sequence[Held], clause: Clause) -> Decimal:
    """The share kept of the projects that are sure, else of all, cut: it reaches a mark only where the share does."""
    counted = [one.project for one in held if one.bound is Verdict.YES] or [one.project for one in held]
    kept = sum((each.reserved_cny or Decimal(0) for each in counted), Decimal(0))
    price = sum((each.price_cny for each in counted), Decimal(0))
    return cut_towards(clause, Fraction(kept) / Fraction(price))


def _least(held: Sequence[Held], options: Options, terms: Terms) -> Iterable[Figure]:
    clause = terms.procurement_share
    reached = [one for one in held if one.bound is not Verdict.NO]
    sure = [one for one in reached if one.bound is Verdict.YES]
    each_project = options.procurement_base is ProcurementBase.EACH_PROJECT
    bases = [[one] for one in reached] if each_project else [sure] if sure else []
    rate = amount_words(clause.mark, clause.unit)
    for base in bases:
        price = sum((one.project.price_cny for one in base), Decimal(0))
        yield Figure(
            id=clause.id,
            name=Words("至少预留", "at least to be kept"),
            quantity=price * clause.mark,
            unit=Unit.CNY,
            clause=clause,
            how=Words(f"{price:,f} 元的 {rate.zh}", f"{rate.en} of {price:,f} yuan"),
        )


def _until(last: date, terms: Terms) -> Deadline:
    return Deadline(
        id=terms.procurement_until.id,
        name=Words("预留份额适用的最后一日", "last day on which the share counts"),
        at=last,
        clause=terms.procurement_until,
        how=Words(f"{last.year} 年底", f"the end of {last.year}"),
    )


def _not_bound(held: Sequence[Held], terms: Terms) -> Iterable[Notice]:
    count = sum(one.bound is Verdict.NO for one in held)
    if count:
        of = len(held)
        words = Words(f"{of} 个项目中有 {count} 个，本条不设比例", f"no share is set here for {count} of {of}")
        yield Notice(words=words, clause=terms.procurement_share)


def _readings(options: Options, terms: Terms) -> tuple[Reading, ...]:
    base, day = options.procurement_base, options.procurement_day
    return (
        chosen("procurement_base", base, _CHOICES, terms.procurement_share),
        chosen("procurement_day", day, _CHOICES, terms.procurement_until),
    )


_WORDS: Final = Words(
    "为中小企业预留的份额是否合于本条（本条不设比例的亦为是）",
    "is enough kept for small and medium firms (yes too where no share is set here)?",
)
_NONE_HERE: Final = Words("不满足，故本条不设比例", "not so, and no share is set here")
_SUITS: Final = Words("何为适宜由中小企业提供未载明", "what suits small and medium firms is not stated")
_CHOICES: Final = {
    ProcurementBase.EACH_PROJECT: Words("按每个项目计份额", "the share is one of each project"),
    ProcurementBase.SUM_OF_SUITED: Words("按适宜项目合计计份额", "the share is one of all suited projects together"),
    ProcurementDay.ANNOUNCED: Words(
        "以公告日计，未给出则以评判日计", "the day of the announcement counts, else that judged"
    ),
    ProcurementDay.AWARDED: Words("以中标日计，未给出则以评判日计", "the day of the award counts, else that judged"),
}
