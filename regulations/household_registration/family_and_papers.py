"""The family that moves along and the papers of the application."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from regulations.household_registration.inputs import Family, Materials
from regulations.household_registration.tenure import whole_months, years_after
from regulations.household_registration.terms import Terms, clause_of
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, Notice, Ruling, all_of, earliest, judge
from tariffs.judging.parts import ELSEWHERE, Part, Question, stated
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.units import MONTHS_PER_YEAR

MOVE_ALONG: Final = Words("所列家属能否同时申办或随迁", "may the family named apply together or move along?")
COMPLETE: Final = Question(
    key="materials", words=Words("申请材料是否齐全", "are the papers of the application complete?")
)
JOINING: Final = Words(
    "配偶不符合条件的，按现有投靠落户政策另行办理",
    "a spouse who does not meet the conditions goes by the rules on joining a family",
)
LATER_PAPERS: Final = Words(
    "材料不全的，受理时告知补齐；受理和审核的天数文中未写",
    "missing papers are asked for when the application comes in; the text gives no days for that or for the check",
)
PAPERS: Final = (
    "identity_and_form",
    "tax_certificate",
    "title_and_contract",
    "no_record_promise",
    "housing_certificate",
    "other_materials",
)


def family_part(family: Family, on: date, terms: Terms) -> Part:
    """Whether spouse and children may go along; the first child that comes of age changes it."""
    members, end = tuple(_members(family, on, terms)), terms.term.first_day_after
    verdict = all_of(each.verdict for each in members)
    # time makes nobody fit again, so a no stays
    ages = () if verdict is Verdict.NO else family.children_born_on
    of_age = [date.fromordinal(years_after(born.toordinal(), terms.minor_age.count)) for born in ages]
    found = Ruling(
        question="family", words=MOVE_ALONG, verdict=verdict, reasons=members, changes_on=earliest([end, *of_age])
    )
    joins = family.with_spouse and family.spouse_meets_conditions is not True
    return Part(ruling=found, notices=(Notice(words=JOINING, clause=terms.spouse_together),) if joins else ())


def materials_part(papers: Materials, terms: Terms) -> Part:
    """Whether all papers are there, with the proof where a relaxation is used, and that missing ones may be added."""
    found = COMPLETE.ruled(_papers(papers, terms), terms.term)
    if found.verdict is Verdict.YES:
        return Part(ruling=found)
    return Part(ruling=found, notices=(Notice(words=LATER_PAPERS, clause=terms.acceptance),))


def _members(family: Family, on: date, terms: Terms) -> Iterator[Judged]:
    if family.with_spouse:
        yield stated(terms.spouse_together, family.spouse_meets_conditions)
    for born in family.children_born_on:
        yield judge(terms.minor_age, whole_months(born.toordinal(), on.toordinal()) // MONTHS_PER_YEAR)


def _papers(papers: Materials, terms: Terms) -> Iterator[Judged]:
    there = [getattr(papers, name) for name in PAPERS]
    for name, each in zip(PAPERS, there, strict=True):
        yield stated(clause_of(terms, name), each)
    least, most = there.count(True), len(there) - there.count(False)
    known = least == most or not terms.materials.met_by(most)
    yield judge(terms.materials, least if known else None, because=None if known else ELSEWHERE)
    if papers.by_relaxation:
        yield stated(terms.relaxation_proof, papers.relaxation_proof)
