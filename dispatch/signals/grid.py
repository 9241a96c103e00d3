"""The instants of signals as a horizon: one step throughout, nothing missing, nothing twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np

from dispatch.arrays import Integers
from dispatch.horizon import Horizon
from dispatch.signals.columns import TIME
from tariffs.reading.cells import instants
from tariffs.reading.sheet import Sheet
from tariffs.vocabulary.timegrid import EPOCH, INTERVAL_MINUTES, UTC_OFFSET_MS, ZONE
from tariffs.vocabulary.units import MS_PER_MINUTE

_STEPS_IN_A_ROW: Final = 4
"""So many equal steps in a row are no gaps but a file of two resolutions; an hour of quarters is the shortest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The horizon of a sheet, and which row of the sheet each step is."""

    horizon: Horizon
    order: Integers


def in_order(sheet: Sheet) -> Times | None:
    """The steps of a sheet in the order of time; nothing where an instant is wrong, and then there are findings."""
    starts = instants(sheet, TIME)
    if starts.null_count():
        return None
    at_ms = starts.to_physical().to_numpy()
    order: Integers = np.argsort(at_ms, kind="stable").astype(np.int64)
    sorted_ms = at_ms[order]
    _tell_of_order(sheet, at_ms)
    repeated = np.flatnonzero(sorted_ms[1:] == sorted_ms[:-1]) + 1
    _tell_each(
        sheet,
        "signal_repeated",
        order[repeated],
        lambda n: {"at": _text(sorted_ms[repeated[n]]), "other": sheet.rows[int(order[repeated[n] - 1])]},
    )
    order = np.delete(order, repeated)
    step_ms = _step_ms(sheet, at_ms[order])
    if step_ms is None or not _is_whole(sheet, at_ms, order, step_ms) or len(repeated):
        return None
    horizon = Horizon(first_ms=int(sorted_ms[0]), minutes=step_ms // MS_PER_MINUTE, count=len(order))
    return Times(horizon=horizon, order=order)


def _tell_of_order(sheet: Sheet, at_ms: Integers) -> None:
    back = np.flatnonzero(at_ms[1:] < at_ms[:-1]) + 1
    if len(back):
        sheet.report.add("signal_unordered", row=sheet.rows[int(back[0])], evidence={"count": len(back)})


def _step_ms(sheet: Sheet, distinct_ms: Integers) -> int | None:
    """The step that most rows stand apart; nothing where it is none of ours."""
    steps_ms, counts = np.unique(np.diff(distinct_ms), return_counts=True)
    step_ms = int(steps_ms[np.argmax(counts)]) if len(counts) else 0
    if step_ms in [minutes * MS_PER_MINUTE for minutes in INTERVAL_MINUTES]:
        return step_ms
    evidence = {"minutes": f"{step_ms / MS_PER_MINUTE:g}", "choices": ", ".join(map(str, INTERVAL_MINUTES))}
    sheet.report.add("signal_step_unknown", evidence=evidence)
    return None


def _is_whole(sheet: Sheet, at_ms: Integers, order: Integers, step_ms: int) -> bool:
    """Whether every step of the grid is there and nothing beside it; each fault is a finding."""
    distinct_ms = at_ms[order]
    if _changes_step(sheet, distinct_ms, order, step_ms):
        return False
    off_grid = (distinct_ms + UTC_OFFSET_MS) % step_ms != 0
    minutes = step_ms // MS_PER_MINUTE
    stray = order[off_grid]
    _tell_each(sheet, "signal_off_grid", stray, lambda n: {"at": _text(at_ms[stray[n]]), "minutes": minutes})
    kept = order[~off_grid]
    apart = np.diff(at_ms[kept]) // step_ms
    before = np.flatnonzero(apart > 1)
    _tell_each(
        sheet,
        "signal_gap",
        kept[before + 1],
        lambda n: {
            "first": _text(at_ms[kept[before[n]]] + step_ms),
            "last": _text(at_ms[kept[before[n] + 1]] - step_ms),
            "count": int(apart[before[n]]) - 1,
        },
    )
    return not len(before) and not off_grid.any()


def _changes_step(sheet: Sheet, distinct_ms: Integers, order: Integers, step_ms: int) -> bool:
    apart_ms = np.diff(distinct_ms)
    for minutes in INTERVAL_MINUTES:
        same = apart_ms == minutes * MS_PER_MINUTE
        if minutes * MS_PER_MINUTE == step_ms or np.count_nonzero(same) < _STEPS_IN_A_ROW:
            continue
        runs = np.lib.stride_tricks.sliding_window_view(same, _STEPS_IN_A_ROW).all(axis=1)
        if runs.any():
            first = int(np.argmax(runs))
            evidence = {"minutes": step_ms // MS_PER_MINUTE, "other": minutes, "at": _text(distinct_ms[first])}
            sheet.report.add("signal_steps_mixed", row=sheet.rows[int(order[first])], evidence=evidence)
            return True
    return False


def _tell_each(
    sheet: Sheet, code: str, positions: Integers, evidence_of: Callable[[int], Mapping[str, object]]
) -> None:
    for number, position in enumerate(positions):
        if sheet.report.full(code):
            sheet.report.add_uncounted(code, len(positions) - number)
            return
        sheet.report.add(code, row=sheet.rows[int(position)], evidence=evidence_of(number))


def _text(at_ms: int) -> str:
    return (EPOCH + timedelta(milliseconds=int(at_ms))).astimezone(ZONE).isoformat()
