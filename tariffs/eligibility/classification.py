"""The decision table of the storage plan: what kind a station is, which prices and which capacity subsidy it has on a day."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from tariffs.answers import Answer, Reason, Verdict
from tariffs.citation import Citation
from tariffs.independent_station import EligibilityTerms, eligibility_terms
from tariffs.schema import read_record
from tariffs.stations import Host, Station
from tariffs.support_claims import Claim, new_energy_leased_mw, subsidy_claim
from tariffs.versions import Version
from tariffs.vocabulary.errors import DocumentError, Words


class StationKind(Enum):
    """The kinds of station that the storage plan tells apart."""

    INDEPENDENT = "independent"
    THERMAL_PAIRED = "thermal_paired"
    USER_SIDE = "user_side"
    CANNOT_TELL = "cannot_tell"


class PriceRegime(Enum):
    """At which prices a station charges and discharges."""

    REGULATED = "regulated"
    MARKET = "market"
    NONE = "none"
    CANNOT_TELL = "cannot_tell"


class CapacitySubsidy(Enum):
    """Whether a station may have the city's capacity subsidy, and if not, why."""

    ELIGIBLE = "eligible"
    NOT_INDEPENDENT = "not_independent"
    NOT_LISTED = "not_listed"
    OVERRIDDEN = "overridden"
    LEASED = "leased"
    PARTLY_LEASED = "partly_leased"
    CANNOT_TELL = "cannot_tell"


OPEN: Final = (CapacitySubsidy.PARTLY_LEASED, CapacitySubsidy.CANNOT_TELL)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsidyTable:
    """The `[capacity_support]` table of the plan."""

    article: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The documents that count on a day: the plan's text of its prices and of its kinds of station, and the national
    capacity price, which goes before the city's subsidy, where it is in force."""

    pricing: Version
    filing: Version
    national: Version | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """What a station is on a day, with the answers that led to it.

    Shape   `independent` is the plan's own definition, `kind` is what follows from it and from the host
    """

    on: date
    kind: StationKind
    independent: Answer
    kind_answer: Answer
    price_regime: Answer
    capacity_subsidy: Answer


def classified(station: Station, plan: Plan, on: date, market_from: date | None = None) -> Classification:
    """The kind, price regime and capacity subsidy of a station on a day.

    Raises  DocumentError if a table of the plan cannot be used
    Source  沪府办发〔2024〕28号 二（一）, 二（三）, 五（二）, 六（二）, 六（四）
    Check   tests/cases/classify/kinds.toml, prices.toml, subsidy.toml
    """
    terms = eligibility_terms(plan.pricing)
    independent = _independent(station, plan, terms, on)
    kind, kind_answer = _kind(station, plan, independent)
    return Classification(
        on=on,
        kind=kind,
        independent=independent,
        kind_answer=kind_answer,
        price_regime=_price_regime(station, plan, kind, on, market_from),
        capacity_subsidy=_capacity_subsidy(station, plan, kind, on),
    )


def _independent(station: Station, plan: Plan, terms: EligibilityTerms, on: date) -> Answer:
    charge_mw, limit = station.rating_on(on).charge_power_mw, terms.min_charge_power_mw
    checks = (
        (station.connected_to_public_grid, "独立并入公共电网", "on the public grid on its own"),
        (station.own_metering, "独立计量", "metering of its own"),
        (station.agc, "自动发电控制（AGC）", "automatic generation control"),
    )
    definition = plan.pricing.citation(terms.article)
    failing = [Words(f"缺：{zh}", f"lacking: {en}") for met, zh, en in checks if not met]
    power = Words(
        f"充电功率 {charge_mw} 兆瓦，{'达到' if charge_mw >= limit else '低于'} {limit} 兆瓦",
        f"charging power {charge_mw} MW is {'not below' if charge_mw >= limit else 'below'} {limit} MW",
    )
    if charge_mw < limit:
        failing.append(power)
    if station.host is Host.THERMAL:
        failing.append(Words("属火电机组配置储能", "it is paired with a thermal unit"))
    if failing:
        told = tuple(Reason(words=words, citation=definition) for words in failing)
        return _answer("independent", "no", Verdict.NO, *told)
    if station.host is Host.USER:
        return _answer("independent", "cannot_tell", Verdict.CANNOT_TELL, _user_on_the_grid(plan))
    shown = "、".join(zh for _, zh, _ in checks), ", ".join(en for _, _, en in checks)
    met = Words(f"{shown[0]}；{power.zh}", f"{shown[1]}; {power.en}")
    return _answer("independent", "yes", Verdict.YES, Reason(words=met, citation=definition))


def _kind(station: Station, plan: Plan, independent: Answer) -> tuple[StationKind, Answer]:
    filed = plan.filing.citation(_article(plan, "filing_level"))
    reasons: tuple[Reason, ...]
    if station.host is Host.THERMAL:
        kind, reasons = StationKind.THERMAL_PAIRED, (_reason(filed, "配置于火电机组", "paired with a thermal unit"),)
    elif station.host is Host.USER and not station.connected_to_public_grid:
        cited = plan.filing.citation(_article(plan, "user_side_definition"))
        told = _reason(
            cited, "属用户，不独立并入公共电网", "a user's, with no connection of its own to the public grid"
        )
        kind, reasons = StationKind.USER_SIDE, (told,)
    elif station.host is Host.USER:
        kind, reasons = StationKind.CANNOT_TELL, (_user_on_the_grid(plan),)
    elif independent.verdict is Verdict.YES:
        cited = independent.reasons[0].citation
        told = _reason(cited, "符合独立储能电站定义", "it meets the definition of an independent station")
        kind, reasons = StationKind.INDEPENDENT, (told,)
    else:
        other = _reason(
            filed,
            "不是独立储能电站，也没有火电或用户主体",
            "no independent station, and neither a thermal unit's nor a user's",
        )
        kind, reasons = StationKind.CANNOT_TELL, (other,)
    verdict = Verdict.CANNOT_TELL if kind is StationKind.CANNOT_TELL else Verdict.YES
    return kind, _answer("kind", kind.value, verdict, *reasons)


def _user_on_the_grid(plan: Plan) -> Reason:
    return _reason(
        plan.filing.citation(_article(plan, "user_side_definition")),
        "属用户，却写有独立并入公共电网；用户侧应写 connected_to_public_grid = false",
        "a user's, yet on the public grid on its own; behind a user's meter, write connected_to_public_grid = false",
    )


def _price_regime(station: Station, plan: Plan, kind: StationKind, on: date, market_from: date | None) -> Answer:
    cited = plan.filing.citation(_article(plan, "income_path"))
    if kind is StationKind.CANNOT_TELL:
        regime, words = (
            PriceRegime.CANNOT_TELL,
            Words(
                "政策电价只给列入年度计划的独立储能电站；这类电站的电价方案没有写",
                "the regulated prices are for independent stations in the yearly plan; for such a station none are given",
            ),
        )
    elif kind is not StationKind.INDEPENDENT:
        regime, words = (
            PriceRegime.NONE,
            Words("随所属主体取得收益，没有政策电价", "it earns with its host: no regulated prices"),
        )
    elif not _listed(station, on):
        regime, words = (
            PriceRegime.NONE,
            Words(f"{on} 未列入年度建设计划", f"not in the yearly plan on {on}"),
        )
    elif market_from is not None and market_from <= on:
        regime, words = (
            PriceRegime.MARKET,
            Words(
                f"自 {market_from} 起按市场需求充放电", f"charges and discharges by the market from {market_from} on"
            ),
        )
    else:
        regime, words = PriceRegime.REGULATED, _regulated_words(plan, on, market_from)
    verdict = {PriceRegime.CANNOT_TELL: Verdict.CANNOT_TELL, PriceRegime.NONE: Verdict.NO}.get(regime, Verdict.YES)
    return _answer("price_regime", regime.value, verdict, Reason(words=words, citation=cited))


def _regulated_words(plan: Plan, on: date, market_from: date | None) -> Words:
    switch = plan.pricing.body.get("market_switch", {}).get("national_timetable_from")
    if market_from is not None:
        return Words(f"市场阶段自 {market_from} 起，此前按政策电价", f"regulated prices until {market_from}")
    if isinstance(switch, date) and switch <= on:
        return Words(
            f"market_from 未填，按政策电价；全国时间表已过 {switch}，请核实",
            f"market_from is empty, so regulated prices; the national timetable passed on {switch}: please check",
        )
    return Words(
        "market_from 未填：按两个市场尚未进入长周期结算试运行",
        "market_from is empty: the two markets are taken as not yet in long-period settlement trial",
    )


def _capacity_subsidy(station: Station, plan: Plan, kind: StationKind, on: date) -> Answer:
    table = read_record(
        SubsidyTable,
        plan.filing.body.get("capacity_support", {}),
        where=f"{plan.filing.series} capacity_support",
        error=DocumentError,
    )
    cited = plan.filing.citation(table.article)
    choice, words = _subsidy(station, plan.national, kind, on)
    verdict = Verdict.NO
    if choice is CapacitySubsidy.ELIGIBLE or choice in OPEN:
        verdict = Verdict.CANNOT_TELL if choice in OPEN else Verdict.YES
    reasons = [Reason(words=words, citation=cited)]
    if choice is CapacitySubsidy.ELIGIBLE and plan.national is not None:
        since, number = plan.national.header.effective_from, _number(plan.national)
        reasons.append(
            _reason(
                cited,
                f"{since} 起已有国家容量电价（{number}），列入其清单后以国家为准",
                f"a national capacity price exists since {since} ({number}); once on its list, the station follows that",
            )
        )
    return _answer("capacity_subsidy", choice.value, verdict, *reasons)


def _subsidy(station: Station, national: Version | None, kind: StationKind, on: date) -> tuple[CapacitySubsidy, Words]:
    if kind is StationKind.CANNOT_TELL and station.host is Host.USER:
        return CapacitySubsidy.CANNOT_TELL, Words("电站类型不能判断", "the kind of station cannot be told")
    if kind is not StationKind.INDEPENDENT:
        return CapacitySubsidy.NOT_INDEPENDENT, Words("不是独立储能电站", "it is no independent station")
    claim = subsidy_claim(station, on, national_price_in_force=national is not None)
    return CapacitySubsidy(claim.value), _claim_words(claim, station, national, on)


def _number(national: Version | None) -> str:
    return "" if national is None else national.header.citation.document_number


def _claim_words(claim: Claim, station: Station, national: Version | None, on: date) -> Words:
    """A claim in words with the figures of the station."""
    rated_mw, leased_mw = station.rating_on(on).power_mw, new_energy_leased_mw(station, on)
    national_from, number = station.national_capacity_price_from, _number(national)
    return {
        Claim.ELIGIBLE: Words(
            "未租给新能源项目开发企业，可阶段性给予，水平未定",
            "nothing leased to a new-energy developer: it may be granted for a stage, the level is not set",
        ),
        Claim.NOT_LISTED: Words(f"{on} 未列入年度建设计划", f"not in the yearly plan on {on}"),
        Claim.OVERRIDDEN: Words(
            f"自 {national_from} 起按国家容量电价（{number}）",
            f"has the national capacity price ({number}) from {national_from}",
        ),
        Claim.LEASED: Words(
            f"{rated_mw} 兆瓦全部租给新能源项目开发企业", f"all of the {rated_mw} MW is leased to new-energy developers"
        ),
        Claim.PARTLY_LEASED: Words(
            f"{rated_mw} 兆瓦中已租 {leased_mw} 兆瓦；其余部分方案没有写",
            f"{leased_mw} MW of {rated_mw} MW leased; of the rest the plan does not speak",
        ),
    }[claim]


def _listed(station: Station, on: date) -> bool:
    return station.listed_from is not None and station.listed_from <= on


def _article(plan: Plan, name: str) -> str:
    article = plan.filing.body.get(name, {}).get("article")
    if isinstance(article, str):
        return article
    raise DocumentError(
        Words(f"{plan.filing.series} 缺 {name} 的条款", f"{plan.filing.series} has no article of {name}"),
        found=Words(f"没有 {name}.article", f"no {name}.article"),
        do=Words(f"补写 [{name}] 的 article", f"write the article of [{name}]"),
    )


def _reason(citation: Citation, zh: str, en: str) -> Reason:
    return Reason(words=Words(zh, en), citation=citation)


def _answer(question: str, choice: str, verdict: Verdict, *reasons: Reason) -> Answer:
    return Answer(question=question, choice=choice, verdict=verdict, reasons=reasons)
