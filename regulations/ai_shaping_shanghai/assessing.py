"""Every question that a case on AI in Shanghai asks, answered."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from regulations.ai_shaping_shanghai.answered import Answered
from regulations.ai_shaping_shanghai.applications import coverage, items, model, robots
from regulations.ai_shaping_shanghai.board import board
from regulations.ai_shaping_shanghai.inputs import Inputs, Options
from regulations.ai_shaping_shanghai.terms import Terms
from tariffs.judging.assessment import Assessment, Notice, earliest
from tariffs.vocabulary.errors import Words

ANSWERS: Mapping[str, Callable[[Any, Options, Terms], Answered]] = {
    "board": board,
    "coverage": coverage,
    "robots": robots,
    "model": model,
    "items": items,
}


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """Where the targets stand with their gaps, which industries are covered, and how a model or a pilot is classed.

    Source  沪府办发〔2024〕27号 一, 二（四）, 三（九）, 四, 五（十八）
    Check   tests/cases/regulations/ai_shaping_shanghai
    """
    asked = {question: getattr(inputs, question) for question in ANSWERS}
    parts = [
        ANSWERS[question](record, inputs.options, terms) for question, record in asked.items() if record is not None
    ]
    return Assessment(
        regulation="ai_shaping_shanghai",
        on=inputs.on,
        term=terms.term,
        rulings=tuple(part.ruling for part in parts),
        figures=tuple(each for part in parts for each in part.figures),
        deadlines=tuple(each for part in parts for each in part.deadlines),
        notices=(*(each for part in parts for each in part.notices), *_past(inputs, terms)),
        readings=tuple(each for part in parts for each in part.readings),
        changes_on=earliest([terms.term.first_day_after, *(part.ruling.changes_on for part in parts)]),
    )


def _past(inputs: Inputs, terms: Terms) -> tuple[Notice, ...]:
    target_on = date.fromisoformat(terms.target_day.listed[0])
    if inputs.board is None or inputs.on <= target_on:
        return ()
    words = Words(f"目标期限 {target_on} 已过", f"the day of the targets, {target_on}, has passed")
    return (Notice(words=words, clause=terms.target_day),)
