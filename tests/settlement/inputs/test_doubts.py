"""What may be right is read, and told as a warning or a notice; just short of it nothing is told."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from settlement.inputs.catalogue import CATALOGUE

TABLE = runpy.run_path(str(Path(__file__).with_name("bad_inputs.py")))
lines, order, orders, points, prices = (TABLE[name] for name in ("lines", "order", "orders", "points", "prices"))
NEXT, AFTER = TABLE["NEXT"], TABLE["AFTER"]
INCIDENT = "SH-1,2025-07-03,late_report,1,"
CORRECTION = "SH-1,2025-06-03,,charge,5,x"

DOUBTS: list[tuple[str, str, str, int, str]] = [
    # 10 MW for two hours and two percent more
    ("order_near_rated", "orders", orders(order(energy="20400.0001")), 3, orders(order(energy="20400"))),
    (
        # rated energy is 20 MWh; in three hours rated power moves 30 MWh
        "order_above_store",
        "orders",
        orders(order(end="2025-07-01T11:00+08:00", energy="20400.0001")),
        3,
        orders(order(end="2025-07-01T11:00+08:00", energy="20400")),
    ),
    (
        "order_done_short",
        "orders",
        orders(order(outcome="done", done="17999.9999")),
        3,
        orders(order(outcome="done", done="18000")),
    ),
    (
        "order_done_over",
        "orders",
        orders(order(energy="10000", done="11000.0001")),
        3,
        orders(order(energy="10000", done="11000")),
    ),
    (
        "order_long",
        "orders",
        orders(order(end="2025-07-02T08:05+08:00")),
        3,
        orders(order(end="2025-07-02T08:00+08:00")),
    ),
    (
        "order_overlap_doubtful",
        "orders",
        orders(order(outcome="failed"), order(**NEXT)),
        4,
        orders(order(outcome="cancelled"), order(**NEXT)),
    ),
    (
        "order_overlap_doubtful",
        "orders",
        orders(order(done="1"), order(**NEXT, done="1")),
        4,
        orders(order(done="1"), order(**AFTER, energy="9000", done="1")),
    ),
    (
        "order_directions_overlap",
        "orders",
        orders(order(), order(**NEXT, direction="charge", energy="9000")),
        4,
        orders(order(), order(**AFTER, direction="charge", energy="8000")),
    ),
    ("plan_near_rated", "plan", lines(TABLE["PLAN"], points("8160.01")), 2, lines(TABLE["PLAN"], points("8160"))),
    (
        "plan_turns_in_quarter",
        "plan",
        lines(TABLE["PLAN"], points("4000"), points("5000", direction="discharge")),
        3,
        lines(TABLE["PLAN"], points("4000"), points("0", direction="discharge")),
    ),
    (
        "plan_days_missing",
        "plan",
        lines(TABLE["PLAN"], points(), points(day="2025-07-03")),
        0,
        lines(TABLE["PLAN"], points(), points(day="2025-07-02")),
    ),
    (
        "plan_direction_missing",
        "plan",
        lines(TABLE["PLAN"], points(), points(direction="discharge"), points(day="2025-07-02")),
        0,
        lines(TABLE["PLAN"], points(), points(day="2025-07-02")),
    ),
    (
        "price_unordered",
        "prices",
        lines(TABLE["PRICES"], "2025-07-01T01:00+08:00,300,310", "2025-07-01T00:00+08:00,300,310"),
        3,
        lines(TABLE["PRICES"], "2025-07-01T00:00+08:00,300,310", "2025-07-01T01:00+08:00,300,310"),
    ),
    (
        "price_unit_doubtful",
        "prices",
        lines(TABLE["PRICES"], "2025-07-01T00:00+08:00,0.3,310", "2025-07-01T01:00+08:00,0,310"),
        0,
        lines(TABLE["PRICES"], "2025-07-01T00:00+08:00,0.3,310", "2025-07-01T01:00+08:00,5,310"),
    ),
    (
        "price_columns_equal",
        "prices",
        lines(TABLE["PRICES"], "2025-07-01T00:00+08:00,300,300", "2025-07-01T01:00+08:00,310,310"),
        0,
        lines(TABLE["PRICES"], "2025-07-01T00:00+08:00,300,300", "2025-07-01T01:00+08:00,310,310.001"),
    ),
    (
        "adjust_repeated",
        "adjust",
        lines(TABLE["ADJUST"], CORRECTION, CORRECTION),
        3,
        lines(TABLE["ADJUST"], CORRECTION, CORRECTION.replace(",x", ",y")),
    ),
    (
        "incident_repeated",
        "incidents",
        lines(TABLE["INCIDENTS"], INCIDENT, INCIDENT),
        3,
        lines(TABLE["INCIDENTS"], INCIDENT, INCIDENT.replace(",1,", ",2,")),
    ),
    ("agc_ratio_doubtful", "agc", TABLE["agc"](factors=",,,3.000001"), 2, TABLE["agc"](factors=",,,3")),
]


@pytest.mark.parametrize("case", DOUBTS, ids=lambda case: case[0])
def test_a_doubt_is_told_with_its_row_and_the_file_is_read(case: Any, outcome_of: Callable[..., Any]) -> None:
    code, kind, odd, row, plain = case
    found = outcome_of(kind, odd)
    assert found.inputs is not None
    assert (code, row) in found.places("warning") + found.places("notice")
    assert () == outcome_of(kind, plain).findings


def test_there_is_a_doubt_for_every_warning_and_notice_of_the_catalogue() -> None:
    told = {code for code, entry in CATALOGUE.entries.items() if entry["severity"] != "refusal"}
    of_months = {"input_rows_of_other_months"}
    assert told == {case[0] for case in DOUBTS} | of_months


def test_the_longest_order_so_far_is_the_one_that_a_later_order_is_held_against(outcome_of: Callable[..., Any]) -> None:
    """Of ten orders inside one long order, each overlaps it, though none overlaps the one right before it."""
    inner = [
        order(name=f"I-{n}", start=f"2025-07-01T{n:02d}:00+08:00", end=f"2025-07-01T{n:02d}:30+08:00", energy="100")
        for n in range(10, 20)
    ]
    whole = order(name="W", start="2025-07-01T09:00+08:00", end="2025-07-01T20:00+08:00")
    found = outcome_of("orders", lines(TABLE["ORDERS"], *inner, whole))
    assert 10 == len([code for code, _ in found.places() if code == "order_overlaps"])
    assert {"W"} == {each.evidence["other"] for each in found.findings if each.code == "order_overlaps"}


def test_an_order_that_stands_twice_is_not_also_told_to_overlap_itself(outcome_of: Callable[..., Any]) -> None:
    assert {"order_repeated"} == outcome_of("orders", orders(order(), order())).codes()


def test_what_is_odd_in_many_rows_is_listed_twenty_times_and_then_counted(outcome_of: Callable[..., Any]) -> None:
    rows = [order(name=f"O-{n}", station="SH-9") for n in range(50)]
    found = outcome_of("orders", lines(TABLE["ORDERS"], *rows))
    assert 20 == len([each for each in found.findings if each.code == "input_station_unknown"])
    assert ["30"] == [each.evidence["count"] for each in found.findings if each.code == "more_in_file"]
