"""Starts of intervals as instants, from stamps on local clocks with their days of 23 and 25 hours."""

from typing import Final

import polars as pl

from huchu.convert.source import texts
from huchu.convert.wish import Wish
from huchu.convert.written import stamp_parts
from tariffs.reading.cells import first_row, refuse
from tariffs.reading.sheet import Sheet
from tariffs.vocabulary.units import MS_PER_MINUTE

REPEATED_WORDS: Final = {
    **dict.fromkeys(("y", "yes", "true", "1"), True),
    **dict.fromkeys(("n", "no", "false", "0", ""), False),
}


def starts_ms(sheet: Sheet, wish: Wish) -> pl.Series:
    """Start of the interval of each row, milliseconds since the epoch (Int64); null where the stamp is refused.

    Shape   an end becomes a start on the clock that shows it: the hour that ends at 02:00 is the one that begins at
            01:00, and a flag of repetition speaks of the interval; only a stamp marked a or b is an instant first
    """
    parts = stamp_parts(sheet, wish)
    clock_ms = parts["day_ms"] + parts["within_ms"]
    zoned = parts["east_ms"].is_not_null()
    naive = ~zoned & clock_ms.is_not_null()
    step_ms = 0
    if wish.stamp == "end":
        step_ms = wish.minutes * MS_PER_MINUTE or _usual_step_ms(clock_ms)
    if zoned.any() and naive.any():
        evidence = {"naive_row": first_row(sheet, naive), "zoned_row": first_row(sheet, zoned)}
        sheet.report.add("instants_mixed", row=max(evidence.values()), evidence=evidence)
    if not naive.any():
        return clock_ms - parts["east_ms"] - step_ms
    if not wish.zone:
        sheet.report.add("naive_instants", row=first_row(sheet, naive), evidence={"count": naive.sum()})
    if wish.hours == "counted":
        at_midnight = pl.Series([False]).new_from_index(0, len(clock_ms))
        return _on_the_clock(sheet, parts["day_ms"], at_midnight, wish) + parts["within_ms"] - step_ms
    if parts["twin"].null_count() < len(clock_ms):
        later = (parts["twin"] == "b").fill_null(value=False)
        _refuse_elsewhere(sheet, clock_ms, later, wish)
        return _on_the_clock(sheet, clock_ms, later, wish) - step_ms
    if wish.repeated_column:
        later = _flagged(sheet, wish.repeated_column)
        _refuse_elsewhere(sheet, clock_ms - step_ms, later, wish)
        return _on_the_clock(sheet, clock_ms - step_ms, later, wish)
    nth = pl.DataFrame({"clock": clock_ms}).select(pl.int_range(pl.len()).over("clock")).to_series()
    return _on_the_clock(sheet, clock_ms - step_ms, nth > 0, wish)


def _usual_step_ms(clock_ms: pl.Series) -> int:
    apart = clock_ms.drop_nulls().unique().sort().diff().drop_nulls()
    return min(apart.mode().to_list(), default=0)


def _both_ms(wall_ms: pl.Series, wish: Wish) -> pl.DataFrame:
    """The earlier and the later instant at which a clock shows each time; equal but for the hour that comes twice."""
    wall = pl.col("wall").cast(pl.Datetime("ms"))
    early = wall.dt.replace_time_zone(wish.wall_zone, ambiguous="earliest", non_existent="null")
    late = wall.dt.replace_time_zone(wish.wall_zone, ambiguous="latest", non_existent="null")
    return wall_ms.to_frame("wall").select(early=early.dt.epoch("ms"), late=late.dt.epoch("ms"))


def _on_the_clock(sheet: Sheet, wall_ms: pl.Series, later: pl.Series, wish: Wish) -> pl.Series:
    """The instants at which the clock of the zone shows some times; null where it never does, which is refused."""
    both = _both_ms(wall_ms, wish)
    skipped = wall_ms.is_not_null() & both["early"].is_null()
    refuse(sheet, wish.stamp_columns[-1], skipped, lambda _: "convert_clock_skips", {"zone": wish.wall_zone})
    doubled = (both["early"] != both["late"]).fill_null(value=False)
    if doubled.any():
        evidence = {"zone": wish.wall_zone, "count": doubled.sum(), "later": (doubled & later).sum()}
        sheet.report.add("convert_clock_repeats", row=first_row(sheet, doubled), evidence=evidence)
    return both.select(pl.when(later).then("late").otherwise("early").alias("start")).to_series()


def _refuse_elsewhere(sheet: Sheet, wall_ms: pl.Series, later: pl.Series, wish: Wish) -> None:
    both = _both_ms(wall_ms, wish)
    elsewhere = later & (both["early"] == both["late"]).fill_null(value=False)
    column = wish.repeated_column or wish.stamp_columns[-1]
    refuse(sheet, column, elsewhere, lambda _: "convert_repeated_elsewhere", {"zone": wish.wall_zone})


def _flagged(sheet: Sheet, name: str) -> pl.Series:
    cells = texts(sheet, name).fill_null("").str.to_lowercase()
    flags = cells.replace_strict(
        list(REPEATED_WORDS), list(REPEATED_WORDS.values()), default=None, return_dtype=pl.Boolean
    )
    choices = ", ".join(word for word in REPEATED_WORDS if word)
    refuse(sheet, name, flags.is_null(), lambda _: "convert_repeated_unknown", {"choices": choices})
    return flags.fill_null(value=False)
