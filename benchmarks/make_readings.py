"""Meter readings of many stations from fixed seeds: `python -m benchmarks.make_readings KIND FOLDER STATIONS MONTHS`.

KIND is `long` (meter files as a user has them), `text` (the same as CSV) or `readings` (columns READINGS).
"""

import sys
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from tariffs.vocabulary.timegrid import INSTANT, ZONE, physical
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, MS_PER_MINUTE

SEED = 28
QUARTER = timedelta(minutes=15)
QUARTERS_PER_DAY = 96
FULL_QUARTER_KWH = 2_500
SETTINGS = """season_calendar = "jun_sep_dec_feb"
obligation_year_from = "06-01"
call_counting = "equivalent_discharge"
"""
STATION = """[[station]]
id = "{id}"
name = "{id}"
power_mw = 10
energy_mwh = 20
round_trip_efficiency = 0.88
grid_connected_on = 2025-01-01
in_annual_plan_from = 2025-01-01
"""


def month_frame(stations: int, number: int) -> pl.DataFrame:
    """One month of 2025: two hours of charging by night and less than two of discharging in the evening, every day."""
    first = datetime(2025, number, 1, tzinfo=ZONE)
    end = datetime(2025 + number // 12, number % 12 + 1, 1, tzinfo=ZONE)
    quarters = int((end - first) / QUARTER)
    rows = stations * quarters
    random = np.random.default_rng([SEED, number])
    quarter_of_day = np.tile(np.arange(quarters) % QUARTERS_PER_DAY, stations)
    energy_kwh_e4 = FULL_QUARTER_KWH * ENERGY_UNITS_PER_KWH - random.integers(0, 250_000, rows) * 10
    charging = (quarter_of_day >= 8) & (quarter_of_day < 17)
    discharging = (quarter_of_day >= 72) & (quarter_of_day < 80)
    start_ms = physical(first) + np.arange(quarters) * 15 * MS_PER_MINUTE
    ids = pl.Series([f"ST-{station:04d}" for station in range(stations)])
    return pl.DataFrame(
        {
            "station_id": ids.gather(np.repeat(np.arange(stations), quarters)),
            "interval_start": pl.Series(np.tile(start_ms, stations)).cast(INSTANT),
            "charge_kwh_e4": np.where(charging, energy_kwh_e4, 0),
            "discharge_kwh_e4": np.where(discharging, energy_kwh_e4, 0),
            "quality": np.zeros(rows, np.uint8),
            "discharge_quality": np.zeros(rows, np.uint8),
        }
    )


def as_meter_file(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of the long format, energies as exact decimals of a kWh."""
    energies = {
        f"{leg}_kwh": pl.col(f"{leg}_kwh_e4").cast(pl.Decimal(18, 4))
        / pl.lit(ENERGY_UNITS_PER_KWH).cast(pl.Decimal(18, 0))
        for leg in ("charge", "discharge")
    }
    return frame.select("station_id", "interval_start", **energies).cast(
        {"charge_kwh": pl.Decimal(18, 4), "discharge_kwh": pl.Decimal(18, 4)}
    )


def write(kind: str, folder: Path, stations: int, months: int) -> None:
    """The files of one kind, with settings and stations where a command is to read them."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = [f"ST-{station:04d}" for station in range(stations)]
    for number in range(1, months + 1):
        frame, stem = month_frame(stations, number), f"2025-{number:02d}"
        if kind == "readings":
            frame.cast({"station_id": pl.Enum(ids)}).write_parquet(folder / f"{stem}.parquet")
            frame.write_parquet(folder / f"{stem}-text.parquet")
        elif kind == "long":
            as_meter_file(frame).write_parquet(folder / f"{stem}.parquet")
        else:
            as_meter_file(frame).write_csv(folder / f"{stem}.csv", datetime_format="%Y-%m-%dT%H:%M:%S%:z")
    (folder / "huchu.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "stations.toml").write_text("".join(STATION.format(id=each) for each in ids), encoding="utf-8")


if __name__ == "__main__":
    write(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
