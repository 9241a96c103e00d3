"""Temporary filing of small food shops without a food licence: whether a shop may be filed, its card, its standing.

Source  沪府规〔2024〕13号 上海市小型餐饮服务提供者临时备案监督管理办法
Check   tests/cases/regulations/small_food_filing
"""

from collections.abc import Iterable

from regulations.small_food_filing.card import card_part, renewal_part
from regulations.small_food_filing.conduct import duties_part, platform_part, trade_part
from regulations.small_food_filing.filing import filing_part, materials_part
from regulations.small_food_filing.inputs import Inputs
from regulations.small_food_filing.standing import business_licence_part, standing_part
from regulations.small_food_filing.terms import Terms
from tariffs.judging.assessment import Assessment
from tariffs.judging.parts import Part, assembled

__all__ = ["Inputs", "Terms", "assess"]


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """The answers to the questions asked of a shop, a platform or a provider, with the days and counts that follow.

    Source  沪府规〔2024〕13号 第二条, 第九条 to 第二十五条
    Check   tests/cases/regulations/small_food_filing
    """
    parts = (*_of_the_shop(inputs, terms), *_of_conduct(inputs, terms))
    return assembled("small_food_filing", inputs.on, terms.term, parts)


def _of_the_shop(inputs: Inputs, terms: Terms) -> Iterable[Part]:
    if inputs.filing is not None:
        yield filing_part(inputs.filing, terms)
    if inputs.materials is not None:
        yield materials_part(inputs.materials, terms)
    if inputs.card is not None:
        yield card_part(inputs.card, inputs.on, inputs.options, terms)
    if inputs.renewal is not None:
        yield renewal_part(inputs.renewal, inputs.on, inputs.options, terms)


def _of_conduct(inputs: Inputs, terms: Terms) -> Iterable[Part]:
    if inputs.standing is not None:
        yield standing_part(inputs.standing, inputs.on, inputs.options, terms)
    if inputs.duties is not None:
        yield duties_part(inputs.duties, terms)
    if inputs.platform is not None:
        yield platform_part(inputs.platform, terms)
    if inputs.trade is not None:
        yield trade_part(inputs.trade, terms)
    if inputs.business_licence is not None:
        yield business_licence_part(inputs.business_licence, inputs.on, terms)
