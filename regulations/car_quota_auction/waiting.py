"""The times without applying: after entrusting a quota, after giving one in the family, after false papers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from regulations.car_quota_auction.bidders import Waits
from regulations.car_quota_auction.ends import End, deadline, end_of
from regulations.car_quota_auction.inputs import Options, WaitingFrom
from regulations.car_quota_auction.readings import shift_reading
from regulations.car_quota_auction.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Judged, Reading
from tariffs.judging.clauses import Clause
from tariffs.judging.parts import Part, Question
from tariffs.vocabulary.errors import Words

MAY_APPLY_AGAIN = Question(key="waiting", words=Words("各项等待期是否均已届满", "are all times without applying over?"))
LATEST = Words("各项等待期中最晚的一日", "the latest end of all")
NO_DEAL = Words("按成交起算而尚未成交", "it runs from the deal, and there is none yet")
WAITING_FROM = {
    WaitingFrom.ENTRUSTING: Words("等待期自委托之日起算", "the waiting time runs from the entrusting"),
    WaitingFrom.DEAL: Words("等待期自成交之日起算", "the waiting time runs from the deal"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """A time without applying: what brought it about, and its end; no end where it has not started."""

    clause: Clause
    brought_on: date
    end: End | None


def bans_of(waits: Waits, terms: Terms, options: Options) -> list[Ban]:
    """The times without applying that were brought about."""
    found = []
    if waits.entrusted_on is not None:
        start = waits.entrusted_on if options.waiting_from is WaitingFrom.ENTRUSTING else waits.deal_on
        clause = terms.wait_after_entrusting
        end = None if start is None else end_of(start, clause, terms, options.shift_end)
        found.append(Ban(clause=clause, brought_on=waits.entrusted_on, end=end))
    others = (
        (waits.gave_in_family_on, terms.wait_after_family_transfer),
        (waits.false_papers_on, terms.wait_after_false_papers),
    )
    for day, clause in others:
        if day is not None:
            found.append(Ban(clause=clause, brought_on=day, end=end_of(day, clause, terms, options.shift_end)))
    return found


def waiting_part(waits: Waits, on: date, terms: Terms, options: Options) -> Part:
    """Whether every time without applying is over."""
    bans = bans_of(waits, terms, options)
    return Part(
        ruling=MAY_APPLY_AGAIN.ruled_on(on, terms.term, lambda day: ban_reasons(bans, day), ban_days(bans)),
        deadlines=ban_deadlines(bans),
        readings=ban_readings(bans, terms, options),
    )


def ban_reasons(bans: Sequence[Ban], day: date) -> Iterator[Judged]:
    """Each time without applying that had been brought about by a day, judged on it."""
    for ban in bans:
        if ban.brought_on > day:
            continue
        if ban.end is None:
            yield Judged(clause=ban.clause, verdict=Verdict.CANNOT_TELL, found=ban.brought_on, because=NO_DEAL)
            continue
        needed = Words(f"{ban.end.last_on} 之后", f"after {ban.end.last_on}")
        yield Judged(clause=ban.clause, verdict=ban.end.over_on(day), found=ban.brought_on, needed=needed)


def ban_deadlines(bans: Sequence[Ban]) -> tuple[Deadline, ...]:
    """The last day of each time without applying, and the latest of them."""
    ends = [(ban.end, ban.clause) for ban in bans if ban.end is not None]
    if not ends:
        return ()
    last, clause = max(ends, key=lambda each: each[0].last_on)
    latest = deadline(last, clause, LATEST, named="latest_wait")
    return (*(deadline(end, clause, last_day_of(clause)) for end, clause in ends), latest)


def last_day_of(clause: Clause) -> Words:
    """The name of the last day of a time without applying."""
    return Words(f"{clause.name.zh}的最后一日", f"{clause.name.en}: last day")


def ban_days(bans: Sequence[Ban]) -> list[date]:
    """The first day after each time without applying."""
    return [ban.end.last_on + timedelta(days=1) for ban in bans if ban.end is not None]


def ban_readings(bans: Sequence[Ban], terms: Terms, options: Options) -> tuple[Reading, ...]:
    """Where the time after entrusting starts and whether ends move, where that bears on the case."""
    if not bans:
        return ()
    shift = shift_reading(options, bans[0].clause)
    if bans[0].clause is not terms.wait_after_entrusting:
        return (shift,)
    choice = options.waiting_from
    return Reading(option="waiting_from", choice=choice.value, words=WAITING_FROM[choice], clause=bans[0].clause), shift
