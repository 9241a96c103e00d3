"""The words of `huchu dispatch` as options of a plan."""

import math
from datetime import datetime
from decimal import Decimal, InvalidOperation

from dispatch.options import PlanOptions, Rolling
from dispatch.outcome import Limits, Rung
from huchu.cli.fleet.asked import refuse_misplaced
from huchu.cli.request import Asked
from tariffs.vocabulary.errors import RecordProblems, UsageError, Words, nearest
from tariffs.vocabulary.timegrid import ZONE

NO_CAP = "none"


def options_of(asked: Asked) -> PlanOptions:
    """The options of a plan.

    Raises  UsageError for a word that is not understood or a figure out of its range, or an option of another objective
    """
    refuse_misplaced(asked)
    try:
        return PlanOptions(
            objective=asked.objective,
            calls=asked.calls,
            calls_done=asked.calls_done,
            max_cycles_per_day=_cap(asked.max_cycles_per_day),
            final_stored_ratio=_ratio(asked.final_stored_ratio),
            wear_cost_cny_per_mwh=asked.wear_cost_cny_per_mwh,
            ramp_mw_per_min=asked.ramp_mw_per_min,
            grid_limit_mw=asked.grid_limit_mw,
            reserve_leases=asked.reserve_leases,
            own_blocks=asked.own_blocks,
            rung=_rung(asked.rung),
            limits=Limits(gap=asked.gap, time_limit_s=asked.time_limit_s),
            rolling=None if asked.rolling is None else Rolling.parse(asked.rolling),
        )
    except RecordProblems as problems:
        raise UsageError(problems.what, found=problems.found, do=problems.do) from None


def instant(text: str, option: str) -> datetime:
    """The instant of a day or of an ISO 8601 time; without an offset it is Shanghai time.

    Raises  UsageError for anything else
    """
    try:
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=ZONE) if at.tzinfo is None else at.astimezone(ZONE)
    except (ValueError, OverflowError):
        raise UsageError(
            Words(f"{option} {text!r} 不是时刻", f"{option} {text!r} is no instant"),
            found=Words(text or "空", text or "nothing"),
            do=Words("写作 2025-06-01 或 2025-06-01T08:00", "write 2025-06-01 or 2025-06-01T08:00"),
        ) from None


def _cap(text: str | None) -> float | None:
    if text is None or text == NO_CAP:
        return None if text is None else math.inf
    return float(_number(text, "--max-cycles-per-day"))


def _ratio(text: str | None) -> Decimal | None:
    return None if text is None else _number(text, "--final-stored-ratio")


def _number(text: str, option: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite():
        raise UsageError(
            Words(f"{option} {text!r} 不是数", f"{option} {text!r} is no number"),
            found=Words(text or "空", text or "nothing"),
            do=Words("写一个数，例如 1", "write a number, for example 1"),
        )
    return number


def _rung(word: str) -> Rung:
    choices = [rung.value for rung in Rung]
    if word not in choices:
        near, listed = nearest(word, choices) or "auto", " | ".join(choices)
        raise UsageError(
            Words(f"--rung 不认识 {word}", f"--rung does not know {word}"),
            found=Words(f"可选 {listed}", f"choices {listed}"),
            do=Words(f"例如 {near}", f"write {near}, for example"),
        )
    return Rung(word)
