"""The interval energies behind a statement, one row a day and direction: the 96-point sheet."""

import polars as pl

from settlement.statement.statement import Statement
from tariffs.vocabulary.money import kwh_text
from tariffs.vocabulary.timegrid import intervals_per_day, local_day, local_minute
from tariffs.vocabulary.units import MINUTES_PER_DAY


def detail_frame(statement: Statement) -> pl.DataFrame:
    """The readings of a statement as exact text in kWh, points across.

    Shape   columns day, direction (charge, discharge), p01 ... pNN with NN intervals a day; p01 starts at 00:00;
            an interval that is not settled is empty
    """
    points = intervals_per_day(statement.minutes)
    names = {number: f"p{number + 1:02d}" for number in range(points)}
    keyed = statement.readings.select(
        local_day().alias("day"),
        (local_minute() % MINUTES_PER_DAY // statement.minutes).alias("point"),
        "charge_kwh_e4",
        "discharge_kwh_e4",
    )
    rows: dict[tuple[object, str], dict[str, object]] = {}
    for day, point, charge, discharge in keyed.iter_rows():
        for direction, energy in (("charge", charge), ("discharge", discharge)):
            row = rows.setdefault((day, direction), {"day": day, "direction": direction})
            row[names[point]] = kwh_text(energy)
    schema = {"day": pl.Date, "direction": pl.String, **dict.fromkeys(names.values(), pl.String)}
    return pl.DataFrame([rows[key] for key in sorted(rows, key=str)], schema=schema).with_columns(
        pl.col(pl.String).fill_null("")
    )
