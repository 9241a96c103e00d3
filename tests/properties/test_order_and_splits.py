"""The order of rows, files and stations, and the way rows are split over files, change no byte of the lines."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from as_product import settings_of
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import Choices, Row
from station_months import MUCH_LATER, Outline, kwh, long_frame, month_rows, settled

from settlement import SettleOptions, settle
from settlement.export.tables import csv_bytes

CHOICES = Choices(season="mid_jun_mid_sep_mid_dec_mid_mar", year_from=(6, 1))
OUTLINES = (
    Outline(name="A-1", power_mw=100, energy_mwh=200),
    Outline(name="B-2", power_mw=10, energy_mwh=40),
    Outline(name="C-3", power_mw=25, energy_mwh=50),
)
RANDOM = Random(7)
ROWS: list[Row] = [row for outline in OUTLINES for row in month_rows(outline, (2025, 6), 60, RANDOM)]
LINES = csv_bytes(settled(long_frame(ROWS), OUTLINES, "2025-06", CHOICES).lines)
CALLS = csv_bytes(settled(long_frame(ROWS), OUTLINES, "2025-06", CHOICES).calls)


def _long_file(path: Path, rows: Sequence[Row]) -> Path:
    body = "".join(f"{name},{start.isoformat()}+08:00,{kwh(c)},{kwh(d)}\n" for name, start, c, d in rows)
    path.write_text("station_id,interval_start,charge_kwh,discharge_kwh\n" + body, encoding="utf-8")
    return path


def _lines_of_files(parts: Sequence[Sequence[Row]], outlines: Sequence[Outline]) -> tuple[bytes, bytes]:
    with TemporaryDirectory() as folder:
        paths = [_long_file(Path(folder) / f"part-{n}.csv", rows) for n, rows in enumerate(parts)]
        stations = [outline.station for outline in outlines]
        result = settle(paths, stations, "2025-06", settings_of(CHOICES), SettleOptions(now=MUCH_LATER))
        return csv_bytes(result.lines), csv_bytes(result.calls)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 7))
def test_rows_dealt_out_at_random_over_files_give_the_same_bytes(seed: int, count: int) -> None:
    random = Random(seed)
    rows = random.sample(ROWS, len(ROWS))
    parts: list[list[Row]] = [[] for _ in range(count)]
    for n, row in enumerate(rows):
        parts[n if n < count else random.randrange(count)].append(row)
    assert (LINES, CALLS) == _lines_of_files(parts, random.sample(OUTLINES, len(OUTLINES)))


@settings(max_examples=8, deadline=None)
@given(cuts=st.lists(st.integers(1, len(ROWS) - 1), max_size=6, unique=True), turned=st.booleans())
def test_a_file_cut_anywhere_and_its_parts_in_any_order_give_the_same_bytes(cuts: list[int], turned: bool) -> None:
    edges = [0, *sorted(cuts), len(ROWS)]
    parts = [ROWS[first:end] for first, end in pairwise(edges)]
    assert (LINES, CALLS) == _lines_of_files(parts[::-1] if turned else parts, OUTLINES)


def test_one_file_a_station_and_one_file_for_all_give_the_same_bytes() -> None:
    by_station = [[row for row in ROWS if row[0] == outline.name] for outline in OUTLINES]
    assert (LINES, CALLS) == _lines_of_files(by_station, OUTLINES)
    assert (LINES, CALLS) == _lines_of_files([ROWS], OUTLINES)


def test_a_station_settled_alone_has_the_lines_that_it_has_among_others() -> None:
    alone = [settled(long_frame([r for r in ROWS if r[0] == o.name]), [o], "2025-06", CHOICES).lines for o in OUTLINES]
    header = LINES.split(b"\n", 1)[0]
    bodies = [csv_bytes(lines).split(b"\n", 1)[1] for lines in alone]
    assert LINES == header + b"\n" + b"".join(bodies)


def test_a_refused_neighbour_leaves_the_lines_of_the_others_as_they_are() -> None:
    with_a_hole = [row for row in ROWS if row[0] != "B-2" or row[1].day != 11]
    stations = [outline.station for outline in OUTLINES]
    options = SettleOptions(now=MUCH_LATER, skip_refused=True)
    result = settle(long_frame(with_a_hole), stations, "2025-06", settings_of(CHOICES), options)
    assert {("B-2", "2025-06"): ("interval_missing",)} == dict(result.refused)
    assert [line for line in LINES.split(b"\n") if not line.startswith(b"B-2,")] == csv_bytes(result.lines).split(b"\n")
