"""Registers, 96 points, NEM12, Green Button: each read as its page of the contract says."""

import runpy
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from settlement.meter.read import ReadOptions, read_meter_files
from tariffs.settings import NaiveInstants
from tariffs.vocabulary.findings import has_refusal

TABLE = runpy.run_path(str(Path(__file__).with_name("bad_files.py")))
SHARED_METERS = Path(__file__).resolve().parents[4].parent / "shared" / "data" / "meters"
ZONE = ZoneInfo("Asia/Shanghai")


def read(folder: Path, content: bytes, options: ReadOptions = ReadOptions()):  # noqa: B008
    path = folder / "readings"
    path.write_bytes(content)
    return read_meter_files([path], options)


def shared(name: str):
    path = SHARED_METERS / name
    if not path.exists():
        pytest.skip(f"the shared data file {name} is not on this machine")
    return read_meter_files([path], ReadOptions())


def codes(intake) -> list[str]:
    return [finding.code for finding in intake.findings]


def totals(intake) -> list[tuple[str, int | None, int | None]]:
    sums = pl.col("charge_kwh_e4", "discharge_kwh_e4").sum()
    return intake.intervals.group_by("feed").agg(sums).sort("feed").rows()


def test_a_register_reading_keeps_its_printed_digits(tmp_path):
    intake = read(tmp_path, TABLE["registers"]("S-1,M_1,2025-07-01T00:00+08:00,001234.5,99.9999,1200.5"))
    at = datetime(2025, 7, 1, tzinfo=ZONE)
    assert [("S-1", "M_1", at, 12_345_000, 999_999, 6, 2, 12_005_000, 0, 2)] == intake.registers.rows()
    assert "registers" == intake.files[0].file_format
    assert 0 == intake.intervals.height


def test_registers_hold_more_than_an_interval_may(tmp_path):
    intake = read(tmp_path, TABLE["registers"]("S,M,2025-07-01T00:00+08:00,999999999999.9999,0,1"))
    assert [9_999_999_999_999_999] == intake.registers["import_register_kwh_e4"].to_list()


def test_the_first_point_starts_the_day_and_the_last_ends_it(tmp_path):
    cells = ",".join(str(point) for point in range(1, 97))
    intake = read(tmp_path, TABLE["points"](f"S,2025-07-31,charge,{cells}", f"S,2025-07-31,放电,{cells}"))
    frame = intake.intervals
    assert (192, {15}) == (frame.height, set(frame["interval_minutes"]))
    first, last = frame.row(0, named=True), frame.row(95, named=True)
    assert (datetime(2025, 7, 31, tzinfo=ZONE), 10_000, None, 2) == (
        first["interval_start"],
        first["charge_kwh_e4"],
        first["discharge_kwh_e4"],
        first["row"],
    )
    assert (datetime(2025, 7, 31, 23, 45, tzinfo=ZONE), 960_000) == (last["interval_start"], last["charge_kwh_e4"])
    assert (None, 10_000, 3) == frame.select("charge_kwh_e4", "discharge_kwh_e4", "row").row(96)
    assert [] == codes(intake)


def test_two_rows_of_one_day_and_direction_are_both_kept(tmp_path):
    row = f"S,2025-07-31,charge,{TABLE['ZEROS']}"
    assert 192 == read(tmp_path, TABLE["points"](row, row)).intervals.height


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("actual_interval", [("VABD000163", 533_280, 0)]),
        ("different_interval_length", [("C123/E1", 2_540_000, 0), ("C123/E2", 1_200_000, 0)]),
        ("month_solar", [("NMI1234567", 2_707_380, 5_891_720)]),
        ("multiple_quality", [("CCCC123456", 8_969_900, 0)]),
        ("substituted_interval", [("VBCD000022", 1_109_760, 0)]),
    ],
)
def test_a_real_nem12_file_has_the_totals_of_its_description(name, expected):
    intake = shared(f"nem12/unzipped_Example_NEM12_{name}.csv")
    assert expected == totals(intake)
    assert not has_refusal(intake.findings)
    assert "nem12" == intake.files[0].file_format


@pytest.mark.parametrize(
    ("name", "code", "row"),
    [
        ("15min_200_30min_300", "nem12_value_count", 3),
        ("incomplete_interval", "nem12_value_count", 3),
        ("missing_header", "nem12_header_missing", 2),
    ],
)
def test_an_invalid_real_nem12_file_is_refused_with_its_reason(name, code, row):
    assert (code, row) in {(f.code, f.row) for f in shared(f"nem12/invalid_Example_NEM12_{name}.csv").findings}


def test_an_empty_real_file_is_refused():
    assert ["file_empty"] == codes(shared("nem12/invalid_Example_empty_file.csv"))


def test_ignored_channels_are_named():
    intake = shared("nem12/unzipped_Example_NEM12_actual_interval.csv")
    (ignored,) = (finding for finding in intake.findings if finding.code == "channel_ignored")
    assert "VABD000163/Q1 (kVArh)" in ignored.message.en


def test_quality_ranges_are_given_to_their_intervals():
    qualities = shared("nem12/unzipped_Example_NEM12_multiple_quality.csv").intervals["quality"].to_list()
    assert [2] * 20 + [0] * 4 + [2] * 24 == qualities


def nem12_day(folder: Path, unit: str, energy: str, suffix: str = "E1", flag: str = "A") -> pl.DataFrame:
    register = TABLE["E1"].replace("kWh", unit).replace(",E1,N1", f",{suffix},N1")
    return read(folder, TABLE["nem12"](register, TABLE["day"](flag=flag, unit=energy))).intervals


@pytest.mark.parametrize(("unit", "energy"), [("kWh", ".25"), ("KWH", "0.2500"), ("Wh", "250"), ("MWh", "0.00025")])
def test_nem12_units_are_converted_exactly(unit, energy, tmp_path):
    assert {2_500} == set(nem12_day(tmp_path, unit, energy)["charge_kwh_e4"])


def test_a_nem12_day_starts_at_local_midnight_and_has_the_row_of_its_record(tmp_path):
    frame = nem12_day(tmp_path, "kWh", "1", suffix="B1")
    assert datetime(2025, 7, 1, tzinfo=ZONE) == frame["interval_start"][0]
    assert datetime(2025, 7, 1, 23, 30, tzinfo=ZONE) == frame["interval_start"][-1]
    assert ({30}, {3}, {None}, {10_000}) == (
        set(frame["interval_minutes"]),
        set(frame["row"]),
        set(frame["charge_kwh_e4"]),
        set(frame["discharge_kwh_e4"]),
    )


@pytest.mark.parametrize(("flag", "quality"), [("A", 0), ("E52", 1), ("F14", 2), ("S14", 2), ("N", 3), ("", 3)])
def test_a_nem12_quality_flag_is_kept(flag, quality, tmp_path):
    assert {quality} == set(nem12_day(tmp_path, "kWh", "1", flag=flag)["quality"])


@pytest.mark.parametrize(("minutes", "count"), [(5, 288), (10, 144), (15, 96), (30, 48), (60, 24)])
def test_every_nem12_interval_length_is_read(minutes, count, tmp_path):
    register = TABLE["E1"].replace(",30,", f",{minutes},")
    intake = read(tmp_path, TABLE["nem12"](register, TABLE["day"](values=count)))
    assert (count, {minutes}) == (intake.intervals.height, set(intake.intervals["interval_minutes"]))


def test_two_nem12_files_put_together_are_read(tmp_path):
    one = TABLE["nem12"](TABLE["E1"], TABLE["day"]())
    other = TABLE["nem12"](TABLE["E1"], TABLE["day"](on="20250702"))
    intake = read(tmp_path, one + other)
    assert 96 == intake.intervals.height
    assert ["naive_instants"] == codes(intake)


def test_nem12_is_refused_where_naive_instants_are(tmp_path):
    content = TABLE["nem12"](TABLE["E1"], TABLE["day"]())
    assert ["naive_instants_refused"] == codes(
        read(tmp_path, content, ReadOptions(naive_instants=NaiveInstants.REFUSE))
    )


@pytest.mark.parametrize(("name", "count", "total_wh"), [("01", 96, 93_846), ("1", 480, 511_688)])
def test_a_real_green_button_file_has_the_readings_of_its_description(name, count, total_wh):
    intake = shared(f"greenbutton/test_usage_data_{name}.xml")
    assert [("5446AF3F", total_wh * 10, 0)] == totals(intake)
    assert (count, {15}) == (intake.intervals.height, set(intake.intervals["interval_minutes"]))
    assert [] == codes(intake)


def test_a_green_button_start_is_an_instant_of_utc_and_the_row_its_line(tmp_path):
    frame = read(tmp_path, TABLE["green_button"]()).intervals
    assert [("A1", datetime(2025, 7, 1, tzinfo=ZONE), 15, 10, None, 0, 0, 5)] == frame.rows()


@pytest.mark.parametrize(("power", "expected"), [("-1", 70), ("0", 700), ("3", 700_000)])
def test_a_power_of_ten_moves_the_point_exactly(power, expected, tmp_path):
    content = TABLE["green_button"](energy="<value>70</value>", power_of_ten=power)
    assert [expected] == read(tmp_path, content).intervals["charge_kwh_e4"].to_list()


def test_reverse_flow_is_discharge(tmp_path):
    content = TABLE["green_button"]().replace(b"</uom>", b"</uom><flowDirection>19</flowDirection>")
    assert [(None, 10)] == read(tmp_path, content).intervals.select("charge_kwh_e4", "discharge_kwh_e4").rows()


def test_a_green_button_file_of_another_unit_only_is_refused_and_names_it(tmp_path):
    intake = read(tmp_path, TABLE["green_button"]().replace(b"<uom>72<", b"<uom>38<"))
    assert (["channel_ignored", "file_no_rows"], 0) == (codes(intake), intake.intervals.height)


def test_a_nem12_file_of_reactive_energy_only_is_refused_and_names_it(tmp_path):
    content = TABLE["nem12"](TABLE["E1"].replace(",E1,N1,", ",Q1,N1,").replace("kWh", "kVArh"), TABLE["day"]())
    assert ["channel_ignored", "file_no_rows"] == codes(read(tmp_path, content))
