"""What became of an order: the file's word, else the meter's; causes of the file, else of the outages."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from activities import e4, energies_of, frame

from settlement.activity import JudgedOrder
from settlement.inputs.records import Leg, Order, OrderOutcome
from settlement.quantities.order_outcomes import judged_orders
from tariffs.calendar import Season
from tariffs.stations import Outage, OutageCause, Station
from tariffs.vocabulary.timegrid import ZONE, days_between

JUNE = (date(2025, 6, 1), date(2025, 7, 1))
SEASONS = dict.fromkeys(days_between(*JUNE), Season.PEAK)
FULL_EVENING = {"from": "2025-06-10T18:00", "quarters": 8, "discharge_kwh": "25000"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def order(start: str = "2025-06-10T18:00", hours: float = 2, energy_kwh: object = 200_000, **choices: Any) -> Order:
    given = {
        "order_id": "D1",
        "station_id": "S",
        "start_at": at(start),
        "end_at": at(start) + timedelta(hours=hours),
        "direction": Leg.DISCHARGE,
        "energy_kwh_e4": e4(energy_kwh),
        "file": "orders.csv",
        "row": 2,
    }
    return Order(**(given | choices))


def outage(first: str, until: str, cause: OutageCause) -> Outage:
    return Outage(from_at=at(first), until_at=at(until), power_available_mw=Decimal(0), cause=cause)


def station(*outages: Outage) -> Station:
    return Station(
        id="S",
        name="站",
        power_mw=Decimal(100),
        energy_mwh=Decimal(200),
        grid_connected_on=date(2025, 1, 1),
        outage=outages,
    )


def judge(
    *orders: Order, readings: Any = (FULL_EVENING,), outages: Any = (), seasons: Any = None
) -> tuple[tuple[JudgedOrder, ...], list[str]]:
    metered = frame(*JUNE, energies_of(readings))
    found, findings = judged_orders(orders, metered, station(*outages), SEASONS if seasons is None else seasons, 15)
    return found, [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("delivered_kwh", "outcome", "failed_kwh"),
    [
        ("200000", OrderOutcome.DONE, 0),
        ("196000", OrderOutcome.DONE, 0),  # 98 % exactly
        ("195999.9999", OrderOutcome.PARTLY_DONE, "4000.0001"),
        ("0.0001", OrderOutcome.PARTLY_DONE, "199999.9999"),
        ("0", OrderOutcome.FAILED, 200_000),
    ],
)
def test_without_the_files_word_the_meter_decides(
    delivered_kwh: str, outcome: OrderOutcome, failed_kwh: object
) -> None:
    reading = {"from": "2025-06-10T18:00", "quarters": 1, "discharge_kwh": delivered_kwh}
    (found,), _ = judge(order(), readings=(reading,))
    assert (outcome, e4(delivered_kwh), e4(failed_kwh)) == (found.outcome, found.done_kwh_e4, found.failed_kwh_e4)


def test_energy_outside_the_order_and_of_the_other_direction_is_not_its_own() -> None:
    around = (
        {"from": "2025-06-10T17:45", "quarters": 1, "discharge_kwh": "25000"},
        {"from": "2025-06-10T18:00", "quarters": 4, "discharge_kwh": "25000", "charge_kwh": "7"},
        {"from": "2025-06-10T20:00", "quarters": 1, "discharge_kwh": "25000"},
    )
    (found,), _ = judge(order(), readings=around)
    assert e4(100_000) == found.done_kwh_e4


def test_energy_done_as_the_file_says_decides_before_the_meter() -> None:
    (found,), codes = judge(order(done_kwh_e4=e4(150_000), cause=OutageCause.GRID))
    assert (OrderOutcome.PARTLY_DONE, e4(50_000)) == (found.outcome, found.failed_kwh_e4)
    assert OutageCause.GRID is found.cause
    assert [] == codes


def test_what_is_done_or_cancelled_has_failed_in_nothing() -> None:
    done, cancelled = order(outcome=OrderOutcome.DONE), order("2025-06-12T18:00", outcome=OrderOutcome.CANCELLED)
    found, codes = judge(done, cancelled)
    assert [0, 0] == [each.failed_kwh_e4 for each in found]
    assert [] == codes


@pytest.mark.parametrize(
    ("causes", "expected"),
    [
        ((OutageCause.APPROVED, OutageCause.GRID, OutageCause.OWN), OutageCause.OWN),
        ((OutageCause.APPROVED, OutageCause.GRID), OutageCause.GRID),
        ((OutageCause.APPROVED,), OutageCause.APPROVED),
    ],
)
def test_of_several_outages_the_stations_own_answers_first(
    causes: tuple[OutageCause, ...], expected: OutageCause
) -> None:
    outages = [outage("2025-06-10T12:00", "2025-06-10T18:30", cause) for cause in causes]
    (found,), codes = judge(order(), readings=(), outages=outages)
    assert expected is found.cause
    assert [] == codes


def test_an_outage_that_only_touches_the_order_explains_nothing() -> None:
    outages = [
        outage("2025-06-10T12:00", "2025-06-10T18:00", OutageCause.OWN),
        outage("2025-06-10T20:00", "2025-06-10T22:00", OutageCause.OWN),
    ]
    (found,), codes = judge(order(), readings=(), outages=outages)
    assert found.cause is None
    assert ["order_without_cause"] == codes


def test_the_cause_of_the_file_stands_before_an_outage() -> None:
    own = outage("2025-06-10T12:00", "2025-06-10T22:00", OutageCause.OWN)
    failed = order(outcome=OrderOutcome.FAILED, cause=OutageCause.APPROVED)
    (found,), _ = judge(failed, readings=(), outages=[own])
    assert OutageCause.APPROVED is found.cause


@pytest.mark.parametrize(
    ("outcome", "delivered_kwh", "codes"),
    [
        (OrderOutcome.DONE, "180000", []),  # 90 % exactly
        (OrderOutcome.DONE, "179999.9999", ["order_done_but_not_metered"]),
        (OrderOutcome.FAILED, "179999.9999", ["order_without_cause"]),
        (OrderOutcome.FAILED, "180000", ["order_failed_but_metered", "order_without_cause"]),
    ],
)
def test_a_file_that_contradicts_the_meter_is_warned_of_and_stands(
    outcome: OrderOutcome, delivered_kwh: str, codes: list[str]
) -> None:
    reading = {"from": "2025-06-10T18:00", "quarters": 1, "discharge_kwh": delivered_kwh}
    (found,), seen = judge(order(outcome=outcome), readings=(reading,))
    assert outcome is found.outcome
    assert codes == seen


def test_an_order_off_the_intervals_is_metered_by_their_starts_with_a_warning() -> None:
    (found,), codes = judge(order("2025-06-10T17:50", energy_kwh=180_000))
    # 17:50 to 19:50 has the starts 18:00 ... 19:45: eight quarters
    assert e4(200_000) == found.done_kwh_e4
    assert ["order_off_interval"] == codes


def test_a_discharge_order_over_the_months_end_asks_for_what_was_done() -> None:
    """Half of 200 MWh is metered before midnight; whether the rest came is not in the month's readings."""
    reading = {"from": "2025-06-30T23:00", "quarters": 4, "discharge_kwh": "25000"}
    for outcome, asked in ((None, True), (OrderOutcome.PARTLY_DONE, True), (OrderOutcome.DONE, False)):
        _, codes = judge(order("2025-06-30T23:00", outcome=outcome), readings=(reading,))
        assert asked == ("order_beyond_readings" in codes)


def test_an_order_said_to_have_failed_over_the_months_end_fails_with_all_that_is_not_metered() -> None:
    (found,), codes = judge(order("2025-06-30T23:00", outcome=OrderOutcome.FAILED, cause=OutageCause.OWN), readings=())
    assert (e4(200_000), []) == (found.failed_kwh_e4, codes)


def test_with_energy_done_in_the_file_the_months_end_does_not_matter() -> None:
    (found,), codes = judge(order("2025-06-30T23:00", done_kwh_e4=e4(200_000)), readings=())
    assert OrderOutcome.DONE is found.outcome
    assert [] == codes


def test_an_order_belongs_to_the_day_of_its_start_and_other_days_have_none() -> None:
    early, late = order("2025-05-31T23:00", order_id="A"), order("2025-06-01T00:00", order_id="B")
    found, _ = judge(early, late)
    assert ["B"] == [each.order.order_id for each in found]


def test_orders_of_another_station_are_left_out_and_the_rest_is_in_order_of_time() -> None:
    orders = (order("2025-06-12T18:00", order_id="2"), order(order_id="1"), order(station_id="T", order_id="3"))
    found, _ = judge(*orders)
    assert ["1", "2"] == [each.order.order_id for each in found]


def test_the_season_is_that_of_the_day_of_the_start() -> None:
    seasons = {date(2025, 6, 10): Season.OTHER, date(2025, 6, 11): Season.PEAK}
    found, _ = judge(order(), order("2025-06-11T18:00"), seasons=seasons)
    assert [False, True] == [each.in_season for each in found]


def test_a_finding_says_where_the_order_stands() -> None:
    metered = frame(*JUNE, {})
    _, (finding,) = judged_orders([order(outcome=OrderOutcome.FAILED)], metered, station(), SEASONS, 15)
    place = (finding.file, finding.row, finding.station_id, finding.interval_start)
    assert ("orders.csv", 2, "S", at("2025-06-10T18:00")) == place
    assert "200000.0000" in finding.message.zh
    assert "200000.0000" in finding.message.en


def test_a_station_without_readings_has_failed_what_the_file_does_not_call_done() -> None:
    empty = frame(JUNE[0], JUNE[0], {})
    (found,), findings = judged_orders([order()], empty, station(), SEASONS, 15)
    assert OrderOutcome.FAILED is found.outcome
    assert ["order_beyond_readings", "order_without_cause"] == [finding.code for finding in findings]
