"""Who may enter and by whom it is recommended, and what experts have to find on units and patents."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from regulations.ip_innovation_award.candidates import (
    Academicians,
    Award,
    Candidate,
    Dispute,
    PatentEntry,
    PatentMerit,
    Publisher,
    Recommendation,
    Recommender,
    UnitEntry,
    UnitMerit,
)
from regulations.ip_innovation_award.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, Notice, judge
from tariffs.judging.clauses import Clause
from tariffs.judging.parts import Part, Question, stated
from tariffs.vocabulary.errors import Words

UNIT_ENTRY: Final = Question(
    key="unit_entry", words=Words("单位是否符合申报条件", "does the unit meet the conditions of entry?")
)
UNIT_MERIT: Final = Question(
    key="unit_merit", words=Words("单位是否符合评定条件", "does the unit meet the conditions of the award?")
)
PATENT_ENTRY: Final = Question(
    key="patent_entry",
    words=Words(
        "专利是否符合申报条件和可核实的评定条件",
        "does the patent meet the conditions of entry, and those of the award that are facts?",
    ),
)
PATENT_MERIT: Final = Question(
    key="patent_merit",
    words=Words(
        "专利是否符合由专家评定的条件", "does the patent meet the conditions of the award that are left to experts?"
    ),
)
RECOMMENDATION: Final = Question(key="recommendation", words=Words("推荐是否符合规定", "does the recommendation hold?"))
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
UNITS_NOT_BY_ACADEMICIANS: Final = Words("院士只推荐专利项目", "academicians recommend patents only")
NOT_A_PAIR: Final = Words(
    "条文只明确 2 名院士联名；其他人数未写明", "the text speaks of 2 together; another number it leaves open"
)
NO_PAIR_NO_FIELD: Final = Words(
    "并非 2 人联名，未明确专业领域要求", "not 2 together: the text asks for no field outright"
)
EARLIER_ROUNDS: Final = Words(
    "往届已推荐过：“限推荐一次”是每届还是终身，条文未说",
    "recommended in an earlier round: the text does not say whether once is each round or for ever",
)
IN_EARLIER_ROUND: Final = Words("往届推荐过", "in an earlier round")
BY_A_DISTRICT: Final = Words(
    "由申报主体所在区公示：该区就是推荐的区政府时填 recommender",
    "by the applicant's district: write recommender if that is the district that recommends",
)
PLACES_OPEN: Final = Words("申报通知可明确推荐名额，请核对", "the call may fix places: look it up")


def unit_entry(entry: UnitEntry, terms: Terms) -> Part:
    """Whether a unit may enter.

    Source  第八条
    """
    reasons = (
        judge(terms.unit_in_city, entry.in_city_unit),
        stated(terms.unit_credit, entry.good_credit, NO_MEASURE),
        judge(terms.unit_not_awarded, entry.awarded_before),
        judge(terms.one_award, len(entry.awards)),
    )
    return Part(ruling=UNIT_ENTRY.ruled(reasons, terms.term))


def unit_merit(merit: UnitMerit, terms: Terms) -> Part:
    """Whether a unit meets the three conditions of its award.

    Source  第九条 to 第十一条
    """
    found = (merit.first_condition_met, merit.second_condition_met, merit.third_condition_met)
    conditions = zip(_conditions(merit.award, terms), found, strict=True)
    return Part(ruling=UNIT_MERIT.ruled((stated(clause, met, NO_MEASURE) for clause, met in conditions), terms.term))


def _conditions(award: Award, terms: Terms) -> tuple[Clause, Clause, Clause]:
    if award is Award.CREATION:
        return terms.creation_breakthrough, terms.creation_growth, terms.creation_layout
    if award is Award.PROTECTION:
        return terms.protection_warning, terms.protection_means, terms.protection_team
    return terms.use_conversion, terms.use_analysis, terms.use_means


def patent_merit(merit: PatentMerit, terms: Terms) -> Part:
    """Whether a patent has what experts have to find.

    Source  第十三条
    """
    reasons = (
        stated(terms.patent_text, merit.stable_and_well_written, NO_MEASURE),
        stated(terms.patent_novel, merit.novel_or_distinct, NO_MEASURE),
        stated(terms.patent_used, merit.used_with_benefit, NO_MEASURE),
        stated(terms.patent_protected, merit.well_protected, NO_MEASURE),
    )
    return Part(ruling=PATENT_MERIT.ruled(reasons, terms.term))


def patent_entry(entry: PatentEntry, on: date, terms: Terms) -> Part:
    """Whether a patent may enter, as far as facts go; what experts find is another question.

    Source  第十二条, 第十三条
    """
    notices = []
    if entry.earlier_awards:
        notices.append(Notice(words=OWN_OTHERS, clause=terms.patent_not_awarded))
    if on > entry.closing_on:
        notices.append(Notice(words=CLOSED, clause=terms.call))
    day_after = entry.closing_on + timedelta(days=1)
    ruled = PATENT_ENTRY.ruled_on(on, terms.term, lambda day: _patent_reasons(entry, day, terms), [day_after])
    return Part(ruling=ruled, notices=tuple(notices))


def _patent_reasons(entry: PatentEntry, on: date, terms: Terms) -> Iterable[Judged]:
    yield judge(terms.patentee_in_city, entry.tie.value in terms.patentee_in_city.listed)
    yield judge(terms.applicant_is_patentee, entry.applicant_is_patentee)
    if entry.patentee_count > 1:
        yield judge(terms.one_applicant, entry.applicant_count)
        yield judge(terms.all_consent, entry.all_consent)
    had = {award.value for award in entry.earlier_awards}
    yield judge(terms.patent_not_awarded, not had.isdisjoint(terms.patent_not_awarded.listed))
    yield judge(terms.patent_valid, entry.right_valid)
    yield _dispute(entry.dispute, terms.no_dispute)
    yield _entries(entry, terms.entries_of_patentee)
    yield _granted(entry, on, terms.granted_by_closing)
    yield judge(terms.patent_kinds, entry.kind.value in terms.patent_kinds.listed)
    yield judge(terms.product_filed, entry.product_filed)


def _dispute(dispute: Dispute | None, clause: Clause) -> Judged:
    match dispute:
        case Dispute.NONE:
            return judge(clause, True)
        case Dispute.PENDING:
            return judge(clause, False, because=PENDING)
    return judge(clause, None, because=DISPUTE_ENDED if dispute is Dispute.ENDED else None)


def _entries(entry: PatentEntry, clause: Clause) -> Judged:
    """With several owners too many entries are sure only where the same group of owners has too many."""
    group = entry.same_group_count
    if entry.patentee_count == 1 or clause.met_by(entry.entry_count) or (group and not clause.met_by(group)):
        return judge(clause, entry.entry_count)
    return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=entry.entry_count, because=CO_OWNERS)


def _granted(entry: PatentEntry, on: date, clause: Clause) -> Judged:
    needed = Words(f"不晚于 {entry.closing_on}", f"by {entry.closing_on}, that day included")
    if entry.granted_on is None:
        verdict = Verdict.NO if on > entry.closing_on else Verdict.CANNOT_TELL
        return Judged(clause=clause, verdict=verdict, found=NOT_GRANTED, needed=needed)
    in_time = entry.granted_on <= entry.closing_on
    return Judged(clause=clause, verdict=Verdict.YES if in_time else Verdict.NO, found=entry.granted_on, needed=needed)


def recommendation(given: Recommendation, terms: Terms) -> Part:
    """Whether a recommendation holds: who recommends what, in what number, checked and published by whom.

    Source  第十六条, 第十七条
    """
    notices = () if given.place_limit is not None else (Notice(words=PLACES_OPEN, clause=terms.places),)
    return Part(ruling=RECOMMENDATION.ruled(_recommending(given, terms), terms.term), notices=notices)


def _recommending(given: Recommendation, terms: Terms) -> Iterable[Judged]:
    barred = given.academicians is not None and given.candidate is Candidate.UNIT
    yield judge(terms.recommenders, not barred, because=UNITS_NOT_BY_ACADEMICIANS if barred else None)
    if given.academicians is not None:
        yield from _joint(given.academicians, terms)
    if given.place_limit is not None:
        yield Judged(
            clause=terms.places,
            verdict=Verdict.YES if given.recommended_count <= given.place_limit else Verdict.NO,
            found=given.recommended_count,
            needed=Words(f"不超过 {given.place_limit} 个名额", f"at most {given.place_limit} place(s)"),
        )
    yield judge(terms.recommender_checks, given.checked)
    yield _published(given, terms)


def _joint(academicians: Academicians, terms: Terms) -> Iterable[Judged]:
    pair = terms.academicians_joint.met_by(academicians.count)
    yield Judged(
        clause=terms.academicians_joint,
        verdict=Verdict.YES if pair else Verdict.CANNOT_TELL,
        found=academicians.count,
        because=None if pair else NOT_A_PAIR,
    )
    in_field = academicians.same_field and academicians.patent_in_field
    if pair:
        yield judge(terms.academicians_field, in_field)
        yield judge(terms.academicians_patent, academicians.patent_count)
    else:
        yield stated(terms.academicians_field, in_field or None, NO_PAIR_NO_FIELD)
    once = judge(terms.academician_once, academicians.times_this_round)
    yield once
    if academicians.earlier_rounds and once.verdict is Verdict.YES:
        yield Judged(
            clause=terms.academician_once, verdict=Verdict.CANNOT_TELL, found=IN_EARLIER_ROUND, because=EARLIER_ROUNDS
        )


def _published(given: Recommendation, terms: Terms) -> Judged:
    by_applicants_district = given.published_by is Publisher.APPLICANT_DISTRICT
    if given.recommender is Recommender.ACADEMICIANS:
        return judge(terms.district_publishes, by_applicants_district)
    if given.recommender is Recommender.DISTRICT and by_applicants_district:
        return judge(terms.recommender_publishes, None, because=BY_A_DISTRICT)
    return judge(terms.recommender_publishes, given.published_by is Publisher.RECOMMENDER)
