"""Energy beyond the tolerance around the plan curve, by hand and against an independent computation."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from settlement.assessed import AssessedMonth
from settlement.assessment.plan_deviation import Terms, assess
from tariffs.calendar import Season
from tariffs.stations import Change
from tariffs.vocabulary.findings import Severity
from tariffs.vocabulary.timegrid import ZONE

TERMS = Terms(factor=Decimal(1), plan_tolerance_ratio=Decimal("0.02"), power_tolerance_ratio=Decimal("0.01"))
DAY = date(2025, 7, 1)
"""100 MW: the floor of the tolerance is 1 % of 25 MWh = 250 kWh a quarter."""
ONE_DAY = {DAY: Season.PEAK}

July = Callable[..., AssessedMonth]
Frame = Callable[..., pl.DataFrame]


def quantity(month: AssessedMonth, terms: Terms = TERMS) -> int:
    (assessed,) = assess(month, terms).assessed
    return assessed.quantity_e4


@pytest.mark.parametrize(
    ("discharged_kwh", "beyond_kwh"),
    [(250, 0), (251, 1), (0, 0)],
    ids=["exactly at the tolerance", "one kWh above it", "nothing planned and nothing done"],
)
def test_a_deviation_counts_only_beyond_the_tolerance_of_power(
    july: July, readings: Frame, plan: Frame, discharged_kwh: int, beyond_kwh: int
) -> None:
    month = july(seasons=ONE_DAY, readings=readings(DAY, 15, [(0, discharged_kwh)]), plan=plan(DAY, [(0, 0)]))
    assert 10_000 * beyond_kwh == quantity(month)


@pytest.mark.parametrize("discharged_kwh", [24_000, 26_000])
def test_too_much_and_too_little_are_assessed_alike(
    july: July, readings: Frame, plan: Frame, discharged_kwh: int
) -> None:
    """Planned 100 MW x 0.25 h = 25 000 kWh, tolerance 2 % = 500 kWh, off by 1 000 kWh: 500 kWh beyond."""
    month = july(seasons=ONE_DAY, readings=readings(DAY, 15, [(0, discharged_kwh)]), plan=plan(DAY, [(0, 100_000)]))
    assert 5_000_000 == quantity(month)


@pytest.mark.parametrize("discharged_kwh", [24_500, 25_500])
def test_a_deviation_exactly_at_the_tolerance_of_the_plan_is_none(
    july: July, readings: Frame, plan: Frame, discharged_kwh: int
) -> None:
    month = july(seasons=ONE_DAY, readings=readings(DAY, 15, [(0, discharged_kwh)]), plan=plan(DAY, [(0, 100_000)]))
    assert 0 == quantity(month)


def test_charging_where_discharging_was_planned_counts_with_its_sign(july: July, readings: Frame, plan: Frame) -> None:
    """Planned +1 000 kWh (4 MW), done -1 000 kWh: 2 000 off, 250 tolerated, 1 750 kWh beyond."""
    month = july(seasons=ONE_DAY, readings=readings(DAY, 15, [(1_000, 0)]), plan=plan(DAY, [(0, 4_000)]))
    assert 17_500_000 == quantity(month)


def test_readings_of_five_minutes_are_added_up_to_quarters(july: July, readings: Frame, plan: Frame) -> None:
    """Deviations of +600, -600 and 0 kWh inside one quarter cancel."""
    pairs = [(0, 600), (600, 0), (0, 0)]
    month = july(seasons=ONE_DAY, minutes=5, readings=readings(DAY, 5, pairs), plan=plan(DAY, [(0, 0)]))
    assert 0 == quantity(month)


@pytest.mark.parametrize("minutes", [30, 60])
def test_the_plan_is_added_up_to_longer_readings(july: July, readings: Frame, plan: Frame, minutes: int) -> None:
    """At a plan of 40 MW in every second quarter the reading of its half is 40 x 0.25 x (number of such quarters) MWh."""
    quarters = [(0, 40_000), (0, 0)] * (minutes // 30)
    planned_kwh = 10_000 * (minutes // 30)
    tolerated_kwh = 1_000 * minutes // 60  # 1 % of 100 MW over the interval, above 2 % of the plan
    pairs = [(0, planned_kwh + tolerated_kwh + 7)]
    month = july(seasons=ONE_DAY, minutes=minutes, readings=readings(DAY, minutes, pairs), plan=plan(DAY, quarters))
    assert 70_000 == quantity(month)


@pytest.mark.parametrize(("cause", "beyond_kwh"), [("grid", 0), ("approved", 0), ("own", 750)])
def test_an_interval_inside_an_outage_of_others_is_exempt(
    july: July, readings: Frame, plan: Frame, outage: Callable[..., Any], cause: str, beyond_kwh: int
) -> None:
    held = outage("2025-07-01T00:10", "2025-07-01T00:12", cause)
    month = july(seasons=ONE_DAY, outage=(held,), readings=readings(DAY, 15, [(0, 0)]), plan=plan(DAY, [(0, 4_000)]))
    assert 10_000 * beyond_kwh == quantity(month)


@pytest.mark.parametrize(
    ("outcome", "cause", "beyond_kwh"),
    [("cancelled", None, 0), ("failed", "grid", 0), ("failed", "approved", 0), ("failed", "own", 750)],
)
def test_an_interval_inside_a_cancelled_order_or_one_that_others_failed_is_exempt(
    july: July,
    readings: Frame,
    plan: Frame,
    order: Callable[..., Any],
    outcome: str,
    cause: str | None,
    beyond_kwh: int,
) -> None:
    judged = order(10_000_000, outcome=outcome, cause=cause, start="2025-07-01T00:00")
    month = july(seasons=ONE_DAY, orders=(judged,), readings=readings(DAY, 15, [(0, 0)]), plan=plan(DAY, [(0, 4_000)]))
    assert 10_000 * beyond_kwh == quantity(month)


def test_an_interval_that_only_borders_on_an_outage_is_assessed(
    july: July, readings: Frame, plan: Frame, outage: Callable[..., Any]
) -> None:
    held = outage("2025-07-01T00:15", "2025-07-01T00:30", "grid")
    month = july(
        seasons=ONE_DAY,
        outage=(held,),
        readings=readings(DAY, 15, [(0, 0), (0, 0)]),
        plan=plan(DAY, [(0, 4_000), (0, 4_000)]),
    )
    assert 7_500_000 == quantity(month)


def test_days_that_are_not_settled_are_not_assessed(july: July, readings: Frame, plan: Frame) -> None:
    month = july(
        seasons={date(2025, 7, 2): Season.PEAK}, readings=readings(DAY, 15, [(0, 9_999)]), plan=plan(DAY, [(0, 0)])
    )
    assert 0 == quantity(month)


def test_the_floor_follows_an_expansion_inside_the_month(july: July, readings: Frame, plan: Frame) -> None:
    """On 2 July the station has 200 MW: 500 kWh a quarter are tolerated, the day before 250."""
    seasons = {DAY: Season.PEAK, date(2025, 7, 2): Season.PEAK}
    month = july(
        seasons=seasons,
        change=(Change(from_on=date(2025, 7, 2), power_mw=Decimal(200)),),
        readings=readings(DAY, 15, [(0, 600)] + [(0, 0)] * 95 + [(0, 600)]),
        plan=plan(DAY, [(0, 0)] * 97),
    )
    (assessed,) = assess(month, TERMS).assessed
    assert 3_500_000 + 1_000_000 == assessed.quantity_e4
    assert "100/200 MW" in assessed.formula.zh


def test_the_sum_is_rounded_once_half_away_from_zero(july: July, readings: Frame, plan: Frame) -> None:
    """Two quarters of 1 kWh beyond, times 0.000025: 2 x 10 000 x 0.000025 = 0.5 of 1e-4 kWh, so 1."""
    terms = Terms(
        factor=Decimal("0.000025"), plan_tolerance_ratio=Decimal("0.02"), power_tolerance_ratio=Decimal("0.01")
    )
    month = july(seasons=ONE_DAY, readings=readings(DAY, 15, [(0, 251), (251, 0)]), plan=plan(DAY, [(0, 0), (0, 0)]))
    assert 1 == quantity(month, terms)


def test_the_formula_shows_every_number_it_is_made_of(july: July, readings: Frame, plan: Frame) -> None:
    month = july(seasons=ONE_DAY, readings=readings(DAY, 15, [(0, 26_000)]), plan=plan(DAY, [(0, 100_000)]))
    (assessed,) = assess(month, TERMS).assessed
    assert (
        "系数 1 × Σ max(0, |实际 − 计划| − max(2% × |计划|, 1% × 100 MW × 0.25 h)) = 1 × 0.5 MWh（1 个时段超出：07-01 × 1） = 0.5 MWh"
        == assessed.formula.zh
    )


def test_without_a_plan_it_is_refused_and_the_option_is_named(july: July) -> None:
    result = assess(july(), TERMS)
    (found,) = result.findings
    assert () == result.assessed
    assert (Severity.REFUSAL, "assessment_input_missing") == (found.severity, found.code)
    assert "--plan" in found.message.en


def test_a_plan_with_a_gap_is_refused_with_the_first_interval(july: July, readings: Frame, plan: Frame) -> None:
    month = july(seasons=ONE_DAY, readings=readings(DAY, 15, [(0, 0)] * 3), plan=plan(DAY, [(0, 0)]))
    (found,) = assess(month, TERMS).findings
    assert "assessment_plan_incomplete" == found.code
    assert {"count": "2", "first": "2025-07-01 00:15"} == dict(found.evidence)
    assert datetime(2025, 7, 1, 0, 15, tzinfo=ZONE) == found.interval_start


def test_half_a_planned_hour_is_no_plan_for_the_hour(july: July, readings: Frame, plan: Frame) -> None:
    month = july(seasons=ONE_DAY, minutes=60, readings=readings(DAY, 60, [(0, 0)]), plan=plan(DAY, [(0, 0)] * 2))
    assert ["assessment_plan_incomplete"] == [found.code for found in assess(month, TERMS).findings]


@pytest.mark.parametrize("seed", range(12))
def test_random_months_agree_with_plain_fractions(july: July, readings: Frame, plan: Frame, seed: int) -> None:
    """The oracle sums dictionaries of fractions over wall-clock instants; it shares no code with the formula."""
    chance = random.Random(seed)
    minutes = chance.choice([5, 15, 30, 60])
    days = 3
    planned = [
        (chance.randrange(0, 100_000) * chance.randrange(2), chance.randrange(0, 100_000)) for _ in range(96 * days)
    ]
    energies = [(chance.randrange(0, 25_000), chance.randrange(0, 25_000)) for _ in range(24 * 60 // minutes * days)]
    terms = Terms(
        factor=Decimal(chance.randrange(0, 300)) / 100,
        plan_tolerance_ratio=Decimal(chance.randrange(0, 100)) / 1000,
        power_tolerance_ratio=Decimal(chance.randrange(0, 100)) / 1000,
    )
    month = july(
        seasons={DAY + timedelta(days=n): Season.OTHER for n in range(days)},
        minutes=minutes,
        readings=readings(DAY, minutes, energies),
        plan=plan(DAY, planned),
    )
    assert _oracle_kwh_e4(energies, planned, minutes, terms) == quantity(month, terms)


def _oracle_kwh_e4(energies: list[tuple[int, int]], planned: list[tuple[int, int]], minutes: int, terms: Terms) -> int:
    step = max(15, minutes)
    actual: dict[int, Fraction] = {}
    wanted: dict[int, Fraction] = {}
    for number, (charge, discharge) in enumerate(energies):
        place = number * minutes // step
        actual[place] = actual.get(place, Fraction(0)) + discharge - charge
    for number, (charge, discharge) in enumerate(planned):
        place = number * 15 // step
        wanted[place] = wanted.get(place, Fraction(0)) + Fraction(discharge - charge, 4)
    floor = Fraction(terms.power_tolerance_ratio) * 100_000 * step / 60
    share = Fraction(terms.plan_tolerance_ratio)
    beyond = sum(max(Fraction(0), abs(actual[n] - wanted[n]) - max(share * abs(wanted[n]), floor)) for n in actual)
    return int(beyond * Fraction(terms.factor) * 10_000 + Fraction(1, 2))
