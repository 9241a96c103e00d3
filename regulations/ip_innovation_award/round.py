"""A round: how many awards of each class, which stages a candidate has to pass, and when the next round is due."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from regulations.ip_innovation_award.candidates import UNIT_AWARDS, Award
from regulations.ip_innovation_award.inputs import NextRound, Quota, Review, Screening
from regulations.ip_innovation_award.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Figure, Judged, Notice, judge
from tariffs.judging.clauses import Clause, Unit
from tariffs.judging.parts import Part, Question, stated
from tariffs.vocabulary.errors import Words

QUOTA: Final = Question(key="quota", words=Words("各奖项数量是否在限额内", "do the awards keep to their numbers?"))
REVIEW: Final = Question(
    key="review", words=Words("是否通过须经的评审环节", "has the candidate passed the stages that it must pass?")
)
NEXT_ROUND: Final = Question(key="next_round", words=Words("本年度是否评审年度", "is this year a year of review?"))
GIVEN: Final = Words("拟授奖总数", "awards to be given")
CAP: Final = Words("最多，不是应得数", "at most, not an entitlement")
RISK_FOUND: Final = Words("有无效风险：结果如何引用由专家组合议", "a risk was found: the panel decides what follows")
NO_RESULT: Final = Words("尚无结果", "no result yet")
SKIPPED: Final = Words("该奖项不经此环节", "this award does not pass this stage")
MISSED: Final = Words(
    "上届后已过应评年度：条文未说以后从何年起算", "a round was missed: the text does not say how years count on"
)


def quota(given: Quota, terms: Terms) -> Part:
    """Whether the awards to be given keep to their numbers, and what is left of each class.

    Source  第三条
    """
    counts = (
        (terms.quota_creation, given.creation),
        (terms.quota_protection, given.protection),
        (terms.quota_use, given.use),
        (terms.quota_patent_first, given.patent_first),
        (terms.quota_patent_second, given.patent_second),
        (terms.quota_patent_third, given.patent_third),
    )
    units, patents = given.creation + given.protection + given.use, sum(count for _, count in counts[3:])
    sums = ((terms.quota_units, units), (terms.quota_patents, patents), (terms.quota_total, units + patents))
    figures = [_left(clause, count) for clause, count in (*counts, *sums) if clause.count >= count]
    figures.append(
        Figure(
            id="awards_given",
            name=GIVEN,
            quantity=units + patents,
            unit=Unit.PLACE,
            clause=terms.quota_total,
            how=Words(f"单位 {units} + 专利 {patents}", f"units {units} + patents {patents}"),
        )
    )
    return Part(
        ruling=QUOTA.ruled((judge(clause, count) for clause, count in (*counts, *sums)), terms.term),
        figures=tuple(figures),
        notices=(Notice(words=CAP, clause=terms.quota_total),),
    )


def _left(clause: Clause, count: int) -> Figure:
    return Figure(
        id=f"{clause.id}_left",
        name=Words(f"剩余名额：{clause.name.zh}", f"places left: {clause.name.en}"),
        quantity=clause.count - count,
        unit=Unit.PLACE,
        clause=clause,
        how=Words(f"{clause.count} − {count}", f"{clause.count} − {count}"),
    )


def review(given: Review, terms: Terms) -> Part:
    """Whether a candidate has passed every stage that its award asks for.

    Source  第十八条, 第十九条
    """
    notices = []
    if not _screened(given.award) and given.screening is not None:
        notices.append(Notice(words=SKIPPED, clause=terms.screening))
    if not _defended(given.award) and given.second_round is not None:
        notices.append(Notice(words=SKIPPED, clause=terms.second_round))
    return Part(ruling=REVIEW.ruled(_stages(given, terms), terms.term), notices=tuple(notices))


def _screened(award: Award) -> bool:
    return award not in UNIT_AWARDS


def _defended(award: Award) -> bool:
    return award in UNIT_AWARDS or award is Award.PATENT_FIRST


def _stages(given: Review, terms: Terms) -> Iterable[Judged]:
    yield stated(terms.formal_check, given.formal_check, NO_RESULT)
    yield stated(terms.first_round, given.first_round, NO_RESULT)
    if _screened(given.award):
        clear = True if given.screening is Screening.CLEAR else None
        yield stated(terms.screening, clear, RISK_FOUND if given.screening is Screening.RISK_FOUND else NO_RESULT)
    if _defended(given.award):
        yield stated(terms.second_round, given.second_round, NO_RESULT)


def next_round(given: NextRound, on: date, terms: Terms) -> Part:
    """Whether the year judged is a year of review, and the year of the next round.

    Source  第三条
    """
    every, last = terms.every_years.count, given.last_round_year
    turns = [date(on.year + step, 1, 1) for step in range(1, every + 1)]
    deadline = Deadline(
        id="every_years",
        name=Words("上届之后的评审年度自此日起", "the year of the round after the last begins"),
        at=date(last + every, 1, 1),
        clause=terms.every_years,
        how=Words(f"{last} + {every} 年", f"{last} + {every} years"),
    )
    ruled = NEXT_ROUND.ruled_on(on, terms.term, lambda day: [_due(day.year - last, terms.every_years)], turns)
    return Part(ruling=ruled, deadlines=(deadline,))


def _due(years_since: int, every: Clause) -> Judged:
    """Yes in the year of the last round and in that of the next; after that cannot tell."""
    needed = Words(f"上届当年或其后第 {every.count} 年", f"the year of the last round, or {every.count} years after it")
    verdict = Verdict.YES if years_since in (0, every.count) else Verdict.NO
    if years_since > every.count:
        return Judged(clause=every, verdict=Verdict.CANNOT_TELL, found=years_since, needed=needed, because=MISSED)
    return Judged(clause=every, verdict=verdict, found=years_since, needed=needed)
