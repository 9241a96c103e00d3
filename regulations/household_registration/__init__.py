"""A registered household for holders of the residence permit: conditions, the five relaxations, family and papers.

Source  沪府规〔2024〕17号 持有《上海市居住证》人员申办本市常住户口办法
Check   tests/cases/regulations/household_registration
"""

from regulations.household_registration.application import application_part
from regulations.household_registration.family_and_papers import family_part, materials_part
from regulations.household_registration.inputs import Inputs
from regulations.household_registration.terms import Terms
from tariffs.judging.assessment import Assessment
from tariffs.judging.parts import Part, assembled

__all__ = ["Inputs", "Terms", "assess"]


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """Whether a holder of the residence permit may apply for a household, the family go along, and the papers are complete.

    Source  沪府规〔2024〕17号 第三条 to 第十三条
    Check   tests/cases/regulations/household_registration
    """
    parts: list[Part] = []
    if inputs.application is not None:
        parts.append(application_part(inputs.application, inputs, terms))
    if inputs.family is not None:
        parts.append(family_part(inputs.family, inputs.on, terms))
    if inputs.materials is not None:
        parts.append(materials_part(inputs.materials, terms))
    return assembled("household_registration", inputs.on, terms.term, parts)
