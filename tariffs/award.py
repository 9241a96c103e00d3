"""The city's award for catalogue projects: its terms, its rate for a station, and whether a station has it on a day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from tariffs.answers import Answer, Reason, Verdict
from tariffs.citation import Citation
from tariffs.schema import read_record
from tariffs.stations import Catalogue, Host, Station
from tariffs.versions import Version
from tariffs.vocabulary.errors import DocumentError, RecordProblems, Words

SERIES: Final = "award"
QUESTION: Final = "award"
SIZE_QUESTION: Final = "award_size"
HOST_OF_CATALOGUE: Final = {Catalogue.INDEPENDENT: Host.NONE, Catalogue.USER_SIDE: Host.USER}


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardTerms:
    """The `[award]` table: rates in 元/kWh of discharged energy, their ceiling, and who may have them.

    Raises  RecordProblems if a rate or a limit is out of its range
    """

    article: str
    meaning: str
    rate_cny_per_kwh: Mapping[str, Decimal]
    in_building_rate_cny_per_kwh: Decimal
    max_kwh_per_kwh_year: Decimal
    award_years: int
    connected_from: date
    connected_until: date
    rates_for_connection_before: date
    min_discharge_power_mw: Decimal
    min_user_side_power_mw: Decimal
    min_user_side_energy_mwh: Decimal
    min_advanced_ratio: Decimal

    def __post_init__(self) -> None:
        listed = {catalogue.value for catalogue in HOST_OF_CATALOGUE}
        rates = [*self.rate_cny_per_kwh.values(), self.in_building_rate_cny_per_kwh, self.max_kwh_per_kwh_year]
        problems = []
        if set(self.rate_cny_per_kwh) != listed:
            names = " | ".join(sorted(listed))
            problems.append(Words(f"rate_cny_per_kwh 须恰有 {names}", f"rate_cny_per_kwh has exactly {names}"))
        if min(rates) < 0 or self.award_years < 1:
            problems.append(Words("奖励标准与年限须为正", "rates and years of the award must be positive"))
        if self.connected_until < self.connected_from:
            problems.append(Words("connected_until 早于 connected_from", "connected_until lies before connected_from"))
        if problems:
            raise RecordProblems(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """Whether a station has the award on a day, and its rate in 元/kWh where it is known."""

    answer: Answer
    rate_cny_per_kwh: Decimal | None


def award_terms(version: Version) -> AwardTerms:
    """The terms of the award of one version of its document.

    Raises  DocumentError if there is no usable [award] table
    """
    where = f"{version.series} award"
    return read_record(AwardTerms, version.body.get("award", {}), where=where, error=DocumentError)


def award_rate(terms: AwardTerms, station: Station) -> Decimal | None:
    """The award in 元/kWh of all discharged energy; nothing where the station has none or its rate is not known.

    Shape   exact: the rate of its catalogue, and for an independent station the share inside a building on top
    Source  沪发改规范〔2025〕5号
    Check   tests/cases/classify/award.toml
    """
    if station.catalogue is Catalogue.NONE or not terms.connected_from <= station.grid_connected_on:
        return None
    if station.grid_connected_on >= terms.rates_for_connection_before:
        return None
    rate = terms.rate_cny_per_kwh[station.catalogue.value]
    if station.catalogue is Catalogue.INDEPENDENT:
        rate += terms.in_building_rate_cny_per_kwh * station.in_building_ratio
    return rate


def award_end(terms: AwardTerms, award_from: date) -> date:
    """The first day after the years of the award; a 29 February counts as the 1 March of a shorter year."""
    year = award_from.year + terms.award_years
    try:
        return award_from.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def unchecked(terms: AwardTerms, station: Station) -> Words:
    """The conditions of the award that nothing here checks: a yes holds only where they are met."""
    share = f"{terms.min_advanced_ratio.scaleb(2).normalize():f}"
    if station.catalogue is Catalogue.USER_SIDE:
        return Words(
            f"未核对：先进技术占比不低于 {share}%",
            f"not checked: a share of advanced technology of at least {share} %",
        )
    return Words(
        f"未核对：先进技术占比不低于 {share}%，以及独立储能电站的最低容量",
        f"not checked: a share of advanced technology of at least {share} %, and the least energy of an independent station",
    )


def award_on(station: Station, version: Version | None, on: date, catalogue: Citation) -> Award:
    """Whether a station has the award on a day, with every reason; `catalogue` is the plan's article on it.

    Shape   no where one condition fails for sure; cannot tell where the text leaves one open; no version: cannot tell
    Source  沪府办发〔2024〕28号 六（三）; 沪发改规范〔2025〕5号
    """
    if station.catalogue is Catalogue.NONE:
        words = Words("未列入示范项目目录", "not in the demonstration catalogue")
        reasons = [(Verdict.NO, Reason(words=words, citation=catalogue))]
    elif version is None:
        words = Words(f"{on} 没有现行的奖励办法", f"no rule of the award is in force on {on}")
        reasons = [(Verdict.CANNOT_TELL, Reason(words=words, citation=catalogue))]
    else:
        reasons = []
    rate = None
    if version is not None:
        terms = award_terms(version)
        source = version.citation(terms.article)
        judged = _judged(station, terms, on)
        reasons += [(verdict, Reason(words=words, citation=source)) for verdict, words in judged]
        rate = award_rate(terms, station)
    found = {verdict for verdict, _ in reasons}
    verdict = next(each for each in (Verdict.NO, Verdict.CANNOT_TELL, Verdict.YES) if each in found)
    told = tuple(reason for each, reason in reasons if each is verdict)
    answer = Answer(question=QUESTION, choice=verdict.value, verdict=verdict, reasons=told)
    return Award(answer=answer, rate_cny_per_kwh=rate if verdict is Verdict.YES else None)


def award_size(station: Station, version: Version, on: date) -> Answer:
    """Whether a station is large enough for the award, whose test is discharging power, listed or not.

    Source  沪发改规范〔2025〕5号
    """
    terms = award_terms(version)
    verdict, words = _size(station, terms, on)
    reason = Reason(words=words, citation=version.citation(terms.article))
    return Answer(question=SIZE_QUESTION, choice=verdict.value, verdict=verdict, reasons=(reason,))


def _judged(station: Station, terms: AwardTerms, on: date) -> Iterator[tuple[Verdict, Words]]:
    yield from _connection(station, terms)
    if station.catalogue is Catalogue.NONE:
        return
    yield _size(station, terms, on)
    yield from _period(station, terms, on)
    if station.host is not HOST_OF_CATALOGUE[station.catalogue]:
        named, host = station.catalogue.value, station.host.value
        yield (
            Verdict.CANNOT_TELL,
            Words(f"目录类别 {named} 与配套主体 {host} 不符", f"listed as {named}, but its host is {host}"),
        )
    rate = award_rate(terms, station)
    if rate is not None:
        cap = terms.max_kwh_per_kwh_year
        yield (
            Verdict.YES,
            Words(
                f"放电每千瓦时 {rate} 元，每年每千瓦时容量至多 {cap} 千瓦时，共 {terms.award_years} 年",
                f"{rate} 元 for each kWh discharged, at most {cap} kWh a year for each kWh of capacity, "
                f"{terms.award_years} years",
            ),
        )
        yield Verdict.YES, unchecked(terms, station)


def _connection(station: Station, terms: AwardTerms) -> Iterator[tuple[Verdict, Words]]:
    day, first, last = station.grid_connected_on, terms.connected_from, terms.connected_until
    if not first <= day <= last:
        yield (
            Verdict.NO,
            Words(f"并网日 {day} 不在 {first} 至 {last} 之间", f"connected on {day}, not between {first} and {last}"),
        )
    elif day >= terms.rates_for_connection_before:
        limit = terms.rates_for_connection_before
        yield (
            Verdict.CANNOT_TELL,
            Words(
                f"并网日 {day}：{limit} 起并网的标准未查到",
                f"connected on {day}: rates for connection from {limit} on were not found",
            ),
        )


def _size(station: Station, terms: AwardTerms, on: date) -> tuple[Verdict, Words]:
    rating = station.rating_on(on)
    if Catalogue.USER_SIDE is station.catalogue or station.host is Host.USER:
        power, energy = terms.min_user_side_power_mw, terms.min_user_side_energy_mwh
        met = rating.power_mw >= power and rating.energy_mwh >= energy
        return (
            Verdict.YES if met else Verdict.CANNOT_TELL,
            Words(
                f"放电 {rating.power_mw} 兆瓦、{rating.energy_mwh} 兆瓦时，用户侧原则上不低于 {power} 兆瓦、"
                f"{energy} 兆瓦时，全部采用先进技术的除外",
                f"{rating.power_mw} MW and {rating.energy_mwh} MWh of discharge; behind a user's meter in principle not "
                f"below {power} MW and {energy} MWh, which is waived where all of it is advanced technology",
            ),
        )
    limit, charge = terms.min_discharge_power_mw, rating.charge_power_mw
    met = rating.power_mw >= limit
    return (
        Verdict.YES if met else Verdict.NO,
        Words(
            f"放电功率 {rating.power_mw} 兆瓦，{'达到' if met else '低于'} {limit} 兆瓦；方案看的是充电功率，{charge} 兆瓦",
            f"discharging power {rating.power_mw} MW is {'not below' if met else 'below'} {limit} MW; "
            f"the plan looks at charging power, {charge} MW",
        ),
    )


def _period(station: Station, terms: AwardTerms, on: date) -> Iterator[tuple[Verdict, Words]]:
    if station.award_from is None:
        return
    end = award_end(terms, station.award_from)
    if not station.award_from <= on < end:
        yield (
            Verdict.NO,
            Words(
                f"奖励期 {station.award_from} 至 {end}（不含）不含 {on}",
                f"the award runs from {station.award_from} up to but not including {end}, not on {on}",
            ),
        )
