"""Dispatch orders: a discharge order on a peak-season day for enough energy is one call once it is done."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from settlement.activity import CountingTerms, JudgedOrder, RatedSpan, SeasonActivity
from settlement.inputs.records import Leg, OrderOutcome
from settlement.tally import ONE_E4, Tally, of_name
from tariffs.vocabulary.errors import SettingsError, Words
from tariffs.vocabulary.timegrid import local

READS = ("spans", "orders")
ORDER_DONE: Final = "order_done"


def tally(activity: SeasonActivity, terms: CountingTerms) -> Tally:
    """What a month adds: the discharge orders for enough energy that began on a counted season day and were done.

    Shape   `order_done` in 1e-4 calls by the energy of one full call; enough is `event_depth_ratio` of a full call as
            ordered; an order that is done in part, failed or cancelled is no call
    Raises  SettingsError if no orders were given for a month with counted days, or `event_depth_ratio` is missing or not
            above 0 and up to 1
    """
    if activity.orders is None and any(span.days for span in activity.spans):
        raise SettingsError(
            Words("按调度指令计次须有指令文件", "counting dispatch orders needs the orders"),
            found=Words("未给出 --orders", "no --orders was given"),
            do=Words(
                "用 --orders 给出 orders.csv，或改用别的 call_counting",
                "give orders.csv with --orders, or choose another call_counting",
            ),
        )
    depth = _depth(terms.event_depth_ratio)
    counts = {(ORDER_DONE, span.reference_kwh_e4): 0 for span in activity.spans}
    for judged in activity.orders or ():
        reference = _reference(judged, activity.spans)
        if reference is not None and _is_done(judged) and judged.order.energy_kwh_e4 >= depth * reference:
            counts[(ORDER_DONE, reference)] += ONE_E4
    return counts


def calls(tally: Tally, terms: CountingTerms) -> Fraction:  # noqa: ARG001 every rule is called alike
    """The number of calls of a sum of tallies: orders done, a whole number.

    Source  the assessment clause of 沪府办发〔2024〕28号 六（二） presupposes orders; it gives no counting rule
    Check   tests/cases/call_counting/dispatch_orders.toml
    """
    return Fraction(sum(of_name(tally, ORDER_DONE).values()), ONE_E4)


def _is_done(judged: JudgedOrder) -> bool:
    return judged.order.direction is Leg.DISCHARGE and judged.outcome is OrderOutcome.DONE


def _reference(judged: JudgedOrder, spans: tuple[RatedSpan, ...]) -> int | None:
    """The energy of one full call on the day on which an order begins; nothing where that day does not count."""
    day = local(judged.order.start_at).date()
    inside = (span for span in spans if any(first <= day < end for first, end in span.days))
    return next((span.reference_kwh_e4 for span in inside), None)


def _depth(ratio: Decimal | None) -> Fraction:
    if ratio is not None and 0 < ratio <= 1:
        return Fraction(ratio)
    shown = ("未填", "not given") if ratio is None else (str(ratio), str(ratio))
    raise SettingsError(
        Words("按调度指令计次须有最低深度", "counting dispatch orders needs a least depth"),
        found=Words(f"event_depth_ratio {shown[0]}", f"event_depth_ratio {shown[1]}"),
        do=Words("填写 event_depth_ratio，例如 0.9", "set event_depth_ratio, for example to 0.9"),
    )
