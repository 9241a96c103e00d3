"""What each kind of file becomes: exact records and frames, in a fixed order, whatever way the file came."""

import gzip
import io
import runpy
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from settlement.inputs.read import InputPaths, read_inputs
from settlement.inputs.records import (
    MARKET_PRICES,
    PLAN_POWER,
    AgcMonth,
    Correction,
    Incident,
    InputFile,
    Leg,
    Order,
    OrderOutcome,
)
from tariffs.reading.options import ReadOptions
from tariffs.settings import NaiveInstants
from tariffs.stations import OutageCause, Station
from tariffs.vocabulary.errors import InputError, Refused
from tariffs.vocabulary.timegrid import ZONE, Month

TABLE = runpy.run_path(str(Path(__file__).with_name("bad_inputs.py")))
lines, order, orders, points, prices = (TABLE[name] for name in ("lines", "order", "orders", "points", "prices"))
Read = Callable[..., Any]


def at(hour: int, minute: int = 0, day: int = 1) -> datetime:
    return datetime(2025, 7, day, hour, minute, tzinfo=ZONE)


def test_an_order_keeps_its_instants_energies_and_what_became_of_it(outcome_of: Read) -> None:
    late = order(
        outcome="partly_done", done="19000.5", cause="grid", start="2025-07-01 00:00Z", end="2025-07-01T02:00Z"
    )
    found = outcome_of("orders", lines(TABLE["ORDERS"], late, order(name="B", station="SH-2", energy="0.0001")))
    expected = Order(
        order_id="A-1",
        station_id="SH-1",
        start_at=at(8),
        end_at=at(10),
        direction=Leg.DISCHARGE,
        energy_kwh_e4=200_000_000,
        outcome=OrderOutcome.PARTLY_DONE,
        done_kwh_e4=190_005_000,
        cause=OutageCause.GRID,
        file="orders.csv",
        row=2,
    )
    first, second = found.inputs.orders
    assert expected == first
    assert ("B", 1, None, None, None) == (
        second.order_id,
        second.energy_kwh_e4,
        second.outcome,
        second.done_kwh_e4,
        second.cause,
    )
    assert () == found.findings


def test_orders_are_sorted_by_station_start_and_id_whatever_the_order_of_rows(outcome_of: Read) -> None:
    rows = [
        order(name="C", station="SH-2", energy="1"),
        order(name="B", start="2025-07-01T06:00+08:00", end="2025-07-01T08:00+08:00"),
        order(name="A"),
    ]
    one_way = outcome_of("orders", lines(TABLE["ORDERS"], *rows)).inputs.orders
    other_way = outcome_of("orders", lines(TABLE["ORDERS"], *reversed(rows))).inputs.orders
    assert ["B", "A", "C"] == [each.order_id for each in one_way]
    assert [each.order_id for each in one_way] == [each.order_id for each in other_way]


def test_chinese_headers_and_words_say_the_same(outcome_of: Read) -> None:
    header = "指令编号,电站编号,开始时间,结束时间,方向,电量,执行结果,完成电量,责任方"
    row = order(direction="放电", outcome="部分完成", done="5", cause="电网")
    (read,) = outcome_of("orders", lines(header, row)).inputs.orders
    expected = (Leg.DISCHARGE, OrderOutcome.PARTLY_DONE, 50_000, OutageCause.GRID)
    assert expected == (read.direction, read.outcome, read.done_kwh_e4, read.cause)


def test_an_orders_file_without_rows_says_that_there_were_none(outcome_of: Read, stations: Sequence[Station]) -> None:
    assert () == outcome_of("orders", lines(TABLE["ORDERS"])).inputs.orders
    assert read_inputs(InputPaths(), stations, ReadOptions()).orders is None


@pytest.mark.parametrize("kind", ["ADJUST", "INCIDENTS"])
def test_an_empty_file_of_corrections_or_incidents_is_told_from_none(
    kind: str, outcome_of: Read, stations: Sequence[Station]
) -> None:
    assert outcome_of(kind.lower(), lines(TABLE[kind])).inputs.gives(kind.lower())
    assert not read_inputs(InputPaths(), stations, ReadOptions()).gives(kind.lower())


def test_a_plan_has_both_directions_of_every_quarter_of_its_days(outcome_of: Read) -> None:
    charge = ",".join(["SH-1,2025-07-01,charge", "8000", "0.25", *["0"] * 94])
    discharge = ",".join(["SH-1,2025-07-01,discharge", *["0"] * 95, "9999.99"])
    only = points("5000", station="SH-2", day="2025-07-01", direction="discharge")
    found = outcome_of("plan", lines(TABLE["PLAN"], only, discharge, charge))
    plan = found.inputs.plan
    assert dict(PLAN_POWER) == dict(plan.schema)
    assert 2 * 96 == plan.height
    assert [
        ("SH-1", at(0), 800_000, 0),
        ("SH-1", at(0, 15), 25, 0),
        ("SH-1", at(0, 30), 0, 0),
    ] == plan.head(3).rows()
    assert ("SH-1", at(23, 45), 0, 999_999) == plan.row(95)
    assert ("SH-2", at(0), 0, 500_000) == plan.row(96)
    assert () == found.findings


def test_prices_are_exact_and_sorted_and_say_the_length_of_their_intervals(outcome_of: Read) -> None:
    header = TABLE["PRICES"]
    rows = ["2025-07-01T01:00+08:00,-80,1500", "2025-07-01T00:30+08:00,0.001,310.125", "2025-07-01T00:00+08:00,300,2"]
    found = outcome_of("prices", lines(header, *rows))
    read = found.inputs.prices
    assert 30 == read.minutes
    assert dict(MARKET_PRICES) == dict(read.frame.schema)
    assert [
        (at(0), 300_000, 2_000),
        (at(0, 30), 1, 310_125),
        (at(1), -80_000, 1_500_000),
    ] == read.frame.rows()
    assert [("price_unordered", 3)] == found.places("notice")


def test_prices_without_a_day_ahead_column_have_nothing_there(outcome_of: Read) -> None:
    read = outcome_of("prices", prices(header="interval_start,real_time_price_cny_per_mwh")).inputs.prices
    assert 8 == read.frame["day_ahead_price_e6"].null_count()
    assert [300_000] * 8 == read.frame["real_time_price_e6"].to_list()


def test_a_correction_is_signed_and_keeps_its_reason_letter_by_letter(outcome_of: Read) -> None:
    rows = ['SH-1,2025-06-03,,charge,-12.5,"=1+1, 表计 ""A"""', "SH-1,,2025-05,discharge,7,倍率"]
    found = outcome_of("adjust", lines(TABLE["ADJUST"], *rows))
    by_month, by_day = found.inputs.corrections
    assert by_day == Correction(
        station_id="SH-1",
        original_month=Month(2025, 6),
        original_on=date(2025, 6, 3),
        direction=Leg.CHARGE,
        energy_kwh_e4=-125_000,
        reason='=1+1, 表计 "A"',
        file="adjust.csv",
        row=2,
    )
    assert (Month(2025, 5), None, 70_000, 3) == (
        by_month.original_month,
        by_month.original_on,
        by_month.energy_kwh_e4,
        by_month.row,
    )


def test_an_incident_counts_cases_or_hours(outcome_of: Read) -> None:
    rows = ["SH-1,2025-07-03,late_report,2,", "SH-1,2025-07-02,breach,,1.25"]
    read = outcome_of("incidents", lines(TABLE["INCIDENTS"], *rows)).inputs.incidents
    hours = Incident(
        station_id="SH-1",
        on=date(2025, 7, 2),
        kind="breach",
        count=None,
        hours=Decimal("1.25"),
        file="incidents.csv",
        row=3,
    )
    cases = Incident(
        station_id="SH-1",
        on=date(2025, 7, 3),
        kind="late_report",
        count=2,
        hours=None,
        file="incidents.csv",
        row=2,
    )
    assert (hours, cases) == read


def test_factors_of_control_may_be_empty_or_absent(outcome_of: Read) -> None:
    full = outcome_of("agc", TABLE["agc"](factors="1.2,0.9,,0.951234")).inputs.agc
    short = outcome_of("agc", lines("station_id,month,required_h,available_h", "SH-1,2025-07,744,0")).inputs.agc
    expected = AgcMonth(
        station_id="SH-1",
        month=Month(2025, 7),
        required_h=Decimal(744),
        available_h=Decimal("700.5"),
        k1=Decimal("1.2"),
        k2=Decimal("0.9"),
        k3=None,
        frequency_ratio=Decimal("0.951234"),
        file="agc.csv",
        row=2,
    )
    assert (expected,) == full
    assert (None, None, Decimal(0)) == (short[0].k1, short[0].frequency_ratio, short[0].available_h)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gbk"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_file_reads_the_same_in_every_coding_packed_or_not(coding: str, packed: bool, outcome_of: Read) -> None:
    content = TABLE["adjust"](reason="电能表更换")
    found = outcome_of("adjust", content.encode(coding), packed=packed)
    assert ["电能表更换"] == [each.reason for each in found.inputs.corrections]
    assert () == found.findings


def test_a_parquet_file_with_typed_columns_reads_as_the_text_does(tmp_path: Path, stations: Sequence[Station]) -> None:
    typed = pl.DataFrame(
        {
            "order_id": [7, 8],
            "station_id": ["SH-1", "SH-2"],
            "start_at": [at(8), at(9)],
            "end_at": [at(10), at(10)],
            "direction": pl.Series(["charge", "discharge"], dtype=pl.Categorical),
            "energy_kwh": [15_999.9999, 5_000.0],
        }
    )
    typed.write_parquet(tmp_path / "orders.parquet")
    read = read_inputs(InputPaths(orders=str(tmp_path / "orders.parquet")), stations, ReadOptions())
    assert read.orders
    assert [("7", 159_999_999, 1), ("8", 50_000_000, 2)] == [
        (each.order_id, each.energy_kwh_e4, each.row) for each in read.orders
    ]
    assert [at(8), at(9)] == [each.start_at for each in read.orders]


def test_a_frame_is_taken_in_place_of_a_file(stations: Sequence[Station]) -> None:
    frame = pl.read_csv(io.StringIO(TABLE["agc"]()), infer_schema=False)
    read = read_inputs(InputPaths(agc=frame), stations, ReadOptions())
    assert ("agc", 1) == (read.agc[0].file, read.agc[0].row)
    assert [("agc", "agc", 1)] == [(each.name, each.kind, each.rows) for each in read.files]


def test_a_pandas_frame_is_taken_too(stations: Sequence[Station]) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {
            "station_id": ["SH-1", "SH-2"],
            "date": ["2025-07-03", "2025-07-04"],
            "kind": ["late_report", "breach"],
            "count": [1.0, None],
            "hours": [None, 2.5],
        }
    )
    read = read_inputs(InputPaths(incidents=frame), stations, ReadOptions())
    assert [(1, None), (None, Decimal("2.5"))] == [(each.count, each.hours) for each in read.incidents]


def test_every_file_is_told_with_its_kind_rows_and_digest(tmp_path: Path, stations: Sequence[Station]) -> None:
    paths = {}
    for kind, content in (("orders", orders(order())), ("prices", prices())):
        (tmp_path / kind).mkdir()
        paths[kind] = tmp_path / kind / "july.csv"
        paths[kind].write_text(content, encoding="utf-8")
    read = read_inputs(InputPaths(**paths), stations, ReadOptions())
    expected = [
        InputFile(name=f"{kind}/july.csv", kind=kind, rows=rows, sha256=sha256(paths[kind].read_bytes()).hexdigest())
        for kind, rows in (("orders", 2), ("prices", 8))
    ]
    assert expected == list(read.files)
    assert {"orders/july.csv"} == {each.file for each in read.orders or ()}


def test_the_findings_of_all_files_come_in_one_refusal(tmp_path: Path, stations: Sequence[Station]) -> None:
    bad = {
        "orders": orders(order(station="SH-3"), order(name="B", energy="x")),
        "prices": prices("2025-07-01T00:00+08:00,a,b"),
        "agc": TABLE["agc"](month="2025-06"),
    }
    for kind, content in bad.items():
        (tmp_path / f"{kind}.csv").write_text(content, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        read_inputs(InputPaths(**{kind: tmp_path / f"{kind}.csv" for kind in bad}), stations, ReadOptions())
    assert {
        ("orders.csv", "input_station_unknown", 3, "SH-3"),
        ("orders.csv", "input_number_malformed", 4, "SH-1"),
        ("prices.csv", "input_number_malformed", 2, ""),
        ("agc.csv", "agc_hours_above_month", 2, "SH-1"),
    } == {(each.file, each.code, each.row, each.station_id) for each in caught.value.findings}


def test_the_meter_of_a_station_is_answered_with_the_station(outcome_of: Read) -> None:
    (finding,) = outcome_of("orders", orders(order(station="M-77"))).findings
    assert "SH-1" == finding.evidence["nearest"]


def test_a_misspelt_word_is_answered_with_the_nearest(outcome_of: Read) -> None:
    (finding,) = outcome_of("orders", orders(order(outcome="Partly Done"))).findings
    assert "partly_done" == finding.evidence["nearest"]


def test_times_without_an_offset_follow_the_setting(outcome_of: Read) -> None:
    content = orders(order()).replace("+08:00", "")
    read = outcome_of("orders", content)
    assert [at(0), at(8)] == [each.start_at for each in read.inputs.orders]
    assert {"naive_instants"} == read.codes()
    strict = outcome_of("orders", content, options=ReadOptions(naive_instants=NaiveInstants.REFUSE))
    assert {"naive_instants_refused"} == strict.codes()


def test_a_file_that_may_be_cut_is_taken_when_it_is_accepted(outcome_of: Read) -> None:
    cut = orders(order())[:-1]
    assert {"file_unterminated"} == outcome_of("orders", cut).codes()
    assert 2 == len(outcome_of("orders", cut, options=ReadOptions(accept_unterminated=True)).inputs.orders)


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 a workbook",
        b"\xd0\xcf\x11\xe0 an old workbook",
        gzip.compress(b"PAR1 Parquet inside gzip"),
        gzip.compress(gzip.compress(b"a,b\n")),
    ],
    ids=["xlsx", "xls", "parquet in gzip", "gzip in gzip"],
)
def test_a_workbook_and_what_is_packed_twice_are_refused_by_name(content: bytes, outcome_of: Read) -> None:
    assert [("input_format_unknown", 0)] == outcome_of("orders", content).places()


def test_a_path_without_a_file_is_refused(stations: Sequence[Station], tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_inputs(InputPaths(plan=tmp_path / "plan.csv"), stations, ReadOptions())


def test_something_that_is_neither_path_nor_frame_is_refused(stations: Sequence[Station]) -> None:
    with pytest.raises(InputError):
        read_inputs(InputPaths(plan=[1, 2]), stations, ReadOptions())
