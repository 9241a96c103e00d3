"""Before and at the contract: staff, organisation and quotation of the insurer, premium, and the order of steps."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import prod
from typing import Final

from regulations.latent_defect_insurance.order import days_around, in_order
from regulations.latent_defect_insurance.terms import Terms
from regulations.latent_defect_insurance.underwriting_inputs import (
    Contract,
    Degree,
    Ground,
    Insurer,
    Premium,
    ProjectLead,
    Quotation,
    RiskStaff,
    Staff,
)
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, Notice, judge
from tariffs.judging.clauses import Clause, Unit, amount_words, plain
from tariffs.judging.parts import Part, Question, joined, stated
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.units import FEN_PER_CNY

STAFF: Final = Question(key="staff", words=Words("人员是否符合要求", "are the staff as the text asks?"))
INSURER: Final = Question(
    key="insurer", words=Words("保险公司的机构和服务是否符合要求", "is the insurer set up as the text asks?")
)
QUOTATION: Final = Question(key="quotation", words=Words("报价是否合规", "is the quotation in order?"))
NO_MEASURE: Final = Words("条文未定标准", "the text sets no measure")
MASTER_OR_DOCTOR: Final = (Degree.MASTER, Degree.DOCTOR)
DOCTOR: Final = Words("条文未写博士学历", "the text does not mention a doctor's degree")
PREMIUM: Final = Question(key="premium", words=Words("承保和保险费是否合规", "are cover and premium as the text asks?"))
NOT_IN_TEXT: Final = Words(
    "基准费率和浮动系数均不在条文中，由使用者给出；四舍五入到分也是我们的做法",
    "neither the base rate nor the factors are in the text, they are given; rounding to the fen is ours too",
)
ESTIMATED: Final = Words(
    "按预估金额计，实际造价确定后须调整", "worked out from an estimate, to be adjusted when the real cost is known"
)
NOT_ENTERED: Final = Words("须在首次信息录入时上传", "it is uploaded with the first entry of data")
FEN: Final = Decimal(1) / FEN_PER_CNY
CONTRACT: Final = Question(
    key="contract", words=Words("各步次序是否合规（或尚可合规）", "are the steps in order, or may they still be?")
)
GROUNDS: Final = {
    Ground.RISK.value: Words("工程风险程度", "risk of the works"),
    Ground.QUALIFICATION.value: Words("各参建方资质", "qualification of the parties"),
    Ground.CREDIT.value: Words("诚信情况", "credit"),
    Ground.CLAIMS_RECORD.value: Words("赔付记录", "record of claims"),
    Ground.DESIGN_CONTROL.value: Words("关键节点设计管控", "design control at key points"),
}
NO_POLICY: Final = Words("尚未签发保单", "no policy issued yet")


def staff(given: Staff, terms: Terms) -> Part:
    """Whether the risk staff are fit and enough, and the project managers fit.

    Source  第四条
    """
    fitness = [_fit(person, terms) for person in given.risk_staff]
    reasons = (
        *_risk_staff(given.risk_staff, terms),
        _enough(fitness, terms.staff_least),
        *_managers(given.managers, terms),
        judge(terms.real_name, given.real_name_listed),
        stated(terms.staff_fit, given.fit_for_business, NO_MEASURE),
    )
    fit = Figure(
        id="staff_fit_count",
        name=Words("符合要求的风控人员", "risk staff who meet what is asked"),
        quantity=fitness.count(Verdict.YES),
        unit=Unit.PERSON,
        clause=terms.staff_least,
        how=Words("资格、学历和年限均符合", "licence, degree and years all met"),
    )
    return Part(ruling=STAFF.ruled(reasons, terms.term), figures=(fit,))


def _risk_staff(persons: Sequence[RiskStaff], terms: Terms) -> Iterable[Judged]:
    """One reason for each demand, over all persons whom it concerns."""
    if not persons:
        return
    yield _listed(terms.staff_licence, [person.licence.value in terms.staff_licence.listed for person in persons])
    yield _degrees(persons, terms.staff_degree)
    for clause, degrees in (
        (terms.staff_bachelor_years, (Degree.BACHELOR,)),
        (terms.staff_master_years, MASTER_OR_DOCTOR),
    ):
        years = [person.works_years for person in persons if person.degree in degrees]
        if years:
            yield judge(clause, min(years), because=_fewest(len(years)))


def _degrees(persons: Sequence[RiskStaff], clause: Clause) -> Judged:
    degrees = [person.degree for person in persons]
    if Degree.DOCTOR in degrees and Degree.BELOW_BACHELOR not in degrees:
        return judge(clause, None, because=DOCTOR)
    return _listed(clause, [degree is not Degree.BELOW_BACHELOR for degree in degrees])


def _listed(clause: Clause, met: Sequence[bool]) -> Judged:
    """A demand on each person, with the places in the list of those who fail it."""
    failing = ", ".join(str(place) for place, each in enumerate(met, start=1) if not each)
    because = Words(f"风控人员名单第 {failing} 人", f"risk staff no. {failing} in the list") if failing else None
    return judge(clause, all(met), because=because)


def _fewest(persons: int) -> Words:
    count = amount_words(persons, Unit.PERSON)
    return Words(f"{count.zh}中最少者", f"the fewest among {count.en}")


def _fit(person: RiskStaff, terms: Terms) -> Verdict:
    if person.licence.value not in terms.staff_licence.listed:
        return Verdict.NO
    match person.degree:
        case Degree.BACHELOR:
            return judge(terms.staff_bachelor_years, person.works_years).verdict
        case Degree.MASTER:
            return judge(terms.staff_master_years, person.works_years).verdict
        case Degree.DOCTOR:
            # too few years for a master are too few by any reading
            enough = terms.staff_master_years.met_by(person.works_years)
            return Verdict.CANNOT_TELL if enough else Verdict.NO
    return Verdict.NO


def _enough(fitness: Sequence[Verdict], clause: Clause) -> Judged:
    """Enough persons who surely meet all demands; cannot tell where it hangs on those of whom nobody can tell."""
    sure, perhaps = fitness.count(Verdict.YES), fitness.count(Verdict.CANNOT_TELL)
    if not clause.met_by(sure) and clause.met_by(sure + perhaps):
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=sure, because=DOCTOR)
    return judge(clause, sure)


def _managers(managers: Sequence[ProjectLead], terms: Terms) -> Iterable[Judged]:
    yield judge(terms.manager_appointed, bool(managers))
    if managers:
        fewest = min(lead.trade_years for lead in managers)
        yield judge(terms.manager_years, fewest, because=_fewest(len(managers)))
        yield judge(terms.manager_passed, all(lead.passed_by_insurer for lead in managers))


def insurer(given: Insurer, terms: Terms) -> Part:
    """Whether an insurer has the department, accounts, team, hotline and experience that are asked for.

    Source  第四条, 第五条, 第十三条
    """
    reasons = (
        judge(terms.department, given.independent_department),
        judge(terms.separate_accounts, given.separate_accounts),
        judge(terms.claims_team, given.claims_team),
        judge(terms.hotline, given.hotline_hours),
        stated(terms.insurer_experience, given.experienced, NO_MEASURE),
    )
    return Part(ruling=INSURER.ruled(reasons, terms.term))


def quotation(given: Quotation, terms: Terms) -> Part:
    """Whether a quotation is a formal letter, signed, stamped and uploaded.

    Source  第五条
    """
    reasons = (
        judge(terms.formal_quotation, given.formal_letter),
        judge(terms.quotation_signed, given.signed_by_head),
        judge(terms.quotation_stamped, given.stamped),
        stated(terms.quotation_uploaded, given.uploaded, NOT_ENTERED),
    )
    return Part(ruling=QUOTATION.ruled(reasons, terms.term))


def premium(given: Premium, terms: Terms) -> Part:
    """The premium in 元 from what is given, and whether the rate floats by all that the text names and nothing is cut short.

    Source  第三条
    """
    notices = [Notice(words=NOT_IN_TEXT, clause=terms.floating_rate)]
    if given.estimated_at_design and given.real_sum_cny is None:
        notices.append(Notice(words=ESTIMATED, clause=terms.sum_estimate))
    return Part(
        ruling=PREMIUM.ruled(_premium_reasons(given, terms), terms.term),
        figures=tuple(_premium_figures(given, terms)),
        notices=tuple(notices),
    )


def _premium_reasons(given: Premium, terms: Terms) -> Iterable[Judged]:
    weighed = {factor.ground.value for factor in given.factors}
    missing = [GROUNDS[name] for name in terms.floating_rate.listed if name not in weighed]
    named = joined(missing)
    lacking = Words(f"未考虑：{named.zh}", f"not weighed: {named.en}")
    yield judge(terms.floating_rate, not missing, because=lacking if missing else None)
    yield judge(terms.area_under_measured, given.area_under_measured)
    yield judge(terms.decoration_left_out, given.decoration_left_out)
    yield stated(terms.price_clearly_low, given.price_clearly_low, NO_MEASURE)
    yield judge(terms.fees_siphoned, given.fees_siphoned)
    if given.estimated_at_design and given.real_sum_cny is not None:
        yield judge(terms.sum_adjusted, given.adjusted)


def _premium_figures(given: Premium, terms: Terms) -> Iterable[Figure]:
    factor = prod((each.factor for each in given.factors), start=Decimal(1))
    first = _premium_cny(given.insured_sum_cny, given.base_rate, factor)
    yield Figure(
        id="factors",
        name=Words("浮动系数之积", "product of the factors"),
        quantity=factor,
        unit=Unit.MULTIPLE,
        clause=terms.floating_rate,
        how=Words(f"{len(given.factors)} 项相乘", f"{len(given.factors)} multiplied"),
    )
    clause = terms.sum_estimate if given.estimated_at_design else terms.floating_rate
    yield _amount("premium", Words("保险费", "premium"), first, clause, _product(given.insured_sum_cny, given, factor))
    if given.real_sum_cny is None:
        return
    real = _premium_cny(given.real_sum_cny, given.base_rate, factor)
    how = _product(given.real_sum_cny, given, factor)
    yield _amount(
        "premium_real", Words("按实际造价的保险费", "premium by the real cost"), real, terms.sum_adjusted, how
    )
    yield _amount(
        "premium_adjustment",
        Words("调整（正为补缴，负为退还）", "adjustment (positive: to be paid, negative: to be given back)"),
        real - first,
        terms.sum_adjusted,
        Words("按实际造价的减原保险费", "premium by the real cost less the first"),
    )


def _premium_cny(sum_cny: Decimal, base_rate: Decimal, factor: Decimal) -> Decimal:
    return (sum_cny * base_rate * factor).quantize(FEN, rounding=ROUND_HALF_UP)


def _product(sum_cny: Decimal, given: Premium, factor: Decimal) -> Words:
    text = f"{plain(sum_cny)} × {plain(given.base_rate)} × {plain(factor)}"
    return Words(text, text)


def _amount(id_: str, name: Words, amount_cny: Decimal, clause: Clause, how: Words) -> Figure:
    return Figure(id=id_, name=name, quantity=amount_cny, unit=Unit.CNY, clause=clause, how=how)


def contract(given: Contract, on: date, terms: Terms) -> Part:
    """Whether risk body, contract, design, premium, policy, briefing and works came in their order.

    Source  第六条, 第七条（一）（二）
    """
    pairs = (
        (terms.risk_body_before_contract, given.risk_body_chosen_on, given.contract_on),
        (terms.contract_before_design, given.contract_on, given.drawing_design_on),
        (terms.briefing_before_start, given.briefed_on, given.works_start_on),
    )

    def reasons_on(day: date) -> Iterable[Judged]:
        yield from (in_order(clause, first_on, then_on, day) for clause, first_on, then_on in pairs)
        yield _premium_in_full(given, day, terms.premium_in_full)

    candidates = days_around(given.policy_on, *(then_on for _, _, then_on in pairs))
    return Part(ruling=CONTRACT.ruled_on(on, terms.term, reasons_on, candidates))


def _premium_in_full(given: Contract, on: date, clause: Clause) -> Judged:
    if given.policy_on is None or on < given.policy_on:
        return Judged(clause=clause, verdict=Verdict.YES, found=NO_POLICY)
    due, received = given.premium_due_cny, given.premium_received_cny
    if due is None or received is None:
        return judge(clause, None)
    asked = amount_words(due, Unit.CNY)
    return Judged(
        clause=clause,
        verdict=Verdict.YES if received >= due else Verdict.NO,
        found=amount_words(received, Unit.CNY),
        needed=Words(f"全额 {asked.zh}", f"in full, {asked.en}"),
    )
