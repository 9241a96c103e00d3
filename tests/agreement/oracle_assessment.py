"""The assessment once more: the formulas of docs/assessment.md by intervals, minutes and orders, then cap and return."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from oracle import MARKET, PEAK, UNITS, Book, Plant, YearMonth, half_away, in_force
from oracle_calls import Verdict, own_energy_of_ended_years, verdicts_of
from oracle_income import Draft, taxed

EXCUSED = ("grid", "approved")
Figures = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A station's assessed month: its settled days of the seasons (or all regulated ones), and what is known of it."""

    plant: Plant
    month: YearMonth
    book: Book
    days: tuple[date, ...]
    verdicts: Sequence[Verdict]

    def power(self, day: date) -> Fraction:
        """Rated discharge power of a day, MW."""
        return in_force(self.plant.power_mw, day)[1]

    @property
    def mean_power(self) -> Fraction:
        """Rated discharge power of the month, MW: the mean over its days."""
        return sum((self.power(day) for day in self.days), Fraction(0)) / len(self.days)

    def is_peak(self, day: date) -> bool:
        """Whether a day is assessed as one of the season."""
        return self.book.choices.season_of(day) == PEAK


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a formula came to: energy in ten-thousandths of a kWh, or cases at a sum in millionths of 元 each."""

    name: str
    units: int = 0
    cases: int = 0
    each_cny_e6: int = 0


def assessment_drafts(plant: Plant, month: YearMonth, book: Book) -> Iterator[Draft]:
    """The assessed quantities of a station's month at the coal price of its last regulated day."""
    regulated = [day for day in book.settled_days(plant, month) if book.choices.season_of(day) != MARKET]
    days = [day for day in regulated if book.choices.assess_all_days or book.choices.season_of(day) == PEAK]
    figures = book.choices.assessment
    if not days or not figures:
        return
    share = Share(plant=plant, month=month, book=book, days=tuple(days), verdicts=verdicts_of(plant, month, book))
    found = [each for name in sorted(FORMULAS) if name in figures for each in FORMULAS[name](share, figures[name])]
    found += _above(share, found, figures)
    coal = in_force(book.choices.coal, regulated[-1])[1]
    for each in found:
        price = Fraction(each.each_cny_e6, 10**6) if each.cases else coal
        quantity = Fraction(each.cases) if each.cases else Fraction(each.units, UNITS)
        draft = Draft(
            item="assessment",
            unit="times" if each.cases else "kWh",
            quantity=quantity,
            price=price,
            sum_cny=-quantity * price,
            flags={"formula": each.name},
        )
        yield taxed(draft, book)


def _above(share: Share, found: Sequence[Found], figures: Mapping[str, Figures]) -> list[Found]:
    """The relief above the month's cap, and what is returned of the rest."""
    total, made = sum(each.units for each in found), []
    if "month_cap" in figures:
        cap = figures["month_cap"]
        most = _units(share.mean_power * cap["factor"] * cap["hours"])
        if total > most:
            made.append(Found(name="month_cap", units=most - total))
            total = most
    if "returned" in figures and total and figures["returned"]["ratio"]:
        made.append(Found(name="returned", units=-half_away(figures["returned"]["ratio"] * total, 0)))
    return made


def _units(mwh: Fraction) -> int:
    return half_away(mwh * 1000 * UNITS, 0)


def _order_shortfall(share: Share, figures: Figures) -> list[Found]:
    if not any(share.is_peak(day) for day in share.days):
        return []
    failed = sum(
        each.failed
        for each in share.verdicts
        if each.cause == "own" and not each.command.charges and share.is_peak(each.command.start.date())
    )
    return [Found(name="order_shortfall", units=half_away(figures["factor"] * failed, 0))]


def _call_shortfall(share: Share, figures: Figures) -> list[Found]:
    own = own_energy_of_ended_years(share.plant, share.month, share.book)
    return [] if own is None else [Found(name="call_shortfall", units=half_away(figures["factor"] * own, 0))]


def _outage_hours(share: Share, day: date, blamed: Sequence[str], excused: Sequence[str]) -> Fraction:
    """Hours at full power that a day lost, five minutes after five minutes; outages begin and end on such edges."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the oracle reads local time
    end, rated = midnight + timedelta(days=1), share.power(day)
    lost = [
        (each.start, each.end, each.cause in blamed, 1 - each.left_mw / rated)
        for each in share.plant.standstills
        if each.start < end and each.end > midnight and each.cause in (*blamed, *excused)
    ]
    assert not any(at.minute % 5 or at.second for each in lost for at in each[:2])
    if not lost:
        return Fraction(0)
    total = Fraction(0)
    for n in range(24 * 12):
        at = midnight + timedelta(minutes=5 * n)
        running = [(own, ratio) for start, until, own, ratio in lost if start <= at < until and ratio > 0]
        if running:
            own_loss, excuse = (
                max([ratio for own, ratio in running if own is side], default=0) for side in (True, False)
            )
            total += max(Fraction(0), own_loss - excuse)
    return total / 12


def _unplanned_outage(share: Share, figures: Figures) -> list[Found]:
    hours = {day: _outage_hours(share, day, ("own",), EXCUSED) for day in share.days}
    total = sum(hours.values(), Fraction(0))
    counted = min(Fraction(1), figures["max_hours"] / total) if total else Fraction(1)
    weighted = sum(
        (hours[day] * share.power(day) * (figures["peak_factor"] if share.is_peak(day) else 1) for day in share.days),
        Fraction(0),
    )
    return [Found(name="unplanned_outage", units=_units(figures["factor"] * weighted * counted))]


def _plan_deviation(share: Share, figures: Figures) -> list[Found]:
    minutes = max(share.book.minutes, 15)
    steps: dict[datetime, int] = {}
    for start, charged, discharged in share.book.of_month(share.plant, share.month):
        since = (start.hour * 60 + start.minute) // minutes * minutes
        step = start.replace(hour=0, minute=0) + timedelta(minutes=since)
        steps[step] = steps.get(step, 0) + discharged - charged
    exempt = [(each.start, each.end) for each in share.plant.standstills if each.cause in EXCUSED]
    exempt += [
        (each.command.start, each.command.end)
        for each in share.verdicts
        if each.outcome == "cancelled" or (each.failed > 0 and each.cause in EXCUSED)
    ]
    days, total = set(share.days), Fraction(0)
    for step, actual in steps.items():
        over = step + timedelta(minutes=minutes)
        if step.date() in days and not any(start < over and step < end for start, end in exempt):
            planned = _planned(share, step, minutes)
            least = figures["power_tolerance_ratio"] * share.power(step.date()) * 1000 * UNITS * minutes / 60
            tolerated = max(figures["plan_tolerance_ratio"] * abs(planned), least)
            total += max(Fraction(0), abs(actual - planned) - tolerated)
    return [Found(name="plan_deviation", units=half_away(figures["factor"] * total, 0))]


def _planned(share: Share, step: datetime, minutes: int) -> int:
    """Net planned energy of an interval; a quarter at a hundredth of a kW is 25 ten-thousandths of a kWh."""
    quarters = [step + timedelta(minutes=n) for n in range(0, minutes, 15)]
    plan = share.book.plan or {}
    curve = [plan[share.plant.name, quarter] for quarter in quarters]
    return 25 * sum(discharge - charge for charge, discharge in curve)


def _availability(share: Share, figures: Figures) -> list[Found]:
    period = Fraction(24 * len(share.days))
    lost = sum((_outage_hours(share, day, ("own", "approved"), ("grid",)) for day in share.days), Fraction(0))
    missing = max(Fraction(0), figures["required_ratio"] - (period - lost) / period)
    return [Found(name="availability", units=_units(figures["factor"] * share.mean_power * figures["hours"] * missing))]


def _agc_availability(share: Share, figures: Figures) -> list[Found]:
    control = share.book.controls[share.plant.name, share.month]
    return _below(
        share, "agc_availability", figures, figures["required_ratio"] - control.available_h / control.required_h
    )


def _agc_performance(share: Share, figures: Figures) -> list[Found]:
    return _below(share, "agc_performance", figures, 1 - share.book.controls[share.plant.name, share.month].factors)


def _primary_frequency(share: Share, figures: Figures) -> list[Found]:
    control = share.book.controls[share.plant.name, share.month]
    return _below(share, "primary_frequency", figures, figures["required_ratio"] - control.frequency)


def _below(share: Share, name: str, figures: Figures, missing: Fraction) -> list[Found]:
    energy = figures["factor"] * share.mean_power * figures["hours"] * max(Fraction(0), missing)
    return [Found(name=name, units=_units(energy))]


def _discipline(share: Share, figures: Figures) -> list[Found]:
    days = set(share.days)
    rows = [each for each in share.book.events if each.station == share.plant.name and each.on in days]
    found = []
    for kind in sorted({each.kind for each in rows}):
        mine = [each for each in rows if each.kind == kind]
        cases, hours = (
            sum(each.count or 0 for each in mine),
            sum((each.hours or Fraction(0) for each in mine), Fraction(0)),
        )
        if f"{kind}_cny_per_case" in figures:
            each_e6 = half_away(figures[f"{kind}_cny_per_case"] * 10**6, 0)
            found.append(Found(name="discipline", cases=cases, each_cny_e6=each_e6))
        elif f"{kind}_cny_per_10_mw_month" in figures:
            owed = figures[f"{kind}_cny_per_10_mw_month"] * share.mean_power / 10
            found.append(Found(name="discipline", cases=1, each_cny_e6=half_away(owed * 10**6, 0)))
        else:
            recorded = cases * figures.get(f"{kind}_hours_per_case", Fraction(0))
            recorded += hours * figures.get(f"{kind}_hours_per_hour", Fraction(0))
            counted = min(recorded, figures.get(f"{kind}_max_hours", recorded))
            found.append(Found(name="discipline", units=_units(figures["factor"] * share.mean_power * counted)))
    return found


FORMULAS = {
    "agc_availability": _agc_availability,
    "agc_performance": _agc_performance,
    "availability": _availability,
    "call_shortfall": _call_shortfall,
    "discipline": _discipline,
    "order_shortfall": _order_shortfall,
    "plan_deviation": _plan_deviation,
    "primary_frequency": _primary_frequency,
    "unplanned_outage": _unplanned_outage,
}
