"""The long format: spellings, encodings and packings of one table give one frame."""

import gzip
import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from settlement.meter.read import Limits, ReadOptions, read_meter_files
from tariffs.settings import NaiveInstants
from tariffs.vocabulary.columns import RAW_INTERVALS, RAW_REGISTERS, Quality
from tariffs.vocabulary.errors import InputError
from tariffs.vocabulary.findings import Severity

HEADER = "station_id,interval_start,charge_kwh,discharge_kwh"
ROWS = [f"SH-1,2025-07-01T{quarter // 4:02d}:{quarter % 4 * 15:02d}+08:00,{quarter}.0625,.5" for quarter in range(96)]
TEXT = "".join(f"{row}\n" for row in (HEADER, *ROWS))


def read(folder: Path, content: bytes, options: ReadOptions = ReadOptions()):  # noqa: B008
    path = folder / "july.csv"
    path.write_bytes(content)
    return read_meter_files([path], options)


def codes(intake) -> list[str]:
    return [finding.code for finding in intake.findings]


def test_a_row_becomes_exact_integers_with_its_physical_line(tmp_path):
    intake = read(tmp_path, TEXT.encode())
    start = datetime(2025, 7, 1, 0, 15, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert ("SH-1", start, 0, 10_625, 5_000, Quality.MEASURED.value, 0, 3) == intake.intervals.row(1)
    assert RAW_INTERVALS == intake.intervals.schema
    assert RAW_REGISTERS == intake.registers.schema
    assert [] == codes(intake)


def test_the_file_is_named_without_its_folder_and_hashed_as_it_lies_on_disk(tmp_path):
    packed = gzip.compress(TEXT.encode())
    (file,) = read(tmp_path, packed).files
    assert ("july.csv", "long", 96) == (file.name, file.file_format, file.rows)
    assert hashlib.sha256(packed).hexdigest() == file.sha256


QUOTED = "".join(",".join(f'"{cell}"' for cell in line.split(",")) + "\n" for line in TEXT.splitlines())


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xef\xbb\xbf" + TEXT.encode(), id="byte-order mark"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param((TEXT + "\n\n").encode(), id="blank lines at the end"),
        pytest.param((TEXT + "\n").replace("\n", "\r\n").encode(), id="blank CRLF line at the end"),
        pytest.param(QUOTED.encode(), id="every cell in quotes"),
        pytest.param(TEXT.replace(HEADER, HEADER.upper()).encode(), id="upper case header"),
        pytest.param(TEXT.replace(HEADER, HEADER.replace(",", " , ")).encode(), id="spaces around headers"),
        pytest.param(
            TEXT.replace(HEADER, "电站编号,时段开始,充电电量,放电电量").encode("gbk"), id="Chinese header in GBK"
        ),
        pytest.param(
            TEXT.replace(HEADER, "电站编号,时段开始,充电电量,放电电量").encode(), id="Chinese header in UTF-8"
        ),
        pytest.param(gzip.compress(TEXT.encode()), id="gzip"),
        pytest.param(gzip.compress(TEXT[:700].encode()) + gzip.compress(TEXT[700:].encode()), id="gzip of two members"),
        pytest.param(gzip.compress(TEXT.encode()) + b"\0" * 512, id="gzip padded with zeros"),
        pytest.param(TEXT.replace("T", " ").encode(), id="a space for the T"),
        pytest.param(TEXT.replace("+08:00", ":00.000000+0800").encode(), id="offset without colon"),
        pytest.param(TEXT.replace(".5\n", "0.50000\n").encode(), id="surplus zeros"),
    ],
)
def test_another_spelling_or_packing_gives_the_same_frame(content, tmp_path):
    intake = read(tmp_path, content)
    assert_frame_equal(read(tmp_path, TEXT.encode()).intervals, intake.intervals)
    assert [] == codes(intake)


def test_a_gbk_station_keeps_its_name(tmp_path):
    content = f"{HEADER}\n临港一号,2025-07-01T00:00Z,1,0\n".encode("gbk")
    assert ["临港一号"] == read(tmp_path, content).intervals["feed"].to_list()


def test_naive_instants_are_shanghai_time_with_one_notice(tmp_path):
    intake = read(tmp_path, TEXT.replace("+08:00", "").encode())
    assert_frame_equal(read(tmp_path, TEXT.encode()).intervals, intake.intervals)
    assert [("naive_instants", 2, "96")] == [
        (found.code, found.row, found.evidence["count"]) for found in intake.findings
    ]


def test_naive_instants_are_refused_where_the_options_say_so(tmp_path):
    intake = read(tmp_path, TEXT.replace("+08:00", "").encode(), ReadOptions(naive_instants=NaiveInstants.REFUSE))
    assert [("naive_instants_refused", Severity.REFUSAL)] == [(found.code, found.severity) for found in intake.findings]


def test_24_00_is_the_next_midnight_with_one_notice(tmp_path):
    intake = read(tmp_path, f"{HEADER}\nS,2025-07-01T24:00+08:00,1,0\n".encode())
    assert datetime(2025, 7, 2, tzinfo=ZoneInfo("Asia/Shanghai")) == intake.intervals["interval_start"].item()
    assert [("label_24_00", 2)] == [(found.code, found.row) for found in intake.findings]


def test_a_file_without_a_last_line_end_is_taken_when_that_is_allowed(tmp_path):
    whole = TEXT.rstrip("\n").encode()
    assert ["file_unterminated"] == codes(read(tmp_path, whole))
    allowed = read(tmp_path, whole, ReadOptions(accept_unterminated=True))
    assert [] == codes(allowed)
    assert 96 == allowed.intervals.height


def test_quality_words_become_numbers_and_empty_is_measured(tmp_path):
    rows = "".join(
        f"S,2025-07-01T0{hour}:00Z,1,0,{word}\n"
        for hour, word in enumerate(["", "measured", "estimated", "substituted", "missing"])
    )
    intake = read(tmp_path, f"{HEADER},quality\n{rows}".encode())
    assert [0, 0, 1, 2, 3] == intake.intervals["quality"].to_list()


def test_a_missing_row_may_leave_its_energies_blank_and_is_kept(tmp_path):
    intake = read(tmp_path, f"{HEADER},quality\nS,2025-07-01T00:00Z,,,missing\n".encode())
    assert [(None, None, 3, 2)] == intake.intervals.select("charge_kwh_e4", "discharge_kwh_e4", "quality", "row").rows()
    assert [] == codes(intake)


def test_a_missing_row_may_not_hold_rubbish(tmp_path):
    intake = read(tmp_path, f"{HEADER},quality\nS,2025-07-01T00:00Z,x,,missing\n".encode())
    assert ["number_malformed"] == codes(intake)


def test_negative_energy_is_read_for_the_checks_to_refuse(tmp_path):
    intake = read(tmp_path, f"{HEADER}\nS,2025-07-01T00:00Z,-1.5,0\n".encode())
    assert [-15_000] == intake.intervals["charge_kwh_e4"].to_list()


def test_an_unknown_column_is_a_notice_that_offers_the_nearest_name(tmp_path):
    intake = read(tmp_path, f"{HEADER},qualty\nS,2025-07-01T00:00Z,1,0,estimated\n".encode())
    (found,) = intake.findings
    assert ("column_unknown", Severity.NOTICE, "quality") == (found.code, found.severity, found.evidence["nearest"])


def test_several_files_are_numbered_in_the_order_given(tmp_path):
    first, second = tmp_path / "b.csv", tmp_path / "a.csv"
    first.write_text(TEXT)
    second.write_text(TEXT.replace("SH-1", "SH-2"))
    intake = read_meter_files([first, second], ReadOptions())
    assert [("SH-1", 0), ("SH-2", 1)] == intake.intervals.select("feed", "file_no").unique().sort("file_no").rows()
    assert ["b.csv", "a.csv"] == [file.name for file in intake.files]


def test_one_content_under_two_names_is_refused_once(tmp_path):
    first, second = tmp_path / "july.csv", tmp_path / "copy.csv"
    first.write_text(TEXT)
    second.write_text(TEXT)
    intake = read_meter_files([first, second], ReadOptions())
    assert [("file_repeated", "copy.csv")] == [(found.code, found.file) for found in intake.findings]
    assert 96 == intake.intervals.height


@pytest.mark.parametrize("name", ["absent.csv", "."])
def test_a_path_that_is_no_file_raises_and_says_what_to_do(name, tmp_path):
    with pytest.raises(InputError, match="check the path"):
        read_meter_files([tmp_path / name], ReadOptions())


def test_a_path_given_twice_raises(tmp_path):
    path = tmp_path / "july.csv"
    path.write_text(TEXT)
    with pytest.raises(InputError, match="name each file once"):
        read_meter_files([path, tmp_path / "." / "july.csv"], ReadOptions())


def test_no_path_gives_empty_frames_of_the_right_columns():
    intake = read_meter_files([], ReadOptions())
    assert (RAW_INTERVALS, RAW_REGISTERS) == (intake.intervals.schema, intake.registers.schema)


@pytest.mark.parametrize(
    ("limits", "content", "code"),
    [
        pytest.param(Limits(max_bytes=100), TEXT.encode(), "file_too_large", id="bytes"),
        pytest.param(Limits(max_rows=95), TEXT.encode(), "rows_too_many", id="rows"),
        pytest.param(Limits(max_columns=3), TEXT.encode(), "rows_too_many", id="columns"),
        pytest.param(Limits(max_cell_characters=20), TEXT.encode(), "cell_too_long", id="cells"),
        pytest.param(Limits(max_unpacked_bytes=999), gzip.compress(TEXT.encode()), "unpacked_too_large", id="unpacked"),
        pytest.param(Limits(), gzip.compress(b"0" * (1 << 26)), "unpacked_too_large", id="gzip bomb"),
    ],
)
def test_a_file_beyond_a_limit_is_refused(limits, content, code, tmp_path):
    assert code in codes(read(tmp_path, content, ReadOptions(limits=limits)))


CELLS = st.sampled_from(
    ["S", "S 1", "", "2025-07-01T00:00Z", "2025-07-01T00:00", "1", "0.5", "x", "1.00001", '"1"', '"', "1,2"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS).map(",".join), min_size=1, max_size=8))
def test_every_line_is_either_read_or_refused(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("law") / "any.csv"
    path.write_text("".join(f"{line}\n" for line in (HEADER, *lines)))
    intake = read_meter_files([path], ReadOptions())
    refused = {found.row for found in intake.findings if found.severity is Severity.REFUSAL}
    assert set(range(2, len(lines) + 2)) <= set(intake.intervals["row"]) | refused


@given(st.permutations(ROWS))
@settings(max_examples=20, deadline=None)
def test_the_order_of_rows_changes_nothing_but_row_numbers(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("law") / "any.csv"
    path.write_text("".join(f"{row}\n" for row in (HEADER, *rows)))
    intervals = read_meter_files([path], ReadOptions()).intervals.sort("interval_start").drop("row")
    path.write_text(TEXT)
    assert_frame_equal(read_meter_files([path], ReadOptions()).intervals.drop("row"), intervals)


def test_a_day_has_its_96_quarters(tmp_path):
    starts = read(tmp_path, TEXT.encode()).intervals["interval_start"]
    assert {timedelta(minutes=15)} == set(starts.diff().drop_nulls())
    assert 96 == len(starts)
    assert pl.Datetime("ms", "Asia/Shanghai") == starts.dtype
