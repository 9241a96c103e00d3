"""The settlement worked out a second time: rows, Python integers and fractions, and the policy's own figures.

Written from the texts (沪府办发〔2024〕28号 and what goes with it) and the decisions of DECISIONS.md, not from the product:
this file and the other `oracle_*.py` import the standard library only, know no data frame, and have their own season
dates, prices, rounding and tax. Here: what is given, days and seasons, and the energy of a month by parts of alike days.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction

Row = tuple[str, datetime, int, int]
"""Station, local start of the interval, charged and discharged energy in ten-thousandths of a kWh."""
Reading = tuple[datetime, int, int]
"""A row of one station."""
YearMonth = tuple[int, int]
Dated = tuple[tuple[date, Fraction], ...]
"""A figure by the day from which it holds, in order."""

PLAN_FIRST, PLAN_LAST = date(2025, 1, 1), date(2030, 12, 31)
COAL: Dated = ((date(2017, 7, 1), Fraction("0.4155")), (date(2020, 1, 1), Fraction("0.4155")))
VAT: Dated = ((date(2019, 4, 1), Fraction(13, 100)),)
EXAMPLE_NETWORK: Dated = ((date(2025, 1, 1), Fraction("0.129")),)
UNITS = 10_000
"""Ten-thousandths in a kWh."""
PEAK, OTHER, MARKET = "peak", "other", "market"
SEASONS = (PEAK, OTHER, MARKET)
BUYING = {PEAK: Fraction(1, 2), OTHER: Fraction(9, 10)}
"""Share of the coal price at which charging is bought, in the peak seasons and outside them."""
SELLING = {PEAK: Fraction(6, 5), OTHER: Fraction(1)}

WHOLE_MONTHS = {
    "jul_aug_dec_jan": {7, 8, 12, 1},
    "jul_sep_dec_jan": {7, 8, 9, 12, 1},
    "jul_sep_dec_feb": {7, 8, 9, 12, 1, 2},
    "jun_sep_dec_feb": {6, 7, 8, 9, 12, 1, 2},
    "jun_aug_dec_feb": {6, 7, 8, 12, 1, 2},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rent:
    """A lease: power from one day up to and including another, at a yearly price; no `tax` where it is not taxed."""

    lessee: str
    new_energy: bool
    power_mw: Fraction
    first: date
    last: date
    price: Fraction
    tax: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standstill:
    """A time with less power, half open, in local time."""

    start: datetime
    end: datetime
    left_mw: Fraction
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """A station: what amounts, calls, award and assessment depend on."""

    name: str
    connected_on: date
    rated_kwh: Dated
    power_mw: Dated = ((date(2000, 1, 1), Fraction(100)),)
    commissioning_until: date | None = None
    full_call_kwh: Fraction | None = None
    round_trip: Fraction | None = None
    rents: tuple[Rent, ...] = ()
    standstills: tuple[Standstill, ...] = ()
    in_catalogue: bool = False
    award_from: date | None = None
    in_building: Fraction = Fraction(0)
    national_list_from: date | None = None

    def call_units(self, day: date) -> int:
        """Energy of one full call on a day: the rated one, or a figure of its own."""
        kwh = self.full_call_kwh if self.full_call_kwh is not None else in_force(self.rated_kwh, day)[1]
        return int(kwh * UNITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The open points of the policy as somebody decided them."""

    season: str
    year_from: tuple[int, int]
    own_ranges: tuple[tuple[str, str], ...] = ()
    returned_only: bool = False
    by_season_days: bool = True
    commissioning_settled: bool = False
    coal: Dated = COAL
    network: Dated = EXAMPLE_NETWORK
    vat: Dated = VAT
    counting: str = "equivalent_discharge"
    depth: Fraction | None = None
    hours_per_call: Fraction | None = None
    pairing_efficiency: Fraction | None = None
    mean_of_legs: bool = False
    own_call_energy: bool = False
    market_from: date | None = None
    exempt_in_market: bool = True
    by_plan: bool = True
    price_floor: Fraction | None = None
    price_cap: Fraction | None = None
    refund_prices: bool = False
    support: str = "none"
    subsidy: Fraction | None = None
    coal_capacity: Fraction | None = None
    net_load_peak_h: Fraction | None = None
    free_part: bool = False
    award_by_calendar: bool = False
    assessment: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    assess_all_days: bool = False
    taxed: Mapping[str, Fraction] = field(default_factory=dict)

    def first_day(self, plant: Plant) -> date:
        """First day whose energy is settled."""
        if plant.commissioning_until is None or self.commissioning_settled:
            return plant.connected_on
        return plant.commissioning_until + timedelta(days=1)

    def season_of(self, day: date) -> str:
        """Peak, other, or market from the switch on."""
        if self.market_from is not None and day >= self.market_from:
            return MARKET
        return PEAK if is_peak(day, self) else OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A dispatch order, in local time; what its file leaves out is nothing."""

    station: str
    name: str
    start: datetime
    end: datetime
    charges: bool
    units: int
    outcome: str | None = None
    done: int | None = None
    cause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A correction of an earlier month; `on` is nothing where the row names the month only."""

    station: str
    month: YearMonth
    on: date | None
    charges: bool
    units: int
    reason: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A recorded case: a number of cases, or hours."""

    station: str
    on: date
    kind: str
    count: int | None = None
    hours: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A month of automatic generation control: hours, the product of the three factors, the frequency ratio."""

    required_h: Fraction
    available_h: Fraction
    factors: Fraction
    frequency: Fraction


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Book:
    """Everything that is given to a run of months; prices in thousandths of 元/MWh, plans in hundredths of a kW.

    Two books are never equal, so what was worked out from one can be kept.
    """

    choices: Choices
    months: tuple[YearMonth, ...]
    minutes: int
    readings: Mapping[tuple[str, YearMonth], Sequence[Reading]]
    commands: tuple[Command, ...] | None = None
    plan: Mapping[tuple[str, datetime], tuple[int, int]] | None = None
    prices: Mapping[datetime, tuple[int, int]] = field(default_factory=dict)
    price_minutes: int = 15
    mistakes: tuple[Mistake, ...] = ()
    events: tuple[Event, ...] = ()
    controls: Mapping[tuple[str, YearMonth], Control] = field(default_factory=dict)

    def of_month(self, plant: Plant, month: YearMonth) -> list[Reading]:
        """The settled readings of a station's month, in order."""
        first = max(self.choices.first_day(plant), date(*month, 1))
        return [each for each in self.readings.get((plant.name, month), ()) if each[0].date() >= first]

    def settled_days(self, plant: Plant, month: YearMonth) -> list[date]:
        """The days of a station's month that are settled."""
        return [day for day in days_of(month) if day >= self.choices.first_day(plant)]


def book_of(rows: Iterable[Row], months: Sequence[YearMonth], minutes: int, choices: Choices) -> Book:
    """The rows with the choices and nothing beside them."""
    found: dict[tuple[str, YearMonth], list[Reading]] = {}
    for station, start, charged, discharged in rows:
        found.setdefault((station, (start.year, start.month)), []).append((start, charged, discharged))
    for readings in found.values():
        readings.sort()
    return Book(choices=choices, months=tuple(months), minutes=minutes, readings=found)


@dataclass(frozen=True, slots=True)
class Part:
    """Days of a month with one season and one set of prices, and the energy of one station on them."""

    season: str
    first: date
    days: tuple[date, ...]
    coal: Fraction
    network_from: date
    network: Fraction
    vat_from: date
    vat: Fraction
    charged: Fraction
    discharged: Fraction


def half_away(exact: Fraction, decimals: int) -> int:
    """The number in units of 10^-decimals, halves away from zero."""
    double: Fraction = abs(exact) * Fraction(10) ** decimals * 2
    whole = (double.numerator // double.denominator + 1) // 2
    return whole if exact > 0 else -whole


def fixed(exact: Fraction, decimals: int) -> str:
    """The number with so many decimals, rounded half away from zero."""
    units = half_away(exact, decimals)
    whole, rest = divmod(abs(units), 10**decimals)
    return f"{'-' if units < 0 else ''}{whole}.{rest:0{decimals}d}"


def is_peak(day: date, choices: Choices) -> bool:
    """Whether a day belongs to a peak season."""
    if choices.season == "own":
        return any(_within(day, first, last) for first, last in choices.own_ranges)
    if choices.season == "mid_jun_mid_sep_mid_dec_mid_mar":
        place = (day.month, day.day)
        return (6, 15) <= place <= (9, 15) or place >= (12, 15) or place <= (3, 15)
    return day.month in WHOLE_MONTHS[choices.season]


def _within(day: date, first: str, last: str) -> bool:
    for year in (day.year - 1, day.year):
        start = _nearest_day(year, first, forward=True)
        until = _nearest_day(year + (last < first), last, forward=False)
        if last == "02-28" and (until + timedelta(days=1)).month == 2:
            until += timedelta(days=1)
        if start <= day <= until:
            return True
    return False


def _nearest_day(year: int, label: str, *, forward: bool) -> date:
    month, day = int(label[:2]), int(label[3:])
    if (month, day) == (2, 29) and (date(year, 3, 1) - timedelta(days=1)).day == 28:
        return date(year, 3, 1) if forward else date(year, 2, 28)
    return date(year, month, day)


def in_force(figures: Dated, day: date) -> tuple[date, Fraction]:
    """The figure that holds on a day, and since when."""
    return [figure for figure in figures if figure[0] <= day][-1]


def days_of(month: YearMonth) -> Iterator[date]:
    """Every day of a month."""
    day = date(*month, 1)
    while day.month == month[1]:
        yield day
        day += timedelta(days=1)


def month_text(month: YearMonth) -> str:
    """A month as files write it."""
    return f"{month[0]}-{month[1]:02d}"


def daily_energy(readings: Iterable[Reading]) -> dict[date, tuple[int, int]]:
    """The readings of one station added up by day, in ten-thousandths of a kWh."""
    sums: dict[date, list[int]] = {}
    for start, charged, discharged in readings:
        cell = sums.setdefault(start.date(), [0, 0])
        cell[0] += charged
        cell[1] += discharged
    return {day: (charged, discharged) for day, (charged, discharged) in sums.items()}


def parts_of(plant: Plant, month: YearMonth, book: Book) -> list[Part]:
    """The settled energy of a station's month, peak season first, the market last, each by first day."""
    choices, daily = book.choices, daily_energy(book.of_month(plant, month))
    groups: dict[tuple[object, ...], list[date]] = {}
    for day in days_of(month):
        since = (in_force(figures, day)[0] for figures in (choices.coal, choices.network, choices.vat))
        groups.setdefault((choices.season_of(day), *since), []).append(day)
    parts = []
    for days in groups.values():
        settled = tuple(day for day in days if day >= choices.first_day(plant))
        if settled:
            parts.append(
                Part(
                    season=choices.season_of(days[0]),
                    first=days[0],
                    days=settled,
                    coal=in_force(choices.coal, days[0])[1],
                    network_from=in_force(choices.network, days[0])[0],
                    network=in_force(choices.network, days[0])[1],
                    vat_from=in_force(choices.vat, days[0])[0],
                    vat=in_force(choices.vat, days[0])[1],
                    charged=Fraction(sum(daily[day][0] for day in settled), UNITS),
                    discharged=Fraction(sum(daily[day][1] for day in settled), UNITS),
                )
            )
    return sorted(parts, key=lambda part: (SEASONS.index(part.season), part.first))
