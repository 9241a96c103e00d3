"""The sample season and the clerk's pages: every command on them runs, every figure on them is what the sample gives."""

import csv
import gzip
import json
import os
import re
import runpy
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import typer

from huchu.cli.main import main
from tariffs.settings import CapacitySupportFigures, Settings, read_settings
from tariffs.stations import Lease, Station, read_stations

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("settlement.md", "capacity.md")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
EXIT = re.compile(r"# exit (\d)$")
LINES_OF = re.compile(r"<!-- lines of (\S+) -->\n\n((?:\|.*\n)+)")
LINE = re.compile(r"\| `(\S+)` (\S+) (\d+) \|")
TOLD = re.compile(r"<!-- (calls|award|totals) of (\S+): (\S+) (\S+) (.*?) -->")
SUM = re.compile(r"[0-9.() ×÷+−-]+")
Rows = list[dict[str, str]]


def text_of(page: str) -> str:
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def steps(page: str) -> Iterator[tuple[str, str]]:
    """The commands of a page and the settings that it changes between them, in order."""
    for kind, block in BLOCK.findall(text_of(page)):
        if kind == "toml":
            yield "settings", block
        elif kind == "":
            yield from (("command", line) for line in block.splitlines() if line.startswith("huchu "))


def changed(path: Path, block: str) -> None:
    """Write each `key = ...` of a block over the line of that key."""
    text = path.read_text(encoding="utf-8")
    for line in block.splitlines()[1:]:
        key = line.partition("=")[0].strip()
        text, found = re.subn(rf"(?m)^{key}\b.*$", line, text)
        assert 1 == found, key
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, int]]:
    """A folder in which the clerk did what the page says, and the exit code of each command."""
    folder = tmp_path_factory.mktemp("clerk")
    codes: dict[str, int] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for kind, step in steps("settlement.md"):
            if kind == "settings":
                changed(folder / step.splitlines()[0].removeprefix("# "), step)
            else:
                patch.setattr(sys, "argv", shlex.split(step, comments=True))
                codes[step] = ended()
    return folder, codes


def ended() -> int:
    """The exit code of the program in this process: a process of its own for each command would take twice as long."""
    try:
        main()
    except SystemExit as done:
        return int(done.code or 0)
    return 0


Walked = tuple[Path, Mapping[str, int]]


def test_every_command_of_the_page_ends_as_the_page_says(walked: Walked) -> None:
    told = {step: int(found[1]) if (found := EXIT.search(step)) else 0 for step in walked[1]}
    assert told == walked[1]
    assert 10 <= len(told)


def test_the_last_refusal_of_the_page_is_of_the_corrections_and_writes_nothing_else(walked: Walked) -> None:
    refused = walked[0] / "refused"
    assert ["findings.csv"] == [path.name for path in refused.iterdir()]
    codes = {row["code"] for row in rows_of(refused / "findings.csv") if row["severity"] == "refusal"}
    assert {"correction_not_earlier"} == codes


def test_the_season_has_a_statement_for_each_station_and_month_and_no_warning(walked: Walked) -> None:
    settled = walked[0] / "season" / "settled"
    assert 12 == len(list((settled / "statements").glob("*.pdf")))
    assert {"notice"} == {row["severity"] for row in rows_of(settled / "findings.csv")}


def test_months_settled_one_by_one_have_the_lines_calls_and_awards_of_the_season(walked: Walked) -> None:
    folder = walked[0]
    for name in ("lines.csv", "calls.csv", "award.csv"):
        apart = [row for month in sorted((folder / "months").iterdir()) for row in rows_of(month / name)]
        together = rows_of(folder / "season" / "settled" / name)
        keys = ("station_id", "month", "line_no")
        ordered = [sorted(each, key=lambda row: [row.get(key, "") for key in keys]) for each in (together, apart)]
        assert ordered[0] == ordered[1]


@pytest.mark.parametrize("page", PAGES)
def test_every_line_on_a_page_is_a_line_of_the_results(page: str, walked: Walked) -> None:
    seen = 0
    for result, table in LINES_OF.findall(text_of(page)):
        lines = {
            (row["station_id"], row["month"], row["line_no"]): row for row in rows_of(walked[0] / result / "lines.csv")
        }
        for row in table.splitlines()[2:]:
            found = LINE.match(row)
            assert found, row
            line = lines[found.groups()]  # type: ignore[index]
            cells = [cell.strip() for cell in row.strip("|").split("|")][2:]
            assert cells == [line["quantity"], line["price_cny_per_unit"], line["amount_cny"]]
            seen += 1
    assert seen


@pytest.mark.parametrize("page", PAGES)
def test_every_sum_on_a_page_comes_to_what_stands_beside_it(page: str) -> None:
    sums = [line for kind, block in BLOCK.findall(text_of(page)) if kind == "sums" for line in block.splitlines()]
    assert sums
    wrong = [line for line in sums if not right(line)]
    assert "" == "\n".join(wrong)


def right(line: str) -> bool:
    left, _, told = line.partition(" = ")
    assert SUM.fullmatch(left), left
    plain = left.replace("×", "*").replace("÷", "/").replace("−", "-")
    exact = eval(re.sub(r"[\d.]+", r"Fraction('\g<0>')", plain), {"Fraction": Fraction})  # only digits and signs
    places = len(told.partition(".")[2])
    scaled = abs(exact) * 10**places
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(told) == Fraction(rounded if exact >= 0 else -rounded, 10**places)


def test_a_wrong_sum_is_found() -> None:
    assert right("2 × 0.125 = 0.25")
    assert right("1 − 1.5 = -0.5")
    assert not right("2 × 0.125 = 0.24")


@pytest.mark.parametrize("page", PAGES)
def test_calls_awards_and_totals_on_a_page_are_those_of_the_results(page: str, walked: Walked) -> None:
    told = TOLD.findall(text_of(page))
    assert told
    for kind, result, station, month, figures in told:
        assert figures.split() == list(figures_of(kind, walked[0] / result, station, month))


def figures_of(kind: str, folder: Path, station: str, month: str) -> Iterator[str]:
    if kind == "totals":
        record = json.loads((folder / "statements" / f"{station}-{month}.json").read_text(encoding="utf-8"))
        yield record["totals"]["settled_with_grid_cny"]
        yield record["totals"]["all_income_cny"]
        return
    (row,) = [row for row in rows_of(folder / f"{kind}.csv") if (row["station_id"], row["month"]) == (station, month)]
    columns = {
        "calls": (
            "calls_month",
            "calls_to_date",
            "calls_required",
            "shortfall_own",
            "shortfall_grid",
            "shortfall_not_ordered",
        ),
        "award": ("discharge_kwh_month", "awarded_kwh_to_date", "award_cap_kwh"),
    }
    yield from (row[column] for column in columns[kind])


def test_every_figure_of_the_sums_that_prices_a_line_is_printed_on_its_statement(walked: Walked) -> None:
    """The clerk needs nothing but the statement of JS-04 for July to redo what it was assessed."""
    path = walked[0] / "season" / "settled" / "statements" / "SH-JS-04-2025-07.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    formulas = " ".join(line["price_formula_en"] for line in record["lines"] if line["item"] == "assessment")
    for figure in ("651 h", "744 h", "98%", "600 MWh", "3 order", "8 interval", "86.5", "72 h", "1597 MWh", "1200 MWh"):
        assert figure in formulas
    assert ["200000.0000"] * 3 == [order["failed_kwh"] for order in record["orders"]["not_done"]]


def test_every_option_of_settle_stands_on_the_page() -> None:
    from huchu.cli.app import app
    from huchu.cli.declared import settle  # noqa: F401

    command = typer.main.get_command(app).commands["settle"]  # type: ignore[attr-defined]
    options = {option for each in command.params for option in (*each.opts, *each.secondary_opts) if option[:2] == "--"}
    page = text_of("settlement.md")
    assert [] == sorted(option for option in options - {"--help"} if f"`{option}`" not in page)


def test_the_files_of_the_season_are_what_the_script_makes() -> None:
    """Run scripts/make_season.py when this fails."""
    made = runpy.run_path(str(ROOT / "scripts" / "make_season.py"))["texts"]()
    for name, text in made.items():
        raw = (files("huchu.samples") / "season" / name).read_bytes()
        assert text == (gzip.decompress(raw) if name.endswith(".gz") else raw).decode("utf-8")


@pytest.mark.parametrize("name", ["huchu.toml", "stations.toml"])
def test_what_init_leaves_in_comments_is_read_when_the_clerk_uncomments_it(name: str, tmp_path: Path) -> None:
    text = (files("huchu.samples") / "start" / name).read_text(encoding="utf-8")
    for key, choice in CHOSEN.items():
        text = re.sub(rf'(?m)^{key} *= "\w*"', f'{key} = "{choice}"', text)
    text = re.sub(r"(?m)^# (?=\[+[a-z_.]+\]+|[a-z_]+ +=)", "", text)
    (tmp_path / name).write_text(text, encoding="utf-8")
    if name == "huchu.toml":
        settings = read_settings(tmp_path / name)
        assert (settings.assessment.keys(), settings.price_floor_cny_per_mwh) == ({"order_shortfall"}, 0)
    else:
        (station,) = read_stations(tmp_path / name)
        assert (1, 1, 1) == (len(station.lease), len(station.outage), len(station.change))


CHOSEN = {
    "season_calendar": "jun_sep_dec_feb",
    "obligation_year_from": "06-01",
    "call_counting": "equivalent_discharge",
    "assessment_profile": "own",
}


@pytest.mark.parametrize("page", ["docs/reference.md", "huchu/samples/start/huchu.toml"])
def test_every_setting_is_explained(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    names = [each.name for record in (Settings, CapacitySupportFigures) for each in fields(record)]
    inside = {"capacity_support_figures", "assessment", "tax_ratios"}
    absent = [name for name in names if not re.search(rf"\b{name}\b", text)]
    assert [] == [name for name in absent if name not in inside]
    assert all(re.search(rf"\[{name}\b", text) for name in inside)


@pytest.mark.parametrize("record", [Station, Lease])
def test_the_reference_explains_what_money_depends_on_of_a_station(record: type) -> None:
    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    wanted = {"catalogue", "award_from", "in_building_ratio", "national_capacity_price_from", "tax_ratio", "lessee"}
    names = {each.name for each in fields(record)} & wanted
    assert names
    assert [] == sorted(name for name in names if f"`{name}`" not in text)


def test_init_prints_commands_that_settle_the_season(tmp_path: Path, huchu: Callable[..., Any]) -> None:
    told = huchu("init", "s", "--season", cwd=tmp_path).out
    commands = [line.strip() for line in told.splitlines() if line.startswith("  huchu ")]
    for command in commands:
        words = command.replace(os.sep, "/").split()[1:]
        extra = ["--no-statements"] if words[0] == "settle" else []
        assert 0 == huchu(*words, *extra, cwd=tmp_path).code
    assert 2 == len(commands)


def test_init_of_a_season_overwrites_nothing_unless_forced(tmp_path: Path, huchu: Callable[..., Any]) -> None:
    (tmp_path / "huchu.toml").write_text("mine", encoding="utf-8")
    assert 1 == huchu("init", ".", "--season", cwd=tmp_path).code
    assert ["huchu.toml"] == [path.name for path in tmp_path.iterdir()]
    assert 0 == huchu("init", ".", "--season", "--force", cwd=tmp_path).code
    assert "mine" != (tmp_path / "huchu.toml").read_text(encoding="utf-8")
