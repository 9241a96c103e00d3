"""The calls once more: five counting rules, what became of orders, and who answers for what is missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

from oracle import (
    MARKET,
    PEAK,
    PLAN_FIRST,
    PLAN_LAST,
    UNITS,
    Book,
    Choices,
    Command,
    Plant,
    YearMonth,
    days_of,
    fixed,
    in_force,
    is_peak,
    month_text,
)

CALLS_A_YEAR = 210
DONE_SHARE = Fraction(98, 100)
FAILED_OWN, FAILED_GRID = "failed_own", "failed_grid"
ONE_CALL = UNITS
Tally = dict[tuple[str, int], int]
"""What a month adds, in ten-thousandths, by name and by the energy of one full call in ten-thousandths of a kWh."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """An order with what became of it; what failed is in ten-thousandths of a kWh."""

    command: Command
    outcome: str
    failed: int
    cause: str | None


@cache
def verdicts_of(plant: Plant, month: YearMonth, book: Book) -> tuple[Verdict, ...]:
    """The orders that begin on a settled day of a station's month under the regulated plan."""
    days = {day for day in book.settled_days(plant, month) if book.choices.season_of(day) != MARKET}
    readings = book.of_month(plant, month)
    found = []
    for command in book.commands or ():
        if command.station != plant.name or command.start.date() not in days:
            continue
        done = command.done
        if done is None:
            done = sum(
                charged if command.charges else discharged
                for start, charged, discharged in readings
                if command.start <= start < command.end
            )
        outcome = command.outcome
        if outcome is None:
            outcome = "done" if done >= DONE_SHARE * command.units else "partly_done" if done else "failed"
        failed = 0 if outcome in ("done", "cancelled") else max(0, command.units - done)
        found.append(
            Verdict(command=command, outcome=outcome, failed=failed, cause=_cause(command, plant, failed=failed > 0))
        )
    return tuple(found)


def _cause(command: Command, plant: Plant, *, failed: bool) -> str | None:
    if command.cause is not None or not failed:
        return command.cause
    during = {each.cause for each in plant.standstills if each.start < command.end and each.end > command.start}
    return next((cause for cause in ("own", "grid", "approved") if cause in during), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOf:
    """An obligation year of a station: its days that count, and the requirement."""

    start: date
    regulated: tuple[date, ...]
    counted: tuple[date, ...]
    required: Fraction


def years_of(plant: Plant, month: YearMonth, choices: Choices) -> list[YearOf]:
    """The obligation years that a month touches."""
    starts = {max(start for start in _year_starts(day, choices) if start <= day) for day in days_of(month)}
    found = []
    for start in sorted(starts):
        length = (date(start.year + 1, start.month, start.day) - start).days
        season = [day for day in (start + timedelta(days=n) for n in range(length)) if is_peak(day, choices)]
        regulated = [day for day in season if PLAN_FIRST <= day <= PLAN_LAST and choices.season_of(day) == PEAK]
        counted = [day for day in regulated if day >= plant.connected_on or not choices.by_season_days]
        required = Fraction(CALLS_A_YEAR * len(counted), len(season)) if season else Fraction(0)
        found.append(YearOf(start=start, regulated=tuple(regulated), counted=tuple(counted), required=required))
    return found


def _year_starts(day: date, choices: Choices) -> list[date]:
    return [date(year, *choices.year_from) for year in (day.year - 1, day.year)]


@dataclass(slots=True, kw_only=True)
class Ledger:
    """What the months of a run that are gone through add, by obligation year and month."""

    tallies: dict[tuple[date, YearMonth], Tally] = field(default_factory=dict)
    energies: dict[tuple[date, YearMonth], int] = field(default_factory=dict)
    settled: set[YearMonth] = field(default_factory=set)
    run: tuple[int, bool] = (0, False)
    """Energy of the discharge that goes on at the end of the last month, and whether it was counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a station stands at the end of a month in one obligation year; nothing where it is not known."""

    year: YearOf
    month: YearMonth
    past: int
    done_month: Fraction
    done: Fraction | None
    energy: int
    energy_to_date: int | None
    by_rating: Mapping[int, int]
    tally: Tally
    shares: tuple[Fraction, Fraction, Fraction] | None


@cache
def standings_of(plant: Plant, book: Book) -> tuple[Standing, ...]:
    """The standing of every settled month of a run, in each of the obligation years that it touches."""
    ledger, found = Ledger(), list[Standing]()
    for month in book.months:
        if not book.settled_days(plant, month):
            continue
        run = ledger.run
        for year in years_of(plant, month, book.choices):
            made = _standing(plant, month, year, book, ledger, run)
            found.append(made)
        ledger.settled.add(month)
    return tuple(found)


def _standing(
    plant: Plant, month: YearMonth, year: YearOf, book: Book, ledger: Ledger, run: tuple[int, bool]
) -> Standing:
    inside = {day for day in year.regulated if (day.year, day.month) == month}
    tally, by_rating, ledger.run = _month_tally(plant, month, inside, book, run)
    verdicts = verdicts_of(plant, month, book) if book.commands is not None else None
    counts = _counts(tally)
    if verdicts is not None:
        _add_failures(tally, inside, _measure(plant, month, book.choices), verdicts)
    if not inside:
        tally = {key: amount for key, amount in tally.items() if amount}
    ledger.tallies[year.start, month] = tally
    ledger.energies[year.start, month] = sum(by_rating.values())
    settled = [day for day in year.regulated if day >= book.choices.first_day(plant)]
    needed = {(day.year, day.month) for day in settled if (day.year, day.month) < month}
    known = needed <= ledger.settled
    months = sorted({*needed, month})
    past = sum(1 for day in year.counted if (day.year, day.month) <= month)
    done = _calls(_sum([ledger.tallies[year.start, each] for each in months]), plant, book) if known else None
    shares = None
    if done is not None and book.commands is not None and any((d.year, d.month) in months for d in year.regulated):
        due = year.required * past / len(year.counted) if year.counted else Fraction(0)
        shares = _shares(due - done, _sum([ledger.tallies[year.start, each] for each in months]))
    return Standing(
        year=year,
        month=month,
        past=past,
        done_month=_calls(counts, plant, book),
        done=done,
        energy=sum(by_rating.values()),
        energy_to_date=sum(ledger.energies[year.start, each] for each in months) if known else None,
        by_rating=by_rating,
        tally=tally,
        shares=shares,
    )


def _counts(tally: Tally) -> Tally:
    return {key: amount for key, amount in tally.items() if not key[0].startswith("open_")}


def _sum(tallies: Sequence[Tally]) -> Tally:
    total: Tally = {}
    for tally in tallies:
        for key, amount in _counts(tally).items():
            total[key] = total.get(key, 0) + amount
    return total


def _month_tally(
    plant: Plant, month: YearMonth, inside: set[date], book: Book, run: tuple[int, bool]
) -> tuple[Tally, dict[int, int], tuple[int, bool]]:
    """What a month adds by the chosen rule, its season discharge by the energy of a call, and the run that goes on."""
    choices, readings = book.choices, book.of_month(plant, month)
    references = {day: plant.call_units(day) for day in days_of(month)}
    by_rating = dict.fromkeys(references.values(), 0)
    names = {"equivalent_discharge": ("discharge",), "full_power_hours": ("discharge",)}.get(
        choices.counting, ("charge", "discharge") if choices.counting == "paired_cycles" else ()
    )
    measure = _measure(plant, month, choices)
    tally: Tally = {(name, reference): 0 for name in names for reference in measure.values()}
    for start, charged, discharged in readings:
        day = start.date()
        if day in inside:
            by_rating[references[day]] += discharged
            for name in names:
                tally[name, measure[day]] += charged if name == "charge" else discharged
    if choices.counting == "event_depth":
        tally, run = _deep_runs(plant, month, inside, book, run)
    if choices.counting == "dispatch_orders":
        tally = {("order_done", reference): 0 for reference in references.values()}
        for verdict in verdicts_of(plant, month, book):
            day, command = verdict.command.start.date(), verdict.command
            enough = command.units >= (choices.depth or 1) * references[day]
            if day in inside and not command.charges and verdict.outcome == "done" and enough:
                tally["order_done", references[day]] += ONE_CALL
    return tally, by_rating, run


def _measure(plant: Plant, month: YearMonth, choices: Choices) -> dict[date, int]:
    """Energy of one full call on each day of a month as the chosen rule counts it."""
    if choices.counting == "full_power_hours":
        return {day: _hours_units(plant, day, choices) for day in days_of(month)}
    return {day: plant.call_units(day) for day in days_of(month)}


def _hours_units(plant: Plant, day: date, choices: Choices) -> int:
    kwh, kw = in_force(plant.rated_kwh, day)[1], in_force(plant.power_mw, day)[1] * 1000
    return int(kw * (choices.hours_per_call if choices.hours_per_call is not None else kwh / kw) * UNITS)


def _deep_runs(
    plant: Plant, month: YearMonth, inside: set[date], book: Book, run: tuple[int, bool]
) -> tuple[Tally, tuple[int, bool]]:
    """Discharging that reaches its depth on a day that counts; charging ends a run, idling does not."""
    references = {day: plant.call_units(day) for day in days_of(month)}
    tally: Tally = {("event", reference): 0 for reference in references.values()}
    energy, counted = run
    for start, charged, discharged in book.of_month(plant, month):
        if charged > discharged:
            energy, counted = 0, False
        elif discharged > charged:
            depth = (book.choices.depth or 1) * references[start.date()]
            reached = energy < depth <= energy + discharged
            energy += discharged
            if reached and start.date() in inside and not counted:
                tally["event", references[start.date()]] += ONE_CALL
                counted = True
    if energy:
        tally["open_event", 0] = energy
        tally["open_counted", 0] = ONE_CALL if counted else 0
    return tally, (energy, counted)


def _add_failures(tally: Tally, inside: set[date], measure: Mapping[date, int], verdicts: Sequence[Verdict]) -> None:
    """Energy that orders of counted days failed, by the energy of one call as the rule counts it."""
    for reference in measure.values():
        for name in (FAILED_OWN, FAILED_GRID):
            tally.setdefault((name, reference), 0)
    for verdict in verdicts:
        day = verdict.command.start.date()
        if day in inside and not verdict.command.charges and verdict.cause is not None:
            name = FAILED_OWN if verdict.cause == "own" else FAILED_GRID
            tally[name, measure[day]] += verdict.failed


def _calls(tally: Tally, plant: Plant, book: Book) -> Fraction:
    """The calls of a sum of tallies, by the chosen rule."""
    choices = book.choices
    if choices.counting in ("event_depth", "dispatch_orders"):
        return Fraction(sum(amount for (name, _), amount in tally.items() if name in ("event", "order_done")), ONE_CALL)
    discharged = _full(tally, "discharge")
    if choices.counting != "paired_cycles":
        return discharged
    charged = _full(tally, "charge")
    if choices.mean_of_legs:
        return (charged + discharged) / 2
    efficiency = choices.pairing_efficiency if choices.pairing_efficiency is not None else plant.round_trip
    assert efficiency is not None
    return min(charged * efficiency, discharged)


def _full(tally: Tally, wanted: str) -> Fraction:
    parts = (Fraction(amount, reference) for (name, reference), amount in tally.items() if name == wanted)
    return sum(parts, Fraction(0))


def _shares(gap: Fraction, tally: Tally) -> tuple[Fraction, Fraction, Fraction]:
    """Missing calls: by own failures first, then the grid side's, the rest not ordered."""
    missing = max(gap, Fraction(0))
    own = min(missing, _full(tally, FAILED_OWN))
    grid = min(missing - own, _full(tally, FAILED_GRID))
    return own, grid, missing - own - grid


def own_energy_of_ended_years(plant: Plant, month: YearMonth, book: Book) -> Fraction | None:
    """Energy of the calls that a station itself failed in a year whose last day that counts lies in a month."""
    ended = [
        each
        for each in standings_of(plant, book)
        if each.month == month and each.year.counted and _month_of(each.year.counted[-1]) == month
    ]
    if not ended:
        return None
    return sum((_own_energy(each, plant, book) for each in ended), Fraction(0))


def _own_energy(ended: Standing, plant: Plant, book: Book) -> Fraction:
    """Of what the station failed in a year, the share that is part of the shortfall."""
    if not ended.shares or not ended.shares[0]:
        return Fraction(0)
    same = [each for each in standings_of(plant, book) if each.year.start == ended.year.start]
    failed = _sum([each.tally for each in same])
    energy = sum(amount for (name, _), amount in failed.items() if name == FAILED_OWN)
    return ended.shares[0] / _full(failed, FAILED_OWN) * energy


def _month_of(day: date) -> YearMonth:
    return day.year, day.month


def calls_of(plant: Plant, book: Book) -> Iterator[dict[str, str]]:
    """The rows of `calls.csv` of a station."""
    for each in standings_of(plant, book):
        left_days = len(each.year.counted) - each.past
        left = None if each.done is None else max(each.year.required - each.done, Fraction(0))
        pace = ""
        if left is not None and (left_days or not left):
            pace = fixed(left / (left_days or 1), 4)
        own, grid, rest = ("", "", "") if each.shares is None else (fixed(share, 4) for share in each.shares)
        to_date = each.energy_to_date
        yield {
            "station_id": plant.name,
            "obligation_year": each.year.start.isoformat(),
            "season_days_past": str(each.past),
            "season_days_left": str(left_days),
            "season_discharge_kwh_month": _kwh(each.energy),
            "season_discharge_kwh_to_date": "" if to_date is None else _kwh(to_date),
            "calls_month": fixed(each.done_month, 4),
            "calls_to_date": "" if each.done is None else fixed(each.done, 4),
            "calls_required": fixed(each.year.required, 4),
            "calls_left": "" if left is None else fixed(left, 4),
            "calls_per_day_needed": pace,
            "shortfall_own": own,
            "shortfall_grid": grid,
            "shortfall_not_ordered": rest,
            "month": month_text(each.month),
            "season_discharge_kwh_by_rated_kwh": ";".join(
                f"{_kwh(rated)}:{_kwh(energy)}" for rated, energy in sorted(each.by_rating.items())
            ),
            "call_tally": ";".join(
                f"{name}:{_kwh(reference)}:{_kwh(amount)}" for (name, reference), amount in sorted(each.tally.items())
            ),
        }


def _kwh(units: int) -> str:
    return fixed(Fraction(units, UNITS), 4)
