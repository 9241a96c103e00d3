"""Which months of an award are known to later ones, and what is paid in each."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import polars as pl

from settlement import SettleOptions, StatementSet, settle
from settlement.earlier import Earlier
from tariffs.settings import CallCounting, Settings
from tariffs.stations import Catalogue, Station
from tariffs.vocabulary.timegrid import ZONE, Month, parse_months

SETTINGS = Settings(
    season_calendar="jun_sep_dec_feb", obligation_year_from="06-01", call_counting=CallCounting.EQUIVALENT_DISCHARGE
)
STATION = Station(
    id="A",
    name="A",
    power_mw=Decimal(10),
    energy_mwh=Decimal(20),
    grid_connected_on=date(2025, 3, 1),
    in_annual_plan=True,
    catalogue=Catalogue.INDEPENDENT,
    award_from=date(2025, 3, 1),
)


def settled(months: str, earlier: Earlier | None = None, station: Station = STATION) -> StatementSet:
    """10 MWh discharged on every day at noon."""
    span = parse_months(months)
    first, hours = span[0].first_day, (span[-1].end - span[0].first_day).days * 24
    start = datetime(first.year, first.month, first.day, tzinfo=ZONE)
    frame = pl.DataFrame(
        {
            "station_id": [station.id] * hours,
            "interval_start": [(start + timedelta(hours=n)).isoformat() for n in range(hours)],
            "charge_kwh": ["10000" if n % 24 == 3 else "0" for n in range(hours)],
            "discharge_kwh": ["10000" if n % 24 == 12 else "0" for n in range(hours)],
            "interval_minutes": [60] * hours,
        }
    )
    options = SettleOptions(earlier=earlier or Earlier(), now=datetime(2032, 1, 1, tzinfo=ZONE))
    return settle(frame, [station], months, SETTINGS, options)


def awarded(result: StatementSet) -> dict[str, str]:
    return dict(result.awards.select("month", "awarded_kwh_month").rows())


def codes(result: StatementSet) -> list[str]:
    return [finding.code for finding in result.findings if finding.code.startswith("award")]


def test_months_before_the_award_was_in_force_ask_for_nothing_and_its_first_month_counts_from_its_first_day() -> None:
    """In force from 13 May on: 19 days of 10 MWh in May, 30 in June."""
    result = settled("2025-03..2025-06")
    assert {"2025-05": "190000.0000", "2025-06": "300000.0000"} == awarded(result)
    assert 2 == codes(result).count("award_not_in_force")
    assert "490000.0000" == result.awards["awarded_kwh_to_date"][-1]


def test_a_month_whose_award_could_not_be_told_stays_unknown_to_later_ones() -> None:
    """June without May: nothing is paid, and July does not take June for a known zero."""
    result = settled("2025-06..2025-07")
    assert {"2025-06": "", "2025-07": ""} == awarded(result)
    assert ["award_to_date_unknown", "award_to_date_unknown"] == codes(result)
    assert any("2025-05, 2025-06" in finding.message.en for finding in result.findings)
    assert [] == [row for row in result.lines.rows(named=True) if row["item"] == "discharge_award"]


def test_a_month_with_its_earlier_months_given_goes_on_from_them() -> None:
    earlier = {("A", date(2025, 3, 1), Month(2025, 5)): 1_190_000_0000}
    result = settled("2025-06", Earlier(awarded_kwh_e4=earlier))
    assert {"2025-06": "300000.0000"} == awarded(result)
    assert "1490000.0000" == result.awards["awarded_kwh_to_date"][0]


def test_the_cap_leaves_what_is_above_it_unpaid() -> None:
    """600 kWh x 20,000 kWh = 12 GWh a year; 11.9 GWh were awarded before, 300 MWh are discharged: 100 MWh are left."""
    earlier = {("A", date(2025, 3, 1), Month(2025, 5)): 11_900_000_0000}
    result = settled("2025-06", Earlier(awarded_kwh_e4=earlier))
    assert {"2025-06": "100000.0000"} == awarded(result)
    (line,) = [row for row in result.lines.rows(named=True) if row["item"] == "discharge_award"]
    assert ("100000.0000", "35000.00") == (line["quantity"], line["amount_cny"])
