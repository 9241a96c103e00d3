"""Every question that a case on community facilities asks, answered."""

from collections.abc import Callable, Mapping
from typing import Any

from regulations.community_facilities.answered import Answered
from regulations.community_facilities.buildings import (
    idle_asset,
    land_price,
    plot_ratio,
    rent_cut,
    reuse,
    strengthening,
)
from regulations.community_facilities.coverage import coverage
from regulations.community_facilities.inputs import Inputs, Options
from regulations.community_facilities.ledger import area_ledger
from regulations.community_facilities.programme import functions, funding, lists, pilot, responsible
from regulations.community_facilities.terms import Terms
from tariffs.judging.assessment import Assessment, earliest

ANSWERS: Mapping[str, Callable[[Any, Options, Terms], Answered]] = {
    "coverage": coverage,
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


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """Who lives within a quarter of an hour's walk, what counts where, and what a facility may profit from.

    Source  沪府办发〔2024〕25号 一（一） to 三（十）
    Check   tests/cases/regulations/community_facilities
    """
    asked = {question: getattr(inputs, question) for question in ANSWERS}
    parts = [
        ANSWERS[question](record, inputs.options, terms) for question, record in asked.items() if record is not None
    ]
    return Assessment(
        regulation="community_facilities",
        on=inputs.on,
        term=terms.term,
        rulings=tuple(part.ruling for part in parts),
        figures=tuple(each for part in parts for each in part.figures),
        notices=tuple(each for part in parts for each in part.notices),
        readings=tuple(each for part in parts for each in part.readings),
        changes_on=earliest([terms.term.first_day_after, *(part.ruling.changes_on for part in parts)]),
    )
