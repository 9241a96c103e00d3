"""Months settled one after the other, each with the results before it, come to what they come to in one call."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from oracle import Choices
from station_months import MUCH_LATER, Outline, following, long_frame, month_rows, settings_of, settled

from huchu.settled import earlier_calls
from settlement import SettleOptions, settle
from settlement.export.tables import csv_bytes
from tariffs.vocabulary.errors import InputError

CHOICES = Choices(season="mid_jun_mid_sep_mid_dec_mid_mar", year_from=(6, 15))
OUTLINES = (
    Outline(name="A-1", power_mw=100, energy_mwh=200, enlarged_on=date(2025, 7, 9)),
    Outline(name="B-2", power_mw=10, energy_mwh=40, connected_on=date(2025, 7, 20)),
)


def test_results_read_back_give_the_calls_to_date_of_one_call_for_all_months(tmp_path: Path) -> None:
    random = Random(31)
    months = [f"{year}-{month:02d}" for year, month in following((2025, 6), 4)]
    rows = {
        month: [row for o in OUTLINES for row in month_rows(o, (int(month[:4]), int(month[5:])), 60, random)]
        for month in months
    }
    together = settled(
        long_frame([row for each in rows.values() for row in each]), OUTLINES, f"{months[0]}..{months[-1]}", CHOICES
    )
    for number, month in enumerate(months):
        earlier = earlier_calls([tmp_path], settings_of(CHOICES)) if number else {}
        stations = [outline.station for outline in OUTLINES]
        options = SettleOptions(now=MUCH_LATER, earlier=earlier)
        alone = settle(long_frame(rows[month]), stations, month, settings_of(CHOICES), options)
        folder = tmp_path / month
        folder.mkdir()
        (folder / "calls.csv").write_bytes(csv_bytes(alone.calls))
        (folder / "run.json").write_text(json.dumps({"settings": dict(settings_of(CHOICES).applied())}), "utf-8")
        assert together.lines.filter(together.lines["month"] == month).rows() == alone.lines.rows()
        wanted = together.calls.filter(together.calls["month"] == month)
        assert wanted.rows() == alone.calls.rows()
    old = together.calls.filter(together.calls["station_id"] == "B-2")
    assert "2025-07" == old["month"].min()


def test_results_made_under_another_season_calendar_are_refused(tmp_path: Path) -> None:
    random = Random(32)
    june = settled(long_frame(month_rows(OUTLINES[0], (2025, 6), 60, random)), OUTLINES[:1], "2025-06", CHOICES)
    (tmp_path / "calls.csv").write_bytes(csv_bytes(june.calls))
    (tmp_path / "run.json").write_text(json.dumps({"settings": dict(settings_of(CHOICES).applied())}), "utf-8")
    other = replace(CHOICES, season="jul_sep_dec_jan")
    with pytest.raises(InputError, match="season_calendar"):
        earlier_calls([tmp_path], settings_of(other))
    assert june.calls.height == len(earlier_calls([tmp_path], settings_of(CHOICES)))
