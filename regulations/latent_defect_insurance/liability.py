"""The way into the liability period: its start, and the claims briefing, joint check and notice to owners before it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, cast

from regulations.latent_defect_insurance.inputs import BriefingDay, LiabilityStart, Options
from regulations.latent_defect_insurance.order import NOT_YET, by_day, days_around, late_figures
from regulations.latent_defect_insurance.terms import Terms
from regulations.latent_defect_insurance.works_inputs import Liability
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Judged, Notice, Reading
from tariffs.judging.clauses import Clause, amount_words
from tariffs.judging.parts import Part, Question, chosen
from tariffs.judging.periods import months_after, years_after
from tariffs.vocabulary.errors import Words

LIABILITY: Final = Question(
    key="liability",
    words=Words(
        "责任期前各步是否按时（或尚来得及）", "are the steps before the liability period in time, or may they still be?"
    ),
)
BASE_RULE: Final = Words(
    "起算规则在沪建规范联〔2024〕4号中，不在公报文件内；最好按合同给出 starts_on",
    "the rule on the start is in 沪建规范联〔2024〕4号, not in the gazette files; better give starts_on from the contract",
)
START_WORDS: Final = {
    LiabilityStart.NEXT_DAY: Words(
        "施工单位维修年限届满的次日起算", "it starts on the day after the contractor's years end"
    ),
    LiabilityStart.SAME_DAY: Words("届满当日起算", "it starts on the day on which they end"),
}
BRIEFING_WORDS: Final = {
    BriefingDay.LATEST: Words("该日为最迟日", "that day is the latest"),
    BriefingDay.EXACT: Words("即在该日", "on that very day"),
    BriefingDay.WITHIN: Words("在其后、责任期开始前的期间内", "from that day to the start of the period"),
}


def liability(given: Liability, options: Options, on: date, terms: Terms) -> Part:
    """The start of liability, the last days of the three steps before it, and whether they are kept.

    Source  第七条（七）, 第九条（一）6, 第九条（一）7
    """
    start = _start(given, options, terms)
    ends = {clause.id: months_after(start, -clause.count) for clause in (terms.joint_check, terms.owners_notice)}
    first, last = _briefing(start, options, terms)
    dated = (
        (terms.claims_briefing, given.claims_briefed_on, last),
        (terms.joint_check, given.jointly_checked_on, ends[terms.joint_check.id]),
        (terms.owners_notice, given.owners_notified_on, ends[terms.owners_notice.id]),
    )

    def reasons_on(day: date) -> Iterable[Judged]:
        yield _briefed(given.claims_briefed_on, first, last, day, terms.claims_briefing)
        yield from (by_day(clause, done_on, by, day) for clause, done_on, by in dated[1:])

    late = (late_figures(clause, done_on, by, on, terms.working_days) for clause, done_on, by in dated)
    return Part(
        ruling=LIABILITY.ruled_on(on, terms.term, reasons_on, days_around(*(by for _, _, by in dated))),
        figures=tuple(figure for figures in late for figure in figures),
        deadlines=(
            *_start_days(given, start, terms),
            *_briefing_days(first, last, start, terms),
            *(_deadline(clause, start, by) for clause, _, by in dated[1:]),
        ),
        notices=() if given.starts_on else (Notice(words=BASE_RULE, clause=terms.liability_start),),
        readings=tuple(_readings(given, options, terms)),
    )


def _start(given: Liability, options: Options, terms: Terms) -> date:
    if given.starts_on is not None:
        return given.starts_on
    # the record holds one of the two
    filed_on = cast(date, given.completion_filed_on)
    last = years_after(filed_on, terms.contractor_repairs.count)
    return last if options.liability_start is LiabilityStart.SAME_DAY else last + timedelta(days=1)


def _briefing(start: date, options: Options, terms: Terms) -> tuple[date | None, date]:
    """The first day of the claims briefing, where there is one, and the last."""
    day = months_after(start, -terms.claims_briefing.count)
    match options.claims_briefing:
        case BriefingDay.LATEST:
            return None, day
        case BriefingDay.EXACT:
            return day, day
        case BriefingDay.WITHIN:
            return day, start - timedelta(days=1)


def _briefed(done_on: date | None, first: date | None, last: date, on: date, clause: Clause) -> Judged:
    if first is None:
        return by_day(clause, done_on, last, on)
    early = done_on is not None and done_on < first
    return Judged(
        clause=clause,
        verdict=Verdict.NO if early or (done_on or on) > last else Verdict.YES,
        found=done_on or NOT_YET,
        needed=Words(f"{first} 至 {last}", f"{first} to {last}"),
    )


def _start_days(given: Liability, start: date, terms: Terms) -> Iterable[Deadline]:
    how = Words("按合同", "as the contract names it")
    if given.completion_filed_on is not None:
        count, filed = terms.contractor_repairs.count, given.completion_filed_on
        counted = Words(f"竣工备案 {filed} 起 {count} 年", f"{count} years from the completion filing {filed}")
        yield Deadline(
            id=terms.contractor_repairs.id,
            name=Words("施工单位维修的最后一日", "last day of the contractor's years"),
            at=years_after(filed, count),
            clause=terms.contractor_repairs,
            how=counted,
        )
        how = how if given.starts_on else counted
    yield Deadline(
        id=terms.liability_start.id,
        name=Words("保险责任期起始日", "first day of the liability period"),
        at=start,
        clause=terms.liability_start,
        how=how,
    )


def _briefing_days(first: date | None, last: date, start: date, terms: Terms) -> Iterable[Deadline]:
    clause = terms.claims_briefing
    if first is None:
        yield _deadline(clause, start, last)
        return
    if first == last:
        name = Words(f"应在该日：{clause.name.zh}", f"on this day: {clause.name.en}")
        yield Deadline(id=clause.id, name=name, at=last, clause=clause, how=_counted_back(clause, start))
        return
    yield Deadline(
        id=f"{clause.id}_from",
        name=Words(f"最早日：{clause.name.zh}", f"first day: {clause.name.en}"),
        at=first,
        clause=clause,
        how=_counted_back(clause, start),
    )
    yield Deadline(
        id=clause.id,
        name=Words(f"最迟日：{clause.name.zh}", f"last day: {clause.name.en}"),
        at=last,
        clause=clause,
        how=Words(f"{start} 的前一日", f"the day before {start}"),
    )


def _counted_back(clause: Clause, start: date) -> Words:
    period = amount_words(clause.mark, clause.unit)
    return Words(
        f"自 {start} 倒数 {period.zh}，当日不计，不顺延",
        f"{period.en} back from {start}, that day not counted, no shift",
    )


def _deadline(clause: Clause, start: date, by: date) -> Deadline:
    return Deadline(
        id=clause.id,
        name=Words(f"最迟日：{clause.name.zh}", f"last day: {clause.name.en}"),
        at=by,
        clause=clause,
        how=_counted_back(clause, start),
    )


def _readings(given: Liability, options: Options, terms: Terms) -> Iterable[Reading]:
    if given.starts_on is None:
        yield chosen("liability_start", options.liability_start, START_WORDS, terms.liability_start)
    yield chosen("claims_briefing", options.claims_briefing, BRIEFING_WORDS, terms.claims_briefing)
