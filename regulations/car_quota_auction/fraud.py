"""What false papers bring about: disqualified, quota taken back, registration revoked, no acceptance for years."""

from collections.abc import Iterator
from datetime import date

from regulations.car_quota_auction.ends import deadline, end_of
from regulations.car_quota_auction.inputs import Options
from regulations.car_quota_auction.quotas import Fraud
from regulations.car_quota_auction.readings import shift_reading
from regulations.car_quota_auction.terms import Terms
from regulations.car_quota_auction.waiting import last_day_of
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, Notice, judge
from tariffs.judging.parts import Part, Question
from tariffs.vocabulary.errors import Words

SAFE = Question(
    key="fraud",
    words=Words(
        "申请与额度是否不受虚假材料后果影响",
        "are the application and the quota clear of the consequences of false papers?",
    ),
)
CONDITIONS_UNKNOWN = Words("是否符合条件未给出", "whether the conditions are met is not given")
QUALIFIES = Words(
    "提供虚假材料但本人符合条件，条文的逗号两读",
    "false papers of an applicant who qualifies: the comma can be read both ways",
)
HONEST_BUT_UNFIT = Words(
    "材料属实但不符合条件的，依申请条件不予参加",
    "true papers of an applicant who does not qualify: the conditions themselves refuse it",
)
DISQUALIFIED = Words("取消参加拍卖资格", "disqualified from the auction")
TAKEN_BACK = Words("收回已取得的额度", "the quota obtained is taken back")
REVOKED = Words(
    "收缴登记证书、号牌、行驶证，撤销机动车登记", "certificate, plates and licence collected, registration revoked"
)
CREDIT = Words("信息归集至市公共信用信息服务平台", "recorded on the city's credit platform")


def fraud_part(fraud: Fraud, _on: date, terms: Terms, options: Options) -> Part:
    """Whether an application is clear of the consequences of false papers, and what they are where it is not."""
    judged = _judged(fraud, terms)
    found = SAFE.ruled([judged], terms.term)
    if judged.verdict is Verdict.YES:
        unfit = fraud.conditions_met is False
        notices = (Notice(words=HONEST_BUT_UNFIT, clause=terms.false_papers_read_together),) if unfit else ()
        return Part(ruling=found, notices=notices)
    clause = terms.wait_after_false_papers
    end = end_of(fraud.found_on, clause, terms, options.shift_end)
    return Part(
        ruling=found,
        deadlines=(deadline(end, clause, last_day_of(clause)),),
        notices=tuple(_consequences(fraud, terms)),
        readings=(shift_reading(options, clause),),
    )


def _judged(fraud: Fraud, terms: Terms) -> Judged:
    if not fraud.false_papers or fraud.conditions_met is False:
        return judge(terms.false_papers, fraud.false_papers)
    because = CONDITIONS_UNKNOWN if fraud.conditions_met is None else QUALIFIES
    return Judged(clause=terms.false_papers, verdict=Verdict.CANNOT_TELL, found=True, because=because)


def _consequences(fraud: Fraud, terms: Terms) -> Iterator[Notice]:
    yield Notice(words=DISQUALIFIED, clause=terms.false_papers)
    if fraud.quota_obtained:
        yield Notice(words=TAKEN_BACK, clause=terms.false_papers)
    if fraud.car_registered:
        yield Notice(words=REVOKED, clause=terms.false_papers)
    yield Notice(words=CREDIT, clause=terms.wait_after_false_papers)
    if fraud.conditions_met is not False:
        yield Notice(words=QUALIFIES, clause=terms.false_papers_read_together)
