"""The city's award for intellectual property: entry, recommendation, numbers, notices, prize money and fraud.

Source  沪府规〔2024〕15号 上海知识产权创新奖评审表彰办法
Check   tests/cases/regulations/ip_innovation_award
"""

from collections.abc import Iterable

from regulations.ip_innovation_award.entry import patent_entry, patent_merit, recommendation, unit_entry, unit_merit
from regulations.ip_innovation_award.inputs import Inputs, Options
from regulations.ip_innovation_award.notices import internal_notice, objection, public_notice
from regulations.ip_innovation_award.prize import fraud, prize
from regulations.ip_innovation_award.round import next_round, quota, review
from regulations.ip_innovation_award.terms import Terms
from tariffs.judging.assessment import Assessment
from tariffs.judging.parts import Part, assembled

__all__ = ["Inputs", "Terms", "assess"]


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """Whether unit or patent may enter, and whether recommendation, numbers, notices and prize money are as the text asks.

    Source  沪府规〔2024〕15号 第三条 to 第三十条
    Check   tests/cases/regulations/ip_innovation_award
    """
    parts = (*_before_review(inputs, terms), *_in_review(inputs, terms))
    return assembled("ip_innovation_award", inputs.on, terms.term, parts)


def _before_review(inputs: Inputs, terms: Terms) -> Iterable[Part]:
    if inputs.unit_entry is not None:
        yield unit_entry(inputs.unit_entry, terms)
    if inputs.unit_merit is not None:
        yield unit_merit(inputs.unit_merit, terms)
    if inputs.patent_entry is not None:
        yield patent_entry(inputs.patent_entry, inputs.on, terms)
    if inputs.patent_merit is not None:
        yield patent_merit(inputs.patent_merit, terms)
    if inputs.internal_notice is not None:
        yield internal_notice(inputs.internal_notice, inputs.on, terms)
    if inputs.recommendation is not None:
        yield recommendation(inputs.recommendation, terms)


def _in_review(inputs: Inputs, terms: Terms) -> Iterable[Part]:
    if inputs.quota is not None:
        yield quota(inputs.quota, terms)
    if inputs.review is not None:
        yield review(inputs.review, terms)
    if inputs.public_notice is not None:
        yield public_notice(inputs.public_notice, inputs.on, terms)
    if inputs.objection is not None:
        yield objection(inputs.objection, inputs.options or Options(), inputs.on, terms)
    if inputs.prize is not None:
        yield prize(inputs.prize, terms)
    if inputs.fraud is not None:
        yield fraud(inputs.fraud, terms)
    if inputs.next_round is not None:
        yield next_round(inputs.next_round, inputs.on, terms)
