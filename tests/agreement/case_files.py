"""The case files of tests/cases settled through the public engine, and what came out against what they expect."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from case_inputs import BESIDE, written_inputs
from station_months import MUCH_LATER

from settlement import SettleOptions, StatementSet, settle
from tariffs.settings import Settings, settings_from_table
from tariffs.stations import Station, stations_from_table
from tariffs.vocabulary.errors import HuchuError, Refused
from tariffs.vocabulary.findings import Finding, Severity
from tariffs.vocabulary.timegrid import parse_months

FOLDER = Path(__file__).parent.parent / "cases"
QUARTER = timedelta(minutes=15)
KEYS = {"name", "clause", "month", "worked", "given", "expect", "file"}
OTHER_SEASON = {"peak_days": "other_days", "other_days": "peak_days"}
GIVEN = {"settings", "station", "readings", "readings_from", "documents", *BESIDE}


def case_files() -> list[Path]:
    return sorted(path for path in FOLDER.glob("*.toml") if path.name != "defaults.toml")


def read_cases() -> list[dict[str, Any]]:
    """Every case, with the file it stands in."""
    cases: list[dict[str, Any]] = []
    for path in case_files():
        table = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        cases.extend({**case, "file": path.stem} for case in table["case"])
    return cases


DEFAULTS = tomllib.loads((FOLDER / "defaults.toml").read_text(encoding="utf-8"), parse_float=Decimal)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case came to: statements, or the error that was raised."""

    result: StatementSet | None
    error: HuchuError | None

    @property
    def findings(self) -> Sequence[Finding]:
        if self.result is not None:
            return self.result.findings
        return self.error.findings if isinstance(self.error, Refused) else ()


def settled_case(case: Mapping[str, Any], folder: Path) -> Outcome:
    """The outcome of a case; the folder takes the user's documents that it gives."""
    assert set(case) == KEYS and set(case["given"]) <= GIVEN
    given = case["given"]
    settings = {**DEFAULTS["settings"], **given.get("settings", {})}
    if "documents" in given:
        settings["documents_dir"] = str(_written(given["documents"], folder))
    try:
        chosen: Settings = settings_from_table(settings, where="huchu.toml")
        row = {**DEFAULTS["station"], **given.get("station", {})}
        stations: tuple[Station, ...] = stations_from_table({"station": [row]}, where="stations.toml")
        beside = written_inputs(given, row["id"], parse_months(case["month"]), folder)
        options = SettleOptions(now=MUCH_LATER, inputs=beside)
        result = settle(_frame(case, row["id"]), stations, case["month"], chosen, options)
    except HuchuError as error:
        return Outcome(None, error)
    return Outcome(result, None)


def _frame(case: Mapping[str, Any], station_id: str) -> pl.DataFrame:
    months = parse_months(case["month"])
    given = case["given"]
    first: date = given.get("readings_from", months[0].first_day)
    count = (months[-1].end - first).days * 96
    start = datetime(first.year, first.month, first.day)  # noqa: DTZ001 - placed in Shanghai below
    charge, discharge = [Decimal(0)] * count, [Decimal(0)] * count
    for reading in (*given.get("readings", ()), *_days_as_readings(case["expect"])):
        place = (datetime.fromisoformat(reading["from"]) - start) // QUARTER
        assert 0 <= place <= count - reading["quarters"], f"{reading} lies outside {case['month']}"
        for slot in range(place, place + reading["quarters"]):
            charge[slot] += Decimal(reading.get("charge_kwh", "0"))
            discharge[slot] += Decimal(reading.get("discharge_kwh", "0"))
    instants = pl.datetime_range(start, start + QUARTER * (count - 1), "15m", time_unit="ms", eager=True)
    return pl.DataFrame(
        {
            "station_id": [station_id] * count,
            "interval_start": instants.dt.replace_time_zone("Asia/Shanghai"),
            "charge_kwh": [str(energy) for energy in charge],
            "discharge_kwh": [str(energy) for energy in discharge],
        }
    )


def _marked_days(expect: Mapping[str, Any]) -> dict[str, int]:
    days = sorted([*expect.get("peak_days", ()), *expect.get("other_days", ())])
    return {day: 2**n for n, day in enumerate(days, 1)}


def _days_as_readings(expect: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for day, energy in _marked_days(expect).items():
        for clock in ("00:00", "23:45"):
            yield {"from": f"{day}T{clock}", "quarters": 1, "discharge_kwh": str(energy)}


def _written(documents: Mapping[str, Mapping[str, Any]], folder: Path) -> Path:
    for place, tables in documents.items():
        series, start = place.rsplit("/", 1)
        target = folder / series
        target.mkdir(parents=True, exist_ok=True)
        (target / f"{start}.toml").write_text(_document(start, tables), encoding="utf-8")
    return folder


def _document(start: str, tables: Mapping[str, Any]) -> str:
    lines = [
        f"effective_from = {start}",
        f"checked_on = {tables.get('checked_on', '2031-01-01')}",
        f'confirmation = "{tables["confirmation"]}"',
        "changed = []",
        '[citation]\ndocument_number = "case"\ntitle = "case"\nissuer = "case"\npublished_on = 2024-01-01',
    ]
    for name, figures in tables.items():
        if isinstance(figures, Mapping):
            lines.append(f'[{name}]\narticle = "-"\nmeaning = "case"')
            lines.extend(f"{key} = {figure}" for key, figure in figures.items())
    return "\n".join(lines) + "\n"


def differences(case: Mapping[str, Any], outcome: Outcome) -> list[str]:
    """Everything in which the outcome is not what the case expects; none if it is."""
    expect = dict(case["expect"])
    codes = {finding.code for finding in outcome.findings}
    found = [f"finding {code} is absent" for code in expect.pop("findings", ()) if code not in codes]
    found += [f"finding {code} is there" for code in expect.pop("no_findings", ()) if code in codes]
    if "refused" in expect or "error" in expect:
        found += list(_refusal_differences(expect, outcome))
        return found
    if outcome.result is None:
        return [f"nothing was settled: {outcome.error}"]
    rows = [{**line, "line_no": str(line["line_no"])} for line in outcome.result.lines.iter_rows(named=True)]
    found += list(_line_differences(expect, rows))
    calls = list(outcome.result.calls.iter_rows(named=True))
    for wanted in expect.pop("calls", ()):
        found += _row_differences("calls", wanted, calls, ("month", "obligation_year"))
    awards = list(outcome.result.awards.iter_rows(named=True))
    for wanted in expect.pop("awards", ()):
        found += _row_differences("award", wanted, awards, ("month", "award_year"))
    found += _day_differences(expect, rows, calls)
    found += _total_differences(expect, outcome.result)
    assert not expect, f"the runner does not know {sorted(expect)}"
    return found


def _total_differences(expect: dict[str, Any], result: StatementSet) -> Iterator[str]:
    totals = {
        "settled_with_grid_cny": sum(statement.settled_with_grid_fen for statement in result.statements),
        "all_income_cny": sum(statement.all_income_fen for statement in result.statements),
    }
    for name, fen in totals.items():
        wanted, came = expect.pop(name, None), f"{Decimal(fen) / 100:.2f}"
        if wanted not in (None, came):
            yield f"{name}: {wanted} expected, {came} came"


def _refusal_differences(expect: dict[str, Any], outcome: Outcome) -> Iterator[str]:
    refused, error = expect.pop("refused", None), expect.pop("error", None)
    assert not expect, f"a refusal has no {sorted(expect)}"
    if outcome.result is not None:
        yield "it was settled"
        return
    if refused:
        told = [f for f in outcome.findings if f.severity is Severity.REFUSAL and f.code == refused["code"]]
        if not any(refused["says"] in finding.message.en for finding in told):
            yield f"{refused} expected, {[(f.code, f.message.en) for f in outcome.findings]} came"
    if error and (type(outcome.error).__name__ != error["kind"] or error["says"] not in str(outcome.error)):
        yield f"{error} expected, {outcome.error} came"


def _line_differences(expect: dict[str, Any], rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    items = [row["item"] for row in rows]
    wanted_items = expect.pop("items", items)
    if wanted_items != items:
        yield f"items {wanted_items} expected, {items} came"
    yield from (f"there is a line {item}" for item in expect.pop("absent", ()) if item in items)
    for wanted in expect.pop("lines", ()):
        texts = {key: str(text) for key, text in wanted.items()}
        yield from _row_differences("line", texts, rows, ("item", "season", "month", "line_no"))


def _row_differences(
    kind: str, wanted: Mapping[str, str], rows: Sequence[Mapping[str, Any]], keys: Sequence[str]
) -> list[str]:
    place = {key: wanted[key] for key in keys if key in wanted}
    chosen = [row for row in rows if all(row[key] == text for key, text in place.items())]
    if len(chosen) != 1:
        return [f"{kind} {place}: {len(chosen)} rows instead of one"]
    return [
        f"{kind} {place} {column}: {text!r} expected, {chosen[0][column]!r} came"
        for column, text in wanted.items()
        if chosen[0][column] != text
    ]


def _day_differences(
    expect: dict[str, Any], rows: Sequence[Mapping[str, Any]], calls: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    marks = _marked_days(expect)
    for season in ("peak", "other"):
        if f"{season}_days" in expect:
            wanted = 2 * sum(marks[day] for day in expect.pop(f"{season}_days"))
            sold = [row for row in rows if (row["item"], row["season"]) == ("discharge_energy", season)]
            total = sum(Decimal(row["quantity"]) for row in sold)
            if wanted != total:
                yield f"{season} days: {wanted:b} expected, {int(total):b} came (binary, the last day first)"
    if "season_days" in expect:
        wanted_days = expect.pop("season_days")
        year = wanted_days["obligation_year"]
        counts = {
            int(row["season_days_past"]) + int(row["season_days_left"])
            for row in calls
            if row["obligation_year"] == year
        }
        if counts != {wanted_days["days"]}:
            yield f"season days of the year {year}: {wanted_days['days']} expected, {sorted(counts)} came"


def spoiled(case: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The case with one expectation after the other made wrong."""
    for key in case["expect"]:
        wrong = deepcopy(dict(case))
        if key in OTHER_SEASON:
            wrong["expect"].setdefault(OTHER_SEASON[key], []).append(wrong["expect"][key].pop())
        else:
            wrong["expect"][key] = _spoiled(wrong["expect"][key], key)
        yield key, wrong


def _spoiled(expected: Any, key: str) -> Any:
    if key == "absent":
        return ["charge_energy"]
    if key == "no_findings":
        return ["price_not_confirmed"]
    if key in ("items", "findings"):
        return [*expected, "something_else"]
    if key == "season_days":
        return {**expected, "days": expected["days"] + 1}
    if key in ("refused", "error"):
        return {**expected, "says": "something else"}
    if isinstance(expected, list):
        last = list(expected[-1])[-1]
        return [*expected[:-1], {**expected[-1], last: "0.0001"}]
    return f"{expected}1"
