"""Support for small firms that are 专精特新: what a firm may have at most, and what binds procurement and the city.

Source  沪府办规〔2025〕3号 上海市促进专精特新中小企业发展壮大的若干措施
Check   tests/cases/regulations/specialised_small_firms
"""

from collections.abc import Iterable

from regulations.specialised_small_firms.city import of_circle, of_targets
from regulations.specialised_small_firms.growth import of_growth, of_scale_up
from regulations.specialised_small_firms.inputs import Inputs
from regulations.specialised_small_firms.money import (
    in_all,
    of_guarantee,
    of_loan,
    of_services,
    of_upgrading,
    of_water,
)
from regulations.specialised_small_firms.procurement import of_procurement
from regulations.specialised_small_firms.standing import of_aeo, of_cluster, of_fair, of_title
from regulations.specialised_small_firms.terms import Terms, Told
from tariffs.judging.assessment import Assessment, earliest

__all__ = ["Inputs", "Terms", "assess"]


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """What the text says on each question asked, with the benefits of a firm, at most, in 元.

    Source  沪府办规〔2025〕3号 （一） to （二十）
    Check   tests/cases/regulations/specialised_small_firms
    """
    answers = (*_rewards(inputs, terms), *_standing(inputs, terms), *_public(inputs, terms))
    totals, added = in_all(answers, terms)
    return Assessment(
        regulation="specialised_small_firms",
        on=inputs.on,
        term=terms.term,
        rulings=tuple(told.ruling for told in answers),
        figures=(*(each for told in answers for each in (*told.benefits, *told.figures)), *totals),
        deadlines=tuple({each.id: each for told in answers for each in told.deadlines}.values()),
        notices=(*(each for told in answers for each in told.notices), *added),
        readings=tuple(each for told in answers for each in told.readings),
        changes_on=earliest([terms.term.first_day_after, *(told.ruling.changes_on for told in answers)]),
    )


def _rewards(inputs: Inputs, terms: Terms) -> Iterable[Told]:
    status = inputs.status
    if inputs.scale_up is not None:
        yield of_scale_up(inputs.scale_up, terms)
    if inputs.growth is not None:
        yield of_growth(inputs.growth, status, inputs.options, terms)
    if inputs.upgrading is not None:
        yield of_upgrading(inputs.upgrading, status, terms)
    if inputs.digital_services is not None:
        kind, share = terms.digital_services, terms.digital_share
        yield of_services("digital_services", inputs.digital_services, status, kind, share, terms)
    if inputs.professional_services is not None:
        kind, share = terms.professional_services, terms.professional_share
        yield of_services("professional_services", inputs.professional_services, status, kind, share, terms)
    if inputs.credit_loan is not None:
        yield of_loan(inputs.credit_loan, status, terms)
    if inputs.guarantee is not None:
        yield of_guarantee(inputs.guarantee, status, terms)
    if inputs.water_surcharge is not None:
        yield of_water(inputs.water_surcharge, status, terms)


def _standing(inputs: Inputs, terms: Terms) -> Iterable[Told]:
    if inputs.aeo is not None:
        yield of_aeo(inputs.aeo, inputs.status, terms)
    if inputs.overseas_fair is not None:
        yield of_fair(inputs.overseas_fair, inputs.status, terms)
    if inputs.senior_title is not None:
        yield of_title(inputs.senior_title, inputs.status, terms)
    if inputs.cluster is not None:
        yield of_cluster(inputs.cluster, terms)


def _public(inputs: Inputs, terms: Terms) -> Iterable[Told]:
    if inputs.procurement is not None:
        yield of_procurement(inputs.procurement, inputs.on, inputs.options, terms)
    if inputs.service_circle is not None:
        yield of_circle(inputs.service_circle, terms)
    if inputs.targets is not None:
        yield of_targets(inputs.targets, terms)
