"""`huchu signals` as users start it, and every shared price series through it and back."""

import json
import shlex
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from dispatch.signals import Signals, read_signals
from huchu.cli.main import app
from huchu.cli.signals import signals
from huchu.convert import Wish, converted
from tariffs.vocabulary.errors import Refused

ROOT = Path(__file__).resolve().parents[2]
PRICES = ROOT.parent / "shared" / "data" / "prices"
LOADS = ROOT.parent / "shared" / "data" / "load"
shared = pytest.mark.skipif(not PRICES.exists(), reason="the shared series are not here")

Huchu = Callable[..., Any]
LINES = ["at,price", "2025-07-01 00:00,300", "2025-07-01 01:00,-80.5", "2025-07-01 02:00,450"]
ARGUMENTS = ("signals", "prices.csv", "--time-column", "at", "--price-column", "price", "--zone", "Asia/Shanghai")
EXPECTED = """interval_start,price_cny_per_mwh
2025-07-01T00:00+08:00,300
2025-07-01T01:00+08:00,-80.5
2025-07-01T02:00+08:00,450
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "prices.csv").write_text("\n".join([*LINES, ""]), encoding="utf-8")
    return tmp_path


def code_of(folder: Path, out: str, *, force: bool = False, **changes: Any) -> int:
    """The exit code of the command, run in this process."""
    wish = {"time_column": "at", "price_column": "price", "zone": "Asia/Shanghai", **changes}
    with pytest.raises(SystemExit) as left:
        signals(Wish(file=folder / "prices.csv", **wish), folder / out, force=force, as_json=False)
    return int(left.value.code)


def test_the_program_writes_a_file_and_says_in_one_object_what_a_reader_compares(huchu: Huchu, folder: Path) -> None:
    ran = huchu(*ARGUMENTS, "--json", "--currency-note", "EUR", cwd=folder)
    told = json.loads(ran.out)
    assert (0, "done", "signals.csv", 3, 60) == (ran.code, *(told[key] for key in ("status", "out", "rows", "minutes")))
    assert {"least": "-80.5", "mean": "223.17", "most": "450", "negative": 1} == told["columns"]["price_cny_per_mwh"]
    assert ["convert_currency"] == [notice["code"] for notice in told["notices"]]
    assert EXPECTED == (folder / "signals.csv").read_text(encoding="utf-8-sig")


def test_a_refused_file_writes_nothing_and_names_its_row(huchu: Huchu, folder: Path) -> None:
    (folder / "prices.csv").write_text("\n".join([*LINES, "2025-07-01 05:00,1", ""]), encoding="utf-8")
    ran = huchu(*ARGUMENTS, "--json", cwd=folder)
    assert (1, "refused") == (ran.code, json.loads(ran.out)["status"])
    assert "signal_gap  prices.csv:5" in ran.err
    assert ["prices.csv"] == [path.name for path in folder.iterdir()]


def test_an_earlier_result_is_only_overwritten_when_told(folder: Path) -> None:
    written = folder / "made" / "signals.csv"
    assert (0, EXPECTED) == (code_of(folder, "made/signals.csv"), written.read_text(encoding="utf-8-sig"))
    written.write_text("mine", encoding="utf-8")
    assert (1, "mine") == (code_of(folder, "made/signals.csv"), written.read_text(encoding="utf-8"))
    assert 0 == code_of(folder, "made/signals.csv", force=True)
    assert EXPECTED == written.read_text(encoding="utf-8-sig")
    assert ["signals.csv"] == [path.name for path in written.parent.iterdir()]


def test_what_a_person_reads_tells_range_and_extremes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == code_of(folder, "s.csv", load_column="price")
    printed = capsys.readouterr().out
    for figure in ("2025-07-01T00:00:00+08:00", "2025-07-01T03:00:00+08:00", "-80.5", "223.17", "450", "-80.500"):
        assert figure in printed


@pytest.mark.parametrize("out", ["prices.csv", "."])
def test_the_source_and_folders_are_never_written_over(folder: Path, out: str) -> None:
    assert 1 == code_of(folder, out, force=True)
    assert LINES == (folder / "prices.csv").read_text(encoding="utf-8").splitlines()


def test_a_folder_that_is_a_file_is_refused_and_not_a_fault(folder: Path) -> None:
    assert 1 == code_of(folder, "prices.csv/signals.csv")


def test_wrong_words_are_wrong_usage(folder: Path) -> None:
    assert 2 == code_of(folder, "s.csv", stamp="middle")


def back(tmp_path: Path, file: Path, **wish: Any) -> Signals:
    """The signals that the file written reads back as, the same as those converted."""
    result = converted(Wish(file=file, **wish))
    path = tmp_path / "signals.csv"
    path.write_bytes(result.text)
    again = read_signals(path)
    assert again.horizon == result.signals.horizon
    for name in ("charge_price_e6", "discharge_price_e6", "load_mw"):
        assert np.array_equal(getattr(again, name), getattr(result.signals, name), equal_nan=False)
    return again


def sum_e3(column: pl.Series) -> int:
    """The sum of the prices of a source in 1e-3 of its currency, counted without the converter."""
    return int((column * 10**3).round(0).cast(pl.Int64).sum())


@shared
def test_a_chinese_year_of_ends_of_quarters_reads_back(tmp_path: Path) -> None:
    file = PRICES / "cn_province_rt_15min_2022.csv.gz"
    wish = {"date_column": "day", "time_of_day_column": "time", "stamp": "end", "zone": "Asia/Shanghai"}
    result = back(tmp_path, file, price_column="clearing price (CNY/MWh)", **wish)
    prices = result.charge_price_e6
    # the README of the series: 35,040 rows, 2,740 negative, from -82.18 to 1296.00
    assert (35_040, 15) == (result.horizon.count, result.horizon.minutes)
    assert (2_740, -82_180, 1_296_000) == ((prices < 0).sum(), prices.min(), prices.max())
    assert sum_e3(pl.read_csv(file)["clearing price (CNY/MWh)"]) == prices.sum()
    assert "2022-01-01T00:00:00+08:00" == result.horizon.first_at.isoformat()
    assert ["signal_hourly_price"] == [f.code for f in result.findings]


@shared
def test_a_dutch_year_is_refused_at_its_missing_hour_and_reads_back_up_to_it(tmp_path: Path) -> None:
    wish = {"file": PRICES / "nl_dayahead_hourly_2023.parquet", "price_column": "price_eur_per_mwh"}
    with pytest.raises(Refused) as caught:
        converted(Wish(time_column="utc_start", **wish))
    # 2023-12-30T23:00Z is 07:00 of the next day in Shanghai
    gap = next(f for f in caught.value.findings if f.code == "signal_gap")
    assert ("2023-12-31T07:00:00+08:00", "1") == (gap.evidence["first"], gap.evidence["count"])
    by_utc = back(tmp_path, until_text="2023-12-31T00:00+01:00", time_column="utc_start", **wish)
    by_offset = back(tmp_path, until_text="2023-12-31", time_column="local_start", zone="Europe/Amsterdam", **wish)
    assert 364 * 24 == by_utc.horizon.count
    assert -500_000 == by_utc.charge_price_e6.min()
    assert by_utc.horizon == by_offset.horizon
    assert (by_utc.charge_price_e6 == by_offset.charge_price_e6).all()


@shared
def test_a_czech_leap_year_of_counted_hours_reads_back(tmp_path: Path) -> None:
    file = PRICES / "cz_dayahead_hourly_2024.csv.gz"
    wish = {"date_column": "date", "time_of_day_column": "time_from", "hours": "counted", "zone": "Europe/Prague"}
    result = back(tmp_path, file, price_column="price_eur_mwh", **wish)
    assert (8_784, 60, 315) == (result.horizon.count, result.horizon.minutes, (result.charge_price_e6 < 0).sum())
    assert sum_e3(pl.read_csv(file)["price_eur_mwh"]) == result.charge_price_e6.sum()


@shared
@pytest.mark.parametrize(("column", "stamp"), [("time_from", "start"), ("time_to", "end")])
def test_a_czech_quarter_with_a_day_of_a_hundred_quarters_reads_back(tmp_path: Path, column: str, stamp: str) -> None:
    file = PRICES / "cz_dayahead_15min_2025Q4.csv.gz"
    wish = {"date_column": "date", "time_of_day_column": column, "stamp": stamp, "zone": "Europe/Prague"}
    result = back(tmp_path, file, price_column="price_eur_mwh", **wish)
    assert 92 * 96 + 4 == result.horizon.count
    assert 33 == (result.charge_price_e6 < 0).sum()
    assert sum_e3(pl.read_csv(file)["price_eur_mwh"]) == result.charge_price_e6.sum()
    assert datetime(2025, 9, 30, 22, tzinfo=UTC) == result.horizon.first_at


@shared
def test_a_texan_hub_reads_back_with_both_hours_of_november(tmp_path: Path) -> None:
    file = PRICES / "ercot_dam_spp_hourly_2021.parquet"
    stamps = {
        "date_column": "delivery_date",
        "time_of_day_column": "hour_ending",
        "repeated_column": "repeated_hour_flag",
    }
    clock = {"stamp": "end", "date_order": "mdy", "zone": "America/Chicago"}
    hub = {"filters": ("settlement_point=HB_WEST",), "price_column": "price_usd_per_mwh"}
    result = back(tmp_path, file, **stamps, **clock, **hub)
    source = pl.read_parquet(file).filter(pl.col("settlement_point") == "HB_WEST")
    assert (8_760, 281) == (result.horizon.count, (result.charge_price_e6 < 0).sum())
    assert sum_e3(source["price_usd_per_mwh"]) == result.charge_price_e6.sum()
    flagged = source.filter(pl.col("repeated_hour_flag") == "Y")["price_usd_per_mwh"].item()
    # the second hour from 01:00 on the clock of 7 November begins at 07:00 UTC
    place = int((datetime(2021, 11, 7, 7, tzinfo=UTC) - result.horizon.first_at).total_seconds()) // 3600
    assert round(flagged * 10**3) == result.charge_price_e6[place]


@shared
def test_a_file_whose_stamps_change_form_is_refused_at_that_row() -> None:
    file = PRICES / "nl_dayahead_raw_format_switch.csv"
    with pytest.raises(Refused) as caught:
        converted(Wish(file=file, time_column="Datetime (UTC)", price_column="Price (EUR/MWhe)", zone="UTC"))
    rows = {f.code: f.row for f in caught.value.findings}
    lines = file.read_text(encoding="utf-8").splitlines()
    first = next(n for n, line in enumerate(lines, 1) if "/2022" in line)
    assert (first, first - 1) == (rows["convert_stamp_unfit"], rows["instant_missing"])


@shared
def test_a_load_of_half_a_year_reads_back(tmp_path: Path) -> None:
    file = LOADS / "nyc_load_15min_2019.parquet"
    result = back(tmp_path, file, time_column="utc_start", load_column="nyc_mw", until_text="2019-06-01T00:00-04:00")
    source = pl.read_parquet(file).filter(pl.col("utc_start") < datetime(2019, 6, 1, 4, tzinfo=UTC))
    assert source["nyc_mw"].to_list() == result.load_mw.tolist()


def documented() -> list[list[str]]:
    """The command lines of the page about signals, in words."""
    page = (ROOT / "docs" / "signals.md").read_text(encoding="utf-8")
    return [shlex.split(line)[1:] for line in page.splitlines() if line.startswith("huchu signals ")]


@shared
@pytest.mark.parametrize("words", documented(), ids=lambda words: words[1])
def test_every_command_line_of_the_page_makes_signals(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source,) = PRICES.parent.glob(f"*/{words[1]}")
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(app, [words[0], str(source), *words[2:]])
    assert 0 == ran.exit_code, ran.output
    page = (ROOT / "docs" / "signals.md").read_text(encoding="utf-8")
    signals_read = read_signals(tmp_path / "signals.csv")
    assert f"| {signals_read.horizon.count:,} | {signals_read.horizon.minutes} |" in page
