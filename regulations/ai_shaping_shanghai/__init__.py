"""AI shaping Shanghai: where the targets stand, which industries are covered, and what the plan's other figures say.

Source  沪府办发〔2024〕27号 关于人工智能“模塑申城”的实施方案
Check   tests/cases/regulations/ai_shaping_shanghai
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from regulations.ai_shaping_shanghai.applications import coverage, items, model, robots
from regulations.ai_shaping_shanghai.board import board
from regulations.ai_shaping_shanghai.inputs import Inputs
from regulations.ai_shaping_shanghai.terms import Terms
from tariffs.judging.assessment import Assessment
from tariffs.judging.parts import Part, answered, assembled

__all__ = ["Inputs", "Terms", "assess"]

ANSWERS: Final[Mapping[str, Callable[[Any, Terms], Part]]] = {
    "coverage": coverage,
    "robots": robots,
    "model": model,
    "items": items,
}
"""The questions that neither the day nor an option bears on, by the keys of their tables."""


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """Where the targets stand with their gaps, which industries are covered, and how a model or a pilot is classed.

    Source  沪府办发〔2024〕27号 一, 二（四）, 三（九）, 四, 五（十八）
    Check   tests/cases/regulations/ai_shaping_shanghai
    """
    targets = () if inputs.board is None else (board(inputs.board, inputs.on, inputs.options, terms),)
    return assembled("ai_shaping_shanghai", inputs.on, terms.term, (*targets, *answered(inputs, ANSWERS, terms)))
