"""Columns and types of each frame that crosses a border between modules."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

import polars as pl

from tariffs.vocabulary.timegrid import INSTANT


class Quality(Enum):
    """Where the energy of an interval comes from; the number is what frames hold."""

    MEASURED = 0
    ESTIMATED = 1
    SUBSTITUTED = 2
    MISSING = 3
    FILLED = 4
    """Estimated by us, on request; never read from a file."""


Schema = Mapping[str, pl.DataType | type[pl.DataType]]

RAW_INTERVALS: Final[Schema] = {
    "feed": pl.String,  # station id or meter id as it stands in the file
    "interval_start": INSTANT,
    "interval_minutes": pl.Int16,  # as the file says; 0 where it does not say
    "charge_kwh_e4": pl.Int64,  # null where the row carries the other direction only
    "discharge_kwh_e4": pl.Int64,
    "quality": pl.UInt8,
    "file_no": pl.UInt16,  # position in the list of files read
    "row": pl.UInt32,  # physical line (or sheet row), header included, from 1
}
"""Interval energies as a file gives them, one or both directions a row, nothing checked between rows."""

RAW_REGISTERS: Final[Schema] = {
    "feed": pl.String,
    "meter_id": pl.String,
    "read_at": INSTANT,
    "import_register_kwh_e4": pl.Int64,
    "export_register_kwh_e4": pl.Int64,
    "import_register_digits": pl.UInt8,  # digits before the point as printed, for the roll-over
    "export_register_digits": pl.UInt8,
    "multiplier_e4": pl.Int64,
    "file_no": pl.UInt16,
    "row": pl.UInt32,
}
"""Register readings as a file gives them; energy is difference x multiplier."""

READINGS: Final[Schema] = {
    "station_id": pl.String,
    "interval_start": INSTANT,
    "charge_kwh_e4": pl.Int64,
    "discharge_kwh_e4": pl.Int64,
    "quality": pl.UInt8,
    "discharge_quality": pl.UInt8,
    "file_no": pl.UInt16,
    "row": pl.UInt32,
    "discharge_file_no": pl.UInt16,
    "discharge_row": pl.UInt32,
}
"""One row an interval and station, both directions, sorted by station and instant; what settlement reads.
`quality`, `file_no` and `row` are those of the charge leg, the columns named `discharge_` those of the discharge leg."""

LINES: Final[Schema] = {
    "station_id": pl.String,
    "month": pl.String,
    "line_no": pl.Int32,
    "item": pl.String,
    "season": pl.String,
    "quantity": pl.String,
    "quantity_unit": pl.String,
    "price_cny_per_unit": pl.String,
    "amount_cny": pl.String,
    "amount_excl_tax_cny": pl.String,
    "tax_cny": pl.String,
    "settled_with": pl.String,
    "document": pl.String,
    "article": pl.String,
    "flags": pl.String,
}
"""`lines.csv`: exact decimal text throughout."""

CALLS: Final = (
    "station_id",
    "obligation_year",
    "season_days_past",
    "season_days_left",
    "season_discharge_kwh_month",
    "season_discharge_kwh_to_date",
    "calls_month",
    "calls_to_date",
    "calls_required",
    "calls_left",
    "calls_per_day_needed",
    "shortfall_own",
    "shortfall_grid",
    "shortfall_not_ordered",
    "month",
    "season_discharge_kwh_by_rated_kwh",
    "call_tally",
)
"""Columns of `calls.csv`: exact decimal text; empty where it cannot be known. The last two hold what later months add
up: the month's season discharge for each rated energy, `rated kWh:discharged kWh` joined by `;`, and the tally of the
counting rule and of failed orders, `name:energy of one call:amount` joined by `;`."""

AWARD: Final = (
    "station_id",
    "month",
    "award_year",
    "discharge_kwh_month",
    "awarded_kwh_month",
    "awarded_kwh_to_date",
    "award_cap_kwh",
)
"""Columns of `award.csv`: exact decimal text; `award_year` is the first day of the award's year."""

FINDINGS: Final = (
    "severity",
    "code",
    "file",
    "row",
    "station_id",
    "interval_start",
    "message",
    "action",
)
"""Columns of `findings.csv`."""

SCHEDULE: Final = ("station_id", "interval_start", "charge_mw", "discharge_mw", "stored_mwh")
"""Columns of `schedule.csv` (exact decimal text) and `schedule.parquet`; stored energy is that at the interval's end."""

ORDERS: Final[Schema] = {
    "order_id": pl.String,
    "station_id": pl.String,
    "start_at": pl.String,
    "end_at": pl.String,
    "direction": pl.String,
    "energy_kwh": pl.String,
}
"""`orders.csv`: exact text throughout."""

PLAN: Final = ("station_id", "date", "direction")
"""First columns of `plan.csv`; after them come p01 ... p96, the mean power of each quarter in kW."""
