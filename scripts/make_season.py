"""Writes the season that `huchu init --season` copies: three invented stations, June to September 2025.

    python scripts/make_season.py

Meter readings, dispatch orders, plan curve and market prices follow from one story, so that they agree: each day a station is
charged at night up to what it lacks and discharges what it holds; `STORY` says on which days it was otherwise. The files that tell the
rest of the story (stations, settings, incidents, AGC, corrections, a dated price) are written by hand in the same folder.
Every figure is made by integer arithmetic from the day's number, so the same rows come out everywhere.
"""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "huchu" / "samples" / "season"
FIRST, END = date(2025, 6, 1), date(2025, 10, 1)
MARKET_FIRST = date(2025, 9, 16)
QUARTERS = 96
TENTHS = 10
"""Energies are in tenths of a kWh."""
CHARGE_FROM, SLACK = 4, 2
"""Charging begins at 01:00; an order lasts two quarters longer than its energy needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """What the story needs to know of a station; energies of a quarter and of the store in tenths of a kWh."""

    station_id: str
    first_day: date
    quarter: int
    store: int
    round_trip_e4: int
    discharge_hours: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Twist:
    """What happens on a day that is not like the others."""

    charge_from: int | None = CHARGE_FROM
    discharge_from: int | None = None
    orders_discharge: bool = True
    outcome: str = ""
    cause: str = ""
    late_quarters: int = 0
    limit_percent: int = 100
    planned: bool = True
    cancelled: tuple[int, int, int] | None = None
    """First quarter, number of quarters and energy of a discharge order that was called off."""


PLANTS = (
    Plant(
        station_id="SH-JS-04",
        first_day=FIRST,
        quarter=25_000 * TENTHS,
        store=200_000 * TENTHS,
        round_trip_e4=8_836,
        discharge_hours=(18, 18, 19),
    ),
    Plant(
        station_id="SH-BS-05",
        first_day=FIRST,
        quarter=12_500 * TENTHS,
        store=200_000 * TENTHS,
        round_trip_e4=8_800,
        discharge_hours=(17, 18),
    ),
    Plant(
        station_id="SH-QP-06",
        first_day=date(2025, 6, 16),
        quarter=5_000 * TENTHS,
        store=40_000 * TENTHS,
        round_trip_e4=8_800,
        discharge_hours=(19, 18, 18),
    ),
)
NOTHING = Twist(charge_from=None, orders_discharge=False)
FAILED = Twist(charge_from=None, outcome="failed", cause="own", planned=False)
STORY: Mapping[tuple[str, date], Twist] = {
    # a late start of a quarter of an hour is a deviation from the plan
    ("SH-JS-04", date(2025, 6, 12)): Twist(late_quarters=1),
    ("SH-BS-05", date(2025, 6, 24)): Twist(late_quarters=1),
    ("SH-QP-06", date(2025, 7, 22)): Twist(late_quarters=1),
    # orders that the dispatch centre called off
    ("SH-JS-04", date(2025, 6, 23)): Twist(cancelled=(48, 8, 100_000 * TENTHS)),
    ("SH-QP-06", date(2025, 8, 13)): Twist(cancelled=(52, 8, 20_000 * TENTHS)),
    # the converters of JS-04 fail at 03:30 on 14 July, after charging, and are back at 18:00 on 17 July
    ("SH-JS-04", date(2025, 7, 14)): Twist(discharge_from=72, outcome="failed", cause="own"),
    ("SH-JS-04", date(2025, 7, 15)): FAILED,
    ("SH-JS-04", date(2025, 7, 16)): FAILED,
    ("SH-JS-04", date(2025, 7, 17)): Twist(charge_from=None, discharge_from=72),
    # a string of BS-05 is out for an evening: three quarters of the power is left
    ("SH-BS-05", date(2025, 7, 28)): Twist(discharge_from=72, outcome="partly_done", cause="own", limit_percent=75),
    # the line of BS-05 trips at 05:15 on 20 August and is back at 10:00 on the next day
    ("SH-BS-05", date(2025, 8, 20)): Twist(charge_from=2, discharge_from=72, outcome="failed", cause="grid"),
    ("SH-BS-05", date(2025, 8, 21)): Twist(charge_from=None, discharge_from=40),
    # the grid takes only three quarters of what QP-06 was told to give
    ("SH-QP-06", date(2025, 8, 5)): Twist(outcome="partly_done", cause="grid", limit_percent=75),
    # approved maintenance of JS-04 from 21:00 on 8 September until 21:00 on 11 September
    ("SH-JS-04", date(2025, 9, 8)): Twist(discharge_from=76),
    ("SH-JS-04", date(2025, 9, 9)): Twist(
        charge_from=None, orders_discharge=False, cancelled=(72, 10, 200_000 * TENTHS)
    ),
    ("SH-JS-04", date(2025, 9, 10)): NOTHING,
    ("SH-JS-04", date(2025, 9, 11)): Twist(charge_from=84, orders_discharge=False),
    ("SH-JS-04", date(2025, 9, 12)): Twist(charge_from=None),
}


@dataclass(slots=True, kw_only=True)
class Season:
    """The rows of one station; energies by day and quarter in tenths of a kWh."""

    charged: dict[date, list[int]] = field(default_factory=dict)
    discharged: dict[date, list[int]] = field(default_factory=dict)
    planned_charge: dict[date, list[int]] = field(default_factory=dict)
    planned_discharge: dict[date, list[int]] = field(default_factory=dict)
    orders: list[str] = field(default_factory=list)


def wobble_e4(day: date, quarter: int) -> int:
    """By how much a quarter stays below its plan, in ten-thousandths: 0.10 % to 0.79 %."""
    return 10 + (day.toordinal() * 7919 + quarter * 4051) % 70


def quarters_of(energy: int, quarter: int) -> list[int]:
    """An energy in quarters of full power, the last one takes the rest."""
    full, rest = divmod(energy, quarter)
    return [quarter] * full + ([rest] if rest else [])


def played(plant: Plant) -> Season:
    """The season of one station, day by day, from an empty store on."""
    season, stored = Season(), 0
    for number in range((END - plant.first_day).days):
        day = plant.first_day + timedelta(days=number)
        twist = STORY.get((plant.station_id, day), Twist())
        for rows in (season.charged, season.discharged, season.planned_charge, season.planned_discharge):
            rows[day] = [0] * QUARTERS
        stored += charge(plant, season, day, twist, stored)
        stored -= discharge(plant, season, day, twist, stored)
        if twist.cancelled:
            first, count, energy = twist.cancelled
            season.orders.append(order(plant, day, "discharge", (first, count), energy, "cancelled", ""))
    return season


def charge(plant: Plant, season: Season, day: date, twist: Twist, stored: int) -> int:
    """Put a night's charging into the season; what it adds to the store."""
    if twist.charge_from is None:
        return 0
    lacking = (plant.store - stored) * 10_000 // plant.round_trip_e4 // TENTHS * TENTHS
    parts = quarters_of(lacking, plant.quarter)
    for number, planned in enumerate(parts):
        at = twist.charge_from + number
        season.planned_charge[day][at] = planned
        season.charged[day][at] = planned * (10_000 - wobble_e4(day, at)) // 10_000
    span = (twist.charge_from, len(parts) + SLACK)
    season.orders.append(order(plant, day, "charge", span, lacking, "done", ""))
    return sum(season.charged[day]) * plant.round_trip_e4 // 10_000


def discharge(plant: Plant, season: Season, day: date, twist: Twist, stored: int) -> int:
    """Put a day's discharging into the season; what it takes from the store."""
    if not twist.orders_discharge:
        return 0
    hour = plant.discharge_hours[day.toordinal() % len(plant.discharge_hours)]
    first = twist.discharge_from if twist.discharge_from is not None else 4 * hour
    parts = quarters_of(plant.store, plant.quarter)
    left = 0 if twist.outcome == "failed" else stored
    for number, planned in enumerate(parts):
        if twist.planned:
            season.planned_discharge[day][first + number] = planned
        at = first + number + twist.late_quarters
        given = min(left, planned * twist.limit_percent // 100 * (10_000 - wobble_e4(day, at)) // 10_000)
        season.discharged[day][at] = given
        left -= given
    span = (first, len(parts) + SLACK)
    season.orders.append(order(plant, day, "discharge", span, plant.store, twist.outcome or "done", twist.cause))
    return sum(season.discharged[day])


def instant(day: date, quarter: int) -> str:
    at = datetime.combine(day, datetime.min.time()) + timedelta(minutes=15 * quarter)
    return f"{at.isoformat(timespec='minutes')}+08:00"


def order(plant: Plant, day: date, direction: str, span: tuple[int, int], energy: int, outcome: str, cause: str) -> str:
    """A row of orders.csv; its name tells station, day, direction and first quarter."""
    first, count = span
    name = f"{plant.station_id[3:5]}-{day:%m%d}-{direction[0].upper()}{first:02d}"
    ends = f"{instant(day, first)},{instant(day, first + count)}"
    return f"{name},{plant.station_id},{ends},{direction},{text(energy)},{outcome},{cause}"


def text(tenths: int) -> str:
    whole, part = divmod(tenths, TENTHS)
    return f"{whole}.{part}" if part else str(whole)


def meter(plant: Plant, season: Season) -> str:
    """96 points a day in each direction, kWh."""
    return points(plant, ((day, (season.charged[day], season.discharged[day])) for day in season.charged), "充电,放电")


def points(plant: Plant, days: Iterator[tuple[date, tuple[list[int], list[int]]]], names: str) -> str:
    rows = [
        f"{plant.station_id},{day},{name},{','.join(text(energy) for energy in energies)}"
        for day, both in days
        for name, energies in zip(names.split(","), both, strict=True)
    ]
    return "".join(f"{row}\n" for row in rows)


def plan(plant: Plant, season: Season) -> str:
    """96 points a day in each direction, mean kW of the quarter: four times its kWh."""
    powers = (
        (day, ([4 * each for each in charge_row], [4 * each for each in season.planned_discharge[day]]))
        for day, charge_row in season.planned_charge.items()
    )
    return points(plant, powers, "charge,discharge")


POINTS_HEAD = "station_id,date,direction," + ",".join(f"p{n:02d}" for n in range(1, QUARTERS + 1)) + "\n"
ORDERS_HEAD = "order_id,station_id,start_at,end_at,direction,energy_kwh,outcome,cause\n"
PRICES_HEAD = "interval_start,day_ahead_price_cny_per_mwh,real_time_price_cny_per_mwh\n"
NIGHT, NOON, EVENING, ELSE = 260, 180, 610, 420
"""元/MWh of the made-up market."""


def prices() -> str:
    """Day-ahead and real-time prices of each quarter of the second half of September; below zero at noon on two Sundays."""
    rows = []
    for number in range((END - MARKET_FIRST).days):
        day = MARKET_FIRST + timedelta(days=number)
        for quarter in range(QUARTERS):
            hour = quarter // 4
            level = NIGHT if hour < 6 else NOON if 10 <= hour < 15 else EVENING if 17 <= hour < 22 else ELSE
            level -= 200 if day.weekday() == 6 and 10 <= hour < 15 else 0
            step = (day.toordinal() * 7919 + hour * 577) % 61 - 30
            drift = (day.toordinal() * 104_729 + quarter * 1_299_709) % 401 - 200
            rows.append(f"{instant(day, quarter)},{level + step},{text_signed((level + step) * TENTHS + drift)}\n")
    return PRICES_HEAD + "".join(rows)


def text_signed(tenths: int) -> str:
    return text(tenths) if tenths >= 0 else "-" + text(-tenths)


def texts() -> dict[str, str]:
    """Every file that is made, by its name; those that end in .gz are packed when they are written."""
    seasons = [(plant, played(plant)) for plant in PLANTS]
    made = {
        f"meter-{plant.station_id[3:5]}{plant.station_id[6:]}.csv.gz": POINTS_HEAD + meter(plant, season)
        for plant, season in seasons
    }
    made["plan.csv.gz"] = POINTS_HEAD + "".join(plan(plant, season) for plant, season in seasons)
    rows = sorted((row for _, season in seasons for row in season.orders), key=lambda row: row.split(",")[1:3])
    made["orders.csv"] = ORDERS_HEAD + "".join(f"{row}\n" for row in rows)
    made["prices.csv.gz"] = prices()
    return made


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, content in texts().items():
        raw = content.encode("utf-8")
        (FOLDER / name).write_bytes(gzip.compress(raw, 9, mtime=0) if name.endswith(".gz") else raw)


if __name__ == "__main__":
    main()
