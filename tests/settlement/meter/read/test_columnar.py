"""Parquet, XLSX and data frames give what the same table gives in CSV."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from polars.testing import assert_frame_equal

from settlement.meter.read import Limits, ReadOptions, read_frame, read_meter_files
from tariffs.settings import NaiveInstants
from tariffs.vocabulary.errors import InputError

START = datetime(2025, 6, 30, 16, tzinfo=UTC)
ENERGIES = ["0", "0.0001", "12.5", "1234567.0001", "99999999.1234", "0.3"]
ROWS = [("SH-1", START + place * timedelta(minutes=15), text) for place, text in enumerate(ENERGIES)]
HEADER = ["station_id", "interval_start", "charge_kwh", "discharge_kwh"]
SCALED = [0, 1, 125_000, 12_345_670_001, 999_999_991_234, 3_000]


def frame(charge: pl.Series) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "station_id": [station for station, _, _ in ROWS],
            "interval_start": [start for _, start, _ in ROWS],
            "charge_kwh": charge,
            "discharge_kwh": [0] * len(ROWS),
        }
    )


CHARGES = {
    "text": pl.Series(ENERGIES),
    "doubles": pl.Series([float(text) for text in ENERGIES]),
    "decimals": pl.Series([Decimal(text) for text in ENERGIES], dtype=pl.Decimal(20, 4)),
    "wide decimals": pl.Series([Decimal(text) for text in ENERGIES], dtype=pl.Decimal(30, 9)),
}


@pytest.mark.parametrize("kind", CHARGES)
def test_parquet_numbers_of_every_type_are_exact(kind, tmp_path):
    path = tmp_path / "july.bin"
    frame(CHARGES[kind]).write_parquet(path)
    intake = read_meter_files([path], ReadOptions())
    assert SCALED == intake.intervals["charge_kwh_e4"].to_list()
    assert list(range(1, len(ROWS) + 1)) == intake.intervals["row"].to_list()
    assert () == intake.findings


def test_typed_instants_of_every_unit_and_zone_agree():
    text = frame(CHARGES["text"])
    expected = read_frame(text, ReadOptions()).intervals
    for unit in ("ms", "us", "ns"):
        for zone in ("UTC", "Asia/Shanghai", "America/New_York"):
            other = text.with_columns(pl.col("interval_start").dt.cast_time_unit(unit).dt.convert_time_zone(zone))
            assert_frame_equal(expected, read_frame(other, ReadOptions()).intervals)


def test_typed_naive_instants_are_shanghai_time_with_a_notice_or_refused():
    wall = pl.col("interval_start").dt.convert_time_zone("Asia/Shanghai").dt.replace_time_zone(None)
    naive = frame(CHARGES["text"]).with_columns(wall)
    intake = read_frame(naive, ReadOptions())
    assert START == intake.intervals["interval_start"][0]
    assert ["naive_instants"] == [finding.code for finding in intake.findings]
    refused = read_frame(naive, ReadOptions(naive_instants=NaiveInstants.REFUSE))
    assert ["naive_instants_refused"] == [finding.code for finding in refused.findings]


def test_a_pandas_frame_reads_as_the_polars_frame_it_came_from():
    pytest.importorskip("pandas")
    table = frame(CHARGES["doubles"])
    expected, actual = read_frame(table, ReadOptions()), read_frame(table.to_pandas(), ReadOptions())
    assert_frame_equal(expected.intervals, actual.intervals)
    assert expected.files == actual.files


def test_categories_and_whole_numbers_serve_as_station_ids():
    table = frame(CHARGES["text"])
    by_category = read_frame(table.with_columns(pl.col("station_id").cast(pl.Categorical)), ReadOptions())
    by_number = read_frame(table.with_columns(station_id=pl.lit(17)), ReadOptions())
    assert ({"SH-1"}, {"17"}) == (set(by_category.intervals["feed"]), set(by_number.intervals["feed"]))


def test_what_is_no_frame_raises_and_says_what_it_is():
    with pytest.raises(InputError, match=r"builtins\.dict"):
        read_frame({"station_id": []}, ReadOptions())


def workbook(path: Path, top: int = 0, left: int = 0, sheets: int = 1) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False, "remove_timezone": True}) as book:
        cover = book.add_worksheet("封面")
        cover.write(0, 0, "七月读数")
        clock = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for _ in range(sheets):
            page = book.add_worksheet()
            page.write_row(top, left, HEADER)
            for place, (station, start, energy) in enumerate(ROWS):
                page.write_string(top + 1 + place, left, station)
                page.write_datetime(top + 1 + place, left + 1, start + timedelta(hours=8), clock)
                page.write_number(top + 1 + place, left + 2, float(energy))
                page.write_string(top + 1 + place, left + 3, "0.5")
    return path


@pytest.mark.parametrize(("top", "left"), [(0, 0), (3, 2)])
def test_a_sheet_is_found_behind_a_cover_and_its_rows_are_sheet_rows(top, left, tmp_path):
    intake = read_meter_files([workbook(tmp_path / "july.xlsx", top, left)], ReadOptions())
    assert SCALED == intake.intervals["charge_kwh_e4"].to_list()
    assert {5_000} == set(intake.intervals["discharge_kwh_e4"])
    assert list(range(top + 2, top + 2 + len(ROWS))) == intake.intervals["row"].to_list()
    assert [start for _, start, _ in ROWS] == intake.intervals["interval_start"].to_list()
    assert ["naive_instants"] == [finding.code for finding in intake.findings]


def test_a_sheet_number_with_a_hidden_fifth_decimal_is_refused_with_its_exact_text(tmp_path):
    path = workbook(tmp_path / "july.xlsx")
    altered = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(altered, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>0.3</v>", b"<v>0.30000000000000004</v>"))
    path.write_bytes(altered.getvalue())
    findings = read_meter_files([path], ReadOptions()).findings
    (found,) = (finding for finding in findings if finding.code == "number_too_fine")
    assert (7, "0.30000000000000004") == (found.row, found.evidence["text"])


def test_a_sheet_of_96_points_takes_day_cells(tmp_path):
    path = tmp_path / "points.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["station_id", "date", "direction", *(f"p{point:02d}" for point in range(1, 97))])
        page.write_row(1, 0, ["S", None, "discharge", *([0.25] * 96)])
        page.write_datetime(1, 1, datetime(2025, 7, 1), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001
    intake = read_meter_files([path], ReadOptions())
    assert (96, START, {2_500}) == (
        intake.intervals.height,
        intake.intervals["interval_start"][0],
        set(intake.intervals["discharge_kwh_e4"]),
    )


def test_registers_in_a_sheet_have_no_known_width(tmp_path):
    path = tmp_path / "registers.xlsx"
    header = ["station_id", "meter_id", "read_at", "import_register_kwh", "export_register_kwh", "multiplier"]
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, header)
        page.write_row(1, 0, ["S", "M", "2025-07-01T00:00+08:00", 1234.5, 1, 1200])
    registers = read_meter_files([path], ReadOptions()).registers
    assert [(12_345_000, 0, 12_000_000)] == registers.select(
        "import_register_kwh_e4", "import_register_digits", "multiplier_e4"
    ).rows()


def test_a_workbook_that_unpacks_too_far_is_refused_before_it_is_opened(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (1 << 26))
    assert ["unpacked_too_large"] == [finding.code for finding in read_meter_files([path], ReadOptions()).findings]


def test_parquet_beyond_the_row_limit_is_refused(tmp_path):
    path = tmp_path / "july.parquet"
    frame(CHARGES["text"]).write_parquet(path)
    findings = read_meter_files([path], ReadOptions(limits=Limits(max_rows=3))).findings
    assert ["rows_too_many"] == [finding.code for finding in findings]
