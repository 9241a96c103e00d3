"""The demo's lines, calls and one statement, byte for byte as they lie in data/golden, and as the oracle has them."""

import csv
import io
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path

import pytest
from oracle import Choices, Plant, Row, YearMonth, book_of, half_away
from oracle_bill import flags_text, lines_of
from oracle_calls import calls_of

from huchu.cli import settle, start

GOLDEN = Path(__file__).parents[2] / "data" / "golden"
STATEMENT = "SH-LG-01-2025-06.json"
CHOICES = Choices(season="jun_sep_dec_feb", year_from=(6, 1))
MONTHS: tuple[YearMonth, ...] = ((2025, 5), (2025, 6))
LONG_AGO = date(2000, 1, 1)
KNOWN_FLAGS = {"exempted_cny"}
"""Flags that the oracle has too; others tell of filled gaps and of documents."""
RENEW = "data/golden is not what the demo gives; if the change is meant, renew it: see data/README.md"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The result of the demo's own request, with JSON as the only format of the statements."""
    out = tmp_path_factory.mktemp("golden") / "demo"
    with as_file(files("huchu.samples")) as samples:
        request = settle.Request(
            meter=tuple(samples / name for name in start.DEMO_METERS),
            month=start.DEMO_MONTHS,
            stations=samples / "stations.toml",
            settings=samples / "huchu.toml",
            out=out,
            estimate=True,
            formats=("json",),
        )
        settle.run(request)
    return out


@pytest.mark.parametrize("name", ["lines.csv", "calls.csv", f"statements/{STATEMENT}"])
def test_the_demo_gives_the_golden_file_byte_for_byte(name: str, demo: Path) -> None:
    assert (GOLDEN / Path(name).name).read_bytes() == (demo / name).read_bytes(), RENEW


def test_the_golden_lines_and_calls_are_those_of_the_oracle() -> None:
    book = book_of(_sample_rows(), MONTHS, 15, CHOICES)
    plants = _sample_plants()
    golden_lines = [dict(line) for line in _table("lines.csv")]
    for line in golden_lines:
        flags = [flag.split("=", 1) for flag in line.pop("flags").split(";") if flag]
        line["flags"] = flags_text((key, told) for key, told in flags if key in KNOWN_FLAGS)
    assert [line for plant in plants for month in MONTHS for line in lines_of(plant, month, book)] == golden_lines
    assert [row for plant in plants for row in calls_of(plant, book)] == _table("calls.csv")


def _sample_plants() -> list[Plant]:
    stations = tomllib.loads((files("huchu.samples") / "stations.toml").read_text(encoding="utf-8"))["station"]
    return [
        Plant(
            name=station["id"],
            connected_on=station["grid_connected_on"],
            rated_kwh=((LONG_AGO, Fraction(station["energy_mwh"]) * 1000),),
        )
        for station in sorted(stations, key=lambda each: each["id"])
    ]


def _table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((GOLDEN / name).read_bytes().decode("utf-8-sig"))))


def _sample_rows() -> Iterator[Row]:
    """The energies of the sample files, read here once more and in another way."""
    folder = files("huchu.samples")
    yield from _from_registers((folder / "LG01_registers.csv").read_bytes().decode())
    yield from _from_points((folder / "FX02_96points_gbk.csv").read_bytes().decode("gb18030"))
    yield from _from_long((folder / "CM03_long.csv").read_bytes().decode())


def _units(text: str) -> int:
    return int(Fraction(text) * 10_000)


def _local(text: str) -> datetime:
    assert text.endswith("+08:00")
    return datetime.fromisoformat(text.removesuffix("+08:00"))


def _from_registers(text: str) -> Iterator[Row]:
    rows = list(csv.DictReader(io.StringIO(text)))
    for before, after in pairwise(rows):
        steps = []
        for name in ("import_register_kwh", "export_register_kwh"):
            step = _units(after[name]) - _units(before[name])
            whole_turn = 10 ** len(before[name].split(".")[0]) * 10_000
            steps.append((step if step >= 0 else step + whole_turn) * int(after["multiplier"]))
        yield before["station_id"], _local(before["read_at"]), steps[0], steps[1]


def _from_points(text: str) -> Iterator[Row]:
    legs = {"充电": 0, "放电": 1}
    for row in csv.DictReader(io.StringIO(text)):
        midnight = datetime.fromisoformat(row["date"])
        for point in range(96):
            energies = [0, 0]
            energies[legs[row["direction"]]] = _units(row[f"p{point + 1:02d}"])
            yield row["station_id"], midnight + timedelta(minutes=15 * point), energies[0], energies[1]


def _from_long(text: str) -> Iterator[Row]:
    """The rows, and for a gap the sum of the straight line between its neighbours, put into its first quarter."""
    previous: Row | None = None
    for row in csv.DictReader(io.StringIO(text)):
        current: Row = (
            "SH-CM-03",
            _local(row["interval_start"]),
            _units(row["charge_kwh"]),
            _units(row["discharge_kwh"]),
        )
        if previous is not None:
            missing = (current[1] - previous[1]) // timedelta(minutes=15) - 1
            charged = half_away(Fraction(missing * (previous[2] + current[2]), 2), 0)
            discharged = half_away(Fraction(missing * (previous[3] + current[3]), 2), 0)
            if missing:
                yield "SH-CM-03", previous[1] + timedelta(minutes=15), charged, discharged
        yield current
        previous = current
