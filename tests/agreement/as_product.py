"""What the oracle is given, as the product takes it: stations, settings and the inputs beside the readings."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import polars as pl
from oracle import Book, Choices, Command, Plant, YearMonth

from settlement.inputs.records import (
    MARKET_PRICES,
    PLAN_POWER,
    AgcMonth,
    Correction,
    Incident,
    InputFile,
    Inputs,
    Leg,
    MarketPrices,
    Order,
    OrderOutcome,
)
from tariffs.settings import (
    AdjustmentPrice,
    AssessedDays,
    AssessmentProfile,
    AwardYear,
    BeyondPriceLimits,
    CallCounting,
    CapacitySupport,
    CapacitySupportFigures,
    CommissioningEnergy,
    EnergyBasis,
    ExemptionBase,
    MarketSettlement,
    PairedCyclesForm,
    Proration,
    Settings,
    WhenPartlyLeased,
)
from tariffs.stations import Catalogue, Change, Lease, Outage, OutageCause, Station
from tariffs.vocabulary.timegrid import ZONE, Month

SUPPORT = {
    "none": CapacitySupport.NONE,
    "local": CapacitySupport.LOCAL_SUBSIDY,
    "national": CapacitySupport.NATIONAL_CAPACITY_PRICE,
}


def decimal(exact: Fraction) -> Decimal:
    """A fraction whose decimals end."""
    made = Decimal(exact.numerator) / Decimal(exact.denominator)
    assert Fraction(made) == exact
    return made


def _or_nothing(exact: Fraction | None) -> Decimal | None:
    return None if exact is None else decimal(exact)


def station_of(plant: Plant) -> Station:
    """The station of a plant; what changes of power and energy on one day is one change."""
    changes: dict[date, dict[str, Decimal]] = {}
    for start, kwh in plant.rated_kwh[1:]:
        changes.setdefault(start, {})["energy_mwh"] = decimal(kwh / 1000)
    for start, power in plant.power_mw[1:]:
        changes.setdefault(start, {})["power_mw"] = decimal(power)
    first_mw = decimal(plant.power_mw[0][1])
    return Station(
        id=plant.name,
        name=plant.name,
        power_mw=first_mw,
        charge_power_mw=max(decimal(power) for _, power in plant.power_mw),
        energy_mwh=decimal(plant.rated_kwh[0][1] / 1000),
        grid_connected_on=plant.connected_on,
        commissioning_until_on=plant.commissioning_until,
        in_annual_plan=True,
        tested_energy_mwh=_or_nothing(None if plant.full_call_kwh is None else plant.full_call_kwh / 1000),
        round_trip_efficiency=_or_nothing(plant.round_trip),
        catalogue=Catalogue.INDEPENDENT if plant.in_catalogue else Catalogue.NONE,
        in_building_ratio=decimal(plant.in_building),
        award_from=plant.award_from,
        national_capacity_price_from=plant.national_list_from,
        lease=_leases(plant),
        outage=_outages(plant),
        change=tuple(
            Change(from_on=start, power_mw=row.get("power_mw"), energy_mwh=row.get("energy_mwh"))
            for start, row in sorted(changes.items())
        ),
    )


def _leases(plant: Plant) -> tuple[Lease, ...]:
    return tuple(
        Lease(
            lessee=rent.lessee,
            lessee_is_new_energy=rent.new_energy,
            power_mw=decimal(rent.power_mw),
            duration_h=Decimal(2),
            from_on=rent.first,
            until_on=rent.last,
            price_cny_per_kw_year=decimal(rent.price),
            tax_ratio=_or_nothing(rent.tax),
        )
        for rent in plant.rents
    )


def _outages(plant: Plant) -> tuple[Outage, ...]:
    return tuple(
        Outage(
            from_at=each.start.replace(tzinfo=ZONE),
            until_at=each.end.replace(tzinfo=ZONE),
            power_available_mw=decimal(each.left_mw),
            cause=OutageCause(each.cause),
        )
        for each in plant.standstills
    )


def settings_of(choices: Choices, documents: Path | None = None) -> Settings:
    """The settings of the product for the choices of the oracle."""
    return Settings(
        season_calendar=choices.season,
        season_ranges=choices.own_ranges,
        obligation_year_from=f"{choices.year_from[0]:02d}-{choices.year_from[1]:02d}",
        call_counting=CallCounting(choices.counting),
        event_depth_ratio=_or_nothing(choices.depth),
        hours_per_call=_or_nothing(choices.hours_per_call),
        pairing_efficiency_ratio=_or_nothing(choices.pairing_efficiency),
        paired_cycles_form=PairedCyclesForm.MEAN_OF_LEGS if choices.mean_of_legs else PairedCyclesForm.SMALLER_LEG,
        energy_basis=EnergyBasis.TESTED if choices.own_call_energy else EnergyBasis.RATED_AT_GRID_METER,
        exemption_base=ExemptionBase.RETURNED_ONLY if choices.returned_only else ExemptionBase.ALL_CHARGING,
        exemption_in_market=choices.exempt_in_market,
        prorate_new_station=Proration.BY_SEASON_DAYS if choices.by_season_days else Proration.NONE,
        commissioning_energy=CommissioningEnergy.SETTLED
        if choices.commissioning_settled
        else CommissioningEnergy.EXCLUDED,
        market_from=choices.market_from,
        market_settlement=MarketSettlement.DAY_AHEAD_AND_DEVIATION if choices.by_plan else MarketSettlement.REAL_TIME,
        price_floor_cny_per_mwh=_or_nothing(choices.price_floor),
        price_cap_cny_per_mwh=_or_nothing(choices.price_cap),
        beyond_price_limits=BeyondPriceLimits.LIMIT,
        adjustment_price=AdjustmentPrice.REFUND_MONTH if choices.refund_prices else AdjustmentPrice.ORIGINAL_MONTH,
        assessment_profile=AssessmentProfile.OWN if choices.assessment else AssessmentProfile.NONE,
        assessment={
            name: {key: decimal(figure) for key, figure in figures.items()}
            for name, figures in choices.assessment.items()
        },
        assessed_days=AssessedDays.ALL if choices.assess_all_days else AssessedDays.SEASON,
        capacity_support=SUPPORT[choices.support],
        capacity_support_figures=_support_figures(choices),
        award_year=AwardYear.CALENDAR if choices.award_by_calendar else AwardYear.AWARD_START,
        tax_ratios={item: decimal(rate) for item, rate in choices.taxed.items()},
        documents_dir=str(documents) if documents else "",
    )


def _support_figures(choices: Choices) -> CapacitySupportFigures:
    return CapacitySupportFigures(
        subsidy_cny_per_kw_year=_or_nothing(choices.subsidy),
        coal_capacity_price_cny_per_kw_year=_or_nothing(choices.coal_capacity),
        net_load_peak_h=_or_nothing(choices.net_load_peak_h),
        when_partly_leased=WhenPartlyLeased.FREE_PART if choices.free_part else WhenPartlyLeased.NOTHING,
    )


def inputs_of(book: Book) -> Inputs:
    """The inputs beside the readings."""
    return Inputs(
        orders=None if book.commands is None else tuple(_order(command) for command in book.commands),
        plan=None if book.plan is None else _plan(book.plan),
        prices=MarketPrices(frame=_prices(book.prices), minutes=book.price_minutes) if book.prices else None,
        corrections=tuple(
            Correction(
                station_id=each.station,
                original_month=_month(each.month),
                original_on=each.on,
                direction=Leg.CHARGE if each.charges else Leg.DISCHARGE,
                energy_kwh_e4=each.units,
                reason=each.reason,
                file=each.place.split(":")[0],
                row=int(each.place.split(":")[1]),
            )
            for each in book.mistakes
        ),
        incidents=tuple(
            Incident(
                station_id=each.station, on=each.on, kind=each.kind, count=each.count, hours=_or_nothing(each.hours)
            )
            for each in book.events
        ),
        agc=tuple(
            AgcMonth(
                station_id=station,
                month=_month(month),
                required_h=decimal(control.required_h),
                available_h=decimal(control.available_h),
                k1=decimal(control.factors),
                k2=Decimal(1),
                k3=Decimal(1),
                frequency_ratio=decimal(control.frequency),
            )
            for (station, month), control in book.controls.items()
        ),
        files=tuple(InputFile(name=f"{kind}.csv", kind=kind, rows=1, sha256="") for kind in ("incidents", "agc")),
    )


def _month(month: YearMonth) -> Month:
    return Month(*month)


def _order(command: Command) -> Order:
    return Order(
        order_id=command.name,
        station_id=command.station,
        start_at=command.start.replace(tzinfo=ZONE),
        end_at=command.end.replace(tzinfo=ZONE),
        direction=Leg.CHARGE if command.charges else Leg.DISCHARGE,
        energy_kwh_e4=command.units,
        outcome=None if command.outcome is None else OrderOutcome(command.outcome),
        done_kwh_e4=command.done,
        cause=None if command.cause is None else OutageCause(command.cause),
    )


def _plan(plan: Mapping[tuple[str, datetime], tuple[int, int]]) -> pl.DataFrame:
    rows = [(station, at, *powers) for (station, at), powers in sorted(plan.items())]
    return _with_instants(rows, list(PLAN_POWER), "interval_start").cast(PLAN_POWER)  # type: ignore[arg-type]


def _prices(prices: Mapping[datetime, tuple[int, int]]) -> pl.DataFrame:
    rows = [(at, *pair) for at, pair in sorted(prices.items())]
    return _with_instants(rows, list(MARKET_PRICES), "interval_start").cast(MARKET_PRICES)  # type: ignore[arg-type]


def _with_instants(rows: Sequence[tuple[object, ...]], columns: list[str], name: str) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    return frame.with_columns(pl.col(name).cast(pl.Datetime("ms")).dt.replace_time_zone("Asia/Shanghai"))
