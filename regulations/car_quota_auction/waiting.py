"""The times without applying: after entrusting a quota, after giving one in the family, after false papers; and false papers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from regulations.car_quota_auction.bidders import Waits
from regulations.car_quota_auction.inputs import Options, WaitingFrom
from regulations.car_quota_auction.quotas import Fraud
from regulations.car_quota_auction.terms import End, Terms, deadline, end_of, shift_reading
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Judged, Notice, Reading, judge
from tariffs.judging.clauses import Clause
from tariffs.judging.parts import Part, Question, chosen
from tariffs.vocabulary.errors import Words

WAITING: Final = Question(key="waiting", words=Words("各项等待期是否均已届满", "are all times without applying over?"))
LATEST: Final = Words("各项等待期中最晚的一日", "the latest end of all")
NO_DEAL: Final = Words("按成交起算而当日尚未成交", "it runs from the deal, and on the day there was none yet")
WAITING_FROM: Final = {
    WaitingFrom.ENTRUSTING: Words("等待期自委托之日起算", "the waiting time runs from the entrusting"),
    WaitingFrom.DEAL: Words("等待期自成交之日起算", "the waiting time runs from the deal"),
}
FROM_FINDING: Final = Words(
    "条文未写明不再受理自何日起算，此处自查明之日起",
    "the text does not say from when applications are refused; here from the day that it was found out",
)
FRAUD: Final = Question(
    key="fraud",
    words=Words(
        "申请与额度是否不受虚假材料后果影响",
        "are the application and the quota clear of the consequences of false papers?",
    ),
)
CONDITIONS_UNKNOWN: Final = Words("是否符合条件未给出", "whether the conditions are met is not given")
QUALIFIES: Final = Words(
    "提供虚假材料但本人符合条件，条文的逗号两读",
    "false papers of an applicant who qualifies: the comma can be read both ways",
)
HONEST_BUT_UNFIT: Final = Words(
    "材料属实但不符合条件的，依申请条件不予参加",
    "true papers of an applicant who does not qualify: the conditions themselves refuse it",
)
DISQUALIFIED: Final = Words("取消参加拍卖资格", "disqualified from the auction")
TAKEN_BACK: Final = Words("收回已取得的额度", "the quota obtained is taken back")
REVOKED: Final = Words(
    "收缴登记证书、号牌、行驶证，撤销机动车登记", "certificate, plates and licence collected, registration revoked"
)
CREDIT: Final = Words("信息归集至市公共信用信息服务平台", "recorded on the city's credit platform")
IF_SO: Final = Words("以下后果仅在认定成立时发生", "what follows holds only if it is so found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """A time without applying: what brought it about, where it starts, and its end; neither where it has not started."""

    clause: Clause
    brought_on: date
    start_on: date | None
    end: End | None


def bans_of(waits: Waits | None, terms: Terms, options: Options) -> list[Ban]:
    """The times without applying that were brought about."""
    if waits is None:
        return []
    from_deal = options.waiting_from is WaitingFrom.DEAL
    entrusting_counts_from = waits.deal_on if from_deal else waits.entrusted_on
    starts = (
        (terms.wait_after_entrusting, waits.entrusted_on, entrusting_counts_from),
        (terms.wait_after_family_transfer, waits.gave_in_family_on, waits.gave_in_family_on),
        (terms.wait_after_false_papers, waits.false_papers_on, waits.false_papers_on),
    )
    return [
        Ban(
            clause=clause,
            brought_on=brought_on,
            start_on=start_on,
            end=None if start_on is None else end_of(start_on, clause, terms, options.shift_end),
        )
        for clause, brought_on, start_on in starts
        if brought_on is not None
    ]


def ban_reasons(bans: Sequence[Ban], day: date) -> Iterator[Judged]:
    """Each time without applying that had been brought about by a day, judged on it."""
    for ban in bans:
        if ban.brought_on > day:
            continue
        if ban.end is None or (ban.start_on is not None and ban.start_on > day):
            yield Judged(clause=ban.clause, verdict=Verdict.CANNOT_TELL, found=ban.brought_on, because=NO_DEAL)
            continue
        over = ban.end.over_on(day)
        yield Judged(clause=ban.clause, verdict=over, found=ban.brought_on, needed=ban.end.afterwards)


def ban_deadlines(bans: Sequence[Ban]) -> tuple[Deadline, ...]:
    """The last day of each time without applying, and the latest of them."""
    ends = [(ban.end, ban.clause) for ban in bans if ban.end is not None]
    if not ends:
        return ()
    last, clause = max(ends, key=lambda each: each[0].last_on)
    latest = deadline(last, clause, LATEST, named="latest_wait")
    return (*(last_day(end, clause) for end, clause in ends), latest)


def last_day(end: End, clause: Clause) -> Deadline:
    """The last day of a time without applying."""
    return deadline(end, clause, Words(f"{clause.name.zh}的最后一日", f"{clause.name.en}: last day"))


def ban_days(bans: Sequence[Ban]) -> list[date]:
    """The first day after each time without applying."""
    return [ban.end.over_from_on for ban in bans if ban.end is not None]


def ban_notices(bans: Sequence[Ban], terms: Terms) -> tuple[Notice, ...]:
    """That the start of the time after false papers is our reading, where there is one."""
    clause = terms.wait_after_false_papers
    return tuple(Notice(words=FROM_FINDING, clause=clause) for ban in bans if ban.clause is clause)


def ban_readings(bans: Sequence[Ban], terms: Terms, options: Options) -> tuple[Reading, ...]:
    """Where the time after entrusting starts and whether ends move, where that bears on the case."""
    if not bans:
        return ()
    clause = bans[0].clause
    shift = shift_reading(options.shift_end, clause)
    if clause is not terms.wait_after_entrusting:
        return (shift,)
    return chosen("waiting_from", options.waiting_from, WAITING_FROM, clause), shift


def waiting_part(waits: Waits, on: date, terms: Terms, options: Options) -> Part:
    """Whether every time without applying is over."""
    bans = bans_of(waits, terms, options)
    return Part(
        ruling=WAITING.ruled_on(on, terms.term, lambda day: ban_reasons(bans, day), ban_days(bans)),
        deadlines=ban_deadlines(bans),
        notices=ban_notices(bans, terms),
        readings=ban_readings(bans, terms, options),
    )


def fraud_part(fraud: Fraud, _on: date, terms: Terms, options: Options) -> Part:
    """Whether an application is clear of the consequences of false papers, and what they are where it is not."""
    judged = _honest(fraud, terms)
    found = FRAUD.ruled([judged], terms.term)
    if judged.verdict is Verdict.YES:
        unfit = fraud.conditions_met is False
        notices = (Notice(words=HONEST_BUT_UNFIT, clause=terms.false_papers_read_together),) if unfit else ()
        return Part(ruling=found, notices=notices)
    clause = terms.wait_after_false_papers
    return Part(
        ruling=found,
        deadlines=(last_day(end_of(fraud.found_on, clause, terms, options.shift_end), clause),),
        notices=tuple(_consequences(fraud, terms)),
        readings=(shift_reading(options.shift_end, clause),),
    )


def _honest(fraud: Fraud, terms: Terms) -> Judged:
    if not fraud.false_papers or fraud.conditions_met is False:
        return judge(terms.false_papers, fraud.false_papers)
    because = CONDITIONS_UNKNOWN if fraud.conditions_met is None else QUALIFIES
    return Judged(clause=terms.false_papers, verdict=Verdict.CANNOT_TELL, found=True, because=because)


def _consequences(fraud: Fraud, terms: Terms) -> Iterator[Notice]:
    if fraud.conditions_met is not False:
        yield Notice(words=QUALIFIES, clause=terms.false_papers_read_together)
        yield Notice(words=IF_SO, clause=terms.false_papers)
    yield Notice(words=DISQUALIFIED, clause=terms.false_papers)
    if fraud.quota_obtained:
        yield Notice(words=TAKEN_BACK, clause=terms.false_papers)
    if fraud.car_registered:
        yield Notice(words=REVOKED, clause=terms.false_papers)
    yield Notice(words=CREDIT, clause=terms.wait_after_false_papers)
    yield Notice(words=FROM_FINDING, clause=terms.wait_after_false_papers)
