"""Whether the district may ask an applicant for a business licence for fewer proofs of the premises.

Source  沪府规〔2024〕13号 第二十五条
"""

from datetime import date
from itertools import pairwise
from typing import Final

from regulations.small_food_filing.inputs import BusinessLicence
from regulations.small_food_filing.part import Part, stated
from regulations.small_food_filing.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Judged, Notice, all_of, first_change, judge, ruling
from tariffs.judging.periods import years_after
from tariffs.vocabulary.errors import Words

_QUESTION: Final = Words("区政府是否可以决定减少场所证明材料", "may the district ask for fewer proofs of the premises?")
_EARLIER_RUN: Final = Words(
    "满期之后又受处罚；条文未说须连续到申请时", "a penalty came after; that the years must reach today is not said"
)
_OBJECTION: Final = Words("居民有无反对意见，案例未给出", "whether neighbours object is not said")
_MAY: Final = Words("可以而非应当，由区政府决定", "it may and need not; the district government decides")


def business_licence_part(asked: BusinessLicence, on: date, terms: Terms) -> Part:
    """Whether all three conditions are met, and the day on which the clean years are complete."""

    def verdict_on(day: date) -> Verdict:
        return all_of(reason.verdict for reason in _reasons(asked, day, terms))

    complete = _complete_on(_marks(asked, on)[-1], terms)
    ended = asked.filing_ended_on is not None and asked.filing_ended_on < complete
    deadline = Deadline(
        id=terms.clean_years.id,
        name=Words("连续无处罚满期之日", "day on which the clean years are complete"),
        at=complete,
        clause=terms.clean_years,
        how=Words(
            f"自备案或最近一次处罚起 {terms.clean_years.count} 年",
            f"{terms.clean_years.count} years from the filing or the latest penalty",
        ),
    )
    return Part(
        ruling=ruling(
            "business_licence",
            _QUESTION,
            _reasons(asked, on, terms),
            changes_on=first_change(verdict_on, on, [complete], terms.term),
        ),
        deadlines=() if ended else (deadline,),
        notices=(Notice(words=_MAY, clause=terms.district_may),),
    )


def _reasons(asked: BusinessLicence, on: date, terms: Terms) -> tuple[Judged, ...]:
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
