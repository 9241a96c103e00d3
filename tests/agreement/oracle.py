"""The settlement worked out a second time: rows, Python integers and fractions, and the policy's own figures.

Written from the texts (沪府办发〔2024〕28号 六（二） and the decisions of DECISIONS.md), not from the product: it imports
the standard library only, knows no data frame, and has its own season dates, prices, rounding and tax.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

Row = tuple[str, datetime, int, int]
"""Station, local start of the interval, charged and discharged energy in ten-thousandths of a kWh."""
Daily = Mapping[tuple[str, date], tuple[Fraction, Fraction]]
"""Charged and discharged kWh by station and day."""
YearMonth = tuple[int, int]
Dated = tuple[tuple[date, Fraction], ...]
"""A figure by the day from which it holds, in order."""

PLAN, ARTICLE = "沪府办发〔2024〕28号", "六（二）"
PLAN_FIRST, PLAN_LAST = date(2025, 1, 1), date(2030, 12, 31)
CALLS_A_YEAR = 210
TAX = Fraction(13, 100)
COAL: Dated = ((date(2017, 7, 1), Fraction("0.4155")), (date(2020, 1, 1), Fraction("0.4155")))
EXAMPLE_NETWORK: Dated = ((date(2025, 1, 1), Fraction("0.129")),)
BUYING = {True: Fraction(1, 2), False: Fraction(9, 10)}
"""Share of the coal price at which charging is bought, in the peak seasons and outside them."""
SELLING = {True: Fraction(6, 5), False: Fraction(1)}

WHOLE_MONTHS = {
    "jul_aug_dec_jan": {7, 8, 12, 1},
    "jul_sep_dec_jan": {7, 8, 9, 12, 1},
    "jul_sep_dec_feb": {7, 8, 9, 12, 1, 2},
    "jun_sep_dec_feb": {6, 7, 8, 9, 12, 1, 2},
    "jun_aug_dec_feb": {6, 7, 8, 12, 1, 2},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """A station: what the amounts and the calls depend on."""

    name: str
    connected_on: date
    rated_kwh: Dated
    commissioning_until: date | None = None


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

    def first_day(self, plant: Plant) -> date:
        """First day whose energy is settled."""
        if plant.commissioning_until is None or self.commissioning_settled:
            return plant.connected_on
        return plant.commissioning_until + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """Days of a month with one season and one set of prices, and the energy of one station on them."""

    peak: bool
    first: date
    coal: Fraction
    network_from: date
    network: Fraction
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


def price_text(price: Fraction) -> str:
    """A price with four to six decimals."""
    text = fixed(price, 6)
    while text.endswith("0") and len(text.split(".")[1]) > 4:
        text = text[:-1]
    return text


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


def daily_energy(rows: Iterable[Row]) -> Daily:
    """The rows added up by station and day."""
    sums: dict[tuple[str, date], list[int]] = {}
    for station, start, charged, discharged in rows:
        cell = sums.setdefault((station, start.date()), [0, 0])
        cell[0] += charged
        cell[1] += discharged
    return {
        key: (Fraction(charged, 10_000), Fraction(discharged, 10_000)) for key, (charged, discharged) in sums.items()
    }


def parts_of(plant: Plant, month: YearMonth, daily: Daily, choices: Choices) -> list[Part]:
    """The settled energy of a station's month, peak season first, then by first day."""
    groups: dict[tuple[bool, date, date], list[date]] = {}
    for day in days_of(month):
        key = (is_peak(day, choices), in_force(choices.coal, day)[0], in_force(choices.network, day)[0])
        groups.setdefault(key, []).append(day)
    parts = []
    for (peak, _, network_from), days in groups.items():
        settled = [day for day in days if day >= choices.first_day(plant)]
        if settled:
            energies = [daily[(plant.name, day)] for day in settled]
            parts.append(
                Part(
                    peak=peak,
                    first=days[0],
                    coal=in_force(choices.coal, days[0])[1],
                    network_from=network_from,
                    network=in_force(choices.network, days[0])[1],
                    charged=sum((charged for charged, _ in energies), Fraction(0)),
                    discharged=sum((discharged for _, discharged in energies), Fraction(0)),
                )
            )
    return sorted(parts, key=lambda part: (not part.peak, part.first))


def exempt_of(parts: Sequence[Part], choices: Choices) -> list[Fraction]:
    """The exempt charging energy of each part; shared by charging, what is left over by largest remainder."""
    if not choices.returned_only:
        return [part.charged for part in parts]
    charged, discharged = sum(part.charged for part in parts), sum(part.discharged for part in parts)
    units = int(min(charged, discharged) * 10_000)
    if not units:
        return [Fraction(0) for _ in parts]
    exact = [units * part.charged / charged for part in parts]
    shares = [share.numerator // share.denominator for share in exact]
    short = units - sum(shares)
    for n in sorted(range(len(parts)), key=lambda n: (shares[n] - exact[n], n))[:short]:
        shares[n] += 1
    return [Fraction(share, 10_000) for share in shares]


def lines_of(plant: Plant, month: YearMonth, daily: Daily, choices: Choices) -> list[dict[str, str]]:
    """The lines of a station's month as `lines.csv` has them, without flags but with the exempted amount."""
    if choices.first_day(plant) > list(days_of(month))[-1]:
        return []
    parts = parts_of(plant, month, daily, choices)
    exempt = exempt_of(parts, choices)
    drafts: list[tuple[str, str, Fraction, Fraction, int, str]] = []
    for part in parts:
        drafts.append(("charge_energy", _season(part), part.charged, part.coal * BUYING[part.peak], -1, "purchase"))
    for part in parts:
        drafts.append(("discharge_energy", _season(part), part.discharged, part.coal * SELLING[part.peak], 1, "sale"))
    by_network: dict[date, tuple[Fraction, Fraction, Fraction]] = {}
    for part, free in sorted(zip(parts, exempt, strict=True), key=lambda pair: pair[0].first):
        _, before, liable = by_network.get(part.network_from, (part.network, Fraction(0), Fraction(0)))
        by_network[part.network_from] = (part.network, before + free, liable + part.charged - free)
    for price, free, _ in by_network.values():
        drafts.append(("exempted_charges", "", free, price, 0, ""))
    for price, _, liable in by_network.values():
        if liable:
            drafts.append(("network_charges", "", liable, price, -1, "purchase"))
    return _with_tax(plant.name, month, drafts)


def _season(part: Part) -> str:
    return "peak" if part.peak else "other"


def _with_tax(
    station: str, month: YearMonth, drafts: Sequence[tuple[str, str, Fraction, Fraction, int, str]]
) -> list[dict[str, str]]:
    amounts = [sign * half_away(quantity * price, 2) for _, _, quantity, price, sign, _ in drafts]
    nets = list(amounts)
    for invoice in ("purchase", "sale"):
        members = [n for n, draft in enumerate(drafts) if draft[5] == invoice]
        if members:
            whole = half_away(Fraction(sum(amounts[n] for n in members)) / (1 + TAX), 0)
            for n in members[:-1]:
                nets[n] = half_away(Fraction(amounts[n]) / (1 + TAX), 0)
            nets[members[-1]] = whole - sum(nets[n] for n in members[:-1])
    return [
        {
            "station_id": station,
            "month": f"{month[0]}-{month[1]:02d}",
            "line_no": str(n + 1),
            "item": item,
            "season": season,
            "quantity": fixed(quantity, 4),
            "quantity_unit": "kWh",
            "price_cny_per_unit": price_text(price),
            "amount_cny": fixed(Fraction(amounts[n], 100), 2),
            "amount_excl_tax_cny": fixed(Fraction(nets[n], 100), 2),
            "tax_cny": fixed(Fraction(amounts[n] - nets[n], 100), 2),
            "settled_with": "grid",
            "document": PLAN,
            "article": ARTICLE,
            "exempted_cny": fixed(quantity * price, 2) if sign == 0 else "",
        }
        for n, (item, season, quantity, price, sign, _) in enumerate(drafts)
    ]


def obligation_years(month: YearMonth, choices: Choices) -> list[tuple[date, date]]:
    """First day and end of every obligation year that a month touches."""
    starts = {max(start for start in _year_starts(day, choices) if start <= day) for day in days_of(month)}
    return [(start, date(start.year + 1, start.month, start.day)) for start in sorted(starts)]


def _year_starts(day: date, choices: Choices) -> list[date]:
    return [date(year, *choices.year_from) for year in (day.year - 1, day.year)]


def calls_of(
    plant: Plant, month: YearMonth, settled: Sequence[YearMonth], daily: Daily, choices: Choices
) -> list[dict[str, str]]:
    """The rows of `calls.csv` of a station's month; `settled` are the earlier months with a statement."""
    if choices.first_day(plant) > list(days_of(month))[-1]:
        return []
    rows = []
    for start, end in obligation_years(month, choices):
        season = [start + timedelta(days=n) for n in range((end - start).days)]
        season = [day for day in season if is_peak(day, choices)]
        covered = [day for day in season if PLAN_FIRST <= day <= PLAN_LAST]
        counted = [day for day in covered if day >= plant.connected_on or not choices.by_season_days]
        past = sum(1 for day in counted if (day.year, day.month) <= month)
        required = Fraction(CALLS_A_YEAR * len(counted), len(season)) if season else Fraction(0)
        counting = [day for day in covered if day >= choices.first_day(plant)]
        needed = {(day.year, day.month) for day in counting if (day.year, day.month) < month}
        now = _season_energy(plant, month, counting, daily)
        to_date = None
        if needed <= set(settled):
            to_date = [*now]
            for earlier in sorted(needed):
                to_date.extend(_season_energy(plant, earlier, counting, daily))
        rows.append(_calls_row(plant, month, start, (past, len(counted) - past), required, now, to_date))
    return rows


def _season_energy(
    plant: Plant, month: YearMonth, counting: Sequence[date], daily: Daily
) -> list[tuple[Fraction, Fraction]]:
    """Rated energy and discharged energy, for each rating that is in force in the month."""
    inside = set(counting)
    energies: dict[Fraction, Fraction] = {}
    for day in days_of(month):
        rated = in_force(plant.rated_kwh, day)[1]
        energy = daily.get((plant.name, day), (Fraction(0), Fraction(0)))[1] if day in inside else Fraction(0)
        energies[rated] = energies.get(rated, Fraction(0)) + energy
    return sorted(energies.items())


def _calls_row(
    plant: Plant,
    month: YearMonth,
    start: date,
    days: tuple[int, int],
    required: Fraction,
    now: Sequence[tuple[Fraction, Fraction]],
    to_date: Sequence[tuple[Fraction, Fraction]] | None,
) -> dict[str, str]:
    past, left_days = days
    done = None if to_date is None else sum((energy / rated for rated, energy in to_date), Fraction(0))
    left = None if done is None else max(required - done, Fraction(0))
    pace = ""
    if left is not None and (left_days or not left):
        pace = fixed(left / (left_days or 1), 4)
    return {
        "station_id": plant.name,
        "obligation_year": start.isoformat(),
        "season_days_past": str(past),
        "season_days_left": str(left_days),
        "season_discharge_kwh_month": fixed(sum((energy for _, energy in now), Fraction(0)), 4),
        "season_discharge_kwh_to_date": "" if to_date is None else fixed(sum((e for _, e in to_date), Fraction(0)), 4),
        "calls_month": fixed(sum((energy / rated for rated, energy in now), Fraction(0)), 4),
        "calls_to_date": "" if done is None else fixed(done, 4),
        "calls_required": fixed(required, 4),
        "calls_left": "" if left is None else fixed(left, 4),
        "calls_per_day_needed": pace,
        "shortfall_own": "",
        "shortfall_grid": "",
        "shortfall_not_ordered": "",
        "month": f"{month[0]}-{month[1]:02d}",
        "season_discharge_kwh_by_rated_kwh": ";".join(f"{fixed(rated, 4)}:{fixed(energy, 4)}" for rated, energy in now),
    }
