"""A month settled with every kind of item, laid out: what the engine says of it stands in every format."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import fastexcel
import polars as pl
import pypdf
import pytest

from settlement import SettleOptions, settle
from settlement.export import formats, shape
from settlement.inputs.read import InputPaths
from settlement.statement.detail import detail_frame
from settlement.statement.flags import flag_record
from settlement.statement.record import statement_record
from settlement.statement.statement import Statement
from tariffs.settings import settings_from_table
from tariffs.stations import stations_from_table
from tariffs.vocabulary.errors import InputError
from tariffs.vocabulary.timegrid import ZONE

LESSEE = "上海临港海上风电有限公司"
REASON = "倍率更正：换表后录入错误"
SETTINGS: Mapping[str, Any] = {
    "season_calendar": "jun_sep_dec_feb",
    "obligation_year_from": "06-01",
    "call_counting": "equivalent_discharge",
    "market_from": "2026-02-21",
    "assessment_profile": "own",
    "capacity_support": "national_capacity_price",
}
STATION: Mapping[str, Any] = {
    "id": "A-1",
    "name": "站",
    "power_mw": 100,
    "energy_mwh": 200,
    "grid_connected_on": date(2025, 2, 1),
    "in_annual_plan": True,
    "catalogue": "independent",
    "award_from": date(2026, 2, 1),
    "national_capacity_price_from": date(2026, 2, 1),
}


def hours(first_day: int, last_day: int) -> list[datetime]:
    start = datetime(2026, 2, first_day, tzinfo=ZONE)
    return [start + timedelta(hours=hour) for hour in range(24 * (last_day - first_day + 1))]


def energy(at: datetime) -> tuple[str, str]:
    """90 MWh in at one o'clock; 80 MWh out at eighteen, 20 MWh on the 11th."""
    out = "20000" if at.day == 11 else "80000"
    return "90000" if at.hour == 1 else "0", out if at.hour == 18 else "0"


def frame(names: str, rows: Sequence[tuple[str, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(names.split(), pl.String), orient="row")


def inputs() -> InputPaths:
    orders = [
        ("D-10", "A-1", "2026-02-10T18:00+08:00", "2026-02-10T19:00+08:00", "discharge", "80000"),
        ("D-11", "A-1", "2026-02-11T18:00+08:00", "2026-02-11T19:00+08:00", "discharge", "80000"),
    ]
    wrong = [("A-1", f"2025-07-0{day}", "discharge", "-125.5", REASON) for day in (2, 3, 4)]
    plan = [
        (
            "A-1",
            f"2026-02-{day}",
            direction,
            *("80000" if direction == "discharge" and 72 <= q < 76 else "0" for q in range(96)),
        )
        for day in range(21, 29)
        for direction in ("charge", "discharge")
    ]
    return InputPaths(
        orders=frame("order_id station_id start_at end_at direction energy_kwh", orders),
        plan=frame(" ".join(["station_id", "date", "direction", *(f"p{n:02d}" for n in range(1, 97))]), plan),
        prices=frame(
            "interval_start day_ahead_price_cny_per_mwh real_time_price_cny_per_mwh",
            [(at.isoformat(), "300", "250") for at in hours(21, 28)],
        ),
        adjust=frame("station_id original_date direction energy_kwh reason", wrong),
        incidents=frame("station_id date kind count hours", [("A-1", "2026-02-03", "late_report", "2", "")]),
    )


@cache
def settled() -> Statement:
    lease = {
        "lessee": LESSEE,
        "lessee_is_new_energy": False,
        "power_mw": 20,
        "duration_h": 2,
        "from_on": date(2025, 6, 1),
        "until_on": date(2027, 5, 31),
        "price_cny_per_kw_year": 150,
        "tax_ratio": 0,
    }
    outage = {
        "from_at": datetime.fromisoformat("2026-02-11T00:00:00+00:00"),
        "until_at": datetime.fromisoformat("2026-02-11T12:00:00+00:00"),
        "power_available_mw": 40,
        "cause": "own",
    }
    figures = {"order_shortfall": {"factor": 2}, "discipline": {"late_report_cny_per_case": 10000}}
    settings = {**SETTINGS, "assessment": figures, "capacity_support_figures": {"net_load_peak_h": 6}}
    meter = frame(
        "station_id interval_start charge_kwh discharge_kwh",
        [("A-1", at.isoformat(), *energy(at)) for at in hours(1, 28)],
    )
    result = settle(
        meter,
        stations_from_table({"station": [{**STATION, "lease": [lease], "outage": [outage]}]}, where="stations"),
        "2026-02",
        settings_from_table(settings, where="huchu.toml"),
        SettleOptions(inputs=inputs(), now=datetime(2027, 1, 1, tzinfo=ZONE)),
    )
    return result.statements[0]


def text_of_pdf() -> str:
    pages = pypdf.PdfReader(
        io.BytesIO(formats()["pdf"].render(statement_record(settled()), detail_frame(settled())))
    ).pages
    return re.sub(r"\s|\u200b", "", "".join(page.extract_text() for page in pages))


def test_the_record_of_a_settled_month_is_complete() -> None:
    record = dict(statement_record(settled()))
    problems = []
    for part in (record, {key: text for key, text in record.items() if key != "orders"}):
        try:
            shape.check(part)
        except InputError as refusal:
            problems.append(refusal.found.en)
    # whole it is let through; without one part that part is named
    assert ["orders: missing"] == problems


def test_every_kind_of_item_stands_in_the_pdf_with_its_formula() -> None:
    lines = statement_record(settled())["lines"]
    items = {"charge_energy", "discharge_energy", "exempted_charges", "market_energy", "assessment", "capacity_price"}
    assert items | {"adjustment", "capacity_lease", "discharge_award"} == {line["item"] for line in lines}
    text = text_of_pdf()
    wanted = [line[key] for line in lines for key in ("item_zh", "price_formula_zh", "counterparty", "article")]
    wanted += [flag["zh"] for line in lines for flag in line["flags"]]
    assert [] == [words for words in wanted if re.sub(r"\s", "", words) not in text]


def test_orders_and_outages_are_told_in_chinese_and_in_shanghai_time() -> None:
    record = statement_record(settled())
    (order,) = record["orders"]["not_done"]
    assert ("2", "1") == (record["orders"]["given"], record["orders"]["done"])
    # 80 MWh ordered, 20 MWh on the meter; the outage of the station itself tells the cause
    assert ("放电", "60000.0000", "部分完成", "电站自身") == (
        order["direction_zh"],
        order["failed_kwh"],
        order["outcome_zh"],
        order["cause_zh"],
    )
    # the outage was given at another offset: midnight to noon in Greenwich
    assert [("2026-02-11 08:00", "2026-02-11 20:00", "电站自身")] == [
        (outage["from_at"], outage["until_at"], outage["cause_zh"]) for outage in record["outages"]
    ]


def test_a_correction_says_direction_month_price_reason_and_rows() -> None:
    (line,) = [line for line in statement_record(settled())["lines"] if line["item"] == "adjustment"]
    words = {flag["key"]: (flag["zh"], flag["en"]) for flag in line["flags"]}
    assert ("放电", "discharging") == words["leg"]
    assert ("更正月份 2025-07", "month corrected 2025-07") == words["original_month"]
    assert ("按原月份电价", "at the price of the month corrected") == words["price_of"]
    assert (f"原因：{REASON}", f"reason: {REASON}") == words["reason"]
    assert ("依据行 adjust:1–3", "rows adjust:1–3") == words["rows"]


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ("a.csv:2", "a.csv:2"),
        ("a.csv:2,a.csv:3,a.csv:4,a.csv:9", "a.csv:2–4,9"),
        ("a,b.csv:7,a,b.csv:5,c.csv:5", "a,b.csv:5,7; c.csv:5"),
        ("as it is", "as it is"),
    ],
)
def test_rows_that_follow_one_another_are_a_range(rows: str, shown: str) -> None:
    assert f"依据行 {shown}" == flag_record("rows", rows)["zh"]


def test_the_workbook_names_lessee_order_and_reason() -> None:
    book = formats()["xlsx"].render(statement_record(settled()), detail_frame(settled()))
    sheets = [
        fastexcel.read_excel(book).load_sheet(name, header_row=None, dtypes="string").to_polars() for name in (1, 3)
    ]
    lines, orders = ("\n".join(text for row in sheet.rows() for text in row if text) for sheet in sheets)
    assert LESSEE in lines
    assert REASON in lines
    assert "D-11" in orders
    assert "D-10" not in orders


def test_a_notebook_tells_lines_of_one_item_apart_and_shows_both_totals() -> None:
    record, shown = statement_record(settled()), settled()._repr_html_()
    for words in ("市场电量电费：充电", "考核：调度纪律等考核", f"容量租赁：承租方：{LESSEE}", "2 次"):
        assert words in shown
    for key in ("settled_with_grid_cny", "all_income_cny"):
        assert f">{record['totals'][key]}<" in shown
