"""Service facilities embedded in communities: who lives within the walk, what is there, and what may be done.

Source  沪府办发〔2024〕25号 上海市社区嵌入式服务设施建设工程实施方案
Check   tests/cases/regulations/community_facilities
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from regulations.community_facilities.buildings import (
    idle_asset,
    land_price,
    plot_ratio,
    rent_cut,
    reuse,
    strengthening,
)
from regulations.community_facilities.coverage import coverage
from regulations.community_facilities.inputs import Inputs
from regulations.community_facilities.ledger import area_ledger
from regulations.community_facilities.programme import functions, funding, lists, pilot, responsible
from regulations.community_facilities.terms import Terms
from tariffs.judging.assessment import Assessment
from tariffs.judging.parts import Part, answered, assembled

__all__ = ["Inputs", "Terms", "assess"]

ANSWERS: Final[Mapping[str, Callable[[Any, Terms], Part]]] = {
    "functions": functions,
    "area_ledger": area_ledger,
    "reuse": reuse,
    "idle_asset": idle_asset,
    "plot_ratio": plot_ratio,
    "land_price": land_price,
    "strengthening": strengthening,
    "rent_cut": rent_cut,
    "funding": funding,
    "pilot": pilot,
    "lists": lists,
    "responsible": responsible,
}
"""The questions that no option bears on, by the keys of their tables."""


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """Who lives within a quarter of an hour's walk, what counts where, and what a facility may profit from.

    Source  沪府办发〔2024〕25号 一（一） to 三（十）
    Check   tests/cases/regulations/community_facilities
    """
    walked = () if inputs.coverage is None else (coverage(inputs.coverage, inputs.options, terms),)
    return assembled("community_facilities", inputs.on, terms.term, (*walked, *answered(inputs, ANSWERS, terms)))
