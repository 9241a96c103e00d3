"""Whether a filing may stay, penalties counted in sliding windows; and what years without a penalty bring.

Source  沪府规〔2024〕13号 第二十条 to 第二十二条, 第二十五条
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from regulations.small_food_filing.inputs import BusinessLicence, Options, PenaltyKind, Standing, WindowEnd
from regulations.small_food_filing.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Figure, Judged, Notice, judge
from tariffs.judging.clauses import Unit
from tariffs.judging.parts import Part, Question, chosen, stated
from tariffs.judging.periods import months_after, years_after
from tariffs.vocabulary.errors import Words

_STANDING: Final = Question(
    key="standing", words=Words("备案能否保留（无注销情形）", "may the filing stay, with no ground to cancel it?")
)
_BUSINESS_LICENCE: Final = Question(
    key="business_licence",
    words=Words("区政府是否可以决定减少场所证明材料", "may the district ask for fewer proofs of the premises?"),
)
_MANY: Final = Words("“多次”没有数值", "no figure is given for many")
_SERIOUS: Final = Words("“情节严重”由监管部门认定，案例未给出", "the regulator says what is serious; the case does not")
_OTHER_LAW: Final = Words("是否应予注销由其他法律决定，案例未给出", "other law decides on it; the case does not say")
_EFFECT: Final = Words("“重大社会影响”没有标准，案例未给出", "no measure of great effect; the case does not say")
_CHANGED: Final = Words(
    "变化未重新备案：依食品安全条例查处，情节严重才注销",
    "change without refiling: dealt with under the food safety rules, cancelled only in a serious case",
)
_EXPIRED: Final = Words(
    "届满后仍经营：依食品安全条例查处，情节严重才注销",
    "trade after the term: dealt with under the food safety rules, cancelled only in a serious case",
)
_EARLIER_RUN: Final = Words(
    "满期之后又受处罚；条文未说须连续到申请时", "a penalty came after; that the years must reach today is not said"
)
_OBJECTION: Final = Words("居民有无反对意见，案例未给出", "whether neighbours object is not said")
_MAY: Final = Words(
    "是否减少场所证明材料由区政府决定，可以而非应当",
    "the district government may ask for fewer proofs of the premises and need not",
)
_WINDOW_WORDS: Final = {
    WindowEnd.INCLUDED: Words("期满当日（同日号）计入期间", "the day of the same number at the end counts"),
    WindowEnd.EXCLUDED: Words("期满当日（同日号）不计入期间", "the day of the same number at the end does not count"),
}


def standing_part(standing: Standing, on: date, options: Options, terms: Terms) -> Part:
    """Whether nothing speaks for cancelling the filing, how penalties add up, and until when one more would do it."""
    days = sorted(each.imposed_on for each in standing.penalties if each.kind is PenaltyKind.FOOD_SAFETY)
    most = _most_in_a_window(days, options, terms)
    counting = [day for day in days if on <= _window_end(day, options, terms)]
    reasons = (
        *_breaches(standing, terms),
        judge(terms.got_by_fraud, standing.got_by_fraud),
        judge(terms.card_misused, standing.card_misused),
        _complaints(standing.complaints_found_true, terms),
        judge(terms.penalties, most),
        judge(terms.food_accident, standing.food_accident),
        stated(terms.social_effect, standing.great_social_effect, _EFFECT),
    )
    warned = terms.penalties.met_by(most) and len(counting) == terms.penalties.count - 1
    until = _window_end(counting[0], options, terms) if warned else None
    return Part(
        ruling=_STANDING.ruled(reasons, terms.term),
        figures=_counts(most, len(counting), on, terms),
        deadlines=() if until is None else (_one_more_until(until, counting[0], terms),),
        notices=(*_not_grounds(standing, terms), *_warning(len(counting), until, terms)),
        readings=(chosen("window_end", options.window_end, _WINDOW_WORDS, terms.penalty_window),),
    )


def business_licence_part(asked: BusinessLicence, on: date, terms: Terms) -> Part:
    """Whether all three conditions are met, and the day on which the clean years are complete."""
    complete = _complete_on(_marks(asked, on)[-1], terms)
    ended = asked.filing_ended_on is not None and asked.filing_ended_on < complete
    years = terms.clean_years.count
    deadline = Deadline(
        id=terms.clean_years.id,
        name=Words("连续无处罚满期之日", "day on which the clean years are complete"),
        at=complete,
        clause=terms.clean_years,
        how=Words(f"自备案或最近一次处罚起 {years} 年", f"{years} years from the filing or the latest penalty"),
    )
    return Part(
        ruling=_BUSINESS_LICENCE.ruled_on(
            on, terms.term, lambda day: _business_licence_reasons(asked, day, terms), [complete]
        ),
        deadlines=() if ended else (deadline,),
        notices=(Notice(words=_MAY, clause=terms.district_may),),
    )


def _window_end(start: date, options: Options, terms: Terms) -> date:
    """The last day that lies within the months of the clause from a penalty."""
    last = months_after(start, terms.penalty_window.count)
    return last if options.window_end is WindowEnd.INCLUDED else last - timedelta(days=1)


def _most_in_a_window(days: Sequence[date], options: Options, terms: Terms) -> int:
    """The most penalties in any window; one that begins on a penalty holds as many as any."""
    windows = ((start, _window_end(start, options, terms)) for start in days)
    return max((sum(start <= day <= last for day in days) for start, last in windows), default=0)


def _breaches(standing: Standing, terms: Terms) -> Iterable[Judged]:
    breached = standing.changed_without_refiling or standing.operated_after_expiry or standing.other_breach
    yield stated(terms.serious_breach, standing.breach_serious if breached else False, _SERIOUS)
    cancels = standing.other_law_cancels if standing.other_law_breached else False
    yield stated(terms.other_law_cancels, cancels, _OTHER_LAW)


def _complaints(found_true: int, terms: Terms) -> Judged:
    if not found_true:
        return judge(terms.many_complaints, False)
    return Judged(clause=terms.many_complaints, verdict=Verdict.CANNOT_TELL, found=found_true, because=_MANY)


def _not_grounds(standing: Standing, terms: Terms) -> Iterable[Notice]:
    if standing.changed_without_refiling:
        yield Notice(words=_CHANGED, clause=terms.change_unfiled)
    if standing.operated_after_expiry:
        yield Notice(words=_EXPIRED, clause=terms.operating_after_expiry)


def _counts(most: int, counting: int, on: date, terms: Terms) -> tuple[Figure, ...]:
    months = terms.penalty_window.count
    return (
        Figure(
            id="penalties_in_a_window",
            name=Words("任一期间内最多的处罚次数", "most penalties in any window"),
            quantity=most,
            unit=Unit.TIME,
            clause=terms.penalties,
            how=Words(f"{months} 个月滑动计数", f"windows of {months} months that slide"),
        ),
        Figure(
            id="penalties_counting",
            name=Words("当日仍计入的处罚次数", "penalties that still count on the day"),
            quantity=counting,
            unit=Unit.TIME,
            clause=terms.penalty_window,
            how=Words(f"{on} 之前 {months} 个月内", f"within {months} months before {on}"),
        ),
    )


def _one_more_until(until: date, first: date, terms: Terms) -> Deadline:
    months = terms.penalty_window.count
    return Deadline(
        id=terms.penalty_window.id,
        name=Words("再受一次此类处罚即应注销的最后一日", "last day on which one more such penalty cancels the filing"),
        at=until,
        clause=terms.penalty_window,
        how=Words(f"{first} 起 {months} 个月", f"{months} months from {first}"),
    )


def _warning(counting: int, until: date | None, terms: Terms) -> tuple[Notice, ...]:
    if until is None:
        return ()
    words = Words(
        f"预警：已计 {counting} 次，至 {until}（含）再受一次此类处罚即应注销",
        f"warning: {counting} counted, one more such penalty by {until} cancels the filing",
    )
    return (Notice(words=words, clause=terms.penalties),)


def _business_licence_reasons(asked: BusinessLicence, on: date, terms: Terms) -> tuple[Judged, ...]:
    return (
        judge(terms.building_nature, asked.filed_because_of_building),
        _clean(asked, on, terms),
        stated(terms.no_objection, asked.neighbours_object, _OBJECTION),
    )


def _clean(asked: BusinessLicence, on: date, terms: Terms) -> Judged:
    """Yes where the run up to the day, or to the end of the filing, is long enough; open where only an earlier one is."""
    marks = _marks(asked, on)
    complete = _complete_on(marks[-1], terms)
    earlier = any(_complete_on(start, terms) < fined for start, fined in pairwise(marks))
    short = Verdict.CANNOT_TELL if earlier else Verdict.NO
    verdict = Verdict.YES if complete <= _last_filed_day(asked, on) else short
    return Judged(
        clause=terms.clean_years,
        verdict=verdict,
        found=Words(f"自 {marks[-1]} 起", f"since {marks[-1]}"),
        because=_EARLIER_RUN if verdict is Verdict.CANNOT_TELL else None,
    )


def _marks(asked: BusinessLicence, on: date) -> list[date]:
    """The day of the filing and those of the penalties during it, in order."""
    last = _last_filed_day(asked, on)
    return [asked.filed_on, *sorted(day for day in asked.penalised_on if asked.filed_on <= day <= last)]


def _last_filed_day(asked: BusinessLicence, on: date) -> date:
    return on if asked.filing_ended_on is None else min(on, asked.filing_ended_on)


def _complete_on(start: date, terms: Terms) -> date:
    return years_after(start, terms.clean_years.count)
