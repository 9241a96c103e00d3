"""The warranty of a repair, and whether an appraisal may be asked for in a dispute over the cover."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from regulations.latent_defect_insurance.answered import Answered, Question
from regulations.latent_defect_insurance.claims_inputs import Dispute, RepairWarranty
from regulations.latent_defect_insurance.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Judged, judge
from tariffs.judging.periods import days_after
from tariffs.vocabulary.errors import Words

REPAIR_WARRANTY: Final = Question(
    key="repair_warranty", words=Words("维修项目是否仍在保修期内", "is the repaired item still under warranty?")
)
DISPUTE: Final = Question(
    key="dispute", words=Words("争议鉴定是否合规", "is the appraisal asked for as the text says?")
)
REPORTED_LATE: Final = Words(
    "责任期后报案，条文未说保修期是否照算", "reported after the liability period: the text does not say what holds"
)


def repair_warranty(given: RepairWarranty, on: date, terms: Terms) -> Answered:
    """Whether a defect that shows again falls in the warranty of the repair, and its last day.

    Source  第十四条
    """
    clause = terms.repair_warranty
    last = days_after(given.repaired_on, clause.count)

    def reasons_on(day: date) -> Iterable[Judged]:
        yield judge(clause, ((given.defect_again_on or day) - given.repaired_on).days)
        yield judge(terms.same_part, given.same_part)
        yield judge(terms.same_item, given.same_item)
        yield _reported(given, terms)

    deadline = Deadline(
        id=clause.id,
        name=Words("保修最后一日", "last day of the warranty"),
        at=last,
        clause=clause,
        how=Words(
            f"{given.repaired_on} 起 {clause.count} 日，不顺延",
            f"{clause.count} days from {given.repaired_on}, no shift",
        ),
    )
    ruled = REPAIR_WARRANTY.ruled(reasons_on, on, terms.term, [last + timedelta(days=1)])
    return Answered(ruling=ruled, deadlines=(deadline,))


def _reported(given: RepairWarranty, terms: Terms) -> Judged:
    in_period = given.reported_on <= given.liability_ends_on
    return Judged(
        clause=terms.reported_in_period,
        verdict=Verdict.YES if in_period else Verdict.CANNOT_TELL,
        found=given.reported_on,
        needed=Words(f"不晚于 {given.liability_ends_on}", f"by {given.liability_ends_on}"),
        because=None if in_period else REPORTED_LATE,
    )


def dispute(given: Dispute, on: date, terms: Terms) -> Answered:
    """Whether an appraisal is asked for by a party, in the contract's term, in writing, of a fit appraiser.

    Source  第十五条
    """
    in_term = given.contract_from_on <= given.asked_on <= given.contract_until_on
    reasons = (
        judge(terms.dispute_party, given.party.value in terms.dispute_party.listed),
        Judged(
            clause=terms.dispute_in_term,
            verdict=Verdict.YES if in_term else Verdict.NO,
            found=given.asked_on,
            needed=Words(
                f"{given.contract_from_on} 至 {given.contract_until_on}",
                f"{given.contract_from_on} to {given.contract_until_on}",
            ),
        ),
        judge(terms.dispute_written, given.in_writing),
        judge(terms.appraiser_qualified, given.appraiser_qualified),
        judge(terms.appraiser_chosen, given.chosen_together),
        judge(terms.appraiser_independent, given.appraiser_independent),
    )
    return Answered(ruling=DISPUTE.ruled(lambda _: reasons, on, terms.term))
