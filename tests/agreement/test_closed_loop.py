"""Plan, order, meter and statement of a month are one closed loop, by the real commands: `dispatch`, then `settle`.

Hand calculations stand beside what the commands say: energies from `schedule.csv`, prices by 六（二） (half of the coal
benchmark for charging on season days, 1.2 times it for discharging), assessments by the formulas of docs/assessment.md.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from closed_loop import (
    CALLS_REQUIRED,
    COAL,
    COUNT,
    FIRST_AT,
    MINUTES,
    OWN_OUTAGE,
    PAID,
    STATIONS,
    Row,
    Settled,
    bought,
    energies,
    kwh,
    planned,
    points,
    read_rows,
    settled,
    write_meter,
    write_project,
    write_settings,
)

OBJECTIVES = ("peak_shaving", "regulated_revenue")
KWH_E4_A_POINT = 25
"""A point of `plan.csv` has two decimals of a kW, so a quarter of an hour comes in steps of 0.0025 kWh."""
MOST_ROUNDED_CNY = 2 * Fraction(12 * COUNT, 10_000) * COAL
"""What rounding of the points may be assessed at where there is no tolerance: 2.97 元 a month and station."""
FAILING = "L-1"
LOST_RATIO = Fraction(2, 5)
PLAN_RATIO, POWER_RATIO = Fraction("0.02"), Fraction("0.01")
FLOOR_KWH_E4 = POWER_RATIO * 50 * 1000 * 10_000 / 4
"""The tolerance of a quarter of the failing station of 50 MW."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """A month as planned, and settled from meters that saw just that."""

    folder: Path
    plan: Path
    seen: Mapping[str, list[tuple[int, int]]]
    done: Settled


@pytest.fixture(scope="module", params=OBJECTIVES)
def loop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Loop:
    folder = write_project(tmp_path_factory.mktemp("loop") / "project")
    plan = planned(folder, request.param)
    seen = energies(plan)
    return Loop(
        folder=folder, plan=plan, seen=seen, done=settled(folder, write_meter(folder / "meter.csv", seen), plan)
    )


def billed(loop: Loop, name: str) -> dict[str, tuple[str, str]]:
    """Energy and amount by item: the energies of the schedule at the prices of the policy, worked here."""
    charge, discharge = (sum(each[leg] for each in loop.seen[name]) for leg in (0, 1))
    return {
        "charge_energy": (kwh(charge), bought(-charge, PAID["charge_energy"])),
        "discharge_energy": (kwh(discharge), bought(discharge, PAID["discharge_energy"])),
    }


def summary_bill(loop: Loop, name: str) -> dict[str, tuple[str, str]]:
    """Energy and amount by item: the plan's own bill."""
    told = json.loads((loop.plan / "summary.json").read_text(encoding="utf-8"))
    (station,) = (each for each in told["stations"] if each["station_id"] == name)
    return {f"{each['direction']}_energy": (each["energy_kwh"], each["amount_cny"]) for each in station["lines"]}


def statement_bill(found: Settled, name: str) -> dict[str, tuple[str, str]]:
    return {item: found.money(name, item) for item in PAID}


def excess(actual: int, plan: int, plan_ratio: Fraction, floor: Fraction) -> Fraction:
    """What a quarter deviates beyond its tolerance, 1e-4 kWh."""
    return max(Fraction(0), abs(actual - plan) - max(plan_ratio * abs(plan), floor))


def fee(energy_kwh_e4: Fraction) -> tuple[str, str]:
    """Assessed energy, rounded half away from zero to 1e-4 kWh, and its cost at the coal benchmark price."""
    units = int(energy_kwh_e4 + Fraction(1, 2))
    return kwh(units), bought(-units, COAL)


def net(steps: list[tuple[int, int]]) -> list[int]:
    return [discharge - charge for charge, discharge in steps]


@pytest.mark.parametrize("name", STATIONS)
def test_a_statement_bills_what_its_plan_said_to_the_fen(loop: Loop, name: str) -> None:
    expected = billed(loop, name)
    assert expected == summary_bill(loop, name)
    assert expected == statement_bill(loop.done, name)


@pytest.mark.parametrize("name", STATIONS)
def test_every_order_is_done(loop: Loop, name: str) -> None:
    given = str(sum(row["station_id"] == name for row in read_rows(loop.plan / "orders.csv")))
    assert {"given": given, "done": given, "not_done": []} == loop.done.orders[name]
    assert int(given) > 31


@pytest.mark.parametrize("name", STATIONS)
def test_orders_carry_all_the_energy_of_a_plan(loop: Loop, name: str) -> None:
    rows = [row for row in read_rows(loop.plan / "orders.csv") if row["station_id"] == name]
    for leg, direction in enumerate(("charge", "discharge")):
        ordered = sum((Fraction(row["energy_kwh"]) for row in rows if row["direction"] == direction), start=Fraction(0))
        assert Fraction(sum(each[leg] for each in loop.seen[name]), 10_000) == ordered


@pytest.mark.parametrize("name", STATIONS)
def test_points_of_a_plan_differ_from_its_energies_by_rounding_alone(loop: Loop, name: str) -> None:
    """By at most 12 of 1e-4 kWh: steps of 25, to the nearest."""
    deviations = [abs(a - p) for a, p in zip(net(loop.seen[name]), points(loop.plan)[name], strict=True)]
    assert max(deviations) <= KWH_E4_A_POINT // 2


@pytest.mark.parametrize("name", STATIONS)
def test_without_any_tolerance_the_deviation_is_the_rounding_of_the_points(loop: Loop, name: str) -> None:
    nothing = Fraction(0)
    pairs = zip(net(loop.seen[name]), points(loop.plan)[name], strict=True)
    expected = fee(2 * sum((excess(a, p, nothing, nothing) for a, p in pairs), start=nothing))
    assert expected == loop.done.assessed(name, "plan_deviation")
    assert MOST_ROUNDED_CNY >= -Fraction(expected[1])


@pytest.mark.parametrize("name", STATIONS)
def test_nothing_is_short_of_an_order(loop: Loop, name: str) -> None:
    assert ("0.0000", "0.00") == loop.done.assessed(name, "order_shortfall")


@pytest.mark.parametrize("name", STATIONS)
def test_calls_of_the_statement_are_the_calls_of_the_plan_and_none_is_missing(loop: Loop, name: str) -> None:
    """The tally has the energy of one call and the season discharge: their quotient is the calls, exactly."""
    row = loop.done.calls[name]
    rated = {"L-1": 100_000, "L-2": 90_000, "L-3": 40_000, "L-4": 80_000}[name]
    discharge = sum(each[1] for each in loop.seen[name])
    assert f"{rated}.0000:{kwh(discharge)}" == row["season_discharge_kwh_by_rated_kwh"]
    days = Fraction(16, 31) if name == "L-4" else 1
    assert Fraction(discharge, rated * 10_000) >= CALLS_REQUIRED * days
    assert ["0.0000"] * 3 == [row[f"shortfall_{share}"] for share in ("own", "grid", "not_ordered")]


@pytest.mark.parametrize("loop", ["peak_shaving"], indirect=True)
def test_what_the_fleet_reaches_is_what_the_meters_saw(loop: Loop) -> None:
    """The highest load less what the meters gave, beside the peak that the plan claims."""
    loads = [Fraction(row["load_mw"]) for row in read_rows(loop.folder / "signals.csv")]
    given = [sum(steps) for steps in zip(*(net(each) for each in loop.seen.values()), strict=True)]
    after = max(load - Fraction(units * 4, 10**7) for load, units in zip(loads, given, strict=True))
    told = json.loads((loop.plan / "summary.json").read_text(encoding="utf-8"))
    assert float(after) == pytest.approx(float(told["peak"]["after_mw"]), abs=1e-6)
    assert max(loads) - after > 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One order of which a part was not given, as the meters saw it."""

    order: Row
    steps: range
    seen: Mapping[str, list[tuple[int, int]]]
    lost_kwh_e4: int
    done: Settled


@pytest.fixture(scope="module")
def failure(loop: Loop) -> Failure:
    """The largest discharge order of one station is given at three fifths, an outage of its own being the cause."""
    orders = [row for row in read_rows(loop.plan / "orders.csv") if row["station_id"] == FAILING]
    order = max((row for row in orders if row["direction"] == "discharge"), key=lambda row: Fraction(row["energy_kwh"]))
    first, end = (
        (datetime.fromisoformat(order[key]) - FIRST_AT) // timedelta(minutes=MINUTES) for key in ("start_at", "end_at")
    )
    before = loop.seen[FAILING]
    kept = [(charge, discharge - int(discharge * LOST_RATIO)) for charge, discharge in before[first:end]]
    seen = {**loop.seen, FAILING: [*before[:first], *kept, *before[end:]]}
    project = loop.folder
    stations = project / "stations.toml"
    as_planned = stations.read_text(encoding="utf-8")
    outage = OWN_OUTAGE.format(start=order["start_at"], end=order["end_at"])
    stations.write_text(as_planned.replace(STATIONS[FAILING], STATIONS[FAILING] + outage), encoding="utf-8")
    write_settings(project, plan=str(float(PLAN_RATIO)), power=str(float(POWER_RATIO)))
    done = settled(project, write_meter(project / "failed.csv", seen), loop.plan)
    stations.write_text(as_planned, encoding="utf-8")
    lost = sum(a[1] - b[1] for a, b in zip(before[first:end], kept, strict=True))
    return Failure(order=order, steps=range(first, end), seen=seen, lost_kwh_e4=lost, done=done)


def test_a_station_that_fails_an_order_is_billed_what_its_meter_saw(loop: Loop, failure: Failure) -> None:
    had, has = loop.done, failure.done
    discharge = sum(each[1] for each in loop.seen[FAILING]) - failure.lost_kwh_e4
    expected = kwh(discharge), bought(discharge, PAID["discharge_energy"])
    assert expected == has.money(FAILING, "discharge_energy")
    assert had.money(FAILING, "charge_energy") == has.money(FAILING, "charge_energy")
    assert failure.lost_kwh_e4 > 10**7


def test_one_order_alone_is_not_done_and_its_cause_is_the_station(loop: Loop, failure: Failure) -> None:
    orders = failure.done.orders[FAILING]
    (not_done,) = orders["not_done"]
    lost = kwh(failure.lost_kwh_e4)
    assert (failure.order["order_id"], "partly_done", "own", lost) == tuple(
        not_done[key] for key in ("order_id", "outcome", "cause", "failed_kwh")
    )
    assert int(str(loop.done.orders[FAILING]["given"])) - 1 == int(str(orders["done"]))


def test_what_failed_is_assessed_beyond_the_tolerances(loop: Loop, failure: Failure) -> None:
    """2 x the sum over the order's quarters, and 1 x what the order lacks; every other quarter is within its tolerance."""
    planned_net, seen_net = points(loop.plan)[FAILING], net(failure.seen[FAILING])
    beyond = [excess(seen_net[n], planned_net[n], PLAN_RATIO, FLOOR_KWH_E4) for n in failure.steps]
    assert all(beyond)
    assert fee(2 * sum(beyond, start=Fraction(0))) == failure.done.assessed(FAILING, "plan_deviation")
    assert fee(Fraction(failure.lost_kwh_e4)) == failure.done.assessed(FAILING, "order_shortfall")


def test_the_missing_calls_are_the_stations_own(failure: Failure) -> None:
    """As many as are missing, and no more than were failed: made up for by calls beyond the requirement, if there are any."""
    row = failure.done.calls[FAILING]
    one_call = 100_000 * 10_000
    done = Fraction(sum(each[1] for each in failure.seen[FAILING]), one_call)
    missing = max(Fraction(0), CALLS_REQUIRED - done)
    own = min(missing, Fraction(failure.lost_kwh_e4, one_call))
    assert [f"{float(own):.4f}", "0.0000", f"{float(missing - own):.4f}"] == [
        row[f"shortfall_{share}"] for share in ("own", "grid", "not_ordered")
    ]
    assert own > 0


@pytest.mark.parametrize("name", [name for name in STATIONS if name != FAILING])
def test_the_others_are_settled_as_before(loop: Loop, failure: Failure, name: str) -> None:
    """But for the deviation, which is within the tolerance now."""

    def lines(found: Settled) -> list[Row]:
        return [row for row in found.lines if row["station_id"] == name and row["item"] != "assessment"]

    assert lines(loop.done) == lines(failure.done)
    assert loop.done.calls[name] == failure.done.calls[name]
    assert [("0.0000", "0.00")] * 2 == [
        failure.done.assessed(name, formula) for formula in ("plan_deviation", "order_shortfall")
    ]
