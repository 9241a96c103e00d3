"""Whether a recommendation holds: who recommends what, in what number, checked and published by whom."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from regulations.ip_innovation_award.answered import Answered, Question
from regulations.ip_innovation_award.candidates import Academicians, Recommendation
from regulations.ip_innovation_award.choices import Candidate, Publisher, Recommender
from regulations.ip_innovation_award.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, Notice, judge
from tariffs.vocabulary.errors import Words

RECOMMENDATION: Final = Question(key="recommendation", words=Words("推荐是否符合规定", "does the recommendation hold?"))
UNITS_NOT_BY_ACADEMICIANS: Final = Words("院士只推荐专利项目", "academicians recommend patents only")
NOT_A_PAIR: Final = Words(
    "条文只明确 2 名院士联名；其他人数未写明", "the text speaks of 2 together; another number it leaves open"
)
ALONE: Final = Words("非联名推荐，未明确专业领域要求", "no joint recommendation: the text asks for no field outright")
EARLIER_ROUNDS: Final = Words(
    "往届已推荐过：“限推荐一次”是每届还是终身，条文未说",
    "recommended in an earlier round: the text does not say whether once is each round or for ever",
)
IN_EARLIER_ROUND: Final = Words("往届推荐过", "in an earlier round")
PLACES_OPEN: Final = Words("申报通知可明确推荐名额，请核对", "the call may fix places: look it up")


def recommendation(given: Recommendation, on: date, terms: Terms) -> Answered:
    """Whether a recommendation holds.

    Source  第十六条, 第十七条
    """
    reasons = tuple(_reasons(given, terms))
    notices = () if given.place_limit is not None else (Notice(words=PLACES_OPEN, clause=terms.places),)
    return Answered(ruling=RECOMMENDATION.ruled(lambda _: reasons, on, terms.term), notices=notices)


def _reasons(given: Recommendation, terms: Terms) -> Iterable[Judged]:
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
    if given.recommender is Recommender.ACADEMICIANS:
        yield judge(terms.district_publishes, given.published_by is Publisher.APPLICANT_DISTRICT)
    else:
        yield judge(terms.recommender_publishes, given.published_by is Publisher.RECOMMENDER)


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
        yield judge(terms.academicians_field, in_field or None, because=None if in_field else ALONE)
    once = judge(terms.academician_once, academicians.times_this_round)
    yield once
    if academicians.earlier_rounds and once.verdict is Verdict.YES:
        yield Judged(
            clause=terms.academician_once, verdict=Verdict.CANNOT_TELL, found=IN_EARLIER_ROUND, because=EARLIER_ROUNDS
        )
