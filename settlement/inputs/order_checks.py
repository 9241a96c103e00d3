"""What is odd about orders that were read: powers, outcomes, times, and orders beside each other."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from typing import Any, Final

from settlement.inputs.ratings import PERCENT, REFUSED_PERCENT, WARNED_PERCENT, above, rated_energy_kwh_e4
from settlement.inputs.records import Leg, Order, OrderOutcome
from tariffs.reading.report import FileReport, shown
from tariffs.stations import Station
from tariffs.vocabulary.money import kwh_text

LONGEST: Final = timedelta(days=1)
DONE_SHORT_PERCENT: Final = 90
DONE_OVER_PERCENT: Final = 110
_NOTHING_DONE: Final = (OrderOutcome.FAILED, OrderOutcome.CANCELLED)
_SOMETHING_DONE: Final = (OrderOutcome.DONE, OrderOutcome.PARTLY_DONE)


def check_orders(orders: Sequence[Order], known: Mapping[str, Station], report: FileReport) -> None:
    """Put into the report what cannot be right about orders, or may not be.

    Shape   the orders are sorted by station and start
    """
    for order in orders:
        _check_powers(order, known[order.station_id], report)
        _check_outcome(order, report)
        _check_length(order, report)
    _check_neighbours(orders, report)


def _tell(report: FileReport, code: str, order: Order, **evidence: Any) -> None:
    told = {"order": shown(order.order_id), **evidence}
    report.add(code, row=order.row, station_id=order.station_id, evidence=told)


def _check_powers(order: Order, station: Station, report: FileReport) -> None:
    rated = rated_energy_kwh_e4(station, order.direction, order.start_at, order.end_at)
    for column, energy in (("energy_kwh", order.energy_kwh_e4), ("done_kwh", order.done_kwh_e4)):
        if energy is None or not above(energy, rated, WARNED_PERCENT):
            continue
        code = "order_above_rated" if above(energy, rated, REFUSED_PERCENT) else "order_near_rated"
        told = {"column": column, "energy": kwh_text(energy), "rated": kwh_text(int(rated))}
        _tell(report, code, order, **told)
    stored = Fraction(station.rating_on(order.start_at.date()).energy_kwh_e4)
    if order.direction is Leg.DISCHARGE and above(order.energy_kwh_e4, stored, WARNED_PERCENT):
        told = {"energy": kwh_text(order.energy_kwh_e4), "rated": kwh_text(int(stored))}
        _tell(report, "order_above_store", order, **told)


def _check_outcome(order: Order, report: FileReport) -> None:
    outcome, done = order.outcome, order.done_kwh_e4
    if outcome is OrderOutcome.DONE and order.cause is not None:
        _tell(report, "order_done_with_cause", order, cause=order.cause.value)
    if done is None:
        return
    ordered = Fraction(order.energy_kwh_e4)
    told = {"done": kwh_text(done), "energy": kwh_text(order.energy_kwh_e4)}
    if outcome in _NOTHING_DONE and done:
        _tell(report, "order_failed_with_energy", order, outcome=outcome.value, **told)
    elif outcome in _SOMETHING_DONE and not done:
        _tell(report, "order_done_without_energy", order, outcome=outcome.value, **told)
    elif outcome is OrderOutcome.DONE and done * PERCENT < ordered * DONE_SHORT_PERCENT:
        _tell(report, "order_done_short", order, **told)
    if above(done, ordered, DONE_OVER_PERCENT):
        _tell(report, "order_done_over", order, **told)


def _check_length(order: Order, report: FileReport) -> None:
    if order.end_at - order.start_at > LONGEST:
        _tell(report, "order_long", order, hours=(order.end_at - order.start_at) // timedelta(hours=1))


def _is_metered(order: Order) -> bool:
    """Whether what was done is taken from the meter."""
    return order.done_kwh_e4 is None and order.outcome not in _NOTHING_DONE


def _check_neighbours(orders: Sequence[Order], report: FileReport) -> None:
    """Compare each order with those before it that end last: of each direction, done or failed."""
    latest: dict[tuple[Leg, bool], Order] = {}
    for order in orders:
        if order.outcome is OrderOutcome.CANCELLED:
            continue
        failed = order.outcome is OrderOutcome.FAILED
        for (leg, other_failed), other in latest.items():
            if other.station_id == order.station_id and other.end_at > order.start_at:
                code = _overlap_code(order, other, same=leg is order.direction, failed=failed or other_failed)
                _tell(report, code, order, other=shown(other.order_id), other_row=other.row)
        key = (order.direction, failed)
        before = latest.get(key)
        if before is None or before.station_id != order.station_id or before.end_at < order.end_at:
            latest[key] = order


def _overlap_code(order: Order, other: Order, *, same: bool, failed: bool) -> str:
    if not same:
        return "order_directions_overlap"
    metered_twice = not failed and (_is_metered(order) or _is_metered(other))
    return "order_overlaps" if metered_twice else "order_overlap_doubtful"
