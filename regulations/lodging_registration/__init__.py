"""Registration of lodging of people from outside the mainland: the deadline, the channel and the papers.

Source  沪公行规〔2025〕3号 境外人员住宿登记办法
Check   tests/cases/regulations/lodging_registration
"""

from regulations.lodging_registration.channel import channel_part
from regulations.lodging_registration.hours import lodging_part
from regulations.lodging_registration.inputs import Inputs
from regulations.lodging_registration.terms import Terms
from tariffs.judging.assessment import Assessment
from tariffs.judging.parts import Part, assembled

__all__ = ["Inputs", "Terms", "assess"]


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """Whether a stay is registered in time and whether a channel may be used, with the deadline and the papers needed.

    Source  沪公行规〔2025〕3号 第二条 to 第十条
    Check   tests/cases/regulations/lodging_registration
    """
    parts: list[Part] = []
    if inputs.lodging is not None:
        parts.append(lodging_part(inputs.lodging, inputs.on, terms, inputs.options))
    if inputs.channel is not None:
        parts.append(channel_part(inputs.channel, terms))
    return assembled("lodging_registration", inputs.on, terms.term, parts)
