"""NEM12 interval files: 100, 200, 300, 400 and 900 records.

A register is a 200 record: a suffix that begins with E is energy taken from the grid (charge), with B energy given to
it (discharge). Its feed is the NMI; where an NMI has several registers of one direction in a file, each of them is a
feed of its own, `NMI/E1`, with a notice, for adding them up may count a sub-meter twice. Units are kWh, Wh and MWh;
registers of another unit or suffix are ignored with a notice. A 300 record is one day of local time.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from settlement.meter.read.cells import ENERGY_DECIMALS, MAX_ENERGY_KWH_E4, number_code
from settlement.meter.read.nem12_records import DayRecord, Records, records
from settlement.meter.read.sheet import Contents
from tariffs.reading.grammar import scaled_integers
from tariffs.reading.options import ReadOptions
from tariffs.reading.report import FileReport, shown
from tariffs.settings import NaiveInstants
from tariffs.vocabulary.findings import has_refusal
from tariffs.vocabulary.timegrid import ZONE_NAME
from tariffs.vocabulary.units import MS_PER_MINUTE

FORMAT: Final = "nem12"
DECIMALS_OF_UNIT: Final = {"wh": 1, "kwh": ENERGY_DECIMALS, "mwh": 7}
"""Decimals of each unit that make up one 1e-4 kWh."""


def read(text: bytes, report: FileReport, options: ReadOptions) -> Contents:
    """Interval energies of a NEM12 file.

    Shape   one row an interval and register with the other direction null, in the order of the file; a record that is
            refused is left out; `row` is the line of the 300 record
    """
    report.file_format = FORMAT
    found = records(text.decode(), report)
    if found.days:
        refused = options.naive_instants is NaiveInstants.REFUSE
        code = "naive_instants_refused" if refused else "naive_instants"
        report.add(code, row=found.days[0].row, evidence={"count": len(found.days)})
    elif not has_refusal(report.findings()):
        report.add("file_no_rows")
    feeds = _feeds(found, report)
    units = sorted({record.channel.unit for record in found.days})
    frames = [
        _intervals([day for day in found.days if day.channel.unit == unit], unit, feeds, report) for unit in units
    ]
    intervals = pl.concat(frames).sort("row", "interval_start") if frames else None
    return Contents(file_format=FORMAT, rows=found.count, intervals=intervals)


def _feeds(found: Records, report: FileReport) -> dict[tuple[str, str], str]:
    suffixes: dict[tuple[str, str], set[str]] = {}
    for day in found.days:
        suffixes.setdefault((day.channel.nmi, day.channel.suffix[0]), set()).add(day.channel.suffix)
    feeds = {}
    for (nmi, _), same_direction in suffixes.items():
        for suffix in sorted(same_direction):
            feeds[nmi, suffix] = nmi if len(same_direction) == 1 else f"{nmi}/{suffix}"
        if len(same_direction) > 1:
            report.add("registers_apart", evidence={"nmi": nmi, "registers": ", ".join(sorted(same_direction))})
    return feeds


def _intervals(
    days: Sequence[DayRecord], unit: str, feeds: dict[tuple[str, str], str], report: FileReport
) -> pl.DataFrame:
    decimals = DECIMALS_OF_UNIT[unit]
    starts = [
        day.starts_ms + place * day.channel.minutes * MS_PER_MINUTE
        for day in days
        for place in range(len(day.energies))
    ]
    lengths = [len(day.energies) for day in days]
    per_day = pl.DataFrame(
        {
            "feed": [feeds[day.channel.nmi, day.channel.suffix] for day in days],
            "interval_minutes": pl.Series([day.channel.minutes for day in days], dtype=pl.Int16),
            "charging": [day.channel.suffix.startswith("E") for day in days],
            "row": pl.Series([day.row for day in days], dtype=pl.UInt32),
        }
    )
    frame = per_day.select(pl.all().repeat_by(pl.Series(lengths)).explode()).with_columns(
        pl.Series("text", [energy for day in days for energy in day.energies], dtype=pl.String),
        pl.Series("quality", [quality for day in days for quality in day.qualities], dtype=pl.UInt8),
        pl.Series("interval_start", starts).cast(pl.Datetime("ms", "UTC")).dt.convert_time_zone(ZONE_NAME),
    )
    scaled = scaled_integers(frame["text"], decimals)
    frame = frame.with_columns(energy=pl.when(scaled.abs() <= MAX_ENERGY_KWH_E4).then(scaled))
    for row, text in frame.filter(pl.col("energy").is_null()).select("row", "text").iter_rows():
        evidence = {"column": f"300 ({unit})", "text": shown(text), "decimals": decimals}
        report.add(number_code(text, decimals), row=row, evidence=evidence)
    return frame.filter(pl.col("energy").is_not_null()).select(
        "feed",
        "interval_start",
        "interval_minutes",
        pl.when("charging").then("energy").alias("charge_kwh_e4"),
        pl.when(~pl.col("charging")).then("energy").alias("discharge_kwh_e4"),
        "quality",
        "row",
    )
