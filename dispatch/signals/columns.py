"""Columns of signals: which there may be, and their cells as exact prices and finite powers."""

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from dispatch.arrays import Floats, Integers
from tariffs.reading import grammar
from tariffs.reading.cells import refuse, scaled_integers
from tariffs.reading.report import FileRefusedError, FileReport, shown
from tariffs.reading.sheet import MOST_NAMES, Sheet, refuse_headers
from tariffs.vocabulary.errors import nearest

TIME: Final = "interval_start"
PRICE: Final = "price_cny_per_mwh"
CHARGE_PRICE: Final = "charge_price_cny_per_mwh"
DISCHARGE_PRICE: Final = "discharge_price_cny_per_mwh"
FORECAST: Final = "forecast_"
LOAD: Final = "load_mw"
WIND: Final = "wind_mw"
WIND_PLAN: Final = "wind_plan_mw"
PRICES: Final = (PRICE, CHARGE_PRICE, DISCHARGE_PRICE)
SIGNALS: Final = (*PRICES, *(FORECAST + name for name in PRICES), LOAD, WIND, WIND_PLAN)
"""Every column beside that of the instants."""

PRICE_DECIMALS: Final = 3
MOST_PRICE_E6: Final = 10**9
"""A million 元/MWh: beyond it is no price, and below it energy times price fits in 64 bits."""
MOST_POWER_MW: Final = 1e7
"""Three times all that stands in China; beyond it is no load."""
_POWER_DECIMALS: Final = 40
_FIELDS: Final = {
    PRICE: ("charge_price_e6", "discharge_price_e6"),
    CHARGE_PRICE: ("charge_price_e6",),
    DISCHARGE_PRICE: ("discharge_price_e6",),
}


def checked_headers(names: Sequence[str], report: FileReport, header_row: int) -> tuple[str, ...]:
    """Headers in lower case without surrounding spaces, once it is sure what each of them means.

    Raises  FileRefusedError if a column is unknown, doubled or missing, or contradicts another
    """
    headers = tuple(name.strip().lower() for name in names)
    unknown = [header for header in dict.fromkeys(headers) if header not in (TIME, *SIGNALS)]
    absent = [name for name in (TIME, *SIGNALS) if name not in headers]
    for header in unknown[:MOST_NAMES]:
        evidence = {"column": shown(header), "nearest": nearest(header, absent) or "-"}
        report.add("signal_column_unknown", row=header_row, evidence=evidence)
    refuse_headers(report, headers, (TIME,), unknown, header_row)
    there = set(headers) & set(SIGNALS)
    if not there and not unknown:
        report.add("signal_column_none", row=header_row, evidence={"choices": ", ".join(SIGNALS)})
    for prefix in ("", FORECAST):
        _check_prices(there, prefix, report, header_row)
    if not there & set(PRICES) and any(name.startswith(FORECAST) for name in there):
        report.add("signal_forecast_alone", row=header_row)
    if report.findings():
        raise FileRefusedError
    return headers


def _check_prices(there: set[str], prefix: str, report: FileReport, header_row: int) -> None:
    single, charge, discharge = (prefix + name for name in PRICES)
    if single in there and there & {charge, discharge}:
        report.add("signal_price_twice", row=header_row, evidence={"single": single, "one": charge, "other": discharge})
    elif (charge in there) != (discharge in there):
        given, wanted = (charge, discharge) if charge in there else (discharge, charge)
        report.add("signal_price_half", row=header_row, evidence={"given": given, "wanted": wanted})


def arrays(sheet: Sheet) -> dict[str, Any]:
    """Every signal of a sheet by its field of `Signals`, in the order of the rows; a cell that is none is a finding.

    Raises  FileRefusedError if a column can hold no numbers
    """
    found: dict[str, Any] = {}
    for name in sheet.cells.columns:
        if name in (LOAD, WIND, WIND_PLAN):
            found[name] = powers(sheet, name, least_mw=-MOST_POWER_MW if name == LOAD else 0.0)
        elif name != TIME:
            fields = _FIELDS[name.removeprefix(FORECAST)]
            prefix = FORECAST if name.startswith(FORECAST) else ""
            found |= dict.fromkeys((prefix + field for field in fields), _prices(sheet, name))
    return found


def _prices(sheet: Sheet, name: str) -> Integers:
    scaled = scaled_integers(sheet, name, PRICE_DECIMALS)
    faulty = scaled.is_null()
    refuse(sheet, name, faulty, lambda text: _code(text, PRICE_DECIMALS), {"decimals": PRICE_DECIMALS})
    beyond = (scaled.abs() > MOST_PRICE_E6).fill_null(value=False)
    refuse(sheet, name, beyond, lambda _: "signal_too_large")
    return scaled.fill_null(0).to_numpy()


def powers(sheet: Sheet, name: str, least_mw: float) -> Floats:
    """A column of MW as floats; a cell that is none, or below the least, is a finding, and 0 in the array.

    Raises  FileRefusedError if the column can hold no numbers
    """
    cells = sheet.column(name)
    if cells.dtype == pl.String:
        written = pl.when(pl.col(name).str.contains(grammar.number_pattern(_POWER_DECIMALS))).then(pl.col(name))
        read = cells.to_frame().select(written.cast(pl.Float64, strict=False)).to_series()
    elif cells.dtype.is_numeric() or cells.dtype == pl.Null:
        read = cells.cast(pl.Float64)
    else:
        sheet.report.stop("column_type", evidence={"column": name, "kind": cells.dtype, "wanted": "number"})
    finite = read.is_finite().fill_null(value=False)
    refuse(sheet, name, ~finite, lambda text: _code(text, _POWER_DECIMALS), {"decimals": _POWER_DECIMALS})
    beyond = finite & (read.abs() > MOST_POWER_MW)
    refuse(sheet, name, beyond, lambda _: "signal_too_large")
    refuse(sheet, name, finite & (read < least_mw) & ~beyond, lambda _: "signal_negative")
    return read.fill_null(0.0).to_numpy()


def _code(text: str | None, decimals: int) -> str:
    return f"signal_{grammar.number_fault(text, decimals)}"
