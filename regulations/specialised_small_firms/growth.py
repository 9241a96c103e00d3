"""Rewards for size and growth: a firm that comes above scale, and a 小巨人 that grows two years in a row."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

from regulations.specialised_small_firms.firm_inputs import Growth, Industry, Scale, ScaleReward, ScaleUp, Status
from regulations.specialised_small_firms.inputs import Measure, Options
from regulations.specialised_small_firms.standing import little_giant
from regulations.specialised_small_firms.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, Notice, judge
from tariffs.judging.clauses import Clause, Unit
from tariffs.judging.parts import Part, Question, chosen, stated
from tariffs.judging.shares import cut_towards
from tariffs.vocabulary.errors import Words

SCALE_UP: Final = Question(
    key="scale_up", words=Words("能否获所求的小升规奖励", "may the rewards sought for size be had?")
)
GROWTH: Final = Question(key="growth", words=Words("能否获规转强奖励", "may the reward for growth be had?"))
_AT_MOST: Final = Words("至多", "at most")
_ONCE: Final = Words("至多，一次性", "at most, once")
_AS_SET: Final = Words("已核定数额", "as it is set already")
_INDUSTRIES: Final = Words("所列行业之一", "one of the industries named")
_QUALIFIED: Final = Words("符合条件（另行规定）", "qualified under other rules")
_FIRST: Final = Words("当年首次升规", "above scale for the first time in the year")
_ALREADY: Final = Words("此前已在规上", "above scale already")
_NO_RATE: Final = Words("按当年增长情况，比例未载明", "by the growth of the year; no rate is stated")
_NOT_GIVEN: Final = Words("未给出所选口径三年数据", "three years of the measure chosen are not given")
_FROM_NOTHING: Final = Words("上年为零，增速无从计算", "no growth follows on a year of nothing")
_MEASURES: Final = {
    Measure.OUTPUT: Words("各年均按产值计增速", "growth of output in all years"),
    Measure.REVENUE: Words("各年均按营收计增速", "growth of revenue in all years"),
}


def scale_up_part(asked: ScaleUp, terms: Terms) -> Part:
    """Whether the rewards sought for coming above scale, or for growing there, may be had, and up to what."""
    sought = tuple(dict.fromkeys(asked.sought))
    reasons = [
        replace(judge(terms.scale_industries, asked.industry is not Industry.OTHER), needed=_INDUSTRIES),
        replace(stated(terms.scale_conditions, asked.qualified), needed=_QUALIFIED),
    ]
    if ScaleReward.FIRST_TIME in sought:
        reasons.append(replace(judge(terms.scale_first, asked.scale is Scale.FIRST_THIS_YEAR), needed=_FIRST))
    if ScaleReward.GROWTH in sought:
        reasons.append(replace(judge(terms.scale_growth, asked.scale is Scale.ALREADY_ABOVE), needed=_ALREADY))
        reasons.append(judge(terms.scale_grew, asked.grew_this_year))
    reasons.append(judge(terms.scale_not_both, len(sought) == len(ScaleReward)))
    answer = SCALE_UP.ruled(reasons, terms.term)
    clauses = {ScaleReward.FIRST_TIME: terms.scale_first, ScaleReward.GROWTH: terms.scale_growth}
    no_rate = Notice(words=_NO_RATE, clause=terms.scale_growth)
    return Part(
        ruling=answer,
        figures=() if answer.verdict is Verdict.NO else tuple(_reward(clauses[each], None, _ONCE) for each in sought),
        notices=(no_rate,) if ScaleReward.GROWTH in sought else (),
    )


def growth_part(asked: Growth, status: Status | None, options: Options, terms: Terms) -> Part:
    """Whether a 小巨人 grew fast enough in each of two years in a row, by exact growth, and up to what it is rewarded."""
    by_year = asked.output_cny if options.growth_measure is Measure.OUTPUT else asked.revenue_cny
    rates = () if by_year is None else tuple(_rates(by_year))
    set_already = () if asked.awarded_cny is None else (judge(terms.growth_reward, asked.awarded_cny),)
    reasons = [little_giant(status, terms), *_growth_reasons(rates, terms), *set_already]
    answer = GROWTH.ruled(reasons, terms.term)
    how = _AT_MOST if asked.awarded_cny is None else _AS_SET
    reading = chosen("growth_measure", options.growth_measure, _MEASURES, terms.growth_each_year)
    return Part(
        ruling=answer,
        figures=() if answer.verdict is Verdict.NO else (_reward(terms.growth_reward, asked.awarded_cny, how),),
        readings=(reading,),
    )


def _growth_reasons(rates: tuple[Fraction | None, ...], terms: Terms) -> Iterable[Judged]:
    clause = terms.growth_each_year
    if not rates:
        yield judge(clause, None, because=_NOT_GIVEN)
        return
    for rate in rates:
        yield judge(clause, None, because=_FROM_NOTHING) if rate is None else judge(clause, cut_towards(clause, rate))
    known = [rate for rate in rates if rate is not None]
    met = sum(clause.met_by(cut_towards(clause, rate)) for rate in known)
    yield judge(terms.growth_years, met if len(known) == len(rates) else None)


def _rates(by_year: tuple[Decimal, ...]) -> Iterable[Fraction | None]:
    for before, after in pairwise(by_year):
        yield None if before == 0 else Fraction(after) / Fraction(before) - 1


def _reward(clause: Clause, awarded_cny: Decimal | None, how: Words) -> Figure:
    amount = clause.mark if awarded_cny is None else awarded_cny
    return Figure(id=clause.id, name=clause.name, quantity=amount, unit=Unit.CNY, clause=clause, how=how)
