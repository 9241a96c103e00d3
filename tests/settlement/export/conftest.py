"""The example record of a month and its intervals; and the same with every part that most months lack."""

import copy
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest


@pytest.fixture
def record() -> dict[str, Any]:
    path = Path(__file__).parent / "example_record.json"
    example: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return example


MARKET = {
    "item": "market_energy",
    "item_zh": "市场电量电费",
    "item_en": "market energy",
    "season_zh": "市场阶段",
    "quantity": "1440030.6653",
    "price_cny_per_unit": "",
    "price_formula_zh": "日前计划 1424000.0000 kWh × 日前价 = 442419.00；(实际 − 计划) × 实时价 = 845.83781115",
    "price_formula_en": "day-ahead plan 1424000.0000 kWh × day-ahead price = 442419.00; "
    "(actual − plan) × real-time price = 845.83781115",
    "flags": [{"key": "leg", "text": "charge", "zh": "充电", "en": "charging"}],
}
CASES = {
    "item": "assessment",
    "item_zh": "考核",
    "item_en": "assessment",
    "quantity": "2",
    "quantity_unit": "times",
    "price_cny_per_unit": "10000.0000",
    "price_formula_zh": "每次 10000.0000；late_report：2 次 × 10000 元，由调度机构记录，按自定系数计",
    "price_formula_en": "10000.0000 a case; late_report: 2 case(s) × 10000 元, recorded by the dispatch centre",
    "flags": [{"key": "formula", "text": "discipline", "zh": "调度纪律等考核", "en": "discipline and the like"}],
}
AWARD = {
    "station_id": "SH-LG-01",
    "month": "2025-07",
    "award_year": "2025-06-01",
    "discharge_kwh_month": "5886600.1000",
    "awarded_kwh_month": "5886600.1000",
    "awarded_kwh_to_date": "10849820.3000",
    "award_cap_kwh": "120000000.0000",
}
ORDER = {
    "order_id": "D-0714-2",
    "start_at": "2025-07-14 18:00",
    "end_at": "2025-07-14 20:00",
    "direction": "discharge",
    "direction_zh": "放电",
    "ordered_kwh": "190000.0000",
    "done_kwh": "150000.0000",
    "failed_kwh": "40000.0000",
    "outcome": "partly_done",
    "outcome_zh": "部分完成",
    "cause": "own",
    "cause_zh": "电站自身",
    "row": "orders.csv:27",
}
OUTAGE = {
    "from_at": "2025-07-13 00:00",
    "until_at": "2025-07-14 06:30",
    "power_available_mw": "12.5",
    "cause": "approved",
    "cause_zh": "经批准",
}


@pytest.fixture
def whole(record: dict[str, Any]) -> dict[str, Any]:
    """The example with the parts that most months lack: market, cases, lessee's invoice, award, orders, outages."""
    full = copy.deepcopy(record)
    energy_line = full["lines"][0]
    full["lines"] += [{**energy_line, **MARKET}, {**energy_line, **CASES}]
    for number, line in enumerate(full["lines"], start=1):
        line["line_no"] = str(number)
    lessee = full["lines"][4]["counterparty"]
    of_lease = {"settled_with": "lessee", "settled_with_zh": "承租方", "counterparty": lessee}
    full["invoices"].append({**full["invoices"][0], **of_lease, "gross_cny": "250000.00"})
    full["calls"] |= {"shortfall_own": "1.2310", "shortfall_grid": "0.9500", "shortfall_not_ordered": "4.0044"}
    full["calls"] |= {
        "required_formula": "210 × 197/212",
        "failed_own_kwh": "246200.0000",
        "failed_grid_kwh": "190000.0000",
    }
    full["awards"] = [AWARD]
    full["orders"] = {"given": "62", "done": "61", "not_done": [dict(ORDER)]}
    full["outages"] = [dict(OUTAGE)]
    return full


@pytest.fixture
def detail() -> pl.DataFrame:
    rows = [
        {
            "day": date(2025, 7, 1) + timedelta(days=day),
            "direction": direction,
            **{f"p{point:02d}": f"{day}{point}.{point:04d}" for point in range(1, 97)},
        }
        for day in range(31)
        for direction in ("charge", "discharge")
    ]
    return pl.DataFrame(rows)
