"""What an energy bill is not made of: market energy, leases, capacity support, award and corrections, once more."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from itertools import groupby

from oracle import (
    BUYING,
    MARKET,
    OTHER,
    PEAK,
    SELLING,
    UNITS,
    Book,
    Mistake,
    Part,
    Plant,
    YearMonth,
    days_of,
    fixed,
    in_force,
    is_peak,
    month_text,
)

PLAN = "沪府办发〔2024〕28号"
SETTLED, SUPPORT = "六（二）", "六（四）"
NATIONAL, NATIONAL_FROM, NO_ARTICLE = "发改价格〔2026〕114号", date(2026, 1, 30), "—"
AWARD, AWARD_FROM, AWARD_CONNECTED = "沪发改规范〔2025〕5号", date(2025, 5, 13), (date(2024, 1, 1), date(2025, 9, 1))
AWARD_RATE, BUILDING_RATE, AWARD_CAP, AWARD_YEARS = Fraction("0.35"), Fraction("0.2"), 600, 3
AWARD_LEAST_MW = 10
COAL_CAPACITY = ((date(2024, 1, 1), Fraction(100)), (date(2026, 1, 1), Fraction(165)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A line before it is rounded: `sum_cny` is what it comes to, above zero when paid to the station."""

    item: str
    quantity: Fraction
    sum_cny: Fraction
    unit: str = "kWh"
    season: str = ""
    price: Fraction | None = None
    invoice: str = ""
    payer: str = "grid"
    name: str = ""
    rate: Fraction = Fraction(0)
    document: str = PLAN
    article: str = SETTLED
    flags: Mapping[str, str] = field(default_factory=dict)


def market_drafts(plant: Plant, month: YearMonth, parts: Sequence[Part], book: Book) -> Iterator[Draft]:
    """Charging and discharged energy of the market stage, each interval of the prices by itself."""
    for part in parts:
        if part.season != MARKET:
            continue
        inside = set(part.days)
        steps: dict[datetime, list[int]] = {}
        for start, charged, discharged in book.of_month(plant, month):
            if start.date() in inside:
                cell = steps.setdefault(_step(start, book.price_minutes), [0, 0, 0])
                for n, amount in enumerate((charged, discharged, 1)):
                    cell[n] += amount
        for leg, sign in ((0, -1), (1, 1)):
            worth = [_worth(plant, step, cell[leg], leg, book) for step, cell in steps.items()]
            limited = sum(cell[2] for step, cell in steps.items() if _limited(step, book))
            yield Draft(
                item="market_energy",
                season=MARKET,
                quantity=Fraction(sum(cell[leg] for cell in steps.values()), UNITS),
                sum_cny=sign * Fraction(sum(worth), 10**10),
                invoice="sale" if leg else "purchase",
                rate=part.vat,
                flags={"leg": "discharge" if leg else "charge"}
                | ({"limited_intervals": str(limited)} if limited else {}),
            )


def _step(at: datetime, minutes: int) -> datetime:
    since = at.hour * 60 + at.minute
    return at.replace(hour=0, minute=0) + timedelta(minutes=since // minutes * minutes)


def _kept(price: int, book: Book) -> int:
    """A price in thousandths of 元/MWh, brought to the limits."""
    floor, cap = book.choices.price_floor, book.choices.price_cap
    if floor is not None:
        price = max(price, int(floor * 1000))
    return price if cap is None else min(price, int(cap * 1000))


def _limited(step: datetime, book: Book) -> bool:
    day_ahead, real_time = book.prices[step]
    used = (day_ahead, real_time) if book.choices.by_plan else (real_time,)
    return any(_kept(price, book) != price for price in used)


def _worth(plant: Plant, step: datetime, units: int, leg: int, book: Book) -> int:
    """Plan x day-ahead + (actual - plan) x real-time, in 1e-10 元."""
    day_ahead, real_time = (_kept(price, book) for price in book.prices[step])
    if not book.choices.by_plan or book.plan is None:
        return units * real_time
    quarters = [step + timedelta(minutes=minutes) for minutes in range(0, book.price_minutes, 15)]
    planned = sum(book.plan[plant.name, quarter][leg] for quarter in quarters) * UNITS // 100 // 4
    return planned * day_ahead + (units - planned) * real_time


def _vat_at_end(month: YearMonth, book: Book) -> Fraction:
    """The rate of the last day of a month, for what belongs to the month and not to a day."""
    return in_force(book.choices.vat, list(days_of(month))[-1])[1]


def lease_drafts(plant: Plant, month: YearMonth, book: Book) -> Iterator[Draft]:
    """Leased power at its yearly price: a twelfth a month, and of a part of a month by its days."""
    for rent in sorted(plant.rents, key=lambda each: (each.first, each.lessee)):
        running = [day for day in book.settled_days(plant, month) if rent.first <= day <= rent.last]
        if running:
            share = Fraction(len(running), 12 * len(list(days_of(month))))
            yield Draft(
                item="capacity_lease",
                unit="kW",
                quantity=rent.power_mw * 1000,
                price=rent.price,
                sum_cny=rent.power_mw * 1000 * rent.price * share,
                invoice="" if rent.tax is None else "sale",
                payer="lessee",
                name=rent.lessee,
                rate=rent.tax or Fraction(0),
                article=SUPPORT,
                flags={"lessee": rent.lessee} | ({"tax_not_given": "capacity_lease"} if rent.tax is None else {}),
            )


def support_drafts(plant: Plant, month: YearMonth, book: Book) -> Iterator[Draft]:
    """Capacity price or subsidy, for each run of days on which the same power has the same claim to the same price."""
    choices = book.choices
    if choices.support == "none":
        return
    length = len(list(days_of(month)))
    days = book.settled_days(plant, month)
    for claim, run in groupby(days, key=lambda day: _claim_on(plant, day, book)):
        count = len(list(run))
        if not claim.power_mw:
            continue
        kw = claim.power_mw * 1000
        draft = Draft(
            item="capacity_subsidy",
            unit="kW",
            quantity=kw,
            price=claim.price,
            sum_cny=kw * claim.price * claim.share * Fraction(count, 12 * length),
            payer="public",
            article=SUPPORT,
            flags={"claim": claim.told} if claim.told != "eligible" else {},
        )
        if choices.support == "local":
            yield taxed(draft, book)
        else:
            yield replace(
                draft,
                item="capacity_price",
                payer="grid",
                invoice="sale",
                rate=_vat_at_end(month, book),
                document=NATIONAL,
                article=NO_ARTICLE,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """What a day's claim is, the power that is paid for, its yearly price a kW, and what comes of the duration."""

    told: str = "none"
    power_mw: Fraction = Fraction(0)
    price: Fraction = Fraction(0)
    duration_h: Fraction = Fraction(0)
    share: Fraction = Fraction(1)


def _claim_on(plant: Plant, day: date, book: Book) -> _Claim:
    choices, rated = book.choices, in_force(plant.power_mw, day)[1]
    national = day >= NATIONAL_FROM and plant.national_list_from is not None and plant.national_list_from <= day
    if national is not (choices.support == "national"):
        return _Claim()
    leased = sum(
        (rent.power_mw for rent in plant.rents if rent.new_energy and rent.first <= day <= rent.last), Fraction(0)
    )
    paid = rated if not leased else (rated - leased if choices.free_part else Fraction(0))
    told = "eligible" if not leased else "partly_leased" if leased < rated else "leased"
    if choices.support == "local":
        return _Claim(told=told, power_mw=paid, price=choices.subsidy or Fraction(0))
    duration = in_force(plant.rated_kwh, day)[1] / 1000 / rated
    return _Claim(
        told=told,
        power_mw=paid,
        price=choices.coal_capacity or in_force(COAL_CAPACITY, day)[1],
        duration_h=duration,
        share=min(Fraction(1), duration / (choices.net_load_peak_h or Fraction(1))),
    )


def taxed(draft: Draft, book: Book) -> Draft:
    """The draft of an item that bears no tax unless a rate is set."""
    rate = book.choices.taxed.get(draft.item, Fraction(0))
    invoice = "" if not rate else "purchase" if draft.item == "assessment" else "sale"
    return replace(draft, rate=rate, invoice=invoice)


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardMonth:
    """Energy of a station's month in one year of its award, in ten-thousandths of a kWh; nothing where not known."""

    month: YearMonth
    year: date
    units: int
    paid: bool
    awarded: int | None
    to_date: int | None
    cap: int


@cache
def awards_of(plant: Plant, book: Book) -> tuple[AwardMonth, ...]:
    """The awarded energy of all months of a run, which begins no later than the award."""
    if not plant.in_catalogue:
        return ()
    found: list[AwardMonth] = []
    to_date: dict[date, int] = {}
    known = plant.connected_on < AWARD_CONNECTED[1]
    for month in book.months:
        by_day = daily_units(book, plant, month)
        years = _award_years(plant.award_from or plant.connected_on, by_calendar=book.choices.award_by_calendar)
        for start, end in years:
            days = [day for day in book.settled_days(plant, month) if start <= day < end and day >= AWARD_FROM]
            if not days:
                continue
            large = [day for day in days if in_force(plant.power_mw, day)[1] >= AWARD_LEAST_MW]
            paid = known and bool(large) and plant.connected_on >= AWARD_CONNECTED[0]
            days = large if paid else days
            units = sum(by_day[day] for day in days)
            cap = int(AWARD_CAP * in_force(plant.rated_kwh, days[-1])[1] * UNITS)
            awarded = max(0, min(units, cap - to_date.get(start, 0))) if paid else 0
            to_date[start] = to_date.get(start, 0) + awarded
            found.append(
                AwardMonth(
                    month=month,
                    year=start,
                    units=units,
                    paid=paid,
                    awarded=awarded if known else None,
                    to_date=to_date[start] if known else None,
                    cap=cap,
                )
            )
    return tuple(found)


def daily_units(book: Book, plant: Plant, month: YearMonth) -> dict[date, int]:
    """Discharged energy of a station's month by day."""
    sums: dict[date, int] = {}
    for start, _, discharged in book.of_month(plant, month):
        sums[start.date()] = sums.get(start.date(), 0) + discharged
    return sums


def _award_years(first: date, *, by_calendar: bool) -> Iterator[tuple[date, date]]:
    end = _anniversary(first, AWARD_YEARS)
    edges = [_anniversary(first, n) for n in range(1, AWARD_YEARS)]
    if by_calendar:
        edges = [date(first.year + n, 1, 1) for n in range(1, AWARD_YEARS + 1)]
    starts = [first, *(edge for edge in edges if first < edge < end)]
    yield from zip(starts, [*starts[1:], end], strict=True)


def _anniversary(day: date, years: int) -> date:
    """The same day some years later; the 1 March for a 29 February that is not there."""
    return date(day.year + years, day.month, 1) + timedelta(days=day.day - 1)


def award_drafts(plant: Plant, month: YearMonth, book: Book) -> Iterator[Draft]:
    """The award of a month by its rate, and the part in a building by the rate on top."""
    for each in awards_of(plant, book):
        if each.month != month or not each.paid:
            continue
        for rate in (AWARD_RATE, BUILDING_RATE * plant.in_building):
            if rate:
                draft = Draft(
                    item="discharge_award",
                    quantity=Fraction(each.awarded or 0, UNITS),
                    price=rate,
                    sum_cny=Fraction(each.awarded or 0, UNITS) * rate,
                    payer="public",
                    document=AWARD,
                    article=NO_ARTICLE,
                    flags={"award_year": each.year.isoformat()},
                )
                yield taxed(draft, book)


def award_rows(plant: Plant, book: Book) -> list[dict[str, str]]:
    """The rows of `award.csv` of a station."""
    return [
        {
            "station_id": plant.name,
            "month": month_text(each.month),
            "award_year": each.year.isoformat(),
            "discharge_kwh_month": _kwh(each.units),
            "awarded_kwh_month": _kwh(each.awarded),
            "awarded_kwh_to_date": _kwh(each.to_date),
            "award_cap_kwh": _kwh(each.cap),
        }
        for each in awards_of(plant, book)
    ]


def _kwh(units: int | None) -> str:
    return "" if units is None else fixed(Fraction(units, UNITS), 4)


def correction_drafts(plant: Plant, month: YearMonth, book: Book) -> Iterator[Draft]:
    """The differences of earlier months, in the last month of a run: what has one price and one reason is one line."""
    if month != book.months[-1]:
        return
    groups: dict[tuple[YearMonth, bool, str, Fraction, str], list[Mistake]] = {}
    for mistake in (each for each in book.mistakes if each.station == plant.name):
        season, price = _price_of(mistake, plant, month, book)
        key = (mistake.month, not mistake.charges, season, price, mistake.reason)
        groups.setdefault(key, []).append(mistake)
    for (old, sold, season, price, reason), group in sorted(groups.items()):
        energy = Fraction(sum(each.units for each in group), UNITS)
        yield Draft(
            item="adjustment",
            season=season,
            quantity=energy,
            price=price,
            sum_cny=energy * price * (1 if sold else -1),
            invoice="sale" if sold else "purchase",
            rate=_vat_at_end(month, book),
            flags={
                "leg": "discharge" if sold else "charge",
                "original_month": month_text(old),
                "price_of": "refund_month" if book.choices.refund_prices else "original_month",
                "reason": reason,
                "rows": ",".join(each.place for each in group),
            },
        )


def _price_of(mistake: Mistake, plant: Plant, month: YearMonth, book: Book) -> tuple[str, Fraction]:
    days: Iterable[date] = days_of(month)
    if not book.choices.refund_prices:
        days = [mistake.on] if mistake.on else book.settled_days(plant, mistake.month)
    shares = BUYING if mistake.charges else SELLING
    found = {}
    for day in days:
        season = PEAK if is_peak(day, book.choices) else OTHER
        found[season, in_force(book.choices.coal, day)[1] * shares[season]] = True
    ((season, price),) = found
    return season, price
