"""Inputs cut to the month that is settled."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from settlement.inputs.of_month import inputs_of_month, outside_months
from settlement.inputs.records import AgcMonth, Correction, Incident, Inputs, Leg, Order
from tariffs.vocabulary.timegrid import ZONE, Month

JUNE, JULY = Month(2025, 6), Month(2025, 7)


def order(start: datetime) -> Order:
    return Order(
        order_id=start.isoformat(),
        station_id="A",
        start_at=start,
        end_at=start + timedelta(hours=2),
        direction=Leg.DISCHARGE,
        energy_kwh_e4=1,
    )


LATE_IN_JUNE = order(datetime(2025, 6, 30, 23, tzinfo=ZONE))
IN_JULY = order(datetime(2025, 7, 1, tzinfo=ZONE))
CORRECTION = Correction(
    station_id="A", original_month=Month(2025, 5), original_on=None, direction=Leg.CHARGE, energy_kwh_e4=1, reason="x"
)
INCIDENT = Incident(station_id="A", on=date(2025, 6, 3), kind="breach", count=1, hours=None)
AGC = AgcMonth(station_id="A", month=JULY, required_h=Decimal(744), available_h=Decimal(740))
GIVEN = Inputs(orders=(LATE_IN_JUNE, IN_JULY), corrections=(CORRECTION,), incidents=(INCIDENT,), agc=(AGC,))


def test_an_order_that_runs_over_midnight_belongs_to_the_month_of_its_start() -> None:
    assert (LATE_IN_JUNE,) == inputs_of_month(GIVEN, JUNE, last=False).orders
    assert (IN_JULY,) == inputs_of_month(GIVEN, JULY, last=True).orders


def test_incidents_and_control_figures_go_to_their_month_and_corrections_to_the_last() -> None:
    june, july = inputs_of_month(GIVEN, JUNE, last=False), inputs_of_month(GIVEN, JULY, last=True)
    assert ((INCIDENT,), (), ()) == (june.incidents, june.agc, june.corrections)
    assert ((), (AGC,), (CORRECTION,)) == (july.incidents, july.agc, july.corrections)


def test_a_month_without_an_order_is_not_one_without_a_file_of_orders() -> None:
    assert () == inputs_of_month(GIVEN, Month(2025, 8), last=True).orders
    assert inputs_of_month(Inputs(incidents=(INCIDENT,)), JUNE, last=True).orders is None


def test_rows_of_months_that_are_not_settled_are_told_kind_by_kind() -> None:
    assert [] == list(outside_months(GIVEN, [JUNE, JULY]))
    told = [(each.evidence["kind"], each.evidence["count"]) for each in outside_months(GIVEN, [JULY])]
    assert [("orders", "1"), ("incidents", "1")] == told
