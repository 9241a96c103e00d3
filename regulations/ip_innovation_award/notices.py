"""The notices in working days, and the decision on an objection that three sides are told in calendar days."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from regulations.ip_innovation_award.inputs import InternalNotice, Objection, Options, PublicNotice
from regulations.ip_innovation_award.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Figure, Judged, Notice, judge
from tariffs.judging.clauses import Clause, Unit
from tariffs.judging.parts import Part, Question
from tariffs.judging.periods import days_after, period_end, shift_reading, working_days_after, working_days_between
from tariffs.judging.working_days import WorkingDays
from tariffs.vocabulary.errors import Words

INTERNAL_NOTICE: Final = Question(
    key="internal_notice",
    words=Words("内部公示是否足期并在申报前", "is the internal notice long enough, and before the entry?"),
)
PUBLIC_NOTICE: Final = Question(
    key="public_notice", words=Words("获奖公示是否足期", "is the public notice long enough?")
)
OBJECTION: Final = Question(
    key="objection",
    words=Words("处理决定是否按时（或尚来得及）告知", "was the decision told in time, or may it still be?"),
)
SAME_DAY: Final = Words(
    "申报与公示末日同日，孰先不明", "entered on the notice's last day: which came first is not known"
)
STILL_RUNNING: Final = Words("公示仍在进行", "the notice is still running")
NOT_BEGUN: Final = Words("公示尚未开始", "the notice has not begun")
PLANNED: Final = Words("公示末日未到，按计划日计", "the notice's last day is to come: counted as planned")
ENTRY_TO_COME: Final = Words("公示和申报均未完成", "neither the notice is over nor the entry made")
NOT_TOLD: Final = Words("尚未告知", "not told yet")
OUTSIDE: Final = Words(
    "公示期外收到的异议，条文未说如何处理", "the text says nothing of objections from outside the notice"
)
SIDES: Final = (
    ("objector_told_on", Words("异议方", "the objector")),
    ("applicant_told_on", Words("申报方", "the applicant")),
    ("recommender_told_on", Words("推荐方", "the recommender")),
)
INTERNAL_FULL: Final = Words("内部公示最早满期之日", "first day on which the internal notice is long enough")
PUBLIC_FULL: Final = Words("获奖公示最早满期之日", "first day on which the public notice is long enough")


def internal_notice(given: InternalNotice, on: date, terms: Terms) -> Part:
    """Whether the notice inside the unit ran long enough, and before the application.

    Source  第十五条
    """
    full = working_days_after(given.started_on, terms.internal_notice.count, terms.working_days)

    def reasons_on(day: date) -> Iterable[Judged]:
        yield _length(given.started_on, given.until_on, day, terms.internal_notice, terms.working_days)
        if given.applied_on is not None:
            yield _before_entry(given.until_on, given.applied_on, day, terms.notice_before_entry)

    candidates = [full] if given.applied_on is None else [full, given.applied_on]
    ruled = INTERNAL_NOTICE.ruled_on(on, terms.term, reasons_on, candidates)
    return Part(ruling=ruled, deadlines=(_full(terms.internal_notice, given.started_on, full, INTERNAL_FULL),))


def public_notice(given: PublicNotice, on: date, terms: Terms) -> Part:
    """Whether the notice of those to be awarded ran long enough.

    Source  第二十一条
    """
    clause = terms.public_notice
    full = working_days_after(given.started_on, clause.count, terms.working_days)

    def reasons_on(day: date) -> Iterable[Judged]:
        yield _length(given.started_on, given.until_on, day, clause, terms.working_days)

    ruled = PUBLIC_NOTICE.ruled_on(on, terms.term, reasons_on, [full])
    return Part(ruling=ruled, deadlines=(_full(clause, given.started_on, full, PUBLIC_FULL),))


def _length(started_on: date, until_on: date | None, on: date, clause: Clause, working_days: WorkingDays) -> Judged:
    """The working days of the notice after its first day; one that runs counts up to the day judged."""
    days = working_days_between(started_on, until_on or on, working_days)
    if until_on is None:
        return judge(clause, days, because=NOT_BEGUN if on < started_on else STILL_RUNNING)
    return judge(clause, days, because=PLANNED if on < until_on else None)


def _before_entry(until_on: date | None, applied_on: date, on: date, clause: Clause) -> Judged:
    if until_on is None:
        verdict, because = (Verdict.NO, None) if applied_on <= on else (Verdict.CANNOT_TELL, ENTRY_TO_COME)
        return Judged(clause=clause, verdict=verdict, found=STILL_RUNNING, because=because)
    needed = Words(f"{until_on} 之后申报", f"entered after {until_on}")
    if applied_on == until_on:
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=applied_on, needed=needed, because=SAME_DAY)
    verdict = Verdict.YES if applied_on > until_on else Verdict.NO
    return Judged(clause=clause, verdict=verdict, found=applied_on, needed=needed)


def _full(clause: Clause, started_on: date, full: date, name: Words) -> Deadline:
    return Deadline(
        id=clause.id,
        name=name,
        at=full,
        clause=clause,
        how=Words(
            f"{started_on} 起 {clause.count} 个工作日，首日不计",
            f"{clause.count} working days from {started_on}, that day not counted",
        ),
    )


def objection(given: Objection, options: Options, on: date, terms: Terms) -> Part:
    """Whether the objector, the applicant and the recommender were told the decision in time.

    Source  第二十一条
    """
    clause = terms.decision_told_within
    last, moved = period_end(days_after(given.decided_on, clause.count), terms.working_days, options.shift_end)
    told = [(words, getattr(given, name)) for name, words in SIDES]
    how_zh, how_en = (f"；{moved.zh}", f"; {moved.en}") if moved.zh else ("", "")
    deadline = Deadline(
        id=clause.id,
        name=Words("最迟告知日", "last day to tell the decision"),
        at=last,
        clause=clause,
        how=Words(
            f"{given.decided_on} 起 {clause.count} 日{how_zh}", f"{clause.count} days from {given.decided_on}{how_en}"
        ),
    )
    return Part(
        ruling=OBJECTION.ruled_on(
            on,
            terms.term,
            lambda day: (_told(side, told_on, day, last, clause) for side, told_on in told),
            [last + timedelta(days=1)],
        ),
        figures=tuple(_late(side, day or on, last, clause) for side, day in told if (day or on) > last),
        deadlines=(deadline,),
        notices=() if given.in_public_notice else (Notice(words=OUTSIDE, clause=terms.objection_in_notice),),
        readings=(shift_reading(options.shift_end, clause),),
    )


def _told(side: Words, told_on: date | None, on: date, last: date, clause: Clause) -> Judged:
    found = Words(f"{side.zh}：{told_on or NOT_TOLD.zh}", f"{side.en}: {told_on or NOT_TOLD.en}")
    return Judged(
        clause=clause,
        verdict=Verdict.YES if (told_on or on) <= last else Verdict.NO,
        found=found,
        needed=Words(f"不晚于 {last}", f"by {last}"),
    )


def _late(side: Words, told_on: date, last: date, clause: Clause) -> Figure:
    return Figure(
        id=f"{clause.id}_late",
        name=Words(f"{side.zh}迟到日数", f"days late: {side.en}"),
        quantity=(told_on - last).days,
        unit=Unit.DAY,
        clause=clause,
        how=Words(f"{told_on} 减 {last}", f"{told_on} less {last}"),
    )
