"""Every bad file is refused with its code and row, and nothing of it raises."""

import runpy
from pathlib import Path

import pytest

from settlement.meter.read import ReadOptions, read_meter_files
from settlement.meter.read.catalogue import CATALOGUE
from tariffs.reading.report import GENERAL, MOST_OF_A_KIND
from tariffs.vocabulary.findings import Severity

TABLE = runpy.run_path(str(Path(__file__).with_name("bad_files.py")))
BAD_FILES = TABLE["BAD_FILES"]


@pytest.mark.parametrize("bad", BAD_FILES, ids=[f"{bad.code}: {bad.name}" for bad in BAD_FILES])
def test_a_bad_file_is_refused_with_its_code_and_row(bad, tmp_path):
    path = tmp_path / "readings"
    path.write_bytes(bad.content)
    findings = read_meter_files([path], ReadOptions()).findings
    refusals = {(finding.code, finding.row) for finding in findings if finding.severity is Severity.REFUSAL}
    assert (bad.code, bad.row) in refusals
    assert {"readings"} == {finding.file for finding in findings}


def test_the_table_covers_at_least_a_hundred_files_in_twenty_five_classes():
    assert len(BAD_FILES) >= 100
    assert len({bad.code for bad in BAD_FILES}) >= 25


def test_no_two_bad_files_have_one_name():
    names = [(bad.code, bad.name) for bad in BAD_FILES]
    assert sorted(set(names)) == sorted(names)


def test_a_code_seen_in_many_rows_is_listed_twenty_times_and_then_counted(tmp_path):
    path = tmp_path / "many.csv"
    path.write_bytes(TABLE["long_csv"](*["SH-1,2025-07-01T00:15,x,0"] * 50))
    findings = read_meter_files([path], ReadOptions()).findings
    assert MOST_OF_A_KIND == sum(finding.code == "number_malformed" for finding in findings)
    (surplus,) = (finding for finding in findings if finding.code == "more_in_file")
    assert {"repeated": "number_malformed", "count": "30"} == surplus.evidence
    assert Severity.REFUSAL is surplus.severity


def test_everything_wrong_in_a_file_is_told_in_one_pass(tmp_path):
    path = tmp_path / "several.csv"
    rows = ("S 2,2025-07-01T00:15,1,0", "S,2025-02-30T00:15,1,0", "S,2025-07-01T00:15,x,1.23456", "S,a", "")
    path.write_bytes(TABLE["long_csv"](*rows, "S,2025-07-01T00:15,1,0"))
    findings = read_meter_files([path], ReadOptions()).findings
    expected = {
        ("station_id_malformed", 3),
        ("instant_impossible", 4),
        ("number_malformed", 5),
        ("number_too_fine", 5),
        ("row_width", 6),
        ("row_blank", 7),
        ("naive_instants", 2),
    }
    assert expected == {(finding.code, finding.row) for finding in findings}


def test_the_good_rows_of_a_bad_file_are_still_given(tmp_path):
    path = tmp_path / "one_bad.csv"
    path.write_bytes(TABLE["long_csv"]("SH-1,2025-07-01T00:15,x,0", "SH-1,2025-07-01T00:30,2,0"))
    intake = read_meter_files([path], ReadOptions())
    assert [(15000, 2), (20000, 4)] == intake.intervals.select("charge_kwh_e4", "row").rows()


def test_a_refused_row_names_its_station(tmp_path):
    path = tmp_path / "one_bad.csv"
    path.write_bytes(TABLE["charge"]("nan"))
    findings = read_meter_files([path], ReadOptions()).findings
    assert ["SH-1"] == [finding.station_id for finding in findings if finding.code == "number_malformed"]


def test_every_text_of_the_catalogue_names_only_figures_that_its_findings_carry(tmp_path):
    codes = {"number_too_fine", "column_missing", "nem12_value_count"}
    assert codes <= {*CATALOGUE.entries, *GENERAL.entries}
    for place, bad in enumerate(BAD_FILES):
        path = tmp_path / f"{place}"
        path.write_bytes(bad.content)
        for finding in read_meter_files([path], ReadOptions()).findings:
            assert finding.message.zh
            assert finding.message.en
            assert "{" not in finding.message.zh + finding.message.en + finding.action.zh + finding.action.en


def test_a_long_cell_is_cut_in_messages_and_its_control_characters_are_shown(tmp_path):
    path = tmp_path / "control.csv"
    path.write_bytes(TABLE["charge"]("\x1b[31m" + "7" * 60))
    (message,) = (
        finding.message.en
        for finding in read_meter_files([path], ReadOptions()).findings
        if finding.code == "number_malformed"
    )
    assert "\x1b" not in message
    assert "\\u001b[31m777" in message
    assert "…" in message
