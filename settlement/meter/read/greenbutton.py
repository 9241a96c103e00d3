"""Green Button feeds: ESPI XML with interval readings in Wh.

The feed of a reading is the id of its usage point, the part after `UsagePoint/` in the link of its interval block, else
the title of the usage point. Its reading type is the one that its meter reading is related to, else the only one of the
file. `flowDirection` 19 is energy given to the grid (discharge), 1 or none energy taken from it (charge); types of
another unit or direction, and those that are no energy of an interval, are ignored with a notice. The qualities
8 (estimated by a like day), 9 (by a straight line), 10 (questionable) and 12 (projected) are estimated, 7 (edited by
hand) and 11 (derived) substituted, every other measured. `row` is the line of the reading in the XML text.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import polars as pl

from settlement.meter.read.cells import ENERGY_DECIMALS, MAX_ENERGY_KWH_E4
from settlement.meter.read.espi import Feed, Reading, ReadingType, feed_of_xml
from settlement.meter.read.sheet import Contents
from tariffs.reading.grammar import MS_PER_SECOND, feed_name
from tariffs.reading.report import FileReport, shown
from tariffs.vocabulary.columns import RAW_INTERVALS, Quality
from tariffs.vocabulary.findings import has_refusal
from tariffs.vocabulary.timegrid import ZONE_NAME
from tariffs.vocabulary.units import MINUTES_PER_DAY

FORMAT: Final = "greenbutton"

_WATT_HOURS: Final = "72"
_CHARGE: Final = "1"
_DISCHARGE: Final = "19"
_INTERVAL_ENERGIES: Final = ("0", "4")
"""Accumulation behaviours: none stated, and delta; the others are registers, sums and powers."""
_E4_PER_WH_EXPONENT: Final = 1
_EXPONENT: Final = re.compile(r"-?[0-9]{1,2}")
_INTEGER: Final = re.compile(r"-?[0-9]{1,15}")
_SECONDS_PER_MINUTE: Final = 60
_LONGEST_S: Final = MINUTES_PER_DAY * _SECONDS_PER_MINUTE
_LATEST_S: Final = 4_102_444_800
"""2100-01-01 in UTC; a later start is a stamp in another unit."""
_QUALITIES: Final = {
    **dict.fromkeys(("8", "9", "10", "12"), Quality.ESTIMATED.value),
    **dict.fromkeys(("7", "11"), Quality.SUBSTITUTED.value),
}


def read(xml: bytes, report: FileReport) -> Contents:
    """Interval energies of a Green Button feed.

    Shape   one row a reading with the other direction null; a reading that is refused is left out
    """
    report.file_format = FORMAT
    feed = feed_of_xml(xml, report)
    if not feed.readings:
        report.stop("greenbutton_no_readings")
    rows = []
    ignored: dict[str, int] = {}
    for reading in feed.readings:
        kind = _type_of(reading, feed)
        name = feed_name(reading.usage_point or (feed.titles[0] if len(feed.titles) == 1 else ""))
        if kind is None:
            report.add("greenbutton_type_unknown", row=reading.line)
        elif not _is_energy(kind):
            described = f"uom {kind.uom or '-'}, flowDirection {kind.flow_direction}, behaviour {kind.accumulation}"
            ignored.setdefault(shown(described), reading.line)
        elif name is None:
            report.add("feed_malformed", row=reading.line, evidence={"text": shown(reading.usage_point)})
        elif row := _row(reading, kind, name, report):
            rows.append(row)
    if ignored:
        report.add("channel_ignored", row=min(ignored.values()), evidence={"channels": "; ".join(ignored)})
    if not rows and not has_refusal(report.findings()):
        report.add("file_no_rows")
    return Contents(file_format=FORMAT, rows=len(feed.readings), intervals=_frame(rows))


def _type_of(reading: Reading, feed: Feed) -> ReadingType | None:
    linked = feed.types.get(feed.type_links.get(reading.meter_reading, ""))
    if linked is not None:
        return linked
    return next(iter(feed.types.values())) if len(feed.types) == 1 else None


def _is_energy(kind: ReadingType) -> bool:
    known_direction = kind.flow_direction in (_CHARGE, _DISCHARGE)
    return kind.uom == _WATT_HOURS and known_direction and kind.accumulation in _INTERVAL_ENERGIES


def _row(reading: Reading, kind: ReadingType, name: str, report: FileReport) -> tuple[object, ...] | None:
    start_s, duration_s = _whole(reading.start, _LATEST_S), _whole(reading.duration, _LONGEST_S)
    if start_s is None:
        evidence = {"column": "timePeriod/start", "text": shown(reading.start)}
        report.add("instant_malformed", row=reading.line, evidence=evidence)
    if not duration_s or duration_s % _SECONDS_PER_MINUTE:
        report.add("greenbutton_duration", row=reading.line, evidence={"text": shown(reading.duration)})
        duration_s = None
    energy_kwh_e4 = _energy_kwh_e4(reading, kind, report)
    if start_s is None or duration_s is None or energy_kwh_e4 is None:
        return None
    charging = kind.flow_direction == _CHARGE
    return (
        name,
        start_s * MS_PER_SECOND,
        duration_s // _SECONDS_PER_MINUTE,
        energy_kwh_e4 if charging else None,
        None if charging else energy_kwh_e4,
        _QUALITIES.get(reading.quality, Quality.MEASURED.value),
        reading.line,
    )


def _energy_kwh_e4(reading: Reading, kind: ReadingType, report: FileReport) -> int | None:
    evidence = {"column": "IntervalReading/value", "text": shown(reading.energy), "decimals": ENERGY_DECIMALS}
    exponent = int(kind.power_of_ten) + _E4_PER_WH_EXPONENT if _EXPONENT.fullmatch(kind.power_of_ten) else None
    if not _INTEGER.fullmatch(reading.energy) or exponent is None:
        code = "number_malformed" if reading.energy else "number_missing"
        report.add(code, row=reading.line, evidence=evidence)
        return None
    scaled = Fraction(reading.energy) * Fraction(10) ** exponent
    if scaled.denominator != 1 or abs(scaled) > MAX_ENERGY_KWH_E4:
        code = "number_too_large" if scaled.denominator == 1 else "number_too_fine"
        report.add(code, row=reading.line, evidence=evidence)
        return None
    return int(scaled)


def _whole(text: str, most: int) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,10}", text) and int(text) <= most else None


def _frame(rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    schema = {name: kind for name, kind in RAW_INTERVALS.items() if name != "file_no"}
    frame = pl.DataFrame(rows, schema={**schema, "interval_start": pl.Int64}, orient="row")
    instants = pl.col("interval_start").cast(pl.Datetime("ms", "UTC")).dt.convert_time_zone(ZONE_NAME)
    return frame.with_columns(instants)
