"""After a defect: whether the insurer must repair, and whether payment or refusal comes in time."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from regulations.latent_defect_insurance.answered import Answered, Question
from regulations.latent_defect_insurance.choices import Party
from regulations.latent_defect_insurance.claims_inputs import Claim, Payment, Refusal
from regulations.latent_defect_insurance.inputs import Options
from regulations.latent_defect_insurance.order import by_day, days_around, late_figures
from regulations.latent_defect_insurance.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Judged, Notice, Reading, judge
from tariffs.judging.clauses import Clause
from tariffs.judging.periods import ShiftEnd, days_after, period_end, years_after
from tariffs.vocabulary.errors import Words

CLAIM: Final = Question(key="claim", words=Words("保险公司应否维修", "must the insurer repair?"))
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
BEFORE_EVENT: Final = Words("事故发生前放弃：条文未说", "given up before the event: the text does not say")
SAME_DAY: Final = Words(
    "放弃与事故、维修或赔付同日，孰先不明",
    "given up on the day of the event, repair or payment: which came first is not known",
)
NOT_GIVEN_UP: Final = Words("未放弃", "not given up")
REPAIR: Final = Words(
    "由保险公司维修，或委托有资质的第三方维修", "the insurer repairs, itself or by a qualified third party"
)
CONTRACTOR_LEFT: Final = Words(
    "保修期内施工单位不维修的，由建设单位另行委托，保险公司不赔",
    "what the contractor leaves in its years the developer has repaired by another unit; the insurer is not liable",
)
SHIFT_WORDS: Final = {
    ShiftEnd.NEXT_WORKING_DAY: Words("期限末日逢休息日顺延", "a last day of rest moves to the next working day"),
    ShiftEnd.NONE: Words("期限末日逢休息日不顺延", "a last day of rest does not move"),
}


def claim(given: Claim, on: date, terms: Terms) -> Answered:
    """Whether the insurer must repair: owner, period, cover, no proof of another cause, no claims given up.

    Source  第九条（一）6, 第十一条, 第十二条, 第十六条
    """
    contractors = _after_contractor(given, terms.contractor_repairs)
    reasons = (
        judge(terms.claimant, given.claimant is Party.OWNER),
        _in_period(given, terms.claim_period),
        contractors,
        judge(terms.in_cover, given.in_cover, because=IN_CONTRACT if given.in_cover is None else None),
        judge(terms.exclusion_proved, given.exclusion_proved),
        _given_up(given, terms.given_up),
    )
    notices = [Notice(words=REPAIR, clause=terms.repaired_by)]
    if contractors.verdict is Verdict.NO:
        notices.append(Notice(words=CONTRACTOR_LEFT, clause=terms.warranty_left))
    return Answered(ruling=CLAIM.ruled(lambda _: reasons, on, terms.term), notices=tuple(notices))


def _in_period(given: Claim, clause: Clause) -> Judged:
    inside = given.starts_on <= given.reported_on <= given.ends_on
    return Judged(
        clause=clause,
        verdict=Verdict.YES if inside else Verdict.NO,
        found=given.reported_on,
        needed=Words(f"{given.starts_on} 至 {given.ends_on}", f"{given.starts_on} to {given.ends_on}"),
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
        return Judged(clause=clause, verdict=Verdict.YES, found=NOT_GIVEN_UP)
    settled = min((day for day in (given.repaired_on, given.paid_on) if day is not None), default=date.max)
    if gone in (given.defect_on, settled):
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=gone, because=SAME_DAY)
    if gone < given.defect_on:
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=gone, because=BEFORE_EVENT)
    return Judged(clause=clause, verdict=Verdict.NO if gone < settled else Verdict.YES, found=gone)


def payment(given: Payment, options: Options, on: date, terms: Terms) -> Answered:
    """Whether the insurer pays within its days of the agreement.

    Source  第十三条
    """
    clause = terms.payment_within
    last, moved = period_end(days_after(given.agreed_on, clause.count), terms.working_days, options.shift_end)
    return Answered(
        ruling=PAYMENT.ruled(lambda day: [by_day(clause, given.paid_on, last, day)], on, terms.term, days_around(last)),
        figures=tuple(late_figures(clause, given.paid_on, last, on, terms.working_days)),
        deadlines=(_deadline(clause, given.agreed_on, last, moved),),
        readings=(_reading(options, clause),),
    )


def refusal(given: Refusal, options: Options, on: date, terms: Terms) -> Answered:
    """Whether the owner is sent a refusal with its reasons within the days from the finding.

    Source  第十三条
    """
    clause = terms.refusal_within
    last, moved = period_end(days_after(given.found_on, clause.count), terms.working_days, options.shift_end)

    def reasons_on(day: date) -> Iterable[Judged]:
        yield by_day(clause, given.notified_on, last, day)
        if given.notified_on is not None:
            yield judge(terms.refusal_reasons, given.reasons_stated)

    return Answered(
        ruling=REFUSAL.ruled(reasons_on, on, terms.term, days_around(last)),
        figures=tuple(late_figures(clause, given.notified_on, last, on, terms.working_days)),
        deadlines=(_deadline(clause, given.found_on, last, moved),),
        readings=(_reading(options, clause),),
    )


def _deadline(clause: Clause, start: date, last: date, moved: Words) -> Deadline:
    how_zh, how_en = (f"；{moved.zh}", f"; {moved.en}") if moved.zh else ("", "")
    return Deadline(
        id=clause.id,
        name=Words(f"最迟日：{clause.name.zh}", f"last day: {clause.name.en}"),
        at=last,
        clause=clause,
        how=Words(f"{start} 起 {clause.count} 日{how_zh}", f"{clause.count} days from {start}{how_en}"),
    )


def _reading(options: Options, clause: Clause) -> Reading:
    return Reading(
        option="shift_end", choice=options.shift_end.value, words=SHIFT_WORDS[options.shift_end], clause=clause
    )
