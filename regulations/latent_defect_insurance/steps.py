"""The order of steps around the contract, and what bars a step of the works."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from regulations.latent_defect_insurance.answered import Answered, Question
from regulations.latent_defect_insurance.choices import Step
from regulations.latent_defect_insurance.order import days_around, in_order
from regulations.latent_defect_insurance.terms import Terms
from regulations.latent_defect_insurance.underwriting_inputs import Contract
from regulations.latent_defect_insurance.works_inputs import Acceptance
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, Notice, judge
from tariffs.judging.clauses import Clause, Unit, amount_words
from tariffs.vocabulary.errors import Words

CONTRACT: Final = Question(
    key="contract", words=Words("各步次序是否合规（或尚可合规）", "are the steps in order, or may they still be?")
)
ACCEPTANCE: Final = Question(key="acceptance", words=Words("能否进行这一步", "may this step be taken?"))
NO_POLICY: Final = Words("尚未签发保单", "no policy issued yet")
OBJECTION: Final = Words(
    "对严重技术风险有异议的，提请建设行政管理部门处置", "who objects asks the construction authority"
)


def contract(given: Contract, on: date, terms: Terms) -> Answered:
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
        yield _premium_in_full(given, terms.premium_in_full)

    candidates = days_around(*(then_on for _, _, then_on in pairs))
    return Answered(ruling=CONTRACT.ruled(reasons_on, on, terms.term, candidates))


def _premium_in_full(given: Contract, clause: Clause) -> Judged:
    if given.policy_on is None:
        return Judged(clause=clause, verdict=Verdict.YES, found=NO_POLICY)
    due, received = given.premium_due_cny, given.premium_received_cny
    if due is None or received is None:
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL)
    asked = amount_words(due, Unit.CNY)
    return Judged(
        clause=clause,
        verdict=Verdict.YES if received >= due else Verdict.NO,
        found=amount_words(received, Unit.CNY),
        needed=Words(f"全额 {asked.zh}", f"in full, {asked.en}"),
    )


def acceptance(given: Acceptance, on: date, terms: Terms) -> Answered:
    """Whether open risks, failed acceptance, open defects or a missing report bar a step.

    Source  第七条（四）, 第九条（一）4, 第九条（二）3, 第十条（三）
    """
    reasons = tuple(judge(clause, found) for clause, found in _bars(given, terms))
    open_design = given.step is Step.DRAWING_REVIEW and given.serious_design_risk_open
    notices = (Notice(words=OBJECTION, clause=terms.design_risk),) if open_design else ()
    return Answered(ruling=ACCEPTANCE.ruled(lambda _: reasons, on, terms.term), notices=notices)


def _bars(given: Acceptance, terms: Terms) -> Sequence[tuple[Clause, bool | None]]:
    construction = (terms.construction_risk, given.serious_construction_risk_open)
    match given.step:
        case Step.DRAWING_REVIEW:
            return ((terms.design_risk, given.serious_design_risk_open),)
        case Step.FINAL_REPORT:
            return ((terms.final_report_risk, _either(given)),)
        case Step.COMPLETION:
            return (
                construction,
                (terms.household_passed, given.household_passed),
                (terms.preview_defects, given.preview_defects_open),
                (terms.final_report_received, given.final_report_received),
            )
    return (construction,)


def _either(given: Acceptance) -> bool | None:
    """Whether a serious risk of any stage is open: nothing where one is not known and none is."""
    risks = (given.serious_design_risk_open, given.serious_construction_risk_open)
    if any(risks):
        return True
    return None if None in risks else False
