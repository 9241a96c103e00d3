"""Whether the insurer is fit to insure: its staff, its organisation and its quotation."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from regulations.latent_defect_insurance.answered import Answered, Question
from regulations.latent_defect_insurance.choices import Degree
from regulations.latent_defect_insurance.terms import Terms
from regulations.latent_defect_insurance.underwriting_inputs import Insurer, ProjectLead, Quotation, RiskStaff, Staff
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, any_of, judge
from tariffs.judging.clauses import Clause, Unit
from tariffs.vocabulary.errors import Words

STAFF: Final = Question(key="staff", words=Words("人员是否符合要求", "are the staff as the text asks?"))
INSURER: Final = Question(
    key="insurer", words=Words("保险公司的机构和服务是否符合要求", "is the insurer set up as the text asks?")
)
QUOTATION: Final = Question(key="quotation", words=Words("报价是否合规", "is the quotation in order?"))
NO_MEASURE: Final = Words("条文未定标准", "the text sets no measure")
DOCTOR: Final = Words("条文未写博士学历", "the text does not mention a doctor's degree")


def staff(given: Staff, on: date, terms: Terms) -> Answered:
    """Whether the risk staff are fit and enough, and the project managers fit.

    Source  第四条
    """
    fitness = [_fit(person, terms) for person in given.risk_staff]
    reasons = (
        *_risk_staff(given.risk_staff, terms),
        _enough(fitness, terms.staff_least),
        *_managers(given.managers, terms),
        judge(terms.real_name, given.real_name_listed),
        _unmeasured(terms.staff_fit, given.fit_for_business),
    )
    fit = Figure(
        id="staff_fit_count",
        name=Words("符合要求的风控人员", "risk staff who meet what is asked"),
        quantity=fitness.count(Verdict.YES),
        unit=Unit.PERSON,
        clause=terms.staff_least,
        how=Words("资格、学历和年限均符合", "licence, degree and years all met"),
    )
    return Answered(ruling=STAFF.ruled(lambda _: reasons, on, terms.term), figures=(fit,))


def _risk_staff(persons: Sequence[RiskStaff], terms: Terms) -> Iterable[Judged]:
    """One reason for each demand, over all persons whom it concerns."""
    if not persons:
        return
    yield _listed(terms.staff_licence, [person.licence.value in terms.staff_licence.listed for person in persons])
    yield _degrees(persons, terms.staff_degree)
    for degree, clause in ((Degree.BACHELOR, terms.staff_bachelor_years), (Degree.MASTER, terms.staff_master_years)):
        years = [person.works_years for person in persons if person.degree is degree]
        if years:
            yield judge(clause, min(years), because=_fewest(len(years)))


def _degrees(persons: Sequence[RiskStaff], clause: Clause) -> Judged:
    below = [person.degree is not Degree.BELOW_BACHELOR for person in persons]
    doctors = [person for person in persons if person.degree is Degree.DOCTOR]
    if all(below) and doctors:
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, because=DOCTOR)
    return _listed(clause, below)


def _listed(clause: Clause, met: Sequence[bool]) -> Judged:
    """A demand on each person, with the places in the list of those who fail it."""
    failing = ", ".join(str(place) for place, each in enumerate(met, start=1) if not each)
    because = Words(f"风控人员名单第 {failing} 人", f"risk staff no. {failing} in the list") if failing else None
    return judge(clause, all(met), because=because)


def _fewest(persons: int) -> Words:
    return Words(f"{persons} 人中最少者", f"the fewest among {persons} person(s)")


def _fit(person: RiskStaff, terms: Terms) -> Verdict:
    if person.licence.value not in terms.staff_licence.listed:
        return Verdict.NO
    match person.degree:
        case Degree.BACHELOR:
            return judge(terms.staff_bachelor_years, person.works_years).verdict
        case Degree.MASTER:
            return judge(terms.staff_master_years, person.works_years).verdict
        case Degree.DOCTOR:
            return Verdict.CANNOT_TELL
    return Verdict.NO


def _enough(fitness: Sequence[Verdict], clause: Clause) -> Judged:
    """Enough persons who surely meet all demands; cannot tell where it hangs on those of whom nobody can tell."""
    sure, perhaps = fitness.count(Verdict.YES), fitness.count(Verdict.CANNOT_TELL)
    hangs = any_of([judge(clause, sure).verdict, *([judge(clause, sure + perhaps).verdict] if perhaps else [])])
    if hangs is Verdict.YES and not clause.met_by(sure):
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=sure, because=DOCTOR)
    return judge(clause, sure)


def _managers(managers: Sequence[ProjectLead], terms: Terms) -> Iterable[Judged]:
    yield judge(terms.manager_appointed, bool(managers))
    if managers:
        fewest: Decimal = min(lead.trade_years for lead in managers)
        yield judge(terms.manager_years, fewest, because=_fewest(len(managers)))
        yield judge(terms.manager_passed, all(lead.passed_by_insurer for lead in managers))


def insurer(given: Insurer, on: date, terms: Terms) -> Answered:
    """Whether an insurer has the department, accounts, team, hotline and experience that are asked for.

    Source  第四条, 第五条, 第十三条
    """
    reasons = (
        judge(terms.department, given.independent_department),
        judge(terms.separate_accounts, given.separate_accounts),
        judge(terms.claims_team, given.claims_team),
        judge(terms.hotline, given.hotline_hours),
        _unmeasured(terms.insurer_experience, given.experienced),
    )
    return Answered(ruling=INSURER.ruled(lambda _: reasons, on, terms.term))


def quotation(given: Quotation, on: date, terms: Terms) -> Answered:
    """Whether a quotation is a formal letter, signed, stamped and uploaded.

    Source  第五条
    """
    reasons = (
        judge(terms.formal_quotation, given.formal_letter),
        judge(terms.quotation_signed, given.signed_by_head),
        judge(terms.quotation_stamped, given.stamped),
        judge(terms.quotation_uploaded, given.uploaded),
    )
    return Answered(ruling=QUOTATION.ruled(lambda _: reasons, on, terms.term))


def _unmeasured(clause: Clause, met: bool | None) -> Judged:
    return judge(clause, met, because=NO_MEASURE if met is None else None)
