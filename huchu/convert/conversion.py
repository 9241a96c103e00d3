"""From somebody else's file to checked signals and the text of `signals.csv`."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import polars as pl

from dispatch.signals.columns import LOAD, MOST_POWER_MW, TIME, WIND, powers
from dispatch.signals.intake import CATALOGUE as SIGNAL_CATALOGUE
from dispatch.signals.intake import signals_of_sheet
from dispatch.signals.record import Signals
from huchu.convert.figures import prices
from huchu.convert.source import sheet_of_source
from huchu.convert.stamps import starts_ms
from huchu.convert.wish import Wish, refuse_words
from tariffs.reading.paths import refuse_no_file
from tariffs.reading.refusal import refused
from tariffs.reading.report import FileRefusedError, FileReport
from tariffs.reading.sheet import Sheet
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.findings import Catalogue
from tariffs.vocabulary.timegrid import ZONE_NAME

CATALOGUE: Final = Catalogue.load(Path(__file__).parent / "findings.toml")
_REFUSED: Final = Words("文件未能转换为时序", "the file could not be converted into signals")
_CURRENCY: Final = re.compile(r"(?<![a-z])(aud|czk|eur|gbp|jpy|nok|pln|sek|usd)(?![a-z])|[$€£]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """Signals and the text of the file that holds them: UTF-8 with byte-order mark, instants with offset."""

    signals: Signals
    text: bytes


def converted(wish: Wish) -> Converted:
    """The signals of somebody else's file, checked as `huchu dispatch` will check them.

    Raises  InputError if the path is no file; UsageError if the words of the wish do not go together; Refused, with every row that
            is wrong, if it cannot be converted
    """
    refuse_words(wish)
    refuse_no_file(wish.file)
    report = FileReport(wish.file.name, Catalogue({**SIGNAL_CATALOGUE.entries, **CATALOGUE.entries}))
    try:
        sheet = _signal_sheet(wish, report)
        signals = signals_of_sheet(sheet)
        if wish.minutes not in (0, signals.horizon.minutes):
            report.stop("convert_minutes", evidence={"minutes": signals.horizon.minutes, "wanted": wish.minutes})
    except FileRefusedError:
        raise refused(report.findings(), _REFUSED) from None
    return Converted(signals=replace(signals, findings=report.findings()), text=_text(sheet))


def _signal_sheet(wish: Wish, report: FileReport) -> Sheet:
    """The source under the headers of signals.csv, with the rows of the source.

    Raises  FileRefusedError if the source cannot be read or a stamp is refused
    """
    source = sheet_of_source(wish, report)
    at_ms = starts_ms(source, wish)
    source, at_ms = _between(source, at_ms, wish)
    starts = at_ms.cast(pl.Datetime("ms", "UTC")).alias(TIME)
    signals = [
        pl.Series(name, powers(source, column, least_mw=0.0 if name == WIND else -MOST_POWER_MW))
        if name in (LOAD, WIND)
        else prices(source, column).alias(name)
        for name, column in wish.signal_columns.items()
    ]
    _tell_of_currency(wish, report)
    if at_ms.null_count():
        raise FileRefusedError
    return replace(source, cells=pl.DataFrame([starts, *signals]))


def _between(sheet: Sheet, at_ms: pl.Series, wish: Wish) -> tuple[Sheet, pl.Series]:
    from_ms, until_ms = wish.bound_ms(wish.from_text, "--from"), wish.bound_ms(wish.until_text, "--until")
    outside = pl.Series([False]).new_from_index(0, len(at_ms))
    if from_ms is not None:
        outside |= (at_ms < from_ms).fill_null(value=False)
    if until_ms is not None:
        outside |= (at_ms >= until_ms).fill_null(value=False)
    if outside.all():
        sheet.report.stop("convert_nothing_between")
    return replace(sheet, cells=sheet.cells.filter(~outside), rows=sheet.rows.filter(~outside)), at_ms.filter(~outside)


def _tell_of_currency(wish: Wish, report: FileReport) -> None:
    match = _CURRENCY.search(wish.price_column or wish.forecast_column)
    currency = wish.currency_note or (match[0].upper() if match else "")
    if currency:
        report.add("convert_currency", evidence={"currency": currency})


def _text(sheet: Sheet) -> bytes:
    order = sheet.column(TIME).arg_sort()
    instants = sheet.column(TIME).gather(order).dt.convert_time_zone(ZONE_NAME).dt.strftime("%Y-%m-%dT%H:%M%:z")
    table = sheet.cells[order].with_columns(instants.alias(TIME))
    return table.write_csv(include_bom=True, float_scientific=False).encode()
