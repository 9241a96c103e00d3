"""What lies behind lines of a statement beside the meter: orders that were not done, and outages of the month."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from settlement.activity import JudgedOrder
from settlement.inputs.records import OrderOutcome
from settlement.statement.flags import LEG_WORDS
from tariffs.stations import OutageCause, Station
from tariffs.vocabulary.money import kwh_text
from tariffs.vocabulary.timegrid import EPOCH, Month, local, physical

OUTCOME_ZH: Final = {
    OrderOutcome.DONE: "完成",
    OrderOutcome.PARTLY_DONE: "部分完成",
    OrderOutcome.FAILED: "未完成",
    OrderOutcome.CANCELLED: "取消",
}
# Not the glossary's words: its "grid" is the grid company as a payer.
CAUSE_ZH: Final = {OutageCause.OWN: "电站自身", OutageCause.GRID: "电网侧", OutageCause.APPROVED: "经批准"}


def orders_record(orders: Sequence[JudgedOrder] | None) -> Mapping[str, Any]:
    """The orders of a month: how many there were and were done, and each that was not.

    Shape   text throughout; the numbers are empty where no file of orders was given
    """
    if orders is None:
        return {"given": "", "done": "", "not_done": []}
    done = [judged for judged in orders if judged.outcome is OrderOutcome.DONE]
    return {
        "given": str(len(orders)),
        "done": str(len(done)),
        "not_done": [_order(judged) for judged in orders if judged.outcome is not OrderOutcome.DONE],
    }


def outages_record(station: Station, month: Month) -> Sequence[Mapping[str, str]]:
    """The outages of a station that touch a month, in order of time; text throughout."""
    first, end = physical(month.first_day), physical(month.end)
    touching = [each for each in station.outage if each.span_ms[0] < end and each.span_ms[1] > first]
    return [
        {
            "from_at": _minute(outage.span_ms[0]),
            "until_at": _minute(outage.span_ms[1]),
            "power_available_mw": f"{outage.power_available_mw:f}",
            "cause": outage.cause.value,
            "cause_zh": CAUSE_ZH[outage.cause],
        }
        for outage in sorted(touching, key=lambda each: each.span_ms)
    ]


def _minute(at_ms: int) -> str:
    # by the instant: a station may give its outages at another offset
    return f"{local(EPOCH + timedelta(milliseconds=at_ms)):%Y-%m-%d %H:%M}"


def _order(judged: JudgedOrder) -> Mapping[str, str]:
    order, cause = judged.order, judged.cause
    return {
        "order_id": order.order_id,
        "start_at": f"{local(order.start_at):%Y-%m-%d %H:%M}",
        "end_at": f"{local(order.end_at):%Y-%m-%d %H:%M}",
        "direction": order.direction.value,
        "direction_zh": LEG_WORDS[order.direction].zh,
        "ordered_kwh": kwh_text(order.energy_kwh_e4),
        "done_kwh": kwh_text(judged.done_kwh_e4),
        "failed_kwh": kwh_text(judged.failed_kwh_e4),
        "outcome": judged.outcome.value,
        "outcome_zh": OUTCOME_ZH[judged.outcome],
        "cause": cause.value if cause is not None else "",
        "cause_zh": CAUSE_ZH[cause] if cause is not None else "",
        "row": f"{order.file}:{order.row}" if order.row else "",
    }
