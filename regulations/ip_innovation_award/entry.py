"""Who may enter, and what experts have to find: units by award, patents by the closing day of the call."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from regulations.ip_innovation_award.answered import Answered, Question
from regulations.ip_innovation_award.candidates import PatentEntry, PatentMerit, UnitEntry, UnitMerit
from regulations.ip_innovation_award.choices import Award, Dispute
from regulations.ip_innovation_award.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, Notice, judge
from tariffs.judging.clauses import Clause
from tariffs.vocabulary.errors import Words

UNIT_ENTRY: Final = Question(
    key="unit_entry", words=Words("单位是否符合申报条件", "does the unit meet the conditions of entry?")
)
UNIT_MERIT: Final = Question(
    key="unit_merit", words=Words("单位是否符合评定条件", "does the unit meet the conditions of the award?")
)
PATENT_ENTRY: Final = Question(
    key="patent_entry", words=Words("专利是否符合申报条件", "does the patent meet the conditions of entry?")
)
PATENT_MERIT: Final = Question(
    key="patent_merit", words=Words("专利是否符合评定条件", "does the patent meet the conditions of the award?")
)
NO_MEASURE: Final = Words("条文未定标准", "the text sets no measure")
NOT_GRANTED: Final = Words("尚未授权公告", "not granted yet")
DISPUTE_ENDED: Final = Words(
    "曾有纠纷，截止日前已了结：条文未说是否计入", "a dispute that ended before the closing day: the text does not say"
)
PENDING: Final = Words("有未了结的纠纷", "a dispute is open")
CO_OWNERS: Final = Words(
    "共有专利：“相同专利权人”按每一权利人还是按同一组权利人计，条文未说",
    "co-owned patents: the text does not say whether each owner counts or the same group of owners",
)
OWN_OTHERS: Final = Words(
    "看的是该专利本身，权利人的其他专利获奖不影响", "the patent itself counts, awards to others of the owner do not"
)
CLOSED: Final = Words("评判日已过申报截止日", "the closing day of the call has passed on the day judged")


def unit_entry(entry: UnitEntry, on: date, terms: Terms) -> Answered:
    """Whether a unit may enter.

    Source  第八条
    """
    reasons = (
        judge(terms.unit_in_city, entry.in_city_unit),
        judge(terms.unit_credit, entry.good_credit, because=NO_MEASURE if entry.good_credit is None else None),
        judge(terms.unit_not_awarded, entry.awarded_before),
        judge(terms.one_award, len(entry.awards)),
    )
    return Answered(ruling=UNIT_ENTRY.ruled(lambda _: reasons, on, terms.term))


def unit_merit(merit: UnitMerit, on: date, terms: Terms) -> Answered:
    """Whether a unit meets the three conditions of its award.

    Source  第九条 to 第十一条
    """
    found = (merit.first_condition_met, merit.second_condition_met, merit.third_condition_met)
    reasons = _found_by_experts(zip(_conditions(merit.award, terms), found, strict=True))
    return Answered(ruling=UNIT_MERIT.ruled(lambda _: reasons, on, terms.term))


def patent_entry(entry: PatentEntry, on: date, terms: Terms) -> Answered:
    """Whether a patent may enter, as far as facts go; what experts find is another question.

    Source  第十二条, 第十三条
    """
    notices = []
    if entry.earlier_awards:
        notices.append(Notice(words=OWN_OTHERS, clause=terms.patent_not_awarded))
    if entry.patentee_count > 1:
        notices.append(Notice(words=CO_OWNERS, clause=terms.entries_of_patentee))
    if on > entry.closing_on:
        notices.append(Notice(words=CLOSED, clause=terms.call))
    ruled = PATENT_ENTRY.ruled(
        lambda day: _patent_reasons(entry, day, terms), on, terms.term, [entry.closing_on + timedelta(days=1)]
    )
    return Answered(ruling=ruled, notices=tuple(notices))


def patent_merit(merit: PatentMerit, on: date, terms: Terms) -> Answered:
    """Whether a patent has what experts have to find.

    Source  第十三条
    """
    found = (merit.stable_and_well_written, merit.novel_or_distinct, merit.used_with_benefit, merit.well_protected)
    clauses = (terms.patent_text, terms.patent_novel, terms.patent_used, terms.patent_protected)
    reasons = _found_by_experts(zip(clauses, found, strict=True))
    return Answered(ruling=PATENT_MERIT.ruled(lambda _: reasons, on, terms.term))


def _conditions(award: Award, terms: Terms) -> tuple[Clause, Clause, Clause]:
    if award is Award.CREATION:
        return terms.creation_breakthrough, terms.creation_growth, terms.creation_layout
    if award is Award.PROTECTION:
        return terms.protection_warning, terms.protection_means, terms.protection_team
    return terms.use_conversion, terms.use_analysis, terms.use_means


def _found_by_experts(conditions: Iterable[tuple[Clause, bool | None]]) -> tuple[Judged, ...]:
    return tuple(judge(clause, met, because=NO_MEASURE if met is None else None) for clause, met in conditions)


def _patent_reasons(entry: PatentEntry, on: date, terms: Terms) -> Iterable[Judged]:
    yield judge(terms.patentee_in_city, entry.tie.value in terms.patentee_in_city.listed)
    yield judge(terms.applicant_is_patentee, entry.applicant_is_patentee)
    if entry.patentee_count > 1:
        yield judge(terms.one_applicant, entry.applicant_count)
        yield judge(terms.all_consent, entry.all_consent)
    yield judge(terms.patent_not_awarded, bool(entry.earlier_awards))
    yield judge(terms.patent_valid, entry.right_valid)
    yield _dispute(entry.dispute, terms.no_dispute)
    yield _entries(entry, terms.entries_of_patentee)
    yield _granted(entry, on, terms.granted_by_closing)
    yield judge(terms.patent_kinds, entry.kind.value in terms.patent_kinds.listed)
    yield judge(terms.product_filed, entry.product_filed)


def _entries(entry: PatentEntry, clause: Clause) -> Judged:
    """With several owners too many entries are sure only where the same group of owners has too many."""
    group = entry.same_group_count
    if entry.patentee_count == 1 or clause.met_by(entry.entry_count) or (group and not clause.met_by(group)):
        return judge(clause, entry.entry_count)
    return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=entry.entry_count, because=CO_OWNERS)


def _dispute(dispute: Dispute | None, clause: Clause) -> Judged:
    match dispute:
        case None:
            return Judged(clause=clause, verdict=Verdict.CANNOT_TELL)
        case Dispute.NONE:
            return judge(clause, True)
        case Dispute.PENDING:
            return judge(clause, False, because=PENDING)
        case Dispute.ENDED:
            return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, because=DISPUTE_ENDED)


def _granted(entry: PatentEntry, on: date, clause: Clause) -> Judged:
    needed = Words(f"不晚于 {entry.closing_on}", f"by {entry.closing_on}, that day included")
    if entry.granted_on is None:
        verdict = Verdict.NO if on > entry.closing_on else Verdict.CANNOT_TELL
        return Judged(clause=clause, verdict=verdict, found=NOT_GRANTED, needed=needed)
    in_time = entry.granted_on <= entry.closing_on
    return Judged(clause=clause, verdict=Verdict.YES if in_time else Verdict.NO, found=entry.granted_on, needed=needed)
