"""The quality of service from records of cases: sent back, minutes, done in time, first response, solved by the bot."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from regulations.ai_government_services.inputs import CaseRecord, Options, ReturnRateOf, Scope, ServiceQuality
from regulations.ai_government_services.terms import Terms, Told
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, Notice, Reading, first_change, judge, ruling
from tariffs.judging.boundaries import Boundary
from tariffs.judging.clauses import Clause, Unit
from tariffs.vocabulary.errors import Words

STEP: Final = Decimal("0.000001")


def of_quality(asked: ServiceQuality, on: date, options: Options, terms: Terms) -> Told:
    """Whether the records meet what binds, with each rate; the mean minutes are soft."""
    kept = [each for each in asked.cases if options.scope is Scope.ALL_ITEMS or each.frequent_item]
    filed = [each for each in kept if each.filed]

    def reasons_on(day: date) -> tuple[Judged, ...]:
        return (
            _judged(terms.return_rate, _return_rate(filed, options, terms)),
            _judged(terms.application_minutes, _mean_minutes(filed)),
            _judged(terms.on_time, _share([_in_time(each) for each in _due(filed, day)])),
            _judged(terms.first_response, _slowest(asked.cases)),
            _judged(terms.bot_solves, _share([each.bot_solved for each in asked.cases if each.bot_solved is not None])),
        )

    def verdict_on(day: date) -> Verdict:
        return ruling("service_quality", _WORDS, reasons_on(day)).verdict

    falls_due = [each.promised_on + timedelta(days=1) for each in filed if each.promised_on and not each.done_on]
    reasons = reasons_on(on)
    return Told(
        ruling=ruling(
            "service_quality", _WORDS, reasons, changes_on=first_change(verdict_on, on, falls_due, terms.term)
        ),
        figures=(*_rates(reasons), *_counts(filed, asked.cases, on, terms)),
        notices=(
            Notice(words=_LABEL, clause=terms.label_799),
            Notice(words=_HOTLINE, clause=terms.hotline),
            Notice(words=_VERSION, clause=terms.smart_version),
        ),
        readings=_readings(options, terms),
    )


def _judged(clause: Clause, found: Decimal | None) -> Judged:
    return judge(clause, found, because=_NO_RECORD if found is None else None)


def _twice(filed: Sequence[CaseRecord], terms: Terms) -> int:
    return sum(terms.sent_back_times.met_by(each.times_sent_back) for each in filed)


def _return_rate(filed: Sequence[CaseRecord], options: Options, terms: Terms) -> Decimal | None:
    if not filed:
        return None
    base = filed
    if options.return_rate_of is ReturnRateOf.CASES_SENT_BACK:
        base = [each for each in filed if each.times_sent_back > 0]
    # where no case was sent back, none was sent back again
    return _towards(terms.return_rate, Decimal(_twice(filed, terms)), len(base) or 1)


def _mean_minutes(filed: Sequence[CaseRecord]) -> Decimal | None:
    minutes = [each.application_minutes for each in filed if each.application_minutes is not None]
    return _cut(sum(minutes, Decimal(0)), len(minutes), ROUND_CEILING) if minutes else None


def _due(filed: Sequence[CaseRecord], on: date) -> list[CaseRecord]:
    """The cases whose promised day counts already: those done, and those whose day has passed."""
    return [each for each in filed if each.promised_on is not None and (each.done_on or each.promised_on < on)]


def _in_time(case: CaseRecord) -> bool:
    return case.done_on is not None and case.promised_on is not None and case.done_on <= case.promised_on


def _slowest(cases: Sequence[CaseRecord]) -> Decimal | None:
    return max((each.first_response_seconds for each in cases if each.first_response_seconds is not None), default=None)


def _share(holds: Sequence[bool]) -> Decimal | None:
    return _cut(Decimal(sum(holds)), len(holds), ROUND_FLOOR) if holds else None


def _towards(clause: Clause, part: Decimal, whole: int) -> Decimal:
    """The share cut on the side on which it lies on the same side of the clause's mark as the exact one."""
    up = clause.boundary in (Boundary.AT_MOST, Boundary.ABOVE)
    return _cut(part, whole, ROUND_CEILING if up else ROUND_FLOOR)


def _cut(part: Decimal, whole: int, rounding: str) -> Decimal:
    return (part / whole).quantize(STEP, rounding)


def _rates(reasons: Iterable[Judged]) -> Iterable[Figure]:
    for judged in reasons:
        clause = judged.clause
        if isinstance(judged.found, Decimal):
            yield Figure(
                id=clause.id,
                name=clause.name,
                quantity=judged.found,
                unit=clause.unit or Unit.NUMBER,
                clause=clause,
                how=_HOW[clause.soft],
            )


def _counts(filed: Sequence[CaseRecord], cases: Sequence[CaseRecord], on: date, terms: Terms) -> Iterable[Figure]:
    due = _due(filed, on)
    late = sum(not _in_time(each) for each in due)
    answered = [each.first_response_seconds for each in cases if each.first_response_seconds is not None]
    slow = sum(not terms.first_response.met_by(seconds) for seconds in answered)
    frequent = sum(each.frequent_item for each in cases)
    yield _count("frequent_cases", _FREQUENT, frequent, terms.frequent_items, len(cases))
    yield _count("sent_back_twice", _SENT_BACK, _twice(filed, terms), terms.sent_back_times, len(filed))
    yield _count("cases_late", _LATE, late, terms.on_time, len(due))
    yield _count("first_responses_late", _SLOW, slow, terms.first_response, len(answered))


def _count(id_: str, name: Words, count: int, clause: Clause, of: int) -> Figure:
    how = Words(f"{of} 件中", f"of {of} case(s)")
    return Figure(id=id_, name=name, quantity=count, unit=Unit.ITEM, clause=clause, how=how)


def _readings(options: Options, terms: Terms) -> tuple[Reading, ...]:
    rate, scope = options.return_rate_of, options.scope
    return (
        Reading(option="scope", choice=scope.value, words=_CHOICES[scope], clause=terms.frequent_items),
        Reading(option="return_rate_of", choice=rate.value, words=_CHOICES[rate], clause=terms.return_rate),
    )


_WORDS: Final = Words("服务质量是否达到各项有约束力的要求", "does the service meet all that binds?")
_NO_RECORD: Final = Words("没有相应办件记录", "there is no record of such a case")
_HOW: Final = {
    False: Words("按办件记录，须达到", "from the records; it binds"),
    True: Words("按办件记录，原则上", "from the records; in principle only"),
}
_LABEL: Final = Words(
    "“799”效能的含义条文未说明，不予评判", "what the label 799 means is not explained, so it is not judged"
)
_HOTLINE: Final = Words("差评与 12345 热线诉求联动", "ratings are joined with the complaints of the hotline 12345")
_VERSION: Final = Words("目标为“智慧好办”4.0 版", "the aim is version 4.0 of 智慧好办")
_SENT_BACK: Final = Words("退回二次及以上的办件", "cases sent back two or more times")
_FREQUENT: Final = Words("属高频事项的办件", "cases of the frequent items")
_LATE: Final = Words("超过承诺时限的办件", "cases past their promised day")
_SLOW: Final = Words("首次响应超时的办件", "cases whose first response came late")
_CHOICES: Final = {
    Scope.ALL_ITEMS: Words(
        "退回率、申请时长、按时办结率按全部事项计", "rate sent back, minutes and done in time are of all items"
    ),
    Scope.FREQUENT_ITEMS: Words(
        "退回率、申请时长、按时办结率只计高频事项", "rate sent back, minutes and done in time are of the frequent items"
    ),
    ReturnRateOf.CASES_FILED: Words("退回率以收件办件数为分母", "the rate sent back is one of the cases filed"),
    ReturnRateOf.CASES_SENT_BACK: Words(
        "退回率以曾被退回的办件数为分母", "the rate sent back is one of the cases sent back at all"
    ),
}
