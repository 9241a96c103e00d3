"""Every question that a case on the rural collective economy asks, answered."""

from collections.abc import Callable, Mapping
from typing import Any

from regulations.rural_collective_economy.answered import Answered
from regulations.rural_collective_economy.board import board
from regulations.rural_collective_economy.duties import distribution, land, resource_use, service_contract, trading
from regulations.rural_collective_economy.inputs import Inputs
from regulations.rural_collective_economy.terms import Terms
from tariffs.judging.assessment import Assessment, earliest

ANSWERS: Mapping[str, Callable[[Any, Terms], Answered]] = {
    "board": board,
    "land": land,
    "service_contract": service_contract,
    "resource_use": resource_use,
    "trading": trading,
    "distribution": distribution,
}


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """Where the targets stand with gaps and the growth needed, and whether the duties of the text are met.

    Source  沪府办发〔2024〕26号 前言, 一 to 六
    Check   tests/cases/regulations/rural_collective_economy
    """
    asked = {question: getattr(inputs, question) for question in ANSWERS}
    parts = [ANSWERS[question](record, terms) for question, record in asked.items() if record is not None]
    return Assessment(
        regulation="rural_collective_economy",
        on=inputs.on,
        term=terms.term,
        rulings=tuple(part.ruling for part in parts),
        figures=tuple(each for part in parts for each in part.figures),
        deadlines=tuple(each for part in parts for each in part.deadlines),
        notices=tuple(each for part in parts for each in part.notices),
        changes_on=earliest([terms.term.first_day_after, *(part.ruling.changes_on for part in parts)]),
    )
