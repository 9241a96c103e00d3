"""Until when a card counts, when a renewal is applied for, and what a change asks for.

Source  沪府规〔2024〕13号 第十五条, 第二十条
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from regulations.small_food_filing.inputs import Card, LeaseBasis, Options, Renewal
from regulations.small_food_filing.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Figure, Judged, Notice, judge
from tariffs.judging.clauses import Clause, Unit
from tariffs.judging.parts import Part, Question, chosen
from tariffs.judging.periods import ShiftEnd, days_after, period_end, years_after
from tariffs.vocabulary.errors import Words

_CARD: Final = Question(key="card", words=Words("当日能否凭本备案卡经营", "may one trade on this card on the day?"))
_RENEWAL: Final = Question(
    key="renewal",
    words=Words("延续申请是否按时（或尚来得及）", "is the renewal applied for in time, or may it still be?"),
)
_LAST_DAY: Final = Words("备案有效期最后一日", "last day of the term of the filing")
_APPLY: Final = Words("申请延续的最后一日", "last day to apply for the renewal")
_APPLY_FOR_CARD: Final = Words("本卡申请延续的最后一日", "last day to apply for a renewal of this card")
_LATEST: Final = Words("各期均满时的最晚终日（至多）", "latest end if every period is full, at most")
_IF_ANEW: Final = Words("若重新备案另起一年：", "if the refiling begins a new year: ")
_LAPSED: Final = Words(
    "重新备案时原有效期已满，按首次备案起算",
    "the term had ended before it was filed anew: counted as a first filing",
)
_ANEW: Final = Words(
    "重新备案是否另起一年、重新计延续次数，条文未说",
    "whether a refiling begins a new year and a new count of renewals is not said",
)
_CHANGED: Final = Words("变化后未重新备案仍经营的，依条例查处", "trade after a change that was not filed is dealt with")
_EXPIRED: Final = Words(
    "届满后无延续也无许可仍经营的，依条例查处", "trade after the end without renewal or licence is dealt with"
)
_FIRST_TIME: Final = Words("延续按首次办理的要求执行", "a renewal follows the rules of a first filing")
_LATE: Final = Words("条文未说迟交的申请是否不受理", "whether a late application is refused is not said")
_BEYOND: Final = Words(
    "有日期在本办法有效期之后，其后如何未说", "a day lies beyond the term of this text; what follows is not said"
)
_LEASE_WORDS: Final = {
    LeaseBasis.REMAINING: Words("以备案后剩余租期与一年比较", "what is left of the lease is compared with the year"),
    LeaseBasis.WHOLE_TERM: Words("以整个租期与一年比较", "the whole lease is compared with the year"),
}
_SHIFT_WORDS: Final = {
    ShiftEnd.NONE: Words("向前倒数的日期遇休息日不移动", "a day counted back stays where it is on a rest day"),
    ShiftEnd.NEXT_WORKING_DAY: Words("遇休息日移至下一工作日", "moved from a rest day to the next working day"),
}


def card_part(told: Card, on: date, options: Options, terms: Terms) -> Part:
    """Whether one may trade on the card on the day, its last days, and the renewals that are left."""
    card = _current(told, options, terms)
    ends = [_expiry(start, card, options, terms) for start in (card.valid_from, card.refiled_on) if start is not None]
    ruled = _CARD.ruled_on(
        on,
        terms.term,
        lambda day: _card_reasons(card, ends, day, terms),
        [last + timedelta(days=1) for last, _ in ends],
    )
    left = _renewals_left(card, terms)
    deadlines = tuple(_card_deadlines(ends, int(left.quantity), options, terms))
    notices = [Notice(words=_LAPSED, clause=terms.first_time_rules)] if card != told else []
    lease = chosen("lease_basis", options.lease_basis, _LEASE_WORDS, terms.lease_term)
    readings = [] if card.lease_ends_on is None else [lease]
    return Part(
        ruling=ruled,
        figures=(left,),
        deadlines=deadlines,
        notices=(*notices, *_card_notices(card, ends, on, terms), *_beyond(deadlines, terms)),
        readings=(*readings, chosen("shift_end", options.shift_end, _SHIFT_WORDS, terms.renew_before)),
    )


def renewal_part(renewal: Renewal, on: date, options: Options, terms: Terms) -> Part:
    """Whether a renewal is applied for in time, with the last day for it; the number of renewals is a soft figure."""
    last, moved = _last_application_day(renewal.expires_on, options, terms)

    def reasons_on(day: date) -> tuple[Judged, ...]:
        applied = renewal.applied_on or day
        timely = Judged(
            clause=terms.renew_before,
            verdict=Verdict.YES if applied <= last else Verdict.NO,
            found=(renewal.expires_on - applied).days,
            because=moved if moved.zh else None,
        )
        return timely, judge(terms.renewals, renewal.renewals_used + 1)

    candidates = [] if renewal.applied_on else [last + timedelta(days=1)]
    late = ((renewal.applied_on or on) - last).days
    refused = [Notice(words=_LATE, clause=terms.renew_before)] if late > 0 else []
    return Part(
        ruling=_RENEWAL.ruled_on(on, terms.term, reasons_on, candidates),
        figures=(_days_late(late, terms),) if late > 0 else (),
        deadlines=(_application_deadline(terms.renew_before.id, _APPLY, renewal.expires_on, options, terms),),
        notices=(Notice(words=_FIRST_TIME, clause=terms.first_time_rules), *refused),
        readings=(chosen("shift_end", options.shift_end, _SHIFT_WORDS, terms.renew_before),),
    )


def _current(card: Card, options: Options, terms: Terms) -> Card:
    """The card itself or, where its term had ended before it was filed anew, the new one."""
    last, _ = _expiry(card.valid_from, card, options, terms)
    if card.refiled_on is None or card.refiled_on <= last:
        return card
    return replace(card, valid_from=card.refiled_on, renewals_used=0, changed_on=None, refiled_on=None)


def _expiry(start: date, card: Card, options: Options, terms: Terms) -> tuple[date, Clause]:
    """The last day of a period that begins on a day, and the clause that sets it."""
    full = years_after(start, terms.valid_for.count)
    lease_end = card.lease_ends_on
    if lease_end is None or lease_end >= full:
        return full, terms.valid_for
    if options.lease_basis is LeaseBasis.WHOLE_TERM and not _short_lease(card.lease_starts_on, lease_end, terms):
        return full, terms.valid_for
    return lease_end, terms.lease_term


def _short_lease(starts_on: date | None, ends_on: date, terms: Terms) -> bool:
    """Whether a lease, both its days counted, runs for less than the years of the clause."""
    if starts_on is None:
        return True
    years, day = terms.lease_term.count, timedelta(days=1)
    # from 29 February a full year of days reaches 28 February, which only the day before leads to
    full_until = max(years_after(starts_on, years) - day, years_after(starts_on - day, years))
    return ends_on < full_until


def _card_reasons(card: Card, ends: Sequence[tuple[date, Clause]], on: date, terms: Terms) -> Iterable[Judged]:
    last, clause = ends[0]
    open_point = len({on <= end for end, _ in ends}) > 1
    held = Verdict.YES if on <= last else Verdict.NO
    yield Judged(
        clause=clause,
        verdict=Verdict.CANNOT_TELL if open_point else held,
        found=on,
        needed=Words(f"不晚于 {last}", f"not after {last}"),
        because=_ANEW if open_point else None,
    )
    if card.changed_on is not None:
        yield judge(terms.refile_on_change, card.refiled_on is not None)


def _card_deadlines(
    ends: Sequence[tuple[date, Clause]], renewals_left: int, options: Options, terms: Terms
) -> Iterable[Deadline]:
    same = ("", Words("", ""), renewals_left)
    # in the other reading the count of renewals begins anew as well
    anew = ("_if_anew", _IF_ANEW, terms.renewals.count)
    for (last, clause), (suffix, reading, renewals) in zip(ends, (same, anew), strict=False):
        apply, latest = _prefixed(reading, _APPLY_FOR_CARD), _prefixed(reading, _LATEST)
        yield Deadline(
            id=f"expiry{suffix}", name=_prefixed(reading, _LAST_DAY), at=last, clause=clause, how=clause.name
        )
        yield _application_deadline(f"card_renew_before{suffix}", apply, last, options, terms)
        years = renewals * terms.valid_for.count
        yield Deadline(
            id=f"latest_end{suffix}",
            name=latest,
            at=years_after(last, years),
            clause=terms.renewals,
            how=Words(f"{last} 起另 {years} 年", f"{years} more year{'' if years == 1 else 's'} from {last}"),
        )


def _prefixed(reading: Words, name: Words) -> Words:
    return Words(f"{reading.zh}{name.zh}", f"{reading.en}{name.en}")


def _card_notices(card: Card, ends: Sequence[tuple[date, Clause]], on: date, terms: Terms) -> Iterable[Notice]:
    if card.refiled_on is not None:
        yield Notice(words=_ANEW, clause=terms.first_time_rules)
    elif card.changed_on is not None:
        yield Notice(words=_CHANGED, clause=terms.change_unfiled)
    if all(on > last for last, _ in ends):
        yield Notice(words=_EXPIRED, clause=terms.operating_after_expiry)


def _beyond(deadlines: Sequence[Deadline], terms: Terms) -> Iterable[Notice]:
    until = terms.term.effective_until
    if until is not None and any(each.at > until for each in deadlines):
        yield Notice(words=_BEYOND, clause=terms.valid_for)


def _renewals_left(card: Card, terms: Terms) -> Figure:
    most, used = terms.renewals.count, card.renewals_used
    return Figure(
        id="renewals_left",
        name=Words("一般还可延续的次数", "renewals left, in general"),
        quantity=max(most - used, 0),
        unit=Unit.TIME,
        clause=terms.renewals,
        how=Words(f"{most} 次减已用 {used} 次，不足为零", f"{most} less {used} used, none below zero"),
    )


def _last_application_day(expires_on: date, options: Options, terms: Terms) -> tuple[date, Words]:
    counted = days_after(expires_on, -terms.renew_before.count)
    return period_end(counted, terms.working_days, options.shift_end)


def _application_deadline(name: str, words: Words, expires_on: date, options: Options, terms: Terms) -> Deadline:
    last, moved = _last_application_day(expires_on, options, terms)
    days = terms.renew_before.count
    zh, en = f"{expires_on} 前 {days} 日", f"{days} days before {expires_on}"
    return Deadline(
        id=name,
        name=words,
        at=last,
        clause=terms.renew_before,
        how=Words(f"{zh}；{moved.zh}", f"{en}; {moved.en}") if moved.zh else Words(zh, en),
    )


def _days_late(late: int, terms: Terms) -> Figure:
    return Figure(
        id="renew_before_late",
        name=Words("申请迟到的日数", "days late"),
        quantity=late,
        unit=Unit.DAY,
        clause=terms.renew_before,
        how=Words("申请日（或当日）减最后一日", "day of the application, or the day judged, less the last day"),
    )
