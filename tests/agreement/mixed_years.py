"""Made-up runs with everything mixed: stations, orders, plans, prices, corrections, incidents, each from one seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random

from oracle import (
    COAL,
    MARKET,
    UNITS,
    VAT,
    Book,
    Choices,
    Command,
    Control,
    Dated,
    Event,
    Mistake,
    Plant,
    Rent,
    Row,
    Standstill,
    YearMonth,
    book_of,
    days_of,
    in_force,
)
from station_months import ALWAYS, following, month_span

NETWORK: Dated = ((date(2025, 1, 1), Fraction("0.1234")), (date(2026, 4, 20), Fraction("0.131717")))
COALS: Dated = (*COAL, (date(2026, 5, 11), Fraction("0.4322")))
TAXES: Dated = (*VAT, (date(2026, 2, 10), Fraction("0.11")), (date(2026, 6, 23), Fraction("0.09")))
CAUSES = ("own", "own", "grid", "approved")
OUTCOMES = (None, None, "done", "partly_done", "failed", "cancelled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """A run to be made up: its months, the length of its intervals, its choices."""

    seed: int
    first: YearMonth
    count: int
    minutes: int
    choices: Choices
    outages_a_month: int = 6

    def __str__(self) -> str:
        market = f", market from {self.choices.market_from}" if self.choices.market_from else ""
        return f"seed {self.seed}: {self.choices.counting} {month_span(self.months)} {self.minutes} min{market}"

    @property
    def months(self) -> list[YearMonth]:
        return following(self.first, self.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A made-up run: what the oracle is given, and the rows that the product is given."""

    book: Book
    plants: tuple[Plant, ...]
    rows: tuple[Row, ...]


def made_up(mix: Mix) -> Made:
    """The run of a mix; the same mix gives the same run."""
    random = Random(mix.seed)
    plants = tuple(_plants(mix, random))
    rows = tuple(row for plant in plants for month in mix.months for row in _rows(plant, month, mix.minutes, random))
    book = book_of(rows, mix.months, mix.minutes, mix.choices)
    price_minutes = max(mix.minutes, random.choice((15, 30, 60)))
    days = [day for month in mix.months for day in days_of(month)]
    book = replace(
        book,
        commands=tuple(_commands(plants, mix, random)) if mix.seed % 5 or _needs_orders(mix.choices) else None,
        plan=dict(_plan(plants, book, mix, random)),
        prices=dict(_prices(days, price_minutes, random)) if mix.choices.market_from else {},
        price_minutes=price_minutes,
        events=tuple(_events(plants, days, random)),
        controls={(plant.name, month): _control(random) for plant in plants for month in mix.months},
    )
    return Made(book=replace(book, mistakes=tuple(_mistakes(plants, book, random))), plants=plants, rows=rows)


def _needs_orders(choices: Choices) -> bool:
    return choices.counting == "dispatch_orders" or bool(
        {"order_shortfall", "call_shortfall"} & set(choices.assessment)
    )


def _thousandths(random: Random, most: int) -> Fraction:
    return Fraction(random.randrange(1, most * 1000), 1000)


def _plants(mix: Mix, random: Random) -> Iterator[Plant]:
    first, second = date(*mix.months[0], 1), date(*mix.months[1], 1)
    later = date(*mix.months[mix.count // 2], random.randrange(2, 28))
    plants = (
        Plant(name="A", connected_on=date(2024, 3, 5), rated_kwh=((ALWAYS, Fraction(60_000)),)),
        Plant(
            name="B",
            connected_on=second + timedelta(days=random.randrange(25)),
            power_mw=((ALWAYS, Fraction(20)), (later, Fraction("33.3"))),
            rated_kwh=((ALWAYS, Fraction(50_000)), (later, Fraction(75_500))),
        ),
        Plant(
            name="C",
            connected_on=first + timedelta(days=random.randrange(5)),
            commissioning_until=first + timedelta(days=random.randrange(5, 25)),
            power_mw=((ALWAYS, Fraction("10.5")),),
            rated_kwh=((ALWAYS, Fraction(42_000)),),
        ),
    )
    for plant in plants:
        yield replace(
            plant,
            full_call_kwh=Fraction(random.randrange(20_000, 60_000)) if mix.choices.own_call_energy else None,
            round_trip=Fraction(random.randrange(80, 95), 100),
            rents=tuple(_rents(plant, mix, random)),
            standstills=tuple(_standstills(plant, mix, random)),
            in_catalogue=plant.name != "C",
            award_from=first + timedelta(days=random.randrange(50)) if plant.name == "A" else None,
            in_building=Fraction(random.randrange(4), 4),
            national_list_from=random.choice((None, ALWAYS, first + timedelta(days=random.randrange(80)))),
        )


def _rents(plant: Plant, mix: Mix, random: Random) -> Iterator[Rent]:
    """Up to four leases that may overlap, or one of the whole station."""
    first, length = date(*mix.months[0], 1), 31 * mix.count
    power = plant.power_mw[0][1]
    if random.random() < 0.4:
        start = first + timedelta(days=random.randrange(length // 2))
        yield Rent(
            lessee="whole",
            new_energy=True,
            power_mw=power,
            first=start,
            last=start + timedelta(days=random.randrange(40)),
            price=_thousandths(random, 400),
        )
        return
    for n in range(random.randrange(4)):
        start = first + timedelta(days=random.randrange(-40, length))
        yield Rent(
            lessee=f"lessee {n}",
            new_energy=random.random() < 0.5,
            power_mw=power
            * random.choice((Fraction(1, 4), Fraction(1, 5), Fraction(1, 3) if power == 30 else Fraction(1, 4))),
            first=start,
            last=start + timedelta(days=random.randrange(1, 200)),
            price=_thousandths(random, 400),
            tax=random.choice((None, Fraction("0.06"), Fraction("0.13"))),
        )
    if random.random() < 0.3:
        start = first + timedelta(days=random.randrange(length))
        yield Rent(
            lessee="quarter",
            new_energy=True,
            power_mw=power / 4,
            first=start,
            last=start + timedelta(days=20),
            price=Fraction(0),
        )


def _standstills(plant: Plant, mix: Mix, random: Random) -> Iterator[Standstill]:
    for _ in range(mix.count * mix.outages_a_month):
        day = random.choice(list(days_of(random.choice(mix.months))))
        start = _midnight(day) + timedelta(minutes=5 * random.randrange(288))
        yield Standstill(
            start=start,
            end=start + timedelta(minutes=5 * random.randrange(1, 600)),
            left_mw=random.choice((Fraction(0), plant.power_mw[0][1] / 2, plant.power_mw[0][1])),
            cause=random.choice(CAUSES),
        )


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the oracle reads local time


def _rows(plant: Plant, month: YearMonth, minutes: int, random: Random) -> Iterator[Row]:
    """One run of charging and one of discharging on most days, on some both at once, at a month's edge often no charging."""
    slots = 24 * 60 // minutes
    for day in days_of(month):
        energies = [[0] * slots, [0] * slots]
        limit = int(in_force(plant.power_mw, day)[1] * 1000 * UNITS * minutes / 60)
        at_edge = day.day == 1 or (day + timedelta(days=1)).day == 1
        legs = energies[1:] if at_edge and random.random() < 0.7 else energies
        for leg in legs if random.random() < 0.9 else ():
            first = random.randrange(slots)
            for slot in range(first, min(slots, first + random.randrange(1, slots // 4))):
                leg[slot] = random.randrange(limit + 1)
        if day >= plant.connected_on:
            for slot in range(slots):
                start = _midnight(day) + timedelta(minutes=minutes * slot)
                yield plant.name, start, energies[0][slot], energies[1][slot]


def _commands(plants: Sequence[Plant], mix: Mix, random: Random) -> Iterator[Command]:
    days = [day for month in mix.months for day in days_of(month)]
    for plant in plants:
        for n, day in enumerate(day for day in days if random.random() < 0.4):
            length = random.randrange(1, 48)
            start = _midnight(day) + timedelta(minutes=5 * random.randrange(288 - length))
            most = int(in_force(plant.power_mw, day)[1] * 1000 * UNITS * 5 * length / 60)
            units = max(1, random.randrange(most // 4, most))
            if random.random() < 0.3:
                units = plant.call_units(day)
            outcome = random.choice(OUTCOMES)
            yield Command(
                station=plant.name,
                name=f"{plant.name}-{n}",
                start=start,
                end=start + timedelta(minutes=5 * length),
                charges=random.random() < 0.2,
                units=units,
                outcome=outcome,
                done=random.choice((None, random.randrange(units + 1), units * 98 // 100, units)),
                cause=None if outcome == "done" else random.choice((None, *CAUSES)),
            )


def _plan(
    plants: Sequence[Plant], book: Book, mix: Mix, random: Random
) -> Iterator[tuple[tuple[str, datetime], tuple[int, int]]]:
    """The curve of every quarter: near what happened, or something else; hundredths of a kW."""
    quarters = max(1, mix.minutes // 15)
    for plant in plants:
        for month in mix.months:
            for start, charged, discharged in book.readings.get((plant.name, month), ()):
                if start.minute % 15:
                    continue
                for n in range(quarters):
                    near = random.random() < 0.8
                    powers = [
                        (units * 4 // quarters // 100) if near else random.randrange(10**6)
                        for units in (charged, discharged)
                    ]
                    yield (plant.name, start + timedelta(minutes=15 * n)), (powers[0], powers[1])


def _prices(days: Sequence[date], minutes: int, random: Random) -> Iterator[tuple[datetime, tuple[int, int]]]:
    for day in days:
        for n in range(24 * 60 // minutes):
            pair = random.randrange(-200_000, 1_500_000), random.randrange(-200_000, 1_500_000)
            yield _midnight(day) + timedelta(minutes=minutes * n), pair


def _events(plants: Sequence[Plant], days: Sequence[date], random: Random) -> Iterator[Event]:
    for plant in plants:
        for day in random.sample(days, len(days) // 12):
            kind = random.choice(("late", "link", "remote", "trip"))
            if kind == "link":
                yield Event(station=plant.name, on=day, kind=kind, hours=_thousandths(random, 20))
            else:
                yield Event(station=plant.name, on=day, kind=kind, count=random.randrange(1, 4))


def _control(random: Random) -> Control:
    return Control(
        required_h=Fraction(random.choice((500, 625, 640))),
        available_h=Fraction(random.randrange(450, 500)),
        factors=Fraction(random.randrange(700, 1100), 1000),
        frequency=Fraction(random.randrange(400, 900), 1000),
    )


def _mistakes(plants: Sequence[Plant], book: Book, random: Random) -> Iterator[Mistake]:
    """Corrections of earlier months: of days, and of whole months where these have one price."""
    choices = book.choices
    if choices.refund_prices and not _one_price(list(days_of(book.months[-1])), choices):
        return
    row = 1
    for plant in plants:
        for month in book.months[:-1]:
            settled = book.settled_days(plant, month)
            days = [day for day in settled if choices.season_of(day) != MARKET]
            if not days:
                continue
            for _ in range(random.randrange(5)):
                row += 1
                regulated = MARKET not in {choices.season_of(day) for day in days_of(month)}
                whole = random.random() < 0.4 and (choices.refund_prices or (regulated and _one_price(days, choices)))
                yield Mistake(
                    station=plant.name,
                    month=month,
                    on=None if whole else random.choice(days),
                    charges=random.random() < 0.5,
                    units=random.randrange(1, 10**8) * random.choice((1, -1)),
                    reason=random.choice(("倍率更正", "换表")),
                    place=f"adjust.csv:{row}",
                )


def _one_price(days: Sequence[date], choices: Choices) -> bool:
    found = {(choices.season_of(day), in_force(choices.coal, day)) for day in days}
    return len(found) == 1 and MARKET not in {season for season, _ in found}
