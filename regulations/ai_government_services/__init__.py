"""Government services with artificial intelligence: the quality of service, the way of policies, channels and centres.

Source  沪府办发〔2025〕7号 上海市加快“人工智能＋政务服务”改革推动“高效办成一件事”实施方案
Check   tests/cases/regulations/ai_government_services
"""

from collections.abc import Iterable

from regulations.ai_government_services.channels import centre_part, help_part, virtual_window_part
from regulations.ai_government_services.inputs import Inputs
from regulations.ai_government_services.policy import confirmation_part, policy_part
from regulations.ai_government_services.quality import quality_part
from regulations.ai_government_services.terms import Terms
from tariffs.judging.assessment import Assessment
from tariffs.judging.parts import Part, assembled

__all__ = ["Inputs", "Terms", "assess"]


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """What the text says on each question asked, with the rates of the records.

    Source  沪府办发〔2025〕7号 （一） to （二十二）
    Check   tests/cases/regulations/ai_government_services
    """
    return assembled("ai_government_services", inputs.on, terms.term, tuple(_parts(inputs, terms)))


def _parts(inputs: Inputs, terms: Terms) -> Iterable[Part]:
    if inputs.service_quality is not None:
        yield quality_part(inputs.service_quality, inputs.on, inputs.options, terms)
    if inputs.policy is not None:
        yield policy_part(inputs.policy, terms)
    if inputs.confirmation is not None:
        yield confirmation_part(inputs.confirmation, terms)
    if inputs.virtual_window is not None:
        yield virtual_window_part(inputs.virtual_window, terms)
    if inputs.human_help is not None:
        yield help_part(inputs.human_help, terms)
    if inputs.centre is not None:
        yield centre_part(inputs.centre, terms)
