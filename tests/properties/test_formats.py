"""The same energies in another file format, another encoding or a data frame give the same lines."""

import gzip
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
import xlsxwriter
from as_product import settings_of
from oracle import Choices, Row
from station_months import MUCH_LATER, Outline, kwh, long_frame, month_rows, settled

from settlement import SettleOptions, settle
from settlement.export.tables import csv_bytes

CHOICES = Choices(season="mid_jun_mid_sep_mid_dec_mid_mar", year_from=(6, 1))
OUTLINE = Outline(name="A-1", power_mw=100, energy_mwh=200)
ROWS = month_rows(OUTLINE, (2025, 6), 15, Random(5))
LINES = csv_bytes(settled(long_frame(ROWS), [OUTLINE], "2025-06", CHOICES).lines)


def _long(rows: list[Row]) -> bytes:
    body = "".join(f"{name},{start.isoformat()}+08:00,{kwh(c)},{kwh(d)}\n" for name, start, c, d in rows)
    return ("station_id,interval_start,charge_kwh,discharge_kwh\n" + body).encode()


def _long_in_utc(rows: list[Row]) -> bytes:
    in_utc = [(name, start - timedelta(hours=8), c, d) for name, start, c, d in rows]
    return _long(in_utc).replace(b"+08:00", b"Z")


def _points(rows: list[Row]) -> bytes:
    lines = ["station_id,date,direction," + ",".join(f"p{n:02d}" for n in range(1, 97))]
    for first in range(0, len(rows), 96):
        day = rows[first : first + 96]
        for direction, energies in (("charge", [row[2] for row in day]), ("discharge", [row[3] for row in day])):
            lines.append(f"{day[0][0]},{day[0][1].date()},{direction},{','.join(map(kwh, energies))}")
    return ("\n".join(lines) + "\n").encode()


def _registers(rows: list[Row]) -> bytes:
    lines = ["station_id,meter_id,read_at,import_register_kwh,export_register_kwh,multiplier"]
    imported, exported = 123_456_789, 987_654_321
    ends = [row[1] for row in rows[1:]] + [rows[-1][1].replace(month=7, day=1, hour=0, minute=0)]
    lines.append(_reading(rows[0][0], rows[0][1].isoformat(), imported, exported))
    for row, end in zip(rows, ends, strict=True):
        imported, exported = imported + row[2], exported + row[3]
        lines.append(_reading(row[0], end.isoformat(), imported, exported))
    return ("\n".join(lines) + "\n").encode()


def _reading(station: str, at: str, imported: int, exported: int) -> str:
    registers = ",".join(f"{each // 10_000:010d}.{each % 10_000:04d}" for each in (imported, exported))
    return f"{station},M-1,{at}+08:00,{registers},1"


@pytest.mark.parametrize(
    "content",
    [
        _long(ROWS),
        _long(ROWS).replace(b"+08:00", b""),
        _long_in_utc(ROWS),
        b"\xef\xbb\xbf" + _long(ROWS).replace(b"\n", b"\r\n"),
        gzip.compress(_long(ROWS)),
        _points(ROWS),
        _points(ROWS).decode().replace("discharge", "放电").replace("charge", "充电").encode("gb18030"),
        _registers(ROWS),
    ],
    ids=[
        "long",
        "long without offset",
        "long in UTC",
        "long, mark and CRLF",
        "long, gzip",
        "96 points",
        "96 points, GBK",
        "registers",
    ],
)
def test_a_text_format_gives_the_lines_of_the_long_frame(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "meter"
    path.write_bytes(content)
    result = settle(path, [OUTLINE.station], "2025-06", settings_of(CHOICES), SettleOptions(now=MUCH_LATER))
    assert LINES == csv_bytes(result.lines)


@pytest.mark.parametrize("kind", ["text", "double"])
def test_parquet_gives_the_lines_of_the_long_frame(kind: str, tmp_path: Path) -> None:
    frame = long_frame(ROWS)
    if kind == "double":
        frame = frame.with_columns(frame["charge_kwh"].cast(float), frame["discharge_kwh"].cast(float))
    frame.write_parquet(tmp_path / "meter")
    result = settle(
        tmp_path / "meter", [OUTLINE.station], "2025-06", settings_of(CHOICES), SettleOptions(now=MUCH_LATER)
    )
    assert LINES == csv_bytes(result.lines)


@pytest.mark.parametrize("kind", ["text", "number"])
def test_a_workbook_gives_the_lines_of_the_long_frame(kind: str, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "meter.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["station_id", "interval_start", "charge_kwh", "discharge_kwh"])
        for place, (name, start, charge, discharge) in enumerate(ROWS, 1):
            sheet.write_row(place, 0, [name, f"{start.isoformat()}+08:00"])
            for column, units in ((2, charge), (3, discharge)):
                if kind == "text":
                    sheet.write_string(place, column, kwh(units))
                else:
                    sheet.write_number(place, column, float(kwh(units)))
    result = settle(
        tmp_path / "meter.xlsx", [OUTLINE.station], "2025-06", settings_of(CHOICES), SettleOptions(now=MUCH_LATER)
    )
    assert LINES == csv_bytes(result.lines)


def test_a_pandas_frame_gives_the_lines_of_the_polars_frame() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(long_frame(ROWS).to_dict(as_series=False))
    assert LINES == csv_bytes(settled(frame, [OUTLINE], "2025-06", CHOICES).lines)


def test_the_longest_interval_gives_the_lines_of_the_quarters_that_it_holds() -> None:
    hours = [
        (
            *ROWS[first][:2],
            sum(row[2] for row in ROWS[first : first + 4]),
            sum(row[3] for row in ROWS[first : first + 4]),
        )
        for first in range(0, len(ROWS), 4)
    ]
    assert LINES == csv_bytes(settled(long_frame(hours), [OUTLINE], "2025-06", CHOICES).lines)
