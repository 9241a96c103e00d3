"""Months settled one after the other, each with the results before it, come to what they come to in one call."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from as_product import inputs_of, settings_of, station_of
from mixed_years import Made, Mix, made_up
from oracle import Choices
from station_months import MUCH_LATER, Outline, long_frame, month_rows, settled, settled_book

from huchu.settled import earlier_months
from settlement import SettleOptions, StatementSet, settle
from settlement.export.tables import csv_bytes
from tariffs.vocabulary.errors import InputError

CHOICES = Choices(season="mid_jun_mid_sep_mid_dec_mid_mar", year_from=(6, 15))
OLD = Outline(name="A-1", power_mw=100, energy_mwh=200, enlarged_on=date(2025, 7, 9))
RULES = {
    "equivalent_discharge": CHOICES,
    "full_power_hours": replace(CHOICES, hours_per_call=Fraction(3, 2)),
    "paired_cycles": replace(CHOICES, award_by_calendar=True),
    "event_depth": replace(CHOICES, depth=Fraction(9, 10), market_from=date(2026, 2, 16), by_plan=False),
    "dispatch_orders": replace(CHOICES, depth=Fraction(3, 4)),
}


def _mix(rule: str, seed: int) -> Made:
    """Four months over New Year and the end of a season; corrections belong to one run and stay out."""
    choices = replace(RULES[rule], counting=rule)
    made = made_up(Mix(seed=seed, first=(2025, 12), count=4, minutes=60, choices=choices))
    return replace(made, book=replace(made.book, mistakes=()))


def _written(result: StatementSet, folder: Path, choices: Choices) -> None:
    folder.mkdir()
    (folder / "calls.csv").write_bytes(csv_bytes(result.calls))
    (folder / "award.csv").write_bytes(csv_bytes(result.awards))
    told = {"settings": dict(settings_of(choices).applied())}
    (folder / "run.json").write_text(json.dumps(told), encoding="utf-8")


@pytest.mark.parametrize("rule", RULES)
def test_results_read_back_give_what_one_call_for_all_months_gives(rule: str, tmp_path: Path) -> None:
    made = _mix(rule, 5 * len(rule) + 1)
    choices, stations = made.book.choices, [station_of(plant) for plant in made.plants]
    together = settled_book(made.book, made.plants, made.rows)
    assert {str(month) for _, month in together.refused} == set()
    for number, month in enumerate(made.book.months):
        known = earlier_months([tmp_path], settings_of(choices)) if number else None
        options = SettleOptions(now=MUCH_LATER, inputs=inputs_of(made.book))
        rows = [row for row in made.rows if (row[1].year, row[1].month) == month]
        label = f"{month[0]}-{month[1]:02d}"
        alone = settle(
            long_frame(rows),
            stations,
            label,
            settings_of(choices),
            replace(options, earlier=known) if known else options,
        )
        _written(alone, tmp_path / label, choices)
        for whole, part in (
            (together.lines, alone.lines),
            (together.calls, alone.calls),
            (together.awards, alone.awards),
        ):
            assert whole.filter(whole["month"] == label).rows() == part.rows()
    assert together.awards.height
    assert any(together.calls["shortfall_not_ordered"])


def test_results_made_under_another_season_calendar_are_refused(tmp_path: Path) -> None:
    june = settled(long_frame(month_rows(OLD, (2025, 6), 60, Random(32))), [OLD], "2025-06", CHOICES)
    _written(june, tmp_path / "2025-06", CHOICES)
    other = replace(CHOICES, season="jul_sep_dec_jan")
    with pytest.raises(InputError, match="season_calendar"):
        earlier_months([tmp_path], settings_of(other))
    assert june.calls.height == len(earlier_months([tmp_path], settings_of(CHOICES)).calls)
