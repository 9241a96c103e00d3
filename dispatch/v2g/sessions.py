"""Charging sessions: when a car is parked, what it asks for, and what its charger can do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Final

import polars as pl

from dispatch.v2g import columns
from dispatch.v2g.columns import Layout
from tariffs.reading import bytes_in, csv_text
from tariffs.reading.cells import instants
from tariffs.reading.options import ReadOptions
from tariffs.reading.paths import refuse_no_file
from tariffs.reading.refusal import refused
from tariffs.reading.report import FileRefusedError, FileReport
from tariffs.reading.sheet import Sheet, refuse_without_rows, sheet_of_text
from tariffs.settings import NaiveInstants
from tariffs.vocabulary.errors import RecordProblems, Words
from tariffs.vocabulary.findings import Catalogue, Finding, has_refusal
from tariffs.vocabulary.timegrid import EPOCH, ZONE
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH

CATALOGUE: Final = Catalogue.load(Path(__file__).parent / "findings.toml")
_FOREIGN: Final = {b"PK\x03\x04": "XLSX", b"\xd0\xcf\x11\xe0": "XLS", b"PAR1": "Parquet"}
_REFUSED: Final = Words("充电会话未通过检查，不能使用", "the sessions did not pass the checks and are not used")


class AskedEnergy(Enum):
    """Which column of a charging log is what a car asks for."""

    REQUESTED = "requested"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One stay of one car, and what it is to leave with.

    Shape   energies are counted at the charger on the way in: a car that got `energy_kwh` is charged by what the charger
            drew for that much, and with losses a discharge takes more out of this account than it gives to the grid;
            `spare_kwh` is how far the account may fall below what the car brought, `room_kwh` how far it may rise above
            it, nothing for as much as is asked for; powers are those of the charger, both positive
    Raises  RecordProblems if a figure is negative, the charger has no power, the stay has no length, or there is less room
            than is asked for
    """

    session_id: str
    arrival_at: datetime
    departure_at: datetime
    energy_kwh: Decimal
    charge_power_kw: Decimal
    discharge_power_kw: Decimal = Decimal(0)
    spare_kwh: Decimal = Decimal(0)
    room_kwh: Decimal | None = None

    def __post_init__(self) -> None:
        named = {
            "energy_kwh": self.energy_kwh,
            "discharge_power_kw": self.discharge_power_kw,
            "spare_kwh": self.spare_kwh,
        }
        problems = [
            Words(f"{self.session_id}：{name} 为负：{figure}", f"{self.session_id}: {name} is negative: {figure}")
            for name, figure in named.items()
            if figure < 0
        ]
        power, asked, room = self.charge_power_kw, self.energy_kwh, self.most_kwh
        if power <= 0:
            zh, en = f"充电桩功率不大于零：{power} kW", f"the charger has no power: {power} kW"
            problems.append(Words(f"{self.session_id}：{zh}", f"{self.session_id}: {en}"))
        if self.departure_at <= self.arrival_at:
            at = self.departure_at.isoformat()
            zh, en = f"离开时刻 {at} 不晚于到达", f"the departure {at} does not come after the arrival"
            problems.append(Words(f"{self.session_id}：{zh}", f"{self.session_id}: {en}"))
        if asked > room:
            zh, en = f"要求 {asked} kWh，只容得下 {room} kWh", f"{asked} kWh asked for, room for {room} kWh"
            problems.append(Words(f"{self.session_id}：{zh}", f"{self.session_id}: {en}"))
        if problems:
            raise RecordProblems(problems)

    @property
    def most_kwh(self) -> Decimal:
        """The most the account may rise above what the car brought."""
        return self.energy_kwh if self.room_kwh is None else self.room_kwh


@dataclass(frozen=True, slots=True, kw_only=True)
class Chargers:
    """What holds for every session whose file does not say it; `energy` chooses between the columns of a charging log."""

    charge_power_kw: Decimal | None = None
    discharge_power_kw: Decimal = Decimal(0)
    spare_kwh: Decimal = Decimal(0)
    room_kwh: Decimal | None = None
    energy: AskedEnergy = AskedEnergy.REQUESTED


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFile:
    """The sessions of a file in the order of its rows, and the notices of reading it."""

    sessions: tuple[Session, ...]
    findings: tuple[Finding, ...] = ()


def read_sessions(
    path: Path,
    chargers: Chargers,
    naive: NaiveInstants = NaiveInstants.ASIA_SHANGHAI,
    accept_unterminated: bool = False,
) -> SessionFile:
    """The sessions of a CSV file (UTF-8 or GBK, gzip too), ours or a charging log with arrival and departure.

    Raises  InputError if the path is no file; Refused, with a finding for each row, if anything in it is wrong
    """
    refuse_no_file(path)
    report = FileReport(path.name, CATALOGUE)
    try:
        sheet, layout = _sheet(path, report, ReadOptions(accept_unterminated=accept_unterminated, naive_instants=naive))
        sessions = _sessions(sheet, layout, chargers)
    except FileRefusedError:
        raise refused(report.findings(), _REFUSED) from None
    return SessionFile(sessions=sessions, findings=report.findings())


def _sheet(path: Path, report: FileReport, options: ReadOptions) -> tuple[Sheet, Layout]:
    magic = bytes_in.first_bytes(path, report, options.limits)
    if magic in _FOREIGN:
        report.stop("session_format_unknown", evidence={"seen": _FOREIGN[magic]})
    packed = magic.startswith(b"\x1f\x8b")
    raw = bytes_in.unpacked_gzip(path, report, options.limits) if packed else path.read_bytes()
    text = bytes_in.lines_of_text(raw, report, options)
    headers, layout = columns.checked_headers(csv_text.header_cells(text, report), report)
    sheet = sheet_of_text(text, headers, report, options)
    refuse_without_rows(sheet)
    return sheet, layout


def _sessions(sheet: Sheet, layout: Layout, chargers: Chargers) -> tuple[Session, ...]:
    """The sessions of the rows, once every cell is checked.

    Raises  FileRefusedError if anything in the sheet, or in its report, is a refusal
    """
    identified = columns.identifiers(sheet, layout)
    arrival, departure = instants(sheet, layout.arrival), instants(sheet, layout.departure)
    columns.refuse_early(sheet, layout, arrival, departure)
    asked = chargers.energy is AskedEnergy.REQUESTED
    energy = columns.energies(sheet, layout.requested if asked else layout.delivered, layout)
    power = columns.powers(sheet, chargers.charge_power_kw is not None)
    optional = {name: columns.optional(sheet, name) for name in columns.OPTIONAL}
    columns.refuse_small_room(sheet, energy, optional[columns.ROOM], chargers.room_kwh)
    if has_refusal(sheet.report.findings()):
        raise FileRefusedError
    default_power = chargers.charge_power_kw or Decimal(0)
    return tuple(
        Session(
            session_id=identified[row],
            arrival_at=_instant(arrival_ms),
            departure_at=_instant(departure_ms),
            energy_kwh=_figure(energy[row], Decimal(0)),
            charge_power_kw=_figure(power[row], default_power),
            discharge_power_kw=_figure(optional[columns.DISCHARGE_POWER][row], chargers.discharge_power_kw),
            spare_kwh=_figure(optional[columns.SPARE][row], chargers.spare_kwh),
            room_kwh=chargers.room_kwh if (room := optional[columns.ROOM][row]) is None else _figure(room, Decimal(0)),
        )
        for row, (arrival_ms, departure_ms) in enumerate(zip(_ms(arrival), _ms(departure), strict=True))
    )


def _ms(at: pl.Series) -> list[int]:
    return at.to_physical().to_list()


def _instant(at_ms: int) -> datetime:
    return (EPOCH + timedelta(milliseconds=at_ms)).astimezone(ZONE)


def _figure(scaled: int | None, otherwise: Decimal) -> Decimal:
    return otherwise if scaled is None else Decimal(scaled) / ENERGY_UNITS_PER_KWH
