"""Government services with artificial intelligence: the quality of service, the way of policies, channels and centres.

Source  沪府办发〔2025〕7号 上海市加快“人工智能＋政务服务”改革推动“高效办成一件事”实施方案
Check   tests/cases/regulations/ai_government_services
"""

from collections.abc import Iterable

from regulations.ai_government_services.channels import of_centre, of_help, of_virtual_window
from regulations.ai_government_services.inputs import Inputs
from regulations.ai_government_services.policy import of_confirmation, of_policy
from regulations.ai_government_services.quality import of_quality
from regulations.ai_government_services.terms import Terms, Told
from tariffs.judging.assessment import Assessment, earliest

__all__ = ["Inputs", "Terms", "assess"]


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """What the text says on each question asked, with the rates of the records.

    Source  沪府办发〔2025〕7号 （一） to （二十二）
    Check   tests/cases/regulations/ai_government_services
    """
    answers = tuple(_answers(inputs, terms))
    return Assessment(
        regulation="ai_government_services",
        on=inputs.on,
        term=terms.term,
        rulings=tuple(told.ruling for told in answers),
        figures=tuple(each for told in answers for each in told.figures),
        notices=tuple(each for told in answers for each in told.notices),
        readings=tuple(each for told in answers for each in told.readings),
        changes_on=earliest([terms.term.first_day_after, *(told.ruling.changes_on for told in answers)]),
    )


def _answers(inputs: Inputs, terms: Terms) -> Iterable[Told]:
    if inputs.service_quality is not None:
        yield of_quality(inputs.service_quality, inputs.on, inputs.options, terms)
    if inputs.policy is not None:
        yield of_policy(inputs.policy, terms)
    if inputs.confirmation is not None:
        yield of_confirmation(inputs.confirmation, terms)
    if inputs.virtual_window is not None:
        yield of_virtual_window(inputs.virtual_window, terms)
    if inputs.human_help is not None:
        yield of_help(inputs.human_help, terms)
    if inputs.centre is not None:
        yield of_centre(inputs.centre, terms)
