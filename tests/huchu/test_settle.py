"""`huchu settle` inside the process: what is written, refused, kept and found."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from huchu.cli import settle
from huchu.cli.settle import Request
from tariffs.vocabulary.errors import HuchuError, InputError, PolicyNotCovered, Refused, SettingsError, UsageError

Made = Callable[..., Path]
RESULT = ["calls.csv", "findings.csv", "lines.csv", "lines.parquet", "run.json"]


def request(folder: Path, month: str = "2025-06", **choices: object) -> Request:
    given = {"meter": (folder / "meter.csv",), "month": month, "out": folder / "out", "formats": ()}
    return Request(**(given | choices))  # type: ignore[arg-type]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_amounts_worked_out_by_hand_stand_in_the_result(project: Path) -> None:
    settle.run(request(project))
    assert RESULT == names(project / "out")
    # 30 days x 5,000 kWh x 0.20775 = 31,162.50 paid; 30 x 4,500 x 0.4986 = 67,311.00 received; June is peak season
    amounts = {line["item"]: line["amount_cny"] for line in table(project / "out/lines.csv")}
    assert {"charge_energy": "-31162.50", "discharge_energy": "67311.00", "exempted_charges": "0.00"} == amounts
    (calls,) = table(project / "out/calls.csv")
    # 135,000 kWh over a rated energy of 20,000 kWh
    assert ("6.7500", "6.7500", "210.0000") == (calls["calls_month"], calls["calls_to_date"], calls["calls_required"])
    told = json.loads((project / "out/run.json").read_text(encoding="utf-8"))
    assert {"charge_energy": "-31162.50", "discharge_energy": "67311.00", "exempted_charges": "0.00"} == (
        told["totals_cny"]
    )
    assert pl.read_parquet(project / "out/lines.parquet")["amount_cny"].to_list() == list(amounts.values())


def test_only_the_formats_asked_for_are_written(project: Path) -> None:
    settle.run(request(project, formats=("json",)))
    assert ["A-1-2025-06.json"] == names(project / "out/statements")


def test_only_the_stations_asked_for_are_settled(make_project: Made) -> None:
    folder = make_project("two", ids=("A-1", "B-2"))
    result, _ = settle.run(request(folder, only=("B-2",), skip_refused=True))
    assert ["B-2"] == [statement.station.id for statement in result.statements]


def test_an_earlier_result_is_kept_unless_forced(project: Path) -> None:
    settle.run(request(project))
    before = (project / "out/lines.csv").read_bytes()
    with pytest.raises(InputError, match="overwrite with --force"):
        settle.run(request(project))
    settle.run(request(project, force=True))
    assert RESULT == names(project / "out")
    assert before == (project / "out/lines.csv").read_bytes()
    assert ["huchu.toml", "meter.csv", "out", "stations.toml"] == names(project)


def test_force_never_deletes_what_is_no_result(project: Path) -> None:
    settle.run(request(project))
    (project / "out/mine.txt").write_text("kept")
    for out in (project / "out", project):
        before = names(out)
        with pytest.raises(InputError, match="what is not a result is not overwritten"):
            settle.run(request(project, out=out, force=True))
        assert before == names(out)


def test_a_folder_that_holds_only_findings_is_no_result(project: Path) -> None:
    (project / "out").mkdir()
    (project / "out/findings.csv").write_text("old")
    settle.run(request(project))
    assert RESULT == names(project / "out")


def test_a_refused_run_leaves_nothing_but_findings(project: Path) -> None:
    lines = (project / "meter.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (project / "meter.csv").write_text("".join(lines[:100] + lines[101:]), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        settle.run(request(project))
    assert ["findings.csv"] == names(project / "out")
    found = [row for row in table(project / "out/findings.csv") if row["severity"] == "refusal"]
    assert [("A-1", "interval_missing")] == [(row["station_id"], row["code"]) for row in found]
    assert "out/findings.csv" in refused.value.done.en
    assert ["huchu.toml", "meter.csv", "out", "stations.toml"] == names(project)


def test_a_refused_run_leaves_an_earlier_result_alone_even_when_forced(project: Path) -> None:
    settle.run(request(project))
    before = {path.name: path.read_bytes() for path in (project / "out").iterdir()}
    with (project / "meter.csv").open("a", encoding="utf-8") as stream:
        stream.write("A-1,2025-06-30T23:00:00+08:00,-1,0\n")
    with pytest.raises(Refused):
        settle.run(request(project, force=True))
    assert before == {path.name: path.read_bytes() for path in (project / "out").iterdir()}


def test_refused_stations_are_skipped_only_when_asked_and_named_where_the_result_lies(make_project: Made) -> None:
    folder = make_project("two", ids=("A-1", "B-2"))
    text = (folder / "meter.csv").read_text(encoding="utf-8")
    (folder / "meter.csv").write_text(text.replace("B-2,2025-06-10T05:00:00+08:00,0,0\n", ""), encoding="utf-8")
    with pytest.raises(Refused):
        settle.run(request(folder))
    result, _ = settle.run(request(folder, skip_refused=True))
    assert {("B-2", "2025-06"): ("interval_missing",)} == dict(result.refused)
    assert {"A-1"} == {line["station_id"] for line in table(folder / "out/lines.csv")}
    told = json.loads((folder / "out/run.json").read_text(encoding="utf-8"))
    assert [{"station_id": "B-2", "month": "2025-06", "codes": ["interval_missing"]}] == told["refused"]
    refusals = [row for row in table(folder / "out/findings.csv") if row["severity"] == "refusal"]
    assert ["B-2"] == [row["station_id"] for row in refusals]


def test_nothing_is_written_when_every_station_is_refused_though_refused_ones_are_skipped(project: Path) -> None:
    text = (project / "meter.csv").read_text(encoding="utf-8")
    (project / "meter.csv").write_text(text.replace("A-1,2025-06-10T05:00:00+08:00,0,0\n", ""), encoding="utf-8")
    with pytest.raises(Refused):
        settle.run(request(project, skip_refused=True))
    assert ["findings.csv"] == names(project / "out")


def test_a_gap_is_filled_only_when_asked_and_the_line_says_so(project: Path) -> None:
    text = (project / "meter.csv").read_text(encoding="utf-8")
    (project / "meter.csv").write_text(text.replace("A-1,2025-06-10T05:00:00+08:00,0,0\n", ""), encoding="utf-8")
    with pytest.raises(Refused):
        settle.run(request(project))
    settle.run(request(project, estimate=True))
    flags = {line["item"]: line["flags"] for line in table(project / "out/lines.csv")}
    assert "filled_intervals=1;filled_kwh=" in flags["charge_energy"]


def test_earlier_results_give_the_calls_to_date(make_project: Made) -> None:
    folder = make_project("two months", months=(6, 7))
    both, _ = settle.run(request(folder, "2025-06..2025-07", out=folder / "both"))
    june = make_project("june", months=(6,))
    july = make_project("july", months=(7,))
    settle.run(request(june))
    settle.run(request(july, "2025-07", out=july / "alone"))
    settle.run(request(july, "2025-07", settled=(june / "out",)))
    # 30 x 4,500 / 20,000 in June, 31 x 4,500 / 20,000 in July
    assert ["6.7500", "13.7250"] == both.calls["calls_to_date"].to_list()
    assert ["13.7250"] == [row["calls_to_date"] for row in table(july / "out/calls.csv")]
    (alone,) = table(july / "alone/calls.csv")
    assert ("6.9750", "", "", "") == tuple(
        alone[key] for key in ("calls_month", "calls_to_date", "calls_left", "season_discharge_kwh_to_date")
    )
    (finding,) = [row for row in table(july / "alone/findings.csv") if row["code"] == "calls_to_date_unknown"]
    assert "2025-06" in finding["message"]
    assert "--settled" in finding["action"]


def test_a_run_never_replaces_the_result_of_other_months_that_it_builds_on(
    make_project: Made,
) -> None:
    june, july = make_project("june", months=(6,)), make_project("july", months=(7,))
    settle.run(request(june))
    held = (june / "out/lines.csv").read_bytes()
    with pytest.raises(UsageError, match="it holds 2025-06"):
        settle.run(request(july, "2025-07", out=june / "out", settled=(june / "out",), force=True))
    assert held == (june / "out/lines.csv").read_bytes()
    settle.run(request(june, settled=(june / "out",), force=True))


def test_every_document_behind_a_line_stands_in_the_record_of_the_run(project: Path) -> None:
    with (project / "huchu.toml").open("a", encoding="utf-8") as stream:
        stream.write('\nassessment_profile = "jiangsu_2022"\n')
    (project / "incidents.csv").write_text(
        "station_id,date,kind,count,hours\nA-1,2025-06-03,dispatch_discipline,1,\n", encoding="utf-8"
    )
    beside = (None, None, None, None, project / "incidents.csv", None)
    settle.run(request(project, beside=beside))
    told = json.loads((project / "out/run.json").read_text(encoding="utf-8"))
    assert "jiangsu/assessment" in {document["series"] for document in told["documents"]}
    assert [("incidents.csv", "incidents", 1)] == [
        (file["name"], file["kind"], file["rows"]) for file in told["inputs_beside"]
    ]


def test_earlier_results_that_are_absent_spoilt_or_differ_are_refused(make_project: Made) -> None:
    june, july = make_project("june", months=(6,)), make_project("july", months=(7,))
    settle.run(request(june, out=june / "results/first"))
    settle.run(request(june, out=june / "results/second"))
    asked = request(july, "2025-07")
    assert settle.run(replace(asked, settled=(june / "results",)))
    path = june / "results/second/calls.csv"
    sound = path.read_text(encoding="utf-8")
    for message, text in (
        ("differ", sound.replace("135000.0000", "135000.0001")),
        ("row 2", sound.replace("20000.0000:135000.0000", "20000.0000:135000.0001")),
        ("row 2", sound.replace("20000.0000:135000.0000", "20000:135000")),
        ("row 2", sound.replace("2025-06-01", "2025-06-31")),
        ("row 1", sound.replace("calls_month", "calls")),
        ("row 1", ""),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=message):
            settle.run(replace(asked, settled=(june / "results",), force=True))
    with pytest.raises(InputError, match="no earlier result"):
        settle.run(replace(asked, settled=(july / "nowhere",), force=True))


@pytest.mark.parametrize(
    ("kind", "message", "choices"),
    [
        (UsageError, "month '2025-6' is not understood", {"month": "2025-6"}),
        (UsageError, "ends before it starts", {"month": "2025-07..2025-06"}),
        (PolicyNotCovered, "no version in force on 2024-12-01", {"month": "2024-12"}),
        (PolicyNotCovered, "no version in force on 2031-01-01", {"month": "2031-01"}),
        (UsageError, "--run does not know finl", {"run": "finl"}),
        (UsageError, "--formats does not know docx", {"formats": ("pdf", "docx")}),
        (UsageError, "there is no station A-2", {"only": ("A-2",)}),
        (InputError, "no such file", {"meter": (Path("nowhere.csv"),)}),
        (InputError, "stations.toml is not found", {"stations": None}),
        (InputError, "huchu.toml is not found", {"settings": None}),
        (InputError, "file not found: none.toml", {"settings": Path("none.toml")}),
    ],
)
def test_a_wrong_option_is_refused_in_four_parts_and_nothing_is_written(
    project: Path, monkeypatch: pytest.MonkeyPatch, kind: type[HuchuError], message: str, choices: dict[str, object]
) -> None:
    (project / "elsewhere").mkdir()
    monkeypatch.chdir(project / "elsewhere")
    (project / "meter.csv").rename(project / "elsewhere/m.csv")
    whole = {
        "meter": (Path("m.csv"),),
        "stations": project / "stations.toml",
        "settings": project / "huchu.toml",
    }
    with pytest.raises(kind) as refused:
        settle.run(request(project, **(whole | choices)))  # type: ignore[arg-type]
    assert message in str(refused.value)
    assert 4 == len(str(refused.value).splitlines())
    assert not (project / "out").exists()


@pytest.mark.parametrize(
    ("kind", "message", "line"),
    [
        (UsageError, "give prices.csv with --prices", 'market_from = "2025-06-30"'),
        (SettingsError, "assessment profile own has no formula", 'assessment_profile = "own"'),
        (SettingsError, "lacks subsidy_cny_per_kw_year", 'capacity_support = "local_subsidy"'),
        (SettingsError, "no --orders was given", 'call_counting = "dispatch_orders"'),
        (SettingsError, "call_counting is one of", 'call_counting = "x"'),
    ],
)
def test_settings_that_lack_what_they_ask_for_are_refused_and_not_ignored(
    project: Path, kind: type[HuchuError], message: str, line: str
) -> None:
    key = line.split(" ")[0]
    kept = [each for each in (project / "huchu.toml").read_text(encoding="utf-8").splitlines() if key not in each]
    (project / "huchu.toml").write_text("\n".join([*kept, line]) + "\n", encoding="utf-8")
    with pytest.raises(kind, match=message):
        settle.run(request(project))


def test_naive_instants_are_refused_where_the_settings_forbid_them(project: Path) -> None:
    text = (project / "meter.csv").read_text(encoding="utf-8")
    (project / "meter.csv").write_text(text.replace("+08:00", ""), encoding="utf-8")
    settle.run(request(project))
    with (project / "huchu.toml").open("a", encoding="utf-8") as stream:
        stream.write('naive_instants = "refuse"\n')
    with pytest.raises(Refused):
        settle.run(request(project, force=True))


def test_a_target_that_is_a_file_or_lies_in_one_is_refused(project: Path) -> None:
    (project / "out").write_text("mine")
    for out in (project / "out", project / "out/inside"):
        with pytest.raises(InputError):
            settle.run(request(project, out=out, force=True))
    assert "mine" == (project / "out").read_text()


def test_files_beside_the_input_are_found_before_those_of_the_working_folder(
    make_project: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = make_project("数据 一")
    here = make_project("here")
    (here / "stations.toml").write_text("spoilt")
    monkeypatch.chdir(here)
    assert settle.run(request(beside))
    (beside / "stations.toml").unlink()
    with pytest.raises(InputError, match="is not valid TOML"):
        settle.run(request(beside, force=True))


def test_no_text_of_the_input_reaches_a_spreadsheet_as_a_formula(make_project: Made) -> None:
    folder = make_project("formula")
    starts = ("=1+1", "+1", "-1", "@SUM(1)", "＝1")
    with (folder / "meter.csv").open("a", encoding="utf-8") as stream:
        stream.writelines(f"{start},2025-06-01T00:00:00+08:00,1,1\n" for start in starts)
    (folder / "meter.csv").rename(folder / "=meter.csv")
    with pytest.raises(Refused):
        settle.run(request(folder, meter=(folder / "=meter.csv",)))
    rows = table(folder / "out/findings.csv")
    assert any("=1+1" in cell for row in rows for cell in row.values())
    assert any(row["file"] == "'=meter.csv" for row in rows)
    assert [] == [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "＝"))]
