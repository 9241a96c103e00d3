"""The family that moves along and the papers of the application."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from regulations.household_registration.answers import LEFT_OPEN, clause_of
from regulations.household_registration.inputs import Family, Materials
from regulations.household_registration.since import whole_months
from regulations.household_registration.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, Notice, Ruling, first_change, judge, ruling
from tariffs.judging.clauses import Clause
from tariffs.judging.periods import years_after
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.units import MONTHS_PER_YEAR

MOVE_ALONG: Final = Words("所列家属能否同时申办或随迁", "may the family named apply together or move along?")
COMPLETE: Final = Words("申请材料是否齐全", "are the papers of the application complete?")
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


def family_ruling(family: Family, on: date, terms: Terms) -> Ruling:
    """Whether spouse and children may go along; a child's birthday changes it."""

    def on_day(day: date) -> Ruling:
        return ruling("family", MOVE_ALONG, _members(family, day, terms))

    birthdays = [years_after(born, terms.minor_age.count) for born in family.children_born_on]
    changes_on = first_change(lambda day: on_day(day).verdict, on, birthdays, terms.term)
    return ruling("family", MOVE_ALONG, _members(family, on, terms), changes_on=changes_on)


def family_notices(family: Family, terms: Terms) -> Iterator[Notice]:
    """The other way of a spouse who does not meet the conditions."""
    if family.with_spouse and family.spouse_meets_conditions is not True:
        yield Notice(words=JOINING, clause=terms.spouse_together)


def materials_ruling(papers: Materials, terms: Terms) -> Ruling:
    """Whether all papers are there, with the proof where a relaxation is used."""
    return ruling("materials", COMPLETE, _papers(papers, terms))


def materials_notices(papers: Materials, terms: Terms) -> Iterator[Notice]:
    """That missing papers may be added."""
    if any(reason.verdict is not Verdict.YES for reason in _papers(papers, terms)):
        yield Notice(words=LATER_PAPERS, clause=terms.acceptance)


def _members(family: Family, on: date, terms: Terms) -> Iterator[Judged]:
    if family.with_spouse:
        yield _fact(terms.spouse_together, family.spouse_meets_conditions)
    for born in family.children_born_on:
        age = whole_months(born.toordinal(), on.toordinal()) // MONTHS_PER_YEAR
        yield judge(terms.minor_age, age)


def _papers(papers: Materials, terms: Terms) -> Iterator[Judged]:
    there = [getattr(papers, name) for name in PAPERS]
    yield from (_fact(clause_of(terms, name), each) for name, each in zip(PAPERS, there, strict=True))
    least, most = sum(each is True for each in there), sum(each is not False for each in there)
    known = least == most or not terms.materials.met_by(most)
    yield judge(terms.materials, least if known else None, because=None if known else LEFT_OPEN)
    if papers.by_relaxation:
        yield _fact(terms.relaxation_proof, papers.relaxation_proof)


def _fact(clause: Clause, found: bool | None) -> Judged:
    return judge(clause, found, because=LEFT_OPEN if found is None else None)
