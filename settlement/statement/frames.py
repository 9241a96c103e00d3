"""Lines and calls as frames of exact decimal text: what `lines.csv` and `calls.csv` hold."""

from collections.abc import Iterable

import polars as pl

from settlement.statement.award import AwardProgress, award_row
from settlement.statement.line import StatementLine
from settlement.statement.obligation import CallsProgress, calls_row
from tariffs.vocabulary.columns import AWARD, CALLS, LINES
from tariffs.vocabulary.money import cny_text


def lines_frame(lines: Iterable[StatementLine]) -> pl.DataFrame:
    """The lines with the columns LINES, sorted by station, month and line number."""
    rows = [_line_row(line) for line in lines]
    return pl.DataFrame(rows, schema=dict(LINES), orient="row").sort("station_id", "month", "line_no")


def calls_frame(calls: Iterable[CallsProgress]) -> pl.DataFrame:
    """The calls with the columns CALLS, sorted by station, month and obligation year."""
    rows = [calls_row(progress) for progress in calls]
    schema = dict.fromkeys(CALLS, pl.String)
    return pl.DataFrame(rows, schema=schema).sort("station_id", "month", "obligation_year")


def award_frame(awards: Iterable[AwardProgress]) -> pl.DataFrame:
    """The awarded energies with the columns AWARD, sorted by station, month and year of the award."""
    rows = [award_row(progress) for progress in awards]
    schema = dict.fromkeys(AWARD, pl.String)
    return pl.DataFrame(rows, schema=schema).sort("station_id", "month", "award_year")


def _line_row(line: StatementLine) -> tuple[str | int, ...]:
    return (
        line.station_id,
        str(line.month),
        line.line_no,
        line.item,
        line.season,
        line.quantity_text,
        line.quantity_unit,
        line.price_text,
        cny_text(line.amount_fen),
        cny_text(line.amount_excl_tax_fen),
        cny_text(line.tax_fen),
        line.settled_with.value,
        line.clause.document_number,
        line.clause.article,
        line.flags_text,
    )
