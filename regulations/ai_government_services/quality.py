"""The quality of service from records of cases: sent back, minutes, done in time, first response, solved by the bot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

from regulations.ai_government_services.inputs import CaseRecord, Options, ReturnRateOf, Scope, ServiceQuality
from regulations.ai_government_services.terms import Terms
from tariffs.judging.assessment import Figure, Judged, Notice, Reading, judge
from tariffs.judging.clauses import Clause, Unit, amount_words
from tariffs.judging.parts import Part, Question, chosen
from tariffs.judging.shares import cut_towards
from tariffs.vocabulary.errors import Words

QUALITY: Final = Question(
    key="service_quality",
    words=Words("服务质量是否达到各项有约束力的要求", "does the service meet all that binds?"),
)
_NO_RECORD: Final = Words("没有相应办件记录", "there is no record of such a case")
_NONE_SENT_BACK: Final = Words("没有被退回的办件", "no case was sent back")
_SENT_BACK: Final = Words("退回二次及以上的办件", "cases sent back two or more times")
_FREQUENT: Final = Words("属高频事项的办件", "cases of the frequent items")
_LATE: Final = Words("超过承诺时限的办件", "cases past their promised day")
_SLOW: Final = Words("首次响应超时的办件", "cases whose first response came late")
_HOTLINE: Final = Words("“好差评”与热线诉求联动", "ratings are joined with the complaints of the hotline")
_CHOICES: Final = {
    Scope.ALL_ITEMS: Words(
        "退回率、申请时长、承诺时限办结率按全部事项计", "rate sent back, minutes and done in time are of all items"
    ),
    Scope.FREQUENT_ITEMS: Words(
        "退回率、申请时长、承诺时限办结率只计高频事项",
        "rate sent back, minutes and done in time are of the frequent items",
    ),
    ReturnRateOf.CASES_FILED: Words("退回率以收件办件数为分母", "the rate sent back is one of the cases filed"),
    ReturnRateOf.CASES_SENT_BACK: Words(
        "退回率以曾被退回的办件数为分母", "the rate sent back is one of the cases sent back at all"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A rate of the records held against its clause, and of how many cases it is."""

    judged: Judged
    how: Words


def quality_part(asked: ServiceQuality, on: date, options: Options, terms: Terms) -> Part:
    """Whether the records meet what binds, with each rate; the mean minutes are soft."""
    kept = [each for each in asked.cases if options.scope is Scope.ALL_ITEMS or each.frequent_item]
    filed = [each for each in kept if each.filed]

    def reasons_on(day: date) -> Iterable[Judged]:
        return (each.judged for each in _measured(filed, asked.cases, day, options, terms))

    falls_due = [each.promised_on + timedelta(days=1) for each in filed if each.promised_on and not each.done_on]
    return Part(
        ruling=QUALITY.ruled_on(on, terms.term, reasons_on, falls_due),
        figures=(*_rates(_measured(filed, asked.cases, on, options, terms)), *_counts(filed, asked.cases, on, terms)),
        notices=_beside(terms),
        readings=_readings(options, terms),
    )


def _measured(
    filed: Sequence[CaseRecord], cases: Sequence[CaseRecord], on: date, options: Options, terms: Terms
) -> tuple[Measured, ...]:
    bot = [each.bot_solved for each in cases if each.bot_solved is not None]
    return (
        _return_rate(filed, options, terms),
        _mean_minutes(filed, terms.application_minutes),
        _share(terms.on_time, [_in_time(each) for each in _due(filed, on)]),
        _slowest(cases, terms.first_response),
        _share(terms.bot_solves, bot),
    )


def _return_rate(filed: Sequence[CaseRecord], options: Options, terms: Terms) -> Measured:
    clause, base = terms.return_rate, filed
    if options.return_rate_of is ReturnRateOf.CASES_SENT_BACK:
        base = [each for each in filed if each.times_sent_back > 0]
    if filed and not base:
        return Measured(judged=judge(clause, Decimal(0)), how=_NONE_SENT_BACK)
    return _share(clause, [terms.sent_back_times.met_by(each.times_sent_back) for each in base])


def _mean_minutes(filed: Sequence[CaseRecord], clause: Clause) -> Measured:
    minutes = [each.application_minutes for each in filed if each.application_minutes is not None]
    if not minutes:
        return _no_record(clause)
    mean = cut_towards(clause, sum(map(Fraction, minutes), Fraction(0)) / len(minutes))
    count = _cases(len(minutes))
    how = Words(f"{count.zh}的平均", f"the mean of {count.en}")
    return Measured(judged=judge(clause, mean), how=how)


def _slowest(cases: Sequence[CaseRecord], clause: Clause) -> Measured:
    seconds = [each.first_response_seconds for each in cases if each.first_response_seconds is not None]
    if not seconds:
        return _no_record(clause)
    count = _cases(len(seconds))
    how = Words(f"{count.zh}中最慢的", f"the slowest of {count.en}")
    return Measured(judged=judge(clause, max(seconds)), how=how)


def _share(clause: Clause, holds: Sequence[bool]) -> Measured:
    if not holds:
        return _no_record(clause)
    met, count = sum(holds), _cases(len(holds))
    how = Words(f"{count.zh}中 {met} 件", f"{met} of {count.en}")
    return Measured(judged=judge(clause, cut_towards(clause, Fraction(met, len(holds)))), how=how)


def _no_record(clause: Clause) -> Measured:
    return Measured(judged=judge(clause, None, because=_NO_RECORD), how=_NO_RECORD)


def _due(filed: Sequence[CaseRecord], on: date) -> list[CaseRecord]:
    """The cases whose promised day counts already: those done, and those whose day has passed."""
    return [each for each in filed if each.promised_on is not None and (each.done_on or each.promised_on < on)]


def _in_time(case: CaseRecord) -> bool:
    return case.done_on is not None and case.promised_on is not None and case.done_on <= case.promised_on


def _rates(measured: Iterable[Measured]) -> Iterable[Figure]:
    for each in measured:
        clause, found = each.judged.clause, each.judged.found
        if isinstance(found, Decimal):
            unit = clause.unit or Unit.NUMBER
            yield Figure(id=clause.id, name=clause.name, quantity=found, unit=unit, clause=clause, how=each.how)


def _counts(filed: Sequence[CaseRecord], cases: Sequence[CaseRecord], on: date, terms: Terms) -> Iterable[Figure]:
    due = _due(filed, on)
    answered = [each.first_response_seconds for each in cases if each.first_response_seconds is not None]
    again = sum(terms.sent_back_times.met_by(each.times_sent_back) for each in filed)
    slow = sum(not terms.first_response.met_by(seconds) for seconds in answered)
    frequent = sum(each.frequent_item for each in cases)
    yield _count("frequent_cases", _FREQUENT, frequent, terms.frequent_items, len(cases))
    yield _count("sent_back_twice", _SENT_BACK, again, terms.sent_back_times, len(filed))
    yield _count("cases_late", _LATE, sum(not _in_time(each) for each in due), terms.on_time, len(due))
    yield _count("first_responses_late", _SLOW, slow, terms.first_response, len(answered))


def _count(id_: str, name: Words, count: int, clause: Clause, of: int) -> Figure:
    held = _cases(of)
    how = Words(f"{held.zh}中", f"of {held.en}")
    return Figure(id=id_, name=name, quantity=count, unit=Unit.ITEM, clause=clause, how=how)


def _cases(count: int) -> Words:
    return Words(f"{count} 件办件", f"{count} case{'' if count == 1 else 's'}")


def _beside(terms: Terms) -> tuple[Notice, ...]:
    label = amount_words(terms.label_799.mark, terms.label_799.unit)
    hotline = amount_words(terms.hotline.mark, terms.hotline.unit)
    version = amount_words(terms.smart_version.mark, terms.smart_version.unit)
    not_judged = Words(
        f"“{label.zh}”效能的含义条文未说明，不予评判",
        f"what the label {label.en} means is not explained, so it is not judged",
    )
    joined = Words(f"{_HOTLINE.zh}（{hotline.zh}）", f"{_HOTLINE.en} ({hotline.en})")
    aim = Words(f"目标为“智慧好办”{version.zh} 版", f"the aim is version {version.en} of 智慧好办")
    return (
        Notice(words=not_judged, clause=terms.label_799),
        Notice(words=joined, clause=terms.hotline),
        Notice(words=aim, clause=terms.smart_version),
    )


def _readings(options: Options, terms: Terms) -> tuple[Reading, ...]:
    rate, scope = options.return_rate_of, options.scope
    return (
        chosen("scope", scope, _CHOICES, terms.frequent_items),
        chosen("return_rate_of", rate, _CHOICES, terms.return_rate),
    )
