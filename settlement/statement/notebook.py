"""Statements as a short HTML table, for a notebook."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from settlement.draft import TIMES, SettledWith
from settlement.statement.flags import flag_record
from settlement.statement.line import StatementLine
from settlement.statement.obligation import CallsProgress, calls_text
from tariffs.glossary import term
from tariffs.vocabulary.money import cny_text

HEADINGS = ("电站 station", "月份 month", "项目 item", "时期 season", "数量 quantity", "单价 price", "金额 元")
UNIT_ZH = {TIMES: "次"}
OF_ITEM = ("leg", "formula", "lessee")
RIGHT = " style='text-align:right'"


def html(lines: Iterable[StatementLine], calls: Iterable[CallsProgress]) -> str:
    """A table with one row a line, the totals of a station's month under its lines, and the calls."""
    rows = [*_line_rows(list(lines)), *(_calls_row(progress) for progress in calls if progress.required)]
    head = "".join(f"<th>{heading}</th>" for heading in HEADINGS)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _line_rows(lines: list[StatementLine]) -> Iterator[str]:
    for number, line in enumerate(lines):
        unit = UNIT_ZH.get(line.quantity_unit, line.quantity_unit)
        yield _row(
            (line.station_id, str(line.month), _item(line), term(line.season).zh),
            (f"{line.quantity_text} {unit}", line.price_text, cny_text(line.amount_fen)),
        )
        following = lines[number + 1] if number + 1 < len(lines) else None
        if following is None or (following.station_id, following.month) != (line.station_id, line.month):
            place = (line.station_id, line.month)
            yield from _total_rows([each for each in lines if (each.station_id, each.month) == place])


def _item(line: StatementLine) -> str:
    """The item and what tells it from others of its kind: a direction, an assessed formula, a lessee."""
    told = [flag_record(key, flag)["zh"] for key, flag in line.flags.items() if key in OF_ITEM]
    return "：".join([term(line.item).zh, *told])


def _total_rows(lines: Sequence[StatementLine]) -> Iterator[str]:
    """What is settled with the grid company, and all income where others pay too."""
    place = (lines[0].station_id, str(lines[0].month))
    of_grid = [line.amount_fen for line in lines if line.settled_with is SettledWith.GRID]
    yield _row((*place, "与电网企业结算 settled with the grid company", ""), ("", "", cny_text(sum(of_grid))))
    if len(of_grid) < len(lines):
        all_income = sum(line.amount_fen for line in lines)
        yield _row((*place, "全部收入 all income", ""), ("", "", cny_text(all_income)))


def _calls_row(progress: CallsProgress) -> str:
    done = "" if progress.to_date_calls is None else f"，累计 to date {calls_text(progress.to_date_calls)}"
    told = f"本月 {calls_text(progress.month_calls)}{done}，要求 required {calls_text(progress.required)}"
    return _row((progress.station_id, str(progress.month), "调用次数 calls", told), ("", "", ""))


def _row(texts: tuple[str, ...], figures: tuple[str, ...]) -> str:
    cells = "".join(f"<td>{escape(text)}</td>" for text in texts)
    return f"<tr>{cells}{''.join(f'<td{RIGHT}>{figure}</td>' for figure in figures)}</tr>"
