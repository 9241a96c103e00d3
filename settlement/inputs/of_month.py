"""The part of the inputs beside the meter files that belongs to one month, and what belongs to none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from settlement.inputs.catalogue import CATALOGUE
from settlement.inputs.records import AgcMonth, Correction, Incident, Inputs, Order
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.timegrid import Month, local

ORDERS, INCIDENTS, AGC = "orders", "incidents", "agc"
Row = TypeVar("Row", Order, Correction, Incident, AgcMonth)
KINDS: Final = (ORDERS, INCIDENTS, AGC)


def inputs_of_month(inputs: Inputs, month: Month, *, last: bool) -> Inputs:
    """The inputs of a month; corrections belong to the last month of a run.

    Shape   an order belongs to the month of its start; the plan and the prices stay whole, as frames are cut by joins
    """
    if inputs.orders is None and not inputs.corrections and not inputs.incidents and not inputs.agc:
        return inputs
    orders = inputs.orders
    return replace(
        inputs,
        orders=None
        if orders is None
        else tuple(each for each in orders if Month.of(local(each.start_at).date()) == month),
        corrections=inputs.corrections if last else (),
        incidents=tuple(each for each in inputs.incidents if Month.of(each.on) == month),
        agc=tuple(each for each in inputs.agc if each.month == month),
    )


def inputs_by_station(inputs: Inputs, station_ids: Sequence[str]) -> Mapping[str, Inputs]:
    """The inputs of each station, cut once for all of them: who has a thousand stations does not look through all rows
    for each. Whether a kind of file was given stays as it was; a station without a row in the plan has an empty one.
    """
    orders, corrections = _grouped(inputs.orders or ()), _grouped(inputs.corrections)
    incidents, agc = _grouped(inputs.incidents), _grouped(inputs.agc)
    plans = {} if inputs.plan is None else inputs.plan.partition_by("station_id", as_dict=True)
    empty = None if inputs.plan is None else inputs.plan.clear()
    return {
        station_id: replace(
            inputs,
            orders=None if inputs.orders is None else orders.get(station_id, ()),
            plan=plans.get((station_id,), empty),
            corrections=corrections.get(station_id, ()),
            incidents=incidents.get(station_id, ()),
            agc=agc.get(station_id, ()),
        )
        for station_id in station_ids
    }


def _grouped(rows: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.station_id, []).append(row)
    return {station_id: tuple(own) for station_id, own in groups.items()}


def outside_months(inputs: Inputs, months: Sequence[Month]) -> Iterable[Finding]:
    """A notice for each kind of input with rows of other months than those that are settled."""
    asked = set(months)
    of_kind = {
        ORDERS: [Month.of(local(each.start_at).date()) for each in inputs.orders or ()],
        INCIDENTS: [Month.of(each.on) for each in inputs.incidents],
        AGC: [each.month for each in inputs.agc],
    }
    for kind in KINDS:
        stray = [month for month in of_kind[kind] if month not in asked]
        if stray:
            yield CATALOGUE.finding("input_rows_of_other_months", kind=kind, count=len(stray), first=min(stray))
