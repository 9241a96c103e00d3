"""Where and how one is served: the remote virtual window, the help by people, the centre."""

from dataclasses import replace
from typing import Final

from regulations.ai_government_services.inputs import Centre, CentreChoice, HumanHelp, Matter, VirtualWindow
from regulations.ai_government_services.terms import Terms
from tariffs.judging.assessment import Notice, judge
from tariffs.judging.parts import Part, Question, growth_needed, stated
from tariffs.vocabulary.errors import Words

WINDOW: Final = Question(
    key="virtual_window",
    words=Words("远程虚拟窗口的覆盖是否达到", "does the remote virtual window reach what is asked?"),
)
HELP: Final = Question(
    key="human_help", words=Words("帮办服务是否达到“021”", "does the help by people keep the label 021?")
)
CENTRE: Final = Question(
    key="centre", words=Words("是否为集中办理该类事项的中心", "is this the centre where such matters are gathered?")
)
_ALL_CITIES: Final = Words("地级及以上城市全覆盖", "all cities of prefecture level and above")
_UNBROKEN: Final = Words("不间断", "without a break")
_CENTRES: Final = {
    Centre.DISTRICT: Words("区政务服务中心", "the centre of the district"),
    Centre.STREET_OR_TOWN: Words("街镇社区事务受理服务中心", "the centre of the street or town"),
}
_NEAREST: Final = Words(
    "经远程虚拟窗口，就近窗口也可同质办理", "by the remote virtual window the nearest window serves alike"
)
_BY_WHAT: Final = Words("以何种出行方式计未载明", "by what means of travel the minutes are counted is not stated")


def virtual_window_part(asked: VirtualWindow, terms: Terms) -> Part:
    """Whether the remote virtual window covers the items and the cities asked for."""
    reasons = (
        judge(terms.virtual_window_items, asked.items),
        replace(stated(terms.virtual_window_cities, asked.all_cities_covered), needed=_ALL_CITIES),
    )
    growth = growth_needed(terms.virtual_window_items, asked.items)
    return Part(ruling=WINDOW.ruled(reasons, terms.term), figures=tuple(growth))


def help_part(asked: HumanHelp, terms: Terms) -> Part:
    """Whether the help by people keeps what its label says: no distance, two channels, one minute; and what it covers."""
    reasons = (
        replace(judge(terms.zero_distance, asked.uninterrupted), needed=_UNBROKEN),
        judge(terms.help_channels, len(set(asked.channels))),
        judge(terms.first_response, asked.first_response_seconds),
        judge(terms.help_covers_items, asked.frequent_items_covered),
        judge(terms.help_covers_policies, asked.policies_covered),
    )
    return Part(ruling=HELP.ruled(reasons, terms.term))


def centre_part(asked: CentreChoice, terms: Terms) -> Part:
    """Whether a matter is brought to the centre where its kind is gathered; the minutes on the way are soft."""
    of_firm = asked.matter is Matter.FIRM
    clause = terms.centre_for_firms if of_firm else terms.centre_for_persons
    gathered = Centre.DISTRICT if of_firm else Centre.STREET_OR_TOWN
    right = judge(clause, asked.centre is gathered)
    reasons = (
        replace(right, found=_CENTRES[asked.centre], needed=_CENTRES[gathered]),
        judge(terms.service_circle, asked.minutes_to_centre),
    )
    return Part(
        ruling=CENTRE.ruled(reasons, terms.term),
        notices=(Notice(words=_NEAREST, clause=clause), Notice(words=_BY_WHAT, clause=terms.service_circle)),
    )
