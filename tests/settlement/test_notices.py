"""Notices that hold for a month or a file, each with an input that draws it and one near it that does not."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from settlement import SettleOptions, settle
from settlement.export.font_notices import font_notices
from settlement.meter.read import ReadOptions, read_frame, read_meter_files
from tariffs.settings import AuxiliaryUse, CallCounting, Settings
from tariffs.stations import Station, stations_from_table
from tariffs.vocabulary.timegrid import ZONE

SETTINGS = Settings(
    season_calendar="jun_sep_dec_feb", obligation_year_from="06-01", call_counting=CallCounting.EQUIVALENT_DISCHARGE
)


@pytest.fixture
def station() -> Station:
    table = {"id": "A-1", "name": "甲站", "power_mw": 10, "energy_mwh": 20, "in_annual_plan": True}
    return stations_from_table({"station": [{**table, "grid_connected_on": date(2025, 1, 1)}]}, where="-")[0]


def codes(station: Station, year: int, month: int, settings: Settings = SETTINGS) -> set[str]:
    """The codes of a month of quarters in which the station charges and discharges by day."""
    first, end = datetime(year, month, 1, tzinfo=ZONE), datetime(year, month + 1, 1, tzinfo=ZONE)
    stamps = [first + timedelta(minutes=15 * n) for n in range((end - first) // timedelta(minutes=15))]
    meter = pl.DataFrame(
        {
            "station_id": ["A-1"] * len(stamps),
            "interval_start": stamps,
            "charge_kwh": [1_000 if at.hour == 2 else 0 for at in stamps],
            "discharge_kwh": [900 if at.hour == 19 else 0 for at in stamps],
        }
    )
    options = SettleOptions(now=datetime(2032, 1, 1, tzinfo=ZONE))
    made = settle(meter, [station], f"{year}-{month:02d}", settings, options)
    assert {finding.code for finding in made.statements[0].findings} <= {finding.code for finding in made.findings}
    return {finding.code for finding in made.statements[0].findings}


def test_an_empty_switch_to_the_market_is_noticed_once_the_national_timetable_has_passed(station: Station) -> None:
    assert "market_date_not_set" in codes(station, 2026, 1)
    assert "market_date_not_set" not in codes(station, 2025, 11)
    assert "market_date_not_set" not in codes(station, 2026, 1, replace(SETTINGS, market_from=date(2027, 1, 1)))


def test_own_use_inside_the_charging_meter_is_noticed(station: Station) -> None:
    assert "auxiliary_in_charging" in codes(station, 2025, 7, replace(SETTINGS, auxiliary_use=AuxiliaryUse.IN_CHARGING))
    assert "auxiliary_in_charging" not in codes(station, 2025, 7)


def test_a_year_that_begins_inside_a_peak_season_is_noticed(station: Station) -> None:
    assert "obligation_year_cuts_season" in codes(station, 2025, 7, replace(SETTINGS, obligation_year_from="01-01"))
    assert "obligation_year_cuts_season" not in codes(station, 2025, 7)


def test_a_character_that_the_font_lacks_is_noticed_and_named(station: Station) -> None:
    (notice,) = font_notices([replace(station, name="甲𠮷站")])
    assert ("character_not_in_font", "𠮷") == (notice.code, notice.evidence["characters"])
    assert () == font_notices([station])


def test_columns_that_nobody_reads_are_named_and_then_counted() -> None:
    row = {"station_id": ["A-1"], "interval_start": ["2025-07-01T00:00:00+08:00"], "charge_kwh": ["0"]}
    plain = pl.DataFrame({**row, "discharge_kwh": ["0"]})
    seen = [
        {finding.code for finding in read_frame(frame, ReadOptions()).findings}
        for frame in (plain, plain.with_columns(pl.lit("x").alias(f"remark_{n}") for n in range(30)))
    ]
    assert (False, True) == tuple("column_unknown" in each for each in seen)
    assert (False, True) == tuple("columns_unknown" in each for each in seen)


def test_two_registers_of_one_direction_are_noticed_as_points_of_their_own(tmp_path: Path) -> None:
    def file_of(*suffixes: str) -> str:
        records = ["100,NEM12,202507010000,A,B"]
        for suffix in suffixes:
            records.append(f"200,NMI1,{suffix},,{suffix},,,kWh,30,")
            records.append(f"300,20250701,{','.join(['1'] * 48)},A,,,,")
        return "\n".join([*records, "900", ""])

    seen = []
    for suffixes in (("E1", "B1"), ("E1", "E2")):
        path = tmp_path / f"{'_'.join(suffixes)}.csv"
        path.write_text(file_of(*suffixes), "utf-8")
        seen.append({finding.code for finding in read_meter_files([path], ReadOptions()).findings})
    assert (False, True) == tuple("registers_apart" in each for each in seen)
