"""Whether the instants of prices make one grid: one length of interval, nothing missing, nothing twice."""

from datetime import datetime
from typing import Final

import polars as pl

from settlement.inputs import cells
from tariffs.reading.sheet import Sheet
from tariffs.vocabulary.timegrid import INTERVAL_MINUTES, UTC_OFFSET_MS
from tariffs.vocabulary.units import MS_PER_DAY, MS_PER_MINUTE

MARKET_MINUTES: Final = (15, 30, 60)
"""Lengths of an interval for which a market settles."""
_STEPS_IN_A_ROW: Final = 4
"""So many equal steps in a row are no gaps but a file of two resolutions."""


def minutes_of(sheet: Sheet, starts: pl.Series) -> int | None:
    """The length of an interval in minutes; nothing where an instant is wrong, and then there are findings.

    Shape   `starts` has an instant for each row of the sheet, null where it was refused
    """
    again, first_rows = cells.repeats(sheet, starts.to_frame())
    cells.tell(sheet, again, "price_repeated", lambda at: {"at": _text(starts[at]), "other": first_rows[at]})
    if starts.null_count():
        return None
    _tell_of_order(sheet, starts)
    ordered = pl.DataFrame({"at": starts, "row": sheet.rows}).filter(~again).sort("at")
    steps_ms = ordered["at"].to_physical().diff().drop_nulls()
    step_ms = _usual_step_ms(sheet, steps_ms)
    if step_ms is None or _changes(sheet, ordered, steps_ms, step_ms):
        return None
    whole = _is_whole(sheet, ordered, starts, step_ms)
    _tell_of_ends(sheet, ordered["at"], step_ms)
    return step_ms // MS_PER_MINUTE if whole and not again.any() else None


def _tell_of_order(sheet: Sheet, starts: pl.Series) -> None:
    back = starts.to_physical().diff().fill_null(0) < 0
    if back.any():
        row = int(sheet.rows.filter(back)[0])
        sheet.report.add("price_unordered", row=row, evidence={"count": back.sum()})


def _usual_step_ms(sheet: Sheet, steps_ms: pl.Series) -> int | None:
    """The step that most rows stand apart; nothing where no market settles it."""
    counted = steps_ms.value_counts(name="times").sort("times", steps_ms.name, descending=[True, False])
    step_ms = int(counted[steps_ms.name][0]) if counted.height else 0
    if step_ms in [minutes * MS_PER_MINUTE for minutes in MARKET_MINUTES]:
        return step_ms
    choices = ", ".join(map(str, MARKET_MINUTES))
    minutes = f"{step_ms / MS_PER_MINUTE:g}"
    sheet.report.add("price_step_unknown", evidence={"minutes": minutes, "choices": choices})
    return None


def _changes(sheet: Sheet, ordered: pl.DataFrame, steps_ms: pl.Series, step_ms: int) -> bool:
    runs = steps_ms.rle().struct.unnest()
    begins = runs["len"].cum_sum() - runs["len"]
    others = [minutes * MS_PER_MINUTE for minutes in INTERVAL_MINUTES if minutes * MS_PER_MINUTE != step_ms]
    mixed = (runs["len"] >= _STEPS_IN_A_ROW) & runs["value"].is_in(others)
    if not mixed.any():
        return False
    first = int(begins.filter(mixed)[0])
    other = int(runs["value"].filter(mixed)[0]) // MS_PER_MINUTE
    told = {"minutes": step_ms // MS_PER_MINUTE, "other": other, "at": _text(ordered["at"][first])}
    sheet.report.add("price_steps_mixed", row=int(ordered["row"][first]), evidence=told)
    return True


def _is_whole(sheet: Sheet, ordered: pl.DataFrame, starts: pl.Series, step_ms: int) -> bool:
    """Whether every interval of the grid is there and nothing beside it; each fault is a finding."""
    minutes = step_ms // MS_PER_MINUTE
    stray = (starts.to_physical() + UTC_OFFSET_MS) % step_ms != 0
    cells.tell(sheet, stray, "price_off_grid", lambda at: {"at": _text(starts[at]), "minutes": minutes})
    kept = ordered.filter((pl.col("at").to_physical() + UTC_OFFSET_MS) % step_ms == 0)
    after = kept.with_columns(before=pl.col("at").shift(1), apart_ms=pl.col("at").to_physical().diff())
    gaps = after.filter(pl.col("apart_ms") > step_ms)
    for at, row, before, apart_ms in gaps.iter_rows():
        if sheet.report.full("price_gap"):
            sheet.report.add_uncounted("price_gap", 1)
            continue
        count = apart_ms // step_ms - 1
        told = {"before": _text(before), "after": _text(at), "count": count}
        sheet.report.add("price_gap", row=row, evidence=told)
    return not (gaps.height or stray.any())


def _tell_of_ends(sheet: Sheet, instants: pl.Series, step_ms: int) -> None:
    """A file that begins one interval late in its day and ends at a midnight names the ends of its intervals."""
    first, last = int(instants.to_physical()[0]), int(instants.to_physical()[-1])
    late, rest = (first + UTC_OFFSET_MS) % MS_PER_DAY, (last + UTC_OFFSET_MS) % MS_PER_DAY
    if late == step_ms and rest == 0:
        told = {"first": _text(instants[0]), "last": _text(instants[-1])}
        sheet.report.add("price_stamps_look_like_ends", evidence=told)


def _text(at: datetime) -> str:
    return at.isoformat()
