"""Series in the columns and clocks of others become signals; what cannot be told for sure is refused with its row."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dispatch.signals import read_signals
from huchu.convert import Converted, Wish, converted
from tariffs.vocabulary.errors import HuchuError, Refused, UsageError
from tariffs.vocabulary.findings import Finding

Convert = Callable[..., Converted]
PRICE = {"price_column": "price"}
PRAGUE = {**PRICE, "date_column": "day", "time_of_day_column": "time", "zone": "Europe/Prague"}


@pytest.fixture
def convert(tmp_path: Path) -> Convert:
    """Converts the lines of a CSV file, or a frame as Parquet."""

    def run(source: Sequence[str] | pl.DataFrame, **wish: Any) -> Converted:
        path = tmp_path / "source"
        if isinstance(source, pl.DataFrame):
            source.write_parquet(path)
        else:
            path.write_text("\n".join([*source, ""]), encoding="utf-8")
        return converted(Wish(file=path, **wish))

    return run


def starts(result: Converted) -> list[str]:
    """Starts of the intervals, in UTC."""
    horizon = result.signals.horizon
    return [f"{datetime.fromtimestamp(ms / 10**3, UTC):%m-%dT%H:%M}" for ms in horizon.starts_ms.tolist()]


def prices(result: Converted) -> list[int]:
    return list(result.signals.charge_price_e6.tolist())


def notices(result: Converted) -> list[Finding]:
    """The notices, but for the one that these small prices are small."""
    return [finding for finding in result.signals.findings if finding.code != "signal_unit_doubtful"]


def codes(result: Converted) -> set[str]:
    return {finding.code for finding in notices(result)}


def refused(convert: Convert, source: Sequence[str] | pl.DataFrame, **wish: Any) -> list[tuple[str, int]]:
    with pytest.raises(Refused) as caught:
        convert(source, **wish)
    return [(f.code, f.row) for f in caught.value.findings if f.severity.value == "refusal"]


def test_ends_of_quarters_without_padding_become_starts(convert: Convert) -> None:
    lines = ["day,time,price", "2022/1/1,23:45,1", "2022/1/1,24:00:00,-80", "2022/1/2,0:15,2.5"]
    wish = {"date_column": "day", "time_of_day_column": "time", "stamp": "end", "zone": "Asia/Shanghai"}
    result = convert(lines, **wish, **PRICE)
    # 23:30 in Shanghai is 15:30 UTC
    assert ["01-01T15:30", "01-01T15:45", "01-01T16:00"] == starts(result)
    assert [1_000, -80_000, 2_500] == prices(result)
    assert set() == codes(result)


def test_the_file_that_is_written_reads_back_as_the_same_signals(convert: Convert, tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "at": [datetime(2025, 7, 1, hour, tzinfo=UTC) for hour in range(4)],
            "price": [311.5, -0.001, 1234.5, 0.0],
            "load": [1.2345678901234567e-10, 123456.78901234567, 1 / 3, 5.0],
            "wind": [0.0, 1.0, 2.0, 3.0],
        }
    )
    result = convert(frame, time_column="at", load_column="load", wind_column="wind", forecast_column="price", **PRICE)
    (tmp_path / "signals.csv").write_bytes(result.text)
    again = read_signals(tmp_path / "signals.csv")
    assert result.text.startswith(b"\xef\xbb\xbfinterval_start,")
    assert [311_500, -1, 1_234_500, 0] == again.charge_price_e6.tolist()
    assert [311_500, -1, 1_234_500, 0] == again.forecast_charge_price_e6.tolist()
    assert [1.2345678901234567e-10, 123456.78901234567, 1 / 3, 5.0] == again.load_mw.tolist()
    assert [0.0, 1.0, 2.0, 3.0] == again.wind_mw.tolist()
    assert () == again.findings


def test_the_repeated_hour_is_told_apart_by_the_order_of_rows(convert: Convert) -> None:
    hours = ("01:00", "02:00", "02:00", "03:00")
    result = convert(["day,time,price", *(f"2024-10-27,{h},{n}" for n, h in enumerate(hours))], **PRAGUE)
    # 02:00 is first summer time (00:00 UTC), then winter time (01:00 UTC)
    assert ["10-26T23:00", "10-27T00:00", "10-27T01:00", "10-27T02:00"] == starts(result)
    assert {"convert_clock_repeats"} == codes(result)


def test_the_repeated_hour_is_told_apart_by_letters_at_starts_and_ends(convert: Convert) -> None:
    rows = ["01:30,02a:00", "02a:00,02a:30", "02a:30,02b:00", "02b:00,02b:30", "02b:30,03:00", "03:00,03:30"]
    lines = ["day,time,end,price", *(f"2025-10-26,{row},{n}" for n, row in enumerate(rows))]
    expected = ["10-25T23:30", "10-26T00:00", "10-26T00:30", "10-26T01:00", "10-26T01:30", "10-26T02:00"]
    assert expected == starts(convert(lines, **PRAGUE))
    assert expected == starts(convert(lines, **{**PRAGUE, "time_of_day_column": "end", "stamp": "end"}))


def test_the_repeated_hour_is_told_apart_by_a_flag_of_its_interval(convert: Convert) -> None:
    rows = ["02:00,Y,2", "01:00,N,0", "02:00,N,1", "03:00,N,3"]
    wish = {"time_of_day_column": "end", "date_order": "mdy", "zone": "America/Chicago", "repeated_column": "twice"}
    lines = ["day,end,twice,price", *(f"11/07/2021,{row}" for row in rows)]
    result = convert(lines, date_column="day", stamp="end", minutes=60, **wish, **PRICE)
    # the hour that ends at 02:00 begins at 01:00, in summer time 06:00 UTC and in winter time 07:00 UTC
    assert ["11-07T05:00", "11-07T06:00", "11-07T07:00", "11-07T08:00"] == starts(result)
    assert [0, 1_000, 2_000, 3_000] == prices(result)


@pytest.mark.parametrize(("day", "hours"), [("2024-03-31", 23), ("2024-10-27", 25), ("2024-10-28", 24)])
def test_counted_hours_fill_days_of_any_length(convert: Convert, day: str, hours: int) -> None:
    following = f"{day[:-2]}{int(day[-2:]) + 1}" if day != "2024-03-31" else "2024-04-01"
    lines = ["day,time,price", *(f"{day},{hour:02d}:00,1" for hour in range(hours)), f"{following},00:00,2"]
    assert hours + 1 == convert(lines, hours="counted", **PRAGUE).signals.horizon.count


def test_a_clock_time_that_is_skipped_is_refused(convert: Convert) -> None:
    lines = ["day,time,price", "2024-03-31,01:00,1", "2024-03-31,02:00,1", "2024-03-31,03:00,1"]
    assert [("convert_clock_skips", 3)] == refused(convert, lines, **PRAGUE)


def test_a_flag_where_nothing_is_repeated_is_refused(convert: Convert) -> None:
    lines = ["day,time,price,flag", "2024-10-27,00:00,1,n", "2024-10-27,01:00,1,y", "2024-10-27,02:00,1,maybe"]
    found = refused(convert, lines, repeated_column="flag", **PRAGUE)
    assert {("convert_repeated_elsewhere", 3), ("convert_repeated_unknown", 4)} == set(found)


def test_offsets_are_taken_as_they_stand_and_need_no_zone(convert: Convert) -> None:
    lines = ["at,price", "2023-10-29T01:00:00Z,1", "2023-10-29T02:00:00+00,2", "2023-10-29T04:00:00+0100,3"]
    result = convert(lines, time_column="at", **PRICE)
    assert ["10-29T01:00", "10-29T02:00", "10-29T03:00"] == starts(result)
    assert set() == codes(result)


def test_west_of_greenwich_an_offset_is_added(convert: Convert) -> None:
    lines = ["at,price", "2023-01-01 00:00:00-0330,1", "2023-01-01 00:30:00-03:30,2"]
    assert ["01-01T03:30", "01-01T04:00"] == starts(convert(lines, time_column="at", **PRICE))


def test_typed_columns_of_days_and_times_are_read(convert: Convert) -> None:
    frame = pl.DataFrame({"day": [date(2025, 7, 1)] * 2, "time": [time(0, 0), time(0, 30)], "price": [1, 2]})
    result = convert(frame, date_column="day", time_of_day_column="time", zone="UTC", **PRICE)
    assert ["07-01T00:00", "07-01T00:30"] == starts(result)


def test_naive_typed_stamps_are_on_the_clock_of_the_zone(convert: Convert) -> None:
    frame = pl.DataFrame(
        {"at": [datetime.fromisoformat(f"2025-07-01T{hour}:00") for hour in ("02", "03")], "price": [1, 2]}
    )
    assert ["07-01T00:00", "07-01T01:00"] == starts(convert(frame, time_column="at", zone="Europe/Prague", **PRICE))
    told = convert(frame, time_column="at", **PRICE)
    assert ["06-30T18:00", "06-30T19:00"] == starts(told)
    assert {"naive_instants"} == codes(told)


def test_numbers_of_hours_are_ends_as_well(convert: Convert) -> None:
    frame = pl.DataFrame({"day": ["1.7.2025"] * 3, "hour": [22, 23, 24], "price": [1, 2, 3]})
    wish = {"date_column": "day", "time_of_day_column": "hour", "stamp": "end", "date_order": "dmy", "zone": "UTC"}
    assert ["07-01T21:00", "07-01T22:00", "07-01T23:00"] == starts(convert(frame, **wish, **PRICE))


def test_a_form_of_stamps_that_changes_is_refused_at_its_first_row(convert: Convert) -> None:
    lines = ["at,price", "2025-07-01 00:00,1", "2025-07-01 01:00,1", "01/07/2025 02:00,1", "01/07/2025 03:00,1"]
    with pytest.raises(Refused) as caught:
        convert(lines, time_column="at", zone="UTC", **PRICE)
    finding = next(f for f in caught.value.findings if f.code == "convert_stamp_unfit")
    assert (4, "2", "2") == (finding.row, finding.evidence["count"], finding.evidence["example_row"])


@pytest.mark.parametrize(
    ("stamp", "code"),
    [
        ("", "instant_missing"),
        ("2025-02-29 00:00", "instant_impossible"),
        ("2025-07-01 24:15", "instant_impossible"),
        ("2025-07-01 1:5", "convert_stamp_unfit"),
        ("2025.07.01 01:00", "convert_stamp_unfit"),
        ("2025-07-01T01:00Z", "instants_mixed"),
    ],
)
def test_a_stamp_that_is_none_is_refused_with_its_row(convert: Convert, stamp: str, code: str) -> None:
    lines = ["at,price", "2025-07-01 00:00,1", f"{stamp},1", "2025-07-01 02:00,1"]
    assert (code, 3) in refused(convert, lines, time_column="at", zone="UTC", **PRICE)


def test_a_typed_stamp_that_is_not_there_is_refused_with_its_row(convert: Convert) -> None:
    frame = pl.DataFrame({"at": [datetime(2025, 7, 1, tzinfo=UTC), None], "price": [1, 2]})
    assert [("instant_missing", 2)] == refused(convert, frame, time_column="at", **PRICE)


@pytest.mark.parametrize("column", ["time_column", "price_column", "load_column", "repeated_column"])
def test_a_column_of_lists_is_refused_wherever_it_is_named(convert: Convert, column: str) -> None:
    frame = pl.DataFrame({"at": ["2025-07-01 00:00", "2025-07-01 01:00"], "price": [1, 2], "odd": [[1], [2]]})
    wish = {"time_column": "at", "price_column": "price", column: "odd"}
    assert [("column_type", 0)] == refused(convert, frame, **wish)


def test_a_workbook_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "book").write_bytes(b"PK\x03\x04rest")
    with pytest.raises(Refused) as caught:
        converted(Wish(file=tmp_path / "book", time_column="at", **PRICE))
    assert ["signal_format_unknown"] == [f.code for f in caught.value.findings]


def test_gaps_and_repetitions_name_the_rows_of_the_source(convert: Convert) -> None:
    stamps = ("2025-07-01 00:00", "2025-07-01 01:00", "2025-07-01 01:00", "2025-07-01 04:00", "2025-07-01 05:00")
    lines = ["hub,at,price"]
    for hub in ("east", "west"):
        lines += [f"{hub},{stamp},1" for stamp in stamps]
    found = refused(convert, lines, time_column="at", zone="UTC", filters=("hub=west",), **PRICE)
    assert [("signal_repeated", 9), ("signal_gap", 10)] == found


def test_rows_after_the_end_of_the_cut_do_not_matter(convert: Convert) -> None:
    lines = ["at,price", "2025-07-01 00:00,1", "2025-07-01 01:00,2", "2025-07-01 03:00,x"]
    result = convert(lines, time_column="at", zone="Europe/Prague", until_text="2025-07-01T02:00", **PRICE)
    assert [1_000, 2_000] == prices(result)
    part = convert(lines[:3], time_column="at", zone="UTC", until_text="2025-07-02", from_text="2025-06-30", **PRICE)
    assert [1_000, 2_000] == prices(part)


def test_a_cut_that_leaves_nothing_is_refused(convert: Convert) -> None:
    lines = ["at,price", "2025-07-01 00:00,1", "2025-07-01 01:00,2"]
    found = refused(convert, lines, time_column="at", zone="UTC", until_text="2025-07-01", **PRICE)
    assert [("convert_nothing_between", 0)] == found


def test_a_filter_without_a_row_shows_what_there_is(convert: Convert) -> None:
    with pytest.raises(Refused) as caught:
        convert(["hub,at,price", "east,2025-07-01 00:00,1"], time_column="at", filters=("hub=west",), **PRICE)
    assert "east" == caught.value.findings[0].evidence["seen"]


def test_finer_prices_are_rounded_half_away_from_zero_and_counted(convert: Convert) -> None:
    cells = ("1.0005", "-1.0005", "1.00049", "2.5", "0.0004999")
    lines = ["at,price", *(f"2025-07-01 {hour:02d}:00,{cell}" for hour, cell in enumerate(cells))]
    result = convert(lines, time_column="at", zone="UTC", **PRICE)
    assert [1_001, -1_001, 1_000, 2_500, 0] == prices(result)
    assert [("convert_rounded", 2, "4")] == [(f.code, f.row, f.evidence["count"]) for f in notices(result)]


def test_doubles_are_rounded_by_their_shortest_text(convert: Convert) -> None:
    frame = pl.DataFrame(
        {"at": [datetime(2025, 7, 1, h, tzinfo=UTC) for h in range(3)], "price": [1.0005, 1e-9, 2.675]}
    )
    # the double of 1.0005 lies below it; what was published is 1.0005
    assert [1_001, 0, 2_675] == prices(convert(frame, time_column="at", **PRICE))


@pytest.mark.parametrize(
    ("cell", "code"),
    [("", "signal_missing"), ("n/a", "signal_malformed"), ("1e3", "signal_malformed"), ("9999999", "signal_too_large")],
)
def test_a_cell_that_is_no_price_is_refused_with_its_row(convert: Convert, cell: str, code: str) -> None:
    lines = ["at,price", "2025-07-01 00:00,1.00005", f"2025-07-01 01:00,{cell}"]
    assert [(code, 3)] == refused(convert, lines, time_column="at", zone="UTC", **PRICE)


def test_a_currency_is_told_and_never_converted(convert: Convert) -> None:
    lines = ["at,price_eur_mwh", "2025-07-01 00:00,1", "2025-07-01 01:00,2"]
    guessed = convert(lines, time_column="at", zone="UTC", price_column="price_eur_mwh")
    assert ["EUR"] == [f.evidence["currency"] for f in notices(guessed)]
    assert [1_000, 2_000] == prices(guessed)
    noted = convert(lines, time_column="at", zone="UTC", price_column="price_eur_mwh", currency_note="CZK")
    assert ["CZK"] == [f.evidence["currency"] for f in notices(noted)]


def test_a_step_other_than_the_one_stated_is_refused(convert: Convert) -> None:
    lines = ["at,price", "2025-07-01 00:00,1", "2025-07-01 01:00,2"]
    assert [("convert_minutes", 0)] == refused(convert, lines, time_column="at", zone="UTC", minutes=15, **PRICE)


def test_a_column_that_is_not_there_is_answered_with_the_nearest_name(convert: Convert) -> None:
    with pytest.raises(Refused) as caught:
        convert(["at,prices", "2025-07-01 00:00,1"], time_column="at", **PRICE)
    assert ("price", "prices") == tuple(caught.value.findings[0].evidence[key] for key in ("columns", "nearest"))


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"time_column": "at"},
        {"price_column": "price"},
        {"date_column": "day", **PRICE},
        {"time_column": "at", "date_column": "day", "time_of_day_column": "time", **PRICE},
        {"time_column": "at", "stamp": "middle", **PRICE},
        {"time_column": "at", "hours": "summer", **PRICE},
        {"time_column": "at", "date_order": "ydm", **PRICE},
        {"time_column": "at", "zone": "Europe/Prag", **PRICE},
        {"time_column": "at", "zone": "../etc", **PRICE},
        {"time_column": "at", "minutes": 7, **PRICE},
        {"time_column": "at", "filters": ("west",), **PRICE},
        {"time_column": "at", "until_text": "tomorrow", **PRICE},
        {"time_column": "at", "until_text": "2025-02-30", **PRICE},
    ],
)
def test_words_that_do_not_go_together_are_wrong_usage(convert: Convert, wish: dict[str, Any]) -> None:
    with pytest.raises(HuchuError) as caught:
        convert(["at,day,time,price", "2025-07-01 00:00,2025-07-01,00:00,1"], **wish)
    assert UsageError is type(caught.value)
    assert 4 == len(str(caught.value).splitlines())
