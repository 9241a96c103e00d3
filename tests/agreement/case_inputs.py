"""The files beside the meter file that a case gives in short tables, written as a user would write them."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from settlement.inputs.read import InputPaths
from tariffs.vocabulary.timegrid import Month, days_between

QUARTER = timedelta(minutes=15)
COLUMNS = {
    "orders": (
        "order_id",
        "station_id",
        "start_at",
        "end_at",
        "direction",
        "energy_kwh",
        "outcome",
        "done_kwh",
        "cause",
    ),
    "adjust": ("station_id", "original_date", "original_month", "direction", "energy_kwh", "reason"),
    "incidents": ("station_id", "date", "kind", "count", "hours"),
    "agc": ("station_id", "month", "required_h", "available_h", "k1", "k2", "k3", "frequency_ratio"),
}
"""Kinds whose rows a case gives as they stand in the file; the station and numbers of orders are added."""
BESIDE = (*COLUMNS, "plan", "prices")


def written_inputs(given: Mapping[str, Any], station_id: str, months: Sequence[Month], folder: Path) -> InputPaths:
    """The paths of the files that a case gives; kinds that it does not give are not there.

    Shape   `plan` and `prices` are spans of quarters like readings: kW of each quarter, prices of each quarter in
            元/MWh; all other quarters of the months are zero
    """
    paths: dict[str, Path] = {}
    for kind, columns in COLUMNS.items():
        if kind in given:
            rows = [
                {"station_id": station_id, "order_id": f"D-{number}", **row}
                for number, row in enumerate(given[kind], 1)
            ]
            paths[kind] = _written(
                folder / f"{kind}.csv", columns, ([row.get(key, "") for key in columns] for row in rows)
            )
    if "plan" in given:
        columns = ("station_id", "date", "direction", *(f"p{number:02d}" for number in range(1, 97)))
        paths["plan"] = _written(folder / "plan.csv", columns, _plan_rows(given["plan"], station_id, months))
    if "prices" in given:
        columns = ("interval_start", "day_ahead_price_cny_per_mwh", "real_time_price_cny_per_mwh")
        paths["prices"] = _written(folder / "prices.csv", columns, _price_rows(given["prices"], months))
    return InputPaths(**paths)


def _written(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([_text(cell) for cell in row] for row in rows)
    return path


def _text(cell: object) -> str:
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _quarters(spans: Iterable[Mapping[str, Any]], key: str) -> dict[datetime, str]:
    found = {}
    for span in spans:
        for number in range(span["quarters"]):
            if key in span:
                found[datetime.fromisoformat(span["from"]) + QUARTER * number] = str(span[key])
    return found


def _days(months: Sequence[Month]) -> Sequence[datetime]:
    days = days_between(months[0].first_day, months[-1].end)
    return [datetime(day.year, day.month, day.day) for day in days]  # noqa: DTZ001 - files give local time


def _plan_rows(spans: Sequence[Mapping[str, Any]], station_id: str, months: Sequence[Month]) -> Iterable[list[str]]:
    for direction in ("charge", "discharge"):
        powers = _quarters(spans, f"{direction}_kw")
        for day in _days(months):
            points = [powers.get(day + QUARTER * number, "0") for number in range(96)]
            yield [station_id, day.date().isoformat(), direction, *points]


def _price_rows(spans: Sequence[Mapping[str, Any]], months: Sequence[Month]) -> Iterable[list[str]]:
    day_ahead, real_time = _quarters(spans, "day_ahead"), _quarters(spans, "real_time")
    for day in _days(months):
        for number in range(96):
            at = day + QUARTER * number
            yield [f"{at.isoformat()}+08:00", day_ahead.get(at, "0"), real_time.get(at, "0")]
