"""Support for the jewellery and fashion zone in Huangpu: what a list of claims comes to at most, and the zone's targets.

Source  沪府办规〔2025〕2号 关于支持黄浦区建设上海国际珠宝时尚功能区的若干措施
Check   tests/cases/regulations/jewellery_fashion_zone
"""

from collections.abc import Iterable
from typing import Final

from regulations.jewellery_fashion_zone.inputs import Inputs, Targets
from regulations.jewellery_fashion_zone.support import amounts, beside, held, readings
from regulations.jewellery_fashion_zone.terms import Terms
from tariffs.judging.assessment import Assessment, Figure, Judged, Notice, Reading, Ruling, judge, ruling
from tariffs.judging.clauses import Unit
from tariffs.vocabulary.errors import Words

__all__ = ["Inputs", "Terms", "assess"]

_SUPPORTED: Final = Words("所列各项是否均可获资金支持", "does every claim find support in money?")
_TARGETS: Final = Words(
    "有约束力的要求是否均已达到（目标为力争）", "are all binding requirements met (the targets are striven for)?"
)


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """Whether each claim finds support and what they come to at most, and how far the zone is from its targets.

    Source  沪府办规〔2025〕2号 一 to 五
    Check   tests/cases/regulations/jewellery_fashion_zone
    """
    rulings: list[Ruling] = []
    figures: list[Figure] = []
    notices: list[Notice] = []
    told: list[Reading] = []
    if inputs.support is not None:
        claims = [held(n, claim, inputs, terms) for n, claim in enumerate(inputs.support.claims, start=1)]
        rulings.append(ruling("support", _SUPPORTED, (each for one in claims for each in (one.item, one.day))))
        figures.extend(amounts(claims, inputs.options, terms))
        notices.extend(beside(claims, inputs.options, terms))
        told.extend(readings(claims, inputs.options, terms))
    if inputs.targets is not None:
        reasons = _against_targets(inputs.targets, terms)
        rulings.append(ruling("targets", _TARGETS, reasons))
        figures.extend(_gaps(reasons))
    return Assessment(
        regulation="jewellery_fashion_zone",
        on=inputs.on,
        term=terms.term,
        rulings=tuple(rulings),
        figures=tuple(figures),
        notices=tuple(notices),
        readings=tuple(told),
        changes_on=terms.term.first_day_after,
    )


def _against_targets(targets: Targets, terms: Terms) -> tuple[Judged, ...]:
    return (
        judge(terms.yearly_sales, targets.yearly_sales_cny),
        judge(terms.yearly_retail, targets.yearly_retail_cny),
    )


def _gaps(reasons: Iterable[Judged]) -> Iterable[Figure]:
    for judged in reasons:
        if judged.gap is not None:
            yield Figure(
                id=f"{judged.clause.id}_gap",
                name=Words(f"{judged.clause.name.zh}的差距", f"{judged.clause.name.en}: gap"),
                quantity=judged.gap,
                unit=Unit.CNY,
                clause=judged.clause,
                how=Words("目标须超过所列数额", "the target is to pass the figure, not to reach it"),
            )
