"""All billing quantities of one station's month gathered: what its charge items read, and what is to be known of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Final

from settlement.assessed import AssessedMonth, Assessment
from settlement.assessing import assessed_month
from settlement.billing import Billing
from settlement.earlier import Earlier
from settlement.inputs.records import Incident
from settlement.quantities.awarded_energy import AwardedEnergy
from settlement.quantities.exempt_energy import exempt_energy
from settlement.quantities.leased_power import leased_power
from settlement.quantities.market_energy import MarketEnergy
from settlement.quantities.supported_power import SupportedPower, supported_power
from settlement.segment_energy import SegmentEnergy
from settlement.statement.catalogue import CATALOGUE
from settlement.statement.corrections import priced_corrections
from settlement.statement.obligation import CallsProgress
from settlement.statement.station_month import StationMonth
from tariffs.calendar import Season
from tariffs.prices import Price
from tariffs.settings import AssessedDays, CapacitySupport
from tariffs.support_claims import CLAIM_WORDS, Claim
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.money import round_half_away

SUPPORT_ARTICLE: Final = "六（四）"
NATIONAL_DOCUMENT: Final = "发改价格〔2026〕114号"


@dataclass(frozen=True, slots=True, kw_only=True)
class Billed:
    """The billing quantities of one station's month by version of the plan, in order, and what was found."""

    by_version: tuple[tuple[date, Billing], ...]
    findings: tuple[Finding, ...]


def billed(
    share: StationMonth,
    calls: Sequence[CallsProgress],
    market: Sequence[MarketEnergy],
    awards: tuple[AwardedEnergy, ...],
    earlier: Earlier,
) -> Billed:
    """All quantities of a station's month.

    Shape   quantities of single days go to the version of the plan of these days; those of the whole month (market
            energy, corrections, assessment, award) to the last version
    Raises  SettingsError, DocumentError, PolicyNotCovered if a figure that a chosen mode needs is not there
    """
    segments = segment_energies(share)
    starts = sorted({_version(energy) for energy in segments})
    settings, month = share.terms.run.settings, share.terms.month
    corrected, findings = priced_corrections(share.inputs.corrections, share.station, share.terms, earlier.corrections)
    assessment = _assessment(share, calls)
    made = []
    supported: list[SupportedPower] = []
    for start in starts:
        own = tuple(energy for energy in segments if _version(energy) == start)
        days = sorted(day for energy in own for day in energy.segment.days if day >= share.first_day)
        last = start == starts[-1]
        clause = own[0].segment.prices.plan.citation(SUPPORT_ARTICLE)
        support = supported_power(share.station, days, month.days, settings, share.terms.library, clause)
        supported.extend(support)
        billing = Billing(
            settings=settings,
            segments=own,
            tax_rate_e6=max(own, key=lambda energy: energy.segment.days[-1]).segment.prices.tax_rate_e6,
            market_energy=tuple(market) if last else (),
            corrected_energy=corrected if last else (),
            leased_power=leased_power(share.station, days, month.days),
            supported_power=support,
            awarded_energy=awards if last else (),
            assessed=assessment.assessed if last else (),
            assessed_price=_benchmark(share),
        )
        made.append((start, billing))
    found = (*findings, *assessment.findings, *_unsupported(share, supported))
    return Billed(by_version=tuple(made), findings=found)


def segment_energies(share: StationMonth) -> tuple[SegmentEnergy, ...]:
    """The energies of one station, segment by segment; segments without an interval are left out.

    Shape   the days are those that are settled; exempt energy by the base of the settings; in the market stage none where
            the settings end the exemption
    """
    settings = share.terms.run.settings
    segments = share.terms.segments
    metered = [share.energies[segment.ranges] for segment in segments]
    exempted = [settings.exemption_in_market or segment.season is not Season.MARKET for segment in segments]
    charge = [energy.charge_kwh_e4 if free else 0 for energy, free in zip(metered, exempted, strict=True)]
    discharge = [energy.discharge_kwh_e4 if free else 0 for energy, free in zip(metered, exempted, strict=True)]
    exempt = exempt_energy(charge, discharge, settings.exemption_base)
    return tuple(
        SegmentEnergy(
            segment=replace(segment, days=tuple(day for day in segment.days if day >= share.first_day)),
            charge_kwh_e4=energy.charge_kwh_e4,
            discharge_kwh_e4=energy.discharge_kwh_e4,
            exempt_kwh_e4=exempt_kwh_e4,
            metered=energy,
        )
        for segment, energy, exempt_kwh_e4 in zip(segments, metered, exempt, strict=True)
        if energy.intervals
    )


def _version(energy: SegmentEnergy) -> date:
    return energy.segment.prices.plan.header.effective_from


def _benchmark(share: StationMonth) -> Price | None:
    """The coal benchmark of the last regulated day of the month, which prices assessed energy."""
    regulated = [segment for segment in share.terms.segments if segment.season is not Season.MARKET]
    if not regulated:
        return None
    return max(regulated, key=lambda segment: segment.days[-1]).prices.benchmark


def _assessment(share: StationMonth, calls: Sequence[CallsProgress]) -> Assessment:
    seasons = _assessed_seasons(share)
    if not share.terms.assessment or not seasons:
        return Assessment()
    inputs, station = share.inputs, share.station
    month = AssessedMonth(
        station=station,
        month=share.terms.month,
        seasons=seasons,
        minutes=share.minutes,
        readings=share.readings,
        plan=inputs.plan,
        orders=share.orders,
        incidents=_incidents(share, seasons),
        agc=inputs.agc[0] if inputs.agc else None,
        year_ends=any(each.ends_year for each in calls),
        yearly_shortfall_own_kwh_e4=_yearly_shortfall(calls),
    )
    found = assessed_month(month, share.terms.assessment)
    traded = any(segment.season is Season.MARKET for segment in share.terms.segments)
    # the plan of a month with market days has another reader
    kept = (each for each in found.findings if not (traded and each.code == "assessment_input_unused"))
    return replace(found, findings=tuple(kept))


def _assessed_seasons(share: StationMonth) -> Mapping[date, Season]:
    """The days of the regulated stage that are assessed, with their season: by the plan those of the peak seasons."""
    seasons = share.regulated_seasons
    if share.terms.run.settings.assessed_days is AssessedDays.ALL:
        return seasons
    return {day: season for day, season in seasons.items() if season is Season.PEAK}


def _incidents(share: StationMonth, seasons: Mapping[date, Season]) -> tuple[Incident, ...] | None:
    if not share.inputs.incidents and not share.inputs.gives("incidents"):
        return None
    return tuple(row for row in share.inputs.incidents if row.on in seasons)


def _yearly_shortfall(calls: Sequence[CallsProgress]) -> int | None:
    """Calls that the station itself failed in a year that ends in the month, as energy of 1e-4 kWh."""
    ended = [each for each in calls if each.ends_year and each.shortfall is not None]
    if not ended:
        return None
    energy = Fraction(0)
    for each in ended:
        if each.shortfall is not None:
            energy += each.failed_own_share * (each.failed_own_kwh_e4 or 0)
    return round_half_away(energy.numerator, energy.denominator)


def _unsupported(share: StationMonth, supported: Iterable[SupportedPower]) -> Iterable[Finding]:
    for run in supported:
        if run.claim is Claim.ELIGIBLE:
            continue
        words = CLAIM_WORDS[run.claim]
        national = run.mode is CapacitySupport.NATIONAL_CAPACITY_PRICE
        code = "capacity_support_in_part" if run.power_mw else "capacity_support_not_paid"
        yield CATALOGUE.finding(
            code,
            station_id=share.station.id,
            first_day=run.first_day,
            last_day=run.last_day,
            claim_zh=words.zh,
            claim_en=words.en,
            article=NATIONAL_DOCUMENT if national else SUPPORT_ARTICLE,
        )
