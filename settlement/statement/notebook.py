"""Statements as a short HTML table, for a notebook."""

from collections.abc import Iterable, Iterator
from html import escape

from settlement.statement.line import StatementLine
from settlement.statement.obligation import CallsProgress, calls_text
from tariffs.glossary import term
from tariffs.vocabulary.money import cny_text, kwh_text, price_text

HEADINGS = ("电站 station", "月份 month", "项目 item", "时期 season", "电量 kWh", "电价 元/kWh", "金额 元")
RIGHT = " style='text-align:right'"


def html(lines: Iterable[StatementLine], calls: Iterable[CallsProgress]) -> str:
    """A table with one row a line, the sum of a station's month under its lines, and the calls."""
    rows = [*_line_rows(list(lines)), *(_calls_row(progress) for progress in calls if progress.required)]
    head = "".join(f"<th>{heading}</th>" for heading in HEADINGS)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _line_rows(lines: list[StatementLine]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield _row(
            (line.station_id, str(line.month), term(line.item).zh, term(line.season).zh),
            (
                kwh_text(line.quantity_kwh_e4),
                price_text(line.price.cny_per_kwh_e6),
                cny_text(line.amount_fen),
            ),
        )
        following = lines[number + 1] if number + 1 < len(lines) else None
        if following is None or (following.station_id, following.month) != (line.station_id, line.month):
            total = sum(e.amount_fen for e in lines if (e.station_id, e.month) == (line.station_id, line.month))
            yield _row((line.station_id, str(line.month), "合计 total", ""), ("", "", f"{cny_text(total)}"))


def _calls_row(progress: CallsProgress) -> str:
    done = "" if progress.to_date_calls is None else f"，累计 to date {calls_text(progress.to_date_calls)}"
    told = f"本月 {calls_text(progress.month_calls)}{done}，要求 required {calls_text(progress.required)}"
    return _row((progress.station_id, str(progress.month), "调用次数 calls", told), ("", "", ""))


def _row(texts: tuple[str, ...], figures: tuple[str, ...]) -> str:
    cells = "".join(f"<td>{escape(text)}</td>" for text in texts)
    return f"<tr>{cells}{''.join(f'<td{RIGHT}>{figure}</td>' for figure in figures)}</tr>"
