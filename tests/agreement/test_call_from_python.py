"""What a Python user can get wrong, and a tax rate that changes inside a month."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from as_product import settings_of
from oracle import Choices, Row
from station_months import CITATION, MUCH_LATER, Outline, long_frame, settled, write_documents

from settlement import SettleOptions, settle
from tariffs.vocabulary.errors import InputError, SettingsError, UsageError

PLANT = Outline(name="A-1", power_mw=100, energy_mwh=200)
CHOICES = Choices(season="jun_sep_dec_feb", year_from=(6, 1))


def rows_of_may(charged_on: tuple[int, ...]) -> list[Row]:
    """May 2025 by the hour: 100 MWh charged at two o'clock of each of the days named, nothing else."""
    first = datetime(2025, 5, 1)  # noqa: DTZ001 - local wall time, as the long format has it
    starts = [first + timedelta(hours=hour) for hour in range(31 * 24)]
    return [
        ("A-1", start, 1_000_000_000 if (start.day in charged_on and start.hour == 2) else 0, 0) for start in starts
    ]


def test_a_tax_rate_that_changes_inside_a_month_splits_the_network_charges(tmp_path: Path) -> None:
    """100 MWh at 0.37395 and 0.15 元 on each side: invoices of 52,395.00, net 46,367.26 at 13 % and 48,068.81 at 9 %.

    The charging lines before them are 33,092.92 and 34,307.34 net; the last lines take what is left.
    """
    choices = replace(CHOICES, returned_only=True, network=((date(2025, 1, 1), Fraction("0.15")),))
    documents = write_documents(tmp_path, choices)
    vat = documents / "national" / "vat"
    vat.mkdir(parents=True)
    table = '[tax]\narticle = "-"\nmeaning = "test"\nelectricity_rate_ratio = 0.09\n'
    (vat / "2025-05-16.toml").write_text(f"effective_from = 2025-05-16\n{CITATION}\n{table}", "utf-8")
    lines = settled(long_frame(rows_of_may((10, 20))), [PLANT], "2025-05", choices, documents).lines
    charges = lines.filter(lines["item"] == "network_charges")
    assert ["-15000.00", "-15000.00"] == charges["amount_cny"].to_list()
    assert ["-13274.34", "-13761.47"] == charges["amount_excl_tax_cny"].to_list()


def test_a_station_given_twice_is_refused_and_not_settled_twice() -> None:
    with pytest.raises(InputError, match="A-1"):
        settled(long_frame(rows_of_may(())), [PLANT, PLANT], "2025-05", CHOICES)


def test_a_folder_of_documents_that_is_not_there_is_refused_and_not_passed_over(tmp_path: Path) -> None:
    settings = settings_of(CHOICES, tmp_path / "nowhere")
    with pytest.raises(SettingsError, match="documents_dir"):
        settle(long_frame(rows_of_may(())), [PLANT.station], "2025-05", settings, SettleOptions(now=MUCH_LATER))


def test_one_station_by_itself_is_settled_and_told_in_one_line() -> None:
    made = settle(
        long_frame(rows_of_may(())), PLANT.station, "2025-05", settings_of(CHOICES), SettleOptions(now=MUCH_LATER)
    )
    assert ["A-1-2025-05-final"] == [each.statement_no for each in made.statements]
    assert f"<StatementSet of 1 statement(s), run {made.run.run_id}>" == repr(made)
    assert "<Statement A-1-2025-05-final: " == repr(made.statements[0])[:30]


def test_a_statement_is_found_by_station_and_month_or_refused_with_those_there_are() -> None:
    made = settled(long_frame(rows_of_may((10,))), [PLANT], "2025-05", CHOICES)
    only = made.statements[0]
    assert only is made.statement("A-1", "2025-05")
    assert Decimal(only.settled_with_grid_fen) == only.settled_with_grid_cny * 100
    with pytest.raises(UsageError, match="there is no statement of A-1 for 2025-06") as caught:
        made.statement("A-1", "2025-06")
    assert "A-1 2025-05" == caught.value.found.en
