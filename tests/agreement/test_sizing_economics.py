"""What sizing says of a year is what a hand and a settlement say of it.

The hand: a cycle of 100 MW / 200 MWh gives 200 MWh and takes 200 MWh over the round trip. By 六（二）, at a coal benchmark of
415.5 元/MWh, a season day pays 1.2 times the benchmark and asks half of it, any other day pays it whole and asks 0.9 of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import pytest
from plans import rows_of
from station_months import MUCH_LATER, following, long_frame, month_span

from dispatch.schedules import Schedule
from dispatch.sizing.ground import ground_of
from dispatch.sizing.inputs.project import Project, Size, project_from_table
from dispatch.sizing.inputs.scenario import Regime
from dispatch.sizing.operated import Operated, operated
from dispatch.sizing.planned import PlannedYear
from dispatch.sizing.years import YearFigures
from dispatch.verify import verify
from settlement import SettleOptions, StatementSet, settle
from settlement.inputs.records import MARKET_PRICES, Inputs, MarketPrices
from tariffs.settings import CallCounting, CapacitySupport, CapacitySupportFigures, MarketSettlement, Settings
from tariffs.stations import Lease
from tariffs.vocabulary.timegrid import ZONE

SIZE = Size(power_mw=Decimal(100), energy_mwh=Decimal(200))
BENCHMARK = Decimal("415.5")
CYCLE_MWH = 200
CALLS = 210
SEASON = ("12-03", "06-30")
"""29 + 31 + 28 + 31 + 30 + 31 + 30 days, the last of them the last of the year of operation: nothing is carried out of it."""
EFFICIENCIES = ("0.80", "0.85", "0.90", "0.92")
NAME = "only"
COUNTING = CallCounting.EQUIVALENT_DISCHARGE
A_YUAN = 1
"""Energies are whole 1e-4 kWh an hour and amounts whole fen a line: together far below 1 元 a year."""
CARRIED_FEN = 7
"""Half a fen a month of twelve, and half of the year's one rounding: 6.5."""


def project(*, round_trip: str, first_on: date, scenario: Mapping[str, object], catalogue: str = "none") -> Project:
    """A project that never fades and costs nothing to run, for one year."""
    plant = {
        "id": "S-1",
        "name": "S-1",
        "first_on": first_on,
        "life_years": 1,
        "round_trip_efficiency": Decimal(round_trip),
        "catalogue": catalogue,
    }
    return project_from_table(
        {
            "project": plant,
            "size": {"max_power_mw": 100},
            "cost": {"power_cost_cny_per_kw": 350, "energy_cost_cny_per_kwh": 650},
            "finance": {"discount_ratio": Decimal("0.06")},
            "scenario": [{"name": NAME, "regime": "regulated", **scenario}],
        }
    )


OWN_SEASON = Settings(
    season_calendar="own", season_ranges=(SEASON,), obligation_year_from="07-01", call_counting=COUNTING
)


@cache
def year_of(round_trip: str, *, calls: int = CALLS, awarded: bool = False, for_energy: bool = False) -> Operated:
    """A year of 210 season days from 2026-07-01 on."""
    scenario: dict[str, object] = {"calls": calls}
    if awarded:
        scenario |= {"award": "own", "award_rate_cny_per_kwh": Decimal("0.35")}
        scenario |= {"scheduled_for": "energy" if for_energy else "energy_and_award"}
    known = project(round_trip=round_trip, first_on=date(2026, 7, 1), scenario=scenario)
    return operated(ground_of(known, settings=OWN_SEASON), known.scenario[0], SIZE)


def margin(round_trip: str, sold: str, bought: str) -> Fraction:
    """What one cycle earns at shares of the benchmark, 元, exactly."""
    each = Fraction(sold) - Fraction(bought) / Fraction(round_trip)
    return CYCLE_MWH * Fraction(BENCHMARK) * each


def season_margin(round_trip: str) -> Fraction:
    return margin(round_trip, "1.2", "0.5")


def other_margin(round_trip: str) -> Fraction:
    return margin(round_trip, "1.0", "0.9")


def energy_cny(year: YearFigures) -> Fraction:
    return Fraction(year.charge_fen + year.discharge_fen, 100)


TABLE = {
    "0.80": (Fraction("250.000"), Fraction("47782.50"), 10_034_325, Fraction("-10387.50")),
    "0.85": (Fraction("235.294"), Fraction("50837.65"), 10_675_906, Fraction("-4888.24")),
    "0.90": (Fraction("222.222"), Fraction("53553.33"), 11_246_200, Fraction("0.00")),
    "0.92": (Fraction("217.391"), Fraction("54556.96"), 11_456_961, Fraction("1806.52")),
}
"""For each round trip, by hand and rounded: MWh charged for a cycle, what one earns in season, what 210 such earn, and what
one earns on any other day."""


@pytest.mark.parametrize("round_trip", ["0.80", "0.85", "0.90"])
def test_a_year_of_210_calls_earns_210_margins(round_trip: str) -> None:
    """At these efficiencies another day earns nothing, so the year is its 210 cycles; at 0.92 it earns."""
    year, (charged_mwh, _, of_210_cny, _) = year_of(round_trip).years[0], TABLE[round_trip]
    assert (CALLS * CYCLE_MWH * 10**7, CALLS) == (year.discharge_kwh_e4, year.season_calls)
    assert charged_mwh == round(Fraction(year.charge_kwh_e4, CALLS * 10**7), 3)
    assert abs(energy_cny(year) - CALLS * season_margin(round_trip)) < A_YUAN
    assert abs(energy_cny(year) - of_210_cny) < A_YUAN


def test_where_another_day_earns_its_cycles_come_on_top() -> None:
    """At 0.92 all 365 days cycle: 11,456,961 元 of 210 season days and 155 x 1,806.52 元, both rounded, of the others."""
    year, (charged_mwh, _, of_210_cny, other_cny) = year_of("0.92").years[0], TABLE["0.92"]
    assert (365 * CYCLE_MWH * 10**7, CALLS) == (year.discharge_kwh_e4, year.season_calls)
    assert charged_mwh == round(Fraction(year.charge_kwh_e4, 365 * 10**7), 3)
    assert abs(energy_cny(year) - (of_210_cny + 155 * other_cny)) < 2 * A_YUAN


@pytest.mark.parametrize("round_trip", EFFICIENCIES)
def test_an_award_makes_every_day_cycle_and_the_energy_pays_what_a_hand_says(round_trip: str) -> None:
    """70,000 元 of award a cycle outweigh the largest loss of another day: 365 x 200 MWh x 0.35 元/kWh = 25,550,000 元."""
    year = year_of(round_trip, awarded=True).years[0]
    assert 25_550_000_00 == year.award_fen
    assert abs(energy_cny(year) - (CALLS * season_margin(round_trip) + 155 * other_margin(round_trip))) < A_YUAN


def test_the_award_on_the_energy_of_210_calls_is_14_700_000() -> None:
    """42 GWh x 0.35 元/kWh, where the schedule is made for the energy alone."""
    year = year_of("0.85", awarded=True, for_energy=True).years[0]
    assert 14_700_000_00 == year.award_fen
    assert 42_000 * 10**7 == year.discharge_kwh_e4


def one_cycle(plan: PlannedYear, round_trip: str, day: date) -> Schedule:
    """A year that stands still but for one cycle: full power until the store is full, then full power until it is empty."""
    station = plan.typical.billed.station
    first = (datetime(day.year, day.month, day.day, tzinfo=ZONE) - station.horizon.first_at) // timedelta(hours=1)
    charge, discharge = (np.zeros(station.horizon.count, dtype=np.int64) for _ in range(2))
    needed, hourly = round(CYCLE_MWH * 10**7 / Fraction(round_trip)), 100 * 10**7
    charge[first : first + 3] = hourly, hourly, needed - 2 * hourly
    discharge[first + 3 : first + 5] = hourly
    gained = charge / 1e7 * station.charge_efficiency - discharge / 1e7 / station.discharge_efficiency
    return Schedule(
        station_id=plan.typical.station.id,
        horizon=station.horizon,
        charge_kwh_e4=charge,
        discharge_kwh_e4=discharge,
        stored_mwh=station.initial_stored_mwh + np.cumsum(gained),
    )


CYCLES = [
    (trip, day, season)
    for trip in EFFICIENCIES
    for day, season in ((date(2027, 1, 20), True), (date(2026, 9, 9), False))
]


@pytest.mark.parametrize(("round_trip", "day", "in_season"), CYCLES)
def test_one_cycle_alone_earns_one_margin(round_trip: str, day: date, in_season: bool) -> None:
    """Two lines, each rounded to the fen: 1 fen apart at most."""
    plan = year_of(round_trip, calls=0).first
    earned = sum(line.amount_fen for line in verify(one_cycle(plan, round_trip, day), plan.typical.billed).lines)
    expected = season_margin(round_trip) if in_season else other_margin(round_trip)
    assert abs(Fraction(earned, 100) - expected) <= Fraction(1, 100)
    assert abs(Fraction(earned, 100) - TABLE[round_trip][1 if in_season else 3]) <= Fraction(1, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Billed:
    """The first year of a size as sizing planned it, and its twelve months as a settlement bills them."""

    year: YearFigures
    result: StatementSet

    def fen(self, item: str) -> int:
        """What the statements pay for an item, all months."""
        return summed(self.result.lines.filter(item=item))[2]

    def kwh_e4(self, item: str) -> int:
        """The energy that the statements bill by an item, all months."""
        return summed(self.result.lines.filter(item=item))[1]


def summed(lines: pl.DataFrame) -> tuple[int, int, int]:
    """How many lines there are, their quantity in units of the fourth decimal, and their amounts in fen, exactly."""
    quantity, amount = (
        sum((Fraction(figure) for figure in lines[column]), start=Fraction(0)) for column in ("quantity", "amount_cny")
    )
    assert (quantity * 10_000).denominator == (amount * 100).denominator == 1
    return lines.height, int(quantity * 10_000), int(amount * 100)


def billed(known: Project, settings: Settings, **of_station: Any) -> Billed:
    """The year is run as it was planned; its meter goes to a settlement that knows nothing of the project."""
    scenario = known.scenario[0]
    prices = market_prices(known.project.first_on) if scenario.regime is Regime.MARKET else None
    signals = None if prices is None else {NAME: prices}
    life = operated(ground_of(known, settings=settings, signals=signals), scenario, SIZE)
    station = replace(life.first.typical.station, **of_station)
    meter = long_frame(rows_of(life.first.verified.schedule))
    months = month_span(following((known.project.first_on.year, known.project.first_on.month), 12))
    options = SettleOptions(now=MUCH_LATER, inputs=Inputs() if prices is None else Inputs(prices=as_settled(prices)))
    result = settle(meter, [station], months, settings, options)
    assert 12 == result.lines["month"].n_unique()
    return Billed(year=life.years[0], result=result)


def market_prices(first: date) -> pl.DataFrame:
    """A year of hourly prices, 元/MWh: cheap at night and at noon, dear in the evening, on every seventh day below zero.

    Shape   three decimals, which differ from hour to hour, so that no sum is round
    """
    at = datetime(first.year, first.month, first.day, tzinfo=ZONE)
    hours = [at + timedelta(hours=n) for n in range(365 * 24)]
    by_hour = [180] * 6 + [420] * 5 + [150] * 5 + [380] * 2 + [690] * 4 + [300] * 2
    dips = [-400 if hour.hour in (12, 13) and hour.toordinal() % 7 == 0 else 0 for hour in hours]
    cents = [n * 7919 % 40_000 / 1000 for n in range(len(hours))]
    prices = [by_hour[hour.hour] + dip + odd for hour, dip, odd in zip(hours, dips, cents, strict=True)]
    return pl.DataFrame(
        {
            "interval_start": pl.Series(hours, dtype=pl.Datetime("ms", "Asia/Shanghai")),
            "price_cny_per_mwh": [round(price, 3) for price in prices],
        }
    )


def as_settled(prices: pl.DataFrame) -> MarketPrices:
    """The same prices as a settlement has them: real-time, in 1e-6 元/kWh."""
    return MarketPrices(
        frame=prices.select(
            "interval_start",
            pl.lit(None, dtype=pl.Int64).alias("day_ahead_price_e6"),
            (pl.col("price_cny_per_mwh") * 1000).round().cast(pl.Int64).alias("real_time_price_e6"),
        ).cast(MARKET_PRICES),  # type: ignore[arg-type]
        minutes=60,
    )


SETTINGS = Settings(season_calendar="jun_sep_dec_feb", obligation_year_from="06-01", call_counting=COUNTING)
PEAK_H = 6
ON_LIST = replace(
    SETTINGS,
    capacity_support=CapacitySupport.NATIONAL_CAPACITY_PRICE,
    capacity_support_figures=CapacitySupportFigures(net_load_peak_h=Decimal(PEAK_H)),
)


@pytest.fixture(scope="module")
def awarded() -> Billed:
    """Connected in time for the award, which makes every day of the year cycle: June 2025 to May 2026."""
    known = project(
        round_trip="0.87", first_on=date(2025, 6, 1), catalogue="independent", scenario={"award": "document"}
    )
    return billed(known, SETTINGS)


@pytest.fixture(scope="module")
def supported() -> Billed:
    """On the national list from the first day on, a station of two hours against a peak of six: July 2026 to June 2027."""
    first = date(2026, 7, 1)
    figures = {"capacity_support": "national_capacity_price", "net_load_peak_h": PEAK_H}
    return billed(
        project(round_trip="0.87", first_on=first, scenario=figures), ON_LIST, national_capacity_price_from=first
    )


@pytest.fixture(scope="module")
def sold() -> Billed:
    """In the market, half leased to a data centre, with the city's subsidy of 120 元/kW: the year 2027."""
    first = date(2027, 1, 1)
    rent = {"power_ratio": Decimal("0.5"), "price_cny_per_kw_year": 150, "years": 1, "lessee_is_new_energy": False}
    support = {"capacity_support": "local_subsidy", "capacity_support_cny_per_kw_year": 120}
    scenario = {"regime": "market", "signals": "-", "lease": rent, **support}
    settings = replace(
        SETTINGS,
        market_from=first,
        market_settlement=MarketSettlement.REAL_TIME,
        capacity_support=CapacitySupport.LOCAL_SUBSIDY,
        capacity_support_figures=CapacitySupportFigures(subsidy_cny_per_kw_year=Decimal(120)),
    )
    lease = Lease(
        lessee="data centre",
        lessee_is_new_energy=False,
        power_mw=Decimal(50),
        duration_h=Decimal(2),
        from_on=first,
        until_on=date(2027, 12, 31),
        price_cny_per_kw_year=Decimal(150),
    )
    return billed(project(round_trip="0.87", first_on=first, scenario=scenario), settings, lease=(lease,))


@pytest.mark.parametrize("name", ["awarded", "supported"])
def test_the_energy_of_a_sized_year_is_settled_to_the_fen(name: str, request: pytest.FixtureRequest) -> None:
    found: Billed = request.getfixturevalue(name)
    year = found.year
    assert (year.charge_kwh_e4, year.charge_fen) == (found.kwh_e4("charge_energy"), found.fen("charge_energy"))
    assert (year.discharge_kwh_e4, year.discharge_fen) == (
        found.kwh_e4("discharge_energy"),
        found.fen("discharge_energy"),
    )
    assert year.charge_fen < 0 < year.discharge_fen


def test_the_energy_of_a_sized_year_in_the_market_is_settled_to_the_fen(sold: Billed) -> None:
    """A purchase and a sale a month, told apart by the leg that each line names."""
    billing = sold.result.lines.filter(item="market_energy")
    legs = {leg: billing.filter(pl.col("flags").str.contains(f"leg={leg}")) for leg in ("charge", "discharge")}
    year = sold.year
    assert (12, year.charge_kwh_e4, year.charge_fen) == summed(legs["charge"])
    assert (12, year.discharge_kwh_e4, year.discharge_fen) == summed(legs["discharge"])
    assert year.charge_fen < 0 < year.discharge_fen


def test_rent_and_subsidy_of_a_sized_year_are_settled_as_they_are(sold: Billed) -> None:
    """50,000 kW x 150 元 = 7,500,000 元 and 100,000 kW x 120 元 = 12,000,000 元: whole twelfths, nothing to round."""
    assert 7_500_000_00 == sold.year.capacity_lease_fen == sold.fen("capacity_lease")
    assert 12_000_000_00 == sold.year.capacity_support_fen == sold.fen("capacity_subsidy")


def test_the_calls_of_a_sized_year_are_those_of_its_settlement(awarded: Billed) -> None:
    """The year of operation is the obligation year: 212 season days, a full discharge each."""
    to_date = awarded.result.statements[-1].calls[-1].to_date_calls
    assert 212 == awarded.year.season_calls == to_date


def test_the_award_of_a_sized_year_is_settled_but_for_the_rounding_of_months(awarded: Billed) -> None:
    """0.35 元 on each kWh discharged; a settlement rounds it month by month, sizing once."""
    assert awarded.year.discharge_kwh_e4 == awarded.kwh_e4("discharge_award")
    assert awarded.year.award_fen == round(Fraction(35, 10_000) * awarded.year.discharge_kwh_e4)
    assert abs(awarded.year.award_fen - awarded.fen("discharge_award")) <= CARRIED_FEN


def test_the_capacity_price_of_a_sized_year_is_settled_but_for_the_rounding_of_months(supported: Billed) -> None:
    """165 元/kW x 2 h / 6 h x 100,000 kW = 5,500,000 元, or twelve times 458,333.33 元."""
    assert 5_500_000_00 == supported.year.capacity_support_fen
    assert 12 * 458_333_33 == supported.fen("capacity_price")


def test_all_that_a_sized_year_earns_is_what_its_statements_pay(
    supported: Billed, awarded: Billed, sold: Billed
) -> None:
    """No item is on the one side only: what sizing leaves out, a settlement does not pay."""
    for found in (supported, awarded, sold):
        paid = sum(found.fen(item) for item in set(found.result.lines["item"]))
        assert abs(found.year.revenue_fen - paid) <= CARRIED_FEN
