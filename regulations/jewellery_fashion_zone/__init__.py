"""Support for the jewellery and fashion zone in Huangpu: what a list of claims comes to at most, and the zone's targets.

Source  沪府办规〔2025〕2号 关于支持黄浦区建设上海国际珠宝时尚功能区的若干措施
Check   tests/cases/regulations/jewellery_fashion_zone
"""

from collections.abc import Iterable
from typing import Final

from regulations.jewellery_fashion_zone.inputs import Inputs, Targets
from regulations.jewellery_fashion_zone.support import support_part
from regulations.jewellery_fashion_zone.terms import Terms
from tariffs.judging.assessment import Assessment, judge
from tariffs.judging.parts import Part, Question, assembled, gaps
from tariffs.vocabulary.errors import Words

__all__ = ["Inputs", "Terms", "assess"]

TARGETS: Final = Question(
    key="targets",
    words=Words(
        "硬性要求是否均已满足（力争目标仅列差距）",
        "are all binding requirements met (targets striven for show gaps only)?",
    ),
)
_PAST: Final = Words("目标须超过所列数额", "the target is to pass the figure, not to reach it")


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """Whether each claim finds support and what they come to at most, and how far the zone is from its targets.

    Source  沪府办规〔2025〕2号 （一） to （十）
    Check   tests/cases/regulations/jewellery_fashion_zone
    """
    return assembled("jewellery_fashion_zone", inputs.on, terms.term, tuple(_parts(inputs, terms)))


def _parts(inputs: Inputs, terms: Terms) -> Iterable[Part]:
    if inputs.support is not None:
        yield support_part(inputs.support, inputs, terms)
    if inputs.targets is not None:
        yield _targets_part(inputs.targets, terms)


def _targets_part(asked: Targets, terms: Terms) -> Part:
    reasons = (
        judge(terms.yearly_sales, asked.yearly_sales_cny),
        judge(terms.yearly_retail, asked.yearly_retail_cny),
    )
    return Part(ruling=TARGETS.ruled(reasons, terms.term), figures=tuple(gaps(reasons, _PAST)))
