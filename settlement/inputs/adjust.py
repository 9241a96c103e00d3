"""`adjust.csv`: corrections of metered energy of earlier months (退补), one row a correction.

Columns `station_id, direction, energy_kwh, reason` and, filled one of them in each row, `original_date` or
`original_month`. A file without rows says that nothing is corrected.
"""

from datetime import date, datetime, timedelta
from typing import Final

import polars as pl

from settlement.inputs import cells
from settlement.inputs.cells import Stations
from settlement.inputs.layout import Layout
from settlement.inputs.orders import DIRECTIONS
from settlement.inputs.ratings import REFUSED_PERCENT, above, midnight, rated_energy_kwh_e4
from settlement.inputs.records import Correction, Leg
from tariffs.reading.cells import blank
from tariffs.reading.report import FileReport
from tariffs.reading.sheet import Sheet
from tariffs.stations import Station
from tariffs.vocabulary.money import kwh_text
from tariffs.vocabulary.timegrid import Month

LAYOUT: Final = Layout(
    kind="adjust",
    required=("station_id", "direction", "energy_kwh", "reason"),
    optional=("original_date", "original_month"),
    either=("original_date", "original_month"),
    may_be_empty=True,
)
_WHOLE: Final = ("station_id", "month", "direction", "energy_kwh", "reason")


def read(sheet: Sheet, known: Stations) -> tuple[Correction, ...]:
    """The corrections of a sheet, sorted by station, original month and row; its report takes what is found.

    Shape   a correction of which a cell is refused is left out
    Raises  FileRefusedError if a column can hold nothing of its kind
    """
    energy = cells.energies(sheet, "energy_kwh")
    days = cells.days(sheet, "original_date", may_be_blank=True).rename("day")
    months = cells.months(sheet, "original_month", may_be_blank=True).rename("month")
    _refuse_unless_one(sheet)
    frame = pl.DataFrame(
        [
            cells.stations(sheet, known),
            days,
            months,
            cells.words(sheet, "direction", DIRECTIONS).rename("direction"),
            cells.bounded(sheet, energy, energy == 0, "adjust_energy_zero"),
            cells.texts(sheet, "reason"),
        ]
    )
    _tell_of_repeats(sheet, frame)
    dated = frame.with_columns(month=pl.coalesce(pl.col("day").dt.strftime("%Y-%m"), "month"), row=sheet.rows)
    whole = dated.drop_nulls(_WHOLE).sort("station_id", "month", "row")
    file = sheet.report.file
    corrections = tuple(_correction(row, file) for row in whole.select(*_WHOLE, "day", "row").iter_rows())
    for correction in corrections:
        _check(correction, known[correction.station_id], sheet.report)
    return corrections


def _correction(row: tuple[str, str, str, int, str, date | None, int], file: str) -> Correction:
    station_id, month, direction, energy_kwh_e4, reason, day, number = row
    return Correction(
        station_id=station_id,
        original_month=Month.parse(month),
        original_on=day,
        direction=Leg(direction),
        energy_kwh_e4=energy_kwh_e4,
        reason=reason,
        file=file,
        row=number,
    )


def _refuse_unless_one(sheet: Sheet) -> None:
    no_day, no_month = blank(sheet.column("original_date")), blank(sheet.column("original_month"))
    cells.tell(sheet, no_day & no_month, "adjust_original_missing", lambda _: {})
    cells.tell(sheet, ~no_day & ~no_month, "adjust_original_twice", lambda _: {})


def _tell_of_repeats(sheet: Sheet, frame: pl.DataFrame) -> None:
    # a null is no answer in a key, and each row leaves one of the two out
    key = frame.select(
        "station_id",
        pl.concat_str(pl.col("day").cast(pl.String), "month", separator="/", ignore_nulls=True).alias("original"),
        "direction",
        "energy_kwh",
        "reason",
    )
    again, first_rows = cells.repeats(sheet, key)
    cells.tell(sheet, again, "adjust_repeated", lambda at: {"other": first_rows[at]})


def _check(correction: Correction, station: Station, report: FileReport) -> None:
    first, until = _original_span(correction)
    if until <= midnight(station.grid_connected_on):
        original = correction.original_on or correction.original_month
        connected = {"original": original, "connected": station.grid_connected_on}
        report.add("adjust_before_connection", row=correction.row, station_id=station.id, evidence=connected)
    rated = rated_energy_kwh_e4(station, correction.direction, first, until)
    if above(abs(correction.energy_kwh_e4), rated, REFUSED_PERCENT):
        energies = {"energy": kwh_text(correction.energy_kwh_e4), "rated": kwh_text(int(rated))}
        report.add("adjust_above_rated", row=correction.row, station_id=station.id, evidence=energies)


def _original_span(correction: Correction) -> tuple[datetime, datetime]:
    if correction.original_on is None:
        month = correction.original_month
        return midnight(month.first_day), midnight(month.end)
    return midnight(correction.original_on), midnight(correction.original_on + timedelta(days=1))
