"""Columns of a file of sessions: which there may be, and their cells as exact figures; each fault with its row."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import polars as pl

from tariffs.reading import cells, grammar
from tariffs.reading.report import FileRefusedError, FileReport, shown
from tariffs.reading.sheet import MOST_NAMES, Sheet, refuse_headers
from tariffs.vocabulary.errors import nearest
from tariffs.vocabulary.timegrid import INSTANT
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH

SESSION_ID: Final = "session_id"
ENERGY: Final = "energy_kwh"
CHARGE_POWER: Final = "charge_power_kw"
DISCHARGE_POWER: Final = "discharge_power_kw"
SPARE: Final = "spare_kwh"
ROOM: Final = "room_kwh"
OPTIONAL: Final = (DISCHARGE_POWER, SPARE, ROOM)
DECIMALS: Final = 4
MOST_E4: Final = 10**5 * ENERGY_UNITS_PER_KWH
"""A hundred thousand kWh or kW: beyond it is no car."""
_LOG_DECIMALS: Final = 40
"""A charging log prints binary floats with all their digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where a kind of file has its instants and energies, which columns it must have and which it may."""

    arrival: str
    departure: str
    requested: str
    delivered: str
    required: tuple[str, ...]
    allowed: tuple[str, ...]
    is_log: bool


OWN: Final = Layout(
    arrival="arrival_at",
    departure="departure_at",
    requested=ENERGY,
    delivered=ENERGY,
    required=(SESSION_ID, "arrival_at", "departure_at", ENERGY),
    allowed=(CHARGE_POWER, *OPTIONAL),
    is_log=False,
)
LOG: Final = Layout(
    arrival="arrival",
    departure="departure",
    requested="requested_energy (kwh)",
    delivered="delivered_energy (kwh)",
    required=("arrival", "departure", "requested_energy (kwh)", "delivered_energy (kwh)"),
    allowed=("station_id", "estimated_departure", "claimed"),
    is_log=True,
)


def checked_headers(names: Sequence[str], report: FileReport) -> tuple[tuple[str, ...], Layout]:
    """Headers in lower case without surrounding spaces, and the kind of file that they show.

    Raises  FileRefusedError if a column is unknown, doubled or missing
    """
    headers = tuple(name.strip().lower() for name in names)
    layout = LOG if LOG.requested in headers or LOG.delivered in headers else OWN
    known = (*layout.required, *layout.allowed)
    unknown = [header for header in dict.fromkeys(headers) if header not in known]
    absent = [name for name in known if name not in headers]
    for header in unknown[:MOST_NAMES]:
        evidence = {"column": shown(header), "nearest": nearest(header, absent) or "-"}
        report.add("session_column_unknown", row=1, evidence=evidence)
    refuse_headers(report, headers, layout.required, unknown, 1)
    if unknown:
        raise FileRefusedError
    return headers, layout


def identifiers(sheet: Sheet, layout: Layout) -> list[str]:
    """The id of each row, made from its number in a log; one that is none, or stands twice, is a finding."""
    if layout.is_log:
        return [f"row-{row}" for row in sheet.rows]
    read = [grammar.identifier(text) for text in sheet.column(SESSION_ID)]
    cells.refuse(
        sheet,
        SESSION_ID,
        pl.Series([name is None for name in read], dtype=pl.Boolean),
        lambda text: "session_id_missing" if not (text or "").strip() else "session_id_malformed",
    )
    first: dict[str, int] = {}
    for row, name in zip(sheet.rows, read, strict=True):
        if name is not None and first.setdefault(name, row) != row:
            sheet.report.add("session_repeated", row=row, evidence={"session": name, "other": first[name]})
    return [name or "" for name in read]


def refuse_early(sheet: Sheet, layout: Layout, arrival: pl.Series, departure: pl.Series) -> None:
    """A finding for each row whose departure does not come after its arrival."""
    early = (departure.cast(INSTANT) <= arrival.cast(INSTANT)).fill_null(value=False)
    cells.refuse(sheet, layout.departure, early, lambda _: "session_departure_early")


def energies(sheet: Sheet, name: str, layout: Layout) -> list[int | None]:
    """A column of kWh in 1e-4 kWh; a cell that is none, or is negative, is a finding."""
    scaled = _log_figures(sheet, name) if layout.is_log else cells.scaled_integers(sheet, name, DECIMALS)
    decimals = _LOG_DECIMALS if layout.is_log else DECIMALS
    return _checked(sheet, name, scaled, scaled.is_null(), decimals)


def powers(sheet: Sheet, is_given: bool) -> list[int | None]:
    """The charging power of each row in 1e-4 kW, nothing where the caller's holds; none at all, or zero, is a finding.

    Raises  FileRefusedError if neither file nor caller gives any
    """
    if CHARGE_POWER not in sheet.cells.columns:
        if not is_given:
            sheet.report.stop("session_power_missing")
        return [None] * sheet.cells.height
    scaled = cells.scaled_integers(sheet, CHARGE_POWER, DECIMALS)
    blank = cells.blank(sheet.column(CHARGE_POWER))
    faulty = scaled.is_null() & ~(blank if is_given else blank & False)
    cells.refuse(sheet, CHARGE_POWER, (scaled == 0).fill_null(value=False), lambda _: "session_power_zero")
    return _checked(sheet, CHARGE_POWER, scaled, faulty, DECIMALS)


def optional(sheet: Sheet, name: str) -> list[int | None]:
    """A column that need not be there, in 1e-4 kWh or kW; nothing where nothing stands."""
    if name not in sheet.cells.columns:
        return [None] * sheet.cells.height
    scaled = cells.scaled_integers(sheet, name, DECIMALS)
    return _checked(sheet, name, scaled, scaled.is_null() & ~cells.blank(sheet.column(name)), DECIMALS)


def refuse_small_room(
    sheet: Sheet, energy_e4: Sequence[int | None], room_e4: Sequence[int | None], room_kwh: Decimal | None
) -> None:
    """A finding for each row that asks for more than it has room for."""
    otherwise = None if room_kwh is None else int(room_kwh * ENERGY_UNITS_PER_KWH)
    for row, asked, own in zip(sheet.rows, energy_e4, room_e4, strict=True):
        room = otherwise if own is None else own
        if room is None or asked is None or asked <= room:
            continue
        evidence = {"energy": Decimal(asked) / ENERGY_UNITS_PER_KWH, "room": Decimal(room) / ENERGY_UNITS_PER_KWH}
        sheet.report.add("session_room_small", row=row, evidence=evidence)


def _log_figures(sheet: Sheet, name: str) -> pl.Series:
    written = pl.when(pl.col(name).str.contains(grammar.number_pattern(_LOG_DECIMALS))).then(pl.col(name))
    exact = written.cast(pl.Float64, strict=False) * ENERGY_UNITS_PER_KWH
    return sheet.column(name).to_frame().select(exact.round().cast(pl.Int64)).to_series()


def _checked(sheet: Sheet, name: str, scaled: pl.Series, faulty: pl.Series, decimals: int) -> list[int | None]:
    def code(text: str | None) -> str:
        return f"session_{grammar.number_fault(text, decimals)}"

    cells.refuse(sheet, name, faulty, code, {"decimals": decimals})
    cells.refuse(sheet, name, (scaled < 0).fill_null(value=False), lambda _: "session_negative")
    cells.refuse(sheet, name, (scaled > MOST_E4).fill_null(value=False), lambda _: "session_too_large")
    return scaled.to_list()
