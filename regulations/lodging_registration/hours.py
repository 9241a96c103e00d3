"""Whether a stay is registered within its hours, or may still be: 24, or 72 in a rural area."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Final

from regulations.lodging_registration.inputs import Lodging, Options, Person, Place
from regulations.lodging_registration.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Figure, Found, Judged, Reading, Ruling, first_change
from tariffs.judging.clauses import Clause, Unit, amount_words
from tariffs.judging.parts import Part, Question, chosen
from tariffs.judging.periods import ShiftEnd, hours_after, period_end
from tariffs.judging.plausible import in_shanghai
from tariffs.vocabulary.errors import Words

IN_TIME: Final = Question(
    key="lodging",
    words=Words("住宿登记是否按时（或尚来得及）", "is the lodging registered in time, or may it still be?"),
)
EXEMPT: Final = Words("依法豁免，无须登记", "exempt by law, no registration")
COVERED: Final = Words("适用人员方须登记", "only persons covered register")
HOTEL: Final = Words("旅馆依其规定登记并报送", "the hotel registers and reports under its own rules")
ELSEWHERE: Final = Words("在旅馆以外住宿方须自行登记", "only who lodges outside hotels registers by oneself")
NOT_YET: Final = Words("尚未登记", "not registered yet")
ENDS_TODAY: Final = Words(
    "时限在评判日之内届满，视登记时刻而定", "the hours end within the day judged: it hangs on the instant"
)
HOLIDAYS_UNKNOWN: Final = Words("末日是否顺延未知", "whether the end moves is not known")
LAST_INSTANT: Final = Words("最迟登记时刻（含该时刻）", "last instant to register, itself in time")
LATE: Final = Words("迟到时长", "hours late")
LATE_HOW: Final = Words(
    "登记时刻减最迟时刻，不足 0.01 小时进位", "registration less the last instant, rounded up to 0.01 h"
)
HUNDREDTH: Final = Decimal("0.01")
ONE_HOUR: Final = timedelta(hours=1)
SHIFTED: Final = {
    ShiftEnd.NONE: Words(
        "小时自入住时刻起算，遇休息日不顺延", "the hours run from the moment and do not move off rest days"
    ),
    ShiftEnd.NEXT_WORKING_DAY: Words(
        "末日遇休息日顺延至下一工作日同一时刻", "an end on a rest day moves to the same time of the next working day"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The last instant under one clause, how it was counted, whether it is sure, and itself in words where it has moved."""

    clause: Clause
    at: datetime
    how: Words
    sure: bool
    needed: Words | None = None


def relieved(person: Person, place: Place | None, terms: Terms) -> Judged | None:
    """The reason why no registration of one's own is due, where there is one: an exempt person, or a hotel."""
    if person is Person.EXEMPT:
        return Judged(clause=terms.persons_covered, verdict=Verdict.YES, found=EXEMPT, needed=COVERED)
    if place is Place.HOTEL:
        return Judged(clause=terms.lodging_outside_hotels, verdict=Verdict.YES, found=HOTEL, needed=ELSEWHERE)
    return None


def ends_of(lodging: Lodging, terms: Terms, options: Options) -> tuple[End, ...]:
    """The last instants that may count: two where nobody can say whether the place is rural, none where no duty falls."""
    if relieved(lodging.person, lodging.place, terms) is not None:
        return ()
    if lodging.person is Person.FOREIGNER or lodging.place is Place.URBAN:
        clauses = [terms.register_within]
    elif lodging.place is Place.RURAL:
        clauses = [terms.register_within_rural]
    else:
        clauses = [terms.register_within, terms.register_within_rural]
    return tuple(_end(lodging, clause, terms, options.shift_end) for clause in clauses)


def lodging_part(lodging: Lodging, on: date, terms: Terms, options: Options) -> Part:
    """Whether the stay is registered in time or may still be, with the last instant and the hours late."""
    ends = ends_of(lodging, terms, options)
    return Part(
        ruling=_ruling(lodging, ends, on, terms),
        figures=tuple(_late(lodging, ends)),
        deadlines=tuple(_deadlines(ends)),
        readings=tuple(_readings(ends, options)),
    )


def _ruling(lodging: Lodging, ends: tuple[End, ...], on: date, terms: Terms) -> Ruling:
    free = relieved(lodging.person, lodging.place, terms)
    if free is not None:
        return IN_TIME.ruled([free], terms.term)

    def verdict_on(day: date) -> Verdict:
        return _together(judged.verdict for judged in _reasons(lodging, ends, day))

    candidates = [end.at.date() + timedelta(days=step) for end in ends for step in (0, 1)]
    return Ruling(
        question=IN_TIME.key,
        words=IN_TIME.words,
        verdict=verdict_on(on),
        reasons=tuple(_reasons(lodging, ends, on)),
        changes_on=first_change(verdict_on, on, () if lodging.registered_at else candidates, terms.term),
    )


def _deadlines(ends: tuple[End, ...]) -> Iterator[Deadline]:
    for end in ends:
        yield Deadline(id=end.clause.id, name=LAST_INSTANT, at=end.at, clause=end.clause, how=end.how)


def _late(lodging: Lodging, ends: tuple[End, ...]) -> Iterator[Figure]:
    if lodging.registered_at is None:
        return
    for end in ends:
        late = in_shanghai(lodging.registered_at) - end.at
        if end.sure and late > timedelta(0):
            yield Figure(
                id=f"{end.clause.id}_late",
                name=LATE,
                quantity=_hours(late),
                unit=Unit.HOUR,
                clause=end.clause,
                how=LATE_HOW,
            )


def _readings(ends: tuple[End, ...], options: Options) -> Iterator[Reading]:
    if ends:
        yield chosen("shift_end", options.shift_end, SHIFTED, ends[0].clause)


def _end(lodging: Lodging, clause: Clause, terms: Terms, shift: ShiftEnd) -> End:
    moved_in = in_shanghai(lodging.moved_in_at)
    counted = hours_after(moved_in, clause.count)
    start = _clock(moved_in)
    hours = amount_words(clause.mark, clause.unit)
    how = Words(f"{start} 起 {hours.zh}", f"{hours.en} from {start}")
    if shift is ShiftEnd.NONE:
        return End(clause=clause, at=counted, how=how, sure=True)
    day, moved = period_end(counted.date(), terms.working_days, shift)
    if moved.zh:
        how = Words(f"{how.zh}；{moved.zh}", f"{how.en}; {moved.en}")
    at = datetime.combine(day, counted.timetz())
    needed = None if at == counted else Words(f"不晚于 {_clock(at)}", f"by {_clock(at)}")
    return End(clause=clause, at=at, how=how, sure=terms.working_days.covers(counted.year), needed=needed)


def _clock(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S").removesuffix(":00")


def _reasons(lodging: Lodging, ends: tuple[End, ...], on: date) -> Iterator[Judged]:
    for end in ends:
        if lodging.registered_at is None:
            verdict = _unregistered(end, on)
            found: Found = NOT_YET
            because = ENDS_TODAY if verdict is Verdict.CANNOT_TELL else None
        else:
            registered = in_shanghai(lodging.registered_at)
            verdict = Verdict.YES if registered <= end.at else Verdict.NO
            found, because = _hours(registered - in_shanghai(lodging.moved_in_at)), None
        if verdict is Verdict.NO and not end.sure:
            verdict, because = Verdict.CANNOT_TELL, HOLIDAYS_UNKNOWN
        yield Judged(clause=end.clause, verdict=verdict, found=found, needed=end.needed, because=because)


def _unregistered(end: End, on: date) -> Verdict:
    """Yes where the whole day lies before the end, no where it lies after it, cannot tell where the end is on it."""
    first = datetime.combine(on, time(), tzinfo=end.at.tzinfo)
    if first + timedelta(days=1) <= end.at:
        return Verdict.YES
    return Verdict.CANNOT_TELL if first <= end.at else Verdict.NO


def _together(verdicts: Iterator[Verdict]) -> Verdict:
    """What both hours say, where both may count; cannot tell where they differ."""
    kept = set(verdicts)
    return kept.pop() if len(kept) == 1 else Verdict.CANNOT_TELL


def _hours(span: timedelta) -> Decimal:
    """Hours, rounded up to a hundredth so that a moment late is late and the last instant is not."""
    exact = Decimal(span // timedelta(microseconds=1)) / Decimal(ONE_HOUR // timedelta(microseconds=1))
    return exact.quantize(HUNDREDTH, rounding=ROUND_CEILING)
