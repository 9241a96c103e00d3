"""Writes the shipped samples: three stations, May and June 2025, for `huchu demo`; one station, June, for `huchu init`.

    python scripts/make_samples.py

The meter of each station comes in another format: registers with a multiplier, 96 points a day in GBK, and long rows. The
long file has a gap of three quarters on 18 June and a spike on 9 June, and 11 May has no energy at all, so that the demo
shows findings. `signals.csv` holds
a made-up market price, its forecast of the day before and a load for every quarter of June, for `huchu dispatch`;
`sessions.csv` charging sessions of a week, for `huchu v2g`. Every figure is
made by integer arithmetic from the day's number, so the same files come out everywhere.
"""

from datetime import date, datetime, timedelta
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "huchu" / "samples"
FIRST, END = date(2025, 5, 1), date(2025, 7, 1)
QUARTERS = 96
UNITS = 10_000


def day_profile(day: date, quarter_limit: int, quarters: int, shortfall: int) -> tuple[list[int], list[int]]:
    """Charge and discharge of each quarter of a day in 1e-4 kWh: valley charging, evening discharge."""
    wobble = (day.toordinal() * 7919) % 997
    idle = day == date(2025, 5, 11)
    charge, discharge = [0] * QUARTERS, [0] * QUARTERS
    if idle:
        return charge, discharge
    for n in range(quarters):
        full = quarter_limit - (wobble + 13 * n) * UNITS // 10
        discharge[72 + n] = full - shortfall
        charge[4 + n] = full
    # what the losses cost is charged in the quarters after, an eighth of the discharge in all
    lost = sum(discharge) * 12 // 100
    for n in range(quarters, quarters + quarters // 4):
        charge[4 + n] = min(lost, quarter_limit * 9 // 10)
        lost -= charge[4 + n]
    return charge, discharge


DAY_PRICES = (
    310,
    280,
    260,
    250,
    255,
    290,
    360,
    430,
    450,
    400,
    330,
    240,
    150,
    120,
    160,
    250,
    360,
    480,
    590,
    640,
    610,
    540,
    450,
    370,
)
"""An ordinary day of the made-up market, hour by hour in 元/MWh: low at night and at noon, high in the evening."""


def signals() -> str:
    """Price, forecast and load of every quarter of June; prices below zero on two sunny Sundays."""
    rows = ["interval_start,price_cny_per_mwh,forecast_price_cny_per_mwh,load_mw"]
    for day in days():
        if day.month != 6:
            continue
        for quarter in range(QUARTERS):
            hour = quarter // 4
            wobble = (day.toordinal() * 7919 + quarter * 104729) % 181 - 90
            sunday = 190 if day.day in (15, 22) and 10 <= hour < 15 else 0
            price_e1 = DAY_PRICES[hour] * 10 + wobble - 10 * sunday + (day.day % 7) * 55
            forecast_e1 = DAY_PRICES[hour] * 10 - 10 * sunday * 2 // 3 + (day.day % 7) * 50
            load_mw = 21_000 + DAY_PRICES[hour] * 9 + wobble
            at = datetime.combine(day, datetime.min.time()) + timedelta(minutes=15 * quarter)
            cells = (
                f"{figure // 10}.{figure % 10}" if figure >= 0 else f"-{-figure // 10}.{-figure % 10}"
                for figure in (price_e1, forecast_e1)
            )
            rows.append(f"{at.isoformat()}+08:00,{','.join(cells)},{load_mw}")
    return "\n".join(rows) + "\n"


def sessions() -> str:
    """Charging sessions from 9 to 15 June: cars of workers by day, of neighbours by night, some of which can discharge."""
    rows = ["session_id,arrival_at,departure_at,energy_kwh,charge_power_kw,discharge_power_kw,spare_kwh"]
    for day in days():
        if not date(2025, 6, 9) <= day <= date(2025, 6, 15):
            continue
        midnight = datetime.combine(day, datetime.min.time())
        by_day = 16 if day.weekday() < 5 else 5
        for number in range(by_day + 10):
            wobble = (day.toordinal() * 7919 + number * 104729) % 97
            first, stay = (450, 420) if number < by_day else (1090, 690)
            arrival = midnight + timedelta(minutes=first + wobble * 3 // 2)
            departure = arrival + timedelta(minutes=stay + (wobble * 37) % 120)
            gives = number % 3 == 0
            name = f"{day:%m%d}-{number + 1:02d}"
            energy = f"{9 + wobble * 31 % 260 // 10}.{wobble % 10}"
            power = "7,7,8" if gives else "7,0,0"
            rows.append(f"{name},{arrival.isoformat()}+08:00,{departure.isoformat()}+08:00,{energy},{power}")
    return "\n".join(rows) + "\n"


def days() -> list[date]:
    return [FIRST + timedelta(days=n) for n in range((END - FIRST).days)]


def text(units: int) -> str:
    whole, part = divmod(units, UNITS)
    return f"{whole}.{part:04d}".rstrip("0").rstrip(".") if part else str(whole)


def registers() -> str:
    """临港一号, 100 MW / 200 MWh: register readings every quarter, multiplier 132,000, one roll-over."""
    multiplier, wrap = 132_000, 10_000 * UNITS
    imported, exported = 9_998 * UNITS + 1_234, 4_321 * UNITS + 5_678
    rows = ["station_id,meter_id,read_at,import_register_kwh,export_register_kwh,multiplier"]

    def row(at: datetime) -> str:
        cells = (f"{register // UNITS:04d}.{register % UNITS:04d}" for register in (imported, exported))
        return f"SH-LG-01,LG01-M1,{at.isoformat()}+08:00,{','.join(cells)},{multiplier}"

    at = datetime.combine(FIRST, datetime.min.time())
    rows.append(row(at))
    for day in days():
        charge, discharge = day_profile(day, 25_000 * UNITS, 8, 137 * UNITS)
        for quarter in range(QUARTERS):
            at += timedelta(minutes=15)
            imported = (imported + charge[quarter] // multiplier) % wrap
            exported = (exported + discharge[quarter] // multiplier) % wrap
            rows.append(row(at))
    return "\n".join(rows) + "\n"


def points(station_id: str, span: list[date], quarters: int) -> str:
    """A station of 50 MW: 96 points a day and direction, `quarters` quarters at power a day."""
    rows = ["station_id,date,direction," + ",".join(f"p{n:02d}" for n in range(1, QUARTERS + 1))]
    for day in span:
        charge, discharge = day_profile(day, 12_500 * UNITS, quarters, 55 * UNITS)
        for direction, energies in (("充电", charge), ("放电", discharge)):
            rows.append(f"{station_id},{day},{direction}," + ",".join(text(energy) for energy in energies))
    return "\n".join(rows) + "\n"


def long() -> str:
    """崇明三号, 20 MW / 40 MWh, connected on 12 May: long rows, a gap and a spike."""
    rows = ["station_id,interval_start,charge_kwh,discharge_kwh,quality"]
    for day in days():
        if day < date(2025, 5, 12):
            continue
        charge, discharge = day_profile(day, 5_000 * UNITS, 8, 21 * UNITS + 375)
        at = datetime.combine(day, datetime.min.time())
        for quarter in range(QUARTERS):
            stamp = at + timedelta(minutes=15 * quarter)
            if day == date(2025, 6, 18) and 74 <= quarter < 77:
                continue
            energy = 5_200 * UNITS if day == date(2025, 6, 9) and quarter == 75 else discharge[quarter]
            rows.append(f"CM03-E,{stamp.isoformat()}+08:00,{text(charge[quarter])},{text(energy)},measured")
    return "\n".join(rows) + "\n"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "LG01_registers.csv").write_bytes(registers().encode("utf-8"))
    (FOLDER / "FX02_96points_gbk.csv").write_bytes(points("SH-FX-02", days(), 16).encode("gb18030"))
    june = [day for day in days() if day.month == 6]
    (FOLDER / "start" / "meter.csv").write_bytes(points("MY-STATION-01", june, 8).encode("utf-8"))
    (FOLDER / "signals.csv").write_bytes(signals().encode("utf-8"))
    (FOLDER / "sessions.csv").write_bytes(sessions().encode("utf-8"))
    (FOLDER / "CM03_long.csv").write_bytes(long().encode("utf-8"))


if __name__ == "__main__":
    main()
