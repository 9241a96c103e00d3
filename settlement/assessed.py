"""What assessment formulas read and give: one station's assessed month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

import polars as pl

from settlement.activity import JudgedOrder
from settlement.inputs.records import AgcMonth, Incident
from tariffs.calendar import Season
from tariffs.citation import Citation
from tariffs.stations import Station
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.timegrid import Month


class AssessedUnit(Enum):
    """What an assessed quantity counts: energy priced at the coal benchmark, or cases at a fixed sum each."""

    ENERGY = "kWh"
    CASES = "times"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedMonth:
    """Everything that assessment formulas may read of one station's month; an input that was not given is nothing.

    Shape   `readings` has the columns READINGS of the month's settled intervals of `minutes` each; `plan` those of
            PLAN_POWER for this station; `seasons` gives the season of each settled day under the regulated plan;
            `year_ends` in the last month of an obligation year, and only then `yearly_shortfall_own_kwh_e4` holds the
            calls that the station itself failed, as energy: nothing where they are not known
    """

    station: Station
    month: Month
    seasons: Mapping[date, Season]
    minutes: int
    readings: pl.DataFrame
    plan: pl.DataFrame | None
    orders: tuple[JudgedOrder, ...] | None
    incidents: tuple[Incident, ...] | None
    agc: AgcMonth | None
    year_ends: bool
    yearly_shortfall_own_kwh_e4: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What one formula came to: assessed energy in 1e-4 kWh, or a number of cases at a fixed sum each.

    Shape   `formula` is the formula with the numbers in it; `price_cny_e6` is set for cases only, 1e-6 元 each;
            `quantity_e4` is in 1e-4 of its unit, rounded once, half away from zero
    """

    name: str
    unit: AssessedUnit
    quantity_e4: int
    formula: Words
    first_day: date
    last_day: date
    price_cny_e6: int | None = None
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What a formula found: assessed quantities, and what is to be known of them."""

    assessed: tuple[Assessed, ...] = ()
    findings: tuple[Finding, ...] = ()


AssessmentFigures = Mapping[str, Mapping[str, Decimal]]
"""`[assessment]` of the settings: figures by formula and key."""
