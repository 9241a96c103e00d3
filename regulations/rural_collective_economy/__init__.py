"""The rural collective economy: where it stands towards the targets, and which duties a deal or a contract meets.

Source  沪府办发〔2024〕26号 关于进一步促进新型农村集体经济高质量发展的若干措施
Check   tests/cases/regulations/rural_collective_economy
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from regulations.rural_collective_economy.board import board
from regulations.rural_collective_economy.duties import distribution, land, resource_use, service_contract, trading
from regulations.rural_collective_economy.inputs import Inputs
from regulations.rural_collective_economy.terms import Terms
from tariffs.judging.assessment import Assessment
from tariffs.judging.parts import Part, answered, assembled

__all__ = ["Inputs", "Terms", "assess"]

ANSWERS: Final[Mapping[str, Callable[[Any, Terms], Part]]] = {
    "board": board,
    "land": land,
    "service_contract": service_contract,
    "resource_use": resource_use,
    "trading": trading,
    "distribution": distribution,
}
"""The questions by the keys of their tables."""


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """Where the targets stand with gaps and the growth needed, and whether the duties of the text are met.

    Source  沪府办发〔2024〕26号 前言, 一 to 六
    Check   tests/cases/regulations/rural_collective_economy
    """
    parts = tuple(answered(inputs, ANSWERS, terms))
    return assembled("rural_collective_economy", inputs.on, terms.term, parts)
