"""The duties of the text: the assembly, jobs in contracts, the platform, fees, distribution of towns."""

from regulations.rural_collective_economy.inputs import (
    Deal,
    Distribution,
    Land,
    LandAct,
    Level,
    PassedBy,
    ResourceUse,
    ServiceContract,
    Trading,
)
from regulations.rural_collective_economy.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, Notice, judge
from tariffs.judging.clauses import Clause
from tariffs.judging.parts import OPEN_LIST, Part, Question, joined
from tariffs.vocabulary.errors import Words

LAND = Question(
    key="land",
    words=Words("集体建设用地事项经大会讨论通过的要求是否满足", "is the duty to have it passed by the assembly met?"),
)
SERVICE_CONTRACT = Question(
    key="service_contract",
    words=Words(
        "委托提供乡村社会服务时明确促进农民就业要求的义务是否满足",
        "is the duty to ask for farmers' jobs in the contract met?",
    ),
)
RESOURCE_USE = Question(
    key="resource_use", words=Words("是否履行支付资源使用费的义务", "is the duty to pay for collective resources met?")
)
TRADING = Question(
    key="trading",
    words=Words("是否按“应进必进”进入平台公开竞价", "is the deal where it belongs, on the platform by public bidding?"),
)
DISTRIBUTION = Question(
    key="distribution",
    words=Words("是否不属“有能力而长期不分配”的督导对象", "is the organisation free of guidance for not distributing?"),
)
ACT_WORDS = {
    LandAct.BACK_INTO_USE: Words("盘活", "back into use"),
    LandAct.MARKET_ENTRY: Words("入市", "market entry"),
    LandAct.REDUCTION: Words("减量", "reduction"),
    LandAct.OTHER: Words("其他事项", "another act"),
}
PASSED_WORDS = {
    PassedBy.MEMBERS: Words("成员大会通过", "passed by the members"),
    PassedBy.REPRESENTATIVES: Words("成员代表大会通过", "passed by the representatives"),
    PassedBy.NEITHER: Words("均未通过", "passed by neither"),
}
DEAL_WORDS = {
    Deal.ASSET_OR_RESOURCE: Words("资产资源交易", "deal in assets or resources"),
    Deal.SMALL_WORKS: Words("小微工程建设", "small works"),
    Deal.PURCHASED_SERVICES: Words("购买服务", "purchased services"),
    Deal.OTHER: Words("其他事项", "another deal"),
}
NOT_BOUND = Words("不在本条范围", "outside this rule")
LONG_OPEN = Words("“长期”为几年，条文未定", "how many years are long is not stated")
ABILITY_OPEN = Words("是否具备分配能力未给出", "whether it could distribute is not given")
NO_RATE = Words("使用费标准条文未定", "no rate is stated")


def land(asked: Land, terms: Terms) -> Part:
    """Whether the assembly has passed what is to happen with collective building land."""
    act, passed = ACT_WORDS[asked.act], PASSED_WORDS[asked.passed_by]
    named = asked.act.value in terms.land_acts.listed
    met = not named or asked.passed_by.value in terms.assembly.listed
    because = (
        None
        if named
        else Words(
            "本条只要求所列事项经大会通过，其他规定另计",
            "this text asks it for the acts named only; other rules may ask more",
        )
    )
    judged = Judged(
        clause=terms.assembly,
        verdict=Verdict.YES if met else Verdict.NO,
        found=Words(f"{act.zh}：{passed.zh}", f"{act.en}: {passed.en}"),
        because=because,
    )
    return Part(ruling=LAND.ruled((judged,), terms.term), notices=(_acts_named(terms.land_acts),))


def _acts_named(clause: Clause) -> Notice:
    acts = joined(ACT_WORDS[LandAct(act)] for act in clause.listed)
    words = Words(f"须经大会的事项共 {clause.count} 类：{acts.zh}", f"{clause.count} acts need it: {acts.en}")
    return Notice(words=words, clause=clause)


def service_contract(asked: ServiceContract, terms: Terms) -> Part:
    """Whether a contract that gives rural services to a third party states what is asked for farmers' jobs."""
    bound = asked.rural_service and asked.given_to_third_party
    judged = _duty(terms.jobs_in_contract, bound, asked.states_jobs_for_farmers)
    return Part(ruling=SERVICE_CONTRACT.ruled((judged,), terms.term))


def resource_use(asked: ResourceUse, terms: Terms) -> Part:
    """Whether an operator that produces with collective resources pays for them."""
    judged = _duty(terms.resource_fee, asked.produces_with_collective_resources, asked.fee_paid)
    notice = Notice(words=NO_RATE, clause=terms.resource_fee)
    return Part(ruling=RESOURCE_USE.ruled((judged,), terms.term), notices=(notice,))


def trading(asked: Trading, terms: Terms) -> Part:
    """Whether a deal is made on the city's platform by public bidding, where it belongs there."""
    named = asked.deal.value in terms.trading_kinds.listed
    reasons = (
        _belonging(terms.platform, named, asked.on_city_platform),
        _belonging(terms.public_bidding, named, asked.by_public_bidding),
    )
    deal, count = DEAL_WORDS[asked.deal], terms.trading_kinds.count
    flag = (
        Words(f"{deal.zh}属所列 {count} 类：应进必进", f"{deal.en}: one of the {count} kinds that must go there")
        if named
        else Words(f"{deal.zh}：不在所列 {count} 类", f"{deal.en}: not one of the {count} kinds named")
    )
    return Part(ruling=TRADING.ruled(reasons, terms.term), notices=(Notice(words=flag, clause=terms.trading_kinds),))


def distribution(asked: Distribution, terms: Terms) -> Part:
    """Whether a town organisation is free of the guidance for those that could distribute and have not for long."""
    verdict, because = _free(asked)
    judged = Judged(
        clause=terms.town_distribution,
        verdict=verdict,
        found=_without(asked.years_without),
        needed=Words("镇级、有能力者不得长期不分配", "town organisations that can do not go long without"),
        because=because,
    )
    return Part(ruling=DISTRIBUTION.ruled((judged,), terms.term))


def _without(years: int) -> Words:
    if years == 0:
        return Words("上年已分配", "distributed last year")
    return Words(f"已 {years} 年未分配", f"{years} year(s) without")


def _free(asked: Distribution) -> tuple[Verdict, Words | None]:
    if asked.level is not Level.TOWN:
        return Verdict.YES, NOT_BOUND
    if asked.years_without == 0 or asked.able_to_distribute is False:
        return Verdict.YES, None
    return Verdict.CANNOT_TELL, ABILITY_OPEN if asked.able_to_distribute is None else LONG_OPEN


def _duty(clause: Clause, bound: bool, met: bool) -> Judged:
    """The duty as met or not where it binds; met where it does not."""
    return judge(clause, met) if bound else Judged(clause=clause, verdict=Verdict.YES, found=NOT_BOUND)


def _belonging(clause: Clause, named: bool, met: bool) -> Judged:
    """Met or not for a deal that is named; open for another one that does not do it anyway."""
    if named or met:
        return judge(clause, met)
    return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=met, because=OPEN_LIST)
