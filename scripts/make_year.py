"""Writes the sample year: an invented market price and an invented load of a city, each hour of 2026.

    python scripts/make_year.py

Both follow from one invented weather, so that they agree: heat and cold raise the load, a high load raises the price, sun lowers it at
noon, days of rest lower both. No figure is of a market or of a grid; means, peaks and shapes are what one would expect of a city like
Shanghai. Nothing but sums, products and quotients of a seeded sequence, so the same rows come out everywhere.
"""

import gzip
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

FOLDER = Path(__file__).resolve().parent.parent / "huchu" / "samples" / "year"
NAME = "prices.csv.gz"
HEAD = "interval_start,price_cny_per_mwh,load_mw\n"
YEAR, HOURS, MONTHS = 2026, 24, 12
SEED = 2026
MEAN_PRICE = 415.5
"""元/MWh, near the coal benchmark price, so that the market and the plan's prices can be compared."""
PEAK_MW = 40_550
HOTTEST = date(2026, 8, 12)
"""A Wednesday; its load at 14:00 is the peak of the year."""

NEW_YEAR, SPRING, TOMBS = {"01-01", "01-02"}, {"02-16", "02-17", "02-18", "02-19", "02-20", "02-23"}, {"04-06"}
LABOUR, SUMMER, AUTUMN = {"05-01", "05-04", "05-05"}, {"06-19", "09-25"}, {"10-01", "10-02", "10-05", "10-06", "10-07"}
DAYS_OFF = NEW_YEAR | SPRING | TOMBS | LABOUR | SUMMER | AUTUMN
"""Weekdays off."""
WEEKEND_WORKED = {"01-04", "02-14", "02-28", "05-09", "09-20", "10-10"}
SPRING_FESTIVAL = (date(2026, 2, 12), date(2026, 2, 27))
"""Factories close some days before the holiday and open some days after it."""


def figures(text: str) -> tuple[float, ...]:
    """The numbers of a text."""
    return tuple(map(float, text.split()))


MONTH_CELSIUS = (4.5, 6.0, 10.0, 15.5, 20.5, 24.5, 29.0, 28.8, 24.8, 19.2, 13.0, 6.8)
"""Mean of each month, taken in its middle and joined by straight lines."""
HOUR_CELSIUS = figures(
    "-2.4 -2.7 -3.0 -3.2 -3.4 -3.3 -2.6 -1.5 -0.2 1.1 2.2 3.0 3.6 3.9 4.0 3.7 3.1 2.2 1.2 0.4 -0.4 -1.0 -1.5 -2.0"
)
WORKDAY_LOAD = figures("68 65 63 62 62 64 69 78 89 96 98 98 95 98 100 99 98 97 95 94 91 86 79 73")
REST_LOAD = figures("69 67 65 64 64 65 67 68 74 78 80 80 79 79 80 80 80 82 85 86 83 79 73 68")
"""Load without heating and cooling, in percent of that of a workday at 14:00."""
WORKDAY_GW = 22.4
AT_WORK = figures("35 32 31 30 30 32 40 58 80 92 96 98 98 100 100 99 97 92 86 84 78 68 54 43")
"""How much of heating and cooling is on, in percent."""
COOLING_GW, COOLING_FROM_CELSIUS = 0.92, 21.0
HEATING_GW, HEATING_UNTIL_CELSIUS = 0.55, 15.0
"""GW for each degree beyond the limit."""

PRICES_MILD = figures("345 335 328 325 330 352 405 455 470 425 350 285 255 250 275 330 415 530 630 655 600 510 435 380")
PRICES_HOT = figures("372 352 338 330 328 336 362 412 470 520 535 505 430 425 445 470 515 590 675 735 725 630 520 430")
PRICES_COLD = figures("362 348 338 335 340 368 440 520 560 530 465 400 350 330 350 410 510 640 705 690 620 540 465 400")
"""An ordinary workday in spring or autumn, in the heat of summer, in the cold of winter; 元/MWh, hour by hour."""
SUN = figures("0 0 0 0 0 0 5 20 45 70 90 100 100 96 84 62 36 12 0 0 0 0 0 0")
MONTH_SUN = (55, 65, 85, 105, 110, 90, 105, 105, 90, 85, 65, 55)
"""Output of the sun, in percent of a clear day in early spring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day's weather and what kind of day it is."""

    on: date
    celsius: float
    sun: float
    drift: float
    rest: float
    """How much of a day of rest it is: 0 a workday, 1 a Sunday, above 1 a holiday."""


def between_months(table: tuple[float, ...], on: date) -> float:
    """A figure of each month's middle, on a straight line between two middles."""
    months = on.month - 1 + (on.day - 15.5) / 30.5
    first = int(months + MONTHS) - MONTHS
    return table[first % MONTHS] + (table[(first + 1) % MONTHS] - table[first % MONTHS]) * (months - first)


def rest_of(on: date) -> float:
    if f"{on:%m-%d}" in DAYS_OFF:
        return 1.5
    if SPRING_FESTIVAL[0] <= on <= SPRING_FESTIVAL[1]:
        return 1.2
    if f"{on:%m-%d}" in WEEKEND_WORKED or on.weekday() < 5:
        return 0.0
    return 0.75 if on.weekday() == 5 else 1.0


def bell(chance: Random) -> float:
    """A random figure about zero, nearly normal, of deviation one."""
    return sum(chance.random() for _ in range(12)) - 6.0


def days() -> list[Day]:
    """The days of the year; warm and cold spells last some days, and so do dear and cheap ones."""
    chance = Random(SEED)
    spell, drift, found = 0.0, 0.0, []
    on = date(YEAR, 1, 1)
    while on.year == YEAR:
        spell = 0.78 * spell + 1.45 * bell(chance)
        drift = 0.7 * drift + 26.0 * bell(chance)
        clouds = min(1.0, max(0.15, 0.72 + 0.04 * spell + 0.24 * bell(chance)))
        wave = 4.9 - 0.8 * abs((on - HOTTEST).days)
        celsius = between_months(MONTH_CELSIUS, on) + max(wave, min(3.0, max(-6.5, spell)))
        sun = clouds * between_months(MONTH_SUN, on) / 100
        found.append(Day(on=on, celsius=celsius, sun=sun, drift=drift, rest=rest_of(on)))
        on += timedelta(days=1)
    return found


def loads_gw(day: Day, chance: Random) -> list[float]:
    """Load of each hour before it is scaled to the peak, in GW."""
    rest = min(1.0, day.rest)
    shrunk = 1.0 - 0.08 * max(0.0, day.rest - 1.0) / 0.5
    found = []
    for hour in range(HOURS):
        percent = WORKDAY_LOAD[hour] * (1 - rest) + REST_LOAD[hour] * rest
        celsius = day.celsius + HOUR_CELSIUS[hour] * (0.6 + 0.5 * day.sun)
        cooling = COOLING_GW * max(0.0, celsius - COOLING_FROM_CELSIUS)
        heating = HEATING_GW * max(0.0, HEATING_UNTIL_CELSIUS - celsius)
        on = AT_WORK[hour] / 100 * (1 - 0.3 * rest)
        found.append(WORKDAY_GW * percent / 100 * shrunk + (cooling + heating) * on + 0.12 * bell(chance))
    return found


def prices(day: Day, chance: Random) -> list[float]:
    """Price of each hour before the mean is moved to where it should be, in 元/MWh."""
    hot = min(1.0, max(0.0, (day.celsius - 22.0) / 6.0))
    cold = min(1.0, max(0.0, (12.0 - day.celsius) / 7.0))
    strain = max(0.0, day.celsius - 30.0) * 95.0 + max(0.0, 2.5 - day.celsius) * 75.0
    found = []
    for hour in range(HOURS):
        mild = PRICES_MILD[hour] * (1 - hot - cold)
        level = mild + PRICES_HOT[hour] * hot + PRICES_COLD[hour] * cold
        noon = SUN[hour] / 100 * (day.sun - 0.6) * (250.0 - 90.0 * hot)
        slack = day.rest * (48.0 + SUN[hour] / 100 * day.sun * (165.0 - 70.0 * hot))
        tight = max(0.0, (level - 430.0) / 250.0) * strain * (1 - 0.5 * min(1.0, day.rest))
        found.append(level + day.drift - noon - slack + tight + 13.0 * bell(chance))
    return found


def year() -> tuple[list[float], list[int]]:
    """Price in 元/MWh with one decimal and load in whole MW, each hour of the year."""
    chance = Random(SEED + 1)
    weather = days()
    raw_mw = [each for day in weather for each in loads_gw(day, chance)]
    raw_prices = [each for day in weather for each in prices(day, chance)]
    peak_at = (HOTTEST - date(YEAR, 1, 1)).days * HOURS + 14
    raw_mw[peak_at] = max(raw_mw) + 0.05
    move = MEAN_PRICE - sum(raw_prices) / len(raw_prices)
    load_mw = [round(each / raw_mw[peak_at] * PEAK_MW) for each in raw_mw]
    return [round(each + move, 1) + 0.0 for each in raw_prices], load_mw


def text() -> str:
    """The whole file."""
    prices_of, loads_of = year()
    first = date(YEAR, 1, 1)
    rows = (
        f"{first + timedelta(days=n // HOURS)}T{n % HOURS:02d}:00:00+08:00,{price},{load}\n"
        for n, (price, load) in enumerate(zip(prices_of, loads_of, strict=True))
    )
    return HEAD + "".join(rows)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / NAME).write_bytes(gzip.compress(text().encode("utf-8"), 9, mtime=0))


if __name__ == "__main__":
    main()
