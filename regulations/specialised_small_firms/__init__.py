"""Support for small firms that are 专精特新: what a firm may have at most, and what binds procurement and the city.

Source  沪府办规〔2025〕3号 上海市促进专精特新中小企业发展壮大的若干措施
Check   tests/cases/regulations/specialised_small_firms
"""

from collections.abc import Iterable
from dataclasses import replace

from regulations.specialised_small_firms.city import circle_part, targets_part
from regulations.specialised_small_firms.growth import growth_part, scale_up_part
from regulations.specialised_small_firms.inputs import Inputs
from regulations.specialised_small_firms.money import (
    guarantee_part,
    in_all,
    loan_part,
    services_part,
    upgrading_part,
    water_part,
)
from regulations.specialised_small_firms.procurement import procurement_part
from regulations.specialised_small_firms.standing import aeo_part, cluster_part, fair_part, title_part
from regulations.specialised_small_firms.terms import Terms
from tariffs.judging.assessment import Assessment
from tariffs.judging.parts import Part, assembled

__all__ = ["Inputs", "Terms", "assess"]


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """What the text says on each question asked, with the benefits of a firm, at most, in 元.

    Source  沪府办规〔2025〕3号 （一） to （二十）
    Check   tests/cases/regulations/specialised_small_firms
    """
    parts = (*_rewards(inputs, terms), *_standing(inputs, terms), *_public(inputs, terms))
    told = assembled("specialised_small_firms", inputs.on, terms.term, parts)
    figures, notices = in_all(parts, terms)
    return replace(
        told,
        figures=(*told.figures, *figures),
        notices=(*told.notices, *notices),
    )


def _rewards(inputs: Inputs, terms: Terms) -> Iterable[Part]:
    status = inputs.status
    if inputs.scale_up is not None:
        yield scale_up_part(inputs.scale_up, terms)
    if inputs.growth is not None:
        yield growth_part(inputs.growth, status, inputs.options, terms)
    if inputs.upgrading is not None:
        yield upgrading_part(inputs.upgrading, status, terms)
    if inputs.digital_services is not None:
        kind, share = terms.digital_services, terms.digital_share
        yield services_part("digital_services", inputs.digital_services, status, kind, share, terms)
    if inputs.professional_services is not None:
        kind, share = terms.professional_services, terms.professional_share
        yield services_part("professional_services", inputs.professional_services, status, kind, share, terms)
    if inputs.credit_loan is not None:
        yield loan_part(inputs.credit_loan, status, terms)
    if inputs.guarantee is not None:
        yield guarantee_part(inputs.guarantee, status, terms)
    if inputs.water_surcharge is not None:
        yield water_part(inputs.water_surcharge, status, terms)


def _standing(inputs: Inputs, terms: Terms) -> Iterable[Part]:
    if inputs.aeo is not None:
        yield aeo_part(inputs.aeo, inputs.status, terms)
    if inputs.overseas_fair is not None:
        yield fair_part(inputs.overseas_fair, inputs.status, terms)
    if inputs.senior_title is not None:
        yield title_part(inputs.senior_title, inputs.status, terms)
    if inputs.cluster is not None:
        yield cluster_part(inputs.cluster, terms)


def _public(inputs: Inputs, terms: Terms) -> Iterable[Part]:
    if inputs.procurement is not None:
        yield procurement_part(inputs.procurement, inputs.on, inputs.options, terms)
    if inputs.service_circle is not None:
        yield circle_part(inputs.service_circle, terms)
    if inputs.targets is not None:
        yield targets_part(inputs.targets, terms)
