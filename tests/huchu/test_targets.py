"""`huchu targets` as users start it: what is printed, what is written, what is refused."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from huchu.cli.main import app

Ask = Callable[..., Result]
STATIONS = """[[station]]
id = "A-1"
name = "站 A-1"
power_mw = 6
energy_mwh = 12
grid_connected_on = 2025-03-01
change = [{ from_on = 2026-01-01, power_mw = 8, energy_mwh = 16 }]
[[station]]
id = "B-2"
name = "站 B-2"
power_mw = 4
energy_mwh = 8
grid_connected_on = 2025-09-01
"""


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs `huchu targets` in a folder of its own that holds a load of one day: two hours of 100 MW in one of 60."""
    monkeypatch.chdir(tmp_path)
    put_load([60.0] * 10 + [100.0] * 2 + [60.0] * 12, tmp_path)

    def asked(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["targets", *arguments])

    return asked


def put_load(powers_mw: Sequence[float], folder: Path, header: str = "load_mw") -> None:
    rows = [f"2025-07-{1 + hour // 24:02d}T{hour % 24:02d}:00+08:00,{power}" for hour, power in enumerate(powers_mw)]
    (folder / "load.csv").write_text("\n".join([f"interval_start,{header}", *rows, ""]), encoding="utf-8")


def record(result: Result) -> dict[str, Any]:
    assert 0 == result.exit_code, result.stderr
    return dict(json.loads(result.stdout))


def test_targets_are_listed_with_figure_kind_and_article(ask: Ask) -> None:
    ran = ask("--on", "2025-07-01")
    assert 0 == ran.exit_code
    assert "> 2,000 MW" in ran.stdout
    assert "2026 → 2030, 800 → 2,000 MW" in ran.stdout
    assert "more than 300 MW a year, CAGR 25.74 %" in ran.stdout


def test_power_in_use_gives_gaps_and_growth(ask: Ask) -> None:
    """800 / 300 = 2.666667; the fifth root of 2000 / 300 is exp(1.897120 / 5) = 1.461443."""
    told = record(ask("--installed", "300", "--year", "2025", "--json"))
    scale = {each["target"]: each for each in told["targets"]}
    assert ("500", False) == (scale["applied_scale"]["gap"], scale["applied_scale"]["met"])
    assert "1700" == scale["applied_scale_of_term"]["gap"]
    assert [("500.000", "1.666667"), ("340.000", "0.461443")] == [
        (each["yearly_mw"], each["cagr_ratio"]) for each in told["growth_needed"]
    ]
    assert ("300.000", "0.257433") == (
        told["growth_between_marks"]["yearly_mw"],
        told["growth_between_marks"]["cagr_ratio"],
    )


def test_growth_counts_from_the_base_where_one_is_given(ask: Ask) -> None:
    told = record(ask("--installed", "300", "--on", "2025-07-01", "--base-year", "2024", "--base", "200", "--json"))
    assert [(2024, "200", "300.000"), (2024, "200", "300.000")] == [
        (each["from_year"], each["from_mw"], each["yearly_mw"]) for each in told["growth_needed"]
    ]


def test_the_mark_of_the_first_year_counts_itself_and_that_of_the_last_does_not(ask: Ask) -> None:
    scale = {
        each["target"]: each["met"] for each in record(ask("--installed", "800", "--year", "2026", "--json"))["targets"]
    }
    assert True is scale["applied_scale"]
    scale = {
        each["target"]: each["met"]
        for each in record(ask("--installed", "2000", "--year", "2030", "--json"))["targets"]
    }
    assert False is scale["applied_scale_of_term"]


@pytest.mark.parametrize(
    ("piles", "says"),
    [("29999", "below the plan's range"), ("30000", "within"), ("50000", "within"), ("50001", "above")],
)
def test_piles_stand_below_within_or_above_the_range(ask: Ask, piles: str, says: str) -> None:
    assert says in ask("--on", "2025-07-01", "--piles", piles).stdout


def test_piles_have_a_power_when_rating_and_share_are_given(ask: Ask) -> None:
    told = record(ask("--on", "2025-07-01", "--piles", "40000", "--pile-kw", "7", "--share", "0.25", "--json"))
    assert {"piles": 40000, "within_range": True, "power_mw": "70.00"} == told["piles"]


def test_a_load_tells_what_the_cut_takes(ask: Ask) -> None:
    cut = record(ask("--on", "2025-07-01", "--load", "load.csv", "--peak-share", "0.1", "--json"))["peak_cut"]
    assert ("10.000", "20.000", "2.000") == (
        cut["needed"]["power_mw"],
        cut["needed"]["energy_mwh"],
        cut["needed"]["duration_h"],
    )
    assert cut["fleet"] is None


def test_five_percent_is_the_share_unless_told_otherwise_and_is_told_as_chosen(ask: Ask) -> None:
    ran = ask("--on", "2025-07-01", "--load", "load.csv")
    assert "5 % of it off (the plan has no figure, the share is chosen), down to 95.0 MW" in ran.stdout
    assert "one discharge a day" in ran.stdout


def test_a_fleet_that_is_too_small_is_told_what_it_lacks_and_how_far_it_comes(ask: Ask) -> None:
    arguments = ("--load", "load.csv", "--peak-share", "0.1", "--fleet-mw", "10", "--fleet-mwh", "10")
    ran = ask("--on", "2025-07-01", *arguments)
    assert "not enough, short of 0.0 MW, 10.0 MWh, 1.00 h" in ran.stdout
    assert "it cuts 5.0 MW (5.00%) at most, down to 95.0 MW; energy stops it on 2025-07-01" in ran.stdout


def test_the_stations_on_the_grid_on_the_day_are_the_fleet(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "stations.toml").write_text(STATIONS, encoding="utf-8")
    fleets = [
        record(ask("--on", day, "--load", "load.csv", "--stations", "stations.toml", "--json"))["peak_cut"]["fleet"]
        for day in ("2025-08-31", "2025-09-01", "2026-01-01")
    ]
    assert ["6.000", "10.000", "12.000"] == [fleet["power_mw"] for fleet in fleets]
    assert ["12.000", "20.000", "24.000"] == [fleet["energy_mwh"] for fleet in fleets]


def test_stations_of_different_duration_are_told_to_be_pooled(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "stations.toml").write_text(STATIONS.replace("energy_mwh = 8\n", "energy_mwh = 16\n"), encoding="utf-8")
    asked = ("--load", "load.csv", "--stations", "stations.toml")
    # A-1 has 2 h; B-2, with 16 MWh on 4 MW, 4 h from 1 September on
    said = "stations of 2.00 to 4.00 h are taken as one store"
    assert said in ask("--on", "2025-09-01", *asked).stdout
    assert ["2.000", "4.000"] == record(ask("--on", "2025-09-01", *asked, "--json"))["peak_cut"]["fleet"][
        "pooled_hours"
    ]
    assert "taken as one store" not in ask("--on", "2025-08-31", *asked).stdout
    assert record(ask("--on", "2025-08-31", *asked, "--json"))["peak_cut"]["fleet"]["pooled_hours"] is None


def test_before_the_first_station_is_connected_there_is_no_fleet(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "stations.toml").write_text(STATIONS, encoding="utf-8")
    ran = ask("--on", "2025-02-28", "--load", "load.csv", "--stations", "stations.toml")
    assert 1 == ran.exit_code
    assert "no station is on the grid on 2025-02-28" in ran.stderr


def test_a_peak_over_midnight_is_told(ask: Ask, tmp_path: Path) -> None:
    put_load([50.0] * 22 + [100.0] * 4 + [50.0] * 22, tmp_path)
    assert "it runs over midnight 1 time(s)" in ask("--on", "2025-07-01", "--load", "load.csv").stdout


def test_a_folder_takes_the_record_and_both_pictures(ask: Ask, tmp_path: Path) -> None:
    fleet = ("--fleet-mw", "5", "--fleet-mwh", "10")
    ran = ask("--installed", "300", "--on", "2025-07-01", "--load", "load.csv", *fleet, "--out", "told", "--json")
    told = record(ran)
    written = json.loads((tmp_path / "told" / "targets.json").read_text(encoding="utf-8"))
    assert {name: entry for name, entry in told.items() if name not in ("status", "out")} == written
    assert ["peak_cut.png", "targets.json", "targets.png"] == sorted(
        path.name for path in (tmp_path / "told").iterdir()
    )
    for name in ("peak_cut.png", "targets.png"):
        assert b"\x89PNG" == (tmp_path / "told" / name).read_bytes()[:4]


def test_pictures_are_the_same_bytes_each_time(ask: Ask, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        ask("--installed", "300", "--on", "2025-07-01", "--load", "load.csv", "--out", folder)
    for name in ("peak_cut.png", "targets.png"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_no_pictures_when_none_are_wanted(ask: Ask, tmp_path: Path) -> None:
    ask("--on", "2025-07-01", "--load", "load.csv", "--out", "told", "--no-plot")
    assert ["targets.json"] == [path.name for path in (tmp_path / "told").iterdir()]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--base", "3"), "--base-year and --base go together"),
        (("--piles", "3", "--pile-kw", "7"), "--pile-kw and --share go together"),
        (("--pile-kw", "7", "--share", "1"), "--pile-kw needs --piles"),
        (("--load", "load.csv", "--fleet-mw", "3"), "--fleet-mw and --fleet-mwh go together"),
        (("--fleet-mw", "3", "--fleet-mwh", "3"), "--fleet-mw needs --load"),
        (("--stations", "s.toml"), "--stations needs --load"),
        (("--only", "A-1"), "--only needs --stations"),
        (("--year", "2025"), "give --on or --year, not both"),
        (("--installed", "-1"), "--installed '-1' cannot be used"),
        (("--installed", "nan"), "--installed 'nan' cannot be used"),
        (("--installed", "800", "--base", "x", "--base-year", "2024"), "--base 'x' cannot be used"),
        (("--base", "3", "--base-year", "99999"), "--base-year '99999' cannot be used"),
        (("--piles", "-3"), "--piles '-3' cannot be used"),
        (("--piles", "3", "--pile-kw", "7", "--share", "1.1"), "--share '1.1' cannot be used"),
        (("--load", "load.csv", "--peak-share", "1"), "--peak-share '1' cannot be used"),
        (("--load", "load.csv", "--peak-share", "0"), "--peak-share '0' cannot be used"),
        (("--load", "load.csv", "--fleet-mw", "0", "--fleet-mwh", "1"), "--fleet-mw '0' cannot be used"),
    ],
)
def test_options_that_do_not_fit_are_wrong_usage(ask: Ask, arguments: tuple[str, ...], says: str) -> None:
    ran = ask("--on", "2025-07-01", *arguments)
    assert 2 == ran.exit_code
    assert says in ran.stderr


@pytest.mark.parametrize("typed", ["１００", "1_000", " 5", "5 ", "3e2", "+5", "0x10", "1,000", "", "5.", "٣"])
@pytest.mark.parametrize(
    ("option", "others"),
    [
        ("--installed", ()),
        ("--year", ()),
        ("--base-year", ("--base", "3")),
        ("--piles", ()),
        ("--pile-kw", ("--piles", "3", "--share", "1")),
    ],
)
def test_only_plain_digits_are_a_number(ask: Ask, option: str, others: tuple[str, ...], typed: str) -> None:
    ran = ask(option, typed, *others, "--json")
    assert (2, "wrong_usage") == (ran.exit_code, json.loads(ran.stdout)["status"])
    assert f"{option} {typed!r} cannot be used" in ran.stderr
    assert "plain digits" in ran.stderr


@pytest.mark.parametrize("typed", ["２０２５-07-01", "20250701", " 2025-07-01", "2025-W27-2", "2025-02-30"])
def test_only_a_day_with_its_two_hyphens_is_a_day(ask: Ask, typed: str) -> None:
    ran = ask("--on", typed)
    assert 2 == ran.exit_code
    assert f"--on {typed!r} is no day" in ran.stderr


def test_a_file_or_a_pipe_gets_every_row_on_one_line(ask: Ask) -> None:
    lines = ask("--on", "2025-07-01", "--piles", "40000").stdout.splitlines()
    rows = [line.split() for line in lines if line.startswith(("2026 ", "2030 ")) and "→" not in line]
    # ten targets of the document, the piles last
    assert (10, "2026", "2030") == (len(rows), rows[0][0], rows[-1][0])
    assert {"30,000–50,000", "40,000"} <= set(rows[-1])
    assert not any("…" in line for line in lines)


@pytest.mark.parametrize("columns", ["40", "60", "80", "120"])
def test_a_narrow_terminal_folds_words_and_cuts_no_figure(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = ask("--on", "2025-07-01", "--piles", "40000").stdout
    assert "40,000" in shown
    assert 10 <= shown.count("2026") + shown.count("2030")
    assert "…" not in shown


def test_a_file_without_load_is_refused(ask: Ask, tmp_path: Path) -> None:
    put_load([300.0] * 24, tmp_path, header="price_cny_per_mwh")
    ran = ask("--on", "2025-07-01", "--load", "load.csv")
    assert 1 == ran.exit_code
    assert "load.csv has no load_mw" in ran.stderr


def test_a_load_with_a_hole_is_refused(ask: Ask, tmp_path: Path) -> None:
    lines = (tmp_path / "load.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "load.csv").write_text("".join(lines[:5] + lines[6:]), encoding="utf-8")
    ran = ask("--on", "2025-07-01", "--load", "load.csv")
    assert 1 == ran.exit_code
    assert "signal_gap" in ran.stderr


def test_a_load_of_nothing_is_refused(ask: Ask, tmp_path: Path) -> None:
    put_load([0.0] * 24, tmp_path)
    ran = ask("--on", "2025-07-01", "--load", "load.csv")
    assert 1 == ran.exit_code
    assert "never above zero" in ran.stderr


def test_after_the_plan_there_are_no_targets(ask: Ask) -> None:
    ran = ask("--year", "2031")
    assert 1 == ran.exit_code
    assert "2031-12-31" in ran.stderr
