"""After a defect: whether the insurer bears the repair, payment and refusal, the warranty of a repair, a dispute."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from regulations.latent_defect_insurance.inputs import (
    Claim,
    Dispute,
    Options,
    Party,
    Payment,
    Refusal,
    RepairWarranty,
)
from regulations.latent_defect_insurance.order import by_day, days_around, late_figures
from regulations.latent_defect_insurance.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Judged, Notice, judge
from tariffs.judging.clauses import Clause
from tariffs.judging.parts import Part, Question, stated
from tariffs.judging.periods import days_after, period_end, shift_reading, years_after
from tariffs.vocabulary.errors import Words

CLAIM: Final = Question(key="claim", words=Words("保险公司应否承担维修、赔付责任", "must the insurer repair or pay?"))
PAYMENT: Final = Question(
    key="payment", words=Words("是否按时（或尚来得及）履行赔偿", "was it paid in time, or may it still be?")
)
REFUSAL: Final = Question(
    key="refusal",
    words=Words("不予赔偿通知是否按时（或尚来得及）发出", "was the refusal sent in time, or may it still be?"),
)
IN_CONTRACT: Final = Words("范围见保险合同", "what is covered stands in the contract")
BEFORE_PERIOD: Final = Words(
    "缺陷早于责任期，未给出竣工备案日", "the defect is older than the period, and the completion filing is not given"
)
REPORTED_AFTER: Final = Words(
    "责任期内出现、期满后报案：条文未说", "a defect of the period reported after it: the text does not say"
)
BEFORE_EVENT: Final = Words("事故发生前放弃：条文未说", "given up before the event: the text does not say")
SAME_DAY: Final = Words(
    "放弃与事故、维修或赔付同日，孰先不明",
    "given up on the day of the event, repair or payment: which came first is not known",
)
KEPT_OR_SETTLED: Final = Words("未放弃，或在维修、赔付之后放弃", "not given up, or after repair or payment")
NOT_GIVEN_UP: Final = Words("未放弃", "not given up")
REPAIR: Final = Words(
    "由保险公司维修，或委托有资质的第三方维修", "the insurer repairs, itself or by a qualified third party"
)
CONTRACTOR_LEFT: Final = Words(
    "保修期内施工单位不维修的，由建设单位另行委托，保险公司不赔",
    "what the contractor leaves in its years the developer has repaired by another unit; the insurer is not liable",
)
REPAIR_WARRANTY: Final = Question(
    key="repair_warranty", words=Words("维修项目是否仍在保修期内", "is the repaired item still under warranty?")
)
DISPUTE: Final = Question(
    key="dispute",
    words=Words(
        "争议鉴定的提出和选定是否合规", "is the appraisal asked for, and the appraiser chosen, as the text says?"
    ),
)
NO_APPRAISER: Final = Words("鉴定机构尚未选定或未给出", "no appraiser chosen yet, or not given")
REPORTED_LATE: Final = Words(
    "责任期后报案，条文未说保修期是否照算", "reported after the liability period: the text does not say what holds"
)


def claim(given: Claim, terms: Terms) -> Part:
    """Whether the insurer must repair: owner, period, cover, no proof of another cause, no claims given up.

    Source  第九条（一）6, 第十一条, 第十二条, 第十六条
    """
    contractors = _after_contractor(given, terms.contractor_repairs)
    reasons = (
        judge(terms.claimant, given.claimant is Party.OWNER),
        _in_period(given, terms.claim_period),
        contractors,
        stated(terms.in_cover, given.in_cover, IN_CONTRACT),
        judge(terms.exclusion_proved, given.exclusion_proved),
        _given_up(given, terms.given_up),
    )
    notices = [Notice(words=REPAIR, clause=terms.repaired_by)]
    if contractors.verdict is Verdict.NO:
        notices.append(Notice(words=CONTRACTOR_LEFT, clause=terms.warranty_left))
    return Part(ruling=CLAIM.ruled(reasons, terms.term), notices=tuple(notices))


def _in_period(given: Claim, clause: Clause) -> Judged:
    """Reported in the period; of a defect of the period that is reported after it the text does not say."""
    verdict, because = Verdict.YES, None
    if given.reported_on < given.starts_on or given.defect_on > given.ends_on:
        verdict = Verdict.NO
    elif given.reported_on > given.ends_on:
        verdict, because = Verdict.CANNOT_TELL, REPORTED_AFTER
    return Judged(
        clause=clause,
        verdict=verdict,
        found=given.reported_on,
        needed=Words(f"{given.starts_on} 至 {given.ends_on}", f"{given.starts_on} to {given.ends_on}"),
        because=because,
    )


def _after_contractor(given: Claim, clause: Clause) -> Judged:
    """Yes where the defect showed after the contractor's years."""
    if given.completion_filed_on is None:
        if given.defect_on >= given.starts_on:
            needed = Words(f"不早于 {given.starts_on}", f"{given.starts_on} or later")
            return Judged(clause=clause, verdict=Verdict.YES, found=given.defect_on, needed=needed)
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=given.defect_on, because=BEFORE_PERIOD)
    last = years_after(given.completion_filed_on, clause.count)
    return Judged(
        clause=clause,
        verdict=Verdict.YES if given.defect_on > last else Verdict.NO,
        found=given.defect_on,
        needed=Words(f"晚于 {last}", f"after {last}"),
    )


def _given_up(given: Claim, clause: Clause) -> Judged:
    """No where claims were given up after the event and before repair or payment, whichever came first."""
    gone = given.given_up_on
    if gone is None:
        return Judged(clause=clause, verdict=Verdict.YES, found=NOT_GIVEN_UP, needed=KEPT_OR_SETTLED)
    settled = min((day for day in (given.repaired_on, given.paid_on) if day is not None), default=date.max)
    verdict, because = (Verdict.NO if gone < settled else Verdict.YES), None
    if gone in (given.defect_on, settled):
        verdict, because = Verdict.CANNOT_TELL, SAME_DAY
    elif gone < given.defect_on:
        verdict, because = Verdict.CANNOT_TELL, BEFORE_EVENT
    return Judged(clause=clause, verdict=verdict, found=gone, needed=KEPT_OR_SETTLED, because=because)


def payment(given: Payment, options: Options, on: date, terms: Terms) -> Part:
    """Whether the insurer pays within its days of the agreement.

    Source  第十三条
    """
    clause = terms.payment_within
    last, moved = period_end(days_after(given.agreed_on, clause.count), terms.working_days, options.shift_end)
    return Part(
        ruling=PAYMENT.ruled_on(
            on, terms.term, lambda day: [by_day(clause, given.paid_on, last, day)], days_around(last)
        ),
        figures=tuple(late_figures(clause, given.paid_on, last, on, terms.working_days)),
        deadlines=(_deadline(clause, given.agreed_on, last, moved),),
        readings=(shift_reading(options.shift_end, clause),),
    )


def refusal(given: Refusal, options: Options, on: date, terms: Terms) -> Part:
    """Whether the owner is sent a refusal with its reasons within the days from the finding.

    Source  第十三条
    """
    clause = terms.refusal_within
    last, moved = period_end(days_after(given.found_on, clause.count), terms.working_days, options.shift_end)

    def reasons_on(day: date) -> Iterable[Judged]:
        yield by_day(clause, given.notified_on, last, day)
        if given.notified_on is not None:
            yield judge(terms.refusal_reasons, given.reasons_stated)

    return Part(
        ruling=REFUSAL.ruled_on(on, terms.term, reasons_on, days_around(last)),
        figures=tuple(late_figures(clause, given.notified_on, last, on, terms.working_days)),
        deadlines=(_deadline(clause, given.found_on, last, moved),),
        readings=(shift_reading(options.shift_end, clause),),
    )


def repair_warranty(given: RepairWarranty, on: date, terms: Terms) -> Part:
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
    ruled = REPAIR_WARRANTY.ruled_on(on, terms.term, reasons_on, [last + timedelta(days=1)])
    return Part(ruling=ruled, deadlines=(deadline,))


def _reported(given: RepairWarranty, terms: Terms) -> Judged:
    in_period = given.reported_on <= given.liability_ends_on
    return Judged(
        clause=terms.reported_in_period,
        verdict=Verdict.YES if in_period else Verdict.CANNOT_TELL,
        found=given.reported_on,
        needed=Words(f"不晚于 {given.liability_ends_on}", f"by {given.liability_ends_on}"),
        because=None if in_period else REPORTED_LATE,
    )


def dispute(given: Dispute, terms: Terms) -> Part:
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
        stated(terms.appraiser_qualified, given.appraiser_qualified, NO_APPRAISER),
        stated(terms.appraiser_chosen, given.chosen_together, NO_APPRAISER),
        stated(terms.appraiser_independent, given.appraiser_independent, NO_APPRAISER),
    )
    return Part(ruling=DISPUTE.ruled(reasons, terms.term))


def _deadline(clause: Clause, start: date, last: date, moved: Words) -> Deadline:
    how_zh, how_en = (f"；{moved.zh}", f"; {moved.en}") if moved.zh else ("", "")
    return Deadline(
        id=clause.id,
        name=Words(f"最迟日：{clause.name.zh}", f"last day: {clause.name.en}"),
        at=last,
        clause=clause,
        how=Words(f"{start} 起 {clause.count} 日{how_zh}", f"{clause.count} days from {start}{how_en}"),
    )
