"""Records of a NEM12 file, put together: which register a day belongs to, and the quality of each of its intervals."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from tariffs.reading.grammar import feed_name
from tariffs.reading.report import FileReport, shown
from tariffs.vocabulary.columns import Quality
from tariffs.vocabulary.timegrid import intervals_per_day, physical

LENGTHS_MINUTES: Final = (5, 10, 15, 30, 60)
_UNITS: Final = ("wh", "kwh", "mwh")
_QUALITIES: Final = {
    "A": Quality.MEASURED.value,
    "E": Quality.ESTIMATED.value,
    "F": Quality.SUBSTITUTED.value,
    "S": Quality.SUBSTITUTED.value,
    "N": Quality.MISSING.value,
    "": Quality.MISSING.value,
}
_FLAG: Final = re.compile(r"[AEFNSV](?:[0-9]{2})?|")
_VARIABLE: Final = "V"
_SUFFIX: Final = re.compile(r"[EB][0-9A-Z]")
_DAY: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NUMBER_LIKE: Final = re.compile(r"[-0-9.]+")
_CHANNEL_FIELDS: Final = 9
_RANGE_FIELDS: Final = 4
_FIELDS_BEFORE_ENERGIES: Final = 2
_FIELDS_AFTER_FLAG: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A register: the NMI, its suffix, the unit in lower case and the length of its intervals."""

    nmi: str
    suffix: str
    unit: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRecord:
    """A 300 record: the instant its day begins (ms since the epoch), its energies as printed, the quality of each."""

    channel: Channel
    starts_ms: int
    row: int
    energies: Sequence[str]
    qualities: Sequence[int]


@dataclass(slots=True, kw_only=True)
class Records:
    """The days of a file, and the number of its records."""

    days: list[DayRecord] = field(default_factory=list)
    count: int = 0


def records(text: str, report: FileReport) -> Records:
    """The days of a NEM12 text; a record that cannot be right is a finding and left out.

    Raises  FileRefusedError if the text is of another version
    """
    walk = _Walk(report=report)
    lines = text.split("\n")[:-1]
    for row, line in enumerate(lines, start=1):
        _take(walk, row, [part.strip().strip('"') for part in line.split(",")])
    _finish(walk, len(lines))
    return walk.found


@dataclass(slots=True, kw_only=True)
class _Walk:
    """Where a walk over the records stands; each record is understood by those before it."""

    report: FileReport
    found: Records = field(default_factory=Records)
    ended: bool = False
    channel_seen: bool = False
    channel: Channel | None = None
    ranges_allowed: bool = False
    variable: DayRecord | None = None
    flags: list[int] = field(default_factory=list)
    ignored: dict[str, int] = field(default_factory=dict)


def _take(walk: _Walk, row: int, fields: list[str]) -> None:
    kind = fields[0]
    if not any(fields):
        walk.report.add("row_blank", row=row)
        return
    if kind != "400":
        _settle_variable(walk)
    if not walk.found.count and kind != "100":
        walk.report.add("nem12_header_missing", row=row, evidence={"seen": shown(kind)})
    if walk.ended and kind != "100":
        walk.report.add("nem12_after_end", row=row, evidence={"seen": shown(kind)})
    walk.found.count += 1
    if kind in _STEPS:
        _STEPS[kind](walk, row, fields)
    else:
        walk.report.add("nem12_record_unknown", row=row, evidence={"seen": shown(kind)})


def _finish(walk: _Walk, last_row: int) -> None:
    _settle_variable(walk)
    if not walk.ended:
        walk.report.add("nem12_end_missing", row=last_row)
    if walk.ignored:
        first_row = min(walk.ignored.values())
        walk.report.add("channel_ignored", row=first_row, evidence={"channels": ", ".join(walk.ignored)})


def _header(walk: _Walk, row: int, fields: list[str]) -> None:
    version = fields[1] if len(fields) > 1 else ""
    if version != "NEM12":
        walk.report.stop("nem12_version", row=row, evidence={"seen": shown(version)})
    if walk.found.count > 1 and not walk.ended:
        walk.report.add("nem12_end_missing", row=row)
    walk.ended = walk.channel_seen = False
    walk.channel = None


def _channel(walk: _Walk, row: int, fields: list[str]) -> None:
    walk.channel_seen = True
    walk.channel = None
    walk.ranges_allowed = False
    if len(fields) < _CHANNEL_FIELDS:
        evidence = {"cells": len(fields), "wanted": _CHANNEL_FIELDS}
        walk.report.add("row_width", row=row, evidence=evidence)
        return
    suffix, unit, length = fields[4].upper(), fields[7].lower(), fields[8]
    nmi = feed_name(fields[1])
    if not _SUFFIX.fullmatch(suffix) or unit not in _UNITS:
        walk.ignored.setdefault(shown(f"{fields[1]}/{suffix} ({fields[7] or '-'})"), row)
    elif nmi is None:
        walk.report.add("feed_malformed", row=row, evidence={"text": shown(fields[1])})
    elif length not in map(str, LENGTHS_MINUTES):
        walk.report.add("nem12_interval_length", row=row, evidence={"text": shown(length)})
    else:
        walk.channel = Channel(nmi=nmi, suffix=suffix, unit=unit, minutes=int(length))


def _day(walk: _Walk, row: int, fields: list[str]) -> None:
    walk.ranges_allowed = False
    if not walk.channel_seen:
        walk.report.add("nem12_record_order", row=row, evidence={"seen": "300", "before": "200"})
    if walk.channel is None:
        return
    wanted = intervals_per_day(walk.channel.minutes)
    place = _FIELDS_BEFORE_ENERGIES + wanted
    energies, after = fields[_FIELDS_BEFORE_ENERGIES:place], fields[place:]
    early_flag = any(text and _FLAG.fullmatch(text) for text in energies)
    if early_flag or not after or not _FLAG.fullmatch(after[0]) or len(after) > 1 + _FIELDS_AFTER_FLAG:
        seen = _leading_numbers(fields[_FIELDS_BEFORE_ENERGIES:])
        evidence = {"minutes": walk.channel.minutes, "wanted": wanted, "seen": seen}
        walk.report.add("nem12_value_count", row=row, evidence=evidence)
        walk.ranges_allowed = True
        return
    starts_ms = _day_start_ms(fields[1])
    if starts_ms is None:
        walk.report.add("date_malformed", row=row, evidence={"column": "300", "text": shown(fields[1])})
        walk.ranges_allowed = True
        return
    flag = after[0]
    qualities = [_QUALITIES[flag[:1]]] * wanted if flag[:1] != _VARIABLE else []
    record = DayRecord(channel=walk.channel, starts_ms=starts_ms, row=row, energies=energies, qualities=qualities)
    if flag[:1] == _VARIABLE:
        walk.variable, walk.flags, walk.ranges_allowed = record, [], True
    else:
        walk.found.days.append(record)


def _range(walk: _Walk, row: int, fields: list[str]) -> None:
    if walk.variable is None:
        if walk.channel is not None and not walk.ranges_allowed:
            walk.report.add("nem12_ranges_unexpected", row=row)
            walk.ranges_allowed = True
        return
    first, last, flag = ([*fields, "", "", ""])[1:_RANGE_FIELDS]
    known = re.fullmatch(r"[0-9]{1,3}", first) and re.fullmatch(r"[0-9]{1,3}", last) and flag
    most = len(walk.variable.energies)
    follows = known and len(walk.flags) + 1 == int(first) <= int(last) <= most
    if not follows or not _FLAG.fullmatch(flag) or flag.startswith(_VARIABLE):
        evidence = {"text": shown(f"{first}-{last} {flag}"), "expected": len(walk.flags) + 1, "most": most}
        walk.report.add("nem12_quality_ranges", row=row, evidence=evidence)
        walk.variable = None
        return
    walk.flags += [_QUALITIES[flag[:1]]] * (int(last) - int(first) + 1)


def _remark(walk: _Walk, _row: int, _fields: list[str]) -> None:
    """A 500 record speaks of the service order behind a reading, never of energy."""


def _end(walk: _Walk, _row: int, _fields: list[str]) -> None:
    walk.ended = True


def _settle_variable(walk: _Walk) -> None:
    if walk.variable is None:
        return
    record, walk.variable = walk.variable, None
    most = len(record.energies)
    if not walk.flags:
        walk.report.add("nem12_variable_without_ranges", row=record.row)
    elif len(walk.flags) < most:
        evidence = {"text": "-", "expected": len(walk.flags) + 1, "most": most}
        walk.report.add("nem12_quality_ranges", row=record.row, evidence=evidence)
    else:
        walk.found.days.append(replace(record, qualities=tuple(walk.flags)))


_STEPS: Final[Mapping[str, Callable[[_Walk, int, list[str]], None]]] = {
    "100": _header,
    "200": _channel,
    "300": _day,
    "400": _range,
    "500": _remark,
    "900": _end,
}


def _leading_numbers(fields: Sequence[str]) -> int:
    return next((place for place, text in enumerate(fields) if not _NUMBER_LIKE.fullmatch(text)), len(fields))


def _day_start_ms(text: str) -> int | None:
    parts = _DAY.fullmatch(text)
    if parts is None:
        return None
    try:
        return physical(date(int(parts[1]), int(parts[2]), int(parts[3])))
    except ValueError:
        return None
