"""Made-up months of stations: rows for the oracle, and the same rows as frames and files for the product."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random

import polars as pl
from as_product import inputs_of, settings_of, station_of
from oracle import Book, Choices, Plant, Row, YearMonth, days_of

from settlement import SettleOptions, StatementSet, settle
from tariffs.stations import Station
from tariffs.vocabulary.timegrid import ZONE

MUCH_LATER = datetime(2032, 1, 1, tzinfo=ZONE)
"""The clock of the runs, so that months to come are settled too."""
UNITS = 10_000
ALWAYS = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A station to be made up."""

    name: str
    power_mw: int
    energy_mwh: int
    connected_on: date = date(2024, 1, 1)
    commissioning_until: date | None = None
    enlarged_on: date | None = None

    @property
    def plant(self) -> Plant:
        """What the oracle knows of it; an enlargement adds half of the energy."""
        kwh = Fraction(self.energy_mwh) * 1000
        enlarged = ((self.enlarged_on, kwh * 3 / 2),) if self.enlarged_on else ()
        return Plant(
            name=self.name,
            connected_on=self.connected_on,
            commissioning_until=self.commissioning_until,
            power_mw=((ALWAYS, Fraction(self.power_mw)),),
            rated_kwh=((ALWAYS, kwh), *enlarged),
        )

    @property
    def station(self) -> Station:
        """What the product knows of it."""
        return station_of(self.plant)


def month_rows(outline: Outline, month: YearMonth, minutes: int, random: Random) -> list[Row]:
    """A month with charging by night and discharge in the evening, no two days alike, some days idle."""
    slots = 24 * 60 // minutes
    limit = outline.power_mw * 1000 * UNITS * minutes // 60
    rows: list[Row] = []
    for day in days_of(month):
        charge, discharge = [0] * slots, [0] * slots
        for energies in (charge, discharge) if random.random() < 0.93 else ():
            first = random.randrange(slots)
            for slot in range(first, min(slots, first + random.randrange(1, slots // 4))):
                energies[slot] = random.randrange(limit + 1)
        if day >= outline.connected_on:
            midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the oracle reads local time
            for slot in range(slots):
                rows.append((outline.name, midnight + timedelta(minutes=minutes * slot), charge[slot], discharge[slot]))
    return rows


def kwh(units: int) -> str:
    """Energy of ten-thousandths of a kWh as a meter file writes it."""
    return f"{units // UNITS}.{units % UNITS:04d}" if units else "0"


def long_frame(rows: Sequence[Row]) -> pl.DataFrame:
    """The rows in the long meter format."""
    ordered = sorted({row[1] for row in rows if row[0] == rows[0][0]})
    minutes = min((later - earlier for earlier, later in pairwise(ordered)), default=timedelta(minutes=15))
    return pl.DataFrame(
        {
            "interval_minutes": [minutes // timedelta(minutes=1)] * len(rows),
            "station_id": [row[0] for row in rows],
            "interval_start": pl.Series([row[1] for row in rows], dtype=pl.Datetime("ms")).dt.replace_time_zone(
                "Asia/Shanghai"
            ),
            "charge_kwh": [kwh(row[2]) for row in rows],
            "discharge_kwh": [kwh(row[3]) for row in rows],
        }
    )


def settled(
    meter: object, outlines: Iterable[Outline], months: str, choices: Choices, documents: Path | None = None
) -> StatementSet:
    """The statements that the product makes."""
    stations = [outline.station for outline in outlines]
    return settle(meter, stations, months, settings_of(choices, documents), SettleOptions(now=MUCH_LATER))


def settled_book(
    book: Book, plants: Iterable[Plant], rows: Sequence[Row], documents: Path | None = None
) -> StatementSet:
    """The statements that the product makes of everything that the oracle is given."""
    stations = [station_of(plant) for plant in plants]
    options = SettleOptions(now=MUCH_LATER, inputs=inputs_of(book))
    return settle(long_frame(rows), stations, month_span(book.months), settings_of(book.choices, documents), options)


def following(month: YearMonth, count: int) -> list[YearMonth]:
    """So many months from a month on."""
    first = month[0] * 12 + month[1] - 1
    return [(number // 12, number % 12 + 1) for number in range(first, first + count)]


def month_span(months: Sequence[YearMonth]) -> str:
    """The months as the command line writes them."""
    first, last = months[0], months[-1]
    return f"{first[0]}-{first[1]:02d}..{last[0]}-{last[1]:02d}"


CITATION = """
checked_on     = 2031-01-01
confirmation   = "user"
changed        = []

[citation]
document_number = "test"
title           = "test"
issuer          = "test"
published_on    = 2024-01-01
"""


def write_documents(folder: Path, choices: Choices) -> Path:
    """A user's folder of dated network and coal prices and tax rates, as the choices have them."""
    for series, table, figures in (
        ("shanghai/network_prices", _network_table, choices.network),
        ("shanghai/coal_benchmark", _coal_table, choices.coal),
        ("national/vat", _tax_table, choices.vat[1:]),
    ):
        if not figures:
            continue
        target = folder / series
        target.mkdir(parents=True)
        for start, price in figures:
            text = f"effective_from = {start}\n{CITATION}\n{table(price)}"
            (target / f"{start}.toml").write_text(text, encoding="utf-8")
    return folder


def _network_table(price: Fraction) -> str:
    surcharge = Fraction("0.029")
    return (
        '[network]\narticle = "-"\nmeaning = "test"\n'
        f"transmission_price_cny_per_kwh = {_six_decimals(price - surcharge)}\n"
        f"surcharge_price_cny_per_kwh = {_six_decimals(surcharge)}\n"
    )


def _coal_table(price: Fraction) -> str:
    return f'[benchmark]\narticle = "-"\nmeaning = "test"\nprice_cny_per_kwh = {_six_decimals(price)}\n'


def _tax_table(rate: Fraction) -> str:
    return f'[tax]\narticle = "-"\nmeaning = "test"\nelectricity_rate_ratio = {_six_decimals(rate)}\n'


def _six_decimals(price: Fraction) -> str:
    units = price * 10**6
    return f"{units.numerator // 10**6}.{units.numerator % 10**6:06d}"
