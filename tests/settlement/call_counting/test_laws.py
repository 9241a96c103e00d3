"""Laws of the counting rules: months can be split, told as text and added up, and nothing changes."""

import inspect
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from itertools import pairwise
from typing import Any

import pytest
from activities import MadeUp, Rated, e4, energies_of, judged
from hypothesis import given, settings
from hypothesis import strategies as st

from settlement.activity import CountingTerms
from settlement.call_counting import counting_terms, round_trip_ratio
from settlement.call_counting import event_depth as deep
from settlement.call_counting import paired_cycles as paired
from settlement.tally import Tally, added, tally_of_text, tally_text
from tariffs.settings import CallCounting, PairedCyclesForm, Settings
from tariffs.stations import Station
from tariffs.vocabulary.timegrid import ZONE

RULES = [rule.value for rule in CallCounting]
FIRST, END = date(2025, 5, 29), date(2025, 6, 4)
"""Six days around the beginning of the season."""
TERMS = CountingTerms(event_depth_ratio=Decimal("0.6"), pairing_efficiency_ratio=Decimal("0.8836"))
LINEAR = ("equivalent_discharge", "full_power_hours")
slots = st.integers(min_value=0, max_value=6 * 96 - 1)
legs = st.tuples(st.integers(0, 25_000), st.integers(0, 25_000)).map(lambda pair: (e4(pair[0]), e4(pair[1])))
runs = st.lists(st.tuples(slots, st.integers(1, 12), legs), max_size=8)


def station_of(drawn: list[tuple[int, int, tuple[int, int]]]) -> MadeUp:
    """Runs of equal quarters, and an order at the start of each."""
    start = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=ZONE)
    energies = {
        start + timedelta(minutes=15) * slot: both
        for first, length, both in drawn
        for slot in range(first, min(first + length, 6 * 96))
    }
    orders = [
        judged((start + timedelta(minutes=15) * first).replace(tzinfo=None).isoformat(), length * 20_000)
        for first, length, _ in drawn
    ]
    ratings = (Rated(from_on=date(2000, 1, 1)), Rated(from_on=date(2025, 6, 3), reference_kwh_e4=e4(150_000)))
    return MadeUp(energies=energies, ratings=ratings, orders=tuple(orders))


def counted(rule: str, station: MadeUp, edges: list[date]) -> Fraction:
    """Calls of the whole, tallied part by part, each tally told as text and read again as later runs do."""
    leaf = import_module(f"settlement.call_counting.{rule}")
    tallies: list[Tally] = []
    for first, end in pairwise(edges):
        told = tally_text(leaf.tally(station.activity(first, end, tallies[-1] if tallies else None), TERMS))
        read = tally_of_text(told)
        assert read is not None
        tallies.append(read)
    calls: Fraction = leaf.calls(added(tallies), TERMS)
    return calls


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=25, deadline=None)
@given(drawn=runs, cut=st.integers(1, 5))
def test_a_span_split_at_any_midnight_has_as_many_calls(
    rule: str, drawn: list[tuple[int, int, tuple[int, int]]], cut: int
) -> None:
    station = station_of(drawn)
    edges = [FIRST, FIRST + timedelta(days=cut), END]
    assert counted(rule, station, [FIRST, END]) == counted(rule, station, edges)


@pytest.mark.parametrize("rule", LINEAR)
@settings(max_examples=25, deadline=None)
@given(drawn=runs)
def test_twice_the_discharge_is_twice_the_calls(rule: str, drawn: list[tuple[int, int, tuple[int, int]]]) -> None:
    station = station_of(drawn)
    doubled = MadeUp(
        energies={at: (charge, 2 * discharge) for at, (charge, discharge) in station.energies.items()},
        ratings=station.ratings,
    )
    assert 2 * counted(rule, station, [FIRST, END]) == counted(rule, doubled, [FIRST, END])


@settings(max_examples=25, deadline=None)
@given(drawn=runs)
def test_paired_cycles_are_never_more_than_equivalent_discharges(
    drawn: list[tuple[int, int, tuple[int, int]]],
) -> None:
    station = station_of(drawn)
    assert counted("paired_cycles", station, [FIRST, END]) <= counted("equivalent_discharge", station, [FIRST, END])


@settings(max_examples=40, deadline=None)
@given(drawn=runs)
def test_deep_discharges_are_those_of_a_plain_walk_over_all_quarters(
    drawn: list[tuple[int, int, tuple[int, int]]],
) -> None:
    """The walk keeps lists of runs and looks for the depth afterwards: another way than the rule's."""
    station = MadeUp(energies=station_of(drawn).energies)
    found: list[list[tuple[datetime, int]]] = [[]]
    for at, (charge, discharge) in sorted(station.energies.items()):
        if charge > discharge:
            found.append([])
        elif discharge > charge:
            found[-1].append((at, discharge))
    deep_enough = 0
    for run in found:
        total = 0
        for at, discharge in run:
            total += discharge
            if total * 10 >= 6 * e4(200_000):
                deep_enough += at.date() >= date(2025, 6, 1)
                break
    assert Fraction(deep_enough) == counted("event_depth", station, [FIRST, END])


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_the_one_shape(rule: str) -> None:
    leaf: Any = import_module(f"settlement.call_counting.{rule}")
    assert ["activity", "terms"] == list(inspect.signature(leaf.tally).parameters)
    assert ["tally", "terms"] == list(inspect.signature(leaf.calls).parameters)
    named = {
        each for each in ("spans", "readings", "orders", "before") if f"activity.{each}" in inspect.getsource(leaf)
    }
    assert named == set(leaf.READS)


def test_a_run_that_goes_on_is_told_at_the_months_end_and_not_added_up() -> None:
    energies = energies_of([{"from": "2025-06-30T23:30", "quarters": 2, "discharge_kwh": "25000"}])
    tally = deep.tally(MadeUp(energies=energies).activity(date(2025, 6, 1), date(2025, 7, 1)), TERMS)
    assert "event:200000.0000:0.0000;open_counted:0.0000:0.0000;open_event:0.0000:50000.0000" == tally_text(tally)
    assert {("event", e4(200_000)): 0} == added([tally])


def test_without_the_month_before_a_run_starts_anew() -> None:
    energies = energies_of([{"from": "2025-06-30T23:00", "quarters": 8, "discharge_kwh": "25000"}])
    july = MadeUp(energies=energies).activity(date(2025, 7, 1), date(2025, 8, 1), before=None)
    # 100 of the 200 MWh lie in July, which is less than 0.6 x 200 MWh
    assert 0 == deep.calls(deep.tally(july, TERMS), TERMS)


def test_the_efficiency_of_a_pair_is_the_settings_and_else_the_stations() -> None:
    chosen = {"season_calendar": "jun_sep_dec_feb", "obligation_year_from": "06-01"}
    plain = Settings(**chosen, call_counting=CallCounting.PAIRED_CYCLES)  # type: ignore[arg-type]
    rated = {"id": "S", "name": "站", "power_mw": Decimal(100), "energy_mwh": Decimal(200)}
    station = Station(
        **rated,  # type: ignore[arg-type]
        grid_connected_on=date(2025, 6, 1),
        charge_efficiency=Decimal("0.94"),
        discharge_efficiency=Decimal("0.94"),
    )
    assert Decimal("0.8836") == counting_terms(plain, station).pairing_efficiency_ratio
    given_ratio = Settings(
        **chosen,  # type: ignore[arg-type]
        call_counting=CallCounting.PAIRED_CYCLES,
        pairing_efficiency_ratio=Decimal("0.85"),
        paired_cycles_form=PairedCyclesForm.MEAN_OF_LEGS,
    )
    terms = counting_terms(given_ratio, station)
    assert (Decimal("0.85"), True) == (terms.pairing_efficiency_ratio, terms.pair_by_mean)
    silent = Station(**rated, grid_connected_on=date(2025, 6, 1))  # type: ignore[arg-type]
    assert round_trip_ratio(silent) is None


def test_the_lesser_leg_is_taken_rating_by_rating_of_full_calls_and_not_of_energies() -> None:
    # charged 200 of 200 MWh, then discharged 150 of 150 MWh after a derating: one full charge, one full discharge
    tally = {("charge", e4(200_000)): e4(200_000), ("discharge", e4(150_000)): e4(150_000)}
    assert 1 == paired.calls(tally, CountingTerms(pairing_efficiency_ratio=Decimal(1)))
