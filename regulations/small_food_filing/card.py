"""Until when a card counts, when a renewal is applied for, and what a change asks for.

Source  沪府规〔2024〕13号 第十五条, 第二十条
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from regulations.small_food_filing.inputs import Card, LeaseBasis, Options, Renewal
from regulations.small_food_filing.part import Part
from regulations.small_food_filing.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import (
    Deadline,
    Figure,
    Judged,
    Notice,
    Reading,
    all_of,
    first_change,
    judge,
    ruling,
)
from tariffs.judging.clauses import Clause, Unit
from tariffs.judging.periods import ShiftEnd, days_after, period_end, years_after
from tariffs.vocabulary.errors import Words

_CARD: Final = Words("当日能否凭本备案卡经营", "may one trade on this card on the day?")
_RENEWAL: Final = Words("延续申请是否按时（或尚来得及）", "is the renewal applied for in time, or may it still be?")
_LAST_DAY: Final = Words("有效期最后一日", "last day of the term")
_LAST_DAY_ANEW: Final = Words("若重新备案另起一年，最后一日", "last day if the refiling begins a new year")
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
_BEYOND: Final = Words("超出文件有效期，届时依新规定", "runs beyond this document; what follows is not said")
_LEASE_WORDS: Final = {
    LeaseBasis.REMAINING: Words("以备案后剩余租期与一年比较", "what is left of the lease is compared with the year"),
    LeaseBasis.WHOLE_TERM: Words("以整个租期与一年比较", "the whole lease is compared with the year"),
}
SHIFT_WORDS: Final = {
    ShiftEnd.NONE: Words("向前倒数的日期遇休息日不移动", "a day counted back stays where it is on a rest day"),
    ShiftEnd.NEXT_WORKING_DAY: Words("遇休息日移至下一工作日", "moved from a rest day to the next working day"),
}


def card_part(card: Card, on: date, options: Options, terms: Terms) -> Part:
    """Whether one may trade on the card on the day, its last days, and the renewals that are left."""
    starts = [day for day in (card.valid_from, card.refiled_on) if day is not None]
    ends = [_expiry(start, card, options, terms) for start in starts]

    def verdict_on(day: date) -> Verdict:
        return all_of(reason.verdict for reason in _card_reasons(card, ends, day, terms))

    after = [last + timedelta(days=1) for last, _ in ends]
    changes_on = first_change(verdict_on, on, after, terms.term)
    reasons = _card_reasons(card, ends, on, terms)
    left = _renewals_left(card, terms)
    readings = [] if card.lease_ends_on is None else [_lease_reading(options, terms)]
    return Part(
        ruling=ruling("card", _CARD, reasons, changes_on=changes_on),
        figures=(left,),
        deadlines=tuple(_card_deadlines(ends, int(left.quantity), options, terms)),
        notices=tuple(_card_notices(card, ends, on, terms)),
        readings=(*readings, shift_reading(options, terms)),
    )


def renewal_part(renewal: Renewal, on: date, options: Options, terms: Terms) -> Part:
    """Whether a renewal is applied for in time, with the last day for it; the number of renewals is a soft figure."""
    last, moved = _last_application_day(renewal.expires_on, options, terms)

    def verdict_on(day: date) -> Verdict:
        return Verdict.YES if (renewal.applied_on or day) <= last else Verdict.NO

    found = (renewal.expires_on - (renewal.applied_on or on)).days
    reasons = [
        Judged(clause=terms.renew_before, verdict=verdict_on(on), found=found, because=moved if moved.zh else None),
        judge(terms.renewals, renewal.renewals_used + 1),
    ]
    candidates = [] if renewal.applied_on else [last + timedelta(days=1)]
    notices = [Notice(words=_FIRST_TIME, clause=terms.first_time_rules)]
    if verdict_on(on) is Verdict.NO:
        notices.append(Notice(words=_LATE, clause=terms.renew_before))
    late = ((renewal.applied_on or on) - last).days
    return Part(
        ruling=ruling("renewal", _RENEWAL, reasons, changes_on=first_change(verdict_on, on, candidates, terms.term)),
        figures=(_days_late(late, terms),) if late > 0 else (),
        deadlines=(_application_deadline(terms.renew_before.id, renewal.expires_on, options, terms),),
        notices=tuple(notices),
        readings=(shift_reading(options, terms),),
    )


def shift_reading(options: Options, terms: Terms) -> Reading:
    """Which reading of a last day on a rest day applied."""
    return Reading(
        option="shift_end",
        choice=options.shift_end.value,
        words=SHIFT_WORDS[options.shift_end],
        clause=terms.renew_before,
    )


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


def _card_reasons(card: Card, ends: list[tuple[date, Clause]], on: date, terms: Terms) -> Iterable[Judged]:
    last, clause = ends[0]
    verdicts = {on <= end for end, _ in ends}
    open_point = len(verdicts) > 1
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
    ends: list[tuple[date, Clause]], renewals_left: int, options: Options, terms: Terms
) -> Iterable[Deadline]:
    last, clause = ends[0]
    yield Deadline(id="expiry", name=_LAST_DAY, at=last, clause=clause, how=clause.name)
    for anew, anew_clause in ends[1:]:
        yield Deadline(id="expiry_if_anew", name=_LAST_DAY_ANEW, at=anew, clause=anew_clause, how=anew_clause.name)
    yield _application_deadline("card_renew_before", last, options, terms)
    years = renewals_left * terms.valid_for.count
    yield Deadline(
        id="latest_end",
        name=Words("各期均满时的最晚终日（至多）", "latest end if every period is full, at most"),
        at=years_after(last, years),
        clause=terms.renewals,
        how=Words(f"{last} 起另 {years} 年", f"{years} more year(s) from {last}"),
    )


def _card_notices(card: Card, ends: list[tuple[date, Clause]], on: date, terms: Terms) -> Iterable[Notice]:
    if card.refiled_on is not None:
        yield Notice(words=_ANEW, clause=terms.first_time_rules)
    elif card.changed_on is not None:
        yield Notice(words=_CHANGED, clause=terms.change_unfiled)
    if all(on > last for last, _ in ends):
        yield Notice(words=_EXPIRED, clause=terms.operating_after_expiry)
    until = terms.term.effective_until
    if until is not None and ends[0][0] > until:
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


def _lease_reading(options: Options, terms: Terms) -> Reading:
    basis = options.lease_basis
    return Reading(option="lease_basis", choice=basis.value, words=_LEASE_WORDS[basis], clause=terms.lease_term)


def _last_application_day(expires_on: date, options: Options, terms: Terms) -> tuple[date, Words]:
    counted = days_after(expires_on, -terms.renew_before.count)
    return period_end(counted, terms.working_days, options.shift_end)


def _application_deadline(name: str, expires_on: date, options: Options, terms: Terms) -> Deadline:
    last, moved = _last_application_day(expires_on, options, terms)
    days = terms.renew_before.count
    zh, en = f"{expires_on} 前 {days} 日", f"{days} days before {expires_on}"
    return Deadline(
        id=name,
        name=Words("申请延续的最后一日", "last day to apply for renewal"),
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
