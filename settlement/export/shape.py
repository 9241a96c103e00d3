"""What a statement record holds: one nested mapping in which every leaf is text.

The engine writes each figure as the exact text that is to be read; a format only places it. `check` refuses a record
that lacks a key, has another one or holds something else than text, so that no format prints half a statement.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from tariffs.vocabulary.errors import InputError, Words

SCHEMA: Final = "huchu.statement/1"
MOST_PROBLEMS_SHOWN: Final = 5
TEXT: Final = "text"
BAR: Final = "a number of 0 or more"
DAY: Final = "a day as YYYY-MM-DD"


def _texts(names: str) -> dict[str, Any]:
    return dict.fromkeys(names.split(), TEXT)


CALLS: Final[Mapping[str, Any]] = {
    **_texts(
        "rule rule_zh rule_en obligation_year season_days_past season_days_left calls_month calls_to_date"
        " calls_required calls_left calls_per_day_needed required_by_now shortfall_own shortfall_grid"
        " shortfall_not_ordered required_formula failed_own_kwh failed_grid_kwh verdict_zh verdict_en"
    ),
    "progress_ratio": BAR,
    "on_pace_ratio": BAR,
}
SHAPE: Final[Mapping[str, Any]] = {
    **_texts("schema statement_no run_id engine_version month"),
    "run": _texts("kind zh en"),
    "grid_company": _texts("zh en"),
    "city": _texts("zh en"),
    "station": _texts(
        "id name owner account_no tax_no power_mw charge_power_mw energy_mwh grid_connected_on in_annual_plan_from"
    ),
    "period": {
        **_texts("from_on days interval_minutes intervals_expected intervals_read intervals_filled"),
        "until_on": DAY,
    },
    "metering": [
        _texts(
            "direction zh en meter_id previous_register current_register multiplier measured_kwh filled_kwh total_kwh"
            " measured_share"
        )
    ],
    "lines": [
        {
            **_texts(
                "line_no item item_zh item_en season season_zh season_en from_on until_on quantity quantity_unit"
                " price_cny_per_unit price_formula_zh price_formula_en amount_cny amount_exact_cny amount_excl_tax_cny"
                " tax_cny settled_with settled_with_zh counterparty document document_title article version_from"
            ),
            "flags": [_texts("key text zh en")],
            "trace": {
                **_texts("readings_sha256 intervals filled_intervals filled_kwh"),
                "price_documents": [_texts("series version_from document_number article confirmation")],
            },
        }
    ],
    "invoices": [_texts("kind zh en settled_with settled_with_zh counterparty tax_rate gross_cny net_cny tax_cny")],
    "totals": _texts(
        "settled_with_grid_cny settled_with_grid_capitals all_income_cny all_income_capitals payer_zh payer_en"
    ),
    "calls": CALLS,
    "ended_calls": [CALLS],
    "awards": [
        _texts("station_id month award_year discharge_kwh_month awarded_kwh_month awarded_kwh_to_date award_cap_kwh")
    ],
    "orders": {
        **_texts("given done"),
        "not_done": [
            _texts(
                "order_id start_at end_at direction direction_zh ordered_kwh done_kwh failed_kwh outcome outcome_zh"
                " cause cause_zh row"
            )
        ],
    },
    "outages": [_texts("from_at until_at power_available_mw cause cause_zh")],
    "daily": [{**_texts("day season charge_kwh discharge_kwh"), "charge_bar": BAR, "discharge_bar": BAR}],
    "settings": [_texts("key setting zh en")],
    "documents": [_texts("series version_from document_number title checked_on confirmation confirmation_zh")],
    "inputs": [_texts("name file_format rows sha256")],
    "notices": [_texts("severity severity_zh code zh en")],
}


def check(record: Mapping[str, Any]) -> None:
    """Nothing, when a record has exactly the keys of `SHAPE` and only text in them.

    Raises  InputError with the first five places that are wrong
    """
    problems = list(_problems(record, SHAPE, ""))
    if not problems and record["schema"] != SCHEMA:
        problems.append(f"schema: {record['schema']!r}, not {SCHEMA!r}")
    if problems:
        shown = "; ".join(problems[:MOST_PROBLEMS_SHOWN])
        rest = len(problems) - MOST_PROBLEMS_SHOWN
        found = f"{shown}; +{rest}" if rest > 0 else shown
        raise InputError(
            Words("结算单记录不完整，无法排版", "the statement record is not complete and cannot be laid out"),
            found=Words(found, found),
            do=Words(
                f"按 {SCHEMA} 更正上述各项，每项均为文本",
                f"give exactly the keys of {SCHEMA}, each as text",
            ),
        )


def _problems(part: Any, shape: Any, place: str) -> Iterator[str]:
    if isinstance(shape, str):
        yield from _leaf_problems(part, shape, place)
    elif isinstance(shape, Mapping):
        if not isinstance(part, Mapping):
            yield f"{place or 'record'}: {type(part).__name__} instead of a table"
            return
        for key, inner in shape.items():
            inner_place = f"{place}.{key}" if place else key
            if key in part:
                yield from _problems(part[key], inner, inner_place)
            else:
                yield f"{inner_place}: missing"
        for key in sorted(map(str, part.keys() - shape.keys())):
            yield f"{place or 'record'}: unknown key {key!r}"
    elif isinstance(part, list | tuple):
        for number, row in enumerate(part, start=1):
            yield from _problems(row, shape[0], f"{place}[{number}]")
    else:
        yield f"{place}: {type(part).__name__} instead of a list"


def _leaf_problems(leaf: Any, kind: str, place: str) -> Iterator[str]:
    if not isinstance(leaf, str):
        yield f"{place}: {type(leaf).__name__} instead of text"
    elif not _is_unicode(leaf):
        yield f"{place}: text with half a character (a lone surrogate)"
    elif kind == BAR and leaf and not re.fullmatch(r"\d{1,9}(\.\d{1,18})?", leaf, re.ASCII):
        yield f"{place}: {leaf!r} is not {BAR}"
    elif kind == DAY and not _is_day(leaf):
        yield f"{place}: {leaf!r} is not {DAY}"


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("YYYY-MM-DD")
